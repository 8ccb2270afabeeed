//! Confirm to which calls exhibits belong, and take such a word back.

use super::attach::resolve_calls;
use super::exhibits::present;
use super::{Edited, unfit};
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::model::{CallId, CustodyKind, ExhibitId, RecordId};
use crate::store::{evidence, exhibits, lists, word};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// An exhibit and a call that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExhibitLink {
    /// The exhibit.
    pub exhibit: ExhibitId,
    /// The call.
    pub call: CallId,
}

/// The same as the store takes them.
pub(super) fn pairs_of(links: &[ExhibitLink]) -> Vec<(ExhibitId, CallId)> {
    links.iter().map(|link| (link.exhibit, link.call)).collect()
}

/// Each link once, in the order given: a file may be given twice, and two records of one call are one call.
pub(super) fn each_once(links: impl IntoIterator<Item = ExhibitLink>) -> Vec<ExhibitLink> {
    let mut seen: FxHashSet<(ExhibitId, CallId)> = FxHashSet::default();
    links.into_iter().filter(|link| seen.insert((link.exhibit, link.call))).collect()
}

/// Links exhibits to calls: one proposal confirmed, or all of a list, in one edit. What was said before against a link
/// gives way to it.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound) for an exhibit or a call;
/// [`Code::RequestUnfit`](crate::Code::RequestUnfit) for an empty list.
pub fn link_exhibits(case: &mut Case, links: &[ExhibitLink]) -> Result<Edited> {
    let Some(first) = links.first() else {
        return Err(unfit("не выбрано ни одной связи", "no link was chosen"));
    };
    let connection = case.connection();
    let held: FxHashSet<ExhibitId> = evidence::live_exhibits(connection)?.into_iter().map(|e| e.id).collect();
    let mut resolved = Vec::with_capacity(links.len());
    for link in links {
        if !held.contains(&link.exhibit) {
            return Err(Error::new(Code::NotFound).with("what", "exhibit").with("id", link.exhibit.0));
        }
        let call = resolve_calls(connection, &[link.call])?.first().copied().unwrap_or(link.call);
        resolved.push(ExhibitLink { exhibit: link.exhibit, call });
    }
    let resolved = each_once(resolved);
    let (_, outcome) = case.edit(CustodyKind::ExhibitsLinked, |edit| {
        exhibits::link(edit.connection, &pairs_of(&resolved))?;
        edit.subject = first.exhibit.0;
        edit.details.insert("links".to_owned(), serde_json::to_value(&resolved).unwrap_or_default());
        edit.changed.push("exhibits");
        Ok(())
    })?;
    Ok(outcome.into())
}

/// Takes an exhibit from a call. What was read off it for that call stays an observation of its own.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound); [`Code::RequestUnfit`](crate::Code::RequestUnfit) where there is no link.
pub fn unlink_exhibit(case: &mut Case, link: ExhibitLink) -> Result<Edited> {
    let connection = case.connection();
    present(connection, link.exhibit)?;
    let call = lists::call_of_record(connection, RecordId(link.call.0))?;
    // Calls join and part: the link may stand with any record of the call.
    let mut records = Vec::new();
    for (exhibit, record) in word::links(connection)? {
        if exhibit == link.exhibit && lists::call_of_record(connection, record)? == call {
            records.push(record);
        }
    }
    if records.is_empty() {
        return Err(unfit("доказательство не связано с этим звонком", "the exhibit is not linked to this call"));
    }
    let (_, outcome) = case.edit(CustodyKind::ExhibitUnlinked, |edit| {
        for record in &records {
            exhibits::delete_link(edit.connection, link.exhibit, *record)?;
        }
        edit.subject = link.exhibit.0;
        let gone = ExhibitLink { exhibit: link.exhibit, call };
        edit.details.insert("links".to_owned(), serde_json::json!([gone]));
        edit.details.insert("records".to_owned(), records.iter().map(|r| r.0).collect::<Vec<_>>().into());
        edit.changed.push("exhibits");
        Ok(())
    })?;
    Ok(outcome.into())
}
