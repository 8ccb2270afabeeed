//! Which recipe reads a file.

use super::columns::Columns;
use super::container::{Container, head_of, sniff};
use super::csv::{DELIMITERS, Table};
use super::dump::Dump;
use super::encoding::CYRILLIC;
use super::extract::Head;
use super::follower::names_line_around;
use super::haudio;
use super::lines::{FileLines, Lines};
use super::pdf::Pages;
use super::recipe::{ContainerKind, Field, RECIPES, Recipe};
use super::rows::{Flow, RowReader};
use super::sqlite::Database;
use super::unheaded::Unheaded;
use super::words::{any_fits, folded};
use super::xml::{Document, Elements, RootedElement};
use super::{ReadOptions, ReadSeek, seems};
use crate::error::{Code, Error, Result};
use encoding_rs::Encoding;
use std::sync::Arc;

/// Rows above the table in which its header is looked for.
pub(super) const HEADER_WITHIN: u64 = 200;

/// Elements in which the first row of an XML layout is looked for; a corporate bill begins with hundreds of fees.
const ROW_WITHIN: usize = 5000;

/// Rows whose attributes are taken together to tell an XML layout.
const ROWS_ENOUGH: usize = 20;

/// Lines and records of a text in which the first record of a layout is looked for.
const RECORD_WITHIN: u64 = 1000;

/// A file and how it is read.
#[derive(Clone)]
pub(super) struct Layout {
    pub recipe: Arc<Recipe>,
    pub container: Container,
    /// Between the cells of a table of text.
    pub delimiter: u8,
    /// Seconds to which this file rounds lengths up.
    pub unit_s: u32,
    /// Dates with strokes name the month before the day.
    pub month_first: bool,
    /// Lengths in minutes and seconds were taken for hours and minutes by the program that wrote the workbook.
    pub lengths_shifted: bool,
    /// What an extract says of the file that it was made of.
    pub extract: Option<Arc<Head>>,
    /// What the file has for rows without a header of their own.
    pub unheaded: Unheaded,
}

impl Layout {
    /// A layout as its recipe tells it, of a file that is whole.
    pub fn new(recipe: &Arc<Recipe>, container: Container, delimiter: u8, unit_s: u32) -> Self {
        let (month_first, lengths_shifted, extract, unheaded) = (false, false, None, Unheaded::default());
        let recipe = Arc::clone(recipe);
        Self { recipe, container, delimiter, unit_s, month_first, lengths_shifted, extract, unheaded }
    }

    /// Opens the file as its container.
    pub fn open<'f>(&self, file: &'f mut dyn ReadSeek) -> Result<Box<dyn RowReader + 'f>> {
        self.container.open(file, self.delimiter, elements(&self.recipe), Some(&self.recipe))
    }
}

fn elements(recipe: &Recipe) -> Elements {
    let Some(shape) = &recipe.xml else { return Elements::default() };
    let rows = std::iter::once(&shape.row).chain(shape.other.keys()).cloned().collect();
    let about = shape.period.iter().flat_map(|period| period.told_by()).cloned().collect();
    Elements { rows, context: shape.context.clone(), about }
}

/// A recipe that fits, with what it found.
struct Fit {
    recipe: Arc<Recipe>,
    container: Container,
    delimiter: u8,
    fields: usize,
    unit_s: u32,
}

/// Finds the one recipe that reads the file, or tells why there is none.
pub(super) fn locate(file: &mut dyn ReadSeek, options: &ReadOptions) -> Result<Layout> {
    let own = options.own.iter().map(|own| &own.recipe);
    let forced = match &options.recipe {
        None => None,
        Some(name) => {
            let unfit = || Error::new(Code::RecipeUnfit).with("recipe", name.as_str());
            Some(own.clone().chain(RECIPES.iter()).find(|recipe| recipe.name == *name).ok_or_else(unfit)?)
        }
    };
    let container = sniff(file)?;
    let kind = container.kind();
    if let Container::Extract(..) = container {
        let head = Head::of(&head_of(file)?)?;
        let named = || own.clone().chain(RECIPES.iter()).find(|recipe| recipe.name == head.recipe);
        let recipe = forced.or_else(named).ok_or_else(|| Error::new(Code::RecipeUnknown))?;
        return layout_of_extract(recipe, container, head);
    }
    let candidates: Vec<Arc<Recipe>> = RECIPES
        .iter()
        .chain(own)
        .filter(|recipe| is_for(recipe, kind) && forced.is_none_or(|f| f.name == recipe.name))
        .cloned()
        .collect();
    // A recipe that the person names needs no further word on whose line it is.
    let own_line = options.line.is_some() || !options.own_lines.is_empty() || forced.is_some();
    let fits = match container {
        Container::Csv(encoding) | Container::Lines(encoding) => fits_of_text(file, encoding, &candidates, own_line)?,
        Container::Pdf => {
            let pages = Pages::read(file)?;
            let (by_lines, by_places): (Vec<_>, Vec<_>) =
                candidates.into_iter().partition(|recipe| recipe.lines.is_some());
            let mut fits = fits_of_rows(&mut *pages.table(), &by_places, container, 0, own_line)?;
            for recipe in &by_lines {
                fits.extend(fit_of_lines(&mut *pages.rows(recipe), recipe, container)?);
            }
            fits
        }
        Container::Book(_) | Container::Html(_) | Container::Sql(_) => {
            let mut reader = container.open(file, 0, Elements::default(), None)?;
            fits_of_rows(&mut *reader, &candidates, container, 0, own_line)?
        }
        Container::Xml(encoding) => {
            // Without any element wanted as a row, the document only tells its first elements.
            let enough = |found: &[RootedElement]| has_first_rows(found, &candidates);
            let first = Document::new(file, encoding, Elements::default()).first_elements(ROW_WITHIN, &enough)?;
            fits_of_elements(&first, &candidates, container)
        }
        Container::Sqlite => fits_of_tables(&Database::open(file)?, &candidates, forced.is_some())?,
        Container::Dump(encoding) => {
            let names = Dump::new(file, encoding).names()?;
            fits_of_names(&names, &candidates, container)
        }
        Container::Haudio(_) => fits_of_names(&haudio::NAMES.map(str::to_owned), &candidates, container),
        // Answered above.
        Container::Extract(..) => Vec::new(),
    };
    chosen(fits, forced)
}

/// How the recipe that read the whole file reads an extract of it.
pub(super) fn layout_of_extract(recipe: &Arc<Recipe>, container: Container, head: Head) -> Result<Layout> {
    if !is_for(recipe, container.kind()) {
        return Err(Error::new(Code::RecipeUnfit).with("recipe", recipe.name.as_str()));
    }
    let unit_s = head.duration_unit_s.clamp(1, 3_600);
    Ok(Layout { extract: Some(Arc::new(head)), ..Layout::new(recipe, container, 0, unit_s) })
}

/// A text file may be a table or hold its records in lines.
fn is_for(recipe: &Recipe, kind: ContainerKind) -> bool {
    let also = kind == ContainerKind::Csv && recipe.containers.contains(&ContainerKind::Lines);
    also || recipe.reads(kind)
}

/// How a recipe reads a table of text whose encoding is known.
pub(super) fn locate_text(
    file: &mut dyn ReadSeek,
    encoding: &'static Encoding,
    recipe: &Arc<Recipe>,
) -> Result<Layout> {
    chosen(fits_of_encoding(file, encoding, std::slice::from_ref(recipe), true)?, Some(recipe))
}

fn chosen(mut fits: Vec<Fit>, forced: Option<&Arc<Recipe>>) -> Result<Layout> {
    if fits.iter().any(|fit| !fit.recipe.general) {
        fits.retain(|fit| !fit.recipe.general);
    }
    // The same recipe may fit under several delimiters: the one that shows the most of its fields is right.
    fits.sort_by_key(|fit| std::cmp::Reverse(fit.fields));
    let mut names: Vec<&str> = fits.iter().map(|fit| fit.recipe.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() > 1 {
        return Err(Error::new(Code::RecipeAmbiguous).with("candidates", names));
    }
    match (fits.first(), forced) {
        (Some(&Fit { ref recipe, container, delimiter, unit_s, .. }), _) => {
            Ok(Layout::new(recipe, container, delimiter, unit_s))
        }
        (None, Some(recipe)) => Err(Error::new(Code::RecipeUnfit).with("recipe", recipe.name.as_str())),
        (None, None) => Err(Error::new(Code::RecipeUnknown)),
    }
}

/// Tries the delimiters, and the other encodings of Russian text where the guessed one shows no header.
fn fits_of_text(
    file: &mut dyn ReadSeek,
    guessed: &'static Encoding,
    candidates: &[Arc<Recipe>],
    own_line: bool,
) -> Result<Vec<Fit>> {
    let others = CYRILLIC.iter().copied().filter(|e| *e != guessed && CYRILLIC.contains(&guessed));
    for encoding in std::iter::once(guessed).chain(others) {
        let fits = fits_of_encoding(file, encoding, candidates, own_line)?;
        if !fits.is_empty() {
            return Ok(fits);
        }
    }
    Ok(Vec::new())
}

fn fits_of_encoding(
    file: &mut dyn ReadSeek,
    encoding: &'static Encoding,
    candidates: &[Arc<Recipe>],
    own_line: bool,
) -> Result<Vec<Fit>> {
    let (by_lines, tables): (Vec<_>, Vec<_>) =
        candidates.iter().cloned().partition(|recipe| recipe.containers.contains(&ContainerKind::Lines));
    let mut fits = Vec::new();
    for recipe in &by_lines {
        let mut lines = Lines::new(Box::new(FileLines::new(file, encoding)?), recipe);
        fits.extend(fit_of_lines(&mut lines, recipe, Container::Lines(encoding))?);
    }
    for delimiter in DELIMITERS {
        let mut table = Table::new(file, encoding, delimiter);
        fits.extend(fits_of_rows(&mut table, &tables, Container::Csv(encoding), delimiter, own_line)?);
    }
    Ok(fits)
}

/// Whether records of a recipe stand among the first lines.
fn fit_of_lines(reader: &mut dyn RowReader, recipe: &Arc<Recipe>, container: Container) -> Result<Option<Fit>> {
    let (mut seen, mut fit) = (0, None);
    let marks = recipe.lines.as_ref().map(|shape| shape.marks.as_slice()).unwrap_or_default();
    let mut marked = marks.is_empty();
    reader.each(&mut |row| {
        seen += 1;
        marked |= row.around && row.cells().any(|text| any_fits(marks, &folded(text)));
        if !row.around && row.len() > 1 {
            let columns = Columns::of_header(recipe, row.columns.iter().map(String::as_str));
            fit = columns.map(|columns| columns.found);
        }
        Ok(if fit.is_some() || seen == RECORD_WITHIN { Flow::Enough } else { Flow::Next })
    })?;
    let unit_s = recipe.duration_unit_s;
    Ok(fit.filter(|_| marked).map(|fields| Fit { recipe: Arc::clone(recipe), container, delimiter: 0, fields, unit_s }))
}

/// `own_line`: whether it is known whose calls these are, without the file.
fn fits_of_rows(
    reader: &mut dyn RowReader,
    candidates: &[Arc<Recipe>],
    container: Container,
    delimiter: u8,
    own_line: bool,
) -> Result<Vec<Fit>> {
    let mut fits: Vec<Fit> = Vec::new();
    let mut named = vec![own_line; candidates.len()];
    let (mut sheet, mut seen, mut tabular) = (0, 0, false);
    reader.each(&mut |row| {
        if row.place.sheet != sheet {
            (sheet, seen) = (row.place.sheet, 0);
        }
        seen += 1;
        for (recipe, named) in candidates.iter().zip(&mut named) {
            if fits.iter().any(|fit| fit.recipe.name == recipe.name) {
                continue;
            }
            *named = *named || (recipe.has_lone() && names_line_around(recipe, row));
            // A header has several cells; lines of text need not be compared.
            if row.len() > 1 && !row.around {
                tabular = true;
                let whose = |columns: &Columns| !columns.lone || *named || columns.has(Field::Line);
                if let Some(columns) = Columns::of_first(recipe, row).filter(whose) {
                    let unit_s = columns.unit_s(recipe);
                    fits.push(Fit { recipe: Arc::clone(recipe), container, delimiter, fields: columns.found, unit_s });
                }
            }
        }
        Ok(match seen < HEADER_WITHIN {
            _ if fits.len() == candidates.len() => Flow::Enough,
            true => Flow::Next,
            false => Flow::NextSheet,
        })
    })?;
    if !tabular && matches!(container, Container::Html(_)) {
        return Err(seems::refusal("страница HTML без таблицы", "an HTML page without a table"));
    }
    Ok(fits)
}

/// Whether enough rows of the only candidate with this root are among the elements, so that no later one says more.
fn has_first_rows(found: &[RootedElement], candidates: &[Arc<Recipe>]) -> bool {
    let [root, below @ ..] = found else { return false };
    let mut shapes = candidates.iter().filter_map(|r| r.xml.as_ref()).filter(|shape| shape.root.contains(&root.0));
    match (shapes.next(), shapes.next()) {
        (Some(shape), None) => {
            below.last().is_some_and(|(name, _)| shape.row == *name)
                && below.iter().rev().filter(|(name, _)| shape.row == *name).take(ROWS_ENOUGH).count() == ROWS_ENOUGH
        }
        _ => false,
    }
}

fn fits_of_elements(first: &[RootedElement], candidates: &[Arc<Recipe>], container: Container) -> Vec<Fit> {
    let Some((root, below)) = first.split_first() else { return Vec::new() };
    let fits = |recipe: &Arc<Recipe>| -> Option<Fit> {
        let shape = recipe.xml.as_ref().filter(|shape| shape.root.contains(&root.0))?;
        let around = |name: &str| shape.context.iter().any(|c| c == name);
        let rows = below.iter().filter(|(name, _)| *name == shape.row).take(ROWS_ENOUGH);
        // Attributes may be absent from a row: what the first ones have between them is what rows have.
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in rows.flat_map(|(_, attributes)| attributes) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        let row = (!names.is_empty()).then_some(names);
        let fields = match row {
            Some(names) => Columns::of_header(recipe, names.into_iter())?.found,
            // A file without a single row is still recognised, to be told that it has none.
            None if shape.context.is_empty() || below.iter().any(|(name, _)| around(name)) => 0,
            None => return None,
        };
        Some(Fit { recipe: Arc::clone(recipe), container, delimiter: 0, fields, unit_s: recipe.duration_unit_s })
    };
    candidates.iter().filter_map(fits).collect()
}

/// Recipes whose table a database has, with the columns that they need.
fn fits_of_tables(database: &Database, candidates: &[Arc<Recipe>], forced: bool) -> Result<Vec<Fit>> {
    let mut fits = Vec::new();
    for recipe in candidates {
        let Some(shape) = &recipe.sqlite else { continue };
        let Some((_, names)) = database.table(&shape.tables)? else { continue };
        fits.extend(fits_of_names(&names, std::slice::from_ref(recipe), Container::Sqlite));
    }
    // A table with what a call needs can be set by hand; anything else is no log of calls.
    if fits.is_empty() && !forced && table_of_calls(database)?.is_none() {
        return Err(super::seems::no_calls());
    }
    Ok(fits)
}

/// The table of a database that looks most like one of calls, by the words of the general recipe.
pub(super) fn table_of_calls(database: &Database) -> Result<Option<String>> {
    let Some(general) = RECIPES.iter().find(|recipe| recipe.general) else { return Ok(None) };
    let found = |names: &[String]| {
        Columns::of_header(general, names.iter().map(String::as_str)).map_or(0, |columns| columns.found)
    };
    let tables = database.tables()?.into_iter().map(|(name, columns)| (found(&columns), name));
    // Of several that are alike the first.
    let best = tables.rev().max_by_key(|(found, _)| *found);
    Ok(best.filter(|(found, _)| *found > 0).map(|(_, name)| name))
}

/// Recipes that find what they need among names of columns.
fn fits_of_names(names: &[String], candidates: &[Arc<Recipe>], container: Container) -> Vec<Fit> {
    let fits = |recipe: &Arc<Recipe>| -> Option<Fit> {
        let columns = Columns::of_header(recipe, names.iter().map(String::as_str))?;
        let unit_s = recipe.duration_unit_s;
        Some(Fit { recipe: Arc::clone(recipe), container, delimiter: 0, fields: columns.found, unit_s })
    };
    candidates.iter().filter_map(fits).collect()
}
