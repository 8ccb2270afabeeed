//! `verify`: check a case or a bundle, told apart by content.

use crate::exit::{Failure, Outcome};
use crate::output::visible;
use crate::progress;
use crate::session::Session;
use crate::words::Words;
use std::io::Read;
use std::path::{Path, PathBuf};
use ulika::actions::{self, VerifyAnswer};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file or bundle
    #[arg(value_name = "CASE|BUNDLE.zip")]
    target: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// As [`actions::verify_bundle`] and [`actions::verify_case_file`].
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    progress::cancel_on_interrupt();
    let answer = if is_bundle(&args.target) {
        progress::report(session, |progress| actions::verify_bundle(&args.target, progress))?
    } else {
        progress::report(session, |progress| {
            actions::verify_case_file(&args.target, session.password.as_deref(), session.clock, progress)
        })?
    };
    session.answer(&answer, |words| text(&answer, words))?;
    Ok(if answer.differences.is_empty() { Outcome::Done } else { Outcome::Different })
}

/// Whether to verify as a bundle: what begins like a zip, and what is named like one and is no database,
/// so that a bundle that was damaged at its beginning is still named as one.
fn is_bundle(path: &Path) -> bool {
    let mut start = [0_u8; 16];
    let regular = std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    let read = if regular { begin(path, &mut start) } else { Ok(0) };
    let start = &start[..read.unwrap_or(0)];
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") || start.starts_with(b"PK\x07\x08") {
        return true;
    }
    let named_zip = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    named_zip && start != b"SQLite format 3\0"
}

/// Reads the beginning of a file, as far as it goes.
fn begin(path: &Path, start: &mut [u8]) -> std::io::Result<usize> {
    let mut file = std::fs::File::open(path)?;
    let mut filled = 0;
    while filled < start.len() {
        match file.read(&mut start[filled..])? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

/// The answer for people: the verdict, then each difference by name.
fn text(answer: &VerifyAnswer, words: &dyn Words) -> String {
    let mut lines = vec![words.verified(answer)];
    for difference in &answer.differences {
        let said = visible(words.either(&difference.text, &difference.text_en));
        lines.push(if difference.path.is_empty() {
            format!("— {said}")
        } else {
            format!("— {}: {said}", visible(&difference.path))
        });
    }
    lines.join("\n")
}
