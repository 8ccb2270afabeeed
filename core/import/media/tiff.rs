//! The texts of a TIFF file's directories. A TIFF may keep its directory behind the pixels, so it is followed by its
//! offsets and never read whole.

use crate::import::ReadSeek;
use std::io::{self, Read, SeekFrom};

/// More entries than a camera writes into one directory.
const MOST_ENTRIES: u16 = 1_024;
/// More of a text is not read.
const LONGEST_TEXT: u64 = 512;
/// The entry that leads from the first directory to that of EXIF.
const EXIF: u16 = 0x8769;
const ASCII: u16 = 2;

/// The ASCII fields of the first directory and of that of EXIF, by tag.
pub(super) fn texts(file: &mut dyn ReadSeek) -> io::Result<Vec<(u16, String)>> {
    let mut head = [0_u8; 8];
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut head)?;
    let [a, b, _, _, offset @ ..] = head;
    let mut tiff = Tiff { file, big: [a, b] == *b"MM" };
    let first = tiff.four(offset);
    let mut entries = tiff.directory(first)?;
    if let Some(exif) = entries.iter().find(|entry| entry.tag == EXIF).map(|entry| entry.value) {
        let exif = tiff.four(exif);
        entries.extend(tiff.directory(exif)?);
    }
    let mut texts = Vec::new();
    for entry in entries.into_iter().filter(|entry| entry.kind == ASCII) {
        texts.push((entry.tag, tiff.text(&entry)?));
    }
    Ok(texts)
}

struct Tiff<'f> {
    file: &'f mut dyn ReadSeek,
    big: bool,
}

struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    value: [u8; 4],
}

impl Tiff<'_> {
    fn two(&self, bytes: [u8; 2]) -> u16 {
        if self.big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
    }

    fn four(&self, bytes: [u8; 4]) -> u32 {
        if self.big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    }

    fn directory(&mut self, at: u32) -> io::Result<Vec<Entry>> {
        self.file.seek(SeekFrom::Start(u64::from(at)))?;
        let mut count = [0_u8; 2];
        self.file.read_exact(&mut count)?;
        let count = self.two(count).min(MOST_ENTRIES);
        let mut entries = Vec::new();
        for _ in 0..count {
            let mut entry = [0_u8; 12];
            if self.file.read_exact(&mut entry).is_err() {
                break;
            }
            let [t0, t1, k0, k1, c0, c1, c2, c3, value @ ..] = entry;
            entries.push(Entry {
                tag: self.two([t0, t1]),
                kind: self.two([k0, k1]),
                count: self.four([c0, c1, c2, c3]),
                value,
            });
        }
        Ok(entries)
    }

    /// A text of up to four bytes stands in the entry itself.
    fn text(&mut self, entry: &Entry) -> io::Result<String> {
        let mut bytes = Vec::new();
        if entry.count <= 4 {
            bytes.extend(entry.value.iter().take(entry.count as usize));
        } else {
            let at = self.four(entry.value);
            self.file.seek(SeekFrom::Start(u64::from(at)))?;
            Read::take(&mut *self.file, u64::from(entry.count).min(LONGEST_TEXT)).read_to_end(&mut bytes)?;
        }
        let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
        Ok(bytes.iter().take(end).map(|b| char::from(*b)).collect())
    }
}
