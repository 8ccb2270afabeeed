//! What the exchanges of an invented office write: the calls of one month of the story, as rows of legs, with the ids and
//! clocks of each system; and the same month on paper.

mod asterisk;
mod cloud;
mod paper;
mod printed;

use crate::truth::{Call, Truth, day, truth};
use crate::{Expectation, Made, Result, SEED};
use chrono::NaiveDate;

const FIRST: NaiveDate = day(2025, 6, 1);
const LAST: NaiveDate = day(2025, 6, 30);
/// The office is in Moscow, three hours before UTC.
const AHEAD_S: i64 = 3 * 3600;

/// Every sample of an exchange and of a printed detail, with its expectation.
///
/// # Errors
/// When a text has a letter that its encoding lacks.
pub fn files(seed: u64) -> Result<Vec<Made>> {
    let told = truth(SEED);
    let mut files = Vec::new();
    let mut add = |path: &str, (bytes, expectation): (Vec<u8>, Expectation)| -> Result<()> {
        files.push((format!("recipes/{path}.expect.json"), expectation.json()?));
        files.push((format!("recipes/{path}"), bytes));
        Ok(())
    };
    add("asterisk-cdr-csv.csv", asterisk::by_legs(&told))?;
    add("asterisk-cdr-custom.csv", asterisk::custom(&told))?;
    add("freepbx-cdr.sql", asterisk::dump(&told))?;
    add("freepbx-cdr.csv", asterisk::table(&told))?;
    add("mango-stats.csv", cloud::mango(&told))?;
    add("mango-lk.csv", cloud::mango_table(&told))?;
    add("vats-csv.csv", cloud::vats(&told))?;
    for (name, header) in cloud::SIPUNI {
        add(&format!("sipuni-csv-{name}.csv"), cloud::sipuni(&told, header))?;
    }
    add("yeastar-cdr.csv", cloud::yeastar(&told))?;
    add("bitrix24-calls.csv", cloud::bitrix(&told))?;
    add("uis-calls.csv", cloud::uis(&told))?;
    add("onec-calls.txt", cloud::onec(&told)?)?;
    add("mts-pdf.txt", printed::mts_text(&told, seed))?;
    add("mts-pdf.pdf", printed::mts_paper(&told, seed)?)?;
    add("t2-pdf.pdf", printed::t2_paper(&told)?)?;
    add("table.pdf", printed::table_paper(&told)?)?;
    Ok(files)
}

/// A call of the month with what every exchange knows of it.
struct Talk<'t> {
    call: &'t Call,
    /// The other party: eleven digits.
    number: u64,
    seconds: u32,
    /// Seconds before somebody answered, or before the caller gave up.
    ringing: u32,
    /// Unix seconds of the beginning.
    epoch: i64,
    serial: usize,
}

fn talks(told: &Truth) -> Vec<Talk<'_>> {
    let month = told.calls.iter().filter(|call| (FIRST..=LAST).contains(&call.start.date()));
    let known = month.filter_map(|call| Some((call, call.number?)));
    known
        .enumerate()
        .map(|(serial, (call, number))| Talk {
            call,
            number: 70_000_000_000 + number,
            seconds: call.outcome.seconds(),
            ringing: 5 + (serial as u32 * 7) % 19,
            epoch: call.start.and_utc().timestamp() - AHEAD_S,
            serial,
        })
        .collect()
}

impl Talk<'_> {
    /// States the call in an expectation.
    fn expected(&self, expected: &mut Expectation, seconds: u32) {
        expected.record(self.call.incoming, seconds, self.call.start.date(), None);
    }
}

/// A call that states no way it went.
fn inside(expected: &mut Expectation, seconds: u32, date: NaiveDate) {
    expected.record(true, seconds, date, None);
    let incoming = expected.directions.entry("incoming".to_owned()).or_default();
    *incoming -= 1;
    *expected.directions.entry("unknown".to_owned()).or_default() += 1;
}
