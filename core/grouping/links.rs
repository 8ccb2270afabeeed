//! What joins calls by itself: labels, numbers of labelled calls, pools.

use super::labels::{self, Folded};
use super::union::Soft;
use super::{Input, Rules, pools};
use crate::model::NumberKind;
use rustc_hash::FxHashMap;

/// No key, no pool, no call.
pub const NONE: u32 = u32::MAX;

/// Derived links of every call.
pub struct Links {
    /// Distinct folded names, ascending.
    pub keys: Vec<String>,
    /// Of each key a spelling of the name, the first in alphabetical order: the caller's order does not matter.
    pub names: Vec<String>,
    /// Of each label of the table: what it folds to, and the index of its key.
    pub folded: Vec<Option<(Folded, u32)>>,
    /// Label observed on a call (index of the call), ascending.
    seen: Vec<(u32, u32)>,
    /// Of each call: where its labels begin in `seen`; one more at the end.
    seen_from: Vec<u32>,
    /// Of each number: the one key that its calls bear, if there is one.
    pub key_of_number: Vec<u32>,
    /// Blocks of numbers.
    pub pools: Vec<Vec<u32>>,
    /// Of each number: its pool.
    pub pool_of_number: Vec<u32>,
    /// What soft signals joined besides.
    pub soft: Soft,
}

impl Links {
    /// Finds them.
    pub fn of(input: &Input<'_>, rules: &Rules) -> Self {
        let seen = by_index(input);
        let (keys, folded) = if rules.labels { fold(input, &seen) } else { (Vec::new(), Vec::new()) };
        let key_of_label = |label: u32| folded.get(label as usize).and_then(Option::as_ref).map(|(_, key)| *key);

        // A number whose calls bear two names says nothing of the calls that bear none.
        let mut key_of_number = vec![NONE; input.numbers.len()];
        let mut torn = vec![false; input.numbers.len()];
        for (call, label) in &seen {
            let number = input.calls[*call as usize].number as usize;
            let (Some(key), Some(known)) = (key_of_label(*label), key_of_number.get_mut(number)) else { continue };
            torn[number] |= *known != NONE && *known != key;
            *known = key;
        }
        let named: Vec<bool> = key_of_number.iter().map(|key| *key != NONE).collect();
        for (number, key) in key_of_number.iter_mut().enumerate() {
            let kind = input.numbers[number].kind;
            if torn[number] || matches!(kind, NumberKind::Hidden | NumberKind::Masked | NumberKind::Unknown) {
                *key = NONE;
            }
        }

        let mut pools = if rules.pools { pools::find(input.calls, input.numbers) } else { Vec::new() };
        // Where two names show in one block, several callers share it: it then speaks only for numbers that show none.
        for pool in &mut pools {
            let mut shown = pool.iter().map(|n| *n as usize).filter(|n| named[*n]);
            let first = shown.next();
            let contradicts = |n: usize| torn[n] || first.is_some_and(|f| key_of_number[f] != key_of_number[n]);
            if first.is_some_and(contradicts) || shown.any(contradicts) {
                pool.retain(|number| !named[*number as usize]);
            }
        }
        pools.retain(|pool| pool.len() >= pools::FEWEST);
        let mut pool_of_number = vec![NONE; input.numbers.len()];
        for (pool, numbers) in (0u32..).zip(&pools) {
            numbers.iter().for_each(|number| pool_of_number[*number as usize] = pool);
        }
        let mut names = vec![String::new(); keys.len()];
        for (folded, key) in folded.iter().flatten() {
            let name = &mut names[*key as usize];
            if name.is_empty() || folded.clean < *name {
                name.clone_from(&folded.clean);
            }
        }
        let seen_from = starts(&seen, input.calls.len());
        Self { keys, names, folded, seen, seen_from, key_of_number, pools, pool_of_number, soft: Soft::default() }
    }

    /// Whether a hard reason holds a call: its own label, other calls of its number, its block.
    pub fn holds(&self, call: u32, number: u32) -> bool {
        let of = |table: &[u32]| table.get(number as usize).is_some_and(|found| *found != NONE);
        of(&self.key_of_number)
            || of(&self.pool_of_number)
            || self.labels_of(call).any(|label| self.key_of_label(label).is_some())
    }

    /// Labels observed on a call.
    pub fn labels_of(&self, call: u32) -> impl Iterator<Item = u32> + '_ {
        let (from, until) = (self.seen_from[call as usize], self.seen_from[call as usize + 1]);
        self.seen[from as usize..until as usize].iter().map(|(_, label)| *label)
    }

    /// The key of a label.
    pub fn key_of_label(&self, label: u32) -> Option<u32> {
        self.folded.get(label as usize).and_then(Option::as_ref).map(|(_, key)| *key)
    }

    /// Calls joined by the links: of each call the smallest index of its component.
    pub fn components(&self, input: &Input<'_>) -> Vec<u32> {
        let mut sets = Sets::new(input.calls.len());
        let mut first_of_key = vec![NONE; self.keys.len()];
        let mut first_of_pool = vec![NONE; self.pools.len()];
        let mut link = |first: &mut u32, call: u32| {
            if *first == NONE {
                *first = call;
            } else {
                sets.join(*first, call);
            }
        };
        for (call, label) in &self.seen {
            if let Some(key) = self.key_of_label(*label) {
                link(&mut first_of_key[key as usize], *call);
            }
        }
        for (index, call) in (0u32..).zip(input.calls) {
            if let Some(key) = self.key_of_number.get(call.number as usize).filter(|key| **key != NONE) {
                link(&mut first_of_key[*key as usize], index);
            }
            if let Some(pool) = self.pool_of_number.get(call.number as usize).filter(|pool| **pool != NONE) {
                link(&mut first_of_pool[*pool as usize], index);
            }
        }
        (0u32..).take(input.calls.len()).map(|call| sets.find(call)).collect()
    }

    /// Some calls (indices) joined by the links that hold among them alone: of each the place of the first of its part.
    pub fn among(&self, input: &Input<'_>, calls: &[u32]) -> Vec<u32> {
        let mut sets = Sets::new(calls.len());
        let (mut of_key, mut of_pool) = (FxHashMap::default(), FxHashMap::default());
        for (place, call) in (0u32..).zip(calls) {
            let number = input.calls[*call as usize].number as usize;
            let of_number = self.key_of_number.get(number).copied().filter(|key| *key != NONE);
            for key in self.labels_of(*call).filter_map(|label| self.key_of_label(label)).chain(of_number) {
                sets.join(*of_key.entry(key).or_insert(place), place);
            }
            if let Some(pool) = self.pool_of_number.get(number).filter(|pool| **pool != NONE) {
                sets.join(*of_pool.entry(*pool).or_insert(place), place);
            }
        }
        (0u32..).take(calls.len()).map(|place| sets.find(place)).collect()
    }
}

/// Observations by index of the call. Both lists ascend, so one merge does it.
fn by_index(input: &Input<'_>) -> Vec<(u32, u32)> {
    let mut calls = (0u32..).zip(input.calls).peekable();
    let mut seen = Vec::with_capacity(input.observed.len());
    for (id, label) in input.observed {
        while calls.next_if(|(_, call)| call.id < *id).is_some() {}
        if let Some((index, _)) = calls.peek().filter(|(_, call)| call.id == *id) {
            seen.push((*index, *label));
        }
    }
    seen.sort_unstable();
    seen.dedup();
    seen
}

fn starts(seen: &[(u32, u32)], calls: usize) -> Vec<u32> {
    let mut starts = Vec::with_capacity(calls + 1);
    let mut at = 0;
    for call in (0u32..).take(calls + 1) {
        while seen.get(at).is_some_and(|(index, _)| *index < call) {
            at += 1;
        }
        starts.push(u32::try_from(at).unwrap_or(NONE));
    }
    starts
}

type Keys = (Vec<String>, Vec<Option<(Folded, u32)>>);

/// Folds every label that was seen. Keys are numbered in their own order, so that the caller's order of labels does
/// not matter.
fn fold(input: &Input<'_>, seen: &[(u32, u32)]) -> Keys {
    let mut used = vec![false; input.labels.len()];
    for (_, label) in seen {
        if let Some(used) = used.get_mut(*label as usize) {
            *used = true;
        }
    }
    let folded: Vec<Option<Folded>> =
        input.labels.iter().zip(used).map(|(label, used)| labels::fold(label).filter(|_| used)).collect();
    let mut keys: Vec<String> = folded.iter().flatten().map(|f| f.key.clone()).collect();
    keys.sort_unstable();
    keys.dedup();
    let folded = folded
        .into_iter()
        .map(|folded| {
            let folded = folded?;
            let at = keys.binary_search(&folded.key).ok()?;
            let at = if folded.cut { continued(&keys, at) } else { at };
            Some((folded, u32::try_from(at).ok()?))
        })
        .collect();
    (keys, folded)
}

/// The one key that continues the key of a label that was cut, else the key itself: where several names continue it,
/// nobody knows which it is.
fn continued(keys: &[String], at: usize) -> usize {
    let mut longer = keys[at + 1..].iter().take_while(|other| other.starts_with(&keys[at]));
    if let (Some(_), None) = (longer.next(), longer.next()) { at + 1 } else { at }
}

/// Disjoint sets; the smallest member stands for its set.
pub struct Sets(Vec<u32>);

impl Sets {
    /// Each by itself.
    pub fn new(count: usize) -> Self {
        Self((0u32..).take(count).collect())
    }

    /// One more, by itself.
    pub fn add(&mut self) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(NONE);
        self.0.push(next);
        next
    }

    /// Who stands for the set.
    pub fn find(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            let above = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = above;
            at = above;
        }
        at
    }

    /// Makes one set of two.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}
