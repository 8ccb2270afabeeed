//! What lies in the bundle beside the tables: sources, exhibits, the custody log, and the inventory that lists them.

use super::bag::{Bag, failed};
use super::cells::visible_json;
use super::csv_out::CsvOut;
use super::labels::Observed;
use super::names;
use super::scope::Scope;
use crate::error::{Code, Error, Result};
use crate::model::{DossierSource, Exhibit, OriginalReader, SourceId};
use std::io::Write;

/// Rows of an extract that are held at a time.
const ROWS_AT_A_TIME: usize = 50_000;

/// A stored file as the inventory lists it.
#[derive(Clone)]
pub(super) struct Stored {
    path: String,
    bytes: u64,
    sha256: String,
}

/// Copies an original or an exhibit into the bag and makes sure that its digest is the one that the case recorded.
fn copy(bag: &mut Bag<'_>, originals: &dyn OriginalReader, path: &str, size: u64, sha256: &str) -> Result<()> {
    let mut reader = originals.open(sha256).map_err(|e| Error::new(Code::CaseDamaged).because(e))?;
    let filed = bag.bytes(path, size, &mut *reader)?;
    if filed.taken.sha256 == sha256 && filed.taken.bytes == size {
        Ok(())
    } else {
        Err(Error::new(Code::CaseDamaged).with("path", path))
    }
}

/// Writes the exhibits, byte for byte.
pub(super) fn write_exhibits(bag: &mut Bag<'_>, scope: &Scope<'_>, originals: &dyn OriginalReader) -> Result<()> {
    for item in &scope.dossier.exhibits {
        let exhibit = &item.exhibit;
        copy(bag, originals, &names::exhibit(exhibit), exhibit.size, &exhibit.sha256)?;
    }
    Ok(())
}

/// Writes the originals, byte for byte.
pub(super) fn write_originals(bag: &mut Bag<'_>, scope: &Scope<'_>, originals: &dyn OriginalReader) -> Result<()> {
    for item in scope.sources() {
        let source = &item.source;
        copy(bag, originals, &names::kept(item), source.size, &source.sha256)?;
    }
    Ok(())
}

/// SHA-256 and size of the file as received, of which the case may keep an extract only.
pub(super) fn received(item: &DossierSource) -> (&str, u64) {
    item.extract_of.as_ref().map_or((&item.source.sha256, item.source.size), |of| (&of.sha256, of.bytes))
}

/// Writes the rows in scope of each source, as found, and an index with the digest of each original. A full bundle has
/// such a table only of what the case itself keeps as an extract, whose own form is not made for eyes.
pub(super) fn write_extracts(
    bag: &mut Bag<'_>,
    scope: &Scope<'_>,
    originals: &dyn OriginalReader,
) -> Result<Vec<Stored>> {
    let mut stored = Vec::new();
    for item in scope.sources().filter(|item| !scope.full() || item.extract_of.is_some()) {
        let rows = rows_in_scope(scope, item.source.id);
        let path = names::extract(&item.source);
        let filed = bag.text(&path, rows.len() > 1_000_000, |out| write_extract(originals, item, &rows, out))?;
        stored.push(Stored { path, bytes: filed.taken.bytes, sha256: filed.taken.sha256.clone() });
    }
    if scope.full() {
        return Ok(stored);
    }
    bag.text("extracts/index.csv", false, |out| {
        let header = ["no", "stored_name", "original_name", "original_bytes", "original_sha256", "original_rows"];
        let mut csv = CsvOut::new(out, &header)?;
        for item in scope.sources() {
            csv.word(&names::source_no(item.source.id.0)).word(&names::extract(&item.source)).free(&item.source.name);
            let (sha256, bytes) = received(item);
            csv.number(bytes).word(sha256).number(item.rows).end()?;
        }
        csv.finish()
    })?;
    Ok(stored)
}

fn rows_in_scope(scope: &Scope<'_>, source: SourceId) -> Vec<(u32, u64)> {
    let all = scope.dossier.calls.iter().flat_map(|call| &call.records);
    let mut rows: Vec<_> = all.filter(|r| r.source == source).map(|r| (r.sheet, r.row)).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

fn write_extract(
    originals: &dyn OriginalReader,
    item: &DossierSource,
    rows: &[(u32, u64)],
    out: &mut dyn Write,
) -> Result<()> {
    let damaged = || Error::new(Code::CaseDamaged).with("source", item.source.id.0);
    let mut csv: Option<CsvOut<'_>> = None;
    let mut out = Some(out);
    // An empty source still has its header.
    let parts: Vec<&[(u32, u64)]> = if rows.is_empty() { vec![rows] } else { rows.chunks(ROWS_AT_A_TIME).collect() };
    for part in parts {
        let mut found = originals.rows_as_found(item.source.id, part).map_err(|e| damaged().because(e))?.into_iter();
        let header = found.next().unwrap_or_default();
        if found.len() != part.len() {
            return Err(damaged());
        }
        if let Some(out) = out.take() {
            let header: Vec<String> = header.iter().map(|name| super::cells::cell(name).into_owned()).collect();
            let mut columns = vec!["ulika_sheet", "ulika_row"];
            columns.extend(header.iter().map(String::as_str));
            csv = Some(CsvOut::new(out, &columns)?);
        }
        let Some(csv) = csv.as_mut() else { return Err(damaged()) };
        for ((sheet, row), cells) in part.iter().zip(found) {
            csv.number(sheet).number(row);
            for text in &cells {
                csv.free(text);
            }
            csv.end()?;
        }
    }
    csv.map_or(Ok(()), CsvOut::finish)
}

/// Writes `opis.csv`, the inventory: sources first, then exhibits.
pub(super) fn write_opis(
    scope: &Scope<'_>,
    observed: &Observed<'_>,
    extracts: &[Stored],
    out: &mut dyn Write,
) -> Result<()> {
    let header = [
        "no",
        "stored_name",
        "original_name",
        "kind",
        "bytes",
        "sha256",
        "original_sha256",
        "source",
        "received_at",
        "relation",
        "shows",
        "captured_at",
        "captured_basis",
    ];
    let mut csv = CsvOut::new(out, &header)?;
    for item in scope.sources() {
        let source = &item.source;
        let path = names::extract(source);
        let table = extracts.iter().find(|stored| stored.path == path);
        let kept = || Stored { path: names::kept(item), bytes: source.size, sha256: source.sha256.clone() };
        let kind = if item.extract_of.is_some() { "extract" } else { "original" };
        let files = [scope.full().then(|| (kept(), kind)), table.map(|stored| (stored.clone(), "extract"))];
        for (stored, kind) in files.into_iter().flatten() {
            csv.word(&names::source_no(source.id.0)).word(&stored.path).free(&source.name).word(kind);
            csv.number(stored.bytes).word(&stored.sha256).word(received(item).0);
            csv.word(source.kind.word()).word(&source.received_at);
            csv.free(&format!("rows {}, records {}", item.rows, item.records)).word("").word("").word("").end()?;
        }
    }
    for item in &scope.dossier.exhibits {
        let exhibit = &item.exhibit;
        let calls: Vec<String> =
            exhibit.calls.iter().filter(|call| scope.has_call(**call)).map(ToString::to_string).collect();
        csv.word(&exhibit.no).word(&names::exhibit(exhibit)).free(&exhibit.name).word(exhibit.kind.word());
        csv.number(exhibit.size).word(&exhibit.sha256).word(&exhibit.sha256).word("").word(&exhibit.received_at);
        csv.word(&if calls.is_empty() { String::new() } else { format!("calls {}", calls.join(" ")) });
        csv.free(&shows(exhibit, observed)).word(exhibit.captured_at.as_deref().unwrap_or(""));
        csv.word(exhibit.captured_basis.word()).end()?;
    }
    csv.finish()
}

/// What an exhibit shows: its caption, then the labels that the person read off it with their calls.
fn shows(exhibit: &Exhibit, observed: &Observed<'_>) -> String {
    let labels = observed.read_off(exhibit.id).iter().map(|(text, calls)| {
        let calls: Vec<String> = calls.iter().map(ToString::to_string).collect();
        format!("label «{text}» calls {}", calls.join(" "))
    });
    let caption = Some(exhibit.caption.clone()).filter(|caption| !caption.is_empty());
    caption.into_iter().chain(labels).collect::<Vec<_>>().join(" | ")
}

/// Writes the custody chain, one event a line.
pub(super) fn write_custody(scope: &Scope<'_>, out: &mut dyn Write) -> Result<()> {
    for event in &scope.dossier.custody {
        let line = serde_json::to_string(event).map_err(|e| Error::new(Code::Internal).because(e))?;
        out.write_all(visible_json(&line).as_bytes()).and_then(|()| out.write_all(b"\n")).map_err(failed)?;
    }
    Ok(())
}
