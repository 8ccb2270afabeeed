//! Calls → groups, each membership with its reasons. Pure and deterministic; the person's word comes last.
//!
//! [`links`] finds what joins calls by itself: one folded caller label ([`labels`]), one number, one block of numbers
//! ([`pools`]). [`word`] then does what the person said, in that order, so that no derived link undoes it.
//! [`assembly`] says of each group what it holds and why ([`reasons`]).

mod assembly;
mod labels;
mod links;
mod pools;
mod reasons;
#[cfg(test)]
mod tests;
mod word;

use crate::model::{Call, CallId, Group, Override, PhoneNumber, RecordId};
use std::cmp::Reverse;

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
    /// The person's overrides, oldest first.
    pub overrides: &'a [Override],
    /// The call that a record belongs to now; `None` where it was withdrawn.
    pub call_of: &'a dyn Fn(RecordId) -> Option<CallId>,
}

/// Proposes the groups, ordered by size (largest first), then id.
///
/// A group has at least two calls, unless the person split its only call off. Every member is spoken for by at least
/// one reason.
#[must_use]
pub fn group(input: &Input<'_>) -> Vec<Group> {
    let links = links::Links::of(input);
    let word = word::Word::apply(input, &links, links.components(input));

    let mut sized = vec![0u32; word.group_of.iter().max().map_or(0, |top| *top as usize + 1)];
    word.group_of.iter().for_each(|group| sized[*group as usize] += 1);
    let stands = |call: u32, group: u32| sized[group as usize] > 1 || word.split.contains(&call);
    let mut members: Vec<(u32, u32)> =
        word.group_of.iter().copied().zip(0u32..).filter(|(group, call)| stands(*call, *group)).collect();
    members.sort_unstable();

    let mut calls = Vec::new();
    let mut groups: Vec<Group> = members
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|chunk| {
            calls.clear();
            calls.extend(chunk.iter().map(|(_, call)| *call));
            assembly::group(input, &links, &word, chunk.first()?.0, &calls)
        })
        .collect();
    groups.sort_by_key(|group| (Reverse(group.calls.len()), group.id));
    assembly::tell_apart(&mut groups);
    groups
}
