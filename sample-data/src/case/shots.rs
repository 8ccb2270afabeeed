//! Which moments the invented subscriber photographed: a screen for each spelling of the advertiser's label, one of
//! the collector, one of an unlabelled call. `draw-shots.sh` draws them.

use crate::truth::{Call, POOLS, SPELLINGS, Truth, day};
use chrono::TimeDelta;

fn in_a_pool(number: u64) -> bool {
    POOLS.iter().any(|(base, _)| number / 100 == base / 100)
}

/// A table: file, label, number, clock on the screen.
pub fn list(told: &Truth) -> String {
    let seen = |label: Option<&'static str>| {
        told.calls.iter().find(|call| {
            call.incoming
                && !call.phone_off
                && call.label == label
                && (label.is_some() || call.number.is_some_and(in_a_pool))
                && call.start.date() >= day(2025, 4, 1)
        })
    };
    let mut text = String::from("file\tlabel\tnumber\tclock\n");
    for label in SPELLINGS.map(Some).into_iter().chain([Some("ПКО «Серая гавань»"), None]) {
        if let Some(call) = seen(label) {
            text.push_str(&line(call));
        }
    }
    text
}

fn line(call: &Call) -> String {
    // The phone's clock is 37 s ahead, and the finger takes four seconds.
    let shot = call.start + TimeDelta::seconds(41);
    let digits = call.number.unwrap_or_default().to_string();
    format!(
        "Screenshot_{}.png\t{}\t+7 {} {}-{}-{}\t{}\n",
        shot.format("%Y%m%d-%H%M%S"),
        call.label.unwrap_or("Неизвестный номер"),
        &digits[..3],
        &digits[3..6],
        &digits[6..8],
        &digits[8..],
        shot.format("%H:%M"),
    )
}
