//! A synthetic year as grouping takes it, and what is found in it beside the truth.

use super::score::{Score, score};
use std::collections::{BTreeMap, BTreeSet};
use ulika::grouping::{Input, Rules, group_by};
use ulika::model::{Call, CallId, NONE, PhoneNumber, RecordId};
use ulika_samples::years::{Caller, Preset, YearCall, year};

/// A year in the form of grouping.
pub struct Known {
    told: Vec<YearCall>,
    calls: Vec<Call>,
    numbers: Vec<PhoneNumber>,
    labels: Vec<String>,
    observed: Vec<(CallId, u32)>,
}

/// What was found in a year.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Agreement with the truth.
    pub score: Score,
    /// Groups in which a bank's service calls stand with a campaign, but for calls under the bank's own number.
    pub mixed: usize,
    /// Calls of campaigns under a bank's own number that stand in the bank's group: nothing that was seen tells them apart.
    pub played: usize,
}

impl Known {
    /// A year of this kind.
    pub fn of(preset: Preset, seed: u64) -> Self {
        let told = year(preset, seed);
        let mut known =
            Self { calls: Vec::new(), numbers: Vec::new(), labels: Vec::new(), observed: Vec::new(), told: Vec::new() };
        let mut places: BTreeMap<u64, u32> = BTreeMap::new();
        for (id, call) in (1_i64..).zip(&told) {
            let number = call.number.map_or(NONE, |digits| {
                *places.entry(digits).or_insert_with(|| {
                    known.numbers.push(PhoneNumber::e164(digits));
                    known.numbers.len() as u32 - 1
                })
            });
            let length_s = Call::length(i64::from(call.length_s), 1);
            known.calls.push(Call { id: CallId(id), start: call.start, number, length_s, incoming: call.incoming });
            if let Some(label) = &call.label {
                let place = known.labels.iter().position(|text| text == label).unwrap_or(known.labels.len());
                if place == known.labels.len() {
                    known.labels.push(label.clone());
                }
                known.observed.push((CallId(id), place as u32));
            }
        }
        known.told = told;
        known
    }

    /// What the program finds by these signals.
    pub fn found(&self, rules: &Rules) -> Found {
        let call_of = |record: RecordId| Some(CallId(record.0));
        let groups = group_by(
            &Input {
                calls: &self.calls,
                numbers: &self.numbers,
                labels: &self.labels,
                observed: &self.observed,
                overrides: &[],
                call_of: &call_of,
            },
            rules,
        );
        let mut parts: Vec<Option<u64>> = vec![None; self.calls.len()];
        for (part, group) in (0_u64..).zip(&groups) {
            group.calls.iter().for_each(|call| parts[call.0 as usize - 1] = Some(part));
        }
        self.judged(&parts)
    }

    /// What a rule finds that knows numbers only: calls whose numbers have one key stand together.
    pub fn by_number(&self, key: impl Fn(u64) -> u64) -> Found {
        let parts: Vec<Option<u64>> = self.told.iter().map(|call| call.number.map(&key)).collect();
        self.judged(&parts)
    }

    /// All calls count. In the truth each campaign is a class, and each call of ordinary life stands alone, as do calls in no
    /// group. Of two calls of one ordinary caller nobody asks whether they stand together: a bank's calls under the bank's
    /// label do so rightly.
    fn judged(&self, parts: &[Option<u64>]) -> Found {
        let mut members: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (at, part) in parts.iter().enumerate() {
            if let Some(part) = part {
                members.entry(*part).or_default().push(at);
            }
        }
        let alone = |at: usize| 1_000_000 + at as u32;
        let class = |(at, call): (usize, &YearCall)| match call.caller {
            Caller::Campaign(id) => (id, None),
            Caller::Bank(id) => (alone(at), Some(id)),
            Caller::Other(id) => (alone(at), Some(1_000 + id)),
        };
        let (truth, aside): (Vec<u32>, Vec<Option<u32>>) = self.told.iter().enumerate().map(class).unzip();
        let mut found: Vec<u32> = (0..self.told.len()).map(alone).collect();
        let (mut mixed, mut played) = (0, 0);
        for (part, group) in (0_u32..).zip(members.values()) {
            let callers: BTreeSet<Caller> = group.iter().map(|at| self.told[*at].caller).collect();
            group.iter().for_each(|at| found[*at] = part);
            if callers.iter().any(|caller| matches!(caller, Caller::Bank(_))) {
                let (under_its_number, others): (Vec<&YearCall>, Vec<&YearCall>) = group
                    .iter()
                    .map(|at| &self.told[*at])
                    .filter(|call| matches!(call.caller, Caller::Campaign(_)))
                    .partition(|call| self.is_of_bank(call.number));
                mixed += usize::from(!others.is_empty());
                played += under_its_number.len();
            }
        }
        Found { score: score(&truth, &found, &aside), mixed, played }
    }

    fn is_of_bank(&self, number: Option<u64>) -> bool {
        self.told.iter().any(|call| matches!(call.caller, Caller::Bank(_)) && call.number == number)
    }
}
