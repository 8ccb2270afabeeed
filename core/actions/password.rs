//! Set, change or remove the password of a case: by writing a new file, verifying it and renaming it over.

use super::Edited;
use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use std::path::Path;

/// What to do with the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordChange {
    /// Give a plain case a password.
    Set(String),
    /// Replace the password.
    Change {
        /// The password that opens the case now.
        from: String,
        /// The new one.
        to: String,
    },
    /// Make the case plain.
    Remove(String),
}

/// Carries out the change.
///
/// # Errors
/// [`Code::PasswordState`], [`Code::PasswordOrNotACase`], [`Code::CaseLocked`], [`Code::DiskFull`].
pub fn change_password(_path: &Path, _change: &PasswordChange, _clock: Clock) -> Result<Edited> {
    Err(Error::new(Code::Internal))
}
