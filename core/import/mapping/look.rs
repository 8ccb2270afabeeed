//! The first rows of a table as they are, where its header is, and a proposal of how to read it.

use super::propose::{Proposal, ends, means, own_line, propose};
use super::shapes::Shapes;
use super::{Field, HeaderPlace, Mapping, WordMeaning, WordRead, XmlPlace};
use crate::error::{Code, Error, Result};
use crate::import::columns::{Columns, letter};
use crate::import::container::{Container, sniff};
use crate::import::csv::{DELIMITERS, Table};
use crate::import::identify::table_of_calls;
use crate::import::recipe::{ContainerKind, RECIPES};
use crate::import::rows::{Flow, RawRow, RowReader};
use crate::import::sqlite::Database;
use crate::import::xml::{Document, Elements};
use crate::import::{ReadSeek, archive, seems};
use serde::Serialize;
use std::collections::BTreeMap;

/// Rows of a sheet that are shown.
const SHOWN: usize = 50;
/// Sheets that are looked into for a table.
const SHEETS: usize = 8;
/// Columns that are shown and can be read.
const COLUMNS: usize = 256;
/// Letters of a cell that are shown.
const CELL: usize = 160;
/// Numbers of a column that are offered as the own line.
const NUMBERS: usize = 8;
/// Rows whose cells are looked at closely.
const CLOSELY: u32 = 1_000;
/// Rows whose words are counted.
pub const LOOKED_AT: u32 = 20_000;
/// Elements of an XML file among which the row element is looked for.
const ELEMENTS: usize = 2_000;

/// A row as it is in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LookRow {
    /// Row as a person counts it.
    pub row: u32,
    /// Cells from the left, cut to what a screen shows.
    pub cells: Vec<String>,
}

/// A word of a column with what it seems to mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WordSeen {
    /// The word as written.
    pub word: String,
    /// Rows in which it stands, among those that were looked at.
    pub count: u32,
    /// What it seems to mean in a column of directions or services.
    pub means: WordMeaning,
    /// What it seems to mean in a column of outcomes.
    pub ends: WordMeaning,
}

/// A full number of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct NumberSeen {
    /// E.164.
    pub number: String,
    /// Rows in which it stands, among those that were looked at closely.
    pub count: u32,
}

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ColumnSeen {
    /// Its heading, or its letter where it has none.
    pub name: String,
    /// What it seems to hold.
    pub proposal: Option<Proposal>,
    /// Its words, where it has few; the most frequent first.
    pub words: Vec<WordSeen>,
    /// Its numbers, the most frequent first: one of them may be the person's own.
    pub numbers: Vec<NumberSeen>,
    /// The order of dates that reads its cells.
    pub date: Option<String>,
    /// The form of lengths that reads its cells.
    pub duration: String,
}

/// What a table looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Look {
    /// Encoding of the text, in lower case; empty for workbooks, databases and PDF.
    pub encoding: String,
    /// Sheet that is shown, from 1; 0 for a table of text.
    pub sheet: u32,
    /// The first rows.
    pub rows: Vec<LookRow>,
    /// The columns.
    pub columns: Vec<ColumnSeen>,
    /// How the table would be read.
    pub mapping: Mapping,
}

/// The row of each sheet that seems to be its header, as (sheet, row).
pub(in crate::import) fn headers(reader: &mut dyn RowReader) -> Result<Vec<(u32, u64)>> {
    let sheets = first_rows(reader)?;
    let header = |sheet: &Sheet| found_header(sheet).1.map(|at| (sheet.number, sheet.rows[at].0));
    Ok(sheets.iter().filter_map(header).collect())
}

/// The rows of a table, whatever it stands in.
pub(in crate::import) fn table_rows<'f>(
    file: &'f mut dyn ReadSeek,
    container: Container,
) -> Result<Box<dyn RowReader + 'f>> {
    let delimiter = match container {
        Container::Csv(encoding) | Container::Lines(encoding) => delimiter(file, encoding)?,
        _ => 0,
    };
    container.open(file, delimiter, Elements::default(), None)
}

/// The first rows of one sheet.
#[derive(Default)]
struct Sheet {
    number: u32,
    rows: Vec<(u64, Vec<String>)>,
}

/// Looks at a file. `header` is the row that the person says is the header: 0 for none, `None` where it is to be found.
///
/// # Errors
/// As [`crate::import::identify`] for what is no table; [`Code::FormatUnknown`] for XML whose rows have no attributes;
/// [`Code::NoRows`].
pub fn look(file: &mut dyn ReadSeek, name: &str, header: Option<u32>) -> Result<Look> {
    look_inside(file, header).map_err(|error| error.with("file", name))
}

fn look_inside(file: &mut dyn ReadSeek, header: Option<u32>) -> Result<Look> {
    let mut held = None;
    let file = archive::inside(file, &mut held, false)?;
    let container = sniff(file)?;
    // Opened once: opening a workbook means reading all its texts, and a database is copied.
    let (mut reader, xml, table): (Box<dyn RowReader + '_>, _, _) = match container {
        Container::Csv(_)
        | Container::Lines(_)
        | Container::Book(_)
        | Container::Html(_)
        | Container::Sql(_)
        | Container::Pdf => (table_rows(file, container)?, None, None),
        Container::Xml(encoding) => {
            let place = row_element(file, encoding)?;
            let elements = Elements { rows: vec![place.row.clone()], ..Elements::default() };
            (container.open(file, 0, elements, None)?, Some(place), None)
        }
        Container::Sqlite => {
            let database = Database::open(file)?;
            let table = table_of_calls(&database)?.ok_or_else(seems::no_calls)?;
            (Box::new(database.into_table(std::slice::from_ref(&table))?), None, Some(table))
        }
        Container::Dump(_) | Container::Haudio(_) | Container::Extract(..) => return Err(seems::unmapped()),
    };
    let sheets = first_rows(&mut *reader)?;
    let found = sheets.iter().map(|sheet| (found_header(sheet), sheet));
    let best =
        found.max_by_key(|((score, _), sheet)| (*score, sheet.rows.len().min(3), std::cmp::Reverse(sheet.number)));
    let Some(((_, found), sheet)) = best else { return Err(Error::new(Code::NoRows)) };
    let names_columns = xml.is_some() || table.is_some();
    let header = match header {
        _ if names_columns => None,
        None => found,
        Some(0) => None,
        Some(row) => sheet.rows.iter().position(|(number, _)| *number == u64::from(row)),
    };
    let mut headings: Vec<String> = header.map_or_else(Vec::new, |at| sheet.rows[at].1.clone());
    let below = header.map_or(0, |at| sheet.rows[at].0);
    let seen = columns_below(&mut *reader, sheet.number, below)?;
    if names_columns {
        headings = seen.names;
    }
    let width = seen.shapes.len().max(headings.len()).max(1);
    headings.resize(width.min(COLUMNS), String::new());
    let mut shapes = seen.shapes;
    shapes.resize(headings.len(), Shapes::default());
    let columns = columns(&headings, &shapes);
    let header = header
        .and_then(|at| sheet.rows.get(at))
        .map(|(row, _)| HeaderPlace { sheet: sheet.number, row: u32::try_from(*row).unwrap_or(u32::MAX) });
    let mapping = mapping(container.kind(), header, headings, &columns, &shapes, (xml, table));
    let rows = sheet.rows.iter().map(|(row, cells)| LookRow {
        row: u32::try_from(*row).unwrap_or(u32::MAX),
        cells: cells.iter().map(|cell| cell.chars().take(CELL).collect()).collect(),
    });
    Ok(Look { encoding: container.encoding(), sheet: sheet.number, rows: rows.collect(), columns, mapping })
}

/// The delimiter under which most of the first rows are equally wide.
fn delimiter(file: &mut dyn ReadSeek, encoding: &'static encoding_rs::Encoding) -> Result<u8> {
    let mut best = (0, 0, DELIMITERS[0]);
    for delimiter in DELIMITERS {
        let (mut widths, mut rows): (BTreeMap<usize, usize>, usize) = (BTreeMap::new(), 0);
        Table::new(file, encoding, delimiter).each(&mut |row| {
            if row.len() > 1 {
                *widths.entry(row.len()).or_default() += 1;
            }
            rows += 1;
            Ok(if rows < 200 { Flow::Next } else { Flow::Enough })
        })?;
        let most = widths.into_iter().map(|(width, rows)| (rows, width)).max().unwrap_or_default();
        if (most.0, most.1) > (best.0, best.1) {
            best = (most.0, most.1, delimiter);
        }
    }
    Ok(best.2)
}

/// The element that most of the rows of an XML file seem to be.
fn row_element(file: &mut dyn ReadSeek, encoding: &'static encoding_rs::Encoding) -> Result<XmlPlace> {
    let first = Document::new(file, encoding, Elements::default()).first_elements(ELEMENTS, &|_| false)?;
    let refuse = || {
        seems::refusal(
            "XML, в котором данные стоят не в атрибутах строк",
            "XML whose data do not stand in attributes of its rows",
        )
    };
    let Some(((root, _), below)) = first.split_first() else { return Err(refuse()) };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in below.iter().filter(|(_, attributes)| attributes.len() > 1) {
        *counts.entry(name).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count).ok_or_else(refuse)?;
    Ok(XmlPlace { root: root.clone(), row: most.0.to_owned() })
}

fn first_rows(reader: &mut dyn RowReader) -> Result<Vec<Sheet>> {
    let mut sheets: Vec<Sheet> = Vec::new();
    let read = reader.each(&mut |row| {
        if sheets.last().is_none_or(|sheet| sheet.number != row.place.sheet) {
            if sheets.len() == SHEETS {
                return Ok(Flow::Enough);
            }
            sheets.push(Sheet { number: row.place.sheet, rows: Vec::new() });
        }
        let Some(sheet) = sheets.last_mut() else { return Ok(Flow::Enough) };
        sheet.rows.push((row.place.row, row.cells().take(COLUMNS).map(|cell| cell.trim().to_owned()).collect()));
        Ok(if sheet.rows.len() < SHOWN { Flow::Next } else { Flow::NextSheet })
    });
    match read {
        // A file that breaks off still shows what it has; reading it says where it ends.
        Err(error) if sheets.is_empty() => Err(error),
        _ => Ok(sheets),
    }
}

/// The row that seems to be the header, by its place, and how sure that is.
fn found_header(sheet: &Sheet) -> (usize, Option<usize>) {
    let rows = &sheet.rows;
    let filled = |at: usize| rows[at].1.iter().filter(|cell| !cell.is_empty()).count();
    let holds_data = |at: &usize| {
        let mut shapes = Shapes::default();
        rows[*at].1.iter().for_each(|cell| shapes.take(cell, false, true));
        filled(*at) > 1 && (shapes.moments + shapes.days > 0 || shapes.phones > 0)
    };
    let mut data = vec![false; rows.len()];
    (0..rows.len()).filter(holds_data).for_each(|at| data[at] = true);
    // What stands above a table, as the line and the period do, fills few cells beside the rows of the table.
    let mut widths: Vec<usize> = (0..rows.len()).filter(|at| data[*at]).map(filled).collect();
    widths.sort_unstable();
    let usual = widths.get(widths.len() / 2).copied().unwrap_or(0);
    (0..rows.len()).for_each(|at| data[at] &= filled(at) * 2 >= usual);
    let runs = |at: usize| data[at..].iter().take(6).filter(|is| **is).count() * 2 > data[at..].len().min(6);
    let first = (0..rows.len()).find(|at| data[*at] && runs(*at));
    let general = RECIPES.iter().find(|recipe| recipe.general);
    let known = |at: usize| {
        general.map_or(0, |general| Columns::of_names(general, rows[at].1.iter().map(String::as_str)).found)
    };
    let above = first.unwrap_or(rows.len().min(20));
    // Of the rows right above the data, the one with the most known headings, then the fullest, then the nearest.
    let header = (above.saturating_sub(6)..above)
        .filter(|at| !data[*at] && filled(*at) > 1)
        .max_by_key(|at| (known(*at), filled(*at), *at));
    let score = header.map_or(0, known) * 4 + data.iter().filter(|is| **is).count();
    (score, header)
}

/// What stands below the header.
struct Below {
    /// Attribute names, for XML.
    names: Vec<String>,
    shapes: Vec<Shapes>,
}

fn columns_below(reader: &mut dyn RowReader, sheet: u32, below: u64) -> Result<Below> {
    let mut seen = Below { names: Vec::new(), shapes: Vec::new() };
    let mut rows = 0;
    let read = reader.each(&mut |row: &RawRow| {
        if row.place.sheet != sheet {
            return Ok(if row.place.sheet < sheet { Flow::NextSheet } else { Flow::Enough });
        }
        if row.place.row <= below {
            return Ok(Flow::Next);
        }
        let width = row.len().min(COLUMNS);
        if seen.shapes.len() < width {
            seen.shapes.resize(width, Shapes::default());
        }
        for (shape, cell) in seen.shapes.iter_mut().zip(row.cells()) {
            shape.take(cell, row.epoch_1904, rows < CLOSELY);
        }
        if seen.names.len() < row.columns.len() {
            seen.names = row.columns.iter().take(COLUMNS).cloned().collect();
        }
        rows += 1;
        Ok(if rows < LOOKED_AT { Flow::Next } else { Flow::Enough })
    });
    match read {
        Err(error) if rows == 0 => Err(error),
        _ => Ok(seen),
    }
}

fn columns(headings: &[String], shapes: &[Shapes]) -> Vec<ColumnSeen> {
    let proposals = propose(headings, shapes);
    let columns = headings.iter().zip(shapes).zip(proposals).enumerate();
    let column = |(at, ((heading, shape), proposal)): (usize, ((&String, &Shapes), Option<Proposal>))| {
        // In a column of services a word that names none is a call, unless others are told apart.
        let told = shape.words.iter().any(|(word, _)| {
            let means = means(word, WordMeaning::Unknown);
            !matches!(means, WordMeaning::Unknown | WordMeaning::Call)
        });
        let is_service = proposal.as_ref().is_some_and(|p| p.field == Field::Service);
        let otherwise = match (is_service, told) {
            (true, true) => WordMeaning::Other,
            (true, false) => WordMeaning::Call,
            (false, _) => WordMeaning::Unknown,
        };
        let mut words: Vec<WordSeen> = Vec::new();
        if !shape.many_words {
            words.extend(shape.words.iter().map(|(word, count)| WordSeen {
                word: word.clone(),
                count: *count,
                means: means(word, otherwise),
                ends: ends(word),
            }));
            words.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word)));
        }
        ColumnSeen {
            name: if heading.is_empty() { letter(at) } else { heading.clone() },
            proposal,
            words,
            numbers: numbers(shape),
            date: shape.order().map(str::to_owned),
            duration: shape.length(heading).to_owned(),
        }
    };
    columns.map(column).collect()
}

fn numbers(shape: &Shapes) -> Vec<NumberSeen> {
    let seen = shape.numbers.iter().map(|(number, count)| NumberSeen { number: number.clone(), count: *count });
    let mut numbers: Vec<NumberSeen> = seen.collect();
    numbers.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.number.cmp(&b.number)));
    numbers.truncate(NUMBERS);
    numbers
}

fn mapping(
    container: ContainerKind,
    header: Option<HeaderPlace>,
    headings: Vec<String>,
    columns: &[ColumnSeen],
    shapes: &[Shapes],
    (xml, table): (Option<XmlPlace>, Option<String>),
) -> Mapping {
    let fields: Vec<Option<Field>> = columns.iter().map(|c| c.proposal.as_ref().map(|p| p.field)).collect();
    let at = |field| fields.iter().position(|f| *f == Some(field));
    let mut words = Vec::new();
    for (column, seen) in columns.iter().enumerate() {
        let is_outcome = match fields[column] {
            Some(Field::Outcome) => true,
            Some(Field::Direction | Field::Service | Field::ServiceKind) => false,
            _ => continue,
        };
        words.extend(seen.words.iter().map(|seen| WordRead {
            column: column as u32,
            word: seen.word.clone(),
            means: if is_outcome { seen.ends } else { seen.means },
        }));
    }
    let date = at(Field::Start).or(at(Field::Date)).and_then(|at| columns[at].date.clone());
    let duration = at(Field::Duration).map(|at| columns[at].duration.clone());
    let parties: Vec<&Shapes> =
        [Field::Caller, Field::Callee].into_iter().filter_map(at).map(|at| &shapes[at]).collect();
    let line = if parties.len() == 2 && at(Field::Line).is_none() { own_line(&parties) } else { None };
    Mapping {
        container,
        header,
        headings,
        fields,
        words,
        date: date.unwrap_or_else(|| "dd.mm.yyyy".to_owned()),
        duration: duration.unwrap_or_else(|| "clock".to_owned()),
        zone: None,
        line,
        way: None,
        kind: None,
        xml,
        table,
    }
}
