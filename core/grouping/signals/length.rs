//! Length: one recorded text lasts the same seconds, give or take one.
//!
//! The weight: how often answered calls have the length that most of the others have, over how often the person's ordinary
//! calls have it. Where one side has such a length and the other has not, that speaks against them.

use super::Signal;
use super::scene::Scene;
use super::unit::{Mark, Unit};
use crate::grouping::Input;
use crate::model::{Call, CallId, ReasonSignal};
use std::cmp::Reverse;

/// Shorter calls were hung up at once, and are alike for that.
pub const SHORTEST_S: u16 = 5;
/// A length that fewer calls share is none.
const FEWEST: u32 = 3;
/// Of answered calls so many share it at least.
const SHARED: f64 = 0.3;
/// Many calls of one length are no more proof than a few.
const MOST: f64 = 10.0;
/// So many of those that follow in order are proposed.
const NEXT: usize = 4;

/// See the module.
pub struct Length;

/// The length that most of these have, give or take a second, and how many have it: of equal ones the shorter. Sorts them.
pub fn window(lengths: &mut [u16]) -> (u16, u32) {
    lengths.sort_unstable();
    let (mut best, mut from, mut until) = ((0, 0), 0, 0);
    let mut last = 0;
    for at in 0..lengths.len() {
        let Some(middle) = lengths.get(at).copied().filter(|length| *length >= SHORTEST_S && *length != last) else {
            continue;
        };
        last = middle;
        while lengths.get(from).is_some_and(|length| *length + 1 < middle) {
            from += 1;
        }
        until = until.max(at);
        while lengths.get(until).is_some_and(|length| *length <= middle + 1) {
            until += 1;
        }
        if until - from > best.1 {
            best = (middle, until - from);
        }
    }
    (best.0, u32::try_from(best.1).unwrap_or(u32::MAX))
}

/// Whether a unit has a length of its own.
fn tells(unit: &Unit) -> bool {
    unit.hits >= FEWEST && f64::from(unit.hits) >= SHARED * f64::from(unit.talks)
}

/// How much likelier the lengths of `other` are beside those of a unit that tells one than beside ordinary calls.
fn likelier(scene: &Scene<'_>, telling: &Unit, other: &Unit) -> f64 {
    let lengths = scene.lengths_of(other);
    let shorter = lengths.partition_point(|length| *length < telling.mode.saturating_sub(1));
    let longer = lengths.len() - lengths.partition_point(|length| *length <= telling.mode.saturating_add(1));
    let hits = lengths.len() - shorter - longer;
    // Whoever hears a text may hang up before it ends; nothing of it is left afterwards.
    let share = |calls: u32| (f64::from(calls) + 0.5) / (f64::from(telling.talks) + 2.0);
    let (same, after) = (share(telling.hits), share(telling.longer));
    let (ordinary_same, ordinary_after) = (scene.ordinary.length(telling.mode), scene.ordinary.longer(telling.mode));
    // That short calls are many speaks for no text.
    let before = ((1.0 - same - after) / (1.0 - ordinary_same - ordinary_after)).min(1.0);
    let told = hits as f64 * (same / ordinary_same).ln()
        + shorter as f64 * before.ln()
        + longer as f64 * (after / ordinary_after).ln();
    told.clamp(-MOST, MOST)
}

impl Signal for Length {
    fn signal(&self) -> ReasonSignal {
        ReasonSignal::Length
    }

    fn propose(&self, scene: &Scene<'_>, pairs: &mut Vec<(u32, u32)>) {
        let live = (0_u32..).zip(&scene.units).filter(|(_, unit)| !unit.apart && unit.hits > 0);
        let mut telling: Vec<(u16, Mark, u32)> =
            live.clone().filter(|(_, unit)| tells(unit)).map(|(id, unit)| (unit.mode, unit.mark(), id)).collect();
        telling.sort_unstable();
        let next = |from: usize, mode: u16| {
            telling.get(from..).unwrap_or_default().iter().take_while(move |other| other.0 <= mode + 1)
        };
        // Those that tell a length, the largest first of each.
        let mut largest: Vec<(u16, Reverse<u32>, Mark, u32)> = Vec::new();
        for (mode, mark, id) in &telling {
            let numbers = scene.units.get(*id as usize).map_or(0, Unit::numbers);
            largest.push((*mode, Reverse(numbers), *mark, *id));
        }
        largest.sort_unstable();
        for (at, (mode, _, id)) in telling.iter().enumerate() {
            pairs.extend(next(at + 1, *mode).take(NEXT).map(|(.., other)| (*id, *other)));
        }
        for (id, unit) in live {
            for mode in unit.mode.saturating_sub(1)..=unit.mode.saturating_add(1) {
                let from = largest.partition_point(|(known, ..)| *known < mode);
                let same = largest.get(from..).unwrap_or_default().iter().take_while(|(known, ..)| *known == mode);
                pairs.extend(same.filter(|(.., other)| *other != id).take(NEXT).map(|(.., other)| (id, *other)));
            }
        }
    }

    fn weigh(&self, scene: &Scene<'_>, core: u32, other: u32) -> f64 {
        let unit = |id: u32| scene.units.get(id as usize);
        let (Some(core), Some(other)) = (unit(core), unit(other)) else { return 0.0 };
        match (tells(core), tells(other)) {
            // Two lengths are two texts.
            (true, true) if core.mode.abs_diff(other.mode) > 2 => -MOST,
            (true, _) => likelier(scene, core, other),
            // What has no length of its own is unlike what has one.
            (false, true) => likelier(scene, other, core).min(0.0),
            (false, false) => 0.0,
        }
    }

    fn tell(&self, input: &Input<'_>, calls: &[CallId]) -> (String, String) {
        let length = |id: &CallId| {
            let at = input.calls.binary_search_by_key(id, |call| call.id).ok()?;
            Some(input.calls.get(at)?.length_s).filter(|length| *length > 0 && *length != Call::UNSTATED)
        };
        let mut lengths: Vec<u16> = calls.iter().filter_map(length).collect();
        let (mode, hits) = window(&mut lengths);
        (
            format!("почти одна и та же длина, около {mode} с ({hits} из {} отвеченных)", lengths.len()),
            format!("nearly the same length, about {mode} s ({hits} of {} answered)", lengths.len()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn the_length_that_most_share_is_found_with_a_second_to_either_side() {
        assert_eq!(window(&mut []), (0, 0));
        assert_eq!(window(&mut [3, 3, 3, 40]), (40, 1), "what was hung up at once has no length");
        assert_eq!(window(&mut [31, 90, 30, 32, 31, 45]), (31, 4));
        assert_eq!(window(&mut [10, 12, 14, 12, 10]), (10, 2), "of equal ones the shorter");
        assert_eq!(window(&mut [10, 11, 12, 13, 13]), (12, 4));
    }
}
