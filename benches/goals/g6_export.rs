//! A bundle of the whole case, verified. The report's PDF is a goal of its own and is left out here.

use super::g5_attach::attached;
use crate::{Bar, Goal, Result, floors, inputs};
use std::path::{Path, PathBuf};
use ulika::actions::{self, ExportOptions};
use ulika::clock::Clock;
use ulika::model::Contents;
use ulika::progress::Silent;
use ulika::typesetting::Typesetter;
use ulika::{Access, Case};

/// The goal.
pub const GOAL: Goal = Goal {
    id: "G6",
    work: "export, verified",
    prepare,
    ours: export,
    floor: Some(floors::written_and_read_back),
    bar: Bar::Cpu(1.3),
    peak_mib: Some(48),
};

/// A folder that holds the exhibits and the case made of them.
fn prepare(folder: &Path) -> Result<PathBuf> {
    let exhibits = inputs::exhibits(folder)?;
    let name = exhibits.file_name().unwrap_or_default().to_string_lossy();
    inputs::made(folder, &format!("case-of-{name}"), |out| {
        std::fs::create_dir_all(out)?;
        attached(&exhibits, &out.join("case.ulika"))?;
        Ok(std::fs::write(out.join("exhibits"), exhibits.to_string_lossy().as_bytes())?)
    })
}

fn export(input: &Path, folder: &Path) -> Result<()> {
    let clock = Clock::Fixed(1_760_000_000);
    let mut case = Case::open(&input.join("case.ulika"), None, Access::Write, clock)?;
    let options = ExportOptions { groups: Vec::new(), contents: Contents::Originals };
    let answer = actions::export(&mut case, &folder.join("out.zip"), &options, &Blank, &Silent)?;
    if answer.bytes > 0 { Ok(()) } else { Err("the bundle is empty".into()) }
}

/// Sets nothing.
struct Blank;

impl Typesetter for Blank {
    fn pdf(&self, _: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(b"%PDF-1.7\n%%EOF\n".to_vec())
    }
}
