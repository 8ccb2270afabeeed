//! A large detail into a committed case that has a password.

use crate::{Bar, Goal, floors, inputs};

/// The goal.
pub const GOAL: Goal = Goal {
    id: "G1-keyed",
    work: "CSV into a committed case with a password",
    prepare: inputs::csv,
    ours: inputs::import_keyed,
    floor: Some(floors::csv_keyed),
    bar: Bar::Cpu(1.3),
    peak_mib: Some(160),
};
