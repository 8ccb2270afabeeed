//! A masked excerpt of a file that nobody knows how to read, for whoever is to describe its layout.

use super::files::bring;
use super::leaving_file::save_text;
use crate::case::Case;
use crate::error::Result;
use crate::import::excerpt;
use std::path::Path;

/// The excerpt of a file, to be looked at before it is handed on.
///
/// # Errors
/// As [`crate::import::excerpt`]; [`crate::Code::FileAbsent`], [`crate::Code::FileUnreadable`].
pub fn excerpt_of(path: &Path) -> Result<String> {
    let mut brought = bring(path)?;
    excerpt(&mut brought.file, &brought.name)
}

/// Saves the excerpt of a file as a text. It is made anew: what is saved is what the file gives, and nothing else.
///
/// # Errors
/// As [`excerpt_of`]; [`crate::Code::TargetUnwritable`], [`crate::Code::DiskFull`].
pub fn save_excerpt(case: Option<&Case>, path: &Path, out: &Path) -> Result<()> {
    save_text(case, out, &excerpt_of(path)?)
}
