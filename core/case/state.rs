//! What this computer remembers of each case it has written: id, last custody hash, path; and the locks.
//!
//! Both lie in the per-user state folder (`ULIKA_STATE_DIR` overrides it), never beside the case: a case is one
//! document. Locks go by path, not by file, because setting a password renames a new file over the old one.

use crate::error::{Code, Error, Result};
use crate::model::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// One case, in a file of its own, so that programs that end at the same moment do not lose each other's word.
#[derive(Serialize, Deserialize, PartialEq)]
struct Entry {
    last: String,
    path: PathBuf,
}

/// The per-user state folder.
pub(crate) fn folder() -> PathBuf {
    std::env::var_os("ULIKA_STATE_DIR").map_or_else(
        || dirs::state_dir().or_else(dirs::data_local_dir).unwrap_or_else(std::env::temp_dir).join("ulika"),
        PathBuf::from,
    )
}

/// A digest, because the id is a text of a file that a stranger may have made.
fn name_of(text: &[u8]) -> String {
    hex(&Sha256::digest(text))
}

fn read(file: &Path) -> Option<Entry> {
    // What is lost or damaged only costs a rebuild of derived tables.
    fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())
}

/// Whether this computer left the case in exactly this state.
pub(super) fn knows(uuid: &str, last: &str) -> bool {
    read(&folder().join("known").join(name_of(uuid.as_bytes()))).is_some_and(|entry| entry.last == last)
}

/// Whether this computer has written a case at this path.
pub(super) fn knows_path(path: &Path) -> bool {
    let files = fs::read_dir(folder().join("known")).into_iter().flatten().flatten();
    files.filter_map(|file| read(&file.path())).any(|entry| entry.path == path)
}

/// Remembers the state in which the case was left. Failing to is no failure of the work: the next opening rebuilds.
pub(super) fn remember(uuid: &str, last: &str, path: &Path) {
    let folder = folder().join("known");
    let place = folder.join(name_of(uuid.as_bytes()));
    let entry = Entry { last: last.to_owned(), path: path.to_owned() };
    if read(&place).as_ref() == Some(&entry) {
        return;
    }
    let written = || -> Option<()> {
        fs::create_dir_all(&folder).ok()?;
        let mut file = tempfile::NamedTempFile::new_in(&folder).ok()?;
        serde_json::to_writer(&mut file, &entry).ok()?;
        file.persist(&place).ok()?;
        Some(())
    };
    let _ = written();
}

/// The lock against a second writer. It is the operating system's and ends with its process.
pub(super) struct Lock(File);

impl Drop for Lock {
    /// A program that is just being started still shares what is open here, so closing the file would not end the lock.
    fn drop(&mut self) {
        // Ends with the process at the latest.
        let _ = self.0.unlock();
    }
}

/// Takes the lock of the case at a canonical path.
///
/// # Errors
/// [`Code::CaseLocked`] when another process holds it.
pub(super) fn lock(path: &Path) -> Result<Lock> {
    let name = name_of(path.as_os_str().as_encoded_bytes());
    let folder = folder().join("locks");
    let cannot =
        |error: std::io::Error| Error::new(Code::WriteFailed).with("file", folder.display().to_string()).because(error);
    fs::create_dir_all(&folder).map_err(cannot)?;
    let file = File::options().create(true).truncate(false).write(true).open(folder.join(name)).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(Error::new(Code::CaseLocked)),
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}
