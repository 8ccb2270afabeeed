//! Pictures as they go on paper: turned upright, on white, no larger than a page can show. The exhibit itself stays as
//! it is.

use super::drawing::{draw, jpeg, scale};
use super::pictures::is_picture;
use crate::error::Result;
use crate::store::Connection;
use crate::store::blobs::Blob;
use crate::store::evidence::StoredExhibit;
use image::{DynamicImage, Rgb, RgbImage};
use std::io::BufReader;

/// Longest side in pixels: 200 to the inch on A4.
const LONGEST: u32 = 2_000;
/// Letters on a screenshot stay sharp.
const QUALITY: u8 = 88;

/// The picture of an exhibit as JPEG for paper; `None` for what is no picture or cannot be drawn.
pub(super) fn for_paper(connection: &Connection, exhibit: &StoredExhibit) -> Result<Option<Vec<u8>>> {
    if !is_picture(exhibit) {
        return Ok(None);
    }
    let original = BufReader::new(Blob::open(connection, exhibit.original)?);
    Ok(draw(original).and_then(|picture| {
        let longest = picture.width().max(picture.height());
        let picture = if longest > LONGEST { scale(&picture, LONGEST, longest)? } else { picture };
        jpeg(&on_white(&picture), QUALITY)
    }))
}

/// On white, because paper is.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let seen = picture.to_rgba8();
    let mut flat = RgbImage::new(seen.width(), seen.height());
    for (to, from) in flat.pixels_mut().zip(seen.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let over = |colour: u32| ((colour * alpha + 255 * (255 - alpha)) / 255) as u8;
        *to = Rgb([over(red), over(green), over(blue)]);
    }
    flat
}
