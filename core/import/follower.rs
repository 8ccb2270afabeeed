//! Where the header of a table is, which of its rows are data, and what the others are.

use super::columns::Columns;
use super::identify::{HEADER_WITHIN, Layout};
use super::recipe::{ContainerKind, Field, Recipe};
use super::rows::RawRow;
use super::unheaded::Unheaded;
use super::when::Read;
use super::words::{any_fits, folded};
use crate::model::{NumberKind, Precision, RowPlace};
use std::cell::Cell;
use std::rc::Rc;

/// Follows the rows of a file: where its header is, and which rows are data.
pub(super) struct Follower<'l> {
    pub recipe: &'l Recipe,
    names_columns: bool,
    /// The columns of the row.
    pub columns: Option<Rc<Columns>>,
    /// Those that the header tells, where some rows follow no header.
    header: Option<Rc<Columns>>,
    placed: Vec<Rc<Columns>>,
    sheet: u32,
    above: u64,
    /// The form of dates that told the last row of data; the next is likely in the same.
    pub form: Cell<usize>,
    /// The beginning as it was read to tell the row, so that it is read once.
    pub start: Cell<Option<Read>>,
    month_first: bool,
    /// Whether damaged rows are looked for above the first that reads.
    mending: bool,
    unheaded: &'l Unheaded,
    /// The rows are read by a header that does not stand above them.
    pub by_other: bool,
    /// How many were, and the place of the first.
    pub of_other: Option<(u64, RowPlace)>,
}

/// What a row is in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Stands above the header, or on a sheet without one.
    Junk,
    /// Is a row there all the same, which nothing explains.
    Unheaded,
    /// The header of a table.
    Header,
    /// The header again, a total, a page footer, a line of text.
    Skipped,
    /// Names the line of the rows that follow, between two parts of a table.
    Line,
    /// A row of data.
    Data,
}

impl<'l> Follower<'l> {
    pub fn new(layout: &'l Layout, mending: bool) -> Self {
        let is_lines = matches!(layout.container.kind(), ContainerKind::Lines | ContainerKind::Pdf);
        Self {
            recipe: &layout.recipe,
            names_columns: layout.container.names_columns() || (is_lines && layout.recipe.lines.is_some()),
            columns: None,
            header: None,
            placed: (0..)
                .zip(&layout.recipe.places)
                .map(|(at, places)| Rc::new(Columns::of_placed(&layout.recipe, at, places)))
                .collect(),
            sheet: 0,
            above: 0,
            form: Cell::new(0),
            start: Cell::new(None),
            month_first: layout.month_first,
            mending,
            unheaded: &layout.unheaded,
            by_other: false,
            of_other: None,
        }
    }

    /// Tells what the row is; `columns` is right for it afterwards.
    pub fn part(&mut self, row: &RawRow) -> Part {
        let part = self.part_of(row);
        match part {
            Part::Data if self.by_other => self.of_other.iter_mut().for_each(|(rows, _)| *rows += 1),
            Part::Header => self.by_other = false,
            Part::Skipped if self.by_other => {
                self.by_other = !self.columns.as_ref().is_some_and(|columns| columns.is_header(row));
            }
            _ => {}
        }
        part
    }

    fn part_of(&mut self, row: &RawRow) -> Part {
        if row.around {
            return Part::Line;
        }
        if self.names_columns {
            if self.columns.as_ref().is_none_or(|columns| columns.headings.len() != row.columns.len()) {
                self.columns = Some(Rc::new(Columns::of_names(self.recipe, row.columns.iter().map(String::as_str))));
            }
            return Part::Data;
        }
        if row.place.sheet != self.sheet {
            (self.sheet, self.above, self.columns, self.header) = (row.place.sheet, 0, None, None);
            self.by_other = false;
        }
        let Some(mut columns) = self.columns.clone() else {
            self.above += 1;
            let mut is_damaged = false;
            if self.above <= HEADER_WITHIN && row.len() > 1 {
                // A file that was told by one of its rows has others that alone would not tell it.
                let placed = || self.placed.iter().find(|columns| columns.fits(self.recipe, row)).cloned();
                self.columns = Columns::of_first(self.recipe, row).map(Rc::new).or_else(placed);
                if self.columns.is_none() {
                    self.columns = Columns::of_damaged(self.recipe, row, self.mending).map(Rc::new);
                    is_damaged = self.mending && self.columns.is_some();
                }
                if self.columns.is_none() && self.mending && !names_line_around(self.recipe, row) {
                    let damaged = self.placed.iter().find(|columns| columns.are_of_damaged(self.recipe, row));
                    self.columns = damaged.cloned();
                    is_damaged = damaged.is_some();
                }
                self.header = self.columns.clone().filter(|columns| !columns.are_placed());
            }
            return match &self.columns {
                None => self.without_header(row),
                Some(_) if is_damaged => Part::Data,
                // The first row of a table without a header is a row of data.
                Some(columns) if columns.are_placed() && self.has_date(row) => Part::Data,
                Some(_) if self.recipe.headless && (self.has_date(row) || !self.recipe.tell.is_empty()) => Part::Data,
                Some(_) => Part::Header,
            };
        };
        if self.header.as_ref().is_some_and(|header| header.is_header(row)) {
            return Part::Skipped;
        }
        if let Some(better) = self.better(row) {
            self.columns = Some(Rc::clone(&better));
            columns = better;
        }
        if columns.is_header(row) {
            return Part::Skipped;
        }
        if self.has_date(row) {
            return Part::Data;
        }
        if self.is_footer(row) {
            return Part::Skipped;
        }
        if self.names_line(row) {
            return Part::Line;
        }
        if self.is_lone_text(row) {
            return Part::Skipped;
        }
        // Another table below, whose columns stand otherwise.
        match Columns::of_header(self.recipe, row.cells()).filter(|_| row.len() > 1 && !self.recipe.headless) {
            Some(columns) => {
                self.columns = Some(Rc::new(columns));
                self.header.clone_from(&self.columns);
                Part::Skipped
            }
            // Text may name a line in any of its cells.
            None if self.recipe.text_around && !columns.speak(row) => Part::Line,
            None => Part::Data,
        }
    }

    /// What a row is above which no header stands.
    fn without_header(&mut self, row: &RawRow) -> Part {
        if row.len() < 2 {
            return Part::Junk;
        }
        let told = match &row.elsewhere {
            None => self.unheaded.reads(self.recipe, row).cloned(),
            Some(headings) => Columns::of_header(self.recipe, headings.iter().map(String::as_str)),
        };
        match told {
            Some(columns) => {
                self.columns = Some(Rc::new(columns));
                self.header.clone_from(&self.columns);
                self.by_other = true;
                self.of_other.get_or_insert((0, row.place));
                Part::Data
            }
            None if row.elsewhere.is_some() || self.unheaded.is_row(self.recipe, row) => Part::Unheaded,
            None => Part::Junk,
        }
    }

    /// The columns of a row in a layout some of whose rows follow no header: those that the header tells where they
    /// hold, else the places whose word stands there, else the header's again.
    fn better(&self, row: &RawRow) -> Option<Rc<Columns>> {
        let first = self.placed.first()?;
        let holds = self.header.as_ref().filter(|header| header.hold(self.recipe, row));
        let fits = || self.placed.iter().find(|columns| columns.fits(self.recipe, row));
        holds.or_else(fits).or(self.header.as_ref()).or(Some(first)).cloned()
    }

    /// The cell of a row that holds its date.
    pub fn date<'r>(&self, row: &'r RawRow) -> Option<&'r str> {
        let columns = self.columns.as_ref()?;
        Some(columns.cell(row, columns.when_field()).trim_matches(['"', '=']))
    }

    /// A row with a date is data whatever it begins with. What was read to tell is kept, where it is the whole of what
    /// the row says of its beginning.
    fn has_date(&self, row: &RawRow) -> bool {
        self.start.set(None);
        let Some(when) = self.date(row) else { return false };
        if !when.bytes().next().is_some_and(|b| b.is_ascii_digit()) {
            return false;
        }
        let forms = &self.recipe.dates;
        let usual = forms.get(self.form.get()).and_then(|form| form.read(when));
        let read = usual.or_else(|| {
            let (fitting, read) = forms.iter().enumerate().find_map(|(at, form)| Some((at, form.read(when)?)))?;
            self.form.set(fitting);
            Some(read)
        });
        let whole = !self.month_first && self.columns.as_ref().is_some_and(|columns| columns.has(Field::Start));
        self.start.set(read.filter(|read| whole && (row.place.sheet == 0 || read.precision != Precision::Day)));
        read.is_some()
    }

    /// Totals and page footers.
    fn is_footer(&self, row: &RawRow) -> bool {
        let first = row.cells().map(str::trim).find(|cell| !cell.is_empty());
        let Some(first) = first else { return row.beyond == 0 };
        any_fits(&self.recipe.footers, &folded(first)) || is_page_number(first)
    }

    /// Where the recipe says so, a line of text around the table.
    fn is_lone_text(&self, row: &RawRow) -> bool {
        let mut filled = row.cells().map(str::trim).filter(|cell| !cell.is_empty());
        let first = filled.next().unwrap_or_default();
        self.recipe.lone_text && filled.next().is_none() && first.chars().any(char::is_alphabetic)
    }

    /// `Абонент: 79071110001` above the next part of a table that holds several lines.
    fn names_line(&self, row: &RawRow) -> bool {
        let mut filled = row.cells().map(str::trim).filter(|cell| !cell.is_empty());
        let (Some(first), second, None) = (filled.next(), filled.next(), filled.next()) else { return false };
        line_behind(self.recipe, first)
            .is_some_and(|rest| is_number(second.filter(|_| rest.is_empty()).unwrap_or(&rest)))
    }
}

/// Whether a row around a table names a line.
pub(super) fn names_line_around(recipe: &Recipe, row: &RawRow) -> bool {
    line_around(recipe, row, false).0.is_some()
}

/// The number of the line in a row around a table: behind its word in one cell, or in the next filled cell; and whether
/// the row ends with the word, so that the next may begin with the number.
pub(super) fn line_around(recipe: &Recipe, row: &RawRow, mut expected: bool) -> (Option<String>, bool) {
    for cell in row.cells().map(str::trim).filter(|cell| !cell.is_empty()) {
        if std::mem::take(&mut expected) && is_number(cell) {
            return (Some(cell.to_owned()), false);
        }
        let rest = line_behind(recipe, cell);
        expected = rest.as_deref() == Some("");
        if let Some(rest) = rest.filter(|rest| is_number(rest)) {
            return (Some(rest), false);
        }
    }
    (None, expected)
}

/// Whether a row that begins a part of a table has the word for its line, and no number behind it.
pub(super) fn names_no_line(recipe: &Recipe, row: &RawRow) -> bool {
    let mut filled = row.cells().map(str::trim).filter(|cell| !cell.is_empty());
    let (Some(first), None) = (filled.next(), filled.next()) else { return false };
    line_behind(recipe, first).is_some_and(|rest| !is_number(&rest))
}

/// What stands behind the word for the line in a cell: its number, or nothing where that has a cell of its own.
/// «Номер договора: 9071112233» names no line, however much its number looks like one.
fn line_behind(recipe: &Recipe, cell: &str) -> Option<String> {
    let plain = folded(cell);
    let behind = recipe.line_words.iter().filter_map(|word| word.rest_after(&plain)).min_by_key(|rest| rest.len())?;
    let behind = behind.trim_start_matches([':', ' ', '-', '№', '=']);
    let end = behind.find(|c: char| c.is_alphabetic() || matches!(c, ',' | ';')).unwrap_or(behind.len());
    (end > 0 || behind.is_empty()).then(|| behind[..end].trim().to_owned())
}

pub(super) fn is_number(text: &str) -> bool {
    super::number::read(text, None).kind == NumberKind::E164
}

/// `1411 из 1422`: a page footer that slipped into a cell.
fn is_page_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.split_once(" из ").is_some_and(|(page, of)| digits(page.trim()) && digits(of.trim()))
}
