//! The texts of pages with their places, as the library that interprets a document hands them over letter by letter.

use super::{Page, Piece, guard};
use crate::error::{Code, Error, Result};
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};
use std::sync::Arc;

/// What stands for a font that a document only names: no letter is drawn here, but without a font the library passes over
/// the text.
const FONT: &[u8] = include_bytes!("../../../typeset/fonts/PTF55F.ttf");

/// Letters of a document.
const MAX_LETTERS: usize = 64 << 20;
/// A gap within a word, in heights of a letter: what is wider parts words.
const IN_WORD: f64 = 0.12;
/// A gap between words: what is wider parts cells.
pub(super) const IN_CELL: f64 = 0.5;
/// How far letters of one line may stand above or below one another.
pub(super) const ON_LINE: f64 = 0.25;

/// Draws every page into nothing but its texts.
pub(super) fn pages(bytes: Vec<u8>) -> Result<Vec<Page>> {
    let pdf = guard::opened(bytes)?;
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let mut letters = 0;
    let settings = InterpreterSettings {
        font_resolver: Arc::new(|_| Some((Arc::new(FONT), 0))),
        cmap_resolver: Arc::new(|_| None),
        warning_sink: Arc::new(|_| {}),
        render_annotations: false,
    };
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let all = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context =
            Context::new(page.initial_transform(true).to_kurbo(), all, &cache, pdf.xref(), settings.clone());
        let mut texts = Texts::default();
        interpret_page(page, &mut context, &mut texts);
        letters += texts.letters;
        if letters > MAX_LETTERS {
            return Err(Error::new(Code::FileTooLarge));
        }
        pages.push(texts.done());
    }
    Ok(pages)
}

/// What is drawn, as texts.
#[derive(Default)]
struct Texts {
    pieces: Vec<Piece>,
    letters: usize,
    /// Where the last letter was drawn: one that is filled and outlined is drawn twice.
    last: Option<Point>,
}

impl Texts {
    fn take(&mut self, letter: &str, from: Point, to: Point, size: f64) {
        self.letters += letter.len();
        if self.letters > MAX_LETTERS || !(from.x.is_finite() && from.y.is_finite() && to.x.is_finite()) || size <= 0.0
        {
            return;
        }
        // Text that runs up or down the page is no part of a table.
        if (to.y - from.y).abs() > (to.x - from.x).abs() {
            return;
        }
        if self.last.replace(from) == Some(from) && self.pieces.last().is_some_and(|piece| piece.text.ends_with(letter))
        {
            return;
        }
        if let Some(piece) = self.pieces.last_mut() {
            let gap = (from.x - piece.right) / size;
            let same_line = (from.y - piece.base).abs() < ON_LINE * size;
            if same_line && (-0.3..IN_CELL).contains(&gap) {
                if gap > IN_WORD && !piece.text.ends_with(' ') && letter != " " {
                    piece.text.push(' ');
                }
                piece.text.push_str(letter);
                piece.right = piece.right.max(to.x);
                return;
            }
        }
        self.drop_shadow();
        let (left, right) = (from.x.min(to.x), from.x.max(to.x));
        self.pieces.push(Piece { text: letter.to_owned(), left, right, base: from.y, size });
    }

    /// Takes away the last piece where it only makes one before it look bold.
    fn drop_shadow(&mut self) {
        let Some((last, before)) = self.pieces.split_last() else { return };
        let near = |piece: &Piece| {
            let (x, y) = ((piece.left - last.left).abs(), (piece.base - last.base).abs());
            piece.text == last.text && x < 0.3 * last.size && y < ON_LINE * last.size
        };
        if last.text.trim().is_empty() || before.iter().rev().take(4).any(near) {
            self.pieces.pop();
        }
    }

    fn done(mut self) -> Page {
        self.drop_shadow();
        self.pieces
    }
}

impl Device<'_> for Texts {
    fn draw_glyph(&mut self, glyph: &Glyph<'_>, transform: Affine, place: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        let whole = transform * place;
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(_) => None,
        };
        let from = whole * Point::ORIGIN;
        let to = whole * Point::new(f64::from(width.unwrap_or(500.0)), 0.0);
        let size = (whole * Point::new(0.0, 1000.0) - from).hypot();
        match glyph.as_unicode() {
            Some(BfString::Char(letter)) => {
                let letter = if letter.is_whitespace() || letter == '\u{A0}' { ' ' } else { letter };
                self.take(letter.encode_utf8(&mut [0; 4]), from, to, size);
            }
            Some(BfString::String(letters)) => self.take(&letters, from, to, size),
            None => self.take("\u{FFFD}", from, to, size),
        }
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
