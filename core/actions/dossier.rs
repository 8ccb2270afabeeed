//! The case, or some groups of it, as a dossier: what is in scope, read in one transaction.

use super::attach::exhibit_no;
use super::calls::{Looker, as_found, best_number, direction, disposition, duration};
use super::holders::{Held, Holders};
use super::matrix::Matrix;
use super::{disclosure, groups, hand, overview::linked_calls, sources::sums_of, told::Telling};
use crate::case::{Case, PROGRAM, SCHEMA_VERSION};
use crate::error::{Error, Result};
use crate::model::{
    BundleScope, CallId, CoverageRun, Dossier, DossierCall, DossierEntry, DossierExhibit, DossierLabel, DossierRange,
    DossierSource, Exhibit, ExhibitId, Group, GroupId, HAND_RECIPE, LabelPlace, LedgerRow, NumberKind, OriginalReader,
    RecordId, RegisterOrigin, RowText, SourceId, bytes_of_hex,
};
use crate::progress::Silent;
use crate::store::blobs::{Blob, find_original};
use crate::store::evidence::{self, StoredExhibit, StoredSource};
use crate::store::{Connection, custody, lists, word};
use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;

/// What the person wrote down of each call.
type Said = FxHashMap<CallId, Arc<str>>;

/// What of a case is in scope.
pub(super) struct InScope {
    pub(super) scope: BundleScope,
    /// Calls by start, then id.
    pub(super) calls: Vec<CallId>,
    pub(super) calls_left_out: u64,
    pub(super) groups: Vec<Group>,
    /// Of all groups of the case: what leaves looks as it does in the window.
    marks: BTreeMap<GroupId, u32>,
    pub(super) sources: Vec<StoredSource>,
    pub(super) exhibits: Vec<StoredExhibit>,
    pub(super) exhibits_left_out: u64,
    in_scope: FxHashSet<CallId>,
}

impl InScope {
    /// Finds what the chosen groups cover; the whole case for none.
    pub(super) fn find(case: &Case, chosen: &[GroupId]) -> Result<Self> {
        let connection = case.connection();
        let mut ids = chosen.iter().map(|id| groups::resolve(connection, *id)).collect::<Result<Vec<_>>>()?;
        ids.sort_unstable();
        ids.dedup();
        let whole = ids.is_empty();
        let mut calls = lists::ids_by_time(connection, i64::MIN, i64::MAX)?;
        let all_calls = calls.len();
        let mut groups = lists::groups(connection)?;
        let size = |group: &Group| (group.id, u32::try_from(group.calls.len()).unwrap_or(u32::MAX));
        let mut marks = groups::marks(connection, &groups.iter().map(size).collect::<Vec<_>>())?;
        groups.retain(|g| whole || ids.contains(&g.id));
        marks.retain(|id, _| whole || ids.contains(id));
        let grouped: FxHashSet<CallId> = groups.iter().flat_map(|g| g.calls.iter().copied()).collect();
        calls.retain(|c| whole || grouped.contains(c));
        let in_scope: FxHashSet<CallId> = calls.iter().copied().collect();

        let mut sources = evidence::live_sources(connection)?;
        if !whole {
            let records = records_of(connection, &in_scope)?;
            sources.retain(|s| states_any(s, &records));
        }
        let linked: FxHashSet<ExhibitId> =
            linked_calls(connection)?.into_iter().filter(|(_, c)| in_scope.contains(c)).map(|(e, _)| e).collect();
        let (exhibits, left): (Vec<_>, Vec<_>) =
            evidence::live_exhibits(connection)?.into_iter().partition(|e| whole || linked.contains(&e.id));
        Ok(Self {
            scope: BundleScope { groups: ids },
            calls_left_out: (all_calls - calls.len()) as u64,
            calls,
            groups,
            marks,
            sources,
            exhibits,
            exhibits_left_out: left.len() as u64,
            in_scope,
        })
    }

    /// Rows in scope and numbers of others: every record of every source is gone through, of those that stay as well.
    pub(super) fn numbers(&self, connection: &Connection) -> Result<Numbers> {
        let grouped = self.groups.iter().flat_map(|g| g.calls.iter().copied()).collect();
        Numbers::find(connection, &evidence::live_sources(connection)?, &self.in_scope, &grouped)
    }

    /// Whether the whole case is in scope.
    pub(super) fn whole(&self) -> bool {
        self.scope.groups.is_empty()
    }

    /// Whether a call is in scope.
    pub(super) fn has(&self, call: CallId) -> bool {
        self.in_scope.contains(&call)
    }

    /// Labels of the calls in scope: those of its groups, or all.
    pub(super) fn labels(&self, connection: &Connection) -> Result<Vec<String>> {
        if self.whole() {
            return lists::label_texts(connection);
        }
        let mut seen = FxHashSet::default();
        let all = self.groups.iter().flat_map(|group| &group.labels).map(|label| label.text.clone());
        Ok(all.filter(|text| seen.insert(text.clone())).collect())
    }

    /// How many these are.
    pub(super) fn label_count(&self, connection: &Connection) -> Result<usize> {
        if self.whole() { lists::label_count(connection) } else { Ok(self.labels(connection)?.len()) }
    }

    /// First and last day of the calls of the chosen groups; `None` for the whole case.
    pub(super) fn days(&self, connection: &Connection) -> Result<Option<(NaiveDate, NaiveDate)>> {
        if self.whole() {
            return Ok(None);
        }
        let day = |call: Option<&CallId>| -> Result<Option<NaiveDate>> {
            let record = call.map(|call| lists::record_row(connection, RecordId(call.0))).transpose()?.flatten();
            Ok(record.and_then(|record| record.start.local()).map(|start| start.date()))
        };
        Ok(day(self.calls.first())?.zip(day(self.calls.last())?))
    }

    /// Reads everything that the tables and the report print.
    pub(super) fn dossier(&self, case: &Case, numbers: &Numbers) -> Result<Dossier> {
        let connection = case.connection();
        let looker = Looker::new(connection)?;
        // What a person remembered says nothing of a clock.
        let by_hand: FxHashSet<SourceId> = evidence::live_sources(connection)?
            .into_iter()
            .filter(|s| s.source.recipe == HAND_RECIPE)
            .map(|s| s.source.id)
            .collect();
        let offsets: FxHashMap<SourceId, i32> = lists::pairs(connection)?
            .into_iter()
            .filter(|(first, second, _, _, paired)| {
                *paired > 0 && !by_hand.contains(first) && !by_hand.contains(second)
            })
            .map(|(_, second, offset, _, _)| (second, offset))
            .collect();
        let (by_hand, said) = self.by_hand(connection)?;
        let mut texts: FxHashSet<Arc<str>> = FxHashSet::default();
        let mut calls = Vec::with_capacity(self.calls.len());
        let mut used = Used::default();
        let matrix = Matrix::read(connection)?;
        let joined = lists::joined_records(connection)?;
        let counts = |record: RecordId| self.has(joined.get(&record).copied().unwrap_or(CallId(record.0)));
        let coverage: FxHashMap<SourceId, _> =
            matrix.coverage(&counts).into_iter().map(|days| (days.source, days.runs)).collect();
        for id in &self.calls {
            if let Some(mut call) = call(&looker, connection, *id, &offsets, &mut texts, &mut used)? {
                call.silent = matrix.call(*id).silent;
                // A source that does not leave is not named either.
                let leaves = |source: &SourceId| self.sources.iter().any(|s| s.source.id == *source);
                call.silent.iter_mut().for_each(|s| s.source = s.source.filter(leaves));
                call.said = said.get(id).cloned();
                // An exhibit that was taken from the call may stay, with what was read off it.
                let stays = |id: ExhibitId| self.exhibits.iter().all(|e| e.id != id);
                for label in &mut call.labels {
                    if matches!(label.seen, LabelPlace::Exhibit(Some(id)) if stays(id)) {
                        label.seen = LabelPlace::Exhibit(None);
                    }
                }
                calls.push(call);
            }
        }
        drop(matrix);
        let mut groups = self.groups.clone();
        for pool in groups.iter_mut().flat_map(|group| &mut group.pools) {
            looker.holders().tell(pool).iter().for_each(|held| used.note(held));
        }
        let (registers, ranges) = used.told(looker.holders());
        let linked = linked_calls(connection)?;
        let mut custody = custody::custody_events(connection)?;
        disclosure::keep_in_scope(connection, self, &mut custody)?;
        Ok(Dossier {
            case_id: case.uuid().to_owned(),
            title: word::title(connection)?,
            schema_version: SCHEMA_VERSION,
            program: PROGRAM.to_owned(),
            scope: self.scope.clone(),
            now: case.clock().now(),
            lines: word::lines(connection)?,
            sources: self.sources.iter().map(|s| source(s, &coverage, numbers)).collect(),
            calls,
            calls_left_out: self.calls_left_out,
            by_hand,
            groups,
            marks: self.marks.clone(),
            registers,
            ranges,
            exhibits: self.exhibits(case, &linked)?,
            exhibits_left_out: self.exhibits_left_out,
            custody,
        })
    }

    /// What was written down by hand and is in scope, and what was said in each call.
    pub(super) fn by_hand(&self, connection: &Connection) -> Result<(Vec<DossierEntry>, Said)> {
        let (mut entries, mut said) = (Vec::new(), Said::default());
        for (entry, at) in hand::all(connection)? {
            // Of a message nothing says that it belongs to a group.
            if !entry.call.map_or(self.whole(), |call| self.has(call)) {
                continue;
            }
            if let Some(call) = entry.call.filter(|_| !entry.said.is_empty()) {
                let before = said.get(&call).map(|text| format!("{text} / ")).unwrap_or_default();
                said.insert(call, Arc::from(before + &entry.said));
            }
            entries.push(DossierEntry {
                source: entry.source,
                written_at: entry.written_at,
                at,
                when: entry.when,
                channel: entry.channel,
                messenger: entry.messenger,
                outgoing: entry.outgoing,
                number_kind: entry.number_kind,
                number: entry.number,
                number_raw: entry.number_raw,
                label: entry.label,
                said: entry.said,
            });
        }
        Ok((entries, said))
    }

    fn exhibits(&self, case: &Case, linked: &[(ExhibitId, CallId)]) -> Result<Vec<DossierExhibit>> {
        let mut telling = Telling::new(case.connection(), false)?;
        let mut exhibits = Vec::with_capacity(self.exhibits.len());
        for e in &self.exhibits {
            let told = telling.tell(e, &Silent)?;
            let calls = linked.iter().filter(|(exhibit, c)| *exhibit == e.id && self.has(*c)).map(|(_, c)| *c);
            exhibits.push(DossierExhibit {
                exhibit: Exhibit {
                    id: e.id,
                    no: exhibit_no(e.id),
                    name: e.name.clone(),
                    kind: e.kind,
                    media_type: e.media_type.clone(),
                    size: e.size,
                    sha256: e.sha256.clone(),
                    received_at: e.received_at.clone(),
                    captured_at: told.captured.map(|m| m.rfc3339()),
                    captured_basis: told.basis,
                    caption: String::new(),
                    calls: calls.collect(),
                },
            });
        }
        Ok(exhibits)
    }
}

fn source(stored: &StoredSource, coverage: &FxHashMap<SourceId, Vec<CoverageRun>>, numbers: &Numbers) -> DossierSource {
    let sums = sums_of(stored);
    DossierSource {
        source: stored.source.clone(),
        recipe_text: stored.recipe_text.clone(),
        rows: u64::from(sums.rows),
        records: u64::from(sums.records),
        other: sums.other.into_iter().map(|(kind, n)| (kind, u64::from(n))).collect(),
        repeats_in_file: u64::from(sums.repeats_in_file),
        other_lines: u64::from(sums.other_lines),
        problems: sums.problems.len() as u64,
        mended: u64::from(sums.mended),
        extract_of: sums.extract_of,
        coverage: coverage.get(&stored.source.id).cloned().unwrap_or_default(),
        numbers_of_others: numbers.of_others(stored.source.id),
    }
}

/// The records of calls, in order.
fn records_of(connection: &Connection, calls: &FxHashSet<CallId>) -> Result<Vec<i64>> {
    let joined = lists::joined_records(connection)?;
    let mut records: Vec<i64> = calls.iter().map(|call| call.0).collect();
    records.extend(joined.into_iter().filter(|(_, call)| calls.contains(call)).map(|(record, _)| record.0));
    records.sort_unstable();
    Ok(records)
}

/// Whether any of these records, in order, is of a source.
fn states_any(stored: &StoredSource, records: &[i64]) -> bool {
    let end = stored.first_record.saturating_add(i64::try_from(stored.records).unwrap_or(i64::MAX));
    let at = records.partition_point(|record| *record < stored.first_record);
    records.get(at).is_some_and(|record| *record < end)
}

/// Rows in scope and numbers of others, counted in one pass over the records.
#[derive(Default)]
pub(super) struct Numbers {
    rows_in_scope: FxHashMap<SourceId, u64>,
    of_others: FxHashMap<SourceId, u64>,
    /// Numbers of others over all sources: one that two of them hold counts once.
    pub(super) together: u64,
}

impl Numbers {
    fn find(
        connection: &Connection,
        sources: &[StoredSource],
        in_scope: &FxHashSet<CallId>,
        grouped: &FxHashSet<CallId>,
    ) -> Result<Self> {
        let joined = lists::joined_records(connection)?;
        let own: Vec<_> = word::lines(connection)?.into_iter().map(|line| line.number).collect();
        let personal =
            |n: &crate::model::PhoneNumber| matches!(n.kind, NumberKind::E164 | NumberKind::Masked) && !own.contains(n);
        let number_of = lists::numbers_of_spellings(connection, &personal)?;
        let mut found = Self::default();
        let mut named: FxHashSet<i64> = FxHashSet::default();
        let mut others: FxHashMap<SourceId, FxHashSet<i64>> = FxHashMap::default();
        for stored in sources {
            let of_source = others.entry(stored.source.id).or_default();
            let mut rows = 0;
            lists::for_each_spelling(connection, stored.first_record, stored.records, &mut |record, spelling| {
                let call = joined.get(&record).copied().unwrap_or(CallId(record.0));
                rows += u64::from(in_scope.contains(&call));
                if let Some(number) = number_of.get(&spelling) {
                    if grouped.contains(&call) {
                        named.insert(*number)
                    } else {
                        of_source.insert(*number)
                    };
                }
            })?;
            if rows > 0 {
                found.rows_in_scope.insert(stored.source.id, rows);
            }
        }
        let mut together: FxHashSet<i64> = FxHashSet::default();
        for (source, mut numbers) in others {
            numbers.retain(|number| !named.contains(number));
            found.of_others.insert(source, numbers.len() as u64);
            together.extend(numbers);
        }
        found.together = together.len() as u64;
        Ok(found)
    }

    /// Records of a source in scope.
    pub(super) fn rows_in_scope(&self, source: SourceId) -> u64 {
        self.rows_in_scope.get(&source).copied().unwrap_or(0)
    }

    /// Distinct numbers of a source that stand in no group (in scope) and are no line of the person's own.
    pub(super) fn of_others(&self, source: SourceId) -> u64 {
        self.of_others.get(&source).copied().unwrap_or(0)
    }
}

fn call(
    looker: &Looker<'_>,
    connection: &Connection,
    id: CallId,
    offsets: &FxHashMap<SourceId, i32>,
    texts: &mut FxHashSet<Arc<str>>,
    used: &mut Used,
) -> Result<Option<DossierCall>> {
    let members = looker.members(id)?;
    let Some(first) = members.first().map(|m| &m.record) else { return Ok(None) };
    let mut share = |text: &str| -> Arc<str> {
        if let Some(known) = texts.get(text) {
            return known.clone();
        }
        let shared: Arc<str> = Arc::from(text);
        texts.insert(shared.clone());
        shared
    };
    let number = best_number(&members);
    let line = members.iter().map(|m| m.record.line.as_str()).find(|l| !l.is_empty());
    let held = looker.holders().held(&number);
    held.iter().for_each(|held| used.note(held));
    Ok(Some(DossierCall {
        id,
        start: first.start,
        direction: direction(&members),
        disposition: disposition(&members),
        number_kind: number.kind,
        number_raw: share(&first.number_raw),
        number_e164: (number.kind == NumberKind::E164).then(|| share(&number.text)),
        line: line.map(&mut share),
        duration_s: duration(&members),
        labels: looker
            .observed(id, &members)
            .into_iter()
            .map(|(text, seen)| DossierLabel { text: share(text), seen })
            .collect(),
        service: share(&first.service),
        group: lists::group_of(connection, id)?.map(|(group, _)| group),
        verdict: looker.verdict(&members),
        clock_offset_s: offsets.get(&first.source).copied(),
        records: members
            .iter()
            .map(|m| RowText {
                record: m.record.id,
                source: m.record.source,
                sheet: m.record.place.sheet,
                row: m.record.place.row,
                why: m.why,
                residual_s: m.residual_s,
            })
            .collect(),
        silent: Vec::new(),
        said: None,
        range_holder: held.as_ref().map(|held| Arc::clone(&held.allotted.range.operator)),
        region: held.as_ref().and_then(Held::region).map(|region| share(&region)),
    }))
}

/// The ranges of the registers that statements rest on: the index of the file, the line in it.
#[derive(Default)]
struct Used(BTreeMap<(usize, u32), DossierRange>);

impl Used {
    fn note(&mut self, held: &Held<'_>) {
        let (register, range) = (held.allotted.file, held.allotted.range);
        self.0.entry((register, range.line)).or_insert_with(|| DossierRange {
            register,
            line: range.line,
            from: range.from,
            to: range.to,
            operator: Arc::clone(&range.operator),
            region: Arc::clone(&range.region),
            territory: Arc::clone(&range.territory),
            inn: Arc::clone(&range.inn),
        });
    }

    /// The registers that were used, and the ranges with the indices of these.
    fn told(self, holders: &Holders) -> (Vec<RegisterOrigin>, Vec<DossierRange>) {
        let (mut registers, mut ranges): (Vec<RegisterOrigin>, Vec<DossierRange>) = (Vec::new(), Vec::new());
        let mut last = None;
        for ((file, _), range) in self.0 {
            if last != Some(file) {
                registers.extend(holders.files().get(file).map(|file| file.origin.clone()));
                last = Some(file);
            }
            ranges.push(DossierRange { register: registers.len().saturating_sub(1), ..range });
        }
        (registers, ranges)
    }
}

/// The case file as the bundle reads it.
pub(super) struct Originals<'a> {
    pub(super) connection: &'a Connection,
    pub(super) in_scope: &'a InScope,
}

impl OriginalReader for Originals<'_> {
    fn open(&self, sha256: &str) -> io::Result<Box<dyn Read + '_>> {
        let digest = bytes_of_hex(sha256).unwrap_or_default();
        let original = find_original(self.connection, &digest).map_err(io_error)?;
        let original = original.ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Blob::open(self.connection, original).map_err(io_error)?))
    }

    fn rows_as_found(&self, source: SourceId, rows: &[(u32, u64)]) -> io::Result<Vec<Vec<String>>> {
        let stored = self.in_scope.sources.iter().find(|s| s.source.id == source).ok_or(io::ErrorKind::NotFound)?;
        let found = as_found(self.connection, stored, rows).map_err(io_error)?;
        let header = found.first().map(|row| row.columns.clone()).unwrap_or_default();
        Ok(std::iter::once(header).chain(found.into_iter().map(|row| row.cells)).collect())
    }

    fn for_each_ledger_row(&self, visit: &mut dyn FnMut(LedgerRow) -> io::Result<()>) -> io::Result<()> {
        for stored in &self.in_scope.sources {
            let source = stored.source.id;
            let places =
                lists::record_places(self.connection, stored.first_record, stored.records).map_err(io_error)?;
            let mut records = places.into_iter().peekable();
            let tell = |place: (u32, u64, RecordId), visit: &mut dyn FnMut(LedgerRow) -> io::Result<()>| {
                let call = lists::call_of_record(self.connection, place.2).map_err(io_error)?;
                let (sheet, row) = (place.0, place.1);
                visit(LedgerRow { source, sheet, row, fate: "record", detail: String::new(), call: Some(call) })
            };
            lists::for_each_ledger_row(self.connection, source, &mut |row| {
                while let Some(place) = records.next_if(|p| (p.0, p.1) < (row.sheet, row.row)) {
                    tell(place, visit).map_err(|e| Error::new(crate::Code::WriteFailed).because(e))?;
                }
                visit(row).map_err(|e| Error::new(crate::Code::WriteFailed).because(e))
            })
            .map_err(io_error)?;
            for place in records {
                tell(place, visit)?;
            }
        }
        Ok(())
    }
}

fn io_error(error: Error) -> io::Error {
    io::Error::other(error)
}
