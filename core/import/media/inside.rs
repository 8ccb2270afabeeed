//! The texts that a picture or a recording carries inside, where no eye sees them: who made it and with what, where it was
//! taken, what somebody wrote into it. They leave with the file, so the person is shown them before, and is told of files
//! that could not be gone through.

use super::metadata::{Form, HEAD, exif_of, exif_reader, picture, tolerant};
use super::{chunks, comments, containers, tiff, xmp};
use crate::import::ReadSeek;
use exif::{Context, Exif, Tag, Value};
use std::io::{self, BufReader, Read, SeekFrom};

/// More of one file nobody reads.
const MOST: usize = 200;
/// Characters of one text; a longer one ends with a mark that it goes on.
const LONGEST: usize = 1_000;
/// The numbers of EXIF's own fields begin here, behind those of TIFF.
const FIRST_OF_EXIF: u16 = 0x829a;
/// A TIFF is read whole for its texts, which may stand anywhere in it; a longer one is not.
const LONGEST_TIFF: u64 = 16 << 20;
/// The chunk of a PNG in which an XMP packet lies.
const XMP_CHUNK: &str = "XML:com.adobe.xmp";
/// Where a comment in EXIF begins, behind the name of its encoding.
const ENCODING: usize = 8;

/// What was found inside a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    /// The texts, each with the name of its field.
    pub texts: Vec<(String, String)>,
    /// How many more there are.
    pub more: usize,
    /// Whether the file was gone through to its end; `false` for what is damaged, or of no kind that is known here.
    pub whole: bool,
}

impl Inside {
    /// Each text once, none longer than a person reads.
    #[must_use]
    pub fn of(found: Vec<(String, String)>, whole: bool) -> Self {
        let mut inside = Self { texts: Vec::new(), more: 0, whole };
        for (name, text) in found {
            let text = text.trim_matches(['\0', ' ', '\n', '\r']);
            let mut shown: String = text.chars().take(LONGEST).collect();
            if shown.len() < text.len() {
                shown.push('…');
            }
            if shown.is_empty() || inside.texts.iter().any(|(n, t)| *n == name && *t == shown) {
                continue;
            }
            if inside.texts.len() < MOST { inside.texts.push((name, shown)) } else { inside.more += 1 }
        }
        inside
    }
}

/// The texts inside a picture, a WAV or an MP4.
#[must_use]
pub fn texts_inside(file: &mut dyn ReadSeek) -> Inside {
    let mut found = Vec::new();
    // What was found before the damage stands.
    let whole = read(file, &mut found).unwrap_or_default();
    Inside::of(found, whole)
}

fn read(file: &mut dyn ReadSeek, found: &mut Vec<(String, String)>) -> io::Result<bool> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    Read::take(&mut *file, HEAD as u64).read_to_end(&mut head)?;
    let Some(form) = picture(&head) else { return containers::read(file, &head, found) };
    if let Some(exif) = exif_of(file, &head, form) {
        of_exif(&exif, found);
    }
    xmp::texts(&head, found);
    Ok(match form {
        Form::Jpeg => comments::of_jpeg(&head, found),
        Form::Webp => {
            xmp::texts(&chunks::find(file, b"XMP ", HEAD as u64)?.unwrap_or_default(), found);
            true
        }
        Form::Png => {
            let (texts, whole) = chunks::all(file, &[b"tEXt", b"zTXt", b"iTXt"], HEAD as u64)?;
            for (kind, body) in texts {
                match comments::of_chunk(kind, &body) {
                    Some((name, packet)) if name == XMP_CHUNK => xmp::texts(packet.as_bytes(), found),
                    text => found.extend(text),
                }
            }
            whole
        }
        Form::Tiff => tiff_texts(file, found)?,
        Form::Other => !head.starts_with(b"GIF8") || comments::of_gif(&head, found),
        Form::Heif => true,
    })
}

fn tiff_texts(file: &mut dyn ReadSeek, found: &mut Vec<(String, String)>) -> io::Result<bool> {
    let whole = file.seek(SeekFrom::End(0))? <= LONGEST_TIFF;
    file.seek(SeekFrom::Start(0))?;
    let exif = if whole { tolerant(exif_reader().read_from_container(&mut BufReader::new(&mut *file))) } else { None };
    match exif {
        Some(exif) => of_exif(&exif, found),
        None => {
            let context = |number| if number < FIRST_OF_EXIF { Context::Tiff } else { Context::Exif };
            let texts = tiff::texts(file)?.into_iter();
            found.extend(texts.map(|(number, text)| (Tag(context(number), number).to_string(), text)));
            return Ok(false);
        }
    }
    Ok(true)
}

/// Texts and the place: numbers of lens and light say nothing of a person.
fn of_exif(exif: &Exif, found: &mut Vec<(String, String)>) {
    let place = [Tag::GPSLatitude, Tag::GPSLongitude];
    for field in exif.fields() {
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

#[cfg(test)]
#[path = "inside_tests.rs"]
mod tests;
