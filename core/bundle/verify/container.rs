//! The zip as it lies, read without trust: the list of contents, each local header, and what lies between them.

use super::Findings;
use super::difference::DifferenceKind as Kind;
use crate::bundle::ReadSeek;
use crate::bundle::zip_out::{ENTRY_DATE, FLAG_UTF8};
use std::io::{self, Read, SeekFrom};

/// The list of contents of a bundle of a hundred thousand files is some 15 MiB.
const MOST_DIRECTORY: u64 = 64 * 1024 * 1024;
const END: &[u8] = b"PK\x05\x06";
const FLAG_ENCRYPTED: u16 = 1;
const FLAG_DESCRIPTOR: u16 = 1 << 3;

/// An entry of the zip.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Full name, with the top folder.
    pub(super) name: String,
    /// Where its packed bytes begin; `None` where the local header does not fit.
    pub(super) data: Option<u64>,
    pub(super) deflated: bool,
    pub(super) crc: u32,
    pub(super) packed: u64,
    pub(super) size: u64,
    pub(super) directory: bool,
    /// Bytes of the descriptor behind it; 0 where it has none.
    descriptor: u64,
    made_by: u16,
    flags: u16,
    raw: Vec<u8>,
    /// Version, flags, method, time and date: what both headers must say alike.
    common: [u8; 10],
    internal: u16,
    external: u32,
    offset: u64,
    plain_extra: bool,
}

fn le16(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_le_bytes)
}

fn le32(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn le64(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}

fn read_at(file: &mut dyn ReadSeek, at: u64, length: usize) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::with_capacity(length.min(1 << 16));
    file.take(length as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

struct Ending {
    start: u64,
    length: u64,
    count: u64,
}

/// Reads the structure of the zip. `None` where it cannot be read at all; the reason is among the findings then.
pub(super) fn scan(file: &mut dyn ReadSeek, findings: &mut Findings) -> io::Result<Option<Vec<Entry>>> {
    let Some(ending) = ending(file, findings)? else { return Ok(None) };
    let directory = read_at(file, ending.start, ending.length as usize)?;
    let Some(mut entries) = central_directory(&directory, &ending) else {
        findings.add(Kind::ZipDamaged, "");
        return Ok(None);
    };
    let as_written = as_written(&entries);
    for entry in &mut entries {
        local_header(file, entry, as_written, findings)?;
    }
    tiles(&entries, ending.start, findings);
    if as_written {
        uniform(&entries, findings);
    }
    Ok(Some(entries))
}

/// The record at the end of the zip, and the zip64 one before it.
fn ending(file: &mut dyn ReadSeek, findings: &mut Findings) -> io::Result<Option<Ending>> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail_length = length.min(22 + u64::from(u16::MAX));
    let tail = read_at(file, length - tail_length, tail_length as usize)?;
    let found = (0..tail.len().saturating_sub(21)).rev().find(|at| tail.get(*at..at + 4) == Some(END));
    let Some(at) = found else {
        findings.add(Kind::NotAZip, "");
        return Ok(None);
    };
    let record = &tail[at..];
    let place = length - tail_length + at as u64;
    // A comment is read by nobody and could hide anything.
    if record.len() != 22 || le16(record, 20) != 0 {
        findings.add(Kind::TrailingBytes, "");
    }
    let mut ending =
        Ending { start: le32(record, 16).into(), length: le32(record, 12).into(), count: le16(record, 10).into() };
    let mut sound = le32(record, 4) == 0 && le16(record, 8) == le16(record, 10);
    let mut end = place;
    let wide = ending.start == u64::from(u32::MAX) || ending.length == u64::from(u32::MAX) || ending.count == 0xffff;
    if wide && place >= 76 {
        let locator = read_at(file, place - 20, 20)?;
        if locator.starts_with(b"PK\x06\x07") {
            end = le64(&locator, 8);
            let record = read_at(file, end.min(place), 56)?;
            sound &= record.starts_with(b"PK\x06\x06")
                && le64(&record, 4) == 44
                && end.checked_add(76) == Some(place)
                && le32(&locator, 4) == 0
                && le32(&locator, 16) == 1
                && le64(&record, 16) == 0
                && le64(&record, 24) == le64(&record, 32);
            ending = Ending { start: le64(&record, 48), length: le64(&record, 40), count: le64(&record, 32) };
        }
    }
    if !sound || ending.length > MOST_DIRECTORY || ending.start.checked_add(ending.length) != Some(end) {
        findings.add(Kind::ZipDamaged, "");
        return Ok(None);
    }
    Ok(Some(ending))
}

fn central_directory(bytes: &[u8], ending: &Ending) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let header = bytes.get(at..at + 46)?;
        if !header.starts_with(b"PK\x01\x02") || le16(header, 34) != 0 || le16(header, 32) != 0 {
            return None;
        }
        let (name_length, extra_length) = (le16(header, 28) as usize, le16(header, 30) as usize);
        let raw = bytes.get(at + 46..at + 46 + name_length)?.to_vec();
        let extra = bytes.get(at + 46 + name_length..at + 46 + name_length + extra_length)?;
        at += 46 + name_length + extra_length;
        let mut entry = Entry {
            name: String::from_utf8_lossy(&raw).into_owned(),
            data: None,
            deflated: le16(header, 10) == 8,
            crc: le32(header, 16),
            packed: le32(header, 20).into(),
            size: le32(header, 24).into(),
            directory: raw.ends_with(b"/"),
            descriptor: 0,
            made_by: le16(header, 4),
            flags: le16(header, 8),
            raw,
            common: header.get(6..16)?.try_into().ok()?,
            internal: le16(header, 36),
            external: le32(header, 38),
            offset: le32(header, 42).into(),
            plain_extra: true,
        };
        let fields = extra_fields(extra)?;
        let mut large = fields.iter().find(|(id, _)| *id == 1).map_or(&[][..], |(_, value)| value).chunks_exact(8);
        for value in [&mut entry.size, &mut entry.packed, &mut entry.offset] {
            if *value == u64::from(u32::MAX) {
                *value = le64(large.next()?, 0);
            }
        }
        entry.plain_extra = fields.iter().all(|(id, _)| *id == 1) && large.next().is_none();
        entries.push(entry);
    }
    (entries.len() as u64 == ending.count).then_some(entries)
}

fn extra_fields(mut bytes: &[u8]) -> Option<Vec<(u16, &[u8])>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let length = le16(bytes, 2) as usize;
        fields.push((le16(bytes, 0), bytes.get(4..4 + length)?));
        bytes = &bytes[4 + length..];
    }
    Some(fields)
}

/// Compares the local header with the list of contents and finds where the bytes begin.
fn local_header(
    file: &mut dyn ReadSeek,
    entry: &mut Entry,
    as_written: bool,
    findings: &mut Findings,
) -> io::Result<()> {
    let header = read_at(file, entry.offset, 30)?;
    let (name_length, extra_length) = (le16(&header, 26) as usize, le16(&header, 28) as usize);
    let rest = read_at(file, entry.offset.saturating_add(30), name_length + extra_length)?;
    let path = entry.name.clone();
    if header.len() < 30 || !header.starts_with(b"PK\x03\x04") || rest.len() != name_length + extra_length {
        findings.add(Kind::HeadersDisagree, &path);
        return Ok(());
    }
    let (name, extra) = rest.split_at(name_length);
    let Some(fields) = extra_fields(extra) else {
        findings.add(Kind::HeadersDisagree, &path);
        return Ok(());
    };
    let (mut packed, mut size) = (u64::from(le32(&header, 18)), u64::from(le32(&header, 22)));
    let large = fields.iter().find(|(id, _)| *id == 1).map_or(&[][..], |(_, value)| value);
    if large.len() >= 16 {
        if size == u64::from(u32::MAX) {
            size = le64(large, 0);
        }
        if packed == u64::from(u32::MAX) {
            packed = le64(large, 8);
        }
    }
    let described = entry.flags & FLAG_DESCRIPTOR != 0 && le32(&header, 14) == 0;
    let same = name == entry.raw
        && header.get(4..14) == Some(&entry.common[..])
        && (described || (le32(&header, 14) == entry.crc && packed == entry.packed && size == entry.size))
        // A second name for readers that know it.
        && !fields.iter().any(|(id, _)| *id == 0x7075);
    entry.plain_extra &= fields.iter().all(|(id, _)| *id == 1) && (large.is_empty() || large.len() == 16);
    if !same {
        findings.add(Kind::HeadersDisagree, &path);
        return Ok(());
    }
    let readable = entry.flags & FLAG_ENCRYPTED == 0 && matches!(le16(&entry.common, 4), 0 | 8);
    if !readable || (!entry.deflated && entry.packed != entry.size) {
        findings.add(Kind::ZipDamaged, &path);
        return Ok(());
    }
    // A program that packs anew may write a name in UTF-8 and not say so; what is no UTF-8 has no one reading.
    let said = entry.flags & FLAG_UTF8 != 0 || !as_written;
    if !entry.name.is_ascii() && (!said || entry.name.as_bytes() != entry.raw) {
        findings.add(Kind::PathUnsafe, &path);
    }
    let data = entry.offset + 30 + (name_length + extra_length) as u64;
    if entry.flags & FLAG_DESCRIPTOR != 0 {
        let Some(length) = descriptor(file, entry, data)? else {
            findings.add(Kind::HeadersDisagree, &path);
            return Ok(());
        };
        entry.descriptor = length;
    }
    entry.data = Some(data);
    Ok(())
}

/// Length of the descriptor behind the bytes of an entry, by which programs go that read a zip as a stream; `None`
/// where it is absent or says something else than the list of contents.
fn descriptor(file: &mut dyn ReadSeek, entry: &Entry, data: u64) -> io::Result<Option<u64>> {
    let found = read_at(file, data.saturating_add(entry.packed), 24)?;
    let wide = [&entry.crc.to_le_bytes()[..], &entry.packed.to_le_bytes(), &entry.size.to_le_bytes()].concat();
    let short = [&wide[..8], &wide[12..16]].concat();
    let signed = |fields: &[u8]| [&b"PK\x07\x08"[..], fields].concat();
    // The size of an entry of 4 GiB or more does not fit a short one.
    let fits = |form: &Vec<u8>| found.starts_with(form);
    let forms = [signed(&wide), wide, signed(&short), short];
    let short_enough = entry.packed < u64::from(u32::MAX) && entry.size < u64::from(u32::MAX);
    Ok(forms.iter().take(if short_enough { 4 } else { 2 }).find(|form| fits(form)).map(|form| form.len() as u64))
}

/// The entries must lie one after the other, from the first byte to the list of contents: what lies between is read by
/// some programs and not by others, and what overlaps is a bomb.
fn tiles(entries: &[Entry], directory: u64, findings: &mut Findings) {
    let mut spans: Vec<_> = entries
        .iter()
        .filter_map(|e| Some((e.offset, e.data?.checked_add(e.packed)?.checked_add(e.descriptor)?)))
        .collect();
    if spans.len() < entries.len() {
        return;
    }
    spans.sort_unstable();
    spans.push((directory, directory));
    let mut end = 0;
    for (start, next) in spans {
        let gap = start.checked_sub(end);
        if gap != Some(0) {
            findings.add(if gap.is_none() { Kind::HeadersDisagree } else { Kind::TrailingBytes }, "");
            findings.overlapping |= gap.is_none();
        }
        end = next;
    }
}

/// Whether the zip is the one that was written: one that was packed anew by another program has other times and is
/// judged by its contents alone.
fn as_written(entries: &[Entry]) -> bool {
    entries.iter().all(|e| le16(&e.common, 6) == 0 && le16(&e.common, 8) == ENTRY_DATE)
}

/// In a bundle as it was written all entries have one time, one kind and no extra fields.
fn uniform(entries: &[Entry], findings: &mut Findings) {
    let kind = |e: &Entry| (e.made_by, e.internal, e.external, e.plain_extra);
    let usual = entries.iter().map(kind).max_by_key(|k| entries.iter().take(64).filter(|e| kind(e) == *k).count());
    for entry in entries.iter().filter(|e| !e.directory && Some(kind(e)) != usual) {
        findings.add(Kind::HeadersDisagree, &entry.name);
    }
}

impl Entry {
    /// Whether it is a link, a device or the like.
    pub(super) fn special(&self) -> bool {
        !matches!(self.external >> 16 & 0o170_000, 0 | 0o100_000 | 0o040_000)
    }
}
