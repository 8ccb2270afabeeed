//! The witness matrix: which sources state which call, how their clocks run, what each covers. It never writes.

use super::calls::RecordPlace;
use super::clocks::{self, PairView};
use super::coverage::{self, CoverageView};
use super::matrix::Matrix;
use crate::case::Case;
use crate::error::Result;
use crate::model::{CallId, Silence, Verdict};
use crate::store::{Connection, lists};
use serde::Serialize;

/// A call in the matrix.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WitnessCall {
    /// The call.
    pub call: CallId,
    /// Which witnesses state it.
    pub verdict: Verdict,
    /// What is left of the difference of starts after the clock offset, seconds; of several the greatest; `None` where
    /// one record states the call.
    pub residual_s: Option<i32>,
    /// Its records.
    pub records: Vec<RecordPlace>,
    /// Witnesses that do not state it, each with the reason.
    pub silent: Vec<Silence>,
}

/// What is known of the sources beside each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WitnessSources {
    /// Every two sources compared.
    pub pairs: Vec<PairView>,
    /// The days of every source.
    pub coverage: Vec<CoverageView>,
}

impl WitnessSources {
    fn of(connection: &Connection, matrix: &Matrix) -> Result<Self> {
        let days = matrix.coverage(&|_| true);
        let coverage = matrix.sources.iter().zip(&days).map(|(stored, days)| coverage::view(stored, days)).collect();
        Ok(Self { pairs: clocks::pairs(connection, matrix)?, coverage })
    }
}

/// The matrix of a case, from which calls are asked one after another.
pub struct WitnessMatrix {
    /// Calls by start, then id.
    pub ids: Vec<CallId>,
    /// The sources beside each other.
    pub sources: WitnessSources,
    matrix: Matrix,
}

impl WitnessMatrix {
    /// Reads it.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn read(case: &Case) -> Result<Self> {
        let connection = case.connection();
        let matrix = Matrix::read(connection)?;
        let sources = WitnessSources::of(connection, &matrix)?;
        Ok(Self { ids: lists::ids_by_time(connection, i64::MIN, i64::MAX)?, sources, matrix })
    }

    /// A call in it.
    #[must_use]
    pub fn call(&self, call: CallId) -> WitnessCall {
        let found = self.matrix.call(call);
        let place = |(s, ..): &(&crate::store::statements::Statement, _, _)| RecordPlace {
            source: s.source,
            sheet: (s.sheet > 0).then_some(s.sheet),
            row: s.row,
        };
        WitnessCall {
            call,
            verdict: found.verdict,
            residual_s: found.residual_s(),
            records: found.members.iter().map(place).collect(),
            silent: found.silent,
        }
    }
}

/// The sources beside each other, without the calls.
///
/// # Errors
/// When the case file cannot be read.
pub fn witness_sources(case: &Case) -> Result<WitnessSources> {
    let connection = case.connection();
    WitnessSources::of(connection, &Matrix::read(connection)?)
}
