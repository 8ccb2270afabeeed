//! What the calls of a table lack that no known layout is: nobody has said what its columns mean, so that a person has to
//! look whether they were understood.

use super::columns::{Columns, letter};
use super::note::{NoteKind, ReadingNote};
use super::number;
use super::recipe::Recipe;
use super::rows::RawRow;
use crate::model::{CallRecord, Dictionary, Direction, NumberKind, Precision};

/// Calls in whose rows columns that are not read are looked at.
const LOOKED_AT: u64 = 200;
/// Digits of a full number.
const FULL: usize = 10;

/// Counts of calls.
#[derive(Debug, Default)]
pub(super) struct Lacks {
    calls: u64,
    direction: u64,
    time: u64,
    number: u64,
    /// Of each column that is not read: in how many of the first calls a full number stands in it.
    unread: Vec<u64>,
    /// Its heading.
    names: Vec<String>,
}

impl Lacks {
    /// Whether a layout is one of which this is to be told.
    pub fn are_told_of(recipe: &Recipe) -> bool {
        recipe.general || recipe.confidence.is_none()
    }

    /// Looks at a call and its row. `strangers`: its direction is not known because the own line is not.
    pub fn take(&mut self, row: &RawRow, columns: &Columns, record: &CallRecord, strangers: bool, words: &Dictionary) {
        self.direction += u64::from(record.direction == Direction::Unknown && !strangers);
        let clock = words.clocks.get(record.clock as usize);
        self.time += u64::from(clock.is_some_and(|clock| clock.precision == Precision::Day));
        let spelling = words.spellings.get(record.spelling as usize);
        self.number += u64::from(spelling.is_some_and(|(raw, _)| raw.is_empty()));
        self.calls += 1;
        if self.calls > LOOKED_AT {
            return;
        }
        for (at, cell) in row.cells().enumerate() {
            if columns.reads_column(at) || cell.bytes().filter(u8::is_ascii_digit).count() < FULL {
                continue;
            }
            if number::read(cell.trim(), None).kind != NumberKind::E164 {
                continue;
            }
            if self.unread.len() <= at {
                self.unread.resize(at + 1, 0);
                self.names.resize(at + 1, String::new());
            }
            self.unread[at] += 1;
            if self.names[at].is_empty() {
                self.names[at] = columns.headings.get(at).map_or_else(String::new, |name| name.trim().to_owned());
            }
        }
    }

    /// What to tell of `self`.
    pub fn notes(&self) -> impl Iterator<Item = ReadingNote> + '_ {
        let counts =
            [(NoteKind::NoDirection, self.direction), (NoteKind::NoTime, self.time), (NoteKind::NoNumber, self.number)];
        let lacking = counts.into_iter().filter(|(_, calls)| *calls > 0);
        let mostly = |calls: u64| calls * 2 >= self.calls.min(LOOKED_AT) && calls > 0;
        let unread = self.unread.iter().zip(&self.names).enumerate().filter(move |(_, (calls, _))| mostly(**calls));
        let unread = unread.map(|(at, (_, name))| match name.as_str() {
            "" => ReadingNote::unread_numbers(&letter(at)),
            name => ReadingNote::unread_numbers(name),
        });
        lacking.map(|(kind, calls)| ReadingNote::lacking(kind, calls, self.calls)).chain(unread)
    }
}
