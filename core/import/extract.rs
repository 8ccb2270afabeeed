//! Extracts: the rows of one line out of a file that names several, for a person who may not keep the calls of others.
//!
//! An extract is a text of JSON lines. The first says what it is and of which file; each other one is a row as the
//! container of that file handed it over, with its place there. So the recipe that read the file reads the same calls in
//! the extract, at the same places. Kept are the rows of the picked line, the headers above them, rows around them that
//! name that line and no other, and the words of a direction that head them. Nothing else of the file is in it.

#[path = "extract/line.rs"]
mod line;
#[path = "extract/replay.rs"]
mod replay;

pub(super) use self::replay::Replay;

use self::line::{Before, row_line};
use super::container::Container;
use super::note::DayOrder;
use super::recipe::{ContainerKind, Recipe};
use super::rows::RawRow;
use super::{Identified, ReadOptions, Shape, Summary, number, seems};
use crate::error::{Code, Error, Result};
use crate::model::{ExtractOf, PhoneNumber, RowFate};
use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

/// How every extract begins, of whatever version.
const MARK: &[u8] = b"{\"ulika_extract\":";

/// The version that is written and read.
const VERSION: u32 = 1;

/// Bytes of a line: a row has no more cells and letters than its container kept.
const MAX_LINE: usize = 64 << 20;

/// Digits of a number that tell it from others, whatever stands before them.
const TELLING: usize = 10;

/// An extract that was made.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The file that it was made of.
    pub of: ExtractOf,
    /// Lines that the file names besides the picked one.
    pub lines: Vec<PhoneNumber>,
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    ulika_extract: u32,
    /// Name of the whole file as received.
    file: String,
    /// Its SHA-256, hexadecimal.
    sha256: String,
    /// Its size.
    bytes: u64,
    /// What it was.
    container: ContainerKind,
    /// Its encoding; empty where it has none.
    encoding: String,
    /// Name of the recipe that reads it.
    pub recipe: String,
    /// Seconds to which it rounds lengths up.
    pub duration_unit_s: u32,
    /// The line whose rows these are, E.164.
    line: String,
    /// The order of dates with strokes, as the whole file told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days: Option<DayOrder>,
    /// Whether lengths of minutes and seconds stand as hours and minutes, as the whole file told it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lengths_shifted: bool,
    /// Data rows that are kept.
    pub rows: u64,
    /// Data rows of other lines that are not.
    rows_left_out: u64,
}

/// Whether a file begins as an extract.
pub(super) fn begins(head: &[u8]) -> bool {
    head.starts_with(MARK)
}

impl Head {
    /// What an extract of a file that was read so is to say of it.
    pub fn new(
        name: &str,
        what: &Identified,
        shape: Shape,
        (sha256, bytes): (&str, u64),
        line: &PhoneNumber,
        summary: &Summary,
    ) -> Self {
        Self {
            ulika_extract: VERSION,
            file: name.to_owned(),
            sha256: sha256.to_owned(),
            bytes,
            container: shape.container,
            encoding: what.encoding.clone(),
            recipe: what.recipe.clone(),
            duration_unit_s: summary.unit_s(what),
            line: line.text.clone(),
            days: shape.days,
            lengths_shifted: shape.lengths_shifted,
            rows: summary.rows - summary.other_lines,
            rows_left_out: summary.other_lines,
        }
    }

    /// Reads the first line at the beginning of a file.
    ///
    /// # Errors
    /// [`Code::FormatUnknown`] for another version; [`Code::FileDamaged`], [`Code::FileTruncated`].
    pub fn of(beginning: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct Version {
            ulika_extract: u32,
        }
        let end = memchr::memchr(b'\n', beginning).ok_or_else(|| Error::new(Code::FileTruncated))?;
        let broken = |cause| Error::new(Code::FileDamaged).because(cause);
        let version: Version = serde_json::from_slice(&beginning[..end]).map_err(broken)?;
        if version.ulika_extract != VERSION {
            return Err(seems::refusal(
                "выписка другой версии программы",
                "an extract of another version of the program",
            ));
        }
        serde_json::from_slice(&beginning[..end]).map_err(broken)
    }

    /// The container that it takes the place of.
    ///
    /// # Errors
    /// [`Code::FileDamaged`] for an encoding that is none.
    pub fn container(&self) -> Result<Container> {
        let encoding = match self.encoding.as_str() {
            "" => None,
            label => Some(Encoding::for_label(label.as_bytes()).ok_or_else(|| Error::new(Code::FileDamaged))?),
        };
        Ok(Container::Extract(self.container, encoding))
    }

    /// The whole file.
    pub fn whole(&self) -> ExtractOf {
        ExtractOf { sha256: self.sha256.clone(), bytes: self.bytes, line: self.line.clone() }
    }

    /// What is said before reading: the line and the order of dates are those of the extract, where the person says no
    /// other.
    pub fn said(&self, options: &ReadOptions) -> ReadOptions {
        let line = || Some(number::read(&self.line, None));
        ReadOptions { line: options.line.clone().or_else(line), days: options.days.or(self.days), ..options.clone() }
    }
}

/// Keeps the rows of the picked line while a file is read.
pub(super) struct Extracting {
    picked: PhoneNumber,
    /// What tells the other lines that the file names: the last digits of each.
    others: Vec<String>,
    /// The last header, and the last word of a direction, that no kept row has followed yet.
    heading: Option<RawRow>,
    section: Option<RawRow>,
    /// The headings from elsewhere in the file by which rows of a sheet are read, until a kept row has said them.
    elsewhere: Option<(u32, Vec<String>)>,
    /// The last sheet whose rows had such.
    told: Option<u32>,
    /// The row that comes is one of which nothing told the columns.
    pub unheaded: bool,
    sheet: u32,
    /// Place of the last row that is kept.
    last: (u32, u64),
    before: Before,
    body: Vec<u8>,
}

impl Extracting {
    pub fn new(picked: PhoneNumber, others: &[PhoneNumber]) -> Self {
        let others = others.iter().map(|line| telling(&line.text)).collect();
        let before = Before::default();
        let (heading, section, elsewhere, told, unheaded, body) = (None, None, None, None, false, Vec::new());
        Self { picked, others, heading, section, elsewhere, told, unheaded, sheet: 0, last: (0, 0), before, body }
    }

    /// The header of a table: kept where rows of the line follow it.
    pub fn heading(&mut self, row: &RawRow) {
        self.turn(row);
        if !self.names_other(row) {
            self.heading = Some(row.clone());
        }
    }

    /// The row of this sheet, and those below it, are read by headings that stand elsewhere in the file.
    pub fn headed_elsewhere(&mut self, row: &RawRow, headings: &[String]) {
        if self.told != Some(row.place.sheet) && !headings.iter().any(|heading| self.tells_other(heading)) {
            self.told = Some(row.place.sheet);
            self.elsewhere = Some((row.place.sheet, headings.to_vec()));
        }
    }

    /// A word of a direction above rows: kept where rows of the line follow it.
    pub fn section(&mut self, row: &RawRow) {
        self.turn(row);
        if !self.names_other(row) {
            self.section = Some(row.clone());
        }
    }

    /// A row around the table that names a line.
    ///
    /// # Errors
    /// [`Code::FileTooLarge`].
    pub fn names_line(&mut self, row: &RawRow, line: &PhoneNumber) -> Result<()> {
        self.turn(row);
        if *line == self.picked && !self.names_other(row) { self.keep(row, None) } else { Ok(()) }
    }

    /// A row of data with its fate. One that could not be read and that names another line is that line's: it is counted
    /// there and not kept.
    ///
    /// # Errors
    /// [`Code::FileTooLarge`].
    pub fn data(&mut self, row: &RawRow, fate: RowFate, recipe: &Recipe) -> Result<RowFate> {
        self.turn(row);
        let fate = match fate {
            RowFate::Problem { place, .. } if self.names_other(row) => RowFate::OtherLine { place },
            fate => fate,
        };
        if !matches!(fate, RowFate::OtherLine { .. }) {
            self.keep(row, Some(recipe))?;
        }
        Ok(fate)
    }

    /// The extract, once everything was read.
    ///
    /// # Errors
    /// [`Code::Internal`].
    pub fn finish(self, head: &Head) -> Result<Vec<u8>> {
        let mut first = serde_json::to_vec(head).map_err(|e| Error::new(Code::Internal).because(e))?;
        first.push(b'\n');
        let mut bytes = self.body;
        bytes.splice(0..0, first);
        Ok(bytes)
    }

    /// A header holds for its sheet.
    fn turn(&mut self, row: &RawRow) {
        if row.place.sheet != self.sheet {
            (self.sheet, self.heading) = (row.place.sheet, None);
        }
    }

    fn keep(&mut self, row: &RawRow, recipe: Option<&Recipe>) -> Result<()> {
        let mut waiting: Vec<RawRow> = self.heading.take().into_iter().chain(self.section.take()).collect();
        waiting.sort_by_key(|row| (row.place.sheet, row.place.row));
        for waited in &waiting {
            self.write(waited, None)?;
        }
        self.write(row, recipe)
    }

    /// Writes a row; `recipe` where it is one of data, which may be known by what stands around it.
    fn write(&mut self, row: &RawRow, recipe: Option<&Recipe>) -> Result<()> {
        let place = (row.place.sheet, row.place.row);
        // Text around the rows has no place of its own in some containers, and tells nothing that the head does not.
        if place <= self.last && recipe.is_none() {
            return Ok(());
        }
        self.last = place;
        let is_picked = |text: &str| number::read(text, None) == self.picked;
        let context = recipe.and_then(|recipe| recipe.xml.as_ref()?.line.as_deref()).and_then(|wanted| {
            let mut named = row.context.iter().rev().filter(|(name, _)| name == wanted);
            named.find(|(_, text)| is_picked(text.trim())).cloned()
        });
        let sheet_name = recipe.is_some_and(|recipe| recipe.sheet_is_line) && is_picked(&row.sheet);
        let here = |(sheet, _): &mut (u32, Vec<String>)| *sheet == row.place.sheet && recipe.is_some();
        let elsewhere = match &row.elsewhere {
            None if self.unheaded => Some(Vec::new()),
            None => self.elsewhere.take_if(here).map(|(_, headings)| headings),
            known => known.clone(),
        };
        let line = row_line(row, &mut self.before, context, sheet_name, elsewhere)?;
        if line.len() > MAX_LINE {
            return Err(Error::new(Code::FileTooLarge));
        }
        self.body.extend_from_slice(&line);
        self.body.push(b'\n');
        Ok(())
    }

    /// Whether another line of the file stands in the row.
    fn names_other(&self, row: &RawRow) -> bool {
        row.cells().any(|cell| self.tells_other(cell))
    }

    /// Whether a text names another line of the file, in whatever spelling.
    pub fn tells_other(&self, text: &str) -> bool {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        self.others.iter().any(|other| digits.contains(other.as_str()))
    }
}

fn telling(e164: &str) -> String {
    let digits = e164.trim_start_matches('+');
    digits.get(digits.len().saturating_sub(TELLING)..).unwrap_or(digits).to_owned()
}

fn unfit(reason: &str, reason_en: &str) -> Error {
    Error::new(Code::RequestUnfit).with("reason", reason).with("reason_en", reason_en)
}

/// No line is picked.
pub(super) fn no_line() -> Error {
    unfit(
        "чтобы хранить только строки своей линии, выберите эту линию",
        "to keep only the rows of your line, pick that line",
    )
}

/// Several lines are picked.
pub(super) fn several_lines() -> Error {
    unfit(
        "выписка хранит строки одной линии: выберите одну или храните файл целиком",
        "an extract keeps the rows of one line: pick one, or keep the whole file",
    )
}

/// The file names the picked line nowhere.
pub(super) fn absent_line(line: &PhoneNumber) -> Error {
    unfit(
        &format!("линия {} в файле не названа, выписывать нечего", line.text),
        &format!("the file does not name the line {}, so that there is nothing to extract", line.text),
    )
}

/// The recipe names what is to be left out.
pub(super) fn told_by_recipe() -> Error {
    unfit(
        "описание формата называет другую линию файла, и она осталась бы в деле; уберите её из описания",
        "the layout names another line of the file, which would stay in the case; take it out of the layout",
    )
}

/// Nothing would be left out.
pub(super) fn no_other_line() -> Error {
    unfit(
        "других линий файл не называет, из него нечего убирать; добавьте его целиком",
        "the file names no other line, so that nothing would be left out; add it as a whole",
    )
}
