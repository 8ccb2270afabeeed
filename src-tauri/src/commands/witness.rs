//! The sources beside each other, and the zone of one.

use crate::failure::Answer;
use crate::jobs;
use tauri::WebviewWindow;
use ulika::actions::{self, Edited, WitnessSources};
use ulika::model::SourceId;

/// How the clocks of the sources run, which zones would explain it, and what each source covers.
#[tauri::command]
#[specta::specta]
pub async fn witness_sources(app: WebviewWindow) -> Answer<WitnessSources> {
    jobs::read(app, actions::witness_sources).await
}

/// Sets the zone in which the times of a source are read; `None` takes the person's word back.
#[tauri::command]
#[specta::specta]
pub async fn set_source_zone(app: WebviewWindow, id: SourceId, zone: Option<String>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::set_source_zone(case, id, zone.as_deref())).await
}
