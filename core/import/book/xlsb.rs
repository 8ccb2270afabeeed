//! Excel in binary, through the streaming cell reader, as its sibling in XML.

use super::cells::write_cell;
use super::guard::{check_package, unharmed};
use crate::error::{Code, Error, Result};
use crate::import::ReadSeek;
use crate::import::csv::unreadable;
use crate::import::rows::{Flow, MAX_CELLS, RawRow, RowReader, TakeRow};
use crate::model::RowPlace;
use calamine::{Cell, DataRef, Reader, SheetType, XlsbError};
use std::io::SeekFrom;

/// A workbook: all its sheets, one after another.
pub(in crate::import) struct Xlsb<'f> {
    book: calamine::Xlsb<&'f mut dyn ReadSeek>,
}

impl<'f> Xlsb<'f> {
    /// Refuses what would unpack to far more than it should before anything is unpacked.
    pub fn new(file: &'f mut dyn ReadSeek) -> Result<Self> {
        check_package(file, |name| name.starts_with("xl/") && !name.starts_with("xl/worksheets/"))?;
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        Ok(Self { book: unharmed(|| calamine::Xlsb::new(file).map_err(of_calamine))? })
    }
}

impl RowReader for Xlsb<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let book = &mut self.book;
        let sheets = book.sheets_metadata().to_vec();
        let mut row = RawRow::of_sheets(book.has_1904_epoch());
        for (index, sheet) in sheets.iter().enumerate() {
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            let mut cells = unharmed(|| book.worksheet_cells_reader(&sheet.name).map_err(of_calamine))?;
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            row.sheet.clone_from(&sheet.name);
            let mut last_row = 0u64;
            row.clear();
            loop {
                let cell: Option<Cell<DataRef<'_>>> =
                    unharmed(|| cells.next_cell().map_err(of_calamine)).map_err(|error| error.with("row", last_row))?;
                let at = cell.as_ref().map(|c| u64::from(c.get_position().0) + 1);
                if at != Some(row.place.row) || row.place.sheet != number {
                    if row.place.sheet == number && !row.is_blank() {
                        row.blanks_before = row.place.row.saturating_sub(last_row + 1);
                        last_row = row.place.row;
                        match take(&row)? {
                            Flow::Next => {}
                            Flow::NextSheet => break,
                            Flow::Enough => return Ok(0),
                        }
                    }
                    row.clear();
                    row.place = RowPlace { sheet: number, row: at.unwrap_or(0), offset: 0, length: 0 };
                }
                let Some(cell) = cell else { break };
                match (cell.get_position().1 as usize, cell.get_value()) {
                    (_, DataRef::Empty) => {}
                    (MAX_CELLS.., _) => row.beyond += 1,
                    (column, value) => row.set_with(column, |text| write_cell(value, text)),
                }
            }
        }
        Ok(0)
    }
}

fn of_calamine(error: XlsbError) -> Error {
    let code = match &error {
        XlsbError::Io(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => Code::FileTruncated,
        _ => Code::FileDamaged,
    };
    Error::new(code).because(error)
}
