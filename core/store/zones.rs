//! The zone that the person set for a source: their word over what its file, or its line, says. The clock readings of
//! the evidence stay as written; wall clocks are read in the zone set, instants are what they are.

use super::failure::OrFailure;
use crate::error::Result;
use crate::model::{ClockKind, Precision, SourceId, Zone};
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::{FxHashMap, FxHashSet};

/// Columns of a clock as the case reads it: kind, zone, basis, precision.
pub(super) const CLOCK: &str =
    "c.kind, coalesce(z.zone, c.zone), CASE WHEN z.zone IS NULL THEN c.basis ELSE 'given' END, c.precision";
/// What [`CLOCK`] reads from, after a manner `m`.
pub(super) const OF_MANNER: &str =
    "JOIN clock c ON c.id = m.clock LEFT JOIN source_zone z ON z.id = c.source AND c.kind = 'wall'";

/// Sets the zone of a source; `None` takes the person's word back.
pub fn set_zone(connection: &Connection, source: SourceId, zone: Option<&Zone>) -> Result<()> {
    let Some(zone) = zone else {
        return connection.execute("DELETE FROM source_zone WHERE id = ?1", [source.0]).or_failure().map(|_| ());
    };
    connection
        .execute("INSERT OR REPLACE INTO source_zone(id, zone) VALUES (?1, ?2)", (source.0, zone.name()))
        .or_failure()
        .map(|_| ())
}

/// The zones that the person set.
pub fn zones_set(connection: &Connection) -> Result<FxHashMap<SourceId, Zone>> {
    let mut query = connection.prepare("SELECT id, zone FROM source_zone ORDER BY id").or_failure()?;
    let rows = query.query_map([], |row| Ok((SourceId(row.get(0)?), row.get::<_, String>(1)?))).or_failure()?;
    let mut zones = FxHashMap::default();
    for row in rows {
        let (source, zone) = row.or_failure()?;
        zones.extend(Zone::parse(&zone).map(|zone| (source, zone)));
    }
    Ok(zones)
}

/// Whether any times of a source are those of a wall clock.
pub fn has_wall_clock(connection: &Connection, source: SourceId) -> Result<bool> {
    connection
        .query_row(
            "SELECT EXISTS (SELECT 1 FROM clock WHERE source = ?1 AND kind = ?2)",
            (source.0, ClockKind::Wall.word()),
            |row| row.get(0),
        )
        .or_failure()
}

/// The sources some times of which are those of a wall clock.
pub fn wall_clocks(connection: &Connection) -> Result<FxHashSet<SourceId>> {
    let mut query = connection.prepare("SELECT DISTINCT source FROM clock WHERE kind = ?1").or_failure()?;
    let rows = query.query_map([ClockKind::Wall.word()], |row| row.get(0).map(SourceId)).or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// A reading of a wall clock, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct WallReading {
    /// What the clock showed, seconds.
    pub reading: i64,
    /// The zone that was known when the file was imported.
    pub imported: Zone,
    /// The zone in which it is read now.
    pub now: Zone,
    /// How exact it is.
    pub precision: Precision,
}

/// In the order of the records, and no further than the first: CROSS keeps the table of records outermost.
const FIRST_READING: &str = "SELECT r.t, c.zone, coalesce(z.zone, c.zone), c.precision FROM record r
    CROSS JOIN manner m ON m.id = r.manner CROSS JOIN clock c ON c.id = m.clock
    LEFT JOIN source_zone z ON z.id = c.source
    WHERE r.id >= ?1 AND r.id < ?2 AND c.kind = ?3 ORDER BY r.id LIMIT 1";

/// The first reading of a wall clock among the records of a source.
pub fn first_reading(connection: &Connection, first_record: i64, records: u64) -> Result<Option<WallReading>> {
    let end = first_record.saturating_add(i64::try_from(records).unwrap_or(i64::MAX));
    connection
        .query_row(FIRST_READING, (first_record, end, ClockKind::Wall.word()), |row| {
            let zone = |at: usize| Ok::<_, rusqlite::Error>(Zone::parse(&row.get::<_, String>(at)?));
            Ok(WallReading {
                reading: row.get(0)?,
                imported: zone(1)?.unwrap_or(Zone::MOSCOW),
                now: zone(2)?.unwrap_or(Zone::MOSCOW),
                precision: Precision::from_word(&row.get::<_, String>(3)?).unwrap_or(Precision::Second),
            })
        })
        .optional()
        .or_failure()
}

#[cfg(test)]
mod tests {
    use super::FIRST_READING;
    use crate::store::lists::plan;

    #[test]
    fn the_first_reading_is_found_without_going_through_the_records() {
        let plan = plan(FIRST_READING);
        assert!(plan.iter().all(|step| step.starts_with("SEARCH") && step.contains("PRIMARY KEY")), "{plan:?}");
    }
}
