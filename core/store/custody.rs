//! The custody chain and the release log: two hash chains of one shape.

use super::failure::OrFailure;
use crate::error::Result;
use crate::model::{CustodyEvent, CustodyKind, EventId, NOTHING_BEFORE, ReleaseEvent, details_digest, event_hash, hex};
use rusqlite::{Connection, OptionalExtension};

fn last(connection: &Connection, chain: &str) -> Result<(i64, [u8; 32])> {
    connection
        .query_row(&format!("SELECT seq, hash FROM main.{chain} ORDER BY seq DESC LIMIT 1"), [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
        .or_failure()
        .map(|found| found.unwrap_or((0, NOTHING_BEFORE)))
}

/// Hash of the last custody event, hexadecimal: what the state file remembers of a case.
pub fn last_hash(connection: &Connection) -> Result<String> {
    Ok(hex(&last(connection, "custody")?.1))
}

/// Sequence number that the next custody event will have.
pub fn next_event(connection: &Connection) -> Result<EventId> {
    Ok(EventId(last(connection, "custody")?.0 + 1))
}

/// Appends a custody event.
pub fn append_event(
    connection: &Connection,
    at: &str,
    kind: CustodyKind,
    subject: i64,
    details: &str,
) -> Result<EventId> {
    let (seq, previous) = last(connection, "custody")?;
    let seq = seq + 1;
    let salt = *uuid::Uuid::new_v4().as_bytes();
    let digest = details_digest(&salt, details);
    let hash = event_hash(&previous, seq, at, kind.word(), subject, &digest);
    connection
        .execute(
            "INSERT INTO custody(seq, at, kind, subject, details_digest, previous, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (seq, at, kind.word(), subject, &digest[..], &previous[..], &hash[..]),
        )
        .or_failure()?;
    connection
        .execute("INSERT INTO custody_detail(seq, salt, details) VALUES (?1, ?2, ?3)", (seq, &salt[..], details))
        .or_failure()?;
    Ok(EventId(seq))
}

/// Appends an entry to the release log.
pub fn append_release(connection: &Connection, at: &str, kind: &str, details: &str) -> Result<()> {
    let (seq, previous) = last(connection, "release")?;
    let seq = seq + 1;
    let hash = event_hash(&previous, seq, at, kind, 0, &details_digest(&[], details));
    connection
        .execute(
            "INSERT INTO release(seq, at, kind, details, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (seq, at, kind, details, &previous[..], &hash[..]),
        )
        .or_failure()
        .map(|_| ())
}

/// The custody chain.
pub fn custody_events(connection: &Connection) -> Result<Vec<CustodyEvent>> {
    let sql = "SELECT c.seq, c.at, c.kind, c.subject, c.details_digest, d.salt, d.details, c.previous, c.hash
               FROM custody c LEFT JOIN custody_detail d ON d.seq = c.seq ORDER BY c.seq";
    let mut query = connection.prepare(sql).or_failure()?;
    let rows = query
        .query_map([], |row| {
            let kind: String = row.get(2)?;
            Ok(CustodyEvent {
                seq: EventId(row.get(0)?),
                at: row.get(1)?,
                kind: CustodyKind::from_word(&kind).unwrap_or(CustodyKind::Created),
                subject: row.get(3)?,
                details_digest: hex(&row.get::<_, Vec<u8>>(4)?),
                salt: row.get::<_, Option<Vec<u8>>>(5)?.map(|s| hex(&s)),
                details: row.get(6)?,
                previous: hex(&row.get::<_, Vec<u8>>(7)?),
                hash: hex(&row.get::<_, Vec<u8>>(8)?),
            })
        })
        .or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// The details of the events of a kind, the last first; of those that have any.
pub fn details_of(connection: &Connection, kind: CustodyKind) -> Result<Vec<String>> {
    let sql = "SELECT d.details FROM custody c JOIN custody_detail d ON d.seq = c.seq
               WHERE c.kind = ?1 ORDER BY c.seq DESC";
    let mut query = connection.prepare(sql).or_failure()?;
    let rows = query.query_map([kind.word()], |row| row.get(0)).or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// The release log.
pub fn release_events(connection: &Connection) -> Result<Vec<ReleaseEvent>> {
    let sql = "SELECT seq, at, kind, details, previous, hash FROM release ORDER BY seq";
    let mut query = connection.prepare(sql).or_failure()?;
    let rows = query
        .query_map([], |row| {
            Ok(ReleaseEvent {
                seq: EventId(row.get(0)?),
                at: row.get(1)?,
                kind: row.get(2)?,
                details: row.get(3)?,
                previous: hex(&row.get::<_, Vec<u8>>(4)?),
                hash: hex(&row.get::<_, Vec<u8>>(5)?),
            })
        })
        .or_failure()?;
    rows.collect::<rusqlite::Result<_>>().or_failure()
}

/// Sequence numbers at which a chain does not hold, with the chain's name. Details may be absent only where a purge
/// left its tombstone.
pub fn broken_links(connection: &Connection) -> Result<Vec<(&'static str, i64)>> {
    let mut broken = Vec::new();
    let sql = "SELECT c.seq, c.at, c.kind, c.subject, c.details_digest, c.previous, c.hash, d.salt, d.details,
               EXISTS (SELECT 1 FROM tombstone WHERE part = 'custody_detail' AND c.seq BETWEEN first AND last)
               FROM custody c LEFT JOIN custody_detail d ON d.seq = c.seq ORDER BY c.seq";
    let (mut expected, mut previous) = (1_i64, NOTHING_BEFORE.to_vec());
    let mut query = connection.prepare(sql).or_failure()?;
    let mut rows = query.query([]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let (seq, at, kind, subject): (i64, String, String, i64) =
            (row.get(0).or_failure()?, row.get(1).or_failure()?, row.get(2).or_failure()?, row.get(3).or_failure()?);
        let (digest, before, hash): (Vec<u8>, Vec<u8>, Vec<u8>) =
            (row.get(4).or_failure()?, row.get(5).or_failure()?, row.get(6).or_failure()?);
        let (salt, details): (Option<Vec<u8>>, Option<String>) = (row.get(7).or_failure()?, row.get(8).or_failure()?);
        let details_hold = match (&salt, &details) {
            (Some(salt), Some(details)) => details_digest(salt, details)[..] == digest[..],
            _ => row.get(9).or_failure()?,
        };
        let holds = seq == expected
            && before == previous
            && CustodyKind::from_word(&kind).is_some()
            && event_hash(&before, seq, &at, &kind, subject, &digest)[..] == hash[..];
        if !holds || !details_hold {
            broken.push(("custody", seq));
        }
        (expected, previous) = (seq + 1, hash);
    }
    let (mut expected, mut previous) = (1_i64, NOTHING_BEFORE.to_vec());
    let mut query =
        connection.prepare("SELECT seq, at, kind, details, previous, hash FROM release ORDER BY seq").or_failure()?;
    let mut rows = query.query([]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let (seq, at, kind, details): (i64, String, String, String) =
            (row.get(0).or_failure()?, row.get(1).or_failure()?, row.get(2).or_failure()?, row.get(3).or_failure()?);
        let (before, hash): (Vec<u8>, Vec<u8>) = (row.get(4).or_failure()?, row.get(5).or_failure()?);
        let holds = seq == expected
            && before == previous
            && event_hash(&before, seq, &at, &kind, 0, &details_digest(&[], &details))[..] == hash[..];
        if !holds {
            broken.push(("release", seq));
        }
        (expected, previous) = (seq + 1, hash);
    }
    Ok(broken)
}
