//! Read the custody chain and the release log.

use super::log_facts::{LogFacts, Resolver};
use crate::case::Case;
use crate::error::Result;
use crate::model::{Zone, rfc3339};
use crate::store::{custody, word};
use chrono::DateTime;
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
    /// The same in the zone of the case.
    pub local: String,
    /// What.
    pub kind: String,
    /// Id of the thing; 0 for the case.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub subject: i64,
    /// Details as JSON text; `None` where absent.
    pub details: Option<String>,
    /// This entry's hash.
    pub hash: String,
    /// What the details tell of, with names instead of ids.
    pub facts: LogFacts,
}

/// Both chains.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LogAnswer {
    /// Custody chain.
    pub custody: Vec<LogEntry>,
    /// Release log.
    pub releases: Vec<LogEntry>,
    /// Zone of the case: that of its first line which has one, else Moscow's.
    pub zone: String,
}

/// Reads both chains.
///
/// # Errors
/// When the case file cannot be read.
pub fn log(case: &Case) -> Result<LogAnswer> {
    let connection = case.connection();
    let zone = word::lines(connection)?.iter().find_map(|line| line.zone).unwrap_or(Zone::MOSCOW);
    let resolver = Resolver::new(connection)?;
    let local = |at: &str| DateTime::parse_from_rfc3339(at).map_or(at.to_owned(), |t| rfc3339(t.timestamp(), &zone));
    let mut custody = Vec::new();
    for e in custody::custody_events(connection)? {
        custody.push(LogEntry {
            seq: e.seq.0,
            local: local(&e.at),
            at: e.at,
            kind: e.kind.word().to_owned(),
            subject: e.subject,
            facts: resolver.facts(e.subject, e.kind.word(), e.details.as_deref())?,
            details: e.details,
            hash: e.hash,
        });
    }
    let mut releases = Vec::new();
    for e in custody::release_events(connection)? {
        releases.push(LogEntry {
            seq: e.seq.0,
            local: local(&e.at),
            at: e.at,
            facts: resolver.facts(0, &e.kind, Some(&e.details))?,
            kind: e.kind,
            subject: 0,
            details: Some(e.details),
            hash: e.hash,
        });
    }
    Ok(LogAnswer { custody, releases, zone: zone.name() })
}
