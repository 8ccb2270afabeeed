//! Groups: list, merge, split, name.

use crate::failure::Answer;
use crate::jobs;
use serde::Serialize;
use tauri::WebviewWindow;
use ulika::actions::{self, Edited, GroupView};
use ulika::model::{CallId, GroupId, GroupLabel, GroupReason, Pool, ReasonKind};

/// More numbers of a group than this are not shown.
const NUMBERS_SHOWN: usize = 60;

/// A group as the page lists it: of long lists the beginning and the count, so that a case of a million calls opens
/// at once.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct GroupListed {
    /// Identity.
    pub id: GroupId,
    /// Name.
    pub name: String,
    /// Whether the person named it.
    pub named_by_person: bool,
    /// Number of calls.
    pub calls: u32,
    /// Start of the first call, RFC 3339.
    pub first: String,
    /// Start of the last call.
    pub last: String,
    /// The first of its numbers.
    pub numbers: Vec<String>,
    /// How many numbers there are.
    pub numbers_in_all: u32,
    /// Labels.
    pub labels: Vec<GroupLabel>,
    /// Pools.
    pub pools: Vec<Pool>,
    /// Reasons.
    pub reasons: Vec<ReasonListed>,
}

/// A reason, without the calls that it speaks for.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ReasonListed {
    /// Kind.
    pub kind: ReasonKind,
    /// In words, Russian.
    pub text: String,
    /// The same in English.
    pub text_en: String,
}

impl From<GroupReason> for ReasonListed {
    fn from(reason: GroupReason) -> Self {
        Self { kind: reason.kind, text: reason.text, text_en: reason.text_en }
    }
}

impl From<GroupView> for GroupListed {
    fn from(group: GroupView) -> Self {
        Self {
            id: group.id,
            name: group.name,
            named_by_person: group.named_by_person,
            calls: group.calls,
            first: group.first,
            last: group.last,
            numbers_in_all: u32::try_from(group.numbers.len()).unwrap_or(u32::MAX),
            numbers: group.numbers.into_iter().take(NUMBERS_SHOWN).collect(),
            labels: group.labels,
            pools: group.pools,
            reasons: group.reasons.into_iter().map(ReasonListed::from).collect(),
        }
    }
}

/// All groups, largest first.
#[tauri::command]
#[specta::specta]
pub async fn groups(app: WebviewWindow) -> Answer<Vec<GroupListed>> {
    jobs::read(app, |case| Ok(actions::groups(case)?.groups.into_iter().map(GroupListed::from).collect())).await
}

/// Makes one group of several.
#[tauri::command]
#[specta::specta]
pub async fn merge_groups(app: WebviewWindow, ids: Vec<GroupId>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::merge_groups(case, &ids)).await
}

/// Splits calls from a group.
#[tauri::command]
#[specta::specta]
pub async fn split_group(app: WebviewWindow, id: GroupId, calls: Vec<CallId>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::split_group(case, id, &calls)).await
}

/// Names a group.
#[tauri::command]
#[specta::specta]
pub async fn name_group(app: WebviewWindow, id: GroupId, name: String) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::name_group(case, id, &name)).await
}
