//! Rows that no header of their own explains: read by another of the file where that is certain, and never lost.

use crate::common::{Seen, seen, seen_with, workbook};
use std::io::Cursor;
use ulika::import::{Discard, NoteKind, ReadOptions, identify, read_extract, read_number, rows_as_found};
use ulika::progress::Silent;

const HEAD: &str = "Дата и время;Номер;Направление;Длительность";

/// The n-th row of a table.
fn row(n: usize) -> String {
    let way = if n.is_multiple_of(2) { "Исходящий" } else { "Входящий" };
    format!("{:02}.09.2025 10:{:02}:07;7935111{n:04};{way};0:{:02}", n % 28 + 1, n % 60, n % 50 + 3)
}

fn rows(from: usize, to: usize) -> Vec<String> {
    (from..to).map(row).collect()
}

/// A workbook of these sheets, each of lines with semicolons between the cells.
fn book(sheets: &[(&str, Vec<String>)]) -> Vec<u8> {
    let cells: Vec<Vec<Vec<&str>>> =
        sheets.iter().map(|(_, lines)| lines.iter().map(|line| line.split(';').collect()).collect()).collect();
    let lines: Vec<Vec<&[&str]>> = cells.iter().map(|sheet| sheet.iter().map(Vec::as_slice).collect()).collect();
    let sheets: Vec<(&str, &[&[&str]])> =
        sheets.iter().zip(&lines).map(|((name, _), lines)| (*name, lines.as_slice())).collect();
    workbook(&sheets)
}

fn headed(lines: Vec<String>) -> Vec<String> {
    std::iter::once(HEAD.to_owned()).chain(lines).collect()
}

fn kinds(seen: &Seen) -> Vec<NoteKind> {
    seen.summary.notes.iter().map(|note| note.kind).collect()
}

/// What the same rows say under a header of their own.
fn told(count: usize) -> Vec<String> {
    seen(headed(rows(0, count)).join("\n")).told()
}

#[test]
fn a_sheet_that_does_not_repeat_the_header_goes_on_with_the_table() {
    let later = seen(book(&[("А", headed(rows(0, 20))), ("Б", rows(20, 40))]));
    assert_eq!((later.told(), later.summary.skipped, kinds(&later)), (told(40), 0, vec![NoteKind::OtherHeader]));
    let note = &later.summary.notes[0];
    assert!(note.text.contains("строка 1 листа 2") && note.text.contains("строк: 20."), "{}", note.text);
    assert!(note.text_en.contains("row 1 of sheet 2") && note.text_en.contains("rows: 20."), "{}", note.text_en);
    let earlier = seen(book(&[("А", rows(0, 20)), ("Б", headed(rows(20, 40)))]));
    assert_eq!((earlier.told(), earlier.summary.skipped), (told(40), 0));
    // A title with a period above such rows is a title all the same.
    let mut titled =
        vec!["Период: 01.09.2025 00:00:00 - 30.09.2025 23:59:59".to_owned(), "Создан;01.10.2025 10:00".into()];
    titled.extend(rows(20, 40));
    let titled = seen(book(&[("А", headed(rows(0, 20))), ("Б", titled)]));
    assert_eq!((titled.told(), titled.summary.skipped, titled.summary.problems.len()), (told(40), 2, 0));
}

#[test]
fn rows_above_a_late_header_are_read_by_it() {
    let mut lines = rows(0, 30);
    lines.push(HEAD.to_owned());
    lines.extend(rows(30, 60));
    let text = seen(lines.join("\n"));
    assert_eq!((text.told(), text.summary.skipped, kinds(&text)), (told(60), 1, vec![NoteKind::OtherHeader]));
    assert!(text.summary.notes[0].text.contains("строка 1."), "{}", text.summary.notes[0].text);
    let places: Vec<(u32, u64)> = text.records().iter().map(|r| (0, r.place.row)).collect();
    let found = rows_as_found(&mut Cursor::new(lines.join("\n")), &text.what, &places[..1]).unwrap();
    assert_eq!(found[0].columns, HEAD.split(';').collect::<Vec<_>>());
    assert_eq!(seen(book(&[("А", lines)])).told(), told(60));
    let table = |lines: Vec<String>| {
        let row =
            |line: String| format!("<tr>{}</tr>", line.split(';').map(|c| format!("<td>{c}</td>")).collect::<String>());
        format!("<table>{}</table>", lines.into_iter().map(row).collect::<String>())
    };
    let page =
        format!("<html><meta charset=utf-8><body>{}{}</body></html>", table(rows(0, 30)), table(headed(rows(30, 60))));
    assert_eq!(seen(page).told(), told(60));
}

#[test]
fn rows_of_which_no_header_is_certain_are_problems_and_not_lost() {
    let turned = |n: usize| {
        let row = row(n);
        let cells: Vec<&str> = row.split(';').collect();
        [cells[0], cells[2], cells[1], cells[3]].join(";")
    };
    let moved = |n: usize| format!("{n};{}", row(n));
    let named = std::iter::once("Столбец;Графа;Поле;Ячейка".to_owned()).chain(rows(20, 40)).collect();
    for (sheet, skipped) in [((20..40).map(turned).collect(), 0), ((20..40).map(moved).collect(), 0), (named, 1)] {
        let seen = seen(book(&[("А", headed(rows(0, 20))), ("Б", sheet)]));
        assert_eq!((seen.told(), seen.summary.rows, seen.summary.skipped), (told(20), 40, skipped));
        assert_eq!((seen.summary.problems.len(), kinds(&seen)), (20, vec![]));
        let problem = &seen.summary.problems[0];
        assert_eq!((problem.sheet, problem.row), (2, 1 + skipped));
        assert!(problem.expected.contains("заголовки столбцов"), "{}", problem.expected);
        assert!(problem.expected_en.contains("headings"), "{}", problem.expected_en);
    }
    // Two tables of the file would read them.
    let swapped = |head: &str, own: bool| {
        let row = |n: usize| {
            let (a, b) = if own { ("79071110000", "79351112233") } else { ("79351112233", "79071110000") };
            format!("{:02}.09.2025 10:00:00;{a};{b};0:05", n + 1)
        };
        std::iter::once(head.to_owned()).chain((0..5).map(row)).collect::<Vec<_>>()
    };
    let (first, second) = ("Дата и время;Номер А;Номер Б;Длительность", "Дата и время;Номер Б;Номер А;Длительность");
    let either = swapped("", true).split_off(1);
    let seen = seen(book(&[("А", swapped(first, true)), ("Б", swapped(second, false)), ("В", either)]));
    assert_eq!((seen.summary.rows, seen.summary.problems.len()), (15, 5));
}

#[test]
fn what_stands_above_a_header_and_is_no_row_stays_around_the_table() {
    let above = [
        "Детализация;01.09.2025 00:00:00;30.09.2025 23:59:59",
        "Период: 01.08.2025 - 31.08.2025",
        "Абонент:;79071110000;Создан:;01.10.2025 10:00:00",
        "01.10.2025 10:00:00;Отчёт",
    ];
    let mut lines: Vec<String> = above.map(str::to_owned).to_vec();
    lines.extend(headed(rows(0, 5)));
    for seen in [seen(lines.join("\n")), seen(book(&[("А", lines.clone())]))] {
        assert_eq!((seen.summary.rows, seen.summary.skipped, seen.summary.problems.len()), (5, 4, 0));
    }
}

#[test]
fn an_extract_of_a_line_whose_sheet_has_no_header_holds_its_calls_and_its_problems() {
    let head = "№ строки/Line number;Дата/ Date;Время/ Time;Номер собеседника/ Interlocutor number;Имя;\
        Тип сервиса/ Service type;Область/ Area;Кол-во (объём)/ Volume";
    let row =
        |n: usize| format!("{n};{:02}.09.2025;10:15:07;7935111{n:04};;Мест. связь;Звонок;0:00:{:02}", n + 1, n + 3);
    let first: Vec<String> = std::iter::once(head.to_owned()).chain((0..10).map(row)).collect();
    let odd = |n: usize| format!("{};ещё;ячейка", row(n));
    for (second, records) in [((10..20).map(row).collect::<Vec<_>>(), 10), ((10..20).map(odd).collect(), 0)] {
        let bytes = book(&[("79071110000", first.clone()), ("79071110001", second)]);
        let line = Some(read_number("79071110001", None));
        let options = ReadOptions { line, ..ReadOptions::default() };
        let whole = seen_with(&bytes, &options);
        assert_eq!((whole.summary.records, whole.summary.other_lines), (records, 10));
        assert_eq!(whole.summary.problems.len() as u64, 10 - records);
        let mut file = Cursor::new(&bytes);
        let what = identify(&mut file, "file.bin", &options).unwrap();
        let made = read_extract(&mut file, "f.xlsx", &what, &options, ("00", 1), &mut Discard, &Silent).unwrap().1;
        let part = seen(made.bytes);
        assert_eq!((part.told(), part.summary.rows), (whole.told(), 10));
        assert_eq!(part.problems(), whole.problems());
        // The other line gets no row of this one.
        let line = Some(read_number("79071110000", None));
        let other = seen_with(&bytes, &ReadOptions { line, ..ReadOptions::default() });
        assert_eq!((other.summary.records, other.summary.other_lines, other.summary.problems.len()), (10, 10, 0));
    }
}
