//! Which encoding a text is in, and decoding that never fails on a bad byte.

use super::ReadSeek;
use crate::error::{Code, Error};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_R, KOI8_U, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use serde::Serialize;
use std::io::{Read, Result, SeekFrom};

/// The encodings in which Russian tables are met, in the order in which they are tried.
pub(super) const CYRILLIC: [&Encoding; 4] = [WINDOWS_1251, IBM866, KOI8_R, ISO_8859_5];

/// Bytes that are looked at to tell an encoding.
const LOOK: usize = 256 * 1024;

/// Letters of KOI8-U that KOI8-R does not have.
const UKRAINIAN_ONLY: [u8; 8] = [0xA4, 0xA6, 0xA7, 0xAD, 0xB4, 0xB6, 0xB7, 0xBD];

/// Tells the encoding of a text by its first bytes; reads further only while all of them are ASCII,
/// because a file may begin with thousands of rows without a single letter.
pub(super) fn detect(file: &mut dyn ReadSeek, head: &[u8]) -> Result<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Ok(encoding);
    }
    if let Some(encoding) = utf16_without_bom(head) {
        return Ok(encoding);
    }
    if !head.is_ascii() {
        return Ok(of_bytes(head));
    }
    file.seek(SeekFrom::Start(head.len() as u64))?;
    let mut chunk = vec![0; LOOK];
    loop {
        let filled = fill(file, &mut chunk)?;
        if filled == 0 {
            return Ok(UTF_8);
        }
        if !chunk[..filled].is_ascii() {
            return Ok(of_bytes(&chunk[..filled]));
        }
    }
}

/// The beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TextSeen {
    /// The text.
    pub text: String,
    /// Name of the encoding that it was read in.
    pub encoding: String,
    /// Whether this is all of it.
    pub whole: bool,
}

/// Reads the beginning of a text, at most so many bytes; `None` for what is no text.
pub fn beginning_of_text(file: &mut dyn ReadSeek, most: usize) -> Option<TextSeen> {
    let size = file.seek(SeekFrom::End(0)).ok()?;
    file.seek(SeekFrom::Start(0)).ok()?;
    let mut head = vec![0; most];
    let filled = fill(file, &mut head).ok()?;
    head.truncate(filled);
    let encoding = match Encoding::for_bom(&head) {
        Some((encoding, _)) => encoding,
        None => utf16_without_bom(&head).unwrap_or_else(|| if head.is_ascii() { UTF_8 } else { of_bytes(&head) }),
    };
    let (text, _, _) = encoding.decode(&head);
    let strange = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    if filled == 0 || text.chars().any(|c| strange(&c)) {
        return None;
    }
    let whole = filled as u64 == size;
    // The last character may be cut in half.
    let text = if whole { text.as_ref() } else { text.trim_end_matches('\u{fffd}') };
    Some(TextSeen { text: text.to_owned(), encoding: encoding.name().to_owned(), whole })
}

/// Reads until the buffer is full or the file ends.
pub(super) fn fill(file: &mut dyn ReadSeek, buffer: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Reads to the end, whatever length was declared.
///
/// # Errors
/// [`Code::FileTooLarge`] for more than so many bytes, `broken` for what cannot be read.
pub(super) fn read_within(from: impl Read, most: u64, broken: Code) -> crate::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = from.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|cause| Error::new(broken).because(cause))?;
    if bytes.len() as u64 > most {
        return Err(Error::new(Code::FileTooLarge));
    }
    Ok(bytes)
}

/// The encoding of bytes that hold more than ASCII and have no byte order mark.
fn of_bytes(bytes: &[u8]) -> &'static Encoding {
    // The last character may be cut in half by the end of the look.
    match std::str::from_utf8(bytes) {
        Ok(_) => return UTF_8,
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => return UTF_8,
        // A chunk from the middle of a file may also begin inside a character.
        Err(error) if error.valid_up_to() < 3 && std::str::from_utf8(&bytes[bytes.len().min(3)..]).is_ok() => {
            return UTF_8;
        }
        Err(_) if mostly_utf8(bytes) => return UTF_8,
        Err(_) => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"ru"), Utf8Detection::Deny);
    if guess == KOI8_U {
        // KOI8-R is always reported as KOI8-U; only a Ukrainian letter tells them apart.
        return if bytes.iter().any(|b| UKRAINIAN_ONLY.contains(b)) { KOI8_U } else { KOI8_R };
    }
    if CYRILLIC.contains(&guess) { guess } else { WINDOWS_1251 }
}

/// Whether nearly every letter is whole in UTF-8: a few bad bytes of some other program are not another encoding, in
/// which letters would form whole sequences only by chance.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    whole > 2 * bad
}

/// UTF-16 without a mark: every second byte of digits, delimiters and line ends is zero.
fn utf16_without_bom(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Letters of Cyrillic have 4 in the zero's place, so that even a page of words keeps a tenth of zeros.
    if odd * 10 >= pairs && even * 100 < pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs && odd * 100 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether letters take two bytes each, so that the text cannot be cut at any byte.
pub(super) fn is_utf16(encoding: &Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// The text of a file in UTF-8, without a mark at its beginning.
pub(super) fn converted<R: Read>(file: R, encoding: &'static Encoding) -> DecodeReaderBytes<R, Vec<u8>> {
    DecodeReaderBytesBuilder::new().encoding(Some(encoding)).strip_bom(true).build(file)
}

/// Appends bytes in some encoding to a text.
pub(super) enum Decoder {
    /// Valid parts as they are, bad bytes as U+FFFD.
    Utf8,
    /// One character a byte, by table: the length and the bytes in UTF-8.
    Single(Box<[(u8, [u8; 3]); 256]>),
}

impl Decoder {
    /// A decoder for an encoding whose bytes can be cut at any ASCII delimiter (not UTF-16).
    pub fn new(encoding: &'static Encoding) -> Self {
        if encoding == UTF_8 || !encoding.is_single_byte() {
            return Decoder::Utf8;
        }
        let mut table = Box::new([(0, [0; 3]); 256]);
        for byte in 0..=255u8 {
            let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
            let utf8 = text.as_bytes();
            let length = utf8.len().min(3);
            table[usize::from(byte)].0 = length as u8;
            table[usize::from(byte)].1[..length].copy_from_slice(&utf8[..length]);
        }
        Decoder::Single(table)
    }

    /// Appends the text of `bytes` to `out`, whose bytes must be UTF-8 so far.
    pub fn append(&self, bytes: &[u8], out: &mut Vec<u8>) {
        match self {
            _ if bytes.is_ascii() => out.extend_from_slice(bytes),
            Decoder::Utf8 => match std::str::from_utf8(bytes) {
                Ok(_) => out.extend_from_slice(bytes),
                Err(_) => out.extend_from_slice(String::from_utf8_lossy(bytes).as_bytes()),
            },
            Decoder::Single(table) => {
                out.reserve(bytes.len() * 2);
                for &byte in bytes {
                    if byte < 0x80 {
                        out.push(byte);
                    } else {
                        let (length, utf8) = &table[usize::from(byte)];
                        out.extend_from_slice(&utf8[..usize::from(*length)]);
                    }
                }
            }
        }
    }

    /// Appends the text of a line, delimiters and all; `false`, and nothing appended, where it holds a bad byte, whose
    /// place among the cells matters.
    pub fn append_line(&self, line: &[u8], out: &mut String) -> bool {
        let table = match self {
            Decoder::Single(table) if !line.is_ascii() => table,
            _ => {
                let Ok(text) = std::str::from_utf8(line) else { return false };
                out.push_str(text);
                return true;
            }
        };
        let begin = out.len();
        let mut bytes = std::mem::take(out).into_bytes();
        // Room for the longest; the rest is given back.
        bytes.resize(begin + line.len() * 3, 0);
        let mut at = begin;
        let (eights, rest) = line.as_chunks::<8>();
        for eight in eights {
            if u64::from_ne_bytes(*eight) & 0x8080_8080_8080_8080 == 0 {
                if let Some(place) = bytes.get_mut(at..at + 8) {
                    place.copy_from_slice(eight);
                }
                at += 8;
            } else {
                eight.iter().for_each(|byte| at = put(table, *byte, &mut bytes, at));
            }
        }
        rest.iter().for_each(|byte| at = put(table, *byte, &mut bytes, at));
        bytes.truncate(at);
        match String::from_utf8(bytes) {
            Ok(text) => *out = text,
            Err(error) => {
                *out = String::from_utf8_lossy(error.as_bytes().get(..begin).unwrap_or_default()).into_owned();
                return false;
            }
        }
        true
    }
}

/// Puts the text of a byte into its place and gives the next place.
fn put(table: &[(u8, [u8; 3]); 256], byte: u8, out: &mut [u8], at: usize) -> usize {
    let (length, utf8) = &table[usize::from(byte)];
    if let Some(place) = out.get_mut(at..at + 3) {
        place.copy_from_slice(utf8);
    }
    at + usize::from(*length)
}
