//! What a row says when every cell of it is asked to read: for rows that are put right and must leave nothing to chance.

use super::{Mapper, Stated, Way};
use crate::import::columns::{Columns, PARTIES, trimmed};
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
    /// The number in the cell of the line.
    pub line: PhoneNumber,
    /// What is kept as it is written, and must be written in one way.
    texts: [String; TEXTS.len()],
    /// A word for the direction that no rule knows.
    word: Option<String>,
}

const TEXTS: [Field; 10] = [
    Field::Service,
    Field::ServiceKind,
    Field::Unit,
    Field::Label,
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
        let line = number::read(columns.cell(row, Field::Line), None);
        if line.kind == NumberKind::Unknown {
            return None;
        }
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
        Some(Sense { start, other, ways, duration_s, parties, line, texts, word })
    }

    /// Whether the word for the outcome is known, and no digit of another cell clings to it or to the direction.
    fn knows_words(&self, row: &RawRow, columns: &Columns, is_call: bool) -> bool {
        let pure = |text: &str| !(text.chars().any(char::is_alphabetic) && text.bytes().any(|b| b.is_ascii_digit()));
        let outcome = columns.cell(row, Field::Outcome);
        let word = folded(outcome);
        let known = outcome.is_empty() || self.recipe.outcome.iter().any(|rule| any_fits(&rule.words, &word));
        pure(columns.cell(row, Field::Direction)) && pure(outcome) && (!is_call || known)
    }

    /// Whether a line ends within a number, or within a word that means something else without the break.
    pub fn is_torn_in_a_cell(&self, row: &RawRow, columns: &Columns) -> bool {
        let ends = |text: &str| text.contains(['\n', '\r']);
        let numbers = PARTIES.into_iter().chain([Field::Line]).map(|field| columns.cell(row, field));
        let mut numbers = numbers.filter(|text| ends(text));
        let words = [Field::Direction, Field::Outcome, Field::Service, Field::ServiceKind];
        let mut words = words.into_iter().map(|field| (field, columns.cell(row, field))).filter(|(_, text)| ends(text));
        numbers.any(|text| number::read(text, None).kind != NumberKind::E164)
            || words.any(|(field, text)| {
                let said = self.meaning(text);
                let nothing = field == Field::Direction && said.0.is_none();
                nothing || said != self.meaning(&text.replace(['\n', '\r'], ""))
            })
    }

    /// What a word says, wherever it stands.
    fn meaning(&self, text: &str) -> (Way, Option<usize>, Option<Disposition>) {
        let word = folded(text);
        let service = self.recipe.service.iter().position(|rule| any_fits(&rule.words, &word));
        let outcome = self.recipe.outcome.iter().find(|rule| any_fits(&rule.words, &word));
        (self.recipe.way(&word), service, outcome.map(|rule| rule.disposition))
    }

    /// Whether a text is a beginning, or the date of one.
    pub fn reads_as_date(&self, text: &str, columns: &Columns) -> bool {
        let text = trimmed(text).trim_matches(['"', '=']);
        let times = columns.has(Field::Time);
        self.recipe.dates.iter().any(|form| form.read(text).is_some_and(|r| times || r.precision != Precision::Day))
    }
}
