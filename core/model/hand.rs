//! What the person writes down: a call or a message of which no file tells, at least not yet.

use super::{Direction, Disposition, Precision, words};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// Name of the layout in which the program keeps what a person wrote down.
pub const HAND_RECIPE: &str = "hand";

words!(
    /// By what way it came.
    HandChannel {
        /// A phone call.
        Call = "call",
        /// A call in a messenger.
        Messenger = "messenger",
        /// A short message: no call.
        Sms = "sms",
        /// A message in a messenger: no call.
        Message = "message",
    }
);

impl HandChannel {
    /// Whether it is a call.
    #[must_use]
    pub fn is_call(self) -> bool {
        matches!(self, Self::Call | Self::Messenger)
    }
}

/// One thing that the person wrote down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandEntry {
    /// When it was written down, RFC 3339.
    pub written_at: String,
    /// When it happened, by the clock on the wall.
    pub at: NaiveDateTime,
    /// The smallest unit of it that the person knows.
    pub precision: Precision,
    /// Zone of that clock by its name; empty where the case's own is meant.
    pub zone: String,
    /// By what way it came.
    pub channel: HandChannel,
    /// Name of the messenger.
    pub messenger: String,
    /// Which way it went.
    pub direction: Direction,
    /// The other party's number as the person wrote it; empty where it was hidden.
    pub number: String,
    /// How a call ended.
    pub disposition: Disposition,
    /// Length in seconds, where the person knows it.
    pub duration_s: Option<u32>,
    /// What the screen showed as a name.
    pub label: String,
    /// What was said.
    pub said: String,
    /// The person's own line, E.164; empty where not said.
    pub line: String,
}
