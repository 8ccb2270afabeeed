//! The native menu of each window, in the words that its page tells. It holds no accelerators: the toolkit would take
//! the keys from the page, and would not know them in a Russian layout; they are written beside the words instead.

use crate::{desks, recent};
use serde::{Deserialize, Serialize};
use tauri::menu::{Menu, MenuItemBuilder, SubmenuBuilder};
use tauri::{AppHandle, Manager, WebviewWindow};
use tauri_specta::Event;

/// Parts the label of the window from the command.
const PART: char = '/';
/// A line between items.
const LINE: &str = "-";
/// Stands for the recent cases.
const RECENT: &str = "recent";

/// One item, as the page tells it.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct Item {
    /// What it does, a word of the page; `-` for a line, `recent` for the recent cases.
    pub command: String,
    /// Words, with the key beside them.
    pub text: String,
    /// Whether it can be chosen now.
    pub enabled: bool,
}

/// One menu of the bar.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct Bar {
    /// Its name.
    pub text: String,
    /// Its items.
    pub items: Vec<Item>,
}

/// The whole bar.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct Told {
    /// The menus from the left.
    pub bars: Vec<Bar>,
}

/// An item of the menu was chosen: its command.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct MenuChosen {
    /// The command.
    pub command: String,
}

/// Shows this bar on a window.
///
/// # Errors
/// When the system gives no menu.
pub fn show(window: &WebviewWindow, told: Told) -> tauri::Result<()> {
    let app = window.app_handle();
    let id = |command: &str| format!("{}{PART}{command}", window.label());
    let menu = Menu::new(app)?;
    for bar in told.bars {
        let mut items = SubmenuBuilder::new(app, plain(&bar.text));
        for item in bar.items {
            items = match item.command.as_str() {
                LINE => items.separator(),
                RECENT => {
                    let mut cases = SubmenuBuilder::new(app, plain(&item.text));
                    for (place, (title, _)) in recent::titles(app).into_iter().enumerate() {
                        cases = cases.text(id(&format!("{RECENT}{PART}{place}")), plain(&title));
                    }
                    items.item(&cases.build()?)
                }
                command => {
                    let built = MenuItemBuilder::with_id(id(command), plain(&item.text)).enabled(item.enabled);
                    items.item(&built.build(app)?)
                }
            };
        }
        menu.append(&items.build()?)?;
    }
    window.set_menu(menu).map(|_| ())
}

/// A single `&` would mark a letter.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}

/// Carries out what was chosen, or tells the page of its window.
pub fn chosen(app: &AppHandle, id: &str) {
    let Some((label, command)) = id.split_once(PART) else { return };
    let place = command.strip_prefix(RECENT).and_then(|rest| rest.trim_start_matches(PART).parse::<usize>().ok());
    match place.and_then(|place| recent::titles(app).into_iter().nth(place)) {
        Some((_, path)) => desks::window_for(app, Some(&path)).unwrap_or_default(),
        None => MenuChosen { command: command.to_owned() }.emit_to(app, label).unwrap_or_default(),
    }
}
