//! What became of the rows of a source, as it was said when the source was imported.

use super::SourceAnswer;
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::import::{OwnRecipe, recipes};
use crate::model::SourceId;
use crate::store::evidence::{self, StoredSource};

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

/// Containers whose rows bring the names of their columns along: a person finds no row of that number in them.
const OF_ENTRIES: [&str; 4] = ["xml", "sqlite", "dump", "haudio"];

/// Whether a source holds entries and no rows, by the recipe that read it.
pub(super) fn has_entries(stored: &StoredSource) -> bool {
    let own = stored.recipe_text.as_deref().and_then(|text| OwnRecipe::parse(text).ok()).map(|own| own.info());
    let known = || recipes().into_iter().find(|recipe| recipe.name == stored.source.recipe);
    own.or_else(known).is_some_and(|recipe| recipe.containers.iter().any(|one| OF_ENTRIES.contains(&one.as_str())))
}
