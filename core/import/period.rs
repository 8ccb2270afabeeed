//! The period that a file states for itself, beside its rows: in a text around the table or in an element's attributes.
//! It says of which days a source would tell a call, where the calls themselves end sooner.

use super::recipe::Recipe;
use super::rows::RawRow;
use super::words::{any_fits, folded};
use chrono::{Datelike, Days, Months, NaiveDate};
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

/// Elements that state the period of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct XmlPeriod {
    /// Their names.
    pub elements: Vec<String>,
    /// Attribute of the first day.
    pub from: String,
    /// Attribute of the last day.
    pub to: String,
    /// Element and attribute of the day on which the file was made.
    pub made: Option<(String, String)>,
}

impl XmlPeriod {
    /// Every element that says something of it.
    pub fn told_by(&self) -> impl Iterator<Item = &String> {
        self.elements.iter().chain(self.made.iter().map(|(element, _)| element))
    }
}

/// First and last day.
pub(super) type Span = (NaiveDate, NaiveDate);

/// Lines of text over which a statement may go on.
const GOES_ON: u32 = 2;
/// Letters of a text that are looked at.
const LONGEST: usize = 400;
/// No detail is of more days; what says so is something else.
const MOST_DAYS: i64 = 3_700;
/// Stretches that are kept: a bill has one for each line, nearly always the same.
const MOST_SPANS: usize = 64;

/// A day, with its clock or without.
static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let text = r"(?x) \b (?:
        (?<d>\d{1,2}) [./-] (?<m>\d{1,2}) [./-] (?<y>\d{4}|\d\d)
        | (?<y2>\d{4}) [./-] (?<m2>\d{1,2}) [./-] (?<d2>\d{1,2})
        | (?<d3>\d{1,2}) \s (?<name>\pL{3,9}) \.? \s (?<y3>\d{4})
        ) \b (?: (?:\s|t|,\s?) (?<clock>\d{1,2}:\d\d(?::\d\d)?) )?";
    Regex::new(text).ok()
});

/// What may stand between two days of a period.
static BETWEEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*(?:г\.?|года|г\.,)?[\s,.]*(?:-|по|до|to|until|\.\.+)?\s*$").ok());

/// `сентябрь 2025`.
static MONTH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\W*(\pL{3,9})\s(\d{4})\b").ok());

/// Gathers what a file states of its period.
#[derive(Default)]
pub(super) struct Stated {
    spans: Vec<Span>,
    /// The day on which the file was made: of it and what follows it can say nothing for sure.
    made: Option<NaiveDate>,
    /// A text that began to state it, and how many lines may still go on.
    begun: Option<(String, u32)>,
}

impl Stated {
    /// Takes a row around the table.
    pub fn take_text(&mut self, recipe: &Recipe, row: &RawRow) {
        if recipe.period_words.is_empty() {
            return;
        }
        let begun = self.begun.take();
        let cells: Vec<String> = row.cells().take(64).map(folded).filter(|cell| !cell.is_empty()).collect();
        if let Some(at) = cells.iter().position(|cell| any_fits(&recipe.made_words, cell)) {
            let text = cells[at..].iter().take(2).map(String::as_str).collect::<Vec<_>>().join(" ");
            self.made(days_in(&text).first().map(|day| day.date));
        }
        let (text, left) = match (cells.iter().position(|cell| any_fits(&recipe.period_words, cell)), begun) {
            (Some(at), _) => (cells[at..].join(" "), GOES_ON),
            (None, Some((text, left))) => (format!("{text} {}", cells.join(" ")), left),
            (None, None) => return,
        };
        if text.len() > LONGEST * 2 {
            return;
        }
        match span_in(behind_word(&text)) {
            Some(span) => self.add(span),
            // A line of text may break off within; a cell says the whole of it.
            None if row.around && left > 0 && days_in(behind_word(&text)).len() < 2 => {
                self.begun = Some((text, left - 1));
            }
            None => {}
        }
    }

    /// Takes an element beside the rows.
    pub fn take_element(&mut self, shape: &XmlPeriod, name: &str, attributes: &[(String, String)]) {
        let day = |wanted: &str| {
            let (_, text) = attributes.iter().find(|(name, _)| name == wanted)?;
            days_in(&folded(text)).into_iter().next()
        };
        if shape.elements.iter().any(|element| element == name)
            && let (Some(from), Some(to)) = (day(&shape.from), day(&shape.to))
        {
            self.add((from.date, last_day(&from, &to)));
        }
        if let Some((_, attribute)) = shape.made.as_ref().filter(|(element, _)| element == name) {
            self.made(day(attribute).map(|day| day.date));
        }
    }

    fn made(&mut self, day: Option<NaiveDate>) {
        self.made = self.made.into_iter().chain(day).min();
    }

    fn add(&mut self, span: Span) {
        let sound = span.0 <= span.1 && (span.1 - span.0).num_days() <= MOST_DAYS;
        if sound && !self.spans.contains(&span) && self.spans.len() < MOST_SPANS {
            self.spans.push(span);
        }
    }

    /// The period, where what the file states is one stretch and meets the days of its rows; up to the day before the
    /// file was made.
    pub fn period(mut self, rows: Option<Span>) -> Option<Span> {
        self.spans.sort_unstable();
        let mut whole = *self.spans.first()?;
        for (from, to) in self.spans {
            if from > whole.1.checked_add_days(Days::new(1))? {
                return None;
            }
            whole.1 = whole.1.max(to);
        }
        if let Some(before) = self.made.and_then(|day| day.pred_opt()) {
            whole.1 = whole.1.min(before);
        }
        let meets = rows.is_none_or(|(first, last)| whole.0 <= last && first <= whole.1);
        (meets && whole.0 <= whole.1).then_some(whole)
    }
}

/// What stands behind the word for a period; the whole text where it has none.
fn behind_word(text: &str) -> &str {
    let words = ["период", "period", "date range", "даты"];
    let at = words.iter().filter_map(|word| Some(text.find(word)? + word.len())).min();
    at.map_or(text, |at| &text[at..])
}

/// The first and the last day that a text names, where it names no other.
fn span_in(text: &str) -> Option<Span> {
    match days_in(text).as_slice() {
        [from, to] => {
            let between = text.get(from.end..to.begin)?;
            let stated = BETWEEN.as_ref().is_some_and(|shape| shape.is_match(between));
            stated.then(|| (from.date, last_day(from, to)))
        }
        [] => {
            let found = MONTH.as_ref()?.captures(text)?;
            let month = super::when::month_of(found.get(1)?.as_str())?;
            let first = NaiveDate::from_ymd_opt(found.get(2)?.as_str().parse().ok()?, u32::try_from(month).ok()?, 1)?;
            Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
        }
        _ => None,
    }
}

/// Midnight ends the day before.
fn last_day(from: &DaySeen, to: &DaySeen) -> NaiveDate {
    let before = to.date.pred_opt().filter(|before| to.midnight && *before >= from.date);
    before.unwrap_or(to.date)
}

struct DaySeen {
    date: NaiveDate,
    /// Whether its clock says that the day only begins.
    midnight: bool,
    begin: usize,
    end: usize,
}

fn days_in(text: &str) -> Vec<DaySeen> {
    let Some(shape) = DAY.as_ref() else { return Vec::new() };
    let read = |found: regex::Captures<'_>| {
        let part = |names: [&str; 3]| names.iter().find_map(|name| found.name(name)).map(|part| part.as_str());
        let number = |names| part(names).and_then(|text| text.parse::<u32>().ok());
        let month = match found.name("name") {
            Some(name) => super::when::month_of(name.as_str()).and_then(|month| u32::try_from(month).ok()),
            None => number(["m", "m2", "m2"]),
        };
        let year = number(["y", "y2", "y3"]).map(|year| if year < 100 { year + 2_000 } else { year })?;
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month?, number(["d", "d2", "d3"])?)?;
        let midnight =
            part(["clock", "clock", "clock"]).is_some_and(|clock| clock.bytes().all(|b| matches!(b, b'0' | b':')));
        let whole = found.get(0)?;
        (1990..=2100).contains(&date.year()).then_some(DaySeen {
            date,
            midnight,
            begin: whole.start(),
            end: whole.end(),
        })
    };
    shape.captures_iter(text).filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn told(text: &str) -> Option<String> {
        span_in(behind_word(&folded(text))).map(|(from, to)| format!("{from} {to}"))
    }

    #[test]
    fn a_period_is_read_however_it_is_written() {
        let september = Some("2025-09-01 2025-09-30".to_owned());
        for text in [
            "за период с 01.09.2025 по 30.09.2025",
            "Период: 01.09.2025 - 30.09.2025",
            "Период / Period: 01.09.2025-30.09.2025",
            "Период: 01.09.25 – 30.09.25",
            "Отчётный период 2025-09-01 — 2025-09-30",
            "Период: с 1 сентября 2025 г. по 30 сентября 2025 г.",
            "Период: с 01.09.2025 00:00:00 по 30.09.2025 23:59:59",
            "Период: 01.09.2025 0:00 - 01.10.2025 0:00",
            "Детализация от 05.10.2025 за период 01.09.2025 - 30.09.2025",
            "Детализация с 01.09.2025 по 30.09.2025",
            "Период: сентябрь 2025",
        ] {
            assert_eq!(told(text), september, "{text}");
        }
    }

    #[test]
    fn other_days_are_no_period() {
        for text in [
            "Детализация счёта от 01.09.2025, оплатить до 20.09.2025",
            "Период: 01.09.2025",
            "Период 31.09.2025 - 30.09.2025",
            "Период: 01.08.2025 - 31.08.2025 01.09.2025 - 30.09.2025",
            "Период договора до востребования",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn stretches_apart_from_each_other_or_from_the_rows_are_no_period() {
        let day = |d| NaiveDate::from_ymd_opt(2025, 9, d).unwrap();
        let period = |spans: &[(u32, u32)], made: Option<u32>, rows: (u32, u32)| {
            let mut stated = Stated::default();
            spans.iter().for_each(|(from, to)| stated.add((day(*from), day(*to))));
            stated.made(made.map(day));
            stated.period(Some((day(rows.0), day(rows.1)))).map(|(from, to)| (from.day(), to.day()))
        };
        assert_eq!(period(&[(1, 30)], None, (3, 20)), Some((1, 30)));
        assert_eq!(period(&[(16, 30), (1, 15)], None, (3, 20)), Some((1, 30)));
        assert_eq!(period(&[(1, 10), (20, 30)], None, (3, 22)), None, "nobody says what was between");
        assert_eq!(period(&[(1, 10)], None, (12, 20)), None, "it is of something else");
        assert_eq!(period(&[(1, 30)], Some(21), (3, 20)), Some((1, 20)), "what was not yet cannot stand in it");
    }
}
