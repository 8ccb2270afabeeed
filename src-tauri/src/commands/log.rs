//! The custody chain and the release log.

use crate::failure::Answer;
use crate::jobs;
use tauri::WebviewWindow;
use ulika::actions::{self, LogAnswer};

/// Reads both chains.
#[tauri::command]
#[specta::specta]
pub async fn log(app: WebviewWindow) -> Answer<LogAnswer> {
    jobs::read(app, actions::log).await
}
