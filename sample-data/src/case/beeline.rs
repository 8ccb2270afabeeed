//! Билайн, personal detail of the newer kind, XLSX: blocks above the table, date and time in one cell, some calls
//! in two rows of one moment (a row for each leg).

use super::{billed, minutes};
use crate::sheet::workbook;
use crate::truth::{LAST, LINE, Sender, Service, Truth, day};
use crate::{Expectation, Result, Seed};
use chrono::{NaiveDate, NaiveDateTime};

/// The first day with this operator.
const FIRST: NaiveDate = day(2025, 5, 16);
const HEADER: [&str; 8] = [
    "Дата и время",
    "Исходящий номер",
    "Входящий номер",
    "Описание услуги",
    "Тип услуги",
    "Длительность, мин сек",
    "Стоимость. руб",
    "Размер сессии. МБ",
];

struct Row {
    at: NaiveDateTime,
    from: String,
    to: String,
    what: &'static str,
    kind: &'static str,
    duration: String,
    cost: f64,
    megabytes: f64,
}

pub fn detail(told: &Truth, seed: u64) -> Result<(Vec<u8>, Expectation)> {
    let mut chance = Seed::new(seed ^ 0x4245_4501);
    let mut expected = Expectation::new("beeline-xlsx", "operator", "");
    let mut rows = Vec::new();
    for call in billed(&told.calls, FIRST, LAST) {
        let Some(number) = call.number.filter(|_| !chance.chance(2)) else { continue };
        let seconds = call.outcome.seconds();
        let (from, to) = if call.incoming { (number, LINE) } else { (LINE, number) };
        let legs = if chance.chance(6) { 2 } else { 1 };
        for leg in 0..legs {
            rows.push(Row {
                at: call.start,
                from: format!("7{from}"),
                to: format!("7{to}"),
                what: if call.incoming { "Входящий вызов" } else { "Исходящий вызов" },
                kind: "звонки",
                duration: minutes(seconds),
                cost: if call.incoming || leg > 0 { 0.0 } else { f64::from(seconds.div_ceil(60)) * 1.9 },
                megabytes: 0.0,
            });
        }
        expected.record(call.incoming, seconds, call.start.date(), None);
        if legs > 1 {
            expected.repeat();
        }
    }
    for event in told.events.iter().filter(|event| event.at.date() >= FIRST) {
        let line = format!("7{LINE}");
        let (kind, from, to, what, word, megabytes) = match event.service {
            Service::SmsIn(Sender::Number(n)) => {
                ("sms", format!("7{n}"), line, "Входящее SMS", "Короткие сообщения", 0.0)
            }
            Service::SmsIn(Sender::Name(n)) => ("sms", n.to_owned(), line, "Входящее SMS", "Короткие сообщения", 0.0),
            Service::SmsOut(n) => ("sms", line, format!("7{n}"), "Исходящее SMS", "Короткие сообщения", 0.0),
            Service::Data(kb) => {
                ("data", line, "internet".to_owned(), "Мобильный интернет", "GPRS-Internet", f64::from(kb) / 1024.0)
            }
            Service::SmsIn(Sender::CalledYou(_)) | Service::Ussd | Service::Fee(_) => continue,
        };
        rows.push(Row { at: event.at, from, to, what, kind: word, duration: String::new(), cost: 0.0, megabytes });
        expected.other(kind);
    }
    // Newest first, as the cabinet shows them; the legs of one call stay together.
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    Ok((write(&rows)?, expected))
}

fn write(rows: &[Row]) -> Result<Vec<u8>> {
    workbook("Детализация", |sheet| {
        let above = [
            &["Детализация по номеру", "+7 907 120-45-18"][..],
            &["Период", "16.05.2025 - 31.07.2025"],
            &["Дата запроса", "01.08.2025"],
            &["Тарифный план", "Ясный"],
            &[],
            &["Ваши расходы"],
            &["Абонентская плата", "1 350,00"],
            &["Звонки", "412,30"],
            &["Итого", "1 762,30"],
            &[],
            &["Предоставленные Вам услуги"],
            &["Услуга", "Количество", "Стоимость. руб"],
            &["Исходящие звонки", "77", "412,30"],
            &[],
            &["История в деталях"],
            &HEADER,
        ];
        for cells in above {
            sheet.texts(cells)?;
        }
        for row in rows {
            sheet.moment(0, row.at)?;
            for (column, text) in [&row.from[..], &row.to, row.what, row.kind, &row.duration].into_iter().enumerate() {
                sheet.text(column as u16 + 1, text)?;
            }
            sheet.number(6, row.cost)?;
            sheet.number(7, (row.megabytes * 100.0).round() / 100.0)?;
            sheet.next();
        }
        sheet.next();
        sheet.texts(&["Справка о звонках доступна в личном кабинете"])
    })
}
