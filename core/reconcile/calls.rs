//! Pairs → calls. A call never holds two records of one source, nor records that contradict each other.

use super::agreement::Rule;
use super::pairing::{Edge, Tier};
use super::{NONE, RecordKey, Witness};
use crate::model::{CallId, CallJoin, JoinReason};
use std::ops::Range;

/// Records united into calls.
pub struct United {
    /// Of each record the smallest record of its call.
    first: Vec<u32>,
    /// The next record of the same call, in no order; [`NONE`] at the end.
    next: Vec<u32>,
}

/// Unites pairs of so many sources. `spans` are the edges of every two sources, those of a later source after all of the
/// earlier ones; within one later source the surest pairs come first. So the calls of the sources up to any one are those
/// that there would be without the later ones, and a later source can only add to them.
pub fn unite(rule: &Rule<'_>, sides: usize, edges: &[Edge], spans: &[Range<usize>]) -> United {
    let count = rule.records.len();
    let mut united = United { first: (0u32..).take(count).collect(), next: vec![NONE; count] };
    let mut spans = spans.iter();
    for later in 1..sides {
        let of_later: Vec<_> = spans.by_ref().take(later).cloned().collect();
        for tier in [Tier::Firm, Tier::Vague, Tier::Conflict] {
            for edge in of_later.iter().flat_map(|span| &edges[span.clone()]).filter(|e| e.tier == tier) {
                united.join(rule, edge.first, edge.second);
            }
        }
    }
    united
}

impl United {
    /// Whether two records stand in one call.
    pub fn same(&self, a: u32, b: u32) -> bool {
        self.first[a as usize] == self.first[b as usize]
    }

    fn members(&self, first: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(first), |at| Some(self.next[*at as usize]).filter(|n| *n != NONE))
    }

    fn join(&mut self, rule: &Rule<'_>, a: u32, b: u32) {
        let (a, b) = (self.first[a as usize], self.first[b as usize]);
        let (keep, add) = (a.min(b), a.max(b));
        if a == b || self.members(keep).any(|x| self.members(add).any(|y| !compatible(rule, x, y))) {
            return;
        }
        // Calls are as small as there are sources, so walking one is cheap.
        let mut last = keep;
        for member in self.members(keep) {
            last = member;
        }
        self.next[last as usize] = add;
        let mut at = add;
        while at != NONE {
            self.first[at as usize] = keep;
            at = self.next[at as usize];
        }
    }

    /// The members of calls of several records, by call, then record, each with the reason that says most.
    pub fn joins(&self, records: &[RecordKey], witnesses: &[Witness], edges: &[Edge]) -> Vec<CallJoin> {
        let kind = |record: u32| {
            let source = records[record as usize].source;
            witnesses.binary_search_by_key(&source, |w| w.source).ok().map(|at| witnesses[at].kind)
        };
        // A statement repeated by its own kind adds nothing new, so that reason goes first; what an earlier record
        // gives as a reason goes before what a later one gives.
        let mut best: Vec<(u8, i32)> = vec![(u8::MAX, 0); records.len()];
        for edge in edges.iter().filter(|e| self.same(e.first, e.second)) {
            let reason = match edge.tier {
                Tier::Conflict => 2,
                _ if kind(edge.first) == kind(edge.second) => 0,
                _ => 1,
            };
            let later = edge.first.max(edge.second);
            for (record, residual) in [(edge.first, -edge.residual_s), (edge.second, edge.residual_s)] {
                let rank = if record == later { reason } else { reason + 3 };
                let known = &mut best[record as usize];
                if (rank, residual.abs(), residual) < (known.0, known.1.abs(), known.1) {
                    *known = (rank, residual);
                }
            }
        }
        let mut joins = Vec::with_capacity(edges.len() * 2);
        let mut members = Vec::new();
        for first in (0u32..).take(records.len()) {
            if self.first[first as usize] != first || self.next[first as usize] == NONE {
                continue;
            }
            members.extend(self.members(first));
            members.sort_unstable();
            for member in members.drain(..) {
                let (rank, residual) = best[member as usize];
                let why = match rank % 3 {
                    _ if member == first => None,
                    0 => Some(JoinReason::Duplicates),
                    1 => Some(JoinReason::Corroborates),
                    _ => Some(JoinReason::Conflict),
                };
                joins.push(CallJoin {
                    call: CallId(records[first as usize].id.0),
                    record: records[member as usize].id,
                    why,
                    residual_s: if member == first { 0 } else { residual },
                });
            }
        }
        joins
    }
}

fn compatible(rule: &Rule<'_>, a: u32, b: u32) -> bool {
    let (a, b) = (&rule.records[a as usize], &rule.records[b as usize]);
    a.source != b.source && rule.may_be_one(a, b)
}
