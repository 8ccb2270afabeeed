//! Read the custody chain and the release log.

use crate::case::Case;
use crate::error::Result;
use crate::store::custody;
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
pub fn log(case: &Case) -> Result<LogAnswer> {
    let custody = custody::custody_events(case.connection())?
        .into_iter()
        .map(|e| LogEntry {
            seq: e.seq.0,
            at: e.at,
            kind: e.kind.word().to_owned(),
            subject: e.subject,
            details: e.details,
            hash: e.hash,
        })
        .collect();
    let releases = custody::release_events(case.connection())?
        .into_iter()
        .map(|e| LogEntry { seq: e.seq.0, at: e.at, kind: e.kind, subject: 0, details: Some(e.details), hash: e.hash })
        .collect();
    Ok(LogAnswer { custody, releases })
}
