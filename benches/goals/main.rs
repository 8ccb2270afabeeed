//! The goals: our work over the least work that could do it, on one machine, in one run.
//!
//! `cargo bench --bench goals` measures all of them, `cargo bench --bench goals -- G1 G3` some. Every measurement is
//! a process of its own, so that its processor time and its memory are its own; ours and the floor take turns, and
//! the median of the runs counts. Input files are made from a seed by the sample generator and kept beside the build.
//!
//! Sizes and runs come from the environment: `ULIKA_BENCH_ROWS` (rows of the CSV and of the other forms, 1000000), `ULIKA_BENCH_MB`
//! (exhibits, 200), `ULIKA_BENCH_RUNS` (5).

// A measuring program speaks on standard output.
#![allow(clippy::print_stdout, clippy::print_stderr)]

#[path = "../floors/mod.rs"]
mod floors;
mod g14_regrouped;
mod g1_csv;
mod g1_keyed;
mod g2_xlsx;
mod g3_forms;
mod g3_xml;
mod g4_grown;
mod g5_attach;
mod g6_export;
mod g7_reconcile;
mod g8_lists;
mod g9_numbers;
mod groups;
mod inputs;
mod measure;
mod ranges;

use measure::{Measured, Side};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

/// What the fallible functions of the benchmarks return.
pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// A goal of the project.
pub struct Goal {
    /// Its number: `G1`.
    pub id: &'static str,
    /// What is done.
    pub work: &'static str,
    /// Makes the input and returns its path.
    pub prepare: fn(&Path) -> Result<std::path::PathBuf>,
    /// Our work on the input, in a folder of its own.
    pub ours: fn(input: &Path, folder: &Path) -> Result<()>,
    /// The least work; absent where the goal is not a ratio.
    pub floor: Option<fn(input: &Path, folder: &Path) -> Result<()>>,
    /// What is compared.
    pub bar: Bar,
    /// Peak memory, MiB; absent where there is no goal.
    pub peak_mib: Option<u64>,
}

/// What a goal demands.
#[derive(Clone, Copy)]
pub enum Bar {
    /// Processor time over the floor's.
    Cpu(f64),
    /// Elapsed time over the floor's.
    Wall(f64),
    /// Nanoseconds of processor time for each row.
    NanosPerRow(f64),
}

const GOALS: [Goal; 25] = [
    g1_csv::GOAL,
    g1_keyed::GOAL,
    g2_xlsx::GOAL,
    g3_xml::GOAL,
    g3_forms::HTML,
    g3_forms::SQLITE,
    g3_forms::DUMP,
    g3_forms::SQL,
    g3_forms::TEXT,
    g4_grown::ROWS,
    g4_grown::FILES_IN_TURN,
    g4_grown::AGAIN,
    g5_attach::GOAL,
    g6_export::GOAL,
    g7_reconcile::GOAL,
    g7_reconcile::DRIFT,
    g8_lists::FIRST,
    g8_lists::PAGES,
    g8_lists::SEARCH,
    g8_lists::RHYTHM,
    g8_lists::CHARTS,
    g9_numbers::GOAL,
    g14_regrouped::GOAL,
    ranges::LOOK_UP,
    ranges::READ,
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some(measure::CHILD) => measure::child(&GOALS, &arguments[1..]),
        _ => all(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn all(arguments: &[String]) -> Result<()> {
    // Cargo passes options of its own.
    let wanted: Vec<&String> = arguments.iter().filter(|a| !a.starts_with("--")).collect();
    let runs = inputs::number("ULIKA_BENCH_RUNS", 5)?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("goals");
    std::fs::create_dir_all(&folder)?;
    let mut missed = Vec::new();
    println!("| goal | work | ours s | floor s | ratio | bar | peak MiB | bar | met |");
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
    // `G8` means its parts as well: `G8-first` and so on.
    let meant = |g: &Goal, wanted: &str| {
        g.id.eq_ignore_ascii_case(wanted) || g.id.split('-').next().is_some_and(|id| id.eq_ignore_ascii_case(wanted))
    };
    for goal in GOALS.iter().filter(|g| wanted.is_empty() || wanted.iter().any(|w| meant(g, w))) {
        match measured(goal, &folder, runs) {
            Ok(line) => println!("{line}"),
            Err(error) => {
                println!("| {} | {} | – | – | – | – | – | – | not measured |", goal.id, goal.work);
                missed.push(format!("{}: {error}", goal.id));
            }
        }
    }
    let quality = |wanted: &String| wanted.eq_ignore_ascii_case("I1") || wanted.eq_ignore_ascii_case(groups::ID);
    if wanted.is_empty() || wanted.iter().any(|wanted| quality(wanted)) {
        groups::print();
    }
    if missed.is_empty() { Ok(()) } else { Err(missed.join("\n").into()) }
}

/// The line of the table for a goal.
fn measured(goal: &Goal, folder: &Path, runs: u64) -> Result<String> {
    eprintln!("{}: making the input", goal.id);
    let input = (goal.prepare)(folder)?;
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for run in 1..=runs.max(1) {
        eprintln!("{}: run {run} of {runs}", goal.id);
        if goal.floor.is_some() {
            floor.push(measure::in_process(goal, Side::Floor, &input, folder)?);
        }
        ours.push(measure::in_process(goal, Side::Ours, &input, folder)?);
    }
    let time_of = |m: &Measured| if matches!(goal.bar, Bar::Wall(_)) { m.wall_s } else { m.cpu_s };
    let time = |runs: &[Measured]| measure::median(runs, time_of);
    let mine = time(&ours);
    let (least, value, found, bar, unit) = match goal.bar {
        Bar::Cpu(bar) | Bar::Wall(bar) => {
            // Ours over the floor of the same round: a machine that is shared is as busy for the one as for the other.
            let ratio = measure::median_ratio(&ours, &floor, time_of);
            (format!("{:.3}", time(&floor)), ratio, format!("{ratio:.2} ×"), bar, "×")
        }
        Bar::NanosPerRow(bar) => {
            let nanos = measure::median(&ours, |m| m.nanos_per_row);
            ("–".to_owned(), nanos, format!("{nanos:.0} ns/row"), bar, "ns/row")
        }
    };
    let wall = if matches!(goal.bar, Bar::Wall(_)) { " wall" } else { "" };
    let peak = measure::median(&ours, |m| m.peak_mib);
    let peak_bar = goal.peak_mib.map_or_else(|| "–".to_owned(), |bar| format!("≤ {bar}"));
    let fits = goal.peak_mib.is_none_or(|bar| peak <= bar as f64);
    let met = match (value <= bar, fits) {
        (true, true) => "yes",
        (true, false) => "not the memory",
        (false, true) => "not the time",
        (false, false) => "no",
    };
    Ok(format!(
        "| {} | {} | {mine:.3}{wall} | {least} | {found} | ≤ {bar} {unit} | {peak:.0} | {peak_bar} | {met} |",
        goal.id, goal.work
    ))
}
