//! `attach`: add pictures, recordings and other files as exhibits.

use crate::args::closed_set;
use crate::exit::{Failure, Outcome};
use crate::output::visible;
use crate::progress;
use crate::session::Session;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions::{self, AttachOptions};
use ulika::model::{CallId, ExhibitKind};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// Files to attach
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Call that they belong to
    #[arg(long = "call", value_name = "ID")]
    calls: Vec<i64>,
    /// What they are, where the content does not say: screenshot, recording or document
    #[arg(long, value_name = "screenshot|recording|document", hide_possible_values = true,
        value_parser = closed_set(ExhibitKind::ALL, ExhibitKind::word, ExhibitKind::from_word))]
    kind: Option<ExhibitKind>,
    /// Caller label seen on them
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// As [`actions::attach`].
pub fn run(args: Args, session: &Session) -> Result<Outcome, Failure> {
    progress::cancel_on_interrupt();
    let options =
        AttachOptions { calls: args.calls.into_iter().map(CallId).collect(), kind: args.kind, label: args.label };
    let mut case = session.open(&args.case, Access::Write)?;
    let answer = progress::report(session, |progress| actions::attach(&mut case, &args.files, &options, progress))?;
    session.answer(&answer, |words| {
        let lines = answer.exhibits.iter().map(|exhibit| words.attached(exhibit, &visible(&exhibit.file)));
        lines.collect::<Vec<_>>().join("\n")
    })?;
    Ok(Outcome::Done)
}
