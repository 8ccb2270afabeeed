//! Registers of the numbering plan for all cases of this computer: a folder beside the state files, each file under its
//! digest, with a note of which it is.

use crate::case::state;
use crate::error::{Code, Error, Result};
use crate::model::RegisterOrigin;
use crate::numbering::MAX_BYTES;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Notes that are read: there are four series, and no more files than that speak.
const MAX_NOTES: usize = 64;

/// The folder.
#[derive(Clone, Debug)]
pub(super) struct RegisterShelf {
    folder: PathBuf,
}

impl Default for RegisterShelf {
    fn default() -> Self {
        Self { folder: state::folder().join("registers") }
    }
}

impl RegisterShelf {
    /// The registers on the shelf, the newest first. A note that does not hold is passed over: its file can be loaded
    /// again.
    pub(super) fn list(&self) -> Vec<RegisterOrigin> {
        let notes = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let notes = notes.filter(|path| path.extension().is_some_and(|e| e == "json")).take(MAX_NOTES);
        let mut found: Vec<RegisterOrigin> = notes.filter_map(|path| read_note(&path)).collect();
        found.sort_by(|a, b| b.dated.cmp(&a.dated).then_with(|| a.sha256.cmp(&b.sha256)));
        found
    }

    /// The bytes of a register; none where they cannot be read.
    pub(super) fn bytes(&self, origin: &RegisterOrigin) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = fs::File::open(self.place(origin, "csv")).ok()?;
        file.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Puts a register on the shelf: first its bytes, then the note that tells of them.
    pub(super) fn put(&self, origin: &RegisterOrigin, bytes: &[u8]) -> Result<()> {
        let note = serde_json::to_vec(origin).map_err(|e| Error::new(Code::Internal).because(e))?;
        self.write(&self.place(origin, "csv"), bytes)
            .and_then(|()| self.write(&self.place(origin, "json"), &note))
            .map_err(|cause| {
                let code = Code::of_writing(&cause, Code::WriteFailed);
                Error::new(code).with("file", self.folder.display().to_string()).because(cause)
            })
    }

    /// Takes a register off the shelf. What cannot be removed is replaced by what is newer all the same.
    pub(super) fn remove(&self, origin: &RegisterOrigin) {
        let gone = fs::remove_file(self.place(origin, "json"));
        if gone.is_ok() {
            let _ = fs::remove_file(self.place(origin, "csv"));
        }
    }

    fn write(&self, place: &Path, bytes: &[u8]) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let beside = tempfile::NamedTempFile::new_in(&self.folder)?;
        fs::write(beside.path(), bytes)?;
        beside.persist(place).map_err(|e| e.error)?;
        Ok(())
    }

    fn place(&self, origin: &RegisterOrigin, extension: &str) -> PathBuf {
        self.folder.join(format!("{}.{extension}", origin.sha256))
    }
}

/// A note, where its name is the digest that it tells.
fn read_note(path: &Path) -> Option<RegisterOrigin> {
    let origin: RegisterOrigin = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    (path.file_stem()? == origin.sha256.as_str()).then_some(origin)
}
