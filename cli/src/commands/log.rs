//! `log`: show the custody chain and the release log.

use crate::exit::{Failure, Outcome};
use crate::output::visible;
use crate::session::Session;
use crate::words::Words;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions::{self, LogAnswer, LogEntry};

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
/// As [`actions::log`].
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    let case = session.open(&args.case, Access::Read)?;
    let answer = actions::log(&case)?;
    session.answer(&answer, |words| text(&answer, words))?;
    Ok(Outcome::Done)
}

fn text(answer: &LogAnswer, words: &dyn Words) -> String {
    let mut lines = vec![words.custody_log().to_owned()];
    lines.extend(answer.custody.iter().map(|entry| line(entry, words)));
    if !answer.releases.is_empty() {
        lines.push(words.release_log().to_owned());
        lines.extend(answer.releases.iter().map(|entry| line(entry, words)));
    }
    lines.join("\n")
}

fn line(entry: &LogEntry, words: &dyn Words) -> String {
    let details = entry.details.as_deref().map(visible).unwrap_or_default();
    format!("{:>4}  {}  {}  {details}", entry.seq, entry.at, words.event(&visible(&entry.kind))).trim_end().to_owned()
}
