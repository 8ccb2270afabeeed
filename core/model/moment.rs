//! Time as a source states it: the clock reading as written, the zone, how the zone is known, the precision.

use super::words;
use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, Offset, TimeZone};
use serde::{Deserialize, Serialize};

words!(
    /// How the zone of a clock reading is known.
    ZoneBasis {
        /// The file states it, for a row or for the whole.
        Stated = "stated",
        /// The layout fixes it.
        Recipe = "recipe",
        /// The person gave it with the import.
        Given = "given",
        /// It is the zone of the line.
        Line = "line",
        /// Nothing states it; Moscow time was assumed.
        Assumed = "assumed",
    }
);

words!(
    /// The smallest unit that the source writes.
    Precision {
        /// To the second.
        Second = "second",
        /// To the minute.
        Minute = "minute",
        /// To the hour: nobody but a person is that vague.
        Hour = "hour",
        /// To the day.
        Day = "day",
    }
);

impl Precision {
    /// How many seconds after the one written it may have been.
    #[must_use]
    pub fn slack_s(self) -> i64 {
        match self {
            Self::Second => 0,
            Self::Minute => 59,
            Self::Hour => 3_599,
            Self::Day => 86_399,
        }
    }
}

words!(
    /// What the number in a record's time column counts.
    ClockKind {
        /// A wall clock as written: seconds since 1970-01-01T00:00:00 of that wall clock.
        Wall = "wall",
        /// An instant: Unix seconds.
        Instant = "instant",
    }
);

/// A zone: a name of the IANA database or a fixed offset such as `+03:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// A zone of the IANA database; Russia's changes of 2011 and 2014 are in it.
    Named(chrono_tz::Tz),
    /// A fixed offset from UTC.
    Fixed(FixedOffset),
}

impl Zone {
    /// Moscow time: what is assumed where nothing is stated.
    pub const MOSCOW: Zone = Zone::Named(chrono_tz::Europe::Moscow);
    /// Coordinated universal time.
    pub const UTC: Zone = Zone::Named(chrono_tz::UTC);

    /// Reads `Europe/Moscow`, `UTC`, `+03:00`, `+3`, `-0530`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Zone> {
        let text = text.trim();
        if let Ok(tz) = text.parse::<chrono_tz::Tz>() {
            return Some(Zone::Named(tz));
        }
        let (sign, rest) = match text.as_bytes().first()? {
            b'+' => (1, &text[1..]),
            b'-' => (-1, &text[1..]),
            _ => return None,
        };
        let (hours, minutes) = match rest.split_once(':') {
            Some((h, m)) => (h, m),
            None if rest.len() == 4 && rest.is_ascii() => rest.split_at(2),
            None => (rest, "0"),
        };
        let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(hours) || !all_digits(minutes) {
            return None;
        }
        let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
        if hours > 14 || minutes > 59 {
            return None;
        }
        FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60)).map(Zone::Fixed)
    }

    /// The name as stored: an IANA name or `+03:00`.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Zone::Named(tz) => tz.name().to_owned(),
            Zone::Fixed(offset) => offset.to_string(),
        }
    }

    /// The instant (Unix seconds) of a wall-clock reading. A reading that occurs twice is taken as the earlier,
    /// one that was skipped as if the offset before the gap still held.
    #[must_use]
    pub fn instant(&self, wall: i64) -> i64 {
        match self {
            Zone::Fixed(offset) => wall - i64::from(offset.local_minus_utc()),
            Zone::Named(tz) => {
                let Some(local) = DateTime::from_timestamp(wall, 0).map(|t| t.naive_utc()) else { return wall };
                match tz.from_local_datetime(&local) {
                    LocalResult::Single(t) => t.timestamp(),
                    LocalResult::Ambiguous(a, b) => a.timestamp().min(b.timestamp()),
                    LocalResult::None => wall - i64::from(self.offset_s(wall - 86_400)),
                }
            }
        }
    }

    /// The offset from UTC in seconds that holds at an instant (Unix seconds).
    #[must_use]
    pub fn offset_s(&self, instant: i64) -> i32 {
        match self {
            Zone::Fixed(offset) => offset.local_minus_utc(),
            Zone::Named(tz) => DateTime::from_timestamp(instant, 0)
                .map_or(0, |t| tz.offset_from_utc_datetime(&t.naive_utc()).fix().local_minus_utc()),
        }
    }
}

impl Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Zone::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("no such zone: {text}")))
    }
}

/// What a clock reading means: shared by all the records that were written by one clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Clock {
    /// Whether the reading is a wall clock or an instant.
    pub kind: ClockKind,
    /// The zone in which a wall clock is read and an instant is shown.
    pub zone: Zone,
    /// How the zone is known. For an instant: how the zone in which it is shown is known.
    pub basis: ZoneBasis,
    /// The smallest unit written.
    pub precision: Precision,
}

/// A reading together with its clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// Seconds as [`ClockKind`] says.
    pub reading: i64,
    /// The clock that wrote it.
    pub clock: Clock,
}

impl Moment {
    /// Unix seconds.
    #[must_use]
    pub fn instant(&self) -> i64 {
        match self.clock.kind {
            ClockKind::Instant => self.reading,
            ClockKind::Wall => self.clock.zone.instant(self.reading),
        }
    }

    /// RFC 3339 with the offset of the zone: `2025-09-03T10:15:00+03:00`.
    #[must_use]
    pub fn rfc3339(&self) -> String {
        rfc3339(self.instant(), &self.clock.zone)
    }

    /// The wall-clock reading in its zone.
    #[must_use]
    pub fn local(&self) -> Option<NaiveDateTime> {
        let instant = self.instant();
        DateTime::from_timestamp(instant + i64::from(self.clock.zone.offset_s(instant)), 0).map(|t| t.naive_utc())
    }
}

/// Readings of one clock as instants, for many readings: on a day throughout which one offset holds, the zone is asked
/// only once.
#[derive(Clone, Debug)]
pub struct Instants {
    clock: Clock,
    /// The day of wall time that was asked about last.
    day: std::ops::Range<i64>,
    /// Its offset, where one holds throughout.
    offset_s: Option<i64>,
}

impl Instants {
    const DAY_S: i64 = 86_400;

    /// Those of a clock.
    #[must_use]
    pub fn of(clock: Clock) -> Self {
        Self { clock, day: 0..0, offset_s: None }
    }

    /// Unix seconds of a reading: what [`Moment::instant`] says.
    pub fn instant(&mut self, reading: i64) -> i64 {
        if self.clock.kind == ClockKind::Instant {
            return reading;
        }
        if !self.day.contains(&reading) {
            let begin = reading.div_euclid(Self::DAY_S).saturating_mul(Self::DAY_S);
            self.day = begin..begin.saturating_add(Self::DAY_S);
            // No zone changes twice within a day, so that one offset at both ends holds between them.
            let at = |wall: i64| wall.saturating_sub(self.clock.zone.instant(wall));
            self.offset_s = Some(at(self.day.start)).filter(|offset| *offset == at(self.day.end));
        }
        match self.offset_s {
            Some(offset) => reading - offset,
            None => self.clock.zone.instant(reading),
        }
    }
}

/// An instant (Unix seconds) as RFC 3339 in a zone.
#[must_use]
pub fn rfc3339(instant: i64, zone: &Zone) -> String {
    let offset = FixedOffset::east_opt(zone.offset_s(instant)).unwrap_or(chrono::Utc.fix());
    DateTime::from_timestamp(instant, 0)
        .map_or_else(String::new, |t| t.with_timezone(&offset).to_rfc3339_opts(chrono::SecondsFormat::Secs, false))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn many_readings_are_the_same_instants_as_each_by_itself() {
        // Russia's changes, summer time kept and dropped, a day that an island skipped, half hours, a fixed offset.
        for name in ["Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin", "Pacific/Apia", "Asia/Tehran", "-05:30"] {
            let zone = Zone::parse(name).unwrap();
            let clock = Clock { kind: ClockKind::Wall, zone, basis: ZoneBasis::Stated, precision: Precision::Second };
            let mut instants = Instants::of(clock);
            for quarter in 0..10 * 366 * 96 {
                let reading = 1_230_000_000 + quarter * 900;
                assert_eq!(instants.instant(reading), Moment { reading, clock }.instant(), "{name} {reading}");
            }
        }
        let clock = Clock {
            kind: ClockKind::Instant,
            zone: Zone::MOSCOW,
            basis: ZoneBasis::Recipe,
            precision: Precision::Second,
        };
        assert_eq!(Instants::of(clock).instant(1_500_000_000), 1_500_000_000);
        assert_eq!(Instants::of(Clock { kind: ClockKind::Wall, ..clock }).instant(i64::MAX), i64::MAX);
    }
}
