//! Dates as people type them into a search: «05.09.2025», «5.9», «5 сен», «сентябрь 2025», `2025-09-05`.

use crate::model::Zone;
use chrono::{DateTime, Datelike};

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

/// A date of which parts may be left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    day: Option<u32>,
    month: u32,
    year: Option<i32>,
}

impl Written {
    /// Reads one; `None` where the text is none.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let text = text.strip_suffix("г.").or_else(|| text.strip_suffix('г')).unwrap_or(&text).trim_end();
        let text = text.strip_suffix('.').unwrap_or(text);
        if let Some((year, rest)) = text.split_once('-') {
            let (month, day) = rest.split_once('-')?;
            return Self::of(number(day), number(month)?, number(year).filter(|_| year.len() == 4)?.try_into().ok());
        }
        let parts: Vec<&str> = text.split(['.', ' ', '\u{a0}']).filter(|part| !part.is_empty()).collect();
        match *parts.as_slice() {
            [day, month] if number(day).is_some() && text.contains('.') => Self::of(number(day), number(month)?, None),
            [day, month, year] if number(month).is_some() => Self::of(number(day), number(month)?, full_year(year)),
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
        fits.then_some(Self { day, month, year })
    }

    /// Whether an instant falls on it in a zone.
    pub(super) fn holds(&self, instant: i64, zone: &Zone) -> bool {
        let Some(at) = DateTime::from_timestamp(instant + i64::from(zone.offset_s(instant)), 0) else { return false };
        at.month() == self.month
            && self.day.is_none_or(|day| at.day() == day)
            && self.year.is_none_or(|year| at.year() == year)
    }
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
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
    use super::*;

    #[test]
    fn dates_are_read_as_people_type_them() {
        let date = |day, month, year| Some(Written { day, month, year });
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
        let date = Written { day: Some(5), month: 9, year: Some(2025) };
        // 2025-09-04T22:30:00Z
        assert!(date.holds(1_757_025_000, &Zone::MOSCOW));
        assert!(!date.holds(1_757_025_000, &Zone::UTC));
    }
}
