//! Where a fuzzer begins: the samples, by the kind of their container.

use crate::unpack;
use std::path::Path;
use ulika_samples::{Result, binary_book};
use walkdir::WalkDir;

/// What a target does with bytes.
pub type Body = fn(&[u8]);

/// A target of the fuzzer.
pub struct Target {
    /// Its name: a container, or `recipe`.
    pub name: &'static str,
    /// What it does.
    pub body: Body,
    /// Whether it takes packages apart, and packs them itself.
    pub unpacked: bool,
}

const fn whole(name: &'static str, body: Body) -> Target {
    Target { name, body, unpacked: false }
}

const fn unpacked(name: &'static str) -> Target {
    Target { name, body: crate::package, unpacked: true }
}

/// The targets, a container or a description of a layout each.
pub const TARGETS: &[Target] = &[
    whole("csv", crate::file),
    whole("text", crate::file),
    whole("sql", crate::file),
    whole("xml", crate::file),
    whole("html", crate::file),
    whole("xls", crate::file),
    whole("sqlite", crate::file),
    whole("pdf", crate::file),
    whole("zip", crate::file),
    unpacked("xlsx"),
    unpacked("xlsb"),
    unpacked("ods"),
    whole("recipe", crate::recipe),
];

/// Bytes that a target begins with.
pub struct Seed {
    /// The target.
    pub target: &'static str,
    /// A name of its own among the seeds of the target.
    pub name: String,
    /// The bytes, in the form that the target takes.
    pub bytes: Vec<u8>,
}

/// The target of a file, by the ending of its name; `None` for what no target reads.
fn target(path: &Path) -> Option<&'static str> {
    Some(match path.extension()?.to_str()? {
        "csv" | "tsv" => "csv",
        "txt" => "text",
        "sql" => "sql",
        "xml" => "xml",
        "html" => "html",
        "xls" => "xls",
        "db" | "storedata" => "sqlite",
        "pdf" => "pdf",
        "xlsx" => "xlsx",
        "ods" => "ods",
        "toml" => "recipe",
        _ => return None,
    })
}

/// Every seed: the samples and the recipes of the project at `root`, packages taken apart where the target packs them.
///
/// # Errors
/// When a file cannot be read, or a package is none.
pub fn seeds(root: &Path) -> Result<Vec<Seed>> {
    let mut seeds = Vec::new();
    let mut add = |target: &'static str, name: String, bytes: Vec<u8>| {
        let packs = TARGETS.iter().any(|known| known.name == target && known.unpacked);
        // A package that is broken on purpose is a seed of archives.
        match packs.then(|| unpack(&bytes)) {
            Some(Some(parts)) => {
                seeds.push(Seed { target, name: name.clone(), bytes: parts });
                seeds.push(Seed { target: "zip", name, bytes });
            }
            Some(None) => seeds.push(Seed { target: "zip", name, bytes }),
            None => seeds.push(Seed { target, name, bytes }),
        }
    };
    for folder in ["sample-data/recipes", "sample-data/foreign", "sample-data/hostile", "core/import/recipes"] {
        for entry in WalkDir::new(root.join(folder)).max_depth(1).sort_by_file_name() {
            let entry = entry?;
            let Some(target) = target(entry.path()) else { continue };
            add(target, entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?);
        }
    }
    add("xlsb", "table.xlsb".to_owned(), binary_book()?);
    Ok(seeds)
}
