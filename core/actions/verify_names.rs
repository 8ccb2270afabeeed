//! How a verification names what it found wrong: by numbers and names that people see, not by those of the tables.

use super::attach::exhibit_no;
use crate::bundle::{Difference, source_no};
use crate::error::Result;
use crate::model::ExhibitId;
use crate::store::{Connection, evidence, registers};
use rustc_hash::FxHashMap;

/// Where a thing stands in a list of differences (`E0002`), and what it is called in Russian and in English.
pub(super) type Named = (String, String, String);

/// Names of sources and exhibits, also of those that were withdrawn.
pub(super) struct Names {
    sources: FxHashMap<i64, String>,
    exhibits: FxHashMap<i64, String>,
    originals: FxHashMap<i64, Vec<Named>>,
}

impl Names {
    /// Reads them. What cannot be read for damage has no name, and its number still tells which it is.
    pub(super) fn of(connection: &Connection) -> Self {
        let mut names =
            Self { sources: FxHashMap::default(), exhibits: FxHashMap::default(), originals: FxHashMap::default() };
        let _: Result<()> = names.read(connection);
        names
    }

    fn read(&mut self, connection: &Connection) -> Result<()> {
        for stored in evidence::sources(connection)? {
            let id = stored.source.id.0;
            self.sources.insert(id, stored.source.name);
            let named = self.source(id);
            self.originals.entry(stored.original).or_default().push(named);
        }
        for stored in evidence::exhibits(connection)? {
            self.exhibits.insert(stored.id.0, stored.name);
            let named = self.exhibit(stored.id.0);
            self.originals.entry(stored.original).or_default().push(named);
        }
        for stored in registers::registers(connection)? {
            let file = stored.origin.file;
            let named = (String::new(), format!("реестр нумерации «{file}»"), format!("numbering register “{file}”"));
            self.originals.entry(stored.original).or_default().push(named);
        }
        Ok(())
    }

    pub(super) fn exhibit(&self, id: i64) -> Named {
        named(exhibit_no(ExhibitId(id)), self.exhibits.get(&id))
    }

    pub(super) fn source(&self, id: i64) -> Named {
        named(source_no(id), self.sources.get(&id))
    }

    /// What an original is the bytes of; its digest where nothing names it.
    pub(super) fn original(&self, id: i64, sha256: String) -> Named {
        match self.originals.get(&id).map(Vec::as_slice) {
            None | Some([]) => {
                let (ru, en) = (format!("байты с суммой SHA-256 {sha256}"), format!("the bytes with SHA-256 {sha256}"));
                (sha256, ru, en)
            }
            Some(all) => {
                let join =
                    |part: &dyn Fn(&Named) -> &str, with: &str| all.iter().map(part).collect::<Vec<_>>().join(with);
                (join(&|n| &n.0, " "), join(&|n| &n.1, ", "), join(&|n| &n.2, ", "))
            }
        }
    }
}

fn named(no: String, name: Option<&String>) -> Named {
    match name {
        Some(name) => (no.clone(), format!("{no} «{name}»"), format!("{no} “{name}”")),
        None => (no.clone(), no.clone(), no),
    }
}

/// A difference in both languages.
pub(super) fn difference(kind: &str, path: String, text: &str, text_en: &str) -> Difference {
    Difference { kind: kind.to_owned(), path, text: text.to_owned(), text_en: text_en.to_owned() }
}

/// A part of the rows of a source.
pub(super) fn part(part: &str) -> (&'static str, &'static str) {
    match part {
        "clock" => ("часы и зоны", "clocks and zones"),
        "spelling" => ("номера, как они записаны", "numbers as written"),
        "label" => ("подписи", "labels"),
        "manner" => ("направления, исходы и услуги", "directions, outcomes and services"),
        "record" => ("записи о вызовах", "records of calls"),
        _ => ("строки, которые не стали звонками", "rows that are no calls"),
    }
}

/// What the program derives, by its table.
pub(super) fn derived(table: &str) -> (&'static str, &'static str) {
    match table {
        "number" | "spelling_number" => ("список номеров", "the list of numbers"),
        "label_text" | "call_by_label" => ("список подписей", "the list of labels"),
        "source_pair" => ("сравнение часов источников", "the comparison of the sources' clocks"),
        "call_join" | "record_call" => ("то, какие записи — один звонок", "which records are one call"),
        "call_by_time" | "call_by_number" => ("список звонков", "the list of calls"),
        "call_group" | "call_group_member" | "group_of_call" => ("группы звонков", "the groups of calls"),
        _ => ("одна из таблиц", "one of the tables"),
    }
}
