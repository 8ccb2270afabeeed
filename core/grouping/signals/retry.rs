//! Retries: a call that nobody answered is tried again at once from another number.
//!
//! The weight: how often a caller who retries does so, over how often a call falls into the minutes after an unanswered
//! one by chance, all calls being made in a quarter of all hours.

use super::Signal;
use super::scene::Scene;
use crate::grouping::Input;
use crate::model::{CallId, NONE, ReasonSignal};

/// A retry comes within so many seconds.
pub const WITHIN_S: i64 = 300;
/// So many calls of a caller who retries are retries.
const RETRIES: f64 = 0.15;
/// Calls crowd in the day.
const CROWDED: f64 = 4.0;
/// One coincidence may be chance.
const MOST: f64 = 5.0;
/// So many calls back are looked at.
const BACK: usize = 4;

/// See the module.
pub struct Retry;

/// Calls right after a call of another unit that nobody answered, counted by pair.
pub fn found(input: &Input<'_>, unit_of: &[u32]) -> Vec<(u32, u32, u32)> {
    let mut by_time: Vec<u32> = Vec::new();
    if !input.calls.is_sorted_by_key(|call| call.start) {
        by_time.extend((0_u32..).take(input.calls.len()));
        by_time.sort_unstable_by_key(|at| input.calls.get(*at as usize).map(|call| (call.start, call.id)));
    }
    let at = |place: usize| if by_time.is_empty() { Some(place) } else { by_time.get(place).map(|at| *at as usize) };
    let mut pairs = Vec::new();
    for place in 0..input.calls.len() {
        let Some(index) = at(place) else { continue };
        let (Some(call), Some(unit)) = (input.calls.get(index), unit_of.get(index)) else { continue };
        if !call.incoming || *unit == NONE {
            continue;
        }
        for back in 1..=BACK.min(place) {
            let Some(index) = at(place - back) else { break };
            let (Some(before), Some(other)) = (input.calls.get(index), unit_of.get(index)) else { break };
            if call.start - before.start > WITHIN_S {
                break;
            }
            if before.incoming && before.length_s == 0 && *other != NONE && other != unit {
                pairs.push((*other, *unit));
            }
        }
    }
    pairs.sort_unstable();
    pairs.chunk_by(|a, b| a == b).filter_map(|run| Some((run.first()?, run.len()))).map(counted).collect()
}

fn counted((pair, count): (&(u32, u32), usize)) -> (u32, u32, u32) {
    (pair.0, pair.1, u32::try_from(count).unwrap_or(u32::MAX))
}

impl Signal for Retry {
    fn signal(&self) -> ReasonSignal {
        ReasonSignal::Retry
    }

    fn propose(&self, scene: &Scene<'_>, pairs: &mut Vec<(u32, u32)>) {
        pairs.extend(scene.retries.iter().map(|(missed, again, _)| (*missed, *again)));
    }

    fn weigh(&self, scene: &Scene<'_>, core: u32, other: u32) -> f64 {
        let (Some(of_core), Some(of_other)) = (scene.units.get(core as usize), scene.units.get(other as usize)) else {
            return 0.0;
        };
        let times = |missed: u32, again: u32| {
            let at = scene.retries.binary_search_by_key(&(missed, again), |(missed, again, _)| (*missed, *again));
            at.ok().and_then(|at| scene.retries.get(at)).map_or(0, |(.., count)| *count)
        };
        let weight = |hits: u32, tries: u32, around: u32| {
            let by_chance = (f64::from(around) * WITHIN_S as f64 * CROWDED / scene.extent_s).clamp(1e-5, 0.9);
            let (hits, missed) = (f64::from(hits.min(tries)), f64::from(tries.saturating_sub(hits)));
            hits * (RETRIES / by_chance).ln() + missed * ((1.0 - RETRIES) / (1.0 - by_chance)).ln()
        };
        if times(core, other) + times(other, core) == 0 {
            return 0.0;
        }
        let after_core = weight(times(core, other), of_other.calls(), of_core.missed);
        let after_other = weight(times(other, core), of_other.missed, of_core.calls());
        (after_core + after_other).clamp(0.0, MOST)
    }

    fn tell(&self, _: &Input<'_>, _: &[CallId]) -> (String, String) {
        (
            "после звонка без ответа сразу звонили с другого номера группы".to_owned(),
            "after an unanswered call another number of the group called at once".to_owned(),
        )
    }
}
