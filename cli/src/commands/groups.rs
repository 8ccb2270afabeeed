//! `groups`: list the groups, each with its reasons.

use super::register::notice_missing;
use crate::exit::{Failure, Outcome};
use crate::output::visible;
use crate::progress;
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
    /// Say of each reason how often the like is found among your ordinary calls, however large the case is
    #[arg(long)]
    chance: bool,
}

/// Where groups hold more calls than this, figures of chance are told only when they are asked for.
const AT_ONCE: u64 = 20_000;

/// Runs the command.
///
/// # Errors
/// As [`actions::groups`].
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    let case = session.open(&args.case, Access::Read)?;
    progress::cancel_on_interrupt();
    let mut answer = actions::groups(&case)?;
    let calls: u64 = answer.groups.iter().map(|group| u64::from(group.calls)).sum();
    // People are told only when they ask: a figure beside each reason would be read as a verdict.
    if args.chance || (session.json && calls <= AT_ONCE) {
        progress::report(session, |progress| actions::tell_chance(&case, &mut answer, progress))?;
    }
    notice_missing(&answer.registers, session);
    session.answer(&answer, |words| {
        if answer.groups.is_empty() {
            return words.no_groups().to_owned();
        }
        let told = answer.groups.iter().map(|group| describe(group, words)).collect::<Vec<_>>().join("\n");
        match &answer.chance {
            Some(basis) => format!("{told}\n{}", words.chance_basis(basis)),
            None => told,
        }
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
        let text = visible(words.either(&reason.text, &reason.text_en));
        let chance = reason.chance.map_or_else(String::new, |chance| format!(" ({})", words.chance(chance)));
        lines.push(format!("  — {text}{chance}"));
    }
    for conflict in &group.conflicts {
        lines.push(format!("  ! {}", visible(words.either(&conflict.text, &conflict.text_en))));
    }
    lines.join("\n")
}
