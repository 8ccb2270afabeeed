//! `witness`: which sources state which call. The document is printed call by call; people get the sums and the days.

use crate::exit::{Failure, Outcome};
use crate::output::{self, visible};
use crate::session::Session;
use crate::words::{Tally, Words};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use ulika::Access;
use ulika::actions::{CoverageView, WitnessMatrix};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// As [`WitnessMatrix::read`].
pub fn run(args: &Args, session: &Session) -> Result<Outcome, Failure> {
    let case = session.open(&args.case, Access::Read)?;
    let matrix = WitnessMatrix::read(&case)?;
    if !session.json {
        output::text(&told(&matrix, session.words()))?;
        return Ok(Outcome::Done);
    }
    match document(&matrix) {
        Err(Failure::Output(error)) => output::forgive_closed_pipe(Err(error))?,
        other => other?,
    }
    Ok(Outcome::Done)
}

fn document(matrix: &WitnessMatrix) -> Result<(), Failure> {
    let mut out = output::stdout();
    out.write_all(b"{\"pairs\":")?;
    output::write_json(&mut out, &matrix.sources.pairs)?;
    out.write_all(b",\"calls\":[")?;
    for (at, id) in matrix.ids.iter().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        output::write_json(&mut out, &matrix.call(*id))?;
    }
    out.write_all(b"],\"coverage\":")?;
    output::write_json(&mut out, &matrix.sources.coverage)?;
    out.write_all(b"}\n")?;
    Ok(out.flush()?)
}

/// The sums by verdict and by reason of silence, the clocks, the days.
fn told(matrix: &WitnessMatrix, words: &dyn Words) -> String {
    let mut tally = Tally::default();
    for id in &matrix.ids {
        let call = matrix.call(*id);
        *tally.verdicts.entry(call.verdict).or_default() += 1;
        for silence in call.silent {
            *tally.silent.entry((silence.witness, silence.reason)).or_default() += 1;
        }
    }
    let mut lines = words.verdicts(&tally);
    if !matrix.sources.pairs.is_empty() {
        lines.push(String::new());
        lines.push(words.clocks().to_owned());
    }
    for pair in &matrix.sources.pairs {
        lines.push(format!("  {}", words.pair(pair)));
        lines.extend(pair.stretches.iter().map(|stretch| format!("    {}", words.clock_stretch(stretch))));
        lines.extend(pair.zone_offers.iter().map(|offer| format!("    {}", words.zone_offer(offer))));
    }
    for days in &matrix.sources.coverage {
        lines.push(String::new());
        lines.push(words.coverage(days, &visible(&days.file)));
        lines.extend(strips(days));
    }
    lines.push(String::new());
    lines.push(words.coverage_marks().to_owned());
    lines.join("\n")
}

/// A line for each month: a mark for each day that has records, a dot for each that has none.
fn strips(coverage: &CoverageView) -> Vec<String> {
    let mut months: BTreeMap<(i32, u32), [char; 31]> = BTreeMap::new();
    let mut mark = |date: NaiveDate, sign: char| {
        let days = months.entry((date.year(), date.month())).or_insert([' '; 31]);
        if let Some(day) = days.get_mut(date.day0() as usize) {
            *day = sign;
        }
    };
    coverage.days.iter().filter_map(|day| day.date.parse().ok()).for_each(|date| mark(date, '█'));
    let date = |text: &str| text.parse::<NaiveDate>().ok();
    for (from, to) in coverage.gaps.iter().filter_map(|gap| date(&gap.from).zip(date(&gap.to))) {
        // A day far off, misread, would draw centuries: the first and the last months of a long gap are enough.
        let months = Days::new(62);
        let (near, far) = (from.checked_add_days(months), to.checked_sub_days(months));
        let drawn = |date: &NaiveDate| near.is_none_or(|near| *date <= near) || far.is_none_or(|far| *date >= far);
        from.iter_days().take_while(|date| *date <= to).filter(drawn).for_each(|date| mark(date, '·'));
    }
    let strip = |days: &[char; 31]| days.iter().collect::<String>();
    months.iter().map(|((year, month), days)| format!("  {year}-{month:02}  {}", strip(days).trim_end())).collect()
}
