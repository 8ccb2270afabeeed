//! What would change if a source were read in another zone: said before the person sets it. It never writes.

use super::CallColumns;
use super::new_case::read_zone;
use super::source_zone::settable;
use super::verdicts::{VerdictCount, call_verdicts, listed};
use crate::case::Case;
use crate::derive::{self, Compared};
use crate::error::Result;
use crate::model::{Precision, SourceId, Zone, rfc3339};
use crate::store::derived::{ZoneTrial, load_records_as};
use crate::store::evidence;
use crate::store::zones::first_reading;
use serde::Serialize;

/// A time as it is read, and as it would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ReadAnew {
    /// As it is, RFC 3339.
    pub now: String,
    /// As it would be.
    pub then: String,
    /// How exact it is.
    pub precision: Precision,
    /// By how many seconds it would be later.
    pub shift_s: i32,
}

/// What another zone of a source would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ZonePreview {
    /// The zone in which its first time would be read.
    pub zone: String,
    /// Its first time; `None` where it states no call.
    pub first: Option<ReadAnew>,
    /// How many calls which witnesses state.
    pub verdicts: Vec<VerdictCount>,
    /// How many there would be.
    pub verdicts_then: Vec<VerdictCount>,
}

/// Compares all calls anew in memory, as [`super::set_source_zone`] would in the case.
///
/// # Errors
/// As [`super::set_source_zone`].
pub fn preview_source_zone(
    case: &Case,
    source: SourceId,
    zone: Option<&str>,
    columns: &CallColumns,
) -> Result<ZonePreview> {
    let zone = zone.map(read_zone).transpose()?;
    let stored = settable(case, source)?;
    let connection = case.connection();
    let first = first_reading(connection, stored.first_record, stored.records)?;
    let then = zone.or(first.map(|first| first.imported)).or(stored.source.zone).unwrap_or(Zone::MOSCOW);
    let trial = ZoneTrial { source, zone };
    let records = load_records_as(connection, &evidence::sources(connection)?, Some(trial))?;
    let counts = derive::verdicts(&records, &Compared::of(&records));
    Ok(ZonePreview {
        zone: then.name(),
        first: first.map(|first| {
            let (was, will) = (first.now.instant(first.reading), then.instant(first.reading));
            ReadAnew {
                now: rfc3339(was, &first.now),
                then: rfc3339(will, &then),
                precision: first.precision,
                shift_s: i32::try_from(will - was).unwrap_or(0),
            }
        }),
        verdicts: call_verdicts(case, columns)?,
        verdicts_then: listed(&counts),
    })
}
