//! Tables of text and workbooks by header words.

use crate::common::{encoded, refusal, seen, seen_with, workbook};
use std::io::Cursor;
use ulika::error::Code;
use ulika::import::{ReadOptions, read_number, rows_as_found};
use ulika::model::{Precision, RowFate, SourceKind, Zone, ZoneBasis};

/// Rows of an invented detail; the delimiter stands for `;`.
const DETAIL: &str = "Детализация по лицевому счёту\r\nАбонент: 79071110000\r\n\r\n\
Дата и время;Услуга;Направление;Номер;Длительность;Подпись\r\n\
03.09.2025 10:15:00;Голосовой вызов;Входящий;79071112233;00:12;ООО ВЕКТОРИЯ\r\n\
03.09.2025 9:00:01;Голосовой вызов;Исходящий;8(907)111-22-44;75:10;\r\n\
Дата и время;Услуга;Направление;Номер;Длительность;Подпись\r\n\
\r\n\
04.09.2025 11:00:00;Входящее SMS;;900;1;\r\n\
05.09.2025 12:30:00;Голосовой вызов;Входящий;;1:02:03;\"Иван \"\"Друг\"\"\"\r\n\
Итого;;;;01:00;\r\n\
Страница 1 из 2\r\n";

#[test]
fn every_encoding_and_every_delimiter_reads_the_same() {
    let encodings = [
        ("utf-8", "utf-8"),
        ("utf-8+bom", "utf-8"),
        ("utf-16le+bom", "utf-16le"),
        ("utf-16be+bom", "utf-16be"),
        ("utf-16le", "utf-16le"),
        ("utf-16be", "utf-16be"),
        ("windows-1251", "windows-1251"),
        ("koi8-r", "koi8-r"),
        ("ibm866", "ibm866"),
        ("iso-8859-5", "iso-8859-5"),
    ];
    for (encoding, named) in encodings {
        for delimiter in [";", ",", "\t", "|"] {
            let seen = seen(encoded(&DETAIL.replace(';', delimiter), encoding));
            let why = format!("{encoding} with {delimiter:?}");
            assert_eq!((seen.what.recipe.as_str(), seen.what.encoding.as_str()), ("table", named), "{why}");
            assert_eq!(
                seen.told(),
                [
                    "2025-09-03T10:15:00+03:00 incoming answered +79071112233 12 ООО ВЕКТОРИЯ",
                    "2025-09-03T09:00:01+03:00 outgoing answered +79071112244 4510 -",
                    "2025-09-05T12:30:00+03:00 incoming answered  3723 Иван \"Друг\"",
                ],
                "{why}"
            );
            // Two lines above, two blank lines, the header again, the total, the page footer.
            assert_eq!((seen.summary.skipped, seen.summary.rows), (7, 4), "{why}");
            assert_eq!(seen.summary.other["sms"], 1, "{why}");
            assert_eq!(seen.lines(), ["+79071110000"], "{why}");
        }
    }
}

#[test]
fn a_row_keeps_its_exact_place_in_the_original() {
    for encoding in ["windows-1251", "utf-8+bom"] {
        let bytes = encoded(DETAIL, encoding);
        let seen = seen(&bytes);
        let places: Vec<_> = seen.records().iter().map(|r| r.place).collect();
        assert_eq!(places.iter().map(|p| p.row).collect::<Vec<_>>(), [5, 6, 10], "lines as a person counts them");
        for (place, begin) in places.iter().zip(["03.09.2025 10", "03.09.2025 9", "05.09.2025 12"]) {
            let row = &bytes[place.offset as usize..][..place.length as usize];
            assert!(row.starts_with(begin.as_bytes()), "{encoding}: the place points elsewhere");
            assert!(!row.contains(&b'\n') && !row.contains(&b'\r'), "the line end is no part of the row");
        }
    }
    let utf16 = seen(encoded(DETAIL, "utf-16le+bom"));
    assert!(utf16.records().iter().all(|r| r.place.length == 0), "UTF-16 is found by reading up to the row");
}

#[test]
fn a_row_is_shown_as_it_was_found() {
    let bytes = encoded(DETAIL, "windows-1251");
    let seen = seen(&bytes);
    let found = rows_as_found(&mut Cursor::new(&bytes), &seen.what, &[(0, 2), (0, 5), (0, 10)]).unwrap();
    assert_eq!(found[0].cells, ["Абонент: 79071110000"], "a row above the table has no headings");
    assert_eq!(found[1].columns[3], "Номер");
    assert_eq!(found[1].cells[3], "79071112233");
    assert_eq!(found[2].cells[5], "Иван \"Друг\"");
    let absent = rows_as_found(&mut Cursor::new(&bytes), &seen.what, &[(0, 999)]).unwrap_err();
    assert_eq!(absent.code, Code::NotFound);
}

#[test]
fn rows_of_the_wrong_width_and_impossible_values_are_problems() {
    let seen = seen(
        "Дата и время;Номер;Направление;Длительность\n\
         31.02.2025 10:00:00;79071112233;Входящий;00:12\n\
         03.09.2025 10:15:00;79071112233;Входящий\n\
         03.09.2025 10:15:00;79071112233;Входящий;00:12;лишнее\n\
         03.09.2025 10:15:00;79071112233;Входящий;??\n\
         03.09.2025 10:15:00;79071112233;Входящий;00:75\n\
         03.09.2025 25:15:00;79071112233;Входящий;00:12\n\
         03.09.2025 10:15:00;79071112233;Входящий;00:12;;\n",
    );
    assert_eq!(
        seen.problems(),
        [
            (2, "Дата и время", "31.02.2025 10:00:00", "дд.мм.гггг чч:мм:сс"),
            (3, "", "03.09.2025 10:15:00 | 79071112233 | Входящий", "столбцов: 4, в строке: 3"),
            (4, "", "03.09.2025 10:15:00 | 79071112233 | Входящий | 00:12 | лишнее", "столбцов: 4, в строке: 5"),
            (5, "Длительность", "??", "мм:сс"),
            (6, "Длительность", "00:75", "мм:сс"),
            (7, "Дата и время", "03.09.2025 25:15:00", "дд.мм.гггг чч:мм:сс"),
        ]
    );
    assert_eq!(seen.summary.records, 1, "empty cells behind the last column say nothing and do no harm");
}

#[test]
fn formulas_and_script_are_inert_text() {
    let seen = seen(
        "Дата и время,Номер,Направление,Длительность,Имя\n\
         03.09.2025 10:15:00,79071112233,Входящий,00:12,\"=HYPERLINK(\"\"http://example.org\"\",\"\"x\"\")\"\n\
         03.09.2025 10:16:00,79071112244,Входящий,00:12,<script>alert(1)</script>\n\
         03.09.2025 10:17:00,=1+1,Входящий,00:12,@SUM(A1)\n",
    );
    assert_eq!(
        seen.dictionary.labels,
        ["=HYPERLINK(\"http://example.org\",\"x\")", "<script>alert(1)</script>", "@SUM(A1)"]
    );
    assert_eq!(seen.dictionary.spellings[2].0, "=1+1");
    assert_eq!(seen.summary.records, 3);
}

#[test]
fn equal_rows_are_repeats_and_other_services_are_not() {
    let seen = seen(
        "Дата и время;Услуга;Номер;Направление;Длительность\n\
         03.09.2025 10:15:00;Звонок;79071112233;Входящий;00:12\n\
         03.09.2025 10:15:00;Звонок;8 907 111-22-33;Вх.;0:12\n\
         03.09.2025 10:15:00;Звонок;79071112233;Исходящий;00:12\n\
         03.09.2025 10:15:00;Звонок;79071112233;Входящий;00:13\n\
         03.09.2025 10:15:00;SMS;79071112233;;1\n\
         03.09.2025 10:15:00;SMS;79071112233;;1\n",
    );
    assert_eq!((seen.summary.records, seen.summary.repeats_in_file), (3, 1), "another spelling is the same number");
    assert!(matches!(seen.fates[1], RowFate::Repeat { of: 2, .. }));
    assert_eq!(seen.summary.other["sms"], 2);
}

#[test]
fn dates_and_times_may_stand_apart_and_be_written_shortly() {
    let seen = seen(
        "Дата;Время;Тип;Телефон;Продолжительность\n\
         03.09.25;9:05:00;вх;79071112233;1 мин 5 сек\n\
         03.09.2025;10:15;исх;79071112244;65\n\
         2025-09-03;10:15:07;пропущенный;79071112255;0\n",
    );
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T09:05:00+03:00 incoming answered +79071112233 65 -",
            "2025-09-03T10:15:00+03:00 outgoing answered +79071112244 65 -",
            "2025-09-03T10:15:07+03:00 incoming missed +79071112255 0 -",
        ]
    );
    let precision: Vec<_> = seen.dictionary.clocks.iter().map(|c| c.precision).collect();
    assert_eq!(precision, [Precision::Second, Precision::Minute]);
}

#[test]
fn two_number_columns_are_told_apart_by_the_own_line() {
    let text = "Начало;Кто звонил;Кому звонили;Длительность\n\
                2025-09-03 10:15:00;79071112233;79071110000;5\n\
                2025-09-03 10:16:00;8 907 111-00-00;79071112244;7\n\
                2025-09-03 10:17:00;79071112233;79071112244;9\n";
    let line = Some(read_number("+79071110000", None));
    let seen = seen_with(text.as_bytes(), &ReadOptions { line, ..ReadOptions::default() });
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 5 -",
            "2025-09-03T10:16:00+03:00 outgoing answered +79071112244 7 -",
            "2025-09-03T10:17:00+03:00 unknown answered +79071112233 9 -",
        ]
    );
    assert!(seen.lines().is_empty(), "a line that the person picked is not one that the file names");
    assert!(seen.records().iter().all(|r| r.line == Some(0)), "but the rows are taken as that line's");
}

#[test]
fn the_number_in_every_row_of_two_columns_is_the_own_line() {
    let table = |rows: &str| format!("Дата и время;Номер А;Номер Б;Длительность\n{rows}");
    let out = table(
        "10.08.2025 10:00:00;79071110000;79071112233;0:03\n11.08.2025 10:01:00;79071110000;79071112244;0:04\n\
         12.08.2025 10:02:00;79071112255;8 907 111-00-00;0:05\n",
    );
    let found = seen(out.into_bytes());
    assert_eq!(found.lines(), ["+79071110000"], "the file names the line by every row of it");
    assert_eq!(
        found.told(),
        [
            "2025-08-10T10:00:00+03:00 outgoing answered +79071112233 3 -",
            "2025-08-11T10:01:00+03:00 outgoing answered +79071112244 4 -",
            "2025-08-12T10:02:00+03:00 incoming answered +79071112255 5 -",
        ]
    );
    // Two people who only call one another prove nothing, nor does a table of strangers.
    let pair = "10.08.2025 10:00:00;79071110000;79071112233;0:03\n".repeat(4);
    let strangers: String =
        (0..4).map(|n| format!("1{n}.08.2025 10:00:00;7907111000{n};7907111223{n};0:03\n")).collect();
    for rows in [pair, strangers] {
        assert!(seen(table(&rows).into_bytes()).lines().is_empty());
    }
}

#[test]
fn the_zone_is_the_given_the_stated_the_lines_or_assumed() {
    let plain = "Дата и время;Номер;Длительность\n03.09.2025 10:15:00;79071112233;00:12\n";
    let stated = "Дата и время;GMT*;Номер;Длительность\n03.09.2025 10:15:00;+05:00;79071112233;00:12\n\
                  03.09.2025 10:15:00;МСК+2;79071112244;00:12\n";
    let omsk = Zone::parse("Asia/Omsk");
    let moscow = Some(Zone::MOSCOW);
    let cases = [
        (plain, None, None, moscow, ZoneBasis::Assumed, "10:15:00+03:00"),
        (plain, None, omsk, omsk, ZoneBasis::Line, "10:15:00+06:00"),
        (plain, omsk, moscow, omsk, ZoneBasis::Given, "10:15:00+06:00"),
        (stated, None, omsk, None, ZoneBasis::Stated, "10:15:00+05:00"),
        (stated, omsk, None, omsk, ZoneBasis::Given, "10:15:00+06:00"),
    ];
    for (text, zone, line_zone, expected, basis, shown) in cases {
        let seen = seen_with(text.as_bytes(), &ReadOptions { zone, line_zone, ..ReadOptions::default() });
        assert_eq!((seen.summary.zone, seen.summary.zone_basis), (expected, Some(basis)));
        assert!(seen.told().iter().all(|told| told.contains(shown)), "{:?}", seen.told());
        assert!(seen.dictionary.clocks.iter().all(|clock| clock.basis == basis));
    }
}

#[test]
fn rows_of_other_lines_are_counted_and_not_read() {
    let text = "Номер абонента;Дата;Время;Телефон;Направление;Длительность\n\
                79071110000;03.09.2025;10:15:00;79071112233;Входящий;00:12\n\
                79071110001;что угодно;;;;\n";
    let line = Some(read_number("8 907 111-00-00", None));
    let seen = seen_with(text.as_bytes(), &ReadOptions { line, ..ReadOptions::default() });
    assert_eq!((seen.summary.records, seen.summary.other_lines, seen.summary.problems.len()), (1, 1, 0));
    assert_eq!(seen.lines(), ["+79071110000", "+79071110001"]);
}

#[test]
fn a_workbook_reads_like_the_same_table_of_text() {
    let rows: Vec<Vec<&str>> = DETAIL.lines().take(10).map(|line| line.split(';').collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let seen = seen(workbook(&[("Титул", &[&["Отчёт"]]), ("Детализация", &rows)]));
    assert_eq!((seen.what.recipe.as_str(), seen.what.encoding.as_str()), ("table", ""));
    assert_eq!((seen.summary.rows, seen.summary.records), (4, 3));
    let place = seen.records()[0].place;
    assert_eq!((place.sheet, place.row, place.length), (2, 5, 0), "the sheet and its row, no byte range");
    assert_eq!(seen.lines(), ["+79071110000"]);
    // The title, two lines and a blank one above, the header again, a blank one.
    assert_eq!(seen.summary.skipped, 6);
}

#[test]
fn dates_and_durations_of_a_workbook_may_be_numbers_of_any_style() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (c, head) in ["Дата и время", "Номер", "Направление", "Длительность", "Имя"].iter().enumerate()
    {
        sheet.write_string(0, c as u16, *head).unwrap();
    }
    let styled = Format::new().set_num_format("dd.mm.yyyy hh:mm:ss");
    let hours = Format::new().set_num_format("[h]:mm:ss");
    let clock = Format::new().set_num_format("hh:mm:ss");
    let when = ExcelDateTime::parse_from_str("2025-09-03T10:15:07").unwrap();
    sheet.write_datetime_with_format(1, 0, &when, &styled).unwrap();
    sheet.write_number_with_format(1, 3, 65.0 / 86_400.0, &hours).unwrap();
    sheet.write_number(2, 0, when.to_excel()).unwrap();
    sheet.write_number_with_format(2, 3, 65.0 / 86_400.0, &clock).unwrap();
    sheet.write_string(3, 0, "03.09.2025 10:15:07").unwrap();
    sheet.write_number(3, 3, 65).unwrap();
    for row in 1..=3u32 {
        sheet.write_number(row, 1, 79_071_112_230.0 + f64::from(row)).unwrap();
        sheet.write_string(row, 2, "Входящий").unwrap();
    }
    sheet.write_formula(3, 4, Formula::new("=1+1").set_result("посчитано")).unwrap();
    let seen = seen(book.save_to_buffer().unwrap());
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:07+03:00 incoming answered +79071112231 65 -",
            "2025-09-03T10:15:07+03:00 incoming answered +79071112232 65 -",
            "2025-09-03T10:15:07+03:00 incoming answered +79071112233 65 посчитано",
        ],
        "a formula is read by the value that the file keeps of it"
    );
}

#[test]
fn the_kind_of_witness_is_the_persons_where_the_layout_fixes_none() {
    let text = "Дата и время;Номер;Длительность\n03.09.2025 10:15:00;79071112233;00:12\n";
    assert_eq!(seen(text).what.kind, SourceKind::Other);
    let options = ReadOptions { kind: Some(SourceKind::Operator), ..ReadOptions::default() };
    assert_eq!(seen_with(text.as_bytes(), &options).what.kind, SourceKind::Operator);
}

#[test]
fn a_header_without_rows_is_refused_as_such() {
    refusal("Дата и время;Номер;Длительность\n", Code::NoRows);
    refusal("Дата и время;Номер;Длительность\nИтого;;0\n", Code::NoRows);
    refusal(workbook(&[("Лист", &[&["Дата и время", "Номер", "Длительность"]])]), Code::NoRows);
}

#[test]
fn an_unknown_layout_is_refused_as_such() {
    refusal("Месяц;Сумма\nянварь;100\n", Code::RecipeUnknown);
    refusal("просто письмо без таблицы\n", Code::RecipeUnknown);
}

#[test]
fn a_forced_recipe_must_fit() {
    let text = "Дата и время;Номер;Длительность\n03.09.2025 10:15:00;79071112233;00:12\n";
    for recipe in ["mts-xml", "beeline-b2b-csv", "no-such-recipe"] {
        let options = ReadOptions { recipe: Some(recipe.to_owned()), ..ReadOptions::default() };
        let error = crate::common::try_with(text.as_bytes(), &options).map(|_| ()).unwrap_err();
        assert_eq!((error.code, error.detail["recipe"].as_str()), (Code::RecipeUnfit, Some(recipe)));
    }
    let options = ReadOptions { recipe: Some("table".to_owned()), ..ReadOptions::default() };
    assert_eq!(seen_with(text.as_bytes(), &options).summary.records, 1);
}

/// Records and repeats of a table with these rows.
fn told_apart(rows: &[&str]) -> (u64, u64) {
    let head = "№;Дата и время;Номер;Направление;Длительность;Стоимость\n";
    let seen = seen(head.to_owned() + &rows.join("\n"));
    assert!(seen.problems().is_empty(), "{:?}", seen.problems());
    (seen.summary.records, seen.summary.repeats_in_file)
}

#[test]
fn calls_of_one_minute_or_one_day_are_no_repeats() {
    let missed = |at: &str, n: &str| format!("{n};{at};79071112233;Пропущенный;0:00;0,00");
    for at in ["03.09.2025 10:15", "03.09.2025"] {
        let rows = ["", "", ""].map(|n| missed(at, n));
        assert_eq!(told_apart(&rows.each_ref().map(String::as_str)), (3, 0), "{at}");
        // Only the number that the source gives to a row says that it is the same row.
        let rows = ["1", "2", "2"].map(|n| missed(at, n));
        assert_eq!(told_apart(&rows.each_ref().map(String::as_str)), (2, 1), "{at}");
    }
    let answered = ["03.09.2025 10:15", "03.09.2025 10:15:00"].map(|at| {
        let row = |n: u32, cost: &str| format!("{n};{at};79071112233;Входящий;0:03;{cost}");
        (told_apart(&[&row(4, "1,00"), &row(5, "2,50")]), told_apart(&[&row(4, "1,00"), &row(4, "1,00")]))
    });
    let (to_the_minute, to_the_second) = (((2, 0), (1, 1)), ((1, 1), (1, 1)));
    assert_eq!(
        answered,
        [to_the_minute, to_the_second],
        "to the second neither a running number nor a price parts them"
    );
    // A phone's list without a header, in which nothing numbers the rows.
    let burst = "Missed,23/09/25 09:45,00:00:00,+79071112233,Anna\n".repeat(3);
    let seen = seen(burst);
    assert_eq!((seen.what.recipe.as_str(), seen.summary.records), ("imazing2-csv", 3));
}
