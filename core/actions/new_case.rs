//! Make a new case file.

use crate::case::Case;
use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::import::read_number;
use crate::model::{Line, NumberKind, Secret, Zone};
use crate::store::word;
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

/// Creates the case file at `path` and opens it for writing.
///
/// # Errors
/// [`Code::CaseExists`], [`Code::NumberUnreadable`], [`Code::ZoneUnknown`], [`Code::TargetUnwritable`].
pub fn new_case(path: &Path, new: &NewCase, clock: Clock) -> Result<Case> {
    let lines = new.lines.iter().map(read_line).collect::<Result<Vec<_>>>()?;
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
        edit.changed.push("case");
        Ok(())
    })
}

/// Reads a line as a person gives it.
pub(super) fn read_line(given: &LineGiven) -> Result<Line> {
    let number = read_number(&given.number, None);
    if number.kind != NumberKind::E164 {
        return Err(Error::new(Code::NumberUnreadable).with("number", given.number.clone()));
    }
    let zone = given.zone.as_deref().filter(|z| !z.is_empty()).map(read_zone).transpose()?;
    Ok(Line { number, operator: given.operator.trim().to_owned(), zone })
}

/// Reads a zone as a person writes it.
pub(super) fn read_zone(text: &str) -> Result<Zone> {
    Zone::parse(text).ok_or_else(|| Error::new(Code::ZoneUnknown).with("zone", text))
}
