//! A desk for one test: a folder of its own, a state folder of its own, and the real binary.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod files;

use assert_cmd::Command;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The binary under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_ulika-cli");

/// A folder for one test.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What a run of the program left.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    pub fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(desk.path("state")).unwrap();
        desk
    }

    /// A desk with a new case on it.
    pub fn with_case() -> (Self, PathBuf) {
        let desk = Self::new();
        let case = desk.path("case.ulika");
        desk.done(["new", text(&case)]);
        (desk, case)
    }

    /// A desk with a case that holds the calls of [`files::table`]`(0..12)`.
    pub fn with_calls() -> (Self, PathBuf) {
        let (desk, case) = Self::with_case();
        let file = desk.write("table.csv", files::table(0..12));
        desk.done(["import", text(&case), text(&file), "--kind", "operator"]);
        (desk, case)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The program, kept apart from the state and the locale of whoever runs the tests.
    pub fn command(&self) -> Command {
        Command::from_std(self.process())
    }

    /// The same as a process that the test can watch and end.
    pub fn process(&self) -> std::process::Command {
        let mut command = std::process::Command::new(BINARY);
        command.current_dir(self.folder.path());
        self.isolate(&mut command);
        command
    }

    /// Sets the environment of a child: its own state, no locale, no fixed clock.
    pub fn isolate(&self, command: &mut std::process::Command) {
        command.env("ULIKA_STATE_DIR", self.path("state")).env("LC_ALL", "C").env("LANG", "C");
        command.env_remove("LANGUAGE").env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
    }

    pub fn run(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
        let output = self.command().args(args).output().unwrap();
        Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs with `--json`, asserts the exit code, and gives the one document of standard output.
    pub fn json(&self, code: i32, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Value {
        let mut command = self.command();
        let output = command.args(args).arg("--json").output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{command:?}: {}{stderr}",
            String::from_utf8_lossy(&output.stdout)
        );
        // `from_slice` refuses anything after the document, so that it is exactly one.
        let document = serde_json::from_slice(&output.stdout);
        document.unwrap_or_else(|e| panic!("{command:?}: {e}: {}", String::from_utf8_lossy(&output.stdout)))
    }

    /// Runs with `--json` and expects success.
    pub fn done(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Value {
        self.json(0, args)
    }

    /// Runs in a language and expects success; gives standard output.
    pub fn says(&self, language: &str, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> String {
        let run = self.run(
            [OsStr::new("--lang"), OsStr::new(language)]
                .into_iter()
                .map(OsStr::to_owned)
                .chain(args.into_iter().map(|a| a.as_ref().to_owned())),
        );
        assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
        run.stdout
    }

    /// Runs a command that must fail with this exit code and error code, and asserts three things: the document on
    /// standard output, words in both languages, and that the case and the folder around it did not change.
    pub fn refused(&self, case: &Path, code: i32, error: &str, args: &[&str]) -> Value {
        let before = (digest(case), names(self.folder.path()));
        let document = self.json(code, args);
        assert_eq!(document["error"]["code"], error, "{args:?}: {document}");
        assert!(document["error"]["detail"].is_object(), "{document}");
        let mut said = Vec::new();
        for language in ["ru", "en"] {
            let run = self.run(["--lang", language].iter().chain(args));
            assert_eq!(run.code, Some(code), "{}{}", run.stdout, run.stderr);
            assert_eq!(run.stdout, "", "words about a failure go to standard error");
            assert!(!run.stderr.contains("Error {") && !run.stderr.contains("panicked"), "{}", run.stderr);
            assert!(run.stderr.trim().len() > 10, "a failure has words: {:?}", run.stderr);
            said.push(run.stderr);
        }
        assert!(said[0].chars().any(|c| ('а'..='я').contains(&c)), "Russian words: {}", said[0]);
        assert_ne!(said[0], said[1], "each language has its own words");
        assert_eq!((digest(case), names(self.folder.path())), before, "{args:?} left its traces");
        document
    }

    /// Number of calls in the case.
    pub fn total(&self, case: &Path) -> u64 {
        self.done(["calls", text(case), "--limit", "1"])["total"].as_u64().unwrap()
    }
}

/// Says what a test could not try here, past the capture of the test runner: nothing is skipped in silence.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A path as text.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// SHA-256 of a file; of one that is absent or no file, a word.
pub fn digest(path: &Path) -> String {
    match std::fs::read(path) {
        Ok(bytes) => Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect(),
        Err(_) => "none".to_owned(),
    }
}

/// What lies in a folder, apart from the state of the program.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = entries.filter(|name| name != "state").collect();
    names.sort();
    names
}

/// Every sum of an imported source holds.
pub fn sums_hold(source: &Value) {
    let n = |name: &str| source[name].as_u64().unwrap();
    let other: u64 = source["other"].as_object().unwrap().values().map(|v| v.as_u64().unwrap()).sum();
    let problems = source["problems"].as_array().unwrap().len() as u64;
    assert_eq!(
        n("rows"),
        n("records") + other + problems + n("repeats_in_file") + n("other_lines"),
        "every row is accounted for: {source}"
    );
    assert_eq!(
        n("records"),
        n("new_calls") + n("corroborating") + n("duplicates"),
        "every record is a new call or one that is known: {source}"
    );
}
