//! The person's word: merge, split, name, in the order in which it was given.

use super::Input;
use super::links::Sets;
use crate::model::{Override, RecordId};
use rustc_hash::{FxHashMap, FxHashSet};

/// Where each call stands after the person's word.
pub struct Word {
    /// Of each call the group: a number without meaning.
    pub group_of: Vec<u32>,
    /// Calls that a merge named.
    pub merged: FxHashSet<u32>,
    /// Calls that a split took out of their groups: no derived reason speaks for them any more.
    pub split: FxHashSet<u32>,
    /// Groups that the person merged.
    pub merged_groups: FxHashSet<u32>,
    /// Names of groups.
    pub names: FxHashMap<u32, String>,
}

impl Word {
    /// Applies the overrides to derived components.
    pub fn apply(input: &Input<'_>, mut group_of: Vec<u32>) -> Self {
        let mut sets = Sets::new(input.calls.len());
        let mut merged = FxHashSet::default();
        let mut split = FxHashSet::default();
        let mut joined = Vec::new();
        for said in input.overrides {
            match said {
                Override::Merge(records) => {
                    let calls = calls(input, records);
                    let Some((first, rest)) = calls.split_first() else { continue };
                    if rest.is_empty() {
                        continue;
                    }
                    for call in rest {
                        sets.join(group_of[*first as usize], group_of[*call as usize]);
                    }
                    joined.push(group_of[*first as usize]);
                    merged.extend(calls);
                }
                Override::Split(records) => {
                    let calls = calls(input, records);
                    if calls.is_empty() {
                        continue;
                    }
                    let alone = sets.add();
                    for call in calls {
                        group_of[call as usize] = alone;
                        merged.remove(&call);
                        split.insert(call);
                    }
                }
                Override::Name(..) => {}
            }
        }
        group_of.iter_mut().for_each(|group| *group = sets.find(*group));
        let merged_groups = joined.into_iter().map(|group| sets.find(group)).collect();

        // A name belongs to the group in which its record stands in the end; the last one given counts, and an empty
        // one gives the derived name back.
        let mut names = FxHashMap::default();
        for said in input.overrides {
            let Override::Name(record, name) = said else { continue };
            for call in calls(input, &[*record]) {
                names.insert(group_of[call as usize], name.trim().to_owned());
            }
        }
        names.retain(|_, name| !name.is_empty());
        Self { group_of, merged, split, merged_groups, names }
    }
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
