//! A case file, made and opened. Every file is foreign input until its schema has been compared.

use super::failure::{OrFailure, failure};
use super::migrate::{STEPS, lay_over, migrate};
use crate::error::{Code, Error, Result};
use file_format::FileFormat;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use zeroize::Zeroizing;

/// `ULIK`: what `PRAGMA application_id` says of a case file.
const APPLICATION_ID: i32 = 0x554C_494B;
/// Version of the schema that this program writes.
pub const SCHEMA_VERSION: u32 = 1 + STEPS.len() as u32;
const FIRST_SCHEMA: &str = include_str!("schema/0001.sql");
const PAGE_SIZE: u32 = 16_384;
const SQLITE_HEADER: &[u8; 16] = b"SQLite format 3\0";

/// An opened case file, its schema compared and found equal to ours.
pub struct Opened {
    /// The connection. The file's own triggers are on: they are ours.
    pub connection: Connection,
    /// Whether the file has a password.
    pub keyed: bool,
    /// Whether the file can be written at all.
    pub writable: bool,
    /// Whether the case was of an older version: what that program derived, this one derives anew.
    pub older: bool,
}

/// A file that SQLite would keep beside `path`: `-journal`, `-wal`.
pub fn companion(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Makes an empty case file at `path`, which must be absent or empty, and closes it.
pub fn create(path: &Path, password: Option<&str>) -> Result<()> {
    let connection = Connection::open(path).or_failure()?;
    key(&connection, password)?;
    connection.pragma_update(None, "page_size", PAGE_SIZE).or_failure()?;
    connection.pragma_update(None, "journal_mode", "DELETE").or_failure()?;
    connection.execute_batch(&format!("BEGIN; {FIRST_SCHEMA} {} COMMIT;", STEPS.concat())).or_failure()?;
    connection.pragma_update(None, "application_id", APPLICATION_ID).or_failure()?;
    connection.pragma_update(None, "user_version", SCHEMA_VERSION).or_failure()?;
    connection.close().map_err(|(_, e)| failure(e))
}

/// Unlocks a connection; without a password nothing but the loudness changes.
pub(super) fn key(connection: &Connection, password: Option<&str>) -> Result<()> {
    connection.pragma_update(None, "cipher_log_level", "NONE").or_failure()?;
    if let Some(password) = password {
        // Written out here, so that the text is wiped; PRAGMA takes no parameters.
        let mut sql = Zeroizing::new(String::with_capacity(2 * password.len() + 16));
        sql.push_str("PRAGMA key = '");
        for part in password.split_inclusive('\'') {
            sql.push_str(part);
            if part.ends_with('\'') {
                sql.push('\'');
            }
        }
        sql.push_str("';");
        connection.execute_batch(&sql).or_failure()?;
        connection.pragma_update(None, "cipher_page_size", PAGE_SIZE).or_failure()?;
    }
    Ok(())
}

/// Opens a case file with all guards up and compares its schema. Nothing of the file is trusted before.
///
/// A case of an older version is brought up to date where the person came to write (`upgrade`), after a copy of it has
/// been made; for one who only looks, what the file lacks is laid over it in TEMP, and no byte changes.
///
/// # Errors
/// [`Code::PasswordOrNotACase`], [`Code::CaseForeign`], [`Code::CaseNewer`], [`Code::CaseDamaged`],
/// [`Code::CaseReadOnly`], [`Code::CaseLocked`].
pub fn open(path: &Path, password: Option<&str>, upgrade: bool) -> Result<Opened> {
    let mut header = [0_u8; 20];
    let read = File::open(path).and_then(|mut f| f.read_exact(&mut header)).is_ok();
    let keyed = !(read && header.starts_with(SQLITE_HEADER));
    // The versions of reading and writing: 2 is a write-ahead log, which even a reader would leave beside the case.
    if !keyed && header[18..] != [1, 1] {
        return Err(Error::new(Code::CaseForeign));
    }
    if keyed && cannot_be_keyed(path) {
        return Err(Error::new(Code::PasswordOrNotACase).with("keyed", false));
    }
    if keyed && password.is_none() {
        return Err(Error::new(Code::PasswordOrNotACase));
    }
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let writable = File::options().write(true).open(path).is_ok();
    let access = if writable { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    let connection = Connection::open_with_flags(path, flags | access).or_failure()?;
    key(&connection, password.filter(|_| keyed))?;
    guard(&connection)?;
    let version = check_identity(&connection, keyed)?;
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).or_failure()?;
    if mode != "delete" {
        return Err(Error::new(Code::CaseForeign).with("journal_mode", mode));
    }
    compare_schema(&connection, version)?;
    let old = version < SCHEMA_VERSION;
    if old && upgrade {
        if !writable {
            return Err(Error::new(Code::CaseReadOnly));
        }
        migrate(&connection, path, version, &STEPS, password)?;
        compare_schema(&connection, SCHEMA_VERSION)?;
    }
    settle(&connection)?;
    // After the settings: choosing where TEMP lies empties it.
    if old && !upgrade {
        lay_over(&connection, version)?;
    }
    Ok(Opened { connection, keyed, writable, older: old })
}

/// Whether a file without the header of SQLite is no case under a password either, so that asking for one would be
/// untrue. Such a case is pages of what looks like chance: it has one at least; chance soon holds bytes that no text has;
/// and what begins as a file of another kind, without being whole pages, is of that kind.
fn cannot_be_keyed(path: &Path) -> bool {
    let page = u64::from(PAGE_SIZE);
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| {
        let size = file.metadata()?.len();
        file.take(page).read_to_end(&mut head).map(|_| size)
    });
    let Ok(size) = read else { return false };
    let no_text = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    size < page
        || !head.iter().any(no_text)
        || (size % page != 0 && FileFormat::from_bytes(&head) != FileFormat::ArbitraryBinaryData)
}

/// Nothing that the file brings may run: no triggers, no views, no functions in its schema; bounded sizes.
fn guard(connection: &Connection) -> Result<()> {
    for (setting, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, false),
    ] {
        if connection.set_db_config(setting, value).or_failure()? != value {
            return Err(Error::new(Code::Internal));
        }
    }
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 64 << 20).or_failure()?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1).or_failure()?;
    connection.busy_timeout(std::time::Duration::from_millis(1_500)).or_failure()?;
    connection.pragma_update(None, "cell_size_check", true).or_failure()?;
    connection.pragma_update(None, "mmap_size", 0).or_failure()
}

/// The version of the schema, of a file that says it is a case and not a newer one.
fn check_identity(connection: &Connection, keyed: bool) -> Result<u32> {
    let read = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let id = read("application_id").map_err(|e| foreign(e, keyed))?;
    if id != i64::from(APPLICATION_ID) {
        return Err(Error::new(Code::CaseForeign));
    }
    let version = read("user_version").map_err(|e| foreign(e, keyed))?;
    match u32::try_from(version) {
        Ok(version) if version <= SCHEMA_VERSION => Ok(version),
        Ok(_) => Err(Error::new(Code::CaseNewer).with("version", version)),
        Err(_) => Err(Error::new(Code::CaseForeign).with("version", version)),
    }
}

/// What SQLite calls corrupt while it reads a schema is a schema that is not ours.
fn foreign(error: rusqlite::Error, keyed: bool) -> Error {
    let known = failure(error);
    match known.code {
        Code::CaseDamaged | Code::Internal => Error { code: Code::CaseForeign, ..known },
        Code::PasswordOrNotACase if !keyed => Error { code: Code::CaseForeign, ..known },
        _ => known,
    }
}

type SchemaRow = (String, String, String, Option<String>);

fn schema_of(connection: &Connection) -> rusqlite::Result<Vec<SchemaRow>> {
    let sql = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY type, name";
    connection.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?.collect()
}

/// The schema of every version from the first.
static EXPECTED: LazyLock<Option<Vec<Vec<SchemaRow>>>> = LazyLock::new(|| {
    let connection = Connection::open_in_memory().ok()?;
    let mut versions = Vec::new();
    for step in [FIRST_SCHEMA].iter().chain(&STEPS) {
        connection.execute_batch(step).ok()?;
        versions.push(schema_of(&connection).ok()?);
    }
    Some(versions)
});

fn compare_schema(connection: &Connection, version: u32) -> Result<()> {
    let found = schema_of(connection).map_err(|e| foreign(e, false))?;
    let versions = EXPECTED.as_ref().ok_or_else(|| Error::new(Code::Internal))?;
    let expected = version.checked_sub(1).and_then(|before| versions.get(before as usize));
    if expected == Some(&found) { Ok(()) } else { Err(Error::new(Code::CaseForeign).with("version", version)) }
}

/// Settings of a connection to a file whose schema is ours. `recursive_triggers` closes the way by which
/// `INSERT OR REPLACE` would walk past the append-only guards.
fn settle(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true).or_failure()?;
    for (pragma, value) in
        [("recursive_triggers", "ON"), ("secure_delete", "ON"), ("synchronous", "FULL"), ("temp_store", "FILE")]
    {
        connection.pragma_update(None, pragma, value).or_failure()?;
    }
    connection.pragma_update(None, "cache_size", -8_192).or_failure()
}

/// Whether the b-trees of the file hold together.
pub fn quick_check(connection: &Connection) -> Result<bool> {
    let word: String = connection.query_row("PRAGMA main.quick_check(1)", [], |row| row.get(0)).or_failure()?;
    Ok(word == "ok")
}

/// Writes the whole case into a new file at `target` with another password (`None`: plain).
pub fn export_as(connection: &Connection, target: &Path, password: Option<&str>) -> Result<()> {
    let path = target.to_str().ok_or_else(|| Error::new(Code::TargetUnwritable))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).or_failure()?;
    connection.execute("ATTACH DATABASE ?1 AS target KEY ?2", (path, password.unwrap_or(""))).or_failure()?;
    if password.is_some() {
        connection.pragma_update(Some("target"), "cipher_page_size", PAGE_SIZE).or_failure()?;
    } else {
        connection.pragma_update(Some("target"), "page_size", PAGE_SIZE).or_failure()?;
    }
    connection.query_row("SELECT sqlcipher_export('target')", [], |_| Ok(())).or_failure()?;
    connection.pragma_update(Some("target"), "application_id", APPLICATION_ID).or_failure()?;
    connection.pragma_update(Some("target"), "user_version", SCHEMA_VERSION).or_failure()?;
    connection.execute("DETACH DATABASE target", []).or_failure()?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).or_failure().map(|_| ())
}
