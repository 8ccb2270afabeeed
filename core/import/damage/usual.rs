//! What the first rows of a table are like that read, so that one above them that was damaged is known for what it is.

use super::super::container::Container;
use super::super::follower::{Follower, Part};
use super::super::identify::Layout;
use super::super::number;
use super::super::recipe::{ContainerKind, Field};
use super::super::rows::{Flow, RowReader};
use super::super::words::folded;
use super::length::Lengths;
use crate::error::Result;
use crate::model::{NumberKind, PhoneNumber};
use std::collections::BTreeMap;

/// Rows that read which are looked at, and rows in all.
const LOOKED_AT: u32 = 256;
const AMONG: u32 = 8 * LOOKED_AT;

/// Words that are kept.
const WAYS: usize = 8;

/// Rows that name a line before it is believed.
const LEAST: u32 = 2;

/// What most rows have.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Usual {
    /// Cells of a row that no header explains; 0 where a header tells.
    pub width: usize,
    /// Lines that rows name.
    pub lines: Vec<PhoneNumber>,
    /// Known words for the direction that rows write.
    pub ways: Vec<String>,
    /// How they write lengths.
    pub lengths: Lengths,
}

/// Looks at the first rows.
pub(in super::super) fn usual(reader: &mut dyn RowReader, layout: &Layout, mending: bool) -> Result<Usual> {
    let recipe = &layout.recipe;
    let lines = matches!(layout.container, Container::Csv(_)) && recipe.lines.is_none();
    if !mending || !lines || !recipe.reads(ContainerKind::Csv) {
        return Ok(Usual::default());
    }
    let mut follower = Follower::new(layout, mending);
    let (mut rows, mut seen, mut widths, mut named) = (0, 0, BTreeMap::new(), BTreeMap::new());
    let mut ways: Vec<String> = Vec::new();
    let mut lengths = Lengths::default();
    reader.each(&mut |row| {
        rows += 1;
        if follower.part(row) == Part::Data
            && let Some(columns) = follower.columns.as_ref().filter(|columns| columns.hold(recipe, row))
        {
            seen += 1;
            if columns.are_placed() || recipe.headless {
                *widths.entry(row.len()).or_insert(0_u32) += 1;
            }
            let way = columns.cell(row, Field::Direction);
            if ways.len() < WAYS && !ways.iter().any(|known| known == way) && recipe.way(&folded(way)).is_some() {
                ways.push(way.to_owned());
            }
            lengths.take(columns.cell(row, Field::Duration));
            let line = columns.cell(row, Field::Line);
            if !line.is_empty() && !super::stands_in(line) {
                *named.entry(line.to_owned()).or_insert(0_u32) += 1;
            }
        }
        Ok(if seen < LOOKED_AT && rows < AMONG { Flow::Next } else { Flow::Enough })
    })?;
    // Of two that are as frequent the narrower is one row.
    let width = widths.into_iter().max_by_key(|(width, rows)| (*rows, std::cmp::Reverse(*width)));
    let lines = named.into_iter().filter(|(_, rows)| *rows >= LEAST).map(|(text, _)| number::read(&text, None));
    let lines = lines.filter(|line| line.kind == NumberKind::E164).collect();
    Ok(Usual { width: width.map_or(0, |(width, _)| width), lines, ways, lengths })
}
