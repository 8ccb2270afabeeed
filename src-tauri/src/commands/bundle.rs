//! The bundle: what would leave, save, verify.

use crate::failure::Answer;
use crate::jobs::{self, Report};
use crate::{dialogs, typesetter};
use serde::Deserialize;
use tauri::AppHandle;
use tauri::ipc::Channel;
use ulika::actions::{self, ExportAnswer, ExportOptions, ExportPreview, VerifyAnswer};
use ulika::model::{Contents, GroupId};

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
pub async fn preview_export(app: AppHandle, choice: ExportChoice) -> Answer<ExportPreview> {
    jobs::with_case(app, move |case| actions::preview_export(case, &choice.into())).await
}

/// Asks where the bundle goes and saves it; `None` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn export(
    app: AppHandle,
    choice: ExportChoice,
    name: String,
    progress: Channel<Report>,
) -> Answer<Option<ExportAnswer>> {
    let at = app.clone();
    jobs::long(app, progress, move |desk, progress| {
        let Some(out) = dialogs::new_bundle(&at, &name)? else { return Ok(None) };
        let save = |case: &mut _| actions::export(case, &out, &choice.into(), &typesetter(), progress);
        desk.with_case(save).map(Some)
    })
    .await
}

/// Asks for a bundle and verifies it; `None` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn verify_bundle(
    app: AppHandle,
    token: Option<u32>,
    progress: Channel<Report>,
) -> Answer<Option<VerifyAnswer>> {
    let at = app.clone();
    jobs::long(app, progress, move |desk, progress| {
        let chosen = token.map_or_else(|| dialogs::bundle(&at), |token| desk.pending().path(token).map(Some))?;
        chosen.map(|path| actions::verify_bundle(&path, progress)).transpose()
    })
    .await
}

/// Verifies the open case.
#[tauri::command]
#[specta::specta]
pub async fn verify_case(app: AppHandle, progress: Channel<Report>) -> Answer<VerifyAnswer> {
    jobs::long(app, progress, |desk, progress| desk.with_case(|case| actions::verify_case(case, progress))).await
}
