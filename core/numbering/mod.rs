//! The register of the numbering plan: to whom ranges of numbers were allotted. It says nothing about who called, nor
//! whom a number belongs to now: numbers are ported.
//!
//! [`read()`] turns the published file into a [`RegisterTable`] with everything in it that does not hold;
//! [`Register`] joins several of them, each of its own date, and answers whose range a number lies in. One operator
//! stands under several names: `companies` joins them by the tax number, and by nothing else that could be a guess.

mod companies;
mod overlaps;
mod read;
mod register;
#[cfg(test)]
mod tests;

pub use read::{MAX_BYTES, RegisterTable, Series, is_register, read};
pub use register::{Allotted, Register, RegisterFile};

use std::sync::Arc;

/// A row of the register: a range that was allotted to an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberRange {
    /// First number, digits with the code of the country (`79991234500`).
    pub from: u64,
    /// Last number.
    pub to: u64,
    /// Line of the file, from 1.
    pub line: u32,
    /// Operator as the row writes it.
    pub operator: Arc<str>,
    /// Region as the row writes it; `-` where the row leaves it to the territory.
    pub region: Arc<str>,
    /// Territory; empty in registers that have none.
    pub territory: Arc<str>,
    /// Tax number of the operator; empty in registers that have none.
    pub inn: Arc<str>,
}

impl NumberRange {
    /// All that a row says of its numbers.
    fn saying(&self) -> [&str; 4] {
        [&self.operator, &self.inn, &self.region, &self.territory]
    }

    /// The region for people: that of the territory where the row has no other, and several with commas between them.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let stated = |text: &str| !matches!(text, "" | "-");
        let text = [&self.region, &self.territory].into_iter().find(|text| stated(text))?;
        // `|` and ` * ` join the parts of a place, or several places.
        let parts = text.split('|').flat_map(|part| part.split(" * ")).map(str::trim);
        Some(parts.filter(|part| stated(part)).collect::<Vec<_>>().join(", "))
    }
}
