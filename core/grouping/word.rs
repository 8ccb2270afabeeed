//! The person's word: merge, split, name, in the order in which it was given.

use super::Input;
use super::links::{Links, Sets};
use crate::model::{Attribution, GroupMark, NONE, Override, RecordId};
use rustc_hash::{FxHashMap, FxHashSet};

/// Where each call stands after the person's word.
pub struct Word {
    /// Of each call the group: a number without meaning.
    pub group_of: Vec<u32>,
    /// Calls that a split took out of their groups: no derived reason speaks for them any more.
    pub split: FxHashSet<u32>,
    /// Groups that the person merged.
    pub merged_groups: FxHashSet<u32>,
    /// Names of groups: what the person called each, the name that counts last.
    pub names: FxHashMap<u32, Vec<String>>,
    /// Groups of people whom the person knows.
    pub known: FxHashSet<u32>,
    /// To whom the person says that groups belong, the claim that counts last.
    pub attributed: FxHashMap<u32, Vec<Attribution>>,
    /// Marks that the person chose.
    pub marks: FxHashMap<u32, GroupMark>,
}

impl Word {
    /// Applies the overrides to derived components.
    pub fn apply(input: &Input<'_>, links: &Links, mut group_of: Vec<u32>) -> Self {
        let mut sets = Sets::new(input.calls.len());
        let mut split = FxHashSet::default();
        let mut joined = Vec::new();
        // Names with the call that holds each: a name belongs to the group in which its call stands in the end.
        let mut named: Vec<(u32, &str)> = Vec::new();
        let mut known: Vec<(u32, bool)> = Vec::new();
        let mut attributed: Vec<(u32, Option<&Attribution>)> = Vec::new();
        let mut marked: Vec<(u32, Option<GroupMark>)> = Vec::new();
        for said in input.overrides {
            match said {
                Override::Merge(records) => {
                    let calls = calls(input, records);
                    let Some((first, rest)) = calls.split_first() else { continue };
                    if rest.is_empty() {
                        continue;
                    }
                    drop_names(&mut named, &calls, &mut sets, &group_of);
                    let home = sets.find(group_of[*first as usize]);
                    let mut parted = false;
                    for call in rest {
                        parted |= sets.find(group_of[*call as usize]) != home;
                        sets.join(group_of[*first as usize], group_of[*call as usize]);
                    }
                    // What stands together without the word owes nothing to it.
                    joined.extend(parted.then_some(home));
                }
                Override::Split(records) => {
                    let calls = calls(input, records);
                    if calls.is_empty() {
                        continue;
                    }
                    keep(&mut named, &calls, &mut sets, &group_of);
                    keep(&mut attributed, &calls, &mut sets, &group_of);
                    keep(&mut marked, &calls, &mut sets, &group_of);
                    let alone = sets.add();
                    for call in calls {
                        group_of[call as usize] = alone;
                        split.insert(call);
                    }
                }
                Override::NotThem { group, records, numbers } => {
                    let Some(home) = calls(input, group).first().map(|call| sets.find(group_of[*call as usize])) else {
                        continue;
                    };
                    let mut leaving = calls(input, records);
                    if *numbers {
                        leaving = calls_of_numbers(input, leaving);
                    }
                    // What joins them to one another still does; what joins them to the group no longer.
                    leaving.retain(|call| sets.find(group_of[*call as usize]) == home);
                    keep(&mut named, &leaving, &mut sets, &group_of);
                    keep(&mut attributed, &leaving, &mut sets, &group_of);
                    keep(&mut marked, &leaving, &mut sets, &group_of);
                    let mut places: FxHashMap<u32, u32> = FxHashMap::default();
                    for (call, part) in leaving.iter().zip(links.among(input, &leaving)) {
                        group_of[*call as usize] = *places.entry(part).or_insert_with(|| sets.add());
                        split.remove(call);
                    }
                }
                Override::Known(record, yes) => {
                    known.extend(calls(input, &[*record]).first().map(|call| (*call, *yes)));
                }
                Override::Attributed(record, claim) => {
                    let holder = calls(input, &[*record]).first().copied();
                    attributed.extend(holder.map(|call| (call, claim.as_ref())));
                }
                Override::Marked(record, mark) => {
                    marked.extend(calls(input, &[*record]).first().map(|call| (*call, *mark)));
                }
                Override::Name(record, name) => {
                    named.extend(self::calls(input, &[*record]).first().map(|call| (*call, name.trim())));
                }
            }
        }
        group_of.iter_mut().for_each(|group| *group = sets.find(*group));
        let merged_groups = joined.into_iter().map(|group| sets.find(group)).collect();

        // Of several names of one group the last one given counts, and an empty one gives the derived name back. Those
        // of groups that came together since are kept beside it.
        let mut held: FxHashMap<u32, Vec<(u32, &str)>> = FxHashMap::default();
        for (call, name) in named {
            let names = held.entry(group_of[call as usize]).or_default();
            names.retain(|(holder, known)| !name.is_empty() && *holder != call && *known != name);
            names.extend((!name.is_empty()).then_some((call, name)));
        }
        held.retain(|_, names| !names.is_empty());
        let text = |names: Vec<(u32, &str)>| names.into_iter().map(|(_, name)| name.to_owned()).collect();
        let names = held.into_iter().map(|(group, names)| (group, text(names))).collect();
        // The last word counts of this too.
        let mut known_groups = FxHashSet::default();
        for (call, yes) in known {
            let group = group_of[call as usize];
            if yes {
                known_groups.insert(group)
            } else {
                known_groups.remove(&group)
            };
        }
        let mut claims: FxHashMap<u32, Vec<(u32, &Attribution)>> = FxHashMap::default();
        for (call, claim) in attributed {
            let said = claims.entry(group_of[call as usize]).or_default();
            match claim {
                // What was said by the same call before is mended by it; what another says stays beside it.
                Some(claim) => said.retain(|(holder, other)| *holder != call && *other != claim),
                None => said.clear(),
            }
            said.extend(claim.map(|claim| (call, claim)));
        }
        claims.retain(|_, said| !said.is_empty());
        let whole = |said: Vec<(u32, &Attribution)>| said.into_iter().map(|(_, claim)| claim.clone()).collect();
        let attributed = claims.into_iter().map(|(group, said)| (group, whole(said))).collect();
        let mut marks = FxHashMap::default();
        for (call, mark) in marked {
            match mark {
                Some(mark) => marks.insert(group_of[call as usize], mark),
                None => marks.remove(&group_of[call as usize]),
            };
        }
        Self { group_of, split, merged_groups, names, known: known_groups, attributed, marks }
    }
}

/// Where groups that have names are merged, the first one keeps its own.
fn drop_names(named: &mut Vec<(u32, &str)>, joining: &[u32], sets: &mut Sets, group_of: &[u32]) {
    let groups: Vec<u32> = joining.iter().map(|call| sets.find(group_of[*call as usize])).collect();
    let Some(first) = groups.first() else { return };
    let of_first = named.iter().rfind(|(call, _)| sets.find(group_of[*call as usize]) == *first);
    let has_name = of_first.is_some_and(|(_, name)| !name.is_empty());
    named.retain(|(call, _)| {
        let group = sets.find(group_of[*call as usize]);
        !groups.contains(&group) || (group == *first) == has_name
    });
}

/// A group keeps what was said of it when the call that held it is split off: another member holds it then, where one
/// stays.
fn keep<T>(said: &mut [(u32, T)], leaving: &[u32], sets: &mut Sets, group_of: &[u32]) {
    for (holder, _) in said.iter_mut().filter(|(call, _)| leaving.binary_search(call).is_ok()) {
        let group = sets.find(group_of[*holder as usize]);
        let stays = |call: &u32| leaving.binary_search(call).is_err();
        let mut members = (0u32..).zip(group_of).filter(|(_, own)| sets.find(**own) == group).map(|(call, _)| call);
        if let Some(other) = members.find(stays) {
            *holder = other;
        }
    }
}

/// The calls, and every other call of their numbers, ascending; a hidden number is nobody's.
fn calls_of_numbers(input: &Input<'_>, mut calls: Vec<u32>) -> Vec<u32> {
    let numbers: FxHashSet<u32> = calls.iter().map(|call| input.calls[*call as usize].number).collect();
    let of_them = |call: &crate::model::Call| call.number != NONE && numbers.contains(&call.number);
    calls.extend((0u32..).zip(input.calls).filter(|(_, call)| of_them(call)).map(|(index, _)| index));
    calls.sort_unstable();
    calls.dedup();
    calls
}

/// Indices of the calls of records, each once, ascending; withdrawn ones left out.
fn calls(input: &Input<'_>, records: &[RecordId]) -> Vec<u32> {
    let mut calls: Vec<u32> = records
        .iter()
        .filter_map(|record| (input.call_of)(*record))
        .filter_map(|id| input.calls.binary_search_by_key(&id, |call| call.id).ok())
        .filter_map(|index| u32::try_from(index).ok())
        .collect();
    calls.sort_unstable();
    calls.dedup();
    calls
}
