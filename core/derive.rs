//! Evidence and the person's word → derived tables: where the store meets reconciliation and grouping.
//!
//! The same function serves an import, an undo, an override and the adoption of a case from elsewhere: whatever the
//! derived tables held, they come to hold what follows from the evidence, and change only where that differs.

use crate::error::Result;
use crate::grouping;
use crate::model::{
    Call, CallId, CallJoin, Direction, Group, JoinReason, NONE, Override, RecordId, RecordKey, SourceId, SourceKind,
    Verdict,
};
use crate::reconcile::{self, Pair};
use crate::store::derived::{BY_HAND, Records, load_records};
use crate::store::order::{Order, place_of};
use crate::store::{self, Connection, findings};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// What comparing the records found.
pub(crate) struct Compared {
    /// Pairs of sources.
    pub(crate) pairs: Vec<Pair>,
    /// Members of calls of several records, by call, then record.
    pub(crate) joins: Vec<CallJoin>,
    call_of: FxHashMap<RecordId, CallId>,
}

impl Compared {
    /// Compares the records.
    pub(crate) fn of(records: &Records) -> Self {
        let found = reconcile::reconcile(&records.keys, &records.witnesses, &records.numbers);
        let call_of = found.joins.iter().map(|j| (j.record, j.call)).collect();
        let mut pairs = found.pairs;
        if let Some(hand) = records.hand {
            pairs.iter_mut().for_each(|pair| name_hand(pair, hand));
            pairs.sort_unstable_by_key(|pair| pair.sources);
        }
        Self { pairs, joins: found.joins, call_of }
    }

    /// The call of a record that is among those compared.
    pub(crate) fn call(&self, record: RecordId) -> CallId {
        self.call_of.get(&record).copied().unwrap_or(CallId(record.0))
    }

    fn is_first(&self, record: RecordId) -> bool {
        self.call(record).0 == record.0
    }
}

/// What was written down by hand was compared as one, and is named by its first source.
fn name_hand(pair: &mut Pair, hand: SourceId) {
    match pair.sources {
        (first, BY_HAND) if first < hand => pair.sources = (first, hand),
        (later, BY_HAND) => (pair.sources, pair.offset_s) = ((hand, later), pair.offset_s.saturating_neg()),
        _ => {}
    }
}

/// Counts of one new source by its records: new calls, corroborating, duplicates. Their sum is its records.
pub(crate) fn counts(records: &Records, compared: &Compared, of_source: Range<i64>) -> (u32, u32, u32) {
    let kinds: FxHashMap<SourceId, _> = records.witnesses.iter().map(|w| (w.source, w.kind)).collect();
    let of: FxHashMap<RecordId, SourceId> =
        records.keys.iter().filter(|k| compared.call_of.contains_key(&k.id)).map(|k| (k.id, k.source)).collect();
    let mut members: FxHashMap<CallId, Vec<RecordId>> = FxHashMap::default();
    for join in &compared.joins {
        members.entry(join.call).or_default().push(join.record);
    }
    let (mut new, mut corroborating, mut duplicates) = (0, 0, 0);
    for key in records.keys.iter().filter(|k| of_source.contains(&k.id.0)) {
        if compared.is_first(key.id) {
            new += 1;
            continue;
        }
        let stated_by_same_kind = members
            .get(&compared.call(key.id))
            .into_iter()
            .flatten()
            .filter(|other| **other < key.id)
            .filter_map(|other| of.get(other))
            .any(|other| kinds.get(other) == kinds.get(&key.source));
        if stated_by_same_kind {
            duplicates += 1;
        } else {
            corroborating += 1;
        }
    }
    (new, corroborating, duplicates)
}

/// How many calls have which verdict.
pub(crate) fn verdicts(records: &Records, compared: &Compared) -> BTreeMap<Verdict, u32> {
    let kinds: FxHashMap<SourceId, SourceKind> = records.witnesses.iter().map(|w| (w.source, w.kind)).collect();
    let kind_of = |record: RecordId| {
        let at = records.keys.binary_search_by_key(&record, |key| key.id).ok()?;
        kinds.get(&records.keys.get(at)?.source).copied()
    };
    let mut counts = BTreeMap::new();
    for members in compared.joins.chunk_by(|a, b| a.call == b.call) {
        let kinds: Vec<SourceKind> = members.iter().filter_map(|join| kind_of(join.record)).collect();
        let conflict = members.iter().any(|join| join.why == Some(JoinReason::Conflict));
        *counts.entry(reconcile::verdict(&kinds, conflict)).or_default() += 1;
    }
    for key in records.keys.iter().filter(|key| !compared.call_of.contains_key(&key.id)) {
        let kind = kinds.get(&key.source).copied();
        *counts.entry(reconcile::verdict(kind.as_slice(), false)).or_default() += 1;
    }
    counts
}

/// Calls with start and number, ascending by id, as grouping and the lists need them.
fn calls_of(records: &Records, compared: &Compared) -> Vec<Call> {
    let joined = compared.joins.iter().filter(|join| join.call.0 != join.record.0).count();
    let units: FxHashMap<SourceId, u32> = records.witnesses.iter().map(|w| (w.source, w.duration_unit_s)).collect();
    let length =
        |key: &RecordKey| Call::length(i64::from(key.duration_s), units.get(&key.source).copied().unwrap_or(1));
    let mut calls = Vec::with_capacity(records.keys.len().saturating_sub(joined));
    calls.extend(records.keys.iter().filter(|k| compared.is_first(k.id)).map(|k| Call {
        id: CallId(k.id.0),
        start: k.start,
        number: k.number,
        length_s: length(k),
        incoming: k.direction != Direction::Outgoing,
    }));
    // Where the first record does not say it to the second, the next one may.
    for join in compared.joins.iter().filter(|join| join.call.0 != join.record.0) {
        let Some(call) = place_of(&calls, |c| c.id, join.call).and_then(|at| calls.get_mut(at)) else { continue };
        let key =
            records.keys.binary_search_by_key(&join.record, |key| key.id).ok().and_then(|at| records.keys.get(at));
        if let Some(key) = key.filter(|_| call.length_s == Call::UNSTATED) {
            call.length_s = length(key);
        }
    }
    calls
}

/// Which label was observed on which call: from the logs, and from what the person saw on exhibits.
fn observed_in(connection: &Connection, records: &mut Records, compared: &Compared) -> Result<Vec<(CallId, u32)>> {
    let mut observed: Vec<(CallId, u32)> = records
        .keys
        .iter()
        .zip(&records.label_of)
        .filter(|(_, label)| **label != NONE)
        .map(|(key, label)| (compared.call(key.id), *label))
        .collect();
    let withdrawn: Vec<_> =
        store::evidence::exhibits(connection)?.into_iter().filter(|e| e.withdrawn).map(|e| e.id).collect();
    for (exhibit, record, text) in store::word::exhibit_labels(connection)? {
        if !withdrawn.contains(&exhibit) && records.keys.binary_search_by_key(&record, |k| k.id).is_ok() {
            let label = records.label(text);
            observed.push((compared.call(record), label));
        }
    }
    observed.sort_unstable();
    observed.dedup();
    Ok(observed)
}

/// Makes all derived tables what follows from the records as compared.
pub(crate) fn write(connection: &Connection, mut records: Records, compared: &Compared) -> Result<()> {
    let calls = calls_of(&records, compared);
    let observed = observed_in(connection, &mut records, compared)?;
    // From here on the calls stand for the records, which take the most memory of all.
    records.forget_keys();
    let stayed = findings::write_texts(connection, &mut records)?;
    let pairs = compared.pairs.iter().map(|p| (p.sources.0, p.sources.1, p.offset_s, p.spread_s, p.paired));
    findings::write_joins(connection, pairs, &compared.joins)?;
    let overrides = store::word::overrides(connection)?;
    let groups = group(&records, compared, &calls, &observed, &overrides);
    let numbers = records.numbers.len();
    drop(records);
    let order = Order::of(&calls);
    let parts = findings::write_groups(connection, groups, &order)?;
    findings::write_lists(connection, &order, (numbers, stayed), observed, &parts)
}

fn group(
    records: &Records,
    compared: &Compared,
    calls: &[Call],
    observed: &[(CallId, u32)],
    overrides: &[Override],
) -> Vec<Group> {
    // A record that was withdrawn is the call of no other, and its own is not among the calls.
    let call_of = |record: RecordId| {
        let call = compared.call(record);
        calls.binary_search_by_key(&call, |c| c.id).is_ok().then_some(call)
    };
    grouping::group(&grouping::Input {
        calls,
        numbers: &records.numbers,
        labels: &records.labels,
        observed,
        overrides,
        call_of: &call_of,
    })
}

/// Makes all derived tables what follows from the evidence and the person's word.
pub(crate) fn renew(connection: &Connection) -> Result<()> {
    let records = load_records(connection, &store::evidence::sources(connection)?)?;
    let compared = Compared::of(&records);
    write(connection, records, &compared)
}

/// The same for the groups alone, from what the other derived tables hold: for the person's word about groups, which
/// changes nothing else.
pub(crate) fn regroup(connection: &Connection) -> Result<()> {
    let known = store::regroup::load(connection)?;
    let mut live: Vec<(i64, i64)> = store::evidence::live_sources(connection)?
        .into_iter()
        .map(|s| (s.first_record, s.first_record + s.records as i64))
        .collect();
    live.sort_unstable();
    let joined = store::lists::joined_records(connection)?;
    let call_of = |record: RecordId| {
        let after = live.partition_point(|(first, _)| *first <= record.0);
        let (_, end) = live.get(after.checked_sub(1)?)?;
        (record.0 < *end).then(|| joined.get(&record).copied().unwrap_or(CallId(record.0)))
    };
    let groups = grouping::group(&grouping::Input {
        calls: &known.calls,
        numbers: &known.numbers,
        labels: &known.labels,
        observed: &known.observed,
        overrides: &store::word::overrides(connection)?,
        call_of: &call_of,
    });
    let order = Order::of(&known.calls);
    let parts = findings::write_groups(connection, groups, &order)?;
    findings::write_members(connection, &order, &parts)
}
