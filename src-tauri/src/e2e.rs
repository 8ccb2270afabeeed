//! What the test driver does in a person's stead: answers of file dialogs, and files that are held over the window and
//! dropped. Built with the
//! feature `e2e` only; a release build has no such door.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tauri::AppHandle;
use ulika::{Code, Error, Result};

/// The answer to a file dialog, laid out in `ULIKA_E2E_DIALOG`; `None` where no folder is named.
pub(crate) fn answer() -> Result<Option<Vec<PathBuf>>> {
    let Some(folder) = std::env::var_os("ULIKA_E2E_DIALOG") else { return Ok(None) };
    next(Path::new(&folder)).map(|laid_out| Some(laid_out.unwrap_or_default()))
}

/// Drops on the first window what is laid out in `ULIKA_E2E_DROP`, as long as the program runs.
pub(crate) fn drops(app: AppHandle) {
    let Some(folder) = std::env::var_os("ULIKA_E2E_DROP").map(PathBuf::from) else { return };
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(50));
            match next(&folder) {
                // Nothing yet: a file is held over the window.
                Ok(Some(paths)) if paths.is_empty() => crate::window::over(&app, "main", 1),
                Ok(Some(paths)) => crate::window::dropped(&app, "main", &paths),
                _ => {}
            }
        }
    });
}

/// Takes the first of the files that lie there, in the order of their names: one path a line.
fn next(folder: &Path) -> Result<Option<Vec<PathBuf>>> {
    let unreadable = |cause: std::io::Error| Error::new(Code::FileUnreadable).because(cause);
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut waiting: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    waiting.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    waiting.sort();
    let Some(first) = waiting.first() else { return Ok(None) };
    let text = fs::read_to_string(first).map_err(unreadable)?;
    fs::remove_file(first).map_err(unreadable)?;
    Ok(Some(text.lines().map(PathBuf::from).collect()))
}
