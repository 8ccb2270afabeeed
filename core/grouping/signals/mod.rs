//! Soft signals: what makes it likely, and never certain, that calls come from one caller.
//!
//! A signal is one file and one line in [`SIGNALS`]. It proposes pairs that are worth weighing, found among neighbours in
//! some order and never among all pairs, and weighs them: the logarithm of how much likelier what is seen is if one caller
//! were behind both than if the second were one of the person's ordinary callers. [`super::union`] adds the weights up.

mod hours;
mod length;
mod nearby;
mod retry;
mod rotation;
pub mod scene;
mod unit;

pub use length::window as lengths_window;
pub use retry::WITHIN_S as RETRY_S;
pub use rotation::WITHIN_S as HANDOVER_S;
pub use scene::{HOURS, Scene, hour_of_week};
pub use unit::{SEVERAL, Unit};

use super::Input;
use crate::model::{CallId, ReasonSignal};

/// A soft signal.
pub trait Signal: Sync {
    /// Which one it is.
    fn signal(&self) -> ReasonSignal;
    /// Adds pairs of units that are worth weighing.
    fn propose(&self, scene: &Scene<'_>, pairs: &mut Vec<(u32, u32)>);
    /// Weight that `other` belongs to `core`, the larger one: natural logarithm of a ratio of likelihoods.
    fn weigh(&self, scene: &Scene<'_>, core: u32, other: u32) -> f64;
    /// What these calls share, in Russian and English, without their count.
    fn tell(&self, input: &Input<'_>, calls: &[CallId]) -> (String, String);
}

/// All of them. At most eight: a join remembers them in a byte.
pub const SIGNALS: [&dyn Signal; 5] =
    [&nearby::Nearby, &rotation::Rotation, &retry::Retry, &hours::Hours, &length::Length];
