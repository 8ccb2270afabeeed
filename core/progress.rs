//! Progress of long work. To report is also to ask whether to go on.

use crate::error::{Code, Error, Result};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Receives reports of long work; an error from it ends the work.
pub trait Progress: Sync {
    /// `done` of `total` units of `phase` (`read`, `store`, `derive`, `write`, `verify`, `chance`).
    ///
    /// # Errors
    /// [`Code::Cancelled`] when the person cancelled.
    fn report(&self, phase: &'static str, done: u64, total: Option<u64>) -> Result<()>;
}

/// No one listens and no one cancels.
pub struct Silent;

impl Progress for Silent {
    fn report(&self, _: &'static str, _: u64, _: Option<u64>) -> Result<()> {
        Ok(())
    }
}

/// Passes reports on at most ten times a second (a new phase at once) and turns a flag into a cancellation.
pub struct Throttled<'a> {
    cancelled: &'a AtomicBool,
    last: Mutex<Option<(&'static str, Instant)>>,
    tell: &'a (dyn Fn(&'static str, u64, Option<u64>) + Sync),
}

impl<'a> Throttled<'a> {
    const INTERVAL: Duration = Duration::from_millis(100);

    /// `tell` receives the reports that pass; `cancelled` is set from elsewhere.
    pub fn new(cancelled: &'a AtomicBool, tell: &'a (dyn Fn(&'static str, u64, Option<u64>) + Sync)) -> Self {
        Self { cancelled, last: Mutex::new(None), tell }
    }
}

impl Progress for Throttled<'_> {
    fn report(&self, phase: &'static str, done: u64, total: Option<u64>) -> Result<()> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Error::new(Code::Cancelled));
        }
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let due = last.is_none_or(|(seen, at)| seen != phase || at.elapsed() >= Self::INTERVAL);
        if due {
            *last = Some((phase, Instant::now()));
            (self.tell)(phase, done, total);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_passes_at_most_ten_times_a_second_and_a_new_phase_at_once() -> Result<()> {
        let heard = Mutex::new(Vec::new());
        let tell = |phase, done, _| {
            if let Ok(mut heard) = heard.lock() {
                heard.push((phase, done));
            }
        };
        let flag = AtomicBool::new(false);
        let throttled = Throttled::new(&flag, &tell);
        let begun = Instant::now();
        for done in 0..200_000 {
            throttled.report("read", done, None)?;
        }
        throttled.report("store", 0, None)?;
        let tenths = begun.elapsed().as_millis() / 100;
        let heard: Vec<(&str, u64)> = heard.lock().map(|heard| heard.clone()).unwrap_or_default();
        assert_eq!((heard.first(), heard.last()), (Some(&("read", 0)), Some(&("store", 0))));
        assert!(heard.len() as u128 <= tenths + 2, "{} reports in {tenths} tenths of a second", heard.len());
        Ok(())
    }

    #[test]
    fn cancelling_is_heard_by_the_next_report_and_nothing_is_told_any_more() {
        let flag = AtomicBool::new(false);
        let tell = |_, _, _| flag.store(true, Ordering::Relaxed);
        let throttled = Throttled::new(&flag, &tell);
        assert!(throttled.report("read", 1, None).is_ok());
        let code = throttled.report("read", 2, None).map_err(|error| error.code);
        assert_eq!(code, Err(Code::Cancelled));
    }
}
