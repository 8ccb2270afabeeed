//! `describe`: the title of a case and the person's own numbers.

use super::new_case::read_line;
use crate::exit::{Failure, Outcome};
use crate::session::Session;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions::{self, LineGiven};
use ulika::model::CustodyKind;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// Title of the case; an empty one takes it away
    #[arg(long, value_name = "T")]
    title: Option<String>,
    /// One of your own numbers; those named become all the numbers of the case
    #[arg(long = "line", value_name = "NUMBER[,operator=…][,zone=Europe/Moscow]", conflicts_with = "no_lines")]
    lines: Vec<String>,
    /// Take all your own numbers away
    #[arg(long)]
    no_lines: bool,
}

/// Runs the command. What is not named stays.
///
/// # Errors
/// As [`actions::edit_case`]; wrong usage for a line with unknown parts.
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    let given = args.lines.iter().map(|text| read_line(text, session.words())).collect::<Result<Vec<_>, _>>()?;
    let mut case = session.open(&args.case, Access::Write)?;
    let (title, lines) = actions::case_facts(&case)?;
    let kept = || lines.into_iter().map(|number| LineGiven { number, ..LineGiven::default() }).collect();
    let lines = if given.is_empty() && !args.no_lines { kept() } else { given };
    let edited = actions::edit_case(&mut case, args.title.as_deref().unwrap_or(&title), &lines)?;
    session.answer(&edited, |words| words.done(CustodyKind::CaseEdited))?;
    Ok(Outcome::Done)
}
