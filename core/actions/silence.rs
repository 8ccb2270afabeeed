//! Why a witness is silent about a call: what its sources cover and list, and what the call says.

use super::coverage::Days;
use crate::model::{Direction, NumberKind, Silence, SilenceReason, SourceId, SourceKind};
use crate::store::evidence::StoredSource;
use crate::store::statements::{Statement, Statements};
use chrono::NaiveDate;
use rustc_hash::FxHashSet;

/// Clocks may be this far apart at the ends of a period.
const EDGE_S: i64 = 120;

/// One unanswered call in so many or more is no rule.
const RARE: u32 = 20;

/// What a source covers and lists.
#[derive(Debug)]
struct Listing {
    source: SourceId,
    kind: SourceKind,
    first: i64,
    last: i64,
    /// First and last local day that it covers.
    covered: Option<(i32, i32)>,
    days: FxHashSet<i32>,
    lines: FxHashSet<u16>,
    /// Whether some of its records name no line.
    any_line: bool,
    incoming: Way,
    outgoing: Way,
}

/// What a source lists of one direction.
#[derive(Clone, Copy, Debug, Default)]
struct Way {
    records: u32,
    unanswered: u32,
}

impl Way {
    fn count(&mut self, unanswered: bool) {
        self.records += 1;
        self.unanswered += u32::from(unanswered);
    }

    /// Whether unanswered calls stand in it as a rule: one of many, which was forwarded or cut off, makes none.
    fn lists_unanswered(self) -> bool {
        self.unanswered * RARE > self.records
    }
}

/// What is asked of a call.
struct Asked {
    start: i64,
    day: i32,
    line: Option<u16>,
    direction: Direction,
    unanswered: bool,
    masked: bool,
}

impl Asked {
    fn of(members: &[&Statement]) -> Option<Self> {
        let first = members.first()?;
        let vague = |n: NumberKind| matches!(n, NumberKind::Masked | NumberKind::Hidden);
        let directions = members.iter().map(|m| m.direction);
        Some(Self {
            start: first.start,
            day: first.day,
            line: members.iter().find_map(|m| m.line),
            direction: directions.into_iter().find(|d| *d != Direction::Unknown).unwrap_or(first.direction),
            unanswered: members.iter().any(|m| m.unanswered),
            masked: members.iter().all(|m| vague(m.number)),
        })
    }
}

/// What the sources of a case cover and list.
#[derive(Debug)]
pub(super) struct Listings {
    listings: Vec<Listing>,
    /// Kinds whose word is missed: phone and operator always, an exchange where the case has one.
    expected: Vec<SourceKind>,
}

impl Listings {
    /// `covered` are the days of each source beside those of its records.
    pub(super) fn of(sources: &[StoredSource], covered: &[Option<Days>], statements: &Statements) -> Self {
        let listings = sources.iter().zip(covered).map(|(stored, days)| Listing::of(stored, *days, statements));
        let listings: Vec<Listing> = listings.collect();
        let mut expected = vec![SourceKind::Phone, SourceKind::Operator];
        expected.extend(listings.iter().any(|l| l.kind == SourceKind::Pbx).then_some(SourceKind::Pbx));
        Self { listings, expected }
    }

    /// Earliest and latest start of a source; `None` where it states no call.
    pub(super) fn period(&self, source: SourceId) -> Option<(i64, i64)> {
        let listing = self.listings.iter().find(|l| l.source == source)?;
        (listing.first <= listing.last).then_some((listing.first, listing.last))
    }

    /// The witnesses that do not state a call, each with the reason; `speaking` are the kinds of those that do.
    pub(super) fn silent(&self, members: &[&Statement], speaking: &[SourceKind]) -> Vec<Silence> {
        let Some(asked) = Asked::of(members) else { return Vec::new() };
        let missing = self.expected.iter().filter(|kind| !speaking.contains(kind));
        missing.map(|kind| self.why(*kind, &asked)).collect()
    }

    /// The same, and behind it every further source that could have stated the call: one of a witness that speaks by
    /// another source, or a second one of a witness that is silent.
    pub(super) fn silent_sources(&self, members: &[&Statement], speaking: &[SourceKind]) -> Vec<Silence> {
        let Some(asked) = Asked::of(members) else { return Vec::new() };
        let mut silent = self.silent(members, speaking);
        for listing in &self.listings {
            let said = members.iter().any(|m| m.source == listing.source)
                || silent.iter().any(|one| one.source == Some(listing.source));
            // What a person wrote down by hand lists nothing.
            if said || listing.kind == SourceKind::Hand {
                continue;
            }
            let reason = listing.why(&asked);
            if !matches!(reason, SilenceReason::OtherLine | SilenceReason::OutsidePeriod) {
                silent.push(Silence { witness: listing.kind, source: Some(listing.source), reason });
            }
        }
        silent
    }

    /// The reason, from the widest to the narrowest; of several sources the one that says most.
    fn why(&self, witness: SourceKind, asked: &Asked) -> Silence {
        let of_kind = self.listings.iter().filter(|l| l.kind == witness);
        let best = of_kind.map(|l| (l.why(asked), l.source)).max_by_key(|(reason, source)| {
            // A later reason was reached by more of what could explain it away; the earliest source of it is named.
            (SilenceReason::ALL.iter().position(|r| r == reason), std::cmp::Reverse(*source))
        });
        let (reason, source) = match best {
            None => (SilenceReason::NoSource, None),
            Some((reason @ (SilenceReason::OtherLine | SilenceReason::OutsidePeriod), _)) => (reason, None),
            Some((reason, source)) => (reason, Some(source)),
        };
        Silence { witness, source, reason }
    }
}

/// Days as numbers since 1970.
fn numbered((from, to): Days) -> Option<(i32, i32)> {
    let number = |day: NaiveDate| i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).ok();
    number(from).zip(number(to))
}

impl Listing {
    fn of(stored: &StoredSource, covered: Option<Days>, all: &Statements) -> Self {
        let mut listing = Self {
            source: stored.source.id,
            kind: stored.source.kind,
            first: i64::MAX,
            last: i64::MIN,
            covered: covered.and_then(numbered),
            days: FxHashSet::default(),
            lines: FxHashSet::default(),
            any_line: false,
            incoming: Way::default(),
            outgoing: Way::default(),
        };
        for statement in all.of_source(stored) {
            listing.first = listing.first.min(statement.start);
            listing.last = listing.last.max(statement.start);
            listing.days.insert(statement.day);
            let (from, to) = listing.covered.unwrap_or((statement.day, statement.day));
            listing.covered = Some((from.min(statement.day), to.max(statement.day)));
            match statement.line {
                Some(line) => drop(listing.lines.insert(line)),
                None => listing.any_line = true,
            }
            if statement.direction != Direction::Outgoing {
                listing.incoming.count(statement.unanswered);
            }
            if statement.direction != Direction::Incoming {
                listing.outgoing.count(statement.unanswered);
            }
        }
        listing
    }

    /// Whole days are covered; at their ends, and where clocks differ, what lies within its first and last call.
    fn covers(&self, asked: &Asked) -> bool {
        let near = self.first.saturating_sub(EDGE_S)..=self.last.saturating_add(EDGE_S);
        near.contains(&asked.start) || self.covered.is_some_and(|(from, to)| (from..=to).contains(&asked.day))
    }

    fn why(&self, asked: &Asked) -> SilenceReason {
        let its_line = self.any_line || asked.line.is_none_or(|line| self.lines.contains(&line));
        let (lists_direction, lists_unanswered) = match asked.direction {
            Direction::Incoming => (self.incoming.records > 0, self.incoming.lists_unanswered()),
            Direction::Outgoing => (self.outgoing.records > 0, self.outgoing.lists_unanswered()),
            Direction::Unknown => (true, self.incoming.lists_unanswered() || self.outgoing.lists_unanswered()),
        };
        if !its_line {
            SilenceReason::OtherLine
        } else if !self.covers(asked) {
            SilenceReason::OutsidePeriod
        } else if asked.unanswered && !lists_unanswered {
            SilenceReason::Unanswered
        } else if !lists_direction {
            SilenceReason::DirectionNotListed
        } else if asked.masked {
            SilenceReason::NumberMasked
        } else if !self.days.contains(&asked.day) {
            SilenceReason::Gap
        } else {
            SilenceReason::NotStated
        }
    }
}
