//! What a row says when every cell of it is asked to read: for rows that are put right and must leave nothing to chance.

use super::{Mapper, Stated};
use crate::import::columns::{Columns, trimmed};
use crate::import::number;
use crate::import::recipe::Field;
use crate::import::rows::RawRow;
use crate::import::words::{any_fits, folded};
use crate::model::{Direction, Disposition, NumberKind, PhoneNumber, Precision, RowFate};

/// Everything that a row says, in a form that does not depend on how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Sense {
    start: (i64, Precision, Option<i32>),
    /// Kind of another service; `None` for a call.
    other: Option<String>,
    ways: Option<(Direction, Disposition)>,
    duration_s: Option<u32>,
    parties: [PhoneNumber; 3],
    /// What is kept as it is written, and must be written in one way.
    texts: [String; TEXTS.len()],
    /// A word for the direction that no rule knows.
    word: Option<String>,
}

const PARTIES: [Field; 3] = [Field::Number, Field::Caller, Field::Callee];

const TEXTS: [Field; 11] = [
    Field::Service,
    Field::ServiceKind,
    Field::Unit,
    Field::Label,
    Field::Line,
    Field::Zone,
    Field::Key,
    Field::Id,
    Field::AnsweredAt,
    Field::End,
    Field::Answered,
];

impl Mapper<'_> {
    /// What a row says; `None` where a cell of it does not read beyond doubt.
    pub fn sense(&mut self, row: &RawRow, columns: &Columns) -> Option<Sense> {
        let start = self.start(row, columns).ok()?;
        // Half a beginning would read as a day.
        if start.precision == Precision::Day {
            return None;
        }
        let (other, ways, duration_s) = match self.statement(row, columns, None) {
            Stated::Call(record) => (None, Some((record.direction, record.disposition)), record.duration_s),
            Stated::Else(RowFate::Other { kind, .. }) => (Some(kind), None, None),
            Stated::Else(_) => return None,
        };
        let parties = PARTIES.map(|field| number::read(columns.cell(row, field), None));
        let is_call = other.is_none();
        let known = |number: &PhoneNumber| match number.kind {
            NumberKind::Unknown => false,
            NumberKind::Sender => !is_call || (self.recipe.extensions > 0 && number.text.is_ascii()),
            _ => true,
        };
        let direction = columns.cell(row, Field::Direction);
        let unknown = !direction.is_empty() && self.recipe.way(&folded(direction)).is_none();
        // An exchange may have words of its own there.
        if is_call && unknown && self.recipe.extensions == 0 {
            return None;
        }
        let named = PARTIES.iter().any(|field| !columns.cell(row, *field).is_empty());
        if !parties.iter().all(known) || (is_call && !named) || !self.knows_words(row, columns, is_call) {
            return None;
        }
        let texts = TEXTS.map(|field| columns.cell(row, field).to_owned());
        let start = (start.reading, start.precision, start.offset_s);
        let word = unknown.then(|| direction.to_owned());
        Some(Sense { start, other, ways, duration_s, parties, texts, word })
    }

    /// Whether the word for the outcome is known, and no digit of another cell clings to it or to the direction.
    fn knows_words(&self, row: &RawRow, columns: &Columns, is_call: bool) -> bool {
        let pure = |text: &str| !(text.chars().any(char::is_alphabetic) && text.bytes().any(|b| b.is_ascii_digit()));
        let outcome = columns.cell(row, Field::Outcome);
        let word = folded(outcome);
        let known = outcome.is_empty() || self.recipe.outcome.iter().any(|rule| any_fits(&rule.words, &word));
        pure(columns.cell(row, Field::Direction)) && pure(outcome) && (!is_call || known)
    }

    /// Whether a text is a beginning, or the date of one.
    pub fn reads_as_date(&self, text: &str, columns: &Columns) -> bool {
        let text = trimmed(text).trim_matches(['"', '=']);
        let times = columns.has(Field::Time);
        self.recipe.dates.iter().any(|form| form.read(text).is_some_and(|r| times || r.precision != Precision::Day))
    }
}
