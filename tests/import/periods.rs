//! The period that a file states for itself, and the days of all its rows.

use crate::common::{Seen, encoded, seen, workbook};

fn stated(seen: &Seen) -> Option<String> {
    seen.summary.stated_period.map(|(from, to)| format!("{from} {to}"))
}

const SEPTEMBER: &str = "2025-09-01 2025-09-30";

fn mts(around: &str, of_line: &str, rows: &str) -> String {
    format!(
        "<Report layerType=\"OldCompatible\">{around}<ds n=\"79071110000\" {of_line} pt=\"Сетевой ресурс\">\
         <i d=\"03.09.2025 8:28:49\" n=\"&lt;--79071112233\" s=\"Телеф.\" du=\"0:12\" gmt=\"+03:00\"/>{rows}</ds></Report>"
    )
}

#[test]
fn mts_xml_states_it_in_attributes() {
    let of_line = seen(mts("", "sd=\"01.09.2025\" ed=\"30.09.2025\"", ""));
    assert_eq!(stated(&of_line).as_deref(), Some(SEPTEMBER));
    assert_eq!(
        of_line.summary.period.map(|p| p.1.to_string()).as_deref(),
        Some("2025-09-03"),
        "that of the calls stays"
    );
    let of_bill = seen(mts("<b an=\"1\" sd=\"01.09.2025\" ed=\"30.09.2025\"/>", "", ""));
    assert_eq!(stated(&of_bill).as_deref(), Some(SEPTEMBER));
    let early = mts("<b sd=\"01.09.2025\" ed=\"30.09.2025\"/><cp dcd=\"21.09.2025 10:00:00\"/>", "", "");
    assert_eq!(stated(&seen(early)).as_deref(), Some("2025-09-01 2025-09-20"), "it was made before the end");
    let fee = "<ss n=\"Абонентская плата\" sd=\"01.01.2025\" ed=\"31.12.2025\"/>";
    assert_eq!(stated(&seen(mts("", "", fee))), None, "a fee has a period of its own");
    assert_eq!(stated(&seen(mts("", "sd=\"01.07.2025\" ed=\"31.07.2025\"", ""))), None, "of other days than its rows");
}

#[test]
fn texts_around_the_table_state_it() {
    let head = "Дата;Время;Номер;Услуга;Длительность\r\n03.09.2025;10:15:00;79071112233;Входящий звонок;0:12\r\n";
    for above in [
        "Период: 01.09.2025 - 30.09.2025",
        "Период;01.09.2025 – 30.09.2025",
        "Отчётный период:;с;01.09.2025;по;30.09.2025",
        "Детализация по номеру 79071110000 за период с 01.09.2025 по 30.09.2025",
    ] {
        let seen = seen(encoded(&format!("{above}\r\n{head}"), "windows-1251"));
        assert_eq!(stated(&seen).as_deref(), Some(SEPTEMBER), "{above}");
    }
    for above in ["Договор от 01.09.2025", "Счёт от 01.09.2025 до 30.09.2025", "Абонплата;01.09.2025;30.09.2025"]
    {
        assert_eq!(stated(&seen(format!("{above}\r\n{head}"))), None, "{above}");
    }
}

#[test]
fn the_text_of_a_pdf_states_it_on_one_line_or_two() {
    let rows = "Сетевой ресурс\n79071110000\n02.09.2025  8:28:49\n+03:00  <--79071112233\nТелеф.\n18:18\n 0,0000\n";
    for above in ["за период с 01.09.2025 по 30.09.2025", "за период\nс 01.09.2025 по 30.09.2025"]
    {
        let seen = seen(format!("Оказанные услуги связи\n{above}\n{rows}"));
        assert_eq!((seen.what.recipe.as_str(), stated(&seen).as_deref()), ("mts-pdf", Some(SEPTEMBER)), "{above}");
    }
    let t2 = "Телефон: 79071110000\nПериод: 01.09.25 - 30.09.25\nДата и время\nТип соединения\nНомер\n\
              Длительность\nв секундах\nв минутах\n01.09.25 10:00:00\nМой онлайн\nвходящий вызов\n79071112233\n65\n2\n0,00\n0,00\n";
    let seen = seen(t2);
    assert_eq!((seen.what.recipe.as_str(), stated(&seen).as_deref()), ("t2-pdf", Some(SEPTEMBER)));
}

#[test]
fn a_first_sheet_states_it_for_the_others() {
    let book = workbook(&[
        ("Общая сводка", &[&["Период / Period:", "01.09.2025-30.09.2025"], &["Лицевой счёт", "1"]]),
        (
            "79071110000",
            &[
                &[
                    "№ строки/Line number",
                    "Дата/ Date",
                    "Время/ Time",
                    "Номер собеседника/ Interlocutor number",
                    "Тип сервиса/ Service type",
                    "Область/ Area",
                    "Кол-во (объём)/ Volume",
                ],
                &["1", "03.09.2025", "10:00:00", "907**109 8580", "Мест. связь", "Звонок", "0:02:00"],
            ],
        ),
    ]);
    let seen = seen(book);
    assert_eq!((seen.what.recipe.as_str(), stated(&seen).as_deref()), ("mts-business-xlsx", Some(SEPTEMBER)));
}

#[test]
fn rows_of_other_services_have_days_too() {
    let sms = "<i d=\"01.09.2025 11:00:00\" n=\"&lt;--MTC\" s=\"sms i\" du=\"1\" gmt=\"+03:00\"/>\
               <i d=\"29.09.2025 11:00:00\" n=\"&lt;--MTC\" s=\"sms i\" du=\"1\" gmt=\"+03:00\"/>";
    let seen = seen(mts("", "", sms));
    let days = |span: Option<(chrono::NaiveDate, chrono::NaiveDate)>| span.map(|(a, b)| format!("{a} {b}"));
    assert_eq!(days(seen.summary.period).as_deref(), Some("2025-09-03 2025-09-03"));
    assert_eq!(days(seen.summary.rows_period).as_deref(), Some("2025-09-01 2025-09-29"));
    assert_eq!(stated(&seen), None);
}
