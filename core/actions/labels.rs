//! Caller labels as observations: a text as a screen showed it, for one call, seen on an exhibit or in a log. Never a
//! property of a number.

use super::attach::resolve_calls;
use super::calls::RecordPlace;
use super::exhibits::present;
use super::links::{ExhibitLink, pairs_of};
use super::overview::linked_calls;
use super::{Edited, unfit};
use crate::bundle::is_invisible;
use crate::case::Case;
use crate::derive;
use crate::error::Result;
use crate::model::{Asserter, CallId, CustodyKind, ExhibitId, RecordId, SourceKind};
use crate::store::{evidence, exhibits, lists, word};
use rustc_hash::FxHashSet;
use serde::Serialize;

/// A label as it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LabelObservation {
    /// The text as shown.
    pub text: String,
    /// For which call.
    pub call: CallId,
    /// On which exhibit it was seen; `None` for a log's field.
    pub exhibit: Option<ExhibitId>,
    /// In which row it stands; `None` for an exhibit.
    pub place: Option<RecordPlace>,
    /// Who asserts it: the person what they wrote down or read off an exhibit. A log does not say whether its text is a contact or a marking.
    pub asserter: Asserter,
}

/// All labels observed on a call: those of its rows first, then those that the person read off exhibits.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound).
pub fn labels_of_call(case: &Case, call: CallId) -> Result<Vec<LabelObservation>> {
    let connection = case.connection();
    let call = resolve_calls(connection, &[call])?.first().copied().unwrap_or(call);
    let sources = evidence::live_sources(connection)?;
    let mut found = Vec::new();
    for member in lists::members(connection, call)? {
        let record = member.record;
        let Some(stored) = sources.iter().find(|s| s.source.id == record.source) else { continue };
        if let Some(text) = record.label.clone() {
            let place = Some(super::calls::place_of(&record));
            let by_hand = stored.source.kind == SourceKind::Hand;
            let asserter = if by_hand { Asserter::Person } else { Asserter::Unknown };
            found.push(LabelObservation { text, call, exhibit: None, place, asserter });
        }
    }
    let withdrawn: Vec<ExhibitId> =
        evidence::exhibits(connection)?.into_iter().filter(|e| e.withdrawn).map(|e| e.id).collect();
    for (exhibit, record, text) in word::exhibit_labels(connection)? {
        if !withdrawn.contains(&exhibit) && lists::call_of_record(connection, record)? == call {
            let exhibit = Some(exhibit);
            found.push(LabelObservation { text, call, exhibit, place: None, asserter: Asserter::Person });
        }
    }
    Ok(found)
}

/// Enters a label that the person reads off an exhibit for a call. The exhibit then belongs to that call.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound); [`Code::RequestUnfit`](crate::Code::RequestUnfit) for an empty text, and
/// for one that was entered before.
pub fn observe_label(case: &mut Case, exhibit: ExhibitId, call: CallId, text: &str) -> Result<Edited> {
    let connection = case.connection();
    present(connection, exhibit)?;
    let call = resolve_calls(connection, &[call])?.first().copied().unwrap_or(call);
    let text = legible(text)?;
    if labels_of_call(case, call)?.iter().any(|l| l.exhibit == Some(exhibit) && l.text == text) {
        return Err(unfit("эта подпись уже внесена", "this label has been entered before"));
    }
    let (_, outcome) = case.edit(CustodyKind::LabelObserved, |edit| {
        exhibits::link(edit.connection, &[(exhibit, call)])?;
        word::insert_exhibit_label(edit.connection, exhibit, RecordId(call.0), text)?;
        edit.subject = exhibit.0;
        edit.details = details(exhibit, call, text);
        edit.changed.extend(["labels", "groups", "exhibits"]);
        derive::renew(edit.connection)
    })?;
    Ok(outcome.into())
}

/// A label that a person gives, without the space around it. One of which nothing could be seen is none.
pub(super) fn legible(text: &str) -> Result<&str> {
    let text = text.trim();
    match shows_nothing(text) {
        true => Err(unfit("подпись пуста", "the label is empty")),
        false => Ok(text),
    }
}

/// Whether nothing of a text can be seen.
pub(super) fn shows_nothing(text: &str) -> bool {
    text.chars().all(|letter| letter.is_whitespace() || is_invisible(letter))
}

/// Enters one label that stands on several exhibits, or of several calls, in one edit. `None` where all was said before.
///
/// # Errors
/// When the case file cannot be written.
pub(super) fn observe_labels(case: &mut Case, links: &[ExhibitLink], text: &str) -> Result<Option<Edited>> {
    let connection = case.connection();
    let (linked, labels) = (linked_calls(connection)?, word::exhibit_labels(connection)?);
    let mut seen: FxHashSet<(ExhibitId, CallId)> = FxHashSet::default();
    for (exhibit, record, _) in labels.iter().filter(|(_, _, label)| label == text) {
        seen.insert((*exhibit, lists::call_of_record(connection, *record)?));
    }
    let fresh: Vec<ExhibitLink> = links
        .iter()
        .filter(|link| !seen.contains(&(link.exhibit, link.call)) || !linked.contains(&(link.exhibit, link.call)))
        .copied()
        .collect();
    let Some(first) = fresh.first() else { return Ok(None) };
    let (_, outcome) = case.edit(CustodyKind::LabelObserved, |edit| {
        exhibits::link(edit.connection, &pairs_of(&fresh))?;
        for link in &fresh {
            word::insert_exhibit_label(edit.connection, link.exhibit, RecordId(link.call.0), text)?;
        }
        edit.subject = first.exhibit.0;
        edit.details.insert("links".to_owned(), serde_json::to_value(&fresh).unwrap_or_default());
        edit.details.insert("label".to_owned(), text.into());
        edit.changed.extend(["labels", "groups", "exhibits"]);
        derive::renew(edit.connection)
    })?;
    Ok(Some(outcome.into()))
}

/// Takes such a label away.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound); [`Code::RequestUnfit`](crate::Code::RequestUnfit) where there is none.
pub fn remove_label(case: &mut Case, exhibit: ExhibitId, call: CallId, text: &str) -> Result<Edited> {
    let connection = case.connection();
    present(connection, exhibit)?;
    let call = lists::call_of_record(connection, RecordId(call.0))?;
    let mut records = Vec::new();
    for (seen_on, record, seen) in word::exhibit_labels(connection)? {
        if seen_on == exhibit && seen == text && lists::call_of_record(connection, record)? == call {
            records.push(record);
        }
    }
    if records.is_empty() {
        return Err(unfit("такой подписи здесь нет", "there is no such label here"));
    }
    let (_, outcome) = case.edit(CustodyKind::LabelRemoved, |edit| {
        for record in &records {
            exhibits::delete_label(edit.connection, exhibit, *record, text)?;
        }
        edit.subject = exhibit.0;
        edit.details = details(exhibit, call, text);
        edit.details.insert("records".to_owned(), records.iter().map(|r| r.0).collect::<Vec<_>>().into());
        edit.changed.extend(["labels", "groups"]);
        derive::renew(edit.connection)
    })?;
    Ok(outcome.into())
}

fn details(exhibit: ExhibitId, call: CallId, text: &str) -> serde_json::Map<String, serde_json::Value> {
    let mut details = serde_json::Map::new();
    details.insert("exhibit".to_owned(), exhibit.0.into());
    details.insert("call".to_owned(), call.0.into());
    details.insert("label".to_owned(), text.into());
    details
}
