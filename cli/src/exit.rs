//! How the program ends: outcomes, failures, and the exit codes that scripts rely on.

use crate::words::{Language, words};
use serde_json::{Map, Value, json};
use std::process::ExitCode;
use ulika::{Code, Error};

/// How a command ended that did what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done: 0.
    Done,
    /// A verification found differences: 3.
    Different,
}

impl Outcome {
    /// The exit code.
    pub fn code(self) -> ExitCode {
        match self {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Different => ExitCode::from(3),
        }
    }
}

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// The command was written wrongly: 2. Words in the person's language, and the particulars for programs.
    Usage(String, Map<String, Value>),
    /// The action failed: 1, 4 or 5 by its code.
    Action(Error),
    /// The answer could not be printed, though the action was carried out: 1.
    Output(std::io::Error),
}

/// The words for an error. What was not found is named by the core in the word that programs read.
fn in_words(error: &Error, language: Language) -> String {
    let what = error.detail.get("what").and_then(Value::as_str);
    match what.and_then(|what| words(language).thing(what)) {
        Some(noun) => {
            let mut shown = Error::new(error.code);
            shown.detail.clone_from(&error.detail);
            shown.with("what", noun).message(language.tag())
        }
        None => error.message(language.tag()),
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Action(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::Output(error)
    }
}

impl Failure {
    /// Wrong usage, in words.
    pub fn usage(message: impl Into<String>) -> Self {
        Failure::Usage(message.into(), Map::new())
    }

    /// The exit code.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Usage(..) => 2,
            Failure::Action(error) => match error.code {
                Code::PasswordOrNotACase => 4,
                Code::CaseLocked | Code::CaseNewer => 5,
                _ => 1,
            },
            Failure::Output(_) => 1,
        })
    }

    /// The words for a person.
    pub fn message(&self, language: Language) -> String {
        match self {
            Failure::Usage(message, _) => message.clone(),
            Failure::Action(error) => in_words(error, language),
            Failure::Output(_) => words(language).output_failed().to_owned(),
        }
    }

    /// The document for a program.
    pub fn document(&self, language: Language) -> Value {
        let (code, detail) = match self {
            Failure::Usage(_, detail) => ("usage", detail.clone()),
            Failure::Action(error) => (error.code.word(), error.detail.clone()),
            Failure::Output(_) => (Code::WriteFailed.word(), Map::new()),
        };
        json!({ "error": { "code": code, "message": self.message(language), "detail": detail } })
    }
}
