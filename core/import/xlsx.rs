//! Workbooks, through the streaming cell reader only: the dense one allocates rows times columns, which a file of
//! 5 KB can drive to terabytes.

use super::ReadSeek;
use super::csv::unreadable;
use super::rows::{Flow, MAX_CELLS, RawRow, RowReader, TakeRow};
use crate::error::{Code, Error, Result};
use crate::model::RowPlace;
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};
use chrono::{Datelike, Timelike};
use std::fmt::Write;
use std::io::{Read, SeekFrom};

/// No billing detail unpacks to more.
const MAX_UNPACKED: u64 = 2 << 30;
/// Beyond this size the ratio of unpacked to packed is looked at.
const RATIO_FROM: u64 = 64 << 20;
/// No table packs better.
const MAX_RATIO: u64 = 200;
/// A cell of a workbook holds no more characters by the format's own limit.
const MAX_CELL: usize = 32_767 * 4;

/// A workbook: all its sheets, one after another.
pub(super) struct Workbook<'f> {
    book: Xlsx<&'f mut dyn ReadSeek>,
}

impl<'f> Workbook<'f> {
    /// Refuses what would unpack to far more than it should before anything is unpacked.
    pub fn new(file: &'f mut dyn ReadSeek) -> Result<Self> {
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let mut archive = zip::ZipArchive::new(&mut *file).map_err(|e| Error::new(Code::FileTruncated).because(e))?;
        let (mut packed, mut unpacked) = (0u64, 0u64);
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(|e| Error::new(Code::FileDamaged).because(e))?;
            packed = packed.saturating_add(part.compressed_size());
            unpacked = unpacked.saturating_add(part.size());
        }
        if unpacked > MAX_UNPACKED || (unpacked > RATIO_FROM && unpacked / packed.max(1) > MAX_RATIO) {
            return Err(Error::new(Code::FileTooLarge));
        }
        // The declared sizes may lie. Sheets are streamed, but the other parts are held in memory, so they are
        // unpacked once into nothing to see that they stop where they say.
        for index in 0..archive.len() {
            let part = archive.by_index(index).map_err(|e| Error::new(Code::FileDamaged).because(e))?;
            let held = part.name().is_ok_and(|name| name.starts_with("xl/") && !name.starts_with("xl/worksheets/"));
            if !held {
                continue;
            }
            let declared = part.size();
            let seen = std::io::copy(&mut part.take(declared + 1), &mut std::io::sink());
            if seen.map_err(|e| Error::new(Code::FileDamaged).because(e))? > declared {
                return Err(Error::new(Code::FileTooLarge));
            }
        }
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        Ok(Self { book: Xlsx::new(file).map_err(of_calamine)? })
    }
}

impl RowReader for Workbook<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let book = &mut self.book;
        let epoch_1904 = book.has_1904_epoch();
        let sheets = book.sheets_metadata().to_vec();
        let mut row = RawRow::default();
        row.epoch_1904 = epoch_1904;
        for (index, sheet) in sheets.iter().enumerate() {
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            let mut cells = match book.worksheet_cells_reader(&sheet.name) {
                Ok(cells) => cells,
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(error) => return Err(of_calamine(error)),
            };
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let mut last_row = 0u64;
            row.clear();
            loop {
                let cell = cells.next_cell().map_err(|e| of_calamine(e).with("row", last_row))?;
                let at = cell.as_ref().map(|c| u64::from(c.get_position().0) + 1);
                if at != Some(row.place.row) || row.place.sheet != number {
                    if row.place.sheet == number && !row.is_blank() {
                        row.blanks_before = row.place.row.saturating_sub(last_row + 1);
                        last_row = row.place.row;
                        match take(&row)? {
                            Flow::Next => {}
                            Flow::NextSheet => break,
                            Flow::Enough => return Ok(0),
                        }
                    }
                    row.clear();
                    row.place = RowPlace { sheet: number, row: at.unwrap_or(0), offset: 0, length: 0 };
                }
                let Some(cell) = cell else { break };
                let column = cell.get_position().1 as usize;
                match cell.get_value() {
                    DataRef::Empty => {}
                    _ if column >= MAX_CELLS => row.beyond += 1,
                    value => row.set_with(column, |text| write_cell(value, text)),
                }
            }
        }
        Ok(0)
    }
}

/// Writes a cell as a person would read it: numbers without an exponent, dates in Russian order, formulas by the
/// value that the file keeps of them.
fn write_cell(value: &DataRef<'_>, out: &mut String) {
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

fn push_short(text: &str, out: &mut String) {
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

fn of_calamine(error: XlsxError) -> Error {
    let code = match &error {
        XlsxError::XmlEof(_) => Code::FileTruncated,
        XlsxError::Io(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => Code::FileTruncated,
        _ => Code::FileDamaged,
    };
    Error::new(code).because(error)
}
