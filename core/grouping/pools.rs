//! Number pools: numbers of one block used together.
//!
//! Operators allot numbers to a client in blocks of a hundred or more, so neighbours are at most [`GAP`] apart. Two
//! neighbours may be chance; three that call within the same weeks are not, as long as the case holds few numbers of
//! that code: where it holds many, neighbours must stand closer, so that chance alone would seldom do it. And where
//! other numbers stand around them, as the landlines of a small town do, more of them must be neighbours. Numbers much
//! farther apart than those to either side are of two clients. Toll-free numbers are allotted singly.

use crate::model::{Call, NumberKind, PhoneNumber};

/// Numbers of one block differ by no more than this.
pub const GAP: u64 = 100;
/// Fewer distinct numbers are no pool.
pub const FEWEST: usize = 3;
/// The spans of use of numbers used together touch, or are no farther apart than this.
const IDLE_S: i64 = 31 * 86_400;
/// Numbers of one code: the last seven digits are free.
const CODE: u64 = 10_000_000;
/// The gap within which a neighbour by chance is rarer than one in so many.
const CHANCE: u64 = 100;
/// Numbers are allotted to operators by the ten thousand: who stands within so many is around.
const AROUND: u64 = 10_000;
/// Chance may do so many times what is to be expected of those around.
const TIMES: u64 = 6;
/// Two clients in turn have one block: a distance so many times of what is usual in it parts them …
const APART: u64 = 8;
/// … where it is wider than this.
const CLOSE: u64 = 25;

/// A number that called, and when.
#[derive(Clone, Copy, Debug)]
struct Used {
    digits: u64,
    number: u32,
    first: i64,
    last: i64,
}

/// Blocks of numbers used together, each ascending by digits; the blocks ascending by their first number.
pub fn find(calls: &[Call], numbers: &[PhoneNumber]) -> Vec<Vec<u32>> {
    let mut spans: Vec<(i64, i64)> = vec![(i64::MAX, i64::MIN); numbers.len()];
    for call in calls.iter().filter(|c| c.incoming) {
        if let Some(span) = spans.get_mut(call.number as usize) {
            *span = (span.0.min(call.start), span.1.max(call.start));
        }
    }
    let mut used: Vec<Used> = (0u32..)
        .zip(numbers)
        .zip(spans)
        .filter(|((_, number), span)| number.kind == NumberKind::E164 && span.0 <= span.1)
        .filter_map(|((at, number), (first, last))| Some(Used { digits: number.digits()?, number: at, first, last }))
        .filter(|used| !toll_free(used.digits))
        .collect();
    used.sort_unstable_by_key(|u| (u.digits, u.number));

    let mut found = Vec::new();
    for code in used.chunk_by(|a, b| a.digits / CODE == b.digits / CODE) {
        let gap = GAP.min(CODE / code.len() as u64 / CHANCE);
        for block in code.chunk_by(|a, b| b.digits - a.digits <= gap) {
            if block.len() >= FEWEST {
                split(block.to_vec(), code, gap, &mut found);
            }
        }
    }
    found.sort_unstable_by_key(|block| block.first().map(|u: &Used| u.digits));
    found.into_iter().map(|block| block.into_iter().map(|u| u.number).collect()).collect()
}

/// Splits a block where its numbers were not used in the same weeks, and then where the rest are no neighbours any
/// more, until nothing changes.
fn split(mut block: Vec<Used>, code: &[Used], gap: u64, found: &mut Vec<Vec<Used>>) {
    let mut waiting = Vec::new();
    loop {
        block.sort_unstable_by_key(|u| (u.first, u.digits));
        let mut latest = i64::MIN;
        let mut eras: Vec<Vec<Used>> = Vec::new();
        for used in block {
            match eras.last_mut() {
                Some(era) if used.first.saturating_sub(latest) <= IDLE_S => era.push(used),
                _ => eras.push(vec![used]),
            }
            latest = latest.max(used.last);
        }
        let whole = eras.len() == 1;
        for mut era in eras {
            era.sort_unstable_by_key(|u| (u.digits, u.number));
            let gap = gap.min(usual(&era).saturating_mul(APART).max(CLOSE));
            let parts: Vec<&[Used]> = era.chunk_by(|a, b| b.digits - a.digits <= gap).collect();
            let settled = whole && parts.len() == 1;
            for part in parts.into_iter().filter(|part| distinct(part) >= fewest(part, code, gap)) {
                if settled { found.push(part.to_vec()) } else { waiting.push(part.to_vec()) }
            }
        }
        match waiting.pop() {
            Some(next) => block = next,
            None => return,
        }
    }
}

/// The middle of the distances between neighbours.
fn usual(era: &[Used]) -> u64 {
    let mut gaps: Vec<u64> = era.windows(2).filter_map(|two| Some(two.last()?.digits - two.first()?.digits)).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or(GAP)
}

/// How many neighbours are a pool: three, and more where chance would have more of those around stand so close.
fn fewest(part: &[Used], code: &[Used], gap: u64) -> usize {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return FEWEST };
    let from = code.partition_point(|u| u.digits < first.digits.saturating_sub(AROUND / 2));
    let until = code.partition_point(|u| u.digits <= last.digits + AROUND / 2);
    let around = (until - from).saturating_sub(part.len()) as u64;
    FEWEST + usize::try_from(around * 2 * gap * TIMES / AROUND).unwrap_or(usize::MAX)
}

/// Whether a number is one that the caller does not pay for: those are allotted singly, and neighbours say nothing.
pub fn toll_free(digits: u64) -> bool {
    matches!(digits / CODE, 7_800 | 7_804)
}

fn distinct(block: &[Used]) -> usize {
    block.chunk_by(|a, b| a.digits == b.digits).count()
}
