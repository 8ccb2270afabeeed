//! OpenDocument tables, as a stream: the library would hold every cell of the rectangle, and a row or a cell that says
//! it stands a million times takes a line of text.

use super::cells::push_short;
use super::guard::check_package;
use crate::error::{Code, Error, Result};
use crate::import::rows::{Flow, MAX_CELLS, RawRow, RowReader, TakeRow};
use crate::import::xml::{for_attributes, unescape};
use crate::import::{ReadSeek, seems};
use crate::model::RowPlace;
use chrono::{NaiveDateTime, Timelike};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{BufReader, Read};

/// Rows of a sheet by the programs' own limit.
const MAX_ROWS: u64 = 1 << 20;
/// Cells that stand in the file only as a word that a row or a cell stands several times.
const MAX_SWOLLEN: u64 = 4 << 20;
/// Letters of one row.
const MAX_ROW_TEXT: usize = 4 << 20;
/// Bytes of the list of parts that are looked at.
const MANIFEST: u64 = 1 << 20;

/// A workbook: all its sheets, one after another.
pub(in crate::import) struct Ods<'f> {
    file: &'f mut dyn ReadSeek,
}

impl<'f> Ods<'f> {
    /// Refuses what would unpack to far more than it should, what is under a password and what is no table.
    pub fn new(file: &'f mut dyn ReadSeek) -> Result<Self> {
        check_package(file, |_| false)?;
        let mut package = package(&mut *file)?;
        let mut manifest = String::new();
        if let Ok(part) = package.by_name("META-INF/manifest.xml") {
            // A list that is no text says nothing.
            let _ = part.take(MANIFEST).read_to_string(&mut manifest);
        }
        if manifest.contains("encryption-data") {
            return Err(seems::refusal("таблица OpenDocument под паролем", "an OpenDocument table under a password"));
        }
        if manifest.contains("opendocument.text") || manifest.contains("opendocument.presentation") {
            return Err(seems::refusal(
                "документ OpenDocument, но не таблица",
                "an OpenDocument file that is no table",
            ));
        }
        Ok(Self { file })
    }
}

fn package(file: &mut dyn ReadSeek) -> Result<zip::ZipArchive<&mut dyn ReadSeek>> {
    zip::ZipArchive::new(file).map_err(|cause| Error::new(Code::FileTruncated).because(cause))
}

/// Where the walk through the elements stands.
#[derive(Default)]
struct Walk {
    row: RawRow,
    /// Elements that are open.
    depth: usize,
    /// Depth of the table, the row, the cell and its paragraph that are open; 0 for none.
    table: usize,
    row_at: usize,
    cell_at: usize,
    paragraph_at: usize,
    /// The next free column.
    column: usize,
    /// Times that the row stands, and the cell.
    rows: u64,
    cells: usize,
    /// What the cell holds, where that is more exact than what it shows.
    value: Option<String>,
    /// Whether that is a time.
    is_time: bool,
    /// What the cell shows.
    text: String,
    /// The last row of the sheet, and the last that was handed over.
    at: u64,
    last_row: u64,
    /// Cells so far that are not written out.
    swollen: u64,
    /// The rest of the sheet is of no interest.
    passed: bool,
}

impl RowReader for Ods<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let mut package = package(&mut *self.file)?;
        let content = package.by_name("content.xml").map_err(|e| Error::new(Code::FileDamaged).because(e))?;
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, content));
        reader.config_mut().check_end_names = true;
        reader.config_mut().allow_dangling_amp = true;
        let mut walk = Walk::default();
        walk.row.may_be_short = true;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let event = reader.read_event_into(&mut buffer).map_err(|cause| {
                let code = match cause {
                    quick_xml::Error::Syntax(_) => Code::FileTruncated,
                    quick_xml::Error::Io(ref io) if io.kind() == std::io::ErrorKind::UnexpectedEof => {
                        Code::FileTruncated
                    }
                    _ => Code::FileDamaged,
                };
                Error::new(code).because(cause).with("row", walk.row.place.row)
            })?;
            let flow = match &event {
                Event::Start(tag) => {
                    walk.depth += 1;
                    walk.open(tag.name().into_inner(), tag.attributes_raw());
                    Flow::Next
                }
                Event::Empty(tag) => {
                    walk.depth += 1;
                    walk.open(tag.name().into_inner(), tag.attributes_raw());
                    let flow = walk.close(take)?;
                    walk.depth -= 1;
                    flow
                }
                Event::End(_) => {
                    let flow = walk.close(take)?;
                    walk.depth = walk.depth.saturating_sub(1);
                    flow
                }
                Event::Text(text) => {
                    walk.say(text);
                    Flow::Next
                }
                Event::CData(text) => {
                    walk.say(text);
                    Flow::Next
                }
                Event::GeneralRef(name) => {
                    let mut out = String::new();
                    unescape(&format!("&{};", &**name), &mut out);
                    walk.say(&out);
                    Flow::Next
                }
                Event::DocType(_) => return Err(Error::new(Code::XmlEntities)),
                Event::Eof if walk.depth > 0 => return Err(Error::new(Code::FileTruncated)),
                Event::Eof => Flow::Enough,
                _ => Flow::Next,
            };
            match flow {
                Flow::Next => {}
                Flow::NextSheet => walk.passed = true,
                Flow::Enough => return Ok(0),
            }
        }
    }
}

impl Walk {
    fn open(&mut self, name: &str, attributes: &str) {
        match name {
            "table:table" if self.table == 0 => {
                self.table = self.depth;
                self.row.place = RowPlace { sheet: self.row.place.sheet.saturating_add(1), ..RowPlace::default() };
                (self.at, self.last_row, self.passed) = (0, 0, false);
                let sheet = &mut self.row.sheet;
                sheet.clear();
                for_attributes(attributes, |name, value| {
                    if name == "table:name" {
                        unescape(value, sheet);
                    }
                });
            }
            "table:table-row" if self.table > 0 && self.row_at == 0 => {
                self.row_at = self.depth;
                self.row.clear();
                self.column = 0;
                self.rows = times(attributes, "table:number-rows-repeated");
            }
            "table:table-cell" | "table:covered-table-cell" if self.row_at > 0 && self.cell_at == 0 => {
                self.cell_at = self.depth;
                self.cells = usize::try_from(times(attributes, "table:number-columns-repeated")).unwrap_or(1);
                self.text.clear();
                (self.value, self.is_time) = value_of(attributes);
            }
            "text:p" if self.cell_at > 0 && self.depth == self.cell_at + 1 => {
                self.paragraph_at = self.depth;
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
            }
            "text:tab" => self.say("\t"),
            "text:line-break" => self.say("\n"),
            "text:s" => self.say(" "),
            _ => {}
        }
    }

    /// Takes a text that the cell shows; what hangs on the cell, such as a note, is none of it.
    fn say(&mut self, text: &str) {
        if self.paragraph_at > 0 && self.text.len() < MAX_ROW_TEXT {
            self.text.push_str(text);
        }
    }

    /// Closes the innermost element.
    fn close(&mut self, take: &mut TakeRow<'_>) -> Result<Flow> {
        if self.depth == self.paragraph_at {
            self.paragraph_at = 0;
        } else if self.depth == self.cell_at {
            self.cell_at = 0;
            let content = self.value.as_deref().unwrap_or(&self.text);
            if !content.is_empty() {
                for column in self.column..self.column.saturating_add(self.cells).min(MAX_CELLS) {
                    self.row.set_with(column, |out| push_short(content, out));
                    if self.is_time {
                        self.row.note_time(column);
                    }
                    if self.row.text_len() > MAX_ROW_TEXT {
                        return Err(Error::new(Code::FileTooLarge));
                    }
                }
                self.swollen += self.cells as u64 - 1;
                let beyond = self.column.saturating_add(self.cells).saturating_sub(MAX_CELLS.max(self.column));
                self.row.beyond += beyond as u64;
            }
            self.column = self.column.saturating_add(self.cells);
        } else if self.depth == self.row_at {
            self.row_at = 0;
            return self.hand_over(take);
        } else if self.depth == self.table {
            self.table = 0;
        }
        Ok(Flow::Next)
    }

    /// Hands over the row as often as it stands.
    fn hand_over(&mut self, take: &mut TakeRow<'_>) -> Result<Flow> {
        if self.row.is_blank() || self.passed {
            self.at = self.at.saturating_add(self.rows);
            return Ok(Flow::Next);
        }
        self.swollen = self.swollen.saturating_add((self.rows - 1).saturating_mul(self.row.len() as u64));
        if self.swollen > MAX_SWOLLEN || self.at + self.rows > MAX_ROWS {
            return Err(Error::new(Code::FileTooLarge));
        }
        for _ in 0..self.rows {
            self.at += 1;
            self.row.place.row = self.at;
            self.row.blanks_before = self.at - self.last_row - 1;
            self.last_row = self.at;
            match take(&self.row)? {
                Flow::Next => {}
                flow => return Ok(flow),
            }
        }
        Ok(Flow::Next)
    }
}

/// How often a row or a cell stands.
fn times(attributes: &str, wanted: &str) -> u64 {
    let mut times = 1;
    for_attributes(attributes, |name, value| {
        if name == wanted {
            times = value.trim().parse().unwrap_or(1).clamp(1, MAX_ROWS);
        }
    });
    times
}

/// The value of a cell by its attributes, as a person would read it, and whether it is a time; `None` for a text that
/// stands in the cell.
fn value_of(attributes: &str) -> (Option<String>, bool) {
    let (mut kind, mut value) = (String::new(), String::new());
    for_attributes(attributes, |name, text| match name {
        "office:value-type" => unescape(text, &mut kind),
        "office:value" | "office:date-value" | "office:time-value" | "office:boolean-value" | "office:string-value" => {
            value.clear();
            unescape(text, &mut value);
        }
        _ => {}
    });
    let read = match kind.as_str() {
        _ if value.is_empty() => None,
        "float" | "percentage" | "currency" => value.parse::<f64>().ok().map(|number| number.to_string()),
        "date" => moment(&value),
        "time" => length(&value),
        "boolean" => Some(if value == "true" { "ИСТИНА" } else { "ЛОЖЬ" }.to_owned()),
        "string" => Some(value),
        _ => None,
    };
    (read, kind == "time")
}

/// `2025-09-03T10:15:07` in Russian order, rounded to the second.
fn moment(value: &str) -> Option<String> {
    let Some((date, _)) = value.split_once('T') else {
        let on = chrono::NaiveDate::parse_from_str(value, "%Y-%m-%d").ok()?;
        return Some(on.format("%d.%m.%Y").to_string());
    };
    let at = NaiveDateTime::parse_from_str(value, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    let at = at.checked_add_signed(chrono::TimeDelta::milliseconds(500))?;
    if at.time().num_seconds_from_midnight() == 0 && !date.is_empty() {
        return Some(at.format("%d.%m.%Y").to_string());
    }
    Some(at.format("%d.%m.%Y %H:%M:%S").to_string())
}

/// `PT01H15M07S` as hours, minutes and seconds.
fn length(value: &str) -> Option<String> {
    let mut rest = value.strip_prefix("PT")?;
    let mut seconds = 0.0;
    for (unit, worth) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds += number.replace(',', ".").parse::<f64>().ok()? * worth;
            rest = after;
        }
    }
    if !rest.is_empty() || !(0.0..1e9).contains(&seconds) {
        return None;
    }
    let seconds = seconds.round() as u64;
    Some(format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}
