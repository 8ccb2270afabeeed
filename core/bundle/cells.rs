//! Texts of others made safe to show: nothing invisible, nothing that a spreadsheet would run.

use std::borrow::Cow;
use std::fmt::Write;

/// A text with its control, direction and other invisible characters written out as `[U+202E]`.
/// What joins the parts of an emoji, or chooses how it is drawn, is part of it and stays.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let (mut before, mut chosen) = (' ', false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let of_emoji = match letter {
            DRAWN_AS_TEXT | DRAWN_IN_COLOUR => {
                let key = matches!(before, '0'..='9' | '#' | '*') && letters.peek() == Some(&KEYCAP);
                !chosen && (is_pictured(before) || key)
            }
            JOINER => is_pictured(before) && letters.peek().is_some_and(|next| is_pictured(*next)),
            _ => false,
        };
        if is_invisible(letter) && !of_emoji {
            // Writing to a string cannot fail.
            let _ = write!(shown, "[U+{:04X}]", letter as u32);
        } else {
            shown.push(letter);
        }
        // A joiner may follow the selector of an emoji, another selector may not.
        chosen = of_emoji && letter != JOINER;
        if !chosen {
            before = letter;
        }
    }
    Cow::Owned(shown)
}

const DRAWN_AS_TEXT: char = '\u{FE0E}';
const DRAWN_IN_COLOUR: char = '\u{FE0F}';
const JOINER: char = '\u{200D}';
const KEYCAP: char = '\u{20E3}';

/// Whether a character may be the beginning or a part of an emoji.
fn is_pictured(letter: char) -> bool {
    matches!(letter, '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{2BFF}'
        | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether a character draws nothing, or changes how others are drawn.
pub(crate) fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// A free text as a cell of a CSV file: visible, and led by an apostrophe where a spreadsheet would take it for a
/// formula. A number in the form of E.164 stays as it is, although it begins with a plus.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    // A tab, a carriage return or a line break is a trigger itself and is written out by `visible`; what follows a
    // line break must not begin a formula either.
    if is_e164(text) {
        return Cow::Borrowed(text);
    }
    let triggers =
        text.split(['\n', '\r', '\t', '\u{000B}', '\u{000C}', '\u{0085}', '\u{2028}', '\u{2029}']).any(|part| {
            part.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c))
                .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        }) || text.starts_with(['\t', '\r']);
    // A text that begins as a led one would is led as well, so that taking one apostrophe away gives the text back.
    let led = text.strip_prefix('\'').is_some_and(|rest| matches!(cell(rest), Cow::Owned(c) if c.starts_with('\'')));
    let shown = visible(text);
    if triggers || led { Cow::Owned(format!("'{shown}")) } else { shown }
}

/// A JSON text in which every invisible character is written as an escape: the same to a program, and plain to a
/// reader. Such characters stand in strings only.
pub(super) fn visible_json(text: &str) -> Cow<'_, str> {
    let hides = |letter: char| is_invisible(letter) && letter != '\n';
    if !text.chars().any(hides) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if hides(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|d| (5..=15).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn formulas_are_neutralised_and_numbers_stay() {
        let check = |text: &str, expected: &str, why: &str| assert_eq!(cell(text), expected, "{why}");
        check("+79070000001", "+79070000001", "an E.164 number begins with a trigger and stays");
        check("+7 907 000-00-01", "'+7 907 000-00-01", "a spelling is free text");
        check("+1", "'+1", "too short for a number");
        check("=1+1", "'=1+1", "equals");
        check("-5", "'-5", "minus");
        check("@SUM(A1)", "'@SUM(A1)", "at");
        check(" =1", "' =1", "after a space");
        check("\u{a0}=1", "'\u{a0}=1", "after a no-break space");
        check("\t=1", "'[U+0009]=1", "tab");
        check("\rx", "'[U+000D]x", "carriage return");
        check("a\n=1", "'a[U+000A]=1", "after a line break inside");
        check("\u{200b}=1", "'[U+200B]=1", "after something invisible");
        check("ООО ВЕКТОРИЯ", "ООО ВЕКТОРИЯ", "plain");
        check("a-b", "a-b", "a minus inside is no formula");
        check("'=1+1", "''=1+1", "no two texts become one");
        check("''=1+1", "'''=1+1", "nor those");
        check("'слово'", "'слово'", "an apostrophe is no formula");
    }

    #[test]
    fn json_says_the_same_and_hides_nothing() {
        let texts = ["a\u{202e}b", "\u{e0041}", "\\u202e", "\t\n", "обычный"];
        let json = serde_json::to_string_pretty(&texts).unwrap();
        let shown = visible_json(&json);
        assert!(shown.contains("a\\u202eb") && shown.contains("\\udb40\\udc41") && !shown.contains('\u{202e}'));
        assert_eq!(serde_json::from_str::<Vec<String>>(&shown).unwrap(), texts);
    }

    #[test]
    fn nothing_stays_invisible() {
        assert_eq!(visible("gpj.\u{202e}exe"), "gpj.[U+202E]exe");
        assert_eq!(visible("a\u{2066}b\u{0}c"), "a[U+2066]b[U+0000]c");
        for emoji in ["☎\u{fe0f} звонок", "1\u{fe0f}\u{20e3}", "👩\u{200d}👧", "🏳\u{fe0f}\u{200d}🌈", "👩🏽\u{200d}💻"]
        {
            assert_eq!(visible(emoji), emoji, "part of an emoji");
        }
        assert_eq!(visible("Б\u{fe0f}анк\u{200d}"), "Б[U+FE0F]анк[U+200D]", "no emoji there");
        assert_eq!(visible("☎\u{fe0f}\u{fe0f}"), "☎\u{fe0f}[U+FE0F]", "one selector chooses, two hide something");
    }
}
