//! Import files: look first, then write once.

use super::Edited;
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::model::{RowProblem, SourceId, SourceKind};
use crate::progress::Progress;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What the person says about the files.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Recipe by name; otherwise found.
    pub recipe: Option<String>,
    /// Kind of witness, where the recipe does not fix it.
    pub kind: Option<SourceKind>,
    /// Line picked, in any spelling.
    pub line: Option<String>,
    /// Zone: `Europe/Moscow`, `+03:00`.
    pub zone: Option<String>,
}

/// One file of an import. `rows` = records + other + problems + repeats_in_file + other_lines;
/// `records` = new_calls + corroborating + duplicates. Counts describe the moment of import.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SourceAnswer {
    /// Identity; `None` in a preview.
    pub id: Option<SourceId>,
    /// File name.
    pub file: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Recipe.
    pub recipe: String,
    /// Kind of witness.
    pub kind: SourceKind,
    /// Encoding, lower case.
    pub encoding: String,
    /// Lines that the file names, E.164.
    pub lines: Vec<String>,
    /// Zone, or `per-row`.
    pub zone: String,
    /// How it is known.
    pub zone_basis: String,
    /// First and last local date (`2015-09-06`).
    pub period: Option<(String, String)>,
    /// Every data row.
    pub rows: u32,
    /// Not data rows.
    pub skipped: u32,
    /// Rows that state a call.
    pub records: u32,
    /// Calls that no other source states.
    pub new_calls: u32,
    /// State a call that a source of another kind already states.
    pub corroborating: u32,
    /// State again what an overlapping source of the same kind states.
    pub duplicates: u32,
    /// Other services by kind.
    pub other: BTreeMap<String, u32>,
    /// Repeats within the file.
    pub repeats_in_file: u32,
    /// Rows of lines that were not picked.
    pub other_lines: u32,
    /// Rows that could not be read.
    pub problems: Vec<RowProblem>,
    /// The case already holds these bytes: nothing was imported.
    pub already_imported: bool,
}

/// What an import, or its preview, answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportAnswer {
    /// One entry a file, in the order given.
    pub sources: Vec<SourceAnswer>,
    /// The edit; `None` in a preview and where all files were already held.
    #[serde(flatten)]
    pub edited: Option<Edited>,
}

/// Reads the files as an import would and writes nothing.
///
/// # Errors
/// As [`crate::import::read`]; [`Code::FileAbsent`], [`Code::FileIsFolder`], [`Code::FileUnreadable`].
pub fn preview_import(
    _case: &Case,
    _files: &[PathBuf],
    _options: &ImportOptions,
    _progress: &dyn Progress,
) -> Result<ImportAnswer> {
    Err(Error::new(Code::Internal))
}

/// Imports the files in one transaction. `expected` holds the digests that the person saw in the preview;
/// empty where the command itself is the confirmation.
///
/// # Errors
/// As [`preview_import`]; [`Code::FileChanged`], [`Code::DiskFull`], [`Code::WriteFailed`].
pub fn import(
    _case: &mut Case,
    _files: &[PathBuf],
    _options: &ImportOptions,
    _expected: &[String],
    _progress: &dyn Progress,
) -> Result<ImportAnswer> {
    Err(Error::new(Code::Internal))
}
