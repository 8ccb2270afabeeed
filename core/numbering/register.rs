//! Several files of the register as one: whose range a number lies in.

use super::companies::Companies;
use super::overlaps::Stretch;
use super::{NumberRange, RegisterTable, Series};
use crate::model::RegisterOrigin;
use std::ops::Range;
use std::sync::Arc;

/// Numbers of one code.
const CODE: u64 = 10_000_000;
/// The first code of the country, and how many there are.
const FIRST_CODE: u64 = 7_000;
const CODES: usize = 1_000;

/// A file of the register, and which it is.
#[derive(Clone, Debug)]
pub struct RegisterFile {
    /// Which it is.
    pub origin: RegisterOrigin,
    /// What it says.
    pub table: Arc<RegisterTable>,
}

/// The files that speak, each for its series.
#[derive(Debug, Default)]
pub struct Register {
    files: Vec<RegisterFile>,
    /// First numbers of the stretches, ascending: what a search goes through stands together.
    starts: Vec<u64>,
    stretches: Vec<(u32, Stretch)>,
    /// Where the stretches of each code begin, and behind the last where they end.
    codes: Vec<u32>,
    companies: Companies,
}

/// The range that a number lies in.
#[derive(Clone, Copy, Debug)]
pub struct Allotted<'a> {
    /// Index of the file among those of the register.
    pub file: usize,
    /// The row.
    pub range: &'a NumberRange,
}

impl Register {
    /// Joins files. Of two that cover one series the earlier in this list speaks; one that speaks for none is left out.
    #[must_use]
    pub fn of(files: Vec<RegisterFile>) -> Self {
        let mut spoken: Vec<Series> = Vec::new();
        let mut register = Self::default();
        for file in files {
            let new: Vec<Series> = file.table.series.iter().copied().filter(|s| !spoken.contains(s)).collect();
            if new.is_empty() {
                continue;
            }
            let at = u32::try_from(register.files.len()).unwrap_or(u32::MAX);
            let of_new = file.table.stretches.iter().filter(|stretch| new.contains(&Series::of(stretch.from)));
            register.stretches.extend(of_new.map(|stretch| (at, *stretch)));
            spoken.extend(new);
            register.files.push(file);
        }
        register.stretches.sort_unstable_by_key(|(_, stretch)| stretch.from);
        register.starts = register.stretches.iter().map(|(_, stretch)| stretch.from).collect();
        let begins = |code: usize| {
            let first = (FIRST_CODE + code as u64) * CODE;
            u32::try_from(register.starts.partition_point(|start| *start < first)).unwrap_or(u32::MAX)
        };
        register.codes = (0..=CODES).map(begins).collect();
        register.companies = Companies::of(register.files.iter().flat_map(|file| &file.table.ranges));
        register
    }

    /// The files that speak.
    #[must_use]
    pub fn files(&self) -> &[RegisterFile] {
        &self.files
    }

    /// Whether no file speaks.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The stretches of the code of a number.
    fn of_code(&self, digits: u64) -> Option<Range<usize>> {
        let code = usize::try_from((digits / CODE).checked_sub(FIRST_CODE)?).ok()?;
        Some(*self.codes.get(code)? as usize..*self.codes.get(code + 1)? as usize)
    }

    /// Index of the stretch that a number lies in.
    fn find(&self, digits: u64) -> Option<usize> {
        let of_code = self.of_code(digits)?;
        let before = self.starts.get(of_code.clone())?.partition_point(|start| *start <= digits).checked_sub(1)?;
        let at = of_code.start + before;
        (digits <= self.stretches.get(at)?.1.to).then_some(at)
    }

    fn allotted(&self, at: usize) -> Option<Allotted<'_>> {
        let (file, stretch) = self.stretches.get(at)?;
        let file = *file as usize;
        let range = self.files.get(file)?.table.ranges.get(stretch.range as usize)?;
        Some(Allotted { file, range })
    }

    /// The range that a number lies in, by its digits with the code of the country. None for a number of another
    /// country, one that was allotted to nobody, and one of which the rows disagree.
    #[must_use]
    pub fn range_of(&self, digits: u64) -> Option<Allotted<'_>> {
        self.allotted(self.find(digits)?)
    }

    /// The ranges that a block of numbers lies in, where no number of it is left out and all were allotted to one
    /// operator; none where that is not so.
    #[must_use]
    pub fn ranges_of_block(&self, from: u64, to: u64) -> Option<Vec<Allotted<'_>>> {
        let mut at = self.find(from)?;
        let first = self.allotted(at)?;
        let (mut ranges, mut end) = (vec![first], self.stretches.get(at)?.1.to);
        while end < to {
            at += 1;
            let stretch = self.stretches.get(at)?.1;
            let next = self.allotted(at).filter(|next| is_one_operator(first.range, next.range))?;
            if stretch.from != end + 1 {
                return None;
            }
            end = stretch.to;
            ranges.push(next);
        }
        Some(ranges)
    }

    /// Whether an operator as people name it (`МТС`, `Билайн`) holds a range; `None` where the name is not known, or
    /// is that of several.
    #[must_use]
    pub fn is_held_by(&self, range: &NumberRange, named: &str) -> Option<bool> {
        Some(self.companies.named(named)? == self.companies.holder(range)?)
    }
}

/// Whether two rows name one operator: by the tax number where both have one, else by the letter.
fn is_one_operator(one: &NumberRange, other: &NumberRange) -> bool {
    match (&*one.inn, &*other.inn) {
        ("", _) | (_, "") => one.operator == other.operator,
        (one, other) => one == other,
    }
}
