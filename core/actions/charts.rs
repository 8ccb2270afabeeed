//! Charts of the calls that a filter lets through: when they come, and of one group also from which numbers.

use super::find::{CallColumns, CallFilter, indices_of, zone};
use super::groups::{marks, resolve};
use super::holders::Holders;
use crate::case::Case;
use crate::charts::{
    Chart, Counted, Frame, GroupNamed, Links, Local, NumberUse, Tally, Tongue, block, days, graph, hours, lanes,
    numbers,
};
use crate::error::Result;
use crate::model::{GroupId, NONE, NumberKind, PhoneNumber, Pool};
use crate::store::columns::Columns;
use crate::store::lists;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// How charts are to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ChartsAsked {
    /// Width that there is, in pixels.
    pub width: u32,
    /// In which language.
    pub tongue: Tongue,
}

/// Draws the calls that the filter lets through, in the zone of the case's first line: by day, by hour and weekday; of a
/// group also its numbers: as a block, as lanes, and with their labels and operators.
///
/// # Errors
/// As [`super::CallList::find`].
pub fn charts(case: &Case, filter: &CallFilter, columns: &CallColumns, asked: ChartsAsked) -> Result<Vec<Chart>> {
    let held = columns;
    let columns = held.of(case)?;
    let indices = indices_of(case, filter, held, &columns)?;
    let frame = Frame { width: f64::from(asked.width), tongue: asked.tongue, zone: zone(case.connection())? };
    let group = filter.group.map(|group| resolve(case.connection(), group)).transpose()?;
    let named = named(case, &columns)?;

    let mut local = Local::of(frame.zone);
    // Which numbers of a group called on which days.
    let mut used: Vec<(u32, i64)> = Vec::with_capacity(if group.is_some() { indices.len() } else { 0 });
    let counted = indices.iter().map(|at| {
        let row = &columns.rows[*at as usize];
        let clock = &columns.clocks[row.clock as usize];
        let (day, hour) = local.day_and_hour(row.start, clock.precision, &clock.zone);
        if group.is_some() {
            used.push((row.number, day));
        }
        Counted { day, hour, group: row.group }
    });
    let tally = Tally::of(counted, named.len());
    let mut charts = vec![days(&tally, &named, &frame), hours(&tally, &frame)];
    let Some(of_group) = named.iter().find(|named| Some(named.id) == group) else { return Ok(charts) };

    let found = numbers(used, |at| columns.numbers.get(at as usize), frame.tongue);
    let links = links(case, &columns, &indices, &found)?;
    charts.push(lanes(&found, of_group, &frame));
    charts.push(block(&found, &pools(case, of_group.id)?, of_group, &frame));
    charts.push(graph(&found, &links, of_group, &frame));
    Ok(charts)
}

/// All groups of the case, as the columns count them.
fn named(case: &Case, columns: &Columns) -> Result<Vec<GroupNamed>> {
    let sizes: Vec<(GroupId, u32)> =
        columns.groups.iter().zip(&columns.members).map(|((id, _), calls)| (*id, *calls)).collect();
    let marks = marks(case.connection(), &sizes)?;
    let named = columns.groups.iter().map(|(id, name)| GroupNamed {
        id: *id,
        name: name.clone(),
        mark: marks.get(id).copied().unwrap_or(0),
    });
    Ok(named.collect())
}

/// First and last numbers of the blocks of a group.
fn pools(case: &Case, group: GroupId) -> Result<Vec<(u64, u64)>> {
    let pools = lists::group(case.connection(), group)?.map(|group| group.pools).unwrap_or_default();
    Ok(pools.iter().filter_map(Pool::ends).collect())
}

/// With which labels each number was shown, and to whom its range was allotted.
fn links(case: &Case, columns: &Columns, indices: &[u32], found: &[NumberUse]) -> Result<Links> {
    let mut seen: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for at in indices {
        let row = &columns.rows[*at as usize];
        *seen.entry((row.number, row.label)).or_default() += 1;
    }
    let place: FxHashMap<&str, usize> =
        found.iter().enumerate().map(|(at, number)| (number.text.as_str(), at)).collect();
    let mut labels: Vec<Vec<(String, u32)>> = vec![Vec::new(); found.len()];
    for ((number, label), calls) in seen {
        let text = columns.numbers.get(number as usize).filter(|n| n.kind != NumberKind::Hidden);
        let Some(of_number) = place.get(text.map_or("", |n| n.text.as_str())).and_then(|at| labels.get_mut(*at)) else {
            continue;
        };
        let label = if label == NONE { None } else { columns.labels.get(label as usize) };
        of_number.push((label.map_or_else(String::new, |(text, _)| text.clone()), calls));
    }
    labels.iter_mut().for_each(|of| of.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0))));
    let holders = Holders::of(case.connection())?;
    let holder = |number: &NumberUse| {
        let number = PhoneNumber::e164(number.digits?);
        Some(holders.held(&number)?.holder())
    };
    let mut registers: Vec<NaiveDate> = holders.files().iter().map(|file| file.origin.dated).collect();
    registers.sort_unstable();
    registers.dedup();
    Ok(Links { labels, holders: found.iter().map(|n| holder(n).unwrap_or_default()).collect(), registers })
}
