//! Coverage by source and day: which days have records, and which, within the period of the source, have none.

use super::SourceAnswer;
use crate::charts::date;
use crate::model::{Coverage, CoverageRun, CoverageState, RecordId, SourceId, SourceKind};
use crate::store::evidence::StoredSource;
use crate::store::statements::Statements;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// A day with records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CoveredDay {
    /// Local day: `2025-03-10`.
    pub date: String,
    /// Records.
    pub records: u32,
}

/// Days without a record, between days that the source covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CoverageGap {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Days.
    pub days: u32,
}

/// The days of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CoverageView {
    /// Source.
    pub source: SourceId,
    /// File name.
    pub file: String,
    /// Kind of witness.
    pub kind: SourceKind,
    /// First local day; `None` where the source states no call.
    pub from: Option<String>,
    /// Last local day.
    pub to: Option<String>,
    /// Records in all: the sum over the days.
    pub records: u32,
    /// Days with records.
    pub days: Vec<CoveredDay>,
    /// Days without.
    pub gaps: Vec<CoverageGap>,
}

/// First and last day.
pub(super) type Days = (NaiveDate, NaiveDate);

/// Days as sums write them: `2015-09-06`.
pub(super) fn days(span: &Option<(String, String)>) -> Option<Days> {
    let (from, to) = span.as_ref()?;
    Some((from.parse().ok()?, to.parse().ok()?))
}

/// The days that a source covers, from its sums: those from the first to the last of its rows of any service, and those
/// of the period that the file states, up to the day before it came, because of what came later it could not know.
pub(super) fn covered(sums: &SourceAnswer, received_at: &str) -> Option<Days> {
    let received = received_at.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    let known = received.and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX);
    let stated = days(&sums.stated_period).map(|(from, to)| (from, to.min(known))).filter(|(from, to)| from <= to);
    let all = [days(&sums.period), days(&sums.rows_period), stated];
    all.into_iter().flatten().reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// The days of a source from its records. Days at either end that it covers without a record stand as a gap in the calls.
pub(super) fn of(
    stored: &StoredSource,
    covered: Option<Days>,
    all: &Statements,
    counts: &dyn Fn(RecordId) -> bool,
) -> Coverage {
    let mut days: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    for statement in all.of_source(stored) {
        if let Some(day) = date(i64::from(statement.day)) {
            *days.entry(day).or_default() += u64::from(counts(statement.id));
        }
    }
    Coverage { source: stored.source.id, runs: runs(&days, covered) }
}

/// The days with records, and the stretches between them without.
fn runs(days: &BTreeMap<NaiveDate, u64>, stated: Option<Days>) -> Vec<CoverageRun> {
    let mut runs = Vec::with_capacity(days.len());
    let gap = |from: NaiveDate, to: NaiveDate| {
        (from <= to).then_some(CoverageRun { from, to, state: CoverageState::Gap, records: 0 })
    };
    let next = |day: NaiveDate| day.succ_opt().unwrap_or(day);
    let before = |day: NaiveDate| day.pred_opt().unwrap_or(day);
    let mut open = stated.map(|(from, _)| from);
    for (day, records) in days {
        runs.extend(open.and_then(|from| gap(from, before(*day))));
        runs.push(CoverageRun { from: *day, to: *day, state: CoverageState::Records, records: *records });
        open = Some(next(*day));
    }
    runs.extend(open.zip(stated).and_then(|(from, (_, to))| gap(from, to)));
    runs
}

/// The days of a source as they are answered.
pub(super) fn view(stored: &StoredSource, coverage: &Coverage) -> CoverageView {
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let (days, gaps): (Vec<&CoverageRun>, Vec<&CoverageRun>) =
        coverage.runs.iter().partition(|r| r.state == CoverageState::Records);
    CoverageView {
        source: stored.source.id,
        file: stored.source.name.clone(),
        kind: stored.source.kind,
        from: coverage.runs.first().map(|r| r.from.to_string()),
        to: coverage.runs.last().map(|r| r.to.to_string()),
        records: days.iter().map(|r| small(r.records)).sum(),
        days: days.into_iter().map(|r| CoveredDay { date: r.from.to_string(), records: small(r.records) }).collect(),
        gaps: gaps
            .into_iter()
            .map(|r| CoverageGap {
                from: r.from.to_string(),
                to: r.to.to_string(),
                days: small(u64::try_from((r.to - r.from).num_days() + 1).unwrap_or(0)),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn days_and_gaps_fill_the_period_without_a_hole() {
        let day = |d: u32| NaiveDate::from_ymd_opt(2025, 3, d).unwrap();
        let days = BTreeMap::from([(day(3), 2), (day(4), 0), (day(9), 5)]);
        let found = runs(&days, Some((day(1), day(10))));
        let told: Vec<_> = found.iter().map(|r| (r.from, r.to, r.state.word(), r.records)).collect();
        assert_eq!(
            told,
            [
                (day(1), day(2), "gap", 0),
                (day(3), day(3), "records", 2),
                (day(4), day(4), "records", 0),
                (day(5), day(8), "gap", 0),
                (day(9), day(9), "records", 5),
                (day(10), day(10), "gap", 0),
            ]
        );
        assert_eq!(runs(&days, None).len(), 4, "a source that states no period has that of its records");
        assert!(runs(&BTreeMap::new(), None).is_empty());
    }
}
