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

/// Two exports of one operator: the rows of each by start, number and length.
fn exports(first: &[(i64, u32, i32)], second: &[(i64, u32, i32)]) -> Reconciled {
    let rows = |source, rows: &[(i64, u32, i32)]| -> Vec<RecordKey> {
        rows.iter().map(|(start, number, length)| record(0, source, *start, *number, *length)).collect()
    };
    let records = numbered([rows(1, first), rows(2, second)].concat());
    reconcile(&records, &[witness(1, OPERATOR, 1), witness(2, OPERATOR, 1)], &numbers())
}

#[test]
fn exports_that_follow_each_other_share_no_call() {
    // The first ends and the second begins amid attempts of one caller.
    assert_eq!(exports(&[(100, 1, 61), (244_552, 0, 8)], &[(244_642, 0, 8), (244_772, 3, 600)]).joins, []);
    let every = |step: i64, from: i64, until: i64| (from..until).map(|i| (i * step, 0, 0)).collect::<Vec<_>>();
    for step in [20, 30, 45, 60, 90, 115, 600, 3_600] {
        assert_eq!(exports(&every(step, 0, 60), &every(step, 60, 120)).joins, [], "every {step} s");
    }
}

#[test]
fn exports_that_overlap_amid_attempts_of_one_caller_share_just_the_overlap() {
    let every = |step: i64, from: i64, until: i64| (from..until).map(|i| (i * step, 0, 0)).collect::<Vec<_>>();
    for step in [3, 20, 45, 60, 90, 115, 3_600] {
        for overlap in [1, 2, 3, 10, 50] {
            let got = exports(&every(step, 0, 60), &every(step, 60 - overlap, 120));
            assert_eq!((got.pairs[0].offset_s, i64::from(got.pairs[0].paired)), (0, overlap), "{step} s, {overlap}");
            assert!(got.joins.iter().all(|j| j.residual_s == 0));
        }
    }
}

#[test]
fn an_export_in_another_zone_is_known_by_its_numbers() {
    let calls: Vec<(i64, u32, i32)> =
        (0..40).map(|i| (i * 20_011 + (i * i * 37) % 9_000, (i % 8) as u32, (i * 13 % 90) as i32)).collect();
    for apart in [3_600, -7_200, 90] {
        let later: Vec<_> = calls.iter().map(|(start, number, length)| (start + apart, *number, *length)).collect();
        let got = exports(&calls, &later);
        assert_eq!((i64::from(got.pairs[0].offset_s), got.pairs[0].paired), (apart, 40));
        // Of one caller only the step of a zone is believed.
        let one = |of: &[(i64, u32, i32)]| of.iter().map(|(start, _, length)| (*start, 0, *length)).collect::<Vec<_>>();
        let got = exports(&one(&calls), &one(&later));
        assert_eq!(got.pairs[0].paired, if apart == 90 { 0 } else { 40 });
    }
}

#[test]
fn amid_the_attempts_of_one_caller_the_clock_is_the_one_on_which_they_meet() {
    // One caller, some seconds apart, hanging up after a few seconds; the operator lacks a third of them.
    for seed in 0..40u64 {
        let mut state = seed;
        let mut chance = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for ahead in [0, 10, 33, 47, 75, 100, -61] {
            let mut at = 40_000;
            let phone: Vec<RecordKey> = (0..60)
                .map(|_| {
                    at += 8 + chance(32) as i64;
                    record(0, 1, at, 0, 1 + chance(5) as i32)
                })
                .collect();
            let kept: Vec<usize> = (0..phone.len()).filter(|_| chance(3) > 0).collect();
            let operator =
                kept.iter().map(|i| RecordKey { source: SourceId(2), start: phone[*i].start + ahead, ..phone[*i] });
            let records = numbered(phone.iter().copied().chain(operator).collect());
            let got = reconcile(&records, &[witness(1, PHONE, 1), witness(2, OPERATOR, 1)], &numbers());
            assert_eq!(got.pairs[0].paired as usize, kept.len(), "{ahead} s, {seed}");
            assert_eq!(i64::from(got.pairs[0].offset_s), ahead, "{seed}");
            assert!(got.joins.iter().all(|j| j.residual_s == 0), "{ahead} s, {seed}");
        }
    }
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

/// Calls of eight numbers over two hundred days as a phone and an operator state them, the operator's clock ahead as
/// `ahead` says of a day.
fn with_clock(ahead: impl Fn(i64) -> i64) -> Vec<RecordKey> {
    let phone: Vec<RecordKey> = (0..400i64)
        .map(|i| record(0, 1, i * 43_200 + (i * i * 7_919) % 30_000, (i * i % 8) as u32, (i * 13 % 90) as i32))
        .collect();
    let jitter = [0i64, 1, -1, 0, 2].into_iter().cycle();
    let operator: Vec<RecordKey> = phone
        .iter()
        .zip(jitter)
        .map(|(r, j)| RecordKey { source: SourceId(2), start: r.start + ahead(r.start / 86_400) + j, ..*r })
        .collect();
    numbered(phone.into_iter().chain(operator).collect())
}

#[test]
fn a_clock_that_drifts_is_followed() {
    for a_day in [1, -2, 4] {
        let got =
            reconcile(&with_clock(|day| day * a_day), &[witness(1, PHONE, 1), witness(2, OPERATOR, 1)], &numbers());
        assert_eq!(got.pairs[0].paired, 400, "{a_day}: {:?}", got.pairs);
        assert!(got.pairs[0].spread_s <= 2 && got.joins.iter().all(|j| j.residual_s.abs() <= 8), "{:?}", got.pairs);
        assert!((i64::from(got.pairs[0].offset_s) - 100 * a_day).abs() <= 4, "the middle: {:?}", got.pairs);
    }
}

#[test]
fn a_clock_that_was_set_is_followed() {
    for (before, after) in [(0, 90), (-3_600, 0), (0, 7_200), (3_605, 10_800)] {
        let records = with_clock(|day| if day < 130 { before } else { after });
        let got = reconcile(&records, &[witness(1, PHONE, 1), witness(2, OPERATOR, 1)], &numbers());
        assert!(got.pairs[0].paired >= 398, "{before} {after}: {:?}", got.pairs);
        let off = got.joins.iter().filter(|j| j.residual_s.abs() > 3).count();
        assert!(got.pairs[0].spread_s <= 2 && off <= 2, "{before} {after}: {off} {:?}", got.pairs);
    }
    let trip = with_clock(|day| if (60..90).contains(&day) { 10_800 } else { 0 });
    let got = reconcile(&trip, &[witness(1, PHONE, 1), witness(2, OPERATOR, 1)], &numbers());
    assert!(got.pairs[0].paired >= 396 && got.pairs[0].offset_s.abs() <= 1, "{:?}", got.pairs);
}

#[test]
fn as_many_pairs_as_can_be() {
    // The nearest for the second of the phone's calls is the one that the first needs.
    let records =
        [record(1, 1, 1_000, 0, 0), record(2, 1, 1_100, 0, 0), record(3, 2, 1_090, 0, 0), record(4, 2, 1_210, 0, 0)];
    let got = reconcile(&records, &[witness(1, PHONE, 1), witness(2, OPERATOR, 1)], &numbers());
    assert_eq!(calls(&got.joins), BTreeMap::from([(1, vec![1, 3]), (2, vec![2, 4])]));
}

/// Eighty people, whose calls both clocks tell alike, and a robot that redials every minute; the operator lacks its first
/// `lost` calls and the phone its last ones. Answers the records, and how many of the robot's pairs there are.
fn beside_a_robot(dialled: i64, lost: i64) -> (Vec<RecordKey>, usize) {
    let people = |source| {
        (0..80).map(move |i| record(0, source, i * 9_001 + i * i % 977, 2 + i as u32, 5 + (i * 37 % 200) as i32))
    };
    let robot = |source, from, until| {
        (from..until).map(move |i| record(0, source, 300_000 + i * 60 + i * i % 3, 0, 4 + (i % 2) as i32))
    };
    let first = people(1).chain(robot(1, 0, dialled - lost));
    let second = people(2).chain(robot(2, lost, dialled));
    (numbered(first.chain(second).collect()), usize::try_from(dialled - 2 * lost).unwrap())
}

#[test]
fn a_robot_that_dials_by_the_minute_sets_no_clock_and_is_not_paired_one_step_off() {
    let mut many = numbers();
    many.resize_with(90, || PhoneNumber::e164(79_350_000_000));
    (0u64..).zip(&mut many).skip(2).for_each(|(i, number)| *number = PhoneNumber::e164(79_350_000_000 + i));
    for (dialled, lost) in [(34, 3), (34, 1), (20, 2), (14, 2), (200, 20)] {
        let (records, robots) = beside_a_robot(dialled, lost);
        let got = reconcile(&records, &[witness(1, PHONE, 1), witness(2, OPERATOR, 1)], &many);
        assert_eq!(got.pairs[0].offset_s, 0, "{dialled} {lost}");
        let calls = calls(&got.joins);
        let apart: Vec<i64> =
            calls.values().map(|c| records[c[1] as usize - 1].start - records[c[0] as usize - 1].start).collect();
        assert!(apart.iter().all(|apart| *apart == 0), "{dialled} {lost}: {apart:?}");
        assert_eq!(apart.len(), 80 + robots, "{dialled} {lost}");
    }
}

#[test]
fn of_the_steps_of_an_even_rhythm_the_nearest_is_the_clock() {
    // A machine that calls every 25 s; the operator lacks the first calls and some more, and its clock is 37 s ahead.
    let lacks = [0, 1, 2, 8, 9, 22];
    let mut records: Vec<RecordKey> = (0..40).map(|i| record(0, 1, i * 25, 0, 3 + (i % 3) as i32)).collect();
    let told: Vec<i64> = (0..40).filter(|i| !lacks.contains(i)).collect();
    records.extend(told.iter().map(|i| record(0, 2, i * 25 + 37, 0, 3 + (i % 3) as i32)));
    let records = numbered(records);
    let got = reconcile(&records, &[witness(1, PHONE, 1), witness(2, OPERATOR, 1)], &numbers());
    assert_eq!(got.pairs, [Pair { sources: (SourceId(1), SourceId(2)), offset_s: 37, spread_s: 0, paired: 34 }]);
    let right: Vec<Vec<i64>> = (41..).zip(&told).map(|(at, i)| vec![i + 1, at]).collect();
    assert_eq!(calls(&got.joins).into_values().collect::<Vec<_>>(), right);
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
    assert_eq!(verdict(&[PHONE, Hand], false), Verdict::PhoneOnly, "a note is no second witness");
    assert_eq!(verdict(&[Other], false), Verdict::OtherOnly);
    assert_eq!(verdict(&[], false), Verdict::OtherOnly);
    assert_eq!(verdict(&[PHONE, OPERATOR], true), Verdict::Conflict);
}

/// What a choice of pairs is worth, the smaller the better: distances, and five minutes for a record that stays single;
/// lengths, lines, evenness.
type Value = (u64, u64, usize, u64);

const SINGLE: Value = (300, 0, 0, 0);

fn plus(a: Value, b: Value) -> Value {
    (a.0 + b.0, a.1 + b.1, a.2 + b.2, a.3 + b.3)
}

/// How two records agree by the rule as it is written, for a clock offset of 0, and what the pair is worth.
fn agreed(rule: &Rule<'_>, a: &RecordKey, b: &RecordKey) -> Option<(u8, Value)> {
    let apart = (b.start - a.start).unsigned_abs();
    let lines = a.line == b.line || a.line == NONE || b.line == NONE;
    let named = |r: &RecordKey| r.number != NONE && r.number != MASKED && r.direction != Direction::Unknown;
    let equal = a.number == b.number && a.direction == b.direction;
    let lengths = rule.durations(a.duration_s, b.duration_s);
    let tier = if lines && equal && lengths && apart <= 120 {
        0
    } else if rule.may_be_one(a, b) && lengths && apart <= 120 && !(named(a) && named(b)) {
        1
    } else if lines && equal && a.number != NONE && a.number != MASKED && apart <= 5 {
        2
    } else {
        return None;
    };
    let stated = (a.duration_s < 0) == (b.duration_s < 0);
    let off = if stated { u64::from(a.duration_s.abs_diff(b.duration_s)) } else { 0xFFFF };
    Some((tier, (apart, off, usize::from(a.line != b.line), apart * apart)))
}

/// The best that can be had of one tier, when the records of `taken` are taken: every choice is tried.
fn optimum(rule: &Rule<'_>, tier: u8, taken: &BTreeSet<i64>) -> Value {
    let side = |source: i64| -> Vec<&RecordKey> {
        rule.records.iter().filter(|r| r.source == SourceId(source) && !taken.contains(&r.id.0)).collect()
    };
    let (first, second) = (side(1), side(2));
    let mut choices: BTreeMap<u32, Value> = BTreeMap::from([(0, (0, 0, 0, 0))]);
    for a in first {
        let mut next = BTreeMap::new();
        for (used, value) in choices {
            let mut keep = |used: u32, value: Value| {
                let best = next.entry(used).or_insert(value);
                *best = value.min(*best);
            };
            keep(used, plus(value, SINGLE));
            for (at, b) in second.iter().enumerate().filter(|(at, _)| used & 1 << at == 0) {
                if let Some((_, worth)) = agreed(rule, a, b).filter(|(t, _)| *t == tier) {
                    keep(used | 1 << at, plus(value, worth));
                }
            }
        }
        choices = next;
    }
    choices.into_values().min().unwrap()
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

fn any_records(sources: i64, most: usize) -> impl Strategy<Value = Vec<RecordKey>> {
    prop::collection::vec(any_record(sources), 0..most).prop_map(|mut records| {
        records.sort_by_key(|r| r.source);
        numbered(records)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_choice_of_pairs_is_better(records in any_records(2, 20), unit in prop::sample::select(vec![1u32, 60])) {
        let got = reconcile(&records, &[witness(1, PHONE, 1), witness(2, OPERATOR, unit)], &numbers());
        prop_assume!(got.pairs[0].offset_s == 0);
        let numbers = numbers();
        let rule = Rule {
            records: &records, numbers: &numbers, units: (1, unit), one_kind: false, tolerance_s: agreement::TOLERANCE_S,
        };
        let pairs: Vec<(u8, Value, [i64; 2])> = calls(&got.joins)
            .values()
            .map(|c| {
                let (tier, value) = agreed(&rule, &records[c[0] as usize - 1], &records[c[1] as usize - 1]).unwrap();
                (tier, value, [c[0], c[1]])
            })
            .collect();
        let mut taken = BTreeSet::new();
        for tier in 0..3 {
            let of_first = records.iter().filter(|r| r.source == SourceId(1) && !taken.contains(&r.id.0)).count();
            let best = optimum(&rule, tier, &taken);
            let mine = pairs.iter().filter(|p| p.0 == tier);
            let single = (of_first - mine.clone().count()) as u64 * SINGLE.0;
            let found = mine.clone().fold((single, 0, 0, 0), |sum, p| plus(sum, p.1));
            prop_assert_eq!(found, best, "tier {}", tier);
            taken.extend(mine.flat_map(|p| p.2));
        }
    }

    #[test]
    fn two_parts_of_one_list_share_just_what_both_have(
        gaps in prop::collection::vec((prop::sample::select(vec![40i64, 60, 60, 90, 4_000, 90_000]), 0u32..4, 0i32..2), 2..60),
        cut in 0.0..1.0,
        overlap in 0usize..6,
    ) {
        let starts = gaps.iter().scan(0, |at, (gap, ..)| { *at += gap; Some(*at) });
        let rows: Vec<_> = starts.zip(&gaps).map(|(start, (_, number, length))| (start, *number, length * 61)).collect();
        let cut = (rows.len() as f64 * cut) as usize;
        let overlap = overlap.min(cut);
        let got = exports(&rows[..cut], &rows[cut - overlap..]);
        prop_assert_eq!((got.joins.len(), got.pairs[0].offset_s), (2 * overlap, 0));
        prop_assert!(got.joins.iter().all(|j| j.residual_s == 0));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(records in any_records(3, 24), seed: u64) {
        let witnesses = [witness(1, PHONE, 1), witness(2, OPERATOR, 60), witness(3, OPERATOR, 1)];
        // What a call says, without the numbers of its records.
        let told = |records: &[RecordKey]| -> Vec<Vec<RecordKey>> {
            let of = |id: i64| RecordKey { id: RecordId(0), ..records[id as usize - 1] };
            let mut told: Vec<Vec<RecordKey>> = calls(&reconcile(records, &witnesses, &numbers()).joins)
                .into_values()
                .map(|c| c.into_iter().map(of).collect())
                .collect();
            told.iter_mut().for_each(|c| c.sort_unstable_by_key(|r| r.source));
            told.sort_unstable_by_key(|c| c.iter().map(|r| (r.source, r.start, r.duration_s, r.line, r.number, r.direction)).collect::<Vec<_>>());
            told
        };
        let mut shuffled = records.clone();
        shuffled.sort_by_key(|r| (r.source, (r.id.0 as u64 + 1).wrapping_mul(seed | 1) >> 7));
        prop_assert_eq!(told(&numbered(shuffled)), told(&records));
    }

    #[test]
    fn clocks_that_are_apart_make_no_other_calls(records in any_records(2, 24), ahead in prop::sample::select(vec![-7_200i64, -60, 45, 3_600, 10_800])) {
        let witnesses = [witness(1, PHONE, 1), witness(2, OPERATOR, 60)];
        // Enough calls that both state for the clock to be known.
        let mut apart: Vec<RecordKey> = records;
        for i in 0..30 {
            let common = record(0, 1, 100_000 + i * 17_077 + (i * i * 613) % 5_000, (i % 4) as u32, 10);
            apart.extend([common, RecordKey { source: SourceId(2), ..common }]);
        }
        apart.sort_by_key(|r| r.source);
        let together = numbered(apart);
        let shifted: Vec<RecordKey> = together
            .iter()
            .map(|r| RecordKey { start: r.start + if r.source == SourceId(2) { ahead } else { 0 }, ..*r })
            .collect();
        let (before, after) = (reconcile(&together, &witnesses, &numbers()), reconcile(&shifted, &witnesses, &numbers()));
        prop_assert_eq!(i64::from(after.pairs[0].offset_s), i64::from(before.pairs[0].offset_s) + ahead);
        prop_assert_eq!(after.joins, before.joins);
    }

    #[test]
    fn a_call_never_holds_two_records_of_a_source_and_says_why(records in any_records(4, 24)) {
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
    fn a_later_source_parts_nothing(records in any_records(4, 24)) {
        let witnesses: Vec<Witness> = (1..=4).map(|s| witness(s, OPERATOR, 60)).collect();
        let all = calls(&reconcile(&records, &witnesses, &numbers()).joins);
        let earlier: Vec<RecordKey> = records.iter().copied().filter(|r| r.source.0 < 4).collect();
        for (_, members) in calls(&reconcile(&earlier, &witnesses[..3], &numbers()).joins) {
            prop_assert!(all.values().any(|call| members.iter().all(|m| call.contains(m))), "{:?} parted", members);
        }
    }

    #[test]
    fn the_order_of_two_sources_does_not_matter(records in any_records(2, 24)) {
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
