//! `withdraw`: take sources out of the case; their bytes stay.

use crate::exit::{Failure, Outcome};
use crate::session::Session;
use std::collections::BTreeSet;
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
    /// Sources
    #[arg(value_name = "SOURCE", required = true)]
    sources: Vec<i64>,
}

/// Runs the command.
///
/// # Errors
/// As [`actions::withdraw_source`].
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    let mut case = session.open(&args.case, Access::Write)?;
    let sources: BTreeSet<SourceId> = args.sources.iter().copied().map(SourceId).collect();
    let columns = CallColumns::default();
    // A number that is wrong is told before anything has gone.
    for source in &sources {
        actions::preview_withdrawal(&case, *source, &columns)?;
    }
    let (mut told, mut last) = (Vec::new(), None);
    for source in sources {
        // What goes with one may have been stated by another that went before it.
        told.push(actions::preview_withdrawal(&case, source, &columns)?);
        last = Some(actions::withdraw_source(&mut case, source)?);
    }
    session.answer(&last, |words| told.iter().map(|went| words.withdrawn(went)).collect::<Vec<_>>().join("\n"))?;
    Ok(Outcome::Done)
}
