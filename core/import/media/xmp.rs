//! XMP packets. The date is found without parsing XML: it stands at the beginning of the file, and an attribute or an element
//! of two names is all that is wanted. For the texts that leave with a file a packet is read as what it is.

use super::inside::Texts;
use super::stamp::{Stamp, date};
use crate::model::{Precision, Zone};
use memchr::memmem;
use quick_xml::events::{BytesStart, Event};

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

/// Whatever stands between the tags of the packets in a piece of a file, and in the attributes that describe.
pub(super) fn texts(piece: &[u8], found: &mut Texts) {
    let begin = memmem::find(piece, b"<x:xmpmeta").or_else(|| memmem::find(piece, b"<rdf:RDF"));
    if let Some(packet) = begin.and_then(|begin| piece.get(begin..)) {
        elements(packet, found);
    }
}

/// The texts of any XML, each with the name of its element.
pub(super) fn elements(packet: &[u8], found: &mut Texts) {
    let mut reader = quick_xml::Reader::from_reader(packet);
    reader.config_mut().check_end_names = false;
    let (mut name, mut text, mut depth) = (String::new(), String::new(), 0);
    loop {
        let event = reader.read_event();
        if matches!(event, Ok(Event::Start(_) | Event::Empty(_) | Event::End(_) | Event::Eof) | Err(_)) {
            let whole = std::mem::take(&mut text);
            if !whole.trim().is_empty() && !name.is_empty() {
                found.push((name.clone(), whole.trim().to_owned()));
            }
        }
        match event {
            Ok(Event::Start(tag)) => {
                depth += 1;
                describe(&tag, &mut name, found);
            }
            Ok(Event::Empty(tag)) => describe(&tag, &mut name, found),
            Ok(Event::Text(part)) => text.push_str(&part),
            Ok(Event::CData(part)) => text.push_str(&part),
            Ok(Event::GeneralRef(part)) => match part.resolve_char_ref() {
                Ok(Some(char)) => text.push(char),
                _ => text.push_str(quick_xml::escape::resolve_predefined_entity(&part).unwrap_or_default()),
            },
            // What follows the packet is no XML.
            Ok(Event::End(_)) if depth <= 1 => break,
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

/// The name of an element, unless it only holds a list together, and its attributes.
fn describe(tag: &BytesStart<'_>, name: &mut String, found: &mut Texts) {
    let element = tag.name().as_ref().to_owned();
    if !element.starts_with("rdf:") {
        *name = element;
    }
    for attribute in tag.attributes().flatten() {
        let key = attribute.key.as_ref();
        if key.contains(':') && !["xmlns:", "rdf:", "xml:", "x:"].iter().any(|own| key.starts_with(own)) {
            let value = quick_xml::escape::unescape(&attribute.value).unwrap_or_else(|_| attribute.value.clone());
            found.push((key.to_owned(), value.into_owned()));
        }
    }
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
