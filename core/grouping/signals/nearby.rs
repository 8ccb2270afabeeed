//! Numbers near one another: a sparse block of a PBX, mobile numbers bought in runs.
//!
//! The weight: how often a further number of the caller lies among those it has, over how often a number of this person's
//! callers lies there. Nothing is said of toll-free numbers, which are allotted singly.

use super::Signal;
use super::scene::Scene;
use crate::grouping::{Input, pools};
use crate::model::{CallId, NONE, ReasonSignal};

/// Numbers of so many around are looked at, the narrowest first.
const AROUND: [u64; 3] = [100, 1_000, 10_000];
/// So often a caller who has numbers in a block takes the next one from it.
const STAYS: f64 = 0.8;
/// Neighbours alone are no proof, however near they are.
const MOST: f64 = 6.0;
/// Where so many numbers stand around, neighbours say nothing.
const CROWD: usize = 400;
/// So many of those that follow in order are proposed.
const NEXT: usize = 4;

/// See the module.
pub struct Nearby;

impl Signal for Nearby {
    fn signal(&self) -> ReasonSignal {
        ReasonSignal::Nearby
    }

    fn propose(&self, scene: &Scene<'_>, pairs: &mut Vec<(u32, u32)>) {
        for (at, (digits, unit)) in scene.digits.iter().enumerate().filter(|(_, (_, unit))| *unit != NONE) {
            if pools::toll_free(*digits) {
                continue;
            }
            let next = scene.digits.iter().skip(at + 1).take_while(|(other, _)| other - digits <= AROUND[2] / 2);
            let next = next.filter(|(_, other)| *other != NONE && other != unit).take(NEXT);
            pairs.extend(next.map(|(_, other)| (*unit, *other)));
        }
    }

    fn weigh(&self, scene: &Scene<'_>, core: u32, other: u32) -> f64 {
        let (Some(of_core), Some(of_other)) = (scene.units.get(core as usize), scene.units.get(other as usize)) else {
            return 0.0;
        };
        let digits = of_other.digits;
        // A block beside a block may be another client's: that speaks for single numbers only.
        if digits == 0 || pools::toll_free(digits) || of_other.numbers() as usize >= pools::FEWEST {
            return 0.0;
        }
        let all = scene.digits.len() as f64;
        let mut most = 0.0_f64;
        for size in AROUND {
            let from = scene.digits.partition_point(|(known, _)| *known + size / 2 < digits);
            let around = scene.digits.get(from..).unwrap_or_default();
            let around = around.iter().take_while(|(known, _)| *known <= digits + size / 2);
            let (mut own, mut others, mut seen) = (0_u32, 0_u32, 0);
            for (_, unit) in around.take(CROWD) {
                seen += 1;
                own += u32::from(*unit == core);
                others += u32::from(*unit != core && *unit != other);
            }
            if own == 0 || seen == CROWD {
                continue;
            }
            // Half a number is thought into ten thousand that hold none.
            let by_chance = (f64::from(others) + 0.5 * size as f64 / AROUND[2] as f64) / all;
            let share = f64::from(own) / f64::from(of_core.numbers());
            // Three sizes are tried, and the best is taken.
            most = most.max((STAYS * share / by_chance).ln() - (AROUND.len() as f64).ln());
        }
        most.min(MOST)
    }

    fn tell(&self, _: &Input<'_>, _: &[CallId]) -> (String, String) {
        ("номера рядом с другими номерами группы".to_owned(), "numbers close to others of the group".to_owned())
    }
}
