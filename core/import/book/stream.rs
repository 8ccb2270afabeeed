//! A sheet whose cells come one after another, as the rows that they stand in.

use super::cells::write_cell;
use crate::error::Result;
use crate::import::rows::{Flow, MAX_CELLS, RawRow, TakeRow};
use crate::model::RowPlace;
use calamine::{Cell, DataRef};

/// Hands the rows of one sheet to `take`; `next` gives its cells in the order of the file. Answers what is wanted next,
/// at the end of the sheet the next one.
///
/// # Errors
/// Of `next`, with the last row that was whole; of `take`.
pub(super) fn rows_of_cells<'c>(
    number: u32,
    row: &mut RawRow,
    mut next: impl FnMut() -> Result<Option<Cell<DataRef<'c>>>>,
    take: &mut TakeRow<'_>,
) -> Result<Flow> {
    row.clear();
    row.place = RowPlace { sheet: number, row: 0, offset: 0, length: 0 };
    let mut last_row = 0u64;
    loop {
        let cell = next().map_err(|error| error.with("row", last_row))?;
        let at = cell.as_ref().map(|c| u64::from(c.get_position().0) + 1);
        if at != Some(row.place.row) {
            if !row.is_blank() {
                row.blanks_before = row.place.row.saturating_sub(last_row + 1);
                last_row = row.place.row;
                match take(row)? {
                    Flow::Next => {}
                    other => return Ok(other),
                }
            }
            row.clear();
            row.place.row = at.unwrap_or(0);
        }
        let Some(cell) = cell else { return Ok(Flow::NextSheet) };
        match (cell.get_position().1 as usize, cell.get_value()) {
            (_, DataRef::Empty) => {}
            (MAX_CELLS.., _) => row.beyond += 1,
            (column, value) => {
                row.set_with(column, |text| write_cell(value, text));
                if matches!(value, DataRef::DateTime(_)) {
                    row.note_time(column);
                }
            }
        }
    }
}
