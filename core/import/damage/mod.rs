//! Mending rows that people and programs damage on their way: the stamp of a messenger or the footer of a page within a
//! row, a row broken over lines, rows glued into one. Looked at only where a row does not read. A mend is certain, one
//! way to put the row right and no other, or it is not made and the row stays a problem.

mod doubt;
mod length;
mod marks;
mod search;
mod usual;

use self::doubt::Word;
use self::length::Lengths;
use super::ReadOptions;
use super::columns::Columns;
use super::map::{Mapper, Stated};
use super::recipe::{Field, Recipe};
use super::rows::RawRow;
use crate::model::{PhoneNumber, words};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

pub(super) use self::doubt::Doubt;
pub(super) use self::length::Rest;
pub(super) use self::marks::{holds_date, tells_call};
pub(super) use self::search::Joined;
pub(super) use self::usual::{Usual, usual};

words!(
    /// How a row was mended.
    MendKind {
        /// The stamp of a message was taken out of it.
        Stamp = "stamp",
        /// A page number or a total was taken out of a cell.
        Footer = "footer",
        /// It stood on several lines.
        Broken = "broken",
        /// Several rows stood on one line.
        Glued = "glued",
    }
);

/// Rows that were mended: where they stand, how they stood there, and what was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Mend {
    /// Sheet, counted from 1; 0 where the container has none.
    pub sheet: u32,
    /// The first line or row, as a person counts it, from 1.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub row: u64,
    /// Lines that they stood on.
    pub lines: u32,
    /// Rows that came of it.
    pub rows: u32,
    /// What was done.
    pub kind: MendKind,
    /// The text as it stood in the file (shortened to 200 characters).
    pub found: String,
}

/// Characters of a damaged row that are shown.
const SHOWN: usize = 200;

/// Bytes of a row that is still looked at: no row of calls is longer.
const LONGEST: usize = 16 * 1024;

/// Bytes of a cell that are too few for a mark and a value beside it.
const SHORTEST: usize = 10;

/// Trials after which what they have remembered is forgotten, so that a hostile file fills no memory.
const FORGET_AFTER: u32 = 4096;

/// What a row that does not read turned out to be.
pub(super) enum Verdict {
    /// Rows that read, made of it alone.
    Mended(Mended),
    /// No row of the table: a message, a page number, a total, a caption.
    Stray,
    /// No more cells than a row has: it may be a part of a broken one.
    Piece,
    /// Nothing certain.
    Nothing,
}

/// Rows that were put right.
pub(super) struct Mended {
    pub rows: Vec<RawRow>,
    pub mend: Mend,
}

/// A row that waits for what follows it.
pub(super) struct Held<P> {
    pub row: RawRow,
    pub part: P,
    pub columns: Option<Rc<Columns>>,
    /// Whether it may be a part of a broken row.
    pub piece: bool,
    /// Whether it is no row of the table.
    pub stray: bool,
    /// The rows that it was mended to by itself.
    pub made: Option<Mended>,
    /// Whether it reads as one row.
    pub reads: bool,
    /// Whether it may be the end of a longer row that says something else.
    pub doubtful: bool,
    /// Whether it reads and has fewer cells than the rows before it: the line below may hold the rest.
    pub short: bool,
    /// Whether it reads and ends with its length, more of which may stand on the line below.
    pub open: bool,
    /// What such a row states, as long as no other was read since.
    pub stated: Option<Stated>,
}

impl<P> Held<P> {
    /// A row of which nothing is known yet.
    pub fn new(row: &RawRow, part: P, columns: Option<Rc<Columns>>) -> Self {
        let (piece, stray, made, reads, doubtful) = (false, false, None, false, false);
        let (row, short, open, stated) = (row.clone(), false, false, None);
        Self { row, part, columns, piece, stray, made, reads, doubtful, short, open, stated }
    }

    /// A part that may begin a broken row.
    pub fn piece(row: &RawRow, part: P, columns: &Rc<Columns>) -> Self {
        Self { piece: true, ..Self::new(row, part, Some(Rc::clone(columns))) }
    }

    /// A row that reads and may have left its end on the line below.
    pub fn short(row: &RawRow, part: P, columns: &Rc<Columns>) -> Self {
        Self { short: true, reads: true, ..Self::new(row, part, Some(Rc::clone(columns))) }
    }

    /// A row that reads and ends with its length.
    pub fn open(row: &RawRow, part: P, columns: &Rc<Columns>, stated: Stated) -> Self {
        Self { open: true, reads: true, stated: Some(stated), ..Self::new(row, part, Some(Rc::clone(columns))) }
    }

    /// Whether it has something of a moment, as no end of a row has.
    pub fn may_be_call(&self) -> bool {
        self.row.cells().any(holds_date)
    }
}

/// Whether a mark stands in a cell.
pub(super) fn stands_in(text: &str) -> bool {
    text.len() > SHORTEST && marks::may_stand_in(text) && marks::stand_in(text)
}

/// Looks for the one way to put a row right.
pub(super) struct Mender<'l> {
    recipe: &'l Recipe,
    month_first: bool,
    /// The rows are lines of text, which break and run together; rows of sheets and pages do neither.
    lines: bool,
    /// Reads what a row would say; what it remembers is of no account.
    trial: Mapper<'l>,
    trials: u32,
    /// Cells of the last row that read.
    pub usual: usize,
    /// The lines that rows of the file name.
    named: Vec<PhoneNumber>,
    /// The cell of the line is damaged: what is put in it must be a line that other rows name.
    line_damaged: bool,
    /// Words of directions that were looked at.
    words: Vec<(String, Word)>,
    /// How the rows of the file write lengths.
    lengths: Lengths,
}

impl<'l> Mender<'l> {
    pub fn new(recipe: &'l Recipe, month_first: bool, lines: bool, usual: &Usual) -> Self {
        let trial = trial(recipe, month_first, usual.lengths);
        let words = usual.ways.iter().map(|text| (text.clone(), Word::Known)).collect();
        let (named, lengths, usual) = (usual.lines.clone(), usual.lengths, usual.width);
        Self { recipe, month_first, lines, trial, trials: 0, usual, named, line_damaged: false, words, lengths }
    }

    /// What a row is that does not read.
    pub fn look(&mut self, row: &RawRow, columns: &Columns) -> Verdict {
        let Some(text) = joined(row) else { return Verdict::Nothing };
        let line = columns.cell(row, Field::Line);
        self.line_damaged = stands_in(line) || line.contains(['\n', '\r']);
        if let Some((kind, rows)) = self.alone(row, &text, columns) {
            let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            return Verdict::Mended(Mended { mend: mend(&[row], kind, 1, count), rows });
        }
        if marks::is_stray(&text, columns.width) {
            return Verdict::Stray;
        }
        // A part with all the cells of a row has a neighbour of which only a piece of a cell is left.
        if self.lines && row.len() <= self.width(columns) { Verdict::Piece } else { Verdict::Nothing }
    }

    /// Cells of a whole row.
    fn width(&self, columns: &Columns) -> usize {
        if self.usual > 0 { self.usual } else { columns.whole_width() }
    }

    fn trial(&mut self) -> &mut Mapper<'l> {
        self.trials += 1;
        if self.trials > FORGET_AFTER {
            self.trial = trial(self.recipe, self.month_first, self.lengths);
            self.trials = 0;
        }
        &mut self.trial
    }
}

/// Reads what a row would say, as the rows of the file are read.
fn trial(recipe: &Recipe, month_first: bool, lengths: Lengths) -> Mapper<'_> {
    let mut trial = Mapper::new(recipe, &ReadOptions::default(), month_first);
    trial.two_digits = lengths.are_clocks();
    trial
}

/// Between the cells of a row that is taken as one text.
const CELL: char = '\u{1F}';

/// The cells of a row as one text; `None` for what is no row of calls.
fn joined(row: &RawRow) -> Option<String> {
    if row.beyond > 0 || row.text_len() > LONGEST || row.cells().any(|cell| cell.contains(CELL)) {
        return None;
    }
    let mut text = String::with_capacity(row.text_len() + row.len());
    for (at, cell) in row.cells().enumerate() {
        if at > 0 {
            text.push(CELL);
        }
        text.push_str(cell);
    }
    Some(text)
}

/// A row of the same place with other cells.
fn like(row: &RawRow, text: &str) -> RawRow {
    let mut made = row.clone();
    made.clear();
    text.split(CELL).for_each(|cell| made.push(cell));
    // With as many cells each stands where it stood.
    if made.len() == row.len() {
        made.times.clone_from(&row.times);
    }
    made
}

/// Says what was done to rows that follow one another.
fn mend(rows: &[&RawRow], kind: MendKind, lines: u32, made: u32) -> Mend {
    let mut found = String::new();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            found.push_str(" ↵ ");
        }
        for (at, cell) in row.cells().take(64).enumerate() {
            if at > 0 {
                found.push_str(" | ");
            }
            found.extend(cell.chars().take(SHOWN));
        }
    }
    let place = rows.first().map(|row| row.place).unwrap_or_default();
    let found = found.chars().take(SHOWN).collect();
    Mend { sheet: place.sheet, row: place.row, lines, rows: made, kind, found }
}
