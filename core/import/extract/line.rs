//! A row as a line of an extract.

use crate::error::{Code, Error, Result};
use crate::import::rows::RawRow;
use crate::model::RowPlace;
use serde::{Deserialize, Serialize};

/// A row of an extract. What is absent is zero, empty or, of names and of the line around the row, as in the row before.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct RowLine {
    #[serde(skip_serializing_if = "is_zero")]
    sheet: u64,
    row: u64,
    #[serde(skip_serializing_if = "is_zero")]
    offset: u64,
    #[serde(skip_serializing_if = "is_zero")]
    length: u64,
    /// The line's own name for its sheet, where the recipe takes it from there.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet_name: Option<String>,
    /// Names of the columns, where rows bring them along.
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<Vec<String>>,
    /// Attribute of an element around the row that names the line; empty where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<Vec<(String, String)>>,
    #[serde(skip_serializing_if = "is_zero")]
    turn: u64,
    #[serde(skip_serializing_if = "is_zero")]
    element: u64,
    #[serde(skip_serializing_if = "is_zero")]
    beyond: u64,
    #[serde(skip_serializing_if = "is_false")]
    around: bool,
    /// Headings from elsewhere in the file, by which this row and those below it are read; none where nothing told them.
    #[serde(skip_serializing_if = "Option::is_none")]
    elsewhere: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_false")]
    epoch_1904: bool,
    #[serde(skip_serializing_if = "is_false")]
    may_be_short: bool,
    /// Columns whose cells the workbook kept as times.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    times: Vec<u16>,
    /// Columns in the order in which the row was written, where that is not from the left.
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<Vec<usize>>,
    /// Cells from the left; `null` for one that the row does not have.
    cells: Vec<Option<String>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// What the row before had, which is not written again.
#[derive(Default)]
pub(super) struct Before {
    columns: Vec<String>,
    context: Vec<(String, String)>,
}

/// Writes a row. `context` is what of the elements around it names the picked line, `sheet_name` whether its sheet does.
///
/// # Errors
/// [`Code::Internal`].
pub(super) fn row_line(
    row: &RawRow,
    before: &mut Before,
    context: Option<(String, String)>,
    sheet_name: bool,
    elsewhere: Option<Vec<String>>,
) -> Result<Vec<u8>> {
    let context: Vec<(String, String)> = context.into_iter().collect();
    let columns = (row.columns != before.columns).then(|| row.columns.clone());
    let around = (context != before.context).then(|| context.clone());
    *before = Before { columns: row.columns.clone(), context };
    let written = row.as_written();
    let line = RowLine {
        sheet: row.place.sheet.into(),
        row: row.place.row,
        offset: row.place.offset,
        length: row.place.length.into(),
        sheet_name: sheet_name.then(|| row.sheet.clone()),
        columns,
        context: around,
        turn: row.context_turn,
        element: row.element.into(),
        beyond: row.beyond,
        around: row.around,
        elsewhere,
        epoch_1904: row.epoch_1904,
        may_be_short: row.may_be_short,
        times: row.times.clone(),
        cells: (0..row.len()).map(|column| row.cell(column).map(str::to_owned)).collect(),
        written: (!written.is_sorted()).then_some(written),
    };
    serde_json::to_vec(&line).map_err(|e| Error::new(Code::Internal).because(e))
}

/// Reads a row over the one before, which keeps what is not said again. `false` where it is none.
pub(super) fn read_row(text: &[u8], row: &mut RawRow) -> bool {
    let Ok(line) = serde_json::from_slice::<RowLine>(text) else { return false };
    let small = |number: u64| u32::try_from(number).ok();
    let (Some(sheet), Some(length), Some(element)) = (small(line.sheet), small(line.length), small(line.element))
    else {
        return false;
    };
    row.clear();
    row.place = RowPlace { sheet, row: line.row, offset: line.offset, length };
    row.sheet = line.sheet_name.unwrap_or_default();
    if let Some(columns) = line.columns {
        row.columns = columns;
    }
    if let Some(context) = line.context {
        row.context = context;
    }
    row.context_turn = line.turn;
    (row.element, row.around, row.elsewhere) = (element, line.around, line.elsewhere);
    (row.epoch_1904, row.may_be_short) = (line.epoch_1904, line.may_be_short);
    let order = line.written.unwrap_or_else(|| (0..line.cells.len()).collect());
    for column in order {
        if let Some(Some(text)) = line.cells.get(column) {
            row.set(column, text);
        }
    }
    row.times = line.times;
    row.beyond = row.beyond.saturating_add(line.beyond);
    true
}
