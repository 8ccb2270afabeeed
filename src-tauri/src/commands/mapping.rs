//! A table that no recipe knows: look at it, try a mapping, save it.

use crate::failure::Answer;
use crate::jobs::{self, Report};
use serde::Serialize;
use tauri::WebviewWindow;
use tauri::ipc::Channel;
use ulika::actions::{self, BrokenRecipe, RecipeShelf, Trial};
use ulika::import::{Look, Mapping, RecipeInfo};

/// The person's own layouts.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OwnRecipes {
    /// Those that hold.
    pub recipes: Vec<RecipeInfo>,
    /// Files of the folder that do not.
    pub broken: Vec<BrokenRecipe>,
}

/// The first rows of a file, and how it would be read. `header` is the row that the person says is the header: 0 for
/// none, `null` where it is to be found.
#[tauri::command]
#[specta::specta]
pub async fn look_at_table(app: WebviewWindow, token: u32, header: Option<u32>) -> Answer<Look> {
    jobs::on_desk(app, move |desk| actions::look_at(&desk.paths(&[token])?.remove(0), header)).await
}

/// What a mapping makes of the rows of a whole file.
#[tauri::command]
#[specta::specta]
pub async fn try_mapping(app: WebviewWindow, token: u32, mapping: Mapping, progress: Channel<Report>) -> Answer<Trial> {
    jobs::long(app, progress, move |desk, progress| {
        let path = desk.paths(&[token])?.remove(0);
        desk.read(|case| actions::try_mapping(case, &path, &mapping, progress))
    })
    .await
}

/// The person's own layouts, and what lies among them that is none.
#[tauri::command]
#[specta::specta]
pub async fn own_recipes() -> Answer<OwnRecipes> {
    jobs::blocking(|| {
        let (own, broken) = RecipeShelf::default().read();
        Ok(OwnRecipes { recipes: own.iter().map(|recipe| recipe.info()).collect(), broken })
    })
    .await
}

/// Saves a mapping under a name; one of the same name is replaced.
#[tauri::command]
#[specta::specta]
pub async fn save_recipe(name: String, mapping: Mapping) -> Answer<RecipeInfo> {
    jobs::blocking(move || RecipeShelf::default().save(&name, &mapping).map(|recipe| recipe.info())).await
}

/// Forgets a layout of the person's own; cases that were read by it hold its text themselves.
#[tauri::command]
#[specta::specta]
pub async fn forget_recipe(name: String) -> Answer<()> {
    jobs::blocking(move || RecipeShelf::default().forget(&name)).await
}
