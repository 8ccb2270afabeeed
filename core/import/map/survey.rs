//! Looking through a file before its rows are told: which rows are legs of one call, what zone its ids show.

use super::{Mapper, Stated, Unread, Way};
use crate::import::columns::{Columns, unit_in};
use crate::import::intern::RowKey;
use crate::import::legs::moment_in;
use crate::import::recipe::Field;
use crate::import::rows::RawRow;
use crate::import::when::{DurationForm, Format, Read};
use crate::import::words::folded;
use crate::model::{ClockKind, NumberKind};

/// Seconds by which the printed legs of one call may differ in length.
const LEG_SLACK_S: u32 = 2;

impl Mapper<'_> {
    /// Takes what a row says of its call as a whole and of the zone, before the rows are told.
    pub fn survey(&mut self, row: &RawRow, columns: &Columns, stated: &Stated) {
        let Stated::Call(record) = stated else { return };
        let clock = self.interner.dictionary.clocks.get(record.clock as usize);
        if clock.is_some_and(|clock| clock.kind == ClockKind::Wall) {
            let ids = [Field::Id, Field::Key].map(|field| columns.cell(row, field));
            ids.iter().for_each(|id| self.offsets.take(record.reading, id));
        }
        if let Some(key) = self.key(row, columns).or_else(|| self.leg_key(row, record)) {
            let number = self.interner.dictionary.spellings.get(record.spelling as usize);
            let named = number.is_some_and(|(_, number)| number.kind != NumberKind::Hidden);
            // Two printed legs of one call differ by the second or two that passing it on takes.
            let slack_s = if self.recipe.legs { LEG_SLACK_S } else { 0 };
            self.legs.take(key, record, self.nth, named, slack_s);
        }
    }

    /// The local day of a row that states no call, days since 1970; `None` where it does not read. `start` is its
    /// beginning, where it was read already.
    pub fn day(&mut self, row: &RawRow, columns: &Columns, start: Option<Read>) -> Option<i64> {
        let when = match start {
            Some(start) => start,
            None => self.start(row, columns).ok()?,
        };
        let instant = self.recipe.instants || when.is_instant;
        let ahead = if instant { i64::from(self.fallback.0.offset_s(when.reading)) } else { 0 };
        Some(when.reading.saturating_add(ahead).div_euclid(86_400))
    }

    /// Whether the row says that its length is counted in minutes.
    pub fn counts_minutes(&mut self, row: &RawRow, columns: &Columns) -> bool {
        let unit = columns.cell(row, Field::Unit);
        !unit.is_empty() && self.units.of(unit, unit_in) == Some(DurationForm::Minutes)
    }

    /// Begins again after the survey.
    pub fn surveyed(&mut self) {
        self.offsets.settle();
        (self.around, self.section) = (None, None);
        self.interner.dictionary.clocks.clear();
    }

    /// The system's own id of the row's call.
    pub(super) fn key(&self, row: &RawRow, columns: &Columns) -> Option<RowKey> {
        if !self.recipe.column.iter().any(|column| column.field == Field::Key) {
            return None;
        }
        // Where the legs' common id is left out or empty, the channel's own stands for it.
        let [key, id] = [Field::Key, Field::Id].map(|field| columns.cell(row, field));
        let is_id = |text: &str| !matches!(text, "" | "0" | "NULL" | "null");
        let common = is_id(key) && (moment_in(key).is_some() || moment_in(id).is_none());
        let text = if common { key } else { id };
        is_id(text).then(|| self.repeats.whole(std::iter::once(text)))
    }

    /// What a line of text says of the direction of the rows below it, where it says nothing else.
    pub fn section_of(&self, text: &str) -> Way {
        self.recipe.way(&folded(text))
    }

    /// Whether somebody answered, and the seconds from that moment to the end.
    pub(super) fn talk(&mut self, row: &RawRow, columns: &Columns) -> Result<(bool, Option<u32>), Unread> {
        let read = |field| match columns.cell(row, field) {
            "" | "0" => Ok(None),
            text => match self.recipe.dates.iter().find_map(|form| form.read(text)) {
                Some(read) => Ok(Some(read.reading)),
                None => {
                    let expected = self.recipe.dates.first().map(Format::in_words).unwrap_or_default();
                    Err(Unread { field, found: text.to_owned(), expected })
                }
            },
        };
        let (answered, end) = (read(Field::AnsweredAt)?, read(Field::End)?);
        let seconds = answered.zip(end).map(|(answered, end)| u32::try_from(end - answered).unwrap_or(0));
        Ok((answered.is_some(), if answered.is_none() { Some(0) } else { seconds }))
    }
}
