//! `withdraw`: take a source out of the case; its bytes stay.

use crate::exit::{Failure, Outcome};
use crate::session::Session;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions::{self, CallColumns};
use ulika::model::SourceId;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// Source
    #[arg(value_name = "SOURCE")]
    source: i64,
}

/// Runs the command.
///
/// # Errors
/// As [`actions::withdraw_source`].
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    let mut case = session.open(&args.case, Access::Write)?;
    let source = SourceId(args.source);
    let went = actions::preview_withdrawal(&case, source, &CallColumns::default())?;
    let edited = actions::withdraw_source(&mut case, source)?;
    session.answer(&edited, |words| words.withdrawn(&went))?;
    Ok(Outcome::Done)
}
