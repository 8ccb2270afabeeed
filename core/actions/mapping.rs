//! A table that no recipe knows: look at it as it is, and try a mapping on the whole of it.

use super::files::bring;
use super::import::{ImportOptions, read_options};
use crate::case::Case;
use crate::error::Result;
use crate::import::{
    Look, Mapping, MappingName, Mend, OwnRecipe, ReadingNote, Sink, identify, look, read, recipe_text,
};
use crate::model::{Dictionary, Direction, Moment, NumberKind, RowFate, RowProblem};
use crate::progress::Progress;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Row problems that a trial shows.
const PROBLEMS: usize = 50;

/// The first call that a mapping reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FirstCall {
    /// Row as a person counts it.
    pub row: u32,
    /// Beginning, RFC 3339.
    pub started_at: String,
    /// The unit to which it is known.
    pub precision: crate::model::Precision,
    /// Which way it went.
    pub direction: Direction,
    /// The other party, E.164; `None` for what is no full number.
    pub number: Option<String>,
    /// As written.
    pub number_raw: String,
    /// Length in seconds.
    pub duration_s: Option<u32>,
}

/// What a mapping makes of the rows of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Trial {
    /// Every data row.
    pub rows: u32,
    /// Not data rows.
    pub skipped: u32,
    /// Rows that state a call.
    pub records: u32,
    /// Calls by direction.
    pub directions: BTreeMap<String, u32>,
    /// Other services by kind.
    pub other: BTreeMap<String, u32>,
    /// Repeats within the file.
    pub repeats_in_file: u32,
    /// Rows of lines that were not picked.
    pub other_lines: u32,
    /// The first rows that could not be read; how many there are follows from the sums.
    pub problems: Vec<RowProblem>,
    /// Rows, of those counted above, that were damaged in the file and mended.
    pub mended: u32,
    /// The first of them.
    pub mends: Vec<Mend>,
    /// What was taken for true without the file saying so.
    pub notes: Vec<ReadingNote>,
    /// The first call.
    pub first: Option<FirstCall>,
}

/// Looks at a file as it is and proposes how to read it. `header` is the row that the person says is the header: 0 for
/// none, `None` where it is to be found.
///
/// # Errors
/// As [`crate::import::look`]; [`crate::Code::FileAbsent`], [`crate::Code::FileUnreadable`].
pub fn look_at(path: &Path, header: Option<u32>) -> Result<Look> {
    let mut brought = bring(path)?;
    look(&mut brought.file, &brought.name, header)
}

/// Reads a whole file by a mapping and writes nothing.
///
/// # Errors
/// As [`crate::import::read`]; [`crate::Code::RecipeBroken`] where the mapping lacks what a call needs.
pub fn try_mapping(case: &Case, path: &Path, mapping: &Mapping, progress: &dyn Progress) -> Result<Trial> {
    let by = OwnRecipe::parse(&recipe_text(mapping, MappingName::none()))?;
    let options = ImportOptions { by: Some(by), line: mapping.line.clone(), ..ImportOptions::default() };
    let options = read_options(case.connection(), &options)?;
    let mut brought = bring(path)?;
    let what = identify(&mut brought.file, &brought.name, &options)?;
    let mut tally = Tally::default();
    let summary = read(&mut brought.file, &brought.name, &what, &options, &mut tally, progress)?;
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Trial {
        rows: count(summary.rows),
        skipped: count(summary.skipped),
        records: count(summary.records),
        directions: tally.directions,
        other: summary.other.iter().map(|(kind, n)| (kind.clone(), count(*n))).collect(),
        repeats_in_file: count(summary.repeats_in_file),
        other_lines: count(summary.other_lines),
        problems: summary.problems.into_iter().take(PROBLEMS).collect(),
        mended: count(summary.mended),
        mends: summary.mends.into_iter().take(PROBLEMS).collect(),
        notes: summary.notes,
        first: tally.first,
    })
}

/// Counts the calls by direction and keeps the first.
#[derive(Default)]
struct Tally {
    directions: BTreeMap<String, u32>,
    first: Option<FirstCall>,
}

impl Sink for Tally {
    fn row(&mut self, fate: RowFate, words: &Dictionary) -> Result<()> {
        let RowFate::Record(record) = fate else { return Ok(()) };
        match self.directions.get_mut(record.direction.word()) {
            Some(count) => *count += 1,
            None => {
                self.directions.insert(record.direction.word().to_owned(), 1);
            }
        }
        let (None, Some(clock)) = (&self.first, words.clocks.get(record.clock as usize)) else { return Ok(()) };
        let spelling = words.spellings.get(record.spelling as usize);
        self.first = Some(FirstCall {
            row: u32::try_from(record.place.row).unwrap_or(u32::MAX),
            started_at: Moment { reading: record.reading, clock: *clock }.rfc3339(),
            precision: clock.precision,
            direction: record.direction,
            number: spelling.filter(|(_, n)| n.kind == NumberKind::E164).map(|(_, n)| n.text.clone()),
            number_raw: spelling.map(|(raw, _)| raw.clone()).unwrap_or_default(),
            duration_s: record.duration_s,
        });
        Ok(())
    }
}
