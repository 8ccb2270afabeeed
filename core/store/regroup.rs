//! What grouping works on, read back from the derived tables: the person's word about groups changes nothing else, so
//! that no record need be compared again.

use super::failure::OrFailure;
use super::order::place_of;
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
    let sql = "SELECT c.call, c.t, s.number, m.direction <> ?1, r.duration_s, f.duration_unit_s FROM call_by_time c
               JOIN record r ON r.id = c.call JOIN manner m ON m.id = r.manner JOIN source f ON f.id = m.source
               LEFT JOIN spelling_number s ON s.spelling = r.spelling";
    let mut query = connection.prepare(sql).or_failure()?;
    let rows = query
        .query_map([outgoing], |row| {
            let number = row.get::<_, Option<u32>>(2)?.unwrap_or(NONE);
            let length_s = length(row, 4)?;
            Ok(Call { id: CallId(row.get(0)?), start: row.get(1)?, number, length_s, incoming: row.get(3)? })
        })
        .or_failure()?;
    grouped.calls = rows.collect::<rusqlite::Result<_>>().or_failure()?;
    grouped.calls.sort_unstable_by_key(|call| call.id);
    let sql = "SELECT j.call, r.duration_s, f.duration_unit_s FROM call_join j JOIN record r ON r.id = j.record
               JOIN manner m ON m.id = r.manner JOIN source f ON f.id = m.source WHERE j.call <> j.record
               ORDER BY j.call, j.record";
    let mut query = connection.prepare(sql).or_failure()?;
    let mut rows = query.query([]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let call = CallId(row.get(0).or_failure()?);
        let call = place_of(&grouped.calls, |c| c.id, call).and_then(|at| grouped.calls.get_mut(at));
        // Where the first record does not say it to the second, the next one may.
        if let Some(call) = call.filter(|call| call.length_s == Call::UNSTATED) {
            call.length_s = length(row, 1).or_failure()?;
        }
    }
    let mut query = connection.prepare("SELECT call, label FROM call_by_label").or_failure()?;
    let rows = query.query_map([], |row| Ok((CallId(row.get(0)?), row.get(1)?))).or_failure()?;
    grouped.observed = rows.collect::<rusqlite::Result<_>>().or_failure()?;
    grouped.observed.sort_unstable();
    Ok(grouped)
}

/// A length from two columns: seconds, and the unit to which the source rounds.
fn length(row: &rusqlite::Row<'_>, from: usize) -> rusqlite::Result<u16> {
    let stated: Option<i64> = row.get(from)?;
    let unit: i64 = row.get(from + 1)?;
    Ok(Call::length(stated.unwrap_or(-1), u32::try_from(unit).unwrap_or(1)))
}
