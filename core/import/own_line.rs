//! The own line of a table that has a column for either party and names no line: the number that stands in every row.

use super::ReadSeek;
use super::identify::Layout;
use super::number;
use super::reading::{Follower, Part};
use super::recipe::Field;
use super::rows::Flow;
use crate::error::Result;
use crate::model::NumberKind;

/// Rows that are looked at.
const ROWS: usize = 200;
/// Fewer rows than these prove nothing.
const LEAST: usize = 3;

/// The number, as it is written where it first stands; none where no number or more than one stands in every row.
pub(super) fn in_every_row(file: &mut dyn ReadSeek, layout: &Layout) -> Result<Option<String>> {
    if layout.container.names_columns() || !layout.recipe.general {
        return Ok(None);
    }
    let mut follower = Follower::new(layout);
    let mut left: Vec<(String, String)> = Vec::new();
    let mut rows = 0;
    layout.open(file)?.each(&mut |row| {
        if follower.part(row) != Part::Data {
            return Ok(Flow::Next);
        }
        let both = |columns: &&super::columns::Columns| columns.has(Field::Caller) && columns.has(Field::Callee);
        let Some(columns) = follower.columns.as_ref().filter(both) else { return Ok(Flow::Enough) };
        let here = [Field::Caller, Field::Callee].map(|field| columns.cell(row, field));
        let read = here.map(|text| (number::read(text, None), text));
        let numbers = read.iter().filter(|(number, _)| number.kind == NumberKind::E164);
        let numbers: Vec<(String, String)> =
            numbers.map(|(number, text)| (number.text.clone(), (*text).to_owned())).collect();
        rows += 1;
        if rows == 1 {
            left = numbers;
            left.dedup_by(|a, b| a.0 == b.0);
        } else {
            left.retain(|(number, _)| numbers.iter().any(|(other, _)| other == number));
        }
        Ok(if left.is_empty() || rows == ROWS { Flow::Enough } else { Flow::Next })
    })?;
    let only = left.len() == 1 && rows >= LEAST;
    Ok(left.pop().filter(|_| only).map(|(_, written)| written))
}
