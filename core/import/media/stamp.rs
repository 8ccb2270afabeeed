//! A time as a name or metadata states it, and which of several is the time of capture.

use super::name::{Medium, NameSays};
use crate::model::{CapturedBasis, Clock, ClockKind, Moment, Precision, Zone, ZoneBasis};
use chrono::{NaiveDate, NaiveDateTime};

/// A time as stated: local time without a zone, local time with an offset, or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Seconds as `kind` says.
    pub reading: i64,
    /// A wall clock or an instant.
    pub kind: ClockKind,
    /// The zone stated with it; `None` where nothing states one.
    pub zone: Option<Zone>,
    /// The smallest unit written.
    pub precision: Precision,
}

/// Nothing that this program reads was captured before or after.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

impl Stamp {
    /// A wall-clock reading.
    pub(super) fn wall(at: NaiveDateTime, precision: Precision) -> Self {
        Self { reading: at.and_utc().timestamp(), kind: ClockKind::Wall, zone: None, precision }
    }

    /// An instant in seconds, where it is a plausible one.
    pub(super) fn instant(seconds: i64) -> Option<Self> {
        let at = chrono::DateTime::from_timestamp(seconds, 0)?;
        YEARS.contains(&chrono::Datelike::year(&at)).then_some(Self {
            reading: seconds,
            kind: ClockKind::Instant,
            zone: None,
            precision: Precision::Second,
        })
    }

    /// The moment, read in `zone` where the stamp states none.
    #[must_use]
    pub fn moment(self, zone: Zone, basis: ZoneBasis) -> Moment {
        let (zone, basis) = self.zone.map_or((zone, basis), |stated| (stated, ZoneBasis::Stated));
        Moment { reading: self.reading, clock: Clock { kind: self.kind, zone, basis, precision: self.precision } }
    }
}

/// Reads digits in the order of `form`; what is cut off makes the time less precise.
pub(super) fn from_digits(digits: &str, two_digit_year: bool) -> Option<Stamp> {
    let year_length = if two_digit_year { 2 } else { 4 };
    let number = |from: usize, length: usize| digits.get(from..from + length)?.parse::<u32>().ok();
    let year = number(0, year_length)? as i32 + if two_digit_year { 2000 } else { 0 };
    let date = date(year, number(year_length, 2)?, number(year_length + 2, 2)?)?;
    let time = digits.get(year_length + 4..)?;
    // Two digits of a cut stamp are an hour and no minute: the day is all that is certain.
    let (hour, minute, second, precision) = match time.len() {
        0..=3 => (0, 0, 0, Precision::Day),
        4 | 5 => (number(year_length + 4, 2)?, number(year_length + 6, 2)?, 0, Precision::Minute),
        _ => (number(year_length + 4, 2)?, number(year_length + 6, 2)?, number(year_length + 8, 2)?, Precision::Second),
    };
    Some(Stamp::wall(date.and_hms_opt(hour, minute, second)?, precision))
}

/// A date of the years in which phones made pictures.
pub(super) fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| YEARS.contains(&year))
}

/// Clocks of one phone, of its recorder and of its file system, are no further apart.
const APART_S: i64 = 120;
/// Lengths and clocks are whole seconds.
const ROUNDED_S: i64 = 2;
/// In another zone the same clock shows the same minute, to so many seconds.
const ELSEWHERE_S: i64 = 10;
/// No zone is further from another that people live in.
const ZONES_S: i64 = 14 * HOUR_S;
const HOUR_S: i64 = 3_600;

/// The time of capture by the three who may know it, and who it was: the person's word, then the metadata as far as the
/// name bears with them, then the name. A name by which a messenger saved the file is no time of capture.
#[must_use]
pub fn captured_at(
    stated: Option<Moment>,
    metadata: Option<Stamp>,
    name: Option<&NameSays>,
    of: Medium,
    duration_s: Option<u32>,
    zone: (Zone, ZoneBasis),
) -> (Option<Moment>, CapturedBasis) {
    if let Some(moment) = stated {
        return (Some(moment), CapturedBasis::Stated);
    }
    let named = name.and_then(|name| name.time).map(|time| time.moment(zone.0, zone.1));
    let saved = name.is_some_and(|name| name.saved);
    let told = metadata.map(|stamp| stamp.moment(zone.0, zone.1)).and_then(|told| match (of, name, named) {
        (Medium::Sound, Some(name), Some(named)) => of_a_sound(told, name, named, duration_s.unwrap_or(0).into()),
        // Saved nobody knows when: nobody knows of the container either whether that is its time.
        (Medium::Sound, Some(_), None) if saved => None,
        // A day without a time is what archives write; a screenshot's own name knows the second.
        (Medium::Picture, _, Some(named)) if !saved => Some(told).filter(|_| slack(&told) <= slack(&named)),
        _ => Some(told),
    });
    if told.is_some() {
        return (told, CapturedBasis::Metadata);
    }
    let named = named.filter(|_| !saved);
    (named, if named.is_some() { CapturedBasis::FileName } else { CapturedBasis::Unknown })
}

fn slack(moment: &Moment) -> i64 {
    moment.clock.precision.slack_s()
}

/// What the metadata of a recording are worth beside its name.
///
/// A recorder writes them when it stops, or when it starts; the length of the recording and a name that agrees with one
/// of the two decide which. Who saves a recording anew writes them anew, without touching its name: so where the two
/// disagree, a recorder's name, taken off the clock as the call began, is nearer to the truth. Of a name that no
/// recorder's shape vouches for, and that may itself tell of a saving, the earlier of the two is: neither a container nor
/// a copy can be older than the recording.
fn of_a_sound(told: Moment, name: &NameSays, named: Moment, length: i64) -> Option<Moment> {
    let off = told.instant() - named.instant();
    let between = zones_between(&told, &named, off, length);
    if name.saved {
        // What a messenger writes anew as it saves is no older than its own name for it, wherever the phone was.
        let margin = APART_S + length + if slack(&named) < HOUR_S { 0 } else { ZONES_S };
        return Some(told).filter(|_| off < -margin && between.is_none());
    }
    let agrees = -(APART_S + slack(&told))..=length + APART_S + slack(&named);
    let off = if agrees.contains(&off) { Some(off) } else { between.map(|zones| off - zones) };
    let Some(off) = off else { return Some(told).filter(|_| !name.recorded && told.instant() < named.instant()) };
    let from_named = |off: i64| (off - off.clamp(0, slack(&named))).abs();
    // Who stopped before the length had passed did not stop: so short after the name it is still the beginning.
    let ends = off - length >= -ROUNDED_S && from_named(off - length) < from_named(off);
    Some(if ends { Moment { reading: told.reading - length, ..told } } else { told })
}

/// The hours between the zones where a name and an instant are one clock of a phone that was in another zone than its
/// line. An instant that is the wall clock of the line itself is nobody's: a program that takes its clock for universal
/// time wrote it.
fn zones_between(told: &Moment, named: &Moment, off: i64, length: i64) -> Option<i64> {
    let is_instant = told.clock.kind == ClockKind::Instant || told.clock.basis == ZoneBasis::Stated;
    let is_wall = named.clock.kind == ClockKind::Wall && named.clock.basis != ZoneBasis::Stated;
    if !is_instant || !is_wall || slack(named) >= HOUR_S {
        return None;
    }
    let line = named.reading - named.instant();
    [0, length].into_iter().find_map(|end| {
        let shift = off - end + ELSEWHERE_S;
        let rest = shift.rem_euclid(HOUR_S);
        let zones = shift - rest;
        let one = rest <= 2 * ELSEWHERE_S + slack(named) && zones != 0 && zones != line && zones.abs() <= ZONES_S;
        one.then_some(zones)
    })
}

#[cfg(test)]
#[path = "stamp_tests.rs"]
mod tests;
