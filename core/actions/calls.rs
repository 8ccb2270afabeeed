//! List calls and look at one.

use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::import::RowAsFound;
use crate::model::{CallId, Direction, Disposition, ExhibitId, GroupId, NumberKind, Precision, SourceId, Verdict};
use serde::{Deserialize, Serialize};

/// Which calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(default)]
pub struct CallFilter {
    /// First local date, `2025-09-01`.
    pub from: Option<String>,
    /// Last local date, inclusive.
    pub to: Option<String>,
    /// Number in any spelling.
    pub number: Option<String>,
    /// Group.
    pub group: Option<GroupId>,
    /// Part of a number in any spelling, or of a label regardless of case and ё/е.
    pub text: Option<String>,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RecordPlace {
    /// Source.
    pub source: SourceId,
    /// Sheet, from 1; `None` where the container has none.
    pub sheet: Option<u32>,
    /// Row.
    pub row: u32,
}

/// A call as listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CallView {
    /// Identity.
    pub id: CallId,
    /// Start, RFC 3339 with the offset of its zone.
    pub started_at: String,
    /// Precision of the start.
    pub precision: Precision,
    /// Zone, and how it is known.
    pub zone: String,
    /// `stated`, `recipe`, `given`, `line`, `assumed`.
    pub zone_basis: String,
    /// Direction.
    pub direction: Direction,
    /// Disposition.
    pub disposition: Disposition,
    /// E.164.
    pub number: Option<String>,
    /// As written.
    pub number_raw: String,
    /// Kind of the number.
    pub number_kind: NumberKind,
    /// Line.
    pub line: Option<String>,
    /// Length in seconds.
    pub duration_s: Option<u32>,
    /// Labels observed.
    pub labels: Vec<String>,
    /// Group.
    pub group: Option<GroupId>,
    /// Name of the group.
    pub group_name: Option<String>,
    /// Which witnesses state it.
    pub verdict: Verdict,
    /// Records.
    pub records: Vec<RecordPlace>,
    /// Exhibits linked to it.
    pub exhibits: Vec<ExhibitId>,
    /// Range holder by the register.
    pub range_holder: Option<String>,
    /// Region by the register.
    pub region: Option<String>,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CallPage {
    /// Calls by start, newest last, then id.
    pub calls: Vec<CallView>,
    /// Id after which the next page begins; `None` at the end.
    pub next: Option<CallId>,
    /// Calls that the filter lets through.
    pub total: u32,
}

/// A record of a call together with the row it came from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RecordAsFound {
    /// Place.
    pub place: RecordPlace,
    /// File name of the source.
    pub file: String,
    /// Kind of witness, as a word.
    pub kind: String,
    /// Start as this record states it, RFC 3339.
    pub started_at: String,
    /// Length as this record states it.
    pub duration_s: Option<u32>,
    /// Number as this record writes it.
    pub number_raw: String,
    /// Why it was joined; `None` for the call's first record.
    pub why: Option<String>,
    /// Difference of starts after the clock offset, seconds.
    pub residual_s: Option<i32>,
    /// The row as found.
    pub as_found: RowAsFound,
}

/// Everything about one call.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CallDetail {
    /// The call as listed.
    pub call: CallView,
    /// Its records.
    pub records: Vec<RecordAsFound>,
    /// Why it stands in its group: Russian.
    pub reasons: Vec<String>,
    /// The same in English.
    pub reasons_en: Vec<String>,
}

/// A list of calls held as ids in order of start: any page of it costs the same.
#[derive(Clone, Debug, Default)]
pub struct CallList {
    /// Ids by start, then id.
    pub ids: Vec<CallId>,
}

impl CallList {
    /// Finds the calls that the filter lets through.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a group, [`Code::RequestUnfit`] for a date that is none.
    pub fn find(_case: &Case, _filter: &CallFilter) -> Result<Self> {
        Err(Error::new(Code::Internal))
    }

    /// `count` calls from position `from` on.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn page(&self, _case: &Case, _from: usize, _count: usize) -> Result<Vec<CallView>> {
        Err(Error::new(Code::Internal))
    }
}

/// A page of calls after a call (`None`: from the first).
///
/// # Errors
/// As [`CallList::find`].
pub fn calls(_case: &Case, _filter: &CallFilter, _after: Option<CallId>, _limit: usize) -> Result<CallPage> {
    Err(Error::new(Code::Internal))
}

/// Everything about one call.
///
/// # Errors
/// [`Code::NotFound`].
pub fn call_detail(_case: &Case, _id: CallId) -> Result<CallDetail> {
    Err(Error::new(Code::Internal))
}
