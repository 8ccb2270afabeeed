//! Load registers of the numbering plan: into a case, or for all cases of this computer.

use super::files::{Brought, bring};
use super::holders::{self, Holders};
use super::register_shelf::RegisterShelf;
use super::{Edited, unfit};
use crate::case::{Case, Edit};
use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::model::{CustodyKind, DatedBasis, RegisterOrigin, RegisterProblem, Zone, hex, words};
use crate::numbering::{self, MAX_BYTES, RegisterTable, Series};
use crate::progress::{Progress, Silent};
use crate::store::registers as stored;
use crate::store::{Connection, blobs};
use chrono::{DateTime, NaiveDate};
use regex::Regex;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

words!(
    /// Where a register lies.
    RegisterPlace {
        /// In the case: whoever gets the case gets it too.
        Case = "case",
        /// On this computer, for all cases that hold none of their own.
        User = "user",
    }
);

words!(
    /// What becomes of a register that is loaded.
    RegisterState {
        /// It is taken.
        Taken = "taken",
        /// It is there already, of the same day.
        Held = "held",
        /// What is there of its series is newer and stays.
        Older = "older",
    }
);

/// What the person says about registers.
#[derive(Clone, Debug, Default)]
pub struct RegisterOptions {
    /// The day whose state they are: `2026-08-19`, `19.08.2026`; otherwise found.
    pub dated: Option<String>,
    /// One that is older than what is there is taken all the same.
    pub older: bool,
    /// Digests that the person saw in a preview, in the order of the files; empty where there was none.
    pub expected: Vec<String>,
}

/// A register, as it is or would be loaded.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RegisterAnswer {
    /// Which it is.
    #[serde(flatten)]
    pub origin: RegisterOrigin,
    /// What it covers: `DEF-9xx`.
    pub series: Vec<String>,
    /// Its rows.
    pub rows: u32,
    /// Those that hold.
    pub ranges: u32,
    /// Those that do not, or meet others.
    pub problems: Vec<RegisterProblem>,
    /// What becomes of it.
    pub state: RegisterState,
    /// The registers whose place it takes; of one that stays out, those that are newer.
    pub instead_of: Vec<RegisterOrigin>,
}

/// What loading answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RegistersAnswer {
    /// One entry a file, in the order given.
    pub registers: Vec<RegisterAnswer>,
    /// The edit; `None` in a preview, for this computer, and where nothing was taken.
    #[serde(flatten)]
    pub edited: Option<Edited>,
}

/// A register that speaks for a case.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RegisterInForce {
    /// Which it is.
    #[serde(flatten)]
    pub origin: RegisterOrigin,
    /// Where it lies.
    pub place: RegisterPlace,
    /// What it covers.
    pub series: Vec<String>,
    /// Its ranges.
    pub ranges: u32,
    /// Its rows that do not hold, or meet others.
    pub problems: u32,
}

/// The registers that speak for a case.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Registers {
    /// Those that speak.
    pub in_force: Vec<RegisterInForce>,
    /// The series of which the case has numbers and no register.
    pub missing: Vec<String>,
}

impl RegisterInForce {
    pub(super) fn of(origin: &RegisterOrigin, table: &RegisterTable, place: RegisterPlace) -> Self {
        Self {
            origin: origin.clone(),
            place,
            series: table.series.iter().map(|series| series.name()).collect(),
            ranges: count(table.ranges.len()),
            problems: count(table.problems.len()),
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The registers that speak for a case.
///
/// # Errors
/// When the case file cannot be read.
pub fn registers(case: &Case) -> Result<Registers> {
    Holders::of(case.connection())?.in_force(case.connection())
}

/// A register that was read.
#[derive(Debug)]
pub(super) struct ReadRegister {
    bytes: Vec<u8>,
    origin: RegisterOrigin,
    table: Arc<RegisterTable>,
}

/// Whether a file is a register.
///
/// # Errors
/// When it cannot be read.
pub fn is_register_file(path: &Path) -> Result<bool> {
    is_register(&mut bring(path)?.file)
}

/// The same of an open file.
pub(super) fn is_register(file: &mut dyn Read) -> Result<bool> {
    let mut head = Vec::new();
    file.take(1 << 10).read_to_end(&mut head).map_err(|e| Error::new(Code::FileUnreadable).because(e))?;
    Ok(numbering::is_register(&head))
}

/// Reads a register, and finds of which day it is.
pub(super) fn read_register(path: &Path, dated: Option<&str>, clock: Clock) -> Result<ReadRegister> {
    let stated = dated.map(read_day).transpose()?;
    let Brought { name, file, size } = bring(path)?;
    let named = |error: Error| error.with("file", name.clone());
    if size > MAX_BYTES {
        return Err(no_register(&name, "он слишком велик", "it is too large"));
    }
    let changed = file.metadata().and_then(|metadata| metadata.modified()).ok();
    let mut bytes = Vec::new();
    let read = file.take(MAX_BYTES).read_to_end(&mut bytes);
    read.map_err(|e| named(Error::new(Code::FileUnreadable).because(e)))?;
    if bytes.is_empty() {
        return Err(named(Error::new(Code::FileEmpty)));
    }
    let table = Arc::new(numbering::read(&bytes).map_err(|error| match error.code {
        Code::NoRows => no_register(&name, "в нём нет ни одного диапазона", "there is no range in it"),
        _ => no_register(
            &name,
            "в нём нет столбцов «АВС/ DEF», «От», «До» и «Оператор»",
            "it has not the columns АВС/ DEF, От, До and Оператор",
        ),
    })?);
    let today = day_of(clock.now());
    let in_name = || day_in_name(&name).filter(|day| *day <= today);
    let of_file = || changed.map(|at| day_of(DateTime::<chrono::Utc>::from(at).timestamp()));
    let (dated, dated_basis) = match (stated, in_name()) {
        (Some(stated), _) => (stated, DatedBasis::Stated),
        (None, Some(in_name)) => (in_name, DatedBasis::FileName),
        (None, None) => (of_file().unwrap_or(today), DatedBasis::FileTime),
    };
    let sha256 = hex(&Sha256::digest(&bytes));
    Ok(ReadRegister { origin: RegisterOrigin { file: name, sha256, dated, dated_basis }, bytes, table })
}

fn no_register(name: &str, why: &str, why_en: &str) -> Error {
    unfit(&format!("«{name}» — не реестр нумерации: {why}"), &format!("“{name}” is no numbering register: {why_en}"))
}

/// The day of an instant in Moscow, where the register is published.
fn day_of(instant: i64) -> NaiveDate {
    let shifted = instant + i64::from(Zone::MOSCOW.offset_s(instant));
    DateTime::from_timestamp(shifted, 0).map(|t| t.date_naive()).unwrap_or_default()
}

fn read_day(text: &str) -> Result<NaiveDate> {
    let text = text.trim();
    let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").or_else(|_| NaiveDate::parse_from_str(text, "%d.%m.%Y"));
    read.map_err(|_| {
        unfit(
            &format!("«{text}» — не дата; запишите её как 2026-08-19"),
            &format!("“{text}” is no date; write it as 2026-08-19"),
        )
    })
}

/// `DEF-9xx_2026-08-19.csv`, `20260819`, `19.08.2026`.
static DAYS: LazyLock<Option<[Regex; 2]>> = LazyLock::new(|| {
    let year_first = Regex::new(r"(?:^|[^0-9])(20[0-9]{2})[-_. ]?([01][0-9])[-_. ]?([0-3][0-9])(?:[^0-9]|$)").ok()?;
    let day_first = Regex::new(r"(?:^|[^0-9])([0-3][0-9])[-_. ]([01][0-9])[-_. ](20[0-9]{2})(?:[^0-9]|$)").ok()?;
    Some([year_first, day_first])
});

fn day_in_name(name: &str) -> Option<NaiveDate> {
    let [year_first, day_first] = DAYS.as_ref()?;
    let of = |shape: &Regex, [year, month, day]: [usize; 3]| {
        let found = shape.captures(name)?;
        let part = |at: usize| found.get(at)?.as_str().parse::<u32>().ok();
        NaiveDate::from_ymd_opt(i32::try_from(part(year)?).ok()?, part(month)?, part(day)?)
    };
    of(year_first, [1, 2, 3]).or_else(|| of(day_first, [3, 2, 1]))
}

/// A register that is there before, or comes with the same command.
struct Standing {
    origin: RegisterOrigin,
    series: Vec<Series>,
    /// Its id in the case, or its place among the files that are loaded.
    id: i64,
    new: bool,
}

/// What becomes of each register that was read, and the ids of those that go.
struct Plan {
    each: Vec<(RegisterState, Vec<RegisterOrigin>)>,
    going: Vec<RegisterOrigin>,
    going_ids: Vec<i64>,
}

fn plan(read: &[ReadRegister], before: Vec<Standing>, older: bool) -> Plan {
    let mut plan = Plan { each: Vec::with_capacity(read.len()), going: Vec::new(), going_ids: Vec::new() };
    let mut standing = before;
    for (at, one) in (0_i64..).zip(read) {
        let same = |s: &&Standing| s.origin.sha256 == one.origin.sha256;
        let meets = |s: &&Standing| s.series.iter().any(|series| one.table.series.contains(series));
        let as_dated = |s: &Standing| s.origin.dated == one.origin.dated;
        // The very same file has another day only where the person says so: a copy of it may be of any day.
        let stated = one.origin.dated_basis == DatedBasis::Stated;
        if standing.iter().find(same).is_some_and(|s| as_dated(s) || !stated) {
            plan.each.push((RegisterState::Held, Vec::new()));
            continue;
        }
        let newer = |s: &&Standing| !same(s) && meets(s) && s.origin.dated > one.origin.dated;
        let newer: Vec<RegisterOrigin> = standing.iter().filter(newer).map(|s| s.origin.clone()).collect();
        if !older && !newer.is_empty() {
            plan.each.push((RegisterState::Older, newer));
            continue;
        }
        let within = |s: &Standing| s.series.iter().all(|series| one.table.series.contains(series));
        let (gone, stay): (Vec<_>, Vec<_>) = standing.into_iter().partition(within);
        standing = stay;
        let mut instead_of = Vec::new();
        for Standing { origin, id, new, .. } in gone {
            if new {
                // Given with the same command: it never came.
                let given = usize::try_from(id).ok().and_then(|id| plan.each.get_mut(id));
                given.into_iter().for_each(|given| *given = (RegisterState::Older, vec![one.origin.clone()]));
            } else {
                plan.going_ids.push(id);
                plan.going.push(origin.clone());
                instead_of.push(origin);
            }
        }
        standing.push(Standing { origin: one.origin.clone(), series: one.table.series.clone(), id: at, new: true });
        plan.each.push((RegisterState::Taken, instead_of));
    }
    plan
}

fn answers(read: &[ReadRegister], plan: &Plan) -> Vec<RegisterAnswer> {
    let one = |(one, (state, instead_of)): (&ReadRegister, &(RegisterState, Vec<RegisterOrigin>))| RegisterAnswer {
        origin: one.origin.clone(),
        series: one.table.series.iter().map(|series| series.name()).collect(),
        rows: one.table.rows,
        ranges: count(one.table.ranges.len()),
        problems: one.table.problems.clone(),
        state: *state,
        instead_of: instead_of.clone(),
    };
    read.iter().zip(&plan.each).map(one).collect()
}

/// The registers in the case. One whose bytes do not hold covers nothing, and any newer one takes its place.
fn in_case(connection: &Connection) -> Result<Vec<Standing>> {
    let of = |register: stored::StoredRegister| {
        let bytes = || stored::register_bytes(connection, &register, MAX_BYTES).ok();
        let table = holders::table_of(&register.origin, bytes);
        let series = table.map(|table| table.series.clone()).unwrap_or_default();
        Standing { origin: register.origin, series, id: register.id, new: false }
    };
    Ok(stored::registers(connection)?.into_iter().map(of).collect())
}

fn of_user(shelf: &RegisterShelf) -> Vec<Standing> {
    let of = |(id, origin): (i64, RegisterOrigin)| {
        let table = holders::table_of(&origin, || shelf.bytes(&origin));
        Standing { series: table.map(|table| table.series.clone()).unwrap_or_default(), origin, id, new: false }
    };
    (0..).zip(shelf.list()).map(of).collect()
}

fn read_all(files: &[PathBuf], options: &RegisterOptions, clock: Clock) -> Result<Vec<ReadRegister>> {
    let read = files.iter().map(|path| read_register(path, options.dated.as_deref(), clock));
    let read = read.collect::<Result<Vec<_>>>()?;
    match read.iter().zip(&options.expected).find(|(one, seen)| one.origin.sha256 != **seen) {
        Some((one, _)) => Err(Error::new(Code::FileChanged).with("file", one.origin.file.clone())),
        None => Ok(read),
    }
}

/// Reads registers as loading would, and loads nothing.
///
/// # Errors
/// [`Code::FileAbsent`], [`Code::FileIsFolder`], [`Code::FileUnreadable`], [`Code::FileEmpty`];
/// [`Code::RequestUnfit`] for what is no register or no date.
pub fn preview_registers(
    case: &Case,
    place: RegisterPlace,
    files: &[PathBuf],
    options: &RegisterOptions,
) -> Result<RegistersAnswer> {
    let read = read_all(files, options, case.clock())?;
    let before = match place {
        RegisterPlace::Case => in_case(case.connection())?,
        RegisterPlace::User => of_user(&RegisterShelf::default()),
    };
    let plan = plan(&read, before, options.older);
    Ok(RegistersAnswer { registers: answers(&read, &plan), edited: None })
}

/// Loads registers for all cases of this computer.
///
/// # Errors
/// As [`preview_registers`]; [`Code::WriteFailed`], [`Code::DiskFull`].
pub fn load_user_registers(files: &[PathBuf], options: &RegisterOptions, clock: Clock) -> Result<RegistersAnswer> {
    let shelf = RegisterShelf::default();
    let read = read_all(files, options, clock)?;
    let plan = plan(&read, of_user(&shelf), options.older);
    // What is newer comes first: whatever happens, one of them is there.
    for (one, _) in read.iter().zip(&plan.each).filter(|(_, (state, _))| *state == RegisterState::Taken) {
        shelf.put(&one.origin, &one.bytes)?;
    }
    let again = |gone: &&RegisterOrigin| read.iter().any(|one| one.origin.sha256 == gone.sha256);
    plan.going.iter().filter(|gone| !again(gone)).for_each(|gone| shelf.remove(gone));
    Ok(RegistersAnswer { registers: answers(&read, &plan), edited: None })
}

/// Loads registers into a case: it keeps them wherever it is carried.
///
/// # Errors
/// As [`preview_registers`]; [`Code::WriteFailed`], [`Code::DiskFull`].
pub fn load_case_registers(case: &mut Case, files: &[PathBuf], options: &RegisterOptions) -> Result<RegistersAnswer> {
    let read = read_all(files, options, case.clock())?;
    load(case, &read, options.older, &Silent)
}

/// The same of registers that were read.
pub(super) fn load(
    case: &mut Case,
    read: &[ReadRegister],
    older: bool,
    progress: &dyn Progress,
) -> Result<RegistersAnswer> {
    let planned = plan(read, in_case(case.connection())?, older);
    if planned.each.iter().all(|(state, _)| *state != RegisterState::Taken) {
        return Ok(RegistersAnswer { registers: answers(read, &planned), edited: None });
    }
    let (registers, outcome) = case.edit(CustodyKind::RegisterLoaded, |edit| write(edit, read, older, progress))?;
    Ok(RegistersAnswer { registers, edited: Some(outcome.into()) })
}

/// What loading registers that were read into a case would come to.
pub(super) fn foresee(connection: &Connection, read: &[ReadRegister]) -> Result<Vec<RegisterAnswer>> {
    Ok(answers(read, &plan(read, in_case(connection)?, false)))
}

/// Writes registers that were read, as part of an edit.
pub(super) fn write(
    edit: &mut Edit<'_>,
    read: &[ReadRegister],
    older: bool,
    progress: &dyn Progress,
) -> Result<Vec<RegisterAnswer>> {
    let connection = edit.connection;
    let plan = plan(read, in_case(connection)?, older);
    let mut noted = Vec::new();
    for (one, _) in read.iter().zip(&plan.each).filter(|(_, (state, _))| *state == RegisterState::Taken) {
        let mut told = |done| progress.report("store", done, Some(one.bytes.len() as u64));
        let original = blobs::next_original(connection)?;
        let staged = blobs::stage(connection, &mut one.bytes.as_slice(), original, None, &mut told)?;
        let id = stored::insert_register(connection, &staged, &one.origin)?;
        noted.push(note(id, &one.origin, one.bytes.len()));
        holders::remember(&one.origin.sha256, &one.table);
    }
    plan.going_ids.iter().try_for_each(|id| stored::delete_register(connection, *id))?;
    if !noted.is_empty() {
        edit.details.insert("registers".to_owned(), noted.into());
        edit.details.insert("registers_replaced".to_owned(), plan.going_ids.clone().into());
        edit.changed.push("registers");
    }
    Ok(answers(read, &plan))
}

/// What the custody chain says of a register.
fn note(id: i64, origin: &RegisterOrigin, bytes: usize) -> serde_json::Value {
    serde_json::json!({
        "register": id, "file": origin.file, "sha256": origin.sha256, "bytes": bytes,
        "dated": origin.dated, "dated_basis": origin.dated_basis,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::day_in_name;

    #[test]
    fn a_date_in_a_name_is_found_and_no_other_digits_are_taken_for_one() {
        let day = |name: &str| day_in_name(name).map(|day| day.to_string());
        for name in ["DEF-9xx_2026-08-19.csv", "20260819 DEF-9xx.csv", "реестр 19.08.2026.csv", "DEF-9xx.2026_08_19"]
        {
            assert_eq!(day(name).as_deref(), Some("2026-08-19"), "{name}");
        }
        for name in ["DEF-9xx.csv", "ABC-3xx(2).csv", "2026.csv", "DEF-9xx_2026-13-01.csv", "120260819.csv"] {
            assert_eq!(day(name), None, "{name}");
        }
    }
}
