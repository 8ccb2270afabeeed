//! The numbers of a group: when each of them called.

use super::Tongue;
use crate::model::{NumberKind, PhoneNumber, number_written};

/// A number, and how many calls on which days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberUse {
    /// As it is shown: masked numbers stay masked.
    pub shown: String,
    /// As a list is narrowed to it; empty where it is hidden.
    pub text: String,
    /// Its digits, where it is a full number.
    pub digits: Option<u64>,
    /// Calls.
    pub calls: u32,
    /// Days since 1970 with calls, ascending, and how many.
    pub days: Vec<(i64, u32)>,
}

impl NumberUse {
    pub(super) fn first(&self) -> i64 {
        self.days.first().map_or(0, |(day, _)| *day)
    }

    pub(super) fn last(&self) -> i64 {
        self.days.last().map_or(0, |(day, _)| *day)
    }
}

/// Numbers that called most first. `used` are their calls: which number of `known` ([`crate::model::NONE`] for a hidden
/// one), on which day.
#[must_use]
pub fn numbers<'n>(
    mut used: Vec<(u32, i64)>,
    known: impl Fn(u32) -> Option<&'n PhoneNumber>,
    tongue: Tongue,
) -> Vec<NumberUse> {
    used.sort_unstable();
    let mut found: Vec<NumberUse> = Vec::new();
    for calls in used.chunk_by(|a, b| a.0 == b.0) {
        let Some((number, _)) = calls.first() else { continue };
        let number = known(*number).filter(|number| number.kind != NumberKind::Hidden);
        let days = calls.chunk_by(|a, b| a.1 == b.1).filter_map(|day| Some((day.first()?.1, small(day.len()))));
        found.push(NumberUse {
            shown: number.map_or_else(|| tongue.hidden().to_owned(), shown),
            text: number.map_or_else(String::new, |number| number.text.clone()),
            digits: number.and_then(PhoneNumber::digits),
            calls: small(calls.len()),
            days: days.collect(),
        });
    }
    found.sort_by(|a, b| b.calls.cmp(&a.calls).then_with(|| a.digits.cmp(&b.digits)).then_with(|| a.text.cmp(&b.text)));
    found
}

fn shown(number: &PhoneNumber) -> String {
    if number.kind == NumberKind::E164 { number_written(&number.text) } else { number.text.clone() }
}

pub(super) fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
