#![allow(clippy::unwrap_used)]
use super::*;
use crate::model::{NumberKind, PhoneNumber};

fn tail(text: &str) -> Option<Tail> {
    let kind = if text.len() < 7 { NumberKind::Short } else { NumberKind::E164 };
    Tail::of(&PhoneNumber { kind, text: text.to_owned() })
}

/// An answered call of half a minute at second 10,000.
fn call(id: i64) -> Statement {
    Statement {
        call: CallId(id),
        record: RecordId(id),
        start: 10_000,
        precision: Precision::Second,
        direction: Direction::Incoming,
        duration_s: Some(30),
        unit_s: 1,
        answered: Some(true),
        number: tail("+79353104036"),
    }
}

fn at(second: i64) -> Option<Taken> {
    Some(Taken { from: second, to: second, may_be_end: false })
}

fn recording(second: i64) -> Shown {
    Shown {
        exhibit: ExhibitId(1),
        kind: ExhibitKind::Recording,
        taken: at(second),
        duration_s: Some(31),
        number: tail("+79353104036"),
        direction: Direction::Unknown,
        screen: None,
    }
}

fn screenshot(second: i64) -> Shown {
    Shown { kind: ExhibitKind::Screenshot, duration_s: None, number: None, ..recording(second) }
}

fn only(statement: Statement, shown: Shown) -> Option<Proposal> {
    propose(&[statement], &[shown], &Refused::default()).into_iter().next()
}

#[test]
fn a_recording_fits_by_number_start_and_length() {
    let found = only(call(7), recording(10_002)).unwrap();
    assert_eq!(found.because, [MatchReason::Number, MatchReason::Start, MatchReason::Duration]);
    assert_eq!((found.call, found.off_by_s), (CallId(7), 2));
}

#[test]
fn two_minutes_are_the_limit() {
    assert!(only(call(1), recording(10_120)).is_some());
    assert!(only(call(1), recording(10_121)).is_none());
    assert!(only(call(1), recording(9_880)).is_some());
    assert!(only(call(1), recording(9_879)).is_none());
}

#[test]
fn nine_digits_are_enough_and_another_number_contradicts() {
    assert!(tail("+79353104036").unwrap().same(tail("+353104036").unwrap()));
    assert!(!tail("+79353104036").unwrap().same(tail("+79353104037").unwrap()));
    assert!(!tail("112").unwrap().same(tail("12").unwrap()), "short numbers are whole");
    let other = Shown { number: tail("+79353104037"), ..recording(10_002) };
    assert!(only(call(1), other).is_none());
}

#[test]
fn the_other_direction_contradicts() {
    assert!(only(call(1), Shown { direction: Direction::Outgoing, ..recording(10_002) }).is_none());
    assert!(only(call(1), Shown { direction: Direction::Incoming, ..recording(10_002) }).is_some());
}

#[test]
fn ringing_may_be_on_the_recording_or_over_before_it() {
    let reasons = |start, length| {
        only(call(1), Shown { duration_s: Some(length), ..recording(start) })
            .unwrap()
            .because
            .contains(&MatchReason::Duration)
    };
    assert!(reasons(10_000, 60), "half a minute of ringing and half a minute of talk");
    assert!(reasons(10_025, 30), "the recording begins with the answer");
    assert!(!reasons(10_060, 60), "the ringing was over before it began");
    assert!(!reasons(10_000, 24));
}

#[test]
fn a_length_rounded_up_by_the_operator_agrees() {
    let rounded = Statement { duration_s: Some(60), unit_s: 60, ..call(1) };
    assert!(only(rounded, recording(10_000)).unwrap().because.contains(&MatchReason::Duration));
}

#[test]
fn without_a_number_start_and_length_must_not_contradict() {
    let unnamed = Shown { number: None, ..recording(10_002) };
    assert_eq!(only(call(1), unnamed).unwrap().because, [MatchReason::Start, MatchReason::Duration]);
    assert!(only(call(1), Shown { duration_s: Some(600), ..unnamed }).is_none());
    let missed = Statement { duration_s: Some(0), answered: Some(false), ..call(1) };
    assert!(only(missed, unnamed).is_none(), "nobody answered: there was nothing to record");
}

#[test]
fn a_recorder_that_stamps_the_end_is_understood() {
    let end = Taken { from: 10_000 + 300, to: 10_000 + 300, may_be_end: true };
    let long = Shown { taken: Some(end), duration_s: Some(300), ..recording(0) };
    let found = only(Statement { duration_s: Some(298), ..call(1) }, long).unwrap();
    assert_eq!(found.off_by_s, 0);
}

#[test]
fn a_minute_is_a_minute_long() {
    let minute = Shown { taken: Some(Taken { from: 9_960, to: 10_019, may_be_end: false }), ..recording(0) };
    assert_eq!(only(call(1), minute).unwrap().off_by_s, 0);
    let operator = Statement { precision: Precision::Minute, start: 9_960, ..call(1) };
    assert_eq!(only(operator, recording(10_010)).unwrap().off_by_s, 0);
}

#[test]
fn a_day_and_a_number_are_a_proposal_a_day_alone_is_none() {
    let day = Some(Taken { from: 0, to: 86_399, may_be_end: false });
    assert_eq!(only(call(1), Shown { taken: day, ..recording(0) }).unwrap().because[0], MatchReason::Number);
    assert!(only(call(1), Shown { taken: day, number: None, ..recording(0) }).is_none());
    assert!(only(call(1), Shown { taken: day, ..screenshot(0) }).is_none());
}

#[test]
fn a_screenshot_is_taken_during_a_call_or_just_after_it() {
    let long = Statement { duration_s: Some(1_200), ..call(1) };
    let during = only(long, screenshot(10_900)).unwrap();
    assert_eq!((during.because.as_slice(), during.off_by_s), ([MatchReason::Start].as_slice(), 900));
    assert!(only(call(1), screenshot(10_150)).is_some(), "two minutes after it ended");
    assert!(only(call(1), screenshot(10_151)).is_none());
    let missed = Statement { duration_s: Some(25), answered: Some(false), ..call(1) };
    assert!(only(missed, screenshot(10_120)).is_some());
    assert!(only(missed, screenshot(10_121)).is_none());
    assert!(only(call(1), screenshot(30_000)).is_none(), "a list of calls hours later is nobody's");
}

#[test]
fn before_a_call_is_less_likely_than_after_one() {
    let calls = [call(1), Statement { start: 10_080, ..call(2) }];
    let found = propose(&calls, &[screenshot(10_055)], &Refused::default());
    assert_eq!(found.iter().map(|p| p.call.0).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_call_of_two_records_is_proposed_once_as_its_better_record_fits() {
    let phone = Statement { start: 10_037, record: RecordId(9), ..call(1) };
    let found = propose(&[call(1), phone], &[recording(10_038)], &Refused::default());
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].off_by_s, found[0].record), (1, RecordId(9)), "the seconds are those from that record");
}

#[test]
fn a_call_that_the_person_refused_makes_room_for_the_next() {
    let calls: Vec<Statement> = (0..7).map(|n| Statement { start: 10_000 + n, ..call(n) }).collect();
    let refused: Refused = (0..3).map(|n| (ExhibitId(1), CallId(n))).chain([(ExhibitId(2), CallId(4))]).collect();
    let found = propose(&calls, &[recording(10_000)], &refused);
    let proposed: Vec<i64> = found.iter().map(|p| p.call.0).collect();
    assert_eq!(proposed, [3, 4, 5, 6], "what was said of another exhibit does not count");
}

#[test]
fn an_exhibit_without_a_time_and_a_document_get_nothing() {
    assert!(only(call(1), Shown { taken: None, ..recording(0) }).is_none());
    assert!(only(call(1), Shown { kind: ExhibitKind::Document, ..recording(10_000) }).is_none());
}

#[test]
fn the_order_of_the_input_does_not_matter_and_five_are_enough() {
    let calls: Vec<Statement> = (0..40).map(|n| Statement { start: 10_000 + n, ..call(n) }).collect();
    let mut turned = calls.clone();
    turned.reverse();
    let found = propose(&calls, &[recording(10_020)], &Refused::default());
    assert_eq!(found, propose(&turned, &[recording(10_020)], &Refused::default()));
    assert_eq!(found.len(), 5);
    assert_eq!(found[0].call, CallId(20), "the nearest first");
}

#[test]
fn times_at_the_ends_of_the_world_do_not_overflow() {
    for second in [i64::MIN, i64::MIN + 1, i64::MAX] {
        let statement = Statement { start: second, precision: Precision::Day, ..call(1) };
        let _ = only(statement, recording(second.clamp(i64::MIN / 4, i64::MAX / 4)));
    }
}
