//! The tables about witnesses: who states which call and who is silent, and the days that each source covers.

use super::csv_out::CsvOut;
use super::names::source_no;
use super::scope::Scope;
use crate::error::Result;
use crate::model::Dossier;
use rustc_hash::FxHashMap;
use std::io::Write;

/// `data/tables/witness.schema.json`.
pub(super) const WITNESS_SCHEMA: &str = include_str!("schemas/witness.schema.json");
/// `data/tables/coverage.schema.json`.
pub(super) const COVERAGE_SCHEMA: &str = include_str!("schemas/coverage.schema.json");

/// Writes `witness.csv`: one row for each record of a call, then one for each witness that does not state it.
pub(super) fn write_witness(dossier: &Dossier, out: &mut dyn Write) -> Result<()> {
    let header = ["call_id", "verdict", "source", "source_kind", "sheet", "row", "why", "residual_s", "silence"];
    let mut csv = CsvOut::new(out, &header)?;
    let kinds: FxHashMap<_, _> = dossier.sources.iter().map(|s| (s.source.id, s.source.kind.word())).collect();
    for call in &dossier.calls {
        for row in &call.records {
            csv.number(call.id).word(call.verdict.word()).word(&source_no(row.source.0));
            csv.word(kinds.get(&row.source).copied().unwrap_or("other")).number(row.sheet).number(row.row);
            csv.word(row.why.map_or("states", |why| why.word())).number(row.residual_s).word("").end()?;
        }
        for silence in &call.silent {
            let source = silence.source.map_or_else(String::new, |source| source_no(source.0));
            csv.number(call.id).word(call.verdict.word()).word(&source).word(silence.witness.word());
            csv.word("").word("").word("silent").word("").word(silence.reason.word()).end()?;
        }
    }
    csv.finish()
}

/// Writes `coverage.csv`: the days of each source, without a hole. In a scoped bundle only records in scope are counted;
/// which days have any is said of the whole source, since a selection proves nothing about what was left out.
pub(super) fn write_coverage(scope: &Scope<'_>, out: &mut dyn Write) -> Result<()> {
    let mut csv = CsvOut::new(out, &["source", "source_kind", "from", "to", "days", "state", "records"])?;
    for item in scope.sources() {
        for run in &item.coverage {
            csv.word(&source_no(item.source.id.0)).word(item.source.kind.word());
            csv.word(&run.from.to_string()).word(&run.to.to_string()).number((run.to - run.from).num_days() + 1);
            csv.word(run.state.word()).number(run.records).end()?;
        }
    }
    csv.finish()
}
