//! What one unit of calls shows.

use crate::model::NONE;

/// Names that contradict one another stand in one unit.
pub const SEVERAL: u32 = NONE - 1;

/// What puts units in order: first call, smallest number, how many calls.
pub type Mark = (i64, u64, u32);

/// Calls that stand together for certain: joined by hard reasons, or of one number.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// Its incoming calls in [`super::Scene::order`].
    pub from: u32,
    /// Where they end.
    pub until: u32,
    /// Its numbers in [`super::Scene::spans`].
    pub spans_from: u32,
    /// Where they end.
    pub spans_until: u32,
    /// Start of the first call.
    pub first: i64,
    /// Start of the last.
    pub last: i64,
    /// Its smallest number, digits; 0 where none is a full number.
    pub digits: u64,
    /// The name that it shows: key, [`NONE`] or [`SEVERAL`].
    pub key: u32,
    /// Calls nobody answered.
    pub missed: u32,
    /// The length that most answered calls have, give or take a second.
    pub mode: u16,
    /// Calls that have it.
    pub hits: u32,
    /// Calls that are longer.
    pub longer: u32,
    /// Answered calls with a length stated.
    pub talks: u32,
    /// Their lengths in [`super::Scene::lengths`] begin here.
    pub lengths_from: u32,
    /// Whether nothing may join it: the person knows them, or nothing came in.
    pub apart: bool,
}

impl Unit {
    /// One that holds nothing yet.
    pub const EMPTY: Self = Self {
        from: 0,
        until: 0,
        spans_from: 0,
        spans_until: 0,
        first: i64::MAX,
        last: i64::MIN,
        digits: 0,
        key: NONE,
        missed: 0,
        mode: 0,
        hits: 0,
        longer: 0,
        talks: 0,
        lengths_from: 0,
        apart: false,
    };

    /// Incoming calls.
    pub fn calls(&self) -> u32 {
        self.until - self.from
    }

    /// Numbers that called.
    pub fn numbers(&self) -> u32 {
        self.spans_until - self.spans_from
    }

    /// What puts units in order whatever the order of import was.
    pub fn mark(&self) -> Mark {
        (self.first, self.digits, self.calls())
    }
}
