//! Verify a case file or a bundle.

use crate::bundle::Difference;
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::progress::Progress;
use serde::Serialize;
use std::path::Path;

/// What a verification answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct VerifyAnswer {
    /// `bundle` or `case`.
    pub target: String,
    /// Everything listed is there and nothing else.
    pub complete: bool,
    /// Complete, and every digest matches.
    pub valid: bool,
    /// Every difference by name.
    pub differences: Vec<Difference>,
    /// `none`, `present`, `valid`, `invalid`.
    pub signature: String,
    /// Code of a bundle.
    pub code: Option<String>,
}

/// Verifies a bundle.
///
/// # Errors
/// [`Code::FileAbsent`], [`Code::FileIsFolder`], [`Code::FileUnreadable`], [`Code::Cancelled`].
pub fn verify_bundle(_path: &Path, _progress: &dyn Progress) -> Result<VerifyAnswer> {
    Err(Error::new(Code::Internal))
}

/// Verifies a case: originals against digests, records against leaves, custody chain, derived tables.
///
/// # Errors
/// When the case file cannot be read; [`Code::Cancelled`].
pub fn verify_case(_case: &Case, _progress: &dyn Progress) -> Result<VerifyAnswer> {
    Err(Error::new(Code::Internal))
}
