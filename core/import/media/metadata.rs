//! What the metadata inside a file says: EXIF and XMP of pictures, the header of an MP4. A picture is read from its
//! beginning alone, so that nothing a file claims about itself decides how much memory is taken.

use super::stamp::{Stamp, date};
use super::{mp4, xmp};
use crate::import::ReadSeek;
use crate::model::{Precision, Zone};
use exif::{In, Tag, Value};
use std::io::{self, Cursor, Read, SeekFrom};

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

/// So much of a picture's beginning is read.
pub const HEAD: usize = 256 << 10;

/// Reads the metadata of a file. What is damaged says nothing.
#[must_use]
pub fn metadata_says(file: &mut dyn ReadSeek) -> MetadataSays {
    says(file).unwrap_or_default()
}

fn says(file: &mut dyn ReadSeek) -> io::Result<MetadataSays> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    Read::take(&mut *file, HEAD as u64).read_to_end(&mut head)?;
    if let Some(says) = picture_says(&head) {
        return Ok(says);
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

/// What the beginning of a picture says; `None` for what is no picture.
#[must_use]
pub fn picture_says(head: &[u8]) -> Option<MetadataSays> {
    // Pictures of the HEIF family are boxes like an MP4, and their EXIF is the camera's word.
    let family: [&[u8]; 6] = [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"];
    let heif = head.get(4..8) == Some(b"ftyp") && family.iter().any(|brand| head.get(8..12) == Some(brand));
    let starts: [&[u8]; 6] = [b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*"];
    let webp = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    if !heif && !webp && !starts.iter().any(|start| head.starts_with(start)) {
        return None;
    }
    let head = head.get(..HEAD).unwrap_or(head);
    Some(MetadataSays { time: of_exif(head).or_else(|| xmp::captured(head)), ..MetadataSays::default() })
}

fn of_exif(head: &[u8]) -> Option<Stamp> {
    let exif = exif::Reader::new().read_from_container(&mut Cursor::new(head)).ok()?;
    let text = |tag: Tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => texts.first().and_then(|t| std::str::from_utf8(t).ok()).map(str::trim),
        _ => None,
    };
    // The time of the last change is nobody's time of capture.
    let (taken, offset) =
        [(Tag::DateTimeOriginal, Tag::OffsetTimeOriginal), (Tag::DateTimeDigitized, Tag::OffsetTimeDigitized)]
            .into_iter()
            .find_map(|(tag, offset)| Some((text(tag)?, text(offset).or_else(|| text(Tag::OffsetTime)))))?;
    let part = |from: usize, to: usize| taken.get(from..to)?.parse::<u32>().ok();
    let day = date(part(0, 4)? as i32, part(5, 7)?, part(8, 10)?)?;
    let mut stamp = Stamp::wall(day.and_hms_opt(part(11, 13)?, part(14, 16)?, part(17, 19)?)?, Precision::Second);
    stamp.zone = offset.and_then(Zone::parse);
    Some(stamp)
}

#[cfg(test)]
#[path = "metadata_tests.rs"]
mod tests;
