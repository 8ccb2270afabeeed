//! Excel since 2007, through the streaming cell reader only: the dense one allocates rows times columns, which a file
//! of 5 KB can drive to terabytes.

use super::guard::{check_package, unharmed};
use super::stream::rows_of_cells;
use crate::error::{Code, Error, Result};
use crate::import::ReadSeek;
use crate::import::csv::unreadable;
use crate::import::rows::{Flow, RawRow, RowReader, TakeRow};
use calamine::{Reader, SheetType, XlsxError};
use std::io::SeekFrom;

/// A workbook: all its sheets, one after another.
pub(in crate::import) struct Xlsx<'f> {
    book: calamine::Xlsx<&'f mut dyn ReadSeek>,
}

impl<'f> Xlsx<'f> {
    /// Refuses what would unpack to far more than it should before anything is unpacked.
    pub fn new(file: &'f mut dyn ReadSeek) -> Result<Self> {
        // Sheets are streamed, the other parts are held.
        check_package(file, |name| name.starts_with("xl/") && !name.starts_with("xl/worksheets/"))?;
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        Ok(Self { book: unharmed(|| calamine::Xlsx::new(file).map_err(of_calamine))? })
    }
}

impl RowReader for Xlsx<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let book = &mut self.book;
        let sheets = book.sheets_metadata().to_vec();
        let mut row = RawRow::of_sheets(book.has_1904_epoch());
        for (index, sheet) in sheets.iter().enumerate() {
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            let mut cells = match book.worksheet_cells_reader(&sheet.name) {
                Ok(cells) => cells,
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(error) => return Err(of_calamine(error)),
            };
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            row.sheet.clone_from(&sheet.name);
            if rows_of_cells(number, &mut row, || cells.next_cell().map_err(of_calamine), take)? == Flow::Enough {
                return Ok(0);
            }
        }
        Ok(0)
    }
}

fn of_calamine(error: XlsxError) -> Error {
    let code = match &error {
        XlsxError::XmlEof(_) => Code::FileTruncated,
        XlsxError::Io(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => Code::FileTruncated,
        _ => Code::FileDamaged,
    };
    Error::new(code).because(error)
}
