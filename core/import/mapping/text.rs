//! A mapping as the text of a recipe. Everything that reading depends on stands in it, so that the same text reads the
//! same rows for ever.

use super::super::recipe::{ContainerKind, Field, GENERAL, ServiceKind};
use super::super::words::folded;
use super::forms::{date_forms, duration_forms};
use super::{Mapping, WordMeaning};
use crate::model::{Direction, Disposition};
use std::fmt::Write;

/// What a recipe that comes of a mapping is called.
#[derive(Clone, Copy, Debug)]
pub struct MappingName<'a> {
    /// Name.
    pub name: &'a str,
    /// Title in Russian.
    pub title_ru: &'a str,
    /// Title in English.
    pub title_en: &'a str,
}

impl<'a> MappingName<'a> {
    /// A recipe that a person has named: its title is its name.
    #[must_use]
    pub fn of(name: &'a str) -> Self {
        Self { name, title_ru: name, title_en: name }
    }

    /// A recipe that is not saved.
    #[must_use]
    pub fn none() -> Self {
        let (title_ru, title_en) = ("Столбцы указаны вручную", "Columns set by hand");
        Self { name: super::super::UNNAMED, title_ru, title_en }
    }
}

/// The text of the recipe that a mapping comes to.
#[must_use]
pub fn recipe_text(mapping: &Mapping, name: MappingName<'_>) -> String {
    let mut out = String::new();
    let fields = told_fields(mapping);
    head(mapping, &fields, name, &mut out);
    columns(mapping, &fields, &mut out);
    words(mapping, &fields, &mut out);
    out
}

/// What each column holds: a column of directions in which some words name another service tells services as well.
fn told_fields(mapping: &Mapping) -> Vec<Option<Field>> {
    let mut fields = mapping.fields.clone();
    fields.truncate(mapping.headings.len());
    for column in 0..fields.len() {
        let names_service = mapping.words.iter().any(|w| {
            w.column as usize == column && (service_of(w.means).is_some_and(|kind| kind != ServiceKind::Call))
        });
        if fields[column] == Some(Field::Direction) && names_service {
            let first = if fields.contains(&Some(Field::Service)) { Field::ServiceKind } else { Field::Service };
            fields[column] = Some(first).filter(|field| !fields.contains(&Some(*field)));
        }
    }
    fields
}

fn head(mapping: &Mapping, fields: &[Option<Field>], name: MappingName<'_>, out: &mut String) {
    let MappingName { name, title_ru, title_en } = name;
    let mut put = |key: &str, value: String| {
        let _ = writeln!(out, "{key} = {value}");
    };
    put("name", quoted(name));
    put("title_ru", quoted(title_ru));
    put("title_en", quoted(title_en));
    put("containers", list([mapping.container.word()]));
    if let Some(kind) = mapping.kind {
        put("kind", quoted(kind.word()));
    }
    put("needs", list(fields.iter().flatten().map(|field| field.word())));
    put("dates", list(date_forms(&mapping.date, mapping.container == ContainerKind::Xlsx)));
    put("durations", list(duration_forms(&mapping.duration)));
    put("fixed_lengths", "true".to_owned());
    if mapping.duration == "min" {
        put("duration_unit_s", "60".to_owned());
    }
    if let Some(zone) = &mapping.zone {
        put("zone", quoted(zone));
    }
    if let Some(way) = mapping.way {
        put("way_otherwise", quoted(way.word()));
    }
    if mapping.header.is_none() && !mapping.names_columns() {
        put("headless", "true".to_owned());
        put("width", mapping.headings.len().to_string());
    }
    if matches!(mapping.container, ContainerKind::Xlsx | ContainerKind::Html) {
        put("lone_text", "true".to_owned());
    }
    let has = |field| fields.contains(&Some(field));
    let by_words = has(Field::Service) || has(Field::ServiceKind);
    put("unknown_service", quoted(if by_words { "by_direction" } else { "call" }));
    for key in ["footers", "line_words", "period_words", "made_words", "no_label"] {
        put(key, list(GENERAL.texts(key)));
    }
    if let Some(table) = &mapping.table {
        let _ = writeln!(out, "\n[sqlite]\ntables = {}", list([table.as_str()]));
    }
    if let Some(xml) = &mapping.xml {
        let _ = writeln!(out, "\n[xml]\nroot = {}\nrow = {}", quoted(&xml.root), quoted(&xml.row));
    }
}

fn columns(mapping: &Mapping, fields: &[Option<Field>], out: &mut String) {
    let plain: Vec<String> = mapping.headings.iter().map(|heading| folded(heading)).collect();
    let headless = mapping.header.is_none() && !mapping.names_columns();
    for (column, field) in fields.iter().enumerate().filter_map(|(at, field)| Some((at, (*field)?))) {
        let _ = writeln!(out, "\n[[column]]\nfield = {}", quoted(field.word()));
        let heading = plain[column].as_str();
        if !headless && !heading.is_empty() {
            let _ = writeln!(out, "headers = {}", list([literal(mapping.headings[column].trim())]));
        }
        // Where several are headed alike, or none is, the place tells.
        if headless || heading.is_empty() || plain.iter().filter(|other| *other == heading).count() > 1 {
            let _ = writeln!(out, "at = {}", column + 1);
        }
    }
}

fn words(mapping: &Mapping, fields: &[Option<Field>], out: &mut String) {
    let of = |column: u32| fields.get(column as usize).copied().flatten();
    let outcomes = mapping.words.iter().filter(|w| of(w.column) == Some(Field::Outcome));
    let told = [Field::Direction, Field::Service, Field::ServiceKind];
    let others = mapping.words.iter().filter(|w| of(w.column).is_some_and(|field| told.contains(&field)));
    for means in WordMeaning::ALL {
        let these = |words: &mut dyn Iterator<Item = &super::WordRead>| -> Vec<String> {
            let mut found: Vec<String> = words.filter(|w| w.means == *means).map(|w| literal(&w.word)).collect();
            found.sort();
            found.dedup();
            found
        };
        let (words, ended) = (these(&mut others.clone()), these(&mut outcomes.clone()));
        if let Some((direction, disposition)) = way_of(*means).filter(|_| !words.is_empty()) {
            let _ =
                writeln!(out, "\n[[direction]]\nwords = {}\ndirection = {}", list(&words), quoted(direction.word()));
            if let Some(disposition) = disposition {
                let _ = writeln!(out, "disposition = {}", quoted(disposition.word()));
            }
        }
        if !ended.is_empty() {
            let disposition = quoted(outcome_of(*means).word());
            let _ = writeln!(out, "\n[[outcome]]\nwords = {}\ndisposition = {disposition}", list(&ended));
        }
    }
    // Of two columns the rule that stands first decides, so that what names another service goes before calls.
    for call in [false, true] {
        for kind in ServiceKind::ALL.iter().filter(|kind| (**kind == ServiceKind::Call) == call) {
            let mut these: Vec<String> =
                others.clone().filter(|w| service_of(w.means) == Some(*kind)).map(|w| literal(&w.word)).collect();
            these.sort();
            these.dedup();
            if !these.is_empty() {
                let _ = writeln!(out, "\n[[service]]\nwords = {}\nkind = {}", list(&these), quoted(kind.word()));
            }
        }
    }
    // Words that stood in none of the rows looked at are read as in any table.
    out.push_str(&GENERAL.rules);
}

/// Which way a word says, and how it ended.
fn way_of(means: WordMeaning) -> Option<(Direction, Option<Disposition>)> {
    let incoming = |disposition| Some((Direction::Incoming, Some(disposition)));
    match means {
        WordMeaning::Incoming => Some((Direction::Incoming, None)),
        WordMeaning::Outgoing => Some((Direction::Outgoing, None)),
        WordMeaning::OutgoingMissed => Some((Direction::Outgoing, Some(Disposition::Missed))),
        WordMeaning::Missed => incoming(Disposition::Missed),
        WordMeaning::Rejected => incoming(Disposition::Rejected),
        WordMeaning::Blocked => incoming(Disposition::Blocked),
        WordMeaning::Voicemail => incoming(Disposition::Voicemail),
        WordMeaning::Unknown => Some((Direction::Unknown, None)),
        _ => None,
    }
}

fn outcome_of(means: WordMeaning) -> Disposition {
    match means {
        WordMeaning::Answered => Disposition::Answered,
        WordMeaning::Missed | WordMeaning::OutgoingMissed => Disposition::Missed,
        WordMeaning::Rejected => Disposition::Rejected,
        WordMeaning::Blocked => Disposition::Blocked,
        WordMeaning::Voicemail => Disposition::Voicemail,
        _ => Disposition::Unknown,
    }
}

fn service_of(means: WordMeaning) -> Option<ServiceKind> {
    Some(match means {
        WordMeaning::Answered | WordMeaning::Unknown => return None,
        WordMeaning::Sms => ServiceKind::Sms,
        WordMeaning::Mms => ServiceKind::Mms,
        WordMeaning::Ussd => ServiceKind::Ussd,
        WordMeaning::Data => ServiceKind::Data,
        WordMeaning::Fax => ServiceKind::Fax,
        WordMeaning::Fee => ServiceKind::Fee,
        WordMeaning::Other => ServiceKind::Other,
        _ => ServiceKind::Call,
    })
}

/// A word that means itself, stars and all.
fn literal(word: &str) -> String {
    if word.starts_with(['*', '\\']) || word.ends_with('*') { format!("\\{word}") } else { word.to_owned() }
}

fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let quoted: Vec<String> = texts.into_iter().map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", quoted.join(", "))
}

/// A text as TOML writes it.
pub(in crate::import) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
