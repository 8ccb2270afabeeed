//! Derived tables: everything that comparing found. Deleted and rebuilt; never evidence.

use super::bulk::{Bulk, Cell};
use super::evidence::{Planned, StoredSource};
use super::failure::OrFailure;
use super::order::Order;
use crate::error::Result;
use crate::model::{
    Call, CallId, CallJoin, Clock, ClockKind, Direction, Group, Instants, NONE, NumberKind, PhoneNumber, Precision,
    RecordId, RecordKey, SourceId, Witness, Zone, ZoneBasis,
};
use rusqlite::Connection;
use rustc_hash::FxHashMap;

/// The tables that can be deleted and rebuilt.
const TABLES: [&str; 12] = [
    "number",
    "spelling_number",
    "label_text",
    "source_pair",
    "call_join",
    "record_call",
    "call_by_time",
    "call_by_number",
    "call_by_label",
    "call_group",
    "call_group_member",
    "group_of_call",
];

/// The records of a case (or of a case to be) with their texts interned.
#[derive(Debug, Default)]
pub struct Records {
    /// Keys, ascending by id; withdrawn sources are not among them.
    pub keys: Vec<RecordKey>,
    /// Label of each record, index into [`Records::labels`]; [`NONE`] where there is none. As long as `keys`.
    pub label_of: Vec<u32>,
    /// Distinct numbers.
    pub numbers: Vec<PhoneNumber>,
    /// Distinct label texts.
    pub labels: Vec<String>,
    /// Distinct lines.
    pub lines: Vec<String>,
    /// Sources.
    pub witnesses: Vec<Witness>,
    /// Number of each spelling of the case, by spelling id.
    pub spelling_numbers: Vec<(i64, u32)>,
    number_index: FxHashMap<PhoneNumber, u32>,
    label_index: FxHashMap<String, u32>,
    line_index: FxHashMap<String, u32>,
}

fn intern<T: Clone + Eq + std::hash::Hash>(table: &mut Vec<T>, index: &mut FxHashMap<T, u32>, value: T) -> u32 {
    *index.entry(value).or_insert_with_key(|value| {
        table.push(value.clone());
        (table.len() - 1) as u32
    })
}

impl Records {
    /// Index of a number; [`NONE`] for hidden and unreadable ones.
    pub fn number(&mut self, number: PhoneNumber) -> u32 {
        match number.kind {
            NumberKind::Hidden => NONE,
            _ => intern(&mut self.numbers, &mut self.number_index, number),
        }
    }

    fn number_of(&mut self, number: &PhoneNumber) -> u32 {
        match self.number_index.get(number) {
            Some(known) => *known,
            None => self.number(number.clone()),
        }
    }

    /// Lets go of what is held of each record; the texts stay.
    pub fn forget_keys(&mut self) {
        self.keys = Vec::new();
        self.label_of = Vec::new();
    }

    /// Index of a label text.
    pub fn label(&mut self, text: String) -> u32 {
        intern(&mut self.labels, &mut self.label_index, text)
    }

    fn line(&mut self, text: &str) -> u32 {
        if text.is_empty() { NONE } else { intern(&mut self.lines, &mut self.line_index, text.to_owned()) }
    }

    /// Adds the records of a file that is about to be written, with the ids that they will have.
    pub fn extend(&mut self, planned: &Planned, witness: Witness, first_record: i64, first_spelling: i64) {
        let words = &planned.dictionary;
        let numbers: Vec<u32> = words.spellings.iter().map(|(_, n)| self.number_of(n)).collect();
        let labels: Vec<u32> = words.labels.iter().map(|text| self.label(text.clone())).collect();
        let lines: Vec<u32> = words.lines.iter().map(|n| self.line(&n.text)).collect();
        self.spelling_numbers.extend(numbers.iter().enumerate().map(|(i, n)| (first_spelling + i as i64, *n)));
        let mut instants: Vec<Instants> = words.clocks.iter().copied().map(Instants::of).collect();
        // A case keeps what it has; room for exactly what comes is all that is taken.
        let count = planned.records.iter().map(Vec::len).sum();
        self.keys.reserve_exact(count);
        self.label_of.reserve_exact(count);
        let mut id = first_record;
        for r in planned.records.iter().flatten() {
            let Some(manner) = planned.manners.get(r.manner as usize) else { continue };
            let clock = manner.clock as usize;
            let (Some(clock), Some(instants)) = (words.clocks.get(clock), instants.get_mut(clock)) else { continue };
            self.keys.push(RecordKey {
                id: RecordId(id),
                source: witness.source,
                start: instants.instant(r.reading),
                precision: clock.precision,
                direction: manner.direction,
                number: numbers.get(r.spelling as usize).copied().unwrap_or(NONE),
                line: manner.line.and_then(|i| lines.get(i as usize).copied()).unwrap_or(NONE),
                duration_s: r.duration_s,
            });
            self.label_of.push(labels.get(r.label as usize).copied().unwrap_or(NONE));
            id += 1;
        }
        self.witnesses.push(witness);
    }
}

/// Loads the records of all sources that are not withdrawn.
pub fn load_records(connection: &Connection, sources: &[StoredSource]) -> Result<Records> {
    let mut records = Records::default();
    for stored in sources.iter().filter(|s| !s.source.withdrawn) {
        load_source(connection, stored, &mut records)?;
        records.witnesses.push(Witness {
            source: stored.source.id,
            kind: stored.source.kind,
            duration_unit_s: stored.duration_unit_s,
        });
    }
    Ok(records)
}

struct LoadedManner {
    clock: Clock,
    instants: Instants,
    direction: Direction,
    line: u32,
}

fn load_source(connection: &Connection, stored: &StoredSource, records: &mut Records) -> Result<()> {
    let id = stored.source.id.0;
    let mut spellings: FxHashMap<i64, u32> = FxHashMap::default();
    let mut query = connection
        .prepare_cached("SELECT id, kind, number FROM spelling WHERE source = ?1 ORDER BY id")
        .or_failure()?;
    let mut rows = query.query([id]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let kind: String = row.get(1).or_failure()?;
        let kind = NumberKind::from_word(&kind).unwrap_or(NumberKind::Unknown);
        let number = records.number(PhoneNumber { kind, text: row.get(2).or_failure()? });
        let spelling = row.get(0).or_failure()?;
        spellings.insert(spelling, number);
        records.spelling_numbers.push((spelling, number));
    }
    let mut labels: FxHashMap<i64, u32> = FxHashMap::default();
    let mut query = connection.prepare_cached("SELECT id, text FROM label WHERE source = ?1").or_failure()?;
    let mut rows = query.query([id]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let label = records.label(row.get(1).or_failure()?);
        labels.insert(row.get(0).or_failure()?, label);
    }
    let mut manners: FxHashMap<i64, LoadedManner> = FxHashMap::default();
    let sql = "SELECT m.id, m.direction, m.line, c.kind, c.zone, c.basis, c.precision
               FROM manner m JOIN clock c ON c.id = m.clock WHERE m.source = ?1";
    let mut query = connection.prepare_cached(sql).or_failure()?;
    let mut rows = query.query([id]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let direction: String = row.get(1).or_failure()?;
        let line: String = row.get(2).or_failure()?;
        let clock = clock_of(row, 3).or_failure()?;
        let loaded = LoadedManner {
            clock,
            instants: Instants::of(clock),
            direction: Direction::from_word(&direction).unwrap_or(Direction::Unknown),
            line: records.line(&line),
        };
        manners.insert(row.get(0).or_failure()?, loaded);
    }
    // Room for exactly what comes; the count is of a file that may say anything.
    let count = usize::try_from(stored.records).unwrap_or(0).min(1 << 21);
    records.keys.reserve_exact(count);
    records.label_of.reserve_exact(count);
    let sql = "SELECT id, t, manner, spelling, duration_s, label FROM record WHERE id >= ?1 AND id < ?2 ORDER BY id";
    let mut query = connection.prepare_cached(sql).or_failure()?;
    let mut rows = query.query([stored.first_record, stored.first_record + stored.records as i64]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let Some(manner) = manners.get_mut(&row.get(2).or_failure()?) else { continue };
        let spelling: i64 = row.get(3).or_failure()?;
        let label: Option<i64> = row.get(5).or_failure()?;
        records.keys.push(RecordKey {
            id: RecordId(row.get(0).or_failure()?),
            source: SourceId(id),
            start: manner.instants.instant(row.get(1).or_failure()?),
            precision: manner.clock.precision,
            direction: manner.direction,
            number: spellings.get(&spelling).copied().unwrap_or(NONE),
            line: manner.line,
            duration_s: row
                .get::<_, Option<i64>>(4)
                .or_failure()?
                .map_or(-1, |d| d.clamp(0, i64::from(i32::MAX)) as i32),
        });
        records.label_of.push(label.and_then(|l| labels.get(&l).copied()).unwrap_or(NONE));
    }
    Ok(())
}

/// Reads a clock from four columns: kind, zone, basis, precision.
pub(super) fn clock_of(row: &rusqlite::Row<'_>, from: usize) -> rusqlite::Result<Clock> {
    let word = |index: usize| row.get::<_, String>(from + index);
    Ok(Clock {
        kind: ClockKind::from_word(&word(0)?).unwrap_or(ClockKind::Wall),
        zone: Zone::parse(&word(1)?).unwrap_or(Zone::MOSCOW),
        basis: ZoneBasis::from_word(&word(2)?).unwrap_or(ZoneBasis::Assumed),
        precision: Precision::from_word(&word(3)?).unwrap_or(Precision::Second),
    })
}

/// What comparing found, ready to be written. Slices refer to the tables of [`Records`].
pub struct Derived<'a> {
    /// The records.
    pub records: &'a Records,
    /// Pairs of sources: first, second, offset, spread, paired.
    pub pairs: &'a [(SourceId, SourceId, i32, i32, u32)],
    /// Members of calls of several records.
    pub joins: &'a [CallJoin],
    /// Every call, ascending by id.
    pub calls: &'a [Call],
    /// Which label was observed on which call, ascending.
    pub observed: &'a [(CallId, u32)],
    /// The groups.
    pub groups: &'a [Group],
}

/// Deletes what was derived before. An empty derived table costs nothing to empty.
pub fn clear_derived(connection: &Connection) -> Result<()> {
    TABLES.iter().try_for_each(|table| connection.execute(&format!("DELETE FROM {table}"), []).or_failure().map(|_| ()))
}

/// Lays empty TEMP tables over the derived ones: for a case from elsewhere that is only looked at.
pub fn shadow_derived(connection: &Connection) -> Result<()> {
    for table in TABLES {
        let sql: String = connection
            .query_row("SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?1", [table], |row| {
                row.get(0)
            })
            .or_failure()?;
        connection.execute_batch(&sql.replacen("CREATE TABLE", "CREATE TEMP TABLE", 1)).or_failure()?;
    }
    Ok(())
}

/// Takes the TEMP tables away again.
pub fn unshadow_derived(connection: &Connection) -> Result<()> {
    TABLES.iter().try_for_each(|table| connection.execute_batch(&format!("DROP TABLE temp.{table}")).or_failure())
}

/// Lower-cased, compatibility-composed, ё as е: how labels are searched.
pub fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

/// Writes what comparing found; the tables must be empty. Lists are appended in the order of their keys.
pub fn write_derived(connection: &Connection, derived: &Derived<'_>) -> Result<()> {
    write_texts(connection, derived.records)?;
    write_joins(connection, derived)?;
    let order = Order::of(derived.calls);
    write_lists(connection, derived, &order)?;
    write_groups(connection, derived, &order)
}

fn write_texts(connection: &Connection, records: &Records) -> Result<()> {
    let mut bulk = Bulk::new(connection, "number(id, kind, text)")?;
    for (index, n) in records.numbers.iter().enumerate() {
        bulk.push([(index as i64).into(), n.kind.word().into(), n.text.as_str().into()])?;
    }
    bulk.finish()?;
    let mut bulk = Bulk::new(connection, "spelling_number(spelling, number)")?;
    for (spelling, number) in records.spelling_numbers.iter().filter(|(_, number)| *number != NONE) {
        bulk.push_integers([*spelling, i64::from(*number)])?;
    }
    bulk.finish()?;
    let plain: Vec<String> = records.labels.iter().map(|text| folded(text)).collect();
    let mut bulk = Bulk::new(connection, "label_text(id, text, folded)")?;
    for (index, (text, plain)) in records.labels.iter().zip(&plain).enumerate() {
        bulk.push([(index as i64).into(), text.as_str().into(), plain.as_str().into()])?;
    }
    bulk.finish()
}

fn write_joins(connection: &Connection, derived: &Derived<'_>) -> Result<()> {
    let mut bulk = Bulk::new(connection, "source_pair(first, second, offset_s, spread_s, paired)")?;
    for (first, second, offset, spread, paired) in derived.pairs {
        bulk.push_integers([first.0, second.0, i64::from(*offset), i64::from(*spread), i64::from(*paired)])?;
    }
    bulk.finish()?;
    let mut bulk = Bulk::new(connection, "call_join(call, record, why, residual_s)")?;
    for join in derived.joins {
        let why = join.why.map_or(Cell::Null, |why| Cell::Text(why.word()));
        bulk.push([join.call.0.into(), join.record.0.into(), why, i64::from(join.residual_s).into()])?;
    }
    bulk.finish()?;
    let mut of_record: Vec<(i64, i64)> = derived.joins.iter().map(|j| (j.record.0, j.call.0)).collect();
    of_record.sort_unstable();
    let mut bulk = Bulk::new(connection, "record_call(record, call)")?;
    for (record, call) in of_record {
        bulk.push_integers([record, call])?;
    }
    bulk.finish()
}

fn write_lists(connection: &Connection, derived: &Derived<'_>, order: &Order<'_>) -> Result<()> {
    let calls = derived.calls;
    let mut bulk = Bulk::new(connection, "call_by_time(t, call)")?;
    for call in order.by_time() {
        bulk.push_integers([call.start, call.id.0])?;
    }
    bulk.finish()?;
    let mut bulk = Bulk::new(connection, "call_by_number(number, t, call)")?;
    for (number, call) in order.parted(derived.records.numbers.len(), |at| calls[at].number) {
        bulk.push_integers([i64::from(number), call.start, call.id.0])?;
    }
    bulk.finish()?;
    let mut by_label: Vec<(u32, i64, i64)> = derived
        .observed
        .iter()
        .filter_map(|(call, label)| Some((*label, calls.get(order.index(*call)?)?.start, call.0)))
        .collect();
    by_label.sort_unstable();
    by_label.dedup();
    let mut bulk = Bulk::new(connection, "call_by_label(label, t, call)")?;
    for (label, t, call) in by_label {
        bulk.push_integers([i64::from(label), t, call])?;
    }
    bulk.finish()
}

fn write_groups(connection: &Connection, derived: &Derived<'_>, order: &Order<'_>) -> Result<()> {
    let mut groups: Vec<&Group> = derived.groups.iter().collect();
    groups.sort_unstable_by_key(|g| g.id);
    let mut insert = connection
        .prepare("INSERT INTO call_group(id, name, named_by_person, facts) VALUES (?1, ?2, ?3, ?4)")
        .or_failure()?;
    let mut part_of = vec![NONE; derived.calls.len()];
    for (part, group) in (0_u32..).zip(&groups) {
        let facts =
            serde_json::to_string(group).map_err(|e| crate::error::Error::new(crate::Code::Internal).because(e))?;
        insert.execute((group.id.0, &group.name, i64::from(group.named_by_person), facts)).or_failure()?;
        for call in &group.calls {
            if let Some(part_of) = order.index(*call).and_then(|at| part_of.get_mut(at)) {
                *part_of = part;
            }
        }
    }
    let mut bulk = Bulk::new(connection, "call_group_member(part, t, call)")?;
    for (part, call) in order.parted(groups.len(), |at| part_of[at]) {
        bulk.push_integers([groups[part as usize].id.0, call.start, call.id.0])?;
    }
    bulk.finish()?;
    let mut bulk = Bulk::new(connection, "group_of_call(call, part)")?;
    for (call, part) in derived.calls.iter().zip(&part_of) {
        if let Some(group) = groups.get(*part as usize) {
            bulk.push_integers([call.id.0, group.id.0])?;
        }
    }
    bulk.finish()
}

/// Derives everything again in TEMP tables and names the derived tables of the file that differ from it.
pub fn unequal_derived(
    connection: &Connection,
    rebuild: &dyn Fn(&Connection) -> Result<()>,
) -> Result<Vec<&'static str>> {
    let shadowed: bool = connection
        .query_row("SELECT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE name = 'call_by_time')", [], |row| row.get(0))
        .or_failure()?;
    if !shadowed {
        shadow_derived(connection)?;
    }
    let outcome = if shadowed { Ok(()) } else { rebuild(connection) };
    let mut unequal = Vec::new();
    for table in TABLES {
        let differs: bool = connection
            .query_row(
                &format!(
                    "SELECT (SELECT count(*) FROM main.{table}) <> (SELECT count(*) FROM temp.{table})
                     OR EXISTS (SELECT * FROM main.{table} EXCEPT SELECT * FROM temp.{table})"
                ),
                [],
                |row| row.get(0),
            )
            .or_failure()?;
        if differs {
            unequal.push(table);
        }
    }
    if !shadowed {
        unshadow_derived(connection)?;
    }
    outcome.map(|()| unequal)
}
