//! Pictures as they go on paper: turned upright, on white, no larger than a page can show, a tall one in pieces. The
//! exhibit itself stays as it is.

use super::drawing::{draw, jpeg, scale, size};
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
/// A picture that is taller than so many times its width is cut into pieces: on one page nobody could read it.
const TALL: u32 = 3;
/// A piece is so many times as tall as it is wide, as a page is.
const PIECE: u32 = 2;
/// Shorter pieces are no easier to read.
const SHORTEST: u32 = 1_600;
/// By so much of its height a piece repeats the one before, so that a line that is cut stands whole in one of them.
const REPEATED: u32 = 25;

/// How many pages the picture of an exhibit takes; one where it cannot be drawn.
pub(super) fn pages(connection: &Connection, exhibit: &StoredExhibit) -> Result<usize> {
    let size = size(BufReader::new(Blob::open(connection, exhibit.original)?));
    Ok(size.map_or(1, |(width, height)| pieces(width, height).len()))
}

/// The picture of an exhibit for paper as JPEG, a piece for each of its pages; `None` for what cannot be drawn.
pub(super) fn for_paper(connection: &Connection, exhibit: &StoredExhibit) -> Result<Option<Vec<Vec<u8>>>> {
    if !is_picture(exhibit) {
        return Ok(None);
    }
    let original = BufReader::new(Blob::open(connection, exhibit.original)?);
    Ok(draw(original).and_then(|picture| {
        let pieces = pieces(picture.width(), picture.height());
        pieces.into_iter().map(|(top, height)| piece(&picture, top, height)).collect()
    }))
}

fn piece(picture: &DynamicImage, top: u32, height: u32) -> Option<Vec<u8>> {
    let piece = picture.crop_imm(0, top, picture.width(), height);
    let longest = piece.width().max(piece.height());
    let piece = if longest > LONGEST { scale(&piece, LONGEST, longest)? } else { piece };
    jpeg(&on_white(&piece), QUALITY)
}

/// Top and height of each piece, of equal heights but for a pixel.
fn pieces(width: u32, height: u32) -> Vec<(u32, u32)> {
    let most = width.saturating_mul(PIECE).max(SHORTEST);
    if height <= width.saturating_mul(TALL).max(SHORTEST) {
        return vec![(0, height)];
    }
    let repeated = most / REPEATED;
    let count = (height - repeated).div_ceil(most - repeated);
    let each = (height + (count - 1) * repeated).div_ceil(count);
    let top = |n: u32| (n * (each - repeated)).min(height - each.min(height));
    (0..count).map(|n| (top(n), each.min(height))).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_a_tall_picture_and_each_repeats_the_end_of_the_one_before() {
        for (width, height, count) in [
            (1_080, 2_400, 1),
            (1_080, 3_240, 1),
            (1_080, 12_000, 6),
            (1_080, 12_001, 6),
            (1, 65_535, 43),
            (1, 1_600, 1),
        ] {
            let cut = pieces(width, height);
            assert_eq!(cut.len(), count, "{width} × {height}");
            assert_eq!(cut.first().map(|piece| piece.0), Some(0));
            assert_eq!(cut.last().map(|(top, tall)| top + tall), Some(height), "{width} × {height}");
            for pair in cut.windows(2) {
                let [(top, tall), (next, _)] = pair else { continue };
                assert!(next < &(top + tall) && next > top, "{width} × {height}: {pair:?}");
            }
            assert!(cut.iter().all(|(_, tall)| *tall <= (3 * width).max(SHORTEST)));
        }
    }
}
