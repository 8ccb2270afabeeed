//! What the case holds, in numbers.

use super::holders::Holders;
use super::registers::Registers;
use super::sources;
use crate::case::{Case, file_name};
use crate::error::Result;
use crate::model::{CallId, ExhibitId, ExtractOf, Line, SourceId, SourceKind, ZoneBasis};
use crate::store::evidence;
use crate::store::{Connection, journal, lists, word, zones};
use serde::Serialize;

/// A source as listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SourceView {
    /// Identity.
    pub id: SourceId,
    /// File name.
    pub file: String,
    /// Kind of witness.
    pub kind: SourceKind,
    /// Recipe.
    pub recipe: String,
    /// Records in it.
    pub records: u32,
    /// When it was imported.
    pub received_at: String,
    /// SHA-256 of what the case keeps.
    pub sha256: String,
    /// The whole file, where the case keeps only an extract of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extract_of: Option<ExtractOf>,
    /// Its rows bring the names of their columns along: a place in it is an entry by its order and no row that a person
    /// could find.
    pub entries: bool,
    /// Zone in which its times are read; `None` where each row states its own.
    pub zone: Option<String>,
    /// How that is known.
    pub zone_basis: ZoneBasis,
    /// Whether some of its times are those of a wall clock, so that a zone can be set.
    pub zone_settable: bool,
    /// Whether the person set the zone over what was known when it was imported.
    pub zone_set: bool,
}

/// An own line whose range was allotted to another operator than the person names. The number may have been ported, or
/// the operator may use the network of the other.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LineHint {
    /// The line, E.164.
    pub line: String,
    /// Its operator as the person names it.
    pub operator: String,
    /// To whom the range was allotted.
    pub range_holder: String,
    /// The day whose state the register is.
    pub range_dated: String,
}

/// What the case holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Overview {
    /// Title; the file's name where empty.
    pub title: String,
    /// Path of the case file.
    pub path: String,
    /// Lines, E.164.
    pub lines: Vec<String>,
    /// Those lines whose range was allotted to another operator than the person names: a hint and no claim.
    pub ported: Vec<LineHint>,
    /// The registers of the numbering plan that speak, and those that are missing.
    pub registers: Registers,
    /// Calls.
    pub calls: u32,
    /// Groups.
    pub groups: u32,
    /// Exhibits.
    pub exhibits: u32,
    /// Sources.
    pub sources: Vec<SourceView>,
    /// Whether this window may write.
    pub writable: bool,
    /// Whether the case file has a password.
    pub keyed: bool,
    /// Kind of the action that undo would take back (`imported`, `groups_merged`, …).
    pub undo: Option<String>,
    /// Kind of the action that redo would repeat.
    pub redo: Option<String>,
}

/// What the case holds, in numbers.
///
/// # Errors
/// When the case file cannot be read.
pub fn overview(case: &Case) -> Result<Overview> {
    let connection = case.connection();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (title, lines, holders) = (word::title(connection)?, word::lines(connection)?, Holders::of(connection)?);
    let hint = |line: &Line| {
        let held = holders.held(&line.number)?;
        let operator = holders.other_operator(&held, line)?;
        Some(LineHint {
            line: line.number.text.clone(),
            operator,
            range_holder: held.holder(),
            range_dated: held.dated(),
        })
    };
    let (settable, set) = (zones::wall_clocks(connection)?, zones::zones_set(connection)?);
    let listed = evidence::live_sources(connection)?
        .into_iter()
        .map(|s| SourceView {
            entries: sources::source_has_entries(&s),
            zone: s.source.zone.map(|zone| zone.name()),
            zone_basis: s.source.zone_basis,
            zone_settable: settable.contains(&s.source.id),
            zone_set: set.contains_key(&s.source.id),
            extract_of: sources::extract_of(&s),
            id: s.source.id,
            file: s.source.name,
            kind: s.source.kind,
            recipe: s.source.recipe,
            records: u32::try_from(s.records).unwrap_or(u32::MAX),
            received_at: s.source.received_at,
            sha256: s.source.sha256,
        })
        .collect();
    Ok(Overview {
        title: if title.is_empty() { file_name(case.path()).trim_end_matches(".ulika").to_owned() } else { title },
        path: case.path().display().to_string(),
        ported: lines.iter().filter_map(hint).collect(),
        lines: lines.into_iter().map(|l| l.number.text).collect(),
        registers: holders.in_force(connection)?,
        calls: u32::try_from(lists::count_calls(connection)?).unwrap_or(u32::MAX),
        groups: count(lists::groups(connection)?.len()),
        exhibits: count(evidence::live_exhibits(connection)?.len()),
        sources: listed,
        writable: case.writable(),
        keyed: case.keyed(),
        undo: journal::next_action(connection, false)?.map(|a| a.kind.word().to_owned()),
        redo: journal::next_action(connection, true)?.map(|a| a.kind.word().to_owned()),
    })
}

/// Calls that exhibits are linked to, as they stand now.
pub(super) fn linked_calls(connection: &Connection) -> Result<Vec<(ExhibitId, CallId)>> {
    let mut linked = Vec::new();
    for (exhibit, record) in word::links(connection)? {
        linked.push((exhibit, lists::call_of_record(connection, record)?));
    }
    linked.sort_unstable();
    linked.dedup();
    Ok(linked)
}
