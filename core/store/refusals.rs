//! Calls of which the person said that an exhibit does not belong to them. They stand among the overrides as
//! `not_this_call`, with the exhibit for a text: a program that does not know the kind leaves it alone, so that the case
//! file needs no new version.

use super::failure::OrFailure;
use super::lists::call_of_record;
use super::word::delete_override;
use crate::error::Result;
use crate::model::{CallId, ExhibitId, RecordId};
use rusqlite::Connection;
use rustc_hash::FxHashSet;

const KIND: &str = "not_this_call";

/// One such word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Number of the override.
    pub id: i64,
    /// The exhibit.
    pub exhibit: ExhibitId,
    /// A call to which it does not belong, as calls stand now.
    pub call: CallId,
}

/// Notes that an exhibit does not belong to the call of these records. Each of them is noted: where they part, it belongs
/// to none of their calls.
pub fn insert_refusal(connection: &Connection, exhibit: ExhibitId, records: &[RecordId]) -> Result<()> {
    connection
        .execute("INSERT INTO group_override(kind, text) VALUES (?1, ?2)", (KIND, exhibit.0.to_string()))
        .or_failure()?;
    let id = connection.last_insert_rowid();
    let sql = "INSERT INTO group_override_record(override, record) VALUES (?1, ?2)";
    let mut insert = connection.prepare_cached(sql).or_failure()?;
    for record in records {
        insert.execute((id, record.0)).or_failure()?;
    }
    Ok(())
}

/// All of them, oldest first; one of a call that has parted stands once for each part.
pub fn refusals(connection: &Connection) -> Result<Vec<Refusal>> {
    let mut found: Vec<Refusal> = Vec::new();
    for (id, exhibit, records) in stored(connection)? {
        // A stranger's file may say anything.
        let Some(exhibit) = exhibit else { continue };
        for record in records {
            let refusal = Refusal { id, exhibit, call: call_of_record(connection, record)? };
            if !found.contains(&refusal) {
                found.push(refusal);
            }
        }
    }
    Ok(found)
}

/// The same as it was noted: of which exhibit, with which records.
pub fn noted(connection: &Connection) -> Result<Vec<(ExhibitId, Vec<RecordId>)>> {
    // What is no number is nobody's exhibit.
    let told = |(_, exhibit, records): Stored| (exhibit.unwrap_or(ExhibitId(0)), records);
    Ok(stored(connection)?.into_iter().map(told).collect())
}

/// Number of the override, the exhibit where it names one, the records.
type Stored = (i64, Option<ExhibitId>, Vec<RecordId>);

fn stored(connection: &Connection) -> Result<Vec<Stored>> {
    let sql = "SELECT o.id, o.text, r.record FROM group_override o JOIN group_override_record r ON r.override = o.id
               WHERE o.kind = ?1 ORDER BY o.id, r.id";
    let mut query = connection.prepare_cached(sql).or_failure()?;
    let mut rows = query.query([KIND]).or_failure()?;
    let mut stored: Vec<Stored> = Vec::new();
    while let Some(row) = rows.next().or_failure()? {
        let (id, text, record): (i64, String, i64) =
            (row.get(0).or_failure()?, row.get(1).or_failure()?, row.get(2).or_failure()?);
        match stored.last_mut() {
            Some((last, _, records)) if *last == id => records.push(RecordId(record)),
            _ => stored.push((id, text.parse().map(ExhibitId).ok(), vec![RecordId(record)])),
        }
    }
    Ok(stored)
}

/// Takes back what was said of exhibits and calls.
pub fn delete_refusals(connection: &Connection, of: &[(ExhibitId, CallId)]) -> Result<()> {
    let of: FxHashSet<(ExhibitId, CallId)> = of.iter().copied().collect();
    let mut ids: Vec<i64> = Vec::new();
    ids.extend(refusals(connection)?.iter().filter(|r| of.contains(&(r.exhibit, r.call))).map(|r| r.id));
    ids.dedup();
    ids.iter().try_for_each(|id| delete_override(connection, *id))
}
