//! SQL. The only place that names a table or imports rusqlite.
//!
//! Evidence tables are appended to and guarded by triggers, asserted tables are journalled for undo, derived tables
//! are made anew, where they change. Functions here take and give nouns; nobody outside knows a column.

pub mod aside;
pub mod blobs;
mod bulk;
pub mod columns;
pub mod custody;
pub mod derived;
pub mod evidence;
pub mod exhibits;
mod failure;
pub mod findings;
pub mod journal;
pub mod lists;
mod migrate;
pub mod open;
pub mod order;
pub mod refusals;
pub mod registers;
pub mod regroup;
mod renewed;
mod rollback;
pub mod seal;
pub mod statements;
pub mod word;
pub mod zones;

use crate::error::Result;
use failure::OrFailure;

/// A connection; named here so that nobody else has to import rusqlite.
pub type Connection = rusqlite::Connection;

/// Begins the one writing transaction.
pub fn begin(connection: &Connection) -> Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE").or_failure()
}

/// Ends it; everything becomes visible at once.
pub fn commit(connection: &Connection) -> Result<()> {
    connection.execute_batch("COMMIT").or_failure()
}

/// Takes everything back; harmless where no transaction is open.
pub fn roll_back(connection: &Connection) {
    if !connection.is_autocommit() {
        // After a failed rollback SQLite rolls back by itself when the connection closes.
        let _ = connection.execute_batch("ROLLBACK");
    }
    // When the medium failed, SQLite only drops what it holds in memory and leaves the journal to the next access;
    // this is that access, so that the file is as it was before anybody is told so.
    let _ = connection.pragma_query_value(None, "schema_version", |_| Ok(()));
}

/// A read transaction: what it reads is one state of the case.
pub fn begin_reading(connection: &Connection) -> Result<()> {
    connection.execute_batch("BEGIN DEFERRED").or_failure()
}

/// Reads one state of the case, whatever is written meanwhile.
pub fn reading<T>(connection: &Connection, work: impl FnOnce() -> Result<T>) -> Result<T> {
    // Inside a transaction there is one state already.
    if !connection.is_autocommit() {
        return work();
    }
    begin_reading(connection)?;
    let answer = work();
    connection.execute_batch("COMMIT").or_failure()?;
    answer
}

/// Keeps changed pages in memory until the commit (or no longer), so that other windows stay answered.
pub fn spill(connection: &Connection, allowed: bool) -> Result<()> {
    connection.pragma_update(None, "cache_spill", allowed).or_failure()
}
