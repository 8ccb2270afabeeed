//! Numbers of other countries, by the library, which is believed only where it gives back the digits it was given.

use super::russian::speaks_russian;
use crate::model::PhoneNumber;
use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, country};

/// Digits that a full number has at least, its country's code included.
const LEAST: usize = 8;

/// Codes of countries whose numbers come back from the library as they are, unless they begin with what is dialled in
/// front of a number at home (0 or 8). To start the library takes longer than to read a detail of ten thousand rows,
/// so numbers of the countries that are met most do without it. A test asks the library about each of them.
const AS_THEY_ARE: [&str; 20] = [
    "380", "374", "994", "995", "996", "998", "992", "993", "373", "370", "371", "372", "44", "49", "48", "90", "33",
    "972", "971", "420",
];

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
    if AS_THEY_ARE.iter().any(|code| {
        digits.strip_prefix(code).is_some_and(|rest| rest.starts_with(['1', '2', '3', '4', '5', '6', '7', '9']))
    }) {
        return digits.parse().ok();
    }
    by_library(digits)
}

fn by_library(digits: &str) -> Option<u64> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_do_without_the_library_are_those_that_it_gives_back() {
        let mut seed = 1_u64;
        for code in AS_THEY_ARE {
            for begin in (10..100).filter(|begin| begin / 10 != 8) {
                for length in LEAST..=15 {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let mut digits = format!("{code}{begin}{:020}", seed);
                    digits.truncate(length);
                    assert_eq!(international(&digits), by_library(&digits), "{digits}");
                }
            }
        }
    }
}
