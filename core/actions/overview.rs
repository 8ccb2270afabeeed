//! What the case holds, in numbers; its exhibits.

use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::model::{CallId, ExhibitId, ExhibitKind, SourceId, SourceKind};
use serde::Serialize;

/// A source as listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SourceView {
    /// Identity.
    pub id: SourceId,
    /// File name.
    pub file: String,
    /// Kind of witness.
    pub kind: SourceKind,
    /// Recipe.
    pub recipe: String,
    /// Records in it.
    pub records: u32,
    /// When it was imported.
    pub received_at: String,
    /// SHA-256.
    pub sha256: String,
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
}

/// What the case holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Overview {
    /// Title; the file's name where empty.
    pub title: String,
    /// Path of the case file.
    pub path: String,
    /// Lines, E.164.
    pub lines: Vec<String>,
    /// Calls.
    pub calls: u32,
    /// Groups.
    pub groups: u32,
    /// Exhibits.
    pub exhibits: u32,
    /// Sources.
    pub sources: Vec<SourceView>,
    /// Whether this window may write.
    pub writable: bool,
    /// Kind of the action that undo would take back (`imported`, `groups_merged`, …).
    pub undo: Option<String>,
    /// Kind of the action that redo would repeat.
    pub redo: Option<String>,
}

/// What the case holds, in numbers.
///
/// # Errors
/// When the case file cannot be read.
pub fn overview(_case: &Case) -> Result<Overview> {
    Err(Error::new(Code::Internal))
}

/// The exhibits, by number.
///
/// # Errors
/// When the case file cannot be read.
pub fn exhibits(_case: &Case) -> Result<Vec<ExhibitView>> {
    Err(Error::new(Code::Internal))
}

/// A thumbnail as PNG, at most 320 pixels wide; made on first sight and kept. `None` for what is no picture.
///
/// # Errors
/// [`Code::NotFound`].
pub fn thumbnail(_case: &Case, _id: ExhibitId) -> Result<Option<Vec<u8>>> {
    Err(Error::new(Code::Internal))
}
