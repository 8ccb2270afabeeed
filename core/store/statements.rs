//! Every record as its source states it, small: what the witness matrix and the coverage are made of.

use super::derived::clock_of;
use super::evidence::StoredSource;
use super::failure::OrFailure;
use super::lists::RecordRow;
use super::zones::{CLOCK, OF_MANNER};
use crate::error::Result;
use crate::model::{
    CallId, Clock, ClockKind, Direction, Disposition, Instants, JoinReason, NumberKind, RecordId, SourceId,
};
use rusqlite::Connection;
use rustc_hash::FxHashMap;

/// A record as its source states it.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// The record.
    pub id: RecordId,
    /// Start, Unix seconds.
    pub start: i64,
    /// Its source.
    pub source: SourceId,
    /// Sheet; 0 where there is none.
    pub sheet: u32,
    /// Row.
    pub row: u32,
    /// Local day as the source counts it, days since 1970.
    pub day: i32,
    /// Index of the line; `None` where the source does not name it.
    pub line: Option<u16>,
    /// Direction.
    pub direction: Direction,
    /// What the number is.
    pub number: NumberKind,
    /// Whether it says that nobody answered.
    pub unanswered: bool,
}

/// The statements of sources, ascending by record.
#[derive(Debug, Default)]
pub struct Statements {
    all: Vec<Statement>,
    /// The lines that they name, E.164: a statement holds the place of its line in this list.
    pub lines: Vec<String>,
}

impl Statements {
    /// What a record states.
    #[must_use]
    pub fn of_record(&self, record: RecordId) -> Option<&Statement> {
        let at = self.all.binary_search_by_key(&record, |s| s.id).ok()?;
        self.all.get(at)
    }

    /// What a source states.
    pub fn of_source(&self, stored: &StoredSource) -> impl Iterator<Item = &Statement> {
        let source = stored.source.id;
        let begin = self.all.partition_point(|s| s.id.0 < stored.first_record);
        self.all[begin..].iter().take_while(move |s| s.source == source)
    }
}

struct Manner {
    instants: Instants,
    clock: Clock,
    direction: Direction,
    disposition: Disposition,
    line: Option<u16>,
}

/// Reads what sources state.
pub fn statements(connection: &Connection, sources: &[StoredSource]) -> Result<Statements> {
    let mut found = Statements::default();
    let Statements { all, lines } = &mut found;
    for stored in sources {
        read_source(connection, stored, lines, all)?;
    }
    Ok(found)
}

fn manners_of(connection: &Connection, source: SourceId, lines: &mut Vec<String>) -> Result<FxHashMap<i64, Manner>> {
    let sql = format!(
        "SELECT m.id, m.direction, m.disposition, m.line, {CLOCK} FROM manner m {OF_MANNER}
                       WHERE m.source = ?1"
    );
    let mut query = connection.prepare_cached(&sql).or_failure()?;
    let mut rows = query.query([source.0]).or_failure()?;
    let mut manners = FxHashMap::default();
    while let Some(row) = rows.next().or_failure()? {
        let word = |at: usize| row.get::<_, String>(at).or_failure();
        let line = word(3)?;
        let known = lines.iter().position(|known| *known == line);
        let line = match known {
            _ if line.is_empty() => None,
            None if lines.len() < usize::from(u16::MAX) => {
                lines.push(line);
                u16::try_from(lines.len() - 1).ok()
            }
            at => at.and_then(|at| u16::try_from(at).ok()),
        };
        let clock = clock_of(row, 4).or_failure()?;
        let manner = Manner {
            instants: Instants::of(clock),
            clock,
            direction: Direction::from_word(&word(1)?).unwrap_or(Direction::Unknown),
            disposition: Disposition::from_word(&word(2)?).unwrap_or(Disposition::Unknown),
            line,
        };
        manners.insert(row.get(0).or_failure()?, manner);
    }
    Ok(manners)
}

fn read_source(
    connection: &Connection,
    stored: &StoredSource,
    lines: &mut Vec<String>,
    found: &mut Vec<Statement>,
) -> Result<()> {
    let source = stored.source.id;
    let mut manners = manners_of(connection, source, lines)?;
    let mut query =
        connection.prepare_cached("SELECT id, kind FROM spelling WHERE source = ?1 ORDER BY id").or_failure()?;
    let rows = query.query_map([source.0], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).or_failure()?;
    let mut kinds: FxHashMap<i64, NumberKind> = FxHashMap::default();
    for row in rows {
        let (spelling, kind) = row.or_failure()?;
        kinds.insert(spelling, NumberKind::from_word(&kind).unwrap_or(NumberKind::Unknown));
    }
    let sql =
        "SELECT id, sheet, row, t, manner, spelling, duration_s FROM record WHERE id >= ?1 AND id < ?2 ORDER BY id";
    let mut query = connection.prepare_cached(sql).or_failure()?;
    let mut rows = query.query((stored.first_record, stored.first_record + stored.records as i64)).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let Some(manner) = manners.get_mut(&row.get(4).or_failure()?) else { continue };
        let reading: i64 = row.get(3).or_failure()?;
        let start = manner.instants.instant(reading);
        let local = match manner.clock.kind {
            ClockKind::Wall => reading,
            ClockKind::Instant => start + i64::from(manner.clock.zone.offset_s(start)),
        };
        let length: Option<i64> = row.get(6).or_failure()?;
        found.push(Statement {
            id: RecordId(row.get(0).or_failure()?),
            start,
            source,
            sheet: row.get::<_, i64>(1).or_failure()? as u32,
            row: u32::try_from(row.get::<_, i64>(2).or_failure()?).unwrap_or(u32::MAX),
            day: day_of(local),
            line: manner.line,
            direction: manner.direction,
            number: kinds.get(&row.get(5).or_failure()?).copied().unwrap_or(NumberKind::Unknown),
            unanswered: unanswered(manner.disposition, length),
        });
    }
    Ok(())
}

/// What one record states, for whoever asks of a single call; `lines` are those of [`Statements::lines`].
#[must_use]
pub fn statement_of(record: &RecordRow, lines: &[String]) -> Statement {
    let start = record.start.instant();
    let local = match record.start.clock.kind {
        ClockKind::Wall => record.start.reading,
        ClockKind::Instant => start + i64::from(record.start.clock.zone.offset_s(start)),
    };
    let line = lines.iter().position(|known| *known == record.line);
    Statement {
        id: record.id,
        start,
        source: record.source,
        sheet: record.place.sheet,
        row: u32::try_from(record.place.row).unwrap_or(u32::MAX),
        day: day_of(local),
        line: line.and_then(|at| u16::try_from(at).ok()),
        direction: record.direction,
        number: record.number.kind,
        unanswered: unanswered(record.disposition, record.duration_s.map(i64::from)),
    }
}

fn day_of(local: i64) -> i32 {
    i32::try_from(local.div_euclid(86_400)).unwrap_or(0)
}

/// Whether a record says that nobody answered.
fn unanswered(disposition: Disposition, length: Option<i64>) -> bool {
    let missed = matches!(disposition, Disposition::Missed | Disposition::Rejected | Disposition::Blocked);
    missed || (length == Some(0) && disposition != Disposition::Answered)
}

/// A member of a call of several records.
#[derive(Clone, Copy, Debug)]
pub struct StoredJoin {
    /// The call.
    pub call: CallId,
    /// The record.
    pub record: RecordId,
    /// Why it was joined; `None` for the first.
    pub why: Option<JoinReason>,
    /// What is left of the difference of starts.
    pub residual_s: i32,
}

/// The members of calls of several records, by call, then record.
pub fn joins(connection: &Connection) -> Result<Vec<StoredJoin>> {
    let mut query = connection
        .prepare_cached("SELECT call, record, why, residual_s FROM call_join ORDER BY call, record")
        .or_failure()?;
    let rows = query
        .query_map([], |row| {
            Ok(StoredJoin {
                call: CallId(row.get(0)?),
                record: RecordId(row.get(1)?),
                why: row.get::<_, Option<String>>(2)?.and_then(|why| JoinReason::from_word(&why)),
                residual_s: row.get::<_, i64>(3)? as i32,
            })
        })
        .or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}
