//! Tables of text. Rows are cut on the raw bytes, so that each keeps its exact place in the original, and decoded
//! cell by cell; UTF-16 is converted first and has no byte places.

use super::ReadSeek;
use super::encoding::{Decoder, converted, is_utf16};
use super::rows::{Flow, RawRow, RowReader, TakeRow};
use crate::error::{Code, Error, Result};
use crate::model::RowPlace;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::Encoding;
use std::io::{Read, SeekFrom};

/// The delimiters that are tried.
pub(super) const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// A quoted cell longer than this many lines is a stray quotation mark, which would swallow the rest of the file.
const MAX_QUOTED_LINES: u64 = 16;

/// Bytes read at once.
const CHUNK: usize = 128 * 1024;

/// A table of text.
pub(super) struct Table<'f> {
    file: &'f mut dyn ReadSeek,
    encoding: &'static Encoding,
    delimiter: u8,
}

impl<'f> Table<'f> {
    pub fn new(file: &'f mut dyn ReadSeek, encoding: &'static Encoding, delimiter: u8) -> Self {
        Self { file, encoding, delimiter }
    }
}

impl RowReader for Table<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        self.file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        if is_utf16(self.encoding) {
            let mut converted = converted(&mut *self.file, self.encoding);
            return Cutter::new(&mut converted, self.delimiter, Decoder::Utf8, false).each(take);
        }
        let decoder = Decoder::new(self.encoding);
        Cutter::new(&mut *self.file, self.delimiter, decoder, true).each(take)
    }
}

pub(super) fn unreadable(error: std::io::Error) -> Error {
    Error::new(Code::FileUnreadable).because(error)
}

/// Cuts a stream of bytes into rows.
struct Cutter<'r, R: Read + ?Sized> {
    input: &'r mut R,
    decoder: Decoder,
    delimiter: u8,
    quoted: Reader,
    literal: Reader,
    /// Cells of the last row of more than one.
    width: usize,
    /// Whether byte places mean anything in the original.
    places: bool,
    /// Bytes read and not yet used begin at `at`; `buffer[at]` is byte `offset` of the file, on line `line`.
    buffer: Vec<u8>,
    at: usize,
    offset: u64,
    line: u64,
    ended: bool,
    /// No quotation mark stands between `offset` and this byte of the file, as far as it is read.
    next_quote: u64,
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl<'r, R: Read + ?Sized> Cutter<'r, R> {
    fn new(input: &'r mut R, delimiter: u8, decoder: Decoder, places: bool) -> Self {
        let quoted = ReaderBuilder::new().delimiter(delimiter).build();
        let literal = ReaderBuilder::new().delimiter(delimiter).quoting(false).build();
        Self {
            input,
            decoder,
            delimiter,
            quoted,
            literal,
            width: 0,
            places,
            buffer: Vec::with_capacity(2 * CHUNK),
            at: 0,
            offset: 0,
            line: 1,
            ended: false,
            next_quote: 0,
            cells: vec![0; 4096],
            ends: vec![0; 64],
        }
    }

    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let mut row = RawRow::default();
        let (mut decoded, mut decoded_ends) = (Vec::new(), Vec::new());
        self.refill()?;
        if self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.used(3);
        }
        let mut blanks = 0;
        loop {
            blanks += self.skip_blank_lines()?;
            if self.at == self.buffer.len() {
                return Ok(blanks);
            }
            row.clear();
            row.place = RowPlace { sheet: 0, row: self.line, offset: 0, length: 0 };
            if let Some((body, length)) = self.plain_line() {
                let line = &self.buffer[self.at..self.at + body];
                if row.fill_line(line, self.delimiter, &self.decoder) {
                    if row.len() > 1 {
                        self.width = row.len();
                    }
                    self.set_place(&mut row, body);
                    self.used(length);
                    self.line += 1;
                    if row.is_blank() {
                        blanks += 1;
                        continue;
                    }
                    row.blanks_before = std::mem::take(&mut blanks);
                    if take(&row)? != Flow::Next {
                        return Ok(0);
                    }
                    continue;
                }
            }
            let (length, mut cells, mut ends) = self.cut()?;
            if ends == 1 && self.is_wrapped(length, cells) {
                (cells, ends) = self.unwrap(cells);
            }
            if ends > 1 {
                self.width = ends;
            }
            let raw = &self.buffer[self.at..self.at + length];
            let body = raw.len() - raw.iter().rev().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let lines = line_ends(raw);
            self.set_place(&mut row, body);
            decoded.clear();
            decoded_ends.clear();
            let mut start = 0;
            for &end in &self.ends[..ends] {
                let end = end.min(cells);
                self.decoder.append(&self.cells[start..end], &mut decoded);
                decoded_ends.push(decoded.len());
                start = end;
            }
            match std::str::from_utf8(&decoded) {
                Ok(text) => row.fill(text, &decoded_ends),
                Err(_) => row.push(&String::from_utf8_lossy(&decoded)),
            }
            self.used(length);
            self.line += lines;
            if row.is_blank() {
                blanks += 1;
                continue;
            }
            row.blanks_before = std::mem::take(&mut blanks);
            if take(&row)? != Flow::Next {
                return Ok(0);
            }
        }
    }

    /// The bytes of the row that begins at `at` and with its line end, where it is one line without a quotation mark
    /// and lies in the buffer with its end: nearly every row of every file. Such a row needs no machine of states.
    fn plain_line(&mut self) -> Option<(usize, usize)> {
        if self.next_quote < self.offset {
            let rest = &self.buffer[self.at..];
            self.next_quote = self.offset + memchr::memchr(b'"', rest).unwrap_or(rest.len()) as u64;
        }
        let rest = &self.buffer[self.at..];
        let body = memchr::memchr2(b'\n', b'\r', rest)?;
        let length = match rest.get(body..body + 2) {
            Some(b"\r\n") => body + 2,
            Some(_) => body + 1,
            None if rest[body] == b'\n' => body + 1,
            None => return None,
        };
        // A mark of byte order in front of a row is taken off where rows are cut by the machine.
        let marked = rest.starts_with(b"\xEF\xBB\xBF");
        (self.offset + body as u64 <= self.next_quote && !marked).then_some((body, length))
    }

    fn set_place(&self, row: &mut RawRow, body: usize) {
        if self.places {
            (row.place.offset, row.place.length) = (self.offset, u32::try_from(body).unwrap_or(u32::MAX));
        }
    }

    /// Marks bytes as used.
    fn used(&mut self, bytes: usize) {
        self.at += bytes;
        self.offset += bytes as u64;
    }

    /// Reads another chunk behind what is still unused.
    fn refill(&mut self) -> Result<()> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let filled = self.buffer.len();
        self.buffer.resize(filled + CHUNK, 0);
        loop {
            match self.input.read(&mut self.buffer[filled..]) {
                Ok(n) => {
                    self.ended = n == 0;
                    self.buffer.truncate(filled + n);
                    return Ok(());
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(unreadable(error)),
            }
        }
    }

    /// Skips line ends in front of a row; answers how many lines that were.
    fn skip_blank_lines(&mut self) -> Result<u64> {
        let mut blanks = 0;
        loop {
            let rest = &self.buffer[self.at..];
            let run = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let whole = run < rest.len() || self.ended;
            // A carriage return at the end of the buffer may have its line feed in the next chunk.
            let run = if !whole && rest.ends_with(b"\r") { run - 1 } else { run };
            let lines = line_ends(&rest[..run]);
            blanks += lines;
            self.line += lines;
            self.used(run);
            if whole {
                return Ok(blanks);
            }
            self.refill()?;
        }
    }

    /// Cuts the row that begins at `at`: its length in bytes with its line end, the bytes of its cells and their count.
    fn cut(&mut self) -> Result<(usize, usize, usize)> {
        let whole = self.cut_with(true)?;
        let raw = &self.buffer[self.at..self.at + whole.0];
        let lines = line_ends(raw);
        if lines > MAX_QUOTED_LINES || (lines > 1 && self.is_stray(raw, whole.2)) {
            return self.cut_with(false);
        }
        Ok(whole)
    }

    /// Whether a cell of several lines has swallowed rows behind a stray quotation mark: every line would be as wide
    /// as the rows before it, or the first would and the whole is not.
    fn is_stray(&self, raw: &[u8], ends: usize) -> bool {
        let lines = raw.split(|b| matches!(b, b'\r' | b'\n')).filter(|line| !line.is_empty());
        let mut wide = lines.map(|line| memchr::memchr_iter(self.delimiter, line).count() + 1 == self.width);
        let (first, rest) = (wide.next() == Some(true), wide.all(|wide| wide));
        self.width > 1 && first && (rest || ends != self.width)
    }

    /// Whether the row is a whole row within one quoted cell, as a spreadsheet saves a table that it took for text.
    fn is_wrapped(&self, length: usize, cells: usize) -> bool {
        let raw = self.buffer[self.at..self.at + length].trim_ascii();
        raw.len() > 2
            && raw.starts_with(b"\"")
            && raw.ends_with(b"\"")
            && memchr::memchr(self.delimiter, &self.cells[..cells]).is_some()
    }

    /// Cuts the only cell again: the bytes of its cells and their count.
    fn unwrap(&mut self, cells: usize) -> (usize, usize) {
        let inner = self.cells[..cells].to_vec();
        let most = memchr::memchr_iter(self.delimiter, &inner).count() + 2;
        self.ends.resize(self.ends.len().max(most), 0);
        self.quoted.reset();
        let (_, read, written, ended) = self.quoted.read_record(&inner, &mut self.cells, &mut self.ends);
        let (_, _, more, last) =
            self.quoted.read_record(&inner[read..], &mut self.cells[written..], &mut self.ends[ended..]);
        (written + more, ended + last)
    }

    fn cut_with(&mut self, quotes: bool) -> Result<(usize, usize, usize)> {
        self.quoted.reset();
        self.literal.reset();
        let (mut used, mut cells, mut ends) = (0, 0, 0);
        let mut long = CHUNK;
        loop {
            // An empty input tells the reader that the file has ended.
            if self.at + used == self.buffer.len() && !self.ended {
                self.refill()?;
                continue;
            }
            if quotes && used > long {
                if line_ends(&self.buffer[self.at..self.at + used]) > MAX_QUOTED_LINES {
                    break;
                }
                long *= 2;
            }
            let reader = if quotes { &mut self.quoted } else { &mut self.literal };
            let input = &self.buffer[self.at + used..];
            let (result, read, written, ended) =
                reader.read_record(input, &mut self.cells[cells..], &mut self.ends[ends..]);
            used += read;
            cells += written;
            ends += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        // The reader stops after a carriage return; its line feed belongs to the same line end.
        if used > 0 && self.buffer[self.at + used - 1] == b'\r' {
            if self.at + used == self.buffer.len() && !self.ended {
                self.refill()?;
            }
            if self.buffer.get(self.at + used) == Some(&b'\n') {
                used += 1;
            }
        }
        Ok((used, cells, ends))
    }
}

/// Line ends in the bytes: LF, CR LF, or a lone CR.
fn line_ends(bytes: &[u8]) -> u64 {
    memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
        .count() as u64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use encoding_rs::WINDOWS_1251;
    use std::io::Cursor;

    /// Bytes as they fall, several chunks of them; quotation marks are rare enough to leave whole stretches without.
    fn noise(seed: u64, quotes: bool) -> Vec<u8> {
        const BYTES: &[u8] = b"a1 ;\xC0\xE9;2b;.:\xCF";
        let mut state = seed;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut bytes = Vec::new();
        while bytes.len() < 3 * CHUNK {
            match next(400) {
                0..20 => bytes.extend_from_slice(b"\r\n"),
                20..30 => bytes.push(b'\n'),
                30..33 => bytes.push(b'\r'),
                // On one line: whether a mark that swallows lines is a stray one has rules and tests of its own.
                33 if quotes && next(20) == 0 => bytes.extend_from_slice(b";\"q;\"\"w\";"),
                34 => bytes.extend_from_slice(b"\n\xEF\xBB\xBF"),
                _ => bytes.push(BYTES[next(BYTES.len() as u64) as usize]),
            }
        }
        bytes.extend_from_slice(b"\r\n");
        bytes
    }

    #[test]
    fn rows_are_cut_by_lines_as_the_machine_cuts_them() {
        for (seed, quotes) in [(1, false), (2, true), (3, false), (4, true)] {
            let bytes = noise(seed, quotes);
            let mut expected: Vec<Vec<String>> = Vec::new();
            // Each record by a machine that begins anew, as rows are cut here.
            let mut rest = bytes.as_slice();
            let (mut cells, mut ends) = ([0; 4096], [0; 1024]);
            while !rest.is_empty() {
                // Blank lines go before the machine begins: a mark of byte order is one only where it begins.
                if matches!(rest[0], b'\r' | b'\n') {
                    rest = &rest[1..];
                    continue;
                }
                let mut reader = ReaderBuilder::new().delimiter(b';').build();
                let (_, read, _, count) = reader.read_record(&rest[..rest.len().min(4096)], &mut cells, &mut ends);
                let text = |from: usize, to: usize| WINDOWS_1251.decode_without_bom_handling(&cells[from..to]).0;
                let froms = std::iter::once(0).chain(ends.iter().copied());
                let row: Vec<String> =
                    froms.zip(&ends[..count]).map(|(from, to)| text(from, *to).into_owned()).collect();
                rest = &rest[read..];
                if row.iter().any(|cell| !cell.trim().is_empty()) {
                    expected.push(row);
                }
            }
            let mut file = Cursor::new(bytes.clone());
            let mut found: Vec<Vec<String>> = Vec::new();
            let (mut end, mut line, mut counted) = (0, 1, 0);
            Table::new(&mut file, WINDOWS_1251, b';')
                .each(&mut |row| {
                    let (from, length) = (row.place.offset as usize, row.place.length as usize);
                    assert!(from >= end, "rows follow one another");
                    end = from + length;
                    line += line_ends(&bytes[counted..from]);
                    counted = from;
                    assert_eq!(row.place.row, line, "the line at {from}");
                    found.push(row.cells().map(str::to_owned).collect());
                    Ok(Flow::Next)
                })
                .unwrap();
            let same = found.iter().zip(&expected).position(|(a, b)| a != b);
            assert_eq!(same, None, "seed {seed}: {:?}", same.map(|at| (&found[at], &expected[at])));
            assert!(found.len() == expected.len() && found.len() > 10_000, "seed {seed}: {}", found.len());
        }
    }
}
