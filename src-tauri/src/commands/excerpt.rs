//! A masked excerpt of a file on its way in: looked at, then saved as a text.

use crate::dialogs;
use crate::failure::Answer;
use crate::jobs;
use tauri::{Manager, WebviewWindow};
use ulika::actions;

/// The excerpt of a file, to be read before it is saved.
#[tauri::command]
#[specta::specta]
pub async fn excerpt(app: WebviewWindow, token: u32) -> Answer<String> {
    jobs::on_desk(app, move |desk| actions::excerpt_of(&desk.paths(&[token])?.remove(0))).await
}

/// Asks where the excerpt goes and saves it; `false` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn save_excerpt(app: WebviewWindow, token: u32, name: String) -> Answer<bool> {
    let at = app.clone();
    jobs::on_desk(app, move |desk| {
        let path = desk.paths(&[token])?.remove(0);
        let Some(out) = dialogs::new_copy(at.app_handle(), &name)? else { return Ok(false) };
        desk.read(|case| actions::save_excerpt(Some(case), &path, &out)).map(|()| true)
    })
    .await
}
