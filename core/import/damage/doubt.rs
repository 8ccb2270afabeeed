//! Rows that read and may yet say something else than was written.

use super::super::columns::Columns;
use super::super::recipe::Field;
use super::super::rows::RawRow;
use super::super::words::folded as fold;
use super::marks::stand_across;
use super::{Held, Mender, joined, stands_in};

/// How sure it is that a row that reads was damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Doubt {
    /// There is more in it than a row, or less: what it says is not what was written.
    Firm,
    /// There is a mark in a text that is kept as it is written, where it may belong.
    Loose,
}

/// What a word for the direction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Known,
    /// The beginning or the end of a known one.
    Cut,
    Other,
}

/// Cells whose meaning a mark changes.
const FIRM: [Field; 6] = [Field::Number, Field::Caller, Field::Callee, Field::Line, Field::Direction, Field::Key];

/// Cells that may hold any text.
const LOOSE: [Field; 3] = [Field::Outcome, Field::Service, Field::Label];

/// Words of directions that are remembered.
const WORDS: usize = 16;

impl Mender<'_> {
    /// Whether a row that reads may have been damaged: nearly anything reads as something in some cells.
    pub fn doubts(&mut self, row: &RawRow, columns: &Columns) -> Option<Doubt> {
        let mark = |field: &Field| stands_in(columns.cell(row, *field));
        let torn = row.has_break() && self.trial.is_torn_in_a_cell(row, columns);
        let across =
            self.lines && row.len() > self.width(columns) && joined(row).is_some_and(|text| stand_across(&text));
        if torn || across || FIRM.iter().any(mark) || columns.overflow(row) || self.is_cut(row, columns) {
            return Some(Doubt::Firm);
        }
        LOOSE.iter().any(mark).then_some(Doubt::Loose)
    }

    /// Whether the word for the direction is a part of a known one, in a file that writes such words, or nothing where
    /// every row has one.
    fn is_cut(&mut self, row: &RawRow, columns: &Columns) -> bool {
        let text = columns.cell(row, Field::Direction);
        if self.lines && text.is_empty() && self.recipe.known_ways {
            return true;
        }
        if !self.lines || text.is_empty() || text.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let word = match self.words.iter().find(|(known, _)| known == text) {
            Some((_, word)) => *word,
            None => {
                let word = self.word(&fold(text));
                if self.words.len() < WORDS {
                    self.words.push((text.to_owned(), word));
                }
                word
            }
        };
        word == Word::Cut && self.words.iter().any(|(_, word)| *word == Word::Known)
    }

    fn word(&self, folded: &str) -> Word {
        let mut seen = self.words.iter().filter(|(_, word)| *word == Word::Known);
        let within = |(known, _): &(String, Word)| {
            let known = fold(known);
            known.starts_with(folded) || known.ends_with(folded)
        };
        let mut words = self.recipe.direction.iter().flat_map(|rule| &rule.words);
        match self.recipe.way(folded) {
            Some(_) => Word::Known,
            None if words.any(|known| known.word().starts_with(folded)) || seen.any(within) => Word::Cut,
            None => Word::Other,
        }
    }

    /// Whether a row that reads has fewer cells than those before it.
    pub fn is_short(&self, row: &RawRow) -> bool {
        self.lines && row.len() < self.usual
    }

    /// Whether the next part has as many cells as this row lacks.
    pub fn completes<P>(&self, row: &Held<P>, next: &Held<P>) -> bool {
        let cells = row.row.len() + next.row.len();
        next.piece && !next.may_be_call() && (cells == self.usual || cells == self.usual + 1)
    }
}
