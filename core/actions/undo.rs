//! Undo and redo, across programs and restarts.

use super::Edited;
use crate::case::Case;
use crate::error::{Code, Error, Result};

/// Takes back the last action.
///
/// # Errors
/// [`Code::NothingToUndo`].
pub fn undo(_case: &mut Case) -> Result<Edited> {
    Err(Error::new(Code::Internal))
}

/// Repeats the last action taken back.
///
/// # Errors
/// [`Code::NothingToRedo`].
pub fn redo(_case: &mut Case) -> Result<Edited> {
    Err(Error::new(Code::Internal))
}
