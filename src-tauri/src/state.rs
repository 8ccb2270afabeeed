//! What lies on the desk: the open case, the list of calls that is shown, the paths that wait, the cancellation flag.

use crate::commands::calls::CallsFound;
use crate::pending::{Pending, PendingFile};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use ulika::actions::{CallList, CallView};
use ulika::clock::Clock;
use ulika::{Access, Case, Code, Error, Result};

/// No page asks for more calls at once; a page that did would only harm itself.
const PAGE_LIMIT: u32 = 2000;

/// The state of the window. One case is open at most.
#[derive(Default)]
pub struct Desk {
    case: Mutex<Option<Case>>,
    list: Mutex<Listed>,
    pending: Mutex<Pending>,
    given: Mutex<Option<PathBuf>>,
    cancelled: AtomicBool,
}

/// The list of calls that is shown, with a number that tells it from earlier ones.
#[derive(Default)]
struct Listed {
    number: u32,
    calls: CallList,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Does something with the open case.
    ///
    /// # Errors
    /// [`Code::RequestUnfit`] where no case is open; whatever the work returns.
    pub fn with_case<T>(&self, work: impl FnOnce(&mut Case) -> Result<T>) -> Result<T> {
        let mut case = lock(&self.case);
        match case.as_mut() {
            Some(case) => work(case),
            None => Err(Error::new(Code::RequestUnfit).with("reason", "дело не открыто / no case is open")),
        }
    }

    /// Does something with the open case, where one is open.
    ///
    /// # Errors
    /// Whatever the work returns.
    pub fn with_open<T>(&self, work: impl FnOnce(&mut Case) -> Result<T>) -> Result<Option<T>> {
        lock(&self.case).as_mut().map(work).transpose()
    }

    /// Opens a case in place of the one that is open: for writing, or for looking where writing is impossible.
    ///
    /// # Errors
    /// As [`Case::open`].
    pub fn open(&self, path: &Path, password: Option<&str>, clock: Clock) -> Result<()> {
        self.close();
        let case = match Case::open(path, password, Access::Write, clock) {
            Err(error) if matches!(error.code, Code::CaseLocked | Code::CaseReadOnly) => {
                Case::open(path, password, Access::Read, clock)?
            }
            other => other?,
        };
        self.put(case);
        Ok(())
    }

    /// Puts a case on the desk.
    pub fn put(&self, case: Case) {
        self.show(CallList::default());
        *lock(&self.case) = Some(case);
    }

    /// Closes the open case, if there is one.
    pub fn close(&self) {
        *lock(&self.case) = None;
        self.show(CallList::default());
    }

    /// Makes these calls the list that is shown.
    pub fn show(&self, calls: CallList) -> CallsFound {
        let mut listed = lock(&self.list);
        listed.number = listed.number.wrapping_add(1);
        listed.calls = calls;
        let total = u32::try_from(listed.calls.ids.len()).unwrap_or(u32::MAX);
        CallsFound { list: listed.number, total }
    }

    /// `count` calls from position `from` on of the list with this number; none where another list is shown by now.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn page(&self, list: u32, from: u32, count: u32) -> Result<Vec<CallView>> {
        self.with_case(|case| {
            let listed = lock(&self.list);
            if listed.number != list {
                return Ok(Vec::new());
            }
            listed.calls.page(case, from as usize, count.min(PAGE_LIMIT) as usize)
        })
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

    /// Keeps the case that the program was started with, if its arguments name one; answers whether they do.
    /// Arguments that begin with a dash are options of the toolkit and never paths.
    pub fn given(&self, arguments: impl Iterator<Item = String>, folder: &Path) -> bool {
        let path = arguments.filter(|a| !a.starts_with('-')).map(|a| folder.join(a)).find(|p| p.is_file());
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

    /// The flag that ends long work.
    #[must_use]
    pub fn cancelled(&self) -> &AtomicBool {
        &self.cancelled
    }

    /// Asks the long work to end.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}
