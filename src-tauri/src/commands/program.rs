//! The program itself: cancel what is under way, language and colours.

use crate::failure::Answer;
use crate::jobs;
use crate::settings::{self, Settings};
use crate::state::Desk;
use tauri::{AppHandle, State};
use ulika::{Code, Error};

/// Asks the long work that tells its progress through this channel to end.
#[tauri::command]
#[specta::specta]
pub fn cancel(desk: State<'_, Desk>, channel: u32) {
    desk.cancel(channel);
}

/// Language and colours as saved.
#[tauri::command]
#[specta::specta]
pub async fn settings(app: AppHandle) -> Answer<Settings> {
    jobs::blocking(move || Ok(settings::current(&app))).await
}

/// Saves language and colours and applies them.
#[tauri::command]
#[specta::specta]
pub async fn change_settings(app: AppHandle, settings: Settings) -> Answer<()> {
    let failed = |cause| Error::new(Code::WriteFailed).with("file", "settings.json").because(cause);
    jobs::blocking(move || settings::change(&app, &settings).map_err(failed)).await
}
