//! Years of one invented subscriber's calls with the truth known: who called is said beside every call, so that groups
//! can be measured against it.
//!
//! [`campaigns`] tells who rings through numbers that change, [`life`] the calls that everybody has, and [`preset`] what a
//! year is made of. The plain data here know nothing of the program that is measured with them.

mod campaigns;
mod life;
mod preset;
mod span;
#[cfg(test)]
mod tests;

pub use preset::Preset;

use crate::Seed;

/// Who really called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Caller {
    /// A campaign that rings through many numbers.
    Campaign(u32),
    /// A bank in the person's service, through numbers of its own.
    Bank(u32),
    /// A person, a company, a courier: ordinary life.
    Other(u32),
}

/// One call of the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearCall {
    /// Number as the screen showed it, digits of E.164; none where it was withheld.
    pub number: Option<u64>,
    /// Start, Unix seconds.
    pub start: i64,
    /// Length in seconds; 0 where nobody answered.
    pub length_s: u32,
    /// Whether it came in.
    pub incoming: bool,
    /// Caller label that was shown.
    pub label: Option<String>,
    /// Who called, or was called.
    pub caller: Caller,
    /// Whether the number shown is not the caller's.
    pub spoofed: bool,
}

/// A year, in order of time.
#[must_use]
pub fn year(preset: Preset, seed: u64) -> Vec<YearCall> {
    let mut year = Year { seed: Seed::new(seed), calls: Vec::new(), others: 0, taken: Vec::new() };
    preset.tell(&mut year);
    year.calls.sort_by_key(|call| (call.start, call.number, call.length_s));
    year.calls
}

/// Codes that the numbering plan leaves unallotted.
const CODES: [u64; 10] = [907, 935, 940, 943, 944, 946, 957, 973, 975, 998];

/// A year being told.
struct Year {
    seed: Seed,
    calls: Vec<YearCall>,
    /// Callers of ordinary life so far.
    others: u32,
    /// Numbers in use.
    taken: Vec<u64>,
}

impl Year {
    /// A number that nobody has yet, anywhere in the plan.
    fn number(&mut self) -> u64 {
        loop {
            let code = *self.seed.pick(&CODES);
            let number = (7_000 + code) * 10_000_000 + self.seed.below(10_000_000);
            if self.take(number) {
                return number;
            }
        }
    }

    /// The beginning of ten thousand numbers that nobody uses yet.
    fn block(&mut self) -> u64 {
        loop {
            let from = self.number() / 10_000 * 10_000;
            if self.taken.iter().filter(|taken| **taken / 10_000 == from / 10_000).count() == 1 {
                self.taken.pop();
                return from;
            }
        }
    }

    fn take(&mut self, number: u64) -> bool {
        let free = !self.taken.contains(&number);
        if free {
            self.taken.push(number);
        }
        free
    }

    fn other(&mut self) -> Caller {
        self.others += 1;
        Caller::Other(self.others)
    }
}
