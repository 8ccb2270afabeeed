//! The records of one source in the order in which sources are compared.

use super::agreement::Rule;
use super::course::Course;
use super::{NONE, RecordKey, Witness};
use crate::model::{Direction, NumberKind, PhoneNumber};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// Records that began farther than this from all of another source's cannot be one with any of them: clocks differ by a
/// day and the widest mistake of zones, and one may drift or stray beside that.
const REACH_S: i64 = 30 * 3600;

/// The records of one source, put in order when they are first compared.
pub struct Witnessed {
    /// Where they stand among all records.
    places: Vec<Range<u32>>,
    /// Earliest and latest start.
    period: (i64, i64),
    whole: OnceCell<Side>,
}

impl Witnessed {
    /// The records of each witness, in the order of the witnesses (ascending).
    pub fn by_each(records: &[RecordKey], witnesses: &[Witness]) -> Vec<Self> {
        let none = || Self { places: Vec::new(), period: (i64::MAX, i64::MIN), whole: OnceCell::new() };
        let mut by_each: Vec<Self> = witnesses.iter().map(|_| none()).collect();
        let mut begin = 0u32;
        for part in records.chunk_by(|a, b| a.source == b.source) {
            let Some(end) = u32::try_from(part.len()).ok().and_then(|count| begin.checked_add(count)) else { break };
            let at = part.first().and_then(|r| witnesses.binary_search_by_key(&r.source, |w| w.source).ok());
            if let Some(witnessed) = at.and_then(|at| by_each.get_mut(at)) {
                witnessed.places.push(begin..end);
                let (from, until) = witnessed.period;
                witnessed.period = part.iter().fold((from, until), |(a, b), r| (a.min(r.start), b.max(r.start)));
            }
            begin = end;
        }
        by_each
    }

    /// Those that records of another source may be one with: of the time that both list, and a little around it. None
    /// where there is no such time.
    pub fn beside(&self, other: &Self, records: &[RecordKey], numbers: &[PhoneNumber]) -> Option<Cow<'_, Side>> {
        let (from, until) = (other.period.0.saturating_sub(REACH_S), other.period.1.saturating_add(REACH_S));
        if self.period.1 < from || until < self.period.0 || self.places.is_empty() || other.places.is_empty() {
            return None;
        }
        if from <= self.period.0 && self.period.1 <= until {
            return Some(Cow::Borrowed(self.whole.get_or_init(|| self.side(self.period, records, numbers))));
        }
        Some(Cow::Owned(self.side((from, until), records, numbers)))
    }

    fn side(&self, period: (i64, i64), records: &[RecordKey], numbers: &[PhoneNumber]) -> Side {
        let places = self.places.iter().cloned().flatten();
        let rows = places.map(|index| (index, &records[index as usize]));
        let rows = rows.filter(|(_, record)| (period.0..=period.1).contains(&record.start));
        Side::of(rows.map(|(index, record)| Row::of(index, record)).collect(), records, numbers)
    }
}

/// A record in the order in which sources are compared.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Number and direction in one.
    pub key: u64,
    /// Start, Unix seconds.
    pub start: i64,
    /// Duration and line in one, so that equal rows stand together.
    pub detail: u64,
    /// Index of the record.
    pub record: u32,
}

impl Row {
    fn of(index: u32, record: &RecordKey) -> Self {
        Self {
            key: u64::from(record.number) << 2 | record.direction as u64,
            start: record.start,
            detail: u64::from(record.duration_s.cast_unsigned()) << 32 | u64::from(record.line),
            record: index,
        }
    }

    /// Length in seconds; -1 where not stated.
    pub fn duration_s(&self) -> i32 {
        ((self.detail >> 32) as u32).cast_signed()
    }

    /// The line; [`NONE`] where unknown.
    pub fn line(&self) -> u32 {
        self.detail as u32
    }
}

/// Records of one source.
#[derive(Clone)]
pub struct Side {
    /// By number, direction, start, length, line, record.
    pub rows: Vec<Row>,
    /// Earliest and latest start.
    pub period: (i64, i64),
    /// Rows whose number is hidden or masked, or whose direction is unknown.
    pub vague: Vec<u32>,
}

impl Side {
    fn of(rows: Vec<Row>, records: &[RecordKey], numbers: &[PhoneNumber]) -> Self {
        let mut rows = by_key(rows, numbers.len());
        for run in rows.chunk_by_mut(|a, b| a.key == b.key) {
            run.sort_unstable_by_key(|r| (r.start, r.detail, r.record));
        }
        Self::of_sorted(rows, records, numbers)
    }

    fn of_sorted(rows: Vec<Row>, records: &[RecordKey], numbers: &[PhoneNumber]) -> Self {
        let period = rows.iter().fold((i64::MAX, i64::MIN), |(a, b), r| (a.min(r.start), b.max(r.start)));
        let is_vague = |row: &Row| {
            let record = &records[row.record as usize];
            record.direction == Direction::Unknown
                || numbers
                    .get(record.number as usize)
                    .is_none_or(|n| matches!(n.kind, NumberKind::Masked | NumberKind::Hidden))
        };
        let vague = (0u32..).zip(&rows).filter(|(_, row)| is_vague(row)).map(|(at, _)| at).collect();
        Self { rows, period, vague }
    }

    /// Whether the periods come within `reach` seconds of each other.
    pub fn overlaps(&self, other: &Side, reach: i64) -> bool {
        !self.rows.is_empty()
            && !other.rows.is_empty()
            && self.period.0.saturating_sub(reach) <= other.period.1
            && other.period.0.saturating_sub(reach) <= self.period.1
    }

    /// Whether the row says who it was.
    pub fn names(&self, rule: &Rule<'_>, row: Row) -> bool {
        rule.names_a_number(rule.records[row.record as usize].number)
    }

    /// The same records by the clock that runs ahead of theirs.
    pub fn on(&self, course: &Course, records: &[RecordKey], numbers: &[PhoneNumber]) -> Self {
        let start = |row: &Row| records[row.record as usize].start;
        let rows = self.rows.iter().map(|row| Row { start: start(row) + course.at(start(row)), ..*row }).collect();
        Self::of(rows, records, numbers)
    }

    /// The records that are not taken.
    pub fn left(&self, taken: &[bool], records: &[RecordKey], numbers: &[PhoneNumber]) -> Self {
        let rows = self.rows.iter().zip(taken).filter(|(_, taken)| !**taken).map(|(row, _)| *row).collect();
        Self::of_sorted(rows, records, numbers)
    }

    /// How many numbers, each way apart, it has.
    pub fn keys(&self) -> usize {
        self.rows.chunk_by(|a, b| a.key == b.key).count()
    }

    /// The records of one number in so many: the same numbers of every source.
    pub fn one_in(&self, many: usize, records: &[RecordKey], numbers: &[PhoneNumber]) -> Self {
        let chosen = |row: &&Row| ((row.key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize).is_multiple_of(many);
        Self::of_sorted(self.rows.iter().filter(chosen).copied().collect(), records, numbers)
    }

    /// How many began within a period.
    pub fn within(&self, period: (i64, i64)) -> usize {
        self.rows.iter().filter(|r| (period.0..=period.1).contains(&r.start)).count()
    }
}

/// Rows in the order of their keys. Keys are small and dense, so they are counted instead of compared.
fn by_key(mut rows: Vec<Row>, numbers: usize) -> Vec<Row> {
    let buckets = (numbers + 1) << 2;
    // A small source beside a large table of numbers is sorted sooner.
    if rows.len() < buckets / 8 {
        rows.sort_unstable_by_key(|r| r.key);
        return rows;
    }
    // Hidden and unreadable numbers stand behind all others.
    let last = buckets - 4;
    let bucket = |row: &Row| match usize::try_from(row.key) {
        Ok(key) if key < last => key,
        _ => last + (row.key & 3) as usize,
    };
    if rows.iter().any(|r| bucket(r) >= last && r.key >> 2 != u64::from(NONE)) {
        rows.sort_unstable_by_key(|r| r.key);
        return rows;
    }
    let mut ends = vec![0u32; buckets + 1];
    rows.iter().for_each(|r| ends[bucket(r) + 1] += 1);
    (1..ends.len()).for_each(|at| ends[at] += ends[at - 1]);
    let mut sorted = rows.clone();
    for row in rows {
        let next = &mut ends[bucket(&row)];
        sorted[*next as usize] = row;
        *next += 1;
    }
    sorted
}

/// Groups of rows with equal number and direction that both sides have.
pub fn shared_keys<'a>(a: &'a [Row], b: &'a [Row]) -> impl Iterator<Item = (&'a [Row], &'a [Row])> {
    let (mut a, mut b) = (a, b);
    std::iter::from_fn(move || {
        while let (Some(x), Some(y)) = (a.first(), b.first()) {
            let run_a = a.iter().take_while(|r| r.key == x.key).count();
            let run_b = b.iter().take_while(|r| r.key == y.key).count();
            if x.key < y.key {
                a = &a[run_a..];
            } else if x.key > y.key {
                b = &b[run_b..];
            } else {
                let found = (&a[..run_a], &b[..run_b]);
                (a, b) = (&a[run_a..], &b[run_b..]);
                return Some(found);
            }
        }
        None
    })
}
