//! Rows that no header of their own explains: a sheet of a workbook that goes on with the table of another and does not
//! repeat its header, rows above a header that stands late. Where they have the shape of a table whose header the file
//! has, they are read by that header; where that is not certain they are rows all the same, which could not be read.

use super::columns::{Columns, PARTIES, trimmed};
use super::follower::names_line_around;
use super::identify::{HEADER_WITHIN, Layout};
use super::recipe::{ContainerKind, Field, Recipe};
use super::rows::{Flow, RawRow, RowReader};
use super::words::{any_fits, folded};
use crate::error::Result;
use crate::model::NumberKind;
use std::collections::{BTreeMap, BTreeSet};

/// Headers of different tables that are compared with rows that have none.
const HEADERS: usize = 16;

/// Cells of a row without digits that name its columns.
const NAMES: usize = 3;

/// What the file has for rows without a header of their own.
#[derive(Clone, Default)]
pub(super) struct Unheaded {
    /// The headers of its tables, each kind once.
    headers: Vec<Columns>,
    /// Which of them reads the rows that no header explains, by sheet.
    by_sheet: BTreeMap<u32, usize>,
}

impl Unheaded {
    /// Looks for the headers of the file, and for rows that stand under none. A file that begins with its header is
    /// looked at no further.
    pub fn look(reader: &mut dyn RowReader, layout: &Layout) -> Result<Self> {
        let recipe = &layout.recipe;
        let kind = layout.container.kind();
        let is_table =
            matches!(kind, ContainerKind::Csv | ContainerKind::Xlsx | ContainerKind::Html | ContainerKind::Pdf);
        if !is_table || recipe.headless || recipe.lines.is_some() || !recipe.places.is_empty() {
            return Ok(Self::default());
        }
        let enough = if kind == ContainerKind::Xlsx { Flow::NextSheet } else { Flow::Enough };
        let mut found = Self::default();
        let (mut own, mut open) = (BTreeMap::new(), BTreeSet::new());
        each_above(reader, recipe, enough, &|_| true, &mut |row, header| match header {
            Some(columns) => {
                let at = found.add(columns);
                at.and_then(|at| own.insert(row.place.sheet, at));
            }
            None if row.cells().any(|cell| has_moment(recipe, cell)) => drop(open.insert(row.place.sheet)),
            None => {}
        })?;
        if open.is_empty() || found.headers.is_empty() {
            return Ok(found);
        }
        let mut tallies: BTreeMap<u32, Tallies> = BTreeMap::new();
        let count = found.headers.len();
        each_above(reader, recipe, enough, &|sheet| open.contains(&sheet), &mut |row, header| {
            if header.is_none() {
                let tally = tallies.entry(row.place.sheet).or_insert_with(|| Tallies::new(count));
                tally.take(&found, recipe, row);
            }
        })?;
        for (sheet, tally) in &tallies {
            let reads = |at: &usize| tally.reads(*at);
            let mut others = (0..found.headers.len()).filter(reads);
            // Where two tables of the file would read them, nothing tells which of the two they are of.
            let only = others.next().filter(|_| others.next().is_none());
            if let Some(at) = own.get(sheet).copied().filter(reads).or(only) {
                found.by_sheet.insert(*sheet, at);
            }
        }
        Ok(found)
    }

    /// Keeps a header, if there is none with the same places yet.
    fn add(&mut self, columns: Columns) -> Option<usize> {
        let known = self.headers.iter().position(|other| other.has_places_of(&columns));
        if known.is_none() && self.headers.len() < HEADERS {
            self.headers.push(columns);
            return Some(self.headers.len() - 1);
        }
        known
    }

    /// The header that reads a row which none of its own explains.
    pub fn reads(&self, recipe: &Recipe, row: &RawRow) -> Option<&Columns> {
        let known = self.headers.get(*self.by_sheet.get(&row.place.sheet)?)?;
        fits(known, recipe, row).then_some(known)
    }

    /// Whether a row is one of a table, though nothing explains its columns: it is about as wide as a table of the file,
    /// and a date with its time stands where that table has it, or elsewhere beside a full number.
    pub fn is_row(&self, recipe: &Recipe, row: &RawRow) -> bool {
        let filled = row.cells().filter(|cell| !trimmed(cell).is_empty()).count();
        let as_there = |columns: &Columns| {
            filled * 2 > columns.found && filled >= columns.found.min(3) && columns.tells_moment(recipe, row)
        };
        let whole = |columns: &Columns| filled >= columns.found;
        let elsewhere = || self.headers.iter().any(whole) && is_call(recipe, row);
        (self.headers.iter().any(as_there) || elsewhere()) && !names_line_around(recipe, row)
    }
}

/// Takes the rows of each wanted sheet down to its header, and the header.
fn each_above(
    reader: &mut dyn RowReader,
    recipe: &Recipe,
    enough: Flow,
    wanted: &dyn Fn(u32) -> bool,
    take: &mut dyn FnMut(&RawRow, Option<Columns>),
) -> Result<()> {
    let mut above = Above::default();
    reader.each(&mut |row| {
        if above.is_past(row) || !wanted(row.place.sheet) {
            return Ok(enough);
        }
        if row.len() < 2 || row.around {
            return Ok(Flow::Next);
        }
        let header = Columns::of_first(recipe, row);
        let flow = if header.is_some() { enough } else { Flow::Next };
        take(row, header);
        Ok(flow)
    })?;
    Ok(())
}

/// Whether a cell is a date with its time, or a date.
fn has_moment(recipe: &Recipe, cell: &str) -> bool {
    let cell = trimmed(cell);
    cell.starts_with(|c: char| c.is_ascii_digit()) && Columns::reads_moment(recipe, cell, false)
}

/// Whether cells are a date with its time and a full number, and none is the name of another.
fn is_call(recipe: &Recipe, row: &RawRow) -> bool {
    let moment = |cell: &str| cell.contains(':') && has_moment(recipe, cell);
    let number = |cell: &str| !cell.contains(':') && super::number::read(cell, None).kind == NumberKind::E164;
    let name = |cell: &str| trimmed(cell).ends_with(':');
    row.cells().any(moment) && row.cells().any(number) && !row.cells().any(name)
}

/// Whether a row has its beginning where the header says, and no more cells and, where rows have all of theirs, no fewer.
fn fits(columns: &Columns, recipe: &Recipe, row: &RawRow) -> bool {
    columns.have_width_of(row) && columns.tells_moment(recipe, row)
}

/// How far above its header a sheet is looked into.
#[derive(Default)]
struct Above {
    sheet: u32,
    rows: u64,
}

impl Above {
    fn is_past(&mut self, row: &RawRow) -> bool {
        if row.place.sheet != self.sheet {
            *self = Self { sheet: row.place.sheet, rows: 0 };
        }
        self.rows += 1;
        self.rows > HEADER_WITHIN
    }
}

/// How the rows of a sheet that no header explains agree with each header.
struct Tallies {
    of: Vec<Tally>,
    /// The last row above the first of them names columns otherwise than any header that is known.
    named: bool,
    rows: u32,
}

/// How they agree with one.
#[derive(Clone, Default)]
struct Tally {
    /// Rows with a full number, a known word and a length where the header says.
    certain: u32,
    /// Rows with a full number there whose word or length says nothing.
    doubtful: u32,
    /// Rows of another shape.
    other: u32,
}

impl Tallies {
    fn new(headers: usize) -> Self {
        Self { of: vec![Tally::default(); headers], named: false, rows: 0 }
    }

    fn take(&mut self, found: &Unheaded, recipe: &Recipe, row: &RawRow) {
        if !found.is_row(recipe, row) {
            if self.rows == 0 {
                let filled: Vec<&str> = row.cells().filter(|cell| !trimmed(cell).is_empty()).collect();
                let digits = |cell: &str| cell.bytes().any(|b| b.is_ascii_digit());
                self.named = filled.len() >= NAMES && !filled.into_iter().any(digits);
            }
            return;
        }
        self.rows += 1;
        for (tally, columns) in self.of.iter_mut().zip(&found.headers) {
            if !fits(columns, recipe, row) {
                tally.other += 1;
                continue;
            }
            let full = PARTIES.into_iter().any(|field| {
                let kind = super::number::read(columns.cell(row, field), None).kind;
                matches!(kind, NumberKind::E164 | NumberKind::Masked)
            });
            if full {
                match agrees(columns, recipe, row) {
                    Some(true) => tally.certain += 1,
                    Some(false) => tally.doubtful += 1,
                    None => {}
                }
            }
        }
    }

    /// Whether a header reads them: every row has its shape, and there are calls that prove it.
    fn reads(&self, at: usize) -> bool {
        let proven = |tally: &Tally| tally.other == 0 && tally.certain > 0 && tally.certain >= tally.doubtful;
        !self.named && self.of.get(at).is_some_and(proven)
    }
}

/// Whether the word for the direction or the service and the length of a row stand where the header says; `None` where
/// the row says neither this nor the opposite.
fn agrees(columns: &Columns, recipe: &Recipe, row: &RawRow) -> Option<bool> {
    let worded = [Field::Direction, Field::Service, Field::ServiceKind];
    let speaks = worded.into_iter().any(|field| columns.has(field));
    let known = worded.into_iter().any(|field| {
        let word = folded(columns.cell(row, field));
        let service = || recipe.service.iter().any(|rule| any_fits(&rule.words, &word));
        !word.is_empty() && (recipe.way(&word).is_some() || service())
    });
    if speaks && !known {
        return Some(false);
    }
    let length = columns.cell(row, Field::Duration);
    let of_services = columns.has(Field::Service) || columns.has(Field::ServiceKind);
    match columns.length_unit.iter().chain(&recipe.durations).any(|form| form.read(length).is_some()) {
        _ if !columns.has(Field::Duration) => Some(true),
        // Messages and traffic are counted otherwise, and a missed call may have no length.
        false if length.is_empty() || of_services => None,
        reads => Some(reads),
    }
}
