//! What the product asks of a typesetter. The crate `typeset` answers; nothing here knows how.

use crate::error::Result;

/// A picture that a source names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Name by which the source calls for it.
    pub name: String,
    /// JPEG, PNG, or SVG under a name that ends so.
    pub bytes: Vec<u8>,
}

/// Makes a PDF of a typst source.
pub trait Typesetter: Sync {
    /// PDF bytes of `source`, reproducible: `now` (Unix seconds) is the only date in the file.
    ///
    /// # Errors
    /// [`crate::Code::Internal`] when the source does not compile: a fault of the program, not of the data.
    fn pdf(&self, source: &str, now: i64) -> Result<Vec<u8>>;

    /// The same for a source that calls for pictures. A typesetter that knows none sets the text alone.
    ///
    /// # Errors
    /// As [`Typesetter::pdf`].
    fn pdf_with(&self, source: &str, pictures: &[Picture], now: i64) -> Result<Vec<u8>> {
        let _ = pictures;
        self.pdf(source, now)
    }
}
