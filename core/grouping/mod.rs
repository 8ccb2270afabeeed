//! Calls → groups, each membership with its reasons. Pure and deterministic; the person's word comes last.

use crate::model::{Call, CallId, Group, NumberRange, Override, PhoneNumber, RecordId};

/// What grouping works on.
pub struct Input<'a> {
    /// Calls, ascending by id.
    pub calls: &'a [Call],
    /// The caller's table of distinct numbers, to which [`Call::number`] refers.
    pub numbers: &'a [PhoneNumber],
    /// The caller's table of label texts.
    pub labels: &'a [String],
    /// Which label was observed on which call, ascending.
    pub observed: &'a [(CallId, u32)],
    /// Ranges of the numbering plan register, ascending; empty where none is loaded.
    pub ranges: &'a [NumberRange],
    /// The person's overrides, oldest first.
    pub overrides: &'a [Override],
    /// The call that a record belongs to now; `None` where it was withdrawn.
    pub call_of: &'a dyn Fn(RecordId) -> Option<CallId>,
}

/// Proposes the groups, ordered by size, then id.
#[must_use]
pub fn group(_input: &Input<'_>) -> Vec<Group> {
    Vec::new()
}
