//! Rules of a recipe: which words of a row say which way a call went, how it ended, and what service it is.

use super::recipe::ServiceKind;
use super::words::{Pattern, any_fits};
use crate::model::{Direction, Disposition};
use serde::Deserialize;

/// Words of the direction column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DirectionRule {
    #[serde(default)]
    pub words: Vec<Pattern>,
    /// Bits of a whole number, all of which are set.
    pub bits: Option<u64>,
    pub direction: Direction,
    /// Where the same word says how the call ended.
    pub disposition: Option<Disposition>,
}

impl DirectionRule {
    /// Whether a folded text is one of its words or has its bits.
    pub fn fits(&self, folded: &str) -> bool {
        let set = |bits: u64| folded.parse::<u64>().is_ok_and(|number| number & bits == bits);
        any_fits(&self.words, folded) || self.bits.is_some_and(set)
    }
}

/// Words of the outcome column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutcomeRule {
    pub words: Vec<Pattern>,
    pub disposition: Disposition,
}

/// Words of the service columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceRule {
    pub words: Vec<Pattern>,
    pub kind: ServiceKind,
}
