//! Pictures decoded within limits, turned upright, made smaller: one way for what is looked at and for what is printed.

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage};
use std::io::{BufRead, Seek};

/// A picture that decodes to more than this is no screenshot but an attack on memory. A screenshot that scrolls may be
/// as long as it likes within it.
const LIMIT_BYTES: u64 = 256 << 20;
/// No format for what is drawn from it is longer on a side.
const LONGEST_SIDE: u32 = 65_535;

/// A reader at the beginning of the original, its limits set.
pub(super) fn reader<R: BufRead + Seek>(mut original: R) -> Option<ImageReader<R>> {
    original.rewind().ok()?;
    let mut reader = ImageReader::new(original).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(LIMIT_BYTES);
    reader.limits(limits);
    Some(reader)
}

/// Width and height as it is looked at, by the header alone; `None` for what cannot be drawn.
pub(super) fn size(original: impl BufRead + Seek) -> Option<(u32, u32)> {
    let mut decoder = reader(original)?.into_decoder().ok()?;
    let (size, orientation) = (decoder.dimensions(), decoder.orientation().unwrap_or(Orientation::NoTransforms));
    fits(size).then(|| turn(size, orientation))
}

/// Whatever a pixel takes in the file, it is shrunk as four bytes.
fn fits((width, height): (u32, u32)) -> bool {
    u64::from(width) * u64::from(height) * 4 <= LIMIT_BYTES
}

/// Width and height once it stands upright.
pub(super) fn turn((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    match orientation {
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}

/// Decodes it as it is looked at. A damaged picture, or one too large, is none; it stays an exhibit all the same.
pub(super) fn draw(mut original: impl BufRead + Seek) -> Option<DynamicImage> {
    let (size, orientation) = {
        let mut decoder = reader(&mut original)?.into_decoder().ok()?;
        (decoder.dimensions(), decoder.orientation().unwrap_or(Orientation::NoTransforms))
    };
    if !fits(size) {
        return None;
    }
    let mut picture = reader(original)?.decode().ok()?;
    picture.apply_orientation(orientation);
    Some(picture)
}

/// Scales by `to` / `from`.
pub(super) fn scale(picture: &DynamicImage, to: u32, from: u32) -> Option<DynamicImage> {
    let picture = DynamicImage::ImageRgba8(picture.to_rgba8());
    let side = |length: u32| {
        (u64::from(length) * u64::from(to) / u64::from(from.max(1))).clamp(1, u64::from(LONGEST_SIDE)) as u32
    };
    let mut small = DynamicImage::new_rgba8(side(picture.width()), side(picture.height()));
    fast_image_resize::Resizer::new().resize(&picture, &mut small, None).ok()?;
    Some(small)
}

/// As JPEG of a quality from 1 to 100.
pub(super) fn jpeg(picture: &RgbImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).ok()?;
    Some(bytes)
}
