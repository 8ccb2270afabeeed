//! Set the zone in which the times of a source are read: the person's word over what its file or its line says.

use super::new_case::read_zone;
use super::{Edited, unfit};
use crate::case::Case;
use crate::derive;
use crate::error::{Code, Error, Result};
use crate::model::{CustodyKind, SourceId};
use crate::store::evidence::{self, StoredSource};
use crate::store::zones::{has_wall_clock, set_zone};

/// Sets the zone of a source: `Asia/Yekaterinburg`, `+05:00`. `None` takes the person's word back, so that what was
/// read with the import speaks again. The rows stay as they were found; calls are compared anew.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::ZoneUnknown`]; [`Code::RequestUnfit`] where the file states instants, which no zone moves.
pub fn set_source_zone(case: &mut Case, source: SourceId, zone: Option<&str>) -> Result<Edited> {
    let zone = zone.map(read_zone).transpose()?;
    let stored = settable(case, source)?;
    let before = stored.source.zone.map_or_else(|| "per-row".to_owned(), |z| z.name());
    let (_, outcome) = case.edit(CustodyKind::ZoneSet, |edit| {
        set_zone(edit.connection, source, zone.as_ref())?;
        edit.subject = source.0;
        edit.details.insert("source".to_owned(), source.0.into());
        edit.details.insert("file".to_owned(), stored.source.name.clone().into());
        edit.details.insert("zone".to_owned(), zone.map(|z| z.name()).into());
        edit.details.insert("zone_before".to_owned(), before.into());
        edit.changed.extend(["sources", "calls", "groups", "labels"]);
        derive::renew(edit.connection)
    })?;
    Ok(outcome.into())
}

/// The source, where a zone can be set.
pub(super) fn settable(case: &Case, source: SourceId) -> Result<StoredSource> {
    let connection = case.connection();
    let absent = || Error::new(Code::NotFound).with("what", "source").with("id", source.0);
    let live = evidence::live_sources(connection)?;
    let stored = live.into_iter().find(|s| s.source.id == source).ok_or_else(absent)?;
    if !has_wall_clock(connection, source)? {
        return Err(unfit(
            "в этом файле записаны не показания часов, а моменты времени: от часового пояса они не зависят",
            "this file states moments, not readings of a clock: they do not depend on a zone",
        ));
    }
    Ok(stored)
}
