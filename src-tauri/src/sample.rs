//! The sample case: made by the same actions that a person uses, from the files that come with the program.

use crate::state::Desk;
use std::fs;
use std::path::{Path, PathBuf};
use tauri::path::BaseDirectory;
use tauri::{AppHandle, Manager};
use ulika::actions::{self, AttachOptions, ImportOptions, LineGiven, NewCase};
use ulika::clock::Clock;
use ulika::progress::Progress;
use ulika::{Case, Code, Error, Result};

const FOLDER: &str = "sample-data/case";
const SOURCES: [&str; 4] = ["mts.xml", "beeline.xlsx", "table.csv", "phone.xml"];
const TITLE: &str = "Пример: навязчивая реклама";

/// Puts the sample case on the desk; makes it first where it is not there yet. Answers where it lies.
///
/// # Errors
/// As the actions that make it; [`Code::Cancelled`].
pub fn open(app: &AppHandle, desk: &Desk, progress: &dyn Progress) -> Result<PathBuf> {
    let failed = |cause: tauri::Error| Error::new(Code::WriteFailed).with("file", TITLE).because(cause);
    let folder = app.path().app_data_dir().map_err(failed)?;
    fs::create_dir_all(&folder).map_err(|cause| failed(cause.into()))?;
    let path = folder.join("sample.ulika");
    if path.is_file() {
        desk.open(&path, None, Clock::System)?;
        return Ok(path);
    }
    let from = app.path().resolve(FOLDER, BaseDirectory::Resource).map_err(failed)?;
    // A sample that was cancelled or failed half-way must not be taken for the whole one later.
    let unfinished = folder.join("sample-unfinished.ulika");
    fs::remove_file(&unfinished).unwrap_or_default();
    drop(make(&unfinished, &from, progress)?);
    fs::rename(&unfinished, &path).map_err(|cause| failed(cause.into()))?;
    desk.open(&path, None, Clock::System)?;
    Ok(path)
}

fn make(path: &Path, from: &Path, progress: &dyn Progress) -> Result<Case> {
    let new = NewCase { title: TITLE.to_owned(), ..NewCase::default() };
    let mut case = actions::new_case(path, &new, Clock::System)?;
    let sources: Vec<PathBuf> = SOURCES.iter().map(|name| from.join(name)).collect();
    actions::import(&mut case, &sources, &ImportOptions::default(), &[], progress)?;
    let shots = pictures(&from.join("shots"));
    actions::attach(&mut case, &shots, &AttachOptions::default(), progress)?;
    Ok(case)
}

/// The pictures of a folder by name; none where there is no folder.
fn pictures(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == "png")).collect();
    found.sort();
    found
}

/// The complainant's line as typed; none where the field was left empty.
#[must_use]
pub fn line(number: &str) -> Vec<LineGiven> {
    let number = number.trim();
    if number.is_empty() {
        return Vec::new();
    }
    vec![LineGiven { number: number.to_owned(), ..LineGiven::default() }]
}
