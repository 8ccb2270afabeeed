//! Phone numbers and what stands in their place.

use super::words;
use serde::{Deserialize, Serialize};

words!(
    /// What the text in a number column is.
    NumberKind {
        /// A full number in the form of E.164.
        E164 = "e164",
        /// A short code such as `900` or `112`.
        Short = "short",
        /// An alphanumeric sender or a service name such as `MTC`.
        Sender = "sender",
        /// A number with hidden digits such as `985**1098580`.
        Masked = "masked",
        /// A number that the caller or the network withheld.
        Hidden = "hidden",
        /// Digits or text that no rule reads.
        Unknown = "unknown",
    }
);

impl NumberKind {
    /// How little such a text says of who called, 0 for a full number: of several records of a call the least counts.
    #[must_use]
    pub fn vagueness(self) -> u8 {
        match self {
            Self::E164 => 0,
            Self::Short | Self::Sender => 1,
            Self::Masked => 2,
            Self::Unknown => 3,
            Self::Hidden => 4,
        }
    }
}

words!(
    /// Why a number may be another than it was read as.
    NumberNote {
        /// Eleven digits that begin with 84 and have no plus: read as dialled in Russia, they could be of Vietnam.
        AlsoVietnam = "also_vietnam",
        /// A spreadsheet has thrown the last digits away.
        DigitsLost = "digits_lost",
    }
);

/// A number read from a source: its kind and a canonical text. The spelling as written is kept by the record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PhoneNumber {
    /// What it is.
    pub kind: NumberKind,
    /// `+74951234567` for [`NumberKind::E164`]; digits, sender text or visible digits with `*` for the others;
    /// empty for hidden numbers.
    pub text: String,
}

impl PhoneNumber {
    /// A hidden number.
    #[must_use]
    pub fn hidden() -> Self {
        Self { kind: NumberKind::Hidden, text: String::new() }
    }

    /// An E.164 number from its digits without the plus.
    #[must_use]
    pub fn e164(digits: u64) -> Self {
        // Done a million times over, so not by formatting.
        let mut text = [0_u8; 21];
        let (mut at, mut rest) = (text.len(), digits);
        loop {
            at -= 1;
            text[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        at -= 1;
        text[at] = b'+';
        Self { kind: NumberKind::E164, text: std::str::from_utf8(&text[at..]).unwrap_or_default().to_owned() }
    }

    /// The digits of an E.164 number as an integer; `None` for every other kind.
    #[must_use]
    pub fn digits(&self) -> Option<u64> {
        if self.kind == NumberKind::E164 { Self::digits_of(&self.text) } else { None }
    }

    /// The same of the text of an E.164 number alone.
    #[must_use]
    pub fn digits_of(e164: &str) -> Option<u64> {
        e164.strip_prefix('+').and_then(|digits| digits.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_written_as_they_are() {
        for digits in [0, 7, 10, 79_071_112_233, u64::MAX] {
            assert_eq!(PhoneNumber::e164(digits).text, format!("+{digits}"));
        }
    }
}
