//! Tables of a page: what operators mail as HTML, also under the name of a workbook. Streaming; nothing of the page is
//! run, fetched or shown.
//!
//! All tables of the page are one: a report repeats its table on every printed page. Rows are counted as they stand in
//! the page; a table within a cell has rows of its own, which follow what stands before it in that cell.

use super::ReadSeek;
use super::csv::unreadable;
use super::encoding::converted;
use super::rows::{Flow, MAX_CELL, MAX_CELLS, RawRow, RowReader, TakeRow};
use crate::error::{Code, Error, Result};
use encoding_rs::Encoding;
use html5gum::emitters::{Emitter, naive_next_state};
use html5gum::{IoReader, State, Tokenizer};
use std::cell::Cell;
use std::collections::VecDeque;
use std::io::SeekFrom;
use std::rc::Rc;

/// Bytes of the cells of one row that are kept.
const MAX_ROW: usize = 4 << 20;
/// Tables within tables that are looked into.
const MAX_DEPTH: usize = 16;
/// Rows and columns over which a cell may reach.
const MAX_SPAN: usize = 1_000;
/// Columns that cells from above may take in a row.
const MAX_HANGING: usize = 32;
/// Letters of a tag's or an attribute's name that are kept.
const MAX_NAME: usize = 32;

/// A page.
pub(super) struct Page<'f> {
    file: &'f mut dyn ReadSeek,
    encoding: &'static Encoding,
}

impl<'f> Page<'f> {
    pub fn new(file: &'f mut dyn ReadSeek, encoding: &'static Encoding) -> Self {
        Self { file, encoding }
    }
}

impl RowReader for Page<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        self.file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let text = converted(&mut *self.file, self.encoding);
        let (mut blanks, mut last) = (0, 0);
        let tables = Tables::default();
        let breaks_off = Rc::clone(&tables.breaks_off);
        for row in Tokenizer::new_with_emitter(IoReader::new(text), tables) {
            let mut row = row.map_err(unreadable)?;
            last = row.place.row;
            if row.is_blank() {
                blanks += 1;
                continue;
            }
            row.blanks_before = std::mem::take(&mut blanks);
            if take(&row)? != Flow::Next {
                return Ok(0);
            }
        }
        match breaks_off.get() {
            true => Err(Error::new(Code::FileTruncated).with("row", last)),
            false => Ok(blanks),
        }
    }
}

/// A table that is open.
#[derive(Default)]
struct Open {
    /// The row that is open, its cells so far.
    row: Option<RawRow>,
    /// The cell that is open: its first column and how far it reaches.
    cell: Option<(usize, usize, usize)>,
    text: Vec<u8>,
    /// Cells that reach into the rows below: column, rows left, text.
    hanging: Vec<(usize, usize, String)>,
}

/// The tag that is being read.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    ends: bool,
    attribute: Vec<u8>,
    value: Vec<u8>,
    columns: usize,
    rows: usize,
    /// Column, from 1, where the cell says it.
    at: usize,
}

/// Puts rows together from tags and letters.
#[derive(Default)]
struct Tables {
    tag: Tag,
    last_start: Vec<u8>,
    open: Vec<Open>,
    /// What the page says outside its tables, up to the end of a paragraph.
    outside: Vec<u8>,
    /// Tables that are open deeper than is looked into.
    beyond: usize,
    /// Within an element whose letters are not shown.
    unseen: bool,
    count: u64,
    ready: VecDeque<RawRow>,
    /// Whether the page began as a whole one, and whether it ended as one.
    begun: bool,
    ended: bool,
    /// The page ends within a table: a part of it is missing.
    breaks_off: Rc<Cell<bool>>,
}

impl Tables {
    fn start(&mut self, name: &[u8]) {
        match name {
            b"table" if self.open.len() < MAX_DEPTH => {
                self.end_paragraph();
                self.flush();
                self.open.push(Open::default());
            }
            b"table" => self.beyond += 1,
            b"html" | b"body" | b"workbook" => self.begun = true,
            b"tr" | b"row" => {
                self.end_row();
                self.count += 1;
                if let Some(table) = self.open.last_mut() {
                    table.row = Some(new_row(self.count));
                }
            }
            b"td" | b"th" | b"cell" => self.start_cell(),
            b"br" | b"p" | b"div" | b"li" | b"h1" | b"h2" | b"h3" | b"hr" => self.end_paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"table" if self.beyond > 0 => self.beyond -= 1,
            b"table" => {
                self.end_row();
                self.open.pop();
            }
            b"html" | b"body" | b"workbook" => self.ended = true,
            b"tr" | b"row" => self.end_row(),
            b"td" | b"th" | b"cell" => self.end_cell(),
            b"p" | b"div" | b"li" | b"h1" | b"h2" | b"h3" => self.end_paragraph(),
            _ => {}
        }
    }

    /// A space within a cell; a row of its own outside all tables, where a page may name what the tables are of.
    fn end_paragraph(&mut self) {
        if !self.open.is_empty() {
            return self.say(b" ");
        }
        let text = shown(&std::mem::take(&mut self.outside));
        if !text.is_empty() {
            self.count += 1;
            let mut row = new_row(self.count);
            row.set(0, &text);
            self.ready.push_back(row);
        }
    }

    fn start_cell(&mut self) {
        self.end_cell();
        let (columns, rows) = (self.tag.columns.clamp(1, MAX_SPAN), self.tag.rows.clamp(1, MAX_SPAN));
        let Some(table) = self.open.last_mut() else { return };
        if table.row.is_none() {
            self.count += 1;
        }
        let row = table.row.get_or_insert_with(|| new_row(self.count));
        // The next column that neither this row nor a cell from above has taken.
        let mut column = self.tag.at.checked_sub(1).unwrap_or_else(|| row.len());
        while table.hanging.iter().any(|(at, ..)| *at == column) {
            column += 1;
        }
        table.cell = Some((column, columns, rows));
        table.text.clear();
    }

    fn end_cell(&mut self) {
        let Some(table) = self.open.last_mut() else { return };
        let (Some((column, columns, rows)), Some(row)) = (table.cell.take(), table.row.as_mut()) else { return };
        let text = shown(&table.text);
        if row.text_len() < MAX_ROW {
            row.set(column, &text);
        }
        // Columns over which the cell reaches are there and empty.
        let last = column + columns - 1;
        if last > column && last < MAX_CELLS {
            row.set(last, "");
        }
        let hangs = if rows > 1 { columns } else { 0 };
        for column in column..column + hangs.min(MAX_HANGING.saturating_sub(table.hanging.len())) {
            // The row that holds the cell is counted off with the others; what it says stands in its first column.
            let said = if column + hangs == last + 1 { text.chars().take(200).collect() } else { String::new() };
            table.hanging.push((column, rows, said));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some(table) = self.open.last_mut() else { return };
        let Some(mut row) = table.row.take() else { return };
        for (column, _, text) in &table.hanging {
            if row.cell(*column).is_none() {
                row.set(*column, text);
            }
        }
        table.hanging.retain_mut(|(_, rows, _)| {
            *rows -= 1;
            *rows > 0
        });
        self.ready.push_back(row);
    }

    /// Hands over what a row holds before a table begins within it.
    fn flush(&mut self) {
        let Some(table) = self.open.last_mut() else { return };
        let (Some(row), Some((column, ..))) = (table.row.as_mut(), table.cell) else { return };
        row.set(column, &shown(&table.text));
        table.text.clear();
        if !row.is_blank() {
            let place = row.place;
            let before = std::mem::replace(row, new_row(place.row));
            self.ready.push_back(before);
        }
    }

    /// Adds letters to the cell that is open, spaces among them as a page shows them.
    fn say(&mut self, letters: &[u8]) {
        if self.unseen {
            return;
        }
        let text = match self.open.last_mut() {
            None => &mut self.outside,
            Some(table) if table.cell.is_some() => &mut table.text,
            Some(_) => return,
        };
        for &byte in letters {
            if text.len() > MAX_CELL {
                return;
            }
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | 0xC if text.last() == Some(&b' ') => {}
                b' ' | b'\t' | b'\n' | b'\r' | 0xC => text.push(b' '),
                byte => text.push(byte),
            }
        }
    }

    /// Takes over the attribute that was read.
    fn end_attribute(&mut self) {
        let number = || std::str::from_utf8(&self.tag.value).ok().and_then(|text| text.trim().parse().ok());
        match self.tag.attribute.as_slice() {
            b"colspan" => self.tag.columns = number().unwrap_or(1),
            b"rowspan" => self.tag.rows = number().unwrap_or(1),
            b"ss:index" => self.tag.at = number().unwrap_or(0).min(MAX_CELLS),
            b"ss:mergeacross" => self.tag.columns = number().unwrap_or(0).min(MAX_SPAN) + 1,
            _ => {}
        }
        self.tag.attribute.clear();
        self.tag.value.clear();
    }
}

fn new_row(count: u64) -> RawRow {
    let mut row = RawRow::of_sheets(false);
    row.place.row = count;
    row
}

/// Letters as a page shows them; they come in pieces that may end within a letter.
fn shown(letters: &[u8]) -> String {
    String::from_utf8_lossy(letters).trim().to_owned()
}

/// Adds a name up to what is kept of it.
fn push_short(to: &mut Vec<u8>, name: &[u8]) {
    let room = MAX_NAME.saturating_sub(to.len()).min(name.len());
    to.extend_from_slice(&name[..room]);
}

impl Emitter for Tables {
    type Token = RawRow;

    fn pop_token(&mut self) -> Option<RawRow> {
        self.ready.pop_front()
    }

    fn emit_eof(&mut self) {
        let within = self.open.iter().any(|table| table.row.is_some());
        self.breaks_off.set(!self.open.is_empty() && if self.begun { !self.ended } else { within });
        self.end_paragraph();
        // What it has is handed over all the same.
        while !self.open.is_empty() {
            self.end_row();
            self.open.pop();
        }
    }

    fn emit_string(&mut self, letters: &[u8]) {
        self.say(letters);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        let name = std::mem::take(&mut self.tag.name);
        if self.tag.ends {
            self.unseen = false;
            self.end(&name);
            return None;
        }
        self.start(&name);
        let state = naive_next_state(&name);
        self.unseen = state.is_some() && name != b"textarea";
        self.last_start = name;
        state
    }

    fn init_start_tag(&mut self) {
        self.tag = Tag { columns: 1, rows: 1, ..Tag::default() };
    }

    fn init_end_tag(&mut self) {
        self.tag = Tag { ends: true, ..Tag::default() };
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        push_short(&mut self.tag.name, name);
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        push_short(&mut self.tag.attribute, name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        push_short(&mut self.tag.value, value);
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.ends && !self.last_start.is_empty() && self.tag.name == self.last_start
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start = name.unwrap_or_default().to_vec();
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: html5gum::Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn emit_current_comment(&mut self) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn emit_current_doctype(&mut self) {}
    fn set_self_closing(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}
