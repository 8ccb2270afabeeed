//! `import`: read files and write them in one transaction, or with `--dry-run` only say what would be written.

use super::register;
use crate::args::closed_set;
use crate::exit::{Failure, Outcome};
use crate::output::{notice, visible};
use crate::progress;
use crate::session::Session;
use crate::words::Words;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions::{self, ImportAnswer, ImportOptions, RecipeShelf, SourceAnswer, recipe_of_file};
use ulika::import::{DayOrder, RecipeInfo};
use ulika::model::{SourceKind, ZoneBasis};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// Files to import
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Layout of the files: its name in the list of recipes, or a file that describes it
    #[arg(long, value_name = "NAME|FILE.toml")]
    recipe: Option<String>,
    /// Kind of witness, where the layout does not fix it: phone, operator, pbx, hand or other
    #[arg(long, value_name = "K", hide_possible_values = true,
        value_parser = closed_set(SourceKind::ALL, SourceKind::word, SourceKind::from_word))]
    kind: Option<SourceKind>,
    /// The line whose calls to take; several where it is given several times
    #[arg(long = "line", value_name = "NUMBER")]
    lines: Vec<String>,
    /// Time zone of the files: Europe/Moscow, +03:00
    #[arg(long, value_name = "TZ")]
    zone: Option<String>,
    /// Order of dates like 3/9/2025, where the file does not show it: day_first or month_first
    #[arg(long, value_name = "ORDER", hide_possible_values = true,
        value_parser = closed_set(DayOrder::ALL, DayOrder::word, DayOrder::from_word))]
    days: Option<DayOrder>,
    /// Keep only the rows of the line, and of the whole file its digest
    #[arg(long, requires = "lines", conflicts_with = "whole")]
    extract: bool,
    /// Keep the whole file though the case has an extract of it
    #[arg(long)]
    whole: bool,
    /// Say what would be imported and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs the command. The command itself is the confirmation.
///
/// # Errors
/// As [`actions::import`].
pub fn run(args: Args, session: &Session) -> Result<Outcome, Failure> {
    progress::cancel_on_interrupt();
    let (own, broken) = RecipeShelf::default().read();
    for recipe in broken {
        notice(&session.words().broken_recipe(&recipe));
    }
    let is_file = |name: &String| std::path::Path::new(name).extension().is_some_and(|e| e == "toml");
    let Args { case, files, recipe, kind, lines, zone, days, extract, whole, dry_run } = args;
    let mut lines = lines.into_iter();
    let (line, further_lines) = (lines.next(), lines.collect());
    let (recipe, by) = match recipe {
        Some(file) if is_file(&file) => (None, Some(recipe_of_file(file.as_ref())?)),
        recipe => (recipe, None),
    };
    let options = ImportOptions { recipe, kind, line, further_lines, zone, days, own, by, extract, whole };
    let answer = if dry_run {
        let case = session.open(&case, Access::Read)?;
        progress::report(session, |progress| actions::preview_import(&case, &files, &options, progress))?
    } else {
        let mut case = session.open(&case, Access::Write)?;
        progress::report(session, |progress| actions::import(&mut case, &files, &options, &[], progress))?
    };
    session.answer(&answer, |words| text(&answer, dry_run, words))?;
    Ok(Outcome::Done)
}

/// The answer for people: each file with its sums and its row problems.
fn text(answer: &ImportAnswer, dry_run: bool, words: &dyn Words) -> String {
    let recipes = RecipeShelf::default().list();
    let mut lines = Vec::new();
    for source in &answer.sources {
        describe(source, &recipes, words, &mut lines);
    }
    if !answer.registers.is_empty() {
        lines.push(register::told(&answer.registers, words));
    }
    if dry_run {
        lines.push(words.only_preview().to_owned());
    }
    lines.join("\n")
}

fn describe(source: &SourceAnswer, recipes: &[RecipeInfo], words: &dyn Words, lines: &mut Vec<String>) {
    let file = visible(&source.file);
    if source.already_imported {
        lines.push(match &source.extract_of {
            Some(of) => words.held_as_extract(&file, source.id, &of.line),
            None => words.already_imported(&file, source.id),
        });
        return;
    }
    let title = recipes.iter().find(|r| r.name == source.recipe).map(|r| words.recipe_title(r));
    lines.push(words.source_heading(&file, title.unwrap_or(&source.recipe), source));
    lines.push(words.source_sums(source));
    if source.corroborating > 0 || source.duplicates > 0 {
        lines.push(words.source_joined(source));
    }
    if let Some(of) = &source.extract_of {
        lines.push(words.kept_as_extract(&of.line, &of.sha256));
    }
    if source.skipped > 0 {
        lines.push(words.skipped(source.skipped));
    }
    if source.zone_basis == ZoneBasis::Assumed.word() {
        lines.push(words.zone_assumed().to_owned());
    }
    if source.from_pdf {
        lines.push(words.read_from_pdf().to_owned());
    }
    if let Some(journal) = source.journal {
        lines.push(words.journal(&file, journal));
    }
    lines.extend(source.notes.iter().map(|note| visible(words.note(note))));
    if source.mended > 0 {
        lines.push(words.mended(source.mended));
        lines.extend(source.mends.iter().map(|mend| words.mend(mend, &visible(&mend.found))));
    }
    for problem in &source.problems {
        lines.push(words.row_problem(problem, &visible(&problem.column), &visible(&problem.found)));
    }
}
