//! A derived table made equal to the rows that it is given. What stands there already is left as it is, so that a case
//! that grows is written where it grew, and the pages of the rest are neither changed nor kept for taking them back.

use super::bulk::{Bulk, Cell};
use super::failure::OrFailure;
use crate::error::Result;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Statement, ToSql};
use std::cmp::Ordering;

/// So many rows of the table are looked at ahead.
const AHEAD: usize = 256;
/// One row in so many is few.
const FEW: usize = 4;

/// What became of a table.
pub(super) struct Told {
    /// Whether nothing happened but that rows were added behind all others.
    pub(super) appended: bool,
    /// What went and what came; `None` where that was too much to be kept, or nobody asked.
    pub(super) moved: Option<Moved>,
}

/// Rows that a table lost and gained, each by its first two columns.
#[derive(Default)]
pub(super) struct Moved {
    pub(super) gone: Vec<(i64, i64)>,
    pub(super) fresh: Vec<(i64, i64)>,
}

/// A value that stands in a table, or will.
#[derive(Clone, Debug)]
enum Held {
    Null,
    Integer(i64),
    Text(Vec<u8>),
}

impl Held {
    fn is(&self, cell: &Cell<'_>) -> bool {
        match (self, cell) {
            (Held::Null, Cell::Null) => true,
            (Held::Integer(held), Cell::Integer(given)) => held == given,
            (Held::Text(held), Cell::Text(given)) => held == given.as_bytes(),
            _ => false,
        }
    }
}

impl From<ValueRef<'_>> for Held {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Integer(value) => Held::Integer(value),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Held::Text(bytes.to_vec()),
            // The tables are STRICT, and none has a column of another type.
            ValueRef::Null | ValueRef::Real(_) => Held::Null,
        }
    }
}

impl From<Cell<'_>> for Held {
    fn from(cell: Cell<'_>) -> Self {
        match cell {
            Cell::Null => Held::Null,
            Cell::Integer(value) => Held::Integer(value),
            Cell::Text(text) => Held::Text(text.as_bytes().to_vec()),
            Cell::Blob(bytes) => Held::Text(bytes.to_vec()),
        }
    }
}

impl ToSql for Held {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Held::Null => ValueRef::Null,
            Held::Integer(value) => ValueRef::Integer(*value),
            Held::Text(text) => ValueRef::Text(text),
        }))
    }
}

/// Takes the rows that a table is to have, ascending by its key.
pub(super) struct Renewed<'c> {
    fresh: Bulk<'c, Held>,
    first: Statement<'c>,
    after: Statement<'c>,
    delete: Statement<'c>,
    columns: usize,
    /// The first so many columns are the key; all of them integers.
    keys: usize,
    /// Rows of the table that were read ahead, and where the first stands that was not met yet.
    held: Vec<Held>,
    at: usize,
    /// Whether rows of the table may be left that were not read yet.
    more: bool,
    told: Told,
    /// How many rows are told at most.
    most: usize,
}

impl<'c> Renewed<'c> {
    /// `table` with its columns, the `keys` columns of its key before the others: `number(id, kind, text)`.
    pub(super) fn new(connection: &'c Connection, table: &str, keys: usize) -> Result<Self> {
        Self::of(connection, table, keys, 0)
    }

    /// The same, which tells in the end what moved, where that are few of so many rows.
    pub(super) fn telling(connection: &'c Connection, table: &str, keys: usize, rows: usize) -> Result<Self> {
        Self::of(connection, table, keys, rows / FEW + 16)
    }

    fn of(connection: &'c Connection, table: &str, keys: usize, most: usize) -> Result<Self> {
        let (name, columns) = table.trim_end_matches(')').split_once('(').unwrap_or((table, ""));
        let all: Vec<&str> = columns.split(", ").collect();
        let key = all[..keys].join(", ");
        let marks = vec!["?"; keys].join(", ");
        let look = |from: &str| format!("SELECT {columns} FROM {name} {from} ORDER BY {key} LIMIT {AHEAD}");
        let mut renewed = Self {
            fresh: Bulk::new(connection, table)?,
            first: connection.prepare(&look("")).or_failure()?,
            after: connection.prepare(&look(&format!("WHERE ({key}) > ({marks})"))).or_failure()?,
            delete: connection.prepare(&format!("DELETE FROM {name} WHERE ({key}) = ({marks})")).or_failure()?,
            columns: all.len(),
            keys,
            held: Vec::new(),
            at: 0,
            more: true,
            told: Told { appended: true, moved: (most > 0).then(Moved::default) },
            most,
        };
        renewed.look()?;
        if renewed.held.is_empty() {
            // Everything is new: it would be held for nothing.
            renewed.told.moved = None;
        }
        Ok(renewed)
    }

    /// Adds one row: as many values as the table was given columns.
    pub(super) fn push<const N: usize>(&mut self, row: [Cell<'_>; N]) -> Result<()> {
        debug_assert_eq!(N, self.columns, "as many values as columns");
        let keys = self.keys;
        while let Some(held) = self.next()? {
            match order(&held[..keys], &row) {
                Ordering::Less => self.delete()?,
                Ordering::Equal if held.iter().zip(&row).all(|(held, given)| held.is(given)) => {
                    self.at += self.columns;
                    return Ok(());
                }
                Ordering::Equal => {
                    self.delete()?;
                    break;
                }
                Ordering::Greater => {
                    self.told.appended = false;
                    break;
                }
            }
        }
        if let [Cell::Integer(a), Cell::Integer(b), ..] = row[..] {
            self.tell(|moved| &mut moved.fresh, (a, b));
        }
        self.fresh.push(row.map(Held::from))
    }

    fn tell(&mut self, which: impl Fn(&mut Moved) -> &mut Vec<(i64, i64)>, row: (i64, i64)) {
        match &mut self.told.moved {
            Some(moved) if moved.gone.len() + moved.fresh.len() < self.most => which(moved).push(row),
            moved => *moved = None,
        }
    }

    /// Adds a row of numbers.
    pub(super) fn push_integers<const N: usize>(&mut self, row: [i64; N]) -> Result<()> {
        self.push(row.map(Cell::Integer))
    }

    /// Writes what is left, and removes what was not given.
    pub(super) fn finish(mut self) -> Result<Told> {
        while self.next()?.is_some() {
            self.delete()?;
        }
        self.fresh.finish()?;
        Ok(self.told)
    }

    /// The first row of the table that was not met yet.
    fn next(&mut self) -> Result<Option<&[Held]>> {
        if self.at == self.held.len() && self.more {
            self.look()?;
        }
        Ok(self.held.get(self.at..self.at + self.columns))
    }

    /// Reads ahead, from behind the last row that was read. What was written meanwhile lies before it.
    fn look(&mut self) -> Result<()> {
        let last = self.held.len().saturating_sub(self.columns);
        let key = self.held.drain(..).skip(last).take(self.keys);
        let statement = if last == 0 && self.at == 0 { &mut self.first } else { &mut self.after };
        let key: Vec<Held> = key.collect();
        let mut rows = statement.query(rusqlite::params_from_iter(&key)).or_failure()?;
        while let Some(row) = rows.next().or_failure()? {
            for column in 0..self.columns {
                self.held.push(row.get_ref(column).or_failure()?.into());
            }
        }
        self.more = self.held.len() == AHEAD * self.columns;
        self.at = 0;
        Ok(())
    }

    fn delete(&mut self) -> Result<()> {
        let key = self.held.get(self.at..self.at + self.keys).unwrap_or_default();
        self.delete.execute(rusqlite::params_from_iter(key)).or_failure()?;
        self.told.appended = false;
        if let Some([Held::Integer(a), Held::Integer(b)]) = self.held.get(self.at..self.at + 2) {
            let row = (*a, *b);
            self.tell(|moved| &mut moved.gone, row);
        }
        self.at += self.columns;
        Ok(())
    }
}

/// Takes rows out of a list and puts others in: for one that is told by other tables, where few of its rows move.
pub(super) fn move_rows(
    connection: &Connection,
    list: &str,
    gone: &[[i64; 3]],
    mut fresh: Vec<[i64; 3]>,
) -> Result<()> {
    let (name, columns) = list.split_once('(').unwrap_or((list, ")"));
    let mut delete = connection.prepare(&format!("DELETE FROM {name} WHERE ({columns} = (?, ?, ?)")).or_failure()?;
    gone.iter().try_for_each(|row| delete.execute(*row).or_failure().map(|_| ()))?;
    fresh.sort_unstable();
    let mut insert = connection.prepare(&format!("INSERT OR IGNORE INTO {list} VALUES (?, ?, ?)")).or_failure()?;
    fresh.iter().try_for_each(|row| insert.execute(*row).or_failure().map(|_| ()))
}

fn order(held: &[Held], row: &[Cell<'_>]) -> Ordering {
    let each = held.iter().zip(row).map(|(held, given)| match (held, given) {
        (Held::Integer(held), Cell::Integer(given)) => held.cmp(given),
        _ => Ordering::Equal,
    });
    each.fold(Ordering::Equal, Ordering::then)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    type Row = (i64, i64, Option<String>);

    fn rows() -> impl Strategy<Value = Vec<Row>> {
        let row = (0..90i64, 0..40i64, prop::option::of("[аб]{0,2}"));
        prop::collection::vec(row, 0..1_500).prop_map(|mut rows: Vec<Row>| {
            rows.sort();
            rows.dedup_by_key(|row| (row.0, row.1));
            rows
        })
    }

    fn renew(connection: &Connection, rows: &[Row]) {
        let mut table = Renewed::new(connection, "list(a, b, text)", 2).unwrap();
        for (a, b, text) in rows {
            let text = text.as_deref().map_or(Cell::Null, Cell::Text);
            table.push([(*a).into(), (*b).into(), text]).unwrap();
        }
        table.finish().unwrap();
    }

    fn stands(connection: &Connection) -> Vec<Row> {
        let mut query = connection.prepare("SELECT a, b, text FROM list ORDER BY a, b").unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        rows.map(|row| row.unwrap()).collect()
    }

    fn table() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        let sql = "CREATE TABLE list (a INTEGER NOT NULL, b INTEGER NOT NULL, text TEXT, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID";
        connection.execute_batch(sql).unwrap();
        connection
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

        #[test]
        fn whatever_stood_there_the_table_has_the_rows_given(before in rows(), after in rows()) {
            let connection = table();
            renew(&connection, &before);
            prop_assert_eq!(stands(&connection), before);
            renew(&connection, &after);
            prop_assert_eq!(stands(&connection), after);
        }

        #[test]
        fn what_does_not_change_is_not_written(mut rows in rows(), more in rows()) {
            let connection = table();
            renew(&connection, &rows);
            let changes = connection.total_changes();
            renew(&connection, &rows);
            prop_assert_eq!(connection.total_changes(), changes);
            let new: Vec<Row> = more.into_iter().map(|(a, b, text)| (a + 90, b, text)).collect();
            rows.extend(new.iter().cloned());
            renew(&connection, &rows);
            prop_assert_eq!(connection.total_changes(), changes + new.len() as u64);
        }
    }
}
