//! A home of its own for one run: settings, recent cases and answers to dialogs do not meet the person's.

use crate::Result;
use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder that goes away with the run.
pub struct Place {
    folder: TempDir,
    answers: Cell<u32>,
    /// One window at a time: the program lets no second one of itself open on a session bus.
    _turn: fs::File,
}

impl Place {
    /// Makes one.
    ///
    /// # Errors
    /// When no folder can be made.
    pub fn new() -> Result<Place> {
        let turn = fs::File::create(std::env::temp_dir().join("ulika-e2e.turn"))?;
        turn.lock()?;
        let place = Place { folder: tempfile::tempdir()?, answers: Cell::new(0), _turn: turn };
        fs::create_dir(place.dialogs())?;
        fs::create_dir(place.drops())?;
        Ok(place)
    }

    /// A path inside.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lays out the answer to the next file dialog; none at all stands for a person who changed their mind.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn answer(&self, paths: &[&Path]) -> Result<()> {
        self.lay_out(&self.dialogs(), paths)
    }

    /// Drops files on the window.
    ///
    /// # Errors
    /// When they cannot be laid out.
    pub fn drop_files(&self, paths: &[&Path]) -> Result<()> {
        self.lay_out(&self.drops(), paths)
    }

    /// Knows the cases that another state folder knows.
    ///
    /// # Errors
    /// When they cannot be copied.
    pub fn remember(&self, state: &Path) -> Result<()> {
        let (from, to) = (state.join("known"), self.state().join("known"));
        fs::create_dir_all(&to)?;
        for file in fs::read_dir(from)? {
            let file = file?;
            fs::copy(file.path(), to.join(file.file_name()))?;
        }
        Ok(())
    }

    /// Written beside its name first: the program must not read half of it.
    fn lay_out(&self, folder: &Path, paths: &[&Path]) -> Result<()> {
        let number = self.answers.get() + 1;
        self.answers.set(number);
        let lines: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let beside = folder.join(format!("{number:04}.new"));
        fs::write(&beside, lines.join("\n"))?;
        Ok(fs::rename(&beside, beside.with_extension("txt"))?)
    }

    /// Where the program remembers cases and keeps its locks.
    pub(crate) fn state(&self) -> PathBuf {
        self.path("known")
    }

    pub(crate) fn dialogs(&self) -> PathBuf {
        self.path("dialogs")
    }

    pub(crate) fn drops(&self) -> PathBuf {
        self.path("drops")
    }
}

/// A file of the project.
#[must_use]
pub fn of_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}
