//! The program itself: cancel what is under way, language and colours.

use crate::failure::Answer;
use crate::menu::{self, Told};
use crate::settings::{self, Settings};
use crate::{desks, jobs};
use tauri::{Manager, WebviewWindow};
use ulika::{Code, Error};

/// Asks the long work that tells its progress through this channel to end.
#[tauri::command]
#[specta::specta]
pub fn cancel(app: WebviewWindow, channel: u32) {
    desks::of(&app).cancel(channel);
}

/// Tells the menu of this window how its steps are called, what is open, and which screens there are.
#[tauri::command]
#[specta::specta]
pub async fn tell_menu(app: WebviewWindow, told: Told) -> Answer<()> {
    jobs::blocking(move || menu::show(&app, told).map_err(|cause| Error::new(Code::Internal).because(cause))).await
}

/// Language and colours as saved.
#[tauri::command]
#[specta::specta]
pub async fn settings(app: WebviewWindow) -> Answer<Settings> {
    jobs::blocking(move || Ok(settings::current(app.app_handle()))).await
}

/// Saves language and colours and applies them.
#[tauri::command]
#[specta::specta]
pub async fn change_settings(app: WebviewWindow, settings: Settings) -> Answer<()> {
    let failed = |cause| Error::new(Code::WriteFailed).with("file", "settings.json").because(cause);
    jobs::blocking(move || settings::change(app.app_handle(), &settings).map_err(failed)).await
}
