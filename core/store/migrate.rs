//! Older case files, brought up to date: first a verified copy beside the case, then one transaction.
//!
//! Versions 2 to 5 added tables and changed none, and version 6 changed nothing but the rules of groups, so that a person who only looks at an older case sees it without a byte of
//! it changing: the new tables lie over it in TEMP.

use super::failure::OrFailure;
use super::open::{companion, key, quick_check};
use crate::error::{Code, Error, Result};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// SQL that leads from version `n + 1` to version `n + 2`, by position.
pub(super) const STEPS: [&str; 5] = [
    include_str!("schema/0002.sql"),
    include_str!("schema/0003.sql"),
    include_str!("schema/0004.sql"),
    include_str!("schema/0005.sql"),
    include_str!("schema/0006.sql"),
];

fn due<'s>(from: u32, steps: &'s [&'s str]) -> Result<&'s [&'s str]> {
    let due = from.checked_sub(1).and_then(|done| steps.get(done as usize..)).unwrap_or_default();
    if due.is_empty() { Err(Error::new(Code::CaseForeign).with("version", from)) } else { Ok(due) }
}

/// Brings a case of version `from` up to the version after the last of `steps`. The copy is kept: it is never the
/// program's to delete.
///
/// # Errors
/// [`Code::CaseForeign`] for a version before the first; [`Code::WriteFailed`] when the copy does not hold.
pub(super) fn migrate(
    connection: &Connection,
    path: &Path,
    from: u32,
    steps: &[&str],
    password: Option<&str>,
) -> Result<()> {
    let due = due(from, steps)?;
    copy(connection, path, from, password)?;
    let to = steps.len() as u32 + 1;
    let work = || -> Result<()> {
        for step in due {
            connection.execute_batch(step).or_failure()?;
        }
        connection.pragma_update(None, "user_version", to).or_failure()?;
        connection.execute_batch("COMMIT").or_failure()
    };
    connection.execute_batch("BEGIN IMMEDIATE").or_failure()?;
    work().inspect_err(|_| super::roll_back(connection))
}

/// Lays what a case of version `from` lacks over it in TEMP.
///
/// # Errors
/// As SQLite fails.
pub(super) fn lay_over(connection: &Connection, from: u32) -> Result<()> {
    for step in due(from, &STEPS)? {
        let laid = step.replace("CREATE TABLE", "CREATE TEMP TABLE").replace("CREATE TRIGGER", "CREATE TEMP TRIGGER");
        connection.execute_batch(&laid).or_failure()?;
    }
    Ok(())
}

/// A verified copy `<case>.v1.backup.ulika`; an earlier one of the same version stays and gets company.
fn copy(connection: &Connection, path: &Path, version: u32, password: Option<&str>) -> Result<PathBuf> {
    let free = (1..1_000)
        .map(|n| {
            companion(
                path,
                &format!(".v{version}{}.backup.ulika", if n == 1 { String::new() } else { format!("-{n}") }),
            )
        })
        .find(|candidate| !candidate.exists())
        .ok_or_else(|| Error::new(Code::WriteFailed))?;
    let text = free.to_str().ok_or_else(|| Error::new(Code::WriteFailed))?;
    connection.execute("VACUUM INTO ?1", [text]).or_failure()?;
    let copied = Connection::open(&free).or_failure()?;
    let holds = match quick_check(&copied) {
        // A keyed copy has the key of its case.
        Err(error) if error.code == Code::PasswordOrNotACase => {
            let keyed = Connection::open(&free).or_failure()?;
            key(&keyed, password)?;
            quick_check(&keyed)?
        }
        answer => answer?,
    };
    if holds { Ok(free) } else { Err(Error::new(Code::WriteFailed)) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::store::open::{SCHEMA_VERSION, create};

    const TWO: &str = "CREATE TABLE later(id INTEGER PRIMARY KEY) STRICT;";

    fn case() -> (tempfile::TempDir, PathBuf, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ulika");
        create(&path, None).unwrap();
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch("INSERT INTO title(id, text) VALUES (1, 'прежнее'); PRAGMA user_version = 1").unwrap();
        (folder, path, connection)
    }

    #[test]
    fn a_copy_is_made_and_holds_what_the_case_held() {
        let (_folder, path, connection) = case();
        migrate(&connection, &path, 1, &[TWO], None).unwrap();
        let version = |c: &Connection| c.pragma_query_value(None, "user_version", |r| r.get::<_, i64>(0)).unwrap();
        assert_eq!(version(&connection), 2);
        let copy = Connection::open(companion(&path, ".v1.backup.ulika")).unwrap();
        assert_eq!(version(&copy), 1, "the copy is the case before");
        let title: String = copy.query_row("SELECT text FROM title", [], |r| r.get(0)).unwrap();
        assert_eq!(title, "прежнее");
    }

    #[test]
    fn a_step_that_fails_leaves_the_case_as_it_was() {
        let (_folder, path, connection) = case();
        let before = std::fs::read(&path).unwrap();
        assert!(migrate(&connection, &path, 1, &["CREATE TABLE a(x); CREATE TABLE a(x);"], None).is_err());
        drop(connection);
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_version_before_the_first_is_foreign() {
        let (_folder, path, connection) = case();
        assert_eq!(migrate(&connection, &path, 0, &[TWO], None).unwrap_err().code, Code::CaseForeign);
        assert_eq!(
            migrate(&connection, &path, SCHEMA_VERSION, &STEPS, None).unwrap_err().code,
            Code::CaseForeign,
            "nothing to do is a caller's fault"
        );
    }
}
