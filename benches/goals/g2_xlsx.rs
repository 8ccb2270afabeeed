//! A workbook of 100,000 rows into a committed case.

use crate::{Bar, Goal, floors, inputs};

/// The goal.
pub const GOAL: Goal = Goal {
    id: "G2",
    work: "XLSX of 100,000 rows into a committed case",
    prepare: inputs::xlsx,
    ours: inputs::import,
    floor: Some(floors::xlsx),
    bar: Bar::Cpu(1.3),
    peak_mib: Some(64),
};
