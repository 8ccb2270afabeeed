//! Is this bundle what it says it is? The zip first, then the bag, then what the bundle promises beyond both.

mod bag;
mod container;
mod difference;
mod inside;
mod manifest;
mod paths;

pub use difference::DifferenceKind;

use super::{Difference, ReadSeek, Verification};
use crate::error::{Code, Error, Result};
use crate::progress::Progress;
use std::collections::BTreeSet;
use std::io;

/// Differences of one kind that are named one by one. A forgery can hold millions.
const MOST_OF_A_KIND: usize = 200;

/// The differences found so far.
#[derive(Default)]
pub(super) struct Findings {
    found: BTreeSet<(DifferenceKind, String)>,
    /// Entries lie over each other: nothing may be unpacked.
    overlapping: bool,
}

impl Findings {
    fn add(&mut self, kind: DifferenceKind, path: &str) {
        if self.found.iter().filter(|(k, _)| *k == kind).count() < MOST_OF_A_KIND {
            self.found.insert((kind, path.to_owned()));
        }
    }

    fn has(&self, kind: DifferenceKind, path: &str) -> bool {
        self.found.contains(&(kind, path.to_owned()))
    }
}

fn unreadable(error: io::Error) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => error,
        Err(error) => Error::new(Code::FileUnreadable).because(error),
    }
}

pub(super) fn verify(file: &mut dyn ReadSeek, progress: &dyn Progress) -> Result<Verification> {
    let mut findings = Findings::default();
    let mut answer = Verification {
        complete: false,
        valid: false,
        differences: Vec::new(),
        signature: "none".to_owned(),
        code: None,
    };
    if let Some(entries) = container::scan(file, &mut findings).map_err(unreadable)? {
        if findings.overlapping {
            answer.differences = named(&findings);
            return Ok(answer);
        }
        let files = paths::bag_files(entries, &mut findings);
        bag::check(file, &files, &mut findings, &mut answer, progress)?;
        answer.complete = !findings.found.iter().any(|(kind, _)| kind.breaks_completeness());
        answer.valid = findings.found.is_empty();
    }
    answer.differences = named(&findings);
    Ok(answer)
}

fn named(findings: &Findings) -> Vec<Difference> {
    findings.found.iter().map(|(kind, path)| kind.at(path)).collect()
}
