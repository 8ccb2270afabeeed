//! The date of an XMP packet, found without parsing XML: it stands at the beginning of the file, and an attribute or an
//! element of two names is all that is wanted.

use super::stamp::{Stamp, date};
use crate::model::{Precision, Zone};
use memchr::memmem;

/// Names that mean the time of capture, the surest first. `xmp:CreateDate` is none of them: it tells when the file came to
/// be, and an editor writes there when it opened a picture that had no metadata, such as a screenshot.
const NAMES: [&str; 2] = ["exif:DateTimeOriginal", "photoshop:DateCreated"];

/// The time of capture in the first XMP packet of `head`.
pub(super) fn captured(head: &[u8]) -> Option<Stamp> {
    let packet = &head[memmem::find(head, b"<x:xmpmeta").or_else(|| memmem::find(head, b"<rdf:RDF"))?..];
    NAMES.iter().find_map(|name| {
        // A name may stand in a text as well: only where a value follows it, it is a field.
        memmem::find_iter(packet, name.as_bytes()).find_map(|at| {
            let after = packet.get(at + name.len()..)?;
            let value = after.get(..64.min(after.len()))?.iter().map(|b| char::from(*b)).collect::<String>();
            read_clock(value.trim_start_matches(['=', '"', '\'', '>', ' ', '\n']))
        })
    })
}

/// Reads `2025-09-03T10:15:00+03:00`; a space may stand for the T, and seconds, offset and the whole time may be absent.
#[must_use]
pub fn read_clock(text: &str) -> Option<Stamp> {
    let part = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?
    };
    let is = |at: usize, marks: &str| text.get(at..at + 1).is_some_and(|c| marks.contains(c));
    if !is(4, "-") || !is(7, "-") {
        return None;
    }
    let day = date(part(0, 4)? as i32, part(5, 7)?, part(8, 10)?)?;
    if !is(10, "T ") || !is(13, ":") {
        return day.and_hms_opt(0, 0, 0).map(|at| Stamp::wall(at, Precision::Day));
    }
    let second = if is(16, ":") { part(17, 19) } else { None };
    let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
    let mut stamp = Stamp::wall(day.and_hms_opt(part(11, 13)?, part(14, 16)?, second.unwrap_or(0))?, precision);
    let rest = text.get(if second.is_some() { 19 } else { 16 }..).unwrap_or_default();
    let rest = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    stamp.zone = match rest.chars().next() {
        Some('Z') => Some(Zone::UTC),
        Some('+' | '-') => rest.get(..6).and_then(Zone::parse),
        _ => None,
    };
    Some(stamp)
}
