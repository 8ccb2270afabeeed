//! `excerpt`: a masked excerpt of a file, to have its layout described by.

use crate::exit::{Failure, Outcome};
use crate::session::Session;
use serde::Serialize;
use std::path::PathBuf;
use ulika::actions;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// The answer.
#[derive(Serialize)]
struct Excerpt {
    excerpt: String,
}

/// Runs the command.
///
/// # Errors
/// As [`actions::excerpt_of`]; [`Failure::Output`].
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    let answer = Excerpt { excerpt: actions::excerpt_of(&args.file)? };
    session.answer(&answer, |_| answer.excerpt.clone())?;
    Ok(Outcome::Done)
}
