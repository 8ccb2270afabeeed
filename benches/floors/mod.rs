//! The least work that could do what we do: read the file, put six columns into a table, index two of them, commit.
//! Nothing is checked, accounted for, digested or kept.

mod bytes;
mod lines;
pub mod lists;
mod merge;
mod table;

pub use bytes::{copied_and_digested, written_and_read_back};
use calamine::{DataRef, Reader, Xlsx};
use csv::ByteRecord;
pub use lines::{dump, html, sql, sqlite, text};
pub use merge::sorted_and_merged;
use quick_xml::events::Event;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use table::Table;

use crate::{Result, inputs};

/// Columns of the detail that the floors keep.
const COLUMNS: [usize; 6] = [1, 2, 3, 4, 5, 10];
/// Columns of a row of the detail.
const WIDTH: usize = 12;
/// What the log calls the same.
const ATTRIBUTES: [&str; 6] = ["date", "presentation", "type", "number", "duration", "contact_name"];

/// Calls `each` with every row of a detail, the header left out.
pub fn rows_of_csv(input: &Path, mut each: impl FnMut(&ByteRecord) -> Result<()>) -> Result<()> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).has_headers(false).from_path(input)?;
    let mut row = ByteRecord::new();
    let mut seen_header = false;
    while reader.read_byte_record(&mut row)? {
        if row.len() == WIDTH && row.get(0).is_some_and(|cell| !cell.is_empty()) {
            if seen_header {
                each(&row)?;
            }
            seen_header = true;
        }
    }
    Ok(())
}

/// The CSV into a table.
pub fn csv(input: &Path, folder: &Path) -> Result<()> {
    csv_into(input, folder, None)
}

/// The CSV into a table under a password.
pub fn csv_keyed(input: &Path, folder: &Path) -> Result<()> {
    csv_into(input, folder, Some(inputs::PASSWORD))
}

fn csv_into(input: &Path, folder: &Path, password: Option<&str>) -> Result<()> {
    Table::fill(&folder.join("floor.db"), password, |table| {
        rows_of_csv(input, |row| table.insert(COLUMNS.map(|column| row.get(column).unwrap_or_default())))
    })
}

/// The workbook into a table, cell by cell.
pub fn xlsx(input: &Path, folder: &Path) -> Result<()> {
    let mut book: Xlsx<_> = calamine::open_workbook(input)?;
    let sheet = book.sheet_names().first().cloned().ok_or("the workbook has no sheet")?;
    let mut cells = book.worksheet_cells_reader(&sheet)?;
    Table::fill(&folder.join("floor.db"), None, |table| {
        let mut row: [Vec<u8>; WIDTH] = Default::default();
        let mut at = 0;
        while let Some(cell) = cells.next_cell()? {
            let (line, column) = cell.get_position();
            if line != at {
                table.insert(COLUMNS.map(|column| row[column].as_slice()))?;
                row.iter_mut().for_each(Vec::clear);
                at = line;
            }
            let Some(text) = row.get_mut(column as usize) else { continue };
            match cell.get_value() {
                DataRef::String(value) => text.extend_from_slice(value.as_bytes()),
                DataRef::SharedString(value) => text.extend_from_slice(value.as_bytes()),
                DataRef::Float(value) => text.extend_from_slice(value.to_string().as_bytes()),
                _ => {}
            }
        }
        table.insert(COLUMNS.map(|column| row[column].as_slice()))
    })
}

/// The phone's log into a table.
pub fn xml(input: &Path, folder: &Path) -> Result<()> {
    let mut reader = quick_xml::Reader::from_reader(BufReader::with_capacity(1 << 16, File::open(input)?));
    let mut buffer = Vec::new();
    Table::fill(&folder.join("floor.db"), None, |table| {
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer)? {
                Event::Empty(element) if element.name().as_ref() == "call" => {
                    let mut row: [Vec<u8>; 6] = Default::default();
                    for attribute in element.attributes() {
                        let attribute = attribute?;
                        if let Some(column) = ATTRIBUTES.iter().position(|name| *name == attribute.key.as_ref()) {
                            row[column].extend_from_slice(attribute.value.as_bytes());
                        }
                    }
                    table.insert(row.each_ref().map(Vec::as_slice))?;
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    })
}
