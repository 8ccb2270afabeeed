#![allow(clippy::unwrap_used)]
//! The traps of the published files, each in a register made here; and that a look-up is a linear scan.

use super::*;
use crate::error::Code;
use crate::model::{DatedBasis, RegisterOrigin, RegisterProblemKind as Kind};
use chrono::NaiveDate;
use proptest::prelude::*;

const HEADER: &str = "АВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН";

fn table(rows: &[&str]) -> RegisterTable {
    read(format!("\u{feff}{HEADER}\n{}", rows.join("\n")).as_bytes()).unwrap()
}

fn file(rows: &[&str], day: u32) -> RegisterFile {
    let dated = NaiveDate::from_ymd_opt(2026, 8, day).unwrap();
    let origin = RegisterOrigin {
        file: "DEF-9xx.csv".to_owned(),
        sha256: String::new(),
        dated,
        dated_basis: DatedBasis::Stated,
    };
    RegisterFile { origin, table: Arc::new(table(rows)) }
}

fn register(rows: &[&str]) -> Register {
    Register::of(vec![file(rows, 1)])
}

fn holder(register: &Register, digits: u64) -> Option<String> {
    register.range_of(digits).map(|found| found.range.operator.to_string())
}

fn problems(table: &RegisterTable) -> Vec<(u32, Kind)> {
    table.problems.iter().map(|problem| (problem.line, problem.kind)).collect()
}

#[test]
fn bare_quotes_a_mark_and_a_cyrillic_header_are_read_as_they_stand() {
    let register = register(&[
        "907;0000000;0061999;62000;ООО \"ЯСНАЯ \"СВЯЗЬ\";-;Краснодарский край;0001000010",
        "907;0062000;0062999;1000;\"ПЕРВАЯ\" АО;г. Москва * Московская область;-;0001000028",
        "907;0063000;0063999;1000;АО Х;г. Псков|Псковская обл.;г. Псков|г.о. Псков;0001000035",
    ]);
    let found =
        |digits| register.range_of(digits).map(|f| (f.range.operator.to_string(), f.range.place(), f.range.line));
    let text = str::to_owned;
    assert_eq!(found(79_070_000_000), Some((text("ООО \"ЯСНАЯ \"СВЯЗЬ\""), Some(text("Краснодарский край")), 2)));
    assert_eq!(found(79_070_061_999).map(|f| f.2), Some(2), "the last number belongs to the range");
    assert_eq!(found(79_070_062_000), Some((text("\"ПЕРВАЯ\" АО"), Some(text("г. Москва, Московская область")), 3)));
    assert_eq!(found(79_070_063_500).unwrap().1, Some(text("г. Псков, Псковская обл.")));
    for absent in [79_070_064_000, 79_069_999_999, 375_291_234_567, 7, 0, u64::MAX] {
        assert!(found(absent).is_none(), "{absent}");
    }
}

#[test]
fn older_files_have_six_columns_other_encodings_and_blanks_around() {
    let text = "АВС/ DEF;От;До;Емкость;Оператор;Регион\r\n\r\n \
        944\t;\t7721000;7721999;1000;АО \"ТРИ ВОЛНЫ\";Калужская обл.\r\n944;1;9;9;ЗАО \"Б\";-\r\n";
    let (windows, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let (dos, _, _) = encoding_rs::IBM866.encode(text);
    for bytes in [text.as_bytes(), &windows, &dos] {
        assert!(is_register(bytes));
        let table = read(bytes).unwrap();
        assert_eq!((table.rows, table.ranges.len(), table.problems.len()), (2, 2, 0));
        let register =
            Register::of(vec![RegisterFile { table: Arc::new(table), ..file(&["900;1;1;1;А;Б;В;1"], 1) }]);
        let found = register.range_of(79_447_721_500).unwrap();
        assert_eq!((&*found.range.operator, &*found.range.inn), ("АО \"ТРИ ВОЛНЫ\"", ""));
        assert_eq!(
            register.range_of(79_440_000_005).unwrap().range.place(),
            None,
            "a dash and no territory is no place"
        );
    }
}

#[test]
fn what_is_no_register_is_told_from_one() {
    for other in ["час;кого видно;имя\n1;2;3\n", "", "Дата;От;До;Оператор\n1;2;3;4", "DEF;Оператор;Регион\n9;А;Б"]
    {
        assert!(!is_register(other.as_bytes()), "{other}");
        assert_eq!(read(other.as_bytes()).unwrap_err().code, Code::RecipeUnknown);
    }
    assert_eq!(read(format!("{HEADER}\n").as_bytes()).unwrap_err().code, Code::NoRows);
}

#[test]
fn a_row_that_does_not_hold_is_told_with_its_line_and_loses_no_other() {
    let table = table(&[
        "907;0000000;0000999;1000;АО А;М;М;1",
        "907;0001000;0001999;999;АО Б;М;М;2",
        "",
        "907;0003000;0002000;-999;АО В;М;М;3",
        "907;0004000;0004999;1000;АО Г;М;М",
        "907;0005000;00050000;1;АО Д;М;М;4",
        "90;0005000;0005999;1000;АО Д;М;М;4",
        "907;0006000;0006999;1000;;М;М;5",
        "907;0007000;0007999;;АО Е;М;М;6",
    ]);
    assert_eq!(
        problems(&table),
        [
            (3, Kind::Capacity),
            (5, Kind::Malformed),
            (6, Kind::Malformed),
            (7, Kind::Malformed),
            (8, Kind::Malformed),
            (9, Kind::Malformed)
        ]
    );
    assert_eq!((table.rows, table.ranges.len()), (8, 2));
    assert_eq!(table.problems[0].found, "907;0001000;0001999;999;АО Б;М;М;2");
}

#[test]
fn where_rows_disagree_nothing_is_said_and_the_rest_stands() {
    let rows = [
        "907;0000000;0009999;10000;АО А;М;М;1",
        "907;0002000;0002999;1000;АО Б;М;М;2",
        "907;0005000;0005999;1000;АО А;М;М;1",
        "907;0010000;0010999;1000;АО В;М;М;3",
    ];
    let (told, register) = (table(&rows), register(&rows));
    assert_eq!(problems(&told), [(3, Kind::Overlap), (4, Kind::Overlap)]);
    let at = |rest: u64| holder(&register, 79_070_000_000 + rest);
    let said = |name: &str| Some(name.to_owned());
    assert_eq!((at(1_999), at(2_000), at(2_999), at(3_000)), (said("АО А"), None, None, said("АО А")));
    assert_eq!((at(5_500), at(10_500)), (said("АО А"), said("АО В")), "a repeat takes nothing away");
}

#[test]
fn one_operator_under_many_names_is_one_by_its_tax_number() {
    let register = register(&[
        "907;0000000;0000999;1000;ПАО \"Мобильные ТелеСистемы\";М;М;1",
        "907;0001000;0001999;1000;ПАО \"МТС\";Т;Т;1",
        "907;0002000;0002999;1000;ПАО \"ВымпелКом\";Т;Т;2",
        "907;0004000;0004999;1000;ООО \"СВЯЗЬ\";Т;Т;3",
        "907;0005000;0005999;1000;ООО \"Связь\";Т;Т;4",
    ]);
    let block = |from: u64, to: u64| {
        let of = register.ranges_of_block(79_070_000_000 + from, 79_070_000_000 + to)?;
        Some(of.iter().map(|found| found.range.line).collect::<Vec<_>>())
    };
    assert_eq!(block(10, 20), Some(vec![2]));
    assert_eq!(block(900, 1_100), Some(vec![2, 3]), "two names, one tax number");
    assert_eq!(block(1_900, 2_100), None, "two operators");
    assert_eq!(block(2_900, 4_100), None, "a hole between");
    assert_eq!(block(4_900, 5_100), None, "one name, two tax numbers");
    let held =
        |rest: u64, named: &str| register.is_held_by(register.range_of(79_070_000_000 + rest).unwrap().range, named);
    assert_eq!(held(10, "МТС"), Some(true));
    assert_eq!(held(1_010, "мобильные телесистемы"), Some(true));
    assert_eq!(held(10, "Билайн"), Some(false));
    assert_eq!(held(2_010, " beeline "), Some(true));
    for unknown in ["Связь", "Никто", "", "Йота"] {
        assert_eq!(held(10, unknown), None, "{unknown}");
    }
}

#[test]
fn of_two_files_of_a_series_the_first_given_speaks_for_all_of_it() {
    let newer = file(&["907;0000000;0000999;1000;АО Новый;М;М;1"], 19);
    let older = file(&["907;0000000;0009999;10000;АО Старый;М;М;2", "495;0000000;0009999;10000;АО Город;М;М;3"], 1);
    let register = Register::of(vec![newer.clone(), older, newer]);
    assert_eq!(register.files().len(), 2, "a file that speaks for no series is left out");
    assert_eq!(holder(&register, 79_070_000_500), Some("АО Новый".to_owned()));
    assert_eq!(holder(&register, 79_070_001_500), None, "what the newer does not say the older does not either");
    let landline = register.range_of(74_950_000_500).unwrap();
    assert_eq!((landline.file, Series::of(landline.range.from).name()), (1, "ABC-4xx".to_owned()));
    assert!(Register::of(Vec::new()).is_empty());
}

proptest! {
    #[test]
    fn a_look_up_is_a_linear_scan(
        rows in prop::collection::vec((900_u64..903, 0_u64..60, 0_u64..20, 0_u8..4), 1..40),
        asked in prop::collection::vec((898_u64..905, 0_u64..90), 1..60),
    ) {
        let rows: Vec<String> = rows
            .into_iter()
            .map(|(code, from, length, name)| {
                let to = from + length;
                format!("{code};{from:07};{to:07};{};АО {name};М;М;{name}", length + 1)
            })
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let (scanned, register) = (table(&rows), register(&rows));
        for (code, rest) in asked {
            let digits = (7_000 + code) * 10_000_000 + rest;
            let over: Vec<&NumberRange> =
                scanned.ranges.iter().filter(|range| (range.from..=range.to).contains(&digits)).collect();
            let agreed = over.first().filter(|first| over.iter().all(|other| other.operator == first.operator));
            prop_assert_eq!(register.range_of(digits).map(|found| found.range), agreed.copied());
        }
    }

    #[test]
    fn nothing_that_is_read_breaks_it(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "[0-9;АОa\"\n\r-]{0,300}") {
        let _ = read(&bytes);
        if let Ok(table) = read(format!("{HEADER}\n{text}").as_bytes()) {
            prop_assert!(table.problems.len() + table.ranges.len() >= table.rows as usize);
            prop_assert!(table.stretches.is_sorted_by(|a, b| a.to < b.from));
        }
    }
}
