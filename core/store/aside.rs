//! Staging that can be taken back to the byte.
//!
//! Long originals are staged in short transactions, so that other windows stay answered; what was committed SQLite
//! cannot take back. But before each commit its rollback journal holds the pages as they were. The first image of each
//! page that was there when staging began, and how many pages there were, is all that is needed: written out as one
//! journal, it is played back as after a crash, and so it also is where the program ends in the middle.
//!
//! It is used under the lock against a second writer. Where another program commits in between all the same, its word
//! stands, and only what was staged is removed.

use super::blobs::{self, Staged};
use super::failure::OrFailure;
use super::rollback::Images;
use super::{open, roll_back};
use crate::error::{Code, Error, Result};
use rusqlite::Connection;
use std::io::Read;
use std::path::{Path, PathBuf};

/// More pages than this are not kept (64 MiB): staging appends, and changes few pages that were there.
const MOST: usize = 4_096;

/// Work that commits in parts and can be taken back as a whole.
#[derive(Debug)]
pub struct Aside {
    journal: Option<PathBuf>,
    /// The file as it was: what was changed of it so far.
    before: Option<Images>,
    /// Parts that were committed.
    parts: u32,
    /// Whether every page that was changed is known.
    sound: bool,
}

impl Aside {
    /// Begins with the file as it is now.
    pub fn begin(connection: &Connection) -> Self {
        let path = connection.path().filter(|p| !p.is_empty());
        let journal = path.map(|path| open::companion(Path::new(path), "-journal"));
        Self { sound: journal.is_some(), journal, before: None, parts: 0 }
    }

    /// Ends a part: commits the open transaction.
    pub fn commit(&mut self, connection: &Connection) -> Result<()> {
        if self.sound {
            self.sound = self.note(connection)?.is_some();
        }
        super::commit(connection)?;
        self.parts += 1;
        Ok(())
    }

    /// Keeps the pages that the transaction is about to change.
    fn note(&mut self, connection: &Connection) -> Result<Option<()>> {
        let Some(now) = self.journalled(connection)? else { return Ok(None) };
        let alone = self.follows(&now);
        match &mut self.before {
            None => self.before = Some(now),
            Some(before) => before.absorb(now),
        }
        let few = self.before.as_ref().is_some_and(|before| before.images.len() < MOST);
        Ok((alone && few).then_some(()))
    }

    /// What the open transaction has in its journal. The commit itself changes the first page, which must be there
    /// before: writing the version again puts it there.
    fn journalled(&self, connection: &Connection) -> Result<Option<Images>> {
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).or_failure()?;
        connection.pragma_update(None, "user_version", version).or_failure()?;
        Ok(self.journal.as_deref().and_then(Images::read))
    }

    /// Whether nobody else has committed: each commit counts one on the first page. With a password that cannot be
    /// read, and nobody but this program could have written.
    fn follows(&self, now: &Images) -> bool {
        let Some(begun) = self.before.as_ref().map(Images::counter) else { return true };
        begun.map(|counter| counter.wrapping_add(self.parts)) == now.counter()
    }

    /// Takes everything back. Where the way back is not known, or cannot be written, the chunks that nothing names are
    /// removed instead; where that fails too, the next opening for writing does it.
    pub fn take_back(self, connection: &Connection) {
        roll_back(connection);
        if self.parts == 0 {
            return;
        }
        let restored =
            self.sound && self.alone(connection) && self.leave_journal().is_ok() && touch(connection).is_ok();
        if !restored {
            // What the person is told is the failure that led here.
            let _ = blobs::sweep(connection);
        }
    }

    fn alone(&self, connection: &Connection) -> bool {
        let now = super::begin(connection).and_then(|()| self.journalled(connection));
        roll_back(connection);
        now.ok().flatten().is_some_and(|now| self.follows(&now))
    }

    /// Leaves a journal that leads back to the file as it was; whoever touches the file next plays it back.
    fn leave_journal(&self) -> Result<()> {
        let missing = || Error::new(Code::Internal);
        let (journal, before) = (self.journal.as_deref().ok_or_else(missing)?, self.before.as_ref());
        before.ok_or_else(missing)?.leave(journal).map_err(|e| Error::new(Code::WriteFailed).because(e))
    }
}

/// Reads anything, so that a journal that was left is played back.
fn touch(connection: &Connection) -> Result<()> {
    connection.pragma_query_value(None, "schema_version", |row| row.get::<_, i64>(0)).or_failure().map(|_| ())
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

#[cfg(test)]
#[path = "aside_tests.rs"]
mod tests;
