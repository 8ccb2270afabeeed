#![allow(clippy::unwrap_used)]
//! The rule on examples, and against a matcher that looks at every pair.

use super::*;
use crate::model::{Direction, JoinReason, NumberKind, Precision, RecordId};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn witness(source: i64, kind: SourceKind, unit: u32) -> Witness {
    Witness { source: SourceId(source), kind, duration_unit_s: unit }
}

fn record(id: i64, source: i64, start: i64, number: u32, duration_s: i32) -> RecordKey {
    RecordKey {
        id: RecordId(id),
        source: SourceId(source),
        start,
        precision: Precision::Second,
        direction: Direction::Incoming,
        number,
        line: NONE,
        duration_s,
    }
}

fn numbers() -> Vec<PhoneNumber> {
    let mut numbers: Vec<PhoneNumber> = (0..8).map(|n| PhoneNumber::e164(79_571_234_500 + n * 1_111)).collect();
    numbers.push(PhoneNumber { kind: NumberKind::Masked, text: "+7957***4500".into() });
    numbers
}

const MASKED: u32 = 8;

fn calls(joins: &[CallJoin]) -> BTreeMap<i64, Vec<i64>> {
    let mut calls: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    joins.iter().for_each(|j| calls.entry(j.call.0).or_default().push(j.record.0));
    calls
}

/// Renumbers in the order given: ids ascend as the caller promises.
fn numbered(mut records: Vec<RecordKey>) -> Vec<RecordKey> {
    (1..).zip(&mut records).for_each(|(id, r)| r.id = RecordId(id));
    records
}

const PHONE: SourceKind = SourceKind::Phone;
const OPERATOR: SourceKind = SourceKind::Operator;

#[test]
fn overlapping_exports_of_one_operator_are_duplicates() {
    let mut records: Vec<RecordKey> = (0..50).map(|i| record(0, 1, i * 7_000, (i % 8) as u32, i as i32)).collect();
    records.extend(records.clone().into_iter().skip(20).map(|r| RecordKey { source: SourceId(2), ..r }));
    let records = numbered(records);
    let got = reconcile(&records, &[witness(1, OPERATOR, 60), witness(2, OPERATOR, 60)], &numbers());
    assert_eq!(got.pairs, [Pair { sources: (SourceId(1), SourceId(2)), offset_s: 0, spread_s: 0, paired: 30 }]);
    assert_eq!(got.joins.len(), 60);
    assert!(got.joins.iter().all(|j| j.why.is_none() == (j.record.0 == j.call.0)));
    assert_eq!(got.joins.iter().filter(|j| j.why == Some(JoinReason::Duplicates)).count(), 30);
}

#[test]
fn a_clock_that_is_ahead_is_found_and_corrected() {
    for offset in [37, -95, 3_600, -7_200, 3_641, 90_000] {
        let starts: Vec<i64> = (0..40).map(|i| i * 20_011 + (i * i * 37) % 9_000).collect();
        let mut records: Vec<RecordKey> =
            (0..).zip(&starts).map(|(i, s)| record(0, 1, *s, (i % 8) as u32, i * 13 % 90)).collect();
        let ahead = records.clone().into_iter().zip([0i64, 1, 2, -1, 0].into_iter().cycle());
        let ahead: Vec<_> =
            ahead.map(|(r, j)| RecordKey { source: SourceId(2), start: r.start + offset + j, ..r }).collect();
        records.extend(ahead);
        let records = numbered(records);
        let got = reconcile(&records, &[witness(1, PHONE, 1), witness(2, OPERATOR, 1)], &numbers());
        assert_eq!((i64::from(got.pairs[0].offset_s), got.pairs[0].paired), (offset, 40), "{:?}", got.pairs);
        assert!(got.pairs[0].spread_s <= 1);
        assert!(got.joins.iter().all(|j| j.residual_s.abs() <= 2));
        assert!(got.joins.iter().all(|j| j.why.is_none() || j.why == Some(JoinReason::Corroborates)));
    }
}

#[test]
fn a_machine_that_calls_every_hour_does_not_set_the_clock() {
    // The phone's log begins later and ends later: shifted by five hours, more of the machine's calls would pair.
    let mut records: Vec<RecordKey> = (5..105).map(|i| record(0, 1, i * 3_600, 0, 0)).collect();
    records.extend((1..4).map(|i| record(0, 1, i * 90_000 + 17, i as u32, 61)));
    records.extend((0..100).map(|i| record(0, 2, i * 3_600, 0, 0)));
    records.extend((1..4).map(|i| record(0, 2, i * 90_000 + 18, i as u32, 61)));
    let got = reconcile(&numbered(records), &[witness(1, PHONE, 1), witness(2, OPERATOR, 1)], &numbers());
    assert_eq!((got.pairs[0].offset_s, got.pairs[0].paired), (0, 98));
}

#[test]
fn sources_of_other_months_have_no_offset_and_no_pair() {
    let mut records: Vec<RecordKey> = (0..20).map(|i| record(0, 1, i * 5_000, 0, 5)).collect();
    records.extend((0..20).map(|i| record(0, 2, 9_000_000 + i * 5_000, 0, 5)));
    let got = reconcile(&numbered(records), &[witness(1, PHONE, 1), witness(2, PHONE, 1)], &numbers());
    assert_eq!(got.pairs, [Pair { sources: (SourceId(1), SourceId(2)), offset_s: 0, spread_s: 0, paired: 0 }]);
    assert!(got.joins.is_empty());
}

#[test]
fn two_of_one_number_pair_with_the_nearest() {
    let records = [record(1, 1, 1_000, 0, 0), record(2, 1, 1_060, 0, 0), record(3, 2, 1_058, 0, 0)];
    let got = reconcile(&records, &[witness(1, PHONE, 1), witness(2, OPERATOR, 1)], &numbers());
    assert_eq!(calls(&got.joins), BTreeMap::from([(2, vec![2, 3])]));
    assert_eq!(got.joins[1].residual_s, -2);
}

/// Joins of two records that differ as given.
fn joined(change: impl Fn(&mut RecordKey, &mut RecordKey)) -> Option<JoinReason> {
    let (mut a, mut b) = (record(1, 1, 1_000, 0, 35), record(2, 2, 1_004, 0, 35));
    change(&mut a, &mut b);
    let got = reconcile(&[a, b], &[witness(1, PHONE, 1), witness(2, OPERATOR, 60)], &numbers());
    got.joins.get(1).and_then(|j| j.why)
}

#[test]
fn what_agrees_and_what_does_not() {
    let yes = Some(JoinReason::Corroborates);
    assert_eq!(joined(|_, _| ()), yes);
    assert_eq!(joined(|_, b| b.duration_s = 60), yes, "rounded up to the minute");
    assert_eq!(joined(|_, b| b.duration_s = -1), yes, "length not stated");
    assert_eq!(joined(|_, b| b.start = 1_120), yes);
    assert_eq!(joined(|_, b| b.start = 1_121), None);
    assert_eq!(joined(|_, b| b.number = 1), None);
    assert_eq!(joined(|_, b| b.direction = Direction::Outgoing), None);
    assert_eq!(joined(|_, b| b.direction = Direction::Unknown), yes);
    assert_eq!(joined(|_, b| b.line = 3), yes, "one line unknown");
    assert_eq!(joined(|a, b| (a.line, b.line) = (2, 3)), None);
    assert_eq!(joined(|_, b| b.number = NONE), yes, "hidden");
    assert_eq!(joined(|a, b| (a.number, b.number) = (NONE, NONE)), yes);
    assert_eq!(joined(|_, b| b.number = MASKED), yes, "the visible digits fit");
    assert_eq!(joined(|a, b| (a.number, b.number) = (1, MASKED)), None, "the visible digits do not fit");
    assert_eq!(joined(|_, b| b.duration_s = 300), Some(JoinReason::Conflict));
    assert_eq!(joined(|_, b| (b.duration_s, b.start) = (300, 1_006)), None, "too far apart for a conflict");
    assert_eq!(joined(|a, b| (a.duration_s, b.duration_s) = (0, 60)), Some(JoinReason::Conflict));
    assert_eq!(joined(|_, b| (b.duration_s, b.number) = (300, NONE)), None, "length contradicts a hidden number");
}

#[test]
fn a_hidden_number_never_bridges_two_numbers_or_two_lines() {
    let mut records = vec![record(1, 1, 1_000, 0, 35), record(2, 2, 1_001, NONE, 35), record(3, 3, 1_002, 1, 35)];
    let witnesses = [witness(1, PHONE, 1), witness(2, OPERATOR, 1), witness(3, SourceKind::Pbx, 1)];
    let got = reconcile(&records, &witnesses, &numbers());
    assert_eq!(calls(&got.joins), BTreeMap::from([(1, vec![1, 2])]));
    assert_eq!(got.pairs.iter().map(|p| p.paired).collect::<Vec<_>>(), [1, 0, 0]);

    records.iter_mut().for_each(|r| r.number = 0);
    (records[0].line, records[2].line) = (4, 5);
    assert_eq!(calls(&reconcile(&records, &witnesses, &numbers()).joins), BTreeMap::from([(1, vec![1, 2])]));
}

#[test]
fn three_sources_state_one_call() {
    let records = [record(1, 1, 1_000, 0, 35), record(2, 2, 1_003, 0, 60), record(3, 3, 1_003, 0, 60)];
    let witnesses = [witness(1, PHONE, 1), witness(2, OPERATOR, 60), witness(3, OPERATOR, 60)];
    let got = reconcile(&records, &witnesses, &numbers());
    let why: Vec<_> = got.joins.iter().map(|j| (j.why, j.residual_s)).collect();
    assert_eq!(why, [(None, 0), (Some(JoinReason::Corroborates), 3), (Some(JoinReason::Duplicates), 0)]);
}

#[test]
fn verdicts() {
    use SourceKind::{Hand, Other, Pbx};
    assert_eq!(verdict(&[PHONE, OPERATOR], false), Verdict::Both);
    assert_eq!(verdict(&[OPERATOR, OPERATOR, Pbx], false), Verdict::Both);
    assert_eq!(verdict(&[PHONE, PHONE], false), Verdict::PhoneOnly);
    assert_eq!(verdict(&[OPERATOR], false), Verdict::OperatorOnly);
    assert_eq!(verdict(&[Other, OPERATOR], false), Verdict::OperatorOnly, "an unnamed source is no second witness");
    assert_eq!(verdict(&[Other, OPERATOR, PHONE], false), Verdict::Both);
    assert_eq!(verdict(&[Hand], false), Verdict::OtherOnly);
    assert_eq!(verdict(&[Other], false), Verdict::OtherOnly);
    assert_eq!(verdict(&[], false), Verdict::OtherOnly);
    assert_eq!(verdict(&[PHONE, OPERATOR], true), Verdict::Conflict);
}

/// Every pair looked at, the surest and nearest first: the rule as it is written, for a clock offset of 0.
fn brute_force(records: &[RecordKey], units: (u32, u32), numbers: &[PhoneNumber]) -> BTreeSet<(i64, i64)> {
    let rule = Rule { records, numbers, units };
    let mut all = Vec::new();
    for a in records.iter().filter(|r| r.source == SourceId(1)) {
        for b in records.iter().filter(|r| r.source == SourceId(2)) {
            let apart = (b.start - a.start).abs();
            let lines = a.line == b.line || a.line == NONE || b.line == NONE;
            let equal = a.number == b.number && a.direction == b.direction;
            let lengths = rule.durations(a.duration_s, b.duration_s);
            let tier = if lines && equal && lengths && apart <= 120 {
                0
            } else if rule.may_be_one(a, b) && lengths && apart <= 120 {
                1
            } else if lines && equal && a.number != NONE && a.number != MASKED && apart <= 5 {
                2
            } else {
                continue;
            };
            let stated = (a.duration_s < 0) == (b.duration_s < 0);
            let off = if stated { a.duration_s.abs_diff(b.duration_s) } else { u32::MAX };
            let order = |r: &RecordKey| {
                let number = u64::from(r.number) << 2 | r.direction as u64;
                (number, r.start, r.duration_s.cast_unsigned(), r.line, r.id)
            };
            all.push(((tier, apart, off, a.line != b.line, order(a), order(b)), (a.id.0, b.id.0)));
        }
    }
    all.sort_unstable();
    let mut taken = BTreeSet::new();
    let mut pairs = BTreeSet::new();
    for (_, (a, b)) in all {
        if !taken.contains(&a) && !taken.contains(&b) {
            taken.extend([a, b]);
            pairs.insert((a.min(b), a.max(b)));
        }
    }
    pairs
}

prop_compose! {
    fn any_record(sources: i64)(
        source in 1..=sources, start in prop::sample::select(vec![0i64, 3, 5, 6, 50, 119, 120, 121, 180, 300]),
        shift in 0i64..3, number in prop::sample::select(vec![0u32, 0, 0, 1, MASKED, NONE]),
        line in prop::sample::select(vec![NONE, NONE, 1, 2]), direction in prop::sample::select(vec![0usize, 0, 0, 1, 2]),
        duration in prop::sample::select(vec![-1, 0, 0, 1, 35, 37, 60, 61, 120]),
    ) -> RecordKey {
        RecordKey { line, direction: Direction::ALL[direction], ..record(0, source, start + shift, number, duration) }
    }
}

fn any_records(sources: i64) -> impl Strategy<Value = Vec<RecordKey>> {
    prop::collection::vec(any_record(sources), 0..24).prop_map(|mut records| {
        records.sort_by_key(|r| r.source);
        numbered(records)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn two_sources_match_as_by_brute_force(records in any_records(2), unit in prop::sample::select(vec![1u32, 60])) {
        let got = reconcile(&records, &[witness(1, PHONE, 1), witness(2, OPERATOR, unit)], &numbers());
        prop_assume!(got.pairs[0].offset_s == 0);
        let pairs: BTreeSet<(i64, i64)> = calls(&got.joins).values().map(|c| (c[0], c[1])).collect();
        prop_assert_eq!(pairs, brute_force(&records, (1, unit), &numbers()));
    }

    #[test]
    fn a_call_never_holds_two_records_of_a_source_and_says_why(records in any_records(4)) {
        let kinds = [PHONE, OPERATOR, OPERATOR, SourceKind::Other];
        let witnesses: Vec<Witness> = (1..).zip(kinds).map(|(s, k)| witness(s, k, 60)).collect();
        let got = reconcile(&records, &witnesses, &numbers());
        prop_assert_eq!(got.pairs.len(), 6);
        let mut seen = BTreeSet::new();
        for (call, members) in calls(&got.joins) {
            prop_assert!(members.len() > 1 && members[0] == call && members.is_sorted());
            let sources: BTreeSet<_> = members.iter().map(|m| records[*m as usize - 1].source).collect();
            prop_assert_eq!(sources.len(), members.len());
            for member in members {
                prop_assert!(seen.insert(member), "a record stands in two calls");
            }
        }
        for join in &got.joins {
            prop_assert_eq!(join.why.is_none(), join.record.0 == join.call.0);
            prop_assert!(join.residual_s.abs() <= 120);
        }
        prop_assert_eq!(reconcile(&records, &witnesses, &numbers()), got);
    }

    #[test]
    fn a_later_source_parts_nothing(records in any_records(4)) {
        let witnesses: Vec<Witness> = (1..=4).map(|s| witness(s, OPERATOR, 60)).collect();
        let all = calls(&reconcile(&records, &witnesses, &numbers()).joins);
        let earlier: Vec<RecordKey> = records.iter().copied().filter(|r| r.source.0 < 4).collect();
        for (_, members) in calls(&reconcile(&earlier, &witnesses[..3], &numbers()).joins) {
            prop_assert!(all.values().any(|call| members.iter().all(|m| call.contains(m))), "{:?} parted", members);
        }
    }

    #[test]
    fn the_order_of_two_sources_does_not_matter(records in any_records(2)) {
        // Marks of a Golomb ruler: no two differences are equal, so no tie is broken by order.
        const MARKS: [i64; 12] = [0, 2, 6, 24, 29, 40, 43, 55, 68, 75, 76, 85];
        let records: Vec<RecordKey> =
            records.into_iter().zip(MARKS).map(|(r, start)| RecordKey { start: start * 2, ..r }).collect();
        let forth = reconcile(&records, &[witness(1, PHONE, 1), witness(2, OPERATOR, 60)], &numbers());
        let swapped: Vec<RecordKey> =
            records.iter().map(|r| RecordKey { source: SourceId(3 - r.source.0), ..*r }).collect();
        let back = reconcile(&swapped, &[witness(1, OPERATOR, 60), witness(2, PHONE, 1)], &numbers());
        prop_assume!(forth.pairs[0].offset_s == 0 && back.pairs[0].offset_s == 0);
        prop_assert_eq!(calls(&forth.joins), calls(&back.joins));
    }
}
