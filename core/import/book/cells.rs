//! A cell of a workbook as a person would read it, in every form of workbook alike.

use crate::import::rows::MAX_CELL;
use calamine::{Data, DataRef, ExcelDateTime};
use chrono::{Datelike, Timelike};
use std::fmt::Write;

/// Writes a cell as a person would read it: numbers without an exponent, dates in Russian order, formulas by the
/// value that the file keeps of them.
pub(super) fn write_cell(value: &DataRef<'_>, out: &mut String) {
    match value {
        DataRef::Empty => {}
        DataRef::Int(number) => {
            let _ = write!(out, "{number}");
        }
        // Display of a float never uses an exponent and prints whole numbers without a fraction.
        DataRef::Float(number) => {
            let _ = write!(out, "{number}");
        }
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => push_short(text, out),
        DataRef::SharedString(text) => push_short(text, out),
        DataRef::Bool(truth) => out.push_str(if *truth { "ИСТИНА" } else { "ЛОЖЬ" }),
        DataRef::DateTime(date) => write_date(date, out),
        DataRef::Error(error) => {
            let _ = write!(out, "{error}");
        }
    }
}

/// The same for a cell that is held.
pub(super) fn write_held(value: &Data, out: &mut String) {
    let seen = match value {
        Data::Empty => DataRef::Empty,
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::Error(error) => DataRef::Error(error.clone()),
    };
    write_cell(&seen, out);
}

/// Writes a text, cut where no cell is longer.
pub(super) fn push_short(text: &str, out: &mut String) {
    let mut end = text.len().min(MAX_CELL);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    out.push_str(&text[..end]);
}

fn write_date(date: &ExcelDateTime, out: &mut String) {
    let days = date.as_f64();
    // Rounded once for the date and the time together: half a second before midnight belongs to the next day.
    let seconds = (days * 86_400.0).round() as i64;
    if date.is_duration() || (0.0..1.0).contains(&days) {
        let _ = write!(out, "{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        return;
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let written = chrono::NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
        .and_then(|on| on.and_hms_milli_opt(hour.into(), minute.into(), second.into(), milli.into()))
        .and_then(|at| at.checked_add_signed(chrono::TimeDelta::milliseconds(500)));
    let Some(whole) = written else {
        let _ = write!(out, "{days}");
        return;
    };
    let _ = write!(out, "{:02}.{:02}.{:04}", whole.day(), whole.month(), whole.year());
    if seconds.rem_euclid(86_400) != 0 {
        let _ = write!(out, " {:02}:{:02}:{:02}", whole.hour(), whole.minute(), whole.second());
    }
}
