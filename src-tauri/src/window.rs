//! Events of the window: files dropped on it, a second start of the program.

use crate::pending::PendingFile;
use crate::state::Desk;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, DragDropEvent, Manager, Window, WindowEvent};
use tauri_specta::Event;

const NAME: &str = "Улика";

/// Files were dropped on the window.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct FilesDropped {
    /// The files, without their paths.
    pub files: Vec<PendingFile>,
}

/// Files are being dragged over the window, or no longer.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct FilesOver {
    /// How many; 0 when they left.
    pub count: u32,
}

/// The program was started again with a case: [`crate::commands::cases::given_case`] hands it out.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct CaseGiven;

/// Turns the window's events into the page's.
pub fn on_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    let app = window.app_handle();
    match event {
        DragDropEvent::Enter { paths, .. } => over(app, paths.len()),
        DragDropEvent::Leave => over(app, 0),
        DragDropEvent::Drop { paths, .. } => dropped(app, paths),
        _ => {}
    }
}

fn over(app: &AppHandle, count: usize) {
    FilesOver { count: u32::try_from(count).unwrap_or(u32::MAX) }.emit(app).unwrap_or_default();
}

/// Keeps the dropped paths and tells the page their names.
pub fn dropped(app: &AppHandle, paths: &[PathBuf]) {
    over(app, 0);
    let desk = app.state::<Desk>();
    let files = paths.iter().map(|path| desk.pending().take(path)).collect();
    FilesDropped { files }.emit(app).unwrap_or_default();
}

/// Puts the title of the case, or the program's own name, on the window.
pub fn entitle(app: &AppHandle, title: Option<&str>) {
    let title = title.map_or_else(|| NAME.to_owned(), |title| format!("{title} — {NAME}"));
    for window in app.webview_windows().values() {
        window.set_title(&title).unwrap_or_default();
    }
}

/// The program was started a second time: its window comes forward and is offered the case.
pub fn second(app: &AppHandle, arguments: &[String], folder: &str) {
    if app.state::<Desk>().given(arguments.iter().skip(1).map(Into::into), Path::new(folder)) {
        CaseGiven.emit(app).unwrap_or_default();
    }
    for window in app.webview_windows().values() {
        window.unminimize().unwrap_or_default();
        window.set_focus().unwrap_or_default();
    }
}
