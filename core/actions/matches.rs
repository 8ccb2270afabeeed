//! Which calls are proposed for exhibits: the calls near each are read from the case, the rest is pure.

use super::told::{Told, shown};
use crate::error::Result;
use crate::matching::{self, Proposal, Shown, Statement, Tail};
use crate::model::{CallId, Disposition, MatchReason};
use crate::store::evidence::StoredExhibit;
use crate::store::exhibits::{StatedCall, calls_between};
use crate::store::{Connection, lists};
use serde::Serialize;

/// A call that an exhibit belongs to, or may belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Match {
    /// The call.
    pub call: CallId,
    /// Why: `number`, `start`, `duration`; `stated` where the person says so.
    pub because: Vec<MatchReason>,
    /// Seconds from the start of the call to the capture, where both are known.
    pub off_by_s: Option<i32>,
    /// Whether the person confirmed it.
    pub confirmed: bool,
}

/// Proposals for exhibits, by exhibit in the order given, the likeliest first.
pub(super) fn proposals(connection: &Connection, exhibits: &[(&StoredExhibit, &Told)]) -> Result<Vec<Proposal>> {
    let shown: Vec<Shown> = exhibits.iter().map(|(exhibit, told)| shown(exhibit, told)).collect();
    // The clocks of two sources differ; a call is listed under the start of its first record.
    let apart =
        lists::pairs(connection)?.into_iter().map(|(_, _, offset, _, _)| i64::from(offset.unsigned_abs())).max();
    let margin = apart.unwrap_or(0) + matching::WITHIN_S;
    let mut windows: Vec<(i64, i64)> = shown.iter().filter_map(matching::reach).collect();
    windows.sort_unstable();
    let mut statements = Vec::new();
    let mut open: Option<(i64, i64)> = None;
    for (from, to) in windows {
        let (from, to) = (from.saturating_sub(margin), to.saturating_add(margin));
        match &mut open {
            Some((_, end)) if from <= *end => *end = (*end).max(to),
            _ => {
                if let Some((from, to)) = open.replace((from, to)) {
                    statements.extend(calls_between(connection, from, to)?.iter().map(statement));
                }
            }
        }
    }
    if let Some((from, to)) = open {
        statements.extend(calls_between(connection, from, to)?.iter().map(statement));
    }
    Ok(matching::propose(&statements, &shown))
}

fn statement(stated: &StatedCall) -> Statement {
    Statement {
        call: stated.call,
        start: stated.start.instant(),
        precision: stated.start.clock.precision,
        direction: stated.direction,
        duration_s: stated.duration_s,
        unit_s: stated.unit_s,
        answered: match stated.disposition {
            Disposition::Answered => Some(true),
            Disposition::Missed | Disposition::Rejected | Disposition::Blocked => Some(false),
            Disposition::Voicemail | Disposition::Unknown => None,
        },
        number: Tail::of(&stated.number),
    }
}

/// What is proposed, not yet confirmed.
pub(super) fn proposed(proposal: &Proposal) -> Match {
    Match {
        call: proposal.call,
        because: proposal.because.clone(),
        off_by_s: Some(proposal.off_by_s),
        confirmed: false,
    }
}

/// The person's word, with what speaks for it.
pub(super) fn confirmed(call: CallId, proposal: Option<&Proposal>) -> Match {
    let mut because = vec![MatchReason::Stated];
    because.extend(proposal.iter().flat_map(|p| p.because.iter().copied()));
    Match { call, because, off_by_s: proposal.map(|p| p.off_by_s), confirmed: true }
}
