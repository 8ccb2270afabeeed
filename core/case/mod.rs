//! A case file, open: the one gate through which it is read and written.
//!
//! [`Case::edit`] is one transaction, one custody event, one undo step and one set of changes; nothing else writes
//! what a person sees. A case from elsewhere is adopted first: its derived tables are derived anew, in memory for a
//! reading command, in the file for a writing one.

pub(crate) mod state;

use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::model::{CustodyKind, EventId, hex};
use crate::store::{self, Connection, journal, open};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

pub use crate::store::open::SCHEMA_VERSION;

/// The program and its version, as the custody chain tells them.
pub(crate) const PROGRAM: &str = concat!("Ulika ", env!("CARGO_PKG_VERSION"));

/// Whether the case is opened for looking or for changing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Look only; never writes to the file.
    Read,
    /// Change: takes the lock against a second writer.
    Write,
}

/// An open case.
pub struct Case {
    // Declared before the lock: the connection closes first.
    connection: Connection,
    lock: Option<state::Lock>,
    path: PathBuf,
    uuid: String,
    clock: Clock,
    keyed: bool,
    /// The case comes from elsewhere and has not been adopted: its derived tables are shadowed by our own.
    foreign: bool,
    /// The case is of an older version and only looked at: what lies in its derived tables followed older rules.
    older: bool,
}

/// What an edit says about itself while it works.
pub(crate) struct Edit<'a> {
    /// The connection, inside the transaction.
    pub(crate) connection: &'a Connection,
    /// The event that this edit will be.
    pub(crate) event: EventId,
    /// Its time, RFC 3339 in UTC.
    pub(crate) at: String,
    /// Id of the thing it is done to; 0 for the case.
    pub(crate) subject: i64,
    /// Details for the custody event.
    pub(crate) details: Map<String, Value>,
    /// Kinds of thing that changed.
    pub(crate) changed: Vec<&'static str>,
    /// Whether undo can take it back.
    pub(crate) undoable: bool,
}

/// What an edit came to.
pub(crate) struct Outcome {
    pub(crate) event: EventId,
    pub(crate) changed: Vec<String>,
}

/// The file name without folders, for words to people.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

impl Case {
    /// Opens a case file.
    ///
    /// # Errors
    /// [`Code::CaseAbsent`], [`Code::FileIsFolder`], [`Code::CaseForeign`], [`Code::CaseNewer`], [`Code::CaseLocked`],
    /// [`Code::PasswordOrNotACase`], [`Code::JournalForeign`], [`Code::CaseDamaged`], [`Code::CaseReadOnly`].
    pub fn open(path: &Path, password: Option<&str>, access: Access, clock: Clock) -> Result<Case> {
        Self::open_inner(path, password, access, clock).map_err(|e| e.of_file(&file_name(path)))
    }

    fn open_inner(path: &Path, password: Option<&str>, access: Access, clock: Clock) -> Result<Case> {
        let path = path.canonicalize().map_err(|e| Error::new(Code::CaseAbsent).because(e))?;
        if path.is_dir() {
            return Err(Error::new(Code::FileIsFolder));
        }
        std::fs::File::open(&path).map_err(|e| Error::new(Code::FileUnreadable).because(e))?;
        let lock = match access {
            Access::Write => Some(state::lock(&path)?),
            Access::Read => None,
        };
        let companions = [open::companion(&path, "-journal"), open::companion(&path, "-wal")];
        if companions.iter().any(|c| c.metadata().is_ok_and(|m| m.len() > 0)) && !state::knows_path(&path) {
            return Err(Error::new(Code::JournalForeign));
        }
        let opened = open::open(&path, password, access == Access::Write)?;
        if access == Access::Write && !opened.writable {
            return Err(Error::new(Code::CaseReadOnly));
        }
        let connection = opened.connection;
        let uuid = store::word::case_uuid(&connection)?;
        let known = state::knows(&uuid, &store::custody::last_hash(&connection)?);
        // What an older program derived is believed no more than what a stranger did.
        let older = opened.older && access == Access::Read;
        let foreign = !known || older;
        let case = Case { connection, lock, path, uuid, clock, keyed: opened.keyed, foreign, older };
        case.check_whole()?;
        if access == Access::Write {
            // On a medium that is full or fails nothing can be swept; what lies there is invisible, and waits.
            let _ = store::blobs::sweep(&case.connection);
            journal::install_triggers(&case.connection)?;
        }
        if opened.older && access == Access::Write {
            case.derive_anew()?;
        }
        if case.foreign {
            store::derived::shadow_derived(&case.connection)?;
            store::exhibits::shadow_made(&case.connection)?;
            crate::derive::renew(&case.connection)?;
        }
        Ok(case)
    }

    /// Derives everything again, in a transaction of its own.
    fn derive_anew(&self) -> Result<()> {
        store::begin(&self.connection)?;
        store::derived::clear_derived(&self.connection)
            .and_then(|()| crate::derive::renew(&self.connection))
            .and_then(|()| store::commit(&self.connection))
            .inspect_err(|_| store::roll_back(&self.connection))
    }

    /// No purge may be half done; and of a case from elsewhere the b-trees must hold together.
    fn check_whole(&self) -> Result<()> {
        if store::evidence::half_purged(&self.connection)? || (self.foreign && !open::quick_check(&self.connection)?) {
            return Err(Error::new(Code::CaseDamaged));
        }
        Ok(())
    }

    /// Takes the case as this computer's own: the shadows go, the tables of the file are derived anew. Part of the first
    /// edit's transaction, so that a case that is only looked at, or whose edit fails, stays byte for byte.
    fn adopt(&self) -> Result<()> {
        store::derived::unshadow_derived(&self.connection)?;
        store::derived::clear_derived(&self.connection)?;
        store::exhibits::forget_made(&self.connection)?;
        crate::derive::renew(&self.connection)?;
        let at = self.clock.now_rfc3339();
        let details = serde_json::json!({ "program": PROGRAM }).to_string();
        store::custody::append_event(&self.connection, &at, CustodyKind::Adopted, 0, &details).map(|_| ())
    }

    /// Makes a new case file that must not exist yet: written beside its place, then renamed into it.
    pub(crate) fn create(
        path: &Path,
        password: Option<&str>,
        clock: Clock,
        fill: impl FnOnce(&mut Edit<'_>) -> Result<()>,
    ) -> Result<Case> {
        let name = || file_name(path);
        if path.symlink_metadata().is_ok() {
            return Err(Error::new(Code::CaseExists).with("file", name()));
        }
        let cannot = |error: std::io::Error| Error::new(Code::TargetUnwritable).with("file", name()).because(error);
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let parent = parent.canonicalize().map_err(cannot)?;
        let target =
            parent.join(path.file_name().ok_or_else(|| Error::new(Code::TargetUnwritable).with("file", name()))?);
        let temporary = tempfile::Builder::new().prefix(".ulika-").tempfile_in(&parent).map_err(cannot)?;
        let write_failed = |e: Error| match e.code {
            Code::DiskFull => e,
            _ => Error { code: Code::TargetUnwritable, ..e }.with("file", name()),
        };
        open::create(temporary.path(), password).map_err(write_failed)?;
        let lock = state::lock(&target)?;
        let opened = open::open(temporary.path(), password, true)?;
        let uuid = uuid::Uuid::new_v4().to_string();
        journal::install_triggers(&opened.connection)?;
        let mut case = Case {
            connection: opened.connection,
            lock: Some(lock),
            path: target.clone(),
            uuid: uuid.clone(),
            clock,
            keyed: opened.keyed,
            foreign: false,
            older: false,
        };
        let secret: Vec<u8> = [*uuid::Uuid::new_v4().as_bytes(), *uuid::Uuid::new_v4().as_bytes()].concat();
        case.edit(CustodyKind::Created, |edit| {
            edit.undoable = false;
            store::word::insert_case_info(edit.connection, &uuid, &edit.at, &secret)?;
            edit.details.insert("case".to_owned(), uuid.clone().into());
            edit.details.insert("secret_sha256".to_owned(), hex(&Sha256::digest(&secret)).into());
            fill(edit)
        })?;
        drop(case);
        temporary.persist_noclobber(&target).map_err(|e| match e.error.kind() {
            std::io::ErrorKind::AlreadyExists => Error::new(Code::CaseExists).with("file", name()),
            _ => cannot(e.error),
        })?;
        Case::open(&target, password, Access::Write, clock)
    }

    /// Opens a fresh copy that will be renamed over `target`, whose lock the caller holds: it takes none of `target`,
    /// and what it leaves is remembered under that path.
    pub(crate) fn open_unlocked_copy(copy: &Path, password: Option<&str>, clock: Clock, target: &Path) -> Result<Case> {
        let lock = state::lock(copy)?;
        let opened = open::open(copy, password, true)?;
        let uuid = store::word::case_uuid(&opened.connection)?;
        journal::install_triggers(&opened.connection)?;
        let (connection, keyed) = (opened.connection, opened.keyed);
        Ok(Case {
            connection,
            lock: Some(lock),
            path: target.to_owned(),
            uuid,
            clock,
            keyed,
            foreign: false,
            older: false,
        })
    }

    /// The one gate for writing: one transaction, one custody event, one undo step, one set of changes.
    pub(crate) fn edit<T>(
        &mut self,
        kind: CustodyKind,
        work: impl FnOnce(&mut Edit<'_>) -> Result<T>,
    ) -> Result<(T, Outcome)> {
        if self.lock.is_none() {
            return Err(Error::new(Code::CaseLocked).with("file", file_name(&self.path)));
        }
        let named = |e: Error| e.of_file(&file_name(&self.path));
        // Changed pages wait in memory, so that whoever reads the case is answered until the commit itself.
        store::spill(&self.connection, false)?;
        store::begin(&self.connection).map_err(named)?;
        let done = self
            .edit_inside(kind, work)
            .and_then(|done| store::commit(&self.connection).map(|()| done))
            .inspect_err(|_| store::roll_back(&self.connection));
        store::spill(&self.connection, true)?;
        let done = done.map_err(named)?;
        self.foreign = false;
        state::remember(&self.uuid, &store::custody::last_hash(&self.connection)?, &self.path);
        Ok(done)
    }

    fn edit_inside<T>(&self, kind: CustodyKind, work: impl FnOnce(&mut Edit<'_>) -> Result<T>) -> Result<(T, Outcome)> {
        let connection = &self.connection;
        if self.foreign {
            self.adopt()?;
        }
        let before = journal::last_change(connection)?;
        let mut edit = Edit {
            connection,
            event: store::custody::next_event(connection)?,
            at: self.clock.now_rfc3339(),
            subject: 0,
            details: Map::new(),
            changed: Vec::new(),
            undoable: true,
        };
        let value = work(&mut edit)?;
        edit.details.insert("program".to_owned(), PROGRAM.into());
        let details = Value::Object(edit.details).to_string();
        let event = store::custody::append_event(connection, &edit.at, kind, edit.subject, &details)?;
        if edit.undoable {
            journal::forget_undone(connection)?;
            journal::note_action(connection, event, kind, before)?;
        }
        Ok((value, Outcome { event, changed: edit.changed.into_iter().map(str::to_owned).collect() }))
    }

    /// Writes outside what a person sees: staging and the release log. The lock must be held.
    pub(crate) fn write_aside<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        if self.lock.is_none() {
            return Err(Error::new(Code::CaseLocked).with("file", file_name(&self.path)));
        }
        work(&self.connection)
    }

    /// Reads.
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Path of the case file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// UUID of the case.
    #[must_use]
    pub fn uuid(&self) -> &str {
        &self.uuid
    }

    /// Whether this opening may write.
    #[must_use]
    pub fn writable(&self) -> bool {
        self.lock.is_some()
    }

    /// Whether it is of an older version and only looked at, so that its own derived tables say nothing about it.
    pub(crate) fn older(&self) -> bool {
        self.older
    }

    /// Whether the file has a password.
    #[must_use]
    pub fn keyed(&self) -> bool {
        self.keyed
    }

    /// Whether the case comes from elsewhere and nothing has been written into it yet: its derived tables are shadowed.
    #[must_use]
    pub fn from_elsewhere(&self) -> bool {
        self.foreign
    }

    /// The clock handed in.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }
}

/// Takes the lock of a case that is about to be replaced by a new file; it is held as long as the answer lives.
pub(crate) fn lock_path(path: &Path) -> Result<impl Sized + use<>> {
    state::lock(path)
}
