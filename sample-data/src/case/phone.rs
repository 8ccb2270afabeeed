//! SMS Backup & Restore, calls: everything that the phone saw, by a clock that is 37 s ahead, with what its screen
//! showed as a name. An emoji is written as the app writes it: two halves, which is not lawful XML.

use crate::truth::{Call, LAST, Outcome, Truth, day};
use crate::{Expectation, Seed};
use chrono::{NaiveDate, TimeDelta};
use std::fmt::Write as _;

/// How far the phone's clock is ahead, in seconds.
const AHEAD_S: i64 = 37;
/// The day on which the phone was bought.
const FIRST: NaiveDate = day(2025, 3, 10);

pub fn log(told: &Truth, seed: u64) -> (Vec<u8>, Expectation) {
    let mut chance = Seed::new(seed ^ 0x5048_4F4E);
    let mut expected = Expectation::new("sms-backup-restore", "phone", "utf-8");
    let mut rows = Vec::new();
    for call in told.calls.iter().filter(|call| (FIRST..=LAST).contains(&call.start.date()) && !call.phone_off) {
        if chance.chance(2) {
            continue; // Deleted from the log by the person.
        }
        // A phone counts from its own beginning of the talk: sometimes a second more than the operator.
        let seconds = match call.outcome {
            Outcome::Answered(seconds) => seconds + chance.below(2) as u32,
            _ => 0,
        };
        let local = call.start + TimeDelta::seconds(AHEAD_S);
        let stamp = (local.and_utc().timestamp() - 3 * 3600) * 1000 + chance.between(0, 999);
        rows.push(row(call, seconds, stamp, &local.format("%d.%m.%Y %H:%M:%S").to_string()));
        expected.record(call.incoming, seconds, local.date(), call.label);
    }
    // A restored backup leaves a row twice, equal in every attribute.
    if let Some(again) = rows.get(rows.len() / 3).cloned() {
        rows.insert(rows.len() / 3 + 1, again);
        expected.repeat();
    }
    let mut text = format!(
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n\
         <!--File Created By SMS Backup & Restore v10.20.002 on 01.08.2025 20:15:09-->\n\
         <?xml-stylesheet type=\"text/xsl\" href=\"calls.xsl\"?>\n\
         <calls count=\"{}\" backup_set=\"00000000-0000-4000-8000-000000000000\" backup_date=\"1754068509000\" type=\"full\">\n",
        rows.len()
    );
    rows.iter().for_each(|row| text.push_str(row));
    text.push_str("</calls>\n");
    (text.into_bytes(), expected)
}

fn row(call: &Call, seconds: u32, stamp: i64, readable: &str) -> String {
    let kind = match (call.outcome, call.incoming) {
        (Outcome::Answered(_), true) => 1,
        (_, false) => 2,
        (Outcome::Missed, true) => 3,
        (Outcome::Rejected, true) => 5,
        (Outcome::Blocked, true) => 6,
    };
    let number = call.number.map_or_else(String::new, |number| format!("+7{number}"));
    let shown = if call.number.is_some() { 1 } else { 2 };
    let name = as_the_app_writes(call.label.unwrap_or("(Unknown)"));
    format!(
        "  <call number=\"{number}\" duration=\"{seconds}\" date=\"{stamp}\" type=\"{kind}\" presentation=\"{shown}\" \
         subscription_id=\"1\" post_dial_digits=\"\" subscription_component_name=\"null\" \
         readable_date=\"{readable}\" contact_name=\"{name}\" />\n"
    )
}

/// Letters outside the first plane become two references to halves of a surrogate pair.
fn as_the_app_writes(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '"' => text.push_str("&quot;"),
            _ if u32::from(letter) > 0xFFFF => {
                for half in letter.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(text, "&#{half};");
                }
            }
            _ => text.push(letter),
        }
    }
    text
}
