//! Documents of pages: texts with their places, out of which lines and tables are put together again. A PDF holds no
//! table, only marks at places, so that what is read here is a reconstruction, and the person is told so.

mod draw;
mod guard;
mod table;

use super::ReadSeek;
use super::csv::unreadable;
use super::lines::{Lines, TextLine, TextLines};
use super::recipe::Recipe;
use super::rows::RowReader;
use super::seems;
use crate::error::{Code, Error, Result};
use crate::model::RowPlace;
use std::io::SeekFrom;
use std::sync::Arc;

/// Bytes of a document.
const MAX_FILE: u64 = 96 << 20;
/// Bytes of the stack of the thread that reads a document: what it holds may be nested.
const STACK: usize = 32 << 20;

/// A piece of text on one line of a page.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    text: String,
    /// Where it begins and ends from the left, and its baseline from the top, in points.
    left: f64,
    right: f64,
    base: f64,
    /// Height of its letters.
    size: f64,
}

/// What is drawn on a page, in the order in which it is drawn.
type Page = Vec<Piece>;

/// The pages of a document.
#[derive(Clone)]
pub(super) struct Pages(Arc<Vec<Page>>);

impl Pages {
    /// Reads a document.
    ///
    /// # Errors
    /// [`Code::FileTooLarge`], [`Code::FileDamaged`]; [`Code::FormatUnknown`] for one under a password or without text.
    pub fn read(file: &mut dyn ReadSeek) -> Result<Self> {
        let size = file.seek(SeekFrom::End(0)).map_err(unreadable)?;
        if size > MAX_FILE {
            return Err(Error::new(Code::FileTooLarge));
        }
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let mut bytes = Vec::with_capacity(size as usize);
        std::io::Read::read_to_end(&mut std::io::Read::take(file, MAX_FILE), &mut bytes).map_err(unreadable)?;
        guard::unpacked(&bytes)?;
        // A thread of its own: a fault of the library ends it and not the program.
        let thread = std::thread::Builder::new().name("pdf".to_owned()).stack_size(STACK);
        let read =
            thread.spawn(move || draw::pages(bytes)).map_err(|cause| Error::new(Code::FileDamaged).because(cause))?;
        let pages = read.join().unwrap_or_else(|_| Err(Error::new(Code::FileDamaged)))?;
        let is_text = |piece: &Piece| piece.text.chars().any(char::is_alphanumeric);
        if !pages.iter().flatten().any(is_text) {
            return Err(seems::refusal(
                "документ PDF без текста: страницы в нём — снимки или рисунки",
                "a PDF document without text: its pages are pictures",
            ));
        }
        Ok(Self(Arc::new(pages)))
    }

    /// The rows as a recipe wants them: by lines in the order of drawing, or by places.
    pub fn rows(&self, recipe: &Arc<Recipe>) -> Box<dyn RowReader> {
        match recipe.lines {
            Some(_) => Box::new(Lines::new(Box::new(Drawn { pages: self.clone(), page: 0, piece: 0, row: 0 }), recipe)),
            None => self.table(),
        }
    }

    /// The rows by the places of their cells.
    pub fn table(&self) -> Box<dyn RowReader> {
        Box::new(table::Tables::new(&self.0))
    }
}

/// The pieces of all pages as lines, in the order in which they are drawn.
struct Drawn {
    pages: Pages,
    page: usize,
    piece: usize,
    row: u64,
}

impl TextLines for Drawn {
    fn next_line(&mut self) -> Result<Option<TextLine>> {
        while let Some(page) = self.pages.0.get(self.page) {
            if let Some(piece) = page.get(self.piece) {
                self.piece += 1;
                self.row += 1;
                let place = RowPlace { sheet: 0, row: self.row, offset: 0, length: 0 };
                return Ok(Some(TextLine { text: piece.text.clone(), place }));
            }
            (self.page, self.piece) = (self.page + 1, 0);
        }
        Ok(None)
    }
}
