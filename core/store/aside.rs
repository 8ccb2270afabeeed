//! Staging that can be taken back to the byte.
//!
//! Long originals are staged in short transactions, so that other windows stay answered; what was committed SQLite
//! cannot take back. But before each commit its rollback journal holds the pages as they were. The first image of each
//! page that was there when staging began, and how many pages there were, is all that is needed: written out as one
//! journal in SQLite's own format (<https://www.sqlite.org/fileformat.html#the_rollback_journal>), it is played back
//! as after a crash, and so it also is where the program ends in the middle.
//!
//! It must only be used under the lock against a second writer: nobody else may commit in between.

use super::blobs::{self, Staged};
use super::failure::OrFailure;
use super::{open, roll_back};
use crate::error::{Code, Error, Result};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

const MAGIC: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
const SECTOR: usize = 512;
/// More images than this are not kept (64 MiB): staging appends, and changes few pages that were there.
const MOST: usize = 4_096;

/// The file as it was: what staging has changed of it so far.
#[derive(Debug)]
struct Before {
    pages: u32,
    page_size: usize,
    images: BTreeMap<u32, Vec<u8>>,
}

/// Work that commits in parts and can be taken back as a whole.
#[derive(Debug)]
pub struct Aside {
    path: Option<PathBuf>,
    before: Option<Before>,
    /// Whether every page that was changed is known.
    sound: bool,
}

impl Aside {
    /// Begins with the file as it is now.
    pub fn begin(connection: &Connection) -> Self {
        let path = connection.path().filter(|p| !p.is_empty()).map(PathBuf::from);
        Self { sound: path.is_some(), path, before: None }
    }

    /// Ends a part: commits the open transaction.
    pub fn commit(&mut self, connection: &Connection) -> Result<()> {
        if self.sound {
            // The commit itself changes the first page, which must be in the journal before: writing the version again
            // puts it there.
            let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).or_failure()?;
            connection.pragma_update(None, "user_version", version).or_failure()?;
            self.sound = self.note().is_some();
        }
        super::commit(connection)
    }

    /// Keeps the pages that the transaction is about to change.
    fn note(&mut self) -> Option<()> {
        let journal = std::fs::read(self.journal()?).ok()?;
        let field = |at: usize| Some(u32::from_be_bytes(journal.get(at..at + 4)?.try_into().ok()?));
        let (sector, page_size) = (field(20)? as usize, field(24)? as usize);
        let pages = field(16)?;
        if sector < 32 || page_size < SECTOR || pages == 0 {
            return None;
        }
        let before = self.before.get_or_insert_with(|| Before { pages, page_size, images: BTreeMap::new() });
        let record = page_size + 8;
        let mut at = 0;
        while at + sector <= journal.len() {
            let room = (journal.len() - at - sector) / record;
            // The count of the last part is written when the journal is flushed: until then the magic is absent.
            let (counted, nonce) = (field(at + 8)?, field(at + 12)?);
            let count = if journal.get(at..at + 8)? == MAGIC && counted != u32::MAX { counted as usize } else { room };
            for index in 0..count.min(room) {
                let from = at + sector + index * record;
                let image = journal.get(from + 4..from + 4 + page_size)?;
                if field(from + 4 + page_size)? != checksum(nonce, image) {
                    return None;
                }
                let number = field(from)?;
                if number <= before.pages && before.images.len() < MOST {
                    before.images.entry(number).or_insert_with(|| image.to_vec());
                }
            }
            at = (at + sector + count * record).next_multiple_of(sector);
        }
        (before.images.len() < MOST).then_some(())
    }

    fn journal(&self) -> Option<PathBuf> {
        self.path.as_deref().map(|path| open::companion(path, "-journal"))
    }

    /// Takes everything back. Where the way back is not known, or cannot be written, the chunks that nothing names are
    /// removed instead; where that fails too, the next opening for writing does it.
    pub fn take_back(self, connection: &Connection) {
        roll_back(connection);
        if self.before.is_none() && self.sound {
            return;
        }
        let restored = self.sound && self.leave_journal().is_ok() && touch(connection).is_ok();
        if !restored {
            // What the person is told is the failure that led here.
            let _ = blobs::sweep(connection);
        }
    }

    /// Leaves a journal that leads back to the file as it was; whoever touches the file next plays it back.
    fn leave_journal(&self) -> Result<()> {
        let missing = || Error::new(Code::Internal);
        let (journal, before) = (self.journal().ok_or_else(missing)?, self.before.as_ref().ok_or_else(missing)?);
        let folder = journal.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let write = || -> io::Result<()> {
            let part = tempfile::Builder::new().prefix(".ulika-").tempfile_in(folder)?;
            let mut out = BufWriter::new(part.as_file());
            before.write(&mut out)?;
            out.flush()?;
            drop(out);
            part.as_file().sync_all()?;
            part.persist(&journal).map_err(|e| e.error)?;
            sync_folder(folder)
        };
        write().map_err(|e| Error::new(Code::WriteFailed).because(e))
    }
}

/// Files that are staged one after the other, each with its own way back.
#[derive(Debug, Default)]
pub struct Staging(Vec<(Staged, Aside)>);

impl Staging {
    /// Stages a file. What the case holds already, or was staged before, is taken back at once: the case does not grow.
    /// After a failure the file is taken back; the others are for the caller to take back or to name.
    pub fn stage(
        &mut self,
        connection: &Connection,
        reader: &mut dyn Read,
        told: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<Staged> {
        let mut aside = Aside::begin(connection);
        // An empty file has no chunk that would take its number.
        let taken = self.0.last().map_or(0, |(staged, _)| staged.original);
        let original = blobs::next_original(connection)?.max(taken + 1);
        let put = match blobs::stage(connection, reader, original, Some(&mut aside), told) {
            Ok(put) => put,
            Err(error) => {
                aside.take_back(connection);
                return Err(error);
            }
        };
        let before = self.0.iter().map(|(staged, _)| *staged).find(|staged| staged.sha256 == put.sha256);
        match before.map(|staged| Staged { held: true, ..staged }).or(Some(put).filter(|put| put.held)) {
            Some(held) => {
                aside.take_back(connection);
                Ok(held)
            }
            None => {
                self.0.push((put, aside));
                Ok(put)
            }
        }
    }

    /// Takes back everything that was staged, last first.
    pub fn take_back(self, connection: &Connection) {
        roll_back(connection);
        self.0.into_iter().rev().for_each(|(_, aside)| aside.take_back(connection));
    }
}

impl Before {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let free = self.free_leaves();
        let zeros = vec![0; self.page_size];
        let kept = self.images.iter().filter(|(number, _)| !free.contains(number));
        let images: Vec<(u32, &[u8])> = kept
            .map(|(number, image)| (*number, image.as_slice()))
            .chain(free.iter().map(|number| (*number, zeros.as_slice())))
            .collect();
        let mut header = Vec::with_capacity(SECTOR);
        header.extend(MAGIC);
        for field in [images.len() as u32, 0, self.pages, SECTOR as u32, self.page_size as u32] {
            header.extend(field.to_be_bytes());
        }
        header.resize(SECTOR, 0);
        out.write_all(&header)?;
        for (number, image) in images {
            out.write_all(&number.to_be_bytes())?;
            out.write_all(image)?;
            out.write_all(&checksum(0, image).to_be_bytes())?;
        }
        Ok(())
    }

    /// Pages that were free and may have been used since. SQLite does not journal them; `secure_delete` had emptied
    /// them. In a file with a password the list cannot be read, and such pages keep what was staged, encrypted, until
    /// they are used again. (There the pages that come back are the same, but encrypted anew.)
    fn free_leaves(&self) -> Vec<u32> {
        let field =
            |page: &[u8], at: usize| page.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes);
        let Some(first) = self.images.get(&1).filter(|page| page.starts_with(b"SQLite format 3\0")) else {
            return Vec::new();
        };
        let mut free = Vec::new();
        let mut trunk = field(first, 32);
        // A trunk that did not change has lent none of its leaves. No list is longer than the file.
        while let Some(page) = self.images.get(&trunk).filter(|_| free.len() < self.pages as usize) {
            let leaves = field(page, 4) as usize;
            let leaves = leaves.min(self.page_size / 4 - 2);
            free.extend((0..leaves).map(|n| field(page, 8 + 4 * n)).filter(|n| (2..=self.pages).contains(n)));
            trunk = field(page, 0);
        }
        free.sort_unstable();
        free.dedup();
        free
    }
}

/// Reads anything, so that a journal that was left is played back.
fn touch(connection: &Connection) -> Result<()> {
    connection.pragma_query_value(None, "schema_version", |row| row.get::<_, i64>(0)).or_failure().map(|_| ())
}

/// SQLite's checksum of a page in the journal: every two hundredth byte from the end.
fn checksum(nonce: u32, page: &[u8]) -> u32 {
    let places = (1..).map(|n| page.len().checked_sub(200 * n)).take_while(|at| at.is_some_and(|at| at > 0));
    places.flatten().fold(nonce, |sum, at| sum.wrapping_add(u32::from(page[at])))
}

/// The new name must be on the medium before anything is changed by what it names.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
#[path = "aside_tests.rs"]
mod tests;
