//! Rows by the ten thousand: 32 to a statement.

use super::failure::OrFailure;
use crate::error::Result;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Statement, ToSql};

const ROWS: usize = 32;

/// A value on its way into a table; texts and blobs stay where they are until their row is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell<'v> {
    /// Nothing.
    Null,
    /// A number.
    Integer(i64),
    /// A text.
    Text(&'v str),
    /// Bytes.
    Blob(&'v [u8]),
}

impl From<i64> for Cell<'_> {
    fn from(value: i64) -> Self {
        Cell::Integer(value)
    }
}

impl<'v> From<&'v str> for Cell<'v> {
    fn from(text: &'v str) -> Self {
        Cell::Text(text)
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Cell::Null => ValueRef::Null,
            Cell::Integer(value) => ValueRef::Integer(value),
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            Cell::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Collects rows of one table and writes them 32 at a time.
pub(super) struct Bulk<'c, C> {
    many: Statement<'c>,
    one: Statement<'c>,
    columns: usize,
    pending: Vec<C>,
}

impl<'c, C: ToSql> Bulk<'c, C> {
    /// `into` is a table with its columns: `number(id, kind)`.
    pub(super) fn new(connection: &'c Connection, into: &str) -> Result<Self> {
        Self::of(connection, into, into.matches(',').count() + 1, &[])
    }

    /// The same where the first column, `source`, is one and the same for all rows. A table whose `id` is not among
    /// the columns counts on from the id of its last row, which costs no search for each row.
    pub(super) fn of_source(connection: &'c Connection, into: &str, source: i64) -> Result<Self> {
        Self::of(connection, into, into.matches(',').count(), &[source])
    }

    fn of(connection: &'c Connection, into: &str, columns: usize, fixed: &[i64]) -> Result<Self> {
        let mut tuple: Vec<String> = fixed.iter().map(i64::to_string).collect();
        tuple.resize(fixed.len() + columns, "?".to_owned());
        let tuple = format!("({})", tuple.join(","));
        // A statement of many rows keeps copies of the pages that it changes, to take back its first rows when a later
        // one is refused, unless it may leave them. It may: whoever writes here rolls the whole transaction back.
        let sql = |rows: usize| format!("INSERT OR FAIL INTO {into} VALUES {}", vec![tuple.as_str(); rows].join(","));
        Ok(Self {
            many: connection.prepare(&sql(ROWS)).or_failure()?,
            one: connection.prepare(&sql(1)).or_failure()?,
            columns,
            pending: Vec::with_capacity(columns * ROWS),
        })
    }

    /// Adds one row: as many values as the table was given columns.
    pub(super) fn push<const N: usize>(&mut self, row: [C; N]) -> Result<()> {
        debug_assert_eq!(N, self.columns, "as many values as columns");
        self.pending.extend(row);
        self.write_full()
    }

    fn write_full(&mut self) -> Result<()> {
        if self.pending.len() == self.columns * ROWS {
            write(&mut self.many, &self.pending)?;
            self.pending.clear();
        }
        Ok(())
    }

    /// Writes what is left.
    pub(super) fn finish(mut self) -> Result<()> {
        self.pending.chunks(self.columns).try_for_each(|row| write(&mut self.one, row))
    }
}

fn write(statement: &mut Statement<'_>, cells: &[impl ToSql]) -> Result<()> {
    for (index, cell) in cells.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, cell).or_failure()?;
    }
    statement.raw_execute().or_failure().map(|_| ())
}
