//! Failures of SQLite in the words of this crate.

use crate::error::{Code, Error};
use rusqlite::ErrorCode;

/// Turns a failure of rusqlite into an error of this crate: `result.map_err(failure)?`.
pub(super) fn failure(error: rusqlite::Error) -> Error {
    let code = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Code::PasswordOrNotACase,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Code::CaseLocked,
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Code::CaseReadOnly,
        Some(ErrorCode::DiskFull) => Code::DiskFull,
        Some(ErrorCode::SystemIoFailure) => Code::WriteFailed,
        Some(ErrorCode::DatabaseCorrupt) => Code::CaseDamaged,
        Some(ErrorCode::OperationInterrupted) => Code::Cancelled,
        _ => Code::Internal,
    };
    Error::new(code).because(error)
}

/// Lets `?` be written after a call of rusqlite inside the store.
pub(super) trait OrFailure<T> {
    /// The value, or the failure in the words of this crate.
    fn or_failure(self) -> crate::error::Result<T>;
}

impl<T> OrFailure<T> for rusqlite::Result<T> {
    fn or_failure(self) -> crate::error::Result<T> {
        self.map_err(failure)
    }
}
