//! XML whose rows are elements with attributes. Streaming; no entity is ever declared or expanded.

use super::ReadSeek;
use super::csv::unreadable;
use super::encoding::{converted, fill as fill_from};
use super::rows::{Flow, RawRow, RowReader, TakeRow};
use crate::error::{Code, Error, Result};
use crate::model::RowPlace;
use encoding_rs::{Encoding, UTF_8};
use quick_xml::events::Event;
use quick_xml::{Error as XmlError, Reader};
use std::io::{BufRead, BufReader, Read, SeekFrom};

/// Attributes of one element that are read; no row has more.
const MAX_ATTRIBUTES: usize = 256;

/// Elements around a row that are looked at, one in another.
const MAX_AROUND: usize = 8;

/// Elements between two rows that are kept for what they say of the file.
const MAX_ABOUT: usize = 64;

/// Which elements are rows and which stand around them.
#[derive(Clone, Debug, Default)]
pub(super) struct Elements {
    /// Names of row elements; the first is the call row, the n-th gets `element` = n - 1.
    pub rows: Vec<String>,
    /// Names of elements whose attributes hold for the rows in them.
    pub context: Vec<String>,
    /// Names of elements that say something of the whole file.
    pub about: Vec<String>,
}

/// An XML file.
pub(super) struct Document<'f> {
    file: &'f mut dyn ReadSeek,
    encoding: &'static Encoding,
    elements: Elements,
}

impl<'f> Document<'f> {
    pub fn new(file: &'f mut dyn ReadSeek, encoding: &'static Encoding, elements: Elements) -> Self {
        Self { file, encoding, elements }
    }

    /// The root element's name and the first `count` elements below it, each with its attributes; fewer where `enough`
    /// says so of those that were found.
    pub fn first_elements(
        &mut self,
        count: usize,
        enough: &dyn Fn(&[RootedElement]) -> bool,
    ) -> Result<Vec<RootedElement>> {
        let mut found: Vec<RootedElement> = Vec::new();
        let walked = self.walk(&mut |event| {
            if let Seen::Open { name, attributes, .. } = event {
                let mut named = Vec::new();
                for_attributes(attributes, |name, value| named.push((name.to_owned(), unescaped(value))));
                found.push((name.to_owned(), named));
            }
            Ok(if found.len() > count || enough(&found) { Flow::Enough } else { Flow::Next })
        });
        match walked {
            // A file that breaks off is still told by its beginning; reading it says at which row it ends.
            Err(error) if found.is_empty() || error.code == Code::XmlEntities => Err(error),
            _ => Ok(found),
        }
    }

    fn walk(&mut self, take: &mut dyn FnMut(Seen<'_>) -> Result<Flow>) -> Result<()> {
        self.file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        if self.encoding == UTF_8 {
            // The reader would pass over the mark without counting it, and places would be three bytes short.
            let mut mark = [0; 3];
            let marked = fill_from(self.file, &mut mark).map_err(unreadable)? == 3 && mark == *b"\xEF\xBB\xBF";
            let base = if marked { 3 } else { 0 };
            self.file.seek(SeekFrom::Start(base)).map_err(unreadable)?;
            let inner = BufReader::with_capacity(1 << 16, &mut *self.file);
            return walk(Cleaned { inner, bytes: Vec::new(), at: 0 }, base, take);
        }
        let converted = converted(&mut *self.file, self.encoding);
        walk(BufReader::with_capacity(1 << 16, converted), 0, take)
    }
}

/// An element's name and attributes.
pub(super) type RootedElement = (String, Vec<(String, String)>);

impl RowReader for Document<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let elements = self.elements.clone();
        let places = self.encoding == UTF_8;
        let mut row = RawRow::default();
        let mut count = 0;
        // Elements around elements: what the inner one does not say, the outer one does.
        let mut around: Vec<usize> = Vec::new();
        self.walk(&mut |seen| {
            match seen {
                Seen::Open { name, attributes, start, end, empty } => {
                    if let Some(element) = elements.rows.iter().position(|row| row == name) {
                        count += 1;
                        row.clear();
                        row.element = element as u32;
                        row.place = RowPlace { sheet: 0, row: count, offset: 0, length: 0 };
                        if places {
                            (row.place.offset, row.place.length) =
                                (start, (end - start).try_into().unwrap_or(u32::MAX));
                        }
                        fill(&mut row, attributes);
                        let flow = take(&row);
                        row.about.clear();
                        return flow;
                    }
                    if row.about.len() < MAX_ABOUT && elements.about.iter().any(|known| known == name) {
                        let mut named = Vec::new();
                        for_attributes(attributes, |name, value| named.push((name.to_owned(), unescaped(value))));
                        row.about.push((name.to_owned(), named));
                    }
                    if !empty && elements.context.iter().any(|known| known == name) {
                        row.context_turn += 1;
                        around.push(row.context.len());
                        if around.len() <= MAX_AROUND {
                            let context = &mut row.context;
                            for_attributes(attributes, |name, value| context.push((name.to_owned(), unescaped(value))));
                        }
                    }
                }
                Seen::Close { name } => {
                    if elements.context.iter().any(|known| known == name) {
                        row.context_turn += 1;
                        row.context.truncate(around.pop().unwrap_or(0));
                    }
                }
            }
            Ok(Flow::Next)
        })
        .map_err(|error| match error.code {
            Code::FileTruncated | Code::FileDamaged => error.with("row", count + 1),
            _ => error,
        })?;
        Ok(0)
    }
}

/// Puts the attributes into the row, each into the column of its name.
fn fill(row: &mut RawRow, attributes: &str) {
    let mut next = 0;
    for_attributes(attributes, |name, value| {
        // Attributes nearly always come in one order, so the next column is the likely one.
        let column = if row.columns.get(next).is_some_and(|known| known == name) {
            next
        } else if let Some(known) = row.columns.iter().position(|known| known == name) {
            known
        } else {
            row.columns.push(name.to_owned());
            row.columns.len() - 1
        };
        next = column + 1;
        row.set_with(column, |text| unescape(value, text));
    });
}

enum Seen<'s> {
    Open { name: &'s str, attributes: &'s str, start: u64, end: u64, empty: bool },
    Close { name: &'s str },
}

fn walk<R: BufRead>(input: R, base: u64, take: &mut dyn FnMut(Seen<'_>) -> Result<Flow>) -> Result<()> {
    let mut reader = Reader::from_reader(input);
    reader.config_mut().check_end_names = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut buffer = Vec::new();
    let (mut depth, mut rooted) = (0u64, false);
    loop {
        buffer.clear();
        let start = base + reader.buffer_position();
        let event = reader.read_event_into(&mut buffer).map_err(of_xml)?;
        let flow = match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let empty = matches!(event, Event::Empty(_));
                rooted = true;
                depth += u64::from(!empty);
                let (name, attributes, end) =
                    (tag.name().into_inner(), tag.attributes_raw(), base + reader.buffer_position());
                take(Seen::Open { name, attributes, start, end, empty })?
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                take(Seen::Close { name: tag.name().into_inner() })?
            }
            // A declaration of names alone is harmless; nothing of it is ever looked at.
            Event::DocType(declared) if declares_nothing(declared) => Flow::Next,
            Event::DocType(_) => return Err(Error::new(Code::XmlEntities)),
            Event::Eof if depth > 0 || !rooted => return Err(Error::new(Code::FileTruncated)),
            Event::Eof => Flow::Enough,
            _ => Flow::Next,
        };
        if flow == Flow::Enough {
            return Ok(());
        }
    }
}

fn declares_nothing(declared: &str) -> bool {
    !["ENTITY", "SYSTEM", "PUBLIC", "%"].iter().any(|word| declared.contains(word))
}

fn of_xml(error: XmlError) -> Error {
    use quick_xml::errors::IllFormedError;
    let code = match &error {
        XmlError::Io(_) => Code::FileUnreadable,
        // Every syntax error of this reader is a construct that the file ends in the middle of, except a wrong `<!`.
        XmlError::Syntax(quick_xml::errors::SyntaxError::InvalidBangMarkup) => Code::FileDamaged,
        XmlError::Syntax(_) | XmlError::IllFormed(IllFormedError::MissingEndTag(_)) => Code::FileTruncated,
        _ => Code::FileDamaged,
    };
    Error::new(code).because(error)
}

/// Calls `take` with every `name="value"` of a tag, values as written. What is not of that form is passed over.
pub(super) fn for_attributes(raw: &str, mut take: impl FnMut(&str, &str)) {
    let mut rest = raw;
    for _ in 0..MAX_ATTRIBUTES {
        let Some((name, after)) = rest.split_once('=') else { return };
        let after = after.trim_start();
        let Some(quote @ (b'"' | b'\'')) = after.as_bytes().first().copied() else { return };
        let Some(length) = memchr::memchr(quote, &after.as_bytes()[1..]) else { return };
        let name = name.trim();
        // A stray word before the name does not belong to it.
        let name = name.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or(name);
        take(name, &after[1..=length]);
        rest = &after[length + 2..];
    }
}

fn unescaped(value: &str) -> String {
    let mut out = String::new();
    unescape(value, &mut out);
    out
}

/// Appends a value with its references resolved. Surrogate pairs written as two character references, which phones
/// write for emoji although XML forbids it, become the character they mean; what cannot be resolved stays as written.
pub(super) fn unescape(value: &str, out: &mut String) {
    let mut rest = value;
    let mut high: Option<u32> = None;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        if at > 0 && high.take().is_some() {
            out.push(char::REPLACEMENT_CHARACTER);
        }
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.as_bytes().iter().take(12).position(|b| *b == b';') else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        let (name, after) = (&rest[1..end], &rest[end + 1..]);
        let code = match name {
            "amp" => Some(u32::from('&')),
            "lt" => Some(u32::from('<')),
            "gt" => Some(u32::from('>')),
            "quot" => Some(u32::from('"')),
            "apos" => Some(u32::from('\'')),
            _ => match name.strip_prefix('#') {
                Some(number) => match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                },
                None => None,
            },
        };
        match (high.take(), code) {
            (None, Some(code @ 0xD800..=0xDBFF)) => high = Some(code),
            (Some(high), Some(low @ 0xDC00..=0xDFFF)) => {
                let joined = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                out.push(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            (before, code) => {
                if before.is_some() {
                    out.push(char::REPLACEMENT_CHARACTER);
                }
                match code {
                    Some(code) => out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)),
                    None => out.push_str(&rest[..=end]),
                }
            }
        }
        rest = after;
    }
    if high.is_some() {
        out.push(char::REPLACEMENT_CHARACTER);
    }
    out.push_str(rest);
}

/// Replaces every byte that is not UTF-8 by a question mark, one for one, so that one bad byte does not end the
/// reading and the places of rows stay those of the original.
struct Cleaned<R> {
    inner: R,
    bytes: Vec<u8>,
    at: usize,
}

impl<R: BufRead> Cleaned<R> {
    fn refill(&mut self) -> std::io::Result<()> {
        // What is left is the beginning of a character that was cut by the end of the last chunk.
        let mut pending = std::mem::take(&mut self.bytes);
        pending.drain(..self.at);
        self.at = 0;
        let read = {
            let chunk = self.inner.fill_buf()?;
            pending.extend_from_slice(chunk);
            chunk.len()
        };
        self.inner.consume(read);
        self.bytes = pending;
        let mut checked = 0;
        while let Err(error) = std::str::from_utf8(&self.bytes[checked..]) {
            let bad = checked + error.valid_up_to();
            match error.error_len() {
                Some(length) => {
                    self.bytes[bad..bad + length].fill(b'?');
                    checked = bad + length;
                }
                None if read == 0 => {
                    self.bytes[bad..].fill(b'?');
                    break;
                }
                None => break,
            }
        }
        Ok(())
    }

    /// Bytes that are ready: everything but a character cut by the end.
    fn ready(&self) -> usize {
        let tail = self.bytes.len().saturating_sub(3);
        for start in tail.max(self.at)..self.bytes.len() {
            let wanted = match self.bytes[start] {
                0xC2..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF4 => 4,
                _ => 1,
            };
            if start + wanted > self.bytes.len() {
                return start;
            }
        }
        self.bytes.len()
    }
}

impl<R: BufRead> Read for Cleaned<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(out.len());
        out[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Cleaned<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        while self.at >= self.ready() {
            let before = self.bytes.len() - self.at;
            self.refill()?;
            if self.bytes.len() == before {
                break;
            }
        }
        let ready = self.ready();
        Ok(&self.bytes[self.at.min(ready)..ready])
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.bytes.len());
    }
}
