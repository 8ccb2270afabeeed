//! Scales: counts from zero on whole round numbers, and days, weeks, months or years without a gap.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate};

const DAY_S: i64 = 86_400;

/// Ticks from 0 to above `most`, at most six, on whole round numbers.
pub(super) fn ticks(most: u32) -> Vec<u32> {
    let least = most.div_ceil(4).max(1);
    let power = 10_u32.pow(least.ilog10());
    let step = [1, 2, 5, 10].map(|n| power.saturating_mul(n)).into_iter().find(|step| *step >= least).unwrap_or(least);
    (0..=most.div_ceil(step).max(1)).map(|n| n.saturating_mul(step)).collect()
}

/// The date of a day, counted since 1970.
#[must_use]
pub fn date(day: i64) -> Option<NaiveDate> {
    DateTime::from_timestamp(day.checked_mul(DAY_S)?, 0).map(|t| t.date_naive())
}

fn day_of(date: NaiveDate) -> i64 {
    date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp().div_euclid(DAY_S)
}

/// What one column of time stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// Columns of time: where each begins.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) unit: Unit,
    begins: Vec<i64>,
}

impl Span {
    /// The smallest unit of which no more than `most` columns are needed.
    pub(super) fn of(first: i64, last: i64, most: i64) -> Self {
        let (Some(from), true) = (date(first), first <= last) else {
            return Self { unit: Unit::Day, begins: Vec::new() };
        };
        let days = last.saturating_sub(first).saturating_add(1);
        let unit = match days {
            _ if days <= most => Unit::Day,
            _ if days <= most * 7 => Unit::Week,
            _ if days <= most * 30 => Unit::Month,
            _ => Unit::Year,
        };
        let begin = match unit {
            Unit::Day => Some(from),
            Unit::Week => from.checked_sub_days(Days::new(u64::from(from.weekday().num_days_from_monday()))),
            Unit::Month => from.with_day(1),
            Unit::Year => from.with_day(1).and_then(|day| day.with_month(1)),
        };
        let begins = std::iter::successors(begin, |day| after(unit, *day)).map(day_of).take_while(|day| *day <= last);
        Self { unit, begins: begins.collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.begins.len()
    }

    /// The column that a day falls into.
    pub(super) fn column(&self, day: i64) -> Option<usize> {
        self.begins.partition_point(|begin| *begin <= day).checked_sub(1)
    }

    /// First day of a column.
    pub(super) fn first(&self, column: usize) -> Option<NaiveDate> {
        date(*self.begins.get(column)?)
    }

    /// Last day of a column.
    pub(super) fn last(&self, column: usize) -> Option<NaiveDate> {
        after(self.unit, self.first(column)?)?.pred_opt()
    }

    /// The columns under which a name stands: no closer than `room`, and within `width` to its end.
    pub(super) fn named(&self, step: f64, width: f64, room: f64) -> Vec<usize> {
        let every = ((room / step.max(0.01)).ceil().max(1.0)) as usize;
        (0..self.len())
            .step_by(every)
            .filter(|column| *column == 0 || (*column as f64) * step + room * 0.9 <= width)
            .collect()
    }
}

fn after(unit: Unit, day: NaiveDate) -> Option<NaiveDate> {
    match unit {
        Unit::Day => day.succ_opt(),
        Unit::Week => day.checked_add_days(Days::new(7)),
        Unit::Month => day.checked_add_months(Months::new(1)),
        Unit::Year => day.checked_add_months(Months::new(12)),
    }
}
