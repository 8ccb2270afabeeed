//! Exhibits: attach, list, thumbnails.

use crate::failure::Answer;
use crate::jobs::{self, Report};
use crate::state::Desk;
use tauri::ipc::{Channel, Invoke, Response};
use tauri::{WebviewWindow, Wry};
use ulika::actions::{self, AttachAnswer, AttachOptions, ExhibitView};
use ulika::model::{CallId, ExhibitId};

/// Attaches files as exhibits and links them to calls.
#[tauri::command]
#[specta::specta]
pub async fn attach(
    app: WebviewWindow,
    tokens: Vec<u32>,
    calls: Vec<CallId>,
    progress: Channel<Report>,
) -> Answer<AttachAnswer> {
    let options = AttachOptions { calls, kind: None, label: None };
    jobs::long(app, progress, move |desk, progress| {
        let files = desk.paths(&tokens)?;
        desk.with_case(|case| actions::attach(case, &files, &options, progress))
    })
    .await
}

/// The exhibits, by number.
#[tauri::command]
#[specta::specta]
pub async fn exhibits(app: WebviewWindow) -> Answer<Vec<ExhibitView>> {
    jobs::read(app, actions::exhibits).await
}

/// A thumbnail as PNG bytes; none for what is no picture. Raw, so that it stands outside the typed bindings.
#[tauri::command]
pub async fn thumbnail(app: WebviewWindow, id: ExhibitId) -> Answer<Response> {
    let picture =
        jobs::on_desk(app, move |desk: &Desk| desk.write_or_read(|case| actions::thumbnail(case, id))).await?;
    Ok(Response::new(picture.unwrap_or_default()))
}

/// Whether a call goes to [`raw_handler`].
#[must_use]
pub fn is_raw(invoke: &Invoke) -> bool {
    invoke.message.command() == "thumbnail"
}

/// Handles the commands that answer raw bytes.
pub fn raw_handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![thumbnail]
}
