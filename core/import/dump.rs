//! What `content query` of Android prints: `Row: 0 _id=1, number=+7…, name=Иванов, Пётр, type=1`. Values are written
//! as they are, so that a comma in a name looks like the end of a value: a value ends only where the next known key
//! begins, and keys are known by standing in most rows.

use super::ReadSeek;
use super::csv::unreadable;
use super::encoding::{converted, is_utf16};
use super::rows::{Flow, RawRow, RowReader, TakeRow};
use crate::error::Result;
use crate::model::RowPlace;
use encoding_rs::Encoding;
use std::io::{BufRead, BufReader, Read, SeekFrom};

/// Bytes of one row that are read; what lies beyond makes it a row problem.
const MAX_ROW: usize = 1 << 20;
/// Rows among which the keys are looked for.
const LOOKED_AT: usize = 500;
/// Keys of one row.
const MAX_KEYS: usize = 256;
/// Letters of a key.
const MAX_KEY: usize = 64;

/// Whether a text begins with such a row, among the lines that a terminal may have put above it.
pub(super) fn begins_row(text: &str) -> bool {
    text.lines().take(20).any(|line| body_of(line).is_some_and(|body| key_at(body).is_some()))
}

/// What stands behind `Row: 12 `.
fn body_of(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('\u{FEFF}').strip_prefix("Row:")?.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest[digits..].strip_prefix(' ').filter(|_| digits > 0)
}

/// The key that a text begins with, before its sign of equality.
fn key_at(text: &str) -> Option<&str> {
    let key = &text[..text.bytes().take(MAX_KEY + 1).position(|b| b == b'=')?];
    let named =
        key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && !key.starts_with(|c: char| c.is_ascii_digit());
    (named && !key.is_empty()).then_some(key)
}

/// Every place of a row at which a value may end and a key begin: where the key begins, and the key.
fn keys_in(body: &str) -> impl Iterator<Item = (usize, &str)> {
    let first = key_at(body).map(|key| (0, key));
    first.into_iter().chain(body.match_indices(", ").filter_map(|(at, _)| Some((at + 2, key_at(&body[at + 2..])?))))
}

/// Such a text.
pub(super) struct Dump<'f> {
    file: &'f mut dyn ReadSeek,
    encoding: &'static Encoding,
}

impl<'f> Dump<'f> {
    pub fn new(file: &'f mut dyn ReadSeek, encoding: &'static Encoding) -> Self {
        Self { file, encoding }
    }

    /// The keys that most rows have, in the order in which they come.
    pub fn names(&mut self) -> Result<Vec<String>> {
        let mut keys: Vec<(String, usize, usize)> = Vec::new();
        let mut seen = 0;
        self.lines(&mut |found| {
            seen += 1;
            for (_, key) in keys_in(found.body) {
                match keys.iter().position(|(known, ..)| known == key) {
                    // What stands twice in a row is counted once.
                    Some(at) if keys[at].2 < seen => (keys[at].1, keys[at].2) = (keys[at].1 + 1, seen),
                    None if keys.len() < MAX_KEYS => keys.push((key.to_owned(), 1, seen)),
                    _ => {}
                }
            }
            Ok(if seen < LOOKED_AT { Flow::Next } else { Flow::Enough })
        })?;
        // A row that breaks off lacks keys, and a value may hold what looks like one; most rows are sound.
        Ok(keys.into_iter().filter(|(_, count, _)| count * 2 > seen || seen < 3).map(|(key, ..)| key).collect())
    }

    /// Hands over every row; answers the lines behind the last.
    fn lines(&mut self, take: &mut dyn FnMut(Found<'_>) -> Result<Flow>) -> Result<u64> {
        self.file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        if is_utf16(self.encoding) {
            let converted = converted(&mut *self.file, self.encoding);
            return rows_of(BufReader::new(converted), encoding_rs::UTF_8, false, take);
        }
        rows_of(BufReader::with_capacity(1 << 16, &mut *self.file), self.encoding, true, take)
    }
}

/// A row with its place.
struct Found<'r> {
    place: RowPlace,
    /// What stands behind its number.
    body: &'r str,
    /// Lines above it that belong to no row.
    above: u64,
    /// It is longer than any row is.
    cut: bool,
}

/// The row that is being put together: lines that begin no row go on with the one above them.
#[derive(Default)]
struct Open {
    bytes: Vec<u8>,
    place: RowPlace,
    above: u64,
    cut: bool,
}

fn rows_of(
    mut input: impl BufRead,
    encoding: &'static Encoding,
    places: bool,
    take: &mut dyn FnMut(Found<'_>) -> Result<Flow>,
) -> Result<u64> {
    let mut open: Option<Open> = None;
    let (mut line, mut offset, mut number, mut outside) = (Vec::new(), 0u64, 0u64, 0u64);
    loop {
        line.clear();
        let mut limited = (&mut input).take(MAX_ROW as u64);
        let read = limited.read_until(b'\n', &mut line).map_err(unreadable)?;
        let begin = offset;
        offset += read as u64;
        number += 1;
        let begins = body_of(&String::from_utf8_lossy(&line[..line.len().min(64)])).is_some();
        if (read == 0 || begins)
            && let Some(done) = open.take()
            && hand_over(&done, encoding, take)? != Flow::Next
        {
            return Ok(0);
        }
        if read == 0 {
            return Ok(outside);
        }
        if !line.ends_with(b"\n") && read == MAX_ROW {
            // The rest of a line that is far too long is passed over.
            offset += pass_line(&mut input)?;
        }
        let cut = read == MAX_ROW;
        let content = line.trim_ascii_end();
        match &mut open {
            _ if begins => {
                let length = if places { u32::try_from(content.len()).unwrap_or(u32::MAX) } else { 0 };
                let place = RowPlace { sheet: 0, row: number, offset: if places { begin } else { 0 }, length };
                let above = std::mem::take(&mut outside);
                open = Some(Open { bytes: content.to_vec(), place, above, cut });
            }
            Some(row) if row.bytes.len() + content.len() < MAX_ROW => {
                row.bytes.push(b'\n');
                row.bytes.extend_from_slice(content);
                row.cut |= cut;
                if places {
                    row.place.length =
                        u32::try_from(begin + content.len() as u64 - row.place.offset).unwrap_or(u32::MAX);
                }
            }
            Some(row) => row.cut = true,
            None => outside += 1,
        }
    }
}

/// Passes over the rest of a line; answers its bytes.
fn pass_line(input: &mut impl BufRead) -> Result<u64> {
    let mut passed = 0;
    loop {
        let chunk = input.fill_buf().map_err(unreadable)?;
        let (length, ended) = match memchr::memchr(b'\n', chunk) {
            Some(at) => (at + 1, true),
            None => (chunk.len(), chunk.is_empty()),
        };
        input.consume(length);
        passed += length as u64;
        if ended {
            return Ok(passed);
        }
    }
}

fn hand_over(row: &Open, encoding: &'static Encoding, take: &mut dyn FnMut(Found<'_>) -> Result<Flow>) -> Result<Flow> {
    let (text, _) = encoding.decode_without_bom_handling(&row.bytes);
    let Some(body) = body_of(&text) else { return Ok(Flow::Next) };
    take(Found { place: row.place, body: body.trim_end(), above: row.above, cut: row.cut })
}

impl RowReader for Dump<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let names = self.names()?;
        let mut row = RawRow::named(names.clone());
        self.lines(&mut |found| {
            row.clear();
            row.place = found.place;
            row.blanks_before = found.above;
            row.beyond = u64::from(found.cut);
            let cells = cells_of(found.body, &names);
            for (at, (begin, column)) in cells.iter().enumerate() {
                let end = cells.get(at + 1).map_or(found.body.len(), |(next, _)| next - 2);
                let value = &found.body[begin + names[*column].len() + 1..end];
                // What the provider has no value for; a name may be empty.
                if value != "NULL" {
                    row.set(*column, value);
                }
            }
            take(&row)
        })
    }
}

/// Where the cells of a row begin, and of which column each is. Where a value holds what looks like a key, the last
/// place before the next key is the key's own: names hold anything, and what stands behind them does not.
fn cells_of(body: &str, names: &[String]) -> Vec<(usize, usize)> {
    let all: Vec<(usize, usize)> =
        keys_in(body).filter_map(|(at, key)| Some((at, names.iter().position(|name| name == key)?))).collect();
    let mut in_order: Vec<(usize, usize)> = Vec::with_capacity(names.len());
    for (at, column) in all.iter().rev() {
        if column + 1 == names.len() - in_order.len() {
            in_order.push((*at, *column));
        }
    }
    in_order.reverse();
    if in_order.len() == names.len() {
        return in_order;
    }
    // Rows of another order: each key where it stands first.
    let mut seen = vec![false; names.len()];
    all.into_iter().filter(|(_, column)| !std::mem::replace(&mut seen[*column], true)).collect()
}
