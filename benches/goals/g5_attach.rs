//! Exhibits into the case.

use crate::{Bar, Goal, Result, floors, inputs};
use std::path::Path;
use ulika::actions::{self, AttachOptions};
use ulika::progress::Silent;

/// The goal.
pub const GOAL: Goal = Goal {
    id: "G5",
    work: "exhibits into the case",
    prepare: inputs::exhibits,
    ours: attach,
    floor: Some(floors::copied_and_digested),
    bar: Bar::Wall(1.6),
    peak_mib: Some(48),
};

fn attach(input: &Path, folder: &Path) -> Result<()> {
    attached(input, &folder.join("case.ulika"))
}

/// A new case that holds every file of the folder.
pub fn attached(input: &Path, case: &Path) -> Result<()> {
    let files = inputs::files(input)?;
    let mut case = inputs::new_case(case, None)?;
    let answer = actions::attach(&mut case, &files, &AttachOptions::default(), &Silent)?;
    if answer.exhibits.len() == files.len() { Ok(()) } else { Err("not every file became an exhibit".into()) }
}
