//! Which rows state a call that a row above them states.

use super::Mapper;
use crate::import::columns::Columns;
use crate::import::intern::{RowKey, Statement};
use crate::import::rows::RawRow;
use crate::model::{CallRecord, Precision, RowFate};

impl Mapper<'_> {
    /// The fate of a row that states a call.
    ///
    /// A page that was printed twice, or two parts of a file that overlap, give the same rows under other running numbers,
    /// and one line does not begin two calls with one party in one second. Within a minute, and within a day all the
    /// more, it may well: where times have no seconds, only the source's own number of the row can say that it is the same.
    pub(super) fn unless_repeat(&mut self, row: &RawRow, columns: &Columns, record: CallRecord) -> RowFate {
        if let Some(key) = self.key(row, columns).or_else(|| self.leg_key(row, &record)) {
            return match self.legs.call(key, record, self.nth) {
                Ok(call) => RowFate::Record(call),
                Err(of) => RowFate::Repeat { place: row.place, of },
            };
        }
        let clock = self.interner.dictionary.clocks.get(record.clock as usize);
        let key = match clock.map(|clock| clock.precision) {
            Some(Precision::Second) => self.statement_key(row, &record),
            _ if columns.has_own_number(row) => Some(self.repeats.whole(row.cells())),
            _ => None,
        };
        match key.and_then(|key| self.repeats.seen(key, record.reading, row.place.row)) {
            Some(of) => RowFate::Repeat { place: row.place, of },
            None => RowFate::Record(record),
        }
    }

    /// What the legs of one call have in common, where the layout gives a call no id: whichever of them stands first in the
    /// file, the longest is the call.
    pub(super) fn leg_key(&self, row: &RawRow, record: &CallRecord) -> Option<RowKey> {
        let clock = self.interner.dictionary.clocks.get(record.clock as usize)?;
        (self.recipe.legs && clock.precision == Precision::Second).then(|| self.statement_key(row, record)).flatten()
    }

    /// What a row has in common with its repeats.
    fn statement_key(&self, row: &RawRow, record: &CallRecord) -> Option<RowKey> {
        if self.recipe.whole_rows {
            return Some(self.repeats.whole(row.cells()));
        }
        let legs = self.recipe.legs;
        Statement {
            line: record.line,
            reading: record.reading,
            clock: record.clock,
            direction: if legs { 0 } else { record.direction as u8 },
            number: self.interner.identity(record.spelling),
            duration_s: record.duration_s.filter(|_| !legs),
            service: record.service.filter(|_| !legs),
        }
        .key()
    }
}
