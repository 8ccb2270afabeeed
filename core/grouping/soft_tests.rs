#![allow(clippy::unwrap_used)]
//! What soft signals join, on years of a generator and on stories made for one rule.

use super::*;
use crate::error::Result;
use crate::model::{Conflict, ConflictKind, GroupId, GroupReason, NONE, ReasonKind, ReasonSignal};
use crate::progress::Progress;
use proptest::prelude::*;
use std::collections::BTreeSet;
use ulika_samples::years::{Caller, Preset, YearCall, year};

/// A case in memory, made of the calls of a year.
#[derive(Clone, Default)]
pub(super) struct Told {
    pub(super) year: Vec<YearCall>,
    overrides: Vec<Override>,
}

/// A group by what was seen: start, number and length of every call; the same whatever ids the calls have.
type Seen = BTreeSet<BTreeSet<(i64, Option<u64>, u32)>>;

impl Told {
    pub(super) fn of(preset: Preset, seed: u64) -> Self {
        Self { year: year(preset, seed), overrides: Vec::new() }
    }

    fn groups_by(&self, rules: &Rules) -> Vec<Group> {
        self.with(|input| group_by(input, rules))
    }

    pub(super) fn chances(&self, of: Option<GroupId>, progress: &dyn Progress) -> Result<Chances> {
        let groups = self.groups();
        self.with(|input| chances(input, &groups, of, progress))
    }

    /// The year as grouping takes it.
    fn with<T>(&self, work: impl FnOnce(&Input<'_>) -> T) -> T {
        let (mut numbers, mut labels): (Vec<PhoneNumber>, Vec<String>) = (Vec::new(), Vec::new());
        let (mut calls, mut observed) = (Vec::new(), Vec::new());
        for (id, call) in (1_i64..).zip(&self.year) {
            let id = CallId(id);
            let number = call.number.map_or(NONE, |digits| {
                let number = PhoneNumber::e164(digits);
                let known = numbers.iter().position(|n| *n == number);
                known.unwrap_or_else(|| {
                    numbers.push(number);
                    numbers.len() - 1
                }) as u32
            });
            let length_s = Call::length(i64::from(call.length_s), 1);
            calls.push(Call { id, start: call.start, number, length_s, incoming: call.incoming });
            if let Some(label) = &call.label {
                let known = labels.iter().position(|l| l == label);
                observed.push((
                    id,
                    known.unwrap_or_else(|| {
                        labels.push(label.clone());
                        labels.len() - 1
                    }) as u32,
                ));
            }
        }
        let call_of = |record: RecordId| Some(CallId(record.0));
        let (calls, numbers, labels, observed) = (&calls, &numbers, &labels, &observed);
        work(&Input { calls, numbers, labels, observed, overrides: &self.overrides, call_of: &call_of })
    }

    pub(super) fn groups(&self) -> Vec<Group> {
        self.groups_by(&Rules::ALL)
    }

    fn call(&self, id: CallId) -> &YearCall {
        &self.year[id.0 as usize - 1]
    }

    fn seen(&self) -> Seen {
        let of = |id: &CallId| (self.call(*id).start, self.call(*id).number, self.call(*id).length_s);
        self.groups().iter().map(|group| group.calls.iter().map(of).collect()).collect()
    }

    /// A call of a campaign that soft signals alone hold in its group.
    fn softly(&self) -> (Group, CallId) {
        let hard = |reason: &&GroupReason| {
            matches!(reason.signal, ReasonSignal::Label | ReasonSignal::SameNumber | ReasonSignal::Block)
        };
        for group in self.groups() {
            let held: BTreeSet<CallId> = group.reasons.iter().filter(hard).flat_map(|r| r.calls.clone()).collect();
            let soft = group.calls.iter().find(|call| !held.contains(call)).copied();
            if let Some(call) = soft.filter(|_| held.len() > 2) {
                return (group, call);
            }
        }
        unreachable!("no call is held by soft signals alone");
    }
}

fn spoken(group: &Group) -> BTreeSet<CallId> {
    group.reasons.iter().flat_map(|reason| reason.calls.iter().copied()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_import_does_not_matter(seed in 1_u64..40, at in prop::collection::vec(any::<prop::sample::Index>(), 40)) {
        let told = Told::of(Preset::Standard, seed);
        let mut turned = told.clone();
        turned.year.reverse();
        // A file that was imported later holds some of the calls.
        for index in at {
            let call = turned.year.remove(index.index(turned.year.len()));
            turned.year.push(call);
        }
        prop_assert_eq!(told.seen(), turned.seen());
    }

    #[test]
    fn what_one_signal_held_alone_leaves_with_it(seed in 1_u64..40, signal in 0_usize..7) {
        let name = Rules::names().nth(signal).unwrap();
        let told = Told::of(Preset::Standard, seed);
        let (all, less) = (told.groups(), told.groups_by(&Rules::without(name).unwrap()));
        let kinds = |groups: &[Group]| -> BTreeSet<String> {
            let texts = groups.iter().flat_map(|g| &g.reasons).map(|r| r.text.chars().take(12).collect());
            texts.collect()
        };
        // No reason of it is told any more, and nobody stands anywhere without a reason.
        prop_assert!(kinds(&less).is_subset(&kinds(&all)) || signal < 2);
        for group in &less {
            prop_assert_eq!(spoken(group), group.calls.iter().copied().collect::<BTreeSet<_>>());
        }
        // What hard reasons hold is together with every soft signal or none.
        if signal >= 2 {
            let hard = told.groups_by(&Rules { soft: 0, ..Rules::ALL });
            for group in hard {
                let within = |groups: &[Group]| groups.iter().any(|g| group.calls.iter().all(|c| g.calls.contains(c)));
                prop_assert!(within(&all) && within(&less));
            }
        }
    }

    #[test]
    fn the_persons_word_is_last_whatever_joined(seed in 1_u64..40, at in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..3), 1..5)) {
        let mut told = Told::of(Preset::Standard, seed);
        let count = told.year.len();
        for (index, what) in at {
            let record = RecordId(index.index(count) as i64 + 1);
            let next = RecordId((record.0 * 7) % count as i64 + 1);
            told.overrides.push(match what {
                0 => Override::Split(vec![record, next]),
                1 => Override::Merge(vec![record, next]),
                _ => Override::NotThem { group: vec![next], records: vec![record], numbers: true },
            });
        }
        let groups = told.groups();
        let of = |record: RecordId| groups.iter().position(|g| g.calls.contains(&CallId(record.0)));
        match told.overrides.last().unwrap() {
            Override::Split(calls) | Override::Merge(calls) => prop_assert_eq!(of(calls[0]), of(calls[1])),
            // With every call of its number the other one would leave too.
            Override::NotThem { group, records, .. }
                if told.call(CallId(group[0].0)).number != told.call(CallId(records[0].0)).number =>
            {
                prop_assert!(of(group[0]).is_none() || of(group[0]) != of(records[0]));
            }
            _ => {}
        }
        for group in &groups {
            prop_assert_eq!(spoken(group), group.calls.iter().copied().collect::<BTreeSet<_>>());
        }
    }
}

#[test]
fn a_soft_signal_never_stands_alone() {
    let told = Told::of(Preset::Standard, 2);
    let soft = |reason: &&GroupReason| matches!(reason.kind, ReasonKind::Rhythm | ReasonKind::Script);
    assert!(told.groups().iter().any(|group| group.reasons.iter().any(|reason| soft(&reason))));
    for name in Rules::names().skip(2) {
        let two = Rules { independent: 2, ..Rules::only(name).unwrap() };
        assert!(told.groups_by(&two).is_empty(), "{name} alone joins nothing");
    }
}

#[test]
fn without_ordinary_calls_nothing_is_weighed() {
    let mut told = Told::of(Preset::Standard, 3);
    told.year.retain(|call| matches!(call.caller, Caller::Campaign(_)));
    let hard = Rules { soft: 0, ..Rules::ALL };
    assert_eq!(told.groups(), told.groups_by(&hard));
}

#[test]
fn whom_the_person_talks_with_is_joined_by_no_soft_signal() {
    for seed in 1..4 {
        let told = Told::of(Preset::Unlabelled, seed);
        let called: BTreeSet<Option<u64>> = told.year.iter().filter(|c| !c.incoming).map(|c| c.number).collect();
        let mut groups = told.groups();
        groups.retain(|group| group.pools.is_empty());
        assert!(groups.iter().flat_map(|g| &g.calls).all(|call| !called.contains(&told.call(*call).number)));
    }
}

#[test]
fn a_group_that_the_person_knows_takes_nobody_in() {
    let mut told = Told::of(Preset::Standard, 2);
    let (group, soft) = told.softly();
    let held = group.calls.iter().copied().find(|call| told.call(*call).label.is_some()).unwrap();
    told.overrides = vec![Override::Known(RecordId(held.0), true)];
    let groups = told.groups();
    let home = groups.iter().find(|g| g.calls.contains(&held)).unwrap();
    assert!(home.known && !home.calls.contains(&soft));
}

#[test]
fn what_is_taken_out_of_a_soft_join_stands_alone() {
    let mut told = Told::of(Preset::Standard, 2);
    let (group, soft) = told.softly();
    let number = told.call(soft).number;
    let stays = group.calls.iter().copied().find(|call| told.call(*call).number != number).unwrap();
    let not_them =
        |numbers| Override::NotThem { group: vec![RecordId(stays.0)], records: vec![RecordId(soft.0)], numbers };
    told.overrides = vec![not_them(true)];
    let of_number = |call: &CallId| told.call(*call).number == number;
    assert!(
        told.groups().iter().all(|g| !g.calls.iter().any(of_number)),
        "its calls are one number, which is no group"
    );
    // Where all the others are split off, nothing is left that speaks for those who stay.
    let others = group.calls.iter().filter(|call| !of_number(call)).map(|call| RecordId(call.0)).collect();
    told.overrides = vec![Override::Split(others)];
    assert!(told.groups().iter().all(|g| !g.calls.contains(&soft)));
}

fn calls(told: &mut Told, numbers: impl Iterator<Item = u64>) {
    for (day, number) in (0_i64..).zip(numbers) {
        let (start, caller) = (1_735_700_000 + day * 86_400, Caller::Other(1));
        let number = Some(number);
        told.year.push(YearCall { number, start, length_s: 9, incoming: true, label: None, caller, spoofed: false });
    }
}

#[test]
fn toll_free_numbers_side_by_side_are_no_block() {
    let mut told = Told::default();
    calls(&mut told, 78_000_000_000..78_000_000_006);
    assert!(told.groups().is_empty());
    calls(&mut told, 79_570_000_000..79_570_000_006);
    assert_eq!(told.groups().len(), 1, "others are");
}

#[test]
fn two_clients_in_turn_have_one_block() {
    let mut told = Told::default();
    calls(&mut told, (0..12).map(|n| 79_570_000_000 + n * 2));
    calls(&mut told, (0..12).map(|n| 79_570_000_080 + n * 2));
    let sizes: Vec<usize> = told.groups().iter().map(|group| group.calls.len()).collect();
    assert_eq!(sizes, [12, 12], "sixty numbers lie between them, where two are usual");
}

#[test]
fn what_speaks_against_a_group_is_told() {
    let mut told = Told::default();
    let mut call = |number: u64, start: i64, length_s: u32, label: Option<&str>| {
        let (number, label, caller) = (Some(number), label.map(str::to_owned), Caller::Other(1));
        told.year.push(YearCall { number, start, length_s, incoming: true, label, caller, spoofed: false });
    };
    for day in 0..3 {
        call(79_570_000_001, day * 86_400, 20, Some("Вектория"));
        call(79_350_005_000, day * 86_400 + 60, 20, Some("Зелёный Мыс"));
    }
    call(79_350_005_000, 9 * 86_400, 20, Some("Вектория"));
    let conflicts = |told: &Told| -> Vec<(ConflictKind, String, usize)> {
        let of = |c: &Conflict| (c.kind, c.text.clone(), c.calls.len());
        told.groups().iter().flat_map(|group| group.conflicts.iter().map(of)).collect()
    };
    let two = |count, calls: &str| {
        (ConflictKind::TwoGroups, format!("номер +79350005000 есть и в другой группе: {calls}"), count)
    };
    assert_eq!(conflicts(&told), [two(1, "1 звонок"), two(3, "3 звонка")]);
    told.overrides = vec![Override::Merge(vec![RecordId(1), RecordId(2)])];
    let text = "в одной группе разные подписи: «Вектория», «Зелёный Мыс»: 7 звонков".to_owned();
    assert_eq!(conflicts(&told), [(ConflictKind::Labels, text, 7)]);
}

#[test]
fn two_numbers_at_one_time_speak_against_their_rotation() {
    let mut told = Told::of(Preset::Standard, 2);
    let groups = told.groups();
    let rotating = |group: &&Group| group.reasons.iter().any(|reason| reason.signal == ReasonSignal::Rotation);
    let group = groups.iter().find(rotating).unwrap();
    let reason = group.reasons.iter().find(|reason| reason.signal == ReasonSignal::Rotation).unwrap();
    let of_reason = told.call(reason.calls[0]).clone();
    let mut other = told.call(*group.calls.iter().find(|id| told.call(**id).label.is_some()).unwrap()).clone();
    (other.start, other.length_s) = (of_reason.start - 10, of_reason.length_s + 40);
    told.year.push(other);
    let at_once = |told: &Told| {
        let groups = told.groups();
        groups.iter().flat_map(|g| g.conflicts.clone()).filter(|c| c.kind == ConflictKind::AtOnce).count()
    };
    assert!(at_once(&told) > 0);
}
