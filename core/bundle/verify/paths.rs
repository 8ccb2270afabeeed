//! From the entries of a zip to the files of a bag: names that are safe, that do not collide, below one folder.

use super::Findings;
use super::container::Entry;
use super::difference::DifferenceKind as Kind;
use std::collections::{BTreeMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// The files of the bag by their path below the top folder.
pub(super) fn bag_files(entries: Vec<Entry>, findings: &mut Findings) -> BTreeMap<String, Entry> {
    let mut files = BTreeMap::new();
    let mut seen = HashSet::new();
    let top = entries.first().and_then(|e| e.name.split_once('/')).map(|(top, _)| top.to_owned());
    for entry in entries {
        if entry.special() {
            findings.add(Kind::Symlink, &entry.name);
        }
        if !is_safe(entry.name.strip_suffix('/').unwrap_or(&entry.name)) {
            findings.add(Kind::PathUnsafe, &entry.name);
        }
        if !entry.name.nfc().eq(entry.name.chars()) {
            findings.add(Kind::NameNotNormal, &entry.name);
        }
        // One name on systems that fold case or normalise.
        if !seen.insert(entry.name.nfc().collect::<String>().to_lowercase()) {
            findings.add(Kind::DuplicateEntry, &entry.name);
            continue;
        }
        let below = entry.name.split_once('/').filter(|(folder, _)| Some(*folder) == top.as_deref());
        match below {
            Some((_, path)) if entry.directory => {
                if entry.size > 0 || entry.packed > 0 {
                    findings.add(Kind::TrailingBytes, path);
                }
            }
            Some((_, path)) => {
                files.insert(path.to_owned(), entry);
            }
            None => findings.add(Kind::SeveralTopFolders, &entry.name),
        }
    }
    files
}

/// A relative path that every system writes where it should.
pub(super) fn is_safe(path: &str) -> bool {
    const RESERVED: &[&str] = &["con", "prn", "aux", "nul"];
    !path.is_empty()
        && path.len() <= 1024
        && !path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
        && path.split('/').all(|part| {
            let stem = part.split('.').next().unwrap_or("").to_ascii_lowercase();
            let device = RESERVED.contains(&stem.as_str())
                || (stem.len() == 4
                    && (stem.starts_with("com") || stem.starts_with("lpt"))
                    && stem.ends_with(|c: char| c.is_ascii_digit()));
            !part.is_empty() && part != "." && part != ".." && !part.ends_with(['.', ' ']) && !device
        })
}
