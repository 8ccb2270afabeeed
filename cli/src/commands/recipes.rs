//! `recipes`: list the known layouts.

use crate::exit::{Failure, Outcome};
use crate::output::notice;
use crate::session::Session;
use serde::Serialize;
use ulika::actions::RecipeShelf;
use ulika::import::RecipeInfo;

/// Arguments: none of its own.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// The answer.
#[derive(Serialize)]
struct Recipes {
    recipes: Vec<RecipeInfo>,
}

/// Runs the command.
///
/// # Errors
/// [`Failure::Output`].
pub fn run(_: &Args, session: &Session) -> Result<Outcome, Failure> {
    let shelf = RecipeShelf::default();
    for broken in shelf.read().1 {
        notice(&session.words().broken_recipe(&broken));
    }
    let answer = Recipes { recipes: shelf.list() };
    session.answer(&answer, |words| {
        let lines = answer.recipes.iter().map(|recipe| {
            let title = if recipe.own { words.own_recipe() } else { words.recipe_title(recipe) };
            let confidence = recipe.confidence.map(|known| format!(", {}", words.confidence(known)));
            format!("{}  {title} ({}{})", recipe.name, recipe.containers.join(", "), confidence.unwrap_or_default())
        });
        lines.collect::<Vec<_>>().join("\n")
    })?;
    Ok(Outcome::Done)
}
