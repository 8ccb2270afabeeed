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

/// Texts, each with the name of its field.
pub(super) type Texts = Vec<(String, String)>;

/// How far a file was gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// To its end.
    Whole,
    /// In part: it is damaged, or holds something that is not read.
    Part,
    /// Not at all: it is of no kind that is known here.
    #[default]
    Unknown,
}

impl Reach {
    fn of(whole: bool) -> Self {
        if whole { Self::Whole } else { Self::Part }
    }
}

/// What was found inside a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    /// The texts, each with the name of its field.
    pub texts: Vec<(String, String)>,
    /// How many more there are.
    pub more: usize,
    /// How far the file was gone through.
    pub reach: Reach,
}

impl Inside {
    /// Takes in texts: each once, none longer than a person reads.
    pub fn add(&mut self, found: Vec<(String, String)>) {
        for (name, text) in found {
            let text = text.trim_matches(['\0', ' ', '\n', '\r']);
            let mut shown: String = text.chars().take(LONGEST).collect();
            if shown.len() < text.len() {
                shown.push('…');
            }
            if shown.is_empty() || self.texts.iter().any(|(n, t)| *n == name && *t == shown) {
                continue;
            }
            if self.texts.len() < MOST { self.texts.push((name, shown)) } else { self.more += 1 }
        }
    }
}

/// The texts inside a picture, a WAV or an MP4.
#[must_use]
pub fn texts_inside(file: &mut dyn ReadSeek) -> Inside {
    let mut found = Vec::new();
    // What was found before the damage stands.
    let mut inside = Inside { reach: read(file, &mut found).unwrap_or(Reach::Part), ..Inside::default() };
    inside.add(found);
    inside
}

fn read(file: &mut dyn ReadSeek, found: &mut Texts) -> io::Result<Reach> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    Read::take(&mut *file, HEAD as u64).read_to_end(&mut head)?;
    match picture(&head) {
        Some(form) => of_picture(file, &head, form, found).map(Reach::of),
        None => Ok(containers::read(file, &head, found)?.map_or(Reach::Unknown, Reach::of)),
    }
}

/// Whether a picture was gone through to its end.
fn of_picture(file: &mut dyn ReadSeek, head: &[u8], form: Form, found: &mut Texts) -> io::Result<bool> {
    if let Some(exif) = exif_of(file, head, form) {
        of_exif(&exif, found);
    }
    xmp::texts(head, found);
    Ok(match form {
        Form::Jpeg => comments::of_jpeg(head, found),
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
        Form::Tiff => of_tiff(file, found)?,
        Form::Other => !head.starts_with(b"GIF8") || comments::of_gif(head, found),
        Form::Heif => true,
    })
}

fn of_tiff(file: &mut dyn ReadSeek, found: &mut Texts) -> io::Result<bool> {
    let short = file.seek(SeekFrom::End(0))? <= LONGEST_TIFF;
    file.seek(SeekFrom::Start(0))?;
    if short && let Some(exif) = tolerant(exif_reader().read_from_container(&mut BufReader::new(&mut *file))) {
        of_exif(&exif, found);
        return Ok(true);
    }
    let context = |number| if number < FIRST_OF_EXIF { Context::Tiff } else { Context::Exif };
    let texts = tiff::texts(file)?.into_iter();
    found.extend(texts.map(|(number, text)| (Tag(context(number), number).to_string(), text)));
    Ok(false)
}

/// Texts and the place: numbers of lens and light say nothing of a person.
fn of_exif(exif: &Exif, found: &mut Texts) {
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
