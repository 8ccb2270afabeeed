//! Calls: find, page through, look at one.

use crate::failure::Answer;
use crate::jobs;
use serde::{Deserialize, Serialize};
use tauri::WebviewWindow;
use ulika::actions::{self, CallDetail, CallFilter, CallList, CallView, ChartsAsked};
use ulika::charts::Chart;
use ulika::model::CallId;

/// A list of calls that stands ready to be paged through.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct CallsFound {
    /// Tells this list from earlier ones.
    pub list: u32,
    /// Calls in it.
    pub total: u32,
    /// What is still marked, as places in it: the first of a range, and the one behind its last.
    pub ranges: Vec<(u32, u32)>,
    /// Where the call stands that was asked for.
    pub at: Option<u32>,
}

/// Places that are marked in a list, as ranges: a million calls are marked by one.
#[derive(Clone, Debug, Default, Deserialize, specta::Type)]
pub struct Marks {
    /// The list.
    pub list: u32,
    /// The first of each range, and the one behind its last.
    pub ranges: Vec<(u32, u32)>,
}

/// What of the list shown before is to be found again in the next one.
#[derive(Clone, Debug, Default, Deserialize, specta::Type)]
pub struct Kept {
    /// What is marked.
    pub marks: Marks,
    /// The call that is looked at.
    pub call: Option<CallId>,
}

/// Finds the calls that the filter lets through; they become the list that is shown.
#[tauri::command]
#[specta::specta]
pub async fn find_calls(app: WebviewWindow, filter: CallFilter, kept: Kept) -> Answer<CallsFound> {
    jobs::on_desk(app, move |desk| desk.find(&filter, &kept)).await
}

/// The calls that are marked, for what takes each by itself.
#[tauri::command]
#[specta::specta]
pub async fn marked_calls(app: WebviewWindow, marks: Marks) -> Answer<Vec<CallId>> {
    jobs::on_desk(app, move |desk| desk.marked(&marks)).await
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
    jobs::on_desk(app, move |desk| {
        desk.with_columns(|case, columns| {
            CallList::find_with(case, &filter, columns)?.page(case, 0, count.min(200) as usize)
        })
    })
    .await
}

/// Charts of the calls that the filter lets through: when they come, and of a group also from which numbers.
#[tauri::command]
#[specta::specta]
pub async fn charts(app: WebviewWindow, filter: CallFilter, asked: ChartsAsked) -> Answer<Vec<Chart>> {
    jobs::on_desk(app, move |desk| desk.with_columns(|case, columns| actions::charts(case, &filter, columns, asked)))
        .await
}
