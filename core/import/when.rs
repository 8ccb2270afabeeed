//! Dates and durations, read by hand on bytes in the forms that a recipe names.

use crate::model::Precision;
use serde::Deserialize;

/// What was expected of a cell, in words for a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Expected {
    pub russian: String,
    pub english: String,
}

impl Expected {
    pub fn of(russian: &str, english: &str) -> Self {
        Self { russian: russian.to_owned(), english: english.to_owned() }
    }

    fn push(&mut self, mark: char) {
        self.russian.push(mark);
        self.english.push(mark);
    }
}

/// Digits and marks of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Day,
    Month,
    Year,
    ShortYear,
    Hour,
    Minute,
    Second,
    /// The month by its name in Russian or English, in full or cut short.
    MonthName,
    /// `AM` or `PM`, spaces before it or none.
    HalfDay,
    /// One or more spaces, a comma before them or none.
    Gap,
    Mark(u8),
}

/// A form in which a source writes dates: `dd.mm.yyyy hh:mm:ss`, `yyyy-mm-ddThh:mm:ss`, `epoch_ms`, `epoch_s`.
/// Days, months and hours may have one digit; several spaces count as one; a fraction of a second is passed over.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) enum Format {
    /// Pieces from the left; the last, of seconds or minutes, may be followed by an offset.
    Written(Vec<Piece>, Precision),
    /// Milliseconds since 1970.
    EpochMs,
    /// Seconds since 1970.
    EpochS,
    /// Seconds since 2001, as Apple's systems count them, with a fraction.
    Since2001,
}

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Read {
    /// Seconds since 1970 of the clock as written.
    pub reading: i64,
    /// The smallest unit written.
    pub precision: Precision,
    /// Offset from UTC in seconds, where it stands behind the time.
    pub offset_s: Option<i32>,
    /// The count of seconds is that of UTC, whatever the clock on the wall was.
    pub is_instant: bool,
}

impl TryFrom<String> for Format {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "epoch_ms" => return Ok(Format::EpochMs),
            "epoch_s" => return Ok(Format::EpochS),
            "since_2001" => return Ok(Format::Since2001),
            _ => {}
        }
        let mut pieces = Vec::new();
        let mut precision = Precision::Day;
        let mut rest = text.as_str();
        while let Some(first) = rest.bytes().next() {
            let run = rest.bytes().take_while(|b| *b == first).count();
            let piece = match (first, run) {
                (b'd', 2) => Piece::Day,
                (b'm', 2) if pieces.contains(&Piece::Hour) => {
                    precision = Precision::Minute;
                    Piece::Minute
                }
                (b'm', 2) => Piece::Month,
                (b'm', 3) => Piece::MonthName,
                (b'a', 1) if rest.starts_with("am") => {
                    rest = &rest[1..];
                    Piece::HalfDay
                }
                (b'y', 4) => Piece::Year,
                (b'y', 2) => Piece::ShortYear,
                (b'h', 2) => {
                    precision = Precision::Hour;
                    Piece::Hour
                }
                (b's', 2) => {
                    precision = Precision::Second;
                    Piece::Second
                }
                (b' ', _) => Piece::Gap,
                (b'.' | b'-' | b'/' | b':' | b'T', 1) => Piece::Mark(first),
                _ => return Err(format!("no such form of a date: {text}")),
            };
            pieces.push(piece);
            rest = &rest[run..];
        }
        Ok(Format::Written(pieces, precision))
    }
}

impl Format {
    /// Reads the whole text in this form.
    pub fn read(&self, text: &str) -> Option<Read> {
        let text = text.trim();
        match self {
            Format::EpochMs => {
                let milliseconds: i64 = text.parse().ok()?;
                // Anything shorter is some other number, such as a count of seconds.
                since_1970(milliseconds.div_euclid(1000)).filter(|_| milliseconds >= 100_000_000_000)
            }
            Format::EpochS => {
                let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
                // Anything shorter is some other number, such as a date without its stops.
                since_1970(whole.parse().ok().filter(|seconds| *seconds >= 1_000_000_000)?)
            }
            Format::Since2001 => {
                let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
                let seconds: i64 = whole.parse().ok()?;
                // Anything shorter is some other number, and no phone with such a log was older than 2004.
                since_1970(seconds.checked_add(SECONDS_TO_2001)?).filter(|_| seconds >= 100_000_000)
            }
            Format::Written(pieces, precision) => read_written(pieces, *precision, text.as_bytes()),
        }
    }

    /// The form in words for a person.
    pub fn in_words(&self) -> Expected {
        let pieces = match self {
            Format::EpochMs => return Expected::of("миллисекунды с 01.01.1970", "milliseconds since 1970-01-01"),
            Format::EpochS => return Expected::of("секунды с 01.01.1970", "seconds since 1970-01-01"),
            Format::Since2001 => return Expected::of("секунды с 01.01.2001", "seconds since 2001-01-01"),
            Format::Written(pieces, _) => pieces,
        };
        let mut words = Expected::default();
        for piece in pieces {
            let (russian, english) = match piece {
                Piece::Day => ("дд", "dd"),
                Piece::Month | Piece::Minute => ("мм", "mm"),
                Piece::Year => ("гггг", "yyyy"),
                Piece::ShortYear => ("гг", "yy"),
                Piece::Hour => ("чч", "hh"),
                Piece::Second => ("сс", "ss"),
                Piece::MonthName => ("месяц", "month"),
                Piece::HalfDay => (" AM", " AM"),
                Piece::Gap => (" ", " "),
                Piece::Mark(mark) => {
                    words.push(char::from(*mark));
                    continue;
                }
            };
            words.russian.push_str(russian);
            words.english.push_str(english);
        }
        words
    }
}

/// Seconds from 1970 to 2001, both in UTC.
const SECONDS_TO_2001: i64 = 978_307_200;

/// A moment that a phone can have seen; 0 is what stands where it knew none.
fn since_1970(reading: i64) -> Option<Read> {
    let until_2200 = 7_258_118_400;
    (1..until_2200).contains(&reading).then_some(Read {
        reading,
        precision: Precision::Second,
        offset_s: None,
        is_instant: true,
    })
}

fn read_written(pieces: &[Piece], precision: Precision, text: &[u8]) -> Option<Read> {
    let (mut year, mut month, mut day, mut hour, mut minute, mut second) = (0i64, 0, 0, 0, 0, 0);
    let mut at = 0;
    let digits = |at: &mut usize, least: usize, most: usize| -> Option<i64> {
        let mut value = 0;
        let begin = *at;
        while *at - begin < most {
            match text.get(*at) {
                Some(byte @ b'0'..=b'9') => value = value * 10 + i64::from(byte - b'0'),
                _ => break,
            }
            *at += 1;
        }
        (*at - begin >= least).then_some(value)
    };
    for piece in pieces {
        match piece {
            Piece::Day => day = digits(&mut at, 1, 2)?,
            Piece::Month => month = digits(&mut at, 1, 2)?,
            Piece::Year => year = digits(&mut at, 4, 4)?,
            Piece::ShortYear => year = 2000 + digits(&mut at, 2, 2)?,
            Piece::Hour => hour = digits(&mut at, 1, 2)?,
            Piece::Minute => minute = digits(&mut at, 2, 2)?,
            Piece::Second => second = digits(&mut at, 2, 2)?,
            Piece::MonthName => {
                let letters = text[at..].iter().take_while(|b| b.is_ascii_alphabetic() || **b >= 0x80).count();
                month = month_of(std::str::from_utf8(&text[at..at + letters]).ok()?)?;
                at += letters + usize::from(text.get(at + letters) == Some(&b'.'));
            }
            Piece::HalfDay => {
                at += spaces(&text[at..]);
                let letters = text.get(at..at + 2)?;
                hour = match (letters, hour) {
                    (b"AM" | b"am", 1..=12) => hour % 12,
                    (b"PM" | b"pm", 1..=12) => hour % 12 + 12,
                    _ => return None,
                };
                at += 2;
            }
            Piece::Gap => {
                let begin = at;
                at += spaces(&text[at..]);
                // «3 сент. 2025 г., 10:15».
                at += if text[at..].starts_with("г.".as_bytes()) { "г.".len() } else { 0 };
                at += usize::from(text.get(at) == Some(&b','));
                at += spaces(&text[at..]);
                if at == begin {
                    return None;
                }
            }
            Piece::Mark(mark) => {
                if text.get(at) != Some(mark) {
                    return None;
                }
                at += 1;
            }
        }
    }
    if precision == Precision::Day {
        // «1 апреля 2026 г.»
        let rest = &text[at..];
        at += if rest.get(spaces(rest)..) == Some("г.".as_bytes()) { rest.len() } else { 0 };
    }
    if precision == Precision::Second && text.get(at) == Some(&b'.') {
        at += 1;
        digits(&mut at, 1, 9)?;
    }
    let offset_s = if at == text.len() || precision == Precision::Day { None } else { Some(offset(&text[at..])?) };
    if at != text.len() && offset_s.is_none() {
        return None;
    }
    if hour > 23 || minute > 59 || second > 59 || !(1970..=2200).contains(&year) {
        return None;
    }
    let days = days_from_civil(year, month, day)?;
    Some(Read { reading: days * 86_400 + hour * 3600 + minute * 60 + second, precision, offset_s, is_instant: false })
}

/// Bytes of the spaces at the beginning, the unbreakable ones among them.
fn spaces(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match text[at..] {
            [b' ' | b'\t', ..] => 1,
            [0xC2, 0xA0, ..] => 2,
            [0xE2, 0x80, 0xAF, ..] => 3,
            _ => return at,
        };
    }
}

/// The month of `сентября`, `сент`, `Sep`.
pub(super) fn month_of(name: &str) -> Option<i64> {
    const BEGINNINGS: [(&str, &str); 12] = [
        ("янв", "jan"),
        ("фев", "feb"),
        ("мар", "mar"),
        ("апр", "apr"),
        ("ма", "may"),
        ("июн", "jun"),
        ("июл", "jul"),
        ("авг", "aug"),
        ("сен", "sep"),
        ("окт", "oct"),
        ("ноя", "nov"),
        ("дек", "dec"),
    ];
    let name = name.to_lowercase();
    let month = BEGINNINGS.iter().position(|(ru, en)| name.starts_with(ru) || name.starts_with(en))?;
    i64::try_from(month + 1).ok()
}

/// `Z`, `+03:00`, `+0300`, also after a space.
fn offset(text: &[u8]) -> Option<i32> {
    let text = std::str::from_utf8(text).ok()?.trim();
    if text == "Z" {
        return Some(0);
    }
    let signed = text.starts_with(['+', '-']) && text.len() >= 5;
    match crate::model::Zone::parse(text) {
        Some(crate::model::Zone::Fixed(offset)) if signed => Some(offset.local_minus_utc()),
        _ => None,
    }
}

/// Days since 1970 of a date that exists.
fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    // March begins the year here, so that the leap day is its last.
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// Days since 1970 as a spreadsheet counts them, for cells whose style does not say that they are dates.
pub(super) fn from_serial(text: &str, epoch_1904: bool) -> Option<Read> {
    let days: f64 = text.replace(',', ".").parse().ok()?;
    let days = if epoch_1904 { days + 1462.0 } else { days };
    if !(25_569.0..110_000.0).contains(&days) {
        return None;
    }
    let reading = ((days - 25_569.0) * 86_400.0).round() as i64;
    let precision = if days.fract() == 0.0 { Precision::Day } else { Precision::Second };
    Some(Read { reading, precision, offset_s: None, is_instant: false })
}

/// `9/25/2025 …`, whose month stands first, with the day before the month.
pub(super) fn month_before_day(text: &str) -> Option<String> {
    let (month, rest) = text.split_once('/')?;
    let (day, rest) = rest.split_once('/')?;
    Some(format!("{day}/{month}/{rest}"))
}

/// Seconds of the day of a bare fraction of a day.
pub(super) fn fraction_of_day(text: &str) -> Option<i64> {
    let part: f64 = text.replace(',', ".").parse().ok()?;
    (text.contains(['.', ',']) && (0.0..1.0).contains(&part)).then(|| (part * 86_400.0).round() as i64)
}

/// Seconds of the day of `9:05`, `9:05:07`, `9:05:07.250`, `9.05.07`.
pub(super) fn clock_of_day(text: &str) -> Option<(i64, Precision)> {
    let dotted;
    let text = if text.contains(':') {
        text.split_once('.').map_or(text, |(whole, _)| whole)
    } else {
        // One stop would be a fraction.
        dotted = if text.matches('.').count() == 2 { text.replace('.', ":") } else { return None };
        dotted.as_str()
    };
    let (seconds, precision) = match text.matches(':').count() {
        1 => (DurationForm::HoursMinutesSeconds.read(&format!("{text}:00"))?, Precision::Minute),
        _ => (DurationForm::HoursMinutesSeconds.read(text)?, Precision::Second),
    };
    (seconds < 86_400).then_some((i64::from(seconds), precision))
}

/// Seconds of the day of `18.30`, `18-30` and `18-30-05`, as people and programs write a time; whether it is one, its
/// column says.
pub(super) fn loose_clock(text: &str) -> Option<(i64, Precision)> {
    let parts: Vec<&str> = text.split(['.', '-']).collect();
    let of_two = |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    let (hours, rest) = parts.split_first()?;
    let is_hour = (1..=2).contains(&hours.len()) && hours.bytes().all(|b| b.is_ascii_digit());
    if !is_hour || !(1..=2).contains(&rest.len()) || !rest.iter().all(of_two) {
        return None;
    }
    clock_of_day(&parts.join(":"))
}

/// A form in which a source writes durations. Its shape alone never decides: `18:18` is minutes and seconds where
/// the recipe says so, however many the minutes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum DurationForm {
    /// Minutes, of any number, and seconds.
    #[serde(rename = "m:ss")]
    MinutesSeconds,
    /// Hours, minutes and seconds.
    #[serde(rename = "h:mm:ss")]
    HoursMinutesSeconds,
    /// Whole seconds.
    #[serde(rename = "s")]
    Seconds,
    /// `1 ч 2 мин 3 сек`, `2m 3s`.
    #[serde(rename = "units")]
    Units,
    /// Minutes, whole or with a fraction.
    #[serde(rename = "min")]
    Minutes,
    /// Hours and minutes.
    #[serde(rename = "h:mm")]
    HoursMinutes,
    /// `PT1H2M3S`.
    #[serde(rename = "iso")]
    Iso,
    /// A bare fraction of a day, as a spreadsheet keeps a time without a style.
    #[serde(rename = "day fraction")]
    DayFraction,
}

impl DurationForm {
    /// Seconds.
    pub fn read(self, text: &str) -> Option<u32> {
        let text = text.trim();
        match self {
            DurationForm::MinutesSeconds => {
                let (minutes, seconds) = text.split_once(':')?;
                number(minutes)?.checked_mul(60)?.checked_add(below_60(seconds)?)
            }
            DurationForm::HoursMinutesSeconds => {
                let (hours, rest) = text.split_once(':')?;
                let (minutes, seconds) = rest.split_once(':')?;
                let minutes = number(hours)?.checked_mul(60)?.checked_add(below_60(minutes)?)?;
                minutes.checked_mul(60)?.checked_add(below_60(seconds)?)
            }
            DurationForm::Seconds => {
                let whole = text.split_once(['.', ',']).map_or(Some(text), |(whole, fraction)| {
                    fraction.bytes().all(|b| b.is_ascii_digit()).then_some(whole)
                })?;
                number(whole)
            }
            DurationForm::HoursMinutes => {
                let (hours, minutes) = text.split_once(':')?;
                number(hours)?.checked_mul(60)?.checked_add(below_60(minutes)?)?.checked_mul(60)
            }
            DurationForm::Units => units(text),
            DurationForm::Iso => units(text.strip_prefix("PT")?),
            DurationForm::Minutes => {
                let minutes: f64 = text.replace(',', ".").parse().ok()?;
                (0.0..1e6).contains(&minutes).then(|| (minutes * 60.0).round() as u32)
            }
            DurationForm::DayFraction => fraction_of_day(text).and_then(|s| u32::try_from(s).ok()),
        }
    }

    /// Whether it is written with colons.
    pub fn is_clock(self) -> bool {
        matches!(self, Self::MinutesSeconds | Self::HoursMinutesSeconds | Self::HoursMinutes)
    }

    /// The form in words for a person.
    pub fn in_words(self) -> Expected {
        match self {
            DurationForm::MinutesSeconds => Expected::of("мм:сс", "mm:ss"),
            DurationForm::HoursMinutesSeconds => Expected::of("ч:мм:сс", "h:mm:ss"),
            DurationForm::Seconds => Expected::of("секунды", "seconds"),
            DurationForm::HoursMinutes => Expected::of("ч:мм", "h:mm"),
            DurationForm::Units => Expected::of("мин и сек", "min and s"),
            DurationForm::Minutes => Expected::of("минуты", "minutes"),
            DurationForm::Iso => Expected::of("PT1H2M3S", "PT1H2M3S"),
            DurationForm::DayFraction => Expected::of("доля суток", "fraction of a day"),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn below_60(text: &str) -> Option<u32> {
    number(text).filter(|value| text.len() <= 2 && *value < 60)
}

fn units(text: &str) -> Option<u32> {
    let mut total = 0u32;
    let mut rest = text.trim();
    let mut last = u32::MAX;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let value = number(&rest[..digits])?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let unit = match rest[..letters].to_lowercase().as_str() {
            "ч" | "час" | "часа" | "часов" | "h" | "hr" | "hour" | "hours" => 3600,
            "м" | "мин" | "минут" | "минута" | "минуты" | "m" | "min" | "minute" | "minutes" => 60,
            "с" | "сек" | "секунд" | "секунда" | "секунды" | "s" | "sec" | "second" | "seconds" => {
                1
            }
            _ => return None,
        };
        // Units come from the greatest to the smallest; anything else is no duration.
        if unit >= last {
            return None;
        }
        last = unit;
        total = total.checked_add(value.checked_mul(unit)?)?;
        rest = rest[letters..].trim_start_matches(['.', ',', ' ', '\u{A0}']);
    }
    (last != u32::MAX).then_some(total)
}
