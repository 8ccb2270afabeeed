//! Numbers of other countries, by the library, which is believed only where it gives back the digits it was given.

use super::russian::speaks_russian;
use crate::model::PhoneNumber;
use phonenumber::{Mode, country};

/// A number that is not Russian, as E.164 digits.
pub(super) fn read(digits: &str, plus: bool, line: Option<&PhoneNumber>) -> Option<u64> {
    if plus {
        return international(digits);
    }
    if let Some(rest) = digits.strip_prefix("00") {
        return international(rest);
    }
    if speaks_russian(line) {
        if let Some(rest) = digits.strip_prefix("810") {
            return international(rest);
        }
        // Eleven digits and more that begin neither with 7 nor with 8 carry their country's code.
        return (digits.len() >= 11).then(|| international(digits)).flatten();
    }
    national(digits, line).or_else(|| (digits.len() >= 11).then(|| international(digits)).flatten())
}

/// Digits that begin with a country's code.
fn international(digits: &str) -> Option<u64> {
    if digits.starts_with(['0', '7']) {
        return None;
    }
    let number = phonenumber::parse(None, format!("+{digits}")).ok()?;
    let own = ends_as_given(&number, digits)?;
    // A plausible length is all that is asked: numbers that no plan allots are what such callers show.
    (own == digits).then(|| own.parse().ok()).flatten()
}

/// Digits as they are dialled in the country of the line.
fn national(digits: &str, line: Option<&PhoneNumber>) -> Option<u64> {
    let line = line?.text.clone();
    let country: country::Id = phonenumber::parse(None, line).ok()?.country().id()?;
    let number = phonenumber::parse(Some(country), digits).ok()?;
    let significant = digits.trim_start_matches('0');
    ends_as_given(&number, significant)?.parse().ok()
}

/// The digits of the library's answer, if they end with those that were asked about.
fn ends_as_given(number: &phonenumber::PhoneNumber, given: &str) -> Option<String> {
    let written = number.format().mode(Mode::E164).to_string();
    let digits = written.strip_prefix('+')?.to_owned();
    digits.ends_with(given).then_some(digits)
}
