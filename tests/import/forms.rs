//! Forms of files: workbooks old and binary, OpenDocument, pages, archives. Each is read, or refused in words; none can
//! harm, whatever its bytes.

use crate::common::{Chance, encoded, package, refusal, seen, try_with, workbook};
use std::io::{Cursor, Write};
use std::path::Path;
use ulika::error::Code;
use ulika::import::{ReadOptions, look, rows_as_found};

fn sample(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(path)).unwrap()
}

const CSV: &str = "Дата и время;Номер;Направление;Длительность\n03.09.2025 10:15:00;79071112233;Входящий;00:12\n";
const PAGE: &str = "<table><tr><th>Дата и время</th><th>Номер</th><th>Направление</th><th>Длительность</th></tr>\
    <tr><td>03.09.2025 10:15:00</td><td>79071112233</td><td>Входящий</td><td>00:12</td></tr></table>";
const TOLD: &str = "2025-09-03T10:15:00+03:00 incoming answered +79071112233 12 -";

fn ods(sheet: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet>\
         <table:table table:name=\"Лист1\">{sheet}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

fn ods_row(cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|c| format!("<table:table-cell office:value-type=\"string\"><text:p>{c}</text:p></table:table-cell>"))
        .collect();
    format!("<table:table-row>{cells}</table:table-row>")
}

#[test]
fn a_page_with_a_table_is_a_table() {
    let seen_page = seen(encoded(PAGE, "windows-1251"));
    assert_eq!((seen_page.what.recipe.as_str(), seen_page.what.encoding.as_str()), ("table", "windows-1251"));
    assert_eq!(seen_page.told(), [TOLD]);
    let place = seen_page.records()[0].place;
    assert_eq!((place.sheet, place.row), (0, 2), "rows are counted as they stand in the page");
    let found = rows_as_found(&mut Cursor::new(encoded(PAGE, "windows-1251")), &seen_page.what, &[(0, 2)]).unwrap();
    assert_eq!(found[0].cells, ["03.09.2025 10:15:00", "79071112233", "Входящий", "00:12"]);
    assert_eq!(found[0].columns[1], "Номер");
}

#[test]
fn a_page_is_read_as_it_is_shown() {
    let page = "<!DOCTYPE html><html><head><title>Дата и время</title><style>td{}</style>\
        <script>document.write('<td>03.09.2025</td>')</script></head><body><p>Номер абонента: 79071110000</p>\
        <TABLE border=1><TR><TD rowspan=2>Дата&nbsp;и<br>время<TD colspan=2>Звонок<TD rowspan=2>Длительность\
        <TR><TD>Номер<TD>Направление\
        <TR><TD>03.09.2025\n   10:15:00<TD><b>7907</b>1112233<TD>Входящий<TD>00:12\
        <TR><TD>04.09.2025 10:15:00<TD>79071112244<TD>Исходящий\
        <!-- <TR><TD>05.09.2025 10:15:00 --></TABLE>";
    let seen = seen(page);
    assert_eq!(
        seen.told(),
        [TOLD, "2025-09-04T10:15:00+03:00 outgoing unknown +79071112244 - -"],
        "cells at the end may be left out: {:?}",
        seen.problems()
    );
}

#[test]
fn a_person_can_look_at_a_page_and_set_its_columns() {
    let page = PAGE.replace("Дата и время", "Когда-то").replace("Номер", "Кто").replace("Направление", "Как");
    refusal(&page, Code::RecipeUnknown);
    let seen = look(&mut Cursor::new(page.as_bytes()), "page.html", None).unwrap();
    assert_eq!((seen.sheet, seen.rows.len(), seen.columns.len()), (0, 2, 4));
    let text = ulika::import::recipe_text(&seen.mapping, ulika::import::MappingName::of("мой"));
    let own = ulika::import::OwnRecipe::parse(&text).unwrap();
    let options = ReadOptions { own: vec![own], ..ReadOptions::default() };
    assert_eq!(try_with(page.as_bytes(), &options).unwrap().summary.records, 1, "{text}");
}

#[test]
fn an_opendocument_table_is_read_as_it_is_kept() {
    let sheet = ods_row(&["Дата и время", "Номер", "Направление", "Длительность", "Имя"])
        + "<table:table-row table:number-rows-repeated=\"1000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\
           <table:table-row table:number-rows-repeated=\"2\">\
           <table:table-cell office:value-type=\"date\" office:date-value=\"2025-09-03T10:14:59.999999\"><text:p>03.09.25</text:p></table:table-cell>\
           <table:table-cell office:value-type=\"float\" office:value=\"79071112233\"><text:p>7,9E+10</text:p></table:table-cell>\
           <table:table-cell office:value-type=\"string\"><office:annotation><text:p>Исходящий</text:p></office:annotation><text:p>Вхо<text:span>дящий</text:span></text:p></table:table-cell>\
           <table:table-cell office:value-type=\"time\" office:time-value=\"PT00H00M12S\"><text:p>00:12</text:p></table:table-cell>\
           <table:table-cell office:value-type=\"string\"><text:p>А &amp; Б</text:p></table:table-cell></table:table-row>";
    let seen = seen(ods(&sheet));
    assert_eq!((seen.what.recipe.as_str(), seen.what.encoding.as_str()), ("table", ""));
    assert_eq!(seen.told(), [TOLD.replace(" -", " А & Б")]);
    assert_eq!((seen.summary.rows, seen.summary.repeats_in_file), (2, 1), "a row that stands twice");
    assert_eq!((seen.records()[0].place.sheet, seen.records()[0].place.row), (1, 1002));
    assert_eq!(seen.summary.skipped, 1000);
}

#[test]
fn an_opendocument_file_cannot_swell() {
    let head = ods_row(&["Дата и время", "Номер", "Длительность"]);
    let many = "<table:table-row table:number-rows-repeated=\"1048570\">\
        <table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row>";
    refusal(ods(&format!("{head}{many}")), Code::FileTooLarge);
    let long = format!(
        "<table:table-row><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>{}</text:p>\
         </table:table-cell></table:table-row>",
        "я".repeat(30_000)
    );
    refusal(ods(&format!("{head}{long}")), Code::FileTooLarge);
    let far = "<table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell/></table:table-row>"
        .to_owned()
        + &ods_row(&["03.09.2025 10:15:00", "79071112233", "00:12"]);
    assert_eq!(seen(ods(&format!("{head}{far}"))).records()[0].place.row, 1_048_576);
}

#[test]
fn opendocument_files_of_other_kinds_say_what_they_are() {
    let text = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", b"<m media-type=\"application/vnd.oasis.opendocument.text\"/>"),
        ("content.xml", b"<office:document-content/>"),
    ]);
    assert!(refusal(text, Code::FormatUnknown).detail["seems"].as_str().unwrap().contains("не таблица"));
    let locked =
        package(&[("META-INF/manifest.xml", b"<manifest:encryption-data/>"), ("content.xml", b"\x01\x02\x03")]);
    assert!(refusal(locked, Code::FormatUnknown).detail["seems"].as_str().unwrap().contains("паролем"));
}

#[test]
fn an_archive_of_one_file_is_that_file() {
    let bytes = encoded(CSV, "windows-1251");
    let book = workbook(&[(
        "Лист",
        &[
            &["Дата и время", "Номер", "Направление", "Длительность"],
            &["03.09.2025 10:15:00", "79071112233", "Входящий", "00:12"],
        ],
    )]);
    let macos: &[u8] = b"\0\x05\x16\x07";
    let archives: [Vec<u8>; 5] = [
        package(&[("детализация.csv", &bytes)]),
        package(&[
            ("папка/", b""),
            ("папка/detail.csv", &bytes),
            ("__MACOSX/папка/._detail.csv", macos),
            ("папка/.DS_Store", b"x"),
        ]),
        package(&[("README.txt", "прочтите; это".as_bytes()), ("detail.xls", PAGE.as_bytes())]),
        package(&[("report.xlsx", &book), ("picture.png", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR")]),
        package(&[("письмо.txt", "Здравствуйте,\nвот детализация".as_bytes()), ("detail.csv", &bytes)]),
    ];
    for archive in archives {
        let seen = seen(&archive);
        assert_eq!((seen.what.recipe.as_str(), seen.told()), ("table", vec![TOLD.to_owned()]));
        let place = seen.records()[0].place;
        let wanted = [(place.sheet, place.row)];
        let found = rows_as_found(&mut Cursor::new(archive.clone()), &seen.what, &wanted).unwrap();
        assert_eq!(found[0].cells[1], "79071112233", "the row is found again in the archive");
        assert_eq!(look(&mut Cursor::new(archive), "a.zip", None).unwrap().columns.len(), 4);
    }
}

#[test]
fn an_archive_of_several_tables_asks_for_one() {
    let bytes = CSV.as_bytes();
    let error = refusal(package(&[("июнь.csv", bytes), ("июль.csv", bytes)]), Code::FormatUnknown);
    let seems = error.detail["seems"].as_str().unwrap();
    assert!(seems.contains("июнь.csv, июль.csv") && seems.contains("распакуйте"), "{seems}");
    assert!(error.detail["seems_en"].as_str().unwrap().contains("unpack"), "{error:?}");
    let none = refusal(package(&[("a.bin", &[1, 2, 3, 0, 0, 0, 0, 0])]), Code::FormatUnknown);
    assert!(none.detail["seems"].as_str().unwrap().contains("ни одной таблицы"));
    refusal(package(&[("пусто/", b"")]), Code::FormatUnknown);
}

#[test]
fn an_archive_cannot_swell() {
    let zeros = vec![b' '; 300 << 20];
    let bytes = package(&[("detail.csv", &zeros)]);
    drop(zeros);
    assert!(bytes.len() < 1 << 20);
    refusal(bytes, Code::FileTooLarge);
}

/// An old workbook in which one record of the first sheet says that a cell stands in the last corner.
fn far_cell(mut bytes: Vec<u8>) -> Vec<u8> {
    // Text by its place: row, column, style, place.
    let label = [0xFD, 0x00, 0x0A, 0x00, 0x00, 0x00, 0x00, 0x00];
    let at = memchr::memmem::find(&bytes, &label).expect("the first cell of a sheet");
    bytes[at + 4..at + 8].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x00]);
    bytes
}

#[test]
fn an_old_workbook_cannot_swell() {
    let bytes = sample("foreign/t2.xls");
    assert_eq!(seen(&bytes).what.recipe, "t2-csv");
    refusal(far_cell(bytes), Code::FileTooLarge);
}

/// An old workbook of one sheet with these records of cells.
fn old_book(cells: &[u8]) -> Vec<u8> {
    let record = |kind: u16, bytes: &[u8]| [&kind.to_le_bytes(), &(bytes.len() as u16).to_le_bytes(), bytes].concat();
    let begin = |what: u8| record(0x0809, &[0, 6, what, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let (globals, end) = (begin(5), record(0x000A, &[]));
    let sheet = |at: u32| record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat());
    let at = globals.len() + sheet(0).len() + end.len();
    let stream = [&globals, &sheet(at as u32), &end, &begin(0x10), cells, &end].concat();
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A text of an old workbook.
fn old_text(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&(letters.len() as u16 / 2).to_le_bytes()[..], &[1], &letters].concat()
}

/// A cell whose text stands in it.
fn old_label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let bytes = [&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &old_text(text)].concat();
    [&[0x04, 0x02][..], &(bytes.len() as u16).to_le_bytes(), &bytes].concat()
}

/// A cell whose formula comes to a text: the formula, and the text in a record of its own.
fn old_formula(row: u16, column: u16, text: &str) -> Vec<u8> {
    let value = [0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
    // The formula itself is the number 1.
    let formula = [0, 0, 0, 0, 0, 0, 3, 0, 0x1E, 1, 0];
    let bytes = [&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &value, &formula].concat();
    let text = old_text(text);
    [
        &[0x06, 0x00][..],
        &(bytes.len() as u16).to_le_bytes(),
        &bytes,
        &[0x07, 0x02],
        &(text.len() as u16).to_le_bytes(),
        &text,
    ]
    .concat()
}

#[test]
fn an_old_workbook_of_formulas_that_come_to_texts_is_read() {
    let head = ["Дата и время", "Номер", "Направление", "Длительность"];
    let mut cells: Vec<u8> = (0..).zip(head).flat_map(|(column, text)| old_label(0, column, text)).collect();
    for row in 1..=600 {
        cells.extend(old_label(row, 0, &format!("03.09.2025 {:02}:{:02}:00", row / 60, row % 60)));
        cells.extend(old_label(row, 1, "79071112233"));
        // Its first letter, read as a part of a column, would lie beyond the last column of any sheet.
        cells.extend(old_formula(row, 2, "исходящий"));
        cells.extend(old_label(row, 3, "00:12"));
    }
    let seen = seen(old_book(&cells));
    assert_eq!((seen.summary.rows, seen.summary.records), (600, 600), "{:?}", seen.problems());
    assert_eq!(seen.told()[599], "2025-09-03T10:00:00+03:00 outgoing answered +79071112233 12 -");
    // What a formula comes to stands where the formula does, or in the first cell.
    let corner = old_formula(u16::MAX, 255, "исходящий");
    refusal(old_book(&[old_label(0, 0, "Номер"), corner].concat()), Code::FileTooLarge);
    let text = old_text("исходящий");
    let alone = [&[0x07, 0x02][..], &(text.len() as u16).to_le_bytes(), &text].concat();
    refusal(old_book(&[alone, old_label(u16::MAX, 255, "Номер")].concat()), Code::FileTooLarge);
}

#[test]
fn an_old_workbook_cannot_swell_behind_a_chart() {
    let chart = [&[0x09, 0x08, 4, 0, 0, 6, 0x20, 0][..], &[0x0A, 0x00, 0, 0]].concat();
    let cells = [old_label(0, 0, "Номер"), chart, old_label(u16::MAX, 255, "Номер")].concat();
    refusal(old_book(&cells), Code::FileTooLarge);
}

#[test]
fn a_cut_old_workbook_is_no_whole_one() {
    let bytes = sample("foreign/t2.xls");
    for length in [300, 2000, bytes.len() / 2] {
        let error = try_with(&bytes[..length], &ReadOptions::default()).map(|_| ()).unwrap_err();
        assert!(matches!(error.code, Code::FileDamaged | Code::FileTruncated), "{length}: {error}");
    }
}

/// Every form, with bytes changed, cut out and doubled as chance has it: read with sums that add up, or refused.
#[test]
fn no_bytes_do_harm() {
    let forms: [Vec<u8>; 6] = [
        sample("foreign/mts-business.xls"),
        sample("foreign/table.ods"),
        sample("recipes/beeline-xls.xlsx"),
        sample("recipes/mts-table.html"),
        package(&[("a.csv", CSV.as_bytes()), ("readme.txt", b"x")]),
        ulika_samples::binary_book().unwrap(),
    ];
    let mut chance = Chance(0x0123_4567_89AB_CDEF);
    let mut next = |below: usize| chance.below(below);
    for whole in forms {
        for _ in 0..60 {
            let mut bytes = whole.clone();
            for _ in 0..=next(6) {
                let at = next(bytes.len());
                match next(5) {
                    0 => bytes[at] = next(256) as u8,
                    1 => bytes[at] ^= 1 << next(8),
                    2 => bytes.truncate(at.max(8)),
                    3 => {
                        let end = (at + next(64)).min(bytes.len());
                        bytes.drain(at..end);
                    }
                    _ => {
                        let end = (at + 4).min(bytes.len());
                        bytes[at..end].fill(0xFF);
                    }
                }
                if bytes.is_empty() {
                    break;
                }
            }
            // Read or refused, as it may be: what must not happen is a panic.
            let _ = try_with(&bytes, &ReadOptions::default());
        }
    }
}

#[test]
fn minutes_and_seconds_that_a_spreadsheet_took_for_a_time_of_day_are_read_by_their_heading() {
    let book = |heading: &str, lengths: &[f64]| {
        let mut book = rust_xlsxwriter::Workbook::new();
        // More than a day is kept as a stretch of time.
        let clock =
            |days: f64| rust_xlsxwriter::Format::new().set_num_format(if days < 1.0 { "h:mm" } else { "[h]:mm:ss" });
        let sheet = book.add_worksheet();
        for (column, text) in ["Дата и время", "Номер", "Направление", heading].into_iter().enumerate()
        {
            sheet.write_string(0, column as u16, text).unwrap();
        }
        for (row, length) in (1..).zip(lengths) {
            sheet.write_string(row, 0, format!("0{row}.09.2025 10:15:00")).unwrap();
            sheet.write_string(row, 1, "79353104072").unwrap();
            sheet.write_string(row, 2, "Входящий").unwrap();
            sheet.write_number_with_format(row, 3, *length, &clock(*length)).unwrap();
        }
        seen(book.save_to_buffer().unwrap())
    };
    let lengths = |whole: &crate::common::Seen| whole.records().iter().map(|r| r.duration_s).collect::<Vec<_>>();
    let minutes = |whole: f64| whole / 1440.0;
    // 18:18, 0:31, 75:01 as a person typed them.
    let typed = [minutes(1098.0), minutes(31.0), minutes(4501.0)];
    let shifted = book("Длительность (мин.:сек.)", &typed);
    assert_eq!(lengths(&shifted), [Some(1098), Some(31), Some(4501)]);
    assert_eq!(shifted.summary.notes.len(), 1, "{:?}", shifted.summary.notes);
    assert!(shifted.summary.notes[0].text.contains("18:18:00"), "{:?}", shifted.summary.notes);
    // One length with seconds says that they are true lengths.
    let true_ones = book("Длительность (мин.:сек.)", &[minutes(1098.0), minutes(31.5)]);
    assert_eq!(lengths(&true_ones), [Some(65_880), Some(1890)]);
    assert!(true_ones.summary.notes.is_empty(), "{:?}", true_ones.summary.notes);
    // A call of an hour may be written with its hours where the others are minutes and seconds.
    let with_hours = book("Длительность (мин.:сек.)", &[minutes(31.0), minutes(62.05), minutes(65.0)]);
    assert_eq!(lengths(&with_hours), [Some(31), Some(3723), Some(65)]);
    // Under a heading that says nothing a call of three days cannot be.
    let days = book("Длительность", &typed);
    assert_eq!(lengths(&days), [Some(1098), Some(31), Some(4501)]);
    assert!(days.summary.notes[0].text.contains("75:01:00"), "{:?}", days.summary.notes);
    // Where nothing proves it they are read as they stand, and a person is told to look.
    let unsaid = book("Длительность", &[minutes(18.0), minutes(31.0), minutes(65.0)]);
    assert_eq!(lengths(&unsaid), [Some(1080), Some(1860), Some(3900)]);
    let kinds: Vec<&str> = unsaid.summary.notes.iter().map(|note| note.kind.word()).collect();
    assert_eq!(kinds, ["lengths_doubt"]);
    assert!(unsaid.summary.notes[0].text_en.contains("0:18:00"), "{:?}", unsaid.summary.notes);
    let hours = book("Длительность (ч:мм)", &[minutes(18.0), minutes(31.0)]);
    assert_eq!(lengths(&hours), [Some(1080), Some(1860)]);
    assert!(hours.summary.notes.is_empty(), "{:?}", hours.summary.notes);
    // Many lengths that may be minutes and seconds are not said to be whole minutes.
    let many: Vec<f64> = (0..24).map(|n| minutes(f64::from(n * 7 + 3))).collect();
    let kinds: Vec<&str> = book("Длительность", &many).summary.notes.iter().map(|note| note.kind.word()).collect();
    assert_eq!(kinds, ["lengths_doubt"]);
}

#[test]
fn minutes_and_seconds_that_a_spreadsheet_took_for_a_time_of_day_are_read_by_their_layout() {
    use rust_xlsxwriter::{Format, Workbook};
    let t2 = |typed: bool| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "Абонент: 79071112233").unwrap();
        for (row, length) in (1..).zip([5.0, 65.0, 70.0]) {
            sheet.write_string(row, 0, format!("0{row}.09.25 10:15:07")).unwrap();
            sheet.write_string(row, 1, "Тест").unwrap();
            sheet.write_string(row, 2, "Входящий").unwrap();
            sheet.write_string(row, 4, format!("7935310407{row}")).unwrap();
            let (minutes, seconds) = (f64::from(length as u32 / 60), length % 60.0);
            if typed {
                let clock = Format::new().set_num_format("h:mm");
                sheet.write_number_with_format(row, 7, length / 1440.0, &clock).unwrap();
            } else {
                // As the layout itself writes a call of an hour.
                let text = if length < 70.0 { format!("{minutes:02}:{seconds:02}") } else { "01:10:00".to_owned() };
                sheet.write_string(row, 7, text).unwrap();
            }
            sheet.write_string(row, 9, "0,00").unwrap();
        }
        seen(book.save_to_buffer().unwrap())
    };
    let lengths = |whole: &crate::common::Seen| whole.records().iter().map(|r| r.duration_s).collect::<Vec<_>>();
    let typed = t2(true);
    assert_eq!(typed.what.recipe, "t2-csv");
    assert_eq!(lengths(&typed), [Some(5), Some(65), Some(70)]);
    assert_eq!(typed.summary.notes[0].kind.word(), "lengths");
    // A text is what was written.
    let written = t2(false);
    assert_eq!(lengths(&written), [Some(5), Some(65), Some(4200)]);
    assert!(written.summary.notes.is_empty(), "{:?}", written.summary.notes);

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Сетевой ресурс").unwrap();
    sheet.write_string(0, 1, "79071112233").unwrap();
    let headings = ["Дата", "Время", "GMT*", "Номер", "Зона вызова", "Зона направления вызова/номер сессии", "Услуга"];
    for (column, heading) in (0..).zip(headings.into_iter().chain(["Длительность/Объем (мин.:сек.)/(Kb)"]))
    {
        sheet.write_string(1, column, heading).unwrap();
    }
    for (row, length) in (2..).zip([5.0, 65.0, 4500.0]) {
        let cells = [&format!("0{row}.09.2025"), "10:15:07", "+03:00", "+79353104072", "Москва", "", "Телеф."];
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
        let clock = Format::new().set_num_format(if length < 1440.0 { "h:mm" } else { "[h]:mm:ss" });
        sheet.write_number_with_format(row, 7, length / 1440.0, &clock).unwrap();
    }
    let mts = seen(book.save_to_buffer().unwrap());
    assert_eq!(mts.what.recipe, "mts-table");
    assert_eq!(lengths(&mts), [Some(5), Some(65), Some(4500)]);
    assert_eq!(mts.summary.notes[0].kind.word(), "lengths");
}
