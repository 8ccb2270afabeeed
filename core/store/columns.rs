//! Calls as columns in memory: what a list is narrowed and ordered by. A million calls take some fifty megabytes and are
//! read in one pass over each table in the order of its key; nothing here is sorted by SQL.

use super::derived::clock_of;
use super::evidence::StoredSource;
use super::failure::OrFailure;
use super::order::place_of;
use super::zones::{CLOCK, OF_MANNER};
use super::{lists, word};
use crate::error::Result;
use crate::model::{
    CallId, Clock, Direction, Disposition, GroupId, Instants, JoinReason, NONE, NumberKind, PhoneNumber, RecordId,
    SourceId, SourceKind,
};
use rusqlite::Connection;
use rustc_hash::FxHashMap;

/// One call.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Identity.
    pub id: CallId,
    /// Start, Unix seconds.
    pub start: i64,
    /// Index into [`Columns::numbers`]; [`NONE`] where the number is hidden.
    pub number: u32,
    /// Index into [`Columns::labels`] of the label shown first; [`NONE`] where none was seen.
    pub label: u32,
    /// Index into [`Columns::groups`]; [`NONE`] where it stands in none.
    pub group: u32,
    /// Length in seconds; -1 where no record states it.
    pub duration_s: i32,
    /// Index into [`Columns::clocks`] of the clock that its start is shown by.
    pub clock: u32,
    /// Source of its first record.
    pub source: SourceId,
    /// Direction.
    pub direction: Direction,
    /// Disposition.
    pub disposition: Disposition,
    /// Kinds of its sources, a bit each by their order in [`SourceKind::ALL`].
    pub kinds: u8,
    /// Whether its records disagree on the length.
    pub conflict: bool,
    /// Whether an exhibit is linked to it.
    pub exhibits: bool,
}

/// All calls of a case.
#[derive(Debug, Default)]
pub struct Columns {
    /// Calls, ascending by id.
    pub rows: Vec<Row>,
    /// Indices of the calls by start, then id.
    pub by_time: Vec<u32>,
    /// Distinct numbers.
    pub numbers: Vec<PhoneNumber>,
    /// Distinct labels with their folded form.
    pub labels: Vec<(String, String)>,
    /// Groups, ascending by id, with their names.
    pub groups: Vec<(GroupId, String)>,
    /// Calls of each group.
    pub members: Vec<u32>,
    /// Clocks.
    pub clocks: Vec<Clock>,
    /// Further sources of calls that several state: index of the call, source; ascending.
    pub also: Vec<(u32, SourceId)>,
}

impl Columns {
    /// Where a call stands in [`Columns::rows`].
    #[must_use]
    pub fn index(&self, call: CallId) -> Option<usize> {
        place_of(&self.rows, |row| row.id, call)
    }
}

// Every table is read once, in the order in which it lies.
const LABEL_TEXTS: &str = "SELECT text, folded FROM label_text ORDER BY id";
const LABELS: &str = "SELECT id, text FROM label";
const SPELLINGS: &str = "SELECT spelling, number FROM spelling_number";
const JOINS: &str = "SELECT record, call, why FROM call_join";
const GROUPS: &str = "SELECT id, name FROM call_group ORDER BY id";
const MEMBERS: &str = "SELECT call, part FROM group_of_call ORDER BY call";
const RECORDS: &str =
    "SELECT id, t, manner, spelling, duration_s, label FROM record WHERE id >= ?1 AND id < ?2 ORDER BY id";

/// The manners, with their clocks as the case reads them.
fn manners_sql() -> String {
    format!("SELECT m.id, m.direction, m.disposition, c.id, {CLOCK} FROM manner m {OF_MANNER}")
}

/// How records of a manner are said.
struct Manner {
    clock: u32,
    direction: Direction,
    disposition: Disposition,
}

/// What of the case is looked up for every record.
struct Texts {
    manners: FxHashMap<i64, Manner>,
    instants: Vec<Instants>,
    numbers: FxHashMap<i64, u32>,
    labels: FxHashMap<i64, u32>,
    /// Call and reason of every record that is not the first of its call.
    joined: FxHashMap<i64, (i64, bool)>,
}

/// Reads all calls. `sources` are those that are not withdrawn, `shown` the exhibits that are not.
pub fn load(connection: &Connection, sources: &[StoredSource], shown: &dyn Fn(i64) -> bool) -> Result<Columns> {
    let mut columns = Columns::default();
    let mut texts = texts(connection, &mut columns)?;
    let room: u64 = sources.iter().map(|s| s.records).sum();
    // Room for exactly what comes; the count is of a file that may say anything.
    columns.rows.reserve_exact(usize::try_from(room).unwrap_or(0).min(1 << 21));
    for source in sources {
        load_source(connection, source, &mut texts, &mut columns)?;
    }
    columns.also.sort_unstable();
    columns.also.dedup();
    load_groups(connection, &mut columns)?;
    load_seen(connection, shown, &mut columns)?;
    for (exhibit, record) in word::links(connection)? {
        let call = texts.joined.get(&record.0).map_or(record.0, |(call, _)| *call);
        if let Some(at) = columns.index(CallId(call)).filter(|_| shown(exhibit.0)) {
            columns.rows[at].exhibits = true;
        }
    }
    columns.by_time.extend(0..columns.rows.len() as u32);
    let rows = &columns.rows;
    columns.by_time.sort_by_key(|at| rows[*at as usize].start);
    Ok(columns)
}

fn texts(connection: &Connection, columns: &mut Columns) -> Result<Texts> {
    columns.numbers = lists::numbers(connection)?;
    let mut query = connection.prepare(LABEL_TEXTS).or_failure()?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).or_failure()?;
    columns.labels = rows.collect::<rusqlite::Result<_>>().or_failure()?;
    let place: FxHashMap<&str, u32> = (0..).zip(&columns.labels).map(|(at, (text, _))| (text.as_str(), at)).collect();

    let mut query = connection.prepare(LABELS).or_failure()?;
    let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))).or_failure()?;
    let mut labels = FxHashMap::default();
    for row in rows {
        let (id, text) = row.or_failure()?;
        labels.extend(place.get(text.as_str()).map(|at| (id, *at)));
    }
    let mut query = connection.prepare(SPELLINGS).or_failure()?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).or_failure()?;
    let numbers = rows.collect::<rusqlite::Result<_>>().or_failure()?;

    let mut query = connection.prepare(&manners_sql()).or_failure()?;
    let mut rows = query.query([]).or_failure()?;
    let (mut manners, mut clocks): (_, FxHashMap<i64, u32>) = (FxHashMap::default(), FxHashMap::default());
    while let Some(row) = rows.next().or_failure()? {
        let clock = clock_of(row, 4).or_failure()?;
        let clock = *clocks.entry(row.get(3).or_failure()?).or_insert_with(|| {
            columns.clocks.push(clock);
            (columns.clocks.len() - 1) as u32
        });
        let (direction, disposition): (String, String) = (row.get(1).or_failure()?, row.get(2).or_failure()?);
        let direction = Direction::from_word(&direction).unwrap_or(Direction::Unknown);
        let disposition = Disposition::from_word(&disposition).unwrap_or(Disposition::Unknown);
        manners.insert(row.get(0).or_failure()?, Manner { clock, direction, disposition });
    }
    let mut query = connection.prepare(JOINS).or_failure()?;
    let mut rows = query.query([]).or_failure()?;
    let mut joined = FxHashMap::default();
    while let Some(row) = rows.next().or_failure()? {
        let (record, call): (i64, i64) = (row.get(0).or_failure()?, row.get(1).or_failure()?);
        if record != call {
            let why: Option<String> = row.get(2).or_failure()?;
            joined.insert(record, (call, why.as_deref() == Some(JoinReason::Conflict.word())));
        }
    }
    let instants = columns.clocks.iter().copied().map(Instants::of).collect();
    Ok(Texts { manners, instants, numbers, labels, joined })
}

fn load_source(connection: &Connection, stored: &StoredSource, texts: &mut Texts, columns: &mut Columns) -> Result<()> {
    let (source, kind) = (stored.source.id, bit(stored.source.kind));
    let mut query = connection.prepare_cached(RECORDS).or_failure()?;
    let mut rows = query.query([stored.first_record, stored.first_record + stored.records as i64]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let id: i64 = row.get(0).or_failure()?;
        let Some(manner) = texts.manners.get(&row.get(2).or_failure()?) else { continue };
        let duration: Option<i64> = row.get(4).or_failure()?;
        let label: Option<i64> = row.get(5).or_failure()?;
        let said = Row {
            id: CallId(id),
            start: texts.instants[manner.clock as usize].instant(row.get(1).or_failure()?),
            number: texts.numbers.get(&row.get(3).or_failure()?).copied().unwrap_or(NONE),
            label: label.and_then(|l| texts.labels.get(&l).copied()).unwrap_or(NONE),
            group: NONE,
            duration_s: duration.map_or(-1, |d| d.clamp(0, i64::from(i32::MAX)) as i32),
            clock: manner.clock,
            source,
            direction: manner.direction,
            disposition: manner.disposition,
            kinds: kind,
            conflict: false,
            exhibits: false,
        };
        match texts.joined.get(&id) {
            None => columns.rows.push(said),
            Some((call, conflict)) => join(columns, CallId(*call), &said, *conflict),
        }
    }
    Ok(())
}

/// What a further record of a call adds to what its earlier ones say.
fn join(columns: &mut Columns, call: CallId, said: &Row, conflict: bool) {
    let Some(at) = columns.index(call) else { return };
    let vagueness =
        |number: u32| columns.numbers.get(number as usize).map_or(NumberKind::Hidden, |n| n.kind).vagueness();
    let better = vagueness(said.number) < vagueness(columns.rows[at].number);
    let row = &mut columns.rows[at];
    if better {
        row.number = said.number;
    }
    if row.label == NONE {
        row.label = said.label;
    }
    if row.duration_s < 0 {
        row.duration_s = said.duration_s;
    }
    if row.direction == Direction::Unknown {
        row.direction = said.direction;
    }
    if row.disposition == Disposition::Unknown {
        row.disposition = said.disposition;
    }
    row.kinds |= said.kinds;
    row.conflict |= conflict;
    columns.also.push((at as u32, said.source));
}

/// The bit of a kind of source in [`Row::kinds`].
fn bit(kind: SourceKind) -> u8 {
    SourceKind::ALL.iter().position(|k| *k == kind).map_or(0, |at| 1 << at)
}

fn load_groups(connection: &Connection, columns: &mut Columns) -> Result<()> {
    let mut query = connection.prepare(GROUPS).or_failure()?;
    let rows = query.query_map([], |row| Ok((GroupId(row.get(0)?), row.get(1)?))).or_failure()?;
    columns.groups = rows.collect::<rusqlite::Result<_>>().or_failure()?;
    let place: FxHashMap<i64, u32> = (0..).zip(&columns.groups).map(|(at, (id, _))| (id.0, at)).collect();
    columns.members = vec![0; columns.groups.len()];
    let mut query = connection.prepare(MEMBERS).or_failure()?;
    let mut rows = query.query([]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        if let Some(at) = columns.index(CallId(row.get(0).or_failure()?)) {
            let group = place.get(&row.get(1).or_failure()?).copied().unwrap_or(NONE);
            columns.rows[at].group = group;
            if let Some(members) = columns.members.get_mut(group as usize) {
                *members += 1;
            }
        }
    }
    Ok(())
}

/// Labels that were seen on exhibits alone.
fn load_seen(connection: &Connection, shown: &dyn Fn(i64) -> bool, columns: &mut Columns) -> Result<()> {
    for (_, record, text) in word::exhibit_labels(connection)?.into_iter().filter(|(exhibit, ..)| shown(exhibit.0)) {
        let call = lists::call_of_record(connection, RecordId(record.0))?;
        let label = columns.labels.iter().position(|(known, _)| *known == text);
        let (Some(at), Some(label)) = (columns.index(call), label) else { continue };
        let row = &mut columns.rows[at];
        if row.label == NONE {
            row.label = label as u32;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{GROUPS, JOINS, LABEL_TEXTS, LABELS, MEMBERS, RECORDS, SPELLINGS, manners_sql};
    use crate::store::lists::plan;

    #[test]
    fn every_table_is_read_as_it_lies() {
        let manners = manners_sql();
        for sql in [LABEL_TEXTS, LABELS, SPELLINGS, &manners, JOINS, RECORDS, GROUPS, MEMBERS] {
            let plan = plan(sql);
            assert!(!plan.is_empty() && plan.iter().all(|step| !step.contains("TEMP B-TREE")), "{sql}: {plan:?}");
        }
        assert!(plan(RECORDS).iter().all(|step| step.starts_with("SEARCH")), "{:?}", plan(RECORDS));
    }
}
