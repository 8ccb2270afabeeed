//! Paths that the person chose or dropped. The page knows them by token and name only.

use crate::intake::{Gathered, Intake};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::path::{Path, PathBuf};
use ulika::actions::is_register_file;
use ulika::bundle::is_meant_as_bundle;
use ulika::{Code, Error, Result};

/// What a file seems to be for, by its name and, of an archive or a table, by what is in it; the page shows it and the person may say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A call log or a billing detail.
    Source,
    /// A picture, a recording or a document.
    Exhibit,
    /// A register of the numbering plan.
    Register,
    /// A case file.
    Case,
    /// A bundle.
    Bundle,
}

/// A file that the person chose, without its path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PendingFile {
    /// Stands for the path.
    pub token: u32,
    /// File name.
    pub name: String,
    /// What it seems to be for.
    pub purpose: Purpose,
}

/// The paths behind the tokens.
#[derive(Debug, Default)]
pub struct Pending {
    paths: Vec<PathBuf>,
}

impl Pending {
    /// Takes a path in; the same path keeps its token.
    pub fn take(&mut self, path: &Path) -> PendingFile {
        let known = self.paths.iter().position(|p| p == path);
        let index = known.unwrap_or_else(|| {
            self.paths.push(path.to_owned());
            self.paths.len() - 1
        });
        PendingFile { token: u32::try_from(index).unwrap_or(u32::MAX), name: file_name(path), purpose: purpose(path) }
    }

    /// Takes in what was gathered.
    pub fn take_in(&mut self, gathered: Gathered) -> Intake {
        let files = gathered.files.iter().map(|path| self.take(path)).collect();
        Intake { files, passed_over: gathered.passed_over }
    }

    /// The path behind a token.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a token that was never given out.
    pub fn path(&self, token: u32) -> Result<PathBuf> {
        let path = usize::try_from(token).ok().and_then(|i| self.paths.get(i));
        path.cloned().ok_or_else(|| Error::new(Code::NotFound).with("what", "file").with("id", token))
    }
}

/// The last part of a path, for the eyes of a person.
#[must_use]
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn purpose(path: &Path) -> Purpose {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "ulika" => Purpose::Case,
        // A billing detail may come packed. An archive that cannot be opened is told of where bundles are verified.
        "zip" if File::open(path).is_ok_and(|mut file| !is_meant_as_bundle(&mut file)) => Purpose::Source,
        "zip" => Purpose::Bundle,
        "csv" | "txt" if is_register_file(path).is_ok_and(|is| is) => Purpose::Register,
        "csv" | "tsv" | "txt" | "xml" | "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "html" | "htm" | "json" | "log"
        | "db" | "" => Purpose::Source,
        _ => Purpose::Exhibit,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_path_keeps_its_token_and_a_stranger_has_none() {
        let mut pending = Pending::default();
        let first = pending.take(Path::new("/a/detail.xlsx"));
        let second = pending.take(Path::new("/a/shot.PNG"));
        assert_eq!(pending.take(Path::new("/a/detail.xlsx")), first, "the same path keeps its token");
        assert_eq!((first.purpose, second.purpose), (Purpose::Source, Purpose::Exhibit));
        for other in ["письмо.eml", "подпись.sig", "фото.HEIC", "договор.docx"] {
            assert_eq!(pending.take(Path::new(other)).purpose, Purpose::Exhibit, "{other} is a document");
        }
        let gone = pending.take(Path::new("/a/пакет.zip"));
        assert_eq!(gone.purpose, Purpose::Bundle, "an archive that does not open is told of by verification");
        let folder = tempfile::tempdir().unwrap();
        let register = folder.path().join("DEF-9xx.csv");
        std::fs::write(&register, "АВС/ DEF;От;До;Емкость;Оператор;Регион\n").unwrap();
        assert_eq!(pending.take(&register).purpose, Purpose::Register, "told by its header");
        assert_eq!(pending.path(second.token).unwrap(), Path::new("/a/shot.PNG"));
        assert_eq!(pending.path(70).unwrap_err().code, Code::NotFound, "a token that the page invented opens nothing");
    }
}
