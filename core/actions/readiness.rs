//! What a package of a scope has and what it lacks, in the case as it stands. No word about what the law asks for.

use super::coverage::Days;
use super::dossier::InScope;
use super::overview::linked_calls;
use super::sources::sums_of;
use super::{SourceAnswer, coverage};
use crate::case::Case;
use crate::error::Result;
use crate::model::{ExhibitId, GroupId, ReadinessItem, ReadinessState, SourceKind};
use crate::store::{Connection, word};
use rustc_hash::FxHashSet;
use serde::Serialize;

/// How it stands with one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Readiness {
    /// Which thing.
    pub item: ReadinessItem,
    /// How it stands.
    pub state: ReadinessState,
    /// How many there are: linked exhibits, named groups, rows not read …
    pub count: u32,
    /// Of how many.
    pub of: u32,
    /// First day that the detail covers, of the period.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Spans of days inside the period of the calls that no detail covers: first and last day.
    pub gaps: Vec<(String, String)>,
    /// Of what kinds the sources are that are there, in the order of their declaration: what stands where one is absent.
    pub kinds: Vec<SourceKind>,
}

impl Readiness {
    fn new(item: ReadinessItem, state: ReadinessState, count: usize, of: usize) -> Self {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            item,
            state,
            count: small(count),
            of: small(of),
            from: None,
            to: None,
            gaps: Vec::new(),
            kinds: Vec::new(),
        }
    }

    /// Present where all are, partial where some are.
    fn of_all(item: ReadinessItem, count: usize, of: usize) -> Self {
        let state = match count {
            0 => ReadinessState::Missing,
            n if n < of => ReadinessState::Partial,
            _ => ReadinessState::Present,
        };
        Self::new(item, state, count, of)
    }
}

/// What the package of these groups, or of the whole case for none, has and what it lacks, in a fixed order.
///
/// # Errors
/// [`crate::Code::NotFound`] for a group.
pub fn readiness(case: &Case, chosen: &[GroupId]) -> Result<Vec<Readiness>> {
    let connection = case.connection();
    let scope = InScope::find(case, chosen)?;
    let sums: Vec<(SourceKind, SourceAnswer)> = scope.sources.iter().map(|s| (s.source.kind, sums_of(s))).collect();
    let of_operator = scope.sources.iter().zip(&sums).filter(|(s, _)| s.source.kind == SourceKind::Operator);
    let covered: Vec<_> =
        of_operator.filter_map(|(stored, (_, sums))| coverage::covered(sums, &stored.source.received_at)).collect();
    let of_kind = |kind| sums.iter().filter(|(k, _)| *k == kind).count();
    let kinds: Vec<SourceKind> = SourceKind::ALL.iter().copied().filter(|kind| of_kind(*kind) > 0).collect();
    let witness = |item, kind| {
        let ready = Readiness::of_all(item, of_kind(kind), 0);
        Readiness { kinds: kinds.clone(), ..ready }
    };
    let lines = word::lines(connection)?.len();
    let labels = scope.label_count(connection)?;
    let groups = &scope.groups;
    let named = groups.iter().filter(|g| g.named_by_person).count();
    let problems = sums.iter().map(|(_, s)| s.problems.len()).sum();
    let rows = sums.iter().map(|(_, s)| s.rows as usize).sum();
    let rows_state = if problems == 0 { ReadinessState::Present } else { ReadinessState::Partial };
    Ok(vec![
        Readiness::of_all(ReadinessItem::Line, lines, lines),
        witness(ReadinessItem::Detail, SourceKind::Operator),
        witness(ReadinessItem::PhoneLog, SourceKind::Phone),
        period(&sums, &covered, scope.days(connection)?),
        exhibits(connection, &scope)?,
        Readiness::of_all(ReadinessItem::Labels, labels, 0),
        Readiness::of_all(ReadinessItem::Groups, named, groups.len()),
        Readiness::new(ReadinessItem::Rows, rows_state, problems, rows),
        Readiness::of_all(ReadinessItem::Password, usize::from(case.keyed()), 1),
    ])
}

fn exhibits(connection: &Connection, scope: &InScope) -> Result<Readiness> {
    let present: Vec<ExhibitId> = scope.exhibits.iter().map(|e| e.id).collect();
    let linked: FxHashSet<ExhibitId> = linked_calls(connection)?.into_iter().map(|(exhibit, _)| exhibit).collect();
    let count = present.iter().filter(|id| linked.contains(id)).count();
    let mut ready = Readiness::of_all(ReadinessItem::Exhibits, count, present.len());
    if count == 0 && !present.is_empty() {
        ready.state = ReadinessState::Partial;
    }
    Ok(ready)
}

/// The days that details of the operator cover, against those of the calls of all sources, or of the calls chosen.
fn period(sums: &[(SourceKind, SourceAnswer)], covered: &[Days], chosen: Option<Days>) -> Readiness {
    let all: Vec<Days> = sums.iter().filter_map(|(_, sums)| coverage::days(&sums.period)).collect();
    let whole = all.iter().map(|span| span.0).min().zip(all.iter().map(|span| span.1).max());
    let Some((first, last)) = chosen.or(whole) else {
        return Readiness::new(ReadinessItem::Period, ReadinessState::Missing, 0, 0);
    };
    let mut covered = covered.to_vec();
    covered.retain(|(from, to)| *from <= last && *to >= first);
    covered.sort_unstable();
    let mut next = first;
    let mut gaps = Vec::new();
    for (from, to) in covered {
        if let Some(before) = from.pred_opt().filter(|before| *before >= next) {
            gaps.push((next.to_string(), before.to_string()));
        }
        next = next.max(to.succ_opt().unwrap_or(to));
    }
    if next <= last {
        gaps.push((next.to_string(), last.to_string()));
    }
    let state = if gaps.is_empty() { ReadinessState::Present } else { ReadinessState::Partial };
    let (from, to) = (Some(first.to_string()), Some(last.to_string()));
    Readiness { from, to, count: 1, of: 1, gaps, ..Readiness::new(ReadinessItem::Period, state, 1, 1) }
}
