//! Dossier → bundle: evidence first, in the order of paths; then what prints the code; then the tag files.

use super::bag::{Bag, BagFacts, failed};
use super::report::{Content, html, paper};
use super::scope::Scope;
use super::tables::{self, Linked};
use super::{README, WriteSeek, Written, case_json, facts, inventory, labels, profile, witnesses, workbook};
use crate::error::{Code, Error, Result};
use crate::model::{Contents, Dossier, OriginalReader, Zone, rfc3339};
use crate::progress::Progress;
use crate::typesetting::Typesetter;
use minijinja::{Environment, context};

/// Calls beyond which a table of the bundle might pass 4 GiB.
const MANY_CALLS: usize = 2_000_000;

pub(super) fn write(
    dossier: &Dossier,
    originals: &dyn OriginalReader,
    contents: Contents,
    typesetter: &dyn Typesetter,
    out: &mut dyn WriteSeek,
    progress: &dyn Progress,
) -> Result<Written> {
    let scope = Scope::new(dossier, contents);
    let linked = Linked::new(dossier);
    let home = home(dossier);
    let now = rfc3339(dossier.now, &home);
    let date = now.get(..10).ok_or_else(|| Error::new(Code::Internal))?;
    let short_date = date.replace('-', "");
    let mut bag = Bag::new(out, &short_date, expected_bytes(&scope), progress)?;

    write_evidence(&mut bag, &scope, &linked, originals)?;
    let code = bag.seal()?;

    let content = Content::new(&scope, &linked, &code, home);
    bag.text("report.html", dossier.calls.len() > MANY_CALLS, |out| html::write(&content, &home, out))?;
    let pdf = typesetter.pdf_with(&paper::source(&content, &home), &content.pictures(), dossier.now)?;
    bag.bytes("report.pdf", pdf.len() as u64, &mut pdf.as_slice())?;
    let readme = readme(dossier, &scope, &code, &home)?;
    bag.text(README.trim_start_matches("data/"), false, |out| out.write_all(readme.as_bytes()).map_err(failed))?;

    let group = code.get(..4).unwrap_or("");
    let name = format!("ulika_{short_date}_{group}");
    let files = bag.finish(dossier, &BagFacts { date, code: &code, full: scope.full() })?;
    Ok(Written { code, name, files })
}

/// The zone in which the bundle tells times: that of the person's line.
pub(super) fn home(dossier: &Dossier) -> Zone {
    dossier.lines.iter().find_map(|line| line.zone).unwrap_or(Zone::MOSCOW)
}

/// Everything that the code covers. None of it may depend on the clock of the export.
fn write_evidence(
    bag: &mut Bag<'_>,
    scope: &Scope<'_>,
    linked: &Linked<'_>,
    originals: &dyn OriginalReader,
) -> Result<()> {
    let dossier = scope.dossier;
    let observed = &linked.observed;
    let large = dossier.calls.len() > MANY_CALLS;
    let fixed = |bag: &mut Bag<'_>, path: &str, text: &str| {
        bag.text(path, false, |out| out.write_all(text.as_bytes()).map_err(failed)).map(|_| ())
    };
    bag.text("case/case.json", false, |out| case_json::write(scope, observed, out))?;
    fixed(bag, "case/case.schema.json", case_json::SCHEMA)?;
    bag.text("custody/events.jsonl", false, |out| inventory::write_custody(scope, out))?;
    inventory::write_exhibits(bag, scope, originals)?;
    let extracts = inventory::write_extracts(bag, scope, originals)?;
    bag.text("opis.csv", false, |out| inventory::write_opis(scope, observed, &extracts, out))?;
    if scope.full() {
        inventory::write_originals(bag, scope, originals)?;
    }
    fixed(bag, profile::PATH.trim_start_matches("data/"), &profile::text(scope.full())?)?;
    bag.text("tables/calls.csv", large, |out| tables::write_calls(dossier, linked, out))?;
    fixed(bag, "tables/calls.schema.json", tables::CALLS_SCHEMA)?;
    let (mut workbook, length) = workbook::spool(dossier, linked)?;
    bag.bytes("tables/calls.xlsx", length, &mut workbook)?;
    bag.text("tables/coverage.csv", false, |out| witnesses::write_coverage(scope, out))?;
    fixed(bag, "tables/coverage.schema.json", witnesses::COVERAGE_SCHEMA)?;
    bag.text("tables/groups.csv", large, |out| tables::write_groups(dossier, out))?;
    fixed(bag, "tables/groups.schema.json", tables::GROUPS_SCHEMA)?;
    bag.text("tables/label-observations.csv", large, |out| labels::write_observations(dossier, observed, out))?;
    fixed(bag, "tables/label-observations.schema.json", labels::OBSERVATIONS_SCHEMA)?;
    bag.text("tables/labels.csv", false, |out| labels::write_labels(dossier, observed, out))?;
    fixed(bag, "tables/labels.schema.json", labels::LABELS_SCHEMA)?;
    bag.text("tables/numbers.csv", false, |out| tables::write_numbers(dossier, out))?;
    fixed(bag, "tables/numbers.schema.json", tables::NUMBERS_SCHEMA)?;
    // Only where a register speaks: other bundles stay byte for byte what they were.
    if !dossier.ranges.is_empty() {
        bag.text("tables/ranges.csv", large, |out| tables::write_ranges(dossier, out))?;
        fixed(bag, "tables/ranges.schema.json", tables::RANGES_SCHEMA)?;
    }
    bag.text("tables/row-ledger.csv", large, |out| tables::write_ledger(scope, originals, out))?;
    fixed(bag, "tables/row-ledger.schema.json", tables::LEDGER_SCHEMA)?;
    bag.text("tables/witness.csv", large, |out| witnesses::write_witness(dossier, out))?;
    fixed(bag, "tables/witness.schema.json", witnesses::WITNESS_SCHEMA)
}

/// A guess for the progress: media as they are, and about 700 bytes of texts for each call.
fn expected_bytes(scope: &Scope<'_>) -> u64 {
    let exhibits: u64 = scope.dossier.exhibits.iter().map(|item| item.exhibit.size).sum();
    let originals: u64 = if scope.full() { scope.sources().map(|item| item.source.size).sum() } else { 0 };
    exhibits + originals + 700 * scope.dossier.calls.len() as u64 + 100_000
}

fn readme(dossier: &Dossier, scope: &Scope<'_>, code: &str, home: &Zone) -> Result<String> {
    let internal = |error: minijinja::Error| Error::new(Code::Internal).because(error);
    let built = format!("{}, время {}", facts::instant(dossier.now, home), facts::zone(home));
    let text = Environment::new()
        .render_str(
            include_str!("readme.txt"),
            context! {
                code, built, built_en => rfc3339(dossier.now, home), full => scope.full(),
                kept_extracts => scope.sources().any(|item| item.extract_of.is_some()),
                most => context! {
                    calls => paper::CALLS_ON_PAPER, groups => paper::GROUPS_ON_PAPER, items => paper::ITEMS_ON_PAPER
                },
            },
        )
        .map_err(internal)?;
    // Notepad of older Windows needs the mark and both line ends.
    let plain = text.replace('\u{a0}', " ").replace("\r\n", "\n").replace('\n', "\r\n");
    Ok(format!("\u{feff}{plain}\r\n"))
}
