//! Two sources compared: which records state one call, one to one.

use super::agreement::{CONFLICT_TOLERANCE_S, Rule, TOLERANCE_S, lines};
use super::offset::{self, SUPPORT};
use super::{NONE, RecordKey, Witness};
use crate::model::{Direction, NumberKind, PhoneNumber};

/// A far clock offset must pair at least this share of the smaller side: one in so many.
const FAR_SHARE: usize = 5;
/// Of a burst of records around one moment, so many nearest ones are compared with each record.
const NEAREST: usize = 512;

/// A record in the order in which sources are compared.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Number and direction in one.
    pub key: u64,
    /// Start, Unix seconds.
    pub start: i64,
    /// Duration and line in one, so that equal rows stand together.
    detail: u64,
    /// Index of the record.
    pub record: u32,
}

impl Row {
    /// Length in seconds; -1 where not stated.
    pub fn duration_s(&self) -> i32 {
        ((self.detail >> 32) as u32).cast_signed()
    }

    /// The line; [`NONE`] where unknown.
    pub fn line(&self) -> u32 {
        self.detail as u32
    }
}

/// The records of one source.
pub struct Side {
    /// By number, direction, start, length, line, record.
    pub rows: Vec<Row>,
    /// Earliest and latest start.
    period: (i64, i64),
    /// Rows whose number is hidden or masked, or whose direction is unknown.
    vague: Vec<u32>,
}

impl Side {
    /// The records of each witness, in the order of the witnesses (ascending).
    pub fn of_each(records: &[RecordKey], witnesses: &[Witness], numbers: &[PhoneNumber]) -> Vec<Self> {
        let mut rows: Vec<Vec<Row>> = witnesses.iter().map(|_| Vec::new()).collect();
        let mut last = (None, 0);
        for (index, record) in records.iter().enumerate() {
            let Ok(index) = u32::try_from(index) else { break };
            if last.0 != Some(record.source) {
                let Ok(at) = witnesses.binary_search_by_key(&record.source, |w| w.source) else { continue };
                last = (Some(record.source), at);
            }
            rows[last.1].push(Row {
                key: u64::from(record.number) << 2 | record.direction as u64,
                start: record.start,
                detail: u64::from(record.duration_s.cast_unsigned()) << 32 | u64::from(record.line),
                record: index,
            });
        }
        rows.into_iter().map(|rows| Self::of(rows, records, numbers)).collect()
    }

    fn of(rows: Vec<Row>, records: &[RecordKey], numbers: &[PhoneNumber]) -> Self {
        let mut rows = by_key(rows, numbers.len());
        for run in rows.chunk_by_mut(|a, b| a.key == b.key) {
            run.sort_unstable_by_key(|r| (r.start, r.detail, r.record));
        }
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

    fn within(&self, period: (i64, i64)) -> usize {
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

/// How a pair agrees, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Number, direction and length.
    Firm,
    /// A hidden or masked number, or an unknown direction, that nothing contradicts.
    Vague,
    /// All but the length.
    Conflict,
}

/// Two records that state one call.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Record of the earlier source.
    pub first: u32,
    /// Record of the later source.
    pub second: u32,
    /// Start of the second less start of the first less the clock offset.
    pub residual_s: i32,
    /// How they agree.
    pub tier: Tier,
}

/// Pairs the records of two sources; answers the clock offset.
pub fn pair(rule: &Rule<'_>, first: &Side, second: &Side, edges: &mut Vec<Edge>) -> i32 {
    if first.rows.is_empty() || second.rows.is_empty() {
        return 0;
    }
    let guess = offset::guess(rule, first, second);
    let mut match_ = Matching::firm(rule, first, second, guess.offset_s);
    if guess.far && !match_.proves_itself() {
        match_ = Matching::firm(rule, first, second, 0);
    }
    // The middle of the pairs is a better offset than the window that found them.
    let refined = match_.middle();
    if refined != match_.offset_s {
        match_ = Matching::firm(rule, first, second, refined);
    }
    match_.vague();
    match_.by_number(Tier::Conflict);
    edges.append(&mut match_.edges);
    i32::try_from(match_.offset_s).unwrap_or(0)
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

/// A pair that may be: what decides between several comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    distance: u32,
    duration_off: u32,
    line_unsure: bool,
    a: u32,
    b: u32,
}

struct Matching<'a> {
    rule: &'a Rule<'a>,
    first: &'a Side,
    second: &'a Side,
    offset_s: i64,
    taken_a: Vec<bool>,
    taken_b: Vec<bool>,
    edges: Vec<Edge>,
}

impl<'a> Matching<'a> {
    fn firm(rule: &'a Rule<'a>, first: &'a Side, second: &'a Side, offset_s: i64) -> Self {
        let taken_a = vec![false; first.rows.len()];
        let taken_b = vec![false; second.rows.len()];
        let mut this = Self { rule, first, second, offset_s, taken_a, taken_b, edges: Vec::new() };
        this.equal();
        this.by_number(Tier::Firm);
        this
    }

    /// Rows that are equal after the offset: the normal case of overlapping exports, in one merge.
    fn equal(&mut self) {
        let (rows_a, rows_b) = (&self.first.rows, &self.second.rows);
        let (mut a, mut b) = (0, 0);
        while a < rows_a.len() && b < rows_b.len() {
            let (x, y) = (rows_a[a], rows_b[b]);
            match (x.key, x.start + self.offset_s, x.detail).cmp(&(y.key, y.start, y.detail)) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => {
                    self.take(a, b, Tier::Firm);
                    a += 1;
                    b += 1;
                }
            }
        }
    }

    /// Rows of one number and direction, the nearest starts first.
    fn by_number(&mut self, tier: Tier) {
        let tolerance = if tier == Tier::Conflict { CONFLICT_TOLERANCE_S } else { TOLERANCE_S };
        let (rows_a, rows_b) = (&self.first.rows[..], &self.second.rows[..]);
        if self.edges.len() == rows_a.len().min(rows_b.len()) {
            return;
        }
        let (mut base_a, mut base_b) = (0, 0);
        let mut found = Vec::new();
        while base_a < rows_a.len() && base_b < rows_b.len() {
            let (key_a, key_b) = (rows_a[base_a].key, rows_b[base_b].key);
            if key_a < key_b {
                base_a += 1;
                continue;
            }
            if key_a > key_b {
                base_b += 1;
                continue;
            }
            let end_a = base_a + rows_a[base_a..].iter().take_while(|r| r.key == key_a).count();
            let end_b = base_b + rows_b[base_b..].iter().take_while(|r| r.key == key_b).count();
            let sure = tier != Tier::Conflict || self.first.names(self.rule, rows_a[base_a]);
            let mut low = base_b;
            for a in (base_a..end_a).filter(|a| sure && !self.taken_a[*a]) {
                let at = rows_a[a].start + self.offset_s;
                while low < end_b && rows_b[low].start < at - tolerance {
                    low += 1;
                }
                let centre = low + rows_b[low..end_b].partition_point(|r| r.start < at);
                let from = low.max(centre.saturating_sub(NEAREST / 2));
                let near = (from..end_b).take_while(|b| rows_b[*b].start <= at + tolerance).take(NEAREST);
                found.extend(near.filter_map(|b| self.candidate(a, b, tier)));
            }
            self.settle(&mut found, tier);
            (base_a, base_b) = (end_a, end_b);
        }
    }

    /// What is left, where one side hides its number or does not know its direction.
    fn vague(&mut self) {
        if self.first.vague.is_empty() && self.second.vague.is_empty() {
            return;
        }
        let left = |side: &Side, taken: &[bool]| {
            let mut left: Vec<(i64, u32)> = (0u32..)
                .zip(&side.rows)
                .filter(|(at, _)| !taken[*at as usize])
                .map(|(at, row)| (row.start, at))
                .collect();
            left.sort_unstable();
            left
        };
        let left_a = left(self.first, &self.taken_a);
        let left_b = left(self.second, &self.taken_b);
        let mut found = Vec::new();
        for a in self.first.vague.iter().filter(|a| !self.taken_a[**a as usize]) {
            let at = self.first.rows[*a as usize].start + self.offset_s;
            let near = nearest(&left_b, at);
            found.extend(near.filter_map(|b| self.candidate(*a as usize, b as usize, Tier::Vague)));
        }
        for b in self.second.vague.iter().filter(|b| !self.taken_b[**b as usize]) {
            let at = self.second.rows[*b as usize].start - self.offset_s;
            let near = nearest(&left_a, at);
            found.extend(near.filter_map(|a| self.candidate(a as usize, *b as usize, Tier::Vague)));
        }
        self.settle(&mut found, Tier::Vague);
    }

    fn candidate(&self, a: usize, b: usize, tier: Tier) -> Option<Candidate> {
        if self.taken_a[a] || self.taken_b[b] {
            return None;
        }
        let (row_a, row_b) = (self.first.rows[a], self.second.rows[b]);
        let (long_a, long_b) = (row_a.duration_s(), row_b.duration_s());
        let record = |row: Row| &self.rule.records[row.record as usize];
        let agrees = lines(row_a.line(), row_b.line())
            && (tier == Tier::Conflict || self.rule.durations(long_a, long_b))
            && (tier != Tier::Vague || self.rule.may_be_one(record(row_a), record(row_b)));
        agrees.then(|| Candidate {
            distance: u32::try_from((row_b.start - row_a.start - self.offset_s).unsigned_abs()).unwrap_or(u32::MAX),
            duration_off: if (long_a < 0) == (long_b < 0) { long_a.abs_diff(long_b) } else { u32::MAX },
            line_unsure: row_a.line() != row_b.line(),
            a: u32::try_from(a).unwrap_or(NONE),
            b: u32::try_from(b).unwrap_or(NONE),
        })
    }

    /// Takes the candidates, the nearest first.
    fn settle(&mut self, found: &mut Vec<Candidate>, tier: Tier) {
        found.sort_unstable();
        for candidate in found.drain(..) {
            let (a, b) = (candidate.a as usize, candidate.b as usize);
            if !self.taken_a[a] && !self.taken_b[b] {
                self.take(a, b, tier);
            }
        }
    }

    fn take(&mut self, a: usize, b: usize, tier: Tier) {
        self.taken_a[a] = true;
        self.taken_b[b] = true;
        let (row_a, row_b) = (self.first.rows[a], self.second.rows[b]);
        let residual_s = i32::try_from(row_b.start - row_a.start - self.offset_s).unwrap_or(0);
        self.edges.push(Edge { first: row_a.record, second: row_b.record, residual_s, tier });
    }

    /// Whether the offset pairs enough of what both sources could state.
    fn proves_itself(&self) -> bool {
        let (a, b) = (self.first.period, self.second.period);
        let of_a = self.first.within((b.0 - self.offset_s, b.1 - self.offset_s));
        let of_b = self.second.within((a.0 + self.offset_s, a.1 + self.offset_s));
        self.edges.len() >= SUPPORT && self.edges.len() * FAR_SHARE >= of_a.min(of_b)
    }

    /// The offset as the pairs say it, where there are enough of them.
    fn middle(&self) -> i64 {
        if self.edges.len() < SUPPORT {
            return 0;
        }
        let mut residuals: Vec<i32> = self.edges.iter().map(|e| e.residual_s).collect();
        self.offset_s + i64::from(offset::median(&mut residuals).unwrap_or(0))
    }
}

/// Of rows by start, those within the tolerance of a moment.
fn nearest(left: &[(i64, u32)], at: i64) -> impl Iterator<Item = u32> + '_ {
    let low = left.partition_point(|(start, _)| *start < at - TOLERANCE_S);
    let centre = left.partition_point(|(start, _)| *start < at);
    let from = low.max(centre.saturating_sub(NEAREST / 2));
    left[from..].iter().take_while(move |(start, _)| *start <= at + TOLERANCE_S).take(NEAREST).map(|(_, row)| *row)
}
