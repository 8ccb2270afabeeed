//! What the person chose for the window itself: language and theme. Kept in the program's own folder.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::Path;
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
    give(app, settings);
    Ok(())
}

/// Gives the windows what was chosen before.
pub fn apply(app: &AppHandle) {
    give(app, &current(app));
}

/// A window that refuses keeps what the system gave it.
fn give(app: &AppHandle, settings: &Settings) {
    let theme = match settings.colours {
        Colours::System => None,
        Colours::Light => Some(Theme::Light),
        Colours::Dark => Some(Theme::Dark),
    };
    let zoom = match settings.zoom {
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
    write(&folder, file, what)
}

/// Each writer has a file of its own until it is whole: of two at once the later one stays.
fn write<T: Serialize>(folder: &Path, file: &str, what: &T) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer_pretty(&mut beside, what)?;
    beside.persist(folder.join(file))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Colours, Settings, write};
    use std::fs;

    /// Two windows that change a setting in the same moment must both be told that it is saved, and one of both is.
    #[test]
    fn writers_at_once_do_not_disturb_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let writer = |zoom: u32| {
            for _ in 0..200 {
                write(folder.path(), "settings.json", &Settings { zoom, colours: Colours::Dark, language: None })
                    .unwrap();
            }
        };
        std::thread::scope(|scope| {
            for zoom in [100, 200, 300] {
                scope.spawn(move || writer(zoom));
            }
        });
        let text = fs::read(folder.path().join("settings.json")).unwrap();
        let settings: Settings = serde_json::from_slice(&text).unwrap();
        assert!([100, 200, 300].contains(&settings.zoom));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
