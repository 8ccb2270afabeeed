//! Which details of the custody chain leave with a bundle. The links themselves always do: a chain with gaps proves
//! nothing, and absent details break no link.

use super::dossier::InScope;
use super::groups::words_said;
use crate::error::Result;
use crate::model::{CallId, CustodyEvent, CustodyKind, EventId, Override, RecordId};
use crate::store::{Connection, evidence, lists};
use rustc_hash::FxHashSet;
use serde_json::Value;

/// Takes away the details of events that were undone since, or that speak of anything out of scope. What is not known
/// to be in scope is taken for out of scope.
pub(super) fn keep_in_scope(connection: &Connection, scope: &InScope, events: &mut [CustodyEvent]) -> Result<()> {
    let mut undone: FxHashSet<EventId> = FxHashSet::default();
    for event in events.iter() {
        match event.kind {
            CustodyKind::Undone => undone.insert(EventId(event.subject)),
            CustodyKind::Redone => undone.remove(&EventId(event.subject)),
            _ => continue,
        };
    }
    let staying = brought_by_what_stays(connection, scope)?;
    for event in events.iter_mut() {
        // These two name the file of their subject, whatever the scope is.
        let of_source = matches!(event.kind, CustodyKind::Withdrawn | CustodyKind::ZoneSet);
        let of_what_stays =
            staying.contains(&event.seq) || (of_source && scope.sources.iter().all(|s| s.source.id.0 != event.subject));
        let leaves = !undone.contains(&event.seq) && !of_what_stays && speaks_in_scope(connection, scope, event)?;
        if !leaves {
            (event.salt, event.details) = (None, None);
        }
    }
    Ok(())
}

/// The calls that details about exhibits name, as records; `None` where an exhibit they name does not leave.
fn calls_of_exhibits_in_scope(scope: &InScope, details: &Value) -> Option<Vec<RecordId>> {
    let links = details.get("links").and_then(Value::as_array);
    let named = links.map_or_else(|| vec![details], |links| links.iter().collect());
    let mut records = Vec::new();
    for one in named {
        let exhibit = one.get("exhibit").and_then(Value::as_i64)?;
        scope.exhibits.iter().find(|e| e.id.0 == exhibit)?;
        records.extend(one.get("call").and_then(Value::as_i64).map(RecordId));
    }
    Some(records)
}

/// Events that brought a source or an exhibit that does not leave.
fn brought_by_what_stays(connection: &Connection, scope: &InScope) -> Result<FxHashSet<EventId>> {
    let sources: FxHashSet<_> = scope.sources.iter().map(|s| s.source.id).collect();
    let exhibits: FxHashSet<_> = scope.exhibits.iter().map(|e| e.id).collect();
    let of_sources = evidence::sources(connection)?.into_iter().filter(|s| !sources.contains(&s.source.id));
    let mut events: FxHashSet<EventId> = of_sources.map(|s| s.event).collect();
    let of_exhibits = evidence::exhibits(connection)?.into_iter().filter(|e| !exhibits.contains(&e.id));
    events.extend(of_exhibits.map(|e| e.event));
    Ok(events)
}

/// Whether everything that the details name, beyond what the event brought, is in scope.
fn speaks_in_scope(connection: &Connection, scope: &InScope, event: &CustodyEvent) -> Result<bool> {
    if scope.whole() {
        return Ok(true);
    }
    let Some(details) = event.details.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok()) else {
        return Ok(false);
    };
    let records: Vec<RecordId> = match event.kind {
        CustodyKind::Created
        | CustodyKind::Imported
        | CustodyKind::CallNoted
        | CustodyKind::Withdrawn
        | CustodyKind::ZoneSet
        | CustodyKind::Undone
        | CustodyKind::Redone
        | CustodyKind::PasswordChanged
        | CustodyKind::CaseEdited
        // What was published about numbering names nobody who called.
        | CustodyKind::RegisterLoaded
        | CustodyKind::Adopted => Vec::new(),
        CustodyKind::Attached => {
            // Of what was held before only an exhibit that leaves may be named.
            let held = details.get("held").and_then(Value::as_array).into_iter().flatten();
            let leave = |id: i64| scope.exhibits.iter().any(|e| e.id.0 == id);
            if !held.filter_map(|one| one.get("exhibit").and_then(Value::as_i64)).all(leave) {
                return Ok(false);
            }
            let calls = details.get("calls").and_then(Value::as_array).into_iter().flatten();
            calls.filter_map(Value::as_i64).map(RecordId).collect()
        }
        CustodyKind::GroupsMerged
        | CustodyKind::GroupsParted
        | CustodyKind::GroupSplit
        | CustodyKind::GroupNamed
        | CustodyKind::CallsGathered
        | CustodyKind::CallsTakenOut
        | CustodyKind::CallsPutBack
        | CustodyKind::GroupKnown
        | CustodyKind::GroupAttributed
        | CustodyKind::GroupMarked => {
            let mut records = Vec::new();
            for word in words_said(details.get("override")) {
                let Ok(word) = serde_json::from_value::<Override>(word) else { return Ok(false) };
                records.extend(word.records());
            }
            if records.is_empty() {
                return Ok(false);
            }
            // The group itself is named as well: calls that left it may be in scope without it.
            records.push(RecordId(event.subject));
            records
        }
        CustodyKind::ExhibitsLinked
        | CustodyKind::ExhibitUnlinked
        | CustodyKind::ProposalRefused
        | CustodyKind::ProposalsPutBack
        | CustodyKind::CaptureStated
        | CustodyKind::LabelObserved
        | CustodyKind::LabelRemoved => match calls_of_exhibits_in_scope(scope, &details) {
            Some(calls) => calls,
            None => return Ok(false),
        },
        _ => return Ok(false),
    };
    for record in records {
        let call: CallId = lists::call_of_record(connection, record)?;
        if !scope.has(call) {
            return Ok(false);
        }
    }
    Ok(true)
}
