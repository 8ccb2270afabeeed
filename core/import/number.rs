//! Numbers as people and sources write them. Russian rules come first; the library for the world's numbers is
//! asked only about the rest and believed only where it gives back the digits it was given.

#[path = "number/foreign.rs"]
mod foreign;
#[path = "number/russian.rs"]
mod russian;

use crate::model::{NumberKind, NumberNote, PhoneNumber};
use unicode_normalization::UnicodeNormalization;

/// Words that stand in the place of a withheld number, folded.
const HIDDEN: &[&str] = &[
    "",
    "-1",
    "-2",
    "-3",
    "null",
    "-",
    "скрыт",
    "скрытый",
    "скрытый номер",
    "номер скрыт",
    "номер не определен",
    "не определен",
    "неизвестный номер",
    "неизвестный",
    "неизвестно",
    "(неизвестно)",
    "номер не определился",
    "не определился",
    "неопределен",
    "номер неизвестен",
    "анонимный",
    "анонимный номер",
    "анонимный вызов",
    "анонимно",
    "аноним",
    "без номера",
    "нет номера",
    "закрытый номер",
    "номер закрыт",
    "засекречен",
    "номер засекречен",
    "засекреченный номер",
    "антиаон",
    "частный номер",
    "скрытый абонент",
    "anonymous",
    "private",
    "private number",
    "private caller",
    "unknown",
    "unknown number",
    "unknown caller",
    "(unknown)",
    "unavailable",
    "restricted",
    "withheld",
    "hidden",
    "hidden number",
    "blocked number",
    "no number",
    "no caller id",
    "caller id blocked",
    "none",
    "nan",
    "n/a",
    "--",
];

/// Longest number of the plan of numbering.
const MAX_DIGITS: usize = 15;

/// Reads a number in the country of `line` (Russia without one).
pub(super) fn read(raw: &str, line: Option<&PhoneNumber>) -> PhoneNumber {
    if let Some(number) = plain(raw.as_bytes(), line).or_else(|| plain_word(raw)) {
        return number;
    }
    // An ellipsis hides digits; it has to be seen before it falls apart into full stops.
    let text: String = raw.replace('…', "*").nfkc().filter(|c| !is_invisible(*c)).collect();
    let text = out_of_a_formula(text.trim());
    let text = text.strip_prefix("<--").or_else(|| text.strip_prefix("-->")).unwrap_or(text).trim();
    if HIDDEN.contains(&super::words::folded(text).as_str()) {
        return PhoneNumber::hidden();
    }
    // How a caller hides or shows a number of his own is no part of the number dialled.
    let text = ["*31#", "#31#", "*30#", "#30#"].iter().find_map(|code| text.strip_prefix(code)).unwrap_or(text);
    if text.starts_with(['*', '#']) && text.ends_with('#') {
        return of_kind(NumberKind::Sender, text);
    }
    // A forwarded form names the sender first and the centre, or the first goal, behind the stroke.
    let text = match text.split_once('/') {
        Some((first, _)) if first.bytes().any(|b| b.is_ascii_digit()) && !has_letter(first) => first.trim(),
        _ => text,
    };
    let text = without_scheme(text);
    if is_scientific(text) {
        return match out_of_an_exponent(text) {
            Some(digits) => read_digits(&digits, line),
            None => of_kind(NumberKind::Unknown, text),
        };
    }
    let text = without_fraction(text);
    let text = without_extension(text);
    if has_letter(text) && !is_masked_by_letters(text) {
        if let Some(number) = amid_words(text, line) {
            return number;
        }
        // A number with a bad byte or a look-alike letter in it is no sender.
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let number = (digits >= 9 && letters <= 2) || starts_with_number(text);
        return of_kind(if number { NumberKind::Unknown } else { NumberKind::Sender }, text);
    }
    read_digits(text, line)
}

/// The commonest spellings, ten or eleven digits with at most a plus before them and marks between them, without a
/// copy of the text.
fn plain(raw: &[u8], line: Option<&PhoneNumber>) -> Option<PhoneNumber> {
    let text = raw.strip_prefix(b"<--").unwrap_or(raw);
    let (plus, text) = match text {
        [b'+', rest @ ..] => (true, rest),
        [b' ', ..] => return None,
        all => (false, all),
    };
    let (mut value, mut count) = (0u64, 0);
    for byte in text {
        match byte {
            b'0'..=b'9' if count < 11 => (value, count) = (value * 10 + u64::from(byte - b'0'), count + 1),
            b' ' | b'(' | b')' | b'-' | b'.' => {}
            _ => return None,
        }
    }
    if count < 10 {
        return None;
    }
    russian::of_value(value, count, plus, line).map(PhoneNumber::e164)
}

/// Nothing at all, a short code, or one word of Latin letters, without a copy of the text.
fn plain_word(raw: &str) -> Option<PhoneNumber> {
    if raw.is_empty() {
        return Some(PhoneNumber::hidden());
    }
    if raw.len() <= 6 && raw.bytes().all(|b| b.is_ascii_digit()) {
        return Some(of_kind(NumberKind::Short, raw));
    }
    if !raw.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let hidden = HIDDEN.iter().any(|word| word.eq_ignore_ascii_case(raw));
    Some(if hidden { PhoneNumber::hidden() } else { of_kind(NumberKind::Sender, raw) })
}

fn read_digits(text: &str, line: Option<&PhoneNumber>) -> PhoneNumber {
    let plus = text.starts_with('+');
    let mut digits = String::with_capacity(text.len());
    let (mut masked, mut foreign) = (false, false);
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '*' | '•' | '·' | '×' | 'x' | 'X' | 'х' | 'Х' => masked = true,
            ' '
            | '('
            | ')'
            | '-'
            | '.'
            | '+'
            | '/'
            | '['
            | ']'
            | '\u{2010}'..='\u{2015}'
            | '\u{2212}'
            | '~'
            | '_'
            | '\''
            | ',' => {}
            _ => foreign = true,
        }
    }
    if masked {
        return if digits.len() < 3 { PhoneNumber::hidden() } else { of_kind(NumberKind::Masked, &visible(text)) };
    }
    if foreign || digits.is_empty() {
        return of_kind(NumberKind::Unknown, text);
    }
    if digits.len() <= 6 {
        return PhoneNumber { kind: NumberKind::Short, text: digits };
    }
    if digits.len() <= MAX_DIGITS + 5 {
        if let Some(number) = russian::read(&digits, plus, line) {
            return PhoneNumber::e164(number);
        }
        if let Some(number) = foreign::read(&digits, plus, line) {
            return PhoneNumber::e164(number);
        }
    }
    PhoneNumber { kind: NumberKind::Unknown, text: if plus { format!("+{digits}") } else { digits } }
}

fn of_kind(kind: NumberKind, text: &str) -> PhoneNumber {
    PhoneNumber { kind, text: text.chars().take(100).collect() }
}

/// Digits that are shown, with one star for each that is not.
fn visible(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '0'..='9' | '+' => Some(c),
            '*' | '•' | '·' | '×' | 'x' | 'X' | 'х' | 'Х' => Some('*'),
            _ => None,
        })
        .collect()
}

/// `7985XXX8580`: letters that stand for digits and nothing else.
fn is_masked_by_letters(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 4
        && text.chars().all(|c| !c.is_alphabetic() || matches!(c, 'x' | 'X' | 'х' | 'Х'))
}

/// «Иван, +7 907 111-22-33»: the only full number among words that stand apart from it. What is tied to a word, such
/// as `Vam_Zvonili:+7…`, belongs to it.
fn amid_words(text: &str, line: Option<&PhoneNumber>) -> Option<PhoneNumber> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | ' ' | '\u{2010}'..='\u{2015}');
    let mut found = None;
    let mut rest = text;
    while let Some(begin) = rest.find(is_part) {
        let before = rest[..begin].chars().next_back();
        let after = &rest[begin..];
        let end = after.find(|c| !is_part(c)).unwrap_or(after.len());
        let (part, tail) = after.split_at(end);
        let apart = part.starts_with([' ', '(']) || before.is_none_or(|c| matches!(c, ',' | ';' | '.'));
        let apart = apart && (tail.is_empty() || part.ends_with([' ', ')', '(']) || tail.starts_with([',', ';']));
        if part.bytes().filter(u8::is_ascii_digit).count() >= 7 {
            let number = apart.then(|| read_digits(part.trim(), line)).filter(|n| n.kind == NumberKind::E164)?;
            if found.replace(number).is_some() {
                return None;
            }
        }
        rest = tail;
    }
    found
}

/// Why a number may be another than it is read as.
pub(super) fn note(raw: &str, number: &PhoneNumber) -> Option<NumberNote> {
    let text = raw.trim();
    let bare = text.len() == 11 && text.bytes().all(|b| b.is_ascii_digit());
    match number.kind {
        NumberKind::E164 if bare && text.starts_with("84") => Some(NumberNote::AlsoVietnam),
        NumberKind::Unknown if is_scientific(text) => Some(NumberNote::DigitsLost),
        _ => None,
    }
}

/// Seven digits and more before anything else.
fn starts_with_number(text: &str) -> bool {
    text.trim_start_matches('+').bytes().take_while(u8::is_ascii_digit).count() >= 7
}

fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Marks that only steer how text is shown: direction of writing, joiners, soft hyphens.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || (c.is_control() && !c.is_whitespace())
}

fn without_scheme(text: &str) -> &str {
    let lower = text.get(..4).map(str::to_ascii_lowercase);
    let text = match lower.as_deref() {
        Some("tel:" | "sip:") => text[4..].trim(),
        _ => text,
    };
    // What calls over the Internet put behind a number is the name of the network that carries them.
    match text.split_once('@') {
        Some((number, _))
            if number.len() >= 10 && number.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit()) =>
        {
            number
        }
        _ => text,
    }
}

/// `7.91612E+10`: what a spreadsheet leaves of a number when it has thrown its digits away. They cannot be restored.
fn is_scientific(text: &str) -> bool {
    let Some(at) = text.find(['E', 'e', 'Е', 'е']) else { return false };
    let exponent = text[at..].trim_start_matches(['E', 'e', 'Е', 'е']);
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mantissa = text[..at].replace([',', '.'], "");
    digits(&mantissa) && digits(exponent) && (text[..at].contains([',', '.']) || text[at..].contains('+'))
}

/// The digits of `7.9071112233E+10`, where a program has kept all of them; a shorter mantissa has lost its last ones.
fn out_of_an_exponent(text: &str) -> Option<String> {
    let (mantissa, exponent) = text.split_once(['E', 'e', 'Е', 'е'])?;
    let (whole, fraction) = mantissa.split_once(['.', ','])?;
    let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
    (whole.len() == 1 && fraction.len() == exponent).then(|| format!("{whole}{fraction}"))
}

/// `79071112233.0`: a program has taken the number for a quantity.
fn without_fraction(text: &str) -> &str {
    let Some((whole, fraction)) = text.split_once(['.', ',']) else { return text };
    let is_quantity = whole.len() >= 7
        && whole.bytes().all(|b| b.is_ascii_digit())
        && (1..=2).contains(&fraction.len())
        && fraction.bytes().all(|b| b == b'0');
    if is_quantity { whole } else { text }
}

/// `="79071112233"` keeps a spreadsheet from taking the number for a quantity; quotation marks may also be what is
/// left of doubled ones.
fn out_of_a_formula(text: &str) -> &str {
    let quoted = text.strip_prefix('=').unwrap_or(text);
    let inner = quoted.trim_matches('"');
    if inner.len() == quoted.len() { text } else { inner.trim() }
}

/// The number before «доб. 12», «ext. 12», `,12`, `#12`, `;ext=12`.
fn without_extension(text: &str) -> &str {
    const WORDS: [&str; 9] = ["доб", "вн.", "внутр", "ext", "x", "х", ",", ";", "#"];
    let mut cut = text.len();
    let lower = text.to_lowercase();
    // A folding that changes the length of the text would make its places useless here.
    if lower.len() != text.len() {
        return text;
    }
    for word in WORDS {
        if let Some(at) = lower.find(word)
            && text[..at].bytes().filter(u8::is_ascii_digit).count() >= 5
            && !has_letter(&text[..at])
        {
            let tail = lower[at + word.len()..].trim_start_matches(|c: char| c.is_alphabetic());
            let tail = tail.trim_matches(|c: char| !c.is_alphanumeric());
            if !tail.is_empty() && tail.len() <= 7 && tail.bytes().all(|b| b.is_ascii_digit()) {
                cut = cut.min(at);
            }
        }
    }
    text[..cut].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_the_same_with_and_without_a_copy() {
        for word in [
            "", "1", "112", "0611", "123456", "1234567", "x", "E", "EEE", "MTC", "internet", "Unknown", "NULL", "tel",
            "ext",
        ] {
            assert_eq!(read(word, None), read(&format!("{word}\u{200E}"), None), "{word:?}");
        }
        let long = "x".repeat(300);
        assert_eq!(read(&long, None), read(&format!("{long}\u{200E}"), None));
        let kazakh = PhoneNumber::e164(77_010_000_000);
        let german = PhoneNumber::e164(49_300_000_000);
        let digits = [
            "9071112233",
            "79071112233",
            "89071112233",
            "69071112233",
            "7071112233",
            "77071112233",
            "790711122334",
            "071112233",
        ];
        let before = ["", "+", "<--", "<--+", "<-- ", " +", "(", "(+", "-", ".", "--"];
        for (digits, before) in digits.iter().flat_map(|d| before.map(|b| (*d, b))) {
            for marks in ["", " ", "-", ".", "(", ") ", "+", "/", ",", "..."] {
                let mut text = before.to_owned();
                for (at, digit) in digits.char_indices() {
                    text.push(digit);
                    text.push_str(if at % 3 == 1 { marks } else { "" });
                }
                // A mark that is not seen keeps the text from being taken as it is.
                let copied = format!("{text}\u{200E}");
                for line in [None, Some(&kazakh), Some(&german)] {
                    assert_eq!(read(&text, line), read(&copied, line), "{text:?} of {line:?}");
                }
            }
        }
    }
}
