//! Т2, detail of an organisation: blocks of one line each, no header, the beginning in one cell, traffic in bytes where
//! other rows have a number, money without a service in the place of the tariff. Windows-1251.

use super::{Happened, LINE, OTHER_LINE, Seed, clock, happened, windows_1251};
use crate::truth::Truth;
use crate::{Expectation, Result};

pub fn detail(told: &Truth, seed: u64) -> Result<(Vec<u8>, Expectation)> {
    let mut chance = Seed::new(seed ^ 0x5432_0105);
    let mut expected = Expectation::new("t2-csv", "operator", "windows-1251");
    let mut blocks = [String::new(), String::new()];
    for (at, what) in happened(told) {
        let begin = at.format("%d.%m.%y %H:%M:%S");
        let row = match what {
            Happened::Call { number, incoming, seconds } => {
                expected.record(incoming, seconds, at.date(), None);
                let kind = if incoming { "Входящий вызов" } else { "Исходящий вызов" };
                format!("{begin};Деловой;{kind};Москва;7{number};;;{};;0,00\r\n", clock(seconds))
            }
            Happened::SmsIn(sender) => {
                expected.other("sms");
                format!("{begin};Деловой;Входящее SMS;Москва;{sender};;;00:00;;0,00\r\n")
            }
            Happened::SmsOut(number) => {
                expected.other("sms");
                format!("{begin};Деловой;SMS исходящее;Москва;7{number};;;00:00;;1,50\r\n")
            }
            Happened::Kilobytes(kilobytes) => {
                expected.other("data");
                format!("{begin};Деловой;Internet-трафик;Москва;Объём: {} байт;;;;;0,00\r\n", kilobytes * 1024)
            }
            Happened::Fee(roubles) => {
                expected.other("fee");
                format!("{begin};Начисление: абонентская плата;;;;;;;;{roubles},00\r\n")
            }
        };
        blocks[usize::from(chance.chance(30))] += &row;
    }
    let mut text =
        "Детализация счета 100000000;;;;;;;;;\r\nПериод: 01.06.25 - 30.06.25;;;;;;;;;\r\n;;;;;;;;;\r\n".to_owned();
    for (line, block) in [LINE, OTHER_LINE].into_iter().zip(blocks) {
        text += &format!("Абонент: 7{line} (корпоративный);;;;;;;;;\r\nНачисления:;;;;;;;;;450,00\r\n{block}");
        text += "Итого по абоненту;;;;;;;;;450,00\r\n";
    }
    text += "Всего по всем абонентам;;;;;;;;;900,00\r\n";
    Ok((windows_1251(&text)?, expected))
}
