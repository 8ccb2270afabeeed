//! Make a new case file.

use crate::case::{Case, Edit};
use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::import::read_number;
use crate::model::{Line, NumberKind, Secret, Zone, hex};
use crate::store::word;
use sha2::{Digest, Sha256};
use std::path::Path;

/// A line as the person gives it: texts, read by the action.
#[derive(Clone, Debug, Default)]
pub struct LineGiven {
    /// Number in any spelling.
    pub number: String,
    /// Operator; empty where not given.
    pub operator: String,
    /// Zone; `None` where not given.
    pub zone: Option<String>,
}

/// What a new case begins with.
#[derive(Clone, Debug, Default)]
pub struct NewCase {
    /// Title; empty where not given.
    pub title: String,
    /// The complainant's lines.
    pub lines: Vec<LineGiven>,
    /// Password; `None` for a plain file.
    pub password: Option<Secret>,
}

impl NewCase {
    /// Reads the lines. Whoever asks for a place first asks for it only where they can be read.
    ///
    /// # Errors
    /// [`Code::NumberUnreadable`], [`Code::ZoneUnknown`].
    pub fn read_lines(&self) -> Result<Vec<Line>> {
        self.lines.iter().map(read_line).collect()
    }
}

/// Creates the case file at `path` and opens it for writing.
///
/// # Errors
/// [`Code::CaseExists`], [`Code::NumberUnreadable`], [`Code::ZoneUnknown`], [`Code::TargetUnwritable`].
pub fn new_case(path: &Path, new: &NewCase, clock: Clock) -> Result<Case> {
    let lines = new.read_lines()?;
    if new.password.as_deref() == Some("") {
        return Err(super::unfit("пароль пуст", "the password is empty"));
    }
    Case::create(path, new.password.as_deref(), clock, |edit| {
        if !new.title.trim().is_empty() {
            word::set_title(edit.connection, new.title.trim())?;
        }
        for line in &lines {
            word::insert_line(edit.connection, line)?;
        }
        note_facts(edit, new.title.trim(), &lines);
        edit.changed.push("case");
        Ok(())
    })
}

/// Writes title and lines into the details of an event: numbers as they are, operators and zones under a digest.
pub(super) fn note_facts(edit: &mut Edit<'_>, title: &str, lines: &[Line]) {
    let numbers: Vec<&str> = lines.iter().map(|line| line.number.text.as_str()).collect();
    edit.details.insert("title".to_owned(), title.into());
    edit.details.insert("lines".to_owned(), numbers.into());
    edit.details.insert("lines_sha256".to_owned(), digest_of_lines(lines).into());
}

/// SHA-256 over number, operator and zone of each line, in order, each text ended by a line feed.
pub(super) fn digest_of_lines(lines: &[Line]) -> String {
    let mut hasher = Sha256::new();
    for line in lines {
        let zone = line.zone.map(|zone| zone.name()).unwrap_or_default();
        for text in [line.number.text.as_str(), line.operator.as_str(), zone.as_str()] {
            hasher.update(text.as_bytes());
            hasher.update(b"\n");
        }
    }
    hex(&hasher.finalize())
}

/// Reads a line as a person gives it.
pub(super) fn read_line(given: &LineGiven) -> Result<Line> {
    let number = read_number(&given.number, None);
    // Ten digits that begin with 89 lack one: no Russian code does, and every mobile number dialled with an 8 does.
    let digits: String = given.number.chars().filter(char::is_ascii_digit).collect();
    let short = digits.len() == 10 && digits.starts_with("89") && !given.number.trim_start().starts_with('+');
    if number.kind != NumberKind::E164 || short {
        return Err(Error::new(Code::NumberUnreadable).with("number", given.number.clone()));
    }
    let zone = given.zone.as_deref().filter(|z| !z.is_empty()).map(read_zone).transpose()?;
    Ok(Line { number, operator: given.operator.trim().to_owned(), zone })
}

/// Reads a zone as a person writes it.
pub(super) fn read_zone(text: &str) -> Result<Zone> {
    Zone::parse(text).ok_or_else(|| Error::new(Code::ZoneUnknown).with("zone", text))
}
