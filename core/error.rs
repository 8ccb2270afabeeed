//! Errors: codes for programs, words for people, joined in one table (`core/words/*.toml`).

use crate::model::words;
use serde_json::{Map, Value};
use std::io;
use std::sync::LazyLock;

words!(
    /// The closed list of codes. Each has words in both languages.
    Code {
        /// No file or folder at this path.
        FileAbsent = "file_absent",
        /// A folder where a file was expected.
        FileIsFolder = "file_is_folder",
        /// The file cannot be read.
        FileUnreadable = "file_unreadable",
        /// The file changed between preview and import.
        FileChanged = "file_changed",
        /// The file holds nothing.
        FileEmpty = "file_empty",
        /// The file is of a kind that is not read; `seems` says what it looks like.
        FormatUnknown = "format_unknown",
        /// A known container that breaks off; `row` says where.
        FileTruncated = "file_truncated",
        /// A known container that is damaged.
        FileDamaged = "file_damaged",
        /// XML that declares entities.
        XmlEntities = "xml_entities",
        /// A workbook that unpacks to far more than it should.
        FileTooLarge = "file_too_large",
        /// No known layout fits.
        RecipeUnknown = "recipe_unknown",
        /// Several layouts fit.
        RecipeAmbiguous = "recipe_ambiguous",
        /// There is no recipe of the given name, or it does not fit the file.
        RecipeUnfit = "recipe_unfit",
        /// A recipe of the person's own that cannot be read; `reason` says why.
        RecipeBroken = "recipe_broken",
        /// A header and no rows under it.
        NoRows = "no_rows",
        /// A zone that is not known.
        ZoneUnknown = "zone_unknown",
        /// A text given as a number that is none.
        NumberUnreadable = "number_unreadable",
        /// No case at this path.
        CaseAbsent = "case_absent",
        /// Something already lies at the path of the new case.
        CaseExists = "case_exists",
        /// A file of SQLite that is not a case of Ulika, or whose schema is not the case's.
        CaseForeign = "case_foreign",
        /// The case file is damaged.
        CaseDamaged = "case_damaged",
        /// The case was written by a newer program.
        CaseNewer = "case_newer",
        /// The case is being written elsewhere.
        CaseLocked = "case_locked",
        /// The case file or its folder cannot be written.
        CaseReadOnly = "case_read_only",
        /// A journal lies beside a case that this computer has not written.
        JournalForeign = "journal_foreign",
        /// Wrong or missing password, or not a case at all.
        PasswordOrNotACase = "password_or_not_a_case",
        /// The case has no password, or has one already.
        PasswordState = "password_state",
        /// The medium is full.
        DiskFull = "disk_full",
        /// Writing failed.
        WriteFailed = "write_failed",
        /// The person cancelled.
        Cancelled = "cancelled",
        /// No such thing in the case; `what` and `id` say which.
        NotFound = "not_found",
        /// Nothing to undo.
        NothingToUndo = "nothing_to_undo",
        /// Nothing to redo.
        NothingToRedo = "nothing_to_redo",
        /// The request cannot be carried out as asked; `reason` says why.
        RequestUnfit = "request_unfit",
        /// The target of an export exists or cannot be written.
        TargetUnwritable = "target_unwritable",
        /// The bundle did not verify after it was written.
        BundleUnverified = "bundle_unverified",
        /// A fault of the program.
        Internal = "internal",
    }
);

/// What every fallible function of this crate returns.
pub type Result<T> = std::result::Result<T, Error>;

impl Code {
    /// The code of a failure to write a file: no room left, or `otherwise`.
    pub(crate) fn of_writing(cause: &io::Error, otherwise: Self) -> Self {
        match cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::DiskFull,
            _ => otherwise,
        }
    }
}

/// A failure: a code, the particulars that its words name, and the technical cause.
#[derive(Debug, thiserror::Error)]
#[error("{}: {}", code.word(), self.message("en"))]
pub struct Error {
    /// The code.
    pub code: Code,
    /// Particulars by name, in snake_case.
    pub detail: Map<String, Value>,
    /// What lies behind it; for logs, never for a screen.
    #[source]
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error without particulars.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, detail: Map::new(), cause: None }
    }

    /// Adds a particular.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.detail.insert(name.to_owned(), value.into());
        self
    }

    /// Adds the name of the file, unless the error names one.
    #[must_use]
    pub(crate) fn of_file(self, name: &str) -> Self {
        if self.detail.contains_key("file") { self } else { self.with("file", name) }
    }

    /// Adds the technical cause.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// The words for people in `language` (`ru`, else English): what happened, what was not damaged, what to do.
    #[must_use]
    pub fn message(&self, language: &str) -> String {
        // Who opens what cannot be a case is not told to try another password.
        if self.code == Code::PasswordOrNotACase && self.detail.get("keyed") == Some(&Value::Bool(false)) {
            return said(language, "not_a_case", &self.detail);
        }
        let table = if language == "ru" { &*RUSSIAN } else { &*ENGLISH };
        say(table, self.code.word(), &self.detail)
    }
}

static RUSSIAN: LazyLock<toml::Table> = LazyLock::new(|| include_str!("words/ru.toml").parse().unwrap_or_default());
static ENGLISH: LazyLock<toml::Table> = LazyLock::new(|| include_str!("words/en.toml").parse().unwrap_or_default());

static NOTES_RUSSIAN: LazyLock<toml::Table> =
    LazyLock::new(|| include_str!("words/notes.ru.toml").parse().unwrap_or_default());
static NOTES_ENGLISH: LazyLock<toml::Table> =
    LazyLock::new(|| include_str!("words/notes.en.toml").parse().unwrap_or_default());

/// The words of a note, which is no error, in `language` (`ru`, else English).
pub(crate) fn said(language: &str, note: &str, detail: &Map<String, Value>) -> String {
    say(if language == "ru" { &NOTES_RUSSIAN } else { &NOTES_ENGLISH }, note, detail)
}

fn say(table: &toml::Table, key: &str, detail: &Map<String, Value>) -> String {
    fill(table.get(key).and_then(toml::Value::as_str).unwrap_or(key), detail)
}

/// Puts particulars in the place of `{name}`; one that is absent becomes «—». A part in square brackets is left out
/// where a particular of it is absent.
fn fill(template: &str, detail: &Map<String, Value>) -> String {
    if let Some((before, rest)) = template.split_once('[')
        && let Some((part, after)) = rest.split_once(']')
    {
        let known = part.split('{').skip(1).all(|p| p.split('}').next().is_some_and(|name| detail.contains_key(name)));
        let part = if known { part } else { "" };
        return fill(before, detail) + &fill(part, detail) + &fill(after, detail);
    }
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match detail.get(name) {
            Some(Value::String(text)) => out.push_str(text),
            Some(Value::Array(items)) => {
                let texts: Vec<String> =
                    items.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).collect();
                out.push_str(&texts.join(", "));
            }
            Some(value) => out.push_str(&value.to_string()),
            None => out.push('—'),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}
