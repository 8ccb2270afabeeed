//! Rows by the ten thousand: 32 to a statement.

use super::failure::OrFailure;
use crate::error::Result;
use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, Statement, ToSql};

const ROWS: usize = 32;

/// Collects rows of one table and writes them 32 at a time.
pub(super) struct Bulk<'a> {
    many: Statement<'a>,
    one: Statement<'a>,
    columns: usize,
    pending: Vec<Value>,
}

struct Ref<'a>(&'a Value);

impl ToSql for Ref<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(self.0.into()))
    }
}

impl<'a> Bulk<'a> {
    /// `into` is a table with its columns: `record(id, source)`.
    pub(super) fn new(connection: &'a Connection, into: &str) -> Result<Self> {
        let columns = into.matches(',').count() + 1;
        let tuple = format!("({})", vec!["?"; columns].join(","));
        let sql = |rows: usize| format!("INSERT INTO {into} VALUES {}", vec![tuple.as_str(); rows].join(","));
        Ok(Self {
            many: connection.prepare(&sql(ROWS)).or_failure()?,
            one: connection.prepare(&sql(1)).or_failure()?,
            columns,
            pending: Vec::with_capacity(columns * ROWS),
        })
    }

    /// Adds one row: as many values as the table was given columns.
    pub(super) fn push<const N: usize>(&mut self, row: [Value; N]) -> Result<()> {
        debug_assert_eq!(N, self.columns, "as many values as columns");
        self.pending.extend(row);
        if self.pending.len() == self.columns * ROWS {
            for (index, value) in self.pending.iter().enumerate() {
                self.many.raw_bind_parameter(index + 1, Ref(value)).or_failure()?;
            }
            self.many.raw_execute().or_failure()?;
            self.pending.clear();
        }
        Ok(())
    }

    /// Writes what is left.
    pub(super) fn finish(mut self) -> Result<()> {
        for row in self.pending.chunks(self.columns) {
            for (index, value) in row.iter().enumerate() {
                self.one.raw_bind_parameter(index + 1, Ref(value)).or_failure()?;
            }
            self.one.raw_execute().or_failure()?;
        }
        Ok(())
    }
}
