//! How long a person waits for the window on a case, beside an empty window: `ulika-times EMPTY CASE [RUNS]`.
//!
//! The case is one that this computer knows, where `ULIKA_STATE_DIR` names the folder in which its programs remember it.
//! `EMPTY` is the program of an empty window of the same size; both are started in turn, in one run. Times are of the
//! page's own clock where they begin and end in the page, of this program's where they begin with its start.

// A measuring program speaks on standard output.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod page;
mod spread;

use spread::Spread;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use ulika_e2e::{Place, Result, Window, program};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let (empty, case, runs) = match arguments.as_slice() {
        [empty, case] => (empty, case, "5"),
        [empty, case, runs] => (empty, case, runs.to_str().unwrap_or_default()),
        _ => {
            eprintln!("usage: ulika-times EMPTY CASE [RUNS]");
            return ExitCode::from(2);
        }
    };
    let measured = match runs.parse() {
        Ok(runs) => measure(empty, case, runs).await,
        Err(_) => Err(format!("{runs} is no number of runs").into()),
    };
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// What one window took, milliseconds.
#[derive(Default)]
struct Waits {
    shown: Spread,
    rows: Spread,
    typing: Spread,
    end: Spread,
    call: Spread,
    frames: Spread,
    tasks: Spread,
}

async fn measure(empty: &Path, case: &Path, runs: usize) -> Result<()> {
    let place = Place::new()?;
    // The window works on a copy: looking must not leave a mark in the case that was given.
    let copy = place.path("case.ulika");
    std::fs::copy(case, &copy)?;
    if let Some(remembered) = std::env::var_os("ULIKA_STATE_DIR") {
        place.remember(Path::new(&remembered))?;
    }
    let (mut floor, mut ours) = (Waits::default(), Waits::default());
    for run in 1..=runs.max(1) {
        eprintln!("run {run} of {runs}");
        look_at_nothing(&place, empty, &mut floor).await?;
        look_at_calls(&place, &copy, &mut ours).await?;
    }
    println!("| in the window | ours p50 ms | p95 | empty window p50 ms | p95 | ratio |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    line("from the start to the window", &ours.shown, Some(&floor.shown));
    line("from the start to the first calls", &ours.rows, Some(&floor.shown));
    line("a letter typed into the search, to the calls found", &ours.typing, None);
    line("to the last call", &ours.end, None);
    line("a call opened", &ours.call, None);
    line("from frame to frame while scrolling", &ours.frames, Some(&floor.frames));
    line("the longest task of a scroll", &ours.tasks, Some(&floor.tasks));
    Ok(())
}

fn line(what: &str, ours: &Spread, floor: Option<&Spread>) {
    let (mine, worst) = (ours.at(50), ours.at(95));
    let rest = floor.map_or_else(
        || "– | – | –".to_owned(),
        |floor| format!("{:.0} | {:.0} | {:.2} ×", floor.at(50), floor.at(95), mine / floor.at(50)),
    );
    println!("| {what} | {mine:.0} | {worst:.0} | {rest} |");
}

fn since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}

async fn look_at_nothing(place: &Place, empty: &Path, waits: &mut Waits) -> Result<()> {
    let begun = Instant::now();
    let window = Window::start(place, empty, None).await?;
    window.soon(page::STANDS).await?;
    waits.shown.add(since(begun));
    let (frames, task) = page::frames(&window, page::MOVE_SOMETHING).await?;
    waits.frames.extend(frames);
    waits.tasks.add(task);
    window.close().await
}

async fn look_at_calls(place: &Place, case: &Path, waits: &mut Waits) -> Result<()> {
    let begun = Instant::now();
    let window = Window::start(place, &program()?, Some(case)).await?;
    window.soon(page::FRAME_STANDS).await?;
    waits.shown.add(since(begun));
    window.soon(page::CALLS_STAND).await?;
    waits.rows.add(since(begun));
    waits.end.add(page::took(&window, page::TO_THE_END).await?);
    let (frames, task) = page::frames(&window, page::SCROLL).await?;
    waits.frames.extend(frames);
    waits.tasks.add(task);
    waits.call.add(page::took(&window, page::OPEN_A_CALL).await?);
    for typed in ["9", "93", "935", "9353"] {
        waits.typing.add(page::typed(&window, typed).await?);
    }
    window.close().await
}
