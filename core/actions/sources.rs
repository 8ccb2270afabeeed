//! What became of the rows of a source, as it was said when the source was imported.

use super::SourceAnswer;
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::model::SourceId;
use crate::store::evidence;

/// The sums and the row problems of a source that is in the case.
///
/// # Errors
/// [`Code::NotFound`].
pub fn source_sums(case: &Case, id: SourceId) -> Result<SourceAnswer> {
    let absent = || Error::new(Code::NotFound).with("what", "source").with("id", id.0);
    let sources = evidence::live_sources(case.connection())?;
    let stored = sources.into_iter().find(|s| s.source.id == id).ok_or_else(absent)?;
    let mut sums: SourceAnswer =
        serde_json::from_str(&stored.sums).map_err(|e| Error::new(Code::CaseDamaged).because(e))?;
    sums.id = Some(id);
    Ok(sums)
}
