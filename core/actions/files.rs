//! Files that a person brings: opened with clear words for what is wrong with them.

use crate::case::file_name;
use crate::error::{Code, Error, Result};
use std::fs::File;
use std::path::Path;

/// A file that was brought.
pub(super) struct Brought<F = File> {
    /// Name without folders.
    pub(super) name: String,
    /// The open file: what is read later is this file, whatever its name comes to mean.
    pub(super) file: F,
    /// Size in bytes.
    pub(super) size: u64,
}

/// Whether a database has a journal beside it that holds anything.
pub(super) fn has_journal(path: &Path) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    std::fs::metadata(name).is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0)
}

/// Opens a regular file; pipes and devices are refused before they are opened, since opening one could wait forever.
pub(super) fn bring(path: &Path) -> Result<Brought> {
    let name = file_name(path);
    let error = |code: Code| Error::new(code).with("file", name.clone());
    let metadata = std::fs::metadata(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => error(Code::FileAbsent).because(e),
        _ => error(Code::FileUnreadable).because(e),
    })?;
    if metadata.is_dir() {
        return Err(error(Code::FileIsFolder));
    }
    if !metadata.is_file() {
        return Err(error(Code::FileUnreadable));
    }
    let file = File::open(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => error(Code::FileAbsent).because(e),
        _ => error(Code::FileUnreadable).because(e),
    })?;
    Ok(Brought { name, size: metadata.len(), file })
}
