//! Charts of calls: data → shapes, the marks among them that can be asked about, and a table in words. Drawn once, here:
//! the window shows these shapes, and [`svg`] writes the same into the report.
//!
//! Pure: no case, no clock, no disk. What is large is counted before it is drawn ([`Tally`], [`numbers`]), so that a chart
//! of a million calls has no more shapes than one of a thousand.

mod block;
mod blueprint;
mod days;
mod graph;
mod hours;
mod lanes;
mod marks;
mod numbers;
mod scale;
pub mod svg;
mod tally;
#[cfg(test)]
mod tests;
mod words;

pub use block::block;
pub use days::days;
pub use graph::{Links, graph};
pub use hours::hours;
pub use lanes::lanes;
pub use marks::{COLOURS, MARKS, PATTERNS, marks_of};
pub use numbers::{NumberUse, numbers};
pub use scale::date;
pub use tally::{Counted, Local, Tally, weekday};
pub use words::Tongue;

use crate::model::{GroupId, Zone, words};
use serde::Serialize;

words!(
    /// What a chart shows.
    ChartKind {
        /// Calls by day, week, month or year, stacked by group.
        Days = "days",
        /// Calls at each hour of each weekday.
        Hours = "hours",
        /// The blocks of numbers of a group: which of them were used when.
        Block = "block",
        /// The numbers of a group, each in a lane of its own.
        Lanes = "lanes",
        /// Label, number, and to whom its range was allotted.
        Graph = "graph",
    }
);

words!(
    /// A colour by what it is for. Each face has its own value for light and dark; paper has one.
    Ink {
        /// Text and what is counted.
        Ink = "ink",
        /// Axes, and what is beside the matter.
        Soft = "soft",
        /// Rules.
        Line = "line",
        /// What it is drawn on.
        Sheet = "sheet",
        /// Colour of a group.
        Group0 = "group-0",
        /// Colour of a group.
        Group1 = "group-1",
        /// Colour of a group.
        Group2 = "group-2",
        /// Colour of a group.
        Group3 = "group-3",
        /// Colour of a group.
        Group4 = "group-4",
        /// Colour of a group.
        Group5 = "group-5",
        /// Colour of a group.
        Group6 = "group-6",
        /// Colour of a group.
        Group7 = "group-7",
    }
);

impl Ink {
    /// The colour of a group's mark.
    #[must_use]
    pub fn of_mark(mark: u32) -> Self {
        const GROUPS: [Ink; COLOURS as usize] =
            [Ink::Group0, Ink::Group1, Ink::Group2, Ink::Group3, Ink::Group4, Ink::Group5, Ink::Group6, Ink::Group7];
        GROUPS.get((mark % COLOURS) as usize).copied().unwrap_or(Ink::Ink)
    }
}

words!(
    /// Where a text stands from its point.
    Anchor {
        /// Behind it.
        Start = "start",
        /// Around it.
        Middle = "middle",
        /// Before it.
        End = "end",
    }
);

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Paint {
    /// Colour.
    pub ink: Ink,
    /// The pattern among [`Chart::tiles`]; `None` for a plain area.
    pub tile: Option<u32>,
    /// How much of the colour, in percent.
    pub percent: u8,
}

impl Paint {
    const fn plain(ink: Ink) -> Self {
        Self { ink, tile: None, percent: 100 }
    }
}

/// Something drawn. Lengths are in pixels of the window, to the hundredth; they are finite, which the bindings are told by
/// another type.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "shape", rename_all = "snake_case")]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Left.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        x: f64,
        /// Top.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        y: f64,
        /// Width.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        width: f64,
        /// Height.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        height: f64,
        /// Fill.
        paint: Paint,
        /// Whether a line of its colour goes round it.
        edged: bool,
    },
    /// A straight line.
    Line {
        /// From.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        x1: f64,
        /// From.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        y1: f64,
        /// To.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        x2: f64,
        /// To.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        y2: f64,
        /// Colour, and how much of it.
        paint: Paint,
        /// Thickness.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        thick: f64,
    },
    /// A disc.
    Disc {
        /// Middle.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        x: f64,
        /// Middle.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        y: f64,
        /// Radius.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        r: f64,
        /// Fill.
        paint: Paint,
    },
    /// A text of one line, its baseline at `y`.
    Text {
        /// Its point.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        x: f64,
        /// Baseline.
        #[cfg_attr(feature = "bindings", specta(type = i32))]
        y: f64,
        /// The text.
        text: String,
        /// Colour.
        ink: Ink,
        /// Where it stands from its point.
        anchor: Anchor,
        /// Whether it stands out.
        strong: bool,
    },
}

/// A pattern: a square that is repeated.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Tile {
    /// Side.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub side: f64,
    /// Whether it is turned by an eighth.
    pub turned: bool,
    /// What stands in it.
    pub shapes: Vec<Shape>,
}

/// Which calls a mark or a row stands for, as a list is narrowed to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Asks {
    /// First local day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last local day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Weekday, 0 for Monday.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekday: Option<u32>,
    /// Hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour: Option<u32>,
    /// Number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// First and last number of a block.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<(String, String)>,
    /// Whether the number is hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
    /// Label shown first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Whether a label was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labelled: Option<bool>,
    /// To whom the range of the number was allotted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

/// A place of the chart that means calls: it can be pointed at and gone to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Mark {
    /// Left.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub x: f64,
    /// Top.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub y: f64,
    /// Width.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub width: f64,
    /// Height.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub height: f64,
    /// What it is, in words.
    pub text: String,
    /// Calls that it stands for.
    pub calls: u32,
    /// Which these are; `None` for the rest of a list, which no list can be narrowed to.
    pub asks: Option<Asks>,
}

/// A row of the table behind a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ChartRow {
    /// One for each column.
    pub cells: Vec<String>,
    /// Its calls.
    pub asks: Option<Asks>,
}

/// The table behind a chart: the same in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ChartTable {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// How many columns at the left are words; the others are counts.
    pub words: u32,
    /// Rows.
    pub rows: Vec<ChartRow>,
}

/// A chart, drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Chart {
    /// What it shows.
    pub kind: ChartKind,
    /// Its title.
    pub title: String,
    /// What is to be seen, in a sentence; where nothing can be drawn, why.
    pub lead: String,
    /// What is not drawn, and what else is to be known.
    pub notes: Vec<String>,
    /// Width.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub width: f64,
    /// Height; 0 where nothing is drawn.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub height: f64,
    /// Patterns.
    pub tiles: Vec<Tile>,
    /// Shapes, from the back to the front.
    pub shapes: Vec<Shape>,
    /// Marks, in the order in which they are read.
    pub marks: Vec<Mark>,
    /// The table.
    pub table: ChartTable,
}

/// A group as a chart names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupNamed {
    /// Identity.
    pub id: GroupId,
    /// Name.
    pub name: String,
    /// Its mark: see [`marks_of`].
    pub mark: u32,
}

/// What all charts of one page have in common.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Width that there is.
    pub width: f64,
    /// In which language.
    pub tongue: Tongue,
    /// Zone of days and hours.
    pub zone: Zone,
}

/// Rows of numbers in a table behind a chart: beyond those that are drawn some more.
fn numbers_in_table(drawn: usize) -> usize {
    400_usize.saturating_sub(drawn)
}
