//! The tables of the calls in scope, as CSV, each with a Frictionless Table Schema beside it.

use super::csv_out::CsvOut;
use super::labels::{self, Observed};
use super::names::source_no;
use super::scope::Scope;
use crate::error::Result;
use crate::model::{CallId, Dossier, DossierCall, ExhibitKind, NumberKind, PhoneNumber, RowText, hex};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::io::Write;

/// `data/tables/calls.schema.json`.
pub(super) const CALLS_SCHEMA: &str = include_str!("schemas/calls.schema.json");
/// `data/tables/numbers.schema.json`.
pub(super) const NUMBERS_SCHEMA: &str = include_str!("schemas/numbers.schema.json");
/// `data/tables/groups.schema.json`.
pub(super) const GROUPS_SCHEMA: &str = include_str!("schemas/groups.schema.json");
/// `data/tables/ranges.schema.json`.
pub(super) const RANGES_SCHEMA: &str = include_str!("schemas/ranges.schema.json");
/// `data/tables/row-ledger.schema.json`.
pub(super) const LEDGER_SCHEMA: &str = include_str!("schemas/row-ledger.schema.json");

/// Columns of `calls.csv`, in order.
pub(super) const CALLS: &[&str] = &[
    "call_id",
    "observed_in",
    "started_at",
    "tz_iana",
    "tz_basis",
    "precision",
    "clock_offset_s",
    "line",
    "direction",
    "disposition",
    "number_raw",
    "number_e164",
    "number_kind",
    "number_hidden",
    "duration_s",
    "service",
    "scenario",
    "voice",
    "label_raw",
    "label_source",
    "ad_text",
    "transcript_ref",
    "recording_ref",
    "exhibits",
    "group_id",
    "witness",
    "duplicate_of",
    "after_demand",
    "after_mass_refusal",
    "range_holder",
    "region",
    "note",
    "label_seen_in",
    "label_asserted_by",
    "row_sha256",
];

/// Where a record stands: `S0001:17`, with a sheet `S0001/2:17`.
pub(super) fn place(row: &RowText) -> String {
    let source = source_no(row.source.0);
    if row.sheet == 0 { format!("{source}:{}", row.row) } else { format!("{source}/{}:{}", row.sheet, row.row) }
}

/// All places of a call, separated by spaces.
pub(super) fn places(call: &DossierCall) -> String {
    call.records.iter().map(place).collect::<Vec<_>>().join(" ")
}

/// Exhibits by the calls that they are linked to, and where labels were seen.
pub(super) struct Linked<'a> {
    by_call: FxHashMap<CallId, Vec<(&'a str, ExhibitKind)>>,
    pub(super) observed: Observed<'a>,
}

impl<'a> Linked<'a> {
    pub(super) fn new(dossier: &'a Dossier) -> Self {
        let mut by_call: FxHashMap<CallId, Vec<(&'a str, ExhibitKind)>> = FxHashMap::default();
        for item in &dossier.exhibits {
            for call in &item.exhibit.calls {
                by_call.entry(*call).or_default().push((&item.exhibit.no, item.exhibit.kind));
            }
        }
        Self { by_call, observed: Observed::new(dossier) }
    }

    /// Numbers of the exhibits of a call, all or of one kind, separated by spaces.
    pub(super) fn of(&self, call: CallId, kind: Option<ExhibitKind>) -> String {
        let all = self.by_call.get(&call).map_or(&[][..], Vec::as_slice);
        let wanted = all.iter().filter(|(_, k)| kind.is_none_or(|kind| kind == *k));
        wanted.map(|(no, _)| *no).collect::<Vec<_>>().join(" ")
    }
}

/// Writes `calls.csv`: one row for each call.
pub(super) fn write_calls(dossier: &Dossier, linked: &Linked<'_>, out: &mut dyn Write) -> Result<()> {
    let mut csv = CsvOut::new(out, CALLS)?;
    for call in &dossier.calls {
        call_cells(&mut csv, call, linked);
        // The digest of the row's own cells, so that one row can be quoted and found again.
        let mut digest = Sha256::new();
        for (index, cell) in csv.cells().enumerate() {
            if index > 0 {
                digest.update([0x1f]);
            }
            digest.update(cell);
        }
        let digest = hex(&digest.finalize());
        csv.word(&digest).end()?;
    }
    csv.finish()
}

fn call_cells(csv: &mut CsvOut<'_>, call: &DossierCall, linked: &Linked<'_>) {
    csv.number(call.id).word(&places(call)).word(&call.start.rfc3339()).word(&call.start.clock.zone.name());
    csv.word(call.start.clock.basis.word()).word(call.start.clock.precision.word()).maybe(call.clock_offset_s);
    csv.free(call.line.as_deref().unwrap_or("")).word(call.direction.word()).word(call.disposition.word());
    csv.free(&call.number_raw).free(call.number_e164.as_deref().unwrap_or("")).word(call.number_kind.word());
    csv.word(if call.number_kind == NumberKind::Hidden { "true" } else { "false" }).maybe(call.duration_s);
    csv.free(&call.service).word("").word("");
    csv.free(&labels::joined(call)).word(&linked.observed.sources(call)).word("").word("");
    csv.word(&linked.of(call.id, Some(ExhibitKind::Recording))).word(&linked.of(call.id, None));
    csv.maybe(call.group).word(call.verdict.word()).word("").word("").word("");
    csv.free(call.range_holder.as_deref().unwrap_or("")).free(call.region.as_deref().unwrap_or(""));
    csv.free(call.said.as_deref().unwrap_or(""));
    csv.word(&linked.observed.places(call)).word(&linked.observed.asserters(call));
}

/// How often and when something was seen.
struct Seen<'a> {
    calls: u64,
    first: usize,
    last: usize,
    others: Vec<&'a str>,
}

fn see<'a>(seen: &mut Seen<'a>, index: usize, others: impl Iterator<Item = &'a str>) {
    seen.calls += 1;
    seen.last = index;
    for other in others {
        // More than a few spellings of one thing are rare; beyond that the calls themselves tell.
        if seen.others.len() < 50 && !seen.others.contains(&other) {
            seen.others.push(other);
        }
    }
}

/// The number of a call as the tables name it: E.164, else as written.
pub(super) fn number_of(call: &DossierCall) -> &str {
    call.number_e164.as_deref().unwrap_or(&call.number_raw)
}

/// Writes `numbers.csv`: one row for each number.
pub(super) fn write_numbers(dossier: &Dossier, out: &mut dyn Write) -> Result<()> {
    let mut numbers: FxHashMap<(NumberKind, &str), Seen<'_>> = FxHashMap::default();
    for (index, call) in dossier.calls.iter().enumerate() {
        let seen = numbers.entry((call.number_kind, number_of(call)));
        let seen = seen.or_insert(Seen { calls: 0, first: index, last: index, others: Vec::new() });
        see(seen, index, labels::texts(call).into_iter());
    }
    let mut rows: Vec<_> = numbers.into_iter().collect();
    rows.sort_unstable_by(|a, b| a.0.1.cmp(b.0.1).then(a.0.0.cmp(&b.0.0)));
    let header = ["number", "number_kind", "calls", "first", "last", "labels", "range_holder", "region"];
    let mut csv = CsvOut::new(out, &header)?;
    for ((kind, number), seen) in rows {
        let (Some(first), Some(last)) = (dossier.calls.get(seen.first), dossier.calls.get(seen.last)) else { continue };
        csv.free(number).word(kind.word()).number(seen.calls).word(&first.start.rfc3339()).word(&last.start.rfc3339());
        csv.free(&seen.others.join(" | "));
        csv.free(first.range_holder.as_deref().unwrap_or("")).free(first.region.as_deref().unwrap_or("")).end()?;
    }
    csv.finish()
}

/// Writes `groups.csv`: one row for each call of a group, with the reasons that put it there.
pub(super) fn write_groups(dossier: &Dossier, out: &mut dyn Write) -> Result<()> {
    let header = ["group_id", "group_name", "named_by_person", "call_id", "reasons", "reason_texts"];
    let mut csv = CsvOut::new(out, &header)?;
    for group in &dossier.groups {
        let reasons: Vec<(&str, &str, Vec<CallId>)> = group
            .reasons
            .iter()
            .map(|reason| {
                let mut calls = reason.calls.clone();
                calls.sort_unstable();
                (reason.kind.word(), reason.text.as_str(), calls)
            })
            .collect();
        for call in &group.calls {
            let mine: Vec<_> = reasons.iter().filter(|(_, _, calls)| calls.binary_search(call).is_ok()).collect();
            csv.number(group.id).free(&group.name).word(if group.named_by_person { "true" } else { "false" });
            csv.number(call).word(&mine.iter().map(|r| r.0).collect::<Vec<_>>().join(" "));
            csv.free(&mine.iter().map(|r| r.1).collect::<Vec<_>>().join(" | ")).end()?;
        }
    }
    csv.finish()
}

/// Writes `ranges.csv`: the rows of the registers that the range holders rest on, each with its register.
pub(super) fn write_ranges(dossier: &Dossier, out: &mut dyn Write) -> Result<()> {
    let header = [
        "from",
        "to",
        "operator",
        "region",
        "territory",
        "inn",
        "register",
        "register_sha256",
        "register_dated",
        "register_dated_basis",
        "register_line",
    ];
    let mut csv = CsvOut::new(out, &header)?;
    for range in &dossier.ranges {
        let Some(register) = dossier.registers.get(range.register) else { continue };
        csv.free(&PhoneNumber::e164(range.from).text).free(&PhoneNumber::e164(range.to).text);
        csv.free(&range.operator).free(&range.region).free(&range.territory).free(&range.inn);
        csv.free(&register.file).word(&register.sha256).word(&register.dated.to_string());
        csv.word(register.dated_basis.word()).number(range.line).end()?;
    }
    csv.finish()
}

/// Writes `row-ledger.csv`: one row for each data row of each source. In a scoped bundle, rows that state no call in
/// scope keep their place, so that the sums add up, and lose what they say.
pub(super) fn write_ledger(
    scope: &Scope<'_>,
    originals: &dyn crate::model::OriginalReader,
    out: &mut dyn Write,
) -> Result<()> {
    let mut csv = CsvOut::new(out, &["source", "sheet", "row", "fate", "detail", "call_id"])?;
    originals
        .for_each_ledger_row(&mut |row| {
            if !scope.has_source(row.source) {
                return Ok(());
            }
            let call = row.call.filter(|call| scope.has_call(*call));
            let tells = scope.whole() || call.is_some();
            csv.word(&source_no(row.source.0)).number(row.sheet).number(row.row).word(row.fate);
            csv.free(if tells { &row.detail } else { "" }).maybe(call).end().map_err(std::io::Error::other)
        })
        .map_err(super::bag::failed)?;
    csv.finish()
}
