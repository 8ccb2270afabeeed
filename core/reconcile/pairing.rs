//! Two sources compared: which records state one call, one to one. The surest way of agreeing goes first, and within
//! each the choice is the best that there is ([`super::assignment`]).

use super::agreement::{CONFLICT_TOLERANCE_S, EXPORT_TOLERANCE_S, Rule, TOLERANCE_S, lines};
use super::assignment::{Candidate, settle};
use super::course::{Course, Point};
use super::offset::{self, SUPPORT};
use super::side::{Side, shared_keys};
use super::{NONE, RecordKey};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::cmp::Reverse;

/// A far clock offset must pair at least this share of the smaller side: one in so many.
const FAR_SHARE: usize = 5;
/// Of a burst of records around one moment, so many nearest ones are compared with each record.
const NEAREST: usize = 512;
/// Records of either side that one offset leaves over before another is sought for them, and their share.
const STRAYS: usize = 8;
const STRAY_SHARE: usize = 16;
/// Numbers that must agree on another offset: one machine's rhythm is not a clock.
const CLOCK_NUMBERS: usize = 3;
/// Zones lie apart by multiples of this.
const ZONE_STEP_S: i64 = 900;
/// So many numbers are enough to know a clock by.
const NUMBERS: usize = 2_048;
/// Steps of a rhythm are at least so many seconds, and so many of them are tried.
const RHYTHM_S: i64 = 5;
const RHYTHMS: usize = 4;
/// Seconds by which the starts of one call stray around the offset of the clocks.
const NOISE: usize = 2;
/// How often the course of a clock is found anew from what it paired before.
const ROUNDS: usize = 6;

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
    /// Start of the second less start of the first less what the clocks are apart by then.
    pub residual_s: i32,
    /// How they agree.
    pub tier: Tier,
}

/// Pairs the records of two sources; answers the clock offset.
pub fn pair(rule: &Rule<'_>, first: &Side, second: &Side, edges: &mut Vec<Edge>) -> i32 {
    if first.rows.is_empty() || second.rows.is_empty() {
        return 0;
    }
    let (mut clock, mut match_) = match known_by_some(rule, first, second) {
        Some(clock) => {
            let match_ = clock.matching(rule, first, second);
            (clock, match_)
        }
        None => Clock::found(rule, first, second),
    };
    let exports = Rule { tolerance_s: EXPORT_TOLERANCE_S, ..*rule };
    let mut rule = rule;
    let none = (rule.one_kind && clock.is_apart()).then(|| Clock::NONE.matching(&exports, first, second));
    if let Some(none) = none.filter(|none| !clock.holds_for_exports(none, &exports, first, second)) {
        (rule, clock, match_) = (&exports, Clock::NONE, none);
    } else if rule.one_kind && match_.is_close() {
        rule = &exports;
        // Where no pair is farther apart, none would be another one.
        match match_.edges.iter().all(|e| i64::from(e.residual_s.abs()) <= EXPORT_TOLERANCE_S) {
            true => match_.rule = rule,
            false => match_ = clock.matching(rule, first, second),
        }
    }
    let mut offset_s = clock.offset_s;
    if clock.course.is_none() {
        // The middle of all pairs is a better offset than that of a sample.
        offset_s = match_.middle();
        if offset_s != match_.offset_s {
            match_ = Clock { offset_s, course: None }.matching(rule, first, second);
        }
    } else {
        let mut differences: Vec<i32> = match_.points().into_iter().map(|told| told.point.1).collect();
        offset_s = offset::median(&mut differences).map_or(offset_s, i64::from);
    }
    match_.vague();
    match_.by_number(Tier::Conflict);
    // In the order of the records, which are looked up one after another from here on.
    match_.edges.sort_unstable_by_key(|e| e.first);
    edges.append(&mut match_.edges);
    i32::try_from(offset_s).unwrap_or(0)
}

/// The clock as one number in several tells it, where there are so many numbers that those are enough.
fn known_by_some(rule: &Rule<'_>, first: &Side, second: &Side) -> Option<Clock> {
    let many = first.keys().min(second.keys()) / NUMBERS;
    if many < 2 {
        return None;
    }
    let some = |side: &Side| side.one_in(many, rule.records, rule.numbers);
    let (first, second) = (some(first), some(second));
    let (clock, match_) = Clock::found(rule, &first, &second);
    (match_.edges.len() >= NUMBERS / 16).then_some(clock)
}

/// How far the second clock is ahead, and how that changes.
struct Clock {
    offset_s: i64,
    course: Option<Course>,
}

impl Clock {
    /// Both clocks go alike.
    const NONE: Self = Self { offset_s: 0, course: None };

    /// The clock with the surest pairs by it.
    fn found<'a>(rule: &'a Rule<'a>, first: &'a Side, second: &'a Side) -> (Self, Matching<'a>) {
        let guess = offset::guess(rule, first, second);
        let on_its_own = |offset_s| Clock { offset_s, course: None }.matching(rule, first, second);
        let mut match_ = on_its_own(guess.offset_s);
        if guess.far && !match_.proves_itself() {
            match_ = on_its_own(0);
        }
        // The middle of the pairs is a better offset than the window that found them.
        let refined = match_.middle();
        if refined != match_.offset_s {
            match_ = on_its_own(refined);
        }
        let settled = |offset_s| {
            let match_ = on_its_own(offset_s);
            let middle = match_.middle();
            if middle == match_.offset_s { match_ } else { on_its_own(middle) }
        };
        for offset_s in match_.closer_offsets() {
            let closer = settled(offset_s);
            if closer.explains_more_than(&match_) {
                match_ = closer;
            }
        }
        for offset_s in match_.nearer_rhythms() {
            let nearer = settled(offset_s);
            if nearer.is_as_good_and_nearer_than(&match_) {
                match_ = nearer;
                break;
            }
        }
        let mut clock = Clock { offset_s: match_.offset_s, course: None };
        for _ in 0..ROUNDS {
            let mut told = match_.points();
            told.extend(match_.strays());
            let Some(course) = course_of(told) else { break };
            if clock.course.as_ref().is_some_and(|known| known.is_close_to(&course)) {
                break;
            }
            let next = Clock { offset_s: clock.offset_s, course: Some(course) };
            let by_course = next.matching(rule, first, second);
            if !by_course.explains_more_than(&match_) {
                break;
            }
            (clock, match_) = (next, by_course);
        }
        (clock, match_)
    }

    /// Whether the clocks differ by more than two exports of one list do.
    fn is_apart(&self) -> bool {
        self.course.is_some() || self.offset_s.abs() > EXPORT_TOLERANCE_S
    }

    /// Whether exports of one list can be apart like this: without it the calls of the time that both list do not meet,
    /// and several numbers say so, or it is the step of a zone. One caller's rhythm, which goes on from the one export
    /// into the other, is no difference of clocks.
    fn holds_for_exports(&self, none: &Matching<'_>, exports: &Rule<'_>, first: &Side, second: &Side) -> bool {
        let both_list = first.within(second.period).min(second.within(first.period));
        if none.edges.len() * 2 >= both_list {
            return false;
        }
        let apart = self.matching(exports, first, second);
        let a_zone = (self.offset_s + ZONE_STEP_S / 2).rem_euclid(ZONE_STEP_S).abs_diff(ZONE_STEP_S / 2)
            <= EXPORT_TOLERANCE_S.unsigned_abs();
        apart.votes() > none.votes() && (a_zone || apart.by_numbers().len() >= CLOCK_NUMBERS)
    }

    /// The surest pairs by this clock.
    fn matching<'a>(&self, rule: &'a Rule<'a>, first: &'a Side, second: &'a Side) -> Matching<'a> {
        match &self.course {
            None => Matching::firm(rule, Cow::Borrowed(first), second, self.offset_s),
            Some(course) => Matching::firm(rule, Cow::Owned(first.on(course, rule.records, rule.numbers)), second, 0),
        }
    }
}

struct Matching<'a> {
    rule: &'a Rule<'a>,
    first: Cow<'a, Side>,
    second: &'a Side,
    offset_s: i64,
    taken_a: Vec<bool>,
    taken_b: Vec<bool>,
    edges: Vec<Edge>,
}

impl<'a> Matching<'a> {
    fn firm(rule: &'a Rule<'a>, first: Cow<'a, Side>, second: &'a Side, offset_s: i64) -> Self {
        let taken_a = vec![false; first.rows.len()];
        let taken_b = vec![false; second.rows.len()];
        let mut this = Self { rule, first, second, offset_s, taken_a, taken_b, edges: Vec::new() };
        this.by_number(Tier::Firm);
        this
    }

    /// Rows of one number and direction.
    fn by_number(&mut self, tier: Tier) {
        if self.edges.len() == self.first.rows.len().min(self.second.rows.len()) {
            return;
        }
        let (mut base_a, mut base_b) = (0, 0);
        let mut found = Vec::new();
        while let (Some(row_a), Some(row_b)) = (self.first.rows.get(base_a), self.second.rows.get(base_b)) {
            if row_a.key != row_b.key {
                let (step_a, step_b) = if row_a.key < row_b.key { (1, 0) } else { (0, 1) };
                (base_a, base_b) = (base_a + step_a, base_b + step_b);
                continue;
            }
            let key = row_a.key;
            let sure = tier != Tier::Conflict || self.first.names(self.rule, *row_a);
            let end_a = base_a + self.first.rows[base_a..].iter().take_while(|r| r.key == key).count();
            let end_b = base_b + self.second.rows[base_b..].iter().take_while(|r| r.key == key).count();
            if sure {
                self.run(base_a..end_a, base_b..end_b, tier, &mut found);
            }
            (base_a, base_b) = (end_a, end_b);
        }
    }

    /// Rows of one number and direction fall into clusters that lie further apart than a pair may; each is settled by
    /// itself.
    fn run(&mut self, a: std::ops::Range<usize>, b: std::ops::Range<usize>, tier: Tier, found: &mut Vec<Candidate>) {
        let tolerance = if tier == Tier::Conflict { CONFLICT_TOLERANCE_S } else { TOLERANCE_S };
        let (mut from_a, mut from_b) = (a.start, b.start);
        while from_a < a.end && from_b < b.end {
            let start_a = |at: usize| self.first.rows[at].start + self.offset_s;
            let start_b = |at: usize| self.second.rows[at].start;
            if start_a(from_a) + tolerance < start_b(from_b) {
                from_a += 1;
                continue;
            }
            if start_b(from_b) + tolerance < start_a(from_a) {
                from_b += 1;
                continue;
            }
            let (mut to_a, mut to_b) = (from_a, from_b);
            let mut last = start_a(from_a).min(start_b(from_b));
            loop {
                if to_a < a.end && start_a(to_a) <= last + tolerance {
                    last = last.max(start_a(to_a));
                    to_a += 1;
                } else if to_b < b.end && start_b(to_b) <= last + tolerance {
                    last = last.max(start_b(to_b));
                    to_b += 1;
                } else {
                    break;
                }
            }
            if tier == Tier::Conflict || !self.equal(from_a..to_a, from_b..to_b) {
                self.cluster(from_a..to_a, from_b..to_b, tier, tolerance, found);
            }
            (from_a, from_b) = (to_a, to_b);
        }
    }

    /// Takes rows that are equal after the offset, where they use up the cluster's smaller side: then nothing could be
    /// better. The normal case of overlapping exports, of which equal rows are one record whatever else could be paired.
    fn equal(&mut self, a: std::ops::Range<usize>, b: std::ops::Range<usize>) -> bool {
        let begin = self.edges.len();
        let fewest = a.len().min(b.len());
        let (mut at_a, mut at_b) = (a.start, b.start);
        while at_a < a.end && at_b < b.end {
            let (x, y) = (self.first.rows[at_a], self.second.rows[at_b]);
            match (x.start + self.offset_s, x.detail).cmp(&(y.start, y.detail)) {
                std::cmp::Ordering::Less => at_a += 1,
                std::cmp::Ordering::Greater => at_b += 1,
                std::cmp::Ordering::Equal => {
                    self.take(at_a, at_b, Tier::Firm);
                    (at_a, at_b) = (at_a + 1, at_b + 1);
                }
            }
        }
        let all = self.edges.len() - begin == fewest;
        if all || self.rule.one_kind {
            return all;
        }
        self.edges.truncate(begin);
        self.taken_a[a].fill(false);
        self.taken_b[b].fill(false);
        false
    }

    fn cluster(
        &mut self,
        a: std::ops::Range<usize>,
        b: std::ops::Range<usize>,
        tier: Tier,
        tolerance: i64,
        found: &mut Vec<Candidate>,
    ) {
        let rows_b = &self.second.rows[..b.end];
        let mut low = b.start;
        for at_a in a {
            let at = self.first.rows[at_a].start + self.offset_s;
            low += rows_b[low..].iter().take_while(|r| r.start < at - tolerance).count();
            let centre = low + rows_b[low..].partition_point(|r| r.start < at);
            let from = low.max(centre.saturating_sub(NEAREST / 2));
            let near = (from..b.end).take_while(|b| rows_b[*b].start <= at + tolerance).take(NEAREST);
            found.extend(near.filter_map(|b| self.candidate(at_a, b, tier)));
        }
        self.settle(found, tier);
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
        let left_a = left(&self.first, &self.taken_a);
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
        let record = |record: u32| -> &RecordKey { &self.rule.records[record as usize] };
        let apart_s = row_b.start - row_a.start - self.offset_s;
        let agrees = lines(row_a.line(), row_b.line())
            && self.rule.starts(record(row_a.record), record(row_b.record), apart_s)
            && (tier == Tier::Conflict || self.rule.durations(long_a, long_b))
            && (tier != Tier::Vague || self.rule.may_be_one(record(row_a.record), record(row_b.record)));
        agrees.then(|| Candidate {
            residual_s: i32::try_from(apart_s).unwrap_or(i32::MAX),
            duration_off: if (long_a < 0) == (long_b < 0) { long_a.abs_diff(long_b) } else { u32::MAX },
            line_unsure: row_a.line() != row_b.line(),
            a: u32::try_from(a).unwrap_or(NONE),
            b: u32::try_from(b).unwrap_or(NONE),
        })
    }

    fn settle(&mut self, found: &mut Vec<Candidate>, tier: Tier) {
        settle(found, &mut |pair| self.take(pair.a as usize, pair.b as usize, tier));
        found.clear();
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

    /// How far apart the starts of the pairs lie, in the middle; `None` where they are too few to say.
    fn distance(&self) -> Option<i64> {
        let mut residuals: Vec<i32> = self.edges.iter().map(|e| e.residual_s.abs()).collect();
        offset::median(&mut residuals).map(i64::from).filter(|_| self.edges.len() >= SUPPORT)
    }

    /// Whether the pairs lie as near as those of two exports of one list, or are too few to say that they do not.
    fn is_close(&self) -> bool {
        self.distance().is_none_or(|distance| distance <= EXPORT_TOLERANCE_S)
    }

    /// How many pairs each number has.
    fn by_numbers(&self) -> Vec<usize> {
        let mut seen: Vec<u32> = self.edges.iter().map(|e| self.rule.records[e.first as usize].number).collect();
        seen.sort_unstable();
        seen.chunk_by(|a, b| a == b).map(<[u32]>::len).collect()
    }

    /// What the numbers say for this clock, each by the root of its pairs ([`offset`]).
    fn votes(&self) -> u64 {
        self.by_numbers().into_iter().map(|pairs| offset::root(u32::try_from(pairs).unwrap_or(u32::MAX))).sum()
    }

    /// The offset as the pairs say it, where there are enough of them.
    fn middle(&self) -> i64 {
        if self.edges.len() < SUPPORT {
            return 0;
        }
        let mut residuals: Vec<i32> = self.edges.iter().map(|e| e.residual_s).collect();
        self.offset_s + i64::from(offset::median(&mut residuals).unwrap_or(0))
    }

    /// How many records agree on each offset of so many seconds around a middle.
    fn agreeing(&self, middle: i64, reach: i64) -> Vec<usize> {
        let mut agree = vec![0usize; usize::try_from(2 * reach + 1).unwrap_or(0)];
        for (a, b) in shared_keys(&self.first.rows, &self.second.rows) {
            let mut low = 0;
            for row in a {
                let start = row.start + middle;
                low += b[low..].iter().take_while(|other| other.start < start - reach).count();
                let near = b[low..].iter().take_while(|other| other.start <= start + reach).take(NEAREST);
                let agreeing = near.filter(|other| {
                    lines(row.line(), other.line()) && self.rule.durations(row.duration_s(), other.duration_s())
                });
                for other in agreeing {
                    if let Ok(at) = usize::try_from(other.start - start + reach) {
                        agree[at] += 1;
                    }
                }
            }
        }
        agree
    }

    /// Offsets nearer to none on which as many records may agree, the nearest first: in a burst of an even rhythm, whose
    /// ends the other side lacks, every step of it is as good.
    fn nearer_rhythms(&self) -> Vec<i64> {
        let reach = self.offset_s.abs() - RHYTHM_S;
        if reach < 0 || self.offset_s.abs() > 2 * TOLERANCE_S || self.edges.len() < SUPPORT {
            return Vec::new();
        }
        let agree = self.agreeing(0, reach);
        let middle = agree.len() / 2;
        let mut places: Vec<usize> = (0..agree.len()).filter(|at| agree[*at] > 0).collect();
        places.sort_by_key(|at| (at.abs_diff(middle), *at));
        places.retain(|at| around(&agree, *at) >= self.edges.len());
        apart(places.into_iter().map(|at| i64::try_from(at).unwrap_or(0) - reach))
    }

    /// Offsets around this one on which most records agree, where its own pairs lie apart: amid the attempts of one
    /// caller nearly every offset finds a pair for each record, and only on the true one do they meet.
    fn closer_offsets(&self) -> Vec<i64> {
        if self.distance().is_none_or(|distance| distance <= NOISE as i64) {
            return Vec::new();
        }
        let reach = 2 * TOLERANCE_S;
        let agree = self.agreeing(self.offset_s, reach);
        let mut places: Vec<usize> = (0..agree.len()).filter(|at| agree[*at] > 0).collect();
        places.sort_by_key(|at| (Reverse(around(&agree, *at)), Reverse(agree[*at]), *at));
        apart(places.into_iter().map(|at| i64::try_from(at).unwrap_or(0) - reach + self.offset_s))
    }

    /// Whether this pairs as many, as closely to a second, by a clock that is less far off.
    fn is_as_good_and_nearer_than(&self, other: &Matching<'_>) -> bool {
        let apart = |of: &Matching<'_>| of.edges.iter().map(|e| e.residual_s.unsigned_abs() as usize).sum::<usize>();
        self.offset_s.abs() + RHYTHM_S <= other.offset_s.abs()
            && self.edges.len() >= other.edges.len()
            && apart(self) <= apart(other) + other.edges.len() / 2
    }

    /// When each pair began by the first clock, how far the second was ahead, and whose number it is.
    fn points(&self) -> Vec<Told> {
        let record = |record: u32| -> &RecordKey { &self.rule.records[record as usize] };
        let told = |e: &Edge| {
            let (first, second) = (record(e.first), record(e.second));
            let ahead = i32::try_from(second.start - first.start).unwrap_or(0);
            Told { point: (first.start, ahead), number: first.number }
        };
        self.edges.iter().map(told).collect()
    }

    /// Pairs of what is left over on both sides by an offset of its own: the time before or after a clock was set, or
    /// in another zone.
    fn strays(&self) -> Vec<Told> {
        let left = |taken: &[bool]| taken.iter().filter(|taken| !**taken).count();
        let fewest = left(&self.taken_a).min(left(&self.taken_b));
        if fewest < STRAYS || fewest * STRAY_SHARE < self.edges.len() {
            return Vec::new();
        }
        let (records, numbers) = (self.rule.records, self.rule.numbers);
        let first = self.first.left(&self.taken_a, records, numbers);
        let second = self.second.left(&self.taken_b, records, numbers);
        let guess = offset::guess(self.rule, &first, &second);
        if (guess.offset_s - self.offset_s).abs() <= TOLERANCE_S {
            return Vec::new();
        }
        let apart = Matching::firm(self.rule, Cow::Owned(first), &second, guess.offset_s);
        let agreed = apart.edges.len() >= STRAYS && apart.by_numbers().len() >= CLOCK_NUMBERS && apart.proves_itself();
        if agreed { apart.points() } else { Vec::new() }
    }

    /// Whether this pairs more than another did, or the same much more closely.
    fn explains_more_than(&self, other: &Matching<'_>) -> bool {
        let apart = |of: &Matching<'_>| of.edges.iter().map(|e| u64::from(e.residual_s.unsigned_abs())).sum::<u64>();
        let (ours, theirs) = (self.edges.len(), other.edges.len());
        ours > theirs + theirs / 64 || (ours + ours / 64 >= theirs && apart(self) * 2 <= apart(other))
    }
}

/// What a pair tells of the clocks.
struct Told {
    point: Point,
    number: u32,
}

/// The course of a clock as the pairs tell it, each stretch of it by several numbers and by most of those that call then:
/// one machine that dials at an even
/// rhythm agrees with itself one step later as well as at once.
fn course_of(mut told: Vec<Told>) -> Option<Course> {
    loop {
        let course = Course::of(told.iter().map(|told| told.point).collect())?;
        let none = || vec![FxHashSet::<u32>::default(); course.stretches().len()];
        let (mut near, mut all) = (none(), none());
        let place = |told: &Told| course.place(told.point.0);
        for told in &told {
            all[place(told)].insert(told.number);
            if course.is_near(told.point) {
                near[place(told)].insert(told.number);
            }
        }
        let is_told = |at: usize| near[at].len() >= CLOCK_NUMBERS && near[at].len() * 2 > all[at].len();
        if (0..near.len()).all(is_told) {
            return Some(course);
        }
        let before = told.len();
        told.retain(|told| is_told(place(told)));
        if told.len() == before {
            return None;
        }
    }
}

/// How many agree on an offset, as unsure as the starts of one call are.
fn around(agree: &[usize], at: usize) -> usize {
    agree[at.saturating_sub(NOISE)..agree.len().min(at + NOISE + 1)].iter().sum()
}

/// The first few of the offsets that lie apart by a step of a rhythm.
fn apart(offsets: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut kept: Vec<i64> = Vec::new();
    for offset_s in offsets {
        if kept.len() == RHYTHMS {
            break;
        }
        if kept.iter().all(|known| (known - offset_s).abs() >= RHYTHM_S) {
            kept.push(offset_s);
        }
    }
    kept
}

/// Of rows by start, those within the tolerance of a moment.
fn nearest(left: &[(i64, u32)], at: i64) -> impl Iterator<Item = u32> + '_ {
    let low = left.partition_point(|(start, _)| *start < at - TOLERANCE_S);
    let centre = left.partition_point(|(start, _)| *start < at);
    let from = low.max(centre.saturating_sub(NEAREST / 2));
    left[from..].iter().take_while(move |(start, _)| *start <= at + TOLERANCE_S).take(NEAREST).map(|(_, row)| *row)
}
