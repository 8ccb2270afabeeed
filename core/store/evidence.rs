//! Evidence: sources with their rows, exhibits, withdrawals. Only appended.

use super::blobs::{Staged, name_original};
use super::bulk::{Bulk, Cell};
use super::failure::OrFailure;
use super::seal::{Sealer, root};
use super::zones::zones_set;
use crate::error::{Code, Error, Result};
use crate::model::{
    Dictionary, Direction, Disposition, EventId, ExhibitId, ExhibitKind, Source, SourceId, SourceKind, Zone, ZoneBasis,
    hex,
};
use rusqlite::Connection;

/// No label on a planned record.
pub const NO_LABEL: u32 = u32::MAX;

/// How a row states its call: texts that many rows share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Manner {
    /// Index of the clock in the dictionary.
    pub clock: u32,
    /// Direction.
    pub direction: Direction,
    /// Disposition.
    pub disposition: Disposition,
    /// Index of the service word in the dictionary.
    pub service: Option<u32>,
    /// Index of the line in the dictionary.
    pub line: Option<u32>,
}

/// A record on its way into the case: 48 bytes, so that a million rows may wait in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedRecord {
    /// Byte offset in the original.
    pub offset: u64,
    /// Seconds as the clock says.
    pub reading: i64,
    /// Row as a person counts it.
    pub row: u32,
    /// Sheet, from 1; 0 where there is none.
    pub sheet: u32,
    /// Length in bytes.
    pub length: u32,
    /// Index of the manner.
    pub manner: u32,
    /// Index of the spelling in the dictionary.
    pub spelling: u32,
    /// Length of the call in seconds; -1 where not stated.
    pub duration_s: i32,
    /// Index of the label in the dictionary; [`NO_LABEL`] where there is none.
    pub label: u32,
}

/// A row of the ledger on its way into the case: every row that is no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedLedgerRow {
    /// Where it stands.
    pub place: crate::model::RowPlace,
    /// `other`, `repeat`, `problem`, `other_line`.
    pub fate: &'static str,
    /// Kind of service, the row repeated, or the problem as JSON.
    pub detail: std::rc::Rc<str>,
}

/// Everything that one file brings.
#[derive(Debug, Default)]
pub struct Planned {
    /// Distinct texts.
    pub dictionary: Dictionary,
    /// Distinct manners.
    pub manners: Vec<Manner>,
    /// Records in segments that are dropped as they are written.
    pub records: Vec<Vec<PlannedRecord>>,
    /// Other rows.
    pub ledger: Vec<PlannedLedgerRow>,
}

/// A source on its way into the case.
pub struct NewSource<'a> {
    /// Staged bytes.
    pub staged: Staged,
    /// Id, as [`next_source`] gave it.
    pub id: SourceId,
    /// Event that brings it.
    pub event: EventId,
    /// File name.
    pub name: &'a str,
    /// Kind of witness.
    pub kind: SourceKind,
    /// Recipe.
    pub recipe: &'a str,
    /// Its text, where it is the person's own.
    pub recipe_text: Option<&'a str>,
    /// Encoding.
    pub encoding: &'a str,
    /// Unit of rounding.
    pub duration_unit_s: u32,
    /// Zone.
    pub zone: Option<Zone>,
    /// How it is known.
    pub zone_basis: ZoneBasis,
    /// When.
    pub received_at: &'a str,
    /// Sums as JSON.
    pub sums: &'a str,
    /// First record id, as [`next_record`] gave it.
    pub first_record: i64,
}

fn next(connection: &Connection, table: &str) -> Result<i64> {
    connection.query_row(&format!("SELECT coalesce(max(id), 0) + 1 FROM {table}"), [], |row| row.get(0)).or_failure()
}

/// Id that the next source will have.
pub fn next_source(connection: &Connection) -> Result<i64> {
    next(connection, "source")
}

/// Id that the next record will have.
pub fn next_record(connection: &Connection) -> Result<i64> {
    next(connection, "record")
}

/// Id that the next spelling will have.
pub fn next_spelling(connection: &Connection) -> Result<i64> {
    next(connection, "spelling")
}

/// Writes a source with all its rows and gives the root of its leaves.
pub fn insert_source(
    connection: &Connection,
    new: &NewSource<'_>,
    planned: Planned,
    told: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<[u8; 32]> {
    name_original(connection, &new.staged)?;
    let count: usize = planned.records.iter().map(Vec::len).sum();
    connection
        .prepare(
            "INSERT INTO source(id, original, event, name, kind, recipe, encoding, duration_unit_s, zone, zone_basis,
             received_at, sums, first_record, records) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)",
        )
        .or_failure()?
        .execute(rusqlite::params![
            new.id.0,
            new.staged.original,
            new.event.0,
            new.name,
            new.kind.word(),
            new.recipe,
            new.encoding,
            new.duration_unit_s,
            new.zone.map(|z| z.name()),
            new.zone_basis.word(),
            new.received_at,
            new.sums,
            new.first_record,
            count as i64,
        ])
        .or_failure()?;
    let source = new.id.0;
    if let Some(text) = new.recipe_text {
        let sql = "INSERT INTO source_recipe(source, text) VALUES (?1, ?2)";
        connection.execute(sql, (source, text)).or_failure()?;
    }
    let bases = insert_dictionary(connection, source, &planned)?;
    let mut leaves: Vec<(&'static str, [u8; 32])> = Vec::new();
    leaves.extend(bases.leaves);
    let record_leaves = insert_records(connection, source, new.first_record, planned.records, &bases.first, told)?;
    leaves.extend(record_leaves.into_iter().map(|leaf| ("record", leaf)));
    let ledger_leaves = insert_ledger(connection, source, &planned.ledger)?;
    leaves.extend(ledger_leaves.into_iter().map(|leaf| ("ledger", leaf)));
    let mut bulk = Bulk::of_source(connection, "leaf(source, part, digest)", source)?;
    for (part, digest) in &leaves {
        bulk.push([(*part).into(), Cell::Blob(digest)])?;
    }
    bulk.finish()?;
    Ok(root(&leaves))
}

struct First {
    spelling: i64,
    label: i64,
    manner: i64,
}

struct Bases {
    first: First,
    leaves: Vec<(&'static str, [u8; 32])>,
}

fn insert_dictionary(connection: &Connection, source: i64, planned: &Planned) -> Result<Bases> {
    let words = &planned.dictionary;
    let mut leaves = Vec::new();
    let zones: Vec<String> = words.clocks.iter().map(|c| c.zone.name()).collect();
    let clocks =
        words.clocks.iter().zip(&zones).map(|(c, zone)| [c.kind.word(), zone, c.basis.word(), c.precision.word()]);
    let clock = insert_texts(connection, "clock(source, kind, zone, basis, precision)", source, clocks, &mut leaves)?;
    let spellings = words.spellings.iter().map(|(raw, n)| [raw.as_str(), n.kind.word(), n.text.as_str()]);
    let spelling = insert_texts(connection, "spelling(source, raw, kind, number)", source, spellings, &mut leaves)?;
    let labels = words.labels.iter().map(|text| [text.as_str()]);
    let label = insert_texts(connection, "label(source, text)", source, labels, &mut leaves)?;
    let manner = next(connection, "manner")?;
    let mut bulk = Bulk::of_source(connection, "manner(source, clock, direction, disposition, service, line)", source)?;
    let mut sealer = Sealer::new();
    for (id, m) in (manner..).zip(&planned.manners) {
        let clock = clock + i64::from(m.clock);
        let service = m.service.and_then(|i| words.services.get(i as usize)).map_or("", String::as_str);
        let line = m.line.and_then(|i| words.lines.get(i as usize)).map_or("", |n| n.text.as_str());
        let texts = [m.direction.word(), m.disposition.word(), service, line];
        sealer.integer(id);
        sealer.integer(clock);
        texts.iter().for_each(|text| sealer.text(text));
        sealer.end_row();
        let [direction, disposition, service, line] = texts.map(Cell::Text);
        bulk.push([clock.into(), direction, disposition, service, line])?;
    }
    bulk.finish()?;
    check_next(connection, "manner", manner + planned.manners.len() as i64)?;
    leaves.extend(sealer.finish().into_iter().map(|leaf| ("manner", leaf)));
    Ok(Bases { first: First { spelling, label, manner }, leaves })
}

/// Writes rows of texts and gives the id of the first; `into` names the table, `source` and a column for each text.
fn insert_texts<'v, const N: usize>(
    connection: &Connection,
    into: &'static str,
    source: i64,
    rows: impl Iterator<Item = [&'v str; N]>,
    leaves: &mut Vec<(&'static str, [u8; 32])>,
) -> Result<i64> {
    let part = into.split_once('(').map_or(into, |(table, _)| table);
    let first = next(connection, part)?;
    let mut id = first;
    let mut bulk = Bulk::of_source(connection, into, source)?;
    let mut sealer = Sealer::new();
    for texts in rows {
        sealer.integer(id);
        texts.iter().for_each(|text| sealer.text(text));
        sealer.end_row();
        bulk.push(texts.map(Cell::Text))?;
        id += 1;
    }
    bulk.finish()?;
    check_next(connection, part, id)?;
    leaves.extend(sealer.finish().into_iter().map(|leaf| (part, leaf)));
    Ok(first)
}

/// The ids that the table gave its rows must be those that were sealed.
fn check_next(connection: &Connection, table: &str, expected: i64) -> Result<()> {
    match next(connection, table)? {
        found if found == expected => Ok(()),
        found => Err(Error::new(Code::Internal).with("table", table).with("id", found)),
    }
}

fn insert_records(
    connection: &Connection,
    source: i64,
    first_record: i64,
    segments: Vec<Vec<PlannedRecord>>,
    first: &First,
    told: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Vec<[u8; 32]>> {
    let columns = "record(source, sheet, row, off, len, t, manner, spelling, duration_s, label)";
    let mut bulk = Bulk::of_source(connection, columns, source)?;
    let mut sealer = Sealer::new();
    let mut id = first_record;
    for segment in segments {
        for r in segment {
            let fixed = [
                id,
                i64::from(r.sheet),
                i64::from(r.row),
                r.offset as i64,
                i64::from(r.length),
                r.reading,
                first.manner + i64::from(r.manner),
                first.spelling + i64::from(r.spelling),
            ];
            for value in fixed {
                sealer.integer(value);
            }
            let duration = if r.duration_s < 0 { Cell::Null } else { i64::from(r.duration_s).into() };
            let label = if r.label == NO_LABEL { Cell::Null } else { (first.label + i64::from(r.label)).into() };
            for value in [&duration, &label] {
                match value {
                    Cell::Integer(value) => sealer.integer(*value),
                    _ => sealer.nothing(),
                }
            }
            sealer.end_row();
            let [_, sheet, row, off, len, t, manner, spelling] = fixed.map(Cell::Integer);
            bulk.push([sheet, row, off, len, t, manner, spelling, duration, label])?;
            id += 1;
        }
        told((id - first_record) as u64)?;
    }
    bulk.finish()?;
    check_next(connection, "record", id)?;
    Ok(sealer.finish())
}

fn insert_ledger(connection: &Connection, source: i64, rows: &[PlannedLedgerRow]) -> Result<Vec<[u8; 32]>> {
    let mut bulk = Bulk::of_source(connection, "ledger(source, sheet, row, off, len, fate, detail)", source)?;
    let mut sealer = Sealer::new();
    for r in rows {
        let fixed = [i64::from(r.place.sheet), r.place.row as i64, r.place.offset as i64, i64::from(r.place.length)];
        for value in fixed {
            sealer.integer(value);
        }
        sealer.text(r.fate);
        sealer.text(&r.detail);
        sealer.end_row();
        let [sheet, row, off, len] = fixed.map(Cell::Integer);
        bulk.push([sheet, row, off, len, r.fate.into(), Cell::Text(&r.detail)])?;
    }
    bulk.finish()?;
    Ok(sealer.finish())
}

/// Sources with what else the case knows of them.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSource {
    /// The source.
    pub source: Source,
    /// Its original.
    pub original: i64,
    /// Event that brought it.
    pub event: EventId,
    /// Unit of rounding.
    pub duration_unit_s: u32,
    /// Sums as JSON.
    pub sums: String,
    /// Text of the recipe, where it is the person's own.
    pub recipe_text: Option<String>,
    /// First record.
    pub first_record: i64,
    /// Records.
    pub records: u64,
}

/// Whether the last word about a subject is that it is withdrawn.
const WITHDRAWN: &str = "coalesce((SELECT withdrawn FROM withdrawal w WHERE w.part = ?1 AND w.subject = s.id
                          ORDER BY w.id DESC LIMIT 1), 0)";

/// The sources that are not withdrawn, by id, in the zones that the person set.
pub fn live_sources(connection: &Connection) -> Result<Vec<StoredSource>> {
    let zones = zones_set(connection)?;
    let mut live: Vec<StoredSource> = sources(connection)?.into_iter().filter(|s| !s.source.withdrawn).collect();
    for stored in &mut live {
        if let Some(zone) = zones.get(&stored.source.id) {
            (stored.source.zone, stored.source.zone_basis) = (Some(*zone), ZoneBasis::Given);
        }
    }
    Ok(live)
}

/// All sources, withdrawn ones too, by id, as they were imported.
pub fn sources(connection: &Connection) -> Result<Vec<StoredSource>> {
    let sql = format!(
        "SELECT s.id, s.name, o.size, o.sha256, s.kind, s.recipe, s.encoding, s.zone, s.zone_basis, s.received_at,
         {WITHDRAWN}, s.original, s.event, s.duration_unit_s, s.sums, s.first_record, s.records,
         r.text FROM source s JOIN original o ON o.id = s.original LEFT JOIN source_recipe r ON r.source = s.id
         ORDER BY s.id"
    );
    let mut query = connection.prepare(&sql).or_failure()?;
    let rows = query
        .query_map(["source"], |row| {
            let digest: Vec<u8> = row.get(3)?;
            Ok(StoredSource {
                source: Source {
                    id: SourceId(row.get(0)?),
                    name: row.get(1)?,
                    size: row.get::<_, i64>(2)? as u64,
                    sha256: hex(&digest),
                    kind: SourceKind::from_word(&row.get::<_, String>(4)?).unwrap_or(SourceKind::Other),
                    recipe: row.get(5)?,
                    encoding: row.get(6)?,
                    zone: row.get::<_, Option<String>>(7)?.and_then(|z| Zone::parse(&z)),
                    zone_basis: ZoneBasis::from_word(&row.get::<_, String>(8)?).unwrap_or(ZoneBasis::Assumed),
                    received_at: row.get(9)?,
                    withdrawn: row.get::<_, i64>(10)? == 1,
                },
                original: row.get(11)?,
                event: EventId(row.get(12)?),
                duration_unit_s: row.get::<_, i64>(13)?.clamp(1, 3_600) as u32,
                sums: row.get(14)?,
                first_record: row.get(15)?,
                records: row.get::<_, i64>(16)? as u64,
                recipe_text: row.get(17)?,
            })
        })
        .or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// An exhibit as stored.
#[derive(Clone, Debug)]
pub struct StoredExhibit {
    /// Identity.
    pub id: ExhibitId,
    /// Its original.
    pub original: i64,
    /// Event that brought it.
    pub event: EventId,
    /// File name.
    pub name: String,
    /// Kind.
    pub kind: ExhibitKind,
    /// Media type.
    pub media_type: String,
    /// When it was attached.
    pub received_at: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Whether it is withdrawn.
    pub withdrawn: bool,
}

/// The exhibits that are not withdrawn, by id.
pub fn live_exhibits(connection: &Connection) -> Result<Vec<StoredExhibit>> {
    Ok(exhibits(connection)?.into_iter().filter(|e| !e.withdrawn).collect())
}

/// All exhibits, withdrawn ones too, by id.
pub fn exhibits(connection: &Connection) -> Result<Vec<StoredExhibit>> {
    let sql = format!(
        "SELECT s.id, s.original, s.event, s.name, s.kind, s.media_type, s.received_at, o.size, o.sha256, {WITHDRAWN}
         FROM exhibit s JOIN original o ON o.id = s.original ORDER BY s.id"
    );
    let mut query = connection.prepare(&sql).or_failure()?;
    let rows = query
        .query_map(["exhibit"], |row| {
            let digest: Vec<u8> = row.get(8)?;
            Ok(StoredExhibit {
                id: ExhibitId(row.get(0)?),
                original: row.get(1)?,
                event: EventId(row.get(2)?),
                name: row.get(3)?,
                kind: ExhibitKind::from_word(&row.get::<_, String>(4)?).unwrap_or(ExhibitKind::Document),
                media_type: row.get(5)?,
                received_at: row.get(6)?,
                size: row.get::<_, i64>(7)? as u64,
                sha256: hex(&digest),
                withdrawn: row.get::<_, i64>(9)? == 1,
            })
        })
        .or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// Writes an exhibit.
pub fn insert_exhibit(
    connection: &Connection,
    staged: &Staged,
    event: EventId,
    name: &str,
    kind: ExhibitKind,
    media_type: &str,
    received_at: &str,
) -> Result<ExhibitId> {
    name_original(connection, staged)?;
    connection
        .execute(
            "INSERT INTO exhibit(original, event, name, kind, media_type, received_at) VALUES (?1,?2,?3,?4,?5,?6)",
            (staged.original, event.0, name, kind.word(), media_type, received_at),
        )
        .or_failure()?;
    Ok(ExhibitId(connection.last_insert_rowid()))
}

/// Appends the withdrawal of one source.
pub fn withdraw_source(connection: &Connection, event: EventId, source: SourceId) -> Result<()> {
    let sql = "INSERT INTO withdrawal(event, part, subject, withdrawn) VALUES (?1, 'source', ?2, 1)";
    connection.execute(sql, (event.0, source.0)).or_failure().map(|_| ())
}

/// Appends a withdrawal (`withdrawn`) or a reinstatement of everything of `part` (`source`, `exhibit`) that
/// event `brought` brought; what that event withdrew is reinstated, or withdrawn again.
pub fn append_withdrawals(connection: &Connection, event: EventId, brought: EventId, withdrawn: bool) -> Result<()> {
    for part in ["source", "exhibit"] {
        connection
            .execute(
                &format!(
                    "INSERT INTO withdrawal(event, part, subject, withdrawn)
                     SELECT ?1, ?2, id, ?3 FROM {part} WHERE event = ?4 ORDER BY id"
                ),
                (event.0, part, i64::from(withdrawn), brought.0),
            )
            .or_failure()?;
    }
    connection
        .execute(
            "INSERT INTO withdrawal(event, part, subject, withdrawn)
             SELECT ?1, part, subject, 1 - ?2 FROM withdrawal WHERE event = ?3 ORDER BY id",
            (event.0, i64::from(withdrawn), brought.0),
        )
        .or_failure()?;
    Ok(())
}

/// Whether a purge was begun and not finished: no file of ours is ever left so.
pub fn half_purged(connection: &Connection) -> Result<bool> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM tombstone WHERE done = 0)", [], |row| row.get(0)).or_failure()
}

/// Events whose withdrawals are not exactly those of a withdrawal, an undo or a redo: other things than the undone
/// event had brought or withdrawn, or fewer.
pub fn unexplained_withdrawals(connection: &Connection) -> Result<Vec<i64>> {
    let sql = "WITH told AS (
          SELECT c.seq AS event, 'source' AS part, c.subject AS subject, 1 AS withdrawn FROM custody c
          WHERE c.kind = 'withdrawn'
          UNION ALL SELECT c.seq, 'source', s.id, c.kind = 'undone' FROM custody c JOIN source s ON s.event = c.subject
          WHERE c.kind IN ('undone', 'redone')
          UNION ALL SELECT c.seq, 'exhibit', e.id, c.kind = 'undone' FROM custody c JOIN exhibit e ON e.event = c.subject
          WHERE c.kind IN ('undone', 'redone')
          UNION ALL SELECT c.seq, 'source', o.subject, c.kind = 'redone' FROM custody c JOIN custody o ON o.seq = c.subject
          WHERE c.kind IN ('undone', 'redone') AND o.kind = 'withdrawn'),
        found AS (SELECT event, part, subject, withdrawn FROM withdrawal)
        SELECT event FROM (
          SELECT event FROM (SELECT * FROM told EXCEPT SELECT * FROM found)
          UNION SELECT event FROM (SELECT * FROM found EXCEPT SELECT * FROM told))
        ORDER BY event";
    numbers(connection, sql)
}

/// Events that tombstones name and that are no purge.
pub fn unexplained_tombstones(connection: &Connection) -> Result<Vec<i64>> {
    let sql = "SELECT DISTINCT event FROM tombstone
               WHERE event NOT IN (SELECT seq FROM custody WHERE kind = 'purged') ORDER BY event";
    numbers(connection, sql)
}

fn numbers(connection: &Connection, sql: &str) -> Result<Vec<i64>> {
    let mut query = connection.prepare(sql).or_failure()?;
    let rows = query.query_map([], |row| row.get(0)).or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}
