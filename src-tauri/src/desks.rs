//! The desks: one a window. A case is open in one window at most; asked for again, that window comes forward.

use crate::state::Desk;
use crate::window::CaseGiven;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tauri::{AppHandle, Manager, WebviewWindow, WebviewWindowBuilder};
use tauri_specta::Event;
use ulika::{Code, Error, Result};

/// The desks by the label of their window.
#[derive(Default)]
pub struct Desks(Mutex<HashMap<String, Arc<Desk>>>);

impl Desks {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Arc<Desk>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The desk of a window; laid out on first sight.
    #[must_use]
    pub fn of(&self, label: &str) -> Arc<Desk> {
        Arc::clone(self.all().entry(label.to_owned()).or_default())
    }

    /// Clears a desk away: its case is closed when the last work with it ends.
    pub fn remove(&self, label: &str) {
        self.all().remove(label);
    }

    /// The window in which this case is open.
    #[must_use]
    pub fn holding(&self, path: &Path) -> Option<String> {
        self.all().iter().find(|(_, desk)| desk.holds(path)).map(|(label, _)| label.clone())
    }

    /// A window in which nothing is open.
    #[must_use]
    pub fn free(&self) -> Option<String> {
        self.all().iter().find(|(_, desk)| desk.is_free()).map(|(label, _)| label.clone())
    }
}

/// The desk of this window.
#[must_use]
pub fn of(window: &WebviewWindow) -> Arc<Desk> {
    window.state::<Desks>().of(window.label())
}

/// Brings the other window forward in which this case is open; answers whether there is one.
#[must_use]
pub fn bring_forward(window: &WebviewWindow, path: &Path) -> bool {
    let holding = window.state::<Desks>().holding(path).filter(|label| label != window.label());
    holding.is_some_and(|label| focus(window.app_handle(), &label))
}

fn focus(app: &AppHandle, label: &str) -> bool {
    let Some(window) = app.get_webview_window(label) else { return false };
    window.unminimize().unwrap_or_default();
    window.set_focus().unwrap_or_default();
    true
}

/// A window for this case: the one that has it open, one in which nothing is open, or a new one. A new one without a
/// case where none is named.
///
/// # Errors
/// [`Code::Internal`] where the system gives no window.
pub fn window_for(app: &AppHandle, path: Option<&Path>) -> Result<()> {
    let desks = app.state::<Desks>();
    if path.and_then(|path| desks.holding(path)).is_some_and(|label| focus(app, &label)) {
        return Ok(());
    }
    let Some(path) = path else { return new_window(app, &free_label(app)) };
    if let Some(label) = desks.free().filter(|label| focus(app, label)) {
        desks.of(&label).give(path.to_owned());
        CaseGiven.emit_to(app, label.as_str()).unwrap_or_default();
        return Ok(());
    }
    let label = free_label(app);
    desks.of(&label).give(path.to_owned());
    new_window(app, &label)
}

fn free_label(app: &AppHandle) -> String {
    (2_u32..).map(|n| format!("case-{n}")).find(|label| app.get_webview_window(label).is_none()).unwrap_or_default()
}

fn new_window(app: &AppHandle, label: &str) -> Result<()> {
    let failed = |cause: tauri::Error| Error::new(Code::Internal).because(cause);
    let config = app.config().app.windows.first().cloned().ok_or_else(|| Error::new(Code::Internal))?;
    let config = tauri::utils::config::WindowConfig { label: label.to_owned(), ..config };
    WebviewWindowBuilder::from_config(app, &config).and_then(|builder| builder.build()).map_err(failed)?;
    crate::settings::apply(app);
    Ok(())
}
