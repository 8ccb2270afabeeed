//! A large detail into a committed case.

use crate::{Bar, Goal, floors, inputs};

/// The goal.
pub const GOAL: Goal = Goal {
    id: "G1",
    work: "CSV into a committed case",
    prepare: inputs::csv,
    ours: inputs::import,
    floor: Some(floors::csv),
    bar: Bar::Cpu(1.1),
    peak_mib: Some(160),
};
