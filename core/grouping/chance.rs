//! How often the like of a reason is found among the person's ordinary calls: a permutation test for each reason.
//!
//! The calls (or numbers) of a reason and the ordinary ones are mixed, as many as the reason has are drawn, and it is
//! counted how often the draw is as remarkable as the reason itself. What is counted, by signal:
//!
//! - label: numbers of the draw that bear one name;
//! - block: numbers of the draw that lie within the width of the block;
//! - nearby: numbers of the draw that lie within five thousand of another number of the group;
//! - rotation: numbers of the draw that begin within four days after another of the group fell silent, or fall silent so
//!   before another begins;
//! - retry: calls of the draw within five minutes after an unanswered call from another number of the group;
//! - hours: calls of the draw in the hours that hold four of five of all calls of the group;
//! - length: answered calls of the draw that share one length, give or take a second.
//!
//! The figure is (1 + draws as remarkable) / (1 + draws), times the number of reasons of the case that can be tested
//! (Bonferroni), at most 1. A number's own label and the person's word are no question of chance. Draws come from a seed
//! and from what was seen, so that one case gives one figure for ever.

use super::Input;
use super::known::{FEWEST, Ordinary};
use super::labels;
use super::pools;
use super::signals::{self, hour_of_week};
use crate::error::Result;
use crate::model::{Call, CallId, Group, GroupId, GroupReason, ReasonSignal};
use crate::progress::Progress;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Draws of one test, unless so many were as remarkable before.
const DRAWS: u32 = 4_999;
/// After so many the figure will not be small any more.
const ENOUGH: u32 = 200;
/// Larger reasons are tested on a sample, and so many ordinary ones beside it.
const SAMPLE: usize = 120;
/// Likewise of ordinary ones.
const ORDINARY: usize = 2_000;
/// Fewer ordinary numbers say nothing.
const FEWEST_NUMBERS: usize = 20;
/// How near a number is near.
const NEAR: u64 = 5_000;

/// Figures of the reasons asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Chances {
    /// Of each reason of each group asked for, in their order; `None` where nothing can be said.
    pub figures: Vec<(GroupId, Vec<Option<f64>>)>,
    /// Reasons of the case that can be tested: by so many each figure was multiplied.
    pub tests: u32,
    /// Ordinary calls that there are to compare with.
    pub ordinary: u32,
}

/// Tests the reasons of one group, or of all.
///
/// # Errors
/// [`crate::error::Code::Cancelled`].
pub fn chances(input: &Input<'_>, groups: &[Group], of: Option<GroupId>, progress: &dyn Progress) -> Result<Chances> {
    let at = |id: &CallId| input.calls.binary_search_by_key(id, |call| call.id).ok();
    let known = groups.iter().filter(|group| group.known).flat_map(|group| &group.calls);
    let kept: Vec<u32> = known.filter_map(|id| u32::try_from(at(id)?).ok()).collect();
    let ordinary = Ordinary::of(input, &kept);
    let scene = Compared::of(input, &ordinary);
    let testable = |reason: &&GroupReason| scene.can(reason);
    let tests = groups.iter().flat_map(|group| &group.reasons).filter(testable).count();
    let asked: Vec<&Group> = groups.iter().filter(|group| of.is_none_or(|id| id == group.id)).collect();
    let all = asked.iter().map(|group| group.reasons.len() as u64).sum();
    let (mut figures, mut done) = (Vec::new(), 0);
    for group in asked {
        let group_calls = Seen::of(input, &group.calls);
        let mut of_group = Vec::new();
        for reason in &group.reasons {
            progress.report("chance", done, Some(all))?;
            done += 1;
            let figure = if scene.can(reason) { scene.test(&group_calls, reason) } else { None };
            of_group.push(figure.map(|figure| (figure * tests as f64).min(1.0)));
        }
        figures.push((group.id, of_group));
    }
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Chances { figures, tests: count(tests), ordinary: count(ordinary.calls.len()) })
}

/// One number from its first to its last call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    digits: u64,
    first: i64,
    last: i64,
}

/// What some calls show.
struct Seen {
    calls: Vec<Call>,
    spans: Vec<Span>,
}

impl Seen {
    fn of(input: &Input<'_>, ids: &[CallId]) -> Self {
        let at = |id: &CallId| input.calls.binary_search_by_key(id, |call| call.id).ok();
        Self::among(input, ids.iter().filter_map(|id| input.calls.get(at(id)?)).copied())
    }

    fn among(input: &Input<'_>, calls: impl Iterator<Item = Call>) -> Self {
        let mut calls: Vec<Call> = calls.filter(|call| call.incoming).collect();
        // By what was seen, not by ids, which follow the order of import.
        let text = |call: &Call| input.numbers.get(call.number as usize).map(|number| number.text.as_str());
        calls.sort_by(|a, b| (a.start, text(a), a.length_s).cmp(&(b.start, text(b), b.length_s)));
        let mut spans: BTreeMap<u32, Span> = BTreeMap::new();
        for call in &calls {
            let Some(digits) = input.numbers.get(call.number as usize).and_then(|number| number.digits()) else {
                continue;
            };
            let span = spans.entry(call.number).or_insert(Span { digits, first: call.start, last: call.start });
            span.last = call.start;
        }
        let mut spans: Vec<Span> = spans.into_values().collect();
        spans.sort_unstable();
        Self { calls, spans }
    }
}

/// What reasons are compared with.
struct Compared<'a> {
    input: &'a Input<'a>,
    ordinary: Seen,
    /// Ordinary numbers that bear a name, each with a number for the name.
    named: Vec<(u64, u32)>,
}

impl<'a> Compared<'a> {
    fn of(input: &'a Input<'a>, ordinary: &Ordinary) -> Self {
        let calls = ordinary.calls.iter().filter_map(|call| input.calls.get(*call as usize)).copied();
        let mut name_of: FxHashMap<u32, String> = FxHashMap::default();
        let mut folded: FxHashMap<u32, Option<String>> = FxHashMap::default();
        for (id, label) in input.observed {
            let Ok(at) = input.calls.binary_search_by_key(id, |call| call.id) else { continue };
            let Some(call) = input.calls.get(at) else { continue };
            let fold =
                || input.labels.get(*label as usize).and_then(|text| labels::fold(text)).map(|folded| folded.key);
            if let Some(key) = folded.entry(*label).or_insert_with(fold) {
                name_of.entry(call.number).or_insert_with(|| key.clone());
            }
        }
        let ordinary_calls = Seen::among(input, calls);
        let mut named: Vec<(u64, &str)> = Vec::new();
        let numbers: FxHashSet<u32> = ordinary_calls.calls.iter().map(|call| call.number).collect();
        for number in numbers {
            let digits = input.numbers.get(number as usize).and_then(|number| number.digits());
            named.extend(digits.zip(name_of.get(&number).map(String::as_str)));
        }
        named.sort_unstable();
        let mut places: BTreeMap<&str, u32> = BTreeMap::new();
        let mut place = |name| {
            let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
            *places.entry(name).or_insert(next)
        };
        let named = named.iter().map(|(digits, name)| (*digits, place(*name))).collect();
        Self { input, ordinary: ordinary_calls, named }
    }

    /// Whether there is enough to compare a reason of this signal with.
    fn can(&self, reason: &GroupReason) -> bool {
        let numbers = self.ordinary.spans.len() >= FEWEST_NUMBERS;
        let calls = self.ordinary.calls.len() >= FEWEST as usize;
        match reason.signal {
            ReasonSignal::SameNumber | ReasonSignal::Person => false,
            ReasonSignal::Label => {
                self.named.len() >= FEWEST_NUMBERS && Seen::of(self.input, &reason.calls).spans.len() > 1
            }
            ReasonSignal::Block | ReasonSignal::Nearby | ReasonSignal::Rotation => numbers,
            ReasonSignal::Retry | ReasonSignal::Hours | ReasonSignal::Length => calls,
        }
    }

    fn test(&self, group: &Seen, reason: &GroupReason) -> Option<f64> {
        let seen = Seen::of(self.input, &reason.calls);
        let own: FxHashSet<u64> = seen.spans.iter().map(|span| span.digits).collect();
        let others: Vec<Span> = group.spans.iter().filter(|span| !own.contains(&span.digits)).copied().collect();
        // A reason may speak for all numbers of a group: then each is held against the rest.
        let beside = if others.is_empty() { &group.spans } else { &others };
        let ordinary = &self.ordinary;
        match reason.signal {
            ReasonSignal::Label => {
                let one = u32::MAX;
                let own: Vec<u32> = seen.spans.iter().map(|_| one).collect();
                let of_ordinary: Vec<u32> = self.named.iter().map(|(_, name)| *name).collect();
                draw(own, of_ordinary, most_alike)
            }
            ReasonSignal::Block => {
                let digits = |spans: &[Span]| -> Vec<u64> { spans.iter().map(|span| span.digits).collect() };
                let own = digits(&seen.spans);
                let width = own.last()? - own.first()?;
                draw(own, digits(&ordinary.spans), |drawn| within(drawn, width))
            }
            ReasonSignal::Nearby => {
                let near = |span: &Span| {
                    let beside = beside.iter().filter(|other| other.digits != span.digits);
                    let mut near = beside.map(|other| other.digits.abs_diff(span.digits));
                    !pools::toll_free(span.digits) && near.any(|distance| distance <= NEAR)
                };
                draw_marked(&seen.spans, &ordinary.spans, near)
            }
            ReasonSignal::Rotation => {
                let close = |later: i64, earlier: i64| later > earlier && later - earlier <= signals::HANDOVER_S;
                let hands_over = |span: &Span| {
                    let mut beside = beside.iter().filter(|other| other.digits != span.digits);
                    beside.any(|other| close(span.first, other.last) || close(other.first, span.last))
                };
                draw_marked(&seen.spans, &ordinary.spans, hands_over)
            }
            ReasonSignal::Retry => {
                let missed: Vec<(i64, u32)> = group
                    .calls
                    .iter()
                    .filter(|call| call.length_s == 0)
                    .map(|call| (call.start, call.number))
                    .collect();
                let again = |call: &Call| {
                    let from = missed.partition_point(|(start, _)| *start < call.start - signals::RETRY_S);
                    let near = missed.get(from..).unwrap_or_default();
                    near.iter().take_while(|(start, _)| *start < call.start).any(|(_, other)| *other != call.number)
                };
                draw_marked(&seen.calls, &ordinary.calls, again)
            }
            ReasonSignal::Hours => {
                let busy = busy(&group.calls);
                draw_marked(&seen.calls, &ordinary.calls, |call| busy.contains(&hour_of_week(call.start)))
            }
            ReasonSignal::Length => {
                let lengths = |calls: &[Call]| -> Vec<u16> {
                    let lengths = calls.iter().map(|call| call.length_s);
                    lengths.filter(|length| *length > 0 && *length != Call::UNSTATED).collect()
                };
                draw(lengths(&seen.calls), lengths(&ordinary.calls), |drawn| signals::lengths_window(drawn).1)
            }
            ReasonSignal::SameNumber | ReasonSignal::Person => None,
        }
    }
}

/// The fewest hours that hold four of five calls.
fn busy(calls: &[Call]) -> FxHashSet<usize> {
    let mut counts = vec![(0_u32, 0_usize); signals::HOURS];
    for call in calls {
        if let Some(count) = counts.get_mut(hour_of_week(call.start)) {
            count.0 += 1;
        }
    }
    counts.iter_mut().enumerate().for_each(|(hour, count)| count.1 = hour);
    counts.sort_unstable_by_key(|(count, hour)| (std::cmp::Reverse(*count), *hour));
    let (mut held, most) = (0, calls.len() as u32 * 4 / 5);
    let busiest = counts.iter().take_while(|(count, _)| {
        let more = held < most;
        held += count;
        more
    });
    busiest.map(|(_, hour)| *hour).collect()
}

/// How many are the most frequent.
fn most_alike(drawn: &mut [u32]) -> u32 {
    drawn.sort_unstable();
    let most = drawn.chunk_by(|a, b| a == b).map(<[u32]>::len).max();
    most.and_then(|most| u32::try_from(most).ok()).unwrap_or(0)
}

/// The most numbers that lie within a width.
fn within(drawn: &mut [u64], width: u64) -> u32 {
    drawn.sort_unstable();
    let (mut from, mut most) = (0, 0);
    for (at, digits) in drawn.iter().enumerate() {
        while drawn.get(from).is_some_and(|first| digits - first > width) {
            from += 1;
        }
        most = most.max(at + 1 - from);
    }
    u32::try_from(most).unwrap_or(u32::MAX)
}

/// Draws where the like of each is either so or not.
fn draw_marked<T>(own: &[T], ordinary: &[T], is: impl Fn(&T) -> bool) -> Option<f64> {
    let marks = |of: &[T]| of.iter().map(|item| u8::from(is(item))).collect();
    draw(marks(own), marks(ordinary), |drawn: &mut [u8]| drawn.iter().map(|mark| u32::from(*mark)).sum())
}

/// Mixes a reason's and the ordinary ones, draws as many as the reason has, and tells the share of draws that are as
/// remarkable; `None` for a reason of which nothing is left.
fn draw<T: Copy>(own: Vec<T>, ordinary: Vec<T>, remarkable: impl Fn(&mut [T]) -> u32) -> Option<f64> {
    let mut chance = Chance(SEED);
    let mut own = sample(own, SAMPLE, &mut chance);
    let ordinary = sample(ordinary, ORDINARY, &mut chance);
    if own.is_empty() || ordinary.is_empty() {
        return None;
    }
    let count = own.len();
    let observed = remarkable(&mut own);
    let mut mixed = own;
    mixed.extend(ordinary);
    let mut drawn = Vec::with_capacity(count);
    let (mut as_remarkable, mut draws) = (0, 0);
    while draws < DRAWS && as_remarkable < ENOUGH {
        draws += 1;
        // The first of a shuffle that goes no further than they.
        for at in 0..count {
            let left = mixed.len() - at;
            mixed.swap(at, at + chance.below(left));
        }
        drawn.clear();
        drawn.extend_from_slice(mixed.get(..count).unwrap_or_default());
        as_remarkable += u32::from(remarkable(&mut drawn) >= observed);
    }
    Some(f64::from(1 + as_remarkable) / f64::from(1 + draws))
}

/// Some of many, each as likely.
fn sample<T>(mut items: Vec<T>, most: usize, chance: &mut Chance) -> Vec<T> {
    if items.len() > most {
        for at in 0..most {
            let left = items.len() - at;
            items.swap(at, at + chance.below(left));
        }
        items.truncate(most);
    }
    items
}

/// Every test begins with it.
const SEED: u64 = 0x756C_696B_6100_0001;

/// Chance from a seed: SplitMix64, which gives the same for ever.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        usize::try_from((u128::from(z) * bound as u128) >> 64).unwrap_or(0)
    }
}

#[cfg(test)]
#[path = "chance_tests.rs"]
mod tests;
