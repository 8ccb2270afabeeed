//! What lies on the desk: the open case and its readers, the list of calls that is shown, the paths that wait, the work
//! that can be cancelled.

use crate::commands::calls::{CallsFound, Kept, Marks};
use crate::pending::{Pending, PendingFile};
use crate::readers::{Readers, no_case};
use std::collections::{HashMap, VecDeque};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use ulika::actions::{self, CallColumns, CallFilter, CallList, CallView, Overview, PasswordChange};
use ulika::clock::Clock;
use ulika::model::{CallId, Secret};
use ulika::{Access, Case, Code, Error, Result};

/// No page asks for more calls at once; a page that did would only harm itself.
const PAGE_LIMIT: u32 = 2000;

/// The state of one window. One case is open at most.
#[derive(Default)]
pub struct Desk {
    case: Mutex<Option<Open>>,
    readers: Readers,
    /// Where the case on the desk lies.
    at: Mutex<Option<PathBuf>>,
    /// Whether the case on the desk may be written; a reader never may.
    writable: AtomicBool,
    list: Mutex<Listed>,
    columns: CallColumns,
    pending: Mutex<Pending>,
    given: Mutex<Option<PathBuf>>,
    jobs: Mutex<HashMap<u32, Arc<AtomicBool>>>,
    /// What was saved last.
    saved: Mutex<Option<PathBuf>>,
    /// Long works that are going on.
    works: AtomicUsize,
}

/// Long work that is going on, until it is dropped.
pub(crate) struct Working<'a>(&'a AtomicUsize);

impl Drop for Working<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The open case, and what it takes to open it once more.
struct Open {
    case: Case,
    password: Option<Secret>,
}

/// Lists that are kept: two questions that overlap are answered in any order, and the page asks by either's number.
const LISTS_KEPT: usize = 3;

/// The lists of calls that were found last, each with a number that tells it from the others.
#[derive(Default)]
struct Listed {
    number: u32,
    lists: VecDeque<(u32, Arc<CallList>)>,
}

impl Listed {
    fn find(&self, number: u32) -> Option<&Arc<CallList>> {
        self.lists.iter().find(|(known, _)| *known == number).map(|(_, calls)| calls)
    }

    /// Takes in a list and answers its number.
    fn add(&mut self, calls: Arc<CallList>) -> u32 {
        self.number = self.number.wrapping_add(1);
        self.lists.truncate(LISTS_KEPT - 1);
        self.lists.push_front((self.number, calls));
        self.number
    }

    /// The calls at marked places; `None` where the marks are those of a list that is gone.
    fn marked(&self, marks: &Marks) -> Option<Vec<CallId>> {
        let list = self.find(marks.list)?;
        let of = |(from, to): &(u32, u32)| list.ids.get(*from as usize..*to as usize).unwrap_or_default();
        Some(marks.ranges.iter().flat_map(of).copied().collect())
    }
}

/// The places of these calls in a list, as ranges: the first, and the one behind the last.
fn ranges_of(ids: &[CallId], mut calls: Vec<CallId>) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    if calls.is_empty() {
        return ranges;
    }
    calls.sort_unstable();
    for (at, _) in (0_u32..).zip(ids).filter(|(_, id)| calls.binary_search(id).is_ok()) {
        match ranges.last_mut() {
            Some((_, end)) if *end == at => *end += 1,
            _ => ranges.push((at, at + 1)),
        }
    }
    ranges
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The first file that arguments name. Those that begin with a dash are options of the toolkit and never paths.
pub(crate) fn named(arguments: impl Iterator<Item = OsString>, folder: &Path) -> Option<PathBuf> {
    let named = arguments.filter(|argument| !argument.as_encoded_bytes().starts_with(b"-"));
    named.map(|argument| folder.join(argument)).find(|path| path.is_file())
}

/// Opens a case for writing, or for looking where writing is impossible.
fn open_somehow(path: &Path, password: Option<&str>, clock: Clock) -> Result<Case> {
    match Case::open(path, password, Access::Write, clock) {
        Err(error) if matches!(error.code, Code::CaseLocked | Code::CaseReadOnly) => {
            Case::open(path, password, Access::Read, clock)
        }
        other => other,
    }
}

impl Open {
    fn reader(&self) -> Result<Case> {
        Case::open(self.case.path(), self.password.as_deref(), Access::Read, self.case.clock())
    }
}

impl Desk {
    /// Does something with the open case, when other work with it has ended. What only looks goes to [`Desk::read`].
    ///
    /// # Errors
    /// [`Code::RequestUnfit`] where no case is open; whatever the work returns.
    pub fn with_case<T>(&self, work: impl FnOnce(&mut Case) -> Result<T>) -> Result<T> {
        let mut desk = lock(&self.case);
        let open = desk.as_mut().ok_or_else(no_case)?;
        let from_elsewhere = open.case.from_elsewhere();
        let answer = work(&mut open.case);
        if from_elsewhere && !open.case.from_elsewhere() {
            // Adopted: the readers look at shadows of tables that now stand in the file.
            self.readers.replace(vec![open.reader()?]);
        }
        answer
    }

    /// Looks into the open case; other work with it does not hold this up.
    ///
    /// # Errors
    /// [`Code::RequestUnfit`] where no case is open; whatever the work returns.
    pub fn read<T>(&self, work: impl Fn(&Case) -> Result<T>) -> Result<T> {
        self.readers.read(&|| self.another_reader(), work)
    }

    /// One more reader; none while other work holds the case: opening a file outside SQLite, as a check of what it is
    /// does, would end the locks that this process holds on it.
    fn another_reader(&self) -> Option<Case> {
        let desk = match self.case.try_lock() {
            Ok(desk) => desk,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return None,
        };
        desk.as_ref()?.reader().ok()
    }

    /// Does something small that had better write, with the case where it is free, else with a reader.
    ///
    /// # Errors
    /// As [`Desk::read`].
    pub fn write_or_read<T>(&self, work: impl Fn(&Case) -> Result<T>) -> Result<T> {
        if let Ok(desk) = self.case.try_lock() {
            return work(&desk.as_ref().ok_or_else(no_case)?.case);
        }
        self.read(work)
    }

    /// What the open case holds.
    ///
    /// # Errors
    /// As [`Desk::read`].
    pub fn overview(&self) -> Result<Overview> {
        let read = self.read(actions::overview)?;
        Ok(Overview { writable: self.writable.load(Ordering::Relaxed), ..read })
    }

    /// Whether a case is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.read(|_| Ok(())).is_ok()
    }

    /// Opens a case in place of the one that is open: for writing, or for looking where writing is impossible. Where
    /// it cannot be opened, the one that is open stays.
    ///
    /// # Errors
    /// As [`Case::open`].
    pub fn open(&self, path: &Path, password: Option<&str>, clock: Clock) -> Result<()> {
        if self.writes(path) {
            return Ok(());
        }
        let mut case = open_somehow(path, password, clock)?;
        // A note that cannot be taken is no reason not to show the case.
        actions::note_viewed(&mut case).unwrap_or_default();
        self.put(case, password)
    }

    /// Whether this very case is open here, also while other work holds it.
    #[must_use]
    pub fn holds(&self, path: &Path) -> bool {
        lock(&self.at).as_deref().is_some_and(|open| path.canonicalize().is_ok_and(|path| path == open))
    }

    /// Whether this very case is open for writing already.
    fn writes(&self, path: &Path) -> bool {
        let desk = lock(&self.case);
        let same = |open: &Open| path.canonicalize().is_ok_and(|path| path == open.case.path());
        desk.as_ref().is_some_and(|open| open.case.writable() && same(open))
    }

    /// Puts a case on the desk.
    ///
    /// # Errors
    /// When it cannot be opened a second time, for reading.
    pub fn put(&self, case: Case, password: Option<&str>) -> Result<()> {
        let open = Open { case, password: password.map(Secret::from) };
        let mut desk = lock(&self.case);
        self.lay(&mut desk, open)?;
        lock(&self.list).lists.clear();
        self.columns.forget();
        Ok(())
    }

    fn lay(&self, desk: &mut Option<Open>, open: Open) -> Result<()> {
        self.readers.replace(vec![open.reader()?]);
        self.writable.store(open.case.writable(), Ordering::Relaxed);
        *lock(&self.at) = Some(open.case.path().to_owned());
        *desk = Some(open);
        Ok(())
    }

    /// Closes the open case, if there is one.
    pub fn close(&self) {
        let mut desk = lock(&self.case);
        self.readers.replace(Vec::new());
        *lock(&self.at) = None;
        *desk = None;
        lock(&self.list).lists.clear();
        self.columns.forget();
    }

    /// Sets, changes or removes the password of the open case. Its file is replaced by another, so that it is closed
    /// meanwhile; where the change fails it stands open as it was.
    ///
    /// # Errors
    /// As [`actions::change_password`].
    pub fn change_password(&self, change: &PasswordChange) -> Result<()> {
        let mut desk = lock(&self.case);
        let Open { case, password } = desk.take().ok_or_else(no_case)?;
        let (path, clock) = (case.path().to_owned(), case.clock());
        self.readers.replace(Vec::new());
        drop(case);
        let changed = actions::change_password(&path, change, clock);
        let password = match (&changed, change) {
            (Err(_), _) => password,
            (Ok(_), PasswordChange::Set(to) | PasswordChange::Change { to, .. }) => Some(to.clone()),
            (Ok(_), PasswordChange::Remove(_)) => None,
        };
        let case = open_somehow(&path, password.as_deref(), clock)?;
        self.lay(&mut desk, Open { case, password })?;
        changed.map(|_| ())
    }

    /// Finds calls; they become the list that is shown. What was marked in the list before stays marked.
    ///
    /// # Errors
    /// As [`CallList::find`].
    pub fn find(&self, filter: &CallFilter, kept: &Kept) -> Result<CallsFound> {
        let calls = self.read(|case| CallList::find_with(case, filter, &self.columns))?;
        Ok(self.show(calls, kept))
    }

    /// Looks at the columns of the case.
    ///
    /// # Errors
    /// As [`Desk::read`].
    pub fn with_columns<T>(&self, work: impl Fn(&Case, &CallColumns) -> Result<T>) -> Result<T> {
        self.read(|case| work(case, &self.columns))
    }

    /// Makes these calls the list that is shown.
    pub fn show(&self, calls: CallList, kept: &Kept) -> CallsFound {
        let mut listed = lock(&self.list);
        let marked = listed.marked(&kept.marks);
        let calls = Arc::new(calls);
        let number = listed.add(Arc::clone(&calls));
        drop(listed);
        let ids = &calls.ids;
        CallsFound {
            list: number,
            total: u32::try_from(ids.len()).unwrap_or(u32::MAX),
            ranges: marked.map_or_else(Vec::new, |marked| ranges_of(ids, marked)),
            at: kept.call.and_then(|call| ids.iter().position(|id| *id == call)).and_then(|at| u32::try_from(at).ok()),
        }
    }

    /// The calls that are marked in the list that is shown.
    ///
    /// # Errors
    /// [`Code::RequestUnfit`] where another list is shown by now.
    pub fn marked(&self, marks: &Marks) -> Result<Vec<CallId>> {
        lock(&self.list).marked(marks).ok_or_else(|| {
            Error::new(Code::RequestUnfit)
                .with("reason", "список звонков тем временем изменился, отметьте звонки ещё раз")
                .with("reason_en", "the list of calls has changed meanwhile; mark the calls again")
        })
    }

    /// `count` calls from position `from` on of the list with this number; none where another list is shown by now.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn page(&self, list: u32, from: u32, count: u32) -> Result<Vec<CallView>> {
        let listed = lock(&self.list);
        let Some(calls) = listed.find(list).map(Arc::clone) else { return Ok(Vec::new()) };
        drop(listed);
        self.read(|case| calls.page(case, from as usize, count.min(PAGE_LIMIT) as usize))
    }

    /// The paths that wait.
    pub fn pending(&self) -> MutexGuard<'_, Pending> {
        lock(&self.pending)
    }

    /// The paths behind tokens.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a token that was never given out.
    pub fn paths(&self, tokens: &[u32]) -> Result<Vec<PathBuf>> {
        let pending = lock(&self.pending);
        tokens.iter().map(|token| pending.path(*token)).collect()
    }

    /// Whether nothing is open here and nothing waits to be opened.
    #[must_use]
    pub fn is_free(&self) -> bool {
        lock(&self.at).is_none() && lock(&self.given).is_none() && !self.is_working()
    }

    /// Lays a case here for the page to open.
    pub fn give(&self, path: PathBuf) {
        *lock(&self.given) = Some(path);
    }

    /// Notes what was saved last, so that it can be shown.
    pub fn saved(&self, path: PathBuf) {
        *lock(&self.saved) = Some(path);
    }

    /// What was saved last.
    #[must_use]
    pub fn last_saved(&self) -> Option<PathBuf> {
        lock(&self.saved).clone()
    }

    /// Notes that long work is going on, as long as the answer lives.
    pub(crate) fn working(&self) -> Working<'_> {
        self.works.fetch_add(1, Ordering::Relaxed);
        Working(&self.works)
    }

    /// Whether long work is going on.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.works.load(Ordering::Relaxed) > 0
    }

    /// Keeps the case that the program was started with, if its arguments name one; answers whether they do.
    pub fn given(&self, arguments: impl Iterator<Item = OsString>, folder: &Path) -> bool {
        let path = named(arguments, folder);
        let found = path.is_some();
        if found {
            *lock(&self.given) = path;
        }
        found
    }

    /// Takes out the case that the program was started with.
    pub fn take_given(&self) -> Option<PendingFile> {
        let path = lock(&self.given).take()?;
        Some(lock(&self.pending).take(&path))
    }

    /// The flag that ends the long work with this number. A cancellation that came before the work began counts.
    #[must_use]
    pub fn job(&self, number: u32) -> Arc<AtomicBool> {
        Arc::clone(lock(&self.jobs).entry(number).or_default())
    }

    /// Forgets long work that has ended.
    pub fn ended(&self, number: u32) {
        lock(&self.jobs).remove(&number);
    }

    /// Asks the long work with this number to end.
    pub fn cancel(&self, number: u32) {
        self.job(number).store(true, Ordering::Relaxed);
    }
}
