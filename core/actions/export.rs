//! Save a bundle: snapshot, write beside the target, verify, rename, note in the release log.

use super::dossier::{InScope, Originals};
use super::leaving_file::{LeavingFile, unwritable};
use super::sources::sums_of;
use crate::bundle::{self, Written};
use crate::case::{Case, file_name};
use crate::error::{Code, Error, Result};
use crate::model::{Contents, Dossier, GroupId, SourceId, hex};
use crate::progress::Progress;
use crate::store::{self, blobs, custody};
use crate::typesetting::Typesetter;
use serde::Serialize;
use std::fs::File;
use std::io::{Seek, Write};
use std::path::Path;

/// What to put into the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportOptions {
    /// Groups; empty for the whole case.
    pub groups: Vec<GroupId>,
    /// Originals or extracts. A scoped bundle always takes extracts.
    pub contents: Contents,
}

/// What would leave of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SourcePreview {
    /// Source.
    pub id: SourceId,
    /// File name.
    pub file: String,
    /// Rows that would leave: all of an original, those in scope of an extract.
    pub rows: u32,
    /// Distinct numbers that a whole original would disclose beyond those of the calls in groups or in scope.
    pub numbers_of_others: u32,
    /// Rows that state no call, of other services or lines or unreadable: the numbers in them are not counted.
    pub rows_uncounted: u32,
    /// Whether the case itself keeps only an extract of it.
    pub extract: bool,
}

/// What would leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExportPreview {
    /// Names of the groups in scope; empty for the whole case.
    pub groups: Vec<String>,
    /// Calls that leave.
    pub calls: u32,
    /// Calls that stay.
    pub calls_left_out: u32,
    /// Exhibits that leave.
    pub exhibits: u32,
    /// Exhibits that stay.
    pub exhibits_left_out: u32,
    /// Bytes of exhibits and originals that leave.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub bytes: u64,
    /// Whether whole originals leave.
    pub originals: bool,
    /// Sources.
    pub sources: Vec<SourcePreview>,
    /// Distinct numbers of others that the whole originals together would disclose.
    pub numbers_of_others: u32,
    /// Recommended file name.
    pub file_name: String,
}

/// What an export answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExportAnswer {
    /// Path of the bundle.
    pub bundle: String,
    /// SHA-256 of the zip.
    pub sha256: String,
    /// Code.
    pub code: String,
    /// Files in the bag.
    pub files: u32,
    /// Size of the zip.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub bytes: u64,
    /// Volumes: the bundle itself.
    pub volumes: Vec<String>,
    /// Numbers of others in the originals that left.
    pub numbers_of_others: u32,
}

/// Says what would leave.
///
/// # Errors
/// [`Code::NotFound`] for a group.
pub fn preview_export(case: &Case, options: &ExportOptions) -> Result<ExportPreview> {
    let scope = InScope::find(case, &options.groups)?;
    let numbers = scope.numbers(case.connection())?;
    let contents = contents_of(options);
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let originals = contents == Contents::Originals;
    let exhibit_bytes: u64 = scope.exhibits.iter().map(|e| e.size).sum();
    let original_bytes: u64 = if originals { scope.sources.iter().map(|s| s.source.size).sum() } else { 0 };
    let groups =
        if scope.scope.groups.is_empty() { Vec::new() } else { scope.groups.iter().map(|g| g.name.clone()).collect() };
    let sources = scope
        .sources
        .iter()
        .map(|s| {
            let sums = sums_of(s);
            // Of an extract the rows of other lines are not there to leave.
            let absent = if sums.extract_of.is_some() { sums.other_lines } else { 0 };
            let in_scope = count(numbers.rows_in_scope(s.source.id));
            SourcePreview {
                id: s.source.id,
                file: s.source.name.clone(),
                rows: if originals { sums.rows.saturating_sub(absent) } else { in_scope },
                numbers_of_others: count(numbers.of_others(s.source.id)),
                rows_uncounted: sums.rows.saturating_sub(sums.records + sums.repeats_in_file + absent),
                extract: sums.extract_of.is_some(),
            }
        })
        .collect();
    let day = case.clock().now_rfc3339().get(..10).unwrap_or_default().replace('-', "");
    Ok(ExportPreview {
        groups,
        calls: count(scope.calls.len() as u64),
        calls_left_out: count(scope.calls_left_out),
        exhibits: count(scope.exhibits.len() as u64),
        exhibits_left_out: count(scope.exhibits_left_out),
        bytes: exhibit_bytes + original_bytes,
        originals,
        sources,
        numbers_of_others: count(numbers.together),
        file_name: format!("ulika_{day}.zip"),
    })
}

/// Whole originals hold the calls of others: a scoped bundle takes extracts.
fn contents_of(options: &ExportOptions) -> Contents {
    if options.groups.is_empty() { options.contents } else { Contents::Extracts }
}

/// What a bundle is made of: one state of the case, read in one transaction.
pub(super) struct Snapshot {
    pub(super) scope: InScope,
    pub(super) dossier: Dossier,
    pub(super) contents: Contents,
    /// Distinct numbers of others in the originals together.
    numbers_of_others: u64,
}

impl Snapshot {
    pub(super) fn take(case: &Case, options: &ExportOptions) -> Result<Self> {
        store::begin_reading(case.connection())?;
        let read = InScope::find(case, &options.groups).and_then(|scope| {
            let numbers = scope.numbers(case.connection())?;
            let dossier = scope.dossier(case, &numbers)?;
            Ok(Self { scope, dossier, contents: contents_of(options), numbers_of_others: numbers.together })
        });
        store::commit(case.connection())?;
        read
    }
}

/// Writes a bundle to an empty file on its way to `out` and verifies it there.
pub(super) fn verified_bundle(
    case: &Case,
    snapshot: &Snapshot,
    file: &mut File,
    out: &Path,
    typesetter: &dyn Typesetter,
    progress: &dyn Progress,
) -> Result<Written> {
    let failed = |e: std::io::Error| unwritable(out, e);
    let name = file_name(out);
    let originals = Originals { connection: case.connection(), in_scope: &snapshot.scope };
    let written = bundle::write(&snapshot.dossier, &originals, snapshot.contents, typesetter, file, progress);
    let written = written.map_err(|e| e.of_file(&name))?;
    file.flush().map_err(failed)?;
    file.sync_all().map_err(failed)?;
    let found = bundle::verify(file, progress)?;
    if !found.valid || found.code.as_deref() != Some(written.code.as_str()) {
        let kinds: Vec<String> = found.differences.iter().map(|d| format!("{} {}", d.kind, d.path)).collect();
        return Err(Error::new(Code::BundleUnverified).with("file", name).with("differences", kinds));
    }
    file.rewind().map_err(failed)?;
    Ok(written)
}

/// Saves a bundle at `out`, verified before it appears. The case file is only read, apart from the release log.
///
/// # Errors
/// [`Code::TargetUnwritable`], [`Code::BundleUnverified`], [`Code::DiskFull`], [`Code::Cancelled`],
/// [`Code::NotFound`] for a group.
pub fn export(
    case: &mut Case,
    out: &Path,
    options: &ExportOptions,
    typesetter: &dyn Typesetter,
    progress: &dyn Progress,
) -> Result<ExportAnswer> {
    let snapshot = Snapshot::take(case, options)?;
    let Snapshot { scope, contents, .. } = &snapshot;
    let mut leaving = LeavingFile::begin(Some(case), out)?;
    let written = verified_bundle(case, &snapshot, leaving.file(), out, typesetter, progress)?;
    let (sha256, bytes) = blobs::digest_of(leaving.file(), &mut |_| progress.report("verify", 1, Some(1)))?;
    leaving.appear()?;
    let sha256 = hex(&sha256);
    let details = serde_json::json!({
        "sha256": sha256, "code": written.code, "bytes": bytes, "contents": contents.word(),
        "groups": scope.scope.groups.iter().map(|g| g.0).collect::<Vec<_>>(), "calls": scope.calls.len(),
    });
    let at = case.clock().now_rfc3339();
    if case.writable() {
        case.write_aside(|c| custody::append_release(c, &at, "exported", &details.to_string()))?;
    }
    let others = if *contents == Contents::Originals { snapshot.numbers_of_others } else { 0 };
    let path = out.display().to_string();
    Ok(ExportAnswer {
        bundle: path.clone(),
        sha256,
        code: written.code,
        files: written.files,
        bytes,
        volumes: vec![path],
        numbers_of_others: u32::try_from(others).unwrap_or(u32::MAX),
    })
}
