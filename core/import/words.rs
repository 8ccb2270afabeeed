//! Words of headings, services and directions, compared as a person would compare them.

use serde::Deserialize;

/// Appends a text with case, ё, kinds of space and dash, and quotation marks folded away.
pub(super) fn fold_into(text: &str, out: &mut String) {
    let begin = out.len();
    let mut gap = false;
    for c in text.chars() {
        match c {
            '"' | '«' | '»' | '\u{FEFF}' | '\u{AD}' => {}
            c if c.is_whitespace() || c == '\u{A0}' || c == '\u{202F}' => gap = true,
            c => {
                if gap && out.len() > begin {
                    out.push(' ');
                }
                gap = false;
                match c {
                    'ё' | 'Ё' => out.push('е'),
                    '\u{2010}'..='\u{2015}' => out.push('-'),
                    c => out.extend(c.to_lowercase()),
                }
            }
        }
    }
}

/// The folded text.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// `слово` exactly, `слово*` at the beginning, `*слово` at the end, `*слово*` anywhere; matched against folded text.
/// Behind a backslash stars are stars.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub(super) struct Pattern {
    word: String,
    open_before: bool,
    open_after: bool,
}

impl From<String> for Pattern {
    fn from(text: String) -> Self {
        if let Some(literal) = text.strip_prefix('\\') {
            return Self { word: folded(literal), open_before: false, open_after: false };
        }
        let open_before = text.len() > 1 && text.starts_with('*');
        let open_after = text.len() > 1 && text.ends_with('*');
        let word = folded(text.trim_matches('*'));
        Self { word, open_before, open_after }
    }
}

impl Pattern {
    /// Whether the folded text fits.
    pub fn fits(&self, folded: &str) -> bool {
        match (self.open_before, self.open_after) {
            (false, false) => folded == self.word,
            (false, true) => folded.starts_with(&self.word),
            (true, false) => folded.ends_with(&self.word),
            (true, true) => folded.contains(&self.word),
        }
    }

    /// The word itself, folded.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// The rest of the folded text after a word at its beginning, or anywhere where a star stands before the word.
    pub fn rest_after<'t>(&self, folded: &'t str) -> Option<&'t str> {
        if self.open_before {
            return folded.find(self.word.as_str()).map(|at| &folded[at + self.word.len()..]);
        }
        folded.strip_prefix(self.word.as_str())
    }
}

/// Whether one of the patterns fits.
pub(super) fn any_fits(patterns: &[Pattern], folded: &str) -> bool {
    patterns.iter().any(|pattern| pattern.fits(folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_meet_whatever_their_case_spaces_and_quotes() {
        assert_eq!(folded(" \u{FEFF}\"Время\u{A0}  звонка\" "), "время звонка");
        assert_eq!(folded("Объём – МБ"), "объем - мб");
    }

    #[test]
    fn stars_open_a_pattern_on_their_side_only() {
        let at = |pattern: &str, text: &str| Pattern::from(pattern.to_owned()).fits(text);
        assert!(at("вх*", "входящий") && !at("вх*", "исх вх"));
        assert!(at("*sms*", "исходящее sms") && at("*sms", "исходящее sms") && !at("sms", "исходящее sms"));
    }
}
