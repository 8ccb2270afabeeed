//! What the person says of a whole group: to whom it belongs, and its mark.

use super::groups::{edit_groups, resolve};
use super::{Edited, unfit};
use crate::case::Case;
use crate::error::{Error, Result};
use crate::model::{
    Attribution, AttributionFault, CustodyKind, GroupId, GroupMark, Override, RecordId, StatedAttribution,
};

/// Says to whom a group belongs, or takes that back. Only the person says it; nothing derives it.
///
/// # Errors
/// [`crate::Code::NotFound`]; [`crate::Code::RequestUnfit`] with what the claim lacks.
pub fn attribute_group(case: &mut Case, id: GroupId, claim: Option<&StatedAttribution>) -> Result<Edited> {
    let group = resolve(case.connection(), id)?;
    let claim = claim.map(Attribution::new).transpose().map_err(fault)?;
    edit_groups(case, CustodyKind::GroupAttributed, &[group], &Override::Attributed(RecordId(group.0), claim))
}

/// Gives a group a mark, or gives the choice back to the program. `mark` is below [`GroupMark::COUNT`].
///
/// # Errors
/// [`crate::Code::NotFound`]; [`crate::Code::RequestUnfit`] for a mark that there is not.
pub fn mark_group(case: &mut Case, id: GroupId, mark: Option<u8>) -> Result<Edited> {
    let group = resolve(case.connection(), id)?;
    let none = || unfit("такой метки нет: они от 0 до 23", "there is no such mark: they run from 0 to 23");
    let mark = mark.map(|mark| GroupMark::new(mark).ok_or_else(none)).transpose()?;
    edit_groups(case, CustodyKind::GroupMarked, &[group], &Override::Marked(RecordId(group.0), mark))
}

fn fault(fault: AttributionFault) -> Error {
    match fault {
        AttributionFault::Name => {
            unfit("впишите, кому принадлежит группа: до 200 знаков", "say to whom the group belongs: up to 200 letters")
        }
        AttributionFault::Inn => unfit(
            "в ИНН 10 или 12 цифр, и последние проверяют остальные: в этом опечатка",
            "a taxpayer number (ИНН) has 10 or 12 digits, the last of which check the others: this one does not hold",
        ),
        AttributionFault::Basis => unfit("отметьте, почему вы так считаете", "say on what this rests"),
        AttributionFault::Note => {
            unfit("напишите, на чём это основано: до 2000 знаков", "write down on what this rests: up to 2,000 letters")
        }
    }
}
