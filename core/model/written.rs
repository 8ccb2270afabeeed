//! How numbers, counts and days are written for people, wherever they stand.

use chrono::{Datelike, NaiveDate};

const NBSP: char = '\u{a0}';
const MONTHS: [&str; 12] = ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];
const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `+7 495 123-45-67`, never broken across lines; numbers of other countries as they are.
#[must_use]
pub fn number_written(e164: &str) -> String {
    match e164.strip_prefix("+7") {
        Some(d) if d.len() == 10 && d.bytes().all(|b| b.is_ascii_digit()) => {
            format!("+7{NBSP}{}{NBSP}{}\u{2011}{}\u{2011}{}", &d[..3], &d[3..6], &d[6..8], &d[8..])
        }
        _ => e164.to_owned(),
    }
}

/// `1 257`.
#[must_use]
pub fn grouped(count: u64) -> String {
    thousands_apart(count, NBSP)
}

/// `1,257`.
#[must_use]
pub fn grouped_en(count: u64) -> String {
    thousands_apart(count, ',')
}

fn thousands_apart(count: u64, by: char) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(by);
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 звонок`, `3 звонка`, `5 звонков`; thousands apart.
#[must_use]
pub fn counted(count: u64, one: &str, few: &str, many: &str) -> String {
    let noun = match (count % 10, count % 100) {
        (1, teen) if teen != 11 => one,
        (2..=4, teen) if !(12..=14).contains(&teen) => few,
        _ => many,
    };
    format!("{}{NBSP}{noun}", grouped(count))
}

/// The name of a month, short, as it stands in a date.
#[must_use]
pub fn month(day: NaiveDate, english: bool) -> &'static str {
    let months = if english { MONTHS_EN } else { MONTHS };
    months.get(day.month0() as usize).copied().unwrap_or("")
}

/// `3 сен 2025`.
#[must_use]
pub fn day_written(day: NaiveDate, english: bool) -> String {
    format!("{}{NBSP}{}{NBSP}{}", day.day(), month(day, english), day.year())
}
