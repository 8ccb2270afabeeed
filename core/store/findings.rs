//! What comparing found, written into the derived tables. Each is given its rows in the order of its key, and changes
//! where they differ from what it holds; what a step takes by value is let go of as soon as it is written.

use super::bulk::Cell;
use super::derived::{Records, folded};
use super::lists::number_of;
use super::order::Order;
use super::renewed::{Moved, Renewed, move_rows};
use crate::error::{Code, Error, Result};
use crate::model::{CallId, CallJoin, Group, NONE, SourceId};
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};

/// Writes the distinct numbers and labels, and which number each spelling is. Answers whether the numbers of all spellings
/// stayed what they were.
pub fn write_texts(connection: &Connection, records: &mut Records) -> Result<bool> {
    let mut table = Renewed::new(connection, "number(id, kind, text)", 1)?;
    for (index, n) in records.numbers.iter().enumerate() {
        table.push([(index as i64).into(), n.kind.word().into(), n.text.as_str().into()])?;
    }
    let mut stayed = table.finish()?.appended;
    let mut table = Renewed::new(connection, "spelling_number(spelling, number)", 1)?;
    let mut numbers = std::mem::take(&mut records.spelling_numbers);
    numbers.sort_unstable();
    for (spelling, number) in numbers {
        if number != NONE {
            table.push_integers([spelling, i64::from(number)])?;
        }
    }
    stayed &= table.finish()?.appended;
    let plain: Vec<String> = records.labels.iter().map(|text| folded(text)).collect();
    let mut table = Renewed::new(connection, "label_text(id, text, folded)", 1)?;
    for (index, (text, plain)) in records.labels.iter().zip(&plain).enumerate() {
        table.push([(index as i64).into(), text.as_str().into(), plain.as_str().into()])?;
    }
    table.finish()?;
    Ok(stayed)
}

/// Writes the pairs of sources (first, second, offset, spread, paired) and the members of calls of several records.
pub fn write_joins(
    connection: &Connection,
    pairs: impl Iterator<Item = (SourceId, SourceId, i32, i32, u32)>,
    joins: &[CallJoin],
) -> Result<()> {
    let mut table = Renewed::new(connection, "source_pair(first, second, offset_s, spread_s, paired)", 2)?;
    for (first, second, offset, spread, paired) in pairs {
        table.push_integers([first.0, second.0, i64::from(offset), i64::from(spread), i64::from(paired)])?;
    }
    table.finish()?;
    let mut table = Renewed::new(connection, "call_join(call, record, why, residual_s)", 2)?;
    for join in joins {
        let why = join.why.map_or(Cell::Null, |why| Cell::Text(why.word()));
        table.push([join.call.0.into(), join.record.0.into(), why, i64::from(join.residual_s).into()])?;
    }
    table.finish()?;
    let mut of_record: Vec<(i64, i64)> = joins.iter().map(|j| (j.record.0, j.call.0)).collect();
    of_record.sort_unstable();
    let mut table = Renewed::new(connection, "record_call(record, call)", 1)?;
    for (record, call) in of_record {
        table.push_integers([record, call])?;
    }
    table.finish().map(|_| ())
}

/// Groups as the lists need them.
pub struct Parts {
    /// Ids, ascending.
    ids: Vec<i64>,
    /// Of each call its group by place among the ids; [`NONE`] where it has none.
    of_call: Vec<u32>,
}

/// Writes the groups themselves.
pub fn write_groups(connection: &Connection, mut groups: Vec<Group>, order: &Order<'_>) -> Result<Parts> {
    groups.sort_unstable_by_key(|g| g.id);
    let mut table = Renewed::new(connection, "call_group(id, name, named_by_person, facts)", 1)?;
    let mut parts = Parts { ids: Vec::with_capacity(groups.len()), of_call: vec![NONE; order.calls().len()] };
    for (part, group) in (0_u32..).zip(groups) {
        let facts = serde_json::to_string(&group).map_err(|e| Error::new(Code::Internal).because(e))?;
        let by_person = i64::from(group.named_by_person);
        table.push([group.id.0.into(), group.name.as_str().into(), by_person.into(), facts.as_str().into()])?;
        for call in &group.calls {
            if let Some(of_call) = order.index(*call).and_then(|at| parts.of_call.get_mut(at)) {
                *of_call = part;
            }
        }
        parts.ids.push(group.id.0);
    }
    table.finish()?;
    Ok(parts)
}

/// Writes the lists: calls by time, by number (of `numbers` there are; `stayed` says that none of them changed), by label
/// (observed on calls), by group.
pub fn write_lists(
    connection: &Connection,
    order: &Order<'_>,
    (numbers, stayed): (usize, bool),
    observed: Vec<(CallId, u32)>,
    parts: &Parts,
) -> Result<()> {
    let calls = order.calls();
    let start_of = |call: CallId| Some(calls.get(order.index(call)?)?.start);
    let mut by_label: Vec<(u32, i64, i64)> =
        observed.iter().filter_map(|(call, label)| Some((*label, start_of(*call)?, call.0))).collect();
    drop(observed);
    by_label.sort_unstable();
    by_label.dedup();
    let mut table = Renewed::new(connection, "call_by_label(label, t, call)", 3)?;
    for (label, t, call) in by_label {
        table.push_integers([i64::from(label), t, call])?;
    }
    table.finish()?;
    let mut table = Renewed::telling(connection, "call_by_time(t, call)", 2, calls.len())?;
    for call in order.by_time() {
        table.push_integers([call.start, call.id.0])?;
    }
    let times = table.finish()?.moved;
    match times.as_ref().filter(|_| stayed) {
        Some(moved) => move_numbers(connection, order, moved)?,
        None => {
            let mut table = Renewed::new(connection, BY_NUMBER, 3)?;
            for (number, call) in order.parted(numbers, |at| calls[at].number) {
                table.push_integers([i64::from(number), call.start, call.id.0])?;
            }
            table.finish()?;
        }
    }
    write_parts(connection, order, parts, times)
}

const BY_NUMBER: &str = "call_by_number(number, t, call)";
const MEMBERS: &str = "call_group_member(part, t, call)";

/// Brings the calls by number after those by time, of which few moved and no number changed.
fn move_numbers(connection: &Connection, order: &Order<'_>, moved: &Moved) -> Result<()> {
    let mut gone = Vec::with_capacity(moved.gone.len());
    for (t, call) in &moved.gone {
        gone.extend(number_of(connection, CallId(*call))?.map(|(number, _)| [number, *t, *call]));
    }
    let number = |call: i64| Some(order.calls().get(order.index(CallId(call))?)?.number).filter(|n| *n != NONE);
    let fresh = moved.fresh.iter().filter_map(|(t, call)| Some([i64::from(number(*call)?), *t, *call])).collect();
    move_rows(connection, BY_NUMBER, &gone, fresh)
}

/// Writes which calls stand in which group, where the calls stayed what they were.
pub fn write_members(connection: &Connection, order: &Order<'_>, parts: &Parts) -> Result<()> {
    write_parts(connection, order, parts, Some(Moved::default()))
}

fn write_parts(connection: &Connection, order: &Order<'_>, parts: &Parts, times: Option<Moved>) -> Result<()> {
    let mut table = Renewed::telling(connection, "group_of_call(call, part)", 1, order.calls().len())?;
    for (call, part) in order.calls().iter().zip(&parts.of_call) {
        if let Some(id) = parts.ids.get(*part as usize) {
            table.push_integers([call.id.0, *id])?;
        }
    }
    if let Some((times, groups)) = times.zip(table.finish()?.moved) {
        return move_members(connection, order, parts, &times, &groups);
    }
    let mut table = Renewed::new(connection, MEMBERS, 3)?;
    for (part, call) in order.parted(parts.ids.len(), |at| parts.of_call[at]) {
        table.push_integers([parts.ids[part as usize], call.start, call.id.0])?;
    }
    table.finish().map(|_| ())
}

/// Brings the calls of the groups after the calls by time and the group of each call, of which few moved.
fn move_members(
    connection: &Connection,
    order: &Order<'_>,
    parts: &Parts,
    times: &Moved,
    groups: &Moved,
) -> Result<()> {
    let now = |call: i64| {
        let at = order.index(CallId(call))?;
        Some((*parts.ids.get(*parts.of_call.get(at)? as usize)?, order.calls().get(at)?.start))
    };
    let start = |call: i64| Some(order.calls().get(order.index(CallId(call))?)?.start);
    let start_before: FxHashMap<i64, i64> = times.gone.iter().map(|(t, call)| (*call, *t)).collect();
    let group_before: FxHashMap<i64, i64> = groups.gone.iter().copied().collect();
    let came: FxHashSet<i64> = groups.fresh.iter().map(|(call, _)| *call).collect();
    let gone = each_once(start_before.keys().chain(group_before.keys())).into_iter().filter_map(|call| {
        let stayed = || now(call).map(|(part, _)| part).filter(|_| !came.contains(&call));
        let part = group_before.get(&call).copied().or_else(stayed)?;
        Some([part, start_before.get(&call).copied().or_else(|| start(call))?, call])
    });
    let gone: Vec<[i64; 3]> = gone.collect();
    let moved = times.fresh.iter().map(|(_, call)| call).chain(&came);
    let fresh = each_once(moved).into_iter().filter_map(|call| now(call).map(|(part, t)| [part, t, call])).collect();
    move_rows(connection, MEMBERS, &gone, fresh)
}

fn each_once<'a>(calls: impl Iterator<Item = &'a i64>) -> Vec<i64> {
    let mut calls: Vec<i64> = calls.copied().collect();
    calls.sort_unstable();
    calls.dedup();
    calls
}
