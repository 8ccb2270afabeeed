//! A table that no recipe knows: look at it, try a mapping, save it.

use crate::dialogs;
use crate::failure::Answer;
use crate::jobs::{self, Report};
use serde::Serialize;
use tauri::ipc::Channel;
use tauri::{Manager, WebviewWindow};
use ulika::actions::{self, BrokenRecipe, RecipeShelf, Trial};
use ulika::import::{Field, Look, Mapping, OwnRecipe, RecipeInfo};

/// A heading of a layout, and what stands below it.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ColumnRead {
    /// The heading; the letter of the column where the table has none.
    pub heading: String,
    /// What it holds.
    pub field: Field,
}

/// A layout of the person's own.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OwnRecipeListed {
    /// The layout.
    pub info: RecipeInfo,
    /// What it reads.
    pub reads: Vec<ColumnRead>,
}

impl From<&OwnRecipe> for OwnRecipeListed {
    fn from(recipe: &OwnRecipe) -> Self {
        let reads = recipe.reads().into_iter().map(|(heading, field)| ColumnRead { heading, field }).collect();
        Self { info: recipe.info(), reads }
    }
}

/// The person's own layouts.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OwnRecipes {
    /// Those that hold.
    pub recipes: Vec<OwnRecipeListed>,
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
        Ok(OwnRecipes { recipes: own.iter().map(OwnRecipeListed::from).collect(), broken })
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

/// Gives a layout of the person's own another name.
#[tauri::command]
#[specta::specta]
pub async fn rename_recipe(name: String, to: String) -> Answer<RecipeInfo> {
    jobs::blocking(move || RecipeShelf::default().rename(&name, &to).map(|recipe| recipe.info())).await
}

/// Asks where a layout goes and saves it for somebody else; `false` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn give_out_recipe(app: WebviewWindow, name: String) -> Answer<bool> {
    let at = app.clone();
    jobs::on_desk(app, move |desk| {
        let Some(out) = dialogs::new_copy(at.app_handle(), &format!("{name}.toml"))? else { return Ok(false) };
        desk.read(|case| RecipeShelf::default().give_out(Some(case), &name, &out)).map(|()| true)
    })
    .await
}

/// Asks for files and takes the layouts in them in; nothing where the person changed their mind. The first that is none
/// ends it; those before it are there.
#[tauri::command]
#[specta::specta]
pub async fn take_in_recipe(app: WebviewWindow) -> Answer<Vec<RecipeInfo>> {
    jobs::blocking(move || {
        let shelf = RecipeShelf::default();
        let files = dialogs::files(app.app_handle())?;
        files.iter().map(|file| shelf.take_in(file).map(|recipe| recipe.info())).collect()
    })
    .await
}
