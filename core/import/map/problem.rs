//! What a person is told of a row that cannot be read.

use super::{Mapper, Stated};
use crate::import::columns::Columns;
use crate::import::rows::RawRow;
use crate::import::when::Expected;
use crate::model::{RowFate, RowProblem};

/// Characters of a cell that a row problem shows.
const SHOWN: usize = 200;

impl Mapper<'_> {
    /// A row that reads and may yet be the rest of another.
    pub fn uncertain(row: &RawRow) -> Stated {
        let expected = Expected::of(
            "целая строка: её начало, возможно, строкой выше",
            "a whole row: it may begin on the line above",
        );
        fails(row, expected)
    }

    /// A row that reads and may go on below.
    pub fn unended(row: &RawRow) -> Stated {
        let expected =
            Expected::of("целая строка: её конец, возможно, строкой ниже", "a whole row: it may end on the line below");
        fails(row, expected)
    }

    /// A row that reads and says something else than was written: there is more in it than a row, or less.
    pub fn damaged(row: &RawRow) -> Stated {
        let expected = Expected::of("одна целая строка, без лишнего в ней", "one whole row with nothing else in it");
        fails(row, expected)
    }

    /// A row of a table of which no header tells what its cells are.
    pub fn unheaded(&self, row: &RawRow) -> Stated {
        // A sheet may be another line's as a whole.
        if self.around.is_some_and(|around| self.is_others(around)) {
            return Stated::Else(RowFate::OtherLine { place: row.place });
        }
        let expected = Expected::of(
            "заголовки столбцов над строкой: по ним видно, что в ней записано",
            "headings of the columns above the row, which tell what is in it",
        );
        fails(row, expected)
    }
}

/// A row that is a problem as a whole.
fn fails(row: &RawRow, expected: Expected) -> Stated {
    Stated::Else(RowFate::Problem { place: row.place, problem: problem_of(row, expected) })
}

/// The problem of a row as a whole: nothing tells which of its cells is wrong.
fn problem_of(row: &RawRow, expected: Expected) -> RowProblem {
    problem_at(row, String::new(), &shown(row), expected)
}

/// The cells of a row that is shown whole.
fn shown(row: &RawRow) -> String {
    let mut found = String::new();
    for cell in row.cells().take(64) {
        if !found.is_empty() {
            found.push_str(" | ");
        }
        found.push_str(cell);
        if found.len() > 4 * SHOWN {
            break;
        }
    }
    found
}

/// A row of the wrong width, whose cells cannot be told apart. Only tables of text can be too narrow: elsewhere empty
/// cells are left out.
pub(super) fn width_problem(row: &RawRow, columns: &Columns) -> Option<RowProblem> {
    let named = !row.columns.is_empty();
    if (named && row.beyond == 0) || columns.have_width_of(row) {
        return None;
    }
    let (wanted, given) = (columns.width, row.len() as u64 + row.beyond);
    let expected = Expected {
        russian: format!("столбцов: {wanted}, в строке: {given}"),
        english: format!("columns: {wanted}, in the row: {given}"),
    };
    Some(problem_of(row, expected))
}

/// A record in lines of text that has not the shape of one, and stands whole in its first cell: its beginning reads, and
/// nothing tells which of its other parts is unknown.
pub(super) fn shape_problem(row: &RawRow, columns: &Columns) -> Option<RowProblem> {
    if row.len() != 1 || columns.headings.len() < 2 {
        return None;
    }
    let fields = columns.headings.join(", ");
    let expected = Expected {
        russian: format!("запись с полями: {fields}; одно из них записано незнакомо"),
        english: format!("a record of the fields: {fields}; one of them is written in an unknown way"),
    };
    Some(problem_of(row, expected))
}

pub(super) fn problem_at(row: &RawRow, column: String, found: &str, expected: Expected) -> RowProblem {
    let found = found.chars().take(SHOWN).collect();
    let Expected { russian, english } = expected;
    RowProblem { sheet: row.place.sheet, row: row.place.row, column, found, expected: russian, expected_en: english }
}
