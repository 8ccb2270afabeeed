//! What a file is, by its content and never by its name.

use super::book::{Ods, Xls, Xlsb, Xlsx};
use super::csv::Table;
use super::dump::Dump;
use super::encoding::{detect, fill, is_utf16};
use super::extract::{self, Replay};
use super::lines::{FileLines, Lines};
use super::pdf::Pages;
use super::recipe::{ContainerKind, Recipe};
use super::rows::RowReader;
use super::sql::SqlDump;
use super::sqlite::Database;
use super::xml::{Document, Elements};
use super::{ReadSeek, haudio, html, seems};
use crate::error::{Code, Error, Result};
use encoding_rs::{Encoding, UTF_8};
use std::io::SeekFrom;
use std::sync::Arc;

/// Bytes that are looked at.
const HEAD: usize = 256 * 1024;

/// A container that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// Table of text.
    Csv(&'static Encoding),
    /// Workbook.
    Book(Form),
    /// Elements.
    Xml(&'static Encoding),
    /// Database.
    Sqlite,
    /// Rows of names and values.
    Dump(&'static Encoding),
    /// Page of a call.
    Haudio(&'static Encoding),
    /// Text whose rows are no delimited cells.
    Lines(&'static Encoding),
    /// Statements of a database's dump.
    Sql(&'static Encoding),
    /// Pages of text with places.
    Pdf,
    /// Page with tables.
    Html(&'static Encoding),
    /// Rows of one line of another file: the container and the encoding of that one.
    Extract(ContainerKind, Option<&'static Encoding>),
}

/// The form in which a workbook is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Excel since 2007.
    Xlsx,
    /// The same in binary.
    Xlsb,
    /// Excel before 2007.
    Xls,
    /// OpenDocument.
    Ods,
}

impl Container {
    /// The container by its word in a recipe.
    pub fn kind(self) -> ContainerKind {
        match self {
            Container::Csv(_) => ContainerKind::Csv,
            Container::Book(_) => ContainerKind::Xlsx,
            Container::Xml(_) => ContainerKind::Xml,
            Container::Sqlite => ContainerKind::Sqlite,
            Container::Dump(_) => ContainerKind::Dump,
            Container::Haudio(_) => ContainerKind::Haudio,
            Container::Lines(_) => ContainerKind::Lines,
            Container::Sql(_) => ContainerKind::Sql,
            Container::Pdf => ContainerKind::Pdf,
            Container::Html(_) => ContainerKind::Html,
            Container::Extract(kind, _) => kind,
        }
    }

    /// Name of the encoding in lower case; empty for workbooks, databases and PDF.
    pub fn encoding(self) -> String {
        match self {
            Container::Csv(encoding)
            | Container::Xml(encoding)
            | Container::Dump(encoding)
            | Container::Haudio(encoding)
            | Container::Lines(encoding)
            | Container::Sql(encoding)
            | Container::Html(encoding) => encoding.name().to_lowercase(),
            Container::Extract(_, encoding) => encoding.map_or_else(String::new, |e| e.name().to_lowercase()),
            Container::Book(_) | Container::Sqlite | Container::Pdf => String::new(),
        }
    }

    /// Whether every row brings the names of its columns along, so that no header stands above them.
    pub fn names_columns(self) -> bool {
        self.kind().names_columns()
    }

    /// Opens a file as this container: a table of text with its delimiter, XML with its elements, what a recipe has to
    /// tell the rows of by the recipe.
    pub fn open<'f>(
        self,
        file: &'f mut dyn ReadSeek,
        delimiter: u8,
        elements: Elements,
        recipe: Option<&Arc<Recipe>>,
    ) -> Result<Box<dyn RowReader + 'f>> {
        Ok(match (self, recipe) {
            (Container::Extract(..), _) => Box::new(Replay::new(file)),
            (Container::Lines(encoding), Some(recipe)) => {
                Box::new(Lines::new(Box::new(FileLines::new(file, encoding)?), recipe))
            }
            (Container::Csv(encoding) | Container::Lines(encoding), _) => {
                Box::new(Table::new(file, encoding, delimiter))
            }
            (Container::Book(Form::Xlsx), _) => Box::new(Xlsx::new(file)?),
            (Container::Book(Form::Xlsb), _) => Box::new(Xlsb::new(file)?),
            (Container::Book(Form::Xls), _) => Box::new(Xls::new(file)?),
            (Container::Book(Form::Ods), _) => Box::new(Ods::new(file)?),
            (Container::Xml(encoding), _) => Box::new(Document::new(file, encoding, elements)),
            (Container::Sqlite, recipe) => {
                let shape = recipe.and_then(|recipe| recipe.sqlite.as_ref());
                let tables = shape.map(|shape| shape.tables.as_slice()).unwrap_or_default();
                Box::new(Database::open(file)?.into_table(tables)?)
            }
            (Container::Dump(encoding), _) => Box::new(Dump::new(file, encoding)),
            (Container::Haudio(encoding), _) => Box::new(haudio::Page::new(file, encoding)),
            (Container::Html(encoding), _) => Box::new(html::Page::new(file, encoding)),
            (Container::Sql(encoding), _) => Box::new(SqlDump::new(file, encoding)),
            (Container::Pdf, Some(recipe)) => Pages::read(file)?.rows(recipe),
            (Container::Pdf, None) => Pages::read(file)?.table(),
        })
    }
}

/// Tells the container of a file.
pub(super) fn sniff(file: &mut dyn ReadSeek) -> Result<Container> {
    let head = head_of(file)?;
    if head.iter().all(|b| b.is_ascii_whitespace()) || head == b"\xEF\xBB\xBF" {
        return if head.len() == HEAD { Err(seems::nothing()) } else { Err(Error::new(Code::FileEmpty)) };
    }
    if is_zip(&head) {
        return of_zip(file, &head);
    }
    if extract::begins(&head) {
        return extract::Head::of(&head)?.container();
    }
    if head.starts_with(b"%PDF-") || memchr::memmem::find(&head[..head.len().min(1024)], b"\n%PDF-1.").is_some() {
        return Ok(Container::Pdf);
    }
    if is_compound(&head) {
        return seems::of_compound(file, &head).map_or(Ok(Container::Book(Form::Xls)), Err);
    }
    if head.starts_with(super::sqlite::MAGIC) {
        return Ok(Container::Sqlite);
    }
    let encoding = detect(file, &head).map_err(super::csv::unreadable)?;
    let utf16 = is_utf16(encoding);
    if let Some(refusal) = seems::by_magic(&head) {
        return Err(refusal);
    }
    if !utf16 && is_binary(&head) {
        return Err(seems::by_content(&head));
    }
    of_text(&head, encoding, utf16 || (encoding == UTF_8 && !head.is_ascii()))
}

/// The container of a file whose encoding was found before, without looking for the encoding again.
pub(super) fn sniff_known(file: &mut dyn ReadSeek, encoding: &'static Encoding) -> Result<Container> {
    let head = head_of(file)?;
    if extract::begins(&head) {
        return extract::Head::of(&head)?.container();
    }
    of_text(&head, encoding, true)
}

/// The first bytes of a file.
pub(super) fn head_of(file: &mut dyn ReadSeek) -> Result<Vec<u8>> {
    let unreadable = super::csv::unreadable;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut head = vec![0; HEAD];
    let length = fill(file, &mut head).map_err(unreadable)?;
    head.truncate(length);
    Ok(head)
}

/// Whether a file begins as an archive; it is at its beginning afterwards.
pub(super) fn begins_as_zip(file: &mut dyn ReadSeek) -> Result<bool> {
    let unreadable = super::csv::unreadable;
    let mut mark = [0; 4];
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    fill(file, &mut mark).map_err(unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    Ok(is_zip(&mark))
}

fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

fn is_compound(head: &[u8]) -> bool {
    head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// A text by its first letters; `certain` where the encoding needs no declaration.
fn of_text(head: &[u8], encoding: &'static Encoding, certain: bool) -> Result<Container> {
    let (text, _) = encoding.decode_with_bom_removal(&head[..head.len().min(4096)]);
    let text = text.trim_start();
    if !text.starts_with('<') || text.starts_with("<--") {
        return match text.chars().next() {
            Some('{') => Err(seems::refusal("данные JSON", "JSON data")),
            _ if super::dump::begins_row(text) => Ok(Container::Dump(encoding)),
            _ if super::sql::is_dump(head) => Ok(Container::Sql(encoding)),
            _ => Ok(Container::Csv(encoding)),
        };
    }
    let lower = text.to_lowercase();
    let has = |word: &&str| lower.contains(*word);
    // Excel of 2003 wrote its sheets as XML, rows and cells of which are those of a page.
    let is_page = ["<html", "<!doctype html", "<table", "<body", "<head>"].iter().any(&has)
        || ["<workbook", "office:spreadsheet"].iter().all(has);
    if is_page && haudio::is_marked(head) {
        return Ok(Container::Haudio(encoding));
    }
    // A mark, or letters that are whole in UTF-8, say more than a declaration that a program did not look at.
    // Nor is it believed where it says UTF-8 and the letters are none of it.
    let told = if is_page { declared_by_page(&lower) } else { declared(&lower) };
    let encoding = told.filter(|told| !certain && *told != UTF_8).unwrap_or(encoding);
    Ok(if is_page { Container::Html(encoding) } else { Container::Xml(encoding) })
}

/// The encoding that a page names: `charset=windows-1251`, with quotation marks or without.
fn declared_by_page(lower: &str) -> Option<&'static Encoding> {
    let value = lower.split_once("charset")?.1.trim_start().strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(value.len());
    Encoding::for_label(&value.as_bytes()[..end]).filter(|e| !is_utf16(e))
}

/// The encoding that an XML declaration names.
fn declared(lower: &str) -> Option<&'static Encoding> {
    let declaration = lower.strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next()?;
    let label = value[quote.len_utf8()..].split_once(quote)?.0;
    Encoding::for_label(label.as_bytes()).filter(|e| !is_utf16(e))
}

/// Whether bytes are no text: a text has few control characters, even one with NULs strewn in.
fn is_binary(head: &[u8]) -> bool {
    let control = head.iter().filter(|b| matches!(b, 1..=8 | 14..=26 | 28..=31 | 127)).count();
    let zeros = head.iter().filter(|b| **b == 0).count();
    control * 50 > head.len() || zeros * 5 > head.len()
}

fn of_zip(file: &mut dyn ReadSeek, head: &[u8]) -> Result<Container> {
    file.seek(SeekFrom::Start(0)).map_err(super::csv::unreadable)?;
    let names: Vec<String> = match zip::ZipArchive::new(&mut *file) {
        Ok(archive) => super::archive::names(&archive),
        Err(cause) => {
            let looks_like_book = [b"xl/".as_slice(), b"[Content_Types].xml", b"content.xml"]
                .iter()
                .any(|name| memchr::memmem::find(&head[..head.len().min(8192)], name).is_some());
            return Err(if looks_like_book {
                Error::new(Code::FileTruncated).because(cause)
            } else {
                seems::refusal("архив ZIP, который к тому же повреждён", "a ZIP archive, and a damaged one")
            });
        }
    };
    if super::sqlite::paired(&names).is_some() {
        // A database with its journal: both are read together.
        return Ok(Container::Sqlite);
    }
    of_parts(&names)
}

/// A package by the names of its parts.
pub(super) fn of_parts(names: &[String]) -> Result<Container> {
    let any = |prefix: &str| names.iter().any(|name| name.starts_with(prefix));
    if any("xl/workbook.xml") || (any("xl/worksheets/") && !any("xl/workbook.bin")) {
        Ok(Container::Book(Form::Xlsx))
    } else if any("xl/workbook.bin") {
        Ok(Container::Book(Form::Xlsb))
    } else if any("word/") {
        Err(seems::refusal("документ Word", "a Word document"))
    } else if any("content.xml") {
        Ok(Container::Book(Form::Ods))
    } else {
        Err(seems::refusal("архив ZIP", "a ZIP archive"))
    }
}
