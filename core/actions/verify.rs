//! Verify a case file or a bundle.

use super::files::bring;
use super::sources::extract_of;
use super::verify_facts::check_facts;
use super::verify_names::{self, Named, Names, difference};
use super::verify_reading::reads_as_stored;
use super::verify_word::check_word;
use crate::bundle::{self, Difference};
use crate::case::{Access, Case, PROGRAM};
use crate::clock::Clock;
use crate::derive;
use crate::error::{Code, Result};
use crate::model::{CustodyEvent, CustodyKind, EventId, HAND_RECIPE, hex};
use crate::progress::Progress;
use crate::store::blobs::{self, Blob};
use crate::store::evidence::StoredSource;
use crate::store::{Connection, custody, derived, evidence, open, seal, word};
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;

/// What a verification answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct VerifyAnswer {
    /// `bundle` or `case`.
    pub target: String,
    /// Name of the file of a bundle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Everything listed is there and nothing else.
    pub complete: bool,
    /// Complete, and every digest matches.
    pub valid: bool,
    /// Every difference by name.
    pub differences: Vec<Difference>,
    /// `none`, `present`, `valid`, `invalid`.
    pub signature: String,
    /// Code of a bundle.
    pub code: Option<String>,
}

/// Verifies a bundle.
///
/// # Errors
/// [`crate::Code::FileAbsent`], [`crate::Code::FileIsFolder`], [`crate::Code::FileUnreadable`],
/// [`crate::Code::Cancelled`].
pub fn verify_bundle(path: &Path, progress: &dyn Progress) -> Result<VerifyAnswer> {
    let mut brought = bring(path)?;
    let found = bundle::verify(&mut brought.file, progress)?;
    Ok(VerifyAnswer {
        target: "bundle".to_owned(),
        file: Some(brought.name),
        complete: found.complete,
        valid: found.valid,
        differences: found.differences,
        signature: found.signature,
        code: found.code,
    })
}

/// Verifies a case: b-trees, originals against digests, what is kept of exhibits against them, rows against leaves, leaves and names against the custody
/// chain, the chains themselves, and the derived tables against a fresh derivation. Writes nothing.
///
/// # Errors
/// When the case file cannot be read; [`crate::Code::Cancelled`].
pub fn verify_case(case: &Case, progress: &dyn Progress) -> Result<VerifyAnswer> {
    let connection = case.connection();
    let names = Names::of(connection);
    let mut differences = Vec::new();
    // A part that cannot be read for damage is a difference; the others are checked all the same.
    let mut whole = open::quick_check(connection).is_ok_and(|holds| holds);
    let noted = match custody::custody_events(connection) {
        Ok(events) => Some(Noted::of(events)),
        Err(error) if error.code == Code::CaseDamaged => None,
        Err(error) => return Err(error),
    };
    whole &= noted.is_some();
    let checks: [&Check<'_>; 8] = [
        &|found| check_originals(connection, &names, progress, found),
        &|found| check_facts(connection, &names, progress, found),
        &|found| check_rows(connection, &names, progress, found),
        &|found| noted.as_ref().map_or(Ok(()), |noted| check_reading(connection, noted, &names, progress, found)),
        &|found| check_chains(connection, found),
        &|found| noted.as_ref().map_or(Ok(()), |noted| check_against_custody(connection, noted, &names, found)),
        &|found| noted.as_ref().map_or(Ok(()), |noted| check_word(connection, noted, &names, found)),
        // A case of an older version that is only looked at was derived by older rules.
        &|found| if case.older() { Ok(()) } else { check_derived(connection, found) },
    ];
    for check in checks {
        match check(&mut differences) {
            Err(error) if error.code == Code::CaseDamaged => whole = false,
            other => other?,
        }
    }
    if !whole {
        differences.insert(0, damaged());
    }
    let missing = differences.iter().any(|d| d.kind == "original_missing");
    Ok(VerifyAnswer {
        target: "case".to_owned(),
        file: None,
        complete: !missing,
        valid: differences.is_empty(),
        differences,
        signature: "none".to_owned(),
        code: None,
    })
}

/// Opens a case and verifies it. A file that is damaged so far that it cannot be opened is a difference, not a failure.
///
/// # Errors
/// As [`Case::open`], but for [`Code::CaseDamaged`], and [`verify_case`].
pub fn verify_case_file(
    path: &Path,
    password: Option<&str>,
    clock: Clock,
    progress: &dyn Progress,
) -> Result<VerifyAnswer> {
    match Case::open(path, password, Access::Read, clock) {
        Ok(case) => verify_case(&case, progress),
        Err(error) if error.code == Code::CaseDamaged => Ok(VerifyAnswer {
            target: "case".to_owned(),
            file: None,
            complete: false,
            valid: false,
            differences: vec![damaged()],
            signature: "none".to_owned(),
            code: None,
        }),
        Err(error) => Err(error),
    }
}

/// Notes in the release log that the window verified something; the command line never does.
///
/// # Errors
/// When the case file cannot be written.
pub fn note_verified(case: &mut Case, answer: &VerifyAnswer) -> Result<()> {
    let kinds: Vec<&str> = answer.differences.iter().map(|d| d.kind.as_str()).collect();
    let details =
        serde_json::json!({"target": answer.target, "valid": answer.valid, "code": answer.code, "differences": kinds});
    let at = case.clock().now_rfc3339();
    case.write_aside(|connection| custody::append_release(connection, &at, "verified", &details.to_string()))
}

/// Notes in the release log that a window that may write shows the case. A case from elsewhere that is only looked at
/// stays byte for byte as it came.
///
/// # Errors
/// When the case file cannot be written.
pub fn note_viewed(case: &mut Case) -> Result<()> {
    if !case.writable() || case.from_elsewhere() {
        return Ok(());
    }
    let at = case.clock().now_rfc3339();
    case.write_aside(|connection| custody::append_release(connection, &at, "viewed", "{}"))
}

/// A part of the verification: adds what it finds.
type Check<'a> = dyn Fn(&mut Vec<Difference>) -> Result<()> + 'a;

fn damaged() -> Difference {
    difference("file_damaged", String::new(), "Файл дела повреждён.", "The case file is damaged.")
}

fn check_rows(
    connection: &Connection,
    names: &Names,
    progress: &dyn Progress,
    differences: &mut Vec<Difference>,
) -> Result<()> {
    for (source, part) in seal::unequal_parts(connection, &mut |done| progress.report("verify", done, None))? {
        let (no, ru, en) = names.source(source);
        let (part_ru, part_en) = verify_names::part(part);
        differences.push(difference(
            "rows_changed",
            no,
            &format!("Строки источника {ru} изменены после загрузки: {part_ru}."),
            &format!("Rows of {en} were changed after the import: {part_en}."),
        ));
    }
    Ok(())
}

/// Reads again what was read by a recipe of the person's own, whose text stands with the source, and what the person wrote
/// down: both say for ever what their rows mean. So are extracts, beside which no whole file stands. What another version of the program read may be read better by now; that
/// is no change of evidence.
fn check_reading(
    connection: &Connection,
    noted: &Noted,
    names: &Names,
    progress: &dyn Progress,
    differences: &mut Vec<Difference>,
) -> Result<()> {
    let for_ever =
        |s: &StoredSource| s.recipe_text.is_some() || s.source.recipe == HAND_RECIPE || extract_of(s).is_some();
    for stored in evidence::sources(connection)?.into_iter().filter(for_ever) {
        let by = noted.details.get(&stored.event).map_or("", |details| text(details, "program"));
        if by == PROGRAM && !reads_as_stored(connection, &stored, progress)? {
            let (no, ru, en) = names.source(stored.source.id.0);
            differences.push(difference(
                "reading_differs",
                no,
                &format!("Источник {ru} читается не так, как записано в деле."),
                &format!("{en} does not read as the case has it."),
            ));
        }
    }
    Ok(())
}

fn check_chains(connection: &Connection, differences: &mut Vec<Difference>) -> Result<()> {
    for (chain, seq) in custody::broken_links(connection)? {
        let (kind, ru, en) = match chain {
            "custody" => ("custody_broken", "журнала обращения с доказательствами", "custody log"),
            _ => ("release_broken", "журнала выдачи и проверок", "release log"),
        };
        differences.push(difference(
            kind,
            format!("№ {seq}"),
            &format!("Запись № {seq} {ru} изменена или стоит не на своём месте: цепочка прервана."),
            &format!("Entry {seq} of the {en} was changed or stands out of place: the chain is broken."),
        ));
    }
    Ok(())
}

fn check_derived(connection: &Connection, differences: &mut Vec<Difference>) -> Result<()> {
    let tables = derived::unequal_derived(connection, &derive::renew)?;
    let mut wrong: Vec<_> = tables.into_iter().map(verify_names::derived).collect();
    wrong.sort_unstable();
    wrong.dedup();
    for (ru, en) in wrong {
        differences.push(difference(
            "derived_differ",
            String::new(),
            &format!("Из записей выводится не то, что стоит в деле: {ru}."),
            &format!("The case holds something else than follows from its records: {en}."),
        ));
    }
    Ok(())
}

fn check_originals(
    connection: &Connection,
    names: &Names,
    progress: &dyn Progress,
    differences: &mut Vec<Difference>,
) -> Result<()> {
    let mut done = 0;
    for (id, size, sha256) in blobs::originals(connection)? {
        let mut blob = Blob::open(connection, id)?;
        let read = blobs::digest_of(&mut blob, &mut |n| progress.report("verify", done + n, None));
        done += size;
        let (no, ru, en) = names.original(id, hex(&sha256));
        match read {
            Ok((found, length)) if found == sha256 && length == size => {}
            Err(error) if error.code == Code::Cancelled => return Err(error),
            Ok(_) => differences.push(difference(
                "original_changed",
                no,
                &format!("Содержимое файла изменено: {ru}."),
                &format!("The bytes of a file were changed: {en}."),
            )),
            Err(_) => differences.push(difference(
                "original_missing",
                no,
                &format!("Файла нет, или он неполон: {ru}."),
                &format!("A file is missing or incomplete: {en}."),
            )),
        }
    }
    Ok(())
}

/// Compares what the tables say of the case, its sources, exhibits, withdrawals and tombstones with what the custody
/// events said of them.
fn check_against_custody(
    connection: &Connection,
    noted: &Noted,
    names: &Names,
    differences: &mut Vec<Difference>,
) -> Result<()> {
    let mut changed = |kind: &str, (path, ru, en): Named| {
        let ru = format!("{ru}: в деле не то, что записано в журнале обращения.");
        let en = format!("{en}: the case does not agree with the custody log.");
        differences.push(difference(kind, path, &ru, &en));
    };
    let event = |ru: &str, en: &str, seq: i64| -> Named {
        (format!("№ {seq}"), format!("{ru} (запись № {seq})"), format!("{en} (entry {seq})"))
    };
    let (info, created) = (word::case_info(connection)?, noted.events.first());
    let said = created.and_then(|e| noted.details.get(&e.seq));
    let secret = hex(&Sha256::digest(&info.secret));
    let as_said = said.is_some_and(|d| text(d, "case") == info.uuid && text(d, "secret_sha256") == secret);
    if !as_said || created.is_none_or(|e| e.at != info.created_at) {
        let what = ("Сведения о создании дела", "How the case was created");
        changed("case_changed", (info.uuid, what.0.to_owned(), what.1.to_owned()));
    }
    let (sources, exhibits) = (evidence::sources(connection)?, evidence::exhibits(connection)?);
    for stored in &sources {
        let id = stored.source.id.0;
        let root = hex(&seal::stored_root(connection, id)?);
        if !noted.find(stored.event, "sources", "source", id).is_some_and(|said| source_agrees(stored, &root, said))
            || noted.at(stored.event) != Some(stored.source.received_at.as_str())
        {
            let (no, ru, en) = names.source(id);
            changed("source_changed", (no, format!("Источник {ru}"), format!("Source {en}")));
        }
    }
    for stored in &exhibits {
        let id = stored.id.0;
        let agrees = noted.find(stored.event, "exhibits", "exhibit", id).is_some_and(|said| {
            text(said, "file") == stored.name
                && text(said, "sha256") == stored.sha256
                && text(said, "kind") == stored.kind.word()
                && text(said, "media_type") == stored.media_type
        });
        if !agrees || noted.at(stored.event) != Some(stored.received_at.as_str()) {
            let (no, ru, en) = names.exhibit(id);
            changed("exhibit_changed", (no, format!("Доказательство {ru}"), format!("Exhibit {en}")));
        }
    }
    // Everything that an event is said to have brought must be there, and every withdrawal must have its event.
    let mut brought: FxHashMap<EventId, usize> = FxHashMap::default();
    for event in sources.iter().map(|s| s.event).chain(exhibits.iter().map(|e| e.event)) {
        *brought.entry(event).or_default() += 1;
    }
    for noted_event in &noted.events {
        let Some(details) = noted.details.get(&noted_event.seq) else { continue };
        let list = |name: &str| details.get(name).and_then(Value::as_array).map_or(0, Vec::len);
        let said = match noted_event.kind {
            CustodyKind::Imported | CustodyKind::CallNoted | CustodyKind::Attached => {
                list("sources") + list("exhibits")
            }
            _ => 0,
        };
        if brought.get(&noted_event.seq).copied().unwrap_or(0) != said {
            let what = event("Добавленные файлы", "Files that were added", noted_event.seq.0);
            changed("evidence_missing", what);
        }
    }
    for seq in evidence::unexplained_withdrawals(connection)? {
        changed("withdrawal_changed", event("Исключённое из дела", "What was withdrawn", seq));
    }
    for seq in evidence::unexplained_tombstones(connection)? {
        changed("tombstone_changed", event("Удалённое безвозвратно", "What was purged", seq));
    }
    Ok(())
}

/// What the custody events said, ready to be asked.
pub(super) struct Noted {
    /// By number.
    pub(super) events: Vec<CustodyEvent>,
    /// The details of those that have any.
    pub(super) details: FxHashMap<EventId, Value>,
}

impl Noted {
    fn of(events: Vec<CustodyEvent>) -> Self {
        let details = events.iter().filter_map(|e| Some((e.seq, serde_json::from_str(e.details.as_deref()?).ok()?)));
        Self { details: details.collect(), events }
    }

    fn at(&self, event: EventId) -> Option<&str> {
        let at = self.events.binary_search_by_key(&event, |e| e.seq).ok()?;
        self.events.get(at).map(|e| e.at.as_str())
    }

    /// The entry of a list in the details of an event whose `key` is `id`.
    fn find(&self, event: EventId, list: &str, key: &str, id: i64) -> Option<&Value> {
        let entries = self.details.get(&event)?.get(list)?.as_array()?;
        entries.iter().find(|entry| number(entry, key) == Some(id))
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn number(value: &Value, name: &str) -> Option<i64> {
    value.get(name).and_then(Value::as_i64)
}

fn source_agrees(stored: &StoredSource, root: &str, said: &Value) -> bool {
    let source = &stored.source;
    let zone = source.zone.map_or_else(|| "per-row".to_owned(), |z| z.name());
    text(said, "file") == source.name
        && text(said, "sha256") == source.sha256
        && text(said, "recipe") == source.recipe
        && text(said, "recipe_sha256")
            == stored.recipe_text.as_ref().map_or_else(String::new, |t| hex(&Sha256::digest(t)))
        && text(said, "kind") == source.kind.word()
        && text(said, "encoding") == source.encoding
        && text(said, "zone") == zone
        && text(said, "zone_basis") == source.zone_basis.word()
        && number(said, "duration_unit_s").map(|unit| unit.max(1)) == Some(i64::from(stored.duration_unit_s))
        && number(said, "first_record") == Some(stored.first_record)
        && number(said, "records") == Some(stored.records as i64)
        && text(said, "leaves") == root
        && said.get("extract_of").cloned() == extract_of(stored).map(|of| serde_json::json!(of))
        && text(said, "sums_sha256") == hex(&Sha256::digest(&stored.sums))
}
