//! A dossier → a bag in a zip, and back. Pure: writes to what it is given, reads what it is given.

use crate::error::{Code, Error, Result};
use crate::model::{Contents, Dossier, OriginalReader};
use crate::progress::Progress;
use crate::typesetting::Typesetter;
use serde::Serialize;
use std::io::{Read, Seek, Write};

/// A target that can be written and read back.
pub trait WriteSeek: Write + Seek {}
impl<T: Write + Seek> WriteSeek for T {}

/// A bundle to verify.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The code: four groups of four letters.
    pub code: String,
    /// Name of the top folder, also the recommended file name without `.zip`.
    pub name: String,
    /// Files in the bag, tag files included.
    pub files: u32,
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Difference {
    /// Closed word: `byte_flipped`, `payload_deleted`, `payload_added`, `bag_info_edited`, `unlisted_file`, …
    pub kind: String,
    /// Path inside the bag, or empty.
    pub path: String,
    /// In words, Russian.
    pub text: String,
    /// The same in English.
    pub text_en: String,
}

/// The outcome of verifying a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Every listed file present and none unlisted.
    pub complete: bool,
    /// Complete, and every digest matches.
    pub valid: bool,
    /// Every difference by name.
    pub differences: Vec<Difference>,
    /// `none`, `present`.
    pub signature: String,
    /// The code recomputed, where the manifest could be read.
    pub code: Option<String>,
}

/// Writes the bundle of a dossier.
///
/// # Errors
/// [`Code::Cancelled`], [`Code::WriteFailed`], [`Code::DiskFull`], or whatever the typesetter returns.
pub fn write(
    _dossier: &Dossier,
    _originals: &dyn OriginalReader,
    _contents: Contents,
    _typesetter: &dyn Typesetter,
    _out: &mut dyn WriteSeek,
    _progress: &dyn Progress,
) -> Result<Written> {
    Err(Error::new(Code::Internal))
}

/// Verifies a bundle, naming every difference. A file that is no zip at all is a difference too.
///
/// # Errors
/// [`Code::FileUnreadable`] when reading fails, [`Code::Cancelled`].
pub fn verify(_file: &mut dyn ReadSeek, _progress: &dyn Progress) -> Result<Verification> {
    Err(Error::new(Code::Internal))
}
