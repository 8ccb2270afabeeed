//! Save a copy of an exhibit's original: the very bytes, digested on the way out.

use super::exhibits::present;
use super::leaving_file::{self, LeavingFile, unwritable};
use crate::case::{Case, file_name};
use crate::error::{Code, Error, Result};
use crate::model::ExhibitId;
use crate::progress::Progress;
use crate::store::blobs::Blob;
use crate::store::custody;
use serde::Serialize;
use std::path::Path;

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SavedCopy {
    /// Name of the file that now holds it.
    pub file: String,
    /// Its size in bytes.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub bytes: u64,
    /// Its digest, that of the original.
    pub sha256: String,
}

/// Saves the original of an exhibit at `out`. It appears whole and with the digest that the case keeps, or not at all.
///
/// # Errors
/// [`Code::NotFound`], [`Code::TargetUnwritable`], [`Code::CaseDamaged`] where the bytes are not those that were
/// attached, [`Code::DiskFull`], [`Code::Cancelled`].
pub fn save_copy(case: &mut Case, id: ExhibitId, out: &Path, progress: &dyn Progress) -> Result<SavedCopy> {
    let exhibit = present(case.connection(), id)?;
    let mut leaving = LeavingFile::begin(Some(case), out)?;
    let of_case = |error: Error| match error.code {
        Code::CaseDamaged => error.with("file", file_name(case.path())),
        _ => error,
    };
    let mut blob = Blob::open(case.connection(), exhibit.original)?;
    let told = |bytes| progress.report("write", bytes, Some(exhibit.size));
    let copied = leaving_file::copy(&mut blob, leaving.file(), &told, &|e| unwritable(out, e));
    let (sha256, bytes) = copied.map_err(of_case)?;
    if sha256 != exhibit.sha256 {
        return Err(of_case(Error::new(Code::CaseDamaged)));
    }
    leaving.appear()?;
    // What left the case is told as a bundle is, beside the chain; a case that is only looked at stays as it is.
    if case.writable() && !case.from_elsewhere() {
        let at = case.clock().now_rfc3339();
        let details = serde_json::json!({"exhibit": id.0, "file": exhibit.name, "sha256": sha256, "bytes": bytes});
        case.write_aside(|c| custody::append_release(c, &at, "copied", &details.to_string()))?;
    }
    Ok(SavedCopy { file: file_name(out), bytes, sha256 })
}
