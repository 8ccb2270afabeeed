//! МТС, the report mailed as a page: tables within tables, a heading without a word at either end, `<--` before the
//! number of an incoming call, a zone in every row, windows-1251.

use super::{FIRST, Happened, LAST, happened, windows_1251};
use crate::case::minutes;
use crate::truth::{LINE, Truth};
use crate::{Expectation, Result, Seed};

const HEADER: [&str; 12] = [
    "",
    "Дата",
    "Время",
    "GMT*",
    "Номер",
    "Зона вызова",
    "Зона направления вызова/номер сессии",
    "Услуга",
    " ",
    "Длительность/Объем (мин.:сек.)/(Kb)",
    "Стоимость руб. без НДС",
    "",
];
/// Rows of one printed page.
const PAGE: usize = 30;

pub fn detail(told: &Truth, seed: u64) -> Result<(Vec<u8>, Expectation)> {
    let mut chance = Seed::new(seed ^ 0x4D54_4801);
    let mut expected = Expectation::new("mts-table", "operator", "windows-1251");
    let mut rows = Vec::new();
    for (at, what) in happened(told) {
        let (number, service, amount) = match what {
            Happened::Call { number, incoming, seconds } => {
                expected.record(incoming, seconds, at.date(), None);
                let arrow = if incoming { "&lt;--" } else { "" };
                let plus = if chance.chance(50) { "+" } else { "" };
                (format!("{arrow}{plus}7{number}"), "Телеф.", minutes(seconds))
            }
            Happened::SmsIn(sender) => (format!("&lt;--{sender}"), "sms i", "1".to_owned()),
            Happened::SmsOut(number) => (format!("+7{number}"), "sms o", "1".to_owned()),
            Happened::Kilobytes(kilobytes) => ("internet.example".to_owned(), "HSDPA (3G)", format!("{kilobytes}Kb")),
            Happened::Fee(_) => continue,
        };
        match service {
            "sms i" | "sms o" => expected.other("sms"),
            "HSDPA (3G)" => expected.other("data"),
            _ => {}
        }
        let cells = [
            String::new(),
            at.format("%d.%m.%Y").to_string(),
            at.format("%-H:%M:%S").to_string(),
            "+03:00".to_owned(),
            number,
            "Домашний регион".to_owned(),
            "&nbsp;".to_owned(),
            service.to_owned(),
            String::new(),
            amount,
            "0,00".to_owned(),
            String::new(),
        ];
        rows.push(cells.map(|cell| format!("<td>{cell}</td>")).concat());
    }
    let mut text = format!(
        "<html>\r\n<head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">\
         <title>Detail_for_100000000</title>\r\n<style>td {{ font-size: 8pt }}</style></head>\r\n<body>\r\n\
         <table width=\"100%\"><tr><td colspan=2>Детализация счета</td></tr>\r\n\
         <tr><td>Лицевой счет</td><td>100000000</td></tr>\r\n\
         <tr><td>Сетевой ресурс 7{LINE}</td><td>за период с {} по {}</td></tr>\r\n",
        FIRST.format("%d.%m.%Y"),
        LAST.format("%d.%m.%Y"),
    );
    let pages = rows.len().div_ceil(PAGE);
    for (page, rows) in rows.chunks(PAGE).enumerate() {
        text.push_str("<tr><td colspan=2><table border=1><thead><tr>");
        HEADER.iter().for_each(|heading| text.push_str(&format!("<th>{heading}</th>")));
        text.push_str("</tr></thead>\r\n<tbody>\r\n");
        rows.iter().for_each(|row| text.push_str(&format!("<tr>{row}</tr>\r\n")));
        text.push_str(&format!("</tbody></table></td></tr>\r\n<tr><td>Страница {} из {pages}</td></tr>\r\n", page + 1));
    }
    text.push_str(
        "<tr><td>Итого</td><td>0,00</td></tr>\r\n\
         <tr><td colspan=2>* - Часовой пояс места оказания услуги</td></tr></table>\r\n</body></html>\r\n",
    );
    Ok((windows_1251(&text)?, expected))
}
