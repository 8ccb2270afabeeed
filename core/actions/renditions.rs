//! Pictures as they go on paper: turned upright, on white, no larger than a page can show. The exhibit itself stays as
//! it is.

use super::pictures::is_picture;
use crate::error::Result;
use crate::store::Connection;
use crate::store::blobs::Blob;
use crate::store::evidence::StoredExhibit;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};
use std::io::{BufReader, Cursor};

/// Longest side in pixels: 200 to the inch on A4.
const LONGEST: u32 = 2_000;
/// A picture that decodes to more than this is no screenshot but an attack on memory.
const LIMIT_PIXELS: u32 = 12_000;
const LIMIT_BYTES: u64 = 256 << 20;
/// Letters on a screenshot stay sharp.
const QUALITY: u8 = 88;

/// The picture of an exhibit as JPEG for paper; `None` for what is no picture or cannot be drawn.
pub(super) fn for_paper(connection: &Connection, exhibit: &StoredExhibit) -> Result<Option<Vec<u8>>> {
    if !is_picture(exhibit) {
        return Ok(None);
    }
    let open = || -> Result<Option<_>> {
        let original = BufReader::new(Blob::open(connection, exhibit.original)?);
        Ok(ImageReader::new(original).with_guessed_format().ok())
    };
    let size = open()?.and_then(|reader| reader.into_dimensions().ok());
    let fits = |(width, height)| u64::from(width) * u64::from(height) * 4 <= LIMIT_BYTES;
    let Some(mut reader) = open()?.filter(|_| size.is_some_and(fits)) else { return Ok(None) };
    let mut limits = Limits::default();
    limits.max_image_width = Some(LIMIT_PIXELS);
    limits.max_image_height = Some(LIMIT_PIXELS);
    limits.max_alloc = Some(LIMIT_BYTES);
    reader.limits(limits);
    let decoded = reader.into_decoder().ok().and_then(|mut decoder| {
        let turned = decoder.orientation().ok();
        let mut picture = DynamicImage::from_decoder(decoder).ok()?;
        turned.into_iter().for_each(|turned| picture.apply_orientation(turned));
        Some(picture)
    });
    Ok(decoded.and_then(|picture| encoded(&shrunk(picture)?)))
}

fn shrunk(picture: DynamicImage) -> Option<DynamicImage> {
    let picture = DynamicImage::ImageRgba8(picture.into_rgba8());
    let (width, height) = (picture.width(), picture.height());
    let longest = width.max(height);
    if longest <= LONGEST {
        return Some(picture);
    }
    let scaled = |side: u32| (u64::from(side) * u64::from(LONGEST) / u64::from(longest)).max(1) as u32;
    let mut small = DynamicImage::new_rgba8(scaled(width), scaled(height));
    fast_image_resize::Resizer::new().resize(&picture, &mut small, None).ok()?;
    Some(small)
}

/// On white, because paper is.
fn encoded(picture: &DynamicImage) -> Option<Vec<u8>> {
    let seen = picture.to_rgba8();
    let mut flat = RgbImage::new(seen.width(), seen.height());
    for (to, from) in flat.pixels_mut().zip(seen.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let over = |colour: u32| ((colour * alpha + 255 * (255 - alpha)) / 255) as u8;
        *to = Rgb([over(red), over(green), over(blue)]);
    }
    let mut jpeg = Cursor::new(Vec::new());
    flat.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY)).ok()?;
    Some(jpeg.into_inner())
}
