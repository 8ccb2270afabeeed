//! Attach pictures, recordings and other files as exhibits.

use super::files::{Brought, bring};
use super::labels::{legible, observe_labels};
use super::links::{ExhibitLink, each_once, link_exhibits, pairs_of};
use super::matches::{Match, MatchFor, confirmed, proposals};
use super::overview::linked_calls;
use super::pictures::is_drawn;
use super::refusals::refused;
use super::told::{Capture, Telling, Told};
use super::{Edited, unfit};
use crate::case::{Case, Edit};
use crate::derive;
use crate::error::{Code, Error, Result};
use crate::import::media::metadata_says;
use crate::model::{CallId, CustodyKind, EventId, ExhibitId, ExhibitKind, RecordId, hex};
use crate::progress::Progress;
use crate::store::aside::Staging;
use crate::store::blobs::Staged;
use crate::store::evidence::{self, StoredExhibit};
use crate::store::{Connection, exhibits, lists, word};
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
    /// Caller label seen on them, for the linked calls, of which there must be one.
    pub label: Option<String>,
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
    /// When it was captured, and how that is known.
    #[serde(flatten)]
    pub capture: Capture,
    /// Calls: those that the person named, else those proposed, the likeliest first.
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
/// [`Code::NotFound`] for a call, [`Code::RequestUnfit`] for the case itself, for a label without a call, and for one of
/// which nothing can be seen, [`Code::DiskFull`], [`Code::Cancelled`].
pub fn attach(
    case: &mut Case,
    files: &[PathBuf],
    options: &AttachOptions,
    progress: &dyn Progress,
) -> Result<AttachAnswer> {
    if files.iter().any(|path| path.canonicalize().is_ok_and(|path| path == case.path())) {
        return Err(unfit("дело нельзя приложить к нему же", "a case cannot be attached to itself"));
    }
    let label = options.label.as_deref().map(legible).transpose()?;
    if label.is_some() && options.calls.is_empty() {
        return Err(unfit(
            "подпись видна при звонке: назовите звонок, к которому она относится (--call)",
            "a label is seen on a call: name the call that it belongs to (--call)",
        ));
    }
    let mut brought = files.iter().map(|path| bring(path)).collect::<Result<Vec<_>>>()?;
    let calls = resolve_calls(case.connection(), &options.calls)?;
    let mut staging = Staging::default();
    let done = stage_all(case, &mut brought, &mut staging, progress).and_then(|staged| {
        if let Some(held) = all_held(case.connection(), &staged)? {
            // Nothing is added: where calls are named it is a link, or a label, and the log says so.
            let links = held.iter().flat_map(|e| calls.iter().map(|call| ExhibitLink { exhibit: e.id, call: *call }));
            let links = each_once(links);
            let edited = match label {
                _ if links.is_empty() => None,
                Some(label) => observe_labels(case, &links, label)?,
                None => Some(link_exhibits(case, &links)?),
            };
            return Ok((tell_held(case.connection(), held, progress)?, edited));
        }
        case.edit(CustodyKind::Attached, |edit| write_exhibits(edit, brought, &staged, &calls, options, progress))
            .map(|(exhibits, outcome)| (exhibits, Some(outcome.into())))
    });
    match done {
        Ok((exhibits, edited)) => Ok(AttachAnswer { exhibits, edited }),
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

/// The calls that ids stand for now.
pub(super) fn resolve_calls(connection: &Connection, calls: &[CallId]) -> Result<Vec<CallId>> {
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
    progress: &dyn Progress,
) -> Result<Vec<AttachedExhibit>> {
    let connection = edit.connection;
    let mut known = evidence::live_exhibits(connection)?;
    let mut telling = Telling::new(connection, true)?;
    let mut attached = Vec::with_capacity(brought.len());
    let mut noted = Vec::new();
    let (mut links, mut before) = (Vec::new(), Vec::new());
    for (mut one, put) in brought.into_iter().zip(staged) {
        let sha256 = hex(&put.sha256);
        let held = known.iter().find(|e| e.sha256 == sha256).cloned();
        let already_attached = held.is_some();
        let exhibit = match held {
            Some(held) => {
                // One file given twice is new the first time.
                if held.event != edit.event {
                    before.push(serde_json::json!({"exhibit": held.id.0}));
                }
                held
            }
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
        links.extend(calls.iter().map(|call| ExhibitLink { exhibit: exhibit.id, call: *call }));
        if edit.subject == 0 {
            edit.subject = exhibit.id.0;
        }
        let told = telling.tell(&exhibit, progress)?;
        attached.push((exhibit, told, already_attached));
    }
    let links = each_once(links);
    exhibits::link(connection, &pairs_of(&links))?;
    // What the case held before is not brought by this event, and is named apart.
    edit.details.insert("exhibits".to_owned(), noted.into());
    if !before.is_empty() {
        edit.details.insert("held".to_owned(), before.into());
    }
    edit.details.insert("calls".to_owned(), calls.iter().map(|c| c.0).collect::<Vec<_>>().into());
    edit.details.insert("links".to_owned(), serde_json::to_value(&links).unwrap_or_default());
    if let Some(label) = options.label.as_deref().map(legible).transpose()? {
        for link in &links {
            word::insert_exhibit_label(connection, link.exhibit, RecordId(link.call.0), label)?;
        }
        edit.details.insert("label".to_owned(), label.into());
        edit.changed.extend(["labels", "groups"]);
        derive::renew(connection)?;
    }
    edit.changed.push("exhibits");
    answers(connection, attached)
}

/// The calls of each exhibit: those that it is linked to, else those proposed.
fn answers(connection: &Connection, attached: Vec<(StoredExhibit, Told, bool)>) -> Result<Vec<AttachedExhibit>> {
    let links = linked_calls(connection)?;
    let pairs: Vec<_> = attached.iter().map(|(exhibit, told, _)| (exhibit, told)).collect();
    let proposals = proposals(connection, &pairs, &refused(connection)?)?;
    Ok(attached
        .into_iter()
        .map(|(exhibit, told, already_attached)| AttachedExhibit {
            matches: matches_of(exhibit.id, &links, &proposals),
            id: exhibit.id,
            no: exhibit_no(exhibit.id),
            file: exhibit.name,
            sha256: exhibit.sha256,
            kind: exhibit.kind,
            capture: Capture::from(&told),
            already_attached,
        })
        .collect())
}

fn matches_of(exhibit: ExhibitId, links: &[(ExhibitId, CallId)], proposals: &[MatchFor]) -> Vec<Match> {
    let mine: Vec<&Match> = proposals.iter().filter(|(of, _)| *of == exhibit).map(|(_, found)| found).collect();
    let linked: Vec<Match> = links
        .iter()
        .filter(|(of, _)| *of == exhibit)
        .map(|(_, call)| confirmed(*call, mine.iter().find(|p| p.call == *call).copied()))
        .collect();
    if linked.is_empty() { mine.into_iter().cloned().collect() } else { linked }
}

/// The exhibits that these bytes are already, where all of them are in the case.
fn all_held(connection: &Connection, staged: &[Staged]) -> Result<Option<Vec<StoredExhibit>>> {
    let known = evidence::live_exhibits(connection)?;
    let find = |put: &Staged| known.iter().find(|e| e.sha256 == hex(&put.sha256)).cloned();
    Ok(staged.iter().map(find).collect())
}

fn tell_held(
    connection: &Connection,
    held: Vec<StoredExhibit>,
    progress: &dyn Progress,
) -> Result<Vec<AttachedExhibit>> {
    let mut telling = Telling::new(connection, false)?;
    let told = held.into_iter().map(|exhibit| {
        let told = telling.tell(&exhibit, progress)?;
        Ok((exhibit, told, true))
    });
    answers(connection, told.collect::<Result<_>>()?)
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
    let (by_content, media_type) = kind_of(&mut one.file);
    let kind = stated.unwrap_or(by_content);
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

/// Kind and media type by content. What the bytes are decides, never the extension. A file that cannot be read again is
/// a document, and so is a picture that nothing here can draw (HEIC, AVIF, SVG): it can only be passed on as it is.
pub(super) fn kind_of(file: &mut std::fs::File) -> (ExhibitKind, String) {
    let format = file.rewind().ok().and_then(|()| FileFormat::from_reader(&mut *file).ok());
    let kind = match format.as_ref().map(FileFormat::kind) {
        Some(Kind::Image) if format.as_ref().is_some_and(|f| is_drawn(f.media_type())) => ExhibitKind::Screenshot,
        Some(Kind::Audio) => ExhibitKind::Recording,
        // Recorders put sound into a container for moving pictures.
        Some(Kind::Video) if is_sound(file) => ExhibitKind::Recording,
        _ => ExhibitKind::Document,
    };
    (kind, format.map_or_else(|| "application/octet-stream".to_owned(), |f| f.media_type().to_owned()))
}

/// Whether an MP4 or 3GP holds no picture.
fn is_sound(file: &mut std::fs::File) -> bool {
    let says = metadata_says(file);
    says.duration_ms.is_some() && !says.has_video
}

/// Number of an exhibit as printed.
pub(super) fn exhibit_no(id: ExhibitId) -> String {
    format!("E{:04}", id.0)
}
