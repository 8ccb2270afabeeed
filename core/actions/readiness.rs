//! What a package has and what it lacks, in the case as it stands. No word about what the law asks for.

use super::SourceAnswer;
use super::overview::linked_calls;
use crate::case::Case;
use crate::error::Result;
use crate::model::{ExhibitId, ReadinessItem, ReadinessState, SourceKind};
use crate::store::evidence;
use crate::store::{Connection, lists, word};
use chrono::NaiveDate;
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
}

impl Readiness {
    fn new(item: ReadinessItem, state: ReadinessState, count: usize, of: usize) -> Self {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { item, state, count: small(count), of: small(of), from: None, to: None, gaps: Vec::new() }
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

/// What the package of this case has and what it lacks, in a fixed order.
///
/// # Errors
/// When the case file cannot be read.
pub fn readiness(case: &Case) -> Result<Vec<Readiness>> {
    let connection = case.connection();
    let sources = evidence::live_sources(connection)?;
    let sums: Vec<(SourceKind, SourceAnswer)> =
        sources.iter().map(|s| (s.source.kind, serde_json::from_str(&s.sums).unwrap_or_default())).collect();
    let of_kind = |kind| sums.iter().filter(|(k, _)| *k == kind).count();
    let lines = word::lines(connection)?.len();
    let labels = lists::count_labels(connection)?;
    let groups = lists::groups(connection)?;
    let named = groups.iter().filter(|g| g.named_by_person).count();
    let problems = sums.iter().map(|(_, s)| s.problems.len()).sum();
    let rows = sums.iter().map(|(_, s)| s.rows as usize).sum();
    let rows_state = if problems == 0 { ReadinessState::Present } else { ReadinessState::Partial };
    Ok(vec![
        Readiness::of_all(ReadinessItem::Line, lines, lines),
        Readiness::of_all(ReadinessItem::Detail, of_kind(SourceKind::Operator), 0),
        Readiness::of_all(ReadinessItem::PhoneLog, of_kind(SourceKind::Phone), 0),
        period(&sums),
        exhibits(connection)?,
        Readiness::of_all(ReadinessItem::Labels, labels, 0),
        Readiness::of_all(ReadinessItem::Groups, named, groups.len()),
        Readiness::new(ReadinessItem::Rows, rows_state, problems, rows),
        Readiness::of_all(ReadinessItem::Password, usize::from(case.keyed()), 1),
    ])
}

fn exhibits(connection: &Connection) -> Result<Readiness> {
    let present: Vec<ExhibitId> = evidence::live_exhibits(connection)?.into_iter().map(|e| e.id).collect();
    let linked: FxHashSet<ExhibitId> = linked_calls(connection)?.into_iter().map(|(exhibit, _)| exhibit).collect();
    let count = present.iter().filter(|id| linked.contains(id)).count();
    let mut ready = Readiness::of_all(ReadinessItem::Exhibits, count, present.len());
    if count == 0 && !present.is_empty() {
        ready.state = ReadinessState::Partial;
    }
    Ok(ready)
}

/// The days that details of the operator cover, against the days of all sources.
fn period(sums: &[(SourceKind, SourceAnswer)]) -> Readiness {
    let day = |text: &str| NaiveDate::parse_from_str(text.get(..10).unwrap_or(text), "%Y-%m-%d").ok();
    let spans = |of: &dyn Fn(SourceKind) -> bool| -> Vec<(NaiveDate, NaiveDate)> {
        let read = sums.iter().filter(|(kind, _)| of(*kind)).filter_map(|(_, s)| s.period.as_ref());
        let mut spans: Vec<_> = read.filter_map(|(from, to)| day(from).zip(day(to))).collect();
        spans.sort_unstable();
        spans
    };
    let all = spans(&|_| true);
    let whole = all.first().map(|first| first.0).zip(all.iter().map(|span| span.1).max());
    let Some((first, last)) = whole else {
        return Readiness::new(ReadinessItem::Period, ReadinessState::Missing, 0, 0);
    };
    let mut next = first;
    let mut gaps = Vec::new();
    for (from, to) in spans(&|kind| kind == SourceKind::Operator) {
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
