//! Records of several sources → calls. Pure and deterministic.

use crate::model::{CallJoin, Direction, PhoneNumber, Precision, RecordId, SourceId, SourceKind, Verdict};

/// What reconciliation needs of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordKey {
    /// Identity; the caller passes records in ascending order.
    pub id: RecordId,
    /// Its source.
    pub source: SourceId,
    /// Start, Unix seconds.
    pub start: i64,
    /// Precision of the start.
    pub precision: Precision,
    /// Direction.
    pub direction: Direction,
    /// Index into the caller's table of distinct numbers; [`NONE`] where it is hidden or unreadable.
    pub number: u32,
    /// Index of the line in the caller's table; [`NONE`] where the source does not name it.
    pub line: u32,
    /// Length in seconds; -1 where not stated.
    pub duration_s: i32,
}

/// No number, no line.
pub const NONE: u32 = u32::MAX;

/// What reconciliation needs of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Identity.
    pub source: SourceId,
    /// Kind of witness.
    pub kind: SourceKind,
    /// Unit in seconds to which it rounds durations up; 1 where it does not.
    pub duration_unit_s: u32,
}

/// Two sources compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The sources, ascending.
    pub sources: (SourceId, SourceId),
    /// How far the second clock is ahead of the first, seconds (median of the pairs).
    pub offset_s: i32,
    /// Spread of the residuals: median absolute deviation, seconds.
    pub spread_s: i32,
    /// Records paired.
    pub paired: u32,
}

/// What came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Every two sources, those without a pair too.
    pub pairs: Vec<Pair>,
    /// Members of calls that several records state, by call, then record. All other records are calls by themselves.
    pub joins: Vec<CallJoin>,
}

/// Joins records of different sources that state one call.
#[must_use]
pub fn reconcile(_records: &[RecordKey], _witnesses: &[Witness], _numbers: &[PhoneNumber]) -> Reconciled {
    Reconciled::default()
}

/// Which witnesses state a call, from the kinds of its sources.
#[must_use]
pub fn verdict(_kinds: &[SourceKind], _conflict: bool) -> Verdict {
    Verdict::OtherOnly
}
