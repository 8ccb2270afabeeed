//! A file that leaves the case: it lies beside its place, hidden, until it is whole, and then takes its name.

use crate::case::{Case, file_name};
use crate::error::{Code, Error, Result};
use crate::model::hex;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Bytes that are copied at once.
const PART: usize = 256 << 10;

/// What is hidden until it is whole, a file or a folder, is named so that a person who meets it knows whose it is.
pub(super) fn unfinished() -> tempfile::Builder<'static, 'static> {
    let mut named = tempfile::Builder::new();
    named.prefix(".ulika-").suffix(".part");
    named
}

/// What went wrong with a place to save to.
pub(super) fn unwritable(out: &Path, cause: io::Error) -> Error {
    Error::new(Code::of_writing(&cause, Code::TargetUnwritable)).with("file", file_name(out)).because(cause)
}

/// A file on its way to `out`.
pub(super) struct LeavingFile {
    file: NamedTempFile,
    out: PathBuf,
}

impl LeavingFile {
    /// Begins one beside its place; `case` is the one that is open, if any.
    ///
    /// # Errors
    /// [`Code::TargetUnwritable`], also where the place is a folder or the case itself; [`Code::DiskFull`].
    pub(super) fn begin(case: Option<&Case>, out: &Path) -> Result<Self> {
        if out.is_dir() || out.canonicalize().is_ok_and(|target| case.is_some_and(|case| target == case.path())) {
            return Err(Error::new(Code::TargetUnwritable).with("file", file_name(out)));
        }
        let folder = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = unfinished().tempfile_in(folder).map_err(|e| unwritable(out, e))?;
        Ok(Self { file, out: out.to_owned() })
    }

    /// The file as it is so far.
    pub(super) fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Gives it its name. Temporary files are readable by their owner alone; from here on it is a file like any other.
    ///
    /// # Errors
    /// [`Code::TargetUnwritable`], [`Code::DiskFull`].
    pub(super) fn appear(self) -> Result<()> {
        let Self { file, out } = self;
        file.as_file().sync_all().map_err(|e| unwritable(&out, e))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let ordinary = std::fs::Permissions::from_mode(0o644);
            file.as_file().set_permissions(ordinary).map_err(|e| unwritable(&out, e))?;
        }
        file.persist(&out).map(drop).map_err(|e| unwritable(&out, e.error))
    }
}

/// Saves a text as a file.
///
/// # Errors
/// [`Code::TargetUnwritable`], also where the place is a folder or the case itself; [`Code::DiskFull`].
pub(super) fn save_text(case: Option<&Case>, out: &Path, text: &str) -> Result<()> {
    let mut file = LeavingFile::begin(case, out)?;
    file.file().write_all(text.as_bytes()).map_err(|e| unwritable(out, e))?;
    file.appear()
}

/// Copies bytes of the case into a file that leaves it; answers their SHA-256 and their count. `told` is given the count
/// so far before each part, `failed` says which place could not be written.
///
/// # Errors
/// [`Code::CaseDamaged`] where the bytes cannot be read; of `told`; of `failed`.
pub(super) fn copy(
    from: &mut dyn Read,
    to: &mut dyn Write,
    told: &dyn Fn(u64) -> Result<()>,
    failed: &dyn Fn(io::Error) -> Error,
) -> Result<(String, u64)> {
    let (mut hasher, mut bytes, mut part) = (Sha256::new(), 0_u64, vec![0; PART]);
    loop {
        told(bytes)?;
        let read = from.read(&mut part).map_err(|e| Error::new(Code::CaseDamaged).because(e))?;
        let Some(taken) = part.get(..read).filter(|taken| !taken.is_empty()) else { break };
        hasher.update(taken);
        to.write_all(taken).map_err(failed)?;
        bytes += read as u64;
    }
    Ok((hex(&<[u8; 32]>::from(hasher.finalize())), bytes))
}
