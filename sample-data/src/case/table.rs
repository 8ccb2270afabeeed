//! A table of an operator's cabinet saved as CSV: windows-1251, `;`, a block above the header, a total below, one
//! duration that cannot be read. It overlaps both operators' details.

use super::{billed, windows_1251};
use crate::truth::{LINE, Sender, Service, Truth, day};
use crate::{Expectation, Result, Seed};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

const FIRST: NaiveDate = day(2025, 4, 15);
const LAST: NaiveDate = day(2025, 6, 15);

enum Fate {
    Record { incoming: bool, seconds: u32 },
    Other(&'static str),
    Problem,
}

pub fn detail(told: &Truth, seed: u64) -> Result<(Vec<u8>, Expectation)> {
    let mut chance = Seed::new(seed ^ 0x5441_424C);
    let mut expected = Expectation::new("table", "other", "windows-1251");
    let mut rows: Vec<(NaiveDateTime, String, Fate)> = Vec::new();

    for call in billed(&told.calls, FIRST, LAST) {
        if chance.chance(8) {
            continue; // The cabinet shows less than the detail.
        }
        let Some(number) = call.number else { continue };
        // Its exchange notes the beginning a second or two early.
        let start = call.start - TimeDelta::seconds(chance.between(1, 2));
        let seconds = call.outcome.seconds();
        let way = if call.incoming { "Входящий" } else { "Исходящий" };
        let cost = if call.incoming { 0 } else { seconds.div_ceil(60) * 190 };
        let text =
            format!("Голосовой вызов;{way};{};{};;{}", spelled(number, &mut chance), clock(seconds), money(cost));
        rows.push((start, text, Fate::Record { incoming: call.incoming, seconds }));
    }
    for event in told.events.iter().filter(|event| (FIRST..=LAST).contains(&event.at.date())) {
        let (kind, text) = match event.service {
            Service::SmsIn(Sender::Number(number)) => ("sms", format!("Входящее SMS;Входящий;7{number};;1;0,00")),
            Service::SmsIn(Sender::Name(name)) => ("sms", format!("Входящее SMS;Входящий;{name};;1;0,00")),
            Service::SmsOut(number) => ("sms", format!("Исходящее SMS;Исходящий;7{number};;1;2,50")),
            Service::Data(kb) => ("data", format!("Мобильный интернет;;internet;;{kb},00;0,00")),
            Service::Fee(roubles) => ("fee", format!("Абонентская плата;;;;;{roubles},00")),
            Service::SmsIn(Sender::CalledYou(_)) | Service::Ussd => continue,
        };
        rows.push((event.at, text, Fate::Other(kind)));
    }
    let torn = day(2025, 5, 20).and_hms_opt(12, 31, 5).unwrap_or_default();
    rows.push((torn, "Голосовой вызов;Входящий;79353104024;??;;0,00".to_owned(), Fate::Problem));
    rows.sort_by_key(|row| row.0);

    let mut text = format!(
        "Детализация вызовов по лицевому счёту 000000000\r\nАбонент: ПРИМЕРОВА АННА ИГОРЕВНА\r\nНомер: 7{LINE}\r\n\
         Период: 15.04.2025 00:00:00 - 15.06.2025 23:59:59\r\n\r\n\
         №;Дата и время;Услуга;Направление;Номер;Длительность;Объем;Стоимость, руб.\r\n"
    );
    for (i, (at, cells, fate)) in rows.iter().enumerate() {
        text.push_str(&format!("{};{};{cells}\r\n", i + 1, at.format("%d.%m.%Y %H:%M:%S")));
        match fate {
            Fate::Record { incoming, seconds } => expected.record(*incoming, *seconds, at.date(), None),
            Fate::Other(kind) => expected.other(kind),
            Fate::Problem => expected.problem("Длительность", "??"),
        }
    }
    text.push_str("Итого;;;;;;;1350,00\r\n");
    Ok((windows_1251(&text)?, expected))
}

/// Spellings as a cabinet mixes them.
fn spelled(number: u64, chance: &mut Seed) -> String {
    let s = number.to_string();
    match chance.below(10) {
        0..6 => format!("7{s}"),
        6..8 => format!("+7{s}"),
        8 => format!("8({}){}-{}-{}", &s[..3], &s[3..6], &s[6..8], &s[8..]),
        _ => format!("+7 {} {}-{}-{}", &s[..3], &s[3..6], &s[6..8], &s[8..]),
    }
}

/// `03:07`, and `1:15:00` from an hour on.
fn clock(seconds: u32) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    if minutes < 60 {
        format!("{minutes:02}:{seconds:02}")
    } else {
        format!("{}:{:02}:{seconds:02}", minutes / 60, minutes % 60)
    }
}

fn money(hundredths: u32) -> String {
    format!("{},{:02}", hundredths / 100, hundredths % 100)
}
