//! The clock, passed in by the faces; nothing in this crate reads the time by itself.

use chrono::{DateTime, SecondsFormat, Utc};

/// Where the time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The computer's clock.
    System,
    /// A fixed instant, Unix seconds: for tests and reproducible exports.
    Fixed(i64),
}

impl Clock {
    /// The clock of the environment: `SOURCE_DATE_EPOCH` where it is set, else the computer's.
    #[must_use]
    pub fn from_environment() -> Self {
        match std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|v| v.trim().parse().ok()) {
            Some(epoch) => Clock::Fixed(epoch),
            None => Clock::System,
        }
    }

    /// Unix seconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        match self {
            Clock::System => Utc::now().timestamp(),
            Clock::Fixed(epoch) => *epoch,
        }
    }

    /// The same as RFC 3339 in UTC.
    #[must_use]
    pub fn now_rfc3339(&self) -> String {
        DateTime::from_timestamp(self.now(), 0)
            .unwrap_or_default()
            .with_timezone(&Utc)
            .to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}
