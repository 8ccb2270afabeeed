//! Caller labels as observations: the text as shown, for which call, on which exhibit or in which row, who says so.

use super::csv_out::CsvOut;
use super::names::source_no;
use super::tables::{number_of, place};
use crate::error::Result;
use crate::model::{
    CallId, Dossier, DossierCall, DossierLabel, ExhibitId, ExhibitKind, LabelPlace, LabelSource, RowText, SourceId,
    SourceKind,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::io::Write;

/// `data/tables/label-observations.schema.json`.
pub(super) const OBSERVATIONS_SCHEMA: &str = include_str!("schemas/label-observations.schema.json");
/// `data/tables/labels.schema.json`.
pub(super) const LABELS_SCHEMA: &str = include_str!("schemas/labels.schema.json");

/// Between the texts of one call, and between what is said of each.
const BETWEEN: &str = " | ";

/// Texts with the calls that each was seen for.
type Texts<'a> = Vec<(&'a str, Vec<CallId>)>;

/// What is needed to say where the labels of a dossier were seen.
pub(super) struct Observed<'a> {
    kinds: FxHashMap<SourceId, SourceKind>,
    exhibits: FxHashMap<ExhibitId, (&'a str, ExhibitKind)>,
    read_off: FxHashMap<ExhibitId, Texts<'a>>,
}

impl<'a> Observed<'a> {
    pub(super) fn new(dossier: &'a Dossier) -> Self {
        let exhibits = dossier.exhibits.iter().map(|e| (e.exhibit.id, (e.exhibit.no.as_str(), e.exhibit.kind)));
        let mut read_off: FxHashMap<ExhibitId, Texts<'a>> = FxHashMap::default();
        for call in &dossier.calls {
            for label in &call.labels {
                let LabelPlace::Exhibit(Some(exhibit)) = label.seen else { continue };
                let texts = read_off.entry(exhibit).or_default();
                match texts.iter_mut().find(|(seen, _)| *seen == &*label.text) {
                    // One call after another: only the last can be the same.
                    Some((_, calls)) if calls.last() == Some(&call.id) => {}
                    Some((_, calls)) => calls.push(call.id),
                    None => texts.push((&label.text, vec![call.id])),
                }
            }
        }
        let kinds = dossier.sources.iter().map(|item| (item.source.id, item.source.kind)).collect();
        Self { kinds, exhibits: exhibits.collect(), read_off }
    }

    /// The labels that the person read off an exhibit, each text with its calls.
    pub(super) fn read_off(&self, exhibit: ExhibitId) -> &[(&'a str, Vec<CallId>)] {
        self.read_off.get(&exhibit).map_or(&[][..], Vec::as_slice)
    }

    fn source(&self, call: &DossierCall, label: &DossierLabel) -> LabelSource {
        if matches!(label.seen, LabelPlace::Exhibit(_)) {
            return LabelSource::Exhibit;
        }
        match row(call, label).and_then(|row| self.kinds.get(&row.source)).copied().unwrap_or_default() {
            SourceKind::Phone => LabelSource::PhoneLog,
            SourceKind::Operator => LabelSource::OperatorField,
            SourceKind::Pbx => LabelSource::PbxField,
            SourceKind::Hand => LabelSource::Hand,
            SourceKind::Other => LabelSource::OtherField,
        }
    }

    /// `S0002:17`, `E0003`; empty where the exhibit does not leave.
    fn seen(&self, call: &DossierCall, label: &DossierLabel) -> String {
        match label.seen {
            LabelPlace::Row(_) => row(call, label).map(place).unwrap_or_default(),
            LabelPlace::Exhibit(exhibit) => self.exhibit(exhibit).map_or_else(String::new, |(no, _)| no.to_owned()),
        }
    }

    fn exhibit(&self, exhibit: Option<ExhibitId>) -> Option<(&'a str, ExhibitKind)> {
        exhibit.and_then(|id| self.exhibits.get(&id)).copied()
    }

    /// Where the labels of a call stand, as words: `phone_log exhibit | operator_field`.
    pub(super) fn sources(&self, call: &DossierCall) -> String {
        each_text(call, " ", |label| self.source(call, label).word().to_owned())
    }

    /// The places themselves: `S0002:17 E0003 | S0001:4`.
    pub(super) fn places(&self, call: &DossierCall) -> String {
        each_text(call, " ", |label| self.seen(call, label))
    }

    /// Who says that they were shown: `source person | source`.
    pub(super) fn asserters(&self, call: &DossierCall) -> String {
        each_text(call, " ", |label| asserted_by(self.source(call, label)).to_owned())
    }

    /// The same for people, in Russian: `в журнале телефона, на снимке E0003 | …`.
    pub(super) fn places_in_words(&self, call: &DossierCall) -> String {
        each_text(call, ", ", |label| self.in_words(call, label))
    }

    /// The labels of a call, each with where it was seen: `ООО ВЕКТОРИЯ (на снимке E0003)`.
    pub(super) fn told(&self, call: &DossierCall) -> String {
        let in_words = |label: &DossierLabel| self.in_words(call, label);
        let told = texts(call).into_iter().map(|text| format!("{text} ({})", all_of(call, text, ", ", &in_words)));
        told.collect::<Vec<_>>().join(BETWEEN)
    }

    fn in_words(&self, call: &DossierCall, label: &DossierLabel) -> String {
        match self.source(call, label) {
            LabelSource::PhoneLog => "в журнале телефона".to_owned(),
            LabelSource::OperatorField => "в детализации".to_owned(),
            LabelSource::PbxField => "в журнале АТС".to_owned(),
            LabelSource::Hand => "со слов заявителя".to_owned(),
            LabelSource::OtherField => format!("в файле, {}", self.seen(call, label)),
            LabelSource::Exhibit => {
                let LabelPlace::Exhibit(exhibit) = label.seen else { return String::new() };
                match self.exhibit(exhibit) {
                    Some((no, ExhibitKind::Screenshot)) => format!("на снимке {no}"),
                    Some((no, ExhibitKind::Recording)) => format!("в записи {no}"),
                    Some((no, ExhibitKind::Document)) => format!("в документе {no}"),
                    None => "на приложении, которое сюда не вошло".to_owned(),
                }
            }
        }
    }
}

/// Who says that a label was shown.
fn asserted_by(source: LabelSource) -> &'static str {
    match source {
        LabelSource::Exhibit | LabelSource::Hand => "person",
        _ => "source",
    }
}

/// The row in which a label stands.
fn row<'c>(call: &'c DossierCall, label: &DossierLabel) -> Option<&'c RowText> {
    let LabelPlace::Row(record) = label.seen else { return None };
    call.records.iter().find(|row| row.record == record)
}

/// The observations of one text of a call.
fn seen_as<'c>(call: &'c DossierCall, text: &'c str) -> impl Iterator<Item = &'c DossierLabel> {
    call.labels.iter().filter(move |label| *label.text == *text)
}

/// What `tell` says of the observations of one text, each once.
fn all_of(call: &DossierCall, text: &str, apart: &str, tell: &impl Fn(&DossierLabel) -> String) -> String {
    each_once(seen_as(call, text).map(tell).filter(|one| !one.is_empty())).join(apart)
}

/// The same for each text of a call.
fn each_text(call: &DossierCall, apart: &str, tell: impl Fn(&DossierLabel) -> String) -> String {
    texts(call).into_iter().map(|text| all_of(call, text, apart, &tell)).collect::<Vec<_>>().join(BETWEEN)
}

/// Each once, in the order in which they first stand.
fn each_once<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut once: Vec<T> = Vec::new();
    for one in all {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

/// The labels of a call, each once.
pub(super) fn texts(call: &DossierCall) -> Vec<&str> {
    each_once(call.labels.iter().map(|label| label.text.as_ref()))
}

/// The same, separated by ` | `.
pub(super) fn joined(call: &DossierCall) -> String {
    texts(call).join(BETWEEN)
}

/// What all observations of one label come to.
struct Sum<'a> {
    calls: u64,
    first: usize,
    last: usize,
    numbers: FxHashSet<&'a str>,
    sources: BTreeSet<SourceId>,
    exhibits: BTreeSet<&'a str>,
    kinds: BTreeSet<LabelSource>,
}

/// Writes `labels.csv`: one row for each caller label as shown.
pub(super) fn write_labels(dossier: &Dossier, observed: &Observed<'_>, out: &mut dyn Write) -> Result<()> {
    let mut sums: FxHashMap<&str, Sum<'_>> = FxHashMap::default();
    for (index, call) in dossier.calls.iter().enumerate() {
        for text in texts(call) {
            let sum = sums.entry(text).or_insert_with(|| Sum {
                calls: 0,
                first: index,
                last: index,
                numbers: FxHashSet::default(),
                sources: BTreeSet::new(),
                exhibits: BTreeSet::new(),
                kinds: BTreeSet::new(),
            });
            (sum.calls, sum.last) = (sum.calls + 1, index);
            sum.numbers.insert(number_of(call));
            for label in seen_as(call, text) {
                sum.kinds.insert(observed.source(call, label));
                sum.sources.extend(row(call, label).map(|row| row.source));
                if let LabelPlace::Exhibit(exhibit) = label.seen {
                    sum.exhibits.extend(observed.exhibit(exhibit).map(|(no, _)| no));
                }
            }
        }
    }
    let mut rows: Vec<_> = sums.into_iter().collect();
    rows.sort_unstable_by(|a, b| a.0.cmp(b.0));
    let header = [
        "label",
        "label_source",
        "calls",
        "first",
        "last",
        "numbers",
        "asserted_by",
        "exhibits",
        "sources",
        "first_seen_in",
    ];
    let mut csv = CsvOut::new(out, &header)?;
    for (text, sum) in rows {
        let (Some(first), Some(last)) = (dossier.calls.get(sum.first), dossier.calls.get(sum.last)) else { continue };
        let asserters: BTreeSet<&str> = sum.kinds.iter().map(|kind| asserted_by(*kind)).collect();
        let mut places: Vec<String> = seen_as(first, text).map(|label| observed.seen(first, label)).collect();
        places.retain(|place| !place.is_empty());
        places.dedup();
        csv.free(text).word(&spaced(sum.kinds.iter().map(|kind| kind.word())));
        csv.number(sum.calls).word(&first.start.rfc3339()).word(&last.start.rfc3339()).number(sum.numbers.len());
        csv.word(&spaced(asserters)).word(&spaced(sum.exhibits));
        csv.word(&sum.sources.iter().map(|source| source_no(source.0)).collect::<Vec<_>>().join(" "));
        csv.word(&places.join(" ")).end()?;
    }
    csv.finish()
}

fn spaced<'t>(words: impl IntoIterator<Item = &'t str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// Writes `label-observations.csv`: one row for each time that a label was seen.
pub(super) fn write_observations(dossier: &Dossier, observed: &Observed<'_>, out: &mut dyn Write) -> Result<()> {
    let header = ["call_id", "started_at", "label", "label_source", "asserted_by", "exhibit", "source", "sheet", "row"];
    let mut csv = CsvOut::new(out, &header)?;
    for call in &dossier.calls {
        for label in &call.labels {
            let source = observed.source(call, label);
            csv.number(call.id).word(&call.start.rfc3339()).free(&label.text);
            csv.word(source.word()).word(asserted_by(source));
            match label.seen {
                LabelPlace::Exhibit(exhibit) => {
                    csv.word(observed.exhibit(exhibit).map_or("", |(no, _)| no)).word("").word("").word("");
                }
                LabelPlace::Row(_) => match row(call, label) {
                    Some(row) => {
                        csv.word("").word(&source_no(row.source.0)).number(row.sheet).number(row.row);
                    }
                    None => {
                        csv.word("").word("").word("").word("");
                    }
                },
            }
            csv.end()?;
        }
    }
    csv.finish()
}
