//! Calls: what the records of several sources state together.

use super::{CallId, RecordId, words};
use serde::{Deserialize, Serialize};

words!(
    /// Why a record was joined to a call that another source states.
    JoinReason {
        /// Another kind of source states the same call.
        Corroborates = "corroborates",
        /// An overlapping source of the same kind states it again.
        Duplicates = "duplicates",
        /// All agrees but the duration.
        Conflict = "conflict",
    }
);

words!(
    /// Which witnesses state a call.
    Verdict {
        /// A phone and an operator (or another independent pair) agree.
        Both = "both",
        /// Only phone logs state it.
        PhoneOnly = "phone_only",
        /// Only operators state it.
        OperatorOnly = "operator_only",
        /// Only sources of other kinds state it.
        OtherOnly = "other_only",
        /// Two sources state it and disagree on its length.
        Conflict = "conflict",
    }
);

/// A record's place in a call of several records. Calls of one record have no joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallJoin {
    /// The call: id of its smallest record.
    pub call: CallId,
    /// A record of it, the smallest included.
    pub record: RecordId,
    /// Why it is joined; `None` for the smallest record itself.
    pub why: Option<JoinReason>,
    /// What is left of the difference of starts after the clock offset, in seconds.
    pub residual_s: i32,
}

/// A call in memory: what grouping and the timeline need (no text; texts are interned by the caller).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Identity.
    pub id: CallId,
    /// Start, Unix seconds.
    pub start: i64,
    /// Index of the number in the caller's table; `u32::MAX` where hidden or unknown.
    pub number: u32,
    /// Length in seconds, 0 where nobody answered; [`Call::UNSTATED`] where no source states it to the second.
    pub length_s: u16,
    /// Whether it came in.
    pub incoming: bool,
}

impl Call {
    /// No source states the length to the second.
    pub const UNSTATED: u16 = u16::MAX;

    /// A length as a source states it, -1 where it does not, by the unit to which the source rounds.
    #[must_use]
    pub fn length(stated_s: i64, unit_s: u32) -> u16 {
        match u16::try_from(stated_s) {
            // Nobody answered, whatever the unit.
            Ok(0) => 0,
            Ok(length) if unit_s <= 1 => length.min(Self::UNSTATED - 1),
            Err(_) if unit_s <= 1 && stated_s > 0 => Self::UNSTATED - 1,
            _ => Self::UNSTATED,
        }
    }
}
