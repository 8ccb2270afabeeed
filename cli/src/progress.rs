//! Long work: reports on standard error, and Ctrl+C as a cancellation.

use crate::args::ProgressForm;
use crate::exit::Failure;
use crate::session::Session;
use serde_json::json;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use ulika::progress::{Progress, Throttled};

static CANCELLED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl+C asks the work to end instead of ending the program. Called first in the long commands,
/// so that the whole of them answers alike: exit 1, `cancelled`, the case as it was.
pub fn cancel_on_interrupt() {
    // Where no handler can be set, Ctrl+C ends the program at once: the next opening rolls the work back.
    let _ = ctrlc::set_handler(|| CANCELLED.store(true, Ordering::Relaxed));
}

/// Does the work with reports in the form that was asked for.
///
/// # Errors
/// Whatever the work returns; a cancellation among it.
pub fn report<T>(session: &Session, work: impl FnOnce(&dyn Progress) -> ulika::Result<T>) -> Result<T, Failure> {
    let terminal = std::io::stderr().is_terminal();
    let form = session.progress.unwrap_or(if terminal { ProgressForm::Text } else { ProgressForm::None });
    let words = session.words();
    let tell = |phase: &'static str, done: u64, total: Option<u64>| {
        let mut out = std::io::stderr().lock();
        // A report that cannot be written is no reason to stop the work.
        let _ = match form {
            ProgressForm::Json => writeln!(out, "{}", json!({ "phase": phase, "done": done, "total": total })),
            ProgressForm::Text => write!(out, "\r\u{1b}[K{}", words.progress(phase, done, total)),
            ProgressForm::None => Ok(()),
        };
    };
    let answer = work(&Throttled::new(&CANCELLED, &tell));
    if form == ProgressForm::Text {
        let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K");
    }
    Ok(answer?)
}
