//! The witness matrix in memory: which records state which call, read in bulk, so that a million calls take seconds.

use super::coverage::{self, Days, covered};
use super::silence::Listings;
use super::sources::sums_of;
use crate::error::Result;
use crate::model::{CallId, Coverage, JoinReason, RecordId, Silence, SourceId, SourceKind, Verdict};
use crate::reconcile::{Point, verdict};
use crate::store::Connection;
use crate::store::evidence::{self, StoredSource};
use crate::store::statements::{self, Statement, Statements, StoredJoin};
use rustc_hash::FxHashMap;

/// Everything that the sources state, and how it was joined.
pub(super) struct Matrix {
    pub(super) sources: Vec<StoredSource>,
    /// The days that each of them covers beside those of its records.
    covered: Vec<Option<Days>>,
    statements: Statements,
    joins: Vec<StoredJoin>,
    listings: Listings,
}

/// What the sources cover and list, without what they state one by one.
pub(super) fn listings(sources: &[StoredSource], statements: &Statements) -> Listings {
    Listings::of(sources, &days_covered(sources), statements)
}

fn days_covered(sources: &[StoredSource]) -> Vec<Option<Days>> {
    sources.iter().map(|s| covered(&sums_of(s), &s.source.received_at)).collect()
}

/// A call in the matrix.
pub(super) struct MatrixCall<'m> {
    /// Its records, the first one first, with why each was joined and what is left of the difference of starts.
    pub(super) members: Vec<(&'m Statement, Option<JoinReason>, i32)>,
    pub(super) verdict: Verdict,
    pub(super) silent: Vec<Silence>,
}

impl MatrixCall<'_> {
    /// What is left of the difference of starts where it is greatest; `None` for a call of one record.
    pub(super) fn residual_s(&self) -> Option<i32> {
        let joined = self.members.iter().filter(|m| m.1.is_some()).map(|m| m.2);
        joined.max_by_key(|residual| (residual.unsigned_abs(), *residual))
    }
}

impl Matrix {
    pub(super) fn read(connection: &Connection) -> Result<Self> {
        let sources = evidence::live_sources(connection)?;
        let statements = statements::statements(connection, &sources)?;
        let covered = days_covered(&sources);
        let listings = Listings::of(&sources, &covered, &statements);
        Ok(Self { listings, statements, covered, sources, joins: statements::joins(connection)? })
    }

    /// Only what the sources cover and list, and the lines that they name.
    pub(super) fn into_listings(self) -> (Vec<StoredSource>, Listings, Vec<String>) {
        (self.sources, self.listings, self.statements.lines)
    }

    /// A source.
    pub(super) fn source(&self, id: SourceId) -> Option<&StoredSource> {
        self.sources.iter().find(|s| s.source.id == id)
    }

    /// A call; without records where the case has none of that number.
    pub(super) fn call(&self, call: CallId) -> MatrixCall<'_> {
        let begin = self.joins.partition_point(|j| j.call < call);
        let joined = self.joins[begin..].iter().take_while(|j| j.call == call);
        let mut members: Vec<_> =
            joined.filter_map(|j| Some((self.statements.of_record(j.record)?, j.why, j.residual_s))).collect();
        if members.is_empty() {
            members.extend(self.statements.of_record(RecordId(call.0)).map(|only| (only, None, 0)));
        }
        let kinds: Vec<SourceKind> =
            members.iter().filter_map(|m| Some(self.source(m.0.source)?.source.kind)).collect();
        let verdict = verdict(&kinds, members.iter().any(|m| m.1 == Some(JoinReason::Conflict)));
        let silent = self.listings.silent(&members.iter().map(|m| m.0).collect::<Vec<_>>(), &kinds);
        MatrixCall { members, verdict, silent }
    }

    /// For every two sources with a common call: when it began by the first, and how far the second was ahead.
    pub(super) fn points(&self) -> FxHashMap<(SourceId, SourceId), Vec<Point>> {
        let mut points: FxHashMap<(SourceId, SourceId), Vec<Point>> = FxHashMap::default();
        for members in self.joins.chunk_by(|a, b| a.call == b.call) {
            let members: Vec<&Statement> = members.iter().filter_map(|j| self.statements.of_record(j.record)).collect();
            for (at, second) in members.iter().enumerate() {
                for first in &members[..at] {
                    let (a, b) = if first.source < second.source { (first, second) } else { (second, first) };
                    let ahead = i32::try_from(b.start - a.start).unwrap_or(0);
                    points.entry((a.source, b.source)).or_default().push((a.start, ahead));
                }
            }
        }
        points
    }

    /// The days of every source; `counts` says whether a record is counted.
    pub(super) fn coverage(&self, counts: &dyn Fn(RecordId) -> bool) -> Vec<Coverage> {
        let sources = self.sources.iter().zip(&self.covered);
        sources.map(|(stored, covered)| coverage::of(stored, *covered, &self.statements, counts)).collect()
    }

    /// Earliest and latest start of a source; `None` where it states no call.
    pub(super) fn period(&self, source: SourceId) -> Option<(i64, i64)> {
        self.listings.period(source)
    }
}
