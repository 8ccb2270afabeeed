//! Caller labels folded, so that the spellings of one name meet.
//!
//! A label that consists of generic words only («Реклама», «Возможно, спам», «Неизвестный») identifies nobody: it
//! stands on the screens of thousands of unrelated callers, and a group made of it would put strangers together.

use any_ascii::any_ascii;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Operators cut labels at this many characters.
pub const CUT_AT: usize = 32;
/// A name this short, in folded letters, does not distinguish.
const SHORTEST_CORE: usize = 2;
/// Longest phrase of the word lists.
const LONGEST_PHRASE: usize = 5;

/// What a label says of who called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// Equal for the spellings of one name.
    pub key: String,
    /// The name in the spelling of the label, without legal form and description.
    pub clean: String,
    /// Whether the text may be cut.
    pub cut: bool,
}

#[derive(Deserialize)]
struct Words {
    legal_forms: Vec<String>,
    descriptors: Vec<String>,
    categories: Vec<String>,
    generic: Vec<String>,
    openings: Vec<String>,
}

struct Lists {
    legal: HashSet<String>,
    descriptors: HashSet<String>,
    categories: HashSet<String>,
    generic: HashSet<String>,
    openings: Vec<String>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    // The file is part of the program; a test reads it.
    let words: Words = toml::from_str(include_str!("labels.toml")).unwrap_or(Words {
        legal_forms: Vec::new(),
        descriptors: Vec::new(),
        categories: Vec::new(),
        generic: Vec::new(),
        openings: Vec::new(),
    });
    let phrase = |text: &String| {
        let tokens: Vec<String> = tokens(text).into_iter().map(|t| t.letters).collect();
        tokens.join(" ")
    };
    Lists {
        legal: words.legal_forms.iter().map(phrase).collect(),
        descriptors: words.descriptors.iter().map(phrase).collect(),
        categories: words.categories.iter().map(phrase).collect(),
        generic: words.generic.iter().map(phrase).collect(),
        openings: words.openings.iter().map(phrase).collect(),
    }
});

/// A word of a label.
struct Token {
    /// Folded letters and digits.
    letters: String,
    /// Bytes of the normalised text.
    from: usize,
    until: usize,
    /// Part of the label, counted from its beginning; parts are set off by a colon, a dash, a comma, a bar.
    part: usize,
    /// Whether a core can be made of it.
    kept: bool,
}

/// Folds a label; `None` where it identifies nobody.
#[must_use]
pub fn fold(label: &str) -> Option<Folded> {
    let text: String = visible(label).nfkc().collect();
    let mut tokens = tokens(&text);
    let lists = &*LISTS;

    let whole: Vec<&str> = tokens.iter().map(|t| t.letters.as_str()).collect();
    let whole = whole.join(" ");
    let opens =
        |o: &String| whole.strip_prefix(o.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if lists.openings.iter().any(opens) {
        return None;
    }

    drop_phrases(&mut tokens, &lists.legal);
    let without_form: Vec<bool> = tokens.iter().map(|t| t.kept).collect();
    drop_phrases(&mut tokens, &lists.descriptors);
    drop_phrases(&mut tokens, &lists.generic);
    drop_parts(&mut tokens, &lists.categories);

    let mut key = key_of(&tokens);
    if key.chars().count() < SHORTEST_CORE {
        // What is left is too short to tell callers apart: the description is then part of the name, unless nothing
        // but description is there.
        if key.is_empty() {
            return None;
        }
        tokens.iter_mut().zip(without_form).for_each(|(token, kept)| token.kept = kept);
        key = key_of(&tokens);
    }
    // Digits alone are a number that the screen repeated, not a name.
    if key.chars().count() < SHORTEST_CORE || key.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let from = tokens.iter().find(|t| t.kept)?.from;
    let until = tokens.iter().rfind(|t| t.kept)?.until;
    let clean = closed(&text, from, until)?.to_owned();
    Some(Folded { key, clean, cut: label.chars().count() >= CUT_AT })
}

/// Brackets and quotes, opening and closing.
const PAIRS: [(char, char); 7] = [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»'), ('“', '”'), ('„', '“'), ('"', '"')];

/// The stretch of a label, together with the brackets and quotes beside it that belong to some inside it: the name in
/// «Лида (школа)» does not end before its bracket.
fn closed(text: &str, mut from: usize, mut until: usize) -> Option<&str> {
    loop {
        let inside = text.get(from..until)?;
        let count = |wanted: char| inside.chars().filter(|c| *c == wanted).count();
        // Of a pair whose signs are one, an odd one is open.
        let open = |(a, b): (char, char)| if a == b { count(a) % 2 == 1 } else { count(a) > count(b) };
        let shut = |(a, b): (char, char)| if a == b { count(a) % 2 == 1 } else { count(b) > count(a) };
        let next = text.get(until..)?.chars().next().filter(|c| PAIRS.iter().any(|p| p.1 == *c && open(*p)));
        let before = text.get(..from)?.chars().next_back().filter(|c| PAIRS.iter().any(|p| p.0 == *c && shut(*p)));
        match (next, before) {
            (Some(sign), _) => until += sign.len_utf8(),
            (None, Some(sign)) => from -= sign.len_utf8(),
            (None, None) => return Some(inside),
        }
    }
}

/// The label without control and direction characters, which could hide a part of it.
fn visible(label: &str) -> impl Iterator<Item = char> + '_ {
    label.chars().filter(|c| {
        !c.is_control()
            && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    })
}

fn key_of(tokens: &[Token]) -> String {
    let mut key = String::new();
    for letter in tokens.iter().filter(|t| t.kept).flat_map(|t| t.letters.chars()) {
        // Doubled letters are spelt and dropped at will (Тинькофф, Tinkof); digits are not.
        if letter.is_ascii_digit() || !key.ends_with(letter) {
            key.push(letter);
        }
    }
    key
}

fn tokens(text: &str) -> Vec<Token> {
    let text = text.nfkc().collect::<String>();
    let mut tokens = Vec::new();
    let mut part = 0;
    let mut start = None;
    let end = text.len();
    let chars: Vec<(usize, char)> = text.char_indices().chain([(end, ' ')]).collect();
    for (i, (at, c)) in chars.iter().enumerate() {
        if c.is_alphanumeric() {
            start.get_or_insert(*at);
            continue;
        }
        if let Some(from) = start.take() {
            let letters = letters(&text[from..*at]);
            if !letters.is_empty() {
                tokens.push(Token { letters, from, until: *at, part, kept: true });
            }
        }
        let beside_space = |j: Option<usize>| j.and_then(|j| chars.get(j)).is_none_or(|(_, c)| c.is_whitespace());
        let sets_off = match c {
            ':' | ',' | '|' | '—' | '–' | ';' | '/' | '(' | ')' => true,
            // A hyphen inside a name does not set anything off.
            '-' => beside_space(i.checked_sub(1)) || beside_space(Some(i + 1)),
            _ => false,
        };
        part += usize::from(sets_off);
    }
    unite_initials(tokens)
}

/// «О.О.О.» is one word: single letters with nothing but a dot or a space between them.
fn unite_initials(tokens: Vec<Token>) -> Vec<Token> {
    let mut united: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter().peekable();
    while let Some(mut token) = tokens.next() {
        let single = |t: &Token| t.letters.len() == 1 && t.letters.chars().all(|c| c.is_ascii_alphabetic());
        if single(&token) {
            while let Some(next) = tokens.next_if(|n| single(n) && n.part == token.part && n.from <= token.until + 2) {
                token.letters.push_str(&next.letters);
                token.until = next.until;
            }
        }
        united.push(token);
    }
    united
}

fn drop_phrases(tokens: &mut [Token], phrases: &HashSet<String>) {
    let mut at = 0;
    while at < tokens.len() {
        let longest = (1..=LONGEST_PHRASE.min(tokens.len() - at)).rev().find(|length| {
            let words = &tokens[at..at + length];
            words.iter().all(|t| t.kept) && phrases.contains(&joined(words))
        });
        let Some(length) = longest else {
            at += 1;
            continue;
        };
        tokens[at..at + length].iter_mut().for_each(|t| t.kept = false);
        at += length;
    }
}

/// Drops whole parts that are a category.
fn drop_parts(tokens: &mut [Token], categories: &HashSet<String>) {
    for part in tokens.chunk_by_mut(|a, b| a.part == b.part) {
        let kept: Vec<&str> = part.iter().filter(|t| t.kept).map(|t| t.letters.as_str()).collect();
        if categories.contains(&kept.join(" ")) {
            part.iter_mut().for_each(|t| t.kept = false);
        }
    }
}

fn joined(words: &[Token]) -> String {
    let words: Vec<&str> = words.iter().map(|t| t.letters.as_str()).collect();
    words.join(" ")
}

/// Pairs of letters that look alike: Latin, Cyrillic.
const LOOK_ALIKE: [(char, char); 22] = [
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('k', 'к'),
    ('m', 'м'),
    ('t', 'т'),
];

fn to_cyrillic(c: char) -> char {
    LOOK_ALIKE.iter().find(|(latin, _)| *latin == c).map_or(c, |(_, cyrillic)| *cyrillic)
}

fn to_latin(c: char) -> char {
    LOOK_ALIKE.iter().find(|(_, cyrillic)| *cyrillic == c).map_or(c, |(latin, _)| *latin)
}

/// A word in folded Latin letters and digits.
fn letters(word: &str) -> String {
    let is_cyrillic = |c: char| ('\u{400}'..='\u{52f}').contains(&c);
    let only_latin = |c: char| c.is_ascii_alphabetic() && to_cyrillic(c) == c;
    let cyrillic = word.chars().any(is_cyrillic);
    let latin = word.chars().any(|c| c.is_ascii_alphabetic());
    let word: String = if cyrillic && latin {
        // The script of the letters that have no double in the other decides.
        if word.chars().any(only_latin) && !word.chars().any(|c| is_cyrillic(c) && to_latin(c) == c) {
            word.chars().map(to_latin).collect()
        } else {
            word.chars().map(to_cyrillic).collect()
        }
    } else if latin && is_acronym(word) {
        word.chars().map(to_cyrillic).collect()
    } else {
        word.to_owned()
    };
    romanised(&word.to_lowercase().replace('ё', "е"))
}

/// Three or four capitals without a vowel that all exist in Cyrillic too, as MTC for МТС: read as Cyrillic, since no
/// Latin word looks so.
fn is_acronym(word: &str) -> bool {
    (3..=4).contains(&word.len()) && word.chars().all(|c| "BCHKMPTX".contains(c))
}

/// Transliterated, and the habits of romanisation evened out.
fn romanised(word: &str) -> String {
    const HABITS: [(&str, &str); 22] = [
        ("'", ""),
        ("\"", ""),
        ("shch", "sh"),
        ("sch", "sh"),
        ("tch", "ch"),
        ("kh", "h"),
        ("ph", "f"),
        ("ck", "k"),
        ("tz", "ts"),
        ("qu", "kv"),
        ("q", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("ce", "se"),
        ("ci", "si"),
        ("cy", "sy"),
        ("ch", "\u{1}"),
        ("c", "k"),
        ("\u{1}", "ch"),
        ("j", "i"),
        ("y", "i"),
        ("ii", "i"),
    ];
    let mut word = any_ascii(word).to_ascii_lowercase();
    word.retain(|c| c.is_ascii_alphanumeric());
    for (from, to) in HABITS {
        if word.contains(from) {
            word = word.replace(from, to);
        }
    }
    word
}

#[cfg(test)]
#[path = "labels_tests.rs"]
mod tests;
