//! МегаФон, detail of an organisation: the printed report saved as a table, so that cells that were merged leave empty
//! ones behind them. Windows-1251, quotation marks around what is written, blocks that begin with their line.

use super::{FIRST, Happened, LINE, OTHER_LINE, Seed, clock, happened, windows_1251};
use crate::truth::Truth;
use crate::{Expectation, Result};

const TITLE: &str = "Детализация оказанных услуг по Абонентскому номеру +7";

/// A row of so many cells with some of them filled.
fn row(width: usize, filled: &[(usize, &str)]) -> String {
    let mut cells = vec![String::new(); width];
    for (at, text) in filled {
        if let Some(cell) = cells.get_mut(*at) {
            *cell = format!("\"{}\"", text.replace('"', "\"\""));
        }
    }
    cells.join(";") + "\r\n"
}

/// The narrow kind, with a header: one line.
pub fn narrow(told: &Truth) -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("megafon-csv", "operator", "windows-1251");
    let wide = |filled: &[(usize, &str)]| row(14, filled);
    let mut text = wide(&[(0, &format!("{TITLE}{LINE}"))]);
    text += &wide(&[(0, "за период с 01.06.2025 по 30.06.2025")]);
    text += &wide(&[]);
    text += &wide(&[
        (0, "Дата"),
        (3, "Время"),
        (5, "Абонентский номер, адрес электронной почты, точка доступа"),
        (6, "Прод/ Объем"),
        (8, "Единица тарификации"),
        (9, "Вид услуги"),
        (10, "Место вызова"),
        (12, "Стоимость (с НДС), руб."),
    ]);
    for (at, what) in happened(told) {
        let (number, amount, unit, service) = match what {
            Happened::Call { number, incoming, seconds } => {
                expected.record(incoming, seconds, at.date(), None);
                let service = if incoming {
                    "Входящий"
                } else {
                    "на мобильные номера дом. региона"
                };
                (format!("7{number}"), clock(seconds), "Секунда", service)
            }
            Happened::SmsIn(sender) => (sender, "1".to_owned(), "Штука", "Входящее SMS"),
            Happened::SmsOut(number) => (format!("7{number}"), "1".to_owned(), "Штука", "Исходящее SMS"),
            Happened::Kilobytes(kilobytes) => {
                ("INTERNET".to_owned(), kilobytes.to_string(), "Kb", "Мобильный интернет")
            }
            Happened::Fee(_) => continue,
        };
        match unit {
            "Штука" => expected.other("sms"),
            "Kb" => expected.other("data"),
            _ => {}
        }
        let (date, time) = (at.format("%d.%m.%y").to_string(), at.format("%H:%M:%S").to_string());
        text += &wide(&[
            (0, &date),
            (3, &time),
            (5, &number),
            (6, &amount),
            (8, unit),
            (9, service),
            (10, "Столичный филиал ПАО \"МегаФон\""),
            (12, "0,37"),
        ]);
    }
    text += &wide(&[(0, "Итого по абоненту"), (12, "37,90")]);
    text += "Всего по всем абонентам;;;;;;;;;;;;37,90;\r\n";
    Ok((windows_1251(&text)?, expected))
}

/// The wide kind, without a header: two lines, each at home and in roaming.
pub fn wide(told: &Truth, seed: u64) -> Result<(Vec<u8>, Expectation)> {
    let mut chance = Seed::new(seed ^ 0x4D47_4604);
    let mut expected = Expectation::new("megafon-csv", "operator", "windows-1251");
    let wide = |filled: &[(usize, &str)]| row(26, filled);
    // Of each line: at home, in roaming.
    let mut blocks = [[String::new(), String::new()], [String::new(), String::new()]];
    for (at, what) in happened(told) {
        let (number, amount, unit, service) = match what {
            Happened::Call { number, incoming, seconds } => {
                expected.record(incoming, seconds, at.date(), None);
                (format!("7{number}"), clock(seconds), "Секунда", if incoming { "Входящий" } else { "Исходящий" })
            }
            Happened::SmsIn(sender) => (sender, "1".to_owned(), "Штука", "Входящее SMS"),
            Happened::SmsOut(number) => (format!("7{number}"), "1".to_owned(), "Штука", "Исходящее SMS"),
            Happened::Kilobytes(kilobytes) => {
                ("internet".to_owned(), kilobytes.to_string(), "Kb", "Мобильный интернет")
            }
            Happened::Fee(_) => continue,
        };
        match unit {
            "Штука" => expected.other("sms"),
            "Kb" => expected.other("data"),
            _ => {}
        }
        let (line, roams) = (usize::from(chance.chance(30)), chance.chance(20));
        let (date, time) = (at.format("%d.%m.%y").to_string(), at.format("%H:%M:%S").to_string());
        let posted = (at + super::TimeDelta::minutes(4)).format("%d.%m.%y %H:%M:%S").to_string();
        let cells: Vec<(usize, &str)> = if roams {
            vec![
                (0, &date),
                (3, &time),
                (5, service),
                (6, &posted),
                (9, &number),
                (11, &amount),
                (13, unit),
                (16, "9,50"),
                (19, "Минск"),
            ]
        } else {
            vec![
                (0, &date),
                (3, &time),
                (5, service),
                (6, "Россия"),
                (9, &number),
                (10, "Москва"),
                (14, &amount),
                (15, unit),
                (18, "0,37"),
            ]
        };
        blocks[line][usize::from(roams)] += &wide(&cells);
    }
    let mut text =
        wide(&[(0, "Расшифровка счета 100000000")]) + &wide(&[(0, &format!("за {}", FIRST.format("%m.%Y")))]);
    for (number, [home, roaming]) in [LINE, OTHER_LINE].into_iter().zip(blocks) {
        text += &wide(&[(0, &format!("{TITLE}{number}"))]);
        text += &home;
        text += &wide(&[(0, "Итого:"), (18, "12,00")]);
        text += &wide(&[(0, &format!("{TITLE}{number} за пределами домашней сети"))]);
        text += &roaming;
        text += &wide(&[(0, "Итого:"), (16, "9,50")]);
    }
    text += "Всего по всем абонентам;;;;;;;;;;;;;;;;;;37,90;;;;;;;\r\n";
    Ok((windows_1251(&text)?, expected))
}
