//! What the person writes down: a call that has just come, a message.

use crate::failure::Answer;
use crate::jobs;
use tauri::WebviewWindow;
use ulika::actions::{self, CallNote, HandView, Noted};

/// Writes a call or a message down.
#[tauri::command]
#[specta::specta]
pub async fn note_call(app: WebviewWindow, note: CallNote) -> Answer<Noted> {
    jobs::with_case(app, move |case| actions::note_call(case, &note)).await
}

/// All that was written down, the latest entry first.
#[tauri::command]
#[specta::specta]
pub async fn hand_entries(app: WebviewWindow) -> Answer<Vec<HandView>> {
    jobs::read(app, actions::hand_entries).await
}
