//! A case made from the sample files, in a folder of its own.

use std::path::{Path, PathBuf};
use tempfile::TempDir;
use ulika::actions::{self, ImportAnswer, ImportOptions, LineGiven, NewCase};
use ulika::clock::Clock;
use ulika::model::Secret;
use ulika::progress::Silent;
use ulika::{Access, Case};

pub const CLOCK: Clock = Clock::Fixed(1_760_000_000);

/// A sample file.
pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/case").join(name)
}

/// An empty case.
pub fn new_case(folder: &TempDir, password: Option<&str>) -> (PathBuf, Case) {
    let path = folder.path().join("дело.ulika");
    let line = LineGiven { number: "+7 907 000-00-00".into(), ..LineGiven::default() };
    let new = NewCase { title: "Проба".into(), lines: vec![line], password: password.map(Secret::from) };
    let case = actions::new_case(&path, &new, CLOCK).unwrap();
    (path, case)
}

/// Imports sample files by name.
pub fn import(case: &mut Case, names: &[&str]) -> ImportAnswer {
    let files: Vec<PathBuf> = names.iter().map(|n| sample(n)).collect();
    actions::import(case, &files, &ImportOptions::default(), &[], &Silent).unwrap()
}

/// Opens for writing.
pub fn open(path: &Path, password: Option<&str>) -> ulika::Result<Case> {
    Case::open(path, password, Access::Write, CLOCK)
}

/// Opens for reading.
pub fn look(path: &Path, password: Option<&str>) -> ulika::Result<Case> {
    Case::open(path, password, Access::Read, CLOCK)
}

/// All calls as JSON: what two states are compared by.
pub fn calls(case: &Case) -> serde_json::Value {
    let page = actions::calls(case, &actions::CallFilter::default(), None, usize::MAX / 2).unwrap();
    serde_json::to_value(page).unwrap()
}

/// All groups as JSON.
pub fn groups(case: &Case) -> serde_json::Value {
    serde_json::to_value(actions::groups(case).unwrap()).unwrap()
}

/// Kinds of difference that a verification of the case finds.
pub fn differences(case: &Case) -> Vec<String> {
    actions::verify_case(case, &Silent).unwrap().differences.into_iter().map(|d| d.kind).collect()
}

/// Calls of a group.
pub fn members(case: &Case, group: ulika::model::GroupId) -> Vec<actions::CallView> {
    let filter = actions::CallFilter { group: Some(group), ..Default::default() };
    actions::calls(case, &filter, None, 10_000).unwrap().calls
}

/// A group as it is listed.
pub fn view(case: &Case, group: ulika::model::GroupId) -> actions::GroupView {
    actions::groups(case).unwrap().groups.into_iter().find(|g| g.id == group).unwrap()
}
