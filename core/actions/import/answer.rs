//! What a file comes to, in the words and numbers of an answer.

use super::{ReadFile, SourceAnswer};
use crate::actions::sources::has_entries;
use crate::model::{SourceId, ZoneBasis, hex};
use chrono::NaiveDate;

/// What is answered of a file that the case holds already.
pub(super) fn held(file: &str, sha256: &str, source: Option<SourceId>) -> SourceAnswer {
    SourceAnswer {
        id: source,
        file: file.to_owned(),
        sha256: sha256.to_owned(),
        already_imported: true,
        ..SourceAnswer::default()
    }
}

/// What is answered of a file that was read.
pub(super) fn answer(read: &ReadFile, id: Option<SourceId>, counts: (u32, u32, u32)) -> SourceAnswer {
    let summary = &read.summary;
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let span = |days: Option<(NaiveDate, NaiveDate)>| days.map(|(first, last)| (first.to_string(), last.to_string()));
    SourceAnswer {
        id,
        file: read.brought.name.clone(),
        sha256: hex(&read.sha256),
        recipe: read.what.recipe.clone(),
        kind: read.what.kind,
        encoding: read.what.encoding.clone(),
        lines: summary.lines.iter().map(|n| n.text.clone()).collect(),
        zone: summary.zone.map_or_else(|| "per-row".to_owned(), |z| z.name()),
        zone_basis: summary.zone_basis.unwrap_or(ZoneBasis::Assumed).word().to_owned(),
        period: span(summary.period),
        rows_period: span(summary.rows_period.filter(|rows| Some(*rows) != summary.period)),
        stated_period: span(summary.stated_period),
        rows: count(summary.rows),
        skipped: count(summary.skipped),
        records: count(summary.records),
        new_calls: counts.0,
        corroborating: counts.1,
        duplicates: counts.2,
        other: summary.other.iter().map(|(kind, n)| (kind.clone(), count(*n))).collect(),
        repeats_in_file: count(summary.repeats_in_file),
        other_lines: count(summary.other_lines),
        problems: summary.problems.clone(),
        mended: count(summary.mended),
        mends: summary.mends.clone(),
        journal: read.journal,
        from_pdf: read.what.from_pdf,
        extract_of: read.what.extract_of.clone(),
        entries: has_entries(&read.what.recipe, read.what.own.as_ref()),
        already_imported: false,
        notes: summary.notes.clone(),
    }
}
