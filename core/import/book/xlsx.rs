//! Excel since 2007, through the streaming cell reader only: the dense one allocates rows times columns, which a file
//! of 5 KB can drive to terabytes.

use super::cells::write_cell;
use super::guard::check_package;
use crate::error::{Code, Error, Result};
use crate::import::ReadSeek;
use crate::import::csv::unreadable;
use crate::import::rows::{Flow, MAX_CELLS, RawRow, RowReader, TakeRow};
use crate::model::RowPlace;
use calamine::{DataRef, Reader, SheetType, XlsxError};
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
        Ok(Self { book: calamine::Xlsx::new(file).map_err(of_calamine)? })
    }
}

impl RowReader for Xlsx<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        let book = &mut self.book;
        let epoch_1904 = book.has_1904_epoch();
        let sheets = book.sheets_metadata().to_vec();
        let mut row = RawRow::of_sheets(epoch_1904);
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
            let mut last_row = 0u64;
            row.clear();
            loop {
                let cell = cells.next_cell().map_err(|e| of_calamine(e).with("row", last_row))?;
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
                let column = cell.get_position().1 as usize;
                match cell.get_value() {
                    DataRef::Empty => {}
                    _ if column >= MAX_CELLS => row.beyond += 1,
                    value => row.set_with(column, |text| write_cell(value, text)),
                }
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
