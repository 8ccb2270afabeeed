//! The zip that carries the bag, written by hand: the same entries give the same bytes, and the name of the top folder,
//! which depends on what is inside, can be put in at the end.
//!
//! Every entry has the same time (1980-01-01), the same permissions and no extra fields but zip64. It must never hold
//! the bytes of an entry: they pass through.

use super::WriteSeek;
use super::digests::{Digests, Taken};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::{self, SeekFrom, Write};

/// How the bytes of an entry are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pack {
    /// As they are: media hardly shrink.
    Stored,
    /// Deflate: texts.
    Deflated,
}

/// 1980-01-01 in the date format of MS-DOS.
pub(super) const ENTRY_DATE: u16 = 0x0021;
/// Names are UTF-8.
pub(super) const FLAG_UTF8: u16 = 1 << 11;
/// Made on Unix by a writer of version 4.5, so that the permissions are read.
const MADE_BY: u16 = (3 << 8) | 45;
/// A regular file, readable by all, writable by its owner.
const ATTRIBUTES: u32 = 0o100_644 << 16;
const NEEDS_DEFLATE: u16 = 20;
const NEEDS_ZIP64: u16 = 45;
const LIMIT32: u64 = u32::MAX as u64;
const LIMIT16: usize = u16::MAX as usize;

struct Entry {
    path: String,
    offset: u64,
    method: u16,
    zip64: bool,
    crc: u32,
    packed: u64,
    size: u64,
}

/// A zip under construction. All entries lie in one top folder.
pub(super) struct ZipOut<'a> {
    out: &'a mut dyn WriteSeek,
    at: u64,
    top: String,
    entries: Vec<Entry>,
}

impl<'a> ZipOut<'a> {
    pub(super) fn new(out: &'a mut dyn WriteSeek, top: String) -> io::Result<Self> {
        out.seek(SeekFrom::Start(0))?;
        Ok(Self { out, at: 0, top, entries: Vec::new() })
    }

    /// Writes one entry. `large` reserves room for sizes beyond 4 GiB: they are known only at the end.
    pub(super) fn entry<E: From<io::Error>>(
        &mut self,
        path: &str,
        pack: Pack,
        large: bool,
        fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<Taken, E> {
        let method = if pack == Pack::Stored { 0 } else { 8 };
        let mut entry =
            Entry { path: path.to_owned(), offset: self.at, method, zip64: large, crc: 0, packed: 0, size: 0 };
        let header = self.local_header(&entry);
        self.out.write_all(&header)?;
        let (digests, packed) = match pack {
            Pack::Stored => {
                let mut writer = Tee { digests: Digests::new(), inner: Counted { out: self.out, bytes: 0 } };
                fill(&mut writer)?;
                (writer.digests, writer.inner.bytes)
            }
            Pack::Deflated => {
                let encoder = DeflateEncoder::new(Counted { out: self.out, bytes: 0 }, Compression::default());
                let mut writer = Tee { digests: Digests::new(), inner: encoder };
                fill(&mut writer)?;
                (writer.digests, writer.inner.finish()?.bytes)
            }
        };
        let taken = digests.finish();
        (entry.crc, entry.packed, entry.size) = (taken.crc, packed, taken.bytes);
        if !large && (entry.size >= LIMIT32 || entry.packed >= LIMIT32) {
            return Err(io::Error::other("an entry grew beyond 4 GiB unannounced").into());
        }
        self.at += header.len() as u64 + packed;
        self.settle(&entry)?;
        self.entries.push(entry);
        Ok(taken)
    }

    /// Gives the top folder another name of the same length, in what is written already as well.
    pub(super) fn rename_top(&mut self, top: &str) -> io::Result<()> {
        if top.len() != self.top.len() {
            return Err(io::Error::other("the name of the top folder must keep its length"));
        }
        for entry in &self.entries {
            self.out.seek(SeekFrom::Start(entry.offset + 30))?;
            self.out.write_all(top.as_bytes())?;
        }
        self.out.seek(SeekFrom::Start(self.at))?;
        self.top = top.to_owned();
        Ok(())
    }

    /// Writes the central directory.
    pub(super) fn finish(self) -> io::Result<()> {
        let mut directory = Vec::new();
        for entry in &self.entries {
            self.central_header(entry, &mut directory);
        }
        let (start, length, count) = (self.at, directory.len() as u64, self.entries.len());
        if start >= LIMIT32 || length >= LIMIT32 || count >= LIMIT16 {
            let record = start + length;
            directory.extend_from_slice(b"PK\x06\x06");
            directory.extend_from_slice(&44_u64.to_le_bytes());
            directory.extend_from_slice(&MADE_BY.to_le_bytes());
            directory.extend_from_slice(&NEEDS_ZIP64.to_le_bytes());
            directory.extend_from_slice(&[0; 8]);
            for value in [count as u64, count as u64, length, start] {
                directory.extend_from_slice(&value.to_le_bytes());
            }
            directory.extend_from_slice(b"PK\x06\x07\0\0\0\0");
            directory.extend_from_slice(&record.to_le_bytes());
            directory.extend_from_slice(&1_u32.to_le_bytes());
        }
        directory.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        let short_count = u16::try_from(count).unwrap_or(u16::MAX);
        directory.extend_from_slice(&short_count.to_le_bytes());
        directory.extend_from_slice(&short_count.to_le_bytes());
        directory.extend_from_slice(&clamp32(length).to_le_bytes());
        directory.extend_from_slice(&clamp32(start).to_le_bytes());
        directory.extend_from_slice(&[0; 2]);
        self.out.write_all(&directory)?;
        self.out.flush()
    }

    fn local_header(&self, entry: &Entry) -> Vec<u8> {
        let name = format!("{}/{}", self.top, entry.path);
        let mut header = Vec::with_capacity(50 + name.len());
        header.extend_from_slice(b"PK\x03\x04");
        common_fields(entry, &mut header);
        header.extend_from_slice(&sizes32(entry));
        header.extend_from_slice(&(name.len() as u16).to_le_bytes());
        header.extend_from_slice(&(if entry.zip64 { 20_u16 } else { 0 }).to_le_bytes());
        header.extend_from_slice(name.as_bytes());
        if entry.zip64 {
            header.extend_from_slice(&zip64_field(&[entry.size, entry.packed]));
        }
        header
    }

    /// Puts the sum and the sizes, now known, into the local header.
    fn settle(&mut self, entry: &Entry) -> io::Result<()> {
        self.out.seek(SeekFrom::Start(entry.offset + 14))?;
        self.out.write_all(&sizes32(entry))?;
        if entry.zip64 {
            let name = self.top.len() + 1 + entry.path.len();
            self.out.seek(SeekFrom::Start(entry.offset + 30 + name as u64))?;
            self.out.write_all(&zip64_field(&[entry.size, entry.packed]))?;
        }
        self.out.seek(SeekFrom::Start(self.at))?;
        Ok(())
    }

    fn central_header(&self, entry: &Entry, directory: &mut Vec<u8>) {
        let name = format!("{}/{}", self.top, entry.path);
        let far = entry.offset >= LIMIT32;
        let mut large = Vec::new();
        if entry.zip64 {
            large.extend([entry.size, entry.packed]);
        }
        if far {
            large.push(entry.offset);
        }
        let extra = if large.is_empty() { Vec::new() } else { zip64_field(&large) };
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&MADE_BY.to_le_bytes());
        common_fields(entry, directory);
        directory.extend_from_slice(&sizes32(entry));
        directory.extend_from_slice(&(name.len() as u16).to_le_bytes());
        directory.extend_from_slice(&(extra.len() as u16).to_le_bytes());
        // No comment, first disk, no internal attributes.
        directory.extend_from_slice(&[0; 6]);
        directory.extend_from_slice(&ATTRIBUTES.to_le_bytes());
        directory.extend_from_slice(&clamp32(entry.offset).to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
        directory.extend_from_slice(&extra);
    }
}

fn common_fields(entry: &Entry, header: &mut Vec<u8>) {
    let needs = if entry.zip64 { NEEDS_ZIP64 } else { NEEDS_DEFLATE };
    header.extend_from_slice(&needs.to_le_bytes());
    header.extend_from_slice(&FLAG_UTF8.to_le_bytes());
    header.extend_from_slice(&entry.method.to_le_bytes());
    header.extend_from_slice(&0_u16.to_le_bytes());
    header.extend_from_slice(&ENTRY_DATE.to_le_bytes());
}

fn sizes32(entry: &Entry) -> [u8; 12] {
    let (packed, size) = if entry.zip64 { (u32::MAX, u32::MAX) } else { (clamp32(entry.packed), clamp32(entry.size)) };
    let mut fields = [0; 12];
    fields[..4].copy_from_slice(&entry.crc.to_le_bytes());
    fields[4..8].copy_from_slice(&packed.to_le_bytes());
    fields[8..].copy_from_slice(&size.to_le_bytes());
    fields
}

fn zip64_field(values: &[u64]) -> Vec<u8> {
    let mut field = vec![1, 0];
    field.extend_from_slice(&(8 * values.len() as u16).to_le_bytes());
    for value in values {
        field.extend_from_slice(&value.to_le_bytes());
    }
    field
}

fn clamp32(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Takes the digests of what passes to `inner`.
struct Tee<W> {
    digests: Digests,
    inner: W,
}

impl<W: Write> Write for Tee<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write_all(bytes)?;
        self.digests.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Counted<'a> {
    out: &'a mut dyn WriteSeek,
    bytes: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
