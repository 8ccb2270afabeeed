//! `ulika-cli`: the actions of Ulika from a terminal, as `docs/cli.md` promises them.
//!
//! It parses arguments, calls one action of the core, and prints the answer: one JSON document, or words for a
//! person. It decides nothing about evidence and knows nothing of the case file.

mod args;
mod commands;
mod exit;
mod output;
mod progress;
mod session;
mod usage;
mod words;

use exit::Failure;
use session::Session;
use std::process::ExitCode;

fn main() -> ExitCode {
    let given: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let language = args::language(&given);
    let json = args::wants_json(&given);
    let outcome = match args::parse(&given, language) {
        Ok(arguments) => {
            Session::new(&arguments, language).and_then(|session| commands::run(arguments.command, &session))
        }
        Err(error) => usage::answer(&error, language, json),
    };
    match outcome {
        Ok(outcome) => outcome.code(),
        Err(failure) => report(&failure, language, json),
    }
}

/// Prints a failure where it belongs and turns it into an exit code.
fn report(failure: &Failure, language: words::Language, json: bool) -> ExitCode {
    let message = output::visible(&failure.message(language));
    let printed = if json { output::json(&failure.document(language)) } else { Ok(()) };
    if !json || printed.is_err() {
        output::notice(&message);
    }
    failure.code()
}
