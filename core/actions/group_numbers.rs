//! The numbers of a group: how often each called, first and last.

use super::find::CallColumns;
use super::groups::resolve;
use crate::case::Case;
use crate::error::Result;
use crate::model::{GroupId, NumberKind, rfc3339};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::cmp::Reverse;

/// A number of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct NumberOfGroup {
    /// E.164 or as written; `None` for calls whose number is hidden.
    pub number: Option<String>,
    /// Kind.
    pub kind: NumberKind,
    /// Calls of the group from it.
    pub calls: u32,
    /// Start of the first, RFC 3339.
    pub first: String,
    /// Start of the last.
    pub last: String,
    /// One of its calls.
    pub call: crate::model::CallId,
}

/// The numbers of a group, those that called most first.
///
/// # Errors
/// [`crate::error::Code::NotFound`].
pub fn numbers_of_group(case: &Case, columns: &CallColumns, group: GroupId) -> Result<Vec<NumberOfGroup>> {
    let group = resolve(case.connection(), group)?;
    let columns = columns.of(case)?;
    let Ok(place) = columns.groups.binary_search_by_key(&group, |(id, _)| *id) else { return Ok(Vec::new()) };
    // By number: how many, and the places of the first and the last.
    let mut tally: FxHashMap<u32, (u32, u32, u32)> = FxHashMap::default();
    for at in &columns.by_time {
        let row = &columns.rows[*at as usize];
        if row.group as usize == place {
            let seen = tally.entry(row.number).or_insert((0, *at, *at));
            (seen.0, seen.2) = (seen.0 + 1, *at);
        }
    }
    let at = |row: u32| {
        let row = &columns.rows[row as usize];
        rfc3339(row.start, &columns.clocks[row.clock as usize].zone)
    };
    let mut numbers: Vec<NumberOfGroup> = tally
        .into_iter()
        .map(|(number, (calls, first, last))| {
            let number = columns.numbers.get(number as usize);
            NumberOfGroup {
                number: number.map(|n| n.text.clone()),
                kind: number.map_or(NumberKind::Hidden, |n| n.kind),
                calls,
                first: at(first),
                last: at(last),
                call: columns.rows[first as usize].id,
            }
        })
        .collect();
    numbers.sort_unstable_by(|a, b| (Reverse(a.calls), &a.number).cmp(&(Reverse(b.calls), &b.number)));
    Ok(numbers)
}
