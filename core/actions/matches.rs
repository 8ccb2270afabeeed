//! Which calls are proposed for exhibits: the calls near each are read from the case, the rest is pure.

use super::calls::RecordPlace;
use super::told::{Told, shown};
use crate::error::Result;
use crate::matching::{self, Proposal, Refused, Shown, Statement, Tail};
use crate::model::{CallId, Disposition, ExhibitId, MatchReason, Precision, RecordId, SourceKind};
use crate::store::evidence::StoredExhibit;
use crate::store::exhibits::{StatedCall, calls_between};
use crate::store::{Connection, lists};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// A call that an exhibit belongs to, or may belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Match {
    /// The call.
    pub call: CallId,
    /// Why: `number`, `start`, `duration`; `stated` where the person says so.
    pub because: Vec<MatchReason>,
    /// Seconds from the start that `record` states to the capture, where both are known.
    pub off_by_s: Option<i32>,
    /// Whether the person confirmed it.
    pub confirmed: bool,
    /// The record of the call that the exhibit was compared with: its start may be another than the one under which the
    /// call is listed. `None` where nothing but the person's word speaks for the call.
    pub record: Option<MatchedRecord>,
}

/// The record of a call that speaks for a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MatchedRecord {
    /// Where it stands.
    #[serde(flatten)]
    pub place: RecordPlace,
    /// Kind of witness of its source.
    pub kind: SourceKind,
    /// Start as it states it, RFC 3339.
    pub started_at: String,
    /// The smallest unit of that start.
    pub precision: Precision,
    /// Length of the call in seconds as it states it.
    pub duration_s: Option<u32>,
    /// Its source rounds lengths up to so many seconds.
    pub duration_unit_s: u32,
}

/// A match with the exhibit that it is for.
pub(super) type MatchFor = (ExhibitId, Match);

/// Proposals for exhibits but those that the person refused, by exhibit in the order given, the likeliest first.
pub(super) fn proposals(
    connection: &Connection,
    exhibits: &[(&StoredExhibit, &Told)],
    refused: &Refused,
) -> Result<Vec<MatchFor>> {
    let shown: Vec<Shown> = exhibits.iter().map(|(exhibit, told)| shown(exhibit, told)).collect();
    // The clocks of two sources differ; a call is listed under the start of its first record.
    let apart =
        lists::pairs(connection)?.into_iter().map(|(_, _, offset, _, _)| i64::from(offset.unsigned_abs())).max();
    let margin = apart.unwrap_or(0) + matching::WITHIN_S;
    let mut windows: Vec<(i64, i64)> = shown.iter().filter_map(matching::reach).collect();
    windows.sort_unstable();
    let mut stated = Vec::new();
    let mut open: Option<(i64, i64)> = None;
    for (from, to) in windows {
        let (from, to) = (from.saturating_sub(margin), to.saturating_add(margin));
        match &mut open {
            Some((_, end)) if from <= *end => *end = (*end).max(to),
            _ => {
                if let Some((from, to)) = open.replace((from, to)) {
                    stated.extend(calls_between(connection, from, to)?);
                }
            }
        }
    }
    if let Some((from, to)) = open {
        stated.extend(calls_between(connection, from, to)?);
    }
    let statements: Vec<Statement> = stated.iter().map(statement).collect();
    let proposals = matching::propose(&statements, &shown, refused);
    let records: FxHashMap<RecordId, &StatedCall> = stated.iter().map(|one| (one.record, one)).collect();
    Ok(proposals.into_iter().map(|p| (p.exhibit, proposed(&p, records.get(&p.record).copied()))).collect())
}

fn statement(stated: &StatedCall) -> Statement {
    Statement {
        call: stated.call,
        record: stated.record,
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
fn proposed(proposal: &Proposal, stated: Option<&StatedCall>) -> Match {
    Match {
        call: proposal.call,
        because: proposal.because.clone(),
        off_by_s: Some(proposal.off_by_s),
        confirmed: false,
        record: stated.map(|one| MatchedRecord {
            place: RecordPlace { source: one.source, sheet: Some(one.sheet).filter(|s| *s > 0), row: one.row },
            kind: one.kind,
            started_at: one.start.rfc3339(),
            precision: one.start.clock.precision,
            duration_s: one.duration_s,
            duration_unit_s: one.unit_s,
        }),
    }
}

/// The person's word, with what speaks for it.
pub(super) fn confirmed(call: CallId, proposal: Option<&Match>) -> Match {
    let mut because = vec![MatchReason::Stated];
    because.extend(proposal.iter().flat_map(|p| p.because.iter().copied()));
    let (off_by_s, record) = proposal.map_or((None, None), |p| (p.off_by_s, p.record.clone()));
    Match { call, because, off_by_s, confirmed: true, record }
}
