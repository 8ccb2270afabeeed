//! What the person says of calls in groups: these make a group, these are not they, these I know.

use super::groups::{GroupView, Merged, TakenOut, edit_groups, names_of, resolve};
use super::{Edited, unfit};
use crate::case::Case;
use crate::derive;
use crate::error::{Code, Error, Result};
use crate::model::{CallId, CustodyKind, GroupId, Override, ReasonKind, RecordId};
use crate::store::{Connection, custody, lists, word};
use std::collections::{BTreeMap, BTreeSet};

/// Makes a group of calls, wherever they stood.
///
/// # Errors
/// [`Code::RequestUnfit`] for no call.
pub fn gather_calls(case: &mut Case, calls: &[CallId]) -> Result<Edited> {
    let calls = current(case.connection(), calls)?;
    let first = *calls.first().ok_or_else(nothing_chosen)?;
    let records = calls.iter().map(|call| RecordId(call.0)).collect();
    edit_groups(case, CustodyKind::CallsGathered, &[GroupId(first.0)], &Override::Split(records))
}

/// «Это не они»: the calls leave their group (`group`, where one is meant; else the group of each) and nothing but the
/// person's word puts them back. With `numbers`, so does every call of their numbers, those that come later included.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::RequestUnfit`] where none of the calls stands in a group, or a group would be left empty.
pub fn take_out(case: &mut Case, group: Option<GroupId>, calls: &[CallId], numbers: bool) -> Result<Edited> {
    let connection = case.connection();
    let group = group.map(|group| resolve(connection, group)).transpose()?;
    let mut of_groups: BTreeMap<GroupId, Vec<CallId>> = BTreeMap::new();
    for call in current(connection, calls)? {
        if let Some((own, _)) = lists::group_of(connection, call)?.filter(|(own, _)| group.is_none_or(|g| g == *own)) {
            of_groups.entry(own).or_default().push(call);
        }
    }
    let words = of_groups
        .iter()
        .map(|(group, calls)| not_them(connection, *group, calls, numbers))
        .collect::<Result<Vec<_>>>()?;
    let first = *of_groups.keys().next().ok_or_else(|| {
        unfit("среди выбранных звонков нет звонков из группы", "none of the chosen calls stands in a group")
    })?;
    let of: Vec<GroupId> = of_groups.keys().copied().collect();
    let names = names_of(connection, &of)?;
    let taken = words.iter().map(|word| leaving(connection, word)).sum::<Result<usize>>()?;
    let (group, outcome) = case.edit(CustodyKind::CallsTakenOut, |edit| {
        for word in &words {
            word::insert_override(edit.connection, word)?;
        }
        let told = if words.len() == 1 { serde_json::to_value(&words[0]) } else { serde_json::to_value(&words) };
        edit.subject = first.0;
        edit.details.insert("names".to_owned(), names.into());
        edit.details.insert("override".to_owned(), told.unwrap_or_default());
        edit.details.insert("calls".to_owned(), taken.into());
        edit.changed.push("groups");
        derive::regroup(edit.connection)?;
        let stays = words.iter().find_map(|word| match word {
            Override::NotThem { group, .. } => group.first().copied(),
            _ => None,
        });
        Ok(stays.and_then(|record| resolve(edit.connection, GroupId(record.0)).ok()))
    })?;
    Ok(Edited { group, ..outcome.into() })
}

/// Splits every call of the numbers of these calls from a group, those that come later included: they stand together on
/// their own.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::RequestUnfit`] for no call, or where the group would be left empty.
pub fn split_numbers(case: &mut Case, group: GroupId, calls: &[CallId]) -> Result<Edited> {
    let connection = case.connection();
    let group = resolve(connection, group)?;
    let mut leaving = Vec::new();
    for call in current(connection, calls)? {
        if lists::group_of(connection, call)?.is_some_and(|(own, _)| own == group) {
            leaving.push(call);
        }
    }
    let first = leaving.first().copied().ok_or_else(nothing_chosen)?;
    let mut words = vec![not_them(connection, group, &leaving, true)?];
    let names = names_of(connection, &[group])?;
    let calls = self::leaving(connection, &words[0])?;
    let (made, outcome) = case.edit(CustodyKind::GroupSplit, |edit| {
        word::insert_override(edit.connection, &words[0])?;
        derive::regroup(edit.connection)?;
        let mut apart = BTreeSet::new();
        for call in &leaving {
            apart.insert(lists::group_of(edit.connection, *call)?.map_or(GroupId(call.0), |(own, _)| own));
        }
        // What nothing joins but the person's wish takes a word of its own.
        if apart.len() > 1 {
            words.push(Override::Merge(leaving.iter().map(|call| RecordId(call.0)).collect()));
            word::insert_override(edit.connection, &words[1])?;
            derive::regroup(edit.connection)?;
        }
        edit.subject = group.0;
        edit.details.insert("names".to_owned(), names.into());
        edit.details.insert("calls".to_owned(), calls.into());
        edit.details.insert("override".to_owned(), serde_json::to_value(&words).unwrap_or_default());
        edit.changed.push("groups");
        Ok(resolve(edit.connection, GroupId(first.0)).ok())
    })?;
    Ok(Edited { group: made, ..outcome.into() })
}

/// Puts back what was taken out.
///
/// # Errors
/// [`Code::NotFound`].
pub fn put_back(case: &mut Case, id: i64) -> Result<Edited> {
    take_back(case, id, CustodyKind::CallsPutBack, |said| matches!(said, Override::NotThem { .. }))
}

/// Parts again what was merged.
///
/// # Errors
/// [`Code::NotFound`].
pub fn part_groups(case: &mut Case, id: i64) -> Result<Edited> {
    take_back(case, id, CustodyKind::GroupsParted, |said| matches!(said, Override::Merge(_)))
}

fn take_back(case: &mut Case, id: i64, kind: CustodyKind, of_kind: fn(&Override) -> bool) -> Result<Edited> {
    let said = word::stored_overrides(case.connection())?.into_iter().find(|(known, _)| *known == id);
    let Some((_, said)) = said.filter(|(_, said)| of_kind(said)) else {
        return Err(Error::new(Code::NotFound).with("what", "override").with("id", id));
    };
    let of = group_of(case.connection(), &said)?;
    let names = names_of(case.connection(), of.as_slice())?;
    let (group, outcome) = case.edit(kind, |edit| {
        word::delete_override(edit.connection, id)?;
        edit.subject = of.map_or(0, |group| group.0);
        edit.details.insert("names".to_owned(), names.into());
        edit.details.insert("override".to_owned(), serde_json::to_value(&said).unwrap_or_default());
        edit.changed.push("groups");
        derive::regroup(edit.connection)?;
        group_of(edit.connection, &said)
    })?;
    Ok(Edited { group, ..outcome.into() })
}

/// Marks a group as people whom the person knows («свои»), or takes the mark away.
///
/// # Errors
/// [`Code::NotFound`].
pub fn mark_known(case: &mut Case, id: GroupId, known: bool) -> Result<Edited> {
    let group = resolve(case.connection(), id)?;
    edit_groups(case, CustodyKind::GroupKnown, &[group], &Override::Known(RecordId(group.0), known))
}

/// What was taken out of which group.
pub(super) fn taken_out(connection: &Connection) -> Result<Vec<(GroupId, TakenOut)>> {
    let mut taken = Vec::new();
    for (id, said) in word::stored_overrides(connection)? {
        let Override::NotThem { records, numbers: whole, .. } = &said else { continue };
        let Some(group) = group_of(connection, &said)? else { continue };
        let (mut calls, mut numbers) = (Vec::new(), Vec::new());
        for record in records {
            let call = lists::call_of_record(connection, *record)?;
            match lists::number_of(connection, call)?.filter(|_| *whole) {
                Some((number, text)) => {
                    calls.extend(lists::ids_by_number(connection, number)?);
                    numbers.push(text.text);
                }
                None => calls.push(call),
            }
        }
        calls.sort_unstable();
        calls.dedup();
        let calls = u32::try_from(calls.len()).unwrap_or(u32::MAX);
        taken.push((group, TakenOut { id, calls, numbers }));
    }
    Ok(taken)
}

/// How many calls a word of «not they» takes out.
fn leaving(connection: &Connection, said: &Override) -> Result<usize> {
    let Override::NotThem { records, numbers, .. } = said else { return Ok(0) };
    let mut leaving = Vec::new();
    for record in records {
        let call = lists::call_of_record(connection, *record)?;
        match lists::number_of(connection, call)?.filter(|_| *numbers) {
            Some((number, _)) => leaving.extend(lists::ids_by_number(connection, number)?),
            None => leaving.push(call),
        }
    }
    leaving.sort_unstable();
    leaving.dedup();
    Ok(leaving.len())
}

/// What was merged into which group. Where something else has joined the groups since, there is nothing to part.
pub(super) fn merged(connection: &Connection, groups: &[GroupView]) -> Result<Vec<(GroupId, Merged)>> {
    let mut merged = Vec::new();
    for (id, said) in word::stored_overrides(connection)? {
        let Override::Merge(records) = &said else { continue };
        let Some(group) = group_of(connection, &said)? else { continue };
        let by_person = |g: &&GroupView| g.id == group && g.reasons.iter().any(|r| r.kind == ReasonKind::User);
        if !groups.iter().any(|g| by_person(&g)) {
            continue;
        }
        let names = names_when_merged(connection, &said)?;
        let mut numbers = Vec::new();
        for record in records {
            let call = lists::call_of_record(connection, *record)?;
            numbers.extend(lists::number_of(connection, call)?.map(|(_, number)| number.text));
        }
        numbers.sort_unstable();
        numbers.dedup();
        merged.push((group, Merged { id, names, numbers }));
    }
    Ok(merged)
}

/// What the groups were called when they were merged, as the custody chain says.
fn names_when_merged(connection: &Connection, said: &Override) -> Result<Vec<String>> {
    let said = serde_json::to_value(said).unwrap_or_default();
    let events = custody::custody_events(connection)?;
    let names = events.into_iter().filter(|event| event.kind == CustodyKind::GroupsMerged).find_map(|event| {
        let mut details: serde_json::Value = serde_json::from_str(event.details.as_deref()?).ok()?;
        let is_it = details.get("override") == Some(&said);
        is_it.then(|| serde_json::from_value(details["names"].take()).ok())?
    });
    Ok(names.unwrap_or_default())
}

/// The word that calls are not of a group, held by members that stay.
fn not_them(connection: &Connection, group: GroupId, calls: &[CallId], numbers: bool) -> Result<Override> {
    let mut leaving = calls.to_vec();
    let (mut named, mut whole) = (Vec::new(), BTreeSet::new());
    for call in calls {
        match lists::number_of(connection, *call)?.filter(|_| numbers) {
            // Of a number that leaves as a whole one call speaks for all.
            Some((number, _)) if whole.insert(number) => {
                leaving.extend(lists::ids_by_number(connection, number)?);
                named.push(*call);
            }
            Some(_) => {}
            None => named.push(*call),
        }
    }
    leaving.sort_unstable();
    let mut staying = lists::ids_by_group(connection, group)?;
    staying.retain(|call| leaving.binary_search(call).is_err());
    let (Some(first), Some(last)) = (staying.first(), staying.last()) else {
        return Err(unfit("в группе не останется ни одного звонка", "no call would be left in the group"));
    };
    let mut anchors = vec![*first, staying[staying.len() / 2], *last];
    anchors.dedup();
    let record = |call: &CallId| RecordId(call.0);
    Ok(Override::NotThem {
        group: anchors.iter().map(record).collect(),
        records: named.iter().map(record).collect(),
        numbers,
    })
}

/// The group that a word of «not they» or of a merging speaks of, as it stands now.
fn group_of(connection: &Connection, said: &Override) -> Result<Option<GroupId>> {
    let (Override::NotThem { group: records, .. } | Override::Merge(records)) = said else { return Ok(None) };
    for record in records {
        let call = lists::call_of_record(connection, *record)?;
        if let Some((group, _)) = lists::group_of(connection, call)? {
            return Ok(Some(group));
        }
    }
    Ok(None)
}

/// The calls that these ids stand for now, each once, ascending.
fn current(connection: &Connection, calls: &[CallId]) -> Result<Vec<CallId>> {
    let mut found =
        calls.iter().map(|call| lists::call_of_record(connection, RecordId(call.0))).collect::<Result<Vec<_>>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn nothing_chosen() -> Error {
    unfit("не выбрано ни одного звонка", "no call was chosen")
}
