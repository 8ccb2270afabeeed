//! What grouping works on, read back from the derived tables: the person's word about groups changes nothing else, so
//! that no record need be compared again.

use super::failure::OrFailure;
use crate::error::Result;
use crate::model::{Call, CallId, Direction, NONE, PhoneNumber};
use rusqlite::Connection;

/// Calls, numbers and labels as they were written when the records were last compared.
#[derive(Debug, Default)]
pub struct Grouped {
    /// Calls, ascending by id.
    pub calls: Vec<Call>,
    /// Distinct numbers, to which [`Call::number`] refers.
    pub numbers: Vec<PhoneNumber>,
    /// Distinct label texts.
    pub labels: Vec<String>,
    /// Which label was observed on which call, ascending.
    pub observed: Vec<(CallId, u32)>,
}

/// Reads them.
pub fn load(connection: &Connection) -> Result<Grouped> {
    let mut grouped = Grouped { numbers: super::lists::numbers(connection)?, ..Grouped::default() };
    let mut query = connection.prepare("SELECT text FROM label_text ORDER BY id").or_failure()?;
    let rows = query.query_map([], |row| row.get(0)).or_failure()?;
    grouped.labels = rows.collect::<rusqlite::Result<_>>().or_failure()?;
    let outgoing = Direction::Outgoing.word();
    let sql = "SELECT c.call, c.t, s.number, m.direction <> ?1 FROM call_by_time c
               JOIN record r ON r.id = c.call JOIN manner m ON m.id = r.manner
               LEFT JOIN spelling_number s ON s.spelling = r.spelling";
    let mut query = connection.prepare(sql).or_failure()?;
    let rows = query
        .query_map([outgoing], |row| {
            let number = row.get::<_, Option<u32>>(2)?.unwrap_or(NONE);
            Ok(Call { id: CallId(row.get(0)?), start: row.get(1)?, number, incoming: row.get(3)? })
        })
        .or_failure()?;
    grouped.calls = rows.collect::<rusqlite::Result<_>>().or_failure()?;
    grouped.calls.sort_unstable_by_key(|call| call.id);
    let mut query = connection.prepare("SELECT call, label FROM call_by_label").or_failure()?;
    let rows = query.query_map([], |row| Ok((CallId(row.get(0)?), row.get(1)?))).or_failure()?;
    grouped.observed = rows.collect::<rusqlite::Result<_>>().or_failure()?;
    grouped.observed.sort_unstable();
    Ok(grouped)
}
