//! The bundle: what would leave, save, verify.

use crate::failure::Answer;
use crate::jobs::{self, Report};
use crate::state::Desk;
use crate::{desks, dialogs};
use serde::Deserialize;
use tauri::ipc::Channel;
use tauri::{Manager, WebviewWindow};
use ulika::Result;
use ulika::actions::{
    self, ExportAnswer, ExportOptions, ExportPreview, LeavingTexts, PlainAnswer, Readiness, VerifyAnswer,
};
use ulika::model::{Contents, GroupId};
use ulika_typeset::TypstTypesetter;

/// What the person wants in the bundle.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct ExportChoice {
    /// Groups; empty for the whole case.
    pub groups: Vec<GroupId>,
    /// Originals or extracts.
    pub contents: Contents,
}

impl From<ExportChoice> for ExportOptions {
    fn from(choice: ExportChoice) -> Self {
        Self { groups: choice.groups, contents: choice.contents }
    }
}

/// Says what would leave.
#[tauri::command]
#[specta::specta]
pub async fn preview_export(app: WebviewWindow, choice: ExportChoice) -> Answer<ExportPreview> {
    let options = choice.into();
    jobs::read(app, move |case| actions::preview_export(case, &options)).await
}

/// What the package of these groups, or of the whole case for none, has and what it lacks.
#[tauri::command]
#[specta::specta]
pub async fn readiness(app: WebviewWindow, groups: Vec<GroupId>) -> Answer<Vec<Readiness>> {
    jobs::read(app, move |case| actions::readiness(case, &groups)).await
}

/// The free texts that would leave.
#[tauri::command]
#[specta::specta]
pub async fn leaving_texts(app: WebviewWindow, choice: ExportChoice) -> Answer<LeavingTexts> {
    let options = choice.into();
    jobs::read(app, move |case| actions::leaving_texts(case, &options)).await
}

/// Asks for a folder and saves plain files in a new one inside it; `None` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn export_plain(
    app: WebviewWindow,
    choice: ExportChoice,
    progress: Channel<Report>,
) -> Answer<Option<PlainAnswer>> {
    let at = app.clone();
    jobs::long(app, progress, move |desk, progress| {
        let Some(into) = dialogs::folder(at.app_handle())? else { return Ok(None) };
        let save = |case: &mut _| actions::export_plain(case, &into, &choice.into(), &TypstTypesetter, progress);
        let answer = desk.with_case(save)?;
        desk.saved(answer.folder.clone().into());
        Ok(Some(answer))
    })
    .await
}

/// Shows what was saved last in the system's file manager; answers whether there is one that does.
#[tauri::command]
#[specta::specta]
pub async fn show_saved(app: WebviewWindow) -> Answer<bool> {
    jobs::blocking(move || {
        let saved = desks::of(&app).last_saved();
        Ok(saved.is_some_and(|path| tauri_plugin_opener::reveal_item_in_dir(path).is_ok()))
    })
    .await
}

/// Asks where the bundle goes and saves it; `None` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn export(
    app: WebviewWindow,
    choice: ExportChoice,
    name: String,
    progress: Channel<Report>,
) -> Answer<Option<ExportAnswer>> {
    let at = app.clone();
    jobs::long(app, progress, move |desk, progress| {
        let Some(out) = dialogs::new_bundle(at.app_handle(), &name)? else { return Ok(None) };
        let save = |case: &mut _| actions::export(case, &out, &choice.into(), &TypstTypesetter, progress);
        let answer = desk.with_case(save)?;
        desk.saved(out.clone());
        Ok(Some(answer))
    })
    .await
}

/// Asks for a bundle and verifies it; `None` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn verify_bundle(
    app: WebviewWindow,
    token: Option<u32>,
    progress: Channel<Report>,
) -> Answer<Option<VerifyAnswer>> {
    let at = app.clone();
    jobs::long(app, progress, move |desk, progress| {
        let chosen =
            token.map_or_else(|| dialogs::bundle(at.app_handle()), |token| desk.pending().path(token).map(Some))?;
        let Some(path) = chosen else { return Ok(None) };
        let answer = actions::verify_bundle(&path, progress)?;
        noted(desk, &answer).map(|()| Some(answer))
    })
    .await
}

/// Verifies the open case.
#[tauri::command]
#[specta::specta]
pub async fn verify_case(app: WebviewWindow, progress: Channel<Report>) -> Answer<VerifyAnswer> {
    jobs::long(app, progress, |desk, progress| {
        // With the case itself, not a reader: what is verified must not change meanwhile.
        let answer = desk.with_case(|case| actions::verify_case(case, progress))?;
        noted(desk, &answer).map(|()| answer)
    })
    .await
}

/// Notes in the release log of the open case that something was verified. A case that came from elsewhere, and was not
/// changed here, stays as it came.
fn noted(desk: &Desk, answer: &VerifyAnswer) -> Result<()> {
    if !desk.is_open() {
        return Ok(());
    }
    desk.with_case(|case| match case.writable() && !case.from_elsewhere() {
        true => actions::note_verified(case, answer),
        false => Ok(()),
    })
}
