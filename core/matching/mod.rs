//! Exhibits × calls → proposals with their reasons. Pure and deterministic; nothing here links anything.
//!
//! A recording belongs to the call whose number its name carries, that began within two minutes of it and lasted as
//! long, give or take the ringing. A screenshot tells a time and little else: it is taken while the call is there or
//! just after it, hours later when it shows a list of calls, and so a time alone gives weak proposals within two
//! minutes of a call and none beyond. Contradictions (another number, the other direction) end a proposal.

mod fit;
mod tail;

pub use tail::Tail;

use crate::model::{CallId, Direction, ExhibitId, ExhibitKind, MatchReason, Precision, RecordId, Screen};
use fit::Fit;
use rustc_hash::FxHashSet;

/// A call as one of its records states it. A call of several records is several statements, so that a phone's clock is
/// compared with the phone's own record as well as with the operator's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The call.
    pub call: CallId,
    /// The record that states it.
    pub record: RecordId,
    /// Start, Unix seconds.
    pub start: i64,
    /// Precision of the start.
    pub precision: Precision,
    /// Direction.
    pub direction: Direction,
    /// Length in seconds, where stated.
    pub duration_s: Option<u32>,
    /// The source rounds lengths up to this unit.
    pub unit_s: u32,
    /// Whether somebody answered, where stated.
    pub answered: Option<bool>,
    /// The other side's number; `None` where it is hidden or unreadable.
    pub number: Option<Tail>,
}

/// When an exhibit was captured: no earlier and no later than this, Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The first second that it can be.
    pub from: i64,
    /// The last.
    pub to: i64,
    /// It may be the moment at which a recording ended.
    pub may_be_end: bool,
}

/// What an exhibit shows of the call that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The exhibit.
    pub exhibit: ExhibitId,
    /// Kind.
    pub kind: ExhibitKind,
    /// When it was captured, where known.
    pub taken: Option<Taken>,
    /// Length of a recording, seconds.
    pub duration_s: Option<u32>,
    /// Number in its name.
    pub number: Option<Tail>,
    /// Direction in its name.
    pub direction: Direction,
    /// What was on the screen.
    pub screen: Option<Screen>,
}

/// A call that an exhibit may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The exhibit.
    pub exhibit: ExhibitId,
    /// The call.
    pub call: CallId,
    /// The record of it that fits best: the reasons and the seconds are said of this one.
    pub record: RecordId,
    /// Why, never empty.
    pub because: Vec<MatchReason>,
    /// Seconds from the start that the record states to the capture.
    pub off_by_s: i32,
    /// For ordering: more is likelier.
    pub strength: i32,
}

/// Nothing further from a call than this is proposed for it.
pub const WITHIN_S: i64 = 120;
/// A screenshot is looked for in calls that began up to so long before it.
pub const LONGEST_CALL_S: i64 = 7_200;
/// A person looks at no more.
const PROPOSALS: usize = 5;
/// So many statements on each side of an exhibit are looked at: a flood of calls makes the work no longer.
const NEAREST: usize = 2_048;

/// Exhibits and calls of which the person said that they do not belong together.
pub type Refused = FxHashSet<(ExhibitId, CallId)>;

/// Proposals by exhibit in the order given, the likeliest first. `statements` come in any order.
#[must_use]
pub fn propose(statements: &[Statement], exhibits: &[Shown], refused: &Refused) -> Vec<Proposal> {
    let mut sorted: Vec<&Statement> = statements.iter().collect();
    sorted.sort_unstable_by_key(|s| (s.start, s.call, s.duration_s, s.unit_s, s.record));
    let mut proposals = Vec::new();
    for shown in exhibits {
        let may_be = near(&sorted, shown).filter(|statement| !refused.contains(&(shown.exhibit, statement.call)));
        let mut found: Vec<Proposal> = may_be.filter_map(|statement| proposal(statement, shown)).collect();
        found.sort_unstable_by(|a, b| {
            let best = b.strength.cmp(&a.strength).then(a.call.cmp(&b.call));
            best.then(a.off_by_s.cmp(&b.off_by_s)).then(a.record.cmp(&b.record))
        });
        // A call of several records is proposed once, as its best record fits.
        let mut kept: Vec<Proposal> = Vec::with_capacity(PROPOSALS);
        for one in found {
            if kept.len() < PROPOSALS && !kept.iter().any(|k| k.call == one.call) {
                kept.push(one);
            }
        }
        proposals.append(&mut kept);
    }
    proposals
}

/// Seconds within which calls must begin to be looked at for an exhibit; `None` where its time is unknown.
#[must_use]
pub fn reach(shown: &Shown) -> Option<(i64, i64)> {
    let taken = shown.taken?;
    let back = match shown.kind {
        ExhibitKind::Recording if taken.may_be_end => i64::from(shown.duration_s.unwrap_or(0)),
        ExhibitKind::Recording => 0,
        _ => LONGEST_CALL_S,
    };
    Some((taken.from.saturating_sub(back + WITHIN_S + 60), taken.to.saturating_add(WITHIN_S)))
}

fn near<'s>(sorted: &'s [&'s Statement], shown: &Shown) -> impl Iterator<Item = &'s Statement> {
    let (from, to) = reach(shown).unwrap_or((i64::MAX, i64::MIN));
    let first = sorted.partition_point(|s| s.start < from);
    let last = sorted.partition_point(|s| s.start <= to).max(first);
    let middle = shown.taken.map_or(first, |t| sorted.partition_point(|s| s.start <= t.from)).clamp(first, last);
    let (first, last) = (first.max(middle.saturating_sub(NEAREST)), last.min(middle + NEAREST));
    sorted.get(first..last).unwrap_or_default().iter().copied()
}

fn proposal(statement: &Statement, shown: &Shown) -> Option<Proposal> {
    let Fit { because, off_by_s, strength } = fit::fit(statement, shown)?;
    let Statement { call, record, .. } = *statement;
    Some(Proposal { exhibit: shown.exhibit, call, record, because, off_by_s, strength })
}

#[cfg(test)]
mod tests;
