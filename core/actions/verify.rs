//! Verify a case file or a bundle.

use super::files::{bring, hex};
use crate::bundle::{self, Difference};
use crate::case::Case;
use crate::derive;
use crate::error::Result;
use crate::model::{CustodyKind, EventId};
use crate::progress::Progress;
use crate::store::blobs::{self, Blob};
use crate::store::{Connection, custody, derived, evidence, open, seal};
use serde::Serialize;
use std::path::Path;

/// What a verification answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct VerifyAnswer {
    /// `bundle` or `case`.
    pub target: String,
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
        complete: found.complete,
        valid: found.valid,
        differences: found.differences,
        signature: found.signature,
        code: found.code,
    })
}

/// Verifies a case: b-trees, originals against digests, rows against leaves, leaves and names against the custody
/// chain, the chains themselves, and the derived tables against a fresh derivation. Writes nothing.
///
/// # Errors
/// When the case file cannot be read; [`crate::Code::Cancelled`].
pub fn verify_case(case: &Case, progress: &dyn Progress) -> Result<VerifyAnswer> {
    let connection = case.connection();
    let mut differences = Vec::new();
    if !open::quick_check(connection)? {
        differences.push(difference("file_damaged", String::new(), "файл дела повреждён", "the case file is damaged"));
    }
    check_originals(connection, progress, &mut differences)?;
    for (source, part) in seal::unequal_parts(connection, &mut |done| progress.report("verify", done, None))? {
        differences.push(difference(
            "rows_changed",
            format!("source {source}, {part}"),
            &format!("строки источника {source} изменены после импорта ({part})"),
            &format!("rows of source {source} were changed after the import ({part})"),
        ));
    }
    for (chain, seq) in custody::broken_links(connection)? {
        let kind = if chain == "custody" { "custody_broken" } else { "release_broken" };
        differences.push(difference(
            kind,
            format!("{chain} {seq}"),
            &format!("запись {seq} журнала «{chain}» не сходится с соседними"),
            &format!("entry {seq} of the {chain} chain does not hold"),
        ));
    }
    check_against_custody(connection, &mut differences)?;
    for table in derived::unequal_derived(connection, &derive::rebuild)? {
        differences.push(difference(
            "derived_differ",
            table.to_owned(),
            &format!("производная таблица {table} не выводится из записей"),
            &format!("the derived table {table} does not follow from the records"),
        ));
    }
    let missing = differences.iter().any(|d| d.kind == "original_missing");
    Ok(VerifyAnswer {
        target: "case".to_owned(),
        complete: !missing,
        valid: differences.is_empty(),
        differences,
        signature: "none".to_owned(),
        code: None,
    })
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

fn difference(kind: &str, path: String, text: &str, text_en: &str) -> Difference {
    Difference { kind: kind.to_owned(), path, text: text.to_owned(), text_en: text_en.to_owned() }
}

fn check_originals(connection: &Connection, progress: &dyn Progress, differences: &mut Vec<Difference>) -> Result<()> {
    let mut done = 0;
    for (id, size, sha256) in blobs::originals(connection)? {
        let mut blob = Blob::open(connection, id)?;
        let read = blobs::digest_of(&mut blob, &mut |n| progress.report("verify", done + n, None));
        done += size;
        match read {
            Ok((found, length)) if found == sha256 && length == size => {}
            Err(error) if error.code == crate::Code::Cancelled => return Err(error),
            Ok(_) => differences.push(difference(
                "original_changed",
                hex(&sha256),
                "байты исходного файла изменены",
                "the bytes of an original were changed",
            )),
            Err(_) => differences.push(difference(
                "original_missing",
                hex(&sha256),
                "исходного файла нет или он неполон",
                "an original is missing or incomplete",
            )),
        }
    }
    Ok(())
}

/// Compares what the tables say of sources, exhibits and withdrawals with what the custody events said of them.
fn check_against_custody(connection: &Connection, differences: &mut Vec<Difference>) -> Result<()> {
    let events = custody::custody_events(connection)?;
    let details = |event: EventId| -> Option<serde_json::Value> {
        let text = events.iter().find(|e| e.seq == event)?.details.as_deref()?;
        serde_json::from_str(text).ok()
    };
    let mut changed = |kind: &str, what: String| {
        let (ru, en) =
            (format!("{what}: не сходится с журналом"), format!("{what}: does not agree with the custody log"));
        differences.push(difference(kind, what.clone(), &ru, &en));
    };
    for stored in evidence::sources(connection)? {
        let id = stored.source.id.0;
        let noted = details(stored.event).and_then(|d| {
            d.get("sources")?.as_array()?.iter().find(|s| s.get("source").and_then(|v| v.as_i64()) == Some(id)).cloned()
        });
        let agrees = noted.is_some_and(|n| {
            let text = |name: &str| n.get(name).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
            text("file") == stored.source.name
                && text("sha256") == stored.source.sha256
                && text("recipe") == stored.source.recipe
                && text("kind") == stored.source.kind.word()
                && n.get("first_record").and_then(|v| v.as_i64()) == Some(stored.first_record)
                && n.get("records").and_then(|v| v.as_u64()) == Some(stored.records)
                && seal::stored_root(connection, id).is_ok_and(|root| text("leaves") == hex(&root))
        });
        if !agrees {
            changed("source_changed", format!("source {id}"));
        }
    }
    let exhibits = evidence::exhibits(connection)?;
    for stored in &exhibits {
        let id = stored.id.0;
        let noted = details(stored.event).and_then(|d| {
            d.get("exhibits")?
                .as_array()?
                .iter()
                .find(|e| e.get("exhibit").and_then(|v| v.as_i64()) == Some(id))
                .cloned()
        });
        let agrees = noted.is_some_and(|n| {
            n.get("file").and_then(|v| v.as_str()) == Some(stored.name.as_str())
                && n.get("sha256").and_then(|v| v.as_str()) == Some(stored.sha256.as_str())
        });
        if !agrees {
            changed("exhibit_changed", format!("exhibit {id}"));
        }
    }
    // Everything that an event is said to have brought must be there, and every withdrawal must have its event.
    for event in &events {
        let Some(value) = event.details.as_deref().and_then(|t| serde_json::from_str::<serde_json::Value>(t).ok())
        else {
            continue;
        };
        let noted = |name: &str| value.get(name).and_then(|v| v.as_array()).map_or(0, Vec::len);
        let (sources, found) = (evidence::sources(connection)?, &exhibits);
        let brought = sources.iter().filter(|s| s.event == event.seq).count()
            + found.iter().filter(|e| e.event == event.seq).count();
        let said = if matches!(event.kind, CustodyKind::Imported | CustodyKind::Attached) {
            noted("sources") + noted("exhibits")
        } else {
            0
        };
        if brought != said {
            changed("evidence_missing", format!("event {}", event.seq));
        }
    }
    for event in evidence::unexplained_withdrawals(connection)? {
        changed("withdrawal_changed", format!("event {event}"));
    }
    Ok(())
}
