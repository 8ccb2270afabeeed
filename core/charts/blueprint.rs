//! A chart while it is being drawn.

use super::{Anchor, Asks, Chart, ChartKind, ChartTable, Frame, Ink, Mark, Paint, Shape, Tile};

/// What fills the areas of a part, so that neighbours are told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    Solid,
    Striped,
    Dotted,
    Crossed,
    Open,
}

impl Pattern {
    /// The pattern of a group's mark.
    pub(super) fn of_mark(mark: u32) -> Self {
        match mark % super::PATTERNS {
            0 => Self::Solid,
            1 => Self::Striped,
            _ => Self::Dotted,
        }
    }
}

/// Size of all texts.
pub(super) const TEXT: f64 = 11.0;
/// Narrower than this nothing is laid out: it is shown smaller.
const NARROWEST: f64 = 440.0;
const WIDEST: f64 = 1600.0;

/// A place: left, top, width, height.
pub(super) type Place = (f64, f64, f64, f64);

#[derive(Debug)]
pub(super) struct Blueprint {
    pub(super) width: f64,
    tiles: Vec<Tile>,
    made: Vec<(Ink, Pattern)>,
    shapes: Vec<Shape>,
    marks: Vec<Mark>,
}

/// To the hundredth of a pixel: finer nothing is seen, and texts of it are short.
fn fine(length: f64) -> f64 {
    (length * 100.0).round() / 100.0
}

impl Blueprint {
    pub(super) fn new(frame: &Frame) -> Self {
        let width = frame.width.clamp(NARROWEST, WIDEST).floor();
        Self { width, tiles: Vec::new(), made: Vec::new(), shapes: Vec::new(), marks: Vec::new() }
    }

    /// The fill of a colour and pattern.
    pub(super) fn paint(&mut self, ink: Ink, pattern: Pattern) -> Paint {
        if pattern == Pattern::Solid {
            return Paint::plain(ink);
        }
        let known = self.made.iter().position(|made| *made == (ink, pattern));
        let at = known.unwrap_or_else(|| {
            self.made.push((ink, pattern));
            self.tiles.push(tile(ink, pattern));
            self.tiles.len() - 1
        });
        Paint { ink, tile: u32::try_from(at).ok(), percent: 100 }
    }

    /// The fill of a group's mark.
    pub(super) fn paint_of_mark(&mut self, mark: u32) -> Paint {
        self.paint(Ink::of_mark(mark), Pattern::of_mark(mark))
    }

    pub(super) fn rect(&mut self, (x, y, width, height): Place, paint: Paint, edged: bool) {
        let [x, y, width, height] = [x, y, width.max(0.0), height.max(0.0)].map(fine);
        self.shapes.push(Shape::Rect { x, y, width, height, paint, edged });
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), paint: Paint, thick: f64) {
        let [x1, y1, x2, y2, thick] = [from.0, from.1, to.0, to.1, thick].map(fine);
        self.shapes.push(Shape::Line { x1, y1, x2, y2, paint, thick });
    }

    pub(super) fn rule(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink) {
        self.line(from, to, Paint::plain(ink), 1.0);
    }

    pub(super) fn disc(&mut self, (x, y): (f64, f64), r: f64, ink: Ink) {
        let [x, y, r] = [x, y, r].map(fine);
        self.shapes.push(Shape::Disc { x, y, r, paint: Paint::plain(ink) });
    }

    /// A text of an axis, or one beside the matter.
    pub(super) fn soft(&mut self, at: (f64, f64), text: impl Into<String>, anchor: Anchor) {
        self.text(at, text, anchor, Ink::Soft, false);
    }

    pub(super) fn text(&mut self, at: (f64, f64), text: impl Into<String>, anchor: Anchor, ink: Ink, strong: bool) {
        let [x, y] = [at.0, at.1].map(fine);
        self.shapes.push(Shape::Text { x, y, text: text.into(), ink, anchor, strong });
    }

    pub(super) fn mark(&mut self, (x, y, width, height): Place, text: String, calls: u32, asks: Option<Asks>) {
        let [x, y, width, height] = [x, y, width, height].map(fine);
        self.marks.push(Mark { x, y, width, height, text, calls, asks });
    }

    pub(super) fn chart(self, kind: ChartKind, title: String, lead: String, height: f64, table: ChartTable) -> Chart {
        Chart {
            kind,
            title,
            lead,
            notes: Vec::new(),
            width: self.width,
            height: height.ceil(),
            tiles: self.tiles,
            shapes: self.shapes,
            marks: self.marks,
            table,
        }
    }
}

/// A sentence in the place of a chart that has nothing to show.
pub(super) fn nothing(kind: ChartKind, title: String, why: String) -> Chart {
    Chart {
        kind,
        title,
        lead: why,
        notes: Vec::new(),
        width: 0.0,
        height: 0.0,
        tiles: Vec::new(),
        shapes: Vec::new(),
        marks: Vec::new(),
        table: ChartTable::default(),
    }
}

fn tile(ink: Ink, pattern: Pattern) -> Tile {
    const SIDE: f64 = 5.0;
    let (under, over) = (Paint::plain(Ink::Sheet), Paint::plain(ink));
    let rect = |x, y, width, height, paint| Shape::Rect { x, y, width, height, paint, edged: false };
    let mut shapes = vec![rect(0.0, 0.0, SIDE, SIDE, under)];
    match pattern {
        Pattern::Solid => shapes.push(rect(0.0, 0.0, SIDE, SIDE, over)),
        Pattern::Striped => shapes.push(rect(0.0, 0.0, 2.5, SIDE, over)),
        Pattern::Dotted => shapes.push(Shape::Disc { x: 2.5, y: 2.5, r: 1.5, paint: over }),
        Pattern::Crossed => {
            shapes.push(rect(0.0, 0.0, 1.0, SIDE, over));
            shapes.push(rect(0.0, 0.0, SIDE, 1.0, over));
        }
        Pattern::Open => {}
    }
    Tile { side: SIDE, turned: pattern == Pattern::Striped, shapes }
}

/// About how wide a text is: no font is at hand, and each face has its own, so it is said rather too wide.
pub(super) fn wide(text: &str) -> f64 {
    let ems = |letter: char| match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | ' ' | '\u{a0}' | '(' | ')' => 0.32,
        '-' | '\u{2011}' | 'r' | 't' | 'f' | '«' | '»' | '"' => 0.46,
        'm' | 'w' | 'ж' | 'м' | 'ш' | 'щ' | 'ы' | 'ю' | 'ф' | 'W' | 'M' | 'Ж' | 'М' | 'Ш' | 'Щ' | 'Ы' | 'Ю' | 'Ф'
        | '—' | '…' | '№' => 0.96,
        '0'..='9' | 'a'..='z' | 'а'..='я' | 'ё' => 0.62,
        // What is neither Latin nor Cyrillic may be as wide as it is high, or printed as its number.
        other if other > '\u{4ff}' => 1.1,
        _ => 0.74,
    };
    text.chars().map(ems).sum::<f64>() * TEXT
}

/// The text, cut where it is wider than its place.
pub(super) fn fitted(text: &str, room: f64) -> String {
    if wide(text) <= room {
        return text.to_owned();
    }
    let mut cut = String::new();
    for letter in text.chars() {
        cut.push(letter);
        if wide(&cut) + wide("…") > room {
            cut.pop();
            break;
        }
    }
    format!("{}…", cut.trim_end())
}
