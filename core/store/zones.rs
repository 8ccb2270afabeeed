//! The zone that the person set for a source: their word over what its file, or its line, says. The clock readings of
//! the evidence stay as written; wall clocks are read in the zone set, instants are what they are.

use super::failure::OrFailure;
use crate::error::Result;
use crate::model::{ClockKind, SourceId, Zone};
use rusqlite::Connection;
use rustc_hash::FxHashMap;

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
