//! The sources beside each other, how many calls which of them state, and the zone of one.

use crate::failure::Answer;
use crate::jobs;
use tauri::WebviewWindow;
use ulika::actions::{self, Edited, SilenceCount, VerdictCount, WitnessSources, ZonePreview};
use ulika::model::{CallId, Silence, SourceId};

/// How the clocks of the sources run, which zones would explain it, and what each source covers.
#[tauri::command]
#[specta::specta]
pub async fn witness_sources(app: WebviewWindow) -> Answer<WitnessSources> {
    jobs::read(app, actions::witness_sources).await
}

/// How many calls which witnesses state.
#[tauri::command]
#[specta::specta]
pub async fn call_verdicts(app: WebviewWindow) -> Answer<Vec<VerdictCount>> {
    jobs::on_desk(app, |desk| desk.with_columns(actions::call_verdicts)).await
}

/// About how many calls which witness is silent, by reason.
#[tauri::command]
#[specta::specta]
pub async fn silence_counts(app: WebviewWindow) -> Answer<Vec<SilenceCount>> {
    jobs::on_desk(app, |desk| desk.with_columns(actions::silence_counts)).await
}

/// Who is silent about one call, and why.
#[tauri::command]
#[specta::specta]
pub async fn call_silence(app: WebviewWindow, id: CallId) -> Answer<Vec<Silence>> {
    jobs::on_desk(app, move |desk| desk.with_columns(|case, columns| actions::call_silence(case, id, columns))).await
}

/// What another zone of a source would change; `None` asks for the one that was known when it was imported.
#[tauri::command]
#[specta::specta]
pub async fn preview_source_zone(app: WebviewWindow, id: SourceId, zone: Option<String>) -> Answer<ZonePreview> {
    jobs::on_desk(app, move |desk| {
        desk.with_columns(|case, columns| actions::preview_source_zone(case, id, zone.as_deref(), columns))
    })
    .await
}

/// Sets the zone in which the times of a source are read; `None` takes the person's word back.
#[tauri::command]
#[specta::specta]
pub async fn set_source_zone(app: WebviewWindow, id: SourceId, zone: Option<String>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::set_source_zone(case, id, zone.as_deref())).await
}
