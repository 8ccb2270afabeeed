//! The case, or some groups of it, as a dossier: what is in scope, read in one transaction.

use super::attach::exhibit_no;
use super::calls::{Looker, as_found, best_number, direction, disposition, duration};
use super::{groups, import::SourceAnswer, overview::linked_calls, told::Telling};
use crate::case::{Case, SCHEMA_VERSION};
use crate::error::{Error, Result};
use crate::model::{
    BundleScope, CallId, CustodyEvent, CustodyKind, Dossier, DossierCall, DossierExhibit, DossierSource, Exhibit,
    ExhibitId, Group, GroupId, LedgerRow, NumberKind, OriginalReader, RecordId, RowText, SourceId,
};
use crate::progress::Silent;
use crate::store::blobs::{Blob, find_original};
use crate::store::evidence::{self, StoredExhibit, StoredSource};
use crate::store::{Connection, custody, lists, word};
use rustc_hash::{FxHashMap, FxHashSet};
use std::io::{self, Read};
use std::sync::Arc;

/// What of a case is in scope.
pub(super) struct InScope {
    pub(super) scope: BundleScope,
    /// Calls by start, then id.
    pub(super) calls: Vec<CallId>,
    pub(super) calls_left_out: u64,
    pub(super) groups: Vec<Group>,
    pub(super) sources: Vec<StoredSource>,
    pub(super) exhibits: Vec<StoredExhibit>,
    pub(super) exhibits_left_out: u64,
    /// Distinct numbers of each source that stand in no group (in scope).
    pub(super) numbers_of_others: FxHashMap<SourceId, u64>,
    /// Records of each source in scope.
    pub(super) rows_in_scope: FxHashMap<SourceId, u64>,
}

impl InScope {
    /// Finds what the chosen groups cover; the whole case for none.
    pub(super) fn find(case: &Case, chosen: &[GroupId]) -> Result<Self> {
        let connection = case.connection();
        let mut ids = chosen.iter().map(|id| groups::resolve(connection, *id)).collect::<Result<Vec<_>>>()?;
        ids.sort_unstable();
        ids.dedup();
        let whole = ids.is_empty();
        let all_calls = lists::ids_by_time(connection, i64::MIN, i64::MAX)?;
        let groups: Vec<Group> =
            lists::groups(connection)?.into_iter().filter(|g| whole || ids.contains(&g.id)).collect();
        let grouped: FxHashSet<CallId> = groups.iter().flat_map(|g| g.calls.iter().copied()).collect();
        let calls: Vec<CallId> = all_calls.iter().copied().filter(|c| whole || grouped.contains(c)).collect();
        let in_scope: FxHashSet<CallId> = calls.iter().copied().collect();
        let looker = Looker::new(connection)?;
        let mut rows_in_scope: FxHashMap<SourceId, u64> = FxHashMap::default();
        let mut others: FxHashMap<SourceId, FxHashSet<String>> = FxHashMap::default();
        let mut named: FxHashSet<String> = FxHashSet::default();
        for call in &all_calls {
            let members = looker.members(*call)?;
            for member in &members {
                let source = member.record.source;
                if in_scope.contains(call) {
                    *rows_in_scope.entry(source).or_default() += 1;
                }
                let number = &member.record.number;
                if grouped.contains(call) {
                    named.insert(number.text.clone());
                } else if matches!(number.kind, NumberKind::E164 | NumberKind::Masked) {
                    others.entry(source).or_default().insert(number.text.clone());
                }
            }
        }
        let numbers_of_others =
            others.into_iter().map(|(source, n)| (source, n.difference(&named).count() as u64)).collect();
        let sources = evidence::sources(connection)?
            .into_iter()
            .filter(|s| !s.source.withdrawn && (whole || rows_in_scope.contains_key(&s.source.id)))
            .collect();
        let linked: FxHashSet<ExhibitId> =
            linked_calls(connection)?.into_iter().filter(|(_, c)| in_scope.contains(c)).map(|(e, _)| e).collect();
        let (exhibits, left): (Vec<_>, Vec<_>) = evidence::exhibits(connection)?
            .into_iter()
            .filter(|e| !e.withdrawn)
            .partition(|e| whole || linked.contains(&e.id));
        Ok(Self {
            scope: BundleScope { groups: ids },
            calls_left_out: (all_calls.len() - calls.len()) as u64,
            calls,
            groups,
            sources,
            exhibits,
            exhibits_left_out: left.len() as u64,
            numbers_of_others,
            rows_in_scope,
        })
    }

    /// Reads everything that the tables and the report print.
    pub(super) fn dossier(&self, case: &Case) -> Result<Dossier> {
        let connection = case.connection();
        let looker = Looker::new(connection)?;
        let offsets: FxHashMap<SourceId, i32> = lists::pairs(connection)?
            .into_iter()
            .filter(|(_, _, _, _, paired)| *paired > 0)
            .map(|(_, second, offset, _, _)| (second, offset))
            .collect();
        let mut texts: FxHashSet<Arc<str>> = FxHashSet::default();
        let mut calls = Vec::with_capacity(self.calls.len());
        for id in &self.calls {
            if let Some(call) = call(&looker, connection, *id, &offsets, &mut texts)? {
                calls.push(call);
            }
        }
        let linked = linked_calls(connection)?;
        let in_scope: FxHashSet<CallId> = self.calls.iter().copied().collect();
        Ok(Dossier {
            case_id: case.uuid().to_owned(),
            title: word::title(connection)?,
            schema_version: SCHEMA_VERSION,
            program: concat!("Ulika ", env!("CARGO_PKG_VERSION")).to_owned(),
            scope: self.scope.clone(),
            now: case.clock().now(),
            lines: word::lines(connection)?,
            sources: self.sources.iter().map(|s| self.source(s)).collect(),
            calls,
            calls_left_out: self.calls_left_out,
            groups: self.groups.clone(),
            exhibits: self.exhibits(case, &linked, &in_scope)?,
            exhibits_left_out: self.exhibits_left_out,
            custody: self.custody(connection)?,
        })
    }

    fn exhibits(
        &self,
        case: &Case,
        linked: &[(ExhibitId, CallId)],
        in_scope: &FxHashSet<CallId>,
    ) -> Result<Vec<DossierExhibit>> {
        let mut telling = Telling::new(case.connection(), false)?;
        let mut exhibits = Vec::with_capacity(self.exhibits.len());
        for e in &self.exhibits {
            let told = telling.tell(e, None, &Silent)?;
            let calls = linked.iter().filter(|(exhibit, c)| *exhibit == e.id && in_scope.contains(c)).map(|(_, c)| *c);
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

    fn source(&self, stored: &StoredSource) -> DossierSource {
        let sums: SourceAnswer = serde_json::from_str(&stored.sums).unwrap_or_default();
        DossierSource {
            source: stored.source.clone(),
            rows: u64::from(sums.rows),
            records: u64::from(sums.records),
            other: sums.other.into_iter().map(|(kind, n)| (kind, u64::from(n))).collect(),
            repeats_in_file: u64::from(sums.repeats_in_file),
            other_lines: u64::from(sums.other_lines),
            problems: sums.problems.len() as u64,
            numbers_of_others: self.numbers_of_others.get(&stored.source.id).copied().unwrap_or(0),
        }
    }

    /// Whether all exhibits and calls that the details of an event name are in scope.
    fn covers(&self, details: &str) -> bool {
        let Ok(details) = serde_json::from_str::<serde_json::Value>(details) else { return false };
        let named = details.get("links").and_then(|l| l.as_array()).cloned().unwrap_or_else(|| vec![details]);
        named.iter().all(|one| {
            let id = |name: &str| one.get(name).and_then(serde_json::Value::as_i64);
            id("exhibit").is_none_or(|id| self.exhibits.iter().any(|e| e.id.0 == id))
                && id("call").is_none_or(|id| self.calls.iter().any(|c| c.0 == id))
        })
    }

    /// Every link of the chain; details stay behind where they speak of what is not in scope, or of what was undone.
    fn custody(&self, connection: &Connection) -> Result<Vec<CustodyEvent>> {
        let mut events = custody::custody_events(connection)?;
        let whole = self.scope.groups.is_empty();
        let all_sources = evidence::sources(connection)?;
        let all_exhibits = evidence::exhibits(connection)?;
        for event in &mut events {
            let brought_out_of_scope = all_sources
                .iter()
                .filter(|s| s.event == event.seq)
                .any(|s| !self.sources.iter().any(|kept| kept.source.id == s.source.id))
                || all_exhibits
                    .iter()
                    .filter(|e| e.event == event.seq)
                    .any(|e| !self.exhibits.iter().any(|kept| kept.id == e.id));
            let speaks_of_groups =
                matches!(event.kind, CustodyKind::GroupsMerged | CustodyKind::GroupSplit | CustodyKind::GroupNamed)
                    && !self.groups.iter().any(|g| g.calls.iter().any(|c| c.0 == event.subject));
            let speaks_of_others = match event.kind {
                CustodyKind::ExhibitsLinked
                | CustodyKind::ExhibitUnlinked
                | CustodyKind::CaptureStated
                | CustodyKind::LabelObserved
                | CustodyKind::LabelRemoved => !self.covers(event.details.as_deref().unwrap_or_default()),
                _ => false,
            };
            if brought_out_of_scope || (!whole && (speaks_of_groups || speaks_of_others)) {
                event.details = None;
                event.salt = None;
            }
        }
        Ok(events)
    }
}

fn call(
    looker: &Looker<'_>,
    connection: &Connection,
    id: CallId,
    offsets: &FxHashMap<SourceId, i32>,
    texts: &mut FxHashSet<Arc<str>>,
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
        labels: looker.labels(id, &members).iter().map(|l| share(l)).collect(),
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
            })
            .collect(),
        range_holder: None,
        region: None,
    }))
}

/// The case file as the bundle reads it.
pub(super) struct Originals<'a> {
    pub(super) connection: &'a Connection,
    pub(super) in_scope: &'a InScope,
}

impl OriginalReader for Originals<'_> {
    fn open(&self, sha256: &str) -> io::Result<Box<dyn Read + '_>> {
        let digest: Option<Vec<u8>> =
            (0..sha256.len() / 2).map(|i| u8::from_str_radix(sha256.get(2 * i..2 * i + 2)?, 16).ok()).collect();
        let original = find_original(self.connection, &digest.unwrap_or_default()).map_err(io_error)?;
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
        let whole = self.in_scope.scope.groups.is_empty();
        let in_scope: FxHashSet<CallId> = self.in_scope.calls.iter().copied().collect();
        for stored in &self.in_scope.sources {
            let source = stored.source.id;
            let places =
                lists::record_places(self.connection, stored.first_record, stored.records).map_err(io_error)?;
            let mut records = places.into_iter().peekable();
            let tell = |place: (u32, u64, RecordId), visit: &mut dyn FnMut(LedgerRow) -> io::Result<()>| {
                let call = lists::call_of_record(self.connection, place.2).map_err(io_error)?;
                if !whole && !in_scope.contains(&call) {
                    return Ok(());
                }
                let (sheet, row) = (place.0, place.1);
                visit(LedgerRow { source, sheet, row, fate: "record", detail: String::new(), call: Some(call) })
            };
            if whole {
                lists::for_each_ledger_row(self.connection, source, &mut |row| {
                    while let Some(place) = records.next_if(|p| (p.0, p.1) < (row.sheet, row.row)) {
                        tell(place, visit).map_err(|e| Error::new(crate::Code::WriteFailed).because(e))?;
                    }
                    visit(row).map_err(|e| Error::new(crate::Code::WriteFailed).because(e))
                })
                .map_err(io_error)?;
            }
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
