//! What the case holds, in numbers; thumbnails of its exhibits.

use crate::case::{Case, file_name};
use crate::error::{Code, Error, Result};
use crate::model::{CallId, ExhibitId, SourceId, SourceKind};
use crate::store::blobs::Blob;
use crate::store::evidence::{self, StoredExhibit};
use crate::store::{Connection, journal, lists, word};
use image::{DynamicImage, ImageReader, Limits};
use serde::Serialize;
use std::io::{BufReader, Cursor};

/// A source as listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SourceView {
    /// Identity.
    pub id: SourceId,
    /// File name.
    pub file: String,
    /// Kind of witness.
    pub kind: SourceKind,
    /// Recipe.
    pub recipe: String,
    /// Records in it.
    pub records: u32,
    /// When it was imported.
    pub received_at: String,
    /// SHA-256.
    pub sha256: String,
}

/// What the case holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Overview {
    /// Title; the file's name where empty.
    pub title: String,
    /// Path of the case file.
    pub path: String,
    /// Lines, E.164.
    pub lines: Vec<String>,
    /// Calls.
    pub calls: u32,
    /// Groups.
    pub groups: u32,
    /// Exhibits.
    pub exhibits: u32,
    /// Sources.
    pub sources: Vec<SourceView>,
    /// Whether this window may write.
    pub writable: bool,
    /// Whether the case file has a password.
    pub keyed: bool,
    /// Kind of the action that undo would take back (`imported`, `groups_merged`, …).
    pub undo: Option<String>,
    /// Kind of the action that redo would repeat.
    pub redo: Option<String>,
}

/// What the case holds, in numbers.
///
/// # Errors
/// When the case file cannot be read.
pub fn overview(case: &Case) -> Result<Overview> {
    let connection = case.connection();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let title = word::title(connection)?;
    let sources = evidence::sources(connection)?
        .into_iter()
        .filter(|s| !s.source.withdrawn)
        .map(|s| SourceView {
            id: s.source.id,
            file: s.source.name,
            kind: s.source.kind,
            recipe: s.source.recipe,
            records: u32::try_from(s.records).unwrap_or(u32::MAX),
            received_at: s.source.received_at,
            sha256: s.source.sha256,
        })
        .collect();
    Ok(Overview {
        title: if title.is_empty() { file_name(case.path()).trim_end_matches(".ulika").to_owned() } else { title },
        path: case.path().display().to_string(),
        lines: word::lines(connection)?.into_iter().map(|l| l.number.text).collect(),
        calls: u32::try_from(lists::count_calls(connection)?).unwrap_or(u32::MAX),
        groups: count(lists::groups(connection)?.len()),
        exhibits: count(evidence::exhibits(connection)?.iter().filter(|e| !e.withdrawn).count()),
        sources,
        writable: case.writable(),
        keyed: case.keyed(),
        undo: journal::next_action(connection, false)?.map(|a| a.kind.word().to_owned()),
        redo: journal::next_action(connection, true)?.map(|a| a.kind.word().to_owned()),
    })
}

/// Calls that exhibits are linked to, as they stand now.
pub(super) fn linked_calls(connection: &Connection) -> Result<Vec<(ExhibitId, CallId)>> {
    let mut linked = Vec::new();
    for (exhibit, record) in word::links(connection)? {
        linked.push((exhibit, lists::call_of_record(connection, record)?));
    }
    linked.sort_unstable();
    linked.dedup();
    Ok(linked)
}

/// Whether a thumbnail of it can be drawn.
pub(super) fn is_picture(exhibit: &StoredExhibit) -> bool {
    ["image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff"]
        .contains(&exhibit.media_type.as_str())
}

/// Wider thumbnails are never shown.
const WIDTH: u32 = 320;
/// A picture that decodes to more than this is no screenshot but an attack on memory.
const LIMIT_PIXELS: u32 = 12_000;
const LIMIT_BYTES: u64 = 256 << 20;

/// A thumbnail as PNG, at most 320 pixels wide; made on first sight and kept. `None` for what is no picture.
///
/// # Errors
/// [`Code::NotFound`].
pub fn thumbnail(case: &Case, id: ExhibitId) -> Result<Option<Vec<u8>>> {
    let connection = case.connection();
    if let Some(kept) = word::kept_thumbnail(connection, id)? {
        return Ok(kept);
    }
    let exhibit = evidence::exhibits(connection)?
        .into_iter()
        .find(|e| e.id == id)
        .ok_or_else(|| Error::new(Code::NotFound).with("what", "exhibit").with("id", id.0))?;
    let png = if is_picture(&exhibit) { draw(connection, &exhibit)? } else { None };
    if case.writable() {
        // One that cannot be kept now is drawn again next time.
        word::keep_thumbnail(connection, id, png.as_deref()).unwrap_or_default();
    }
    Ok(png)
}

/// A damaged picture has no thumbnail; it stays an exhibit all the same.
fn draw(connection: &Connection, exhibit: &StoredExhibit) -> Result<Option<Vec<u8>>> {
    let open = || -> Result<Option<_>> {
        let original = BufReader::new(Blob::open(connection, exhibit.original)?);
        Ok(ImageReader::new(original).with_guessed_format().ok())
    };
    // Whatever a pixel takes in the file, it is shrunk as four bytes.
    let size = open()?.and_then(|reader| reader.into_dimensions().ok());
    let fits = |(width, height)| u64::from(width) * u64::from(height) * 4 <= LIMIT_BYTES;
    let Some(mut reader) = open()?.filter(|_| size.is_some_and(fits)) else { return Ok(None) };
    let mut limits = Limits::default();
    limits.max_image_width = Some(LIMIT_PIXELS);
    limits.max_image_height = Some(LIMIT_PIXELS);
    limits.max_alloc = Some(LIMIT_BYTES);
    reader.limits(limits);
    let Ok(picture) = reader.decode() else { return Ok(None) };
    Ok(shrink(&picture).and_then(|small| {
        let mut png = Cursor::new(Vec::new());
        small.write_to(&mut png, image::ImageFormat::Png).ok()?;
        Some(png.into_inner())
    }))
}

fn shrink(picture: &DynamicImage) -> Option<DynamicImage> {
    let picture = DynamicImage::ImageRgba8(picture.to_rgba8());
    let (width, height) = (picture.width(), picture.height());
    if width <= WIDTH {
        return Some(picture);
    }
    let tall = (u64::from(height) * u64::from(WIDTH) / u64::from(width)).clamp(1, 4_096) as u32;
    let mut small = DynamicImage::new_rgba8(WIDTH, tall);
    fast_image_resize::Resizer::new().resize(&picture, &mut small, None).ok()?;
    Some(small)
}
