//! Records and sources reduced to what comparing them needs: small enough to hold a million in memory.

use super::{Direction, Precision, RecordId, SourceId, SourceKind};

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
