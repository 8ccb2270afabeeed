//! Groups: list, merge, split, name.

use crate::failure::Answer;
use crate::jobs;
use tauri::AppHandle;
use ulika::actions::{self, Edited, GroupsAnswer};
use ulika::model::{CallId, GroupId};

/// All groups, largest first.
#[tauri::command]
#[specta::specta]
pub async fn groups(app: AppHandle) -> Answer<GroupsAnswer> {
    jobs::read(app, actions::groups).await
}

/// Makes one group of several.
#[tauri::command]
#[specta::specta]
pub async fn merge_groups(app: AppHandle, ids: Vec<GroupId>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::merge_groups(case, &ids)).await
}

/// Splits calls from a group.
#[tauri::command]
#[specta::specta]
pub async fn split_group(app: AppHandle, id: GroupId, calls: Vec<CallId>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::split_group(case, id, &calls)).await
}

/// Names a group.
#[tauri::command]
#[specta::specta]
pub async fn name_group(app: AppHandle, id: GroupId, name: String) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::name_group(case, id, &name)).await
}
