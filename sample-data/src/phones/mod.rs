//! One month of the story as phones, their backups and the programs that read them write it: one file a layout, each
//! the sample of its recipe.

mod android;
mod databases;
mod exports;
mod iphone;
mod large;
mod reports;

pub use large::calls_sqlite;

use crate::truth::{Call, Outcome, Truth, day, truth};
use crate::{Expectation, Made, Result, Seed};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

const FIRST: NaiveDate = day(2025, 6, 1);
const LAST: NaiveDate = day(2025, 6, 30);
/// How far the phone's clock is ahead, in seconds.
const AHEAD_S: i64 = 12;
/// A code that a maker has added to those of Android.
const CODE_OF_MAKER: u32 = 23;

/// Every sample of a phone's layout with its expectation.
///
/// # Errors
/// When a database cannot be written.
pub fn files(seed: u64) -> Result<Vec<Made>> {
    let told = truth(seed);
    let seen = seen(&told, seed);
    let mut files = Vec::new();
    let mut add = |path: &str, (bytes, expectation): (Vec<u8>, Expectation)| -> Result<()> {
        files.push((format!("recipes/{path}.expect.json"), expectation.json()?));
        files.push((format!("recipes/{path}"), bytes));
        Ok(())
    };
    add("oppo-xml.xml", android::oppo(&seen))?;
    add("android-provider-dump.txt", android::dump(&seen))?;
    add("android-calllog-db.db", databases::android(&seen)?)?;
    add("samsung-logs-db.db", databases::samsung(&seen)?)?;
    add("truecaller-db.db", databases::truecaller(&seen)?)?;
    add("ios-callhistory.storedata", iphone::storedata(&seen)?)?;
    add("ios-call-history-old.db", iphone::old(&seen)?)?;
    add("aleapp-call-logs.tsv", reports::aleapp(&seen))?;
    add("aleapp-call-logs2.csv", reports::aleapp2(&seen))?;
    add("ileapp-call-history.tsv", reports::ileapp(&seen))?;
    add("imazing-csv.csv", exports::imazing(&seen))?;
    add("imazing2-csv.csv", exports::imazing2(&seen))?;
    add("iexplorer-csv.csv", exports::iexplorer(&seen))?;
    add("google-voice.html", exports::google_voice(&seen)?)?;
    Ok(files)
}

/// A call as the phone saw it.
struct Seen<'t> {
    call: &'t Call,
    /// The phone's clock on the wall, in Moscow.
    local: NaiveDateTime,
    /// Thousandths of a second beyond it.
    ms: i64,
    /// Length as the phone counts it.
    seconds: u32,
}

impl Seen<'_> {
    /// The same in UTC.
    fn utc(&self) -> NaiveDateTime {
        self.local - TimeDelta::hours(3)
    }

    fn unix(&self) -> i64 {
        self.utc().and_utc().timestamp()
    }

    fn unix_ms(&self) -> i64 {
        self.unix() * 1000 + self.ms
    }

    /// Ten digits with `+7`; empty where the number was withheld.
    fn number(&self) -> String {
        self.call.number.map_or_else(String::new, |number| format!("+7{number}"))
    }

    fn name(&self) -> &str {
        self.call.label.unwrap_or("")
    }

    /// Android's code.
    fn code(&self) -> u32 {
        match (self.call.outcome, self.call.incoming) {
            (Outcome::Answered(_), true) => 1,
            (_, false) => 2,
            (Outcome::Missed, true) => 3,
            (Outcome::Rejected, true) => 5,
            (Outcome::Blocked, true) => 6,
        }
    }

    fn clock(&self) -> String {
        format!("{:02}:{:02}:{:02}", self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60)
    }

    fn tell(&self, expected: &mut Expectation) {
        expected.record(self.call.incoming, self.seconds, self.local.date(), self.call.label);
    }
}

fn seen<'t>(told: &'t Truth, seed: u64) -> Vec<Seen<'t>> {
    let mut chance = Seed::new(seed ^ 0x5048_4F4E_4553);
    let calls = told.calls.iter().filter(|call| (FIRST..=LAST).contains(&call.start.date()) && !call.phone_off);
    let seen = |call: &'t Call| Seen {
        call,
        local: call.start + TimeDelta::seconds(AHEAD_S),
        ms: chance.between(0, 999),
        seconds: call.outcome.seconds(),
    };
    calls.map(seen).collect()
}
