//! What reading a file hands over, in the compact form that waits for the transaction.

use crate::error::{Code, Error, Result};
use crate::import::Sink;
use crate::model::{CallRecord, Dictionary, RowFate, RowPlace};
use crate::store::evidence::{Manner, NO_LABEL, Planned, PlannedLedgerRow, PlannedRecord};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Collects the fates of rows in the compact form that waits for the transaction.
#[derive(Default)]
pub(super) struct Collector {
    pub(super) planned: Planned,
    manners: FxHashMap<Manner, u32>,
    details: FxHashMap<String, Rc<str>>,
}

const SEGMENT: usize = 65_536;

impl Collector {
    fn other(&mut self, place: RowPlace, fate: &'static str, detail: String) {
        let detail = self.details.entry(detail).or_insert_with_key(|text| Rc::from(text.as_str())).clone();
        self.planned.ledger.push(PlannedLedgerRow { place, fate, detail });
    }

    fn record(&mut self, record: &CallRecord) {
        let manner = Manner {
            clock: record.clock,
            direction: record.direction,
            disposition: record.disposition,
            service: record.service,
            line: record.line,
        };
        let next = self.planned.manners.len() as u32;
        let manner = *self.manners.entry(manner).or_insert_with(|| {
            self.planned.manners.push(manner);
            next
        });
        let planned = PlannedRecord {
            offset: record.place.offset,
            reading: record.reading,
            row: u32::try_from(record.place.row).unwrap_or(u32::MAX),
            sheet: record.place.sheet,
            length: record.place.length,
            manner,
            spelling: record.spelling,
            duration_s: record.duration_s.map_or(-1, |d| i32::try_from(d).unwrap_or(i32::MAX)),
            label: record.label.unwrap_or(NO_LABEL),
        };
        match self.planned.records.last_mut() {
            Some(segment) if segment.len() < SEGMENT => segment.push(planned),
            _ => self.planned.records.push(vec![planned]),
        }
    }
}

impl Sink for Collector {
    fn row(&mut self, fate: RowFate, _: &Dictionary) -> Result<()> {
        match fate {
            RowFate::Record(record) => self.record(&record),
            RowFate::Other { place, kind } => self.other(place, "other", kind),
            RowFate::Repeat { place, of } => {
                let detail = Rc::from(of.to_string());
                self.planned.ledger.push(PlannedLedgerRow { place, fate: "repeat", detail });
            }
            RowFate::OtherLine { place } => self.other(place, "other_line", String::new()),
            RowFate::Problem { place, problem } => {
                let detail = serde_json::to_string(&problem).map_err(|e| Error::new(Code::Internal).because(e))?;
                self.planned.ledger.push(PlannedLedgerRow { place, fate: "problem", detail: Rc::from(detail) });
            }
        }
        Ok(())
    }

    fn finish(&mut self, dictionary: Dictionary) {
        self.planned.dictionary = dictionary;
    }
}
