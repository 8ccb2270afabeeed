//! Save a bundle: snapshot, write beside the target, verify, rename, note in the release log.

use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::model::{Contents, GroupId, SourceId};
use crate::progress::Progress;
use crate::typesetting::Typesetter;
use serde::Serialize;
use std::path::Path;

/// What to put into the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportOptions {
    /// Groups; empty for the whole case.
    pub groups: Vec<GroupId>,
    /// Originals or extracts. A scoped bundle always takes extracts.
    pub contents: Contents,
}

/// What would leave of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SourcePreview {
    /// Source.
    pub id: SourceId,
    /// File name.
    pub file: String,
    /// Rows that would leave: all of an original, those in scope of an extract.
    pub rows: u32,
    /// Distinct numbers that a whole original would disclose beyond those of the calls in groups or in scope.
    pub numbers_of_others: u32,
}

/// What would leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExportPreview {
    /// Names of the groups in scope; empty for the whole case.
    pub groups: Vec<String>,
    /// Calls that leave.
    pub calls: u32,
    /// Calls that stay.
    pub calls_left_out: u32,
    /// Exhibits that leave.
    pub exhibits: u32,
    /// Exhibits that stay.
    pub exhibits_left_out: u32,
    /// Bytes of exhibits and originals that leave.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub bytes: u64,
    /// Whether whole originals leave.
    pub originals: bool,
    /// Sources.
    pub sources: Vec<SourcePreview>,
    /// Recommended file name.
    pub file_name: String,
}

/// What an export answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExportAnswer {
    /// Path of the bundle.
    pub bundle: String,
    /// SHA-256 of the zip.
    pub sha256: String,
    /// Code.
    pub code: String,
    /// Files in the bag.
    pub files: u32,
    /// Size of the zip.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub bytes: u64,
    /// Volumes: the bundle itself.
    pub volumes: Vec<String>,
    /// Numbers of others in the originals that left.
    pub numbers_of_others: u32,
}

/// Says what would leave.
///
/// # Errors
/// [`Code::NotFound`] for a group.
pub fn preview_export(_case: &Case, _options: &ExportOptions) -> Result<ExportPreview> {
    Err(Error::new(Code::Internal))
}

/// Saves a bundle at `out`, verified before it appears. The case file is only read, apart from the release log.
///
/// # Errors
/// [`Code::TargetUnwritable`], [`Code::BundleUnverified`], [`Code::DiskFull`], [`Code::Cancelled`],
/// [`Code::NotFound`] for a group.
pub fn export(
    _case: &mut Case,
    _out: &Path,
    _options: &ExportOptions,
    _typesetter: &dyn Typesetter,
    _progress: &dyn Progress,
) -> Result<ExportAnswer> {
    Err(Error::new(Code::Internal))
}
