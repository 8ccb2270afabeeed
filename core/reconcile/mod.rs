//! Records of several sources → calls. Pure and deterministic.

use crate::model::{CallJoin, PhoneNumber, SourceId, SourceKind, Verdict};

pub use crate::model::{NONE, RecordKey, Witness};

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
