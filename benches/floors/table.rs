//! A bare table: rollback journal, full synchronisation, one transaction, two indexes at the end; pages of 16 KiB and
//! 64 MiB of them held, with which SQLite is quickest at it.

use crate::Result;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Statement, ToSql};
use std::path::Path;

/// Rows go in here.
pub struct Table<'a> {
    insert: Statement<'a>,
}

/// Text as found, in whatever encoding.
struct Raw<'a>(&'a [u8]);

impl ToSql for Raw<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}

impl Table<'_> {
    /// Makes the table, lets `rows` fill it, indexes and commits. With a password every page is encrypted.
    pub fn fill(path: &Path, password: Option<&str>, rows: impl FnOnce(&mut Table<'_>) -> Result<()>) -> Result<()> {
        let connection = Connection::open(path)?;
        if let Some(password) = password {
            connection.pragma_update(None, "key", password)?;
            connection.pragma_update(None, "cipher_page_size", 16_384)?;
        }
        connection.execute_batch(
            "PRAGMA page_size = 16384; PRAGMA cache_size = -65536; PRAGMA journal_mode = DELETE;
             PRAGMA synchronous = FULL; BEGIN;
             CREATE TABLE calls (started, service, direction, number, duration, label);",
        )?;
        let insert = connection.prepare("INSERT INTO calls VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        let mut table = Table { insert };
        rows(&mut table)?;
        drop(table);
        connection.execute_batch(
            "CREATE INDEX by_start ON calls (started); CREATE INDEX by_number ON calls (number, started); COMMIT;",
        )?;
        Ok(())
    }

    /// Inserts a row.
    pub fn insert(&mut self, row: [&[u8]; 6]) -> Result<()> {
        let [a, b, c, d, e, f] = row.map(Raw);
        self.insert.execute((a, b, c, d, e, f))?;
        Ok(())
    }
}
