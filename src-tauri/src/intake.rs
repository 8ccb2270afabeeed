//! Folders on their way in: every file in them, and a word about each that is passed over.

use crate::pending::{PendingFile, file_name};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// Deeper folders are passed over.
const DEEPEST: usize = 16;
/// More files than this are not taken in at once.
const MOST: usize = 10_000;

/// Why a file of a folder is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum PassedBecause {
    /// It belongs to the system: hidden, or made by a file manager.
    System,
    /// There is nothing in it.
    Empty,
    /// A link, a pipe or a device.
    NoFile,
    /// A case.
    Case,
    /// A bundle or another archive.
    Bundle,
    /// It cannot be read.
    Unreadable,
    /// The folder holds more than is taken in at once, or lies too deep.
    TooMany,
    /// A folder without a file that could be taken in.
    EmptyFolder,
}

/// A file that is passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PassedOver {
    /// Its name.
    pub name: String,
    /// Why.
    pub because: PassedBecause,
}

/// What came in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Intake {
    /// The files, without their paths.
    pub files: Vec<PendingFile>,
    /// What of a folder is passed over, and why.
    pub passed_over: Vec<PassedOver>,
}

/// Paths of files, and what was passed over on the way to them.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The files, in the order of their names, folder by folder.
    pub files: Vec<PathBuf>,
    /// What was passed over.
    pub passed_over: Vec<PassedOver>,
}

/// Puts the files of each folder in the folder's place; a file that was itself chosen is never passed over.
#[must_use]
pub fn gather(paths: &[PathBuf]) -> Gathered {
    let mut gathered = Gathered::default();
    for path in paths {
        if path.is_dir() {
            let before = gathered.files.len();
            gathered.folder(path, DEEPEST);
            if gathered.files.len() == before {
                gathered.pass(path, PassedBecause::EmptyFolder);
            }
        } else {
            gathered.files.push(path.clone());
        }
    }
    gathered
}

impl Gathered {
    fn folder(&mut self, folder: &Path, deeper: usize) {
        let Ok(entries) = fs::read_dir(folder) else { return self.pass(folder, PassedBecause::Unreadable) };
        let mut inside: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        inside.sort();
        for path in inside {
            // Not followed: a link may lead out of the folder that the person chose, or round in circles.
            let Ok(metadata) = path.symlink_metadata() else {
                self.pass(&path, PassedBecause::Unreadable);
                continue;
            };
            match because(&path, &metadata) {
                Some(why) => self.pass(&path, why),
                None if metadata.is_dir() && deeper > 0 => self.folder(&path, deeper - 1),
                None if metadata.is_dir() || self.files.len() >= MOST => self.pass(&path, PassedBecause::TooMany),
                None => self.files.push(path),
            }
        }
    }

    fn pass(&mut self, path: &Path, because: PassedBecause) {
        self.passed_over.push(PassedOver { name: file_name(path), because });
    }
}

fn because(path: &Path, metadata: &fs::Metadata) -> Option<PassedBecause> {
    let name = file_name(path).to_lowercase();
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if name.starts_with('.') || ["thumbs.db", "desktop.ini", "__macosx"].contains(&name.as_str()) {
        return Some(PassedBecause::System);
    }
    if metadata.is_dir() {
        return None;
    }
    match extension.as_str() {
        _ if !metadata.is_file() => Some(PassedBecause::NoFile),
        _ if metadata.len() == 0 => Some(PassedBecause::Empty),
        "ulika" => Some(PassedBecause::Case),
        "zip" => Some(PassedBecause::Bundle),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_file_of_a_folder_comes_in_or_is_named_with_the_reason() {
        let place = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| {
            let path = place.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for name in ["б/снимок.png", "а.csv", "подпись.sig", ".DS_Store", "дело.ulika", "пакет.zip"]
        {
            put(name, "что-то");
        }
        put("пусто.txt", "");
        #[cfg(unix)]
        std::os::unix::fs::symlink(place.path(), place.path().join("круг")).unwrap();
        let gathered = gather(&[place.path().to_owned()]);
        let names: Vec<String> = gathered.files.iter().map(|path| file_name(path)).collect();
        assert_eq!(names, ["а.csv", "снимок.png", "подпись.sig"]);
        let why = |name: &str| gathered.passed_over.iter().find(|p| p.name == name).map(|p| p.because);
        assert_eq!(why(".DS_Store"), Some(PassedBecause::System));
        assert_eq!(why("дело.ulika"), Some(PassedBecause::Case));
        assert_eq!(why("пакет.zip"), Some(PassedBecause::Bundle));
        assert_eq!(why("пусто.txt"), Some(PassedBecause::Empty));
        #[cfg(unix)]
        assert_eq!(why("круг"), Some(PassedBecause::NoFile));
        let empty = tempfile::tempdir().unwrap();
        let nothing = gather(&[empty.path().to_owned()]);
        assert!(nothing.files.is_empty());
        assert_eq!(nothing.passed_over.first().map(|p| p.because), Some(PassedBecause::EmptyFolder));
        let itself = place.path().join("дело.ulika");
        assert_eq!(gather(std::slice::from_ref(&itself)).files, [itself], "a file that was itself chosen comes in");
    }
}
