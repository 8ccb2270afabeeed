//! Openings of the case that only read, so that lists, pages and details are answered while other work goes on.
//!
//! The case on the desk is one connection, and an import or an export holds it for minutes. What only looks is
//! answered by connections of its own: SQLite shows them the state before the running transaction, and makes them wait
//! only for the moment of its commit.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use ulika::{Case, Code, Error, Result};

/// More than this are never open at once: what a screen asks for together.
const MOST: usize = 3;
/// How long somebody who waits for a reader sleeps before looking whether one more can be opened.
const NAP: Duration = Duration::from_millis(50);
/// How long a commit may keep a reader waiting before that is an error.
const PATIENCE: Duration = Duration::from_secs(60);

/// The readers of the open case.
#[derive(Default)]
pub(crate) struct Readers {
    shelf: Mutex<Shelf>,
    returned: Condvar,
}

#[derive(Default)]
struct Shelf {
    /// Grows when all readers are replaced; one that comes back later is closed.
    round: u64,
    idle: Vec<Case>,
    out: usize,
}

/// A reader in use; it goes back when dropped.
struct Borrowed<'a> {
    readers: &'a Readers,
    round: u64,
    case: Option<Case>,
}

impl Readers {
    /// Puts these in place of all others; none where no case is open.
    pub(crate) fn replace(&self, idle: Vec<Case>) {
        let mut shelf = self.shelf();
        *shelf = Shelf { round: shelf.round + 1, idle, out: 0 };
        drop(shelf);
        self.returned.notify_all();
    }

    /// Reads with a reader that is free, with one more where `open` can open it, or when one comes back. What meets the
    /// commit of other work is tried again.
    pub(crate) fn read<T>(&self, open: &dyn Fn() -> Option<Case>, work: impl Fn(&Case) -> Result<T>) -> Result<T> {
        let reader = self.borrow(open)?;
        let Some(case) = reader.case.as_ref() else { return Err(no_case()) };
        let begun = Instant::now();
        loop {
            match work(case) {
                Err(error) if error.code == Code::CaseLocked && begun.elapsed() < PATIENCE => std::thread::sleep(NAP),
                answer => return answer,
            }
        }
    }

    fn borrow(&self, open: &dyn Fn() -> Option<Case>) -> Result<Borrowed<'_>> {
        let mut shelf = self.shelf();
        loop {
            if let Some(case) = shelf.idle.pop() {
                shelf.out += 1;
                return Ok(Borrowed { readers: self, round: shelf.round, case: Some(case) });
            }
            if shelf.out == 0 {
                return Err(no_case());
            }
            if shelf.out < MOST {
                let round = shelf.round;
                drop(shelf);
                let opened = open();
                shelf = self.shelf();
                if let Some(case) = opened.filter(|_| shelf.round == round) {
                    shelf.out += 1;
                    return Ok(Borrowed { readers: self, round, case: Some(case) });
                }
            }
            shelf = self.returned.wait_timeout(shelf, NAP).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let mut shelf = self.readers.shelf();
        if shelf.round == self.round {
            shelf.out = shelf.out.saturating_sub(1);
            shelf.idle.extend(self.case.take());
            drop(shelf);
            self.readers.returned.notify_one();
        }
    }
}

/// What is answered where a case is needed and none is open.
pub(crate) fn no_case() -> Error {
    Error::new(Code::RequestUnfit).with("reason", "дело не открыто").with("reason_en", "no case is open")
}
