//! To whom a million numbers were allotted, by a register larger than all that are published together.

use crate::measure::{cpu_s, tell_rows};
use crate::{Bar, Goal, Result, inputs};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use ulika::model::{DatedBasis, RegisterOrigin};
use ulika::numbering::{Register, RegisterFile, read};

/// Ranges of the register.
const RANGES: u32 = 400_000;
/// Numbers asked for.
const NUMBERS: usize = 1_000_000;
/// Codes of the register.
const CODES: [u64; 10] = [907, 935, 940, 943, 944, 946, 957, 973, 975, 998];

/// The look-up by itself.
pub const LOOK_UP: Goal = Goal {
    id: "ranges-look",
    work: "range holders of a million numbers",
    prepare: register,
    ours: look_up,
    floor: None,
    bar: Bar::NanosPerRow(100.0),
    peak_mib: None,
};
/// Reading the register: once for each file that the program meets.
pub const READ: Goal = Goal {
    id: "ranges-read",
    work: "a register of 400,000 ranges, read",
    prepare: register,
    ours: read_register,
    floor: None,
    bar: Bar::NanosPerRow(1_000.0),
    peak_mib: None,
};

fn register(folder: &Path) -> Result<PathBuf> {
    inputs::made(folder, &format!("register-{RANGES}.csv"), |out| {
        Ok(std::fs::write(out, ulika_samples::register::large(RANGES))?)
    })
}

fn file(bytes: &[u8]) -> Result<RegisterFile> {
    let dated = "2026-08-19".parse()?;
    let origin = RegisterOrigin { file: String::new(), sha256: String::new(), dated, dated_basis: DatedBasis::Stated };
    Ok(RegisterFile { origin, table: Arc::new(read(bytes)?) })
}

fn look_up(input: &Path, _: &Path) -> Result<()> {
    let register = Register::of(vec![file(&std::fs::read(input)?)?]);
    // Numbers in no order, a few of no range.
    let mut state = 7_u64;
    let numbers: Vec<u64> = (0..NUMBERS)
        .map(|at| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (7_000 + CODES[at % CODES.len()]) * 10_000_000 + (state >> 33) % 10_000_000
        })
        .collect();
    let before = cpu_s();
    let found = numbers.iter().filter(|number| black_box(register.range_of(black_box(**number))).is_some()).count();
    tell_rows(cpu_s() - before, NUMBERS);
    if found < NUMBERS / 2 { Err(format!("{found} found").into()) } else { Ok(()) }
}

fn read_register(input: &Path, _: &Path) -> Result<()> {
    let bytes = std::fs::read(input)?;
    let before = cpu_s();
    let register = Register::of(vec![black_box(file(&bytes)?)]);
    let ranges = register.files().iter().map(|file| file.table.ranges.len()).sum();
    tell_rows(cpu_s() - before, ranges);
    Ok(())
}
