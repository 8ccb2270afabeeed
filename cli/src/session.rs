//! What every command needs: the language, the form of the answer, the password, the clock.

use crate::args::{Arguments, ProgressForm};
use crate::exit::Failure;
use crate::output;
use crate::words::{Language, Words, words};
use serde::Serialize;
use std::io::Read;
use std::path::Path;
use ulika::clock::Clock;
use ulika::model::Secret;
use ulika::{Access, Case, Code, Error};

/// One run of the program.
pub struct Session {
    /// Language of the words.
    pub language: Language,
    /// Whether the answer is one JSON document.
    pub json: bool,
    /// Form of the progress reports; `None` where nobody asked.
    pub progress: Option<ProgressForm>,
    /// The clock of the environment.
    pub clock: Clock,
    /// Password that opens the case; `None` where none was given or the file given is empty.
    pub password: Option<Secret>,
    /// Whether a password file was given at all.
    pub password_given: bool,
}

impl Session {
    /// Reads what the global options name.
    ///
    /// # Errors
    /// [`Failure::Action`] when the password file is absent, a folder or unreadable.
    pub fn new(arguments: &Arguments, language: Language) -> Result<Self, Failure> {
        let global = &arguments.global;
        let password = match &global.password_file {
            Some(path) => Some(read_password(path, language)?).filter(|password| !password.is_empty()),
            None => None,
        };
        Ok(Self {
            language,
            json: global.json,
            progress: global.progress,
            clock: Clock::from_environment(),
            password,
            password_given: global.password_file.is_some(),
        })
    }

    /// The words of the language.
    pub fn words(&self) -> &'static dyn Words {
        words(self.language)
    }

    /// Opens a case with the password given.
    ///
    /// # Errors
    /// As [`Case::open`].
    pub fn open(&self, path: &Path, access: Access) -> Result<Case, Failure> {
        Ok(Case::open(path, self.password.as_deref(), access, self.clock)?)
    }

    /// Prints the answer: the document, or the text.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn answer(&self, document: &impl Serialize, text: impl FnOnce(&dyn Words) -> String) -> Result<(), Failure> {
        if self.json {
            output::json(document)?;
        } else {
            output::text(&text(self.words()))?;
        }
        Ok(())
    }
}

/// The longest password file read: nobody's password, and small enough to never matter.
const LONGEST: u64 = 64 * 1024;

/// Reads a password: the text of the file without a byte order mark and without its last line end.
///
/// # Errors
/// [`Code::FileAbsent`], [`Code::FileIsFolder`], [`Code::FileUnreadable`]; wrong usage for what is no text.
pub fn read_password(path: &Path, language: Language) -> Result<Secret, Failure> {
    let name = path.to_string_lossy().into_owned();
    let fail = |code: Code, cause: std::io::Error| Error::new(code).with("file", name.clone()).because(cause);
    let code = |cause: &std::io::Error| match cause.kind() {
        std::io::ErrorKind::NotFound => Code::FileAbsent,
        std::io::ErrorKind::IsADirectory => Code::FileIsFolder,
        _ => Code::FileUnreadable,
    };
    // As long as the longest, so that growing leaves no copies behind.
    let mut bytes = Vec::with_capacity(LONGEST as usize + 2);
    std::fs::File::open(path)
        .and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes))
        .map_err(|cause| fail(code(&cause), cause))?;
    let no_text = || Failure::usage(words(language).password_file_no_text(&name));
    let too_long = bytes.len() as u64 > LONGEST;
    let text = Secret::from_bytes(bytes).filter(|_| !too_long).ok_or_else(no_text)?;
    let line = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let line = line.strip_suffix('\n').unwrap_or(line);
    Ok(Secret::from(line.strip_suffix('\r').unwrap_or(line)))
}
