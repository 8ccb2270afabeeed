//! When two records agree: number, direction, line, length.

use super::{NONE, RecordKey};
use crate::model::{Direction, NumberKind, PhoneNumber, Precision};

/// Starts of one call lie within this many seconds after the clock offset.
pub const TOLERANCE_S: i64 = 120;
/// Starts of one call on whose length the sources disagree lie within this many seconds after the clock offset.
pub const CONFLICT_TOLERANCE_S: i64 = 5;
/// Starts of one record in two exports of one list lie within this many seconds after the clock offset.
pub const EXPORT_TOLERANCE_S: i64 = 5;
/// Lengths of one call differ by no more than this, before rounding.
const DURATION_TOLERANCE_S: i32 = 2;

/// What is needed to say whether two records agree.
pub struct Rule<'a> {
    /// All records.
    pub records: &'a [RecordKey],
    /// The caller's numbers.
    pub numbers: &'a [PhoneNumber],
    /// Units to which the two sources round durations up.
    pub units: (u32, u32),
    /// The two sources are of one kind and may be exports of one list.
    pub one_kind: bool,
    /// Starts lie within this many seconds after the clock offset.
    pub tolerance_s: i64,
}

impl Rule<'_> {
    /// Whether the lengths agree: within 2 s, or after rounding up to the unit of either source. A length that is
    /// not stated agrees with any.
    pub fn durations(&self, a: i32, b: i32) -> bool {
        a < 0
            || b < 0
            || (a - b).abs() <= DURATION_TOLERANCE_S
            || rounds_alike(a, b, self.units.0)
            || rounds_alike(a, b, self.units.1)
    }

    /// Whether starts that lie so far apart after the clock offset can be of one call. Those that name no seconds are no
    /// nearer in two exports of one list.
    pub fn starts(&self, a: &RecordKey, b: &RecordKey, apart_s: i64) -> bool {
        let apart_s = apart_s.abs();
        let rough = || a.precision != Precision::Second || b.precision != Precision::Second;
        apart_s <= self.tolerance_s || (apart_s <= TOLERANCE_S && rough())
    }

    /// Whether two numbers can be one: equal, or one hidden, or one masked so that its visible digits fit.
    pub fn numbers(&self, a: u32, b: u32) -> bool {
        if a == b || a == NONE || b == NONE {
            return true;
        }
        let (Some(a), Some(b)) = (self.numbers.get(a as usize), self.numbers.get(b as usize)) else { return false };
        match (a.kind, b.kind) {
            (NumberKind::Hidden, _) | (_, NumberKind::Hidden) => true,
            (NumberKind::Masked, NumberKind::Masked) => masks_fit(&a.text, &b.text),
            (NumberKind::Masked, NumberKind::E164) => mask_fits(&a.text, &b.text),
            (NumberKind::E164, NumberKind::Masked) => mask_fits(&b.text, &a.text),
            _ => false,
        }
    }

    /// Whether the number says who it was.
    pub fn names_a_number(&self, number: u32) -> bool {
        self.numbers.get(number as usize).is_some_and(|n| !matches!(n.kind, NumberKind::Masked | NumberKind::Hidden))
    }

    /// Whether nothing but time and length can part the two records.
    pub fn may_be_one(&self, a: &RecordKey, b: &RecordKey) -> bool {
        lines(a.line, b.line) && directions(a.direction, b.direction) && self.numbers(a.number, b.number)
    }
}

/// Whether two lines agree; an unknown one agrees with any.
pub fn lines(a: u32, b: u32) -> bool {
    a == b || a == NONE || b == NONE
}

fn directions(a: Direction, b: Direction) -> bool {
    a == b || a == Direction::Unknown || b == Direction::Unknown
}

fn rounds_alike(a: i32, b: i32, unit: u32) -> bool {
    unit > 1 && a.unsigned_abs().div_ceil(unit) == b.unsigned_abs().div_ceil(unit)
}

/// Whether the visible digits of a mask fit a full number. Sources write masks with or without the country code, and
/// their asterisks do not always stand for as many digits as there are asterisks.
fn mask_fits(mask: &str, full: &str) -> bool {
    let mask = bare(mask);
    let digits = bare(full);
    let national = digits.strip_prefix('7');
    glob(mask, digits)
        || national.is_some_and(|n| glob(mask, n) || mask.strip_prefix('8').is_some_and(|mask| glob(mask, n)))
}

/// Whether two masks can stand for one number: what both show at the beginning and at the end is the same.
fn masks_fit(a: &str, b: &str) -> bool {
    let shown = |mask: &str| -> (String, String) {
        let mask = bare(mask);
        let head = mask.split('*').next().unwrap_or_default();
        let tail = mask.rsplit('*').next().unwrap_or_default();
        (head.to_owned(), tail.chars().rev().collect())
    };
    let (head_a, tail_a) = shown(a);
    let (head_b, tail_b) = shown(b);
    let alike = |x: &str, y: &str| x.starts_with(y) || y.starts_with(x);
    alike(&head_a, &head_b) && alike(&tail_a, &tail_b)
}

fn bare(text: &str) -> &str {
    text.strip_prefix('+').unwrap_or(text)
}

/// Whether `text` begins and ends as the mask does and holds its other visible parts in between, in order.
fn glob(mask: &str, text: &str) -> bool {
    let mut parts = mask.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_agree_within_two_seconds_or_after_rounding_up() {
        let rule = |units| Rule { records: &[], numbers: &[], units, one_kind: false, tolerance_s: TOLERANCE_S };
        assert!(rule((1, 1)).durations(35, 37) && !rule((1, 1)).durations(35, 38));
        assert!(rule((1, 60)).durations(35, 60) && rule((60, 1)).durations(60, 35));
        assert!(!rule((1, 60)).durations(0, 60), "a call that nobody answered is not a paid minute");
        assert!(rule((1, 60)).durations(61, 60) && !rule((1, 60)).durations(63, 60));
        assert!(rule((1, 1)).durations(-1, 700) && rule((0, 0)).durations(5, 5));
    }

    #[test]
    fn masks_fit_by_their_visible_digits() {
        for mask in ["+7957***4567", "957***4567", "8957***4567", "957**1234567", "***4567", "7957123****"] {
            assert!(mask_fits(mask, "+79571234567"), "{mask}");
        }
        for mask in ["+7957***4568", "956***4567", "957***9***4567"] {
            assert!(!mask_fits(mask, "+79571234567"), "{mask}");
        }
        assert!(masks_fit("7957*****67", "79571****567") && !masks_fit("7957*****67", "7956*****67"));
    }
}
