//! Errors as they cross to the page: a code for the program, words for the person in both languages.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use ulika::{Code, Error};

/// A failure as the page sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Failure {
    /// The code.
    pub code: Code,
    /// Particulars by name, as text.
    pub detail: BTreeMap<String, String>,
    /// What happened, what was not damaged, what to do: Russian.
    pub ru: String,
    /// The same in English.
    pub en: String,
}

/// What a command answers.
pub type Answer<T> = Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let detail = error.detail.iter().map(|(name, value)| (name.clone(), plain(value))).collect();
        Self { code: error.code, ru: error.message("ru"), en: error.message("en"), detail }
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
