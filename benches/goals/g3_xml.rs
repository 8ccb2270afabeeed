//! A phone's log of 100,000 calls into a committed case.

use crate::{Bar, Goal, floors, inputs};

/// The goal.
pub const GOAL: Goal = Goal {
    id: "G3",
    work: "XML of 100,000 calls into a committed case",
    prepare: inputs::xml,
    ours: inputs::import,
    floor: Some(floors::xml),
    bar: Bar::Cpu(2.0),
    peak_mib: None,
};
