//! How many calls which witnesses state.

use super::CallColumns;
use crate::case::Case;
use crate::error::Result;
use crate::model::{SourceKind, Verdict};
use crate::reconcile::verdict;
use crate::store::columns::Row;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many calls have a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct VerdictCount {
    /// The verdict.
    pub verdict: Verdict,
    /// Calls.
    pub calls: u32,
}

/// The verdict of every set of kinds of sources.
pub(super) struct Verdicts(Vec<Verdict>);

impl Verdicts {
    pub(super) fn all() -> Self {
        let of = |set: usize| {
            let kinds = SourceKind::ALL.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1);
            verdict(&kinds.map(|(_, kind)| *kind).collect::<Vec<_>>(), false)
        };
        Self((0..1 << SourceKind::ALL.len()).map(of).collect())
    }

    pub(super) fn of(&self, row: &Row) -> Verdict {
        match self.0.get(usize::from(row.kinds)) {
            Some(verdict) if !row.conflict => *verdict,
            _ => Verdict::Conflict,
        }
    }
}

/// Every verdict with its calls, those of none too. They are counted over the columns by which the list is narrowed, so
/// that the list which a count leads to holds as many.
///
/// # Errors
/// When the case file cannot be read.
pub fn call_verdicts(case: &Case, columns: &CallColumns) -> Result<Vec<VerdictCount>> {
    let columns = columns.of(case)?;
    let verdicts = Verdicts::all();
    let mut counts = BTreeMap::new();
    for row in &columns.rows {
        *counts.entry(verdicts.of(row)).or_default() += 1;
    }
    Ok(listed(&counts))
}

/// Every verdict in its order.
pub(super) fn listed(counts: &BTreeMap<Verdict, u32>) -> Vec<VerdictCount> {
    let of = |verdict: &Verdict| VerdictCount { verdict: *verdict, calls: counts.get(verdict).copied().unwrap_or(0) };
    Verdict::ALL.iter().map(of).collect()
}
