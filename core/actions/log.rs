//! Read the custody chain and the release log.

use crate::case::Case;
use crate::error::{Code, Error, Result};
use serde::Serialize;

/// An entry of either chain.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LogEntry {
    /// Sequence number in its chain.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub seq: i64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What.
    pub kind: String,
    /// Id of the thing; 0 for the case.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub subject: i64,
    /// Details as JSON text; `None` where absent.
    pub details: Option<String>,
    /// This entry's hash.
    pub hash: String,
}

/// Both chains.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LogAnswer {
    /// Custody chain.
    pub custody: Vec<LogEntry>,
    /// Release log.
    pub releases: Vec<LogEntry>,
}

/// Reads both chains.
///
/// # Errors
/// When the case file cannot be read.
pub fn log(_case: &Case) -> Result<LogAnswer> {
    Err(Error::new(Code::Internal))
}
