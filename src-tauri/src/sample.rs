//! The sample case: made by the same actions that a person uses, from the files that come with the program.

use crate::intake::gather;
use crate::state::Desk;
use std::fs;
use std::path::{Path, PathBuf};
use tauri::path::BaseDirectory;
use tauri::{AppHandle, Manager};
use ulika::actions::{self, AttachOptions, CallFilter, ImportOptions, LineGiven, NewCase};
use ulika::clock::Clock;
use ulika::model::{CallId, ExhibitKind};
use ulika::progress::Progress;
use ulika::{Case, Code, Error, Result};

const FOLDER: &str = "sample-data/case";
const SOURCES: [&str; 4] = ["mts.xml", "beeline.xlsx", "table.csv", "phone.xml"];
const TITLE: &str = "Пример: навязчивая реклама";
const LINE: &str = "+79071204518";
const UNKNOWN: &str = "Неизвестный номер";
const ZONE: &str = "Europe/Moscow";

fn failed(cause: tauri::Error) -> Error {
    Error::new(Code::WriteFailed).with("file", TITLE).because(cause)
}

/// Where the sample case lies, or will lie.
///
/// # Errors
/// [`Code::WriteFailed`] where the program's folder cannot be made.
pub fn place(app: &AppHandle) -> Result<PathBuf> {
    let folder = app.path().app_data_dir().map_err(failed)?;
    fs::create_dir_all(&folder).map_err(|cause| failed(cause.into()))?;
    Ok(folder.join("sample.ulika"))
}

/// Puts the sample case on the desk; makes it first where it is not there yet.
///
/// # Errors
/// As the actions that make it; [`Code::Cancelled`].
pub fn open(app: &AppHandle, path: &Path, desk: &Desk, progress: &dyn Progress) -> Result<()> {
    if path.is_file() {
        return desk.open(path, None, Clock::System);
    }
    let from = app.path().resolve(FOLDER, BaseDirectory::Resource).map_err(failed)?;
    if !SOURCES.iter().all(|name| from.join(name).is_file()) {
        let reason = "рядом с программой нет файлов примера: она установлена не целиком";
        let reason_en = "the files of the sample are not beside the program: it is not installed as a whole";
        return Err(Error::new(Code::RequestUnfit).with("reason", reason).with("reason_en", reason_en));
    }
    // A sample that was cancelled or failed half-way must not be taken for the whole one later.
    let unfinished = path.with_file_name("sample-unfinished.ulika");
    fs::remove_file(&unfinished).unwrap_or_default();
    if let Err(error) = make(&unfinished, &from, progress) {
        fs::remove_file(&unfinished).unwrap_or_default();
        return Err(error);
    }
    fs::rename(&unfinished, path).map_err(|cause| failed(cause.into()))?;
    desk.open(path, None, Clock::System)
}

fn make(path: &Path, from: &Path, progress: &dyn Progress) -> Result<Case> {
    let lines = vec![LineGiven { number: LINE.to_owned(), operator: String::new(), zone: Some(ZONE.to_owned()) }];
    let new = NewCase { title: TITLE.to_owned(), lines, password: None };
    let mut case = actions::new_case(path, &new, Clock::System)?;
    let sources: Vec<PathBuf> = SOURCES.iter().map(|name| from.join(name)).collect();
    actions::import(&mut case, &sources, &ImportOptions::default(), &[], progress)?;
    let shots = from.join("shots");
    let told = fs::read_to_string(shots.join("shots.tsv")).unwrap_or_default();
    for shot in told.lines().skip(1) {
        let mut cells = shot.split('\t');
        if let (Some(file), Some(label), Some(number)) = (cells.next(), cells.next(), cells.next()) {
            let calls = shown_on(&case, file, number)?;
            // «Неизвестный номер» is the phone speaking of itself, not a caller label.
            let label = Some(label.to_owned()).filter(|label| label != UNKNOWN && !calls.is_empty());
            let options = AttachOptions { calls, kind: Some(ExhibitKind::Screenshot), label };
            actions::attach(&mut case, &[shots.join(file)], &options, progress)?;
        }
    }
    // These stay unlinked: the tray shows which calls the program proposes for them, and why.
    let waiting = gather(&[from.join("exhibits")]).files;
    let waiting: Vec<PathBuf> =
        waiting.into_iter().filter(|path| path.extension().is_none_or(|e| e != "tsv")).collect();
    actions::attach(&mut case, &waiting, &AttachOptions::default(), progress)?;
    Ok(case)
}

/// The call that a screenshot shows: of that number, in the minute of the file's name
/// (`Screenshot_20250401-173316.png`). None where the name tells no time.
fn shown_on(case: &Case, file: &str, number: &str) -> Result<Vec<CallId>> {
    let digits: String = file.chars().filter(char::is_ascii_digit).collect();
    let (Some(day), Some(minute)) = (digits.get(..8), digits.get(8..12)) else { return Ok(Vec::new()) };
    let date = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
    let at = format!("{date}T{}:{}", &minute[..2], &minute[2..]);
    let filter = CallFilter {
        from: Some(date.clone()),
        to: Some(date),
        number: Some(number.to_owned()),
        ..CallFilter::default()
    };
    let of_that_day = actions::calls(case, &filter, None, 100)?.calls;
    Ok(of_that_day.iter().filter(|call| call.started_at.starts_with(&at)).map(|call| call.id).collect())
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
