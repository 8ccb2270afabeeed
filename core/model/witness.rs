//! What witnesses leave out: the days that a source covers, and why one is silent about a call.

use super::{SourceId, SourceKind, words};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

words!(
    /// Why a witness does not state a call.
    SilenceReason {
        /// The case holds no source of this kind.
        NoSource = "no_source",
        /// Its sources are of other lines.
        OtherLine = "other_line",
        /// The call is outside the periods of its sources.
        OutsidePeriod = "outside_period",
        /// Nobody answered, and its source lists no such calls.
        Unanswered = "unanswered",
        /// Its source lists no calls of this direction.
        DirectionNotListed = "direction_not_listed",
        /// The number is masked or hidden, so that the call may stand there and not be recognised.
        NumberMasked = "number_masked",
        /// Its source has no record on that day at all.
        Gap = "gap",
        /// Its source covers the day, and the call does not stand in it.
        NotStated = "not_stated",
    }
);

/// A witness that does not state a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Silence {
    /// Kind of witness.
    pub witness: SourceKind,
    /// The source that could have stated it; `None` where none could.
    pub source: Option<SourceId>,
    /// Why.
    pub reason: SilenceReason,
}

words!(
    /// What a source has of a stretch of days.
    CoverageState {
        /// Records.
        Records = "records",
        /// No record, between days that have some.
        Gap = "gap",
    }
);

/// A stretch of days of a source: one day with records, or days without any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverageRun {
    /// First local day.
    pub from: NaiveDate,
    /// Last local day.
    pub to: NaiveDate,
    /// Whether the source has records of it.
    pub state: CoverageState,
    /// Records, of those in scope.
    pub records: u64,
}

/// The days of a source within its period, in order and without a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Source.
    pub source: SourceId,
    /// Stretches of days.
    pub runs: Vec<CoverageRun>,
}
