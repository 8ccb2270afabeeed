//! State when an exhibit was captured: what the clock in the picture shows.

use super::exhibits::present;
use super::told::Telling;
use super::{Edited, unfit};
use crate::case::Case;
use crate::error::Result;
use crate::import::media::read_clock;
use crate::model::{CustodyKind, ExhibitId, Moment, ZoneBasis};
use crate::store::exhibits::state_time;

/// States the time of capture: `2025-09-03 10:15`, with seconds or an offset where the person knows them. `None` takes
/// the person's word back, so that metadata and name speak again.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound); [`Code::RequestUnfit`](crate::Code::RequestUnfit) for a time that is none.
pub fn state_capture(case: &mut Case, exhibit: ExhibitId, at: Option<&str>) -> Result<Edited> {
    let connection = case.connection();
    present(connection, exhibit)?;
    let moment = at.map(|text| read(case, text)).transpose()?;
    let (_, outcome) = case.edit(CustodyKind::CaptureStated, |edit| {
        state_time(edit.connection, exhibit, moment.as_ref())?;
        edit.subject = exhibit.0;
        edit.details.insert("exhibit".to_owned(), exhibit.0.into());
        edit.details.insert("captured_at".to_owned(), moment.map(|m| m.rfc3339()).into());
        edit.details.insert("precision".to_owned(), moment.map(|m| m.clock.precision.word()).into());
        edit.changed.push("exhibits");
        Ok(())
    })?;
    Ok(outcome.into())
}

fn read(case: &Case, text: &str) -> Result<Moment> {
    let stamp = read_clock(text.trim()).ok_or_else(|| {
        unfit(
            &format!("«{text}» не время вида 2025-09-03 10:15"),
            &format!("“{text}” is no time like 2025-09-03 10:15"),
        )
    })?;
    let zone = Telling::new(case.connection(), false)?.zone;
    let mut moment = stamp.moment(zone.0, zone.1);
    if stamp.zone.is_some() {
        moment.clock.basis = ZoneBasis::Given;
    }
    Ok(moment)
}
