//! The texts that a picture carries inside, where no eye sees them: who made it and with what, where it was taken, what
//! somebody wrote into it. They leave with the file, so the person is shown them before.

use super::metadata::{Form, HEAD, exif_of, picture};
use super::{chunks, comments, tiff};
use crate::import::ReadSeek;
use exif::{Context, Exif, In, Tag, Value};
use memchr::memmem;
use quick_xml::events::Event;
use std::io::{self, Read, SeekFrom};

/// More of one file nobody reads.
const MOST: usize = 64;
/// Characters of one text.
const LONGEST: usize = 300;
/// The numbers of EXIF's own fields begin here, behind those of TIFF.
const FIRST_OF_EXIF: u16 = 0x829a;
/// The chunk of a PNG in which an XMP packet lies.
const XMP_CHUNK: &str = "XML:com.adobe.xmp";
/// Where a comment in EXIF begins, behind the name of its encoding.
const ENCODING: usize = 8;

/// The texts inside a picture, each with the name of its field. What is damaged, and what is no picture, has none.
#[must_use]
pub fn texts_inside(file: &mut dyn ReadSeek) -> Vec<(String, String)> {
    let mut found = Vec::new();
    // What was found before the damage stands.
    read(file, &mut found).unwrap_or_default();
    let mut kept: Vec<(String, String)> = Vec::new();
    for (name, text) in found {
        let text: String = text.trim_matches(['\0', ' ']).chars().take(LONGEST).collect();
        if !text.is_empty() && kept.len() < MOST && !kept.iter().any(|(n, t)| *n == name && *t == text) {
            kept.push((name, text));
        }
    }
    kept
}

fn read(file: &mut dyn ReadSeek, found: &mut Vec<(String, String)>) -> io::Result<()> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    Read::take(&mut *file, HEAD as u64).read_to_end(&mut head)?;
    let Some(form) = picture(&head) else { return Ok(()) };
    if form == Form::Tiff {
        let texts = tiff::texts(file)?;
        let context = |number| if number < FIRST_OF_EXIF { Context::Tiff } else { Context::Exif };
        found.extend(texts.into_iter().map(|(number, text)| (Tag(context(number), number).to_string(), text)));
    } else if let Some(exif) = exif_of(file, &head, form) {
        of_exif(&exif, found);
    }
    of_xmp(&head, found);
    match form {
        Form::Jpeg => found.extend(comments::of_jpeg(&head)),
        Form::Webp => of_xmp(&chunks::find(file, b"XMP ", HEAD as u64)?.unwrap_or_default(), found),
        Form::Png => {
            for (kind, body) in chunks::all(file, &[b"tEXt", b"zTXt", b"iTXt"], HEAD as u64)? {
                match comments::of_chunk(kind, &body) {
                    Some((name, packet)) if name == XMP_CHUNK => of_xmp(packet.as_bytes(), found),
                    text => found.extend(text),
                }
            }
        }
        Form::Other => found.extend(if head.starts_with(b"GIF8") { comments::of_gif(&head) } else { Vec::new() }),
        Form::Tiff | Form::Heif => {}
    }
    Ok(())
}

/// Texts and the place: numbers of lens and light say nothing of a person.
fn of_exif(exif: &Exif, found: &mut Vec<(String, String)>) {
    let place = [Tag::GPSLatitude, Tag::GPSLongitude];
    for field in exif.fields().filter(|field| field.ifd_num == In::PRIMARY) {
        let text = match &field.value {
            Value::Ascii(texts) => texts.iter().map(|text| String::from_utf8_lossy(text)).collect::<Vec<_>>().join(" "),
            Value::Undefined(bytes, _) if field.tag == Tag::UserComment => comment(bytes, exif.little_endian()),
            Value::Rational(_) if place.contains(&field.tag) => field.display_value().with_unit(exif).to_string(),
            // The fields that a file manager writes: UTF-16 in bytes.
            Value::Byte(bytes) if (0x9c9b..=0x9c9f).contains(&field.tag.number()) => utf16(bytes, true),
            _ => continue,
        };
        found.push((field.tag.to_string(), text));
    }
}

fn comment(bytes: &[u8], little: bool) -> String {
    let (encoding, text) = bytes.split_at(ENCODING.min(bytes.len()));
    if encoding.starts_with(b"UNICODE") { utf16(text, little) } else { String::from_utf8_lossy(text).into_owned() }
}

fn utf16(bytes: &[u8], little: bool) -> String {
    let (units, _) = bytes.as_chunks::<2>();
    let units = units.iter().map(|unit| if little { u16::from_le_bytes(*unit) } else { u16::from_be_bytes(*unit) });
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Whatever stands between the tags of an XMP packet, and in the attributes that describe.
fn of_xmp(head: &[u8], found: &mut Vec<(String, String)>) {
    let Some(begin) = memmem::find(head, b"<x:xmpmeta") else { return };
    let packet = head.get(begin..).unwrap_or_default();
    let end = memmem::find(packet, b"</x:xmpmeta>").unwrap_or(packet.len());
    let mut reader = quick_xml::Reader::from_reader(packet.get(..end).unwrap_or_default());
    let mut name = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let element = tag.name().as_ref().to_owned();
                if !element.starts_with("rdf:") {
                    name = element;
                }
                for attribute in tag.attributes().flatten() {
                    let key = attribute.key.as_ref().to_owned();
                    if key.contains(':') && !["xmlns:", "rdf:", "xml:", "x:"].iter().any(|own| key.starts_with(own)) {
                        found.push((key, attribute.value.into_owned()));
                    }
                }
            }
            Ok(Event::Text(text)) => {
                let text = text.trim().to_owned();
                if !text.is_empty() && !name.is_empty() {
                    found.push((name.clone(), text));
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
#[path = "inside_tests.rs"]
mod tests;
