//! Take a source out of the case: its bytes stay, its calls no longer count. What hangs on it is said before.

use super::Edited;
use super::find::CallColumns;
use super::sources::sums_of;
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::model::{CallId, CustodyKind, HAND_RECIPE, RecordId, SourceId};
use crate::store::evidence::{self, StoredSource};
use crate::store::{Connection, lists, word};
use rustc_hash::FxHashSet;
use serde::Serialize;

/// What would go with a source. What a person said of it stays in the case and holds again when the source comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WithdrawalPreview {
    /// Calls that it states alone: they would go.
    pub calls: u32,
    /// Calls that other sources state as well: they stay.
    pub stay: u32,
    /// Exhibits that are linked to calls that would go.
    pub exhibits: u32,
    /// Labels that were read off exhibits for them.
    pub labels: u32,
    /// What the person said of groups by them: names, marks, to whom a group belongs, what was joined and what parted.
    pub said: u32,
}

/// What would go with a source.
///
/// # Errors
/// [`Code::NotFound`] where there is none, or where it is withdrawn already.
pub fn preview_withdrawal(case: &Case, id: SourceId, columns: &CallColumns) -> Result<WithdrawalPreview> {
    let connection = case.connection();
    let stored = live(connection, id)?;
    let columns = columns.of(case)?;
    let (mut alone, mut stay) = (FxHashSet::<CallId>::default(), 0_u32);
    for (at, row) in (0_u32..).zip(&columns.rows) {
        let begin = columns.also.partition_point(|(call, _)| *call < at);
        let further = columns.also[begin..].iter().take_while(|(call, _)| *call == at).map(|(_, source)| *source);
        let mut sources = std::iter::once(row.source).chain(further);
        if !sources.clone().any(|source| source == id) {
            continue;
        }
        if sources.all(|source| source == id) {
            alone.insert(row.id);
        } else {
            stay += 1;
        }
    }
    // A call that is stated by one source alone is made of records of that source.
    let first = stored.first_record;
    let of_source = |record: &RecordId| (first..first + stored.records as i64).contains(&record.0);
    let goes = |record: &RecordId| -> Result<bool> {
        Ok(of_source(record) && alone.contains(&lists::call_of_record(connection, *record)?))
    };
    let (mut exhibits, mut labels, mut said) = (FxHashSet::default(), 0, 0);
    let shown: FxHashSet<_> = evidence::live_exhibits(connection)?.into_iter().map(|e| e.id).collect();
    for (exhibit, record) in word::links(connection)? {
        if shown.contains(&exhibit) && goes(&record)? {
            exhibits.insert(exhibit);
        }
    }
    for (exhibit, record, _) in word::exhibit_labels(connection)? {
        labels += u32::from(shown.contains(&exhibit) && goes(&record)?);
    }
    for asserted in word::overrides(connection)? {
        let mut rests = false;
        for record in asserted.records() {
            rests = rests || goes(&record)?;
        }
        said += u32::from(rests);
    }
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(WithdrawalPreview { calls: small(alone.len()), stay, exhibits: small(exhibits.len()), labels, said })
}

/// A source that is in the case and not withdrawn.
fn live(connection: &Connection, id: SourceId) -> Result<StoredSource> {
    let absent = || Error::new(Code::NotFound).with("what", "source").with("id", id.0);
    evidence::live_sources(connection)?.into_iter().find(|s| s.source.id == id).ok_or_else(absent)
}

/// Withdraws a source: its bytes stay in the case, its calls no longer count.
///
/// # Errors
/// [`Code::NotFound`] where there is none, or where it is withdrawn already.
pub fn withdraw_source(case: &mut Case, id: SourceId) -> Result<Edited> {
    let stored = live(case.connection(), id)?;
    let sums = sums_of(&stored);
    let (_, outcome) = case.edit(CustodyKind::Withdrawn, |edit| {
        edit.subject = id.0;
        let source = serde_json::json!({
            "source": id, "file": stored.source.name, "sha256": stored.source.sha256, "rows": sums.rows,
            "records": stored.records,
        });
        edit.details.insert("sources".to_owned(), vec![source].into());
        if stored.source.recipe == HAND_RECIPE && stored.records == 1 {
            edit.details.insert("call".to_owned(), stored.first_record.into());
        }
        evidence::withdraw_source(edit.connection, edit.event, id)?;
        edit.changed.extend(["sources", "calls", "groups", "labels"]);
        crate::derive::renew(edit.connection)
    })?;
    Ok(outcome.into())
}
