//! A CSV file as the bundle writes it: UTF-8, commas, CRLF, quotes where needed.

use super::bag::failed;
use super::cells::cell;
use crate::error::{Code, Error, Result};
use csv::{ByteRecord, Terminator, Writer, WriterBuilder};
use std::fmt::Display;
use std::io::Write;

/// Writes rows cell by cell.
pub(super) struct CsvOut<'a> {
    writer: Writer<&'a mut dyn Write>,
    row: ByteRecord,
    number: String,
}

impl<'a> CsvOut<'a> {
    pub(super) fn new(out: &'a mut dyn Write, header: &[&str]) -> Result<Self> {
        let writer = WriterBuilder::new().flexible(true).terminator(Terminator::CRLF).from_writer(out);
        let mut csv = Self { writer, row: ByteRecord::new(), number: String::new() };
        for name in header {
            csv.word(name);
        }
        csv.end()?;
        Ok(csv)
    }

    /// A cell of a closed form: an identifier, a word of the program, a date.
    pub(super) fn word(&mut self, text: &str) -> &mut Self {
        self.row.push_field(text.as_bytes());
        self
    }

    /// A cell that holds a text of others.
    pub(super) fn free(&mut self, text: &str) -> &mut Self {
        self.row.push_field(cell(text).as_bytes());
        self
    }

    /// A number, an identifier.
    pub(super) fn number(&mut self, value: impl Display) -> &mut Self {
        use std::fmt::Write as _;
        self.number.clear();
        // Writing to a string cannot fail.
        let _ = write!(self.number, "{value}");
        self.row.push_field(self.number.as_bytes());
        self
    }

    /// A number that may be absent.
    pub(super) fn maybe(&mut self, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.number(value),
            None => self.word(""),
        }
    }

    /// The cells of the row so far.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        self.row.iter()
    }

    /// Ends the row.
    pub(super) fn end(&mut self) -> Result<()> {
        self.writer.write_byte_record(&self.row).map_err(csv_failed)?;
        self.row.clear();
        Ok(())
    }

    /// Ends the file.
    pub(super) fn finish(mut self) -> Result<()> {
        self.writer.flush().map_err(failed)
    }
}

fn csv_failed(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => failed(error),
        _ => Error::new(Code::Internal),
    }
}
