//! What a file is, by its content and never by its name.

use super::encoding::{detect, fill};
use super::recipe::ContainerKind;
use super::{ReadSeek, seems};
use crate::error::{Code, Error, Result};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::SeekFrom;

/// Bytes that are looked at.
const HEAD: usize = 256 * 1024;

/// A container that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// Table of text.
    Csv(&'static Encoding),
    /// Workbook.
    Xlsx,
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
}

impl Container {
    /// The container by its word in a recipe.
    pub fn kind(self) -> ContainerKind {
        match self {
            Container::Csv(_) => ContainerKind::Csv,
            Container::Xlsx => ContainerKind::Xlsx,
            Container::Xml(_) => ContainerKind::Xml,
            Container::Sqlite => ContainerKind::Sqlite,
            Container::Dump(_) => ContainerKind::Dump,
            Container::Haudio(_) => ContainerKind::Haudio,
            Container::Lines(_) => ContainerKind::Lines,
            Container::Sql(_) => ContainerKind::Sql,
            Container::Pdf => ContainerKind::Pdf,
        }
    }

    /// Name of the encoding in lower case; empty for workbooks and databases.
    pub fn encoding(self) -> String {
        match self {
            Container::Csv(encoding)
            | Container::Xml(encoding)
            | Container::Dump(encoding)
            | Container::Haudio(encoding)
            | Container::Lines(encoding)
            | Container::Sql(encoding) => encoding.name().to_lowercase(),
            Container::Xlsx | Container::Sqlite | Container::Pdf => String::new(),
        }
    }

    /// Whether every row brings the names of its columns along, so that no header stands above them.
    pub fn names_columns(self) -> bool {
        matches!(self, Container::Xml(_) | Container::Sqlite | Container::Dump(_) | Container::Haudio(_))
    }
}

/// Tells the container of a file.
pub(super) fn sniff(file: &mut dyn ReadSeek) -> Result<Container> {
    let unreadable = super::csv::unreadable;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut head = vec![0; HEAD];
    let length = fill(file, &mut head).map_err(unreadable)?;
    head.truncate(length);
    if head.iter().all(|b| b.is_ascii_whitespace()) || head == b"\xEF\xBB\xBF" {
        return if length == HEAD { Err(seems::nothing()) } else { Err(Error::new(Code::FileEmpty)) };
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return of_zip(file, &head);
    }
    if head.starts_with(b"%PDF-") || memchr::memmem::find(&head[..head.len().min(1024)], b"\n%PDF-1.").is_some() {
        return Ok(Container::Pdf);
    }
    let encoding = detect(file, &head).map_err(unreadable)?;
    let utf16 = encoding == UTF_16LE || encoding == UTF_16BE;
    if head.starts_with(super::sqlite::MAGIC) {
        return Ok(Container::Sqlite);
    }
    if let Some(refusal) = seems::by_magic(&head) {
        return Err(refusal);
    }
    if !utf16 && is_binary(&head) {
        return Err(seems::by_content(&head));
    }
    let (text, _) = encoding.decode_with_bom_removal(&head[..head.len().min(4096)]);
    let text = text.trim_start();
    if !text.starts_with('<') || text.starts_with("<--") {
        return match text.chars().next() {
            Some('{') => Err(seems::refusal("данные JSON", "JSON data")),
            _ if super::dump::begins_row(text) => Ok(Container::Dump(encoding)),
            _ if super::sql::is_dump(&head) => Ok(Container::Sql(encoding)),
            _ => Ok(Container::Csv(encoding)),
        };
    }
    let lower = text.to_lowercase();
    if ["<html", "<!doctype html", "<table", "<body"].iter().any(|tag| lower.contains(tag)) {
        if super::haudio::is_marked(&head) {
            return Ok(Container::Haudio(encoding));
        }
        return Err(seems::refusal("страница HTML", "an HTML page"));
    }
    // A mark, or letters that are whole in UTF-8, say more than a declaration that a program did not look at.
    let seen = utf16 || (encoding == UTF_8 && !head.is_ascii());
    Ok(Container::Xml(if seen { encoding } else { of_declared(&lower, encoding) }))
}

/// The encoding that is declared, unless it is UTF-8 and the letters are none of it.
fn of_declared(lower: &str, seen: &'static Encoding) -> &'static Encoding {
    declared(lower).filter(|declared| *declared != UTF_8).unwrap_or(seen)
}

/// The encoding that an XML declaration names.
fn declared(lower: &str) -> Option<&'static Encoding> {
    let declaration = lower.strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next()?;
    let label = value[quote.len_utf8()..].split_once(quote)?.0;
    Encoding::for_label(label.as_bytes()).filter(|e| *e != UTF_16LE && *e != UTF_16BE)
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
        Ok(archive) => archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect(),
        Err(cause) => {
            let looks_like_book = [b"xl/".as_slice(), b"[Content_Types].xml"]
                .iter()
                .any(|name| memchr::memmem::find(&head[..head.len().min(8192)], name).is_some());
            return Err(if looks_like_book {
                Error::new(Code::FileTruncated).because(cause)
            } else {
                seems::refusal("архив ZIP, который к тому же повреждён", "a ZIP archive, and a damaged one")
            });
        }
    };
    let any = |prefix: &str| names.iter().any(|name| name.starts_with(prefix));
    if super::sqlite::paired(&names).is_some() {
        // A database with its journal: both are read together.
        Ok(Container::Sqlite)
    } else if any("xl/workbook.xml") || (any("xl/worksheets/") && !any("xl/workbook.bin")) {
        Ok(Container::Xlsx)
    } else if any("xl/workbook.bin") {
        Err(seems::refusal("двоичная книга Excel (XLSB)", "a binary Excel workbook (XLSB)"))
    } else if any("word/") {
        Err(seems::refusal("документ Word", "a Word document"))
    } else if any("content.xml") {
        Err(seems::refusal("документ OpenDocument", "an OpenDocument file"))
    } else {
        Err(seems::refusal("архив ZIP", "a ZIP archive"))
    }
}
