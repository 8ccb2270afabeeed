//! Dates and times as people type them into a search: «05.09.2025», «5.9», «5 сен», «сентябрь 2025», `2025-09-05`, «11:53»,
//! «5 сен 2025, 11:53».

use crate::model::Zone;
use chrono::{DateTime, Datelike, Timelike};

/// Names of months as they stand alone and after a day.
const MONTHS: [[&str; 3]; 12] = [
    ["январь", "января", "january"],
    ["февраль", "февраля", "february"],
    ["март", "марта", "march"],
    ["апрель", "апреля", "april"],
    ["май", "мая", "may"],
    ["июнь", "июня", "june"],
    ["июль", "июля", "july"],
    ["август", "августа", "august"],
    ["сентябрь", "сентября", "september"],
    ["октябрь", "октября", "october"],
    ["ноябрь", "ноября", "november"],
    ["декабрь", "декабря", "december"],
];

/// A date and a time of day of which parts may be left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    day: Option<u32>,
    month: Option<u32>,
    year: Option<i32>,
    /// Hour and minute.
    time: Option<(u32, u32)>,
}

impl Written {
    /// Reads one; `None` where the text is none.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, last) = text.rsplit_once([' ', '\u{a0}']).unwrap_or(("", text));
        let Some(time) = time_of_day(last) else { return Self::date(text) };
        let date = date.trim_end().trim_end_matches(',');
        if date.is_empty() {
            return Some(Self { day: None, month: None, year: None, time: Some(time) });
        }
        Self::date(date).map(|date| Self { time: Some(time), ..date })
    }

    /// Reads a text that begins or ends with one: the date, and what is left of the text. The longest date counts; a text
    /// that is a date leaves nothing.
    pub(super) fn beside(text: &str) -> Option<(Self, &str)> {
        if Self::read(text).is_some() {
            return None;
        }
        let blank = |c: char| c.is_whitespace();
        let places: Vec<usize> = text.match_indices(blank).map(|(at, _)| at).collect();
        let before = places.iter().rev().filter_map(|at| text.split_at_checked(*at));
        let after = places.iter().filter_map(|at| text.split_at_checked(*at));
        let first = before.filter_map(|(date, rest)| Some((Self::read(date.trim_end_matches(','))?, rest)));
        let last = after.filter_map(|(rest, date)| Some((Self::read(date)?, rest)));
        first.chain(last).map(|(date, rest)| (date, rest.trim())).find(|(_, rest)| !rest.is_empty())
    }

    fn date(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let text = text.strip_suffix("г.").or_else(|| text.strip_suffix('г')).unwrap_or(&text).trim_end();
        let text = text.strip_suffix('.').unwrap_or(text);
        if let Some((year, rest)) = text.split_once('-') {
            let (month, day) = rest.split_once('-')?;
            return Self::of(number(day), number(month)?, number(year).filter(|_| year.len() == 4)?.try_into().ok());
        }
        let parts: Vec<&str> = text.split(['.', ' ', '\u{a0}']).filter(|part| !part.is_empty()).collect();
        match *parts.as_slice() {
            [day, month] if number(day).is_some() && text.contains('.') => Self::of(number(day), number(month)?, None),
            [day, month, year] if number(month).is_some() => {
                Self::of(number(day), number(month)?, Some(full_year(year)?))
            }
            // A month alone is written out: «мар» may be the beginning of a name.
            [month] => Self::of(None, named(month)?, None).filter(|_| MONTHS.as_flattened().contains(&month)),
            [day, month] if number(day).is_some() => Self::of(number(day), named(month)?, None),
            [month, year] => Self::of(None, named(month)?, Some(full_year(year)?)),
            [day, month, year] => Self::of(number(day), named(month)?, Some(full_year(year)?)),
            _ => None,
        }
    }

    fn of(day: Option<u32>, month: u32, year: Option<i32>) -> Option<Self> {
        let fits = (1..=12).contains(&month) && day.is_none_or(|day| (1..=31).contains(&day));
        fits.then_some(Self { day, month: Some(month), year, time: None })
    }

    /// Whether an instant falls on it in a zone.
    pub(super) fn holds(&self, instant: i64, zone: &Zone) -> bool {
        let Some(at) = DateTime::from_timestamp(instant + i64::from(zone.offset_s(instant)), 0) else { return false };
        self.month.is_none_or(|month| at.month() == month)
            && self.time.is_none_or(|time| (at.hour(), at.minute()) == time)
            && self.day.is_none_or(|day| at.day() == day)
            && self.year.is_none_or(|year| at.year() == year)
    }
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// `9:05`, `09:05`, `09:05:30`: to the minute.
fn time_of_day(text: &str) -> Option<(u32, u32)> {
    let (hour, rest) = text.split_once(':')?;
    let minute = rest.split_once(':').map_or(Some(rest), |(minute, second)| number(second).map(|_| minute))?;
    let fits = |part: &str, lengths: std::ops::RangeInclusive<usize>, below: u32| {
        number(part).filter(|value| lengths.contains(&part.len()) && *value < below)
    };
    Some((fits(hour, 1..=2, 24)?, fits(minute, 2..=2, 60)?))
}

/// A year of four digits, or of two in this century.
fn full_year(text: &str) -> Option<i32> {
    let year = i32::try_from(number(text)?).ok()?;
    match text.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

/// A month by its name, or by the first letters of it.
fn named(text: &str) -> Option<u32> {
    let begins = |name: &str| text.chars().count() >= 3 && name.starts_with(text);
    let at = MONTHS.iter().position(|names| names.iter().any(|name| begins(name)))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_stands_beside_a_date_is_left_over() {
        let date = |text| Written::read(text).unwrap();
        for (text, expected) in [
            ("17.11 944", Some((date("17.11"), "944"))),
            ("17 ноя 2026, 11:53 банк", Some((date("17.11.2026 11:53"), "банк"))),
            ("ООО Вектория 17.11", Some((date("17.11"), "ООО Вектория"))),
            ("+7 944 330-55-19", None),
            ("5 мая", None),
            ("", None),
        ] {
            assert_eq!(Written::beside(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_are_read_as_people_type_them() {
        let date = |day, month, year| Some(Written { day, month: Some(month), year, time: None });
        let at = |date: Option<Written>, hour, minute| date.map(|date| Written { time: Some((hour, minute)), ..date });
        for (text, expected) in [
            ("05.09.2025", date(Some(5), 9, Some(2025))),
            ("5.9.25", date(Some(5), 9, Some(2025))),
            ("2025-09-05", date(Some(5), 9, Some(2025))),
            ("5 сен", date(Some(5), 9, None)),
            ("5 сентября 2025 г.", date(Some(5), 9, Some(2025))),
            ("сентябрь 2025", date(None, 9, Some(2025))),
            ("мая", date(None, 5, None)),
            ("март", date(None, 3, None)),
            ("05.09", date(Some(5), 9, None)),
            ("3 Sep 2025", date(Some(3), 9, Some(2025))),
            ("17.11 11:53", at(date(Some(17), 11, None), 11, 53)),
            ("17 ноя 2026, 9:05:30", at(date(Some(17), 11, Some(2026)), 9, 5)),
            ("11:53", Some(Written { day: None, month: None, year: None, time: Some((11, 53)) })),
            ("24:00", None),
            ("17.11 944", None),
            ("17.11.944", None),
            ("мама", None),
            ("марина", None),
            ("мар", None),
            ("мар 2025", date(None, 3, Some(2025))),
            ("310-40", None),
            ("32.13.2025", None),
            ("5517705", None),
            ("", None),
        ] {
            assert_eq!(Written::read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_date_is_that_of_the_zone() {
        let date = Written { day: Some(5), month: Some(9), year: Some(2025), time: None };
        // 2025-09-04T22:30:00Z
        assert!(date.holds(1_757_025_000, &Zone::MOSCOW));
        assert!(!date.holds(1_757_025_000, &Zone::UTC));
    }
}
