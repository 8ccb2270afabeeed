//! МегаФон, personal detail as a page: the table repeats on every printed page with rows of text above it, the unit says
//! what an amount is, the words of the service say which way a call went.

use super::{Happened, clock, happened};
use crate::case::windows_1251;
use crate::truth::{LINE, Truth};
use crate::{Expectation, Result};

const HEADER: [&str; 8] = [
    "Дата",
    "Время",
    "Абонентский номер, адрес электронной почты, точка доступа",
    "Прод/ Объем",
    "Единица тарификации (мин, сек, шт, Kb, Mb)",
    "Вид услуги",
    "Место вызова",
    "Стоимость (с НДС),  руб.",
];
const PAGE: usize = 25;
const OUT: [&str; 4] =
    ["на мобильные номера дом. региона", "на МегаФон домашнего региона", "Исходящий", "Исх. на ТФОП региона филиала"];
const IN: [&str; 4] =
    ["с мобильных номеров дом. региона", "с номеров МегаФон дом. региона", "С номеров Единой сети МегаФон", "Входящий"];

pub fn detail(told: &Truth) -> Result<(Vec<u8>, Expectation)> {
    let mut expected = Expectation::new("megafon-html", "operator", "windows-1251");
    let mut rows = Vec::new();
    for (count, (at, what)) in happened(told).into_iter().enumerate() {
        let (number, amount, unit, service, cost) = match what {
            Happened::Call { number, incoming, seconds } => {
                expected.record(incoming, seconds, at.date(), None);
                let words = if incoming { IN } else { OUT };
                (format!("7{number}"), clock(seconds), "Секунда", words[count % 4], "0.37")
            }
            Happened::SmsIn(sender) => (sender, "1".to_owned(), "Штука", "Входящее SMS", "0.00"),
            Happened::SmsOut(number) => (format!("7{number}"), "1".to_owned(), "Штука", "Исходящее SMS", "1.60"),
            Happened::Kilobytes(kilobytes) => {
                ("internet".to_owned(), kilobytes.to_string(), "Kb", "Мобильный интернет", "0.00")
            }
            Happened::Fee(_) => continue,
        };
        match unit {
            "Штука" => expected.other("sms"),
            "Kb" => expected.other("data"),
            _ => {}
        }
        let (date, time) = (at.format("%d.%m.%y").to_string(), at.format("%H:%M:%S").to_string());
        rows.push([date, time, number, amount, unit.to_owned(), service.to_owned(), " ".to_owned(), cost.to_owned()]);
    }
    let row = |cells: &[&str]| -> String {
        format!("<tr>{}</tr>\n", cells.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>())
    };
    let mut text =
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\"></head><body>\n"
            .to_owned();
    for (page, chunk) in rows.chunks(PAGE).enumerate() {
        text.push_str("<table cellspacing=0>\n");
        text.push_str(&row(&[&format!("Детализация оказанных услуг по Абонентскому номеру {LINE}")]));
        text.push_str(&row(&["Период:", "01.06.25 - 30.06.25"]));
        text.push_str(&row(&["Лицевой счет", "100000000", "", "Тарифный план", "Всё просто"]));
        text.push_str(&row(&["", "", "", "", "Рябинина Вера Осиповна", "", ""]));
        text.push_str(&row(&["Дата формирования", "01.07.25", "", "", "", "Страница", &(page + 1).to_string()]));
        text.push_str("<tr style='height:6px'><td colspan=8>&nbsp;</td></tr>\n<tr style='height:56px'>");
        HEADER.iter().for_each(|heading| text.push_str(&format!("<td>{heading}</td>")));
        text.push_str("</tr>\n");
        for cells in chunk {
            text.push_str(&row(&cells.each_ref().map(String::as_str)));
        }
        text.push_str("</table>\n");
    }
    let count = rows.len().to_string();
    text.push_str("<table>");
    text.push_str(&row(&["Итого по абоненту:", "Записей:", &count, "Стоимость:", "237.90"]));
    text.push_str("</table></body></html>\n");
    Ok((windows_1251(&text)?, expected))
}
