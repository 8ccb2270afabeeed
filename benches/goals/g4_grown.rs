//! A case that grows: the tenth file over the first, and a file over one of a tenth of its rows.

use crate::measure::{cpu_s, tell};
use crate::{Bar, Goal, Result, inputs};
use std::path::{Path, PathBuf};

/// Files of a detail that is given out piece by piece.
const FILES: u64 = 10;
/// Ten to the power of 1.05: a growth that is a little more than even.
const EVEN: f64 = 11.2;

/// All rows in one file, over a tenth of them in one.
pub const ROWS: Goal = Goal {
    id: "G4-rows",
    work: "CSV into a committed case, over one of a tenth of its rows",
    prepare: |folder| inputs::csv(folder).and_then(|whole| tenth(&whole).map(|_| whole)),
    ours: inputs::import,
    floor: Some(|whole, folder| inputs::import(&tenth(whole)?, folder)),
    bar: Bar::Cpu(EVEN),
    peak_mib: None,
};

/// The last of ten files that follow one another.
pub const FILES_IN_TURN: Goal =
    goal("G4-tenth", "the tenth file into one case, over the first", |folder| parts(folder, 0));

/// The last of ten files of which each repeats half of the one before.
pub const AGAIN: Goal =
    goal("G4-again", "the same where each file repeats half of the one before", |folder| parts(folder, 2));

const fn goal(id: &'static str, work: &'static str, prepare: fn(&Path) -> Result<PathBuf>) -> Goal {
    Goal { id, work, prepare, ours: last, floor: Some(first), bar: Bar::Cpu(1.3), peak_mib: None }
}

fn tenth(whole: &Path) -> Result<PathBuf> {
    let rows = inputs::number("ULIKA_BENCH_ROWS", 1_000_000)?;
    inputs::csv_of(whole.parent().unwrap_or(whole), rows / FILES)
}

/// The rows of the CSV of the other goals in ten files; one row in `again` is in the file before too.
fn parts(folder: &Path, again: u64) -> Result<PathBuf> {
    let rows = inputs::number("ULIKA_BENCH_ROWS", 1_000_000)? / FILES;
    let repeated = rows.checked_div(again).unwrap_or(0);
    inputs::made(folder, &format!("{FILES}-of-{rows}-again-{repeated}"), |out| {
        inputs::csv_in_parts(rows, FILES, repeated, out)
    })
}

fn first(files: &Path, folder: &Path) -> Result<()> {
    timed(files, folder, 1)
}

fn last(files: &Path, folder: &Path) -> Result<()> {
    timed(files, folder, FILES)
}

/// Imports so many of the files, each by itself, and tells what the last of them took.
fn timed(files: &Path, folder: &Path, count: u64) -> Result<()> {
    let mut case = inputs::new_case(&folder.join("case.ulika"), None)?;
    for file in inputs::files(files)?.iter().take(usize::try_from(count)?) {
        let before = cpu_s();
        inputs::add(file, &mut case)?;
        tell(cpu_s() - before);
    }
    Ok(())
}
