//! Databases of phones. A copy in memory is read, never the person's file: nothing of the database can be written, no
//! code that its schema brings is run, and rows are streamed in the order in which it keeps them.

mod pair;
mod wal;

pub(super) use self::pair::paired;
use super::csv::unreadable;
use super::encoding::fill;
use super::rows::{Flow, RawRow, RowReader, TakeRow};
use super::{ReadSeek, seems};
use crate::error::{Code, Error, Result};
use crate::model::RowPlace;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OptionalExtension};
use std::fmt::Write;
use std::io::{Cursor, Read, SeekFrom};

/// Whether a file is a database that writes into a journal beside it first, so that its newest rows may lie there.
///
/// # Errors
/// [`Code::FileUnreadable`].
pub fn keeps_journal(file: &mut dyn ReadSeek) -> Result<bool> {
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut header = [0; HEADER];
    let whole = fill(file, &mut header).map_err(unreadable)? == HEADER && header.starts_with(MAGIC);
    Ok(whole && header[JOURNAL_VERSIONS] == [2, 2])
}

/// The first bytes of every database.
pub(super) const MAGIC: &[u8] = b"SQLite format 3\0";

/// A database is held in memory while it is read; those with call logs have a few megabytes.
const MAX_SIZE: u64 = 256 << 20;
/// Bytes of one value; a phone keeps a few hundred.
const MAX_VALUE: i32 = 16 << 20;
/// Bytes of a value that are shown and read.
const MAX_CELL: usize = 64 * 1024;
/// Bytes of a value of bytes that are shown.
const MAX_HEX: usize = 64;
/// Tables that are looked at to find calls.
const MAX_TABLES: u32 = 500;
/// Bytes of the header of a database.
const HEADER: usize = 100;
/// Where the header says that what was written last lies in a file beside it.
const JOURNAL_VERSIONS: std::ops::Range<usize> = 18..20;

/// An open database.
pub(super) struct Database {
    connection: Connection,
}

impl Database {
    /// Copies a database into memory and opens the copy. One that came in an archive with its journal is read with what
    /// the journal holds.
    pub fn open(file: &mut dyn ReadSeek) -> Result<Self> {
        match pair::unpacked(file)? {
            Some(bytes) => Self::copied(&mut Cursor::new(bytes)),
            None => Self::copied(file),
        }
    }

    fn copied(file: &mut dyn ReadSeek) -> Result<Self> {
        let size = file.seek(SeekFrom::End(0)).map_err(unreadable)?;
        if size > MAX_SIZE {
            return Err(Error::new(Code::FileTooLarge));
        }
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let mut header = [0; HEADER];
        if fill(file, &mut header).map_err(unreadable)? < HEADER {
            return Err(Error::new(Code::FileTruncated));
        }
        let Some(claimed) = claimed(&header) else {
            return Err(seems::refusal("повреждённая база данных SQLite", "a damaged SQLite database"));
        };
        if size < claimed {
            return Err(Error::new(Code::FileTruncated));
        }
        // A copy in memory has no files beside it, and is refused where the header speaks of one.
        header[JOURNAL_VERSIONS].fill(1);
        let bytes = Cursor::new(header).chain(&mut *file);
        let length = usize::try_from(size).map_err(|_| Error::new(Code::FileTooLarge))?;
        let mut connection = Connection::open_in_memory().map_err(of_sqlite)?;
        connection.deserialize_read_exact(MAIN_DB, bytes, length, true).map_err(of_sqlite)?;
        guard(&connection).map_err(of_sqlite)?;
        Ok(Self { connection })
    }

    /// The first of the tables that the database has, by the name as it is written there, with the names of its columns.
    pub fn table(&self, wanted: &[String]) -> Result<Option<(String, Vec<String>)>> {
        for name in wanted {
            // A virtual table has no page of its own, and reading it would run the code of its module.
            let found =
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name = ?1 COLLATE NOCASE";
            let found: Option<String> =
                self.connection.query_row(found, [name], |row| row.get(0)).optional().map_err(of_sqlite)?;
            if let Some(name) = found {
                let columns = self.columns(&name).map_err(of_sqlite)?;
                return Ok(Some((name, columns)));
            }
        }
        Ok(None)
    }

    /// Every table with the names of its columns, as far as a phone's database has any.
    pub fn tables(&self) -> Result<Vec<(String, Vec<String>)>> {
        let stored = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY rowid LIMIT ?1";
        let mut statement = self.connection.prepare(stored).map_err(of_sqlite)?;
        let names = statement.query_map([MAX_TABLES], |row| row.get::<_, String>(0)).map_err(of_sqlite)?;
        let with_columns = |name: rusqlite::Result<String>| {
            let name = name?;
            let columns = self.columns(&name)?;
            Ok((name, columns))
        };
        names.map(with_columns).collect::<rusqlite::Result<_>>().map_err(of_sqlite)
    }

    /// Columns that are stored; those that are computed from others are left alone.
    fn columns(&self, table: &str) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.connection.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
        statement.query_map([table], |row| row.get(0))?.collect()
    }

    /// The rows of the first of the tables that the database has.
    pub fn into_table(self, wanted: &[String]) -> Result<Table> {
        let (name, columns) = self.table(wanted)?.ok_or_else(|| Error::new(Code::FileDamaged))?;
        Ok(Table { database: self, name, columns })
    }
}

/// What may not happen, whatever the schema of the database asks for.
fn guard(connection: &Connection) -> rusqlite::Result<()> {
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
        (DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
    ] {
        connection.set_db_config(setting, on)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 10),
        (Limit::SQLITE_LIMIT_VDBE_OP, 100_000),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, most)?;
    }
    connection.execute_batch("PRAGMA cell_size_check = ON; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;")
}

/// A number of four bytes.
fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}

/// Bytes of a page, where the header names a size that pages can have.
fn page_size(database: &[u8]) -> Option<u32> {
    let size = match u16::from_be_bytes([*database.get(16)?, *database.get(17)?]) {
        1 => 65_536,
        size => u32::from(size),
    };
    (size.is_power_of_two() && size >= 512).then_some(size)
}

/// Bytes that the header says the database has; one page where it does not say.
fn claimed(header: &[u8]) -> Option<u64> {
    // The count of pages is right only where the writer kept it together with the counter of changes.
    let counted = word(header, 24)? == word(header, 92)?;
    let pages = if counted { word(header, 28)?.max(1) } else { 1 };
    Some(u64::from(pages) * u64::from(page_size(header)?))
}

/// One table of a database.
pub(super) struct Table {
    database: Database,
    name: String,
    columns: Vec<String>,
}

impl RowReader for Table {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let connection = &self.database.connection;
        let table = quoted(&self.name);
        let key = ["rowid", "_rowid_", "oid"]
            .into_iter()
            .find(|key| !self.columns.iter().any(|column| column.eq_ignore_ascii_case(key)))
            .ok_or_else(|| Error::new(Code::FileDamaged))?;
        // The key of a row is what a person sees in another program; where one is no row's number, rows are counted.
        let span = format!("SELECT (SELECT min({key}) FROM {table}), (SELECT max({key}) FROM {table})");
        let (first, last): (Option<i64>, Option<i64>) =
            connection.query_row(&span, [], |row| Ok((row.get(0)?, row.get(1)?))).map_err(of_sqlite)?;
        let numbered = first.is_none_or(|first| first > 0) && last.is_none_or(|last| last < i64::from(u32::MAX));
        let columns: Vec<String> = self.columns.iter().map(|column| quoted(column)).collect();
        let select = format!("SELECT {key}, {} FROM {table} ORDER BY {key}", columns.join(", "));
        let mut statement = connection.prepare(&select).map_err(of_sqlite)?;
        let mut rows = statement.query([]).map_err(of_sqlite)?;
        let mut row = RawRow::named(self.columns.clone());
        let mut count = 0;
        loop {
            let place = |error: rusqlite::Error| of_sqlite(error).with("row", count + 1);
            let Some(found) = rows.next().map_err(place)? else { return Ok(0) };
            let number: i64 = found.get(0).map_err(place)?;
            count += 1;
            row.clear();
            let number = if numbered { u64::try_from(number).unwrap_or(count) } else { count };
            row.place = RowPlace { sheet: 0, row: number, offset: 0, length: 0 };
            for column in 0..self.columns.len() {
                let value = found.get_ref(column + 1).map_err(of_sqlite)?;
                if value != ValueRef::Null {
                    row.set_with(column, |text| write_value(value, text));
                }
            }
            if take(&row)? != Flow::Next {
                return Ok(0);
            }
        }
    }
}

/// Appends a value as text. Bytes are text where they are whole letters, as old systems keep numbers.
fn write_value(value: ValueRef<'_>, text: &mut String) {
    // Writing to a String cannot fail.
    let _ = match value {
        ValueRef::Null => Ok(()),
        ValueRef::Integer(number) => write!(text, "{number}"),
        ValueRef::Real(number) => write!(text, "{number}"),
        ValueRef::Text(bytes) => {
            text.push_str(&String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_CELL)]));
            Ok(())
        }
        ValueRef::Blob(bytes) => match std::str::from_utf8(&bytes[..bytes.len().min(MAX_CELL)]) {
            Ok(letters) if !letters.chars().any(char::is_control) => {
                text.push_str(letters);
                Ok(())
            }
            _ => bytes.iter().take(MAX_HEX).try_for_each(|byte| write!(text, "{byte:02x}")),
        },
    };
}

/// A name as SQL writes it, whatever is in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn of_sqlite(error: rusqlite::Error) -> Error {
    let code = match error.sqlite_error_code() {
        Some(ErrorCode::TooBig | ErrorCode::OutOfMemory) => Code::FileTooLarge,
        _ => Code::FileDamaged,
    };
    Error::new(code).because(error)
}
