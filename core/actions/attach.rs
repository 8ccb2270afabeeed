//! Attach pictures, recordings and other files as exhibits.

use super::Edited;
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::model::{CallId, ExhibitId, ExhibitKind};
use crate::progress::Progress;
use serde::Serialize;
use std::path::PathBuf;

/// What the person says about the files.
#[derive(Clone, Debug, Default)]
pub struct AttachOptions {
    /// Calls to link them to.
    pub calls: Vec<CallId>,
    /// Kind, where the person states it; otherwise by content.
    pub kind: Option<ExhibitKind>,
    /// Caller label seen on them, for the linked calls.
    pub label: Option<String>,
}

/// A call that an exhibit belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Match {
    /// The call.
    pub call: CallId,
    /// Why: `stated`.
    pub because: Vec<String>,
    /// Difference of the times, where both are known.
    pub off_by_s: Option<i32>,
    /// Whether the person confirmed it.
    pub confirmed: bool,
}

/// One attached file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AttachedExhibit {
    /// Identity.
    pub id: ExhibitId,
    /// Number: `E0002`.
    pub no: String,
    /// File name.
    pub file: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Kind.
    pub kind: ExhibitKind,
    /// Time of capture, where known.
    pub captured_at: Option<String>,
    /// How it is known.
    pub captured_basis: String,
    /// Length of a recording, where known.
    pub duration_s: Option<u32>,
    /// Calls.
    pub matches: Vec<Match>,
    /// The case already held these bytes: the exhibit is the one attached before.
    pub already_attached: bool,
}

/// What attaching answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AttachAnswer {
    /// One entry a file, in the order given.
    pub exhibits: Vec<AttachedExhibit>,
    /// The edit.
    #[serde(flatten)]
    pub edited: Option<Edited>,
}

/// Attaches the files in one edit.
///
/// # Errors
/// [`Code::FileAbsent`], [`Code::FileIsFolder`], [`Code::FileUnreadable`], [`Code::NotFound`] for a call,
/// [`Code::DiskFull`], [`Code::Cancelled`].
pub fn attach(
    _case: &mut Case,
    _files: &[PathBuf],
    _options: &AttachOptions,
    _progress: &dyn Progress,
) -> Result<AttachAnswer> {
    Err(Error::new(Code::Internal))
}
