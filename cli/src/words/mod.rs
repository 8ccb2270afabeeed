//! The words of the command line, in both languages. A language that lacks a word does not compile.
//!
//! The words for errors of the core stand with their codes in `core/words`.

mod chance;
mod en;
pub mod help;
mod register;
mod ru;
mod witness;

use std::collections::BTreeMap;
use ulika::actions::{
    AttachedExhibit, BrokenRecipe, CallView, ClockStretch, CoverageView, ExportAnswer, GroupView, PairView,
    PasswordChange, PlainAnswer, RegisterAnswer, Registers, SourceAnswer, SourcePreview, WithdrawalPreview, ZoneOffer,
};
use ulika::actions::{ChanceBasis, VerifyAnswer};
use ulika::import::{Confidence, Mend, ReadingNote, RecipeInfo};
use ulika::model::{
    CallId, CustodyKind, JournalBeside, Pool, RegisterProblem, RowProblem, SilenceReason, SourceId, SourceKind, Verdict,
};

/// A language of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Russian.
    Russian,
    /// English.
    English,
}

impl Language {
    /// The language of `ru` or `en`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag {
            "ru" => Some(Language::Russian),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    /// `ru` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Russian => "ru",
            Language::English => "en",
        }
    }

    /// Russian under a Russian locale, else English.
    pub fn of_locale() -> Self {
        match sys_locale::get_locale() {
            Some(locale) if locale == "ru" || locale.starts_with("ru-") || locale.starts_with("ru_") => {
                Language::Russian
            }
            _ => Language::English,
        }
    }
}

/// The words of a language.
pub fn words(language: Language) -> &'static dyn Words {
    match language {
        Language::Russian => &ru::Russian,
        Language::English => &en::English,
    }
}

/// Everything that the command line says. Texts of files and cases come already made visible.
pub trait Words: Sync {
    /// Of a text that the core gives in both languages, the one.
    fn either<'a>(&self, russian: &'a str, english: &'a str) -> &'a str;

    /// Help as clap writes it, its own words in this language.
    fn help(&self, text: &str) -> String;

    // Wrong usage.
    fn usage_hint(&self) -> &'static str;
    fn usage_other(&self) -> &'static str;
    fn unknown_command(&self, command: &str) -> String;
    fn later_command(&self, command: &str) -> String;
    fn later_option(&self, option: &str) -> String;
    fn missing_command(&self, commands: &str) -> String;
    fn unknown_argument(&self, argument: &str) -> String;
    fn missing_argument(&self, arguments: &str) -> String;
    fn missing_value(&self, argument: &str) -> String;
    fn unfit_value(&self, argument: &str, value: &str, allowed: &str) -> String;
    fn unfit_date(&self, option: &str, text: &str) -> String;
    fn given_twice(&self, argument: &str) -> String;
    fn not_text(&self) -> &'static str;
    fn password_empty(&self) -> &'static str;
    fn password_file_no_text(&self, file: &str) -> String;
    fn line_part_unknown(&self, part: &str) -> String;
    fn output_failed(&self) -> &'static str;

    /// The noun for what an error names in the word of programs: `group`.
    fn thing(&self, what: &str) -> Option<&'static str>;

    // Progress.
    fn progress(&self, phase: &str, done: u64, total: Option<u64>) -> String;

    // Case.
    fn created(&self, path: &str) -> String;
    fn password_changed(&self, change: &PasswordChange) -> &'static str;

    // Import.
    fn own_recipe(&self) -> &'static str;
    fn broken_recipe(&self, broken: &BrokenRecipe) -> String;
    fn confidence(&self, confidence: Confidence) -> &'static str;
    fn recipe_title<'a>(&self, recipe: &'a RecipeInfo) -> &'a str;
    fn source_heading(&self, file: &str, recipe: &str, source: &SourceAnswer) -> String;
    fn source_sums(&self, source: &SourceAnswer) -> String;
    fn source_joined(&self, source: &SourceAnswer) -> String;
    /// What was taken for true of a file, and why.
    fn note<'a>(&self, note: &'a ReadingNote) -> &'a str;
    fn skipped(&self, rows: u32) -> String;
    fn zone_assumed(&self) -> &'static str;
    fn read_from_pdf(&self) -> &'static str;
    fn journal(&self, file: &str, journal: JournalBeside) -> String;
    fn mended(&self, rows: u32) -> String;
    fn mend(&self, mend: &Mend, found: &str) -> String;
    fn row_problem(&self, problem: &RowProblem, column: &str, found: &str) -> String;
    fn already_imported(&self, file: &str, source: Option<SourceId>) -> String;
    fn held_as_extract(&self, file: &str, source: Option<SourceId>, line: &str) -> String;
    fn kept_as_extract(&self, line: &str, sha256: &str) -> String;
    fn only_preview(&self) -> &'static str;

    // Exhibits.
    fn attached(&self, exhibit: &AttachedExhibit, file: &str) -> String;

    // Calls.
    fn number_hidden(&self) -> &'static str;
    fn call_line(&self, call: &CallView, number: &str, labels: &str, group: Option<&str>) -> String;
    fn listed(&self, shown: usize, total: u32, next: Option<CallId>) -> String;

    // Witnesses.
    fn verdicts(&self, tally: &Tally) -> Vec<String>;
    fn clocks(&self) -> &'static str;
    fn pair(&self, pair: &PairView) -> String;
    fn clock_stretch(&self, stretch: &ClockStretch) -> String;
    fn zone_offer(&self, offer: &ZoneOffer) -> String;
    fn coverage(&self, coverage: &CoverageView, file: &str) -> String;
    fn coverage_marks(&self) -> &'static str;

    // Groups.
    fn no_groups(&self) -> &'static str;
    fn chance(&self, figure: f64) -> String {
        self.either(&chance::russian(figure), &chance::english(figure)).to_owned()
    }
    fn chance_basis(&self, basis: &ChanceBasis) -> String {
        self.either(&chance::basis_russian(basis), &chance::basis_english(basis)).to_owned()
    }
    fn group_heading(&self, group: &GroupView, name: &str) -> String;
    fn numbers(&self) -> &'static str;
    fn labels(&self) -> &'static str;
    fn pool(&self, pool: &Pool) -> String {
        self.either(&register::pool_russian(pool), &register::pool_english(pool)).to_owned()
    }

    // The numbering register.
    fn register(&self, loaded: &RegisterAnswer, file: &str) -> String {
        self.either(&register::russian(loaded, file), &register::english(loaded, file)).to_owned()
    }
    fn register_problem(&self, problem: &RegisterProblem, found: &str) -> String {
        self.either(&register::problem_russian(problem, found), &register::problem_english(problem, found)).to_owned()
    }
    fn registers_missing(&self, missing: &Registers) -> String {
        self.either(&register::missing_russian(missing), &register::missing_english(missing)).to_owned()
    }

    // Edits and their log.
    fn done(&self, kind: CustodyKind) -> String;
    fn withdrawn(&self, went: &WithdrawalPreview) -> String {
        self.either(&witness::withdrawn_russian(went), &witness::withdrawn_english(went)).to_owned()
    }
    fn undone(&self, kind: &str) -> String;
    fn redone(&self, kind: &str) -> String;
    fn custody_log(&self) -> &'static str;
    fn release_log(&self) -> &'static str;
    fn event(&self, kind: &str) -> String;

    // Bundle.
    fn original_leaves(&self, source: &SourcePreview, file: &str) -> String;
    /// Over several originals: a number that two of them hold counts once.
    fn originals_leave(&self, numbers_of_others: u32) -> String;
    fn exported(&self, answer: &ExportAnswer, bundle: &str) -> String;
    fn exported_plain(&self, answer: &PlainAnswer, folder: &str) -> String;
    fn verified(&self, answer: &VerifyAnswer) -> String;
}

/// The witness matrix in sums.
#[derive(Debug, Default)]
pub struct Tally {
    /// Calls by verdict.
    pub verdicts: BTreeMap<Verdict, u32>,
    /// Calls about which a witness is silent, by reason.
    pub silent: BTreeMap<(SourceKind, SilenceReason), u32>,
}

/// Other services as they are named to a person: the most frequent first.
fn most_frequent_first(other: &BTreeMap<String, u32>) -> Vec<(&str, u32)> {
    let mut sorted: Vec<_> = other.iter().map(|(kind, n)| (kind.as_str(), *n)).filter(|(_, n)| *n > 0).collect();
    sorted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    sorted
}

/// A number with its thousands apart: `1 257`.
fn apart(number: impl Into<u64>, separator: char) -> String {
    let digits = number.into().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// `done` of `total` in whole percent.
fn percent(done: u64, total: u64) -> u64 {
    done.min(total).saturating_mul(100).checked_div(total).unwrap_or(100)
}

/// The date and the time of an RFC 3339 text, apart: `2025-09-03 10:15:00 +03:00`.
fn moment(rfc3339: &str) -> String {
    let Some((date, time)) = rfc3339.split_once('T') else { return rfc3339.to_owned() };
    match time.find(['+', '-', 'Z']) {
        Some(at) => format!("{date} {} {}", &time[..at], &time[at..]),
        None => format!("{date} {time}"),
    }
}

/// A length as people read it: `1:05`, `1:00:05`.
fn length(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::{apart, length, moment, percent};

    #[test]
    fn numbers_times_and_lengths_read_well() {
        assert_eq!(apart(7_u32, ' '), "7");
        assert_eq!(apart(1_257_u32, ' '), "1 257");
        assert_eq!(apart(1_234_567_u32, ','), "1,234,567");
        assert_eq!(moment("2025-09-03T10:15:00+03:00"), "2025-09-03 10:15:00 +03:00");
        assert_eq!(moment("2025-09-03"), "2025-09-03");
        assert_eq!((length(65), length(3605)), ("1:05".to_owned(), "1:00:05".to_owned()));
        assert_eq!((percent(1, 3), percent(5, 0)), (33, 100));
    }
}
