//! What the person chose for the window itself: language and theme. Kept in the program's own folder.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use tauri::{AppHandle, Manager, Theme};

const FILE: &str = "settings.json";

/// Language of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Russian.
    Ru,
    /// English.
    En,
}

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Colours {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct Settings {
    /// Language; `None` until chosen: as the system says.
    pub language: Option<Language>,
    /// Colours.
    pub colours: Colours,
    /// Size of the page in percent; 0 until chosen: as it is.
    pub zoom: u32,
}

/// The settings as saved.
#[must_use]
pub fn current(app: &AppHandle) -> Settings {
    load(app, FILE)
}

/// Saves the settings and applies them.
///
/// # Errors
/// When the program's folder cannot be written.
pub fn change(app: &AppHandle, settings: &Settings) -> io::Result<()> {
    save(app, FILE, settings)?;
    apply(app);
    Ok(())
}

/// Gives the window its colours. A window that refuses keeps the system's.
pub fn apply(app: &AppHandle) {
    let theme = match current(app).colours {
        Colours::System => None,
        Colours::Light => Some(Theme::Light),
        Colours::Dark => Some(Theme::Dark),
    };
    let zoom = match current(app).zoom {
        0 => 1.0,
        percent => f64::from(percent.clamp(50, 300)) / 100.0,
    };
    for window in app.webview_windows().values() {
        window.set_zoom(zoom).unwrap_or_default();
        window.set_theme(theme).unwrap_or_default();
    }
}

/// Reads one of the program's own files; what is absent or unreadable counts as empty.
pub(crate) fn load<T: DeserializeOwned + Default>(app: &AppHandle, file: &str) -> T {
    let text = app.path().app_config_dir().ok().and_then(|folder| fs::read(folder.join(file)).ok());
    text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
}

/// Writes one of the program's own files.
pub(crate) fn save<T: Serialize>(app: &AppHandle, file: &str, what: &T) -> io::Result<()> {
    let folder = app.path().app_config_dir().map_err(io::Error::other)?;
    fs::create_dir_all(&folder)?;
    let beside = folder.join(format!("{file}.new"));
    fs::write(&beside, serde_json::to_vec_pretty(what)?)?;
    fs::rename(beside, folder.join(file))
}
