//! Bytes → rows → fates. Pure: reads, never writes, never needs a case.
//!
//! A container (CSV, workbook, XML; told by content) yields rows; a recipe, which is data, says what the columns
//! mean; every data row ends as a [`RowFate`]. The same reading serves the preview and the import: only the sink
//! differs. Nothing here may panic on a file, and no row may be dropped without a count.

mod archive;
mod book;
mod columns;
mod container;
mod csv;
mod damage;
mod dump;
mod encoding;
mod excerpt;
mod extract;
mod follower;
mod hand;
mod haudio;
mod html;
mod identify;
mod intern;
mod lacks;
mod legs;
mod lengths;
mod lines;
mod map;
mod mapping;
pub mod media;
mod note;
mod number;
mod own;
mod pdf;
mod period;
mod reading;
mod recipe;
mod rows;
mod rules;
mod seems;
mod sql;
mod sqlite;
mod survey;
mod unheaded;
mod when;
mod words;
mod xml;

pub use self::damage::{Mend, MendKind};
pub use self::encoding::{TextSeen, beginning_of_text};
pub use self::excerpt::excerpt;
pub use self::hand::{HandRow, hand_messenger, hand_row, hand_text};

use self::container::Container;
pub use self::extract::Extracted;
use self::extract::Extracting;
use self::follower::Follower;
use self::identify::{Layout, locate};
use self::lacks::Lacks;
pub use self::mapping::{
    ColumnSeen, HeaderPlace, LOOKED_AT, Look, LookRow, Mapping, MappingName, NumberSeen, Proposal, ValueShape,
    WordMeaning, WordRead, WordSeen, XmlPlace, look, recipe_text,
};
pub use self::note::{DayOrder, NoteKind, OrderBasis, ReadingNote};
pub use self::own::{OwnRecipe, UNNAMED};
use self::reading::{Reading, names_other_lines};
pub use self::recipe::{Confidence, ContainerKind, Field, ServiceKind};
use self::recipe::{RECIPES, Recipe};
use self::rows::Flow;
pub use self::sqlite::keeps_journal;
use self::survey::{LengthsFound, Questions, survey};
use self::unheaded::Unheaded;
use crate::error::{Code, Error, Result};
use crate::model::{Dictionary, ExtractOf, NumberNote, PhoneNumber, RowFate, RowProblem, SourceKind, Zone, ZoneBasis};
use crate::progress::Progress;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::sync::Arc;

/// A file to read.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// What the person says about a file before it is read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Recipe chosen; otherwise it is found.
    pub recipe: Option<String>,
    /// The person's own recipes, which are looked at beside the known ones.
    pub own: Vec<OwnRecipe>,
    /// The lines of the case: where a file names no line, they tell which of two numbers called.
    pub own_lines: Vec<PhoneNumber>,
    /// Kind of witness, for recipes that do not fix it.
    pub kind: Option<SourceKind>,
    /// Zone given with the import.
    pub zone: Option<Zone>,
    /// Zone of the case's line, used where the file states none.
    pub line_zone: Option<Zone>,
    /// Line picked: rows of other lines that the file names are not read further; a file that names no line
    /// is taken as this line's.
    pub line: Option<PhoneNumber>,
    /// Further lines that are picked beside it: then rows that name no line are of none that is known.
    pub further_lines: Vec<PhoneNumber>,
    /// Order of day and month in dates with strokes; otherwise found.
    pub days: Option<DayOrder>,
}

/// What a file was found to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Identified {
    /// Name of the recipe.
    pub recipe: String,
    /// The recipe itself, where it is the person's own.
    #[serde(skip)]
    pub own: Option<OwnRecipe>,
    /// Kind of witness.
    pub kind: SourceKind,
    /// Encoding of the text in lower case (`windows-1251`); empty for workbooks, databases and PDF.
    pub encoding: String,
    /// Unit in seconds to which the source rounds durations up; 1 where it does not.
    pub duration_unit_s: u32,
    /// Whether it is a PDF, whose rows are put together again and which a table is better than.
    #[serde(skip)]
    pub from_pdf: bool,
    /// Whether damaged rows are mended: sources of older versions are read as they were then.
    #[serde(skip)]
    pub mending: bool,
    /// Rows that a reading has mended, so that they are shown as they stood.
    #[serde(skip)]
    pub mends: Vec<Mend>,
    /// The whole file, where it is an extract of one.
    #[serde(skip)]
    pub extract_of: Option<ExtractOf>,
}

impl Identified {
    /// The mend of a row by its place.
    fn mended(&self, place: (u32, u64)) -> Option<&Mend> {
        let at = self.mends.partition_point(|mend| (mend.sheet, mend.row) < place);
        self.mends.get(at).filter(|mend| (mend.sheet, mend.row) == place)
    }
}

/// What reading a file to its end has shown.
/// `rows` = records + other + problems + repeats_in_file + other_lines; a row that was mended counts as the rows that
/// came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Lines that the file names, in order of appearance.
    pub lines: Vec<PhoneNumber>,
    /// Zone of the times; `None` where each row states its own.
    pub zone: Option<Zone>,
    /// How the zone is known.
    pub zone_basis: Option<ZoneBasis>,
    /// Local dates of the first and the last record.
    pub period: Option<(chrono::NaiveDate, chrono::NaiveDate)>,
    /// The same of the rows of every service.
    pub rows_period: Option<(chrono::NaiveDate, chrono::NaiveDate)>,
    /// First and last day of the period that the file states for itself.
    pub stated_period: Option<(chrono::NaiveDate, chrono::NaiveDate)>,
    /// Unit to which the file rounds lengths up, where its rows show one and no heading names it.
    pub duration_unit_s: Option<u32>,
    /// Every data row.
    pub rows: u64,
    /// Blank lines, junk before the header, repeated headers, footers, totals.
    pub skipped: u64,
    /// Rows that state a call.
    pub records: u64,
    /// Rows of other services, by kind.
    pub other: BTreeMap<String, u64>,
    /// Repeated rows and further legs.
    pub repeats_in_file: u64,
    /// Rows of lines that were not picked.
    pub other_lines: u64,
    /// Rows that could not be read.
    pub problems: Vec<RowProblem>,
    /// Rows, of those counted above, that stand in the file otherwise than they were read.
    pub mended: u64,
    /// Which these are and how they were mended.
    pub mends: Vec<Mend>,
    /// What was taken for true without the file saying so.
    pub notes: Vec<ReadingNote>,
}

impl Summary {
    /// Unit in seconds to which the file rounds lengths up: that which its rows show, else that of its form.
    pub(crate) fn unit_s(&self, what: &Identified) -> u32 {
        self.duration_unit_s.unwrap_or(what.duration_unit_s)
    }
}

/// Receives the fate of every data row, in file order, with the dictionary as filled so far
/// (indices never change their meaning; the dictionary only grows).
pub trait Sink {
    /// Takes one row.
    ///
    /// # Errors
    /// Ends the reading with the same error.
    fn row(&mut self, fate: RowFate, dictionary: &Dictionary) -> Result<()>;

    /// Takes the whole dictionary, once, after the last row.
    fn finish(&mut self, _dictionary: Dictionary) {}
}

/// Takes the rows of a preview: nothing is kept.
pub struct Discard;

impl Sink for Discard {
    fn row(&mut self, _: RowFate, _: &Dictionary) -> Result<()> {
        Ok(())
    }
}

/// A row as it was found, for the eyes of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RowAsFound {
    /// Column headings as written; attribute names for XML; empty where there are none.
    pub columns: Vec<String>,
    /// Cells as written.
    pub cells: Vec<String>,
    /// How it was mended, where it was read otherwise than it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mended: Option<MendKind>,
}

/// Says what a file is, by its content, and which recipe reads it.
///
/// # Errors
/// [`Code::FileEmpty`], [`Code::FormatUnknown`], [`Code::XmlEntities`], [`Code::FileTooLarge`],
/// [`Code::RecipeUnknown`], [`Code::RecipeAmbiguous`] (candidates in `detail`), [`Code::RecipeUnfit`].
pub fn identify(file: &mut dyn ReadSeek, name: &str, options: &ReadOptions) -> Result<Identified> {
    let mut held = None;
    let inside = archive::inside(file, &mut held, false);
    let layout = inside.and_then(|file| locate(file, options)).map_err(|error| error.with("file", name))?;
    Ok(Identified {
        recipe: layout.recipe.name.clone(),
        own: options.own.iter().find(|own| Arc::ptr_eq(&own.recipe, &layout.recipe)).cloned(),
        kind: layout.recipe.kind.or(options.kind).unwrap_or(SourceKind::Other),
        encoding: layout.container.encoding(),
        duration_unit_s: layout.unit_s,
        from_pdf: layout.container.kind() == ContainerKind::Pdf,
        mending: true,
        mends: Vec::new(),
        extract_of: layout.extract.as_deref().map(extract::Head::whole),
    })
}

/// Reads every row of an identified file.
///
/// # Errors
/// As [`identify`]; [`Code::FileTruncated`], [`Code::FileDamaged`], [`Code::NoRows`], [`Code::Cancelled`];
/// whatever the sink returns.
pub fn read(
    file: &mut dyn ReadSeek,
    name: &str,
    what: &Identified,
    options: &ReadOptions,
    sink: &mut dyn Sink,
    progress: &dyn Progress,
) -> Result<Summary> {
    read_through(file, name, what, options, Taker { sink, extracting: None }, progress).map(|(summary, _)| summary)
}

/// Reads every row of an identified file as [`read`] does, and gives the extract of it beside: the rows of the line that
/// is picked in the options, so that the same recipe reads the same calls in them. Of rows of other lines, and of rows
/// that name another line, nothing is in it.
///
/// # Errors
/// As [`read`]; [`Code::RequestUnfit`] where the file names no other line than the picked one, or not the picked one.
pub fn read_extract(
    file: &mut dyn ReadSeek,
    name: &str,
    what: &Identified,
    options: &ReadOptions,
    whole: (&str, u64),
    sink: &mut dyn Sink,
    progress: &dyn Progress,
) -> Result<(Summary, Extracted)> {
    let picked = options.line.clone().ok_or_else(extract::no_line)?;
    if !options.further_lines.is_empty() {
        return Err(extract::several_lines());
    }
    // Which lines the file names is known when it was read to its end.
    let told = read(file, name, what, options, &mut Discard, progress)?;
    if !told.lines.contains(&picked) {
        return Err(extract::absent_line(&picked));
    }
    let others: Vec<PhoneNumber> = told.lines.into_iter().filter(|line| *line != picked).collect();
    if others.is_empty() {
        return Err(extract::no_other_line());
    }
    let mut extracting = Extracting::new(picked.clone(), &others);
    // The words of a recipe of the person's own may come from any row, and its text stays with the source.
    if what.own.as_ref().is_some_and(|own| extracting.tells_other(own.text())) {
        return Err(extract::told_by_recipe());
    }
    let taker = Taker { sink, extracting: Some(&mut extracting) };
    let (mut summary, shape) = read_through(file, name, what, options, taker, progress)?;
    summary.lines.retain(|line| *line == picked);
    let head = extract::Head::new(name, what, shape, whole, &picked, &summary);
    let bytes = extracting.finish(&head)?;
    Ok((summary, Extracted { bytes, of: head.whole(), lines: others }))
}

/// Who takes what is read.
struct Taker<'t, 'e> {
    sink: &'t mut dyn Sink,
    extracting: Option<&'e mut Extracting>,
}

/// What reading a file has shown of its form.
#[derive(Clone, Copy)]
struct Shape {
    container: ContainerKind,
    /// The order of dates with strokes.
    days: Option<DayOrder>,
    /// Lengths of minutes and seconds stand as hours and minutes.
    lengths_shifted: bool,
}

fn read_through(
    file: &mut dyn ReadSeek,
    name: &str,
    what: &Identified,
    options: &ReadOptions,
    taker: Taker<'_, '_>,
    progress: &dyn Progress,
) -> Result<(Summary, Shape)> {
    let named = |error: Error| error.of_file(name);
    let mut held = None;
    let file = archive::inside(file, &mut held, true).map_err(named)?;
    let mut layout = relocate(file, what).map_err(named)?;
    let told_before;
    let options = match &layout.extract {
        None => options,
        Some(head) => {
            told_before = head.said(options);
            &told_before
        }
    };
    // Opened once, though a file may be gone through more than once: opening a workbook means reading all its texts.
    let mut rows = layout.open(file).map_err(named)?;
    layout.unheaded = Unheaded::look(&mut *rows, &layout).map_err(named)?;
    let general = layout.recipe.general;
    let in_rows = general || what.own.is_some() || layout.recipe.line_in_every_row;
    let asked = Questions {
        line: options.line.is_none() && in_rows && layout.recipe.has_parties(),
        days: general || layout.recipe.either_order,
        // Where a layout fixes its lengths and they are no minutes and seconds, there is nothing to find.
        lengths: layout.container.kind() == ContainerKind::Xlsx
            && (!layout.recipe.fixed_lengths || layout.recipe.minutes_and_seconds()),
        given: options.days,
        own: &options.own_lines,
        mending: what.mending,
    };
    let told = survey(&mut *rows, &layout, &asked).map_err(named)?;
    layout.lengths_shifted = told.lengths.as_ref().is_some_and(LengthsFound::are_shifted);
    let days = told.days.as_ref().map(|days| days.order);
    let shape = Shape { container: layout.container.kind(), days, lengths_shifted: layout.lengths_shifted };
    layout.month_first = told.days.as_ref().is_some_and(|days| days.order == DayOrder::MonthFirst);
    let Taker { sink, extracting } = taker;
    let usual = damage::usual(&mut *rows, &layout, what.mending).map_err(named)?;
    let usual = what.mending.then_some(&usual);
    // Where lines are picked, whether the file has others is known before the first row is told.
    let picked = options.line.is_some() && layout.recipe.names_lines() && layout.extract.is_none();
    let others = picked && names_other_lines(&mut *rows, &layout, options, usual, progress).map_err(named)?;
    let mut reading = Reading::new(&layout, options, usual, sink, progress);
    reading.has_others(others);
    reading.extracting = extracting;
    let own = told.line.as_deref().and_then(|line| reading.take_line(line));
    if layout.recipe.is_surveyed() {
        reading.surveying = true;
        rows.each(&mut |row| reading.take(row)).map_err(named)?;
        reading.begin(&layout, usual)?;
        told.line.as_deref().and_then(|line| reading.take_line(line));
    }
    let blanks = rows.each(&mut |row| reading.take(row)).map_err(named)?;
    let (mut summary, strangers, lacks) = reading.finish(blanks)?;
    summary.notes.extend(own.map(|own| ReadingNote::own_line(&own.text)));
    if strangers > 0 {
        summary.notes.push(ReadingNote::strangers(strangers, summary.records));
    }
    summary.notes.extend(told.days.as_ref().map(ReadingNote::day_order));
    if let Some(lengths) = &told.lengths {
        // Whether they are whole minutes is what is in doubt.
        summary.notes.retain(|note| note.kind != NoteKind::WholeMinutes || lengths.are_shifted());
        summary.notes.push(ReadingNote::lengths(lengths));
    }
    // What was taken for true goes before what is lacking.
    summary.notes.extend(lacks.iter().flat_map(Lacks::notes));
    if layout.extract.is_some_and(|head| summary.rows < head.rows) {
        return Err(Error::new(Code::FileTruncated).with("file", name));
    }
    if summary.rows == 0 {
        return Err(Error::new(Code::NoRows).with("file", name));
    }
    Ok((summary, shape))
}

/// The layout of a file that was identified. Only a table of text is looked into again, for its delimiter; opening a
/// workbook means reading all its texts, which is not done twice without need.
fn relocate(file: &mut dyn ReadSeek, what: &Identified) -> Result<Layout> {
    let own = what.own.iter().cloned().collect();
    let options = ReadOptions { recipe: Some(what.recipe.clone()), own, ..ReadOptions::default() };
    let known = what.own.as_ref().map(|own| &own.recipe).or_else(|| Recipe::named(&what.recipe));
    let encoding = encoding_rs::Encoding::for_label(what.encoding.as_bytes());
    let (Some(recipe), true) = (known, encoding.is_some() || what.encoding.is_empty()) else {
        return locate(file, &options);
    };
    let container = match encoding {
        None => container::sniff(file)?,
        Some(encoding) => container::sniff_known(file, encoding)?,
    };
    if let Container::Extract(..) = container {
        let head = extract::Head::of(&container::head_of(file)?)?;
        return identify::layout_of_extract(recipe, container, head);
    }
    if let (Container::Csv(encoding), None) = (container, &recipe.xml) {
        return identify::locate_text(file, encoding, recipe);
    }
    match recipe.reads(container.kind()) {
        true => Ok(Layout::new(recipe, container, 0, what.duration_unit_s)),
        false => locate(file, &options),
    }
}

/// Reads single rows again as they were found: `wanted` is ascending by (sheet, row); the answer has the same order. A row
/// that was mended is shown as it stood: a broken one with its line breaks in its cells, glued ones as the one line.
///
/// # Errors
/// As [`read`]; [`Code::NotFound`] for a row that the file does not have.
pub fn rows_as_found(file: &mut dyn ReadSeek, what: &Identified, wanted: &[(u32, u64)]) -> Result<Vec<RowAsFound>> {
    let mut held = None;
    let file = archive::inside(file, &mut held, true)?;
    let mut layout = relocate(file, what)?;
    let mut rows = layout.open(file)?;
    layout.unheaded = Unheaded::look(&mut *rows, &layout)?;
    let mut follower = Follower::new(&layout, what.mending);
    let mut found = Vec::with_capacity(wanted.len());
    // A broken row, and how many lines of it are still to come.
    let mut broken: Option<(rows::RawRow, u32)> = None;
    rows.each(&mut |row| {
        follower.part(row);
        let goes_on = broken.as_mut().map(|(begun, left)| {
            *left -= 1;
            begun.go_on(row);
            *left > 0
        });
        let here = match &broken {
            Some((begun, _)) => (begun.place.sheet, begun.place.row),
            None => (row.place.sheet, row.place.row),
        };
        if goes_on == Some(true) {
            return Ok(Flow::Next);
        }
        if wanted.get(found.len()) == Some(&here) {
            let mended = what.mended(here);
            if let Some(lines) = mended.map(|mend| mend.lines).filter(|lines| *lines > 1 && goes_on.is_none()) {
                broken = Some((row.clone(), lines - 1));
                return Ok(Flow::Next);
            }
            let whole = broken.take().map(|(begun, _)| begun);
            let headings = follower.columns.as_ref().map(|columns| columns.headings.as_slice()).unwrap_or_default();
            let shown = as_found(whole.as_ref().unwrap_or(row), headings);
            while wanted.get(found.len()) == Some(&here) {
                found.push(RowAsFound { mended: mended.map(|mend| mend.kind), ..shown.clone() });
            }
        }
        Ok(match wanted.get(found.len()) {
            None => Flow::Enough,
            // A sheet that is already behind is of no more interest.
            Some((sheet, _)) if *sheet > here.0 => Flow::NextSheet,
            Some(_) => Flow::Next,
        })
    })?;
    match wanted.get(found.len()) {
        None => Ok(found),
        Some((_, row)) => Err(Error::new(Code::NotFound).with("what", "row").with("id", *row)),
    }
}

/// The cells of a row beside their headings; of a row that names its columns only those that it has.
fn as_found(row: &rows::RawRow, headings: &[String]) -> RowAsFound {
    let named = !row.columns.is_empty();
    let shown = if named { row.as_written() } else { (0..row.len().max(headings.len())).collect() };
    let columns = shown.iter().map(|&column| headings.get(column).cloned().unwrap_or_default()).collect();
    let cells = shown.iter().map(|&column| row.cell(column).unwrap_or_default().to_owned()).collect();
    RowAsFound { columns, cells, mended: None }
}

/// Reads a number as a person or a source wrote it, in the country of `line` (Russia without one).
#[must_use]
pub fn read_number(raw: &str, line: Option<&PhoneNumber>) -> PhoneNumber {
    number::read(raw, line)
}

/// Why a number may be another than it was read as, for the eyes of a person.
#[must_use]
pub fn number_note(raw: &str, number: &PhoneNumber) -> Option<NumberNote> {
    number::note(raw, number)
}

/// A known layout, for the list that a person sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RecipeInfo {
    /// Name: `mts-xml`.
    pub name: String,
    /// Title in Russian.
    pub title_ru: String,
    /// Title in English.
    pub title_en: String,
    /// `csv`, `xlsx`, `xml`, `html`, `sqlite`, `dump`, `haudio`, `lines`, `pdf`, `sql`: the containers it reads; `xlsx` is
    /// a workbook in any form, or a page that calls itself one.
    pub containers: Vec<String>,
    /// Kind of witness it fixes, if it does.
    pub kind: Option<SourceKind>,
    /// Whether a real file of the layout was seen; `None` for the person's own.
    pub confidence: Option<Confidence>,
    /// Whether it is the person's own.
    pub own: bool,
}

/// The known layouts, by name.
#[must_use]
pub fn recipes() -> Vec<RecipeInfo> {
    RECIPES.iter().map(|recipe| recipe.info()).collect()
}
