//! The system's file dialogs. Their answers stay on this side; the page gets tokens.
//!
//! With the feature `e2e` the answers come from a folder instead: WebDriver cannot drive a native dialog. A release
//! build has no such door.

use std::path::PathBuf;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use ulika::Result;

/// Extension of a case file.
const CASE: &[&str] = &["ulika"];

/// Asks for files to bring in; empty where the person changed their mind.
///
/// # Errors
/// When the answer cannot be read.
pub fn files(app: &AppHandle) -> Result<Vec<PathBuf>> {
    #[cfg(feature = "e2e")]
    if let Some(answer) = crate::e2e::answer()? {
        return Ok(answer);
    }
    let chosen = dialog(app).blocking_pick_files().unwrap_or_default();
    Ok(chosen.into_iter().filter_map(path).collect())
}

/// Asks for a folder.
///
/// # Errors
/// When the answer cannot be read.
pub fn folder(app: &AppHandle) -> Result<Option<PathBuf>> {
    one(|| dialog(app).blocking_pick_folder())
}

/// Asks for a case file.
///
/// # Errors
/// When the answer cannot be read.
pub fn case(app: &AppHandle) -> Result<Option<PathBuf>> {
    one(|| dialog(app).add_filter("Ulika", CASE).blocking_pick_file())
}

/// Asks where a new case goes.
///
/// # Errors
/// When the answer cannot be read.
pub fn new_case(app: &AppHandle, name: &str) -> Result<Option<PathBuf>> {
    let chosen = one(|| dialog(app).add_filter("Ulika", CASE).set_file_name(name).blocking_save_file())?;
    Ok(chosen.map(|path| with_extension(path, "ulika")))
}

/// Asks for a bundle to verify.
///
/// # Errors
/// When the answer cannot be read.
pub fn bundle(app: &AppHandle) -> Result<Option<PathBuf>> {
    one(|| dialog(app).add_filter("ZIP", &["zip"]).blocking_pick_file())
}

/// Asks where a bundle goes.
///
/// # Errors
/// When the answer cannot be read.
pub fn new_bundle(app: &AppHandle, name: &str) -> Result<Option<PathBuf>> {
    let chosen = one(|| dialog(app).add_filter("ZIP", &["zip"]).set_file_name(name).blocking_save_file())?;
    Ok(chosen.map(|path| with_extension(path, "zip")))
}

/// Asks where a copy of an exhibit goes.
///
/// # Errors
/// When the answer cannot be read.
pub fn new_copy(app: &AppHandle, name: &str) -> Result<Option<PathBuf>> {
    one(|| dialog(app).set_file_name(name).blocking_save_file())
}

fn dialog(app: &AppHandle) -> FileDialogBuilder<tauri::Wry> {
    app.dialog().file()
}

fn path(chosen: FilePath) -> Option<PathBuf> {
    chosen.into_path().ok()
}

fn one(ask: impl FnOnce() -> Option<FilePath>) -> Result<Option<PathBuf>> {
    #[cfg(feature = "e2e")]
    if let Some(answer) = crate::e2e::answer()? {
        return Ok(answer.into_iter().next());
    }
    Ok(ask().and_then(path))
}

/// A title may hold dots («Дело № 1. Реклама»), so that the extension is put after it and never in place of a part.
fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension)) {
        return path;
    }
    let mut whole = path.into_os_string();
    whole.push(".");
    whole.push(extension);
    whole.into()
}
