//! Who is silent about calls, and why: of all calls for their counts and lists, of one for whoever looks at it.

use super::calls::Looker;
use super::find::CallColumns;
use super::matrix::{self, Matrix};
use super::silence::Listings;
use crate::case::Case;
use crate::error::{Code, Error, Result};
use crate::model::{CallId, RecordId, Silence, SilenceReason, SourceKind};
use crate::store::columns::Columns;
use crate::store::evidence::{self, StoredSource};
use crate::store::statements::{self, statement_of};
use crate::store::{self, lists};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// The witnesses whose silence is told; the order is that of [`Told::of`].
const WITNESSES: [SourceKind; 3] = [SourceKind::Phone, SourceKind::Operator, SourceKind::Pbx];

/// A witness that is silent, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SilentFilter {
    /// Kind of witness.
    pub witness: SourceKind,
    /// Why.
    pub reason: SilenceReason,
}

/// About how many calls a witness is silent for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SilenceCount {
    /// Kind of witness.
    pub witness: SourceKind,
    /// Why.
    pub reason: SilenceReason,
    /// Calls.
    pub calls: u32,
}

/// What was found out of silence, kept as long as it holds.
#[derive(Debug, Default)]
pub(super) struct Silences {
    told: Mutex<Option<Arc<Told>>>,
    known: Mutex<Option<Arc<Known>>>,
}

/// The silence about every call.
#[derive(Debug)]
struct Told {
    /// The columns whose rows these are.
    columns: Weak<Columns>,
    /// For each row and witness the place of the reason, from 1; 0 where that witness speaks.
    of: Vec<[u8; WITNESSES.len()]>,
}

/// What the sources cover and list. It is that of evidence and zones, and holds through every other edit.
#[derive(Debug)]
struct Known {
    case: String,
    sources: Vec<StoredSource>,
    listings: Listings,
    lines: Vec<String>,
}

/// Where a reason of a witness stands in [`Told`].
fn code(asked: SilentFilter) -> Option<(usize, u8)> {
    let witness = WITNESSES.iter().position(|kind| *kind == asked.witness)?;
    let reason = SilenceReason::ALL.iter().position(|reason| *reason == asked.reason)?;
    Some((witness, u8::try_from(reason + 1).ok()?))
}

impl Silences {
    pub(super) fn forget(&self) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Keeps of rows those about which a witness is silent for this reason.
    pub(super) fn keep(
        &self,
        case: &Case,
        columns: &Arc<Columns>,
        asked: SilentFilter,
        rows: &mut Vec<u32>,
    ) -> Result<()> {
        let told = self.told(case, columns)?;
        let code = code(asked);
        let silent = |at: u32| {
            let (witness, reason) = code?;
            told.of.get(at as usize)?.get(witness).map(|found| *found == reason)
        };
        rows.retain(|at| silent(*at) == Some(true));
        Ok(())
    }

    fn told(&self, case: &Case, columns: &Arc<Columns>) -> Result<Arc<Told>> {
        let mut held = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let of_these = |told: &&Arc<Told>| told.columns.upgrade().is_some_and(|of| Arc::ptr_eq(&of, columns));
        if let Some(told) = held.as_ref().filter(of_these) {
            return Ok(Arc::clone(told));
        }
        *held = None;
        let matrix = store::reading(case.connection(), || Matrix::read(case.connection()))?;
        let mut of = Vec::with_capacity(columns.rows.len());
        for row in &columns.rows {
            let mut codes = [0; WITNESSES.len()];
            for Silence { witness, reason, .. } in matrix.call(row.id).silent {
                if let Some((at, found)) = code(SilentFilter { witness, reason }) {
                    codes[at] = found;
                }
            }
            of.push(codes);
        }
        let told = Arc::new(Told { columns: Arc::downgrade(columns), of });
        *held = Some(Arc::clone(&told));
        let (sources, listings, lines) = matrix.into_listings();
        let known = Known { case: case.uuid().to_owned(), sources, listings, lines };
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(known));
        Ok(told)
    }

    /// What the sources cover and list; read anew only where there are other sources or other zones than there were.
    fn known(&self, case: &Case) -> Result<Arc<Known>> {
        let connection = case.connection();
        let mut held = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        store::reading(connection, || {
            let sources = evidence::live_sources(connection)?;
            if let Some(known) = held.as_ref().filter(|known| known.case == case.uuid() && known.sources == sources) {
                return Ok(Arc::clone(known));
            }
            let statements = statements::statements(connection, &sources)?;
            let listings = matrix::listings(&sources, &statements);
            let known = Arc::new(Known { case: case.uuid().to_owned(), sources, listings, lines: statements.lines });
            *held = Some(Arc::clone(&known));
            Ok(known)
        })
    }
}

/// About how many calls which witness is silent, by reason; none where there is no such call. They are counted over the
/// columns by which the list is narrowed, so that the list which a count leads to holds as many.
///
/// # Errors
/// When the case file cannot be read.
pub fn silence_counts(case: &Case, columns: &CallColumns) -> Result<Vec<SilenceCount>> {
    let told = columns.silences.told(case, &columns.of(case)?)?;
    let mut counts = Vec::new();
    for (at, witness) in WITNESSES.into_iter().enumerate() {
        for reason in SilenceReason::ALL.iter().copied() {
            let Some((_, wanted)) = code(SilentFilter { witness, reason }) else { continue };
            let calls = told.of.iter().filter(|codes| codes[at] == wanted).count();
            if calls > 0 {
                counts.push(SilenceCount { witness, reason, calls: u32::try_from(calls).unwrap_or(u32::MAX) });
            }
        }
    }
    Ok(counts)
}

/// Who is silent about one call, and why: the witnesses as the matrix tells them, then every further source that could
/// have stated it.
///
/// # Errors
/// [`Code::NotFound`].
pub fn call_silence(case: &Case, id: CallId, columns: &CallColumns) -> Result<Vec<Silence>> {
    let connection = case.connection();
    let known = columns.silences.known(case)?;
    let looker = Looker::new(connection)?;
    let members = looker.members(lists::call_of_record(connection, RecordId(id.0))?)?;
    if members.is_empty() {
        return Err(Error::new(Code::NotFound).with("what", "call").with("id", id.0));
    }
    let stated: Vec<_> = members.iter().map(|member| statement_of(&member.record, &known.lines)).collect();
    let speaking = looker.kinds_of(&members);
    Ok(known.listings.silent_sources(&stated.iter().collect::<Vec<_>>(), &speaking))
}
