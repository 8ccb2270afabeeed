//! Whose rows they are: of a file that names several lines, a row that names none is nobody's, and of two legs of one call
//! the longer is the call, whichever stands first.

use crate::common::new_case;
use std::path::PathBuf;
use tempfile::TempDir;
use ulika::actions::{self, CallFilter, ImportOptions, SourceAnswer};
use ulika::progress::Silent;

const MINE: &str = "+79071204518";

fn picked(folder: &TempDir, name: &str, text: &str) -> (SourceAnswer, Vec<actions::CallView>) {
    let (_, mut case) = new_case(folder, None);
    let file: PathBuf = folder.path().join(name);
    let bytes = if name.ends_with(".xml") {
        text.as_bytes().to_vec()
    } else {
        encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
    };
    std::fs::write(&file, bytes).unwrap();
    let options = ImportOptions { line: Some(MINE.to_owned()), ..ImportOptions::default() };
    let source = actions::import(&mut case, &[file], &options, &[], &Silent).unwrap().sources.remove(0);
    let calls = actions::calls(&case, &CallFilter::default(), None, 100).unwrap().calls;
    (source, calls)
}

const HEAD: &str = "Номер договора;Группа счетов;Номер абонента;Дата звонка;Время звонка;Длительность;Длительность округленная до \
минут;Размер начислений;Инициатор звонка;Принимающий номер;Описание действия;Описание услуги;Тип услуги;Номер базовой станции;\
Объем в МB;Описание провайдера\n";

fn beeline(line: &str, at: &str, length: &str, from: &str, to: &str) -> String {
    let what = if from == line { "Исходящий" } else { "Входящий" };
    format!(
        "100;1;{line};02.06.2025;{at};{length};1;0,00;{from};{to};\"\"{what} звонок\"\";Голосовая связь;звонки;1;0,00;\n"
    )
}

#[test]
fn of_a_file_of_several_lines_a_row_that_names_none_is_nobodys() {
    let folder = TempDir::new().unwrap();
    let (mine, other) = ("9071204518", "9460001122");
    // The row of the other line comes last: that the file has it is known before the first is told.
    let rows = [
        beeline(mine, "10:00:00", "00:00:09", mine, "9731000000"),
        beeline("", "11:00:00", "00:00:09", other, "9732999778"),
        beeline("12345", "11:30:00", "00:00:09", other, "9732999779"),
        beeline(other, "12:00:00", "00:00:09", other, "9732000000"),
    ];
    let (source, calls) = picked(&folder, "билайн.csv", &(HEAD.to_owned() + &rows.concat()));
    assert_eq!((source.rows, source.records, source.other_lines, source.problems.len()), (4, 1, 1, 2));
    assert_eq!(source.problems[0].column, "Номер абонента");
    assert_eq!(calls.len(), 1);

    let folder = TempDir::new().unwrap();
    let block = |line: &str, number: &str| {
        format!("Абонент: {line};;;;;;;;;\n02.06.25 18:34:17;Деловой;Исходящий вызов;Москва;{number};;;00:35;;0,00\n")
    };
    let t2: String = [
        ("79071204518", "79447721528"),
        ("7946000112X", "79447721529"),
        ("", "79447721530"),
        ("79460001122", "79447721531"),
    ]
    .into_iter()
    .map(|(line, number)| block(line, number))
    .collect();
    let (source, calls) = picked(&folder, "т2.csv", &format!("Детализация счета 100000000;;;;;;;;;\n{t2}"));
    assert_eq!((source.recipe.as_str(), source.rows, source.records, source.other_lines), ("t2-csv", 4, 1, 1));
    assert_eq!((source.problems.len(), calls.len()), (2, 1));

    let folder = TempDir::new().unwrap();
    let part = |of: &str, number: &str| {
        format!(
            "<ds{of}><i d=\"07.03.2025 20:08:54\" n=\"{number}\" zp=\"\" zv=\"\" s=\"Телеф.\" a=\"\" du=\"1:43\" c=\"0,00\" \
            dup=\"1:43\" f=\"0,00\" bd=\"07.03.2025 20:20:03\" cur=\"810\" gmt=\"+03:00\"/></ds>"
        )
    };
    let parts = [part(" n=\"79071204518\"", "+79073051124"), part(" n=\"\"", "+79073051125"), part("", "+79073051126")]
        .concat();
    let (source, calls) =
        picked(&folder, "мтс.xml", &format!("<Report layerType=\"OldCompatible\" version=\"2\">{parts}</Report>"));
    assert_eq!((source.recipe.as_str(), source.rows, source.records, source.problems.len()), ("mts-xml", 3, 1, 2));
    assert_eq!(calls.len(), 1);
}

#[test]
fn a_line_that_only_some_rows_of_ones_own_file_name_is_the_line_of_all() {
    let folder = TempDir::new().unwrap();
    let mine = "9071204518";
    let rows = [
        beeline(mine, "10:00:00", "00:00:09", mine, "9731000000"),
        beeline("", "11:00:00", "00:00:09", mine, "9732999778"),
    ];
    let (source, calls) = picked(&folder, "билайн.csv", &(HEAD.to_owned() + &rows.concat()));
    assert_eq!((source.records, source.problems.len()), (2, 0));
    assert!(calls.iter().all(|call| call.line.as_deref() == Some(MINE)));
}

#[test]
fn of_two_legs_of_one_call_the_longer_is_the_call_whichever_stands_first() {
    let mine = "9071204518";
    let legs = [
        beeline(mine, "10:00:00", "00:00:17", "9731000000", mine),
        beeline(mine, "10:00:00", "00:03:10", "9731000000", mine),
    ];
    for order in [[0, 1], [1, 0]] {
        let folder = TempDir::new().unwrap();
        let text = order.map(|at| legs[at].clone()).concat();
        let (source, calls) = picked(&folder, "билайн.csv", &(HEAD.to_owned() + &text));
        assert_eq!((source.records, source.repeats_in_file), (1, 1), "{order:?}");
        assert_eq!(calls[0].duration_s, Some(190), "{order:?}");
    }
}
