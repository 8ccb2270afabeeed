//! What clap found, in words of the person's language: wrong usage, help, the version.

use crate::exit::{Failure, Outcome};
use crate::output;
use crate::words::{Language, words};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use serde_json::{Map, Value, json};

/// Commands of the contract that later versions bring.
const LATER: &[&str] = &["step", "findings", "readiness", "letter", "card", "purge"];

/// Answers a request for help or for the version; everything else is wrong usage.
///
/// # Errors
/// [`Failure::Usage`], [`Failure::Output`].
pub fn answer(error: &clap::Error, language: Language, json: bool) -> Result<Outcome, Failure> {
    let key = match error.kind() {
        ErrorKind::DisplayHelp => "help",
        ErrorKind::DisplayVersion => "version",
        _ => return Err(failure(error, language)),
    };
    let text = words(language).help(&error.render().to_string());
    if json {
        let value = if key == "version" { env!("CARGO_PKG_VERSION") } else { text.as_str() };
        output::json(&json!({ key: value }))?;
    } else {
        output::text(&text)?;
    }
    Ok(Outcome::Done)
}

/// Wrong usage in words, with the particulars for programs.
fn failure(error: &clap::Error, language: Language) -> Failure {
    let words = words(language);
    let argument = text_of(error, ContextKind::InvalidArg);
    let value = text_of(error, ContextKind::InvalidValue);
    let command = text_of(error, ContextKind::InvalidSubcommand);
    let allowed = list_of(error, ContextKind::ValidValue);
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand if LATER.contains(&command.as_str()) => words.later_command(&command),
        ErrorKind::InvalidSubcommand => words.unknown_command(&command),
        ErrorKind::UnknownArgument => words.unknown_argument(&argument),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            words.missing_command(&list_of(error, ContextKind::ValidSubcommand).join(", "))
        }
        ErrorKind::MissingRequiredArgument => {
            words.missing_argument(&list_of(error, ContextKind::InvalidArg).join(", "))
        }
        ErrorKind::InvalidValue if value.is_empty() => words.missing_value(&argument),
        ErrorKind::InvalidValue => words.unfit_value(&argument, &value, &allowed.join(", ")),
        ErrorKind::ValueValidation => words.unfit_value(&argument, &value, ""),
        ErrorKind::ArgumentConflict => words.given_twice(&argument),
        ErrorKind::TooManyValues | ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            words.missing_value(&argument)
        }
        ErrorKind::InvalidUtf8 => words.not_text().to_owned(),
        _ => words.usage_other().to_owned(),
    };
    let mut detail = Map::new();
    for (name, text) in [("argument", argument), ("value", value), ("command", command)] {
        if !text.is_empty() {
            detail.insert(name.to_owned(), Value::String(text));
        }
    }
    if !allowed.is_empty() {
        detail.insert("allowed".to_owned(), Value::from(allowed));
    }
    Failure::Usage(format!("{message} {}", words.usage_hint()), detail)
}

/// The texts of one kind that clap names; its dots for "one or more" say nothing in a sentence.
fn list_of(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.replace("...", "")],
        Some(ContextValue::Strings(texts)) => texts.iter().map(|text| text.replace("...", "")).collect(),
        _ => Vec::new(),
    }
}

fn text_of(error: &clap::Error, kind: ContextKind) -> String {
    list_of(error, kind).join(", ")
}
