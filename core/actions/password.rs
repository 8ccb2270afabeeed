//! Set, change or remove the password of a case: by writing a new file, verifying it and renaming it over.

use super::{Edited, unfit};
use crate::case::{Access, Case, file_name, lock_path};
use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::model::{CustodyKind, Secret};
use crate::store::{open, seal};
use std::path::Path;

/// What to do with the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordChange {
    /// Give a plain case a password.
    Set(Secret),
    /// Replace the password.
    Change {
        /// The password that opens the case now.
        from: Secret,
        /// The new one.
        to: Secret,
    },
    /// Make the case plain.
    Remove(Secret),
}

/// Carries out the change. The old file stays as it is until the new one has been written, checked and renamed over.
///
/// # Errors
/// [`Code::PasswordState`], [`Code::PasswordOrNotACase`], [`Code::CaseLocked`], [`Code::DiskFull`].
pub fn change_password(path: &Path, change: &PasswordChange, clock: Clock) -> Result<Edited> {
    let (from, to) = match change {
        PasswordChange::Set(to) => (None, Some(&**to)),
        PasswordChange::Change { from, to } => (Some(&**from), Some(&**to)),
        PasswordChange::Remove(from) => (Some(&**from), None),
    };
    if to == Some("") {
        return Err(unfit("новый пароль пуст", "the new password is empty"));
    }
    let case = Case::open(path, from, Access::Write, clock)?;
    let state = |ru: &str, en: &str| {
        Error::new(Code::PasswordState).with("file", file_name(path)).with("reason", ru).with("reason_en", en)
    };
    match (case.keyed(), from.is_some()) {
        (true, false) => return Err(state("у дела уже есть пароль", "the case has a password already")),
        (false, true) => return Err(state("у дела нет пароля", "the case has no password")),
        _ => {}
    }
    let target = case.path().to_owned();
    let parent = target.parent().ok_or_else(|| Error::new(Code::Internal))?;
    let cannot = |e: std::io::Error| Error::new(Code::WriteFailed).with("file", file_name(path)).because(e);
    let new = tempfile::Builder::new().prefix(".ulika-").tempfile_in(parent).map_err(cannot)?;
    // SQLCipher's own copying tells of no reason why a file could not be written.
    open::export_as(case.connection(), new.path(), to).map_err(|error| match error.code {
        Code::Internal => Error { code: Code::WriteFailed, ..error }.with("file", file_name(path)),
        _ => error,
    })?;
    drop(case);
    // The lock goes by path: nobody can begin to write the old file between here and the renaming.
    let lock = lock_path(&target)?;
    let outcome = {
        let mut fresh = Case::open_unlocked_copy(new.path(), to, clock, &target)?;
        if !open::quick_check(fresh.connection())?
            || !seal::unequal_parts(fresh.connection(), &mut |_| Ok(()))?.is_empty()
        {
            return Err(Error::new(Code::WriteFailed).with("file", file_name(path)));
        }
        let (_, outcome) = fresh.edit(CustodyKind::PasswordChanged, |edit| {
            edit.undoable = false;
            edit.details.insert("keyed".to_owned(), to.is_some().into());
            edit.changed.push("case");
            Ok(())
        })?;
        outcome
    };
    new.as_file().sync_all().map_err(cannot)?;
    new.persist(&target).map_err(|e| cannot(e.error))?;
    drop(lock);
    Ok(outcome.into())
}
