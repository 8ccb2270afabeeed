//! Lines of text in which a record stands on several lines, or in which no delimiter parts its cells: what is copied or
//! drawn out of a PDF. The recipe says what the beginning of a record and the whole of it look like.

use super::ReadSeek;
use super::csv::unreadable;
use super::encoding::{Decoder, converted, is_utf16};
use super::recipe::{LinesShape, Recipe};
use super::rows::{Flow, RawRow, RowReader, TakeRow};
use super::words::{any_fits, folded};
use crate::error::Result;
use crate::model::RowPlace;
use encoding_rs::Encoding;
use regex::Regex;
use serde::Deserialize;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, SeekFrom};
use std::sync::Arc;

/// Bytes of a line; what is longer is cut there.
const MAX_LINE: usize = 16 * 1024;
/// Lines of a record.
const MAX_LINES: usize = 24;

/// A shape of text, as an expression.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Shape(Regex);

impl TryFrom<String> for Shape {
    type Error = regex::Error;

    fn try_from(text: String) -> std::result::Result<Self, regex::Error> {
        Ok(Self(Regex::new(&text)?))
    }
}

/// A line and its place in the original.
#[derive(Debug, Default)]
pub(super) struct TextLine {
    pub text: String,
    pub place: RowPlace,
}

/// Something that has lines of text.
pub(super) trait TextLines {
    /// The next line, without its end.
    fn next_line(&mut self) -> Result<Option<TextLine>>;
}

/// The lines of a file.
pub(super) struct FileLines<'f> {
    input: Box<dyn BufRead + 'f>,
    decoder: Decoder,
    /// Whether byte places mean anything in the original.
    places: bool,
    row: u64,
    offset: u64,
}

impl<'f> FileLines<'f> {
    pub fn new(file: &'f mut dyn ReadSeek, encoding: &'static Encoding) -> Result<Self> {
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let utf16 = is_utf16(encoding);
        let input: Box<dyn BufRead + 'f> = match utf16 {
            true => Box::new(BufReader::new(converted(file, encoding))),
            false => Box::new(BufReader::new(file)),
        };
        let decoder = if utf16 { Decoder::Utf8 } else { Decoder::new(encoding) };
        Ok(Self { input, decoder, places: !utf16, row: 0, offset: 0 })
    }
}

impl TextLines for FileLines<'_> {
    fn next_line(&mut self) -> Result<Option<TextLine>> {
        let mut bytes = Vec::new();
        let read = (&mut self.input).take(MAX_LINE as u64).read_until(b'\n', &mut bytes).map_err(unreadable)?;
        if read == 0 {
            return Ok(None);
        }
        self.row += 1;
        let body = bytes.len() - bytes.iter().rev().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let mut place = RowPlace { sheet: 0, row: self.row, offset: 0, length: 0 };
        if self.places {
            (place.offset, place.length) = (self.offset, body as u32);
        }
        self.offset += read as u64;
        let mut text = Vec::with_capacity(body);
        self.decoder.append(&bytes[..body], &mut text);
        let text = String::from_utf8_lossy(&text);
        // A form feed begins a page.
        let text = text.trim_start_matches(['\u{FEFF}', '\u{c}']).to_owned();
        Ok(Some(TextLine { text, place }))
    }
}

/// Rows out of lines.
pub(super) struct Lines<'f> {
    source: Box<dyn TextLines + 'f>,
    recipe: Arc<Recipe>,
    ahead: VecDeque<TextLine>,
    blanks: u64,
}

impl<'f> Lines<'f> {
    pub fn new(source: Box<dyn TextLines + 'f>, recipe: &Arc<Recipe>) -> Self {
        Self { source, recipe: Arc::clone(recipe), ahead: VecDeque::new(), blanks: 0 }
    }

    /// The line after `skip` others, blank ones left out.
    fn peek(&mut self, skip: usize) -> Result<Option<&TextLine>> {
        while self.ahead.len() <= skip {
            match self.source.next_line()? {
                None => return Ok(None),
                Some(line) if line.text.trim().is_empty() => self.blanks += 1,
                Some(line) => self.ahead.push_back(line),
            }
        }
        Ok(self.ahead.get(skip))
    }

    /// Whether a record begins with the line after `skip` others.
    fn begins(&mut self, shape: &LinesShape, skip: usize) -> Result<bool> {
        let Some(first) = self.peek(skip)?.map(|line| line.text.clone()) else { return Ok(false) };
        // Nearly no line begins with a date, and only one that does is worth a look at the next.
        if !first.trim_start().bytes().next().is_some_and(|b| b.is_ascii_digit()) {
            return Ok(false);
        }
        let joined = match self.peek(skip + 1)? {
            Some(next) => format!("{first}\n{}", next.text),
            None => first,
        };
        Ok(shape.begin.0.find(&joined).is_some_and(|found| found.start() == 0))
    }

    /// Lines of the record that begins with the next line.
    fn length(&mut self, shape: &LinesShape) -> Result<usize> {
        let mut length = 1;
        while length < MAX_LINES && !self.begins(shape, length)? {
            let Some(line) = self.ahead.get(length) else { break };
            if any_fits(&self.recipe.footers, &folded(&line.text)) {
                break;
            }
            length += 1;
        }
        Ok(length)
    }
}

impl RowReader for Lines<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let recipe = Arc::clone(&self.recipe);
        let Some(shape) = &recipe.lines else { return Ok(0) };
        let mut row = RawRow::default();
        row.columns = shape.names();
        loop {
            if self.peek(0)?.is_none() {
                return Ok(self.blanks);
            }
            let begins = self.begins(shape, 0)?;
            let mut length = if begins { self.length(shape)? } else { 1 };
            row.clear();
            row.around = !begins;
            if begins {
                length = self.fill(shape, &mut row, length);
            } else if let Some(line) = self.ahead.front() {
                row.place = line.place;
                row.push(&line.text);
            }
            row.blanks_before = std::mem::take(&mut self.blanks);
            self.ahead.drain(..length.min(self.ahead.len()));
            if take(&row)? != Flow::Next {
                return Ok(0);
            }
        }
    }
}

impl Lines<'_> {
    /// Fills a row with the record in the next lines; answers how many of them it is. What does not have the shape of a
    /// record stands whole in the first cell, to be shown as it is.
    fn fill(&self, shape: &LinesShape, row: &mut RawRow, length: usize) -> usize {
        let texts: Vec<&str> = self.ahead.iter().take(length).map(|line| line.text.trim_end()).collect();
        let joined = texts.join("\n");
        let found = shape.record.0.captures(&joined).filter(|found| found.get(0).is_some_and(|all| all.start() == 0));
        let mut used = length;
        match found {
            None => row.push(&texts.join(" ")),
            Some(found) => {
                let end = found.get(0).map_or(joined.len(), |all| all.end());
                // What stands behind the record on its last line belongs to it, further lines do not.
                used = joined[..end].matches('\n').count() + 1;
                for (column, name) in row.columns.clone().iter().enumerate() {
                    let Some(part) = found.name(name) else { continue };
                    let between = if shape.glue.contains(name) { "" } else { " " };
                    row.set(column, &part.as_str().split('\n').map(str::trim).collect::<Vec<_>>().join(between));
                }
            }
        }
        let (first, last) = (self.ahead.front(), self.ahead.get(used.saturating_sub(1)));
        if let (Some(first), Some(last)) = (first, last) {
            row.place = first.place;
            let end = last.place.offset + u64::from(last.place.length);
            row.place.length = u32::try_from(end.saturating_sub(first.place.offset)).unwrap_or(u32::MAX);
        }
        used
    }
}

impl LinesShape {
    /// The columns: the named groups.
    pub fn names(&self) -> Vec<String> {
        self.record.0.capture_names().flatten().map(str::to_owned).collect()
    }
}
