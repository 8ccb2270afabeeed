//! The list of recent cases: paths and titles in the program's own folder, never in a case.

use crate::desks;
use crate::pending::{PendingFile, file_name};
use crate::settings;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tauri::{AppHandle, Manager, WebviewWindow};

const FILE: &str = "recent.json";
const KEPT: usize = 12;

/// The list is read, changed and written in one go: two windows may open a case in the same moment.
static ALONE: Mutex<()> = Mutex::new(());

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    path: PathBuf,
    title: String,
}

/// A case that was open before.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RecentCase {
    /// The case file.
    pub file: PendingFile,
    /// Title when it was last open.
    pub title: String,
    /// Folder, for the eyes of the person.
    pub folder: String,
    /// Whether the file is no longer there.
    pub missing: bool,
}

/// The recent cases, latest first.
#[must_use]
pub fn list(app: &WebviewWindow) -> Vec<RecentCase> {
    let desk = desks::of(app);
    let entries: Vec<Entry> = settings::load(app.app_handle(), FILE);
    let mut pending = desk.pending();
    let shown = entries.into_iter().map(|entry| RecentCase {
        file: pending.take(&entry.path),
        title: entry.title,
        folder: entry.path.parent().map(|p| p.display().to_string()).unwrap_or_default(),
        missing: !entry.path.is_file(),
    });
    shown.collect()
}

/// Titles and paths of the recent cases that are there, latest first.
pub(crate) fn titles(app: &AppHandle) -> Vec<(String, PathBuf)> {
    let entries: Vec<Entry> = settings::load(app, FILE);
    entries.into_iter().filter(|entry| entry.path.is_file()).map(|entry| (entry.title, entry.path)).collect()
}

/// Puts a case at the head of the list. A list that cannot be saved is no reason to stop the work on a case.
pub fn note(app: &AppHandle, path: &Path, title: &str) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut entries: Vec<Entry> = settings::load(app, FILE);
    entries.retain(|entry| entry.path != path);
    let title = if title.is_empty() { file_name(path) } else { title.to_owned() };
    entries.insert(0, Entry { path: path.to_owned(), title });
    entries.truncate(KEPT);
    settings::save(app, FILE, &entries).unwrap_or_default();
}

/// Empties the list.
///
/// # Errors
/// When the list cannot be written.
pub fn clear(app: &AppHandle) -> std::io::Result<()> {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    settings::save(app, FILE, &Vec::<Entry>::new())
}
