//! Numbers of other countries, by the library, which is believed only where it gives back the digits it was given.

use super::russian::speaks_russian;
use crate::model::PhoneNumber;
use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, country};

/// Digits that a full number has at least, its country's code included.
const LEAST: usize = 8;

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
        // Eleven digits that begin with 8 are dialled within the country; which country they would be of is a guess.
        let whole = digits.len() >= 11 && !(digits.len() == 11 && digits.starts_with('8'));
        return whole.then(|| international(digits)).flatten();
    }
    if line.is_some_and(|line| line.text.starts_with("+375"))
        && let Some(number) = belarusian(digits)
    {
        return Some(number);
    }
    national(digits, line).or_else(|| (digits.len() >= 11).then(|| international(digits)).flatten())
}

/// Belarus dials 80 before the code of a place or a network; the library has its own trouble with that prefix.
fn belarusian(digits: &str) -> Option<u64> {
    let significant = match digits.len() {
        9 => digits,
        10 => digits.strip_prefix(['8', '0'])?,
        11 => digits.strip_prefix("80")?,
        12 => digits.strip_prefix("375")?,
        _ => return None,
    };
    let known = ["15", "16", "17", "21", "22", "23", "24", "25", "29", "33", "44"];
    known.contains(&significant.get(..2)?).then(|| format!("375{significant}").parse().ok()).flatten()
}

/// Digits that begin with a country's code.
fn international(digits: &str) -> Option<u64> {
    if digits.starts_with(['0', '7']) || !(LEAST..=15).contains(&digits.len()) {
        return None;
    }
    // The library drops the 8 of Belarus as it drops that of Russia, so its numbers are told by their length alone.
    if digits.starts_with("375") {
        return (digits.len() == 12).then(|| digits.parse().ok()).flatten();
    }
    let number = phonenumber::parse(None, format!("+{digits}")).ok()?;
    // A code of a country and a plausible length are all that is asked: numbers that no plan allots are what such
    // callers show. Every digit has to come back.
    let written = number.format().mode(Mode::E164).to_string();
    (written.strip_prefix('+') == Some(digits)).then(|| digits.parse().ok()).flatten()
}

/// Digits as they are dialled in the country of the line: in full, or behind the prefix that is dialled at home.
fn national(digits: &str, line: Option<&PhoneNumber>) -> Option<u64> {
    let home = phonenumber::parse(None, &line?.text).ok()?;
    let country: country::Id = home.country().id()?;
    let number = phonenumber::parse(Some(country), digits).ok()?;
    let written = number.format().mode(Mode::E164).to_string();
    let written = written.strip_prefix('+')?;
    let prefix = home.metadata(&DATABASE).and_then(|metadata| metadata.national_prefix()).unwrap_or_default();
    let given = if written.ends_with(digits) { digits } else { digits.strip_prefix(prefix)? };
    let whole = written.ends_with(given) && (LEAST..=15).contains(&written.len());
    whole.then(|| written.parse().ok()).flatten()
}
