//! The lines of a manifest: digest, two spaces, path.

use super::Findings;
use super::difference::DifferenceKind as Kind;
use super::paths::is_safe;
use std::collections::BTreeMap;

/// Digest by path.
pub(super) type Manifest = BTreeMap<String, String>;

/// Reads a manifest whose digests have `digits` hexadecimal digits. `name` is its own path.
pub(super) fn parse(name: &str, bytes: &[u8], digits: usize, findings: &mut Findings) -> Manifest {
    let mut manifest = Manifest::new();
    let Ok(text) = std::str::from_utf8(bytes) else {
        findings.add(Kind::ManifestMalformed, name);
        return manifest;
    };
    for line in text.lines() {
        let Some((digest, path)) = line.split_once([' ', '\t']) else {
            findings.add(Kind::ManifestMalformed, name);
            continue;
        };
        // A star stands for "binary" in the lines that some tools write.
        let path = path.trim_start_matches([' ', '\t']);
        let path = decoded(path.strip_prefix('*').unwrap_or(path));
        if digest.len() != digits || !digest.bytes().all(|b| b.is_ascii_hexdigit()) {
            findings.add(Kind::ManifestMalformed, name);
            continue;
        }
        if !is_safe(&path) {
            findings.add(Kind::PathUnsafe, &path);
            continue;
        }
        if manifest.insert(path, digest.to_ascii_lowercase()).is_some() {
            findings.add(Kind::ManifestMalformed, name);
        }
    }
    manifest
}

/// Line breaks and per cent signs stand as `%0A`, `%0D`, `%25` in a manifest.
fn decoded(path: &str) -> String {
    path.replace("%0A", "\n").replace("%0a", "\n").replace("%0D", "\r").replace("%0d", "\r").replace("%25", "%")
}
