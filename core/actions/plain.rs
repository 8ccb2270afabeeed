//! The same as a bundle, as plain files for a portal or for paper: the report, the pictures as a PDF, copies of
//! recordings and documents under the numbers of the exhibits. They lie in a new folder that appears when it is whole.

use super::dossier::Originals;
use super::export::{ExportOptions, Snapshot, verified_bundle};
use super::leaving_file::{self, unfinished, unwritable};
use super::renditions;
use crate::bundle::{self, PicturePage};
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::model::{DossierExhibit, OriginalReader};
use crate::progress::Progress;
use crate::store::custody;
use crate::typesetting::{Picture, Typesetter};
use serde::Serialize;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Pictures of one PDF: typesetting holds them all in memory.
const PAGES: usize = 40;
/// Bytes of the pictures of one PDF.
const BYTES: usize = 32 << 20;

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PlainFile {
    /// Name in the folder.
    pub name: String,
    /// Size in bytes.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// What saving plain files answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PlainAnswer {
    /// The folder that was made.
    pub folder: String,
    /// The files in it, in order of their names.
    pub files: Vec<PlainFile>,
    /// Code that the report prints: that of the bundle of the same state and choice.
    pub code: String,
}

/// Saves plain files in a new folder inside `into`. Nothing that lies there is touched; a failure leaves nothing.
///
/// # Errors
/// As [`super::export`].
pub fn export_plain(
    case: &mut Case,
    into: &Path,
    options: &ExportOptions,
    typesetter: &dyn Typesetter,
    progress: &dyn Progress,
) -> Result<PlainAnswer> {
    let failed = |e: std::io::Error| unwritable(into, e);
    let snapshot = Snapshot::take(case, options)?;
    let staging = unfinished().tempdir_in(into).map_err(failed)?;
    let mut bundle = tempfile::tempfile_in(staging.path()).map_err(failed)?;
    let written = verified_bundle(case, &snapshot, &mut bundle, into, typesetter, progress)?;
    let mut files = Folder { at: staging.path(), files: Vec::new(), failed: &failed };
    take_reports(bundle, &mut files)?;
    write_exhibits(case, &snapshot, &written.code, typesetter, progress, &mut files)?;
    let mut files = files.files;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let folder = appear(staging, into, &written.name).map_err(failed)?;
    let details = serde_json::json!({
        "form": "plain", "code": written.code, "contents": snapshot.contents.word(), "files": files.len(),
        "bytes": files.iter().map(|f| f.bytes).sum::<u64>(), "calls": snapshot.scope.calls.len(),
        "groups": snapshot.scope.scope.groups.iter().map(|g| g.0).collect::<Vec<_>>(),
    });
    let at = case.clock().now_rfc3339();
    if case.writable() {
        case.write_aside(|c| custody::append_release(c, &at, "exported", &details.to_string()))?;
    }
    Ok(PlainAnswer { folder: folder.display().to_string(), files, code: written.code })
}

/// The folder that is being filled.
struct Folder<'a> {
    at: &'a Path,
    files: Vec<PlainFile>,
    failed: &'a dyn Fn(std::io::Error) -> Error,
}

impl Folder<'_> {
    /// Writes a file and answers its digest.
    fn put(&mut self, name: &str, from: &mut dyn Read, told: &dyn Fn() -> Result<()>) -> Result<String> {
        let mut out = File::create_new(self.at.join(name)).map_err(self.failed)?;
        let (sha256, bytes) = leaving_file::copy(from, &mut out, &|_| told(), self.failed)?;
        out.sync_all().map_err(self.failed)?;
        self.files.push(PlainFile { name: name.to_owned(), bytes, sha256: sha256.clone() });
        Ok(sha256)
    }
}

/// The report as the bundle holds it.
fn take_reports(bundle: File, folder: &mut Folder<'_>) -> Result<()> {
    let broken = |e: zip::result::ZipError| Error::new(Code::BundleUnverified).because(e);
    let mut zip = zip::ZipArchive::new(bundle).map_err(broken)?;
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).map_err(broken)?;
        let path = entry.name().map_err(broken)?.into_owned();
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        if path.split('/').skip(1).eq(["data", name.as_str()]) && name.starts_with("report.") {
            folder.put(&name, &mut entry, &|| Ok(()))?;
        }
    }
    Ok(())
}

fn write_exhibits(
    case: &Case,
    snapshot: &Snapshot,
    code: &str,
    typesetter: &dyn Typesetter,
    progress: &dyn Progress,
    folder: &mut Folder<'_>,
) -> Result<()> {
    let originals = Originals { connection: case.connection(), in_scope: &snapshot.scope };
    let exhibits = &snapshot.dossier.exhibits;
    let all = exhibits.len() as u64;
    let mut pages = Vec::new();
    for (index, (item, stored)) in exhibits.iter().zip(&snapshot.scope.exhibits).enumerate() {
        let told = || progress.report("paper", index as u64, Some(all));
        told()?;
        // Drawn when its part is set; here it only has to be known which pages there will be.
        if super::pictures::is_picture(stored) {
            let of = renditions::pages(case.connection(), stored)?;
            for piece in 1..=of {
                pages.push(PicturePage { exhibit: index, picture: None, page: pages.len() + 1, piece: (piece, of) });
            }
        } else {
            copy(item, &originals, folder, &told)?;
        }
    }
    let mut parts = Parts { typesetter, snapshot, code, all: pages.len(), ready: Vec::new(), bytes: 0, part: 0 };
    let mut drawn = Vec::new().into_iter();
    for mut page in pages {
        progress.report("paper", page.page as u64, Some(parts.all as u64))?;
        let Some(stored) = snapshot.scope.exhibits.get(page.exhibit) else { continue };
        if page.piece.0 == 1 {
            let pieces = renditions::for_paper(case.connection(), stored)?;
            if let (None, Some(item)) = (&pieces, exhibits.get(page.exhibit)) {
                copy(item, &originals, folder, &|| Ok(()))?;
            }
            drawn = pieces.unwrap_or_default().into_iter();
        }
        let piece = if page.piece.0 == 1 { String::new() } else { format!("-{}", page.piece.0) };
        let name = format!("{}{piece}.jpg", page.exhibit);
        let picture = drawn.next().map(|bytes| Picture { name, bytes });
        page.picture = picture.as_ref().map(|picture| picture.name.clone());
        parts.take(page, picture, folder)?;
    }
    parts.set(folder)
}

/// Copies an exhibit under its number and makes sure that it is the one that the case recorded.
fn copy(
    item: &DossierExhibit,
    originals: &Originals<'_>,
    folder: &mut Folder<'_>,
    told: &dyn Fn() -> Result<()>,
) -> Result<()> {
    let damaged = || Error::new(Code::CaseDamaged).with("path", item.exhibit.no.clone());
    let mut reader = originals.open(&item.exhibit.sha256).map_err(|e| damaged().because(e))?;
    let sha256 = folder.put(&bundle::exhibit_name(&item.exhibit), &mut *reader, told)?;
    if sha256 == item.exhibit.sha256 { Ok(()) } else { Err(damaged()) }
}

/// The PDF of pictures, made in parts, because typesetting holds each part in memory.
struct Parts<'a> {
    typesetter: &'a dyn Typesetter,
    snapshot: &'a Snapshot,
    code: &'a str,
    all: usize,
    ready: Vec<(PicturePage, Option<Picture>)>,
    bytes: usize,
    part: usize,
}

impl Parts<'_> {
    fn take(&mut self, page: PicturePage, picture: Option<Picture>, folder: &mut Folder<'_>) -> Result<()> {
        let size = picture.as_ref().map_or(0, |picture| picture.bytes.len());
        if !self.ready.is_empty() && (self.ready.len() == PAGES || self.bytes + size > BYTES) {
            self.set(folder)?;
        }
        self.bytes += size;
        self.ready.push((page, picture));
        Ok(())
    }

    /// Sets what is ready as one PDF.
    fn set(&mut self, folder: &mut Folder<'_>) -> Result<()> {
        if self.ready.is_empty() {
            return Ok(());
        }
        let (pages, pictures): (Vec<_>, Vec<_>) = std::mem::take(&mut self.ready).into_iter().unzip();
        let pictures: Vec<Picture> = pictures.into_iter().flatten().collect();
        let whole = self.part == 0 && pages.len() == self.all;
        self.part += 1;
        self.bytes = 0;
        let dossier = &self.snapshot.dossier;
        let source = bundle::pictures(dossier, self.snapshot.contents, self.code, &pages, self.all);
        let pdf = self.typesetter.pdf_with(&source, &pictures, dossier.now)?;
        let name = if whole { "pictures.pdf".to_owned() } else { format!("pictures-{}.pdf", self.part) };
        folder.put(&name, &mut pdf.as_slice(), &|| Ok(())).map(|_| ())
    }
}

/// Gives the finished folder its name; a name that is taken gets a number behind it.
fn appear(staging: tempfile::TempDir, into: &Path, name: &str) -> std::io::Result<PathBuf> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(staging.path(), std::fs::Permissions::from_mode(0o755))?;
    }
    let mut number = 1;
    let target = loop {
        let name = if number == 1 { name.to_owned() } else { format!("{name} ({number})") };
        let target = into.join(name);
        if target.symlink_metadata().is_err() {
            break target;
        }
        number += 1;
    };
    std::fs::rename(staging.path(), &target)?;
    // The folder has another name now: nothing is left to clear away.
    let _ = staging.keep();
    Ok(target)
}
