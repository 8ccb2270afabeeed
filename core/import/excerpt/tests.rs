#![allow(clippy::unwrap_used)]
//! Whole files: what of them an excerpt holds.

use super::*;
use proptest::prelude::*;
use std::io::Cursor;

fn of(bytes: &[u8], name: &str) -> String {
    excerpt(&mut Cursor::new(bytes.to_vec()), name).unwrap()
}

/// Runs of three digits or more, and words of three letters or more.
fn tellers(text: &str) -> Vec<String> {
    let runs = |of: fn(char) -> bool| {
        text.split(move |c: char| !of(c)).filter(|run| run.chars().count() >= 3).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut found = runs(char::is_numeric);
    found.extend(runs(char::is_alphabetic).into_iter().filter(|word| !is_known(word)));
    found
}

const HEADINGS: [&str; 5] = ["Позвонили когда", "Откуда", "Обращение", "Минутки", "Вид"];

#[test]
fn a_table_shows_its_headings_and_its_shape() {
    let table = "Отчёт для Ивановой М.;;;;\n\
                 Позвонили когда;Откуда;Обращение;Минутки;Вид\n\
                 03-09-2025 10:15;+7 907 111-22-33;Иванова Мария;1,5;входящий\n";
    let seen = of(&encoding_rs::WINDOWS_1251.encode(table).0, "79071112233 Иванова.csv");
    assert!(seen.contains("csv windows-1251; .csv;"), "{seen}");
    assert!(seen.contains("\n1: Ххххх ххх Хххххххх Х.;;;;"), "{seen}");
    assert!(seen.contains("\n2: Позвонили когда;Откуда;Обращение;Минутки;Вид"), "{seen}");
    assert!(seen.contains("\n3: 00-00-0000 00:00;+0 000 000-00-00;Ххххххх Ххххх;0,0;входящий"), "{seen}");
    assert!(!seen.contains("Иванов") && !seen.contains("907"), "{seen}");
}

#[test]
fn a_row_with_a_number_in_it_is_no_heading() {
    let seen = of("Мария;79071112233;Пётр\nАнна;79071112234;Олег\n".as_bytes(), "a.csv");
    assert!(seen.contains("\n1: Ххххх;00000000000;Хххх"), "{seen}");
}

#[test]
fn a_text_is_shown_in_the_encoding_in_which_it_is_read() {
    let xml = "<?xml version=\"1.0\" encoding=\"iso-8859-5\"?><c way=\"входящий\" who=\"Ян\"/>";
    let seen = of(&encoding_rs::ISO_8859_5.encode(xml).0, "a.xml");
    assert!(seen.contains("xml iso-8859-5;") && seen.contains("<c way=\"входящий\" who=\"Хх\"/>"), "{seen}");
}

#[test]
fn names_of_elements_and_keys_stay_and_what_they_hold_does_not() {
    let xml =
        "<?xml version=\"1.0\"?><Calls owner='Иванов'><c n=\"79071112233\" who=\"Маша > Петя\"/><t>Привет</t></Calls>";
    let seen = of(xml.as_bytes(), "a.xml");
    assert!(
        seen.contains("<Calls owner='Хххххх'>\n<c n=\"00000000000\" who=\"Хххх > Хххх\"/>\n<t>Хххххх</t>"),
        "{seen}"
    );
    let json = "{\"callLog\": [{\"number\": \"79071112233\", \"name\": \"Мария \\\"М\\\"\", \"Маша\": 5}]}";
    let seen = of(json.as_bytes(), "a.json");
    assert!(
        seen.contains("{\"callLog\": [{\"number\": \"00000000000\", \"name\": \"Ххххх \\\"Х\\\"\", \"Хххх\": 0}]}"),
        "{seen}"
    );
}

#[test]
fn of_what_is_no_text_nothing_is_shown_but_what_it_is() {
    let seen = of(b"ID3 79071112233 secret", "Detail.mp3");
    assert!(seen.contains("звукозапись (MP3); .mp3; 22 B") && seen.contains("не показано"), "{seen}");
    assert!(!seen.contains("secret") && !seen.contains("907"), "{seen}");
    assert_eq!(excerpt(&mut Cursor::new(Vec::new()), "a.csv").unwrap_err().code, Code::FileEmpty);
}

#[test]
fn a_long_file_is_shown_by_its_beginning() {
    let table = format!("Когда;Кто\n{}", "03.09.2025 10:15;79071112233\n".repeat(100_000));
    let seen = of(table.as_bytes(), "a.csv");
    assert!(seen.contains("\n40: ") && !seen.contains("\n41: ") && seen.len() < 4_000);
}

fn book(rows: &[[String; 5]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for name in ["Первый", "Второй"] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (at, heading) in (0u16..).zip(HEADINGS) {
            sheet.write(0, at, heading).unwrap();
        }
        for (row, cells) in (1u32..).zip(rows) {
            for (at, cell) in (0u16..).zip(cells) {
                sheet.write(row, at, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn row() -> impl Strategy<Value = [String; 5]> {
    (
        "[1-9]{2}\\.[1-9]{2}\\.[1-9]{4} [1-9]{2}:[1-9]{2}",
        "\\+?[1-9]{3,14}",
        "[А-ФЦ-Я][а-фц-яё]{2,9}( [A-W][a-w]{2,9})?",
        "[1-9]{1,5}",
        "[а-фц-я]{3,9}",
    )
        .prop_map(|(a, b, c, d, e)| [a, b, c, d, e])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// No number and no word of the rows survives, in a table of text nor on any sheet of a workbook.
    #[test]
    fn nothing_of_the_rows_survives(rows in prop::collection::vec(row(), 1..30)) {
        let mut table = HEADINGS.join(";");
        for cells in &rows {
            table.push('\n');
            table.push_str(&cells.join(";"));
        }
        let headings: Vec<&str> = HEADINGS.iter().flat_map(|heading| heading.split(' ')).collect();
        for seen in [of(table.as_bytes(), "a.csv"), of(&book(&rows), "a.xlsx")] {
            let body = seen.split_once(" B\n").unwrap().1;
            let words: Vec<&str> = body.split(|c: char| !c.is_alphabetic()).collect();
            let digits: Vec<&str> = body.split(|c: char| !c.is_numeric()).collect();
            for teller in rows.iter().flatten().flat_map(|cell| tellers(cell)) {
                prop_assert!(!digits.contains(&teller.as_str()), "{} in {}", teller, body);
                let survives = words.contains(&teller.as_str()) && !headings.contains(&teller.as_str());
                prop_assert!(!survives, "{} in {}", teller, body);
            }
            prop_assert!(!body.contains(|c: char| ('1'..='9').contains(&c)) || body.lines().all(|line| {
                // The numbers of rows and sheets are ours.
                line.split_once(": ").map_or(line, |(_, rest)| rest).chars().all(|c| !('1'..='9').contains(&c)) || line.starts_with('[')
            }), "{}", body);
        }
    }
}

#[test]
fn a_name_may_stand_behind_a_letter_of_several_bytes() {
    let dump =
        "Row: 0 number=+79071112233, date=1748859634524, type=5, duration=0, name=Склад—№via_number=\n".repeat(3);
    let seen = of(dump.as_bytes(), "log.txt");
    assert!(seen.contains("—№via_number="), "{seen}");
}

#[test]
fn a_row_of_names_is_no_heading() {
    for table in [
        "Сидоров\tПётр\tИльич\tТула\n",
        "Клиент;Менеджер\nСидоров;Иванов\n",
        "Сидоров;Тула;Ким;Bob\nИванов;Москва;Петров;Boss\nСмирнов;Тверь;Кузнецов;Kate\n",
        "Список звонков Ивановой\nИванова Мария;скрыт;вечером;молчали\nПетров Иван;скрыт;утром;ИТСЕН\n79351112233;скрыт;утром;ИТСЕН\n",
        "Иванова Мария, звонок из банка\nПетров Иван, коллектор\n",
        "Incoming,02/06/17 09:45,00:01:43,+79351112233,Bob\n,,,,Сидоров\nСидоров,Пётр,Ильич,Тула,Bob\n",
        "Row: 0 number=+79351112234, date=1756883700000, type=3, name=Петров, Ivan=Boss, bobby=word, presentation=1\n\
         Row: 1 number=+79351112234, date=1756883700000, type=3, name=NULL, presentation=1\n",
    ] {
        let seen = of(table.as_bytes(), "a.txt");
        for name in
            ["Сидор", "Петр", "Пётр", "Иван", "Смир", "Ким", "Bob", "Boss", "Kate", "Тула", "ИТСЕН", "Ivan", "bobby"]
        {
            assert!(!seen.contains(name), "{name} of {table} in {seen}");
        }
    }
}
