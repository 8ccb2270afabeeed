//! Which mark each group has. A mark is a number: eight colours and three patterns go round at their own pace, so that
//! twenty-four marks are all different. It follows from the case alone: the list, the charts and the report agree.

use crate::model::{GroupId, GroupMark};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Colours.
pub const COLOURS: u32 = GroupMark::COLOURS as u32;
/// Patterns.
pub const PATTERNS: u32 = GroupMark::PATTERNS as u32;
/// Marks that are different.
pub const MARKS: u32 = GroupMark::COUNT as u32;

/// The marks of groups, given with their numbers of calls. The earlier a group begins, the sooner it chooses, so that
/// one which comes later takes nobody's mark. Those in `gone` were merged into others and keep their place while there is
/// one to spare, and those in `split_off` choose last: a merge or a split leaves the marks of all others as they were.
/// Of more groups than there are marks the largest have one each. What the person chose goes before all.
#[must_use]
pub fn marks_of(
    groups: &[(GroupId, u32)],
    gone: &[GroupId],
    split_off: &[GroupId],
    chosen: &BTreeMap<GroupId, u32>,
) -> BTreeMap<GroupId, u32> {
    let mut largest: Vec<&(GroupId, u32)> = groups.iter().collect();
    largest.sort_unstable_by_key(|(id, calls)| (Reverse(*calls), *id));
    let mut choosing: BTreeSet<GroupId> = largest.iter().take(MARKS as usize).map(|(id, _)| *id).collect();
    let spare = (MARKS as usize).saturating_sub(choosing.len());
    let mut away: Vec<GroupId> = gone.iter().copied().filter(|id| !choosing.contains(id)).collect();
    away.sort_unstable();
    away.dedup();
    choosing.extend(away.into_iter().take(spare));

    let (late, early): (Vec<GroupId>, Vec<GroupId>) = choosing.into_iter().partition(|id| split_off.contains(id));
    let mut held: BTreeMap<GroupId, u32> = BTreeMap::new();
    for id in early.into_iter().chain(late) {
        let mark = free(begins(id), held.values().copied().collect());
        held.insert(id, mark);
    }
    // Only those that have what the person gave to another choose anew.
    held.extend(chosen);
    let taken: BTreeSet<u32> = chosen.values().copied().collect();
    let again = |(id, mark): (&GroupId, &u32)| (taken.contains(mark) && !chosen.contains_key(id)).then_some(*id);
    let again: Vec<GroupId> = held.iter().filter_map(again).collect();
    for id in again {
        held.remove(&id);
        let mark = free(begins(id), held.values().copied().collect());
        held.insert(id, mark);
    }
    groups.iter().map(|(id, _)| (*id, held.get(id).copied().unwrap_or(begins(*id)))).collect()
}

/// Where the choice of a group begins.
fn begins(id: GroupId) -> u32 {
    u32::try_from(id.0.rem_euclid(i64::from(MARKS))).unwrap_or(0)
}

/// A mark that nobody has, of a colour that no other has and of the pattern that fewest have, where there is a choice.
fn free(begins: u32, held: Vec<u32>) -> u32 {
    let round: Vec<u32> = (0..MARKS).map(|step| (begins + step) % MARKS).filter(|mark| !held.contains(mark)).collect();
    let of_own_colour = |mark: &&u32| held.iter().all(|other| other % COLOURS != **mark % COLOURS);
    let own: Vec<u32> = round.iter().filter(of_own_colour).copied().collect();
    let fits = if own.is_empty() { &round } else { &own };
    // In grey the pattern tells them apart: the one that fewest have.
    let alike = |mark: u32| held.iter().filter(|other| *other % PATTERNS == mark % PATTERNS).count();
    fits.iter().copied().min_by_key(|mark| alike(*mark)).unwrap_or(begins)
}
