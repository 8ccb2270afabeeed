//! Read a document that is text: its beginning, whatever it is encoded in.

use super::exhibits::present;
use crate::case::Case;
use crate::error::Result;
use crate::import::{TextSeen, beginning_of_text};
use crate::model::{ExhibitId, ExhibitKind};
use crate::store::blobs::Blob;

/// So much of a document is shown.
const SHOWN: usize = 128 << 10;

/// The beginning of an exhibit that is text; `None` for what is none.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound).
pub fn text_of(case: &Case, id: ExhibitId) -> Result<Option<TextSeen>> {
    let exhibit = present(case.connection(), id)?;
    let other = ["image/", "audio/", "video/", "application/pdf", "application/zip"];
    if exhibit.kind != ExhibitKind::Document || other.iter().any(|kind| exhibit.media_type.starts_with(kind)) {
        return Ok(None);
    }
    let mut blob = Blob::open(case.connection(), exhibit.original)?;
    Ok(beginning_of_text(&mut blob, SHOWN))
}
