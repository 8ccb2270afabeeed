//! The bag: every file against every manifest, and the manifests against the tag manifests.

use super::container::Entry;
use super::difference::DifferenceKind as Kind;
use super::manifest::{self, Manifest};
use super::{Findings, inside, unreadable};
use crate::bundle::bag::BAGIT_TXT;
use crate::bundle::digests::{Digests, Taken};
use crate::bundle::{ReadSeek, Verification, code, profile};
use crate::error::Result;
use crate::progress::Progress;
use flate2::bufread::DeflateDecoder;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Read, SeekFrom};

/// Tag files are held in memory; that of a bundle of a hundred thousand files is some 20 MiB.
const MOST_HELD: u64 = 64 * 1024 * 1024;
const BUFFER: usize = 256 * 1024;
const TAG_FILES: &[&str] = &[
    "bag-info.txt",
    "bagit.txt",
    "manifest-sha256.txt",
    "manifest-sha512.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt",
];

/// A reader that remembers whether it was the file itself that failed, not what is in it.
struct Source<'a> {
    file: &'a mut dyn ReadSeek,
    failure: Option<io::Error>,
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer).map_err(|error| {
            let kind = error.kind();
            if kind != io::ErrorKind::Interrupted {
                self.failure = Some(error);
            }
            kind.into()
        })
    }
}

/// What reading an entry gave: its sums, or nothing where its bytes do not unpack to what the headers say.
fn unpack(file: &mut dyn ReadSeek, entry: &Entry, each: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<Option<Taken>> {
    let Some(start) = entry.data else { return Ok(None) };
    file.seek(SeekFrom::Start(start)).map_err(unreadable)?;
    let mut source = Source { file, failure: None };
    let mut digests = Digests::new();
    let outcome = {
        let mut packed = (&mut source).take(entry.packed);
        if entry.deflated {
            let mut decoder = DeflateDecoder::new(BufReader::with_capacity(BUFFER, &mut packed));
            let read = drain(&mut decoder, entry.size, &mut digests, each)?;
            read && decoder.total_in() == entry.packed
        } else {
            drain(&mut packed, entry.size, &mut digests, each)?
        }
    };
    if let Some(failure) = source.failure {
        return Err(unreadable(failure));
    }
    let taken = digests.finish();
    Ok((outcome && taken.bytes == entry.size && taken.crc == entry.crc).then_some(taken))
}

/// Reads to the end, or to one byte beyond `size`: what unpacks to more than it says is not unpacked. `false` where
/// the bytes cannot be unpacked.
fn drain(
    from: &mut dyn Read,
    size: u64,
    digests: &mut Digests,
    each: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<bool> {
    let mut buffer = vec![0; BUFFER];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(true),
            Ok(read) => {
                digests.update(&buffer[..read]);
                if digests.bytes() > size {
                    return Ok(false);
                }
                each(&buffer[..read])?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Ok(false),
        }
    }
}

/// Reads a small file whole; `None` where it is absent, damaged or too large.
pub(super) fn held(file: &mut dyn ReadSeek, files: &BTreeMap<String, Entry>, path: &str) -> Result<Option<Vec<u8>>> {
    let Some(entry) = files.get(path).filter(|entry| entry.size <= MOST_HELD) else { return Ok(None) };
    let mut bytes = Vec::new();
    let taken = unpack(file, entry, &mut |part| {
        bytes.extend_from_slice(part);
        Ok(())
    })?;
    Ok(taken.map(|_| bytes))
}

/// Sums of each file; `None` where it does not unpack.
pub(super) type Sums = BTreeMap<String, Option<Taken>>;

fn sums(file: &mut dyn ReadSeek, files: &BTreeMap<String, Entry>, progress: &dyn Progress) -> Result<Sums> {
    let total = files.values().map(|entry| entry.size).fold(0, u64::saturating_add);
    let mut done = 0;
    let mut sums = Sums::new();
    for (path, entry) in files {
        let taken = unpack(file, entry, &mut |part| {
            done += part.len() as u64;
            progress.report("verify", done, Some(total))
        })?;
        sums.insert(path.clone(), taken);
    }
    Ok(sums)
}

/// The two manifests of one level, SHA-256 and SHA-512.
struct Pair {
    names: [&'static str; 2],
    lists: [Manifest; 2],
}

impl Pair {
    fn read(
        file: &mut dyn ReadSeek,
        files: &BTreeMap<String, Entry>,
        names: [&'static str; 2],
        missing: Kind,
        findings: &mut Findings,
    ) -> Result<Self> {
        let mut lists = [Manifest::new(), Manifest::new()];
        for (index, (name, list)) in names.into_iter().zip(&mut lists).enumerate() {
            if !files.contains_key(name) {
                findings.add(missing, name);
            } else if let Some(bytes) = held(file, files, name)? {
                *list = manifest::parse(name, &bytes, if index == 0 { 64 } else { 128 }, findings);
            } else {
                findings.add(Kind::ManifestEdited, name);
            }
        }
        Ok(Self { names, lists })
    }

    /// Compares a file with both lists: `Some(true)` where they agree with it, `Some(false)` where they do not,
    /// `None` where neither names it. Where the lists disagree with each other, the one that is wrong is the difference.
    fn agrees(&self, path: &str, taken: Option<&Taken>, findings: &mut Findings) -> Option<bool> {
        let stated = [self.lists[0].get(path), self.lists[1].get(path)];
        if stated == [None, None] {
            return None;
        }
        let Some(taken) = taken else { return Some(false) };
        let real = [&taken.sha256, &taken.sha512];
        let right = [stated[0] == Some(real[0]), stated[1] == Some(real[1])];
        if right == [false, false] {
            return Some(false);
        }
        for index in [0, 1] {
            // A manifest that is absent altogether has its own name.
            if !right[index] && !self.lists[index].is_empty() {
                findings.add(Kind::ManifestEdited, self.names[index]);
            }
        }
        Some(true)
    }

    fn paths(&self) -> impl Iterator<Item = &String> {
        self.lists[0].keys().chain(self.lists[1].keys())
    }
}

pub(super) fn check(
    file: &mut dyn ReadSeek,
    files: &BTreeMap<String, Entry>,
    findings: &mut Findings,
    answer: &mut Verification,
    progress: &dyn Progress,
) -> Result<()> {
    beside_the_payload(files, findings, answer);
    let names = ["manifest-sha256.txt", "manifest-sha512.txt"];
    let payload = Pair::read(file, files, names, Kind::ManifestMissing, findings)?;
    let names = ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"];
    let tags = Pair::read(file, files, names, Kind::TagManifestMissing, findings)?;
    let sums = sums(file, files, progress)?;
    for (path, taken) in &sums {
        if path.starts_with("data/") {
            match payload.agrees(path, taken.as_ref(), findings) {
                None => findings.add(Kind::PayloadAdded, path),
                Some(false) => findings.add(Kind::ByteFlipped, path),
                Some(true) => {}
            }
        } else if path.starts_with("tagmanifest-") {
            if taken.is_none() && TAG_FILES.contains(&path.as_str()) {
                findings.add(Kind::ManifestEdited, path);
            }
        } else if TAG_FILES.contains(&path.as_str()) {
            match tags.agrees(path, taken.as_ref(), findings) {
                // Without tag manifests nothing can be listed, and that has its own name.
                None if tags.lists.iter().all(Manifest::is_empty) => {}
                None => findings.add(Kind::UnlistedFile, path),
                Some(false) => findings.add(changed(path), path),
                Some(true) => {}
            }
            if taken.is_none() {
                findings.add(changed(path), path);
            }
        } else if taken.is_none() {
            findings.add(Kind::ByteFlipped, path);
        }
    }
    for path in payload.paths().chain(tags.paths()).filter(|path| !sums.contains_key(*path)) {
        let kind = if path.starts_with("data/") { Kind::PayloadDeleted } else { Kind::RequiredFileMissing };
        if !findings.has(Kind::ManifestMissing, path) {
            findings.add(kind, path);
        }
    }
    if !payload.lists[1].is_empty() {
        let counted = payload.lists[1].iter().filter(|(path, _)| code::counts(path));
        let mut lines: Vec<String> = counted.map(|(path, digest)| format!("{digest}  {path}")).collect();
        answer.code = Some(code::of_lines(&mut lines));
    }
    inside::check(file, files, &sums, findings, answer)
}

fn changed(path: &str) -> Kind {
    match path {
        "bag-info.txt" => Kind::BagInfoEdited,
        _ if path.starts_with("manifest-") => Kind::ManifestEdited,
        _ => Kind::TagFileEdited,
    }
}

/// What may lie beside `data/`, and what must.
fn beside_the_payload(files: &BTreeMap<String, Entry>, findings: &mut Findings, answer: &mut Verification) {
    for path in files.keys().filter(|path| !path.starts_with("data/")) {
        if profile::DETACHED.contains(&path.as_str()) {
            answer.signature = "present".to_owned();
        } else if path == "fetch.txt" {
            findings.add(Kind::FetchPresent, path);
        } else if !TAG_FILES.contains(&path.as_str()) {
            let manifest = path.strip_prefix("tag").unwrap_or(path);
            let other = manifest.starts_with("manifest-") && manifest.ends_with(".txt") && !manifest.contains('/');
            findings.add(if other { Kind::ManifestDowngraded } else { Kind::UnlistedFile }, path);
        }
    }
    for path in ["bag-info.txt", "bagit.txt"] {
        if !files.contains_key(path) {
            findings.add(Kind::RequiredFileMissing, path);
        }
    }
    // Longer or shorter than it must be; its bytes are compared with the tag manifests.
    if files.get("bagit.txt").is_some_and(|entry| entry.size != BAGIT_TXT.len() as u64) {
        findings.add(Kind::TagFileEdited, "bagit.txt");
    }
}
