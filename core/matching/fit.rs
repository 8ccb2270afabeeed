//! Whether one exhibit fits one statement of a call, and how well.

use super::{Shown, Statement, Taken, WITHIN_S};
use crate::model::{Direction, ExhibitKind, MatchReason, Precision, Screen};

/// How an exhibit fits.
pub(super) struct Fit {
    pub(super) because: Vec<MatchReason>,
    pub(super) off_by_s: i32,
    pub(super) strength: i32,
}

/// A phone rings no longer.
const RING_S: i64 = 60;
/// What recorders cut off or add.
const LENGTH_S: i64 = 5;

/// Fits, or contradicts, or is too far.
pub(super) fn fit(statement: &Statement, shown: &Shown) -> Option<Fit> {
    let number = shown.number.zip(statement.number).map(|(a, b)| a.same(b));
    let either = [shown.direction, statement.direction].contains(&Direction::Unknown);
    if number == Some(false) || (!either && shown.direction != statement.direction) {
        return None;
    }
    let taken = shown.taken?;
    match shown.kind {
        ExhibitKind::Recording => recording(statement, shown, taken, number == Some(true)),
        ExhibitKind::Screenshot => screenshot(statement, shown, taken, number == Some(true)),
        ExhibitKind::Document => None,
    }
}

/// The seconds in which a call began: one, or all of the minute, the hour or the day that the source writes.
fn began(statement: &Statement) -> (i64, i64) {
    (statement.start, statement.start.saturating_add(statement.precision.slack_s()))
}

/// Signed distance from one stretch of time to another; 0 where they meet.
fn off(from: i64, to: i64, (first, last): (i64, i64)) -> i64 {
    if from > last {
        from.saturating_sub(last)
    } else if to < first {
        to.saturating_sub(first)
    } else {
        0
    }
}

fn clamped(seconds: i64) -> i32 {
    seconds.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
}

/// Whether the times are worth comparing: an hour or a day is not.
fn is_fine(taken: Taken, statement: &Statement) -> bool {
    taken.to.saturating_sub(taken.from) < 3_600 && !matches!(statement.precision, Precision::Hour | Precision::Day)
}

fn recording(statement: &Statement, shown: &Shown, taken: Taken, number: bool) -> Option<Fit> {
    let began = began(statement);
    let mut distance = off(taken.from, taken.to, began);
    if let Some(length) = shown.duration_s.map(i64::from).filter(|_| taken.may_be_end) {
        let from_end = off(taken.from.saturating_sub(length), taken.to.saturating_sub(length), began);
        if from_end.abs() < distance.abs() {
            distance = from_end;
        }
    }
    if distance.abs() > WITHIN_S {
        return None;
    }
    let length = lengths_agree(statement, shown, distance);
    // Two calls a minute apart are told apart by their length, and one that nobody answered was not recorded.
    if !number && (length == Some(false) || statement.answered == Some(false)) {
        return None;
    }
    if !number && !is_fine(taken, statement) {
        return None;
    }
    let mut because = Vec::with_capacity(3);
    if number {
        because.push(MatchReason::Number);
    }
    if is_fine(taken, statement) {
        because.push(MatchReason::Start);
    }
    if length == Some(true) {
        because.push(MatchReason::Duration);
    }
    let points =
        1_000 * i32::from(number) + 400 * i32::from(length == Some(true)) - 200 * i32::from(length == Some(false));
    Some(Fit { because, off_by_s: clamped(distance), strength: points + closeness(distance) })
}

/// Whether the lengths agree: the recording may hold the ringing too, or begin when it was over. `None` where one of
/// them is unknown, or says nothing.
fn lengths_agree(statement: &Statement, shown: &Shown, late: i64) -> Option<bool> {
    let recorded = i64::from(shown.duration_s?);
    let longest = i64::from(statement.duration_s?);
    if statement.answered != Some(true) && longest == 0 {
        return None;
    }
    let shortest = longest - i64::from(statement.unit_s.max(1)) + 1;
    let ringing = (RING_S - late.max(0)).max(0);
    Some((shortest - LENGTH_S..=longest + LENGTH_S + ringing).contains(&recorded))
}

fn screenshot(statement: &Statement, shown: &Shown, taken: Taken, number: bool) -> Option<Fit> {
    if !is_fine(taken, statement) && !number {
        return None;
    }
    let (first, last) = began(statement);
    let talked = if statement.answered == Some(false) { 0 } else { i64::from(statement.duration_s.unwrap_or(0)) };
    let distance = off(taken.from, taken.to, (first, last.saturating_add(talked)));
    if distance.abs() > WITHIN_S {
        return None;
    }
    let mut because = Vec::with_capacity(2);
    if number {
        because.push(MatchReason::Number);
    }
    if is_fine(taken, statement) {
        because.push(MatchReason::Start);
    }
    // A picture of a call is not taken before it: only a clock that is wrong says so.
    let before = if distance < 0 { 60 } else { 0 };
    let known = match shown.screen {
        // The screen of a call is there while it rings or lasts.
        Some(Screen::Call) if distance.abs() <= RING_S => 80,
        Some(Screen::Other) => -40,
        _ => 0,
    };
    let off_by_s = clamped(off(taken.from, taken.to, (first, last)));
    Some(Fit { because, off_by_s, strength: 1_000 * i32::from(number) + known - before + closeness(distance) })
}

/// More for what is nearer, from 0 to two hundred and forty.
fn closeness(distance: i64) -> i32 {
    clamped(2 * (WITHIN_S - distance.abs()).max(0))
}
