//! Operators' details in layouts known from descriptions: blocks, merged cells, pages, masked numbers.

use crate::common::{encoded, seen, seen_with, workbook};
use ulika::import::{ReadOptions, read_number};
use ulika::model::NumberKind;

fn of_line(number: &str) -> ReadOptions {
    ReadOptions { line: Some(read_number(number, None)), ..ReadOptions::default() }
}

/// A row of a table of text with cells at their places.
fn row(width: usize, filled: &[(usize, &str)]) -> String {
    let mut cells = vec![String::new(); width];
    filled.iter().for_each(|(at, text)| cells[*at] = format!("\"{text}\""));
    cells.join(";") + "\r\n"
}

const TITLE: &str = "Детализация оказанных услуг по Абонентскому номеру +79071110000";

#[test]
fn megafon_narrow_rows_are_told_without_a_header() {
    let wide = |filled: &[(usize, &str)]| row(14, filled);
    let call = |time: &str, number: &str, amount: &str, unit: &str, service: &str| {
        wide(&[
            (0, "01.12.15"),
            (3, time),
            (5, number),
            (6, amount),
            (8, unit),
            (9, service),
            (10, "Москва"),
            (12, "0,37"),
        ])
    };
    let text = [
        wide(&[(0, TITLE)]),
        call("00:17:14", "INTERNET", "307", "Kb", "Мобильный интернет"),
        call("10:00:00", "79071112233", "00:11", "Секунда", "с мобильных номеров дом. региона"),
        call("11:00:00", "79071112244", "1:02:03", "Секунда", "на МегаФон домашнего региона"),
        call("12:00:00", "79071112244", "2", "Минута", "Исх. на ТФОП региона филиала"),
        call("13:00:00", "79071112244", "65", "Секунда", "Исходящий международный"),
        call("14:00:00", "MegaFon", "1", "Штука", "Входящее SMS"),
        wide(&[(0, "Итого"), (12, "1,00")]),
        "Всего по всем абонентам;;;;;;;;;;;;37,90;\r\n".to_owned(),
    ]
    .concat();
    let seen = seen(encoded(&text, "windows-1251"));
    assert_eq!((seen.what.recipe.as_str(), seen.what.encoding.as_str()), ("megafon-csv", "windows-1251"));
    assert_eq!(
        seen.told(),
        [
            "2015-12-01T10:00:00+03:00 incoming answered +79071112233 11 -",
            "2015-12-01T11:00:00+03:00 outgoing answered +79071112244 3723 -",
            "2015-12-01T12:00:00+03:00 outgoing answered +79071112244 120 -",
            "2015-12-01T13:00:00+03:00 outgoing answered +79071112244 65 -",
        ],
        "a bare number is counted in what the row says: {:?}",
        seen.problems()
    );
    assert_eq!((seen.summary.other["data"], seen.summary.other["sms"]), (1, 1));
    assert_eq!(seen.lines(), ["+79071110000"]);
    assert_eq!(seen.summary.skipped, 3, "the title, the sum of the line, the end of the file");
}

#[test]
fn megafon_wide_rows_stand_otherwise_in_roaming() {
    let wide = |filled: &[(usize, &str)]| row(26, filled);
    let home = |time: &str, service: &str, amount: &str| {
        wide(&[
            (0, "05.05.17"),
            (3, time),
            (5, service),
            (6, "Россия"),
            (9, "79071112233"),
            (10, "Москва"),
            (14, amount),
            (15, "Минута"),
            (18, "0,37"),
        ])
    };
    let roaming = |time: &str, service: &str, number: &str, amount: &str, unit: &str| {
        wide(&[
            (0, "06.05.17"),
            (3, time),
            (5, service),
            (6, "06.05.17 23:59:00"),
            (9, number),
            (11, amount),
            (13, unit),
            (16, "9,50"),
            (19, "Минск"),
        ])
    };
    let other = TITLE.replace("1110000", "1110001");
    let text = [
        wide(&[(0, TITLE)]),
        home("10:00:00", "Входящий", "00:11"),
        home("11:00:00", "Исходящий", "01:00:11"),
        wide(&[(0, &format!("{TITLE} за пределами домашней сети"))]),
        roaming("12:00:00", "Входящий", "79071112244", "00:30", "Секунда"),
        roaming("13:00:00", "Входящее SMS", "79071112244", "1", "Штука"),
        wide(&[(0, &other)]),
        home("10:00:00", "Входящий", "00:11"),
        wide(&[(0, "06.05.17"), (3, "14:00:00"), (5, "Входящий"), (9, "79071112244"), (14, "??"), (15, "Секунда")]),
        // A row that broke in its middle: neither half is a call.
        "\"06.05.17\";;;\"15:00:00\";;\"Исход\r\n".to_owned(),
        "ящий\";\"Россия\";;;\"79071112244\";;;;;\"00:05\";\"Секунда\";;;\"0,37\";;;;;;;\r\n".to_owned(),
        "Всего по всем абонентам;;;;;;;;;;;;;;;;;;37,90;;;;;;;\r\n".to_owned(),
    ]
    .concat();
    let bytes = encoded(&text, "windows-1251");
    let all = seen(&bytes);
    assert_eq!(
        all.told()[..3],
        [
            "2017-05-05T10:00:00+03:00 incoming answered +79071112233 11 -",
            "2017-05-05T11:00:00+03:00 outgoing answered +79071112233 3611 -",
            "2017-05-06T12:00:00+03:00 incoming answered +79071112244 30 -",
        ]
    );
    assert_eq!(all.lines(), ["+79071110000", "+79071110001"]);
    let line_of = |number: &str| seen_with(&bytes, &of_line(number)).summary;
    let first = line_of("+79071110000");
    assert_eq!((first.records, first.other_lines, first.problems.len()), (3, first.rows - 4, 0), "{first:?}");
    let second = line_of("+79071110001");
    assert_eq!((second.other_lines, second.other.len()), (4, 0), "{second:?}");
    assert!(second.problems.iter().any(|p| p.found == "??"), "{second:?}");
}

#[test]
fn megafon_table_with_a_header_and_what_it_counts_in() {
    let text = "Дата;Время;Вид услуги;Направление;Номер;Длительность;Единица;Место вызова;Стоимость\n\
        01.04.2020;10:00:00;Исходящий международный;Казахстан;77011112233;130;Секунда;Москва;10,5\n\
        02.05.2020;11:00:00;Исх. междугородний;Россия;79071112244;2;Минута;Москва;1,5\n\
        02.05.2020;12:00:00;Вх.;Россия;79071112255;45;Секунда;Москва;0\n\
        02.05.2020;12:00:01;Исходящее SMS;Россия;79071112255;1;Штука;Москва;0\n\
        02.05.2020;12:00:02;Нечто новое;Россия;79071112255;1;Штука;Москва;0\n";
    let seen = seen(text);
    assert_eq!(seen.what.recipe, "megafon-csv");
    assert_eq!(
        seen.told(),
        [
            "2020-04-01T10:00:00+03:00 outgoing answered +77011112233 130 -",
            "2020-05-02T11:00:00+03:00 outgoing answered +79071112244 120 -",
            "2020-05-02T12:00:00+03:00 incoming answered +79071112255 45 -",
        ]
    );
    assert_eq!((seen.summary.other["sms"], seen.summary.other["other"]), (1, 1), "pieces are no call");
}

#[test]
fn t2_blocks_name_the_line_of_the_rows_below() {
    let text = "Детализация;;;;;;;;;\r\nАбонент: 79071110000 (Отдел);;;;;;;;;\r\nНачисления:;;;;;;;;;450,00\r\n\
        01.05.17 10:00:00;Деловой;Входящий;Москва;79071112233;;;00:11;;0,00\r\n\
        01.05.17 11:00:00;Деловой;Исходящий;Москва;79071112244;;;01:00:11;;0,00\r\n\
        01.05.17 12:00:00;Деловой;Internet-трафик;Москва;Объём: 1024 байт;;;;;0,00\r\n\
        01.05.17 13:00:00;Деловой;SMS;Москва;79071112244;;;00:00;;1,50\r\n\
        01.05.17 00:00:00;Начисление: Интернет-пакет;;;;;;;;450,00\r\n\
        01.05.17 14:00:00;Деловой;Соединение;Москва;79071112244;;;00:07;;1,50\r\n\
        Итого по абоненту;;;;;;;;;451,50\r\n\
        Абонент: 79071110001;Деловой;;;;;;;;\r\n\
        02.05.17 10:00:00;Деловой;Входящий;Москва;79071112255;;;00:21;;0,00\r\n\
        Всего по всем абонентам;;;;;;;;;451,50\r\n";
    let bytes = encoded(text, "windows-1251");
    let all = seen(&bytes);
    assert_eq!(all.what.recipe, "t2-csv");
    assert_eq!(
        all.told(),
        [
            "2017-05-01T10:00:00+03:00 incoming answered +79071112233 11 -",
            "2017-05-01T11:00:00+03:00 outgoing answered +79071112244 3611 -",
            "2017-05-02T10:00:00+03:00 incoming answered +79071112255 21 -",
        ]
    );
    let other: Vec<_> = all.summary.other.iter().map(|(kind, n)| (kind.as_str(), *n)).collect();
    assert_eq!(other, [("data", 1), ("fee", 1), ("other", 1), ("sms", 1)], "what is no «Вход» is not taken for one");
    assert_eq!(all.lines(), ["+79071110000", "+79071110001"], "also where the line shares its row");
    let one = seen_with(&bytes, &of_line("89071110001"));
    assert_eq!((one.summary.records, one.summary.other_lines, one.summary.other.len()), (1, 6, 0));
}

const MTS_PAGE: &str = "<html><head><meta charset=windows-1251><title>x</title></head><body>\
    <table><tr><td>Лицевой счет</td><td>100</td></tr><tr><td>Сетевой ресурс: 79071110000</td><td>\
    <table><thead><tr><th></th><th>Дата</th><th>Время</th><th>GMT*</th><th>Номер</th><th>Зона вызова</th>\
    <th>Зона направления вызова/номер сессии</th><th>Услуга</th><th> </th>\
    <th>Длительность/Объем (мин.:сек.)/(Kb)</th><th>Стоимость руб.</th><th></th></tr></thead><tbody>\
    <tr><td></td><td>05.09.2015</td><td>8:28:49</td><td>+03:00</td><td>&lt;--+79071112233</td><td>Дом</td><td>&nbsp;</td>\
    <td>Телеф.</td><td></td><td>0:12</td><td>0,00</td><td></td></tr>\
    <tr><td></td><td>05.09.2015<td>9:00:00<td>+05:00<td>9071112244<td><td><td>Телеф.<td><td>118:18<td>0,00<td>\
    <tr><td></td><td>05.09.2015</td><td>9:30:00</td><td>+03:00</td><td><--MTC</td><td></td><td></td><td>sms i</td>\
    <td></td><td>1</td><td>0</td><td></td></tr>\
    <tr><td></td><td>05.09.2015</td><td>9:40:00</td><td>+03:00</td><td>internet.mts.ru</td><td></td><td></td>\
    <td>gprs</td><td></td><td>307Kb</td><td>0</td><td></td></tr></tbody></table></td></tr>\
    <tr><td>Страница 1 из 1</td></tr><tr><td>Итого</td><td>0,00</td></tr></table></body></html>";

#[test]
fn mts_page_has_its_table_within_a_table() {
    for encoding in ["windows-1251", "utf-8", "utf-8+bom", "utf-16le+bom"] {
        let seen = seen(encoded(MTS_PAGE, encoding));
        assert_eq!(seen.what.recipe, "mts-table", "{encoding}");
        assert_eq!(
            seen.told(),
            [
                "2015-09-05T08:28:49+03:00 incoming answered +79071112233 12 -",
                "2015-09-05T09:00:00+05:00 outgoing answered +79071112244 7098 -",
            ],
            "{encoding}: cells need not be closed, and each row has its zone"
        );
        assert_eq!((seen.summary.other["sms"], seen.summary.other["data"]), (1, 1), "{encoding}");
        assert_eq!(seen.lines(), ["+79071110000"], "{encoding}");
        assert_eq!(seen.summary.problems, [], "{encoding}");
    }
}

#[test]
fn mts_workbook_has_the_columns_of_the_page() {
    let rows: &[&[&str]] = &[
        &["Сетевой ресурс", "79071110000"],
        &[
            "Дата",
            "Время",
            "GMT*",
            "Номер",
            "Зона вызова",
            "Зона направления вызова/номер сессии",
            "Услуга",
            "Длительность",
            "Стоимость без НДС",
        ],
        &["05.09.2015", "8:28:49", "+03:00", "<--79071112233", "", "", "Телеф.", "0:12", "0"],
        &["05.09.2015", "9:28:49", "+03:00", "79071112233", "", "", "cfu", "0:12", "0"],
        &["05.09.2015", "9:29:49", "+03:00", "Call_waiting", "", "", "cw", "1", "0"],
    ];
    let seen = seen(workbook(&[("Лист1", rows)]));
    assert_eq!(seen.what.recipe, "mts-table");
    assert_eq!(seen.told().len(), 2);
    assert_eq!(seen.lines(), ["+79071110000"]);
    assert_eq!(seen.summary.other["other"], 1, "a feature is no call");
}

#[test]
fn mts_business_sheets_are_lines_and_masked_numbers_stay_masked() {
    let head: &[&str] = &[
        "№ строки/Line number",
        "Дата/ Date",
        "Время/ Time",
        "Номер собеседника/ Interlocutor number",
        "Имя",
        "Тип сервиса/ Service type",
        "Область/ Area",
        "Кол-во (объём)/ Volume",
    ];
    let first: &[&[&str]] = &[
        head,
        &["1", "01.05.2026", "10:00:00", "985**109 8580", "", "Мест. связь", "Звонок", "0:02:00"],
        &["2", "01.05.2026", "10:05:00", "985**109 8580", "", "Мест. SMS", "", "0"],
        &["3", "01.05.2026", "10:06:00", "internet", "", "GPRS", "", "463,812 Mb"],
    ];
    let second: &[&[&str]] =
        &[head, &["1", "02.05.2026", "10:00:00", "79071112233", "", "Мест. связь", "Звонок", "1:00:07"]];
    let summary: &[&[&str]] = &[&["Период / Period:", "01.05.2026-31.05.2026"], &["79071110000", "100,00"]];
    let sheets = [("Общая сводка", summary), ("79071110000", first), ("79071110001", second)];
    let bytes = workbook(&sheets);
    let all = seen(&bytes);
    assert_eq!(all.what.recipe, "mts-business-xlsx");
    assert_eq!(
        all.told(),
        [
            "2026-05-01T10:00:00+03:00 unknown answered 985**1098580 120 -",
            "2026-05-02T10:00:00+03:00 unknown answered +79071112233 3607 -",
        ]
    );
    assert_eq!(all.dictionary.spellings[0].0, "985**109 8580", "as it is written");
    assert_eq!(all.dictionary.spellings[0].1.kind, NumberKind::Masked);
    assert_eq!(all.lines(), ["+79071110000", "+79071110001"]);
    assert_eq!((all.summary.other["sms"], all.summary.other["data"]), (1, 1));
    let one = seen_with(&bytes, &of_line("9071110001"));
    assert_eq!((one.summary.records, one.summary.other_lines), (1, 3));
}

#[test]
fn beeline_older_workbook_tells_its_line_by_every_row() {
    let head: &[&str] = &[
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
    let mut rows: Vec<&[&str]> = vec![&["Отчёт", "x"]; 99];
    let calls: [&[&str]; 6] = [
        &["03.09.2015", "10:15:00", "9071112233", "9071110000", "вх./МТС", "звонки", "0", "1:05", "", "1"],
        &["03.09.2015", "10:15:00", "9071112233", "9071110000", "вх./МТС", "звонки", "0", "1:05", "", "2"],
        &["03.09.2015", "11:15:00", "9071110000", "9071112244", "исх./рег. моб. бл", "звонки", "0", "0:05", "", "2"],
        &["03.09.2015", "12:15:00", "9071112255", "9071110000", "SMS прием", "Короткие сообщения", "0", "", "", ""],
        &["03.09.2015", "12:15:00", "9071110000", "internet", "", "GPRS-Internet", "0", "0:00", "1,5", ""],
        &["03.09.2015", "13:15:00", "9071112266", "9071110000", "", "мжнр/роум", "0", "0:09", "", ""],
    ];
    rows.push(head);
    rows.extend(calls);
    let seen = seen(workbook(&[("Report", &rows)]));
    assert_eq!(seen.what.recipe, "beeline-xls");
    assert_eq!(
        seen.told(),
        [
            "2015-09-03T10:15:00+03:00 incoming answered +79071112233 65 -",
            "2015-09-03T11:15:00+03:00 outgoing answered +79071112244 5 -",
            "2015-09-03T13:15:00+03:00 incoming answered +79071112266 9 -",
        ]
    );
    assert_eq!(seen.summary.repeats_in_file, 1, "two rows of one moment are legs of one call");
    assert_eq!((seen.lines(), seen.summary.other["sms"], seen.summary.other["data"]), (vec!["+79071110000"], 1, 1));
}
