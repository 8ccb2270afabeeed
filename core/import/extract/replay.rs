//! The rows of an extract, handed over as the container of the whole file handed them over.

use super::MAX_LINE;
use super::line::read_row;
use crate::error::{Code, Error, Result};
use crate::import::ReadSeek;
use crate::import::csv::unreadable;
use crate::import::rows::{Flow, RawRow, RowReader, TakeRow};
use std::io::{BufRead, BufReader, Read, SeekFrom};

/// An extract that is read.
pub(in crate::import) struct Replay<'f> {
    file: &'f mut dyn ReadSeek,
}

impl<'f> Replay<'f> {
    pub fn new(file: &'f mut dyn ReadSeek) -> Self {
        Self { file }
    }
}

impl RowReader for Replay<'_> {
    fn each(&mut self, take: &mut TakeRow<'_>) -> Result<u64> {
        self.file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let mut input = BufReader::new(&mut *self.file);
        let (mut row, mut text, mut last) = (RawRow::default(), Vec::new(), None);
        let mut is_head = true;
        let mut passed = None;
        loop {
            text.clear();
            let limit = MAX_LINE as u64 + 1;
            if (&mut input).take(limit).read_until(b'\n', &mut text).map_err(unreadable)? == 0 {
                return Ok(0);
            }
            if text.pop() != Some(b'\n') {
                let code = if text.len() >= MAX_LINE { Code::FileDamaged } else { Code::FileTruncated };
                return Err(Error::new(code));
            }
            if std::mem::take(&mut is_head) {
                continue;
            }
            if !read_row(&text, &mut row) {
                return Err(Error::new(Code::FileDamaged));
            }
            let place = (row.place.sheet, row.place.row);
            // Whoever looks for a row goes through them in this order.
            if last.is_some_and(|last| place <= last) {
                return Err(Error::new(Code::FileDamaged));
            }
            last = Some(place);
            if passed == Some(place.0) {
                continue;
            }
            match take(&row)? {
                Flow::Next => {}
                Flow::NextSheet => passed = Some(place.0),
                Flow::Enough => return Ok(0),
            }
        }
    }
}
