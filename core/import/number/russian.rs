//! Numbers of Russia and Kazakhstan, the country code 7. The library for the world's numbers drops the first digit of
//! every Russian number whose area code begins with 8, so these rules never ask it.

use crate::model::PhoneNumber;

/// A number of code 7 as E.164 digits.
pub(super) fn read(digits: &str, plus: bool, line: Option<&PhoneNumber>) -> Option<u64> {
    let value: u64 = digits.parse().ok()?;
    if let Some(number) = of_value(value, digits.len(), plus, line) {
        return Some(number);
    }
    // 8 10 7 and 00 7 dial out of the country into it.
    let abroad = (!plus && speaks_russian(line))
        .then(|| digits.strip_prefix("810").or_else(|| digits.strip_prefix("00")))
        .flatten()?;
    of_value(abroad.parse().ok()?, abroad.len(), true, line)
}

/// The same from the value and the count of its digits.
pub(super) fn of_value(value: u64, count: usize, plus: bool, line: Option<&PhoneNumber>) -> Option<u64> {
    const TEN: u64 = 10_000_000_000;
    match (count, value / TEN, value % TEN / 1_000_000_000) {
        (11, 7, 3 | 4 | 6 | 7 | 8 | 9) => Some(value),
        (11, 8, 3 | 4 | 6 | 7 | 8 | 9) if !plus && speaks_russian(line) => Some(7 * TEN + value % TEN),
        // Without a code before them, 6 and 7 are Kazakhstan's own way to write its numbers.
        (10, 0, 3 | 4 | 8 | 9) if !plus && speaks_russian(line) => Some(7 * TEN + value),
        (10, 0, 6 | 7) if !plus && is_kazakh(line) => Some(7 * TEN + value),
        _ => None,
    }
}

/// Whether a number without a country is read by these rules: the line is unknown or has code 7.
pub(super) fn speaks_russian(line: Option<&PhoneNumber>) -> bool {
    line.and_then(PhoneNumber::digits).is_none_or(|digits| digits / 10_000_000_000 == 7)
}

fn is_kazakh(line: Option<&PhoneNumber>) -> bool {
    line.and_then(PhoneNumber::digits).is_some_and(|digits| matches!(digits / 1_000_000_000, 76 | 77))
}
