//! The grammar of the command line. Each command's own arguments stand in its file under `commands`.

use crate::commands::{
    attach, calls, describe, excerpt, export, group, groups, import, log, new_case, password, recipes, redo, register,
    undo, verify, withdraw, witness, zone,
};
use crate::words::{Language, help};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Call-evidence journal: import call logs, group calls, save and verify a bundle of evidence.
#[derive(Debug, Parser)]
#[command(name = "ulika-cli", version, disable_help_subcommand = true)]
pub struct Arguments {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that stand before or after any command.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// Print exactly one JSON document on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of the words: ru or en (from the locale where not given)
    #[arg(long, global = true, value_name = "ru|en", hide_possible_values = true, value_parser = PossibleValuesParser::new(["ru", "en"]))]
    pub lang: Option<String>,
    /// File that holds the password of the case
    #[arg(long, global = true, value_name = "F")]
    pub password_file: Option<PathBuf>,
    /// Form of progress reports on standard error
    #[arg(long, global = true, value_enum, hide_possible_values = true, value_name = "json|text|none")]
    pub progress: Option<ProgressForm>,
}

/// Form of progress reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProgressForm {
    /// One JSON object a line.
    Json,
    /// A line that is written over: the default at a terminal.
    Text,
    /// No reports: the default elsewhere.
    None,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new case file
    New(new_case::Args),
    /// Set the title of a case and your own numbers
    Describe(describe::Args),
    /// Import call logs and billing details
    Import(import::Args),
    /// List the known layouts of files
    Recipes(recipes::Args),
    /// Show a masked excerpt of a file, to describe its layout by
    Excerpt(excerpt::Args),
    /// Attach pictures, recordings and documents as exhibits
    Attach(attach::Args),
    /// Load the numbering register: to whom ranges of numbers were allotted
    Register(register::Args),
    /// List calls
    Calls(calls::Args),
    /// Show which sources state which call, how their clocks run and what they cover
    Witness(witness::Args),
    /// Take a source out of the case; its bytes stay
    Withdraw(withdraw::Args),
    /// Set the zone of a source, or take it back
    Zone(zone::Args),
    /// List groups of calls, with the reasons
    Groups(groups::Args),
    /// Merge, split or name groups
    Group(group::Args),
    /// Save a bundle of evidence
    Export(export::Args),
    /// Verify a case or a bundle
    Verify(verify::Args),
    /// Show the custody chain and the release log
    Log(log::Args),
    /// Take back the last action
    Undo(undo::Args),
    /// Repeat the last action taken back
    Redo(redo::Args),
    /// Set, change or remove the password of a case
    Password(password::Args),
}

/// Parses the command line; help is in `language`.
///
/// # Errors
/// As clap finds it: wrong usage, or a request for help or for the version.
pub fn parse(given: &[OsString], language: Language) -> Result<Arguments, clap::Error> {
    // Nothing given is wrong usage like any other, not a request for help.
    let mut command = help::translate(Arguments::command(), language).arg_required_else_help(false);
    command = command.mut_subcommands(|sub| sub.arg_required_else_help(false));
    let matches = command.try_get_matches_from_mut(given)?;
    Arguments::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// The language of the words, found before anything is parsed, because wrong usage needs words too.
pub fn language(given: &[OsString]) -> Language {
    let mut options = options(given);
    while let Some(option) = options.next() {
        let value = match option.split_once('=') {
            Some(("--lang", value)) => Some(value),
            None if option == "--lang" => options.next(),
            _ => None,
        };
        if let Some(language) = value.and_then(Language::from_tag) {
            return language;
        }
    }
    Language::of_locale()
}

/// Whether the answer is to be JSON, found before anything is parsed.
pub fn wants_json(given: &[OsString]) -> bool {
    options(given).any(|option| option == "--json")
}

/// The arguments up to `--`, as far as they are text.
fn options(given: &[OsString]) -> impl Iterator<Item = &str> {
    given.iter().skip(1).filter_map(|a| a.to_str()).take_while(|a| *a != "--")
}

/// Accepts the words of a closed set of the core and nothing else.
pub fn closed_set<T: Clone + Send + Sync + 'static>(
    all: &'static [T],
    word: fn(T) -> &'static str,
    from_word: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().cloned().map(word))
        .try_map(move |text| from_word(&text).ok_or_else(|| format!("no such word: {text}")))
}
