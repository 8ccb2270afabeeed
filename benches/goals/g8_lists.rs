//! What a window asks of a million calls, over the bare query on ids in order. The case is open on both sides.

use crate::measure::{cpu_s, tell};
use crate::{Bar, Goal, Result, floors::lists, inputs};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use ulika::actions::{CallColumns, CallFilter, CallList, ChartsAsked, charts};
use ulika::charts::Tongue;
use ulika::clock::Clock;
use ulika::{Access, Case};

/// Calls of a page.
const PAGE: usize = 100;
/// Part of a number; some hundred calls of a million hold it.
const DIGITS: &str = "4518";

/// The first page: every call found, the newest hundred shown.
pub const FIRST: Goal = goal("G8-first", "a million calls found, the first page", first, least_first);
/// Pages anywhere in the list.
pub const PAGES: Goal = goal("G8-page", "200 pages anywhere in a million calls", pages, least_pages);
/// Part of a number.
pub const SEARCH: Goal = goal("G8-search", "part of a number searched for in a million calls", search, least_search);
/// The two charts, from a case that was just opened.
pub const RHYTHM: Goal =
    goal("G8-rhythm", "a million calls counted by day, group and hour and drawn", rhythm, least_rhythm);
/// The five charts of the largest group, from a case that was just opened.
pub const CHARTS: Goal =
    goal("G8-charts", "the largest group of a million calls drawn, number by number", of_group, least_of_group);

const fn goal(
    id: &'static str,
    work: &'static str,
    ours: fn(&Path, &Path) -> Result<()>,
    floor: fn(&Path, &Path) -> Result<()>,
) -> Goal {
    Goal { id, work, prepare: case, ours, floor: Some(floor), bar: Bar::Cpu(2.0), peak_mib: None }
}

/// A case of as many calls as the CSV of the other goals has rows: of ten rows eight state a call.
pub fn case(folder: &Path) -> Result<PathBuf> {
    let rows = inputs::number("ULIKA_BENCH_ROWS", 1_000_000)? * 13 / 10;
    let csv = inputs::csv_of(folder, rows)?;
    let made = inputs::made(folder, &format!("case-of-{rows}-rows"), |out| {
        std::fs::create_dir_all(out)?;
        inputs::import(&csv, out)
    })?;
    Ok(made.join("case.ulika"))
}

/// Opens the case, does the work once so that its pages are held, and tells what it takes the second time.
fn timed(case: &Path, work: impl Fn(&Case) -> Result<()>) -> Result<()> {
    let case = Case::open(case, None, Access::Read, Clock::Fixed(1_760_000_000))?;
    work(&case)?;
    told(|| work(&case))
}

/// The same for the floor.
fn least(case: &Path, work: impl Fn(&rusqlite::Connection) -> Result<()>) -> Result<()> {
    let connection = lists::opened(case)?;
    work(&connection)?;
    told(|| work(&connection))
}

fn told(work: impl Fn() -> Result<()>) -> Result<()> {
    let before = cpu_s();
    work()?;
    tell(cpu_s() - before);
    Ok(())
}

/// Where the pages begin: spread over the list, in an order that is not its own.
fn places(calls: usize) -> impl Iterator<Item = usize> {
    (0..200).map(move |n| n * 7_919 % 200 * (calls.saturating_sub(PAGE) / 200))
}

fn first(case: &Path, _: &Path) -> Result<()> {
    timed(case, |case| {
        let list = CallList::find(case, &CallFilter::default())?;
        let page = list.page(case, list.ids.len().saturating_sub(PAGE), PAGE)?;
        if page.len() == PAGE { Ok(()) } else { Err("the page is not full".into()) }
    })
}

fn least_first(case: &Path, _: &Path) -> Result<()> {
    least(case, |connection| {
        let ids = lists::ids(connection)?;
        black_box(lists::page(connection, &ids[ids.len().saturating_sub(PAGE)..])?);
        Ok(())
    })
}

fn pages(case: &Path, _: &Path) -> Result<()> {
    let case = Case::open(case, None, Access::Read, Clock::Fixed(1_760_000_000))?;
    let list = CallList::find(&case, &CallFilter::default())?;
    let work = || {
        for from in places(list.ids.len()) {
            black_box(list.page(&case, from, PAGE)?);
        }
        Ok(())
    };
    work()?;
    told(work)
}

fn least_pages(case: &Path, _: &Path) -> Result<()> {
    let connection = lists::opened(case)?;
    let ids = lists::ids(&connection)?;
    let work = || {
        for from in places(ids.len()) {
            black_box(lists::page(&connection, &ids[from..(from + PAGE).min(ids.len())])?);
        }
        Ok(())
    };
    work()?;
    told(work)
}

fn search(case: &Path, _: &Path) -> Result<()> {
    let filter = CallFilter { text: Some(DIGITS.to_owned()), ..CallFilter::default() };
    timed(case, |case| {
        let found = CallList::find(case, &filter)?.ids.len();
        if found > 0 { Ok(()) } else { Err("nothing was found".into()) }
    })
}

fn least_search(case: &Path, _: &Path) -> Result<()> {
    least(case, |connection| {
        black_box(lists::search(connection, DIGITS)?);
        Ok(())
    })
}

/// A window of usual width.
const DRAWN: ChartsAsked = ChartsAsked { width: 800, tongue: Tongue::Ru };

fn rhythm(case: &Path, _: &Path) -> Result<()> {
    timed(case, |case| {
        black_box(charts(case, &CallFilter::default(), &CallColumns::default(), DRAWN)?);
        Ok(())
    })
}

fn of_group(case: &Path, _: &Path) -> Result<()> {
    let open = Case::open(case, None, Access::Read, Clock::Fixed(1_760_000_000))?;
    let largest = ulika::actions::groups(&open)?.groups.into_iter().next().ok_or("the case has no group")?;
    drop(open);
    let filter = CallFilter { group: Some(largest.id), ..CallFilter::default() };
    timed(case, |case| {
        let drawn = charts(case, &filter, &CallColumns::default(), DRAWN)?;
        if drawn.len() == 5 { Ok(()) } else { Err("not all charts were drawn".into()) }
    })
}

fn least_of_group(case: &Path, _: &Path) -> Result<()> {
    least(case, |connection| {
        black_box(lists::of_largest_group(connection)?);
        Ok(())
    })
}

fn least_rhythm(case: &Path, _: &Path) -> Result<()> {
    least(case, |connection| {
        black_box(lists::rhythm(connection)?);
        Ok(())
    })
}
