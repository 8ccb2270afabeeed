//! The one shape in which every container hands over its rows.

use super::columns::trimmed;
use super::encoding::Decoder;
use crate::error::Result;
use crate::model::RowPlace;
use serde::{Deserialize, Serialize};

/// Cells that are kept of one row; what lies beyond is counted and makes the row a problem.
pub(super) const MAX_CELLS: usize = 1024;

/// Bytes of a cell of a workbook or a page that are kept: a workbook holds no more letters by the format's own limit.
pub(super) const MAX_CELL: usize = 32_767 * 4;

/// A row as the container holds it: one text buffer and the cells as spans in it, so that reading a million rows
/// allocates nothing for a cell. It serialises, so that reading can run in a child process.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct RawRow {
    /// Where the row stands.
    pub place: RowPlace,
    /// Names of the columns, where rows bring them along, in order of appearance; empty for tables. It only grows.
    pub columns: Vec<String>,
    /// Attributes of the element around the row (the line of a billing detail).
    pub context: Vec<(String, String)>,
    /// Grows with every change of `context`, so that it is looked at only once.
    pub context_turn: u64,
    /// Elements that stood since the last row and say something of the whole file, with their attributes.
    pub about: Vec<(String, Vec<(String, String)>)>,
    /// 0 for a row; n for the n-th kind of other row element that the recipe names.
    pub element: u32,
    /// Cells beyond [`MAX_CELLS`].
    pub beyond: u64,
    /// Lines or sheet rows without content since the last row.
    pub blanks_before: u64,
    /// The container has told that this is a line of text around the rows.
    pub around: bool,
    /// What an extract says of a row that no header of its own explained in the file: the headings by which it was read,
    /// or none where nothing told them.
    pub elsewhere: Option<Vec<String>>,
    /// Dates that are bare numbers count from 1904.
    pub epoch_1904: bool,
    /// Name of the sheet; empty where there are none.
    pub sheet: String,
    /// Cells at the end may be left out where they are empty: a row that is short lacks nothing.
    pub may_be_short: bool,
    /// Columns whose cells the workbook keeps as times, whatever a person typed there.
    pub times: Vec<u16>,
    text: String,
    spans: Vec<(u32, u32)>,
}

/// Marks a cell that the row does not have.
const ABSENT: (u32, u32) = (u32::MAX, u32::MAX);

impl RawRow {
    /// A row that brings the names of its columns along.
    pub fn named(columns: Vec<String>) -> Self {
        Self { columns, ..Self::default() }
    }

    /// An empty row of a container that leaves empty cells at the end of a row out.
    pub fn of_sheets(epoch_1904: bool) -> Self {
        Self { epoch_1904, may_be_short: true, ..Self::default() }
    }

    /// Forgets the cells; the names and the context stay.
    pub fn clear(&mut self) {
        self.text.clear();
        self.spans.clear();
        self.times.clear();
        self.beyond = 0;
        self.blanks_before = 0;
        self.element = 0;
        self.around = false;
        self.elsewhere = None;
    }

    /// The cell, or `None` where the row has none.
    pub fn cell(&self, column: usize) -> Option<&str> {
        let &(start, end) = self.spans.get(column)?;
        self.text.get(start as usize..end as usize)
    }

    /// Notes that the workbook keeps the cell of a column as a time.
    pub fn note_time(&mut self, column: usize) {
        self.times.extend(u16::try_from(column));
    }

    /// Whether the workbook keeps the cell of a column as a time.
    pub fn is_time(&self, column: usize) -> bool {
        self.times.iter().any(|at| usize::from(*at) == column)
    }

    /// Cells, absent ones in the middle included.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Bytes of all cells.
    pub fn text_len(&self) -> usize {
        self.text.len()
    }

    /// Whether a line ends within a cell.
    pub fn has_break(&self) -> bool {
        memchr::memchr2(b'\n', b'\r', self.text.as_bytes()).is_some()
    }

    /// Whether no cell has any content.
    pub fn is_blank(&self) -> bool {
        self.beyond == 0 && self.cells().all(|cell| trimmed(cell).is_empty())
    }

    /// Columns of the cells that the row has, in the order in which it was written.
    pub fn as_written(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = (0..self.spans.len()).filter(|&column| self.spans[column] != ABSENT).collect();
        columns.sort_by_key(|&column| self.spans[column]);
        columns
    }

    /// Every cell from the left; absent ones are empty.
    pub fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.spans.len()).map(|column| self.cell(column).unwrap_or(""))
    }

    /// Sets a cell by writing to the end of the text.
    pub fn set_with(&mut self, column: usize, write: impl FnOnce(&mut String)) {
        if column >= MAX_CELLS {
            self.beyond += 1;
            return;
        }
        let start = self.text.len() as u32;
        write(&mut self.text);
        let end = self.text.len() as u32;
        if self.spans.len() <= column {
            self.spans.resize(column + 1, ABSENT);
        }
        self.spans[column] = (start, end);
    }

    /// Sets a cell.
    pub fn set(&mut self, column: usize, text: &str) {
        self.set_with(column, |buffer| buffer.push_str(text));
    }

    /// Appends a cell on the right.
    pub fn push(&mut self, text: &str) {
        self.set(self.spans.len(), text);
    }

    /// Takes all cells at once: the joined text and the end of each cell in it.
    pub fn fill(&mut self, text: &str, ends: &[usize]) {
        self.text.push_str(text);
        let mut start = 0;
        for &end in ends.iter().take(MAX_CELLS) {
            self.spans.push((start, end as u32));
            start = end as u32;
        }
        self.beyond += ends.len().saturating_sub(MAX_CELLS) as u64;
    }

    /// Takes the cells of the line below: the break stands in the cell that it cut.
    pub fn go_on(&mut self, below: &RawRow) {
        let mut cells: Vec<String> = self.cells().map(str::to_owned).collect();
        let mut more = below.cells();
        if let (Some(last), Some(first)) = (cells.last_mut(), more.next()) {
            last.push('\n');
            last.push_str(first);
        }
        cells.extend(more.map(str::to_owned));
        let beyond = self.beyond + below.beyond;
        self.clear();
        self.beyond = beyond;
        cells.iter().for_each(|cell| self.push(cell));
    }

    /// Takes a whole line whose cells stand between delimiters and nothing else; `false`, and nothing taken, where its
    /// bytes are no text as they are.
    pub fn fill_line(&mut self, line: &[u8], delimiter: u8, decoder: &Decoder) -> bool {
        if !decoder.append_line(line, &mut self.text) {
            return false;
        }
        let mut start = 0;
        for end in memchr::memchr_iter(delimiter, self.text.as_bytes()).chain([self.text.len()]) {
            if self.spans.len() < MAX_CELLS {
                self.spans.push((start, end as u32));
            } else {
                self.beyond += 1;
            }
            start = end as u32 + 1;
        }
        true
    }
}

/// What the taker of a row wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// The next row.
    Next,
    /// The first row of the next sheet.
    NextSheet,
    /// Nothing more.
    Enough,
}

/// Takes the rows of a container.
pub(super) type TakeRow<'t> = dyn FnMut(&RawRow) -> Result<Flow> + 't;

/// A container that yields rows. Rows are pushed, because a sheet borrows its workbook while it is read.
pub(super) trait RowReader {
    /// Hands every row to `take`, in file order, until it has enough. A row without content is not handed over
    /// but counted in the next one's `blanks_before`; the answer is the count after the last row.
    ///
    /// # Errors
    /// `FileTruncated`, `FileDamaged`, `XmlEntities`, `FileUnreadable` without the file's name; whatever `take` returns.
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64>;
}
