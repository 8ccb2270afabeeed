//! A phone's database of any size.

use crate::Result;
use crate::bulk_forms::{LINE, calls, instant_ms, kind};
use rusqlite::{Connection, params};
use std::path::Path;

/// A phone's log of so many calls as Android's database `calllog.db`.
///
/// # Errors
/// When the disk refuses.
pub fn calls_sqlite(calls_in_all: u64, seed: u64, out: &Path) -> Result<()> {
    // A database that was left unfinished is none to go on with.
    let _ = std::fs::remove_file(out);
    let mut connection = Connection::open(out)?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF;
         CREATE TABLE calls (_id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT, presentation INTEGER NOT NULL DEFAULT 1,
             date INTEGER, duration INTEGER, type INTEGER, subscription_id TEXT, phone_account_address TEXT, new INTEGER,
             name TEXT, countryiso TEXT, geocoded_location TEXT, asserted_display_name TEXT);",
    )?;
    let writing = connection.transaction()?;
    {
        let mut insert = writing.prepare(
            "INSERT INTO calls (number, presentation, date, duration, type, subscription_id, phone_account_address, new,
                 name, countryiso) VALUES (?1, ?2, ?3, ?4, ?5, '1', ?6, 1, ?7, 'RU')",
        )?;
        for (index, row, incoming) in calls(calls_in_all, seed) {
            let presentation = if row.number.is_empty() { 2 } else { 1 };
            let name = Some(row.label).filter(|label| !label.is_empty());
            let (at, kind) = (instant_ms(&row, index), kind(&row, incoming));
            insert.execute(params![row.number, presentation, at, row.seconds, kind, LINE, name])?;
        }
    }
    Ok(writing.commit()?)
}
