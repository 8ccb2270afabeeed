//! Save a copy of an exhibit's original: the very bytes, digested on the way out.

use super::exhibits::present;
use crate::case::{Case, file_name};
use crate::error::{Code, Error, Result};
use crate::model::{ExhibitId, hex};
use crate::progress::Progress;
use crate::store::blobs::Blob;
use crate::store::custody;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

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
    let name = file_name(out);
    let unwritable = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::StorageFull => Error::new(Code::DiskFull).with("file", file_name(out)).because(e),
        _ => Error::new(Code::TargetUnwritable).with("file", file_name(out)).because(e),
    };
    if out.is_dir() || out.canonicalize().is_ok_and(|target| target == case.path()) {
        return Err(Error::new(Code::TargetUnwritable).with("file", name));
    }
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut file =
        tempfile::Builder::new().prefix(".ulika-").suffix(".part").tempfile_in(&parent).map_err(unwritable)?;
    let damaged = || Error::new(Code::CaseDamaged).with("file", file_name(case.path()));
    let mut blob = Blob::open(case.connection(), exhibit.original)?;
    let (mut hasher, mut buffer, mut bytes) = (Sha256::new(), vec![0_u8; 1 << 20], 0_u64);
    loop {
        let count = blob.read(&mut buffer).map_err(|e| damaged().because(e))?;
        if count == 0 {
            break;
        }
        let part = buffer.get(..count).unwrap_or_default();
        hasher.update(part);
        file.write_all(part).map_err(unwritable)?;
        bytes += count as u64;
        progress.report("write", bytes, Some(exhibit.size))?;
    }
    let sha256 = hex(&hasher.finalize());
    if sha256 != exhibit.sha256 {
        return Err(damaged());
    }
    file.as_file().sync_all().map_err(unwritable)?;
    super::export::set_ordinary_mode(file.as_file()).map_err(unwritable)?;
    file.persist(out).map_err(|e| unwritable(e.error))?;
    // What left the case is told as a bundle is, beside the chain; a case that is only looked at stays as it is.
    if case.writable() && !case.from_elsewhere() {
        let at = case.clock().now_rfc3339();
        let details = serde_json::json!({"exhibit": id.0, "file": exhibit.name, "sha256": sha256, "bytes": bytes});
        case.write_aside(|c| custody::append_release(c, &at, "copied", &details.to_string()))?;
    }
    Ok(SavedCopy { file: name, bytes, sha256 })
}
