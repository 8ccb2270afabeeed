//! One measurement is one process: this program, started again to do one piece of work and to tell what it took.

use crate::{Goal, Result};
use rustix::time::{ClockId, clock_gettime};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// First argument of a process that measures.
pub const CHILD: &str = "measure-one";

/// Whose work.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Ours.
    Ours,
    /// The least that could be done.
    Floor,
}

impl Side {
    fn word(self) -> &'static str {
        match self {
            Side::Ours => "ours",
            Side::Floor => "floor",
        }
    }
}

/// What a process took.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// User and system time of all its threads, seconds; of work that times itself, of the part that it timed.
    pub cpu_s: f64,
    /// Elapsed time of the work, seconds.
    pub wall_s: f64,
    /// Largest resident set, MiB.
    pub peak_mib: f64,
    /// For work that times itself: nanoseconds of processor time a row; else 0.
    pub nanos_per_row: f64,
}

/// Set by work that times itself: thousandths of a nanosecond a row.
static PICOS_PER_ROW: AtomicU64 = AtomicU64::new(0);
/// Set by work that times a part of itself: nanoseconds, 0 where all of it counts.
static TOLD_NANOS: AtomicU64 = AtomicU64::new(0);

/// Tells the time of the part of the work that counts.
pub fn tell(cpu_s: f64) {
    TOLD_NANOS.store((cpu_s * 1e9) as u64, Ordering::Relaxed);
}

/// Tells the time of a part of the work, for each of its rows.
pub fn tell_rows(cpu_s: f64, rows: usize) {
    PICOS_PER_ROW.store((cpu_s * 1e12 / rows.max(1) as f64) as u64, Ordering::Relaxed);
}

/// Processor time of this process so far, seconds.
pub fn cpu_s() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Runs one side of a goal in a process of its own and an empty folder of its own.
pub fn in_process(goal: &Goal, side: Side, input: &Path, folder: &Path) -> Result<Measured> {
    let place = tempfile::Builder::new().prefix("run-").tempdir_in(folder)?;
    let answer = Command::new(std::env::current_exe()?)
        .args([CHILD, goal.id, side.word()])
        .arg(input)
        .arg(place.path())
        .output()?;
    if !answer.status.success() {
        return Err(String::from_utf8_lossy(&answer.stderr).trim().to_owned().into());
    }
    let text = String::from_utf8(answer.stdout)?;
    let fields: Vec<f64> = text.split_whitespace().map(str::parse).collect::<std::result::Result<_, _>>()?;
    match fields[..] {
        [cpu_s, wall_s, peak_mib, nanos_per_row] => Ok(Measured { cpu_s, wall_s, peak_mib, nanos_per_row }),
        _ => Err(format!("the measuring process said: {text}").into()),
    }
}

/// The measuring process.
pub fn child(goals: &[Goal], arguments: &[String]) -> Result<()> {
    let [id, side, input, folder] = arguments else { return Err("goal, side, input and folder are needed".into()) };
    let goal = goals.iter().find(|g| g.id == id).ok_or("no such goal")?;
    let work = if side == Side::Floor.word() { goal.floor.ok_or("the goal has no floor")? } else { goal.ours };
    let began = Instant::now();
    work(Path::new(input), Path::new(folder))?;
    let wall = began.elapsed().as_secs_f64();
    let picos = PICOS_PER_ROW.load(Ordering::Relaxed);
    let cpu = match TOLD_NANOS.load(Ordering::Relaxed) {
        0 => cpu_s(),
        told => told as f64 / 1e9,
    };
    println!("{cpu} {wall} {} {}", peak_mib()?, picos as f64 / 1000.0);
    Ok(())
}

fn peak_mib() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("the system does not tell the peak")?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib / 1024.0)
}

/// The middle of the runs.
pub fn median(runs: &[Measured], what: impl Fn(&Measured) -> f64) -> f64 {
    middle(runs.iter().map(what).collect())
}

/// The middle of the ratios of one side to the other, run by run.
pub fn median_ratio(ours: &[Measured], floor: &[Measured], what: impl Fn(&Measured) -> f64) -> f64 {
    middle(ours.iter().zip(floor).map(|(mine, least)| what(mine) / what(least)).collect())
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
