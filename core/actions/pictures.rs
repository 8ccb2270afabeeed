//! Pictures as a window can show them: the original itself where it can, else a working copy drawn from it. The original
//! is only read.

use super::drawing::{draw, jpeg, reader, scale, turn};
use super::exhibits::present;
use super::files::bring;
use crate::case::Case;
use crate::error::Result;
use crate::model::ExhibitId;
use crate::store::blobs::Blob;
use crate::store::evidence::StoredExhibit;
use crate::store::word;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat};
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::Path;

/// Wider thumbnails are never shown.
const WIDTH: u32 = 320;
/// Of a picture that is taller than so many times its width a thumbnail shows the upper part.
const TALLEST: u32 = 8;
/// A working copy has no more pixels: text of the tallest phone stays sharp, and that of a screenshot that scrolls.
const COPIED_PIXELS: u64 = 4_096 * 4_096;
/// A window draws nothing that is longer on a side.
const LONGEST: u32 = 16_384;
/// An original of more pixels, or of more bytes, is shown as a working copy.
const SHOWN_PIXELS: u64 = 40_000_000;
const SHOWN_BYTES: u64 = 24 << 20;
const QUALITY: u8 = 92;

/// A picture that a window can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width of the original as it is looked at.
    pub width: u32,
    /// Height of the original as it is looked at.
    pub height: u32,
    /// Whether these are the bytes of a working copy.
    pub working_copy: bool,
    /// PNG, JPEG, WebP or GIF.
    pub bytes: Vec<u8>,
}

/// Whether a thumbnail of it can be drawn.
pub(super) fn is_picture(exhibit: &StoredExhibit) -> bool {
    is_drawn(&exhibit.media_type)
}

/// Whether pictures of this media type can be drawn.
pub(super) fn is_drawn(media_type: &str) -> bool {
    ["image/png", "image/apng", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff"]
        .contains(&media_type)
}

/// A thumbnail as PNG, at most 320 pixels wide; made on first sight and kept. `None` for what is no picture.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound).
pub fn thumbnail(case: &Case, id: ExhibitId) -> Result<Option<Vec<u8>>> {
    let connection = case.connection();
    if let Some(kept) = word::kept_thumbnail(connection, id)? {
        return Ok(kept);
    }
    let exhibit = present(connection, id)?;
    let png = match is_picture(&exhibit) {
        true => small(BufReader::new(Blob::open(connection, exhibit.original)?)),
        false => None,
    };
    if case.writable() {
        // One that cannot be kept now is drawn again next time.
        word::keep_thumbnail(connection, id, png.as_deref()).unwrap_or_default();
    }
    Ok(png)
}

/// A thumbnail of a file that is not in the case yet. `None` for what is no picture.
///
/// # Errors
/// [`Code::FileAbsent`](crate::Code::FileAbsent), [`Code::FileUnreadable`](crate::Code::FileUnreadable).
pub fn thumbnail_of_file(path: &Path) -> Result<Option<Vec<u8>>> {
    Ok(small(BufReader::new(bring(path)?.file)))
}

/// The picture of an exhibit. `None` for what is no picture, and for what cannot be drawn.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound).
pub fn picture(case: &Case, id: ExhibitId) -> Result<Option<Picture>> {
    let exhibit = present(case.connection(), id)?;
    if !is_picture(&exhibit) {
        return Ok(None);
    }
    Ok(show(BufReader::new(Blob::open(case.connection(), exhibit.original)?), exhibit.size))
}

fn show(mut original: impl BufRead + Seek, size: u64) -> Option<Picture> {
    let format = format(&mut original)?;
    let (orientation, turned) = {
        let mut decoder = reader(&mut original)?.into_decoder().ok()?;
        let (width, height) = decoder.dimensions();
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        (orientation, turn((width, height), orientation))
    };
    // A web view turns JPEG by its EXIF, and others not all alike.
    let displayed = match format {
        ImageFormat::Jpeg => true,
        ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif => orientation == Orientation::NoTransforms,
        _ => false,
    };
    let (width, height) = turned;
    let pixels = u64::from(width) * u64::from(height);
    let longest = width.max(height);
    if displayed && size <= SHOWN_BYTES && pixels <= SHOWN_PIXELS && longest <= LONGEST {
        let mut bytes = Vec::new();
        original.rewind().ok()?;
        original.take(SHOWN_BYTES).read_to_end(&mut bytes).ok()?;
        return Some(Picture { width, height, working_copy: false, bytes });
    }
    let picture = draw(original)?;
    // The side that the copy may have, by its pixels and by the window.
    let fitting = (COPIED_PIXELS as f64 / pixels.max(1) as f64).sqrt().min(1.0) * f64::from(longest);
    let to = (fitting as u32).clamp(1, LONGEST);
    let picture = if to < longest { scale(&picture, to, longest)? } else { picture };
    let bytes = match picture.color().has_alpha() || to == longest {
        true => png(&picture)?,
        false => jpeg(&picture.to_rgb8(), QUALITY)?,
    };
    Some(Picture { width, height, working_copy: true, bytes })
}

fn format(original: impl BufRead + Seek) -> Option<ImageFormat> {
    reader(original)?.format()
}

fn small(original: impl BufRead + Seek) -> Option<Vec<u8>> {
    let drawn = draw(original)?;
    let (width, height) = (drawn.width(), drawn.height().min(drawn.width().saturating_mul(TALLEST)));
    let picture = DynamicImage::ImageRgba8(drawn.crop_imm(0, 0, width, height).to_rgba8());
    png(&if width > WIDTH { scale(&picture, WIDTH, width)? } else { picture })
}

fn png(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(bytes.into_inner())
}
