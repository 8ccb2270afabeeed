//! Files on their way in, chosen in a dialog. Those that are dropped come as an event: see `window`.

use crate::failure::Answer;
use crate::intake::{Intake, gather};
use crate::pending::PendingFile;
use crate::{desks, dialogs, jobs};
use tauri::{Manager, WebviewWindow};

/// Asks for files; empty where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn choose_files(app: WebviewWindow) -> Answer<Vec<PendingFile>> {
    jobs::blocking(move || {
        let paths = dialogs::files(app.app_handle())?;
        let desk = desks::of(&app);
        Ok(paths.iter().map(|path| desk.pending().take(path)).collect())
    })
    .await
}

/// Asks for a folder and takes in every file in it; nothing where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn choose_folder(app: WebviewWindow) -> Answer<Intake> {
    jobs::blocking(move || {
        let gathered = gather(&dialogs::folder(app.app_handle())?.into_iter().collect::<Vec<_>>());
        Ok(desks::of(&app).pending().take_in(gathered))
    })
    .await
}
