//! Masking: letters and digits give way to ones that say nothing, everything between them stays.

use crate::import::recipe::RECIPES;
use crate::import::words::folded;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Letters of the shortest word that may stay: shorter ones could be initials.
const SHORTEST: usize = 3;

/// Words beside those of the recipes: units and months, as dates and lengths are written with them.
const FURTHER: &[&str] = &[
    "час",
    "часа",
    "часов",
    "мин",
    "минут",
    "минута",
    "минуты",
    "сек",
    "секунд",
    "секунда",
    "секунды",
    "руб",
    "рублей",
    "янв",
    "января",
    "фев",
    "февраля",
    "мар",
    "марта",
    "апр",
    "апреля",
    "мая",
    "июн",
    "июня",
    "июл",
    "июля",
    "авг",
    "августа",
    "сен",
    "сентября",
    "окт",
    "октября",
    "ноя",
    "ноября",
    "дек",
    "декабря",
    "jan",
    "january",
    "feb",
    "february",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "june",
    "jul",
    "july",
    "aug",
    "august",
    "sep",
    "september",
    "oct",
    "october",
    "nov",
    "november",
    "dec",
    "december",
    "min",
    "sec",
    "true",
    "false",
    "null",
    "xml",
    "utf",
    "encoding",
    "version",
    "windows",
];

/// The words of the known layouts, folded: headings, directions, services, totals. None of them is a person's.
static KNOWN: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let mut words: FxHashSet<String> = FURTHER.iter().map(|word| folded(word)).collect();
    for recipe in RECIPES.iter() {
        for text in recipe.texts() {
            words.extend(text.split(|c: char| !c.is_alphabetic()).filter(|word| long_enough(word)).map(folded));
        }
    }
    words
});

fn long_enough(word: &str) -> bool {
    word.chars().count() >= SHORTEST
}

/// Whether a word is one of the known layouts' and of nobody else.
pub(super) fn is_known(word: &str) -> bool {
    long_enough(word) && KNOWN.contains(&folded(word))
}

/// The text with every digit as 0 and every word that `keep` does not name letter by letter as x: as long as before, and
/// what it was cannot be told from it.
pub(super) fn masked(text: &str, keep: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            match keep(word) {
                true => out.push_str(word),
                false => out.extend(word.chars().map(letter)),
            }
            rest = behind;
        } else {
            out.push(other(first));
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

/// A letter of the same alphabet and case, as far as these are told.
fn letter(c: char) -> char {
    let cyrillic = ('\u{400}'..='\u{52F}').contains(&c);
    match (cyrillic, c.is_uppercase()) {
        (true, true) => 'Х',
        (true, false) => 'х',
        (false, true) => 'X',
        (false, false) => 'x',
    }
}

/// Digits say nothing; marks between words and numbers are the shape; whatever else could be a picture or a part of a
/// letter.
fn other(c: char) -> char {
    let mark = c.is_ascii_punctuation()
        || matches!(
            c,
            ' ' | '\t' | '\n' | '\r' | '\u{A0}' | '\u{202F}' | '\u{2010}'
                ..='\u{2026}' | '«' | '»' | '№' | '°' | '₽' | '€'
        );
    match c {
        _ if c.is_numeric() => '0',
        _ if mark => c,
        _ => '*',
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn none(_: &str) -> bool {
        false
    }

    #[test]
    fn the_shape_stays_and_nothing_else() {
        let row = "03.09.2025 10:15;+7 (907) 111-22-33;Иванова Мария;Vodafone UA;№ 7 «Ромашка»";
        let seen = masked(row, &none);
        assert_eq!(seen, "00.00.0000 00:00;+0 (000) 000-00-00;Ххххххх Ххххх;Xxxxxxxx XX;№ 0 «Ххххххх»");
    }

    #[test]
    fn words_of_layouts_stay_and_short_ones_do_not() {
        let seen = masked("Исходящий вызов Итого: Ян Ли, 15 сек", &is_known);
        assert_eq!(seen, "Исходящий вызов Итого: Хх Хх, 00 сек");
    }

    /// What a character is: what an excerpt may tell of it.
    fn class(c: char) -> char {
        if c.is_alphabetic() { letter(c) } else { other(c) }
    }

    proptest! {
        /// As long as before, character for character of the same class; and two texts of one shape come out as one, so
        /// that what they were cannot be told.
        #[test]
        fn an_excerpt_tells_the_shape_alone(text in "[ \\PC]{0,80}", digits in "[1-9]{40}", letters in "[а-фц-яё]{40}") {
            let seen = masked(&text, &none);
            prop_assert!(text.chars().map(class).eq(seen.chars()));
            let (mut digits, mut letters) = (digits.chars().cycle(), letters.chars().cycle());
            let another: String = text
                .chars()
                .map(|c| match class(c) {
                    '0' => digits.next().unwrap(),
                    'х' => letters.next().unwrap(),
                    _ => c,
                })
                .collect();
            prop_assert_eq!(masked(&another, &none), seen);
        }

        #[test]
        fn a_kept_word_is_kept_whole_and_a_part_of_one_is_not(word in "[А-Яа-я]{1,12}") {
            let joined = format!("Входящий{word}");
            prop_assert!(masked("Входящий", &is_known) == "Входящий");
            if !is_known(&joined) {
                prop_assert!(!masked(&joined, &is_known).contains("Входящий"));
            }
        }
    }
}
