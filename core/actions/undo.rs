//! Undo and redo, across programs and restarts.

use super::Edited;
use crate::case::Case;
use crate::derive;
use crate::error::{Code, Error, Result};
use crate::model::CustodyKind;
use crate::store::{evidence, journal};

/// Takes back the last action. What it brought as evidence is withdrawn, never removed.
///
/// # Errors
/// [`Code::NothingToUndo`].
pub fn undo(case: &mut Case) -> Result<Edited> {
    step(case, true)
}

/// Repeats the last action taken back.
///
/// # Errors
/// [`Code::NothingToRedo`].
pub fn redo(case: &mut Case) -> Result<Edited> {
    step(case, false)
}

fn step(case: &mut Case, undo: bool) -> Result<Edited> {
    let nothing = if undo { Code::NothingToUndo } else { Code::NothingToRedo };
    let action = journal::next_action(case.connection(), !undo)?.ok_or_else(|| Error::new(nothing))?;
    let kind = if undo { CustodyKind::Undone } else { CustodyKind::Redone };
    let (_, outcome) = case.edit(kind, |edit| {
        edit.undoable = false;
        edit.subject = action.event.0;
        edit.details.insert("action".to_owned(), action.kind.word().into());
        journal::replay(edit.connection, &action, undo)?;
        evidence::append_withdrawals(edit.connection, edit.event, action.event, undo)?;
        edit.changed.extend(match action.kind {
            CustodyKind::Imported | CustodyKind::CallNoted | CustodyKind::Withdrawn => {
                ["sources", "calls", "groups", "labels"].as_slice()
            }
            CustodyKind::Attached | CustodyKind::ExhibitEdited => &["exhibits", "labels", "groups"],
            CustodyKind::LabelObserved | CustodyKind::LabelRemoved => &["exhibits", "labels", "groups"],
            CustodyKind::ExhibitsLinked
            | CustodyKind::ExhibitUnlinked
            | CustodyKind::ProposalRefused
            | CustodyKind::ProposalsPutBack
            | CustodyKind::CaptureStated => &["exhibits"],
            CustodyKind::CaseEdited => &["case"],
            CustodyKind::RegisterLoaded => &["registers"],
            CustodyKind::ZoneSet => &["sources", "calls", "groups", "labels"],
            _ => &["groups"],
        });
        match action.kind {
            CustodyKind::GroupsMerged
            | CustodyKind::GroupsParted
            | CustodyKind::GroupSplit
            | CustodyKind::GroupNamed
            | CustodyKind::CallsGathered
            | CustodyKind::CallsTakenOut
            | CustodyKind::CallsPutBack
            | CustodyKind::GroupKnown
            | CustodyKind::GroupAttributed
            | CustodyKind::GroupMarked => derive::regroup(edit.connection),
            // Nothing is derived from links, refused proposals, times of capture, registers, title and lines.
            CustodyKind::CaseEdited
            | CustodyKind::RegisterLoaded
            | CustodyKind::ExhibitsLinked
            | CustodyKind::ExhibitUnlinked
            | CustodyKind::ProposalRefused
            | CustodyKind::ProposalsPutBack
            | CustodyKind::CaptureStated => Ok(()),
            _ => derive::renew(edit.connection),
        }
    })?;
    Ok(outcome.into())
}
