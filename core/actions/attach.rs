//! Attach pictures, recordings and other files as exhibits.

use super::files::{Brought, bring};
use super::{Edited, unfit};
use crate::case::{Case, Edit};
use crate::derive;
use crate::error::{Code, Error, Result};
use crate::model::{CallId, CustodyKind, EventId, ExhibitId, ExhibitKind, RecordId, hex};
use crate::progress::Progress;
use crate::store::aside::Staging;
use crate::store::blobs::Staged;
use crate::store::evidence::{self, StoredExhibit};
use crate::store::{Connection, lists, word};
use file_format::{FileFormat, Kind};
use serde::Serialize;
use std::io::{Read, Seek};
use std::path::PathBuf;

/// What the person says about the files.
#[derive(Clone, Debug, Default)]
pub struct AttachOptions {
    /// Calls to link them to.
    pub calls: Vec<CallId>,
    /// Kind, where the person states it; otherwise by content.
    pub kind: Option<ExhibitKind>,
    /// Caller label seen on them, for the linked calls.
    pub label: Option<String>,
}

/// A call that an exhibit belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Match {
    /// The call.
    pub call: CallId,
    /// Why: `stated`.
    pub because: Vec<String>,
    /// Difference of the times, where both are known.
    pub off_by_s: Option<i32>,
    /// Whether the person confirmed it.
    pub confirmed: bool,
}

/// One attached file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AttachedExhibit {
    /// Identity.
    pub id: ExhibitId,
    /// Number: `E0002`.
    pub no: String,
    /// File name.
    pub file: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Kind.
    pub kind: ExhibitKind,
    /// Time of capture, where known.
    pub captured_at: Option<String>,
    /// How it is known.
    pub captured_basis: String,
    /// Length of a recording, where known.
    pub duration_s: Option<u32>,
    /// Calls.
    pub matches: Vec<Match>,
    /// The case already held these bytes: the exhibit is the one attached before.
    pub already_attached: bool,
}

/// What attaching answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AttachAnswer {
    /// One entry a file, in the order given.
    pub exhibits: Vec<AttachedExhibit>,
    /// The edit.
    #[serde(flatten)]
    pub edited: Option<Edited>,
}

/// Attaches the files in one edit. Files that the case already holds as exhibits are linked, not stored again.
///
/// # Errors
/// [`Code::FileAbsent`], [`Code::FileIsFolder`], [`Code::FileUnreadable`], [`Code::FileChanged`],
/// [`Code::NotFound`] for a call, [`Code::RequestUnfit`] for the case itself, [`Code::DiskFull`], [`Code::Cancelled`].
pub fn attach(
    case: &mut Case,
    files: &[PathBuf],
    options: &AttachOptions,
    progress: &dyn Progress,
) -> Result<AttachAnswer> {
    if files.iter().any(|path| path.canonicalize().is_ok_and(|path| path == case.path())) {
        return Err(unfit("дело нельзя приложить к нему же", "a case cannot be attached to itself"));
    }
    let mut brought = files.iter().map(|path| bring(path)).collect::<Result<Vec<_>>>()?;
    let calls = resolve_calls(case.connection(), &options.calls)?;
    let mut staging = Staging::default();
    let done = stage_all(case, &mut brought, &mut staging, progress).and_then(|staged| {
        if let Some(exhibits) = nothing_new(case.connection(), &staged, &calls)? {
            return Ok((exhibits, None));
        }
        case.edit(CustodyKind::Attached, |edit| write_exhibits(edit, brought, &staged, &calls, options))
            .map(|(exhibits, outcome)| (exhibits, Some(outcome)))
    });
    match done {
        Ok((exhibits, outcome)) => Ok(AttachAnswer { exhibits, edited: outcome.map(Into::into) }),
        Err(error) => {
            staging.take_back(case.connection());
            Err(error)
        }
    }
}

fn stage_all(
    case: &mut Case,
    brought: &mut [Brought],
    staging: &mut Staging,
    progress: &dyn Progress,
) -> Result<Vec<Staged>> {
    let total: u64 = brought.iter().map(|b| b.size).sum();
    let mut before = 0;
    case.write_aside(|connection| {
        let stage = |one: &mut Brought| {
            let mut told = |done| progress.report("store", before + done, Some(total));
            // One byte more than there was tells of a file that grows under the reading.
            let put = staging.stage(connection, &mut one.file.by_ref().take(one.size + 1), &mut told);
            before += one.size;
            match put {
                Ok(put) if put.size == one.size => Ok(put),
                Ok(_) => Err(Error::new(Code::FileChanged).with("file", one.name.clone())),
                Err(error) => Err(error.with("file", one.name.clone())),
            }
        };
        brought.iter_mut().map(stage).collect()
    })
}

fn resolve_calls(connection: &Connection, calls: &[CallId]) -> Result<Vec<CallId>> {
    let mut resolved = Vec::with_capacity(calls.len());
    for call in calls {
        let now = lists::call_of_record(connection, RecordId(call.0))?;
        if lists::members(connection, now)?.is_empty() {
            return Err(Error::new(Code::NotFound).with("what", "call").with("id", call.0));
        }
        resolved.push(now);
    }
    Ok(resolved)
}

fn write_exhibits(
    edit: &mut Edit<'_>,
    brought: Vec<Brought>,
    staged: &[Staged],
    calls: &[CallId],
    options: &AttachOptions,
) -> Result<Vec<AttachedExhibit>> {
    let connection = edit.connection;
    let mut known: Vec<StoredExhibit> = evidence::exhibits(connection)?.into_iter().filter(|e| !e.withdrawn).collect();
    let mut answers = Vec::with_capacity(brought.len());
    let mut noted = Vec::new();
    for (mut one, put) in brought.into_iter().zip(staged) {
        let sha256 = hex(&put.sha256);
        let held = known.iter().find(|e| e.sha256 == sha256).cloned();
        let already_attached = held.is_some();
        let exhibit = match held {
            Some(held) => held,
            None => {
                let new = insert(connection, &mut one, put, edit.event, &edit.at, options.kind, &sha256)?;
                noted.push(
                    serde_json::json!({"exhibit": new.id.0, "file": new.name, "bytes": put.size, "sha256": sha256,
                    "kind": new.kind.word(), "media_type": new.media_type}),
                );
                known.push(new.clone());
                new
            }
        };
        for call in calls {
            word::insert_link(connection, exhibit.id, RecordId(call.0))?;
            if let Some(text) = options.label.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
                word::insert_exhibit_label(connection, exhibit.id, RecordId(call.0), text)?;
            }
        }
        if edit.subject == 0 {
            edit.subject = exhibit.id.0;
        }
        answers.push(attached(exhibit, calls, already_attached));
    }
    edit.details.insert("exhibits".to_owned(), noted.into());
    edit.details.insert("calls".to_owned(), calls.iter().map(|c| c.0).collect::<Vec<_>>().into());
    if let Some(label) = &options.label {
        edit.details.insert("label".to_owned(), label.as_str().into());
        edit.changed.extend(["labels", "groups"]);
        derive::renew(connection)?;
    }
    edit.changed.push("exhibits");
    Ok(answers)
}

/// Exhibits that the case holds, offered again without a word about calls: a notice, and no edit.
fn nothing_new(connection: &Connection, staged: &[Staged], calls: &[CallId]) -> Result<Option<Vec<AttachedExhibit>>> {
    if !calls.is_empty() {
        return Ok(None);
    }
    let known: Vec<StoredExhibit> = evidence::exhibits(connection)?.into_iter().filter(|e| !e.withdrawn).collect();
    let find = |put: &Staged| known.iter().find(|e| e.sha256 == hex(&put.sha256)).cloned();
    Ok(staged.iter().map(|put| Some(attached(find(put)?, calls, true))).collect())
}

fn attached(exhibit: StoredExhibit, calls: &[CallId], already_attached: bool) -> AttachedExhibit {
    AttachedExhibit {
        id: exhibit.id,
        no: exhibit_no(exhibit.id),
        file: exhibit.name,
        sha256: exhibit.sha256,
        kind: exhibit.kind,
        captured_at: None,
        captured_basis: "unknown".to_owned(),
        duration_s: None,
        matches: calls
            .iter()
            .map(|call| Match { call: *call, because: vec!["stated".to_owned()], off_by_s: None, confirmed: true })
            .collect(),
        already_attached,
    }
}

fn insert(
    connection: &Connection,
    one: &mut Brought,
    put: &Staged,
    event: EventId,
    at: &str,
    stated: Option<ExhibitKind>,
    sha256: &str,
) -> Result<StoredExhibit> {
    // What the bytes are decides, never the extension; a file that cannot be read again is a document.
    let format = one.file.rewind().ok().and_then(|()| FileFormat::from_reader(&mut one.file).ok());
    let kind = stated.unwrap_or(match format.as_ref().map(FileFormat::kind) {
        Some(Kind::Image) => ExhibitKind::Screenshot,
        Some(Kind::Audio) => ExhibitKind::Recording,
        _ => ExhibitKind::Document,
    });
    let media_type = format.map_or_else(|| "application/octet-stream".to_owned(), |f| f.media_type().to_owned());
    let id = evidence::insert_exhibit(connection, put, event, &one.name, kind, &media_type, at)?;
    Ok(StoredExhibit {
        id,
        original: put.original,
        event,
        name: one.name.clone(),
        kind,
        media_type,
        received_at: at.to_owned(),
        size: put.size,
        sha256: sha256.to_owned(),
        withdrawn: false,
    })
}

/// Number of an exhibit as printed.
pub(super) fn exhibit_no(id: ExhibitId) -> String {
    format!("E{:04}", id.0)
}
