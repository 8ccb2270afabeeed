//! A file that came packed: a ZIP with one file to read in it. What is stored stays the archive as received; here it is
//! looked into.

use super::container::{begins_as_zip, of_parts, sniff};
use super::encoding::read_within;
use super::identify::locate;
use super::{ReadOptions, ReadSeek, seems};
use crate::error::{Code, Error, Result};
use std::io::{Cursor, Read, Seek};
use zip::ZipArchive;

/// A packed file is held in memory; no billing detail is longer.
const MAX_FILE: u64 = 256 << 20;
/// All of them together, as each is looked at.
const MAX_ALL: u64 = 1 << 30;
/// Files of an archive that are looked at.
const MAX_FILES: usize = 200;
/// Names that are said.
const SAID: usize = 3;

/// The file itself, or the one file to read within an archive, which `held` keeps. `known`: it was identified before, so
/// that the only file of an archive is the one that is meant, whatever is in it.
///
/// # Errors
/// [`Code::FormatUnknown`] for an archive of no or several files to read; [`Code::FileTooLarge`].
pub(super) fn inside<'f>(
    file: &'f mut dyn ReadSeek,
    held: &'f mut Option<Cursor<Vec<u8>>>,
    known: bool,
) -> Result<&'f mut dyn ReadSeek> {
    if !begins_as_zip(file)? {
        return Ok(file);
    }
    let unpacked = match ZipArchive::new(&mut *file) {
        Ok(mut archive) => only_file(&mut archive, known)?,
        // What is broken is told where it is opened.
        Err(_) => None,
    };
    Ok(match unpacked {
        None => file,
        Some(bytes) => held.insert(Cursor::new(bytes)),
    })
}

/// The names of all entries, as far as they are names.
pub(super) fn names<R: Read + Seek>(archive: &ZipArchive<R>) -> Vec<String> {
    archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect()
}

/// The bytes of the only file to read; `None` where the archive is a workbook or a document itself, or a
/// database with its journal.
fn only_file<R: Read + Seek>(archive: &mut ZipArchive<R>, is_known: bool) -> Result<Option<Vec<u8>>> {
    let names = names(archive);
    let is_document = of_parts(&names).is_ok()
        || super::sqlite::paired(&names).is_some()
        || names.iter().any(|name| name == "[Content_Types].xml" || name == "mimetype" || name.starts_with("word/"));
    if is_document {
        return Ok(None);
    }
    let count = archive.len().min(MAX_FILES);
    if is_known {
        let mut files = Vec::new();
        for index in 0..count {
            files.extend(entry(archive, index)?.map(|_| index));
        }
        if let [only] = files[..] {
            return Ok(unpack(archive, only, &mut 0)?.map(|packed| packed.bytes));
        }
    }
    // Files that a recipe reads; files that are at least tables; all files that are neither folders nor notes.
    let (mut known, mut tables): (Vec<Packed>, Vec<Packed>) = (Vec::new(), Vec::new());
    let mut all = 0;
    let mut seen = 0u64;
    for index in 0..count {
        let Some(packed) = unpack(archive, index, &mut seen)? else { continue };
        all += 1;
        let mut bytes = Cursor::new(packed.bytes);
        let read = locate(&mut bytes, &ReadOptions::default());
        let is_table = read.is_ok() || sniff(&mut bytes).is_ok();
        let packed = Packed { bytes: bytes.into_inner(), ..packed };
        let list = match read {
            Ok(_) => &mut known,
            Err(error) if error.code == Code::RecipeAmbiguous => &mut known,
            Err(_) if is_table && !packed.is_note => &mut tables,
            Err(_) => continue,
        };
        // Of the second and further ones only the name is needed.
        let bytes = if list.is_empty() { packed.bytes } else { Vec::new() };
        list.push(Packed { bytes, ..packed });
    }
    let list = if known.is_empty() { tables } else { known };
    match (list.len(), all) {
        (0, 0) => Err(seems::refusal("пустой архив ZIP", "an empty ZIP archive")),
        (0, _) => Err(seems::refusal(
            "архив ZIP, в котором нет ни одной таблицы звонков",
            "a ZIP archive without a table of calls in it",
        )),
        (1, _) => Ok(list.into_iter().next().map(|packed| packed.bytes)),
        (count, _) => {
            let said: Vec<&str> = list.iter().take(SAID).map(|packed| packed.name.as_str()).collect();
            let (said, more) = (said.join(", "), if count > SAID { ", …" } else { "" });
            Err(seems::refusal(
                &format!("архив ZIP с несколькими таблицами ({said}{more}); распакуйте его и добавьте нужную"),
                &format!("a ZIP archive with several tables ({said}{more}); unpack it and bring the one you need"),
            ))
        }
    }
}

/// A file of an archive.
struct Packed {
    name: String,
    bytes: Vec<u8>,
    /// A note beside the files, such as a readme.
    is_note: bool,
}

/// The name and the declared size of a file; `None` for folders and for what systems leave in archives.
fn entry<R: Read + Seek>(archive: &mut ZipArchive<R>, index: usize) -> Result<Option<(String, u64)>> {
    let entry = archive.by_index_raw(index).map_err(broken)?;
    let name = entry_name(&entry);
    let last = last_part(&name);
    let is_left_over =
        name.starts_with("__MACOSX/") || last.starts_with('.') || last == "thumbs.db" || last == "desktop.ini";
    let is_file = !entry.is_dir() && !last.is_empty() && !is_left_over;
    Ok(is_file.then(|| (name, entry.size())))
}

/// Unpacks a file; `None` for what is none.
fn unpack<R: Read + Seek>(archive: &mut ZipArchive<R>, index: usize, seen: &mut u64) -> Result<Option<Packed>> {
    let Some((name, size)) = entry(archive, index)? else { return Ok(None) };
    *seen = seen.saturating_add(size);
    if size > MAX_FILE || *seen > MAX_ALL {
        return Err(Error::new(Code::FileTooLarge));
    }
    // The declared size may lie.
    let bytes = read_within(archive.by_index(index).map_err(broken)?, MAX_FILE, Code::FileDamaged)?;
    *seen = seen.saturating_add((bytes.len() as u64).saturating_sub(size));
    if *seen > MAX_ALL {
        return Err(Error::new(Code::FileTooLarge));
    }
    let last = last_part(&name);
    let is_note = ["readme", "read me", "прочти", "прочитай", "читай", "описание", "инструкция", "license"]
        .iter()
        .any(|w| last.starts_with(w));
    Ok(Some(Packed { name, bytes, is_note }))
}

fn broken(cause: zip::result::ZipError) -> Error {
    match cause {
        zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
            seems::refusal("архив ZIP под паролем", "a ZIP archive under a password")
        }
        cause => Error::new(Code::FileDamaged).because(cause),
    }
}

/// The name of a file without its folders, in lower case.
fn last_part(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase()
}

/// The name of an entry, which Russian programs write in the letters of DOS.
fn entry_name<R: Read>(entry: &zip::read::ZipFile<'_, R>) -> String {
    let raw = entry.name_raw();
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::IBM866.decode_without_bom_handling(raw).0.into_owned(),
    }
}
