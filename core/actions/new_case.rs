//! Make a new case file.

use crate::case::Case;
use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use std::path::Path;

/// A line as the person gives it: texts, read by the action.
#[derive(Clone, Debug, Default)]
pub struct LineGiven {
    /// Number in any spelling.
    pub number: String,
    /// Operator; empty where not given.
    pub operator: String,
    /// Zone; `None` where not given.
    pub zone: Option<String>,
}

/// What a new case begins with.
#[derive(Clone, Debug, Default)]
pub struct NewCase {
    /// Title; empty where not given.
    pub title: String,
    /// The complainant's lines.
    pub lines: Vec<LineGiven>,
    /// Password; `None` for a plain file.
    pub password: Option<String>,
}

/// Creates the case file at `path` and opens it for writing.
///
/// # Errors
/// [`Code::CaseExists`], [`Code::NumberUnreadable`], [`Code::ZoneUnknown`], [`Code::WriteFailed`].
pub fn new_case(_path: &Path, _new: &NewCase, _clock: Clock) -> Result<Case> {
    Err(Error::new(Code::Internal))
}
