//! The end of a number: what two spellings of one number have in common.

use crate::model::{NumberKind, PhoneNumber};

/// The last digits of a number, ten at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tail {
    digits: u64,
    length: u32,
}

/// With fewer digits in common two numbers are only the same when they are equal.
const ENOUGH: u32 = 9;
const MOST: u32 = 10;

impl Tail {
    /// The tail of a number that has digits.
    #[must_use]
    pub fn of(number: &PhoneNumber) -> Option<Self> {
        if !matches!(number.kind, NumberKind::E164 | NumberKind::Short) {
            return None;
        }
        let digits: Vec<u64> = number.text.chars().filter_map(|c| c.to_digit(10)).map(u64::from).collect();
        let kept = digits.get(digits.len().saturating_sub(MOST as usize)..)?;
        (!kept.is_empty()).then(|| Self { digits: kept.iter().fold(0, |n, d| n * 10 + d), length: kept.len() as u32 })
    }

    /// Whether both can be one number.
    #[must_use]
    pub fn same(self, other: Self) -> bool {
        let common = self.length.min(other.length);
        if common < ENOUGH {
            return self == other;
        }
        let part = 10_u64.pow(common);
        self.digits % part == other.digits % part
    }
}
