//! Files on their way in: chosen in a dialog or dropped.

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

/// Does what a drop of files does, with the paths that the test driver laid out. Does nothing in a release build.
#[tauri::command]
#[specta::specta]
pub async fn drop_files(app: AppHandle) -> Answer<()> {
    #[cfg(feature = "e2e")]
    if let Some(paths) = dialogs::queued::next()? {
        crate::window::dropped(&app, &paths);
    }
    #[cfg(not(feature = "e2e"))]
    drop(app);
    Ok(())
}
