//! A call as it is listed, and everything about one.

use super::holders::{self, Held, Holders};
use super::sources;
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::import::{Identified, Mend, OwnRecipe, RowAsFound, hand_messenger, number_note, rows_as_found};
use crate::model::{
    CallId, ClockKind, Direction, Disposition, ExhibitId, GroupId, JoinReason, LabelPlace, Line, NumberKind,
    NumberNote, PhoneNumber, Precision, RecordId, SourceId, SourceKind, Verdict,
};
use crate::reconcile::verdict;
use crate::store::blobs::Blob;
use crate::store::evidence::{self, StoredSource};
use crate::store::lists::{self, Member};
use crate::store::{Connection, word};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RecordPlace {
    /// Source.
    pub source: SourceId,
    /// Sheet, from 1; `None` where the container has none.
    pub sheet: Option<u32>,
    /// Row.
    pub row: u32,
}

/// A call as listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CallView {
    /// Identity.
    pub id: CallId,
    /// Start, RFC 3339 with the offset of its zone.
    pub started_at: String,
    /// Precision of the start.
    pub precision: Precision,
    /// Zone, and how it is known.
    pub zone: String,
    /// `stated`, `recipe`, `given`, `line`, `assumed`.
    pub zone_basis: String,
    /// Whether the source writes instants, so that the zone is only the one in which they are shown.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub instant: bool,
    /// Direction.
    pub direction: Direction,
    /// Disposition.
    pub disposition: Disposition,
    /// E.164.
    pub number: Option<String>,
    /// As written.
    pub number_raw: String,
    /// Kind of the number.
    pub number_kind: NumberKind,
    /// Why the number may be another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_note: Option<NumberNote>,
    /// The messenger in which it came, where the person wrote that down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messenger: Option<String>,
    /// Line.
    pub line: Option<String>,
    /// Length in seconds.
    pub duration_s: Option<u32>,
    /// Labels observed.
    pub labels: Vec<String>,
    /// Group.
    pub group: Option<GroupId>,
    /// Name of the group.
    pub group_name: Option<String>,
    /// Which witnesses state it.
    pub verdict: Verdict,
    /// Of what kinds its sources are.
    pub kinds: Vec<SourceKind>,
    /// Records.
    pub records: Vec<RecordPlace>,
    /// Exhibits linked to it.
    pub exhibits: Vec<ExhibitId>,
    /// To whom the range of the number was allotted, as the register writes it: numbers are ported, and nobody is said
    /// to have called.
    pub range_holder: Option<String>,
    /// Region by the register.
    pub region: Option<String>,
    /// The day whose state the register is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range_dated: Option<String>,
    /// The operator of the own line as the person names it, where the range was allotted to another: a hint and no claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_operator: Option<String>,
}

/// A record of a call together with the row it came from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RecordAsFound {
    /// Place.
    pub place: RecordPlace,
    /// File name of the source.
    pub file: String,
    /// Kind of witness, as a word.
    pub kind: String,
    /// Start as this record states it, RFC 3339.
    pub started_at: String,
    /// Its precision.
    pub precision: Precision,
    /// Length as this record states it.
    pub duration_s: Option<u32>,
    /// Number as this record writes it.
    pub number_raw: String,
    /// Why it was joined; `None` for the call's first record.
    pub why: Option<String>,
    /// Difference of starts after the clock offset, seconds.
    pub residual_s: Option<i32>,
    /// The row as found.
    pub as_found: RowAsFound,
}

/// Everything about one call.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CallDetail {
    /// The call as listed.
    pub call: CallView,
    /// Its records.
    pub records: Vec<RecordAsFound>,
    /// Why it stands in its group: Russian.
    pub reasons: Vec<String>,
    /// The same in English.
    pub reasons_en: Vec<String>,
}

/// What every view of a call needs, loaded once a page.
pub(super) struct Looker<'a> {
    connection: &'a Connection,
    kinds: FxHashMap<SourceId, SourceKind>,
    exhibits: FxHashMap<CallId, Vec<ExhibitId>>,
    labels: FxHashMap<CallId, Vec<(ExhibitId, String)>>,
    holders: Arc<Holders>,
    lines: Vec<Line>,
}

impl<'a> Looker<'a> {
    pub(super) fn new(connection: &'a Connection) -> Result<Self> {
        let kinds = evidence::live_sources(connection)?.into_iter().map(|s| (s.source.id, s.source.kind));
        let withdrawn: Vec<ExhibitId> =
            evidence::exhibits(connection)?.into_iter().filter(|e| e.withdrawn).map(|e| e.id).collect();
        let mut exhibits: FxHashMap<CallId, Vec<ExhibitId>> = FxHashMap::default();
        for (exhibit, record) in word::links(connection)?.into_iter().filter(|(e, _)| !withdrawn.contains(e)) {
            let of_call = exhibits.entry(lists::call_of_record(connection, record)?).or_default();
            if !of_call.contains(&exhibit) {
                of_call.push(exhibit);
            }
        }
        let mut labels: FxHashMap<CallId, Vec<(ExhibitId, String)>> = FxHashMap::default();
        for (exhibit, record, text) in word::exhibit_labels(connection)? {
            if !withdrawn.contains(&exhibit) {
                labels.entry(lists::call_of_record(connection, record)?).or_default().push((exhibit, text));
            }
        }
        let (holders, lines) = (Holders::of(connection)?, word::lines(connection)?);
        Ok(Self { connection, kinds: kinds.collect(), exhibits, labels, holders, lines })
    }

    /// The records of a call that are not withdrawn.
    pub(super) fn members(&self, call: CallId) -> Result<Vec<Member>> {
        let mut members = lists::members(self.connection, call)?;
        members.retain(|m| self.kinds.contains_key(&m.record.source));
        Ok(members)
    }

    /// A call as listed; `None` where it is not in the case.
    pub(super) fn view(&self, call: CallId) -> Result<Option<CallView>> {
        let members = self.members(call)?;
        let Some(first) = members.first().map(|m| &m.record) else { return Ok(None) };
        let group = lists::group_of(self.connection, call)?;
        let number = best_number(&members);
        let line = members.iter().map(|m| &m.record.line).find(|l| !l.is_empty()).cloned();
        let held = self.holders.held(&number);
        let own = holders::own_line(&self.lines, line.as_deref());
        let line_operator = held.as_ref().zip(own).and_then(|(held, own)| self.holders.other_operator(held, own));
        Ok(Some(CallView {
            id: call,
            started_at: first.start.rfc3339(),
            precision: first.start.clock.precision,
            zone: first.start.clock.zone.name(),
            zone_basis: first.start.clock.basis.word().to_owned(),
            instant: first.start.clock.kind == ClockKind::Instant,
            direction: direction(&members),
            disposition: disposition(&members),
            number: (number.kind == NumberKind::E164).then(|| number.text.clone()),
            number_raw: first.number_raw.clone(),
            number_kind: number.kind,
            number_note: number_note(&first.number_raw, &number),
            messenger: self.messenger(&members),
            line,
            duration_s: duration(&members),
            labels: self.labels(call, &members),
            group: group.as_ref().map(|(id, _)| *id),
            group_name: group.map(|(_, name)| name),
            verdict: self.verdict(&members),
            kinds: self.kinds_of(&members),
            records: members.iter().map(|m| place_of(&m.record)).collect(),
            exhibits: self.exhibits.get(&call).cloned().unwrap_or_default(),
            range_holder: held.as_ref().map(Held::holder),
            region: held.as_ref().and_then(Held::region),
            range_dated: held.as_ref().map(Held::dated),
            line_operator,
        }))
    }

    /// To whom numbers were allotted.
    pub(super) fn holders(&self) -> &Holders {
        &self.holders
    }

    pub(super) fn labels(&self, call: CallId, members: &[Member]) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for (text, _) in self.observed(call, members) {
            if !labels.iter().any(|seen| seen == text) {
                labels.push(text.to_owned());
            }
        }
        labels
    }

    /// Each label of a call each time that it was seen: those of its rows first.
    pub(super) fn observed<'l>(&'l self, call: CallId, members: &'l [Member]) -> Vec<(&'l str, LabelPlace)> {
        let in_rows = members.iter().filter_map(|m| Some((m.record.label.as_deref()?, LabelPlace::Row(m.record.id))));
        let on_exhibits = self.labels.get(&call).into_iter().flatten();
        let on_exhibits = on_exhibits.map(|(exhibit, text)| (text.as_str(), LabelPlace::Exhibit(Some(*exhibit))));
        in_rows.chain(on_exhibits).collect()
    }

    /// The messenger that an entry by hand names.
    fn messenger(&self, members: &[Member]) -> Option<String> {
        let by_hand = |m: &&Member| self.kinds.get(&m.record.source) == Some(&SourceKind::Hand);
        members.iter().filter(by_hand).find_map(|m| hand_messenger(&m.record.service)).map(str::to_owned)
    }

    /// The kinds of the sources that state a call, in the order of their declaration.
    pub(super) fn kinds_of(&self, members: &[Member]) -> Vec<SourceKind> {
        let of = |kind: &SourceKind| members.iter().any(|m| self.kinds.get(&m.record.source) == Some(kind));
        SourceKind::ALL.iter().copied().filter(of).collect()
    }

    pub(super) fn verdict(&self, members: &[Member]) -> Verdict {
        verdict(&self.kinds_of(members), members.iter().any(|m| m.why == Some(JoinReason::Conflict)))
    }
}

/// The number that says most: a full one before a masked one before a hidden one.
pub(super) fn best_number(members: &[Member]) -> PhoneNumber {
    let numbers = members.iter().map(|m| &m.record.number);
    numbers.min_by_key(|n| n.kind.vagueness()).cloned().unwrap_or_else(PhoneNumber::hidden)
}

/// The first record that states a direction.
pub(super) fn direction(members: &[Member]) -> Direction {
    members.iter().map(|m| m.record.direction).find(|d| *d != Direction::Unknown).unwrap_or(Direction::Unknown)
}

/// The first record that states an outcome.
pub(super) fn disposition(members: &[Member]) -> Disposition {
    members.iter().map(|m| m.record.disposition).find(|d| *d != Disposition::Unknown).unwrap_or(Disposition::Unknown)
}

/// The first record that states a length.
pub(super) fn duration(members: &[Member]) -> Option<u32> {
    members.iter().find_map(|m| m.record.duration_s)
}

pub(super) fn place_of(record: &lists::RecordRow) -> RecordPlace {
    RecordPlace {
        source: record.source,
        sheet: (record.place.sheet > 0).then_some(record.place.sheet),
        row: u32::try_from(record.place.row).unwrap_or(u32::MAX),
    }
}

/// Everything about one call.
///
/// # Errors
/// [`Code::NotFound`].
pub fn call_detail(case: &Case, id: CallId) -> Result<CallDetail> {
    let connection = case.connection();
    let looker = Looker::new(connection)?;
    let id = lists::call_of_record(connection, RecordId(id.0))?;
    let call = looker.view(id)?.ok_or_else(|| Error::new(Code::NotFound).with("what", "call").with("id", id.0))?;
    let sources = evidence::sources(connection)?;
    let mut records = Vec::new();
    for member in looker.members(id)? {
        let Some(source) = sources.iter().find(|s| s.source.id == member.record.source) else { continue };
        let row = (member.record.place.sheet, member.record.place.row);
        let as_found = match as_found(connection, source, &[row]) {
            // A stranger's recipe that does not hold: the call is shown, its row is not.
            Err(error) if error.code == Code::RecipeBroken => None,
            found => found?.into_iter().next(),
        };
        records.push(RecordAsFound {
            place: place_of(&member.record),
            file: source.source.name.clone(),
            kind: source.source.kind.word().to_owned(),
            started_at: member.record.start.rfc3339(),
            precision: member.record.start.clock.precision,
            duration_s: member.record.duration_s,
            number_raw: member.record.number_raw.clone(),
            why: member.why.map(|w| w.word().to_owned()),
            residual_s: member.why.map(|_| member.residual_s),
            as_found: as_found.unwrap_or(RowAsFound { columns: Vec::new(), cells: Vec::new(), mended: None }),
        });
    }
    let (mut reasons, mut reasons_en) = (Vec::new(), Vec::new());
    for group in lists::groups(connection)?.into_iter().filter(|g| Some(g.id) == call.group) {
        for reason in group.reasons.into_iter().filter(|r| r.calls.contains(&id)) {
            reasons.push(reason.text);
            reasons_en.push(reason.text_en);
        }
    }
    Ok(CallDetail { call, records, reasons, reasons_en })
}

/// Rows of a source as they were found, read again from the original in the case.
pub(super) fn as_found(connection: &Connection, source: &StoredSource, rows: &[(u32, u64)]) -> Result<Vec<RowAsFound>> {
    let mut original = Blob::open(connection, source.original)?;
    let what = identified(source)?;
    rows_as_found(&mut original, &what, rows).map_err(|e| e.with("file", source.source.name.clone()))
}

/// What a source was found to be, to read it again.
///
/// # Errors
/// [`Code::RecipeBroken`] where the recipe that stands with it does not hold.
pub(super) fn identified(source: &StoredSource) -> Result<Identified> {
    let mended = MendedThen::of(&source.sums);
    let extract = sources::extract_of(source).is_some();
    Ok(Identified {
        own: source.recipe_text.as_deref().map(OwnRecipe::parse).transpose()?,
        recipe: source.source.recipe.clone(),
        kind: source.source.kind,
        encoding: source.source.encoding.clone(),
        duration_unit_s: source.duration_unit_s,
        // What the file is, is looked at again.
        from_pdf: false,
        mending: mended.mended.is_some(),
        // An extract holds its rows put right.
        mends: if extract { Vec::new() } else { mended.mends },
        extract_of: None,
    })
}

/// What the sums of a source say of mending. Versions that mended nothing have written nothing of it: what they read is
/// read again as it was then.
#[derive(Default, Deserialize)]
struct MendedThen {
    mended: Option<u32>,
    #[serde(default)]
    mends: Vec<Mend>,
}

impl MendedThen {
    fn of(sums: &str) -> Self {
        serde_json::from_str(sums).unwrap_or_default()
    }
}
