//! `register`: load registers of the numbering plan, into a case or for all cases of this computer.

use crate::exit::{Failure, Outcome};
use crate::output::{notice, visible};
use crate::session::Session;
use crate::words::Words;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions::{self, RegisterAnswer, RegisterOptions, Registers};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file, unless --user is given; then the files of the register: DEF-9xx.csv, ABC-3xx.csv
    #[arg(value_name = "CASE|FILE", required = true)]
    paths: Vec<PathBuf>,
    /// Load them for all cases of this computer
    #[arg(long)]
    user: bool,
    /// Day whose state they are: 2026-08-19 (otherwise by the name of the file, or when it was changed)
    #[arg(long, value_name = "DAY")]
    dated: Option<String>,
    /// Take files that are older than what is loaded
    #[arg(long)]
    older: bool,
}

/// Runs the command.
///
/// # Errors
/// As [`actions::load_case_registers`]; wrong usage where a case is named and no file.
pub fn run(args: Args, session: &Session) -> Result<Outcome, Failure> {
    let Args { paths, user, dated, older } = args;
    let options = RegisterOptions { dated, older, ..RegisterOptions::default() };
    let answer = match paths.as_slice() {
        files if user => actions::load_user_registers(files, &options, session.clock)?,
        [case, files @ ..] if !files.is_empty() => {
            let mut case = session.open(case, Access::Write)?;
            actions::load_case_registers(&mut case, files, &options)?
        }
        _ => return Err(Failure::usage(session.words().missing_argument("<FILE>"))),
    };
    session.answer(&answer, |words| told(&answer.registers, words))?;
    Ok(Outcome::Done)
}

/// Registers for people: each with what became of it and the rows that do not hold.
pub fn told(registers: &[RegisterAnswer], words: &dyn Words) -> String {
    let mut lines = Vec::new();
    for register in registers {
        lines.push(words.register(register, &visible(&register.origin.file)));
        lines.extend(register.problems.iter().map(|problem| words.register_problem(problem, &visible(&problem.found))));
    }
    lines.join("\n")
}

/// Says on standard error of which numbers it cannot be said to whom they were allotted. Programs ask `groups` for it.
pub fn notice_missing(registers: &Registers, session: &Session) {
    if !session.json && !registers.missing.is_empty() {
        notice(&session.words().registers_missing(registers));
    }
}
