//! A masked excerpt of a file that nobody knows how to read: its shape, so that somebody can describe its layout, and
//! nothing of what it says.

mod mask;

use self::mask::{is_known, masked};
use super::container::{Container, sniff};
use super::mapping::{headers, table_rows};
use super::rows::Flow;
use super::{ReadSeek, archive, csv};
use crate::error::{Code, Result};
use encoding_rs::Encoding;
use std::fmt::Write;
use std::io::{Read, SeekFrom};

/// Rows of a text and of each sheet.
const ROWS: usize = 40;
/// Sheets.
const SHEETS: usize = 12;
/// Cells of a row, letters of a cell and of a line.
const CELLS: usize = 256;
const CELL: usize = 200;
const LINE: usize = 4_000;
/// Bytes that are read of a text.
const HEAD: u64 = 256 * 1024;
/// More digits in a row than this, and the row is no heading whatever it looks like.
const DIGITS: usize = 4;

const LEAD: &str = "Отрывок файла без личных данных, чтобы по нему описать формат.\n\
Цифры заменены нулями, буквы — буквой «х»; остались заголовки, служебные слова и знаки между ними.\n\
Masked excerpt of a file, to describe its layout by: digits are 0, letters are x; headings and words of layouts stay.\n";

/// The excerpt as a text.
///
/// # Errors
/// [`Code::FileEmpty`]; [`Code::FileUnreadable`], [`Code::FileTruncated`], [`Code::FileDamaged`] for a workbook that
/// cannot be opened; [`Code::FormatUnknown`] for an archive of several files.
pub fn excerpt(file: &mut dyn ReadSeek, name: &str) -> Result<String> {
    inside(file, name).map_err(|error| error.of_file(name))
}

fn inside(file: &mut dyn ReadSeek, name: &str) -> Result<String> {
    let mut held = None;
    let file = archive::inside(file, &mut held, false)?;
    let size = file.seek(SeekFrom::End(0)).map_err(csv::unreadable)?;
    let sniffed = match sniff(file) {
        Err(error) if error.code != Code::FormatUnknown => return Err(error),
        sniffed => sniffed,
    };
    let kind = match &sniffed {
        Ok(container) => format!("{} {}", container.kind(), container.encoding()).trim_end().to_owned(),
        Err(error) => error.detail.get("seems").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned(),
    };
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let extension =
        if extension.chars().all(|c| c.is_ascii_alphanumeric()) && extension.len() <= 5 { extension } else { "" };
    let mut out = format!("{LEAD}\n{kind}; .{extension}; {size} B\n");
    match sniffed {
        Ok(container @ (Container::Book(_) | Container::Pdf | Container::Sql(_))) => sheets(file, container, &mut out)?,
        Ok(container @ (Container::Csv(encoding) | Container::Lines(encoding))) => {
            let found = table_rows(file, container).and_then(|mut reader| headers(&mut *reader));
            let headings: Vec<u64> = found.unwrap_or_default().into_iter().map(|(_, row)| row).collect();
            lines(&beginning(file, Some(encoding))?, &headings, &mut out);
        }
        Ok(Container::Dump(encoding)) => dump(&beginning(file, Some(encoding))?, &mut out),
        Ok(Container::Xml(encoding) | Container::Html(encoding) | Container::Haudio(encoding)) => {
            markup(&beginning(file, Some(encoding))?, &mut out);
        }
        _ => {
            let text = beginning(file, None)?;
            match text.trim_start().chars().next() {
                Some('<') => markup(&text, &mut out),
                Some('{' | '[') => json(&text, &mut out),
                // Of a picture, an archive, a database nothing can be shown that is sure to be nobody's.
                _ => out.push_str("\n(содержимое не показано; the content is not shown)\n"),
            }
        }
    }
    Ok(out)
}

/// The beginning of a text, decoded as it is read; where it is not known how, by what it looks like.
fn beginning(file: &mut dyn ReadSeek, known: Option<&'static Encoding>) -> Result<String> {
    file.seek(SeekFrom::Start(0)).map_err(csv::unreadable)?;
    let mut head = Vec::new();
    (&mut *file).take(HEAD).read_to_end(&mut head).map_err(csv::unreadable)?;
    let encoding = match known {
        Some(encoding) => encoding,
        None => super::encoding::detect(file, &head).map_err(csv::unreadable)?,
    };
    Ok(encoding.decode(&head).0.into_owned())
}

/// Whether the row that was found to be the header may stand as it is. It may where nothing in it is a long number or
/// looks like a person's name, what stands right below it has the digits of a call, and no row above has as many cells:
/// in a table of which nothing is known a row of names would be taken for a header too.
fn is_heading<T: AsRef<str>>(rows: &[Vec<T>], at: usize) -> bool {
    let filled = |row: &[T]| row.iter().filter(|cell| !cell.as_ref().trim().is_empty()).count();
    let digits = |row: &[T]| row.iter().flat_map(|cell| cell.as_ref().chars()).filter(char::is_ascii_digit).count();
    let (above, rest) = rows.split_at(at.min(rows.len()));
    let Some((row, below)) = rest.split_first() else { return false };
    row.iter().all(|cell| is_plain(cell.as_ref()))
        && above.iter().all(|above| filled(above) < filled(row))
        && below.iter().find(|row| filled(row) > 0).is_some_and(|row| digits(row) > DIGITS)
}

/// Whether a cell holds no run of digits that could be somebody's, and no name and surname.
fn is_plain(cell: &str) -> bool {
    let named =
        |word: &&str| word.chars().nth(1).is_some() && word.starts_with(|c: char| c > '\u{7F}' && c.is_uppercase());
    cell.split(|c: char| !c.is_numeric()).all(|run| run.chars().count() < DIGITS)
        && cell.split_whitespace().filter(named).count() < 2
}

/// What stays of the words of a row.
fn keep(heading: bool) -> &'static dyn Fn(&str) -> bool {
    if heading { &|_| true } else { &is_known }
}

fn cut(text: &str, most: usize) -> String {
    let kept: String = text.chars().take(most).collect();
    if kept.len() < text.len() { kept + " […]" } else { kept }
}

fn lines(text: &str, headings: &[u64], out: &mut String) {
    let lines: Vec<&str> = text.lines().take(ROWS).collect();
    for (row, line) in (1..).zip(&lines) {
        let parts =
            |between: char| -> Vec<Vec<&str>> { lines.iter().map(|line| line.split(between).collect()).collect() };
        let between = csv::DELIMITERS.iter().map(|byte| char::from(*byte)).max_by_key(|c| line.matches(*c).count());
        let heading = headings.contains(&row)
            && between.is_some_and(|between| usize::try_from(row - 1).is_ok_and(|at| is_heading(&parts(between), at)));
        // Writing to a string cannot fail.
        let _ = write!(out, "\n{row}: {}", cut(&masked(line, keep(heading)), LINE));
    }
    out.push('\n');
}

/// Names before a sign of equality are what such rows are told by.
fn dump(text: &str, out: &mut String) {
    let key = |text: &str| text.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    let lines: Vec<&str> = text.lines().take(ROWS).collect();
    // Within a value such a word may be anybody's; what names a column stands in every row.
    let name = |word: &str| {
        let stands_in = |line: &&&str| line.contains(&format!("{word}="));
        word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            && lines.len() > 1
            && lines.iter().filter(stands_in).count() * 2 > lines.len()
    };
    for (row, line) in (1..).zip(lines.iter().copied()) {
        let mut shown = String::new();
        let mut rest = line;
        while let Some(equals) = rest.find('=') {
            let begin = key(&rest[..equals]);
            shown.push_str(&masked(&rest[..begin], &is_known));
            let word = &rest[begin..equals];
            shown.push_str(&masked(word, if name(word) { &|_| true } else { &is_known }));
            shown.push('=');
            rest = &rest[equals + 1..];
        }
        shown.push_str(&masked(rest, &is_known));
        let _ = write!(out, "\n{row}: {}", cut(&shown, LINE));
    }
    out.push('\n');
}

fn sheets(file: &mut dyn ReadSeek, container: Container, out: &mut String) -> Result<()> {
    let mut reader = table_rows(file, container)?;
    let headings = headers(&mut *reader).unwrap_or_default();
    let mut seen: Vec<(u32, Vec<u64>, Vec<Vec<String>>)> = Vec::new();
    let read = reader.each(&mut |row| {
        if seen.last().is_none_or(|(sheet, ..)| *sheet != row.place.sheet) {
            if seen.len() == SHEETS {
                return Ok(Flow::Enough);
            }
            seen.push((row.place.sheet, Vec::new(), Vec::new()));
        }
        let Some((_, places, rows)) = seen.last_mut() else { return Ok(Flow::Enough) };
        places.push(row.place.row);
        rows.push(row.cells().take(CELLS).map(|cell| cell.replace(['\r', '\n'], " ")).collect());
        Ok(if rows.len() < ROWS { Flow::Next } else { Flow::NextSheet })
    });
    for (sheet, places, rows) in &seen {
        let _ = write!(out, "\n[{sheet}]");
        for (at, (place, cells)) in places.iter().zip(rows).enumerate() {
            let heading = headings.contains(&(*sheet, *place)) && is_heading(rows, at);
            let cells: Vec<String> = cells.iter().map(|cell| cut(&masked(cell, keep(heading)), CELL)).collect();
            let _ = write!(out, "\n{place}: {}", cells.join(" | "));
        }
    }
    out.push('\n');
    // A file that breaks off has shown what it has; of a page without rows it is said what it is.
    match read {
        Err(error) if seen.is_empty() && error.code != Code::FormatUnknown => Err(error),
        _ => Ok(()),
    }
}

/// Names of elements and attributes are what a layout is told by.
fn markup(text: &str, out: &mut String) {
    let mut shown = String::new();
    let mut rest = &text[..text.char_indices().nth(LINE * 4).map_or(text.len(), |(at, _)| at)];
    while let Some(open) = rest.find('<') {
        shown.push_str(&masked(&rest[..open], &is_known));
        let end = tag_end(&rest[open..]) + open;
        shown.push_str(&tag(&rest[open..end]));
        rest = &rest[end..];
    }
    shown.push_str(&masked(rest, &is_known));
    out.push('\n');
    // Rows of such files often stand in one line.
    out.push_str(shown.replace("><", ">\n<").lines().take(ROWS * 4).collect::<Vec<_>>().join("\n").as_str());
    out.push('\n');
}

/// Where a tag ends; a `>` in quotes ends none.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '>') => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

/// A tag: names stay, what stands in quotes does not; of comments and declarations nothing but known words.
fn tag(text: &str) -> String {
    let name = |word: &str| word.is_ascii() && word.len() <= 40;
    if text.starts_with("<!") || text.starts_with("<?") {
        return masked(text, &is_known);
    }
    let mut out = String::new();
    let mut rest = text;
    loop {
        let Some(open) = rest.find(['"', '\'']) else {
            out.push_str(&masked(rest, &name));
            return out;
        };
        let quote = &rest[open..=open];
        let (before, behind) = (&rest[..open], &rest[open + 1..]);
        out.push_str(&masked(before, &name));
        out.push_str(quote);
        let end = behind.find(quote).unwrap_or(behind.len());
        out.push_str(&masked(&behind[..end], &is_known));
        let closed = behind.len().min(end + 1);
        out.push_str(&behind[end..closed]);
        rest = &behind[closed..];
    }
}

/// Keys are what a layout is told by: a text in quotes, of Latin letters, before a colon.
fn json(text: &str, out: &mut String) {
    let text = &text[..text.char_indices().nth(LINE * 2).map_or(text.len(), |(at, _)| at)];
    let mut shown = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('"') {
        shown.push_str(&masked(&rest[..open], &is_known));
        let behind = &rest[open + 1..];
        let mut escaped = false;
        let end = behind.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let end = end.unwrap_or(behind.len());
        let after = behind.get(end + 1..).unwrap_or_default();
        let key = after.trim_start().starts_with(':')
            && behind[..end].bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'-' | b' '));
        let inner = masked(&behind[..end], if key { &|_| true } else { &is_known });
        let _ = write!(shown, "\"{inner}\"");
        rest = after;
    }
    shown.push_str(&masked(rest, &is_known));
    let _ = writeln!(out, "\n{}", shown.lines().take(ROWS * 4).collect::<Vec<_>>().join("\n"));
}

#[cfg(test)]
mod tests;
