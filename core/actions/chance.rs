//! How often the like of the reasons of groups is found among the person's ordinary calls. Asked for, never kept: it
//! stands in no letter and in no bundle.

use super::groups::{GroupsAnswer, resolve};
use crate::case::Case;
use crate::error::Result;
use crate::grouping::{self, Chances, Input};
use crate::model::GroupId;
use crate::progress::Progress;
use crate::store::{lists, regroup};
use serde::Serialize;

/// What the figures of chance rest on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ChanceBasis {
    /// Ordinary calls compared with: incoming ones of those with whom the person talks.
    pub ordinary_calls: u32,
    /// Reasons of the case that can be tested.
    pub tests: u32,
    /// How many tests are allowed for: `bonferroni`, each figure times their number.
    pub correction: &'static str,
}

/// The figures of one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GroupChance {
    /// What they rest on.
    pub basis: ChanceBasis,
    /// Of each reason, in the order of the group; `None` where nothing can be said.
    pub reasons: Vec<Option<f64>>,
}

/// Writes its figure into each reason of listed groups.
///
/// # Errors
/// When the case file cannot be read; [`crate::error::Code::Cancelled`].
pub fn tell_chance(case: &Case, answer: &mut GroupsAnswer, progress: &dyn Progress) -> Result<()> {
    let found = chances(case, None, progress)?;
    for (id, figures) in &found.figures {
        let Some(group) = answer.groups.iter_mut().find(|group| group.id == *id) else { continue };
        group.reasons.iter_mut().zip(figures).for_each(|(reason, figure)| reason.chance = *figure);
    }
    answer.chance = Some(basis(&found));
    Ok(())
}

/// The figures of one group, as the groups together have them.
///
/// # Errors
/// [`crate::error::Code::NotFound`]; [`crate::error::Code::Cancelled`].
pub fn chance_of_group(case: &Case, id: GroupId, progress: &dyn Progress) -> Result<GroupChance> {
    let id = resolve(case.connection(), id)?;
    let found = chances(case, Some(id), progress)?;
    let basis = basis(&found);
    Ok(GroupChance { basis, reasons: found.figures.into_iter().next().map(|(_, figures)| figures).unwrap_or_default() })
}

fn chances(case: &Case, of: Option<GroupId>, progress: &dyn Progress) -> Result<Chances> {
    progress.report("chance", 0, None)?;
    let known = regroup::load(case.connection())?;
    let groups = lists::groups(case.connection())?;
    let input = Input {
        calls: &known.calls,
        numbers: &known.numbers,
        labels: &known.labels,
        observed: &known.observed,
        overrides: &[],
        call_of: &|_| None,
    };
    grouping::chances(&input, &groups, of, progress)
}

fn basis(found: &Chances) -> ChanceBasis {
    ChanceBasis { ordinary_calls: found.ordinary, tests: found.tests, correction: "bonferroni" }
}
