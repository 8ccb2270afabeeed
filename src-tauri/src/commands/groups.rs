//! Groups: list, merge, name; calls into a group and out of it.

use crate::commands::calls::Marks;
use crate::failure::Answer;
use crate::jobs::{self, Report};
use serde::Serialize;
use tauri::WebviewWindow;
use tauri::ipc::Channel;
use ulika::actions::{self, Edited, GroupChance, GroupView, Merged, NumberOfGroup, TakenOut};
use ulika::model::{
    Attribution, CallId, Conflict, ConflictKind, GroupId, GroupLabel, GroupReason, Pool, ReasonKind, StatedAttribution,
};

/// More numbers of a group than this are not listed beside its name.
const NUMBERS_LISTED: usize = 20;
/// More numbers of a group than this are not shown.
const NUMBERS_SHOWN: usize = 200;

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
    /// Other names that the person gave to groups which stand together in it now.
    pub also_named: Vec<String>,
    /// Number of calls.
    pub calls: u32,
    /// Its mark in lists and charts.
    pub mark: u32,
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
    /// What speaks against it.
    pub conflicts: Vec<ConflictListed>,
    /// Whether the person knows them.
    pub known: bool,
    /// What the person took out of it.
    pub taken_out: Vec<TakenOut>,
    /// What the person merged into it.
    pub merged: Vec<Merged>,
    /// To whom the person says that it belongs.
    pub attribution: Option<Attribution>,
    /// Whether nothing but a caller label speaks for that.
    pub by_label_alone: bool,
    /// What the person said otherwise of parts of it.
    pub also_attributed: Vec<Attribution>,
    /// Whether the person chose its mark.
    pub mark_chosen: bool,
}

/// A reason, without the calls that it speaks for.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ReasonListed {
    /// Kind.
    pub kind: ReasonKind,
    /// How many calls it speaks for.
    pub calls: u32,
    /// In words, Russian.
    pub text: String,
    /// The same in English.
    pub text_en: String,
}

/// What speaks against a group, without the calls that show it.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ConflictListed {
    /// Kind.
    pub kind: ConflictKind,
    /// How many calls show it.
    pub calls: u32,
    /// In words, Russian.
    pub text: String,
    /// The same in English.
    pub text_en: String,
}

impl From<Conflict> for ConflictListed {
    fn from(conflict: Conflict) -> Self {
        let calls = u32::try_from(conflict.calls.len()).unwrap_or(u32::MAX);
        Self { kind: conflict.kind, calls, text: conflict.text, text_en: conflict.text_en }
    }
}

impl From<GroupReason> for ReasonListed {
    fn from(reason: GroupReason) -> Self {
        let calls = u32::try_from(reason.calls.len()).unwrap_or(u32::MAX);
        Self { kind: reason.kind, calls, text: reason.text, text_en: reason.text_en }
    }
}

impl From<GroupView> for GroupListed {
    fn from(group: GroupView) -> Self {
        Self {
            id: group.id,
            name: group.name,
            named_by_person: group.named_by_person,
            also_named: group.also_named,
            calls: group.calls,
            mark: group.mark,
            first: group.first,
            last: group.last,
            numbers_in_all: u32::try_from(group.numbers.len()).unwrap_or(u32::MAX),
            numbers: group.numbers.into_iter().take(NUMBERS_LISTED).collect(),
            labels: group.labels,
            pools: group.pools,
            reasons: group.reasons.into_iter().map(ReasonListed::from).collect(),
            conflicts: group.conflicts.into_iter().map(ConflictListed::from).collect(),
            known: group.known,
            taken_out: group.taken_out,
            merged: group.merged,
            attribution: group.attribution,
            by_label_alone: group.by_label_alone,
            also_attributed: group.also_attributed,
            mark_chosen: group.mark_chosen,
        }
    }
}

/// All groups, largest first.
#[tauri::command]
#[specta::specta]
pub async fn groups(app: WebviewWindow) -> Answer<Vec<GroupListed>> {
    jobs::read(app, |case| Ok(actions::groups(case)?.groups.into_iter().map(GroupListed::from).collect())).await
}

/// How often the like of each reason of a group is found among the person's ordinary calls.
#[tauri::command]
#[specta::specta]
pub async fn group_chance(app: WebviewWindow, id: GroupId, progress: Channel<Report>) -> Answer<GroupChance> {
    jobs::long(app, progress, move |desk, progress| desk.read(|case| actions::chance_of_group(case, id, progress)))
        .await
}

/// Makes one group of several.
#[tauri::command]
#[specta::specta]
pub async fn merge_groups(app: WebviewWindow, ids: Vec<GroupId>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::merge_groups(case, &ids)).await
}

/// Parts again what was merged.
#[tauri::command]
#[specta::specta]
pub async fn part_groups(app: WebviewWindow, id: i32) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::part_groups(case, id.into())).await
}

/// Splits every call of the numbers of these calls from a group into one of their own.
#[tauri::command]
#[specta::specta]
pub async fn split_numbers(app: WebviewWindow, group: GroupId, calls: Vec<CallId>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::split_numbers(case, group, &calls)).await
}

/// Makes a group of the calls that are marked.
#[tauri::command]
#[specta::specta]
pub async fn gather_calls(app: WebviewWindow, marks: Marks) -> Answer<Edited> {
    jobs::on_desk(app, move |desk| {
        let calls = desk.marked(&marks)?;
        desk.with_case(|case| actions::gather_calls(case, &calls))
    })
    .await
}

/// Takes the calls that are marked out of a group, or each out of its own; with `numbers`, every call of their numbers.
#[tauri::command]
#[specta::specta]
pub async fn take_out(app: WebviewWindow, group: Option<GroupId>, marks: Marks, numbers: bool) -> Answer<Edited> {
    jobs::on_desk(app, move |desk| {
        let calls = desk.marked(&marks)?;
        desk.with_case(|case| actions::take_out(case, group, &calls, numbers))
    })
    .await
}

/// Takes every call of the number of a call out of a group.
#[tauri::command]
#[specta::specta]
pub async fn take_out_number(app: WebviewWindow, group: GroupId, call: CallId) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::take_out(case, Some(group), &[call], true)).await
}

/// Puts back what was taken out.
#[tauri::command]
#[specta::specta]
pub async fn put_back(app: WebviewWindow, id: i32) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::put_back(case, id.into())).await
}

/// Marks a group as people whom the person knows, or takes the mark away.
#[tauri::command]
#[specta::specta]
pub async fn mark_known(app: WebviewWindow, id: GroupId, known: bool) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::mark_known(case, id, known)).await
}

/// The numbers of a group, those that called most first; of very many the first.
#[tauri::command]
#[specta::specta]
pub async fn group_numbers(app: WebviewWindow, id: GroupId) -> Answer<Vec<NumberOfGroup>> {
    jobs::on_desk(app, move |desk| {
        let mut numbers = desk.with_columns(|case, columns| actions::numbers_of_group(case, columns, id))?;
        numbers.truncate(NUMBERS_SHOWN);
        Ok(numbers)
    })
    .await
}

/// Says to whom a group belongs, or takes that back.
#[tauri::command]
#[specta::specta]
pub async fn attribute_group(app: WebviewWindow, id: GroupId, claim: Option<StatedAttribution>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::attribute_group(case, id, claim.as_ref())).await
}

/// Gives a group a mark of its own, or lets the program choose again.
#[tauri::command]
#[specta::specta]
pub async fn mark_group(app: WebviewWindow, id: GroupId, mark: Option<u8>) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::mark_group(case, id, mark)).await
}

/// Names a group.
#[tauri::command]
#[specta::specta]
pub async fn name_group(app: WebviewWindow, id: GroupId, name: String) -> Answer<Edited> {
    jobs::with_case(app, move |case| actions::name_group(case, id, &name)).await
}
