//! МТС Business, workbook: a sheet of sums, then a sheet for each line under its number; masked numbers, bilingual
//! headings, no direction.

use super::{FIRST, Happened, LAST, OTHER_LINE, happened};
use crate::sheet::{Named, workbook_of};
use crate::truth::{LINE, Truth};
use crate::{Expectation, Result, Seed};
use chrono::NaiveDateTime;

const HEADER: [&str; 8] = [
    "№ строки/Line number",
    "Дата/ Date",
    "Время/ Time",
    "Номер собеседника/ Interlocutor number",
    "Имя",
    "Тип сервиса/ Service type",
    "Область/ Area",
    "Кол-во (объём)/ Volume",
];

struct Row {
    at: NaiveDateTime,
    number: String,
    service: &'static str,
    area: &'static str,
    volume: String,
}

pub fn detail(told: &Truth, seed: u64) -> Result<(Vec<u8>, Expectation)> {
    let mut chance = Seed::new(seed ^ 0x4D54_4202);
    let mut expected = Expectation::new("mts-business-xlsx", "operator", "");
    let mut lines: [(u64, Vec<Row>); 2] = [(LINE, Vec::new()), (OTHER_LINE, Vec::new())];
    for (at, what) in happened(told) {
        let (number, service, area, volume) = match what {
            Happened::Call { number, seconds, .. } => {
                expected.directed("unknown", seconds, at.date(), None);
                let volume = format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
                (masked(number), "Мест. связь", "Звонок", volume)
            }
            Happened::SmsOut(number) => {
                expected.other("sms");
                (masked(number), "Мест. SMS", "Сообщение", "0".to_owned())
            }
            Happened::Kilobytes(kilobytes) => {
                expected.other("data");
                (
                    "internet.example".to_owned(),
                    "GPRS",
                    "Интернет",
                    format!("{},{:03} Mb", kilobytes / 1000, kilobytes % 1000),
                )
            }
            Happened::SmsIn(_) | Happened::Fee(_) => continue,
        };
        let line = usize::from(chance.chance(25));
        lines[line].1.push(Row { at, number, service, area, volume });
    }
    let period = format!("{}-{}", FIRST.format("%d.%m.%Y"), LAST.format("%d.%m.%Y"));
    let names = lines.each_ref().map(|(line, _)| format!("7{line}"));
    let mut sheets: Vec<Named<'_>> = vec![(
        "Общая сводка",
        Box::new(|sheet| {
            sheet.texts(&["Период / Period:", &period])?;
            sheet.texts(&["Лицевой счёт / Account:", "100000000"])?;
            sheet.texts::<&str>(&[])?;
            sheet.texts(&["Номер", "Начислено"])?;
            names.iter().try_for_each(|name| sheet.texts(&[name.as_str(), "0,00"]))
        }),
    )];
    for (name, (_, rows)) in names.iter().zip(&lines) {
        sheets.push((
            name,
            Box::new(move |sheet| {
                sheet.texts(&HEADER)?;
                for (number, row) in (1..).zip(rows) {
                    sheet.texts(&[
                        number.to_string(),
                        row.at.format("%d.%m.%Y").to_string(),
                        row.at.format("%H:%M:%S").to_string(),
                        row.number.clone(),
                        String::new(),
                        row.service.to_owned(),
                        row.area.to_owned(),
                        row.volume.clone(),
                    ])?;
                }
                Ok(())
            }),
        ));
    }
    Ok((workbook_of(sheets)?, expected))
}

/// `935**310 4000`.
fn masked(number: u64) -> String {
    let digits = number.to_string();
    format!("{}**{} {}", &digits[..3], &digits[3..6], &digits[6..])
}
