//! `case/case.json`: the case in scope for machines. The calls themselves stand in `tables/calls.csv`.

use super::bag::failed;
use super::cells::visible_json;
use super::inventory::received;
use super::labels::Observed;
use super::names;
use super::scope::Scope;
use crate::error::{Code, Error, Result};
use serde_json::{Value, json};
use std::io::Write;

/// `data/case/case.schema.json`.
pub(super) const SCHEMA: &str = include_str!("schemas/case.schema.json");

/// Writes `case.json`.
pub(super) fn write(scope: &Scope<'_>, observed: &Observed<'_>, out: &mut dyn Write) -> Result<()> {
    let dossier = scope.dossier;
    let mut case = json!({
        "format": "ulika-case",
        "version": 1,
        "case_id": dossier.case_id,
        "title": dossier.title,
        "schema_version": dossier.schema_version,
        "scope": {
            "contents": if scope.full() { "originals" } else { "extracts" },
            "groups": if scope.whole() { Value::Null } else { json!(dossier.scope.groups) },
            "calls": dossier.calls.len(),
            "calls_left_out": dossier.calls_left_out,
            "exhibits": dossier.exhibits.len(),
            "exhibits_left_out": dossier.exhibits_left_out,
        },
        "lines": dossier.lines.iter().map(|line| json!({
            "number": line.number.text,
            "operator": line.operator,
            "zone": line.zone,
        })).collect::<Vec<_>>(),
        "sources": scope.sources().map(|item| source(scope, item)).collect::<Vec<_>>(),
        "groups": dossier.groups.iter().map(group).collect::<Vec<_>>(),
        "exhibits": dossier.exhibits.iter().map(|item| exhibit(scope, observed, &item.exhibit)).collect::<Vec<_>>(),
        "tables": {
            "calls": "tables/calls.csv",
            "numbers": "tables/numbers.csv",
            "labels": "tables/labels.csv",
            "label_observations": "tables/label-observations.csv",
            "groups": "tables/groups.csv",
            "witness": "tables/witness.csv",
            "coverage": "tables/coverage.csv",
            "row_ledger": "tables/row-ledger.csv",
        },
    });
    // Said only where a register speaks of numbers in scope.
    if !dossier.registers.is_empty() {
        case["registers"] = json!(dossier.registers);
        case["tables"]["ranges"] = "tables/ranges.csv".into();
    }
    let text = serde_json::to_string_pretty(&case).map_err(|e| Error::new(Code::Internal).because(e))?;
    out.write_all(visible_json(&text).as_bytes()).and_then(|()| out.write_all(b"\n")).map_err(failed)
}

fn source(scope: &Scope<'_>, item: &crate::model::DossierSource) -> Value {
    let source = &item.source;
    let mut told = json!({
        "id": source.id,
        "no": names::source_no(source.id.0),
        "file": if scope.full() { names::kept(item) } else { names::extract(source) },
        "original_name": source.name,
        "original_bytes": received(item).1,
        "original_sha256": received(item).0,
        "kind": source.kind,
        "recipe": source.recipe,
        "encoding": source.encoding,
        "zone": source.zone,
        "zone_basis": source.zone_basis,
        "received_at": source.received_at,
        "rows": item.rows,
        "records": item.records,
        "other": item.other.iter().map(|(kind, count)| (kind.clone(), json!(count))).collect::<serde_json::Map<_, _>>(),
        "repeats_in_file": item.repeats_in_file,
        "other_lines": item.other_lines,
        "problems": item.problems,
    });
    // Said only where there is something to say: other bundles stay byte for byte what they were.
    if item.mended > 0 {
        told["mended"] = item.mended.into();
    }
    // Then `file` is an extract too, and the original is not in the case.
    if let Some(of) = &item.extract_of {
        told["extract_of"] = json!(of);
    }
    // With it another program reads the original as it was read here. Where only an extract leaves it stays: its words
    // are those of the whole file.
    if let Some(text) = item.recipe_text.as_ref().filter(|_| scope.full()) {
        told["recipe_text"] = text.as_str().into();
    }
    told
}

/// Chance figures are never exported.
fn group(group: &crate::model::Group) -> Value {
    json!({
        "id": group.id,
        "name": group.name,
        "named_by_person": group.named_by_person,
        "calls": group.calls.len(),
        "numbers": group.numbers,
        "labels": group.labels,
        "attribution": group.attribution,
        "also_attributed": group.also_attributed,
        "pools": group.pools,
        "reasons": group.reasons.iter().map(|reason| json!({
            "kind": reason.kind,
            "text": reason.text,
            "text_en": reason.text_en,
            "calls": reason.calls.len(),
        })).collect::<Vec<_>>(),
    })
}

fn exhibit(scope: &Scope<'_>, observed: &Observed<'_>, exhibit: &crate::model::Exhibit) -> Value {
    let calls: Vec<_> = exhibit.calls.iter().filter(|call| scope.has_call(**call)).collect();
    let labels = observed.read_off(exhibit.id);
    json!({
        "no": exhibit.no,
        "file": names::exhibit(exhibit),
        "original_name": exhibit.name,
        "kind": exhibit.kind,
        "media_type": exhibit.media_type,
        "bytes": exhibit.size,
        "sha256": exhibit.sha256,
        "received_at": exhibit.received_at,
        "captured_at": exhibit.captured_at,
        "captured_basis": exhibit.captured_basis,
        "caption": exhibit.caption,
        "calls": calls,
        "labels": labels.iter().map(|(text, calls)| json!({ "text": text, "calls": calls })).collect::<Vec<_>>(),
    })
}
