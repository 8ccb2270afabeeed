//! What the metadata inside a file says: EXIF and XMP of pictures, the header of an MP4, the chunk of a broadcast WAV.
//! A container is followed to where it keeps them, before the pixels or behind; pieces of a bounded length are read, so
//! that nothing a file claims about itself decides how much memory is taken.

use super::stamp::{Stamp, date};
use super::{chunks, mp4, tags, tiff, xmp};
use crate::import::ReadSeek;
use crate::model::{Precision, Zone};
use exif::{Exif, In, Tag, Value};
use std::io::{self, BufReader, Cursor, Read, SeekFrom};

/// What metadata says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MetadataSays {
    /// When it was captured.
    pub time: Option<Stamp>,
    /// Length in milliseconds, for an MP4.
    pub duration_ms: Option<u64>,
    /// Whether it is a moving picture, for an MP4.
    pub has_video: bool,
    /// Whether it is an MP4 that breaks off.
    pub broken: bool,
}

/// So much of the beginning and of the end of a picture is looked through for what has no fixed place.
pub(super) const HEAD: usize = 256 << 10;
/// EXIF of a chunk is no longer: a JPEG has room for 64 KiB of it.
const LONGEST_EXIF: u64 = 1 << 20;

/// Reads the metadata of a file. What is damaged says nothing.
#[must_use]
pub fn metadata_says(file: &mut dyn ReadSeek) -> MetadataSays {
    says(file).unwrap_or_default()
}

fn says(file: &mut dyn ReadSeek) -> io::Result<MetadataSays> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    Read::take(&mut *file, HEAD as u64).read_to_end(&mut head)?;
    if let Some(form) = picture(&head) {
        let time = of_picture(file, &head, form).or_else(|| xmp::captured(&head)).or_else(|| in_the_tail(file, form));
        return Ok(MetadataSays { time, ..MetadataSays::default() });
    }
    if head.starts_with(b"RIFF") {
        return Ok(MetadataSays { time: tags::broadcast(file)?, ..MetadataSays::default() });
    }
    if head.get(4..8) != Some(b"ftyp") {
        return Ok(MetadataSays::default());
    }
    let found = mp4::read(file)?;
    Ok(MetadataSays {
        time: found.made,
        duration_ms: found.duration_ms,
        has_video: found.has_video,
        broken: found.broken,
    })
}

/// How a picture keeps its EXIF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// In a segment before the pixels.
    Jpeg,
    /// In a chunk, which may stand behind the pixels.
    Png,
    /// The same.
    Webp,
    /// It is made of the very directories.
    Tiff,
    /// In an item that boxes point to.
    Heif,
    /// Not at all.
    Other,
}

/// What kind of picture begins so; `None` for what is no picture.
pub(super) fn picture(head: &[u8]) -> Option<Form> {
    // Pictures of the HEIF family are boxes like an MP4, and their EXIF is the camera's word.
    let family: [&[u8]; 6] = [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"];
    if head.get(4..8) == Some(b"ftyp") && family.iter().any(|brand| head.get(8..12) == Some(brand)) {
        return Some(Form::Heif);
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some(Form::Webp);
    }
    let starts: [(&[u8], Form); 6] = [
        (b"\xff\xd8\xff", Form::Jpeg),
        (b"\x89PNG", Form::Png),
        (b"II*\0", Form::Tiff),
        (b"MM\0*", Form::Tiff),
        (b"GIF8", Form::Other),
        (b"BM", Form::Other),
    ];
    starts.into_iter().find(|(start, _)| head.starts_with(start)).map(|(_, form)| form)
}

/// When a picture was taken by its EXIF.
fn of_picture(file: &mut dyn ReadSeek, head: &[u8], form: Form) -> Option<Stamp> {
    if form == Form::Tiff {
        let texts = tiff::texts(file).ok()?;
        return taken(|tag| texts.iter().find(|(number, _)| *number == tag.number()).map(|(_, t)| t.clone()));
    }
    let exif = exif_of(file, head, form)?;
    taken(|tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => texts.first().map(|text| text.iter().map(|b| char::from(*b)).collect()),
        _ => None,
    })
}

/// The EXIF of a picture, wherever the container keeps it; no more than that is read of the rest. A TIFF is followed by
/// [`tiff::texts`] instead, which does not read it whole.
pub(super) fn exif_of(file: &mut dyn ReadSeek, head: &[u8], form: Form) -> Option<Exif> {
    let reader = exif_reader();
    let read = match form {
        Form::Jpeg => reader.read_from_container(&mut Cursor::new(head)),
        Form::Heif => {
            file.seek(SeekFrom::Start(0)).ok()?;
            reader.read_from_container(&mut BufReader::new(file))
        }
        Form::Png => reader.read_raw(chunks::find(file, b"eXIf", LONGEST_EXIF).ok()??),
        Form::Webp => {
            let chunk = chunks::find(file, b"EXIF", LONGEST_EXIF).ok()??;
            // Some programs put the segment of a JPEG there as it is.
            let bare = chunk.strip_prefix(b"Exif\0\0").map(<[u8]>::to_vec);
            reader.read_raw(bare.unwrap_or(chunk))
        }
        Form::Tiff | Form::Other => return None,
    };
    tolerant(read)
}

/// A reader that goes on behind a field that does not hold: many programs leave one, and the others stand.
pub(super) fn exif_reader() -> exif::Reader {
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    reader
}

/// What could be read.
pub(super) fn tolerant(read: Result<Exif, exif::Error>) -> Option<Exif> {
    read.or_else(|error| error.distill_partial_result(|_| ())).ok()
}

/// The moment at which it was taken, in the zone that is stated of that very moment. When it was digitized is when a
/// scanner or an editor made the file, the time of the last change and its zone are an editor's: a wrong time of capture
/// would be proposed for a call, so none of these stands for the first.
fn taken(text: impl Fn(Tag) -> Option<String>) -> Option<Stamp> {
    read(&text(Tag::DateTimeOriginal)?, text(Tag::OffsetTimeOriginal).as_deref())
}

fn read(taken: &str, offset: Option<&str>) -> Option<Stamp> {
    let taken = taken.trim();
    let part = |from: usize, to: usize| taken.get(from..to)?.parse::<u32>().ok();
    let day = date(part(0, 4)? as i32, part(5, 7)?, part(8, 10)?)?;
    let mut stamp = Stamp::wall(day.and_hms_opt(part(11, 13)?, part(14, 16)?, part(17, 19)?)?, Precision::Second);
    stamp.zone = offset.map(str::trim).and_then(Zone::parse);
    Some(stamp)
}

/// XMP behind the pixels. A JPEG keeps it before them: what stands behind is another picture.
fn in_the_tail(file: &mut dyn ReadSeek, form: Form) -> Option<Stamp> {
    let size = file.seek(SeekFrom::End(0)).ok()?;
    if form == Form::Jpeg || size <= HEAD as u64 {
        return None;
    }
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(size.saturating_sub(HEAD as u64))).ok()?;
    Read::take(file, HEAD as u64).read_to_end(&mut tail).ok()?;
    xmp::captured(&tail)
}

#[cfg(test)]
#[path = "metadata_tests.rs"]
pub(super) mod tests;
