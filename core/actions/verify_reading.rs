//! Whether the records of a source are what its original says: it is read again by the recipe that read it.

use super::calls::identified;
use crate::error::{Code, Result};
use crate::import::{ReadOptions, Sink, read};
use crate::model::{Dictionary, RecordId, RowFate, ZoneBasis};
use crate::progress::Progress;
use crate::store::blobs::Blob;
use crate::store::evidence::StoredSource;
use crate::store::lists::RecordRow;
use crate::store::{Connection, lists, word};

/// Whether reading the original again gives the records that are stored. What depended on the person's word at the time
/// of the import, which of two numbers was an own line, is compared only where both readings agree on the direction.
///
/// # Errors
/// When the case file cannot be read; [`Code::Cancelled`].
pub(super) fn reads_as_stored(connection: &Connection, stored: &StoredSource, progress: &dyn Progress) -> Result<bool> {
    let Ok(what) = identified(stored) else { return Ok(false) };
    let source = &stored.source;
    let options = ReadOptions {
        own_lines: word::lines(connection)?.into_iter().map(|line| line.number).collect(),
        kind: Some(source.kind),
        zone: source.zone.filter(|_| source.zone_basis == ZoneBasis::Given),
        ..ReadOptions::default()
    };
    let mut comparing =
        Comparing { connection, next: stored.first_record, end: stored.first_record, equal: true, failed: None };
    comparing.end += i64::try_from(stored.records).unwrap_or(0);
    let mut original = Blob::open(connection, stored.original)?;
    match read(&mut original, &source.name, &what, &options, &mut comparing, progress) {
        Err(error) if matches!(error.code, Code::Cancelled | Code::CaseDamaged) => Err(error),
        Err(_) => Ok(false),
        Ok(_) => match comparing.failed {
            Some(error) => Err(error),
            None => Ok(comparing.equal && comparing.next == comparing.end),
        },
    }
}

/// Walks the stored records beside the rows, both in the order of the file.
struct Comparing<'a> {
    connection: &'a Connection,
    next: i64,
    end: i64,
    equal: bool,
    failed: Option<crate::Error>,
}

impl Comparing<'_> {
    fn compare(&mut self, fate: &RowFate, words: &Dictionary) -> Result<()> {
        if self.next == self.end || !self.equal {
            return Ok(());
        }
        let Some(stored) = lists::record_row(self.connection, RecordId(self.next))? else {
            self.equal = false;
            return Ok(());
        };
        let (sheet, row) = match fate {
            RowFate::Record(record) => (record.place.sheet, record.place.row),
            RowFate::Other { place, .. } | RowFate::Repeat { place, .. } | RowFate::OtherLine { place } => {
                (place.sheet, place.row)
            }
            RowFate::Problem { place, .. } => (place.sheet, place.row),
        };
        if (sheet, row) == (stored.place.sheet, stored.place.row) {
            self.equal = match fate {
                RowFate::Record(record) => says_the_same(record, words, &stored),
                // What repeats what depends on directions, and these on the own lines.
                RowFate::Repeat { .. } => true,
                // Of rows that were glued together, which stand in one place, it may be another. Where none of them is
                // this record, the walk does not come to its end.
                _ => return Ok(()),
            };
            self.next += 1;
        }
        Ok(())
    }
}

impl Sink for Comparing<'_> {
    fn row(&mut self, fate: RowFate, words: &Dictionary) -> Result<()> {
        if let Err(error) = self.compare(&fate, words) {
            self.failed.get_or_insert(error);
        }
        Ok(())
    }
}

fn says_the_same(record: &crate::model::CallRecord, words: &Dictionary, stored: &RecordRow) -> bool {
    let label = record.label.and_then(|at| words.labels.get(at as usize)).map(String::as_str);
    let raw = words.spellings.get(record.spelling as usize).map(|(raw, _)| raw.as_str());
    let precision = words.clocks.get(record.clock as usize).map(|clock| clock.precision);
    let same_way = record.direction == stored.direction;
    record.reading == stored.start.reading
        && precision == Some(stored.start.clock.precision)
        && record.duration_s == stored.duration_s
        && label == stored.label.as_deref()
        && (!same_way || (raw == Some(stored.number_raw.as_str()) && record.disposition == stored.disposition))
}
