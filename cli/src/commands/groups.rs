//! `groups`: list the groups, each with its reasons.

use super::register::notice_missing;
use crate::exit::{Failure, Outcome};
use crate::output::visible;
use crate::session::Session;
use crate::words::Words;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions::{self, GroupView};

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
/// As [`actions::groups`].
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    let case = session.open(&args.case, Access::Read)?;
    let answer = actions::groups(&case)?;
    notice_missing(&answer.registers, session);
    session.answer(&answer, |words| {
        if answer.groups.is_empty() {
            return words.no_groups().to_owned();
        }
        answer.groups.iter().map(|group| describe(group, words)).collect::<Vec<_>>().join("\n")
    })?;
    Ok(Outcome::Done)
}

/// A group as people read it: what it holds, then why.
fn describe(group: &GroupView, words: &dyn Words) -> String {
    let mut lines = vec![words.group_heading(group, &visible(&group.name))];
    if !group.numbers.is_empty() {
        lines.push(format!("  {}: {}", words.numbers(), visible(&group.numbers.join(", "))));
    }
    if !group.labels.is_empty() {
        let labels: Vec<String> =
            group.labels.iter().map(|label| format!("«{}» × {}", visible(&label.text), label.seen)).collect();
        lines.push(format!("  {}: {}", words.labels(), labels.join(", ")));
    }
    for pool in &group.pools {
        lines.push(format!("  {}", words.pool(pool)));
    }
    for reason in &group.reasons {
        lines.push(format!("  — {}", visible(words.either(&reason.text, &reason.text_en))));
    }
    lines.join("\n")
}
