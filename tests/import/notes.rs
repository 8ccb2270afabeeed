//! What is taken for true of a file without its saying so, and that it is said.

use crate::common::{Seen, refusal, seen, seen_with, try_with, workbook};
use std::fmt::Write as _;
use std::io::Cursor;
use ulika::error::Code;
use ulika::import::{
    DayOrder, MappingName, NoteKind, OrderBasis, OwnRecipe, ReadOptions, look, read_number, recipe_text,
};

const OWN: &str = "+79071110000";

/// A table of two parties, headed in some way; each row as caller and callee.
fn of_two(heads: (&str, &str), rows: &[(&str, &str)]) -> String {
    let mut text = format!("Дата и время;{};{};Длительность\n", heads.0, heads.1);
    for (n, (caller, callee)) in rows.iter().enumerate() {
        writeln!(text, "{:02}.08.2025 10:{:02}:00;{caller};{callee};0:{:02}", n / 60 % 28 + 1, n % 60, n % 50 + 3)
            .unwrap();
    }
    text
}

fn kinds(seen: &Seen) -> Vec<NoteKind> {
    seen.summary.notes.iter().map(|note| note.kind).collect()
}

fn ways(seen: &Seen) -> Vec<&'static str> {
    seen.records().iter().map(|record| record.direction.word()).collect()
}

#[test]
fn the_own_line_that_the_rows_show_is_said() {
    let text = of_two(
        ("Номер А", "Номер Б"),
        &[("79071110000", "79071112233"), ("79351112244", "8 907 111-00-00"), ("79071110000", "79461112255")],
    );
    let seen = seen(&text);
    assert_eq!((kinds(&seen), seen.lines()), (vec![NoteKind::OwnLine], vec![OWN]));
    let note = &seen.summary.notes[0];
    assert_eq!(note.number.as_deref(), Some(OWN));
    assert_eq!(note.text, "Ваш номер, по файлу: +79071110000. Он стоит в каждой строке.");
    assert_eq!(note.text_en, "Your number, by the file: +79071110000. It stands in every row.");
    assert_eq!(ways(&seen), ["outgoing", "incoming", "outgoing"]);
}

#[test]
fn a_workbook_whose_last_column_is_empty_has_its_own_line_too() {
    let head: &[&str] = &["Дата и время", "Номер А", "Номер Б", "Длительность", "Примечание"];
    let rows: [&[&str]; 3] = [
        &["01.08.2025 10:00:00", "79071110000", "79071112233", "0:03"],
        &["02.08.2025 10:00:00", "79351112244", "79071110000", "0:04"],
        &["03.08.2025 10:00:00", "79071110000", "79461112255", "0:05"],
    ];
    let seen = seen(workbook(&[("Звонки", &[head, rows[0], rows[1], rows[2]])]));
    assert_eq!((kinds(&seen), seen.lines()), (vec![NoteKind::OwnLine], vec![OWN]));
    assert_eq!(ways(&seen), ["outgoing", "incoming", "outgoing"]);
}

#[test]
fn a_recipe_saved_earlier_finds_the_own_line_of_the_next_file_too() {
    let rows = [("79071110000", "79071112233"), ("79351112244", "79071110000"), ("79071110000", "79461112255")];
    let first = of_two(("кто тут", "а кому"), &rows);
    let proposed = look(&mut Cursor::new(first.as_bytes()), "f.csv", None).unwrap();
    assert_eq!(proposed.mapping.line.as_deref(), Some(OWN));
    let saved = OwnRecipe::parse(&recipe_text(&proposed.mapping, MappingName::of("таблица"))).unwrap();
    let options = ReadOptions { own: vec![saved], ..ReadOptions::default() };
    let next = first.replace(".08.2025", ".09.2025").replace("79071110000", "79981110000");
    let seen = seen_with(next.as_bytes(), &options);
    assert_eq!(seen.what.recipe, "таблица");
    assert_eq!((kinds(&seen), seen.lines()), (vec![NoteKind::OwnLine], vec!["+79981110000"]));
    assert_eq!(ways(&seen), ["outgoing", "incoming", "outgoing"]);
    // Any other number may be taken instead.
    let line = Some(read_number("79071112233", None));
    let other = seen_with(next.as_bytes(), &ReadOptions { line, ..options });
    assert_eq!((kinds(&other), ways(&other)), (vec![NoteKind::Strangers], vec!["incoming", "unknown", "unknown"]));
    assert_eq!(other.summary.notes[0].calls, Some(2));
}

#[test]
fn a_table_of_strangers_is_said_to_be_one_and_no_line_is_chosen() {
    // A corporate detail in order of its lines: one number stands in all of the first rows, and not in the last.
    let mut rows = [("79071110000", "79351112233"), ("79351112244", "79071110000")].repeat(300);
    rows.push(("79071110077", "79351112233"));
    let text = of_two(("Номер А", "Номер Б"), &rows);
    let corporate = seen(&text);
    assert_eq!((kinds(&corporate), corporate.lines().len()), (vec![NoteKind::Strangers], 0));
    let note = &corporate.summary.notes[0];
    assert_eq!(note.calls, Some(corporate.summary.records as u32));
    assert!(
        note.text.contains("не видно, какой из них ваш") && note.text.contains("Укажите свой номер"),
        "{}",
        note.text
    );
    assert!(note.text_en.contains("which of them is yours"), "{}", note.text_en);
    assert!(ways(&corporate).iter().all(|way| *way == "unknown"));
    // The person's word, or a line of the case, tells the rows that it stands in, and the rest is said.
    let own = read_number(OWN, None);
    for options in [
        ReadOptions { line: Some(own.clone()), ..ReadOptions::default() },
        ReadOptions { own_lines: vec![own], ..ReadOptions::default() },
    ] {
        let told = seen_with(text.as_bytes(), &options);
        assert_eq!((kinds(&told), told.summary.notes[0].calls), (vec![NoteKind::Strangers], Some(1)));
        assert!(told.summary.notes[0].text.starts_with("В части строк"), "{}", told.summary.notes[0].text);
    }
    let pair = of_two(("Номер А", "Номер Б"), &[("79071110000", "79351112233"); 4]);
    assert_eq!(kinds(&seen_with(pair.as_bytes(), &ReadOptions::default())), [NoteKind::Strangers]);
}

#[test]
fn numbers_without_a_country_are_read_in_that_of_the_only_line_of_the_case() {
    let text = "Дата и время;Направление;Номер;Длительность\r\n\
        03.09.2025 10:15:00;Входящий;7010203041;00:12\r\n04.09.2025 10:15:00;Входящий;030 12345601;00:12\r\n";
    let read = |lines: &[&str]| {
        let own_lines = lines.iter().map(|line| read_number(line, None)).collect();
        let seen = seen_with(text.as_bytes(), &ReadOptions { own_lines, ..ReadOptions::default() });
        seen.dictionary.spellings.into_iter().map(|(_, number)| number.text).collect::<Vec<_>>()
    };
    assert_eq!(read(&["+77010000000"])[0], "+77010203041");
    assert_eq!(read(&["+4915112345678"])[1], "+493012345601");
    let of_two = read(&["+77010000000", "+4915112345678"]);
    assert_ne!(
        (of_two[0].as_str(), of_two[1].as_str()),
        ("+77010203041", "+493012345601"),
        "which of two is not known"
    );
}

#[test]
fn a_number_in_every_row_beside_the_lines_of_the_case_is_the_other_party() {
    let text = of_two(
        ("Номер А", "Номер Б"),
        &[("79071110000", "79351112233"), ("79351112233", "79071110001"), ("79071110000", "79351112233")],
    );
    let own_lines = [OWN, "+79071110001"].map(|line| read_number(line, None)).to_vec();
    let seen = seen_with(text.as_bytes(), &ReadOptions { own_lines, ..ReadOptions::default() });
    assert_eq!((kinds(&seen), seen.lines().len()), (vec![], 0));
    assert_eq!(ways(&seen), ["outgoing", "incoming", "outgoing"]);
    assert!(seen.told().iter().all(|told| told.contains("+79351112233")));
}

#[test]
fn a_workbook_of_two_parties_is_told_as_a_table_of_text_is() {
    let bytes = workbook(&[(
        "Лист1",
        &[
            &["Дата и время", "Номер А", "Номер Б", "Длительность"],
            &["03.09.2025 10:15:00", "79071110000", "79351112233", "0:31"],
            &["03.09.2025 11:15:00", "79071110000", "79351112244", "0:32"],
            &["04.09.2025 10:15:00", "79461112255", "79071110000", "0:33"],
        ],
    )]);
    let seen = seen(bytes);
    assert_eq!((kinds(&seen), seen.lines()), (vec![NoteKind::OwnLine], vec![OWN]));
    assert_eq!(ways(&seen), ["outgoing", "outgoing", "incoming"]);
}

#[test]
fn a_lone_column_of_subscribers_is_the_other_party_where_the_own_line_is_told_elsewhere() {
    for head in ["Номер абонента", "Абонент", "Subscriber"] {
        let bare = format!(
            "Дата и время;{head};Направление;Длительность\n03.09.2025 10:15:00;79071112233;Входящий;0:31\n\
             03.09.2025 11:15:00;79351112244;Исходящий;0:32\n"
        );
        let expected = [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 31 -",
            "2025-09-03T11:15:00+03:00 outgoing answered +79351112244 32 -",
        ];
        let above = seen(format!("Ваш номер: {OWN};;;\n{bare}"));
        assert_eq!((above.what.recipe.as_str(), above.lines()), ("table", vec![OWN]), "{head}");
        assert_eq!(above.told(), expected, "{head}");
        let beside = bare.replace("Дата и время;", "Мой номер;Дата и время;").replace("\n03", "\n79071110000;03");
        assert_eq!(seen(&beside).told(), expected, "{head}");
        let own = read_number(OWN, None);
        let case = ReadOptions { own_lines: vec![own.clone()], ..ReadOptions::default() };
        assert_eq!(seen_with(bare.as_bytes(), &case).told(), expected, "{head}");
        let picked = ReadOptions { line: Some(own), ..ReadOptions::default() };
        assert_eq!(seen_with(bare.as_bytes(), &picked).told(), expected, "{head}");
        // Without a word on whose calls these are it could as well be the own line.
        refusal(&bare, Code::RecipeUnknown);
    }
}

#[test]
fn an_own_number_among_subscribers_is_no_other_party() {
    let text = "Дата и время;Абонент;Направление;Длительность\n03.09.2025 10:15:00;8 907 111-00-00;Входящий;0:31\n\
                03.09.2025 11:15:00;79351112244;Исходящий;0:32\n";
    let options = ReadOptions { own_lines: vec![read_number(OWN, None)], ..ReadOptions::default() };
    let seen = seen_with(text.as_bytes(), &options);
    assert_eq!(seen.problems(), [(2, "Абонент", "8 907 111-00-00", "номер собеседника, а не ваш")]);
    assert_eq!(seen.summary.records, 1);
}

#[test]
fn a_column_of_subscribers_beside_another_number_stays_the_own_line() {
    let text = "Номер абонента;Дата;Время;Телефон;Направление;Длительность\n\
                79071110000;03.09.2025;10:15:00;79071112233;Входящий;00:12\n";
    let options = ReadOptions { own_lines: vec![read_number(OWN, None)], ..ReadOptions::default() };
    let seen = seen_with(text.as_bytes(), &options);
    assert_eq!((seen.lines(), seen.summary.records), (vec![OWN], 1));
}

#[test]
fn the_order_of_dates_with_strokes_is_said_with_its_reason_and_can_be_another() {
    let table = |dates: [&str; 2]| {
        let rows = dates.map(|date| format!("{date};79071112233;0:31\n")).concat();
        format!("Дата и время;Номер;Длительность\n{rows}")
    };
    let noted = |text: &str, days: Option<DayOrder>| {
        let seen = try_with(text.as_bytes(), &ReadOptions { days, ..ReadOptions::default() }).unwrap();
        let note = seen.summary.notes.first().cloned();
        let first = seen.told().first().map_or(String::new(), |told| told[..10].to_owned());
        (
            note.as_ref().and_then(|note| Some((note.order?, note.because?))),
            first,
            note.map_or(String::new(), |n| n.text),
        )
    };
    use {DayOrder as D, OrderBasis as B};
    let cases = [
        (
            ["9/3/2025 10:15", "9/25/2025 10:15"],
            D::MonthFirst,
            B::Date,
            "2025-09-03",
            "строке 3, где стоит «9/25/2025 10:15»",
        ),
        (
            ["9/3/2025 10:15", "25/3/2025 10:15"],
            D::DayFirst,
            B::Date,
            "2025-03-09",
            "строке 3, где стоит «25/3/2025 10:15»",
        ),
        (["9/3/2025 10:15 PM", "9/4/2025 9:15 AM"], D::MonthFirst, B::Clock, "2025-09-03", "с AM и PM"),
        (["9/3/2025 10:15", "9/4/2025 10:15"], D::DayFirst, B::Usual, "2025-03-09", "как принято в России"),
    ];
    for (dates, order, because, first, says) in cases {
        let (found, day, text) = noted(&table(dates), None);
        assert_eq!((found, day.as_str()), (Some((order, because)), first), "{dates:?}");
        assert!(text.contains(says), "{text}");
    }
    let open = table(["9/3/2025 10:15", "9/4/2025 10:15"]);
    let (found, day, text) = noted(&open, Some(D::MonthFirst));
    assert_eq!((found, day.as_str()), (Some((D::MonthFirst, B::Given)), "2025-09-03"));
    assert!(text.ends_with("так указали вы."), "{text}");
    for plain in [["03.09.2025 10:15", "04.09.2025 10:15"], ["2025/09/03 10:15", "2025/09/04 10:15"]] {
        let (found, _, _) = noted(&table(plain), Some(D::MonthFirst));
        assert_eq!(found, None, "{plain:?} is read in one way");
    }
}

#[test]
fn texts_with_strokes_in_a_workbook_are_read_like_those_of_a_table_of_text() {
    let bytes = workbook(&[(
        "Лист1",
        &[
            &["Дата и время", "Номер", "Длительность"],
            &["9/3/2025 10:15", "79071112233", "0:31"],
            &["9/25/2025 10:15", "79071112233", "0:32"],
        ],
    )]);
    let seen = seen(bytes);
    assert_eq!(seen.summary.notes[0].order, Some(DayOrder::MonthFirst));
    assert_eq!((seen.told()[0].starts_with("2025-09-03"), seen.summary.records), (true, 2));
}
