//! What joins calls by itself: labels, numbers of labelled calls, pools.

use super::labels::{self, Folded};
use super::{Input, pools};
use crate::model::NumberKind;
use rustc_hash::FxHashMap;

/// No key, no pool, no call.
pub const NONE: u32 = u32::MAX;

/// Derived links of every call.
pub struct Links {
    /// Distinct folded names, ascending.
    pub keys: Vec<String>,
    /// Of each label of the table: what it folds to, and the index of its key.
    pub folded: Vec<Option<(Folded, u32)>>,
    /// Label observed on a call (index of the call), ascending.
    pub seen: Vec<(u32, u32)>,
    /// Of each number: the one key that its calls bear, if there is one.
    pub key_of_number: Vec<u32>,
    /// Blocks of numbers.
    pub pools: Vec<Vec<u32>>,
    /// Of each number: its pool.
    pub pool_of_number: Vec<u32>,
}

impl Links {
    /// Finds them.
    pub fn of(input: &Input<'_>) -> Self {
        let seen = by_index(input);
        let (keys, folded) = fold(input, &seen);
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
        for (number, key) in key_of_number.iter_mut().enumerate() {
            let kind = input.numbers[number].kind;
            if torn[number] || matches!(kind, NumberKind::Hidden | NumberKind::Masked | NumberKind::Unknown) {
                *key = NONE;
            }
        }

        let pools = pools::find(input.calls, input.numbers);
        let mut pool_of_number = vec![NONE; input.numbers.len()];
        for (pool, numbers) in (0u32..).zip(&pools) {
            numbers.iter().for_each(|number| pool_of_number[*number as usize] = pool);
        }
        Self { keys, folded, seen, key_of_number, pools, pool_of_number }
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
        for (cut, full) in self.cut_keys() {
            let (a, b) = (first_of_key[cut as usize], first_of_key[full as usize]);
            if a != NONE && b != NONE {
                sets.join(a, b);
            }
        }
        (0u32..).take(input.calls.len()).map(|call| sets.find(call)).collect()
    }

    /// Keys of labels that were cut, each with the one key that continues it. Where several names continue it,
    /// nobody knows which it is.
    fn cut_keys(&self) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        for (folded, key) in self.folded.iter().flatten().filter(|(folded, _)| folded.cut) {
            let at = *key as usize;
            let mut longer = self.keys[at + 1..].iter().take_while(|other| other.starts_with(&folded.key));
            if let (Some(_), None) = (longer.next(), longer.next()) {
                pairs.push((*key, *key + 1));
            }
        }
        pairs
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
    let numbers: FxHashMap<&str, u32> = keys.iter().map(String::as_str).zip(0u32..).collect();
    let folded =
        folded.into_iter().map(|f| f.and_then(|f| numbers.get(f.key.as_str()).copied().map(|key| (f, key)))).collect();
    (keys, folded)
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
