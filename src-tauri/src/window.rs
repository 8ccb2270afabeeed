//! Events of the windows: files dropped on one, a second start of the program, closing while work goes on.

use crate::desks::{self, Desks};
use crate::intake::{Intake, PassedOver, gather};
use crate::pending::PendingFile;
use crate::state::named;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, DragDropEvent, Manager, WebviewWindow, Window, WindowEvent};
use tauri_specta::Event;

const NAME: &str = "Улика";

/// Files were dropped on the window.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct FilesDropped {
    /// The files, without their paths.
    pub files: Vec<PendingFile>,
    /// What of a folder is passed over, and why.
    pub passed_over: Vec<PassedOver>,
}

/// Files are being dragged over the window, or no longer.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct FilesOver {
    /// How many; 0 when they left.
    pub count: u32,
}

/// A case is waiting for this window: [`crate::commands::cases::given_case`] hands it out.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct CaseGiven;

/// The person closes the window while work goes on: the page asks what to do.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct ClosingAsked;

/// Turns the window's events into the page's.
pub fn on_event(window: &Window, event: &WindowEvent) {
    let app = window.app_handle();
    match event {
        WindowEvent::DragDrop(DragDropEvent::Enter { paths, .. }) => over(app, window.label(), paths.len()),
        WindowEvent::DragDrop(DragDropEvent::Leave) => over(app, window.label(), 0),
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => dropped(app, window.label(), paths),
        WindowEvent::CloseRequested { api, .. } if app.state::<Desks>().of(window.label()).is_working() => {
            api.prevent_close();
            ClosingAsked.emit_to(app, window.label()).unwrap_or_default();
        }
        WindowEvent::Destroyed => app.state::<Desks>().remove(window.label()),
        _ => {}
    }
}

/// Tells the page how many files are held over the window.
pub(crate) fn over(app: &AppHandle, label: &str, count: usize) {
    FilesOver { count: u32::try_from(count).unwrap_or(u32::MAX) }.emit_to(app, label).unwrap_or_default();
}

/// Keeps the dropped paths and tells the page their names.
pub fn dropped(app: &AppHandle, label: &str, paths: &[PathBuf]) {
    over(app, label, 0);
    let (app, label, paths) = (app.clone(), label.to_owned(), paths.to_owned());
    // A folder may be large, and the window must not stand still.
    std::thread::spawn(move || {
        let gathered = gather(&paths);
        let Intake { files, passed_over } = app.state::<Desks>().of(&label).pending().take_in(gathered);
        FilesDropped { files, passed_over }.emit_to(&app, &label).unwrap_or_default();
    });
}

/// Puts the title of the case, or the program's own name, on the window.
pub fn entitle(window: &WebviewWindow, title: Option<&str>) {
    let title = title.map_or_else(|| NAME.to_owned(), |title| format!("{title} — {NAME}"));
    window.set_title(&title).unwrap_or_default();
}

/// The program was started a second time: the case that it names gets a window; without one, a window comes forward.
pub fn second(app: &AppHandle, arguments: &[String], folder: &str) {
    let path = named(arguments.iter().skip(1).map(Into::into), Path::new(folder));
    if path.is_some() {
        desks::window_for(app, path.as_deref()).unwrap_or_default();
        return;
    }
    for window in app.webview_windows().values().take(1) {
        window.unminimize().unwrap_or_default();
        window.set_focus().unwrap_or_default();
    }
}
