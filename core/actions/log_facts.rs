//! What an entry of the log tells of, resolved: names instead of ids, so that a sentence can be made of it.

use super::attach::exhibit_no;
use super::groups::words_said;
use super::hand;
use crate::error::Result;
use crate::model::{CallId, CustodyKind, ExtractOf, HAND_RECIPE, NumberKind, Override, Precision, RecordId, rfc3339};
use crate::store::evidence::{self, StoredSource};
use crate::store::{Connection, lists};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use serde_json::Value;

/// Calls of an entry that are named; the others are counted.
const NAMED: usize = 3;

/// A file that an entry speaks of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LogFile {
    /// Number of the exhibit: `E0002`; empty for a source.
    pub no: String,
    /// File name.
    pub file: String,
    /// Rows of a source.
    pub rows: u32,
    /// Rows of a source that state a call.
    pub records: u32,
    /// The whole file, where only an extract of it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extract_of: Option<ExtractOf>,
}

/// A register of the numbering plan that an entry speaks of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LogRegister {
    /// File name.
    pub file: String,
    /// The day whose state it is.
    pub dated: String,
}

/// A call that an entry speaks of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LogCall {
    /// Start, RFC 3339 with the offset of its zone.
    pub started_at: String,
    /// Its precision.
    pub precision: Precision,
    /// E.164.
    pub number: Option<String>,
    /// As written.
    pub number_raw: String,
    /// Kind of the number.
    pub number_kind: NumberKind,
}

/// A message that the person wrote down.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LogMessage {
    /// When it came, as written.
    pub when: String,
    /// E.164.
    pub number: Option<String>,
    /// As written.
    pub number_raw: String,
    /// Kind of the number.
    pub number_kind: NumberKind,
}

/// What an entry tells of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LogFacts {
    /// Whether the details of the entry are there at all.
    pub known: bool,
    /// Program that did it, with its version.
    pub program: Option<String>,
    /// Files: sources or exhibits.
    pub files: Vec<LogFile>,
    /// Registers of the numbering plan.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub registers: Vec<LogRegister>,
    /// Exhibits that the case held before, named beside those that were added.
    pub held: Vec<LogFile>,
    /// Names of groups as they were before.
    pub groups: Vec<String>,
    /// How many groups, where their names are not known.
    pub groups_in_all: u32,
    /// Whether a group was marked as people whom the person knows, or got a mark of its own, or that was taken away.
    pub marked: Option<bool>,
    /// A name or a title that was given.
    pub name: Option<String>,
    /// The person's own lines.
    pub lines: Vec<String>,
    /// The first of the calls.
    pub calls: Vec<LogCall>,
    /// How many calls.
    pub calls_in_all: u32,
    /// A caller label.
    pub label: Option<String>,
    /// By what way came what was written down by hand.
    pub channel: Option<String>,
    /// Name of the messenger by which that came.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub messenger: String,
    /// The message that it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<LogMessage>,
    /// A time of capture that was stated.
    pub captured_at: Option<String>,
    /// Its precision.
    pub precision: Option<String>,
    /// A zone that was set for a source.
    pub zone: Option<String>,
    /// Whether the case has a password afterwards.
    pub keyed: Option<bool>,
    /// Code of a bundle.
    pub code: Option<String>,
    /// `plain` for plain files, empty for a zip.
    pub form: String,
    /// `case`, `bundle` for what was verified.
    pub target: String,
    /// Differences that a verification found.
    pub differences: Option<u32>,
    /// Event that was undone or redone.
    #[cfg_attr(feature = "bindings", specta(type = Option<i32>))]
    pub of: Option<i64>,
    /// Its kind.
    pub action: Option<String>,
}

/// Each once, in the order in which they first stand.
fn distinct(ids: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut seen: FxHashSet<i64> = FxHashSet::default();
    ids.filter(|id| seen.insert(*id)).collect()
}

/// Names of what a case holds, also of what was withdrawn.
pub(super) struct Resolver<'a> {
    connection: &'a Connection,
    exhibits: FxHashMap<i64, String>,
    /// What the person wrote down by hand, withdrawn or not.
    by_hand: FxHashMap<i64, StoredSource>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(connection: &'a Connection) -> Result<Self> {
        let exhibits = evidence::exhibits(connection)?.into_iter().map(|e| (e.id.0, e.name)).collect();
        let by_hand = evidence::sources(connection)?.into_iter().filter(|s| s.source.recipe == HAND_RECIPE);
        let by_hand = by_hand.map(|s| (s.source.id.0, s)).collect();
        Ok(Self { connection, exhibits, by_hand })
    }

    fn exhibit(&self, id: i64) -> LogFile {
        let file = self.exhibits.get(&id).cloned().unwrap_or_default();
        LogFile { no: exhibit_no(crate::model::ExhibitId(id)), file, ..LogFile::default() }
    }

    fn call(&self, record: i64) -> Result<Option<LogCall>> {
        let call = lists::call_of_record(self.connection, RecordId(record))?;
        let members = lists::members(self.connection, call)?;
        let Some(first) = members.first().map(|m| &m.record) else { return Ok(None) };
        let number = members.iter().find(|m| m.record.number.kind == NumberKind::E164).map(|m| &m.record.number);
        Ok(Some(LogCall {
            started_at: rfc3339(first.start.instant(), &first.start.clock.zone),
            precision: first.start.clock.precision,
            number: number.map(|n| n.text.clone()),
            number_raw: first.number_raw.clone(),
            number_kind: number.map_or(first.number.kind, |n| n.kind),
        }))
    }

    /// What an entry by hand says of itself that no record keeps: by which messenger it came, and all of a message.
    fn told_by_hand(&self, source: Option<i64>, facts: &mut LogFacts) -> Result<()> {
        let Some(source) = source else { return Ok(()) };
        let Some(stored) = self.by_hand.get(&source) else { return Ok(()) };
        let Some(entry) = hand::entry_of_source(self.connection, stored)? else { return Ok(()) };
        if let Some(channel) = entry.channel {
            facts.channel = Some(channel.word().to_owned());
        }
        if entry.call.is_none() {
            facts.message = Some(LogMessage {
                when: entry.when,
                number: entry.number,
                number_raw: entry.number_raw,
                number_kind: entry.number_kind,
            });
        }
        facts.messenger = entry.messenger;
        Ok(())
    }

    fn group(&self, record: i64) -> Result<Option<String>> {
        let call: CallId = lists::call_of_record(self.connection, RecordId(record))?;
        Ok(lists::group_of(self.connection, call)?.map(|(_, name)| name))
    }

    /// Reads the details of an entry. They may come from a stranger: what is not understood is left out.
    pub(super) fn facts(&self, subject: i64, kind: &str, details: Option<&str>) -> Result<LogFacts> {
        let Some(Value::Object(details)) = details.and_then(|text| serde_json::from_str(text).ok()) else {
            return Ok(LogFacts::default());
        };
        let text = |name: &str| details.get(name).and_then(Value::as_str).map(str::to_owned);
        let small = |value: Option<&Value>| {
            value.and_then(Value::as_u64).map(|n| u32::try_from(n).unwrap_or(u32::MAX)).unwrap_or_default()
        };
        let list = |name: &str| details.get(name).and_then(Value::as_array).into_iter().flatten();
        let texts = |name: &str| list(name).filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
        let mut facts = LogFacts {
            known: true,
            program: text("program"),
            groups: texts("names"),
            name: if kind == CustodyKind::ZoneSet.word() { text("file") } else { text("title") },
            lines: texts("lines"),
            label: text("label"),
            channel: text("channel"),
            captured_at: text("captured_at"),
            precision: text("precision"),
            zone: text("zone"),
            keyed: details.get("keyed").and_then(Value::as_bool),
            code: text("code"),
            form: text("form").unwrap_or_default(),
            target: text("target").unwrap_or_default(),
            differences: details
                .get("differences")
                .and_then(Value::as_array)
                .map(|found| small(Some(&found.len().into()))),
            action: text("action"),
            of: details.contains_key("action").then_some(subject),
            ..LogFacts::default()
        };
        if kind == CustodyKind::CallNoted.word() || kind == CustodyKind::Withdrawn.word() {
            let source = list("sources").find_map(|source| source.get("source").and_then(Value::as_i64));
            self.told_by_hand(source, &mut facts)?;
        }
        for source in list("sources") {
            let file = source.get("file").and_then(Value::as_str).unwrap_or_default().to_owned();
            let (rows, records) = (small(source.get("rows")), small(source.get("records")));
            let extract_of = source.get("extract_of").and_then(|of| serde_json::from_value(of.clone()).ok());
            facts.files.push(LogFile { no: String::new(), file, rows, records, extract_of });
        }
        for register in list("registers") {
            let file = register.get("file").and_then(Value::as_str).unwrap_or_default().to_owned();
            facts.registers.push(LogRegister {
                file,
                dated: register.get("dated").and_then(Value::as_str).unwrap_or_default().to_owned(),
            });
        }
        let ids = |value: &Value, name: &str| value.get(name).and_then(Value::as_i64);
        let mut exhibits: Vec<i64> = list("exhibits").chain(list("links")).filter_map(|v| ids(v, "exhibit")).collect();
        exhibits.extend(details.get("exhibit").and_then(Value::as_i64));
        let held: Vec<i64> = list("held").filter_map(|v| ids(v, "exhibit")).collect();
        facts.held = distinct(held.iter().copied()).into_iter().map(|id| self.exhibit(id)).collect();
        let mut exhibits = distinct(exhibits.into_iter().filter(|id| !held.contains(id)));
        if kind == CustodyKind::Attached.word() && exhibits.is_empty() && held.is_empty() && subject != 0 {
            // An older program named only what was new: the exhibit itself is the subject.
            exhibits.push(subject);
        }
        facts.files.extend(exhibits.into_iter().map(|id| self.exhibit(id)));
        let mut calls: Vec<i64> = list("links").filter_map(|v| ids(v, "call")).collect();
        calls.extend(list("calls").filter_map(Value::as_i64));
        calls.extend(details.get("call").and_then(Value::as_i64));
        let mut calls = distinct(calls.into_iter());
        // Of several words the first says what was done.
        match words_said(details.get("override")).into_iter().next().map(serde_json::from_value::<Override>) {
            Some(Ok(Override::Merge(records))) => {
                facts.groups_in_all = u32::try_from(records.len()).unwrap_or(u32::MAX);
                facts.name = records.first().map(|first| self.group(first.0)).transpose()?.flatten();
            }
            Some(Ok(Override::Split(records) | Override::NotThem { records, .. })) => {
                calls.extend(records.iter().map(|r| r.0));
            }
            Some(Ok(Override::Name(_, name))) => facts.name = Some(name),
            Some(Ok(Override::Known(_, yes))) => facts.marked = Some(yes),
            Some(Ok(Override::Attributed(_, claim))) => facts.name = claim.map(|claim| claim.respondent),
            Some(Ok(Override::Marked(_, mark))) => facts.marked = Some(mark.is_some()),
            _ => {}
        }
        if kind == "exported" {
            facts.calls_in_all = small(details.get("calls"));
            for group in list("groups").filter_map(Value::as_i64) {
                facts.groups.extend(self.group(group)?);
            }
            return Ok(facts);
        }
        // Where whole numbers were meant, one call stands for all of each.
        facts.calls_in_all = u32::try_from(calls.len()).unwrap_or(u32::MAX).max(small(details.get("calls")));
        for record in calls.into_iter().take(NAMED) {
            facts.calls.extend(self.call(record)?);
        }
        Ok(facts)
    }
}
