//! A time as a name or metadata states it, and which of several is the time of capture.

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

/// The time of capture by the three who may know it, and who it was: the person's word, then the metadata, then the
/// name. `saved` says that the name tells only when a messenger stored the file.
///
/// A recorder writes the metadata when it stops, or when it starts; the length of the recording and a name that agrees
/// with one of the two decide which.
#[must_use]
pub fn captured_at(
    stated: Option<Moment>,
    metadata: Option<Stamp>,
    name: Option<(Stamp, bool)>,
    duration_s: Option<u32>,
    zone: (Zone, ZoneBasis),
) -> (Option<Moment>, CapturedBasis) {
    if let Some(moment) = stated {
        return (Some(moment), CapturedBasis::Stated);
    }
    let name = name.filter(|(_, saved)| !saved).map(|(stamp, _)| stamp.moment(zone.0, zone.1));
    if let Some(stamp) = metadata {
        let mut moment = stamp.moment(zone.0, zone.1);
        let named = name.filter(|n| n.clock.precision == Precision::Second);
        if let (Some(named), Some(length)) = (named, duration_s.map(i64::from)) {
            let off = moment.instant() - named.instant();
            if off > 0 && (off - length).abs() < off {
                moment.reading -= length;
            }
        }
        return (Some(moment), CapturedBasis::Metadata);
    }
    name.map_or((None, CapturedBasis::Unknown), |moment| (Some(moment), CapturedBasis::FileName))
}
