//! Calls counted by day, group and hour, in one pass.

use crate::model::{NONE, Precision, Zone};

const DAY_S: i64 = 86_400;
const QUARTER_S: i64 = 900;

/// Instants as days and hours of a zone; offsets change on quarters of an hour, so that the zone is asked once in each.
#[derive(Debug)]
pub struct Local {
    zone: Zone,
    quarter: i64,
    offset_s: i64,
}

impl Local {
    /// Those of a zone.
    #[must_use]
    pub fn of(zone: Zone) -> Self {
        Self { zone, quarter: i64::MIN, offset_s: 0 }
    }

    /// The day, since 1970, and the hour of an instant. A day that is written without an hour is that day in its own
    /// zone, and has none.
    pub fn day_and_hour(&mut self, instant: i64, precision: Precision, own: &Zone) -> (i64, Option<u8>) {
        if precision == Precision::Day {
            return ((instant + i64::from(own.offset_s(instant))).div_euclid(DAY_S), None);
        }
        let quarter = instant.div_euclid(QUARTER_S);
        if quarter != self.quarter {
            (self.quarter, self.offset_s) = (quarter, i64::from(self.zone.offset_s(instant)));
        }
        let local = instant + self.offset_s;
        (local.div_euclid(DAY_S), u8::try_from(local.rem_euclid(DAY_S) / 3_600).ok())
    }
}

/// The weekday of a day since 1970, 0 for Monday.
#[must_use]
pub fn weekday(day: i64) -> u32 {
    // Day 0 was a Thursday.
    (day + 3).rem_euclid(7) as u32
}

/// A call to be counted.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// Local day, since 1970.
    pub day: i64,
    /// Local hour, where it is known.
    pub hour: Option<u8>,
    /// Index of its group; [`NONE`] for none.
    pub group: u32,
}

/// Calls of a group, or of none, on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Daily {
    pub(super) day: i64,
    pub(super) group: u32,
    pub(super) calls: u32,
}

/// Calls, counted.
#[derive(Debug)]
pub struct Tally {
    pub(super) calls: u32,
    /// Ascending by day and group.
    pub(super) daily: Vec<Daily>,
    /// By weekday and hour.
    pub(super) hours: [[u32; 24]; 7],
    pub(super) without_hour: u32,
}

impl Tally {
    /// Counts calls of so many groups. It is quickest where they come by time.
    #[must_use]
    pub fn of(calls: impl Iterator<Item = Counted>, groups: usize) -> Self {
        let mut tally = Self { calls: 0, daily: Vec::new(), hours: [[0; 24]; 7], without_hour: 0 };
        // The counts of the day that is being read; the last is of calls in no group.
        let mut today = vec![0_u32; groups + 1];
        let mut touched: Vec<usize> = Vec::new();
        let mut day = i64::MIN;
        let close = |day: i64, today: &mut [u32], touched: &mut Vec<usize>, daily: &mut Vec<Daily>| {
            for place in touched.drain(..) {
                let group = if place == groups { NONE } else { u32::try_from(place).unwrap_or(NONE) };
                daily.push(Daily { day, group, calls: std::mem::take(&mut today[place]) });
            }
        };
        for call in calls {
            if call.day != day {
                close(day, &mut today, &mut touched, &mut tally.daily);
                day = call.day;
            }
            let place = (call.group as usize).min(groups);
            if today[place] == 0 {
                touched.push(place);
            }
            today[place] += 1;
            tally.calls = tally.calls.saturating_add(1);
            match call.hour {
                None => tally.without_hour += 1,
                Some(hour) => tally.hours[weekday(call.day) as usize][usize::from(hour.min(23))] += 1,
            }
        }
        close(day, &mut today, &mut touched, &mut tally.daily);
        tally.daily.sort_unstable();
        tally.daily.dedup_by(|next, kept| {
            let same = (next.day, next.group) == (kept.day, kept.group);
            kept.calls += if same { next.calls } else { 0 };
            same
        });
        tally
    }

    /// First and last day.
    pub(super) fn ends(&self) -> Option<(i64, i64)> {
        Some((self.daily.first()?.day, self.daily.last()?.day))
    }
}
