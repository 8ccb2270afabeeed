//! To whom numbers were allotted, by the registers that speak for a case: those that it holds, then those of this
//! computer. Looked up when a call or a group is read, and kept nowhere: another register says something else tomorrow.

use super::register_shelf::RegisterShelf;
use super::registers::{RegisterInForce, RegisterPlace, Registers};
use crate::error::Result;
use crate::model::{Line, PhoneNumber, Pool, RegisterOrigin, hex};
use crate::numbering::{Allotted, MAX_BYTES, Register, RegisterFile, RegisterTable, Series, read};
use crate::store::Connection;
use crate::store::registers::{first_digits, register_bytes, registers};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};

/// Files and sets of files that are kept as they were read: reading one takes as long as a million look-ups.
const KEPT: usize = 8;

static TABLES: Mutex<Vec<(String, Arc<RegisterTable>)>> = Mutex::new(Vec::new());
static TOGETHER: Mutex<Vec<(Candidates, Arc<Holders>)>> = Mutex::new(Vec::new());

/// What is kept under a key, or what `make` makes of it, which is then kept.
fn kept<K: PartialEq, V>(
    shelf: &Mutex<Vec<(K, Arc<V>)>>,
    key: K,
    make: impl FnOnce(&K) -> Option<Arc<V>>,
) -> Option<Arc<V>> {
    let known = |key: &K| {
        let shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.iter().find(|(known, _)| known == key).map(|(_, value)| Arc::clone(value))
    };
    if let Some(value) = known(&key) {
        return Some(value);
    }
    let made = make(&key)?;
    let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
    shelf.truncate(KEPT - 1);
    shelf.insert(0, (key, Arc::clone(&made)));
    Some(made)
}

/// Keeps a register that was read just now.
pub(super) fn remember(sha256: &str, table: &Arc<RegisterTable>) {
    kept(&TABLES, sha256.to_owned(), |_| Some(Arc::clone(table)));
}

/// What a register says, by its digest. Bytes that have another one are not believed, nor kept for others.
pub(super) fn table_of(origin: &RegisterOrigin, bytes: impl FnOnce() -> Option<Vec<u8>>) -> Option<Arc<RegisterTable>> {
    kept(&TABLES, origin.sha256.clone(), |sha256| {
        let bytes = bytes()?;
        let table = (hex(&Sha256::digest(&bytes)) == *sha256).then(|| read(&bytes).ok())?;
        table.map(Arc::new)
    })
}

/// Registers that could speak, in the order in which they are asked.
type Candidates = Vec<(RegisterPlace, RegisterOrigin)>;

/// The registers that speak for a case.
#[derive(Debug, Default)]
pub(super) struct Holders {
    register: Register,
    /// Where each file of the register lies.
    places: Vec<RegisterPlace>,
}

/// What is said of a number.
#[derive(Clone, Debug)]
pub(super) struct Held<'a> {
    pub(super) allotted: Allotted<'a>,
    pub(super) origin: &'a RegisterOrigin,
}

impl Held<'_> {
    pub(super) fn holder(&self) -> String {
        self.allotted.range.operator.to_string()
    }

    pub(super) fn region(&self) -> Option<String> {
        self.allotted.range.place()
    }

    pub(super) fn dated(&self) -> String {
        self.origin.dated.to_string()
    }
}

impl Holders {
    /// The registers that speak for a case.
    pub(super) fn of(connection: &Connection) -> Result<Arc<Self>> {
        let shelf = RegisterShelf::default();
        let mut stored = registers(connection)?;
        stored.sort_by(|a, b| b.origin.dated.cmp(&a.origin.dated).then(b.id.cmp(&a.id)));
        let own = stored.iter().map(|register| (RegisterPlace::Case, register.origin.clone()));
        let of_user = shelf.list().into_iter().map(|origin| (RegisterPlace::User, origin));
        let candidates: Candidates = own.chain(of_user).collect();
        let read = |(place, origin): &(RegisterPlace, RegisterOrigin)| {
            let bytes = || match place {
                RegisterPlace::User => shelf.bytes(origin),
                RegisterPlace::Case => {
                    let register = stored.iter().find(|register| register.origin == *origin)?;
                    register_bytes(connection, register, MAX_BYTES).ok()
                }
            };
            Some(RegisterFile { origin: origin.clone(), table: table_of(origin, bytes)? })
        };
        // What could not be read just now, as while another window commits, is read again the next time.
        let mut for_now = None;
        let make = |candidates: &Candidates| {
            let files: Vec<(RegisterPlace, RegisterFile)> =
                candidates.iter().filter_map(|one| Some((one.0, read(one)?))).collect();
            let register = Register::of(files.iter().map(|(_, file)| file.clone()).collect());
            let place_of = |spoken: &RegisterFile| files.iter().find(|(_, file)| file.origin == spoken.origin);
            let places = register.files().iter().filter_map(|file| Some(place_of(file)?.0)).collect();
            let holders = Arc::new(Self { register, places });
            if files.len() == candidates.len() {
                return Some(holders);
            }
            for_now = Some(holders);
            None
        };
        Ok(kept(&TOGETHER, candidates, make).or(for_now).unwrap_or_default())
    }

    /// The files that speak.
    pub(super) fn files(&self) -> &[RegisterFile] {
        self.register.files()
    }

    /// What is said of a number.
    pub(super) fn held(&self, number: &PhoneNumber) -> Option<Held<'_>> {
        self.told(self.register.range_of(number.digits()?)?)
    }

    fn told<'a>(&'a self, allotted: Allotted<'a>) -> Option<Held<'a>> {
        Some(Held { allotted, origin: &self.register.files().get(allotted.file)?.origin })
    }

    /// The ranges of a block, where all of it was allotted to one operator.
    fn block(&self, pool: &Pool) -> Option<Vec<Held<'_>>> {
        let (from, to) = pool.ends()?;
        self.register.ranges_of_block(from, to)?.into_iter().map(|allotted| self.told(allotted)).collect()
    }

    /// Says of a pool to whom it was allotted; answers the ranges that this rests on.
    pub(super) fn tell(&self, pool: &mut Pool) -> Vec<Held<'_>> {
        let ranges = self.block(pool).unwrap_or_default();
        if let Some(first) = ranges.first() {
            pool.range_holder = Some(first.holder());
            pool.region = first.region().filter(|region| ranges.iter().all(|r| r.region().as_ref() == Some(region)));
            pool.range_dated = Some(first.dated());
        }
        ranges
    }

    /// The operator of a line as the person names it, where a number was allotted to another one.
    pub(super) fn other_operator(&self, held: &Held<'_>, line: &Line) -> Option<String> {
        let other = self.register.is_held_by(held.allotted.range, &line.operator) == Some(false);
        other.then(|| line.operator.clone())
    }

    /// What speaks for the case, and for which series nothing does although the case has numbers of it.
    pub(super) fn in_force(&self, connection: &Connection) -> Result<Registers> {
        let files = self.files().iter().zip(&self.places);
        let in_force: Vec<RegisterInForce> =
            files.map(|(file, place)| RegisterInForce::of(&file.origin, &file.table, *place)).collect();
        let spoken = |series: &Series| self.files().iter().any(|file| file.table.series.contains(series));
        let silent: Vec<Series> = [3, 4, 8, 9].map(Series).into_iter().filter(|series| !spoken(series)).collect();
        let had = if silent.is_empty() { Vec::new() } else { first_digits(connection)? };
        let missing = silent.iter().filter(|series| had.contains(&series.0)).map(|series| series.name()).collect();
        Ok(Registers { in_force, missing })
    }
}

/// The line of a call: the one that it names, else the only one of the case.
pub(super) fn own_line<'a>(lines: &'a [Line], named: Option<&str>) -> Option<&'a Line> {
    match (named, lines) {
        (Some(named), _) => lines.iter().find(|line| line.number.text == named),
        (None, [only]) => Some(only),
        _ => None,
    }
}
