//! `recipes`: list the known layouts.

use crate::exit::{Failure, Outcome};
use crate::session::Session;
use serde::Serialize;
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
    let answer = Recipes { recipes: ulika::import::recipes() };
    session.answer(&answer, |words| {
        let lines = answer.recipes.iter().map(|recipe| {
            format!("{}  {} ({})", recipe.name, words.recipe_title(recipe), recipe.containers.join(", "))
        });
        lines.collect::<Vec<_>>().join("\n")
    })?;
    Ok(Outcome::Done)
}
