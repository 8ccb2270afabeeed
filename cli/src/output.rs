//! Standard output and standard error. The answer goes to the first, everything else to the second.
//!
//! A reader that closes its end early (`… | head`) is no failure: the action was carried out.

use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

/// A buffered standard output, for answers that are too long to be built in memory.
pub fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Takes a closed pipe for an end.
pub fn forgive_closed_pipe(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Prints one JSON document on standard output.
///
/// # Errors
/// When standard output cannot be written, other than because its reader is gone.
pub fn json(document: &impl Serialize) -> io::Result<()> {
    let mut out = stdout();
    forgive_closed_pipe(write_json(&mut out, document).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()))
}

/// Writes a value as JSON.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_json(out: &mut dyn Write, document: &impl Serialize) -> io::Result<()> {
    // `serde_json` wraps the error of the writer; unwrapped, its kind can be told.
    serde_json::to_writer(out, document).map_err(io::Error::from)
}

/// Prints text on standard output; a line end is added where there is none.
///
/// # Errors
/// When standard output cannot be written, other than because its reader is gone.
pub fn text(text: &str) -> io::Result<()> {
    let mut out = stdout();
    let end: &[u8] = if text.is_empty() || text.ends_with('\n') { b"" } else { b"\n" };
    forgive_closed_pipe(out.write_all(text.as_bytes()).and_then(|()| out.write_all(end)).and_then(|()| out.flush()))
}

/// Prints a line on standard error. Nobody can be told when even that fails.
pub fn notice(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// The text with control and direction characters made visible: a label of a stranger's file must not command
/// the terminal, nor turn a number around.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || is_invisible(c) {
            // Writing into a string does not fail.
            let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Characters that show nothing and change how their neighbours are read.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn a_label_cannot_command_the_terminal() {
        assert_eq!(visible("\u{1b}[31mБанк\u{202e}\n"), "⟨U+001B⟩[31mБанк⟨U+202E⟩⟨U+000A⟩");
        assert_eq!(visible("ООО «ВЕКТОРИЯ», ё"), "ООО «ВЕКТОРИЯ», ё");
    }
}
