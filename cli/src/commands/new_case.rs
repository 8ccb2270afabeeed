//! `new`: make a case file.

use crate::exit::{Failure, Outcome};
use crate::session::Session;
use crate::words::Words;
use serde::Serialize;
use std::path::PathBuf;
use ulika::actions::{self, Edited, LineGiven, NewCase};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Path of the new case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// Title of the case
    #[arg(long, value_name = "T", default_value = "", hide_default_value = true)]
    title: String,
    /// One of your own numbers, with its operator and zone
    #[arg(long = "line", value_name = "NUMBER[,operator=…][,zone=Europe/Moscow]")]
    lines: Vec<String>,
}

/// The answer: the edit, and where the case lies.
#[derive(Serialize)]
struct Created {
    case: String,
    #[serde(flatten)]
    edited: Edited,
}

/// Runs the command.
///
/// # Errors
/// As [`actions::new_case`]; wrong usage for a line with unknown parts and for an empty password file.
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    if session.password_given && session.password.is_none() {
        // An empty password would silently make a plain file.
        return Err(Failure::usage(session.words().password_empty()));
    }
    let lines = args.lines.iter().map(|text| read_line(text, session.words())).collect::<Result<_, _>>()?;
    let new = NewCase { title: args.title.clone(), lines, password: session.password.clone() };
    let case = actions::new_case(&args.case, &new, session.clock)?;
    let event = actions::log(&case)?.custody.last().map_or(0, |entry| entry.seq);
    let path = args.case.to_string_lossy().into_owned();
    let created = Created { case: path, edited: Edited { event, changed: vec!["case".to_owned()], group: None } };
    session.answer(&created, |words| words.created(&created.case))?;
    Ok(Outcome::Done)
}

/// Reads `NUMBER[,operator=…][,zone=…]`.
pub(super) fn read_line(text: &str, words: &dyn Words) -> Result<LineGiven, Failure> {
    let mut parts = text.split(',');
    let number = parts.next().unwrap_or_default().trim().to_owned();
    let mut line = LineGiven { number, ..LineGiven::default() };
    for part in parts {
        match part.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
            Some(("operator", operator)) => line.operator = operator.to_owned(),
            Some(("zone", zone)) => line.zone = Some(zone.to_owned()),
            _ => return Err(Failure::usage(words.line_part_unknown(part))),
        }
    }
    Ok(line)
}
