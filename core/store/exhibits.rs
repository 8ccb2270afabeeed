//! What is known of exhibits beside their bytes: when the person says they were captured, what was made from them on
//! first sight, and the calls near a time.

use super::derived::clock_of;
use super::failure::OrFailure;
use super::refusals::delete_refusals;
use super::zones::{CLOCK, OF_MANNER};
use crate::error::Result;
use crate::model::{
    CallId, Clock, ClockKind, Direction, Disposition, ExhibitId, Moment, NumberKind, PhoneNumber, Precision, RecordId,
    SourceId, SourceKind, Zone,
};
use rusqlite::{Connection, OptionalExtension, Row};

/// Tables that are filled on first sight. They can be emptied at any time; a stranger's are never looked at.
const MADE: [&str; 3] = ["thumbnail", "exhibit_fact", "exhibit_wave"];

/// Lays empty TEMP tables over what a stranger's case says was made from its exhibits.
pub fn shadow_made(connection: &Connection) -> Result<()> {
    for table in MADE {
        let sql: Option<String> = connection
            .query_row(
                "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?1
                 AND NOT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE name = ?1)",
                [table],
                |row| row.get(0),
            )
            .optional()
            .or_failure()?;
        if let Some(sql) = sql {
            connection.execute_batch(&sql.replacen("CREATE TABLE", "CREATE TEMP TABLE", 1)).or_failure()?;
        }
    }
    Ok(())
}

/// Takes the TEMP tables away and empties those of the file.
pub fn forget_made(connection: &Connection) -> Result<()> {
    MADE.iter().try_for_each(|table| {
        let sql = format!("DROP TABLE IF EXISTS temp.{table}; DELETE FROM main.{table};");
        connection.execute_batch(&sql).or_failure()
    })
}

/// What a file says of itself, as read once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Time by its metadata: reading, kind, zone where stated, precision.
    pub time: Option<(i64, ClockKind, Option<Zone>, Precision)>,
    /// Length in milliseconds.
    pub duration_ms: Option<u64>,
}

/// Facts kept by a reader of this version.
pub fn facts(connection: &Connection, reader: u32) -> Result<Vec<(ExhibitId, Fact)>> {
    let sql = "SELECT exhibit, t, kind, zone, precision, duration_ms FROM exhibit_fact WHERE reader = ?1";
    let mut query = connection.prepare_cached(sql).or_failure()?;
    let rows = query
        .query_map([reader], |row| {
            let word = |index: usize| row.get::<_, Option<String>>(index);
            let time = match (row.get::<_, Option<i64>>(1)?, word(2)?, word(4)?) {
                (Some(t), Some(kind), Some(precision)) => ClockKind::from_word(&kind)
                    .zip(Precision::from_word(&precision))
                    .map(|(kind, precision)| (t, kind, precision)),
                _ => None,
            };
            let zone = word(3)?.and_then(|z| Zone::parse(&z));
            Ok((
                ExhibitId(row.get(0)?),
                Fact {
                    time: time.map(|(t, kind, precision)| (t, kind, zone, precision)),
                    duration_ms: row.get::<_, Option<i64>>(5)?.and_then(|d| u64::try_from(d).ok()),
                },
            ))
        })
        .or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// Keeps a fact.
pub fn keep_fact(connection: &Connection, exhibit: ExhibitId, reader: u32, fact: &Fact) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO exhibit_fact(exhibit, reader, t, kind, zone, precision, duration_ms)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection
        .prepare_cached(sql)
        .or_failure()?
        .execute((
            exhibit.0,
            reader,
            fact.time.map(|t| t.0),
            fact.time.map(|t| t.1.word()),
            fact.time.and_then(|t| t.2).map(|z| z.name()),
            fact.time.map(|t| t.3.word()),
            fact.duration_ms.and_then(|d| i64::try_from(d).ok()),
        ))
        .or_failure()
        .map(|_| ())
}

/// A waveform as kept: length and bucket in milliseconds, peaks.
pub type Wave = (u32, u32, Vec<u8>);

/// A waveform kept earlier: `Some(None)` for what cannot be decoded.
pub fn wave(connection: &Connection, exhibit: ExhibitId, reader: u32) -> Result<Option<Option<Wave>>> {
    let sql = "SELECT duration_ms, bucket_ms, peaks FROM exhibit_wave WHERE exhibit = ?1 AND reader = ?2";
    connection
        .query_row(sql, (exhibit.0, reader), |row| {
            let small = |index: usize| -> rusqlite::Result<Option<u32>> {
                Ok(row.get::<_, Option<i64>>(index)?.and_then(|n| u32::try_from(n).ok()))
            };
            let kept: (_, _, Option<Vec<u8>>) = (small(0)?, small(1)?, row.get(2)?);
            Ok(match kept {
                (Some(duration), Some(bucket), Some(peaks)) => Some((duration, bucket, peaks)),
                _ => None,
            })
        })
        .optional()
        .or_failure()
}

/// Keeps a waveform, or that there is none.
pub fn keep_wave(connection: &Connection, exhibit: ExhibitId, reader: u32, wave: Option<&Wave>) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO exhibit_wave(exhibit, reader, duration_ms, bucket_ms, peaks)
               VALUES (?1, ?2, ?3, ?4, ?5)";
    connection
        .execute(sql, (exhibit.0, reader, wave.map(|w| w.0), wave.map(|w| w.1), wave.map(|w| &w.2)))
        .or_failure()
        .map(|_| ())
}

/// When the person says that exhibits were captured.
pub fn stated_times(connection: &Connection) -> Result<Vec<(ExhibitId, Moment)>> {
    let sql = "SELECT exhibit, t, 'wall', zone, basis, precision FROM exhibit_time ORDER BY id";
    let mut query = connection.prepare_cached(sql).or_failure()?;
    let rows = query
        .query_map([], |row| Ok((ExhibitId(row.get(0)?), Moment { reading: row.get(1)?, clock: clock_of(row, 2)? })))
        .or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// Notes when the person says that an exhibit was captured, by a wall clock; `None` takes the word back.
pub fn state_time(connection: &Connection, exhibit: ExhibitId, moment: Option<&Moment>) -> Result<()> {
    connection.execute("DELETE FROM exhibit_time WHERE exhibit = ?1", [exhibit.0]).or_failure()?;
    let Some(Moment { reading, clock }) = moment else { return Ok(()) };
    let Clock { zone, basis, precision, .. } = clock;
    connection
        .execute(
            "INSERT INTO exhibit_time(exhibit, t, zone, basis, precision) VALUES (?1, ?2, ?3, ?4, ?5)",
            (exhibit.0, reading, zone.name(), basis.word(), precision.word()),
        )
        .or_failure()
        .map(|_| ())
}

/// Links exhibits to calls. What was said before against such a link gives way to it.
pub fn link(connection: &Connection, links: &[(ExhibitId, CallId)]) -> Result<()> {
    let sql = "INSERT INTO exhibit_link(exhibit, record) SELECT ?1, ?2
               WHERE NOT EXISTS (SELECT 1 FROM exhibit_link WHERE exhibit = ?1 AND record = ?2)";
    let mut insert = connection.prepare_cached(sql).or_failure()?;
    for (exhibit, call) in links {
        insert.execute((exhibit.0, call.0)).or_failure()?;
    }
    delete_refusals(connection, links)
}

/// Takes links of an exhibit away; says how many there were.
pub fn delete_link(connection: &Connection, exhibit: ExhibitId, record: RecordId) -> Result<usize> {
    connection
        .execute("DELETE FROM exhibit_link WHERE exhibit = ?1 AND record = ?2", (exhibit.0, record.0))
        .or_failure()
}

/// Takes a label away; says how many there were.
pub fn delete_label(connection: &Connection, exhibit: ExhibitId, record: RecordId, text: &str) -> Result<usize> {
    connection
        .execute(
            "DELETE FROM exhibit_label WHERE exhibit = ?1 AND record = ?2 AND text = ?3",
            (exhibit.0, record.0, text),
        )
        .or_failure()
}

/// A call as one of its records states it.
#[derive(Clone, Debug)]
pub struct StatedCall {
    /// The call.
    pub call: CallId,
    /// The record.
    pub record: RecordId,
    /// Its source.
    pub source: SourceId,
    /// Kind of witness of the source.
    pub kind: SourceKind,
    /// Sheet of the source, from 1; 0 where it has none.
    pub sheet: u32,
    /// Row of the source.
    pub row: u32,
    /// Start.
    pub start: Moment,
    /// Length in seconds.
    pub duration_s: Option<u32>,
    /// The source rounds lengths up to this unit.
    pub unit_s: u32,
    /// Direction.
    pub direction: Direction,
    /// Disposition.
    pub disposition: Disposition,
    /// Number.
    pub number: PhoneNumber,
}

/// What is asked of a record `r` of a call listed as `t`, from `from` on.
fn stated_sql(from: &str) -> String {
    format!(
        "SELECT t.call, r.t, {CLOCK}, r.duration_s, s.duration_unit_s, m.direction, m.disposition, n.kind, n.number,
         r.id, r.source, s.kind, r.sheet, r.row
         FROM call_by_time t {from} JOIN manner m ON m.id = r.manner {OF_MANNER} JOIN spelling n ON n.id = r.spelling
         JOIN source s ON s.id = r.source WHERE t.t BETWEEN ?1 AND ?2"
    )
}

fn stated(row: &Row<'_>) -> rusqlite::Result<StatedCall> {
    let small =
        |index: usize| -> rusqlite::Result<u32> { Ok(row.get::<_, i64>(index)?.clamp(0, i64::from(u32::MAX)) as u32) };
    Ok(StatedCall {
        call: CallId(row.get(0)?),
        start: Moment { reading: row.get(1)?, clock: clock_of(row, 2)? },
        duration_s: row.get::<_, Option<i64>>(6)?.map(|d| d.clamp(0, i64::from(u32::MAX)) as u32),
        unit_s: row.get::<_, i64>(7)?.clamp(1, 3_600) as u32,
        direction: Direction::from_word(&row.get::<_, String>(8)?).unwrap_or(Direction::Unknown),
        disposition: Disposition::from_word(&row.get::<_, String>(9)?).unwrap_or(Disposition::Unknown),
        number: PhoneNumber {
            kind: NumberKind::from_word(&row.get::<_, String>(10)?).unwrap_or(NumberKind::Unknown),
            text: row.get(11)?,
        },
        record: RecordId(row.get(12)?),
        source: SourceId(row.get(13)?),
        kind: SourceKind::from_word(&row.get::<_, String>(14)?).unwrap_or_default(),
        sheet: small(15)?,
        row: small(16)?,
    })
}

/// Every record of every call that began between two instants, inclusive.
pub fn calls_between(connection: &Connection, from: i64, to: i64) -> Result<Vec<StatedCall>> {
    // A call that one record states has no row in call_join.
    let own = stated_sql("JOIN record r ON r.id = t.call");
    let joined =
        stated_sql("JOIN call_join j ON j.call = t.call AND j.record <> t.call JOIN record r ON r.id = j.record");
    let mut found = Vec::new();
    for sql in [own, joined] {
        let mut query = connection.prepare_cached(&sql).or_failure()?;
        let rows = query.query_map((from, to), stated).or_failure()?;
        for row in rows {
            found.push(row.or_failure()?);
        }
    }
    Ok(found)
}
