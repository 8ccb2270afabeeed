//! Samples of layouts that the sample case does not use: the same story in the shapes that other operators write.

mod beeline_older;
mod megafon_csv;
mod megafon_html;
mod mts_business;
mod mts_html;
mod t2;

use crate::case::{billed, windows_1251};
use crate::truth::{LINE, Sender, Service, Truth, day, truth};
use crate::{Expectation, Made, Result, Seed};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// A second line of the same invented organisation.
const OTHER_LINE: u64 = 907_120_45_19;
/// The month that these files tell of.
const FIRST: NaiveDate = day(2025, 6, 1);
const LAST: NaiveDate = day(2025, 6, 30);

/// The samples and their expectations.
///
/// # Errors
/// When a workbook cannot be written.
pub fn files(seed: u64) -> Result<Vec<Made>> {
    let told = truth(seed);
    let mut files = Vec::new();
    let mut add = |path: &str, (bytes, expectation): (Vec<u8>, Expectation)| -> Result<()> {
        files.push((format!("recipes/{path}.expect.json"), expectation.json()?));
        files.push((format!("recipes/{path}"), bytes));
        Ok(())
    };
    add("mts-table.html", mts_html::detail(&told, seed)?)?;
    add("mts-business-xlsx.xlsx", mts_business::detail(&told, seed)?)?;
    add("beeline-xls.xlsx", beeline_older::detail(&told, seed)?)?;
    add("megafon-html.html", megafon_html::detail(&told)?)?;
    add("megafon-csv.csv", megafon_csv::narrow(&told)?)?;
    add("megafon-csv-roaming.csv", megafon_csv::wide(&told, seed)?)?;
    add("t2-csv.csv", t2::detail(&told, seed)?)?;
    Ok(files)
}

/// What happened on the line in the month, in order: calls as the operator bills them, and other services.
enum Happened {
    Call { number: u64, incoming: bool, seconds: u32 },
    SmsIn(String),
    SmsOut(u64),
    Kilobytes(u32),
    Fee(u32),
}

fn happened(told: &Truth) -> Vec<(NaiveDateTime, Happened)> {
    let mut all: Vec<(NaiveDateTime, Happened)> = Vec::new();
    for call in billed(&told.calls, FIRST, LAST) {
        let Some(number) = call.number else { continue };
        all.push((call.start, Happened::Call { number, incoming: call.incoming, seconds: call.outcome.seconds() }));
    }
    for event in told.events.iter().filter(|event| (FIRST..=LAST).contains(&event.at.date())) {
        let what = match event.service {
            Service::SmsIn(Sender::Number(number)) => Happened::SmsIn(format!("7{number}")),
            Service::SmsIn(Sender::Name(name)) => Happened::SmsIn(name.to_owned()),
            Service::SmsOut(number) => Happened::SmsOut(number),
            Service::Data(kilobytes) => Happened::Kilobytes(kilobytes),
            Service::Fee(roubles) => Happened::Fee(roubles),
            Service::SmsIn(Sender::CalledYou(_)) | Service::Ussd => continue,
        };
        all.push((event.at, what));
    }
    all.sort_by_key(|(at, _)| *at);
    all
}

/// `00:17`, and hours where there are any.
fn clock(seconds: u32) -> String {
    match seconds / 3600 {
        0 => format!("{:02}:{:02}", seconds / 60, seconds % 60),
        hours => format!("{hours:02}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    }
}
