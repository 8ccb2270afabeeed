//! What the person said, replayed from the custody chain, against what the tables keep of it: links, labels, refused
//! proposals, times of capture, zones of sources, corrections of groups, registers, title and lines of the case.

use super::groups::words_said;
use super::new_case::digest_of_lines;
use super::verify::{Noted, number};
use super::verify_names::Names;
use crate::bundle::Difference;
use crate::error::Result;
use crate::model::{CustodyEvent, CustodyKind, EventId, ExhibitId, NumberKind};
use crate::store::{Connection, exhibits, refusals, registers, word, zones};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

/// Something said that a table keeps as a row. Exhibits, records and sources by number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Said {
    Link(i64, i64),
    Label(i64, i64, String),
    Refused(i64, i64),
    Captured(i64),
    Zone(i64),
    Register(i64),
    /// A correction of groups, by its event and its place in that.
    Group(i64, usize),
    Title,
    /// The numbers of the own lines, or the digest of all that is said of them.
    Lines,
}

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    /// The row must be there.
    Must,
    /// It may: the chain of an older program does not say.
    May,
    /// The row must say this.
    Text(String),
}

/// One change of an event: what, how it stood before, how it stands after.
type Change = (Said, Option<Standing>, Option<Standing>);

/// The person's word as the chain tells it.
#[derive(Default)]
struct Word {
    /// In order: what is said of one exhibit stands together.
    now: BTreeMap<Said, Standing>,
    changes: FxHashMap<EventId, Vec<Change>>,
    /// Records, and labels on them, that an older program linked to exhibits without naming these.
    unnamed: FxHashSet<(i64, Option<String>)>,
    /// Whether an event about groups did not say what it did.
    groups_untold: bool,
}

impl Word {
    /// Replays the chain; `None` where details are absent that would be needed.
    fn of(noted: &Noted) -> Option<Self> {
        let mut word = Self::default();
        for event in &noted.events {
            word.take(event, noted.details.get(&event.seq).map(Details))?;
        }
        Some(word)
    }

    fn step(&mut self, event: EventId, back: bool) {
        let changes = self.changes.get(&event).cloned().unwrap_or_default();
        let put = |now: &mut BTreeMap<Said, Standing>, said, standing: Option<Standing>| match standing {
            Some(standing) => drop(now.insert(said, standing)),
            None => drop(now.remove(&said)),
        };
        if back {
            changes.into_iter().rev().for_each(|(said, before, _)| put(&mut self.now, said, before));
        } else {
            changes.into_iter().for_each(|(said, _, after)| put(&mut self.now, said, after));
        }
    }

    fn set(&mut self, event: EventId, said: Said, standing: Option<Standing>) {
        let before = match &standing {
            Some(standing) => self.now.insert(said.clone(), standing.clone()),
            None => self.now.remove(&said),
        };
        if before != standing {
            self.changes.entry(event).or_default().push((said, before, standing));
        }
    }

    /// Takes one thing away, and others `within` with it that the event may have meant as well: a call has several records.
    fn take_away(&mut self, event: EventId, said: &Said, within: Range<Said>, meant: impl Fn(&Said) -> bool) {
        self.set(event, said.clone(), None);
        let others = self.now.range(within).filter(|(s, how)| **how == Standing::Must && meant(s));
        let others: Vec<Said> = others.map(|(s, _)| s.clone()).collect();
        for said in others {
            self.set(event, said, Some(Standing::May));
        }
    }

    fn link(&mut self, event: EventId, exhibit: i64, call: i64) {
        self.set(event, Said::Link(exhibit, call), Some(Standing::Must));
        self.put_back(event, exhibit, call);
    }

    fn put_back(&mut self, event: EventId, exhibit: i64, call: i64) {
        self.take_away(event, &Said::Refused(exhibit, call), of_exhibit(exhibit, Said::Refused), |_| true);
    }

    /// Takes one event; `None` where its details are needed and absent.
    fn take(&mut self, event: &CustodyEvent, details: Option<Details<'_>>) -> Option<()> {
        let seq = event.seq;
        match event.kind {
            CustodyKind::Undone => self.step(EventId(event.subject), true),
            CustodyKind::Redone => self.step(EventId(event.subject), false),
            CustodyKind::Attached => self.attach(event, details?),
            CustodyKind::ExhibitsLinked => self.observe(seq, &details?.pairs(), None),
            CustodyKind::LabelObserved => {
                let details = details?;
                self.observe(seq, &details.pairs(), details.text("label"));
            }
            CustodyKind::ExhibitUnlinked => self.unlink(seq, details?),
            CustodyKind::LabelRemoved => self.remove_label(seq, details?),
            CustodyKind::ProposalRefused => {
                for (exhibit, call) in details?.pairs() {
                    self.set(seq, Said::Refused(exhibit, call), Some(Standing::Must));
                }
            }
            CustodyKind::ProposalsPutBack => {
                details?.pairs().into_iter().for_each(|(exhibit, call)| self.put_back(seq, exhibit, call));
            }
            CustodyKind::CaptureStated => {
                let details = details?;
                let exhibit = number(details.0, "exhibit").unwrap_or(event.subject);
                let precision = || details.text("precision").unwrap_or_default();
                let at = details.text("captured_at").map(|at| stated(at, precision()));
                self.set(seq, Said::Captured(exhibit), at.map(Standing::Text));
            }
            CustodyKind::ZoneSet => {
                let zone = details?.text("zone").map(|zone| Standing::Text(zone.to_owned()));
                self.set(seq, Said::Zone(event.subject), zone);
            }
            CustodyKind::CallsPutBack | CustodyKind::GroupsParted => {
                let gone = details?.0.get("override").map(Value::to_string);
                let of =
                    self.groups().into_iter().rfind(|(_, word)| Some(*word) == gone.as_ref()).map(|(said, _)| said);
                match of.cloned() {
                    Some(said) => self.set(seq, said, None),
                    None => self.groups_untold = true,
                }
            }
            CustodyKind::GroupsMerged
            | CustodyKind::GroupSplit
            | CustodyKind::GroupNamed
            | CustodyKind::GroupKnown
            | CustodyKind::GroupAttributed
            | CustodyKind::GroupMarked
            | CustodyKind::CallsGathered
            | CustodyKind::CallsTakenOut => {
                let words = words_said(details?.0.get("override"));
                self.groups_untold |= words.is_empty();
                for (place, word) in words.iter().enumerate() {
                    self.set(seq, Said::Group(seq.0, place), Some(Standing::Text(word.to_string())));
                }
            }
            CustodyKind::Created | CustodyKind::CaseEdited => self.describe(seq, details?),
            CustodyKind::RegisterLoaded => self.load_registers(seq, details?),
            // A register may come with the files of an import.
            CustodyKind::Imported => details.into_iter().for_each(|details| self.load_registers(seq, details)),
            // Of evidence, of the password: nothing that the person said of it.
            CustodyKind::CallNoted
            | CustodyKind::AlreadyHeld
            | CustodyKind::ExhibitEdited
            | CustodyKind::Withdrawn
            | CustodyKind::Reinstated
            | CustodyKind::Purged
            | CustodyKind::PasswordChanged
            | CustodyKind::Adopted => {}
        }
        Some(())
    }

    fn load_registers(&mut self, event: EventId, details: Details<'_>) {
        for id in details.numbers("registers_replaced") {
            self.set(event, Said::Register(id), None);
        }
        for one in details.list("registers") {
            if let Some(id) = number(one, "register") {
                self.set(event, Said::Register(id), Some(Standing::Text(Details(one).register())));
            }
        }
    }

    fn attach(&mut self, event: &CustodyEvent, details: Details<'_>) {
        let (mut pairs, label) = (details.pairs(), details.text("label"));
        if details.0.get("links").is_none() {
            let mut named: Vec<i64> = details.list("exhibits").filter_map(|one| number(one, "exhibit")).collect();
            named.push(event.subject);
            let calls = details.numbers("calls");
            pairs.extend(named.iter().flat_map(|exhibit| calls.iter().map(|call| (*exhibit, *call))));
            self.unnamed.extend(calls.iter().map(|call| (*call, None)));
            self.unnamed.extend(calls.iter().map(|call| (*call, label.map(str::to_owned))));
        }
        self.observe(event.seq, &pairs, label);
    }

    fn unlink(&mut self, event: EventId, details: Details<'_>) {
        let records = details.records();
        for (exhibit, call) in details.pairs() {
            match &records {
                Some(records) => records.iter().for_each(|r| self.set(event, Said::Link(exhibit, *r), None)),
                None => self.take_away(event, &Said::Link(exhibit, call), of_exhibit(exhibit, Said::Link), |_| true),
            }
        }
    }

    fn remove_label(&mut self, event: EventId, details: Details<'_>) {
        let (records, label) = (details.records(), details.text("label").unwrap_or_default());
        for (exhibit, call) in details.pairs() {
            let said = |record: i64| Said::Label(exhibit, record, label.to_owned());
            let labels = of_exhibit(exhibit, |exhibit, record| Said::Label(exhibit, record, String::new()));
            let same = |s: &Said| matches!(s, Said::Label(_, _, text) if text == label);
            match &records {
                Some(records) => records.iter().for_each(|record| self.set(event, said(*record), None)),
                None => self.take_away(event, &said(call), labels, same),
            }
        }
    }

    /// Title and lines. A case that an older program made says them from the first change of them on.
    fn describe(&mut self, event: EventId, details: Details<'_>) {
        if details.0.get("lines").is_none() {
            return;
        }
        let numbers = || details.list("lines").filter_map(Value::as_str).collect::<Vec<_>>().join(" ");
        let lines = details.text("lines_sha256").map_or_else(numbers, str::to_owned);
        self.set(event, Said::Title, Some(Standing::Text(details.text("title").unwrap_or_default().to_owned())));
        self.set(event, Said::Lines, Some(Standing::Text(lines)));
    }

    fn observe(&mut self, event: EventId, pairs: &[(i64, i64)], label: Option<&str>) {
        for (exhibit, call) in pairs {
            self.link(event, *exhibit, *call);
            if let Some(label) = label {
                self.set(event, Said::Label(*exhibit, *call, label.to_owned()), Some(Standing::Must));
            }
        }
    }

    /// The corrections of groups that stand, in the order in which they were made.
    fn groups(&self) -> Vec<(&Said, &String)> {
        let all = self.now.iter().filter_map(|(said, standing)| match (said, standing) {
            (Said::Group(..), Standing::Text(word)) => Some((said, word)),
            _ => None,
        });
        all.collect()
    }

    fn allows(&self, said: &Said) -> bool {
        let unnamed = match said {
            Said::Link(_, record) => self.unnamed.contains(&(*record, None)),
            Said::Label(_, record, text) => self.unnamed.contains(&(*record, Some(text.clone()))),
            _ => false,
        };
        unnamed || self.now.contains_key(said)
    }
}

/// All that is said of an exhibit in one way.
fn of_exhibit(exhibit: i64, said: impl Fn(i64, i64) -> Said) -> Range<Said> {
    said(exhibit, i64::MIN)..said(exhibit.saturating_add(1), i64::MIN)
}

/// The details of an event.
#[derive(Clone, Copy)]
struct Details<'a>(&'a Value);

impl<'a> Details<'a> {
    fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    /// Which register it is.
    fn register(self) -> String {
        ["file", "sha256", "dated", "dated_basis"].map(|name| self.text(name).unwrap_or_default()).join("\n")
    }

    fn list(self, name: &str) -> impl Iterator<Item = &'a Value> {
        self.0.get(name).and_then(Value::as_array).into_iter().flatten()
    }

    fn numbers(self, name: &str) -> Vec<i64> {
        self.list(name).filter_map(Value::as_i64).collect()
    }

    /// Exhibits with calls.
    fn pairs(self) -> Vec<(i64, i64)> {
        let pair = |one: &Value| number(one, "exhibit").zip(number(one, "call"));
        self.list("links").filter_map(pair).chain(pair(self.0)).collect()
    }

    /// The records that it names; `None` where an older program named none.
    fn records(self) -> Option<Vec<i64>> {
        self.0.get("records").map(|_| self.numbers("records"))
    }
}

fn stated(at: &str, precision: &str) -> String {
    format!("{at} {precision}")
}

/// Compares what the tables keep of the person's word with the chain.
pub(super) fn check_word(
    connection: &Connection,
    noted: &Noted,
    names: &Names,
    differences: &mut Vec<Difference>,
) -> Result<()> {
    let Some(word) = Word::of(noted) else { return Ok(()) };
    let mut kept: Vec<(Said, Option<String>)> = Vec::new();
    kept.extend(word::links(connection)?.into_iter().map(|(e, r)| (Said::Link(e.0, r.0), None)));
    let labels = word::exhibit_labels(connection)?;
    kept.extend(labels.into_iter().map(|(e, r, text)| (Said::Label(e.0, r.0, text), None)));
    for (ExhibitId(exhibit), at) in exhibits::stated_times(connection)? {
        kept.push((Said::Captured(exhibit), Some(stated(&at.rfc3339(), at.clock.precision.word()))));
    }
    kept.extend(
        zones::zones_set(connection)?.into_iter().map(|(source, zone)| (Said::Zone(source.0), Some(zone.name()))),
    );
    for stored in registers::registers(connection)? {
        let told = serde_json::to_value(&stored.origin).unwrap_or_default();
        kept.push((Said::Register(stored.id), Some(Details(&told).register())));
    }
    // Each record of a call is noted; the event names the first.
    let mut refused: FxHashSet<Said> = FxHashSet::default();
    for (ExhibitId(exhibit), records) in refusals::noted(connection)? {
        let said = records.iter().map(|record| Said::Refused(exhibit, record.0));
        refused.extend(said.clone());
        if !said.clone().any(|said| word.allows(&said)) {
            kept.extend(said.take(1).map(|said| (said, None)));
        }
    }
    let mut changed: Vec<(Said, bool)> = Vec::new();
    for (said, text) in &kept {
        let same = match (word.now.get(said), text) {
            (Some(Standing::Text(expected)), Some(text)) => expected == text,
            _ => word.allows(said),
        };
        changed.extend((!same).then(|| (said.clone(), true)));
    }
    let there: FxHashSet<&Said> = kept.iter().map(|(said, _)| said).collect();
    for (said, standing) in &word.now {
        let lost = match (said, standing) {
            (Said::Title, Standing::Text(title)) => *title != word::title(connection)?.trim(),
            (Said::Lines, Standing::Text(lines)) => {
                let now = word::lines(connection)?;
                let numbers: Vec<&str> = now.iter().map(|line| line.number.text.as_str()).collect();
                let unlike = *lines != numbers.join(" ") && *lines != digest_of_lines(&now);
                // No line has another kind, so that the chain does not say it.
                unlike || now.iter().any(|line| line.number.kind != NumberKind::E164)
            }
            (Said::Group(..), _) => false,
            (Said::Refused(..), Standing::Must) => !refused.contains(said),
            (_, Standing::May) => false,
            _ => !there.contains(said),
        };
        changed.extend(lost.then(|| (said.clone(), false)));
    }
    let overrides = word::overrides(connection)?;
    let now = overrides.iter().map(|word| serde_json::to_value(word).unwrap_or_default().to_string());
    let told = word.groups().into_iter().map(|(_, told)| told.clone());
    if word::overrides_say_too_much(connection)? || (!word.groups_untold && !now.eq(told)) {
        changed.push((Said::Group(0, 0), false));
    }
    changed.sort();
    changed.dedup_by(|a, b| a.0 == b.0);
    differences.extend(changed.into_iter().map(|(said, there)| difference(&said, there, names)));
    Ok(())
}

/// Names a difference: what stands there and is not in the log, or is in the log and does not stand there.
fn difference(said: &Said, there: bool, names: &Names) -> Difference {
    let tail = match there {
        true => ("в журнале обращения этого нет", "the custody log does not say so"),
        false => ("по журналу обращения это есть, в деле — нет", "the custody log says so, the case does not"),
    };
    let (kind, (path, ru, en)) = match said {
        Said::Link(exhibit, call) => ("link_changed", {
            let (no, ru, en) = names.exhibit(*exhibit);
            (no, format!("связь {ru} со звонком {call}"), format!("the link of {en} to call {call}"))
        }),
        Said::Label(exhibit, call, text) => ("label_changed", {
            let (no, ru, en) = names.exhibit(*exhibit);
            (
                no,
                format!("подпись «{text}» с {ru} для звонка {call}"),
                format!("the label “{text}” read off {en} for call {call}"),
            )
        }),
        Said::Refused(exhibit, call) => ("refusal_changed", {
            let (no, ru, en) = names.exhibit(*exhibit);
            (
                no,
                format!("слова «не этот звонок» о {ru} и звонке {call}"),
                format!("the word that {en} is not of call {call}"),
            )
        }),
        Said::Captured(exhibit) => ("capture_changed", {
            let (no, ru, en) = names.exhibit(*exhibit);
            (no, format!("указанное время съёмки {ru}"), format!("the stated time of capture of {en}"))
        }),
        Said::Zone(source) => ("zone_changed", {
            let (no, ru, en) = names.source(*source);
            (no, format!("указанный часовой пояс {ru}"), format!("the time zone set for {en}"))
        }),
        Said::Register(id) => (
            "register_changed",
            (String::new(), format!("реестр нумерации № {id}"), format!("numbering register no. {id}")),
        ),
        Said::Group(..) => {
            let (ru, en) = ("правки групп", "the corrections of groups");
            ("grouping_changed", (String::new(), ru.to_owned(), en.to_owned()))
        }
        Said::Title => {
            ("case_changed", (String::new(), "название дела".to_owned(), "the title of the case".to_owned()))
        }
        Said::Lines => ("case_changed", (String::new(), "свои номера".to_owned(), "the own lines".to_owned())),
    };
    let (ru_tail, en_tail) = match said {
        Said::Title | Said::Lines | Said::Group(..) => {
            ("в деле не то, что по журналу обращения", "the case does not say what the custody log does")
        }
        _ => tail,
    };
    Difference {
        kind: kind.to_owned(),
        path,
        text: format!("Не сходится {ru}: {ru_tail}."),
        text_en: format!("Does not agree: {en}; {en_tail}."),
    }
}
