//! The bare queries on ids in order that the lists of a window cannot do without; nothing is filtered, told or drawn.

use crate::Result;
use rusqlite::Connection;
use std::collections::HashMap;
use std::path::Path;

/// The case file, read by no code of ours.
pub fn opened(case: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(case, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.execute_batch("PRAGMA cache_size = -65536")?;
    Ok(connection)
}

/// All ids by start.
pub fn ids(connection: &Connection) -> Result<Vec<i64>> {
    let mut query = connection.prepare_cached("SELECT call FROM call_by_time ORDER BY t, call")?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a line of the list shows, of `ids`: start, length, number, manner, label, each as it is written; the other
/// records of the call, its group and its exhibits. Answers how many there are.
pub fn page(connection: &Connection, ids: &[i64]) -> Result<usize> {
    let mut record = connection.prepare_cached(
        "SELECT r.t, r.duration_s, s.raw, s.number, m.direction, m.disposition, m.line, l.text, c.zone
         FROM record r JOIN spelling s ON s.id = r.spelling JOIN manner m ON m.id = r.manner
         JOIN clock c ON c.id = m.clock LEFT JOIN label l ON l.id = r.label WHERE r.id = ?1",
    )?;
    let mut joined = connection.prepare_cached("SELECT record FROM call_join WHERE call = ?1 ORDER BY record")?;
    let mut group = connection.prepare_cached("SELECT part FROM group_of_call WHERE call = ?1")?;
    let mut count = 0;
    for id in ids {
        let mut rows = record.query([id])?;
        while let Some(row) = rows.next()? {
            let texts = (row.get::<_, String>(2)?, row.get::<_, String>(3)?, row.get::<_, Option<String>>(7)?);
            count += usize::from(row.get::<_, i64>(0)? != 0 || !texts.1.is_empty());
        }
        count += joined.query_map([id], |row| row.get::<_, i64>(0))?.count();
        count += group.query_map([id], |row| row.get::<_, i64>(0))?.count();
    }
    Ok(count)
}

/// Ids by start of the calls whose number holds the digits.
pub fn search(connection: &Connection, digits: &str) -> Result<Vec<i64>> {
    let mut numbers = connection.prepare_cached("SELECT id FROM number WHERE instr(text, ?1)")?;
    let numbers: Vec<i64> = numbers.query_map([digits], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut query =
        connection.prepare_cached("SELECT t, call FROM call_by_number WHERE number = ?1 ORDER BY t, call")?;
    let mut found: Vec<(i64, i64)> = Vec::new();
    for number in numbers {
        for row in query.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))? {
            found.push(row?);
        }
    }
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, call)| call).collect())
}

/// Calls per group and day, and per hour and weekday, of a zone without summer time.
pub fn rhythm(connection: &Connection) -> Result<usize> {
    const OFFSET_S: i64 = 10_800;
    let mut query = connection.prepare_cached(
        "SELECT b.t, g.part FROM call_by_time b LEFT JOIN group_of_call g ON g.call = b.call ORDER BY b.t, b.call",
    )?;
    let mut hours = vec![0_u32; 7 * 24];
    let mut daily: HashMap<(Option<i64>, i64), u32> = HashMap::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let local = row.get::<_, i64>(0)? + OFFSET_S;
        let slot = (local.div_euclid(86_400) + 3).rem_euclid(7) * 24 + local.rem_euclid(86_400) / 3_600;
        if let Some(count) = hours.get_mut(usize::try_from(slot)?) {
            *count += 1;
        }
        *daily.entry((row.get(1)?, local.div_euclid(86_400))).or_default() += 1;
    }
    Ok(daily.len() + hours.len())
}

/// What grouping works on, of every call: start, number, id, length, direction, label.
pub type Columns = Vec<(i64, i64, i64, i64, i64, i64)>;

/// The columns that grouping works on, as they are written.
pub fn columns(connection: &Connection) -> Result<Columns> {
    let mut query = connection.prepare(
        "SELECT c.t, s.number, c.call, r.duration_s, r.manner, r.label FROM call_by_time c JOIN record r ON r.id = c.call
         LEFT JOIN spelling_number s ON s.spelling = r.spelling",
    )?;
    let number = |row: &rusqlite::Row<'_>, at: usize| -> rusqlite::Result<i64> {
        Ok(row.get::<_, Option<i64>>(at)?.unwrap_or(-1))
    };
    let rows = query.query_map([], |row| {
        Ok((row.get(0)?, number(row, 1)?, row.get(2)?, number(row, 3)?, row.get(4)?, number(row, 5)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Calls per day, hour and number of the group that holds most calls, of a zone without summer time.
pub fn of_largest_group(connection: &Connection) -> Result<usize> {
    const OFFSET_S: i64 = 10_800;
    let mut query = connection.prepare_cached(
        "SELECT b.t, s.number, r.label FROM call_by_time b JOIN group_of_call g ON g.call = b.call
         JOIN record r ON r.id = b.call JOIN spelling_number s ON s.spelling = r.spelling
         WHERE g.part = (SELECT part FROM group_of_call GROUP BY part ORDER BY count(*) DESC, part LIMIT 1)
         ORDER BY b.t, b.call",
    )?;
    let mut hours = vec![0_u32; 7 * 24];
    let mut daily: HashMap<(Option<i64>, i64), u32> = HashMap::new();
    let mut labelled: HashMap<(Option<i64>, Option<i64>), u32> = HashMap::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let local = row.get::<_, i64>(0)? + OFFSET_S;
        let number: Option<i64> = row.get(1)?;
        let slot = (local.div_euclid(86_400) + 3).rem_euclid(7) * 24 + local.rem_euclid(86_400) / 3_600;
        if let Some(count) = hours.get_mut(usize::try_from(slot)?) {
            *count += 1;
        }
        *daily.entry((number, local.div_euclid(86_400))).or_default() += 1;
        *labelled.entry((number, row.get(2)?)).or_default() += 1;
    }
    Ok(daily.len() + hours.len() + labelled.len())
}
