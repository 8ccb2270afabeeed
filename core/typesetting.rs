//! What the product asks of a typesetter. The crate `typeset` answers; nothing here knows how.

use crate::error::Result;

/// Makes a PDF of a typst source.
pub trait Typesetter: Sync {
    /// PDF bytes of `source`, reproducible: `now` (Unix seconds) is the only date in the file.
    ///
    /// # Errors
    /// [`crate::Code::Internal`] when the source does not compile: a fault of the program, not of the data.
    fn pdf(&self, source: &str, now: i64) -> Result<Vec<u8>>;
}
