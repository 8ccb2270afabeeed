//! What a person should know of how a file was read, besides its sums: data for programs and words for people.

use super::survey::{DaysFound, LengthsBasis, LengthsFound};
use crate::error::said;
use crate::model::{RowPlace, words};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

words!(
    /// What a note is about.
    NoteKind {
        /// The own line, which no heading names: the number that stands in every row.
        OwnLine = "own_line",
        /// Calls between two numbers of which neither is known to be own, so that their direction is not known.
        Strangers = "strangers",
        /// Which part of a date like `3/9/2025` is the day.
        DayOrder = "day_order",
        /// Lengths that a spreadsheet took for times of the day are read as minutes and seconds.
        Lengths = "lengths",
        /// Lengths that a spreadsheet may have taken for times of the day are read as they stand, which a person should
        /// check.
        LengthsDoubt = "lengths_doubt",
        /// Lengths, which no heading names a unit of, are whole minutes in every row.
        WholeMinutes = "whole_minutes",
        /// Rows without headings of their own are read by those of another table of the file.
        OtherHeader = "other_header",
        /// Calls of a table that no known layout is, of which nothing says who called whom.
        NoDirection = "no_direction",
        /// Calls of such a table that have a day and no time.
        NoTime = "no_time",
        /// Calls of such a table in whose row no number stands where the other party's is.
        NoNumber = "no_number",
        /// A column of such a table that holds numbers and is not read.
        UnreadNumbers = "unread_numbers",
    }
);

words!(
    /// The order of day and month in dates with strokes.
    DayOrder {
        /// `25/9/2025`
        DayFirst = "day_first",
        /// `9/25/2025`
        MonthFirst = "month_first",
    }
);

words!(
    /// Why an order was taken.
    OrderBasis {
        /// The person has said so.
        Given = "given",
        /// A date that can be read in no other.
        Date = "date",
        /// A clock of twelve hours.
        Clock = "clock",
        /// Nothing says otherwise.
        Usual = "usual",
    }
);

/// A note on how a file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ReadingNote {
    /// What it is about.
    pub kind: NoteKind,
    /// In Russian words.
    pub text: String,
    /// The same in English.
    pub text_en: String,
    /// The own line, E.164.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Calls that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<u32>,
    /// The order that was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<DayOrder>,
    /// Why it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<OrderBasis>,
}

impl ReadingNote {
    fn new(kind: NoteKind, words: &str, detail: &Value) -> Self {
        let none = Map::new();
        let detail = detail.as_object().unwrap_or(&none);
        let text = |language| said(language, words, detail);
        let (text, text_en) = (text("ru"), text("en"));
        Self { kind, text, text_en, number: None, calls: None, order: None, because: None }
    }

    pub(super) fn own_line(number: &str) -> Self {
        let note = Self::new(NoteKind::OwnLine, "own_line", &json!({ "number": number }));
        Self { number: Some(number.to_owned()), ..note }
    }

    /// `calls` of `records` calls.
    pub(super) fn strangers(calls: u64, records: u64) -> Self {
        let words = if calls == records { "strangers_all" } else { "strangers_some" };
        let note = Self::new(NoteKind::Strangers, words, &json!({ "calls": calls, "records": records }));
        Self { calls: Some(u32::try_from(calls).unwrap_or(u32::MAX)), ..note }
    }

    pub(super) fn lengths(lengths: &LengthsFound) -> Self {
        let found = lengths.found.as_str();
        let meant = found.strip_suffix(":00").unwrap_or(found);
        let (kind, words) = match lengths.because {
            LengthsBasis::Heading => (NoteKind::Lengths, "lengths"),
            LengthsBasis::Layout => (NoteKind::Lengths, "lengths_layout"),
            LengthsBasis::Day => (NoteKind::Lengths, "lengths_day"),
            LengthsBasis::Doubt => (NoteKind::LengthsDoubt, "lengths_doubt"),
        };
        Self::new(kind, words, &json!({ "found": found, "meant": meant }))
    }

    /// Every one of the lengths of `calls` calls is whole minutes.
    pub(super) fn whole_minutes(calls: u64) -> Self {
        let note = Self::new(NoteKind::WholeMinutes, "whole_minutes", &json!({ "calls": calls }));
        Self { calls: Some(u32::try_from(calls).unwrap_or(u32::MAX)), ..note }
    }

    /// So many `rows`, of which this is the first.
    pub(super) fn other_header(rows: u64, first: RowPlace) -> Self {
        let words = if first.sheet > 0 { "other_header_sheet" } else { "other_header" };
        Self::new(NoteKind::OtherHeader, words, &json!({ "rows": rows, "sheet": first.sheet, "row": first.row }))
    }

    /// Of `records` calls, `calls` lack what `kind` says.
    pub(super) fn lacking(kind: NoteKind, calls: u64, records: u64) -> Self {
        let note = Self::new(kind, kind.word(), &json!({ "calls": calls, "records": records }));
        Self { calls: Some(u32::try_from(calls).unwrap_or(u32::MAX)), ..note }
    }

    /// The heading of the column.
    pub(super) fn unread_numbers(column: &str) -> Self {
        Self::new(NoteKind::UnreadNumbers, NoteKind::UnreadNumbers.word(), &json!({ "column": column }))
    }

    pub(super) fn day_order(days: &DaysFound) -> Self {
        let words = format!("{}_{}", days.order.word(), days.because.word());
        let detail = match &days.proof {
            Some((found, row)) => json!({ "found": found, "row": row }),
            None => Value::Null,
        };
        let note = Self::new(NoteKind::DayOrder, &words, &detail);
        Self { order: Some(days.order), because: Some(days.because), ..note }
    }

    /// The same note where the row that shows the order is not kept.
    pub(crate) fn without_proof(&self) -> Self {
        match (self.because, self.order) {
            (Some(OrderBasis::Date), Some(order)) => {
                let note = Self::new(self.kind, &format!("{}_whole", order.word()), &Value::Null);
                Self { order: self.order, because: self.because, ..note }
            }
            _ => self.clone(),
        }
    }
}
