//! Derived tables: everything that comparing found. Can be deleted and made again; never evidence.

use super::evidence::{Planned, StoredSource};
use super::failure::OrFailure;
use super::zones::{CLOCK, OF_MANNER};
use crate::error::Result;
use crate::model::{
    Clock, ClockKind, Direction, HAND_RECIPE, Instants, NONE, NumberKind, PhoneNumber, Precision, RecordId, RecordKey,
    SourceId, Witness, Zone, ZoneBasis,
};
use rusqlite::Connection;
use rustc_hash::FxHashMap;

/// The tables that can be deleted and made again.
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
    /// The first source that was written down by hand.
    pub hand: Option<SourceId>,
}

/// Under this source all that was written down by hand is compared: after all files, so that what the person says never
/// parts what two files state together.
pub const BY_HAND: SourceId = SourceId(i64::MAX);

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

    /// Lets go of what is held of each record and of what finds texts; the texts stay.
    pub fn forget_keys(&mut self) {
        self.keys = Vec::new();
        self.label_of = Vec::new();
        self.number_index = FxHashMap::default();
        self.label_index = FxHashMap::default();
        self.line_index = FxHashMap::default();
    }

    /// Index of a label text.
    pub fn label(&mut self, text: String) -> u32 {
        intern(&mut self.labels, &mut self.label_index, text)
    }

    /// The source under which the records of `source` are compared. What the person writes down is one witness, entry by
    /// entry: two entries are two calls, however near they lie, and a hundred of them are compared as one file.
    pub fn speaker(&mut self, recipe: &str, source: SourceId) -> SourceId {
        if recipe != HAND_RECIPE {
            return source;
        }
        self.hand.get_or_insert(source);
        BY_HAND
    }

    fn heard(&mut self, witness: Witness) {
        if !self.witnesses.iter().any(|known| known.source == witness.source) {
            self.witnesses.push(witness);
        }
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
        self.heard(witness);
    }
}

/// A source read in another zone than holds: what would be, if the person set it.
#[derive(Clone, Copy, Debug)]
pub struct ZoneTrial {
    /// The source.
    pub source: SourceId,
    /// The zone; `None` for what was known when the file was imported.
    pub zone: Option<Zone>,
}

/// Loads the records of all sources that are not withdrawn.
pub fn load_records(connection: &Connection, sources: &[StoredSource]) -> Result<Records> {
    load_records_as(connection, sources, None)
}

/// The same, with one source read in another zone.
pub fn load_records_as(connection: &Connection, sources: &[StoredSource], trial: Option<ZoneTrial>) -> Result<Records> {
    let mut records = Records::default();
    for stored in sources.iter().filter(|s| !s.source.withdrawn) {
        let source = records.speaker(&stored.source.recipe, stored.source.id);
        let trial = trial.filter(|trial| trial.source == stored.source.id);
        load_source(connection, stored, source, trial, &mut records)?;
        records.heard(Witness { source, kind: stored.source.kind, duration_unit_s: stored.duration_unit_s });
    }
    Ok(records)
}

struct LoadedManner {
    clock: Clock,
    instants: Instants,
    direction: Direction,
    line: u32,
}

fn load_source(
    connection: &Connection,
    stored: &StoredSource,
    speaker: SourceId,
    trial: Option<ZoneTrial>,
    records: &mut Records,
) -> Result<()> {
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
    let sql =
        format!("SELECT m.id, m.direction, m.line, {CLOCK}, c.zone FROM manner m {OF_MANNER} WHERE m.source = ?1");
    let mut query = connection.prepare_cached(&sql).or_failure()?;
    let mut rows = query.query([id]).or_failure()?;
    while let Some(row) = rows.next().or_failure()? {
        let direction: String = row.get(1).or_failure()?;
        let line: String = row.get(2).or_failure()?;
        let mut clock = clock_of(row, 3).or_failure()?;
        if let Some(trial) = trial.filter(|_| clock.kind == ClockKind::Wall) {
            let imported = Zone::parse(&row.get::<_, String>(7).or_failure()?);
            clock.zone = trial.zone.or(imported).unwrap_or(Zone::MOSCOW);
        }
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
            source: speaker,
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

/// Deletes what was derived by older rules, or by a stranger: nothing of it is even compared with.
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

/// Derives everything again in TEMP tables and names the derived tables of the file that differ from it.
pub fn unequal_derived(
    connection: &Connection,
    renew: &dyn Fn(&Connection) -> Result<()>,
) -> Result<Vec<&'static str>> {
    let shadowed: bool = connection
        .query_row("SELECT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE name = 'call_by_time')", [], |row| row.get(0))
        .or_failure()?;
    if !shadowed {
        shadow_derived(connection)?;
    }
    let outcome = if shadowed { Ok(()) } else { renew(connection) };
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
