//! The custody chain and the release log.

use crate::failure::Answer;
use crate::jobs;
use tauri::AppHandle;
use ulika::actions::{self, LogAnswer};

/// Reads both chains.
#[tauri::command]
#[specta::specta]
pub async fn log(app: AppHandle) -> Answer<LogAnswer> {
    jobs::read(app, actions::log).await
}
