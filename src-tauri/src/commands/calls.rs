//! Calls: find, page through, look at one.

use crate::failure::Answer;
use crate::jobs;
use serde::Serialize;
use tauri::WebviewWindow;
use ulika::actions::{self, CallDetail, CallFilter, CallList, CallView};
use ulika::model::CallId;

/// A list of calls that stands ready to be paged through.
#[derive(Clone, Copy, Debug, Serialize, specta::Type)]
pub struct CallsFound {
    /// Tells this list from earlier ones.
    pub list: u32,
    /// Calls in it.
    pub total: u32,
}

/// Finds the calls that the filter lets through; they become the list that is shown.
#[tauri::command]
#[specta::specta]
pub async fn find_calls(app: WebviewWindow, filter: CallFilter) -> Answer<CallsFound> {
    jobs::on_desk(app, move |desk| {
        let calls = desk.read(|case| CallList::find(case, &filter))?;
        Ok(desk.show(calls))
    })
    .await
}

/// `count` calls of a list from position `from` on; none where the list is no longer the one that is shown.
#[tauri::command]
#[specta::specta]
pub async fn calls_page(app: WebviewWindow, list: u32, from: u32, count: u32) -> Answer<Vec<CallView>> {
    jobs::on_desk(app, move |desk| desk.page(list, from, count)).await
}

/// Everything about one call.
#[tauri::command]
#[specta::specta]
pub async fn call_detail(app: WebviewWindow, id: CallId) -> Answer<CallDetail> {
    jobs::read(app, move |case| actions::call_detail(case, id)).await
}

/// Calls by identity, in the order asked for; what is no call any more is left out.
#[tauri::command]
#[specta::specta]
pub async fn calls_by_id(app: WebviewWindow, ids: Vec<CallId>) -> Answer<Vec<CallView>> {
    let asked = CallList { ids };
    jobs::read(app, move |case| asked.page(case, 0, asked.ids.len())).await
}

/// The first calls that the filter lets through; the list that is shown stays.
#[tauri::command]
#[specta::specta]
pub async fn search_calls(app: WebviewWindow, filter: CallFilter, count: u32) -> Answer<Vec<CallView>> {
    jobs::read(app, move |case| CallList::find(case, &filter)?.page(case, 0, count.min(200) as usize)).await
}
