//! Calls → groups, each membership with its reasons. Pure and deterministic; the person's word comes last.
//!
//! [`links`] finds what joins calls by itself: one folded caller label ([`labels`]), one number, one block of numbers
//! ([`pools`]). [`union`] joins what these left apart where several soft [`signals`] speak for it, weighed against the calls
//! of those whom the person talks with ([`known`]). [`word`] then does what the person said, in that order, so that no
//! derived link undoes it. [`assembly`] says of each group what it holds and why ([`reasons`]), [`conflicts`] what speaks against it, and [`chance`], only when it is asked for, how often
//! the like is found among ordinary calls.

mod assembly;
mod chance;
mod conflicts;
mod known;
mod labels;
mod links;
mod pools;
mod reasons;
mod signals;
#[cfg(test)]
mod soft_tests;
#[cfg(test)]
mod tests;
mod union;
mod word;

pub use chance::{Chances, chances};

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

/// Which signals speak: all of them, but where they are measured one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Caller labels, and the numbers of labelled calls.
    pub labels: bool,
    /// Dense blocks of numbers.
    pub pools: bool,
    /// Soft signals, a bit each.
    pub soft: u8,
    /// So many soft signals a join takes.
    pub independent: u32,
}

impl Rules {
    /// By which groups are proposed.
    pub const ALL: Self = Self { labels: true, pools: true, soft: (1 << signals::SIGNALS.len()) - 1, independent: 2 };

    /// One signal alone: `label`, `pool`, or a soft one, which nothing but a measurement trusts alone.
    #[must_use]
    pub fn only(name: &str) -> Option<Self> {
        let none = Self { labels: false, pools: false, soft: 0, independent: 1 };
        let soft = signals::SIGNALS.iter().position(|signal| signal.signal().word() == name);
        match name {
            "label" => Some(Self { labels: true, ..none }),
            "pool" => Some(Self { pools: true, ..none }),
            _ => Some(Self { soft: 1 << soft?, ..none }),
        }
    }

    /// All but one signal.
    #[must_use]
    pub fn without(name: &str) -> Option<Self> {
        let one = Self::only(name)?;
        let all = Self::ALL;
        Some(Self { labels: !one.labels, pools: !one.pools, soft: all.soft & !one.soft, ..all })
    }

    /// Names of all signals.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ["label", "pool"].into_iter().chain(signals::SIGNALS.iter().map(|signal| signal.signal().word()))
    }
}

/// Proposes the groups, ordered by size (largest first), then id.
///
/// A group has at least two calls, unless the person split its only call off. Every member is spoken for by at least
/// one reason.
#[must_use]
pub fn group(input: &Input<'_>) -> Vec<Group> {
    group_by(input, &Rules::ALL)
}

/// The same by some signals only.
#[must_use]
pub fn group_by(input: &Input<'_>, rules: &Rules) -> Vec<Group> {
    let mut links = links::Links::of(input, rules);
    let mut components = links.components(input);
    let ordinary = known::Ordinary::of(input, &kept(input, &links, &components));
    links.soft = union::join(input, &links, &ordinary, rules, &mut components);
    drop(ordinary);
    let word = word::Word::apply(input, &links, components);

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
    conflicts::tell(input, &links, &mut groups);
    groups
}

/// The calls of groups that the person knows, as the hard reasons and the person's word make them.
fn kept(input: &Input<'_>, links: &links::Links, components: &[u32]) -> Vec<u32> {
    if !input.overrides.iter().any(|said| matches!(said, Override::Known(_, true))) {
        return Vec::new();
    }
    let word = word::Word::apply(input, links, components.to_vec());
    (0_u32..).zip(&word.group_of).filter(|(_, group)| word.known.contains(group)).map(|(call, _)| call).collect()
}
