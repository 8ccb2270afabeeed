//! Rotation: a number begins after another fell silent, or was blocked, and falls silent before the next begins.
//!
//! The weight: how often a caller who rotates hands over within four days, over how often that happens by chance with as
//! many numbers falling silent in the time in which they called.

use super::Signal;
use super::scene::Scene;
use super::unit::Unit;
use crate::grouping::Input;
use crate::model::{CallId, ReasonSignal};

/// A handover takes no longer.
pub const WITHIN_S: i64 = 4 * 86_400;
/// So often a caller who rotates hands over within that time.
const HANDS_OVER: f64 = 0.7;
/// A succession in time is no proof.
const MOST: f64 = 5.0;
/// So many of those that fell silent last are proposed.
const LAST: usize = 4;

/// See the module.
pub struct Rotation;

impl Signal for Rotation {
    fn signal(&self) -> ReasonSignal {
        ReasonSignal::Rotation
    }

    fn propose(&self, scene: &Scene<'_>, pairs: &mut Vec<(u32, u32)>) {
        // A number that called once neither begins nor ends.
        let live = |unit: &&(u32, &Unit)| !unit.1.apart && unit.1.calls() > 1;
        let units: Vec<(u32, &Unit)> = (0_u32..).zip(&scene.units).filter(|unit| live(&unit)).collect();
        let mut ends: Vec<(i64, u64, u32)> = Vec::new();
        for (id, unit) in &units {
            ends.extend(scene.ends_of(unit).iter().map(|end| (*end, unit.digits, *id)));
        }
        ends.sort_unstable();
        for (id, unit) in &units {
            for begin in scene.begins_of(unit) {
                let before = ends.partition_point(|(end, ..)| end < begin);
                let just = ends.get(..before).unwrap_or_default().iter().rev();
                let just = just.take_while(|(end, ..)| begin - end <= WITHIN_S).filter(|(.., other)| other != id);
                pairs.extend(just.take(LAST).map(|(.., other)| (*id, *other)));
            }
        }
    }

    fn weigh(&self, scene: &Scene<'_>, core: u32, other: u32) -> f64 {
        let (Some(core), Some(other)) = (scene.units.get(core as usize), scene.units.get(other as usize)) else {
            return 0.0;
        };
        if other.calls() < 2 {
            return 0.0;
        }
        let extent = if core.numbers() > 1 { (core.last - core.first + WITHIN_S) as f64 } else { scene.extent_s };
        let expected = f64::from(core.numbers()) * WITHIN_S as f64 / extent;
        let by_chance = (1.0 - (-expected).exp()).clamp(1e-4, 0.99);
        let ends = scene.ends_of(core);
        let before = ends.partition_point(|end| *end < other.first);
        let after_one = before > 0 && ends.get(before - 1).is_some_and(|end| other.first - end <= WITHIN_S);
        let begins = scene.begins_of(core);
        let next = begins.partition_point(|begin| *begin <= other.last);
        let before_one = begins.get(next).is_some_and(|begin| begin - other.last <= WITHIN_S);
        if !after_one && !before_one {
            return 0.0;
        }
        let weight = |hit: bool| {
            if hit { (HANDS_OVER / by_chance).ln() } else { ((1.0 - HANDS_OVER) / (1.0 - by_chance)).ln() }
        };
        // Of two single numbers only one can follow the other.
        let told = match core.numbers() {
            1 => weight(true),
            _ => weight(after_one) + weight(before_one),
        };
        told.clamp(0.0, MOST)
    }

    fn tell(&self, _: &Input<'_>, _: &[CallId]) -> (String, String) {
        (
            "один номер начинал звонить, когда замолкал другой".to_owned(),
            "one number began to call when another fell silent".to_owned(),
        )
    }
}
