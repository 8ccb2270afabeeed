//! When calls come: how many a day (a week, a month, a year), each group apart, and how many at each hour of each
//! weekday. What a picture is drawn from, and the table behind it.

use super::find::{CallColumns, CallFilter, indices_of, zone};
use crate::case::Case;
use crate::error::Result;
use crate::model::{GroupId, NONE, Precision, Zone};
use crate::store::columns::Columns;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// Groups that are shown apart; the others are one part.
const APART: usize = 11;
/// More columns than this do not stand side by side.
const COLUMNS: i64 = 186;

/// What one column stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RhythmUnit {
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// When calls come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CallRhythm {
    /// Calls counted.
    pub calls: u32,
    /// Zone of the days and hours.
    pub zone: String,
    /// What a column stands for.
    pub unit: RhythmUnit,
    /// First day of every column, without gaps.
    pub days: Vec<String>,
    /// The counts of each group, the largest first; then those of the other groups, then those of no group.
    pub parts: Vec<RhythmPart>,
    /// Calls at each hour (inner) of each weekday (outer, from Monday).
    pub hours: Vec<Vec<u32>>,
    /// Calls of which only the day is known: they have no hour.
    pub without_hour: u32,
}

/// The counts of one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RhythmPart {
    /// The group; `None` for the rest.
    pub group: Option<GroupId>,
    /// Its name; empty for the rest.
    pub name: String,
    /// How many groups are counted together; 0 for calls of no group.
    pub groups: u32,
    /// Calls in each column.
    pub counts: Vec<u32>,
    /// Calls in all.
    pub calls: u32,
}

/// Counts the calls that the filter lets through, in the zone of the case's first line.
///
/// # Errors
/// As [`super::CallList::find`].
pub fn call_rhythm(case: &Case, filter: &CallFilter, columns: &CallColumns) -> Result<CallRhythm> {
    let columns = columns.of(case)?;
    let indices = indices_of(case, filter, &columns)?;
    let zone = zone(case.connection())?;
    let mut locals = Locals::of(zone);
    let mut hours = vec![vec![0_u32; 24]; 7];
    let mut without_hour = 0;
    let mut daily: FxHashMap<(u32, i64), u32> = FxHashMap::default();
    let mut of_group: FxHashMap<u32, u32> = FxHashMap::default();
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    for at in &indices {
        let row = &columns.rows[*at as usize];
        let clock = &columns.clocks[row.clock as usize];
        // A day that is written without an hour is that day in its own zone.
        let local = match clock.precision {
            Precision::Day => row.start + i64::from(clock.zone.offset_s(row.start)),
            _ => locals.local(row.start),
        };
        let day = local.div_euclid(DAY_S);
        if clock.precision == Precision::Day {
            without_hour += 1;
        } else {
            // Day 0 was a Thursday.
            hours[(day + 3).rem_euclid(7) as usize][(local.rem_euclid(DAY_S) / 3_600) as usize] += 1;
        }
        *daily.entry((row.group, day)).or_default() += 1;
        *of_group.entry(row.group).or_default() += 1;
        (first, last) = (first.min(day), last.max(day));
    }
    let scale = Scale::of(first, last);
    let parts = parts(&columns, &of_group, &daily, &scale);
    Ok(CallRhythm {
        calls: u32::try_from(indices.len()).unwrap_or(u32::MAX),
        zone: zone.name(),
        unit: scale.unit,
        days: scale.begins.iter().filter_map(|day| date(*day)).map(|day| day.to_string()).collect(),
        parts,
        hours,
        without_hour,
    })
}

const DAY_S: i64 = 86_400;
const QUARTER_S: i64 = 900;

/// The date of a day, counted since 1970.
pub(super) fn date(day: i64) -> Option<NaiveDate> {
    DateTime::from_timestamp(day.checked_mul(DAY_S)?, 0).map(|t| t.date_naive())
}

fn day_of(date: NaiveDate) -> i64 {
    date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp().div_euclid(DAY_S)
}

/// Instants as wall time; offsets change on quarters of an hour, so that the zone is asked once in each.
struct Locals {
    zone: Zone,
    quarter: i64,
    offset_s: i64,
}

impl Locals {
    fn of(zone: Zone) -> Self {
        Self { zone, quarter: i64::MIN, offset_s: 0 }
    }

    fn local(&mut self, instant: i64) -> i64 {
        let quarter = instant.div_euclid(QUARTER_S);
        if quarter != self.quarter {
            (self.quarter, self.offset_s) = (quarter, i64::from(self.zone.offset_s(instant)));
        }
        instant + self.offset_s
    }
}

/// The columns: where each begins.
struct Scale {
    unit: RhythmUnit,
    begins: Vec<i64>,
}

impl Scale {
    /// The smallest unit of which few enough columns are needed.
    fn of(first: i64, last: i64) -> Self {
        let (Some(from), true) = (date(first), first <= last) else {
            return Self { unit: RhythmUnit::Day, begins: Vec::new() };
        };
        let days = last - first + 1;
        let unit = match days {
            _ if days <= COLUMNS => RhythmUnit::Day,
            _ if days <= COLUMNS * 7 => RhythmUnit::Week,
            _ if days <= COLUMNS * 30 => RhythmUnit::Month,
            _ => RhythmUnit::Year,
        };
        let begin = match unit {
            RhythmUnit::Day => Some(from),
            RhythmUnit::Week => from.checked_sub_days(Days::new(u64::from(from.weekday().num_days_from_monday()))),
            RhythmUnit::Month => from.with_day(1),
            RhythmUnit::Year => from.with_day(1).and_then(|day| day.with_month(1)),
        };
        let next = |day: &NaiveDate| match unit {
            RhythmUnit::Day => day.succ_opt(),
            RhythmUnit::Week => day.checked_add_days(Days::new(7)),
            RhythmUnit::Month => day.checked_add_months(Months::new(1)),
            RhythmUnit::Year => day.checked_add_months(Months::new(12)),
        };
        let begins = std::iter::successors(begin, next).map(day_of).take_while(|day| *day <= last).collect();
        Self { unit, begins }
    }

    fn column(&self, day: i64) -> Option<usize> {
        self.begins.partition_point(|begin| *begin <= day).checked_sub(1)
    }
}

/// The largest groups apart, the others together, calls of no group last.
fn parts(
    columns: &Columns,
    of_group: &FxHashMap<u32, u32>,
    daily: &FxHashMap<(u32, i64), u32>,
    scale: &Scale,
) -> Vec<RhythmPart> {
    let mut groups: Vec<(u32, u32)> =
        of_group.iter().map(|(g, calls)| (*g, *calls)).filter(|(g, _)| *g != NONE).collect();
    groups.sort_unstable_by_key(|(group, calls)| (std::cmp::Reverse(*calls), *group));
    // One group more is no crowd: it takes the place of «others».
    let apart = if groups.len() > APART + 1 { APART } else { groups.len() };
    let mut parts: Vec<RhythmPart> = Vec::new();
    let mut place: FxHashMap<u32, usize> = FxHashMap::default();
    let part = |group: Option<&(GroupId, String)>, groups: usize| RhythmPart {
        group: group.map(|(id, _)| *id),
        name: group.map(|(_, name)| name.clone()).unwrap_or_default(),
        groups: u32::try_from(groups).unwrap_or(u32::MAX),
        counts: vec![0; scale.begins.len()],
        calls: 0,
    };
    for (group, _) in &groups[..apart] {
        place.insert(*group, parts.len());
        parts.push(part(columns.groups.get(*group as usize), 1));
    }
    if apart < groups.len() {
        groups[apart..].iter().for_each(|(group, _)| _ = place.insert(*group, parts.len()));
        parts.push(part(None, groups.len() - apart));
    }
    if of_group.contains_key(&NONE) {
        place.insert(NONE, parts.len());
        parts.push(part(None, 0));
    }
    for ((group, day), calls) in daily {
        if let (Some(part), Some(column)) = (place.get(group), scale.column(*day)) {
            parts[*part].counts[column] += calls;
            parts[*part].calls += calls;
        }
    }
    parts
}
