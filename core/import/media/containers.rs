//! Texts that the containers of recordings hold beside those that the decoder tells: chunks of a WAV, user data of an MP4,
//! the tag that APE programs append to an MP3.

use super::comments::cut;
use super::inside::Texts;
use super::{chunks, mp4, xmp};
use crate::import::ReadSeek;
use std::io::{self, Read, SeekFrom};

/// More of one chunk is not read.
const LONGEST: u64 = 256 << 10;
/// Where the texts of a broadcast chunk lie: their names, where they begin and how long they are.
const BEXT: [(&str, usize, usize); 3] = [("Description", 0, 256), ("Originator", 256, 32), ("Reference", 288, 32)];
/// Where its history begins.
const BEXT_HISTORY: usize = 602;
/// The footer of an APE tag, and what may stand behind it: an ID3 tag of the first version.
const APE_FOOTER: u64 = 32;
const ID3_V1: u64 = 128;

/// Reads what begins so: whether it was gone through to its end; `None` where it is of no kind that is known here.
pub(super) fn read(file: &mut dyn ReadSeek, head: &[u8], found: &mut Texts) -> io::Result<Option<bool>> {
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE") {
        return of_wav(file, found).map(Some);
    }
    if head.get(4..8) == Some(b"ftyp") {
        for (kind, body) in mp4::user_data(file)? {
            found.extend(of_user_data(kind, &body));
        }
        return Ok(Some(true));
    }
    of_ape(file, found)?;
    Ok(None)
}

fn of_wav(file: &mut dyn ReadSeek, found: &mut Texts) -> io::Result<bool> {
    let (chunks, mut whole) = chunks::all(file, &[b"LIST", b"bext", b"iXML", b"id3 ", b"ID3 "], LONGEST)?;
    for (kind, body) in chunks {
        match &kind {
            b"LIST" => found.extend(of_info(&body)),
            b"bext" => {
                let fields = BEXT.iter().filter_map(|(name, at, length)| Some((*name, body.get(*at..at + length)?)));
                let history = Some(("History", body.get(BEXT_HISTORY..).unwrap_or_default()));
                found.extend(fields.chain(history).map(|(name, bytes)| (name.to_owned(), text(bytes))));
            }
            b"iXML" => xmp::elements(&body, found),
            _ => whole = false,
        }
    }
    Ok(whole)
}

/// The list `INFO`: kind, length, text, padded to an even length.
fn of_info(body: &[u8]) -> Texts {
    let mut found = Vec::new();
    let mut rest = body.strip_prefix(b"INFO").unwrap_or_default();
    while let [a, b, c, d, l0, l1, l2, l3, after @ ..] = rest {
        let length = u32::from_le_bytes([*l0, *l1, *l2, *l3]) as usize;
        let bytes = after.get(..length).unwrap_or(after);
        found.push((text(&[*a, *b, *c, *d]), text(bytes)));
        rest = after.get(length.saturating_add(length % 2)..).unwrap_or_default();
    }
    found
}

/// Fields of phones and cameras: `©xyz` behind a length and a language, those of 3GPP behind a version and a language;
/// `loci` is a place with its coordinates as fixed-point numbers of sixteen bits before the point and behind it.
fn of_user_data(kind: [u8; 4], body: &[u8]) -> Option<(String, String)> {
    let name: String = kind.iter().map(|b| char::from(*b)).collect();
    match &kind {
        [0xa9, ..] => Some((name, text(body.get(4..)?))),
        b"loci" => {
            let place = body.get(6..)?;
            let (place, rest) = cut(place)?;
            let four = |at: usize| Some(i32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?));
            let degrees = |at: usize| four(at).map(|value| f64::from(value) / 65_536.0);
            // A byte tells what the place is in the recording.
            let (east, north) = (degrees(1)?, degrees(5)?);
            Some((name, format!("{} {north:.5}, {east:.5}", text(place)).trim().to_owned()))
        }
        b"auth" | b"titl" | b"dscp" | b"cprt" | b"perf" | b"gnre" | b"albm" => Some((name, text(body.get(6..)?))),
        _ => None,
    }
}

fn of_ape(file: &mut dyn ReadSeek, found: &mut Texts) -> io::Result<()> {
    let size = file.seek(SeekFrom::End(0))?;
    for end in [size, size.saturating_sub(ID3_V1)] {
        let Some(at) = end.checked_sub(APE_FOOTER) else { continue };
        let mut footer = [0_u8; APE_FOOTER as usize];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut footer)?;
        let [b'A', b'P', b'E', b'T', b'A', b'G', b'E', b'X', _, _, _, _, l0, l1, l2, l3, ..] = footer else { continue };
        // The length counts the footer.
        let length = u64::from(u32::from_le_bytes([l0, l1, l2, l3])).min(LONGEST);
        let mut items = Vec::new();
        file.seek(SeekFrom::Start(end.saturating_sub(length)))?;
        Read::take(&mut *file, length.saturating_sub(APE_FOOTER)).read_to_end(&mut items)?;
        let mut rest = items.as_slice();
        while let [l0, l1, l2, l3, _, _, _, _, after @ ..] = rest {
            let length = u32::from_le_bytes([*l0, *l1, *l2, *l3]) as usize;
            let Some((name, value)) = cut(after) else { break };
            found.push((text(name), text(value.get(..length).unwrap_or(value))));
            rest = value.get(length..).unwrap_or_default();
        }
        break;
    }
    Ok(())
}

/// The text up to a zero: UTF-8 where it is that, else what Russian programs write.
fn text(bytes: &[u8]) -> String {
    let bytes = bytes.split(|b| *b == 0).next().unwrap_or_default();
    std::str::from_utf8(bytes).map_or_else(|_| encoding_rs::WINDOWS_1251.decode(bytes).0.into_owned(), str::to_owned)
}
