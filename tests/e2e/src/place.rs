//! A home of its own for one run: settings, recent cases and answers to dialogs do not meet the person's.

use crate::{Result, beside, program};
use serde_json::Value;
use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
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

    /// Drops files on the window; none at all stands for a file that is held over it.
    ///
    /// # Errors
    /// When they cannot be laid out.
    pub fn drop_files(&self, paths: &[&Path]) -> Result<()> {
        self.lay_out(&self.drops(), paths)
    }

    /// What `ulika-cli` answers; it remembers the cases of this home.
    ///
    /// # Errors
    /// When it fails; what it says stands in the error.
    pub fn cli(&self, arguments: &[&str]) -> Result<Value> {
        let mut command = Command::new(beside("ulika-cli")?);
        let ran = command.arg("--json").args(arguments).env("ULIKA_STATE_DIR", self.state()).output()?;
        if !ran.status.success() {
            return Err(format!("ulika-cli {arguments:?}: {}", String::from_utf8_lossy(&ran.stdout)).into());
        }
        Ok(serde_json::from_slice(&ran.stdout)?)
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

    /// Holds every case of this home as another program that writes it would, as long as the answer is kept.
    ///
    /// # Errors
    /// When one is held already: a window of this home is still open.
    pub fn hold_cases(&self) -> Result<Vec<fs::File>> {
        let locks = fs::read_dir(self.state().join("locks"))?;
        locks
            .map(|lock| {
                let file = fs::File::options().write(true).open(lock?.path())?;
                file.try_lock()?;
                Ok(file)
            })
            .collect()
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

    /// A start of the program in this home, beside the one that the driver began.
    ///
    /// # Errors
    /// When it is not built.
    pub fn start(&self, case: Option<&Path>) -> Result<Command> {
        let mut command = Command::new(program()?);
        command.args(case).envs(self.environment());
        Ok(command)
    }

    /// What makes a program live here.
    pub(crate) fn environment(&self) -> [(&'static str, PathBuf); 7] {
        [
            ("ULIKA_E2E_DIALOG", self.dialogs()),
            ("ULIKA_E2E_DROP", self.drops()),
            ("ULIKA_STATE_DIR", self.state()),
            ("XDG_CONFIG_HOME", self.path("config")),
            ("XDG_DATA_HOME", self.path("data")),
            ("XDG_STATE_HOME", self.path("state")),
            ("XDG_CACHE_HOME", self.path("cache")),
        ]
    }

    /// Where the program remembers cases and keeps its locks.
    fn state(&self) -> PathBuf {
        self.path("known")
    }

    fn dialogs(&self) -> PathBuf {
        self.path("dialogs")
    }

    fn drops(&self) -> PathBuf {
        self.path("drops")
    }
}

/// A file of the project.
#[must_use]
pub fn of_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}
