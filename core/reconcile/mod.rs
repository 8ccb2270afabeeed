//! Records of several sources → calls. Pure and deterministic.
//!
//! Every two sources are compared by themselves, as far as the time goes that both list: [`offset`] says how far apart
//! their clocks are and [`course`] whether that changes with time; [`pairing`] finds the records that state one call by
//! the rule in [`agreement`], one to one, with the least total distance ([`assignment`]). [`calls`] then unites the pairs, older
//! sources first, so that a source that comes later never parts what was joined before it.

mod agreement;
mod assignment;
mod calls;
mod course;
mod offset;
mod pairing;
mod side;
#[cfg(test)]
mod tests;

use crate::model::{CallJoin, PhoneNumber, SourceId, SourceKind, Verdict};
use agreement::{Rule, TOLERANCE_S};
use side::Witnessed;

pub use crate::model::{NONE, RecordKey, Witness};
pub use course::{Course, Point, Stretch};

/// Two sources compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The sources, ascending.
    pub sources: (SourceId, SourceId),
    /// How far the second clock is ahead of the first, seconds (median of the pairs).
    pub offset_s: i32,
    /// Spread of the residuals: median absolute deviation, seconds.
    pub spread_s: i32,
    /// Records paired.
    pub paired: u32,
}

/// What came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Every two sources, those without a pair too.
    pub pairs: Vec<Pair>,
    /// Members of calls that several records state, by call, then record. All other records are calls by themselves.
    pub joins: Vec<CallJoin>,
}

/// Joins records of different sources that state one call.
///
/// Records of a source that is not among `witnesses` are left alone. A clock offset is reported, and used, only where
/// at least three pairs support it; otherwise it is 0.
#[must_use]
pub fn reconcile(records: &[RecordKey], witnesses: &[Witness], numbers: &[PhoneNumber]) -> Reconciled {
    let mut witnesses = witnesses.to_vec();
    witnesses.sort_unstable_by_key(|w| w.source);
    witnesses.dedup_by_key(|w| w.source);
    if witnesses.len() < 2 {
        return Reconciled::default();
    }
    let sides = Witnessed::by_each(records, &witnesses);

    let mut pairs = Vec::new();
    let mut spans = Vec::new();
    let mut edges = Vec::new();
    for later in 1..witnesses.len() {
        for earlier in 0..later {
            let units = (witnesses[earlier].duration_unit_s, witnesses[later].duration_unit_s);
            let one_kind = is_a_list(witnesses[later].kind) && witnesses[earlier].kind == witnesses[later].kind;
            let rule = Rule { records, numbers, units, one_kind, tolerance_s: TOLERANCE_S };
            let begin = edges.len();
            let first = sides[earlier].beside(&sides[later], records, numbers);
            let second = sides[later].beside(&sides[earlier], records, numbers);
            let both = first.zip(second);
            let offset_s = both.map_or(0, |(first, second)| pairing::pair(&rule, &first, &second, &mut edges));
            let sources = (witnesses[earlier].source, witnesses[later].source);
            pairs.push(Pair { sources, offset_s, spread_s: 0, paired: 0 });
            spans.push(begin..edges.len());
        }
    }

    let rule = Rule { records, numbers, units: (1, 1), one_kind: false, tolerance_s: TOLERANCE_S };
    let united = calls::unite(&rule, sides.len(), &edges, &spans);
    for (pair, span) in pairs.iter_mut().zip(spans) {
        let residuals: Vec<i32> =
            edges[span].iter().filter(|e| united.same(e.first, e.second)).map(|e| e.residual_s).collect();
        pair.paired = u32::try_from(residuals.len()).unwrap_or(u32::MAX);
        pair.spread_s = spread(residuals);
    }
    pairs.sort_unstable_by_key(|p| p.sources);
    Reconciled { pairs, joins: united.joins(records, &witnesses, &edges) }
}

/// Whether sources of this kind are written by a machine, so that two of them may be exports of one list.
fn is_a_list(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Phone | SourceKind::Operator | SourceKind::Pbx)
}

/// Median absolute deviation.
fn spread(mut residuals: Vec<i32>) -> i32 {
    let Some(middle) = offset::median(&mut residuals) else { return 0 };
    residuals.iter_mut().for_each(|r| *r = (*r - middle).abs());
    offset::median(&mut residuals).unwrap_or(0)
}

/// Which witnesses state a call, from the kinds of its sources. Sources of two kinds are independent of each other,
/// sources of one kind may be two exports of the same list, and so may a source of which nobody said whose it is. What
/// the person wrote down is no witness beside a record: it may have been written from it.
#[must_use]
pub fn verdict(kinds: &[SourceKind], conflict: bool) -> Verdict {
    let mut known = kinds.iter().filter(|kind| !matches!(kind, SourceKind::Other | SourceKind::Hand));
    match known.next() {
        _ if conflict => Verdict::Conflict,
        Some(first) if known.any(|kind| kind != first) => Verdict::Both,
        Some(SourceKind::Phone) => Verdict::PhoneOnly,
        Some(SourceKind::Operator) => Verdict::OperatorOnly,
        _ => Verdict::OtherOnly,
    }
}
