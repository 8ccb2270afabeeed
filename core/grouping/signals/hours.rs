//! Hours: calls come in the hours of working and of free days in which the others come.
//!
//! The weight: how usual the hours of these calls are for the others, over how usual they are for the person's ordinary
//! calls. Calls of one caller depend on one another, so half of the sum counts, and no more than [`MOST`].

use super::Signal;
use super::scene::{Scene, hour_of_week};
use crate::grouping::Input;
use crate::model::{CallId, ReasonSignal};

/// A caller keeps to its hours so often.
const KEEPS: f64 = 0.7;
/// Many keep the same hours.
const MOST: f64 = 2.0;

/// See the module.
pub struct Hours;

impl Signal for Hours {
    fn signal(&self) -> ReasonSignal {
        ReasonSignal::Hours
    }

    fn propose(&self, _: &Scene<'_>, _: &mut Vec<(u32, u32)>) {
        // Half of all callers keep the same hours: nothing is worth weighing for that alone.
    }

    fn weigh(&self, scene: &Scene<'_>, core: u32, other: u32) -> f64 {
        let Some(hours) = scene.hours.get(&core) else { return 0.0 };
        let weight = |hour: usize| {
            let ordinary = scene.ordinary.hour(hour);
            let own = hours.get(hour).copied().map_or(0.0, f64::from);
            ((KEEPS * own + (1.0 - KEEPS) * ordinary) / ordinary).ln()
        };
        let told: f64 = match (scene.hours.get(&other), scene.units.get(other as usize)) {
            (Some(hours), Some(unit)) => {
                let shares = hours.iter().enumerate().map(|(hour, share)| f64::from(*share) * weight(hour));
                shares.sum::<f64>() * f64::from(unit.calls())
            }
            _ => scene.calls(other).map(|call| weight(hour_of_week(call.start))).sum(),
        };
        (told / 2.0).clamp(0.0, MOST)
    }

    fn tell(&self, _: &Input<'_>, _: &[CallId]) -> (String, String) {
        (
            "те же часы и дни недели, что у других звонков группы".to_owned(),
            "the same hours and days of the week as other calls of the group".to_owned(),
        )
    }
}
