//! Evidence: sources with their rows, exhibits, withdrawals. Only appended.

use super::blobs::{Staged, name_original};
use super::bulk::Bulk;
use super::failure::OrFailure;
use super::seal::{Sealer, root};
use crate::error::Result;
use crate::model::{
    Dictionary, Direction, Disposition, EventId, ExhibitId, ExhibitKind, Source, SourceId, SourceKind, Zone, ZoneBasis,
    hex,
};
use rusqlite::Connection;
use rusqlite::types::Value;

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
    let bases = insert_dictionary(connection, source, &planned)?;
    let mut leaves: Vec<(&'static str, [u8; 32])> = Vec::new();
    leaves.extend(bases.leaves);
    let record_leaves = insert_records(connection, source, new.first_record, planned.records, &bases.first, told)?;
    leaves.extend(record_leaves.into_iter().map(|leaf| ("record", leaf)));
    let ledger_leaves = insert_ledger(connection, source, &planned.ledger)?;
    leaves.extend(ledger_leaves.into_iter().map(|leaf| ("ledger", leaf)));
    let mut bulk = Bulk::new(connection, "leaf(source, part, digest)")?;
    for (part, digest) in &leaves {
        bulk.push([source.into(), Value::Text((*part).to_owned()), Value::Blob(digest.to_vec())])?;
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
    let first_clock = next(connection, "clock")?;
    let clocks = words.clocks.iter().map(|c| {
        vec![c.kind.word().to_owned(), c.zone.name(), c.basis.word().to_owned(), c.precision.word().to_owned()]
    });
    leaves.extend(insert_texts(connection, "clock", "kind, zone, basis, precision", source, first_clock, clocks)?);
    let spelling = next(connection, "spelling")?;
    let spellings = words.spellings.iter().map(|(raw, n)| vec![raw.clone(), n.kind.word().to_owned(), n.text.clone()]);
    leaves.extend(insert_texts(connection, "spelling", "raw, kind, number", source, spelling, spellings)?);
    let label = next(connection, "label")?;
    let labels = words.labels.iter().map(|text| vec![text.clone()]);
    leaves.extend(insert_texts(connection, "label", "text", source, label, labels)?);
    let manner = next(connection, "manner")?;
    let mut bulk = Bulk::new(connection, "manner(id, source, clock, direction, disposition, service, line)")?;
    let mut sealer = Sealer::new();
    for (index, m) in planned.manners.iter().enumerate() {
        let id = manner + index as i64;
        let clock = first_clock + i64::from(m.clock);
        let service = m.service.and_then(|i| words.services.get(i as usize)).cloned().unwrap_or_default();
        let line = m.line.and_then(|i| words.lines.get(i as usize)).map(|n| n.text.clone()).unwrap_or_default();
        sealer.integer(id);
        sealer.integer(clock);
        for text in [m.direction.word(), m.disposition.word(), &service, &line] {
            sealer.text(text);
        }
        sealer.end_row();
        bulk.push([
            id.into(),
            source.into(),
            clock.into(),
            Value::Text(m.direction.word().to_owned()),
            Value::Text(m.disposition.word().to_owned()),
            Value::Text(service),
            Value::Text(line),
        ])?;
    }
    bulk.finish()?;
    leaves.extend(sealer.finish().into_iter().map(|leaf| ("manner", leaf)));
    Ok(Bases { first: First { spelling, label, manner }, leaves })
}

fn insert_texts(
    connection: &Connection,
    table: &'static str,
    columns: &str,
    source: i64,
    first: i64,
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Vec<(&'static str, [u8; 32])>> {
    let marks = vec!["?"; columns.split(',').count() + 2].join(",");
    let mut insert =
        connection.prepare(&format!("INSERT INTO {table}(id, source, {columns}) VALUES ({marks})")).or_failure()?;
    let mut sealer = Sealer::new();
    for (index, texts) in rows.enumerate() {
        let id = first + index as i64;
        insert.raw_bind_parameter(1, id).or_failure()?;
        insert.raw_bind_parameter(2, source).or_failure()?;
        sealer.integer(id);
        for (column, text) in texts.iter().enumerate() {
            insert.raw_bind_parameter(column + 3, text).or_failure()?;
            sealer.text(text);
        }
        sealer.end_row();
        insert.raw_execute().or_failure()?;
    }
    Ok(sealer.finish().into_iter().map(|leaf| (table, leaf)).collect())
}

fn insert_records(
    connection: &Connection,
    source: i64,
    first_record: i64,
    segments: Vec<Vec<PlannedRecord>>,
    first: &First,
    told: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Vec<[u8; 32]>> {
    let mut bulk =
        Bulk::new(connection, "record(id, source, sheet, row, off, len, t, manner, spelling, duration_s, label)")?;
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
            let duration = if r.duration_s < 0 { Value::Null } else { i64::from(r.duration_s).into() };
            let label = if r.label == NO_LABEL { Value::Null } else { (first.label + i64::from(r.label)).into() };
            for value in [&duration, &label] {
                match value {
                    Value::Integer(value) => sealer.integer(*value),
                    _ => sealer.nothing(),
                }
            }
            sealer.end_row();
            let [id_, sheet, row, off, len, t, manner, spelling] = fixed.map(Value::from);
            bulk.push([id_, source.into(), sheet, row, off, len, t, manner, spelling, duration, label])?;
            id += 1;
        }
        told((id - first_record) as u64)?;
    }
    bulk.finish()?;
    Ok(sealer.finish())
}

fn insert_ledger(connection: &Connection, source: i64, rows: &[PlannedLedgerRow]) -> Result<Vec<[u8; 32]>> {
    let mut bulk = Bulk::new(connection, "ledger(source, sheet, row, off, len, fate, detail)")?;
    let mut sealer = Sealer::new();
    for r in rows {
        let fixed = [i64::from(r.place.sheet), r.place.row as i64, r.place.offset as i64, i64::from(r.place.length)];
        for value in fixed {
            sealer.integer(value);
        }
        sealer.text(r.fate);
        sealer.text(&r.detail);
        sealer.end_row();
        let [sheet, row, off, len] = fixed.map(Value::from);
        bulk.push([
            source.into(),
            sheet,
            row,
            off,
            len,
            Value::Text(r.fate.to_owned()),
            Value::Text(r.detail.to_string()),
        ])?;
    }
    bulk.finish()?;
    Ok(sealer.finish())
}

/// Sources with what else the case knows of them.
#[derive(Clone, Debug)]
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
    /// First record.
    pub first_record: i64,
    /// Records.
    pub records: u64,
}

/// Whether the last word about a subject is that it is withdrawn.
const WITHDRAWN: &str = "coalesce((SELECT withdrawn FROM withdrawal w WHERE w.part = ?1 AND w.subject = s.id
                          ORDER BY w.id DESC LIMIT 1), 0)";

/// All sources, withdrawn ones too, by id.
pub fn sources(connection: &Connection) -> Result<Vec<StoredSource>> {
    let sql = format!(
        "SELECT s.id, s.name, o.size, o.sha256, s.kind, s.recipe, s.encoding, s.zone, s.zone_basis, s.received_at,
         {WITHDRAWN}, s.original, s.event, s.duration_unit_s, s.sums, s.first_record, s.records
         FROM source s JOIN original o ON o.id = s.original ORDER BY s.id"
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

/// Appends a withdrawal (`withdrawn`) or a reinstatement of everything of `part` (`source`, `exhibit`) that
/// event `brought` brought.
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
    Ok(())
}

/// Whether a purge was begun and not finished: no file of ours is ever left so.
pub fn half_purged(connection: &Connection) -> Result<bool> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM tombstone WHERE done = 0)", [], |row| row.get(0)).or_failure()
}

/// Events whose withdrawals are not exactly those of an undo or a redo: other things than the undone event had
/// brought, or fewer.
pub fn unexplained_withdrawals(connection: &Connection) -> Result<Vec<i64>> {
    let sql = "SELECT e.seq FROM
        (SELECT seq FROM custody WHERE kind IN ('undone', 'redone') UNION SELECT event FROM withdrawal) e
        LEFT JOIN custody c ON c.seq = e.seq AND c.kind IN ('undone', 'redone')
        WHERE c.seq IS NULL
           OR EXISTS (SELECT 1 FROM withdrawal w WHERE w.event = e.seq AND NOT (w.withdrawn = (c.kind = 'undone') AND (
                (w.part = 'source' AND w.subject IN (SELECT id FROM source WHERE event = c.subject)) OR
                (w.part = 'exhibit' AND w.subject IN (SELECT id FROM exhibit WHERE event = c.subject)))))
           OR (SELECT count(DISTINCT w.part || w.subject) FROM withdrawal w WHERE w.event = e.seq)
              <> (SELECT count(*) FROM source WHERE event = c.subject) + (SELECT count(*) FROM exhibit WHERE event = c.subject)
        ORDER BY e.seq";
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
