//! Lists of calls, and single calls. Every list is a table in the order of its key; nothing here sorts.

use super::derived::{clock_of, folded};
use super::failure::OrFailure;
use super::zones::{CLOCK, OF_MANNER};
use crate::error::Result;
use crate::model::{
    CallId, Clock, Direction, Disposition, Group, GroupId, JoinReason, LedgerRow, Moment, NumberKind, PhoneNumber,
    RecordId, RowPlace, SourceId,
};
use rusqlite::{Connection, OptionalExtension, Params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// A record with its texts.
#[derive(Clone, Debug)]
pub struct RecordRow {
    /// Identity.
    pub id: RecordId,
    /// Source.
    pub source: SourceId,
    /// Place.
    pub place: RowPlace,
    /// Start.
    pub start: Moment,
    /// Length in seconds.
    pub duration_s: Option<u32>,
    /// Number as written.
    pub number_raw: String,
    /// Number as read.
    pub number: PhoneNumber,
    /// Direction.
    pub direction: Direction,
    /// Disposition.
    pub disposition: Disposition,
    /// Service word.
    pub service: String,
    /// Line, E.164; empty where unknown.
    pub line: String,
    /// Label.
    pub label: Option<String>,
}

/// A member of a call.
#[derive(Clone, Debug)]
pub struct Member {
    /// The record.
    pub record: RecordRow,
    /// Why it was joined; `None` for the first.
    pub why: Option<JoinReason>,
    /// Difference of starts after the clock offset.
    pub residual_s: i32,
}

/// A record.
pub fn record_row(connection: &Connection, id: RecordId) -> Result<Option<RecordRow>> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        format!(
            "SELECT r.source, r.sheet, r.row, r.off, r.len, r.t, r.duration_s, s.raw, s.kind, s.number,
             m.direction, m.disposition, m.service, m.line, l.text, {CLOCK}
             FROM record r JOIN spelling s ON s.id = r.spelling JOIN manner m ON m.id = r.manner
             {OF_MANNER} LEFT JOIN label l ON l.id = r.label WHERE r.id = ?1"
        )
    });
    connection
        .prepare_cached(&SQL)
        .or_failure()?
        .query_row([id.0], |row| {
            let clock: Clock = clock_of(row, 15)?;
            Ok(RecordRow {
                id,
                source: SourceId(row.get(0)?),
                place: RowPlace {
                    sheet: row.get::<_, i64>(1)? as u32,
                    row: row.get::<_, i64>(2)? as u64,
                    offset: row.get::<_, i64>(3)? as u64,
                    length: row.get::<_, i64>(4)? as u32,
                },
                start: Moment { reading: row.get(5)?, clock },
                duration_s: row.get::<_, Option<i64>>(6)?.map(|d| d.clamp(0, i64::from(u32::MAX)) as u32),
                number_raw: row.get(7)?,
                number: PhoneNumber {
                    kind: NumberKind::from_word(&row.get::<_, String>(8)?).unwrap_or(NumberKind::Unknown),
                    text: row.get(9)?,
                },
                direction: Direction::from_word(&row.get::<_, String>(10)?).unwrap_or(Direction::Unknown),
                disposition: Disposition::from_word(&row.get::<_, String>(11)?).unwrap_or(Disposition::Unknown),
                service: row.get(12)?,
                line: row.get(13)?,
                label: row.get(14)?,
            })
        })
        .optional()
        .or_failure()
}

/// The call that a record belongs to now: its own where nothing joined it. Withdrawn sources are for the caller to know.
pub fn call_of_record(connection: &Connection, record: RecordId) -> Result<CallId> {
    connection
        .prepare_cached("SELECT call FROM record_call WHERE record = ?1")
        .or_failure()?
        .query_row([record.0], |row| row.get(0))
        .optional()
        .or_failure()
        .map(|found| CallId(found.unwrap_or(record.0)))
}

/// The records of a call, its first one first; empty where there is no such record.
pub fn members(connection: &Connection, call: CallId) -> Result<Vec<Member>> {
    let joined: Vec<(i64, Option<String>, i64)> = {
        let mut query = connection
            .prepare_cached("SELECT record, why, residual_s FROM call_join WHERE call = ?1 ORDER BY record")
            .or_failure()?;
        let rows = query.query_map([call.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).or_failure()?;
        rows.collect::<rusqlite::Result<_>>().or_failure()?
    };
    let joined = if joined.is_empty() { vec![(call.0, None, 0)] } else { joined };
    let mut members = Vec::with_capacity(joined.len());
    for (record, why, residual_s) in joined {
        if let Some(record) = record_row(connection, RecordId(record))? {
            members.push(Member {
                record,
                why: why.and_then(|w| JoinReason::from_word(&w)),
                residual_s: residual_s as i32,
            });
        }
    }
    Ok(members)
}

fn ids(connection: &Connection, sql: &str, parameters: impl Params) -> Result<Vec<CallId>> {
    let mut query = connection.prepare_cached(sql).or_failure()?;
    let rows = query.query_map(parameters, |row| row.get(0).map(CallId)).or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// The same with the start of each.
fn timed(connection: &Connection, sql: &str, key: i64) -> Result<Vec<(i64, CallId)>> {
    let mut query = connection.prepare_cached(sql).or_failure()?;
    let rows = query.query_map([key], |row| Ok((row.get(1)?, CallId(row.get(0)?)))).or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// SQL of every list, for the test that looks at their plans.
pub const LISTS: [&str; 4] = [
    "SELECT call, t FROM call_by_time WHERE t BETWEEN ?1 AND ?2 ORDER BY t, call",
    "SELECT call, t FROM call_by_number WHERE number = ?1 ORDER BY t, call",
    "SELECT call, t FROM call_by_label WHERE label = ?1 ORDER BY t, call",
    "SELECT call, t FROM call_group_member WHERE part = ?1 ORDER BY t, call",
];

/// Calls that began between two instants, inclusive.
pub fn ids_by_time(connection: &Connection, from: i64, to: i64) -> Result<Vec<CallId>> {
    ids(connection, LISTS[0], (from, to))
}

/// Calls of a number.
pub fn ids_by_number(connection: &Connection, number: i64) -> Result<Vec<CallId>> {
    ids(connection, LISTS[1], [number])
}

/// Calls of a group.
pub fn ids_by_group(connection: &Connection, group: GroupId) -> Result<Vec<CallId>> {
    ids(connection, LISTS[3], [group.0])
}

/// Calls of a number with their starts.
pub fn timed_by_number(connection: &Connection, number: i64) -> Result<Vec<(i64, CallId)>> {
    timed(connection, LISTS[1], number)
}

/// Calls with a label, with their starts.
pub fn timed_by_label(connection: &Connection, label: i64) -> Result<Vec<(i64, CallId)>> {
    timed(connection, LISTS[2], label)
}

/// Calls of a group with their starts.
pub fn timed_by_group(connection: &Connection, group: GroupId) -> Result<Vec<(i64, CallId)>> {
    timed(connection, LISTS[3], group.0)
}

/// Number of calls.
pub fn count_calls(connection: &Connection) -> Result<u64> {
    connection
        .query_row("SELECT count(*) FROM call_by_time", [], |row| row.get::<_, i64>(0))
        .or_failure()
        .map(|n| n as u64)
}

fn each_number(connection: &Connection, take: &mut dyn FnMut(i64, PhoneNumber)) -> Result<()> {
    let mut query = connection.prepare_cached("SELECT id, kind, text FROM number ORDER BY id").or_failure()?;
    let mut rows = query.query([]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let kind: String = row.get(1).or_failure()?;
        let kind = NumberKind::from_word(&kind).unwrap_or(NumberKind::Unknown);
        take(row.get(0).or_failure()?, PhoneNumber { kind, text: row.get(2).or_failure()? });
    }
    Ok(())
}

/// The distinct numbers, by id.
pub fn numbers(connection: &Connection) -> Result<Vec<PhoneNumber>> {
    let mut numbers = Vec::new();
    each_number(connection, &mut |_, number| numbers.push(number))?;
    Ok(numbers)
}

/// Ids of the distinct numbers that `fits` lets through.
pub fn find_numbers(connection: &Connection, fits: &dyn Fn(&PhoneNumber) -> bool) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    each_number(connection, &mut |id, number| found.extend(fits(&number).then_some(id)))?;
    Ok(found)
}

/// Ids of the labels that hold `text`, regardless of case and ё/е.
pub fn find_labels(connection: &Connection, text: &str) -> Result<Vec<i64>> {
    let wanted = folded(text);
    let mut query = connection.prepare_cached("SELECT id, folded FROM label_text ORDER BY id").or_failure()?;
    let mut rows = query.query([]).or_failure()?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        let folded: String = row.get(1).or_failure()?;
        if folded.contains(&wanted) {
            found.push(row.get(0).or_failure()?);
        }
    }
    Ok(found)
}

/// All caller labels that were seen.
pub fn label_texts(connection: &Connection) -> Result<Vec<String>> {
    let mut query = connection.prepare("SELECT text FROM label_text ORDER BY id").or_failure()?;
    let rows = query.query_map([], |row| row.get(0)).or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// How many these are.
pub fn label_count(connection: &Connection) -> Result<usize> {
    let count: i64 = connection.query_row("SELECT count(*) FROM label_text", [], |row| row.get(0)).or_failure()?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// The groups as derived, by id.
pub fn groups(connection: &Connection) -> Result<Vec<Group>> {
    let mut query = connection.prepare("SELECT facts FROM call_group ORDER BY id").or_failure()?;
    let rows = query.query_map([], |row| row.get::<_, String>(0)).or_failure()?;
    let mut groups = Vec::new();
    for facts in rows {
        let group = serde_json::from_str(&facts.or_failure()?)
            .map_err(|e| crate::Error::new(crate::Code::CaseDamaged).because(e))?;
        groups.push(group);
    }
    Ok(groups)
}

/// One group as derived.
pub fn group(connection: &Connection, id: GroupId) -> Result<Option<Group>> {
    let facts: Option<String> = connection
        .prepare_cached("SELECT facts FROM call_group WHERE id = ?1")
        .or_failure()?
        .query_row([id.0], |row| row.get(0))
        .optional()
        .or_failure()?;
    facts
        .map(|facts| serde_json::from_str(&facts).map_err(|e| crate::Error::new(crate::Code::CaseDamaged).because(e)))
        .transpose()
}

/// The number that a call is grouped by, with its id; none where it is hidden.
pub fn number_of(connection: &Connection, call: CallId) -> Result<Option<(i64, PhoneNumber)>> {
    let sql = "SELECT n.id, n.kind, n.text FROM record r JOIN spelling_number s ON s.spelling = r.spelling
               JOIN number n ON n.id = s.number WHERE r.id = ?1";
    connection
        .prepare_cached(sql)
        .or_failure()?
        .query_row([call.0], |row| {
            let kind = NumberKind::from_word(&row.get::<_, String>(1)?).unwrap_or(NumberKind::Unknown);
            Ok((row.get(0)?, PhoneNumber { kind, text: row.get(2)? }))
        })
        .optional()
        .or_failure()
}

/// Group of a call with its name.
pub fn group_of(connection: &Connection, call: CallId) -> Result<Option<(GroupId, String)>> {
    connection
        .prepare_cached("SELECT g.id, g.name FROM group_of_call m JOIN call_group g ON g.id = m.part WHERE m.call = ?1")
        .or_failure()?
        .query_row([call.0], |row| Ok((GroupId(row.get(0)?), row.get(1)?)))
        .optional()
        .or_failure()
}

/// Two sources: first, second, offset and spread in seconds, records paired.
pub type StoredPair = (SourceId, SourceId, i32, i32, u32);

/// Clock offsets of the pairs of sources.
pub fn pairs(connection: &Connection) -> Result<Vec<StoredPair>> {
    let mut query = connection
        .prepare("SELECT first, second, offset_s, spread_s, paired FROM source_pair ORDER BY first, second")
        .or_failure()?;
    let rows = query
        .query_map([], |row| {
            Ok((
                SourceId(row.get(0)?),
                SourceId(row.get(1)?),
                row.get::<_, i64>(2)? as i32,
                row.get::<_, i64>(3)? as i32,
                row.get::<_, i64>(4)? as u32,
            ))
        })
        .or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// Visits the rows of a source that are no records, in order.
pub fn for_each_ledger_row(
    connection: &Connection,
    source: SourceId,
    visit: &mut dyn FnMut(LedgerRow) -> Result<()>,
) -> Result<()> {
    let mut query = connection
        .prepare("SELECT sheet, row, fate, detail FROM ledger WHERE source = ?1 ORDER BY sheet, row")
        .or_failure()?;
    let mut rows = query.query([source.0]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let fate: String = row.get(2).or_failure()?;
        let fate = match fate.as_str() {
            "other" => "other",
            "repeat" => "repeat",
            "problem" => "problem",
            _ => "other_line",
        };
        visit(LedgerRow {
            source,
            sheet: row.get::<_, i64>(0).or_failure()? as u32,
            row: row.get::<_, i64>(1).or_failure()? as u64,
            fate,
            detail: row.get(3).or_failure()?,
            call: None,
        })?;
    }
    Ok(())
}

/// The call of every record that another record joined, or that joined one.
pub fn joined_records(connection: &Connection) -> Result<FxHashMap<RecordId, CallId>> {
    let mut query = connection.prepare("SELECT record, call FROM record_call").or_failure()?;
    let rows = query.query_map([], |row| Ok((RecordId(row.get(0)?), CallId(row.get(1)?)))).or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// Number of each spelling whose number `fits` lets through; spellings of one number have one.
pub fn numbers_of_spellings(
    connection: &Connection,
    fits: &dyn Fn(&PhoneNumber) -> bool,
) -> Result<FxHashMap<i64, i64>> {
    let fitting: FxHashSet<i64> = find_numbers(connection, fits)?.into_iter().collect();
    let mut query = connection.prepare("SELECT spelling, number FROM spelling_number").or_failure()?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?))).or_failure()?;
    let mut found = FxHashMap::default();
    for row in rows {
        let (spelling, number) = row.or_failure()?;
        if fitting.contains(&number) {
            found.insert(spelling, number);
        }
    }
    Ok(found)
}

/// Visits the records of a source with their spellings, in order.
pub fn for_each_spelling(
    connection: &Connection,
    first: i64,
    count: u64,
    visit: &mut dyn FnMut(RecordId, i64),
) -> Result<()> {
    let mut query =
        connection.prepare("SELECT id, spelling FROM record WHERE id >= ?1 AND id < ?2 ORDER BY id").or_failure()?;
    let mut rows = query.query((first, first + count as i64)).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        visit(RecordId(row.get(0).or_failure()?), row.get(1).or_failure()?);
    }
    Ok(())
}

/// Sheet and row of every record of a source, in order, with the record's id.
pub fn record_places(connection: &Connection, first: i64, count: u64) -> Result<Vec<(u32, u64, RecordId)>> {
    let mut query =
        connection.prepare("SELECT sheet, row, id FROM record WHERE id >= ?1 AND id < ?2 ORDER BY id").or_failure()?;
    let rows = query
        .query_map((first, first + count as i64), |row| {
            Ok((row.get::<_, i64>(0)? as u32, row.get::<_, i64>(1)? as u64, RecordId(row.get(2)?)))
        })
        .or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// How SQLite would go about a statement in an empty case.
#[cfg(test)]
pub(super) fn plan(sql: &str) -> Vec<String> {
    #![allow(clippy::unwrap_used)]
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ulika");
    crate::store::open::create(&path, None).unwrap();
    let connection = Connection::open(&path).unwrap();
    let mut query = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let given = rusqlite::params_from_iter(vec![0; sql.matches('?').count()]);
    let steps = query.query_map(given, |row| row.get(3)).unwrap();
    steps.map(|step| step.unwrap()).collect()
}

#[cfg(test)]
mod tests {
    use super::{LISTS, plan};

    #[test]
    fn no_list_sorts_or_scans_anything_but_itself() {
        for sql in LISTS {
            let plan = plan(sql);
            assert!(
                plan.iter().all(|step| step.starts_with("SEARCH") && step.contains("PRIMARY KEY")),
                "{sql}: {plan:?}"
            );
        }
    }
}
