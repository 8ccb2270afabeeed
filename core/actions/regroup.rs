//! What the person says of calls in groups: these make a group, these are not they, these I know.

use super::groups::{GroupView, Merged, TakenOut, edit_groups, edit_groups_by, names_of, resolve};
use super::{Edited, unfit};
use crate::case::Case;
use crate::derive;
use crate::error::{Code, Error, Result};
use crate::model::{CallId, CustodyKind, GroupId, Override, ReasonKind, ReasonSignal, RecordId};
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
    let of_groups = by_group(connection, calls, group)?;
    let words = of_groups
        .iter()
        .map(|(group, calls)| not_them(connection, *group, calls, numbers))
        .collect::<Result<Vec<_>>>()?;
    let first = *of_groups.keys().next().ok_or_else(|| {
        unfit("среди выбранных звонков нет звонков из группы", "none of the chosen calls stands in a group")
    })?;
    let of: Vec<GroupId> = of_groups.keys().copied().collect();
    let names = names_of(connection, &of)?;
    let taken = words.iter().map(|word| Ok(leaving(connection, word)?.0)).sum::<Result<usize>>()?;
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
    let chosen = by_group(connection, calls, Some(group))?.remove(&group).unwrap_or_default();
    let first = chosen.first().copied().ok_or_else(nothing_chosen)?;
    let mut words = vec![not_them(connection, group, &chosen, true)?];
    let names = names_of(connection, &[group])?;
    let (calls, _) = leaving(connection, &words[0])?;
    let (made, outcome) = case.edit(CustodyKind::GroupSplit, |edit| {
        word::insert_override(edit.connection, &words[0])?;
        derive::regroup(edit.connection)?;
        let mut apart = BTreeSet::new();
        for call in &chosen {
            apart.insert(lists::group_of(edit.connection, *call)?.map_or(GroupId(call.0), |(own, _)| own));
        }
        // What nothing joins but the person's wish takes a word of its own.
        if apart.len() > 1 {
            words.push(Override::Merge(chosen.iter().map(|call| RecordId(call.0)).collect()));
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
    let stored = word::stored_overrides(case.connection())?;
    let said = stored.iter().find(|(known, _)| *known == id).map(|(_, said)| said.clone());
    let Some(said) = said.filter(of_kind) else {
        return Err(Error::new(Code::NotFound).with("what", "override").with("id", id));
    };
    // Of equal words the last one counts: the chain tells them by what they say.
    let id = stored.iter().rfind(|(_, word)| *word == said).map_or(id, |(last, _)| *last);
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
    let vouched = if known { held_softly(case.connection(), group)? } else { None };
    let mark = Override::Known(RecordId(group.0), known);
    // The mark first: it is what the log tells.
    let words: Vec<Override> = std::iter::once(mark).chain(vouched).collect();
    edit_groups_by(case, CustodyKind::GroupKnown, &[group], &words)
}

/// What is likely only does not hold a group of people whom the person knows together: the person's mark speaks for all
/// that stand in it now. `None` where hard reasons hold them all.
fn held_softly(connection: &Connection, group: GroupId) -> Result<Option<Override>> {
    let Some(facts) = lists::group(connection, group)? else { return Ok(None) };
    let (soft, hard): (Vec<_>, Vec<_>) = facts.reasons.iter().partition(|reason| {
        use ReasonSignal::{Hours, Length, Nearby, Retry, Rotation};
        matches!(reason.signal, Nearby | Rotation | Retry | Hours | Length)
    });
    let mut records: BTreeSet<CallId> = soft.iter().flat_map(|reason| reason.calls.iter().copied()).collect();
    for call in hard.iter().flat_map(|reason| &reason.calls) {
        records.remove(call);
    }
    if soft.is_empty() {
        return Ok(None);
    }
    // Of what a hard reason holds one call speaks for all.
    records.extend(hard.iter().filter_map(|reason| reason.calls.first()));
    Ok(Some(Override::Merge(records.into_iter().map(|call| RecordId(call.0)).collect())))
}

/// Writes into the groups what was taken out of each and what was merged into it. What was merged is there as long as the
/// person's word holds any of the group together.
pub(super) fn tell_corrections(connection: &Connection, groups: &mut [GroupView]) -> Result<()> {
    let stored = word::stored_overrides(connection)?;
    let names = match stored.iter().any(|(_, said)| matches!(said, Override::Merge(_))) {
        true => names_when_merged(connection)?,
        false => Vec::new(),
    };
    for (id, said) in &stored {
        let Some(group) = group_of(connection, said)? else { continue };
        let Some(group) = groups.iter_mut().find(|g| g.id == group) else { continue };
        match said {
            Override::NotThem { records, .. } if any_outside(connection, records, group.id)? => {
                let (calls, numbers) = leaving(connection, said)?;
                let calls = u32::try_from(calls).unwrap_or(u32::MAX);
                group.taken_out.push(TakenOut { id: *id, calls, numbers });
            }
            Override::Merge(records) if group.reasons.iter().any(|r| r.kind == ReasonKind::User) => {
                let names = names.iter().find(|(word, _)| word == said).map(|(_, names)| names.clone());
                let mut numbers = Vec::new();
                for record in records {
                    let call = lists::call_of_record(connection, *record)?;
                    numbers.extend(lists::number_of(connection, call)?.map(|(_, number)| number.text));
                }
                numbers.sort_unstable();
                numbers.dedup();
                group.merged.push(Merged { id: *id, names: names.unwrap_or_default(), numbers });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether any of these calls stands outside a group: what was merged into it again is not out of it any more.
fn any_outside(connection: &Connection, records: &[RecordId], group: GroupId) -> Result<bool> {
    for record in records {
        let call = lists::call_of_record(connection, *record)?;
        if lists::group_of(connection, call)?.is_none_or(|(of, _)| of != group) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many calls a word of «not they» takes out, and of which numbers, where it takes out whole ones.
fn leaving(connection: &Connection, said: &Override) -> Result<(usize, Vec<String>)> {
    let (mut calls, mut numbers) = (Vec::new(), Vec::new());
    let Override::NotThem { records, numbers: whole, .. } = said else { return Ok((0, numbers)) };
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
    Ok((calls.len(), numbers))
}

/// What groups were called when they were merged, as the custody chain says, the last time first.
fn names_when_merged(connection: &Connection) -> Result<Vec<(Override, Vec<String>)>> {
    let told = custody::details_of(connection, CustodyKind::GroupsMerged)?;
    let read = |text: String| {
        let mut details: serde_json::Value = serde_json::from_str(&text).ok()?;
        let word = serde_json::from_value(details.get_mut("override")?.take()).ok()?;
        Some((word, serde_json::from_value(details.get_mut("names")?.take()).ok()?))
    };
    Ok(told.into_iter().filter_map(read).collect())
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

/// Of calls those that stand in a group (in `of`, where one is meant), by group.
fn by_group(connection: &Connection, calls: &[CallId], of: Option<GroupId>) -> Result<BTreeMap<GroupId, Vec<CallId>>> {
    let mut found: BTreeMap<GroupId, Vec<CallId>> = BTreeMap::new();
    for call in current(connection, calls)? {
        if let Some((own, _)) = lists::group_of(connection, call)?.filter(|(own, _)| of.is_none_or(|of| of == *own)) {
            found.entry(own).or_default().push(call);
        }
    }
    Ok(found)
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
