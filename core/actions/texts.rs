//! The free texts that leave with a bundle, one by one, so that the person can read each before it leaves.

use super::attach::exhibit_no;
use super::disclosure;
use super::dossier::InScope;
use super::export::ExportOptions;
use super::sources::sums_of;
use crate::bundle::source_no;
use crate::case::Case;
use crate::error::Result;
use crate::import::media::{self, Inside, Reach};
use crate::model::{ExhibitKind, LeavingKind};
use crate::sound;
use crate::store::blobs::Blob;
use crate::store::evidence::StoredExhibit;
use crate::store::{Connection, custody, word};
use rustc_hash::FxHashSet;
use serde::Serialize;
use serde_json::Value;

/// More than this nobody reads; how many there are is said.
const MOST: usize = 5_000;
/// So many exhibits are looked into, each of which is opened for it.
const OPENED: usize = 2_000;
/// Details of the custody log that a person wrote or that name a file.
const WRITTEN: &[&str] = &["file", "label", "name", "title", "names", "lines", "respondent", "inn", "note"];

/// One text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LeavingText {
    /// Where it stands.
    pub kind: LeavingKind,
    /// The text.
    pub text: String,
    /// Of what: the number of a source or of an exhibit; empty for the rest.
    pub of: String,
}

/// The texts that leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LeavingTexts {
    /// The first of them.
    pub texts: Vec<LeavingText>,
    /// How many there are in all.
    pub total: u32,
    /// Exhibits that could not be gone through for the texts inside: documents, which may name their author, what is damaged
    /// or of an unknown kind, and those beyond so many.
    pub closed: u32,
}

/// Lists the texts that a bundle would hold beside the rows of the sources.
///
/// # Errors
/// [`crate::Code::NotFound`] for a group.
pub fn leaving_texts(case: &Case, options: &ExportOptions) -> Result<LeavingTexts> {
    let connection = case.connection();
    let scope = InScope::find(case, &options.groups)?;
    let mut found: Vec<LeavingText> = Vec::new();
    let mut add = |kind, text: String, of: String| {
        if !text.is_empty() {
            found.push(LeavingText { kind, text, of });
        }
    };
    add(LeavingKind::Title, word::title(connection)?, String::new());
    let lines = word::lines(connection)?;
    for line in &lines {
        let operator = if line.operator.is_empty() { String::new() } else { format!(" ({})", line.operator) };
        add(LeavingKind::Line, format!("{}{operator}", line.number.text), String::new());
    }
    for group in &scope.groups {
        add(LeavingKind::Group, group.name.clone(), String::new());
        for claim in group.attribution.iter().chain(&group.also_attributed) {
            for text in [Some(&claim.respondent), claim.inn.as_ref(), Some(&claim.note)].into_iter().flatten() {
                add(LeavingKind::Group, text.clone(), String::new());
            }
        }
    }
    let labels = scope.labels(connection)?;
    let mut shown: FxHashSet<String> = labels.iter().cloned().collect();
    for label in labels {
        add(LeavingKind::Label, label, String::new());
    }
    for stored in &scope.sources {
        let no = source_no(stored.source.id.0);
        add(LeavingKind::Source, stored.source.name.clone(), no.clone());
        // Of a part of the case the ledger tells nothing of rows that state no call in it.
        let problems = if options.groups.is_empty() { sums_of(stored).problems } else { Vec::new() };
        for problem in problems {
            add(LeavingKind::Problem, problem.found, format!("{no}:{}", problem.row));
        }
    }
    for entry in scope.by_hand(connection)?.0 {
        let no = source_no(entry.source.0);
        // The label of a call stands among the labels; that of a message stands nowhere else.
        for text in [entry.messenger, entry.label] {
            if shown.insert(text.clone()) {
                add(LeavingKind::Hand, text, no.clone());
            }
        }
        add(LeavingKind::Hand, entry.said, no);
    }
    for exhibit in &scope.exhibits {
        add(LeavingKind::Exhibit, exhibit.name.clone(), exhibit_no(exhibit.id));
    }
    let (mut closed, mut more) = (0, 0);
    for (at, exhibit) in scope.exhibits.iter().enumerate() {
        let inside = if at < OPENED { inside(connection, exhibit)? } else { Inside::default() };
        closed += u32::from(inside.reach != Reach::Whole);
        more += inside.more;
        for (name, text) in inside.texts {
            add(LeavingKind::Inside, format!("{name}: {text}"), exhibit_no(exhibit.id));
        }
    }
    let mut events = custody::custody_events(connection)?;
    disclosure::keep_in_scope(connection, &scope, &mut events)?;
    let mut known: FxHashSet<String> = found.iter().map(|t| t.text.clone()).collect();
    // The log names a line by its number alone.
    known.extend(lines.into_iter().map(|line| line.number.text));
    for event in events {
        let details = event.details.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Value::Null);
        written(&details, false, &mut |text| {
            if !text.is_empty() && known.insert(text.to_owned()) {
                let of = event.seq.0.to_string();
                found.push(LeavingText { kind: LeavingKind::Log, text: text.to_owned(), of });
            }
        });
    }
    let total = u32::try_from(found.len() + more).unwrap_or(u32::MAX);
    found.truncate(MOST);
    Ok(LeavingTexts { texts: found, total, closed })
}

/// The texts inside an exhibit.
fn inside(connection: &Connection, exhibit: &StoredExhibit) -> Result<Inside> {
    let mut blob = Blob::open(connection, exhibit.original)?;
    let mut inside = media::texts_inside(&mut blob);
    if exhibit.kind == ExhibitKind::Recording
        && let Some(tags) = sound::tags(&mut blob, &mut |_| Ok(()))?
    {
        inside.add(tags);
        // What the decoder knows alone it has gone through; of the others it reads less than is told here.
        if inside.reach == Reach::Unknown {
            inside.reach = Reach::Whole;
        }
    }
    Ok(inside)
}

/// Texts under the names of [`WRITTEN`], however deep; a name that the person gave is the second part of an override.
fn written(value: &Value, named: bool, tell: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) if named => tell(text),
        Value::Array(parts) => parts.iter().for_each(|part| written(part, named, tell)),
        Value::Object(fields) => {
            for (name, part) in fields {
                written(part, WRITTEN.contains(&name.as_str()) || name == "Name", tell);
            }
        }
        _ => {}
    }
}
