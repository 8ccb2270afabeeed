//! `redo`: repeat the last action taken back.

use crate::exit::{Failure, Outcome};
use crate::session::Session;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// As [`actions::redo`].
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    let mut case = session.open(&args.case, Access::Write)?;
    // What the step is called is known before it is taken.
    let step = actions::overview(&case)?.redo.unwrap_or_default();
    let edited = actions::redo(&mut case)?;
    session.answer(&edited, |words| words.redone(&step))?;
    Ok(Outcome::Done)
}
