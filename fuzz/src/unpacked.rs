//! Packages, taken apart: a fuzzer that changes packed bytes finds the check sum of the package and nothing behind it.

use std::io::{Cursor, Read, Write};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Stands before the name of each part; a line end stands behind the name.
const PART: &[u8] = b"\n\x00PART ";

/// The parts of a package, one after another as they are within it; `None` where it is none.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).ok()?;
        parts.extend_from_slice(PART);
        parts.extend_from_slice(part.name().ok()?.as_bytes());
        parts.push(b'\n');
        part.read_to_end(&mut parts).ok()?;
    }
    Some(parts)
}

/// Packs parts as [`unpack`] gives them.
fn pack(parts: &[u8]) -> Option<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let mut rest = parts;
    while let Some(begin) = find(rest, PART) {
        rest = &rest[begin + PART.len()..];
        let end = find(rest, PART).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        let name_ends = part.iter().position(|byte| *byte == b'\n')?;
        let (name, content) = part.split_at(name_ends);
        package.start_file(std::str::from_utf8(name).ok()?, options).ok()?;
        package.write_all(&content[1..]).ok()?;
        rest = behind;
    }
    Some(package.finish().ok()?.into_inner())
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// Packs parts and reads the package as a file.
///
/// # Panics
/// When something does not hold that must hold for every file.
pub fn package(parts: &[u8]) {
    if let Some(bytes) = pack(parts) {
        crate::file(&bytes);
    }
}
