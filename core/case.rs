//! A case file, open: the one gate through which it is read and written.

use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use std::path::Path;

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
    _clock: Clock,
}

impl Case {
    /// Opens a case file.
    ///
    /// # Errors
    /// [`Code::CaseAbsent`], [`Code::CaseForeign`], [`Code::CaseNewer`], [`Code::CaseLocked`],
    /// [`Code::PasswordOrNotACase`], [`Code::JournalForeign`], [`Code::CaseDamaged`].
    pub fn open(_path: &Path, _password: Option<&str>, _access: Access, _clock: Clock) -> Result<Case> {
        Err(Error::new(Code::Internal))
    }
}
