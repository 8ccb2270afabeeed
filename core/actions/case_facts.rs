//! What the person says of the case itself: its title and their own lines.

use super::new_case::{note_facts, read_line};
use super::{Edited, LineGiven};
use crate::case::Case;
use crate::error::Result;
use crate::model::{CustodyKind, Line};
use crate::store::word;

/// The title as given, empty where none was, and the own lines as E.164.
///
/// # Errors
/// When the case file cannot be read.
pub fn case_facts(case: &Case) -> Result<(String, Vec<String>)> {
    let lines = word::lines(case.connection())?.into_iter().map(|line| line.number.text).collect();
    Ok((word::title(case.connection())?, lines))
}

/// Sets the title and the person's own lines. What is already known of a line that stays, its operator and its zone,
/// stays where nothing else is given.
///
/// # Errors
/// [`Code::NumberUnreadable`](crate::Code::NumberUnreadable), [`Code::ZoneUnknown`](crate::Code::ZoneUnknown).
pub fn edit_case(case: &mut Case, title: &str, lines: &[LineGiven]) -> Result<Edited> {
    let title = title.trim();
    let known = word::lines(case.connection())?;
    let mut becoming: Vec<Line> = Vec::with_capacity(lines.len());
    for given in lines {
        let mut line = read_line(given)?;
        if let Some(before) = known.iter().find(|k| k.number == line.number) {
            line.zone = line.zone.or(before.zone);
            if line.operator.is_empty() {
                line.operator.clone_from(&before.operator);
            }
        }
        if !becoming.iter().any(|l| l.number == line.number) {
            becoming.push(line);
        }
    }
    let (_, outcome) = case.edit(CustodyKind::CaseEdited, |edit| {
        word::set_title(edit.connection, title)?;
        if becoming != known {
            word::delete_lines(edit.connection)?;
            for line in &becoming {
                word::insert_line(edit.connection, line)?;
            }
        }
        note_facts(edit, title, &becoming);
        edit.changed.push("case");
        Ok(())
    })?;
    Ok(outcome.into())
}
