//! A sheet written row by row, without a clock: the workbook says that it was made on a fixed day.

use crate::Result;
use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// The sheet being written and the row at which it stands.
pub struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    date_and_time: Format,
}

impl Sheet<'_> {
    /// Ends the row.
    pub fn next(&mut self) {
        self.row += 1;
    }

    /// A row of texts; an empty one leaves the row blank.
    pub fn texts<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<()> {
        for (column, text) in cells.iter().enumerate() {
            self.text(column as u16, text.as_ref())?;
        }
        self.next();
        Ok(())
    }

    /// A text; an empty one leaves the cell out.
    pub fn text(&mut self, column: u16, text: &str) -> Result<()> {
        if !text.is_empty() {
            self.sheet.write_string(self.row, column, text)?;
        }
        Ok(())
    }

    /// A number.
    pub fn number(&mut self, column: u16, number: f64) -> Result<()> {
        self.sheet.write_number(self.row, column, number)?;
        Ok(())
    }

    /// A date with time, as a number of days with a format.
    pub fn moment(&mut self, column: u16, at: NaiveDateTime) -> Result<()> {
        let since = at - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default().and_time(chrono::NaiveTime::MIN);
        let days = since.num_seconds() as f64 / 86_400.0;
        self.sheet.write_number_with_format(self.row, column, days, &self.date_and_time)?;
        Ok(())
    }

    /// A formula and the result that its author saw.
    pub fn formula(&mut self, column: u16, formula: &str, result: &str) -> Result<()> {
        self.sheet.write_formula(self.row, column, Formula::new(formula).set_result(result))?;
        Ok(())
    }

    /// A text in any cell.
    pub fn at(&mut self, row: u32, column: u16, text: &str) -> Result<()> {
        self.sheet.write_string(row, column, text)?;
        Ok(())
    }
}

/// A workbook of one sheet in memory, as `fill` writes it.
pub fn workbook(name: &str, fill: impl FnOnce(&mut Sheet<'_>) -> Result<()>) -> Result<Vec<u8>> {
    let mut book = book()?;
    fill(&mut Sheet { sheet: book.add_worksheet().set_name(name)?, row: 0, date_and_time: date_and_time() })?;
    Ok(book.save_to_buffer()?)
}

/// A sheet's name and what writes it.
pub type Named<'a> = (&'a str, Box<dyn FnOnce(&mut Sheet<'_>) -> Result<()> + 'a>);

/// A workbook of several sheets in memory.
pub fn workbook_of(sheets: Vec<Named<'_>>) -> Result<Vec<u8>> {
    let mut book = book()?;
    for (name, fill) in sheets {
        fill(&mut Sheet { sheet: book.add_worksheet().set_name(name)?, row: 0, date_and_time: date_and_time() })?;
    }
    Ok(book.save_to_buffer()?)
}

/// The same on disk, with memory that does not grow with the rows.
pub fn large_workbook(
    name: &str,
    target: &std::path::Path,
    fill: impl FnOnce(&mut Sheet<'_>) -> Result<()>,
) -> Result<()> {
    let mut book = book()?;
    let sheet = book.add_worksheet_with_constant_memory()?.set_name(name)?;
    fill(&mut Sheet { sheet, row: 0, date_and_time: date_and_time() })?;
    Ok(book.save(target)?)
}

fn book() -> Result<Workbook> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2025, 8, 1)?.and_hms(9, 0, 0)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(book)
}

fn date_and_time() -> Format {
    Format::new().set_num_format("dd.mm.yyyy hh:mm:ss")
}
