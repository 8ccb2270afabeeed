//! Details of operators on paper: МТС as a document and as the text that was copied out of it, Т2, and a table that no
//! recipe knows.

use super::paper::Paper;
use super::{FIRST, LAST};
use crate::truth::{LINE, Sender, Service, Truth};
use crate::{Expectation, Result, Seed};
use chrono::NaiveDateTime;

/// A row of a printed detail.
struct Row {
    at: NaiveDateTime,
    number: String,
    service: &'static str,
    amount: String,
    cost: &'static str,
    /// The end, which only what the person began has.
    end: Option<NaiveDateTime>,
}

/// The rows of МТС for the month, and what must be found in them.
fn mts_rows(told: &Truth, seed: u64) -> (Vec<Row>, Expectation) {
    let mut chance = Seed::new(seed ^ 0x4D54_5301);
    let mut expected = Expectation::new("mts-pdf", "operator", "");
    let mut rows = Vec::new();
    for call in told.calls.iter().filter(|call| (FIRST..=LAST).contains(&call.start.date())) {
        let (Some(number), 1..) = (call.number, call.outcome.seconds()) else { continue };
        let seconds = call.outcome.seconds();
        rows.push(Row {
            at: call.start,
            number: if call.incoming { format!("<--+7{number}") } else { format!("7{number}") },
            service: "Телеф.",
            amount: format!("{}:{:02}", seconds / 60, seconds % 60),
            cost: " 0,0000",
            end: (!call.incoming).then(|| call.start + chrono::TimeDelta::seconds(i64::from(seconds))),
        });
        expected.record(call.incoming, seconds, call.start.date(), None);
    }
    let mut other = |at, number: String, service, amount: String, kind: &str| {
        rows.push(Row { at, number, service, amount, cost: " 0,0000", end: None });
        expected.other(kind);
    };
    for event in told.events.iter().filter(|event| (FIRST..=LAST).contains(&event.at.date())) {
        match event.service {
            Service::SmsIn(Sender::Number(number)) => {
                other(event.at, format!("<--+7{number}"), "sms i", "1".into(), "sms")
            }
            Service::SmsIn(Sender::Name(name)) => other(event.at, format!("<--{name}"), "sms i", "1".into(), "sms"),
            Service::SmsIn(Sender::CalledYou(number)) => {
                other(event.at, format!("<--Vam_Zvonili:+7{number}"), "sms i", "1".into(), "sms");
            }
            Service::SmsOut(number) => other(event.at, format!("7{number}"), "sms o", "1".into(), "sms"),
            Service::Ussd => other(event.at, "ussd-balance".into(), "ussd", "1".into(), "ussd"),
            Service::Data(kb) => {
                let name = *chance.pick(&["internet.mts.ru", "VOL_FACEBOOK_FLEX", "VOLUME_TETHERING"]);
                let service = *chance.pick(&["4G", "HSDPA (3G)", "gprs"]);
                other(event.at, name.into(), service, format!("{kb}Kb"), "data");
            }
            Service::Fee(_) => {}
        }
    }
    // A feature that was used, not somebody who called.
    let at = FIRST.and_hms_opt(12, 0, 7).unwrap_or_default();
    other(at, "SUPP".into(), "ch", "1".into(), "other");
    rows.sort_by_key(|row| row.at);
    (rows, expected)
}

/// A number that is too long for its column goes on below.
fn folded(number: &str) -> Vec<&str> {
    if number.starts_with("<--Vam") {
        let (first, rest) = number.split_at(19);
        return vec![first, rest];
    }
    let room = if number.starts_with("VOL") { 14 } else { 20 };
    if number.len() > room { vec![&number[..room], &number[room..]] } else { vec![number] }
}

const HEAD: [&str; 14] = [
    "Дата",
    "Время    GMT*",
    "Номер",
    "Зона вызова",
    "Зона направления",
    "вызова/номер сессии",
    "Услуга",
    "Длитель-",
    "ность",
    "/Объем",
    "(мин.:сек.",
    "/Kb/шт.)",
    "Стоимость руб.",
    "без НДС",
];

/// Rows of a page.
const PAGE: usize = 30;

fn written(at: NaiveDateTime) -> String {
    at.format("%d.%m.%Y  %-H:%M:%S").to_string()
}

fn cost(row: &Row) -> String {
    match row.end {
        Some(end) => format!("{}  {}", row.cost, end.format("%d.%m.%Y %-H:%M:%S")),
        None => row.cost.to_owned(),
    }
}

/// The text as it is copied out of the document: each cell on a line of its own.
pub fn mts_text(told: &Truth, seed: u64) -> (Vec<u8>, Expectation) {
    let (rows, mut expected) = mts_rows(told, seed);
    expected.encoding = "utf-8".into();
    let mut text = String::from("\nОказанные услуги связи\nза период с 01.06.2025 по 30.06.2025\n");
    let pages = rows.chunks(PAGE);
    let count = pages.len();
    for (page, rows) in pages.enumerate() {
        text.push_str(&format!("Номер SIM карты /Виртуальный Номер:\n8970101000000000000\nСетевой ресурс\n7{LINE}\n"));
        text.push_str(&HEAD.join("\n"));
        text.push_str("\nИзм. баланса\n");
        for row in rows {
            text.push_str(&written(row.at));
            text.push_str(&format!("\n+03:00  {}\n", folded(&row.number).join("\n")));
            // The service of a feature falls apart in its column.
            let service = if row.service == "ch" { "ch\nI" } else { row.service };
            text.push_str(&format!("{service}\n{}\n{}\n", row.amount, cost(row)));
        }
        if page + 1 == count {
            text.push_str(
                "Итого\n 12,3456\n* - Часовой пояс места оказания услуги\nВсего использовано пакетов за период:\n",
            );
        }
        text.push_str(&format!("Страница {} из {count}\nFORIS OSS\n\n", page + 1));
    }
    (text.into_bytes(), expected)
}

/// The document.
pub fn mts_paper(told: &Truth, seed: u64) -> Result<(Vec<u8>, Expectation)> {
    let (rows, expected) = mts_rows(told, seed);
    let mut paper = Paper::default();
    let count = rows.chunks(PAGE).len();
    for (page, rows) in rows.chunks(PAGE).enumerate() {
        paper.page();
        paper.text(40.0, 30.0, 11.0, "Оказанные услуги связи")?;
        paper.text(40.0, 44.0, 9.0, "за период с 01.06.2025 по 30.06.2025")?;
        paper.text(40.0, 58.0, 8.0, "Сетевой ресурс")?;
        paper.text(140.0, 58.0, 8.0, &format!("7{LINE}"))?;
        for (line, text) in HEAD.iter().enumerate() {
            let (left, top) = [
                (40.0, 0),
                (90.0, 0),
                (160.0, 0),
                (250.0, 0),
                (250.0, 1),
                (250.0, 2),
                (330.0, 0),
                (400.0, 0),
                (400.0, 1),
                (400.0, 2),
                (400.0, 3),
                (400.0, 4),
                (450.0, 0),
                (450.0, 1),
            ][line];
            paper.text(left, 74.0 + 9.0 * f64::from(top), 8.0, text)?;
        }
        let mut top = 130.0;
        for row in rows {
            paper.text(40.0, top, 8.0, &written(row.at))?;
            let parts = folded(&row.number);
            paper.text(130.0, top, 8.0, &format!("+03:00  {}", parts[0]))?;
            if let Some(rest) = parts.get(1) {
                paper.text(164.0, top + 9.0, 8.0, rest)?;
            }
            paper.text(330.0, top, 8.0, row.service)?;
            paper.text(400.0, top, 8.0, &row.amount)?;
            paper.text(446.0, top, 8.0, &cost(row))?;
            top += 20.0;
        }
        if page + 1 == count {
            paper.text(40.0, top, 8.0, "Итого")?;
            paper.text(446.0, top, 8.0, " 12,3456")?;
        }
        paper.text(40.0, 810.0, 7.0, &format!("Страница {} из {count}", page + 1))?;
        paper.text(500.0, 810.0, 7.0, "FORIS OSS")?;
    }
    Ok((paper.bytes(), expected))
}

/// Т2: lengths in seconds and in minutes, the own number above the table.
pub fn t2_paper(told: &Truth) -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("t2-pdf", "operator", "");
    let mut rows: Vec<(NaiveDateTime, &str, String, u32)> = Vec::new();
    for call in told.calls.iter().filter(|call| (FIRST..=LAST).contains(&call.start.date())) {
        let (Some(number), 1..) = (call.number, call.outcome.seconds()) else { continue };
        let seconds = call.outcome.seconds();
        let kind = if call.incoming { "Входящий звонок" } else { "Исходящий звонок" };
        rows.push((call.start, kind, format!("7{number}"), seconds));
        expected.record(call.incoming, seconds, call.start.date(), None);
    }
    for event in told.events.iter().filter(|event| (FIRST..=LAST).contains(&event.at.date())) {
        match event.service {
            Service::SmsOut(number) => {
                rows.push((event.at, "SMS", format!("7{number}"), 0));
                expected.other("sms");
            }
            Service::Data(_) => {
                rows.push((event.at, "Интернет-трафик", String::new(), 0));
                expected.other("data");
            }
            _ => {}
        }
    }
    rows.sort();
    let mut paper = Paper::default();
    for rows in rows.chunks(32) {
        paper.page();
        paper.text(40.0, 30.0, 11.0, "Детализация услуг связи")?;
        paper.text(40.0, 46.0, 9.0, &format!("Телефон: 7{LINE}"))?;
        let heads = [
            (40.0, "Дата и время"),
            (130.0, "Тарифный"),
            (130.0, "план"),
            (210.0, "Тип соединения"),
            (310.0, "Номер"),
            (390.0, "в секундах"),
            (440.0, "в минутах"),
            (490.0, "стоимость"),
            (490.0, "по тарифу"),
            (545.0, "по оплате"),
        ];
        for (at, (left, text)) in heads.iter().enumerate() {
            let second = matches!(at, 2 | 8);
            paper.text(*left, if second { 75.0 } else { 66.0 }, 7.0, text)?;
        }
        let mut top = 100.0;
        for (at, kind, number, seconds) in rows {
            paper.text(40.0, top, 7.0, &at.format("%d.%m.%y %H:%M:%S").to_string())?;
            paper.text(130.0, top, 7.0, "Мой разговор")?;
            paper.text(210.0, top, 7.0, kind)?;
            if !number.is_empty() {
                paper.text(310.0, top, 7.0, number)?;
            }
            paper.text(390.0, top, 7.0, &seconds.to_string())?;
            paper.text(440.0, top, 7.0, &seconds.div_ceil(60).to_string())?;
            paper.text(490.0, top, 7.0, "0.00")?;
            paper.text(545.0, top, 7.0, "0.00")?;
            top += 18.0;
        }
    }
    Ok((paper.bytes(), expected))
}

/// A table of any operator: columns right and left, cells of two lines, the header on each page, sums at the end.
pub fn table_paper(told: &Truth) -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("table", "other", "");
    let mut rows = Vec::new();
    for call in told.calls.iter().filter(|call| (FIRST..=LAST).contains(&call.start.date())) {
        let Some(number) = call.number else { continue };
        expected.record(call.incoming, call.outcome.seconds(), call.start.date(), None);
        rows.push((call.start, call.incoming, number, call.outcome.seconds()));
    }
    let count = rows.chunks(24).len();
    let mut paper = Paper::default();
    for (page, rows) in rows.chunks(24).enumerate() {
        paper.page();
        if page == 0 {
            paper.text(150.0, 34.0, 13.0, "Детализация счёта за июнь 2025 года")?;
            paper.text(40.0, 56.0, 9.0, &format!("Номер абонента: +7{LINE}"))?;
        }
        for (left, top, text) in [
            (40.0, 90.0, "Дата и время"),
            (160.0, 90.0, "Номер"),
            (160.0, 101.0, "телефона"),
            (300.0, 90.0, "Направление"),
            (420.0, 85.0, "Длитель-"),
            (420.0, 96.0, "ность"),
            (490.0, 90.0, "Сумма, руб."),
        ] {
            paper.text(left, top, 9.0, text)?;
        }
        let mut top = 124.0;
        for (start, incoming, number, seconds) in rows {
            paper.text(40.0, top, 9.0, &start.format("%d.%m.%Y %H:%M:%S").to_string())?;
            paper.text(160.0, top, 9.0, &format!("+7{number}"))?;
            let way = if *incoming { "Входящий" } else { "Исходящий" };
            paper.text(300.0, top, 9.0, way)?;
            if *incoming {
                paper.text(300.0, top + 10.0, 9.0, "вызов")?;
            }
            let length = format!("{}:{:02}", seconds / 60, seconds % 60);
            paper.text(465.0 - Paper::width(9.0, &length), top, 9.0, &length)?;
            paper.text(540.0 - Paper::width(9.0, "0,00"), top, 9.0, "0,00")?;
            top += 27.0;
        }
        if page + 1 == count {
            paper.text(40.0, top, 9.0, "Итого")?;
            paper.text(540.0 - Paper::width(9.0, "0,00"), top, 9.0, "0,00")?;
        }
        paper.text(260.0, 820.0, 8.0, &format!("Страница {} из {count}", page + 1))?;
    }
    Ok((paper.bytes(), expected))
}
