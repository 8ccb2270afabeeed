//! Билайн, personal detail of the older kind: rows of text above the table, a column for either party, ten digits,
//! nothing that names the line, some calls in two rows.

use super::{Happened, happened};
use crate::case::minutes;
use crate::sheet::workbook;
use crate::truth::{LINE, Truth};
use crate::{Expectation, Result, Seed};

const HEADER: [&str; 10] = [
    "Дата звонка",
    "Время звонка",
    "Инициатор звонка",
    "Набранный номер",
    "Тип звонка",
    "Услуга",
    "Предварительная стоимость (без НДС)",
    "Продолжительность",
    "Объем (MB)",
    "Номер БС",
];

pub fn detail(told: &Truth, seed: u64) -> Result<(Vec<u8>, Expectation)> {
    let mut chance = Seed::new(seed ^ 0x424C_4E03);
    let mut expected = Expectation::new("beeline-xls", "operator", "");
    let mut rows: Vec<[String; 10]> = Vec::new();
    let line = LINE.to_string();
    for (at, what) in happened(told) {
        let (from, to, kind, service, length, volume, legs) = match what {
            Happened::Call { number, incoming, seconds } => {
                let (from, to) = if incoming { (number, LINE) } else { (LINE, number) };
                let kind = if incoming { "вх./МТС" } else { "исх./рег. моб. бл" };
                expected.record(incoming, seconds, at.date(), None);
                let legs = if chance.chance(8) { 2 } else { 1 };
                (1..legs).for_each(|_| expected.repeat());
                (from.to_string(), to.to_string(), kind, "звонки", minutes(seconds), String::new(), legs)
            }
            Happened::SmsIn(sender) => {
                expected.other("sms");
                (sender, line.clone(), "SMS прием", "Короткие сообщения", String::new(), String::new(), 1)
            }
            Happened::SmsOut(number) => {
                expected.other("sms");
                (
                    line.clone(),
                    number.to_string(),
                    "Исходящее SMS",
                    "Короткие сообщения",
                    String::new(),
                    String::new(),
                    1,
                )
            }
            Happened::Kilobytes(kilobytes) => {
                expected.other("data");
                let volume = format!("{},{:02}", kilobytes / 1024, kilobytes % 100);
                (line.clone(), "internet".to_owned(), "", "GPRS-Internet", "0:00".to_owned(), volume, 1)
            }
            Happened::Fee(_) => continue,
        };
        for _ in 0..legs {
            rows.push([
                at.format("%d.%m.%Y").to_string(),
                at.format("%H:%M:%S").to_string(),
                from.clone(),
                to.clone(),
                kind.to_owned(),
                service.to_owned(),
                "0,00".to_owned(),
                length.clone(),
                volume.clone(),
                "40013".to_owned(),
            ]);
        }
    }
    let bytes = workbook("Report", |sheet| {
        sheet.texts(&["Детализация звонков"])?;
        for row in 0..40 {
            match row % 4 {
                0 => sheet.texts(&["Тарифный план", "Ясный"])?,
                1 => sheet.texts(&["Начислено за услугу", "Сумма, руб.", "НДС"])?,
                2 => sheet.texts(&["Связь", "12,30", "2,05"])?,
                _ => sheet.texts::<&str>(&[])?,
            }
        }
        sheet.texts(&HEADER)?;
        rows.iter().try_for_each(|row| sheet.texts(row))?;
        sheet.texts(&["Итого", "", "", "", "", "", "0,00"])
    })?;
    Ok((bytes, expected))
}
