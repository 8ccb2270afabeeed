//! Excel in binary, through the streaming cell reader, as its sibling in XML.

use super::guard::{check_package, unharmed};
use super::stream::rows_of_cells;
use crate::error::{Code, Error, Result};
use crate::import::ReadSeek;
use crate::import::csv::unreadable;
use crate::import::rows::{Flow, RawRow, RowReader, TakeRow};
use calamine::{Reader, SheetType, XlsbError};
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
            let next = || unharmed(|| cells.next_cell().map_err(of_calamine));
            if rows_of_cells(number, &mut row, next, take)? == Flow::Enough {
                return Ok(0);
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
