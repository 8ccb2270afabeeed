//! МТС, detail by e-mail in XML («OldCompatible»): BOM, rows out of order, `<--` before the number of an incoming
//! call, a zone in every row, minutes:seconds that pass sixty minutes.

use super::{billed, minutes};
use crate::register::holder;
use crate::truth::{FIRST, LINE, Sender, Service, Truth, day};
use crate::{Expectation, Seed};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::fmt::Write as _;

/// The last day with this operator: the next morning the number was ported.
const LAST: NaiveDate = day(2025, 5, 15);

pub fn detail(told: &Truth, seed: u64) -> (Vec<u8>, Expectation) {
    let mut chance = Seed::new(seed ^ 0x4D54_5301);
    let mut expected = Expectation::new("mts-xml", "operator", "utf-8");
    let mut rows = Vec::new();

    for call in billed(&told.calls, FIRST, LAST) {
        // The operator's file lacks a call now and then.
        let Some(number) = call.number.filter(|_| !chance.chance(1)) else { continue };
        let seconds = call.outcome.seconds();
        let end = call.start + TimeDelta::seconds(i64::from(seconds));
        // Posted up to ten minutes after an incoming call; at the end of an outgoing one.
        let posted = if call.incoming { end + TimeDelta::seconds(chance.between(0, 600)) } else { end };
        let cost = if call.incoming { 0 } else { seconds.div_ceil(60) * 190 };
        rows.push(row(&Row {
            at: call.start,
            number: &spelling(call.incoming, &number_text(number, &mut chance)),
            place: &holder(number).map_or_else(String::new, |(operator, region)| format!("{operator} {region}")),
            service: "Телеф.",
            amount: &minutes(seconds),
            rounded: &if call.incoming { minutes(seconds) } else { format!("{}:00", seconds.div_ceil(60)) },
            cost,
            posted,
        }));
        expected.record(call.incoming, seconds, call.start.date(), None);
        if chance.chance(1) {
            // The same row twice, as at the join of two pages.
            if let Some(last) = rows.last().cloned() {
                rows.push(last);
                expected.repeat();
            }
        }
    }
    for event in told.events.iter().filter(|event| event.at.date() <= LAST) {
        let (kind, number, service, amount) = match event.service {
            Service::SmsIn(Sender::Number(number)) => ("sms", format!("<--+7{number}"), "sms i", "1".to_owned()),
            Service::SmsIn(Sender::Name(name)) => ("sms", format!("<--{name}"), "sms i", "1".to_owned()),
            Service::SmsIn(Sender::CalledYou(number)) => {
                ("sms", format!("<--Vam_Zvonili:+7{number}"), "sms i", "1".to_owned())
            }
            Service::SmsOut(number) => ("sms", format!("+7{number}"), "sms o", "1".to_owned()),
            Service::Ussd => ("ussd", "ussd-balance".to_owned(), "ussd", "1".to_owned()),
            Service::Data(kilobytes) => ("data", "internet".to_owned(), "4G", format!("{kilobytes}Kb")),
            Service::Fee(_) => continue,
        };
        let posted = event.at;
        rows.push(row(&Row {
            at: event.at,
            number: &number,
            place: "",
            service,
            amount: &amount,
            rounded: &amount,
            cost: 0,
            posted,
        }));
        expected.other(kind);
    }
    chance.shuffle(&mut rows);

    let mut text = format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Report layerType=\"OldCompatible\" version=\"2\">\n\
         <b sd=\"01.03.2025\" ed=\"15.05.2025\"/><cp dcd=\"16.05.2025 9:12:40\"/>\n\
         <ds n=\"7{LINE}\" sim=\"897010000000000000\" t=\"0,00\" f=\"0,00\" cn=\"руб.\" sd=\"01.03.2025\" ed=\"15.05.2025\" pt=\"Сетевой ресурс\">\n"
    );
    for row in rows {
        text.push_str(&row);
    }
    text.push_str("</ds>\n</Report>\n");
    (text.into_bytes(), expected)
}

struct Row<'a> {
    at: NaiveDateTime,
    number: &'a str,
    place: &'a str,
    service: &'a str,
    amount: &'a str,
    rounded: &'a str,
    /// Without VAT, in hundredths of a rouble.
    cost: u32,
    posted: NaiveDateTime,
}

fn row(row: &Row<'_>) -> String {
    let money = |hundredths: u32| format!("{},{:02}", hundredths / 100, hundredths % 100);
    let mut text = String::from("<i");
    let fields = [
        ("d", row.at.format("%d.%m.%Y %-H:%M:%S").to_string()),
        ("n", row.number.to_owned()),
        ("zp", String::new()),
        ("zv", row.place.to_owned()),
        ("s", row.service.to_owned()),
        ("a", if row.service == "ussd" { "U".to_owned() } else { String::new() }),
        ("du", row.amount.to_owned()),
        ("c", money(row.cost)),
        ("dup", row.rounded.to_owned()),
        ("f", money(row.cost * 12 / 10)),
        ("bd", row.posted.format("%d.%m.%Y %-H:%M:%S").to_string()),
        ("cur", "810".to_owned()),
        ("gmt", "+03:00".to_owned()),
    ];
    for (name, value) in fields {
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        // Writing to a String cannot fail.
        let _ = write!(text, " {name}=\"{value}\"");
    }
    text.push_str("/>\n");
    text
}

/// Three spellings of one number, as the operator mixes them.
fn number_text(number: u64, chance: &mut Seed) -> String {
    match chance.below(10) {
        0..7 => format!("+7{number}"),
        7..9 => format!("7{number}"),
        _ => number.to_string(),
    }
}

fn spelling(incoming: bool, number: &str) -> String {
    if incoming { format!("<--{number}") } else { number.to_owned() }
}
