//! Look at files before they are attached: what each is, when it was captured, to which calls it may belong. Writes
//! nothing.

use super::attach::kind_of;
use super::files::bring;
use super::matches::{Match, proposals};
use super::pictures::is_drawn;
use super::refusals::refused;
use super::told::{Capture, Telling, Told};
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::import::{Field, ReadOptions, ReadSeek, identify, look as look_at_table};
use crate::model::{EventId, ExhibitId, ExhibitKind, hex};
use crate::progress::Progress;
use crate::store::blobs::digest_of;
use crate::store::evidence::{self, StoredExhibit};
use serde::Serialize;
use std::io::Seek;
use std::path::{Path, PathBuf};

/// A file as it would be attached.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AttachPreview {
    /// File name.
    pub file: String,
    /// Kind, by content.
    pub kind: ExhibitKind,
    /// Size in bytes.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub bytes: u64,
    /// Whether a thumbnail can be had.
    pub has_thumbnail: bool,
    /// When it was captured, and how that is known.
    #[serde(flatten)]
    pub capture: Capture,
    /// The exhibit that holds these bytes already.
    pub already: Option<ExhibitId>,
    /// Calls proposed, the likeliest first.
    pub proposals: Vec<Match>,
    /// Whether it is a document whose pages hold a table of calls: rows with moments and numbers.
    pub as_log: bool,
}

/// Looks at files; one that cannot be read says why in its own place.
///
/// # Errors
/// [`Code::Cancelled`]; when the case file cannot be read.
pub fn preview_attach(case: &Case, files: &[PathBuf], progress: &dyn Progress) -> Result<Vec<Result<AttachPreview>>> {
    let connection = case.connection();
    let known = evidence::live_exhibits(connection)?;
    let telling = Telling::new(connection, false)?;
    let mut looked: Vec<Result<(StoredExhibit, Told, bool)>> = Vec::with_capacity(files.len());
    for (number, path) in files.iter().enumerate() {
        progress.report("look", number as u64, Some(files.len() as u64))?;
        match look(path, number, &known, &telling, progress) {
            Err(error) if error.code == Code::Cancelled => return Err(error),
            seen => looked.push(seen),
        }
    }
    let read: Vec<(&StoredExhibit, &Told)> = looked.iter().flatten().map(|(file, told, _)| (file, told)).collect();
    let found = proposals(connection, &read, &refused(connection)?)?;
    let preview = |(file, told, as_log): (StoredExhibit, Told, bool)| AttachPreview {
        as_log,
        has_thumbnail: is_drawn(&file.media_type),
        capture: Capture::from(&told),
        already: known.iter().find(|e| e.sha256 == file.sha256).map(|e| e.id),
        proposals: found.iter().filter(|(of, _)| *of == file.id).map(|(_, found)| found.clone()).collect(),
        kind: file.kind,
        bytes: file.size,
        file: file.name,
    };
    Ok(looked.into_iter().map(|seen| seen.map(preview)).collect())
}

/// The file as an exhibit that has no number yet; below zero, so that it meets none that has.
fn look(
    path: &Path,
    number: usize,
    known: &[StoredExhibit],
    telling: &Telling<'_>,
    progress: &dyn Progress,
) -> Result<(StoredExhibit, Told, bool)> {
    let mut one = bring(path)?;
    let unreadable = |e: std::io::Error| Error::new(Code::FileUnreadable).with("file", one.name.clone()).because(e);
    let (kind, media_type) = kind_of(&mut one.file);
    // Bytes are read whole only where they may be those of an exhibit.
    let sha256 = if known.iter().any(|e| e.size == one.size) {
        one.file.rewind().map_err(unreadable)?;
        hex(&digest_of(&mut one.file, &mut |done| progress.report("digest", done, Some(one.size)))?.0)
    } else {
        String::new()
    };
    one.file.rewind().map_err(unreadable)?;
    let file = StoredExhibit {
        id: ExhibitId(-1 - number as i64),
        original: 0,
        event: EventId(0),
        name: one.name,
        kind,
        media_type,
        received_at: String::new(),
        size: one.size,
        sha256,
        withdrawn: false,
    };
    let told = telling.tell_file(&file, &mut one.file, progress)?;
    let as_log = file.media_type == PDF && holds_calls(&mut one.file, &file.name);
    Ok((file, told, as_log))
}

const PDF: &str = "application/pdf";

/// Whether a recipe knows a file, or its table has a column of moments and one of numbers. What cannot be read holds
/// nothing.
fn holds_calls(file: &mut dyn ReadSeek, name: &str) -> bool {
    if identify(file, name, &ReadOptions::default()).is_ok() {
        return true;
    }
    look_at_table(file, name, None).is_ok_and(|look| look.mapping.has(Field::Start) && look.mapping.has(Field::Number))
}
