//! Files on their way in, chosen in a dialog. Those that are dropped come as an event: see `window`.

use crate::failure::Answer;
use crate::pending::PendingFile;
use crate::state::Desk;
use crate::{dialogs, jobs};
use tauri::{AppHandle, Manager};

/// Asks for files; empty where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn choose_files(app: AppHandle) -> Answer<Vec<PendingFile>> {
    jobs::blocking(move || {
        let paths = dialogs::files(&app)?;
        let desk = app.state::<Desk>();
        Ok(paths.iter().map(|path| desk.pending().take(path)).collect())
    })
    .await
}
