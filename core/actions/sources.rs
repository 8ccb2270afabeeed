//! What became of the rows of a source, as it was said when the source was imported; its zone is the one that holds.

use super::SourceAnswer;
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::import::{ContainerKind, OwnRecipe, RecipeInfo, recipes};
use crate::model::{ExtractOf, SourceId, ZoneBasis};
use crate::store::evidence::{self, StoredSource};
use crate::store::zones::zones_set;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

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
    if let Some(zone) = zones_set(case.connection())?.get(&id) {
        sums.zone = zone.name();
        ZoneBasis::Given.word().clone_into(&mut sums.zone_basis);
    }
    Ok(SourceAnswer { id: Some(id), entries: source_has_entries(&stored), ..sums })
}

/// The sums of a source as they were said when it was imported; none where they do not hold.
pub(super) fn sums_of(stored: &StoredSource) -> SourceAnswer {
    serde_json::from_str(&stored.sums).unwrap_or_default()
}

/// The whole file, where a source is an extract of one.
pub(super) fn extract_of(stored: &StoredSource) -> Option<ExtractOf> {
    // The sums of most sources need not be read for it.
    stored.sums.contains("\"extract_of\"").then(|| serde_json::from_str::<SourceAnswer>(&stored.sums).ok())??.extract_of
}

/// The known layouts whose rows bring the names of their columns along.
static OF_ENTRIES: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| recipes().into_iter().filter(is_of_entries).map(|recipe| recipe.name).collect());

fn is_of_entries(recipe: &RecipeInfo) -> bool {
    recipe.containers.iter().filter_map(|word| ContainerKind::from_word(word)).any(ContainerKind::names_columns)
}

/// Whether a file holds entries and no rows, by the recipe that read it: a person finds no row of that number in it.
pub(super) fn has_entries(recipe: &str, own: Option<&OwnRecipe>) -> bool {
    own.map_or_else(|| OF_ENTRIES.contains(recipe), |own| is_of_entries(&own.info()))
}

/// The same of a source. Where the text that stands with it does not hold, the name of its recipe says it.
pub(super) fn source_has_entries(stored: &StoredSource) -> bool {
    let own = stored.recipe_text.as_deref().and_then(|text| OwnRecipe::parse(text).ok());
    has_entries(&stored.source.recipe, own.as_ref())
}
