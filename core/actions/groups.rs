//! Groups: list, merge, split, name.

use super::chance::ChanceBasis;
use super::holders::Holders;
use super::labels::shows_nothing;
use super::registers::Registers;
use super::{Edited, regroup, unfit};
use crate::case::{Case, Edit};
use crate::charts::marks_of;
use crate::derive;
use crate::error::{Code, Error, Result};
use crate::model::{
    Attribution, CallId, Conflict, CustodyKind, Group, GroupId, GroupLabel, GroupReason, Override, Pool, RecordId,
    rfc3339,
};
use crate::store::{Connection, lists, word};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A group as listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GroupView {
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
    /// Its mark in lists and charts: how it looks is no fact, so that the terminal does not tell it.
    #[serde(skip)]
    pub mark: u32,
    /// Start of the first call, RFC 3339.
    pub first: String,
    /// Start of the last call.
    pub last: String,
    /// Numbers.
    pub numbers: Vec<String>,
    /// Labels.
    pub labels: Vec<GroupLabel>,
    /// Pools.
    pub pools: Vec<Pool>,
    /// Reasons.
    pub reasons: Vec<GroupReason>,
    /// What speaks against it.
    pub conflicts: Vec<Conflict>,
    /// Whether the person knows them: «свои».
    pub known: bool,
    /// What the person took out of it: «не они».
    pub taken_out: Vec<TakenOut>,
    /// What the person merged into it.
    pub merged: Vec<Merged>,
    /// Respondent attributed by the person.
    pub respondent: Option<String>,
    /// The attribution as a whole.
    pub attribution: Option<Attribution>,
    /// Whether nothing but a caller label speaks for it.
    pub by_label_alone: bool,
    /// What the person said otherwise of groups which stand together in it now.
    pub also_attributed: Vec<Attribution>,
    /// Whether the person chose its mark.
    #[serde(skip)]
    pub mark_chosen: bool,
}

/// Calls that the person took out of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TakenOut {
    /// Identity, by which they are put back.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub id: i64,
    /// How many calls.
    pub calls: u32,
    /// Their numbers, where whole numbers were taken out.
    pub numbers: Vec<String>,
}

/// Groups that the person merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Merged {
    /// Identity, by which they are parted again.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub id: i64,
    /// What they were called then; none where it is not known.
    pub names: Vec<String>,
    /// A number of each.
    pub numbers: Vec<String>,
}

/// All groups, largest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GroupsAnswer {
    /// Groups.
    pub groups: Vec<GroupView>,
    /// The registers by which pools are told, and those that are missing.
    pub registers: Registers,
    /// What the figures of chance rest on, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chance: Option<ChanceBasis>,
}

/// Lists the groups.
///
/// # Errors
/// When the case file cannot be read.
pub fn groups(case: &Case) -> Result<GroupsAnswer> {
    let connection = case.connection();
    let holders = Holders::of(connection)?;
    let told = |group| view(connection, group, &holders);
    let mut groups = lists::groups(connection)?.into_iter().map(told).collect::<Result<Vec<_>>>()?;
    regroup::tell_corrections(connection, &mut groups)?;
    let sizes: Vec<(GroupId, u32)> = groups.iter().map(|group| (group.id, group.calls)).collect();
    let marks = marks(connection, &sizes)?;
    groups.iter_mut().for_each(|group| group.mark = marks.get(&group.id).copied().unwrap_or(0));
    groups.sort_by(|a, b| b.calls.cmp(&a.calls).then(a.id.cmp(&b.id)));
    Ok(GroupsAnswer { groups, registers: holders.in_force(connection)?, chance: None })
}

fn view(connection: &Connection, mut group: Group, holders: &Holders) -> Result<GroupView> {
    for pool in &mut group.pools {
        holders.tell(pool);
    }
    let ids = lists::ids_by_group(connection, group.id)?;
    let at = |id: Option<&CallId>| -> Result<String> {
        let Some(id) = id else { return Ok(String::new()) };
        let first = lists::members(connection, *id)?.into_iter().next();
        Ok(first.map_or_else(String::new, |m| rfc3339(m.record.start.instant(), &m.record.start.clock.zone)))
    };
    Ok(GroupView {
        id: group.id,
        calls: u32::try_from(ids.len()).unwrap_or(u32::MAX),
        mark: 0,
        first: at(ids.first())?,
        last: at(ids.last())?,
        name: group.name,
        named_by_person: group.named_by_person,
        also_named: group.also_named,
        numbers: group.numbers,
        labels: group.labels,
        pools: group.pools,
        reasons: group.reasons,
        conflicts: group.conflicts,
        known: group.known,
        taken_out: Vec::new(),
        merged: Vec::new(),
        respondent: group.attribution.as_ref().map(|claim| claim.respondent.clone()),
        by_label_alone: group.attribution.as_ref().is_some_and(Attribution::rests_on_label_alone),
        attribution: group.attribution,
        also_attributed: group.also_attributed,
        mark_chosen: group.mark.is_some(),
    })
}

/// The mark of every group of the case, given with their calls: the same in the list, in charts and in the report.
pub(super) fn marks(connection: &Connection, groups: &[(GroupId, u32)]) -> Result<BTreeMap<GroupId, u32>> {
    let (mut gone, mut split_off, mut marked) = (Vec::new(), Vec::new(), false);
    for word in word::overrides(connection)? {
        match word {
            Override::Merge(records) => gone.extend(records.iter().map(|record| GroupId(record.0))),
            Override::Split(records) => split_off.extend(records.iter().min().map(|record| GroupId(record.0))),
            Override::Marked(..) => marked = true,
            Override::NotThem { .. } | Override::Name(..) | Override::Known(..) | Override::Attributed(..) => {}
        }
    }
    // What the person chose stands with the groups, which are many: they are read where anything was chosen.
    let all = if marked { lists::groups(connection)? } else { Vec::new() };
    let chosen = all.iter().filter_map(|group| Some((group.id, u32::from(group.mark?.number())))).collect();
    Ok(marks_of(groups, &gone, &split_off, &chosen))
}

/// The group that an id stands for now: ids of groups that were merged or grew since still resolve.
pub(super) fn resolve(connection: &Connection, id: GroupId) -> Result<GroupId> {
    let call = lists::call_of_record(connection, RecordId(id.0))?;
    lists::group_of(connection, call)?
        .map(|(group, _)| group)
        .ok_or_else(|| Error::new(Code::NotFound).with("what", "group").with("id", id.0))
}

/// The calls that a reason of a group speaks for.
pub(super) fn calls_of_reason(connection: &Connection, group: GroupId, reason: u32) -> Result<Vec<CallId>> {
    let facts = lists::group(connection, group)?;
    let reason = facts.and_then(|group| group.reasons.into_iter().nth(reason as usize));
    reason.map(|r| r.calls).ok_or_else(|| Error::new(Code::NotFound).with("what", "reason").with("id", group.0))
}

/// Names of groups as they are: the log tells them as they were.
pub(super) fn names_of(connection: &Connection, groups: &[GroupId]) -> Result<Vec<String>> {
    let mut names = Vec::with_capacity(groups.len());
    for id in groups {
        let call = lists::call_of_record(connection, RecordId(id.0))?;
        names.extend(lists::group_of(connection, call)?.map(|(_, name)| name));
    }
    Ok(names)
}

/// The words about groups that the `override` of an event tells: one, or several said at once.
pub(super) fn words_said(told: Option<&Value>) -> Vec<Value> {
    match told {
        Some(Value::Array(words)) => words.clone(),
        word => word.cloned().into_iter().collect(),
    }
}

/// Says one thing about groups, and groups again. `groups` are those that the word speaks of.
pub(super) fn edit_groups(case: &mut Case, kind: CustodyKind, groups: &[GroupId], word: &Override) -> Result<Edited> {
    edit_groups_by(case, kind, groups, std::slice::from_ref(word))
}

/// The same with several words said at once, of which the first one leads on.
pub(super) fn edit_groups_by(
    case: &mut Case,
    kind: CustodyKind,
    groups: &[GroupId],
    words: &[Override],
) -> Result<Edited> {
    let told = match words {
        [word] => serde_json::to_value(word),
        _ => serde_json::to_value(words),
    };
    let names = names_of(case.connection(), groups)?;
    let id = groups.first().copied().unwrap_or(GroupId(0));
    let (group, outcome) = case.edit(kind, |edit: &mut Edit<'_>| {
        for word in words {
            word::insert_override(edit.connection, word)?;
        }
        edit.subject = groups.first().map_or(0, |id| id.0);
        edit.details.insert("names".to_owned(), names.into());
        edit.details.insert("override".to_owned(), told.unwrap_or_default());
        edit.changed.push("groups");
        derive::regroup(edit.connection)?;
        // The group that the words lead to: of what was split off its own, else the one that was spoken of.
        let leads = match words.first() {
            Some(Override::Split(records)) => records.iter().min().map_or(id, |record| GroupId(record.0)),
            _ => id,
        };
        Ok(resolve(edit.connection, leads).ok())
    })?;
    Ok(Edited { group, ..outcome.into() })
}

/// Merges groups; the earliest keeps its id and name.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::RequestUnfit`] for fewer than two different groups.
pub fn merge_groups(case: &mut Case, ids: &[GroupId]) -> Result<Edited> {
    let mut groups = ids.iter().map(|id| resolve(case.connection(), *id)).collect::<Result<Vec<_>>>()?;
    groups.sort_unstable();
    groups.dedup();
    if groups.len() < 2 {
        return Err(unfit(
            "для объединения нужны хотя бы две разные группы",
            "merging takes at least two different groups",
        ));
    }
    let records = groups.iter().map(|id| RecordId(id.0)).collect();
    edit_groups(case, CustodyKind::GroupsMerged, &groups, &Override::Merge(records))
}

/// Splits calls from a group: they stand together on their own.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::RequestUnfit`] for calls that are not in the group.
pub fn split_group(case: &mut Case, id: GroupId, calls: &[CallId]) -> Result<Edited> {
    let connection = case.connection();
    let group = resolve(connection, id)?;
    let mut members = lists::ids_by_group(connection, group)?;
    members.sort_unstable();
    let mut records = Vec::with_capacity(calls.len());
    for call in calls {
        let call = lists::call_of_record(connection, RecordId(call.0))?;
        if members.binary_search(&call).is_err() {
            return Err(unfit(
                &format!("звонка {call} нет в этой группе"),
                &format!("call {call} is not in this group"),
            ));
        }
        records.push(RecordId(call.0));
    }
    if records.is_empty() {
        return Err(unfit("не выбрано ни одного звонка", "no call was chosen"));
    }
    edit_groups(case, CustodyKind::GroupSplit, &[group], &Override::Split(records))
}

/// Names a group.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::RequestUnfit`] for an empty name.
pub fn name_group(case: &mut Case, id: GroupId, name: &str) -> Result<Edited> {
    let group = resolve(case.connection(), id)?;
    let name = name.trim();
    if shows_nothing(name) {
        return Err(unfit("имя группы пусто", "the name is empty"));
    }
    edit_groups(case, CustodyKind::GroupNamed, &[group], &Override::Name(RecordId(group.0), name.to_owned()))
}
