//! List exhibits: when each was captured and how that is known, what it belongs to, what is proposed for it.

use super::attach::exhibit_no;
use super::matches::{Match, proposals};
use super::overview::linked_calls;
use super::pictures::is_picture;
use super::refusals;
use super::told::{Capture, Telling, Told};
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::model::{CallId, Direction, ExhibitId, ExhibitKind};
use crate::progress::Silent;
use crate::store::evidence::{self, StoredExhibit};
use crate::store::{Connection, lists, word};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// A label read off an exhibit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LabelSeen {
    /// For which call.
    pub call: CallId,
    /// As shown.
    pub text: String,
}

/// An exhibit as listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExhibitView {
    /// Identity.
    pub id: ExhibitId,
    /// Number.
    pub no: String,
    /// File name.
    pub file: String,
    /// Kind.
    pub kind: ExhibitKind,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub bytes: u64,
    /// SHA-256.
    pub sha256: String,
    /// Calls linked.
    pub calls: Vec<CallId>,
    /// Whether a thumbnail can be had.
    pub has_thumbnail: bool,
    /// When it was captured, and how that is known.
    #[serde(flatten)]
    pub capture: Capture,
    /// Number in its name.
    pub number: Option<String>,
    /// Contact in its name.
    pub contact: Option<String>,
    /// Direction in its name.
    pub direction: Direction,
    /// Labels that the person read off it.
    pub labels: Vec<LabelSeen>,
    /// Calls proposed, the likeliest first; none once it is linked.
    pub proposals: Vec<Match>,
    /// Calls of which the person said that it does not belong to them.
    pub refused: Vec<CallId>,
}

/// The exhibits, by number.
///
/// # Errors
/// When the case file cannot be read.
pub fn exhibits(case: &Case) -> Result<Vec<ExhibitView>> {
    let connection = case.connection();
    let stored = evidence::live_exhibits(connection)?;
    let mut telling = Telling::new(connection, case.writable())?;
    let told = stored.iter().map(|e| telling.tell(e, &Silent)).collect::<Result<Vec<Told>>>()?;
    let mut calls: FxHashMap<ExhibitId, Vec<CallId>> = FxHashMap::default();
    for (exhibit, call) in linked_calls(connection)? {
        calls.entry(exhibit).or_default().push(call);
    }
    let mut labels = labels_seen(connection)?;
    let unlinked: Vec<_> = stored.iter().zip(&told).filter(|(e, _)| !calls.contains_key(&e.id)).collect();
    let mut proposals_of: FxHashMap<ExhibitId, Vec<Match>> = FxHashMap::default();
    let said = refusals::refused(connection)?;
    for (exhibit, proposal) in proposals(connection, &unlinked, &said)? {
        proposals_of.entry(exhibit).or_default().push(proposal);
    }
    let mut refused: FxHashMap<ExhibitId, Vec<CallId>> = FxHashMap::default();
    for (exhibit, call) in said {
        refused.entry(exhibit).or_default().push(call);
    }
    refused.values_mut().for_each(|calls| calls.sort_unstable());
    Ok(stored
        .into_iter()
        .zip(told)
        .map(|(stored, told)| ExhibitView {
            calls: calls.remove(&stored.id).unwrap_or_default(),
            labels: labels.remove(&stored.id).unwrap_or_default(),
            proposals: proposals_of.remove(&stored.id).unwrap_or_default(),
            refused: refused.remove(&stored.id).unwrap_or_default(),
            ..view(stored, told)
        })
        .collect())
}

fn view(stored: StoredExhibit, told: Told) -> ExhibitView {
    let capture = Capture::from(&told);
    let (number, contact, direction) =
        told.name.map_or((None, None, Direction::Unknown), |n| (n.number.map(|n| n.text), n.contact, n.direction));
    ExhibitView {
        id: stored.id,
        no: exhibit_no(stored.id),
        has_thumbnail: is_picture(&stored),
        file: stored.name,
        kind: stored.kind,
        media_type: stored.media_type,
        bytes: stored.size,
        sha256: stored.sha256,
        capture,
        number,
        contact,
        direction,
        calls: Vec::new(),
        labels: Vec::new(),
        proposals: Vec::new(),
        refused: Vec::new(),
    }
}

fn labels_seen(connection: &Connection) -> Result<FxHashMap<ExhibitId, Vec<LabelSeen>>> {
    let mut labels: FxHashMap<ExhibitId, Vec<LabelSeen>> = FxHashMap::default();
    for (exhibit, record, text) in word::exhibit_labels(connection)? {
        let call = lists::call_of_record(connection, record)?;
        labels.entry(exhibit).or_default().push(LabelSeen { call, text });
    }
    Ok(labels)
}

/// The tray: exhibits that belong to no call yet, with what is proposed for each.
///
/// # Errors
/// When the case file cannot be read.
pub fn tray(case: &Case) -> Result<Vec<ExhibitView>> {
    Ok(exhibits(case)?.into_iter().filter(|e| e.calls.is_empty()).collect())
}

/// An exhibit that is in the case and not withdrawn.
pub(super) fn present(connection: &Connection, id: ExhibitId) -> Result<StoredExhibit> {
    evidence::exhibits(connection)?
        .into_iter()
        .find(|e| e.id == id && !e.withdrawn)
        .ok_or_else(|| Error::new(Code::NotFound).with("what", "exhibit").with("id", id.0))
}
