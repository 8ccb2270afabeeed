//! Dates and durations, read by hand on bytes in the forms that a recipe names.

use crate::model::Precision;
use serde::Deserialize;

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
    /// One or more spaces.
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
}

impl TryFrom<String> for Format {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "epoch_ms" => return Ok(Format::EpochMs),
            "epoch_s" => return Ok(Format::EpochS),
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
                (b'y', 4) => Piece::Year,
                (b'y', 2) => Piece::ShortYear,
                (b'h', 2) => Piece::Hour,
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
                Some(Read { reading: milliseconds.div_euclid(1000), precision: Precision::Second, offset_s: None })
            }
            Format::EpochS => {
                let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
                Some(Read { reading: whole.parse().ok()?, precision: Precision::Second, offset_s: None })
            }
            Format::Written(pieces, precision) => read_written(pieces, *precision, text.as_bytes()),
        }
    }

    /// The form in Russian words for a person.
    pub fn in_words(&self) -> String {
        match self {
            Format::EpochMs => "миллисекунды с 01.01.1970".to_owned(),
            Format::EpochS => "секунды с 01.01.1970".to_owned(),
            Format::Written(pieces, _) => pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Day => "дд".to_owned(),
                    Piece::Month => "мм".to_owned(),
                    Piece::Year => "гггг".to_owned(),
                    Piece::ShortYear => "гг".to_owned(),
                    Piece::Hour => "чч".to_owned(),
                    Piece::Minute => "мм".to_owned(),
                    Piece::Second => "сс".to_owned(),
                    Piece::Gap => " ".to_owned(),
                    Piece::Mark(mark) => char::from(*mark).to_string(),
                })
                .collect(),
        }
    }
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
            Piece::Gap => {
                let begin = at;
                while matches!(text.get(at), Some(b' ' | b'\t')) || text.get(at..at + 2) == Some(b"\xC2\xA0") {
                    at += if text[at] == 0xC2 { 2 } else { 1 };
                }
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
    Some(Read { reading: days * 86_400 + hour * 3600 + minute * 60 + second, precision, offset_s })
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
    let days: f64 = text.parse().ok()?;
    let days = if epoch_1904 { days + 1462.0 } else { days };
    if !(25_569.0..110_000.0).contains(&days) {
        return None;
    }
    let reading = ((days - 25_569.0) * 86_400.0).round() as i64;
    let precision = if days.fract() == 0.0 { Precision::Day } else { Precision::Second };
    Some(Read { reading, precision, offset_s: None })
}

/// Seconds of the day of a bare fraction of a day.
pub(super) fn fraction_of_day(text: &str) -> Option<i64> {
    let part: f64 = text.parse().ok()?;
    (text.contains('.') && (0.0..1.0).contains(&part)).then(|| (part * 86_400.0).round() as i64)
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
            DurationForm::Units => units(text),
            DurationForm::DayFraction => fraction_of_day(text).and_then(|s| u32::try_from(s).ok()),
        }
    }

    /// The form in Russian words for a person.
    pub fn in_words(self) -> &'static str {
        match self {
            DurationForm::MinutesSeconds => "мин:сек",
            DurationForm::HoursMinutesSeconds => "ч:мм:сс",
            DurationForm::Seconds => "секунды",
            DurationForm::Units => "мин и сек",
            DurationForm::DayFraction => "доля суток",
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
