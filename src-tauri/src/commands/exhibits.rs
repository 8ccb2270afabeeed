//! Exhibits: look at files, attach, list, link, state when one was captured, enter labels, save a copy.

use crate::dialogs;
use crate::failure::{Answer, Failure};
use crate::jobs::{self, Report};
use serde::Serialize;
use tauri::ipc::Channel;
use tauri::{Manager, WebviewWindow};
use ulika::actions::{self, AttachAnswer, AttachOptions, AttachPreview, Edited, ExhibitLink, ExhibitView};
use ulika::actions::{LabelObservation, SavedCopy};
use ulika::import::TextSeen;
use ulika::model::{CallId, ExhibitId};

/// A file as it would be attached, or why it cannot be.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct FileSeen {
    /// Stands for the file.
    pub token: u32,
    /// What it is; `None` where it cannot be read.
    pub preview: Option<AttachPreview>,
    /// Why it cannot be read.
    pub refused: Option<Failure>,
}

/// Looks at files as attaching would and writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_attach(app: WebviewWindow, tokens: Vec<u32>, progress: Channel<Report>) -> Answer<Vec<FileSeen>> {
    jobs::long(app, progress, move |desk, progress| {
        let files = desk.paths(&tokens)?;
        let looked = desk.read(|case| actions::preview_attach(case, &files, progress))?;
        Ok(tokens.iter().zip(looked).map(seen).collect())
    })
    .await
}

fn seen((token, looked): (&u32, ulika::Result<AttachPreview>)) -> FileSeen {
    let (preview, refused) = match looked {
        Ok(preview) => (Some(preview), None),
        Err(error) => (None, Some(error.into())),
    };
    FileSeen { token: *token, preview, refused }
}

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

/// The beginning of an exhibit that is text; `None` for what is none.
#[tauri::command]
#[specta::specta]
pub async fn exhibit_text(app: WebviewWindow, id: ExhibitId) -> Answer<Option<TextSeen>> {
    jobs::read(app, move |case| actions::text_of(case, id)).await
}

/// Links exhibits to calls: one proposal confirmed, or all of a list, in one edit.
#[tauri::command]
#[specta::specta]
pub async fn link_exhibits(app: WebviewWindow, links: Vec<ExhibitLink>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::link_exhibits(case, &links)).await
}

/// Takes an exhibit from a call.
#[tauri::command]
#[specta::specta]
pub async fn unlink_exhibit(app: WebviewWindow, link: ExhibitLink) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::unlink_exhibit(case, link)).await
}

/// Says that an exhibit does not belong to a call.
#[tauri::command]
#[specta::specta]
pub async fn refuse_proposal(app: WebviewWindow, link: ExhibitLink) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::refuse_proposal(case, link)).await
}

/// Takes such words back.
#[tauri::command]
#[specta::specta]
pub async fn put_back_proposals(app: WebviewWindow, links: Vec<ExhibitLink>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::put_back_proposals(case, &links)).await
}

/// States when an exhibit was captured; `None` takes the person's word back.
#[tauri::command]
#[specta::specta]
pub async fn state_capture(app: WebviewWindow, id: ExhibitId, at: Option<String>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::state_capture(case, id, at.as_deref())).await
}

/// Enters a label that the person reads off an exhibit for a call.
#[tauri::command]
#[specta::specta]
pub async fn observe_label(app: WebviewWindow, id: ExhibitId, call: CallId, text: String) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::observe_label(case, id, call, &text)).await
}

/// Takes such a label away.
#[tauri::command]
#[specta::specta]
pub async fn remove_label(app: WebviewWindow, id: ExhibitId, call: CallId, text: String) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::remove_label(case, id, call, &text)).await
}

/// All labels observed on a call, with where each was seen.
#[tauri::command]
#[specta::specta]
pub async fn labels_of_call(app: WebviewWindow, id: CallId) -> Answer<Vec<LabelObservation>> {
    jobs::read(app, move |case| actions::labels_of_call(case, id)).await
}

/// Asks where a copy of the original goes and saves it; `None` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn save_copy(
    app: WebviewWindow,
    id: ExhibitId,
    name: String,
    progress: Channel<Report>,
) -> Answer<Option<SavedCopy>> {
    let at = app.clone();
    jobs::long(app, progress, move |desk, progress| {
        let Some(out) = dialogs::new_copy(at.app_handle(), &name)? else { return Ok(None) };
        desk.with_case(|case| actions::save_copy(case, id, &out, progress)).map(Some)
    })
    .await
}
