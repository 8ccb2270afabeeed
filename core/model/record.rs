//! What a row of a source becomes: a record, another service, a repeat, or a row problem.

use super::{Clock, PhoneNumber, words};
use serde::{Deserialize, Serialize};

words!(
    /// As seen from the complainant's line.
    Direction {
        /// Towards the line.
        Incoming = "incoming",
        /// From the line.
        Outgoing = "outgoing",
        /// The source does not say.
        Unknown = "unknown",
    }
);

words!(
    /// How a call ended.
    Disposition {
        /// Somebody or something answered.
        Answered = "answered",
        /// Nobody answered.
        Missed = "missed",
        /// The person declined it.
        Rejected = "rejected",
        /// The phone blocked it.
        Blocked = "blocked",
        /// It went to voicemail.
        Voicemail = "voicemail",
        /// The source does not say.
        Unknown = "unknown",
    }
);

/// Where a row stands in its original.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowPlace {
    /// Sheet of a workbook, counted from 1; 0 where the container has no sheets.
    pub sheet: u32,
    /// Row as a person counts it, from 1: line of a text table, row of a sheet, ordinal of a row element in XML.
    pub row: u64,
    /// Byte offset in the original, where the container is a plain byte stream.
    pub offset: u64,
    /// Length in bytes; 0 where there is no byte range (workbooks, UTF-16) and the row is found by reading up to it.
    pub length: u32,
}

/// The distinct texts of one source, each once; records refer to them by index.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dictionary {
    /// Clocks.
    pub clocks: Vec<Clock>,
    /// The other party's number: as written, and as read.
    pub spellings: Vec<(String, PhoneNumber)>,
    /// Words of the source for a service (`Телеф.`, `FaceTime`).
    pub services: Vec<String>,
    /// Texts that the phone's log shows as a name: observations whose asserter is unknown.
    pub labels: Vec<String>,
    /// The complainant's lines that the source names.
    pub lines: Vec<PhoneNumber>,
}

/// One call as one source states it, its texts in the [`Dictionary`] of the source.
/// It cannot be built without its place in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRecord {
    /// Where the row stands.
    pub place: RowPlace,
    /// The complainant's line, where the source names it.
    pub line: Option<u32>,
    /// When the call began: seconds as the clock says.
    pub reading: i64,
    /// The clock.
    pub clock: u32,
    /// Which way it went.
    pub direction: Direction,
    /// How it ended.
    pub disposition: Disposition,
    /// The other party's number.
    pub spelling: u32,
    /// Length in seconds, where stated.
    pub duration_s: Option<u32>,
    /// Word of the source for the service, where there is one.
    pub service: Option<u32>,
    /// The label observed, where there is one.
    pub label: Option<u32>,
}

/// A row that could not be read as a call: kept and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RowProblem {
    /// Sheet, counted from 1; 0 where the container has none.
    pub sheet: u32,
    /// Row as a person counts it, from 1.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub row: u64,
    /// Column by its heading, as the file writes it.
    pub column: String,
    /// The text found (shortened to 200 characters).
    pub found: String,
    /// What was expected, in Russian words for the person: `мм:сс`.
    pub expected: String,
    /// The same in English: `mm:ss`.
    #[serde(default)]
    pub expected_en: String,
}

/// What became of one data row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowFate {
    /// It states a call.
    Record(CallRecord),
    /// It states another service: `sms`, `mms`, `ussd`, `data`, `fax`, `fee`, `other`.
    Other {
        /// Where the row stands.
        place: RowPlace,
        /// Kind of service.
        kind: String,
    },
    /// A repeated row, or a further leg, of the call stated by row `of`.
    Repeat {
        /// Where the row stands.
        place: RowPlace,
        /// The row that it repeats.
        of: u64,
    },
    /// A row of a line that the person did not pick; never parsed further.
    OtherLine {
        /// Where the row stands.
        place: RowPlace,
    },
    /// It could not be read.
    Problem {
        /// Where the row stands.
        place: RowPlace,
        /// What is wrong with it.
        problem: RowProblem,
    },
}
