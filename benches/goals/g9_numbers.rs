//! Numbers as a detail spells them, read.

use crate::measure::{cpu_s, tell_rows};
use crate::{Bar, Goal, Result, floors, inputs};
use std::hint::black_box;
use std::path::Path;
use ulika::import::read_number;

/// The goal.
pub const GOAL: Goal = Goal {
    id: "G9",
    work: "numbers of the CSV, read",
    prepare: inputs::csv,
    ours: numbers,
    floor: None,
    bar: Bar::NanosPerRow(60.0),
    peak_mib: None,
};

fn numbers(input: &Path, _: &Path) -> Result<()> {
    let mut spellings = Vec::new();
    floors::rows_of_csv(input, |row| {
        spellings.push(String::from_utf8_lossy(row.get(4).unwrap_or_default()).into_owned());
        Ok(())
    })?;
    // The rare foreign number loads the library that reads it; that is a cost of the start, not of a row.
    black_box(read_number("+442079460000", None));
    let before = cpu_s();
    for spelling in &spellings {
        black_box(read_number(black_box(spelling), None));
    }
    tell_rows(cpu_s() - before, spellings.len());
    Ok(())
}
