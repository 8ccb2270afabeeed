//! Tables that no recipe knows: what is proposed, what it comes to, and that the recipe of it is found again.

use crate::common::{Seen, encoded, seen_with, workbook};
use rust_xlsxwriter::{Format, Workbook};
use std::io::Cursor;
use ulika::error::Code;
use ulika::import::{
    Field, Look, MappingName, OwnRecipe, ReadOptions, ValueShape, WordMeaning, identify, look, read_number, recipe_text,
};

fn looked(bytes: &[u8]) -> Look {
    look_with(bytes, None)
}

fn look_with(bytes: &[u8], header: Option<u32>) -> Look {
    match look(&mut Cursor::new(bytes), "file.bin", header) {
        Ok(look) => look,
        Err(error) => panic!("{error} {:?}", error.detail),
    }
}

fn own(look: &Look, name: &str) -> OwnRecipe {
    let text = recipe_text(&look.mapping, MappingName::of(name));
    match OwnRecipe::parse(&text) {
        Ok(own) => own,
        Err(error) => panic!("{error} {:?}\n{text}", error.detail),
    }
}

/// Reads by what was proposed, and nothing else said.
fn read_as_proposed(bytes: &[u8]) -> Seen {
    let look = looked(bytes);
    let line = look.mapping.line.as_deref().map(|line| read_number(line, None));
    seen_with(
        bytes,
        &ReadOptions {
            recipe: Some("проба".into()), own: vec![own(&look, "проба")], line, ..ReadOptions::default()
        },
    )
}

/// The fields from the left, `-` for what is not read.
fn fields(look: &Look) -> String {
    let word = |field: &Option<Field>| field.map_or("-", Field::word);
    look.mapping.fields.iter().map(word).collect::<Vec<_>>().join(" ")
}

const ODD: &str = "когда;кто;сколько;куда\n\
03.09.2025 10:15;+7 907 111-22-33;31;+7 907 120-45-18\n\
03.09.2025 11:40;+7 907 120-45-18;125;8 (935) 310-40-84\n\
04.09.2025 09:05;+7 946 000-11-22;0;+7 907 120-45-18\n\
04.09.2025 18:00;+7 907 120-45-18;62;+7 907 111-22-33\n";

#[test]
fn odd_headings_are_read_by_what_stands_below_them() {
    let look = looked(ODD.as_bytes());
    assert_eq!(fields(&look), "start caller duration callee");
    assert_eq!(look.mapping.header.unwrap().row, 1);
    assert_eq!((look.mapping.date.as_str(), look.mapping.duration.as_str()), ("dd.mm.yyyy", "s"));
    assert_eq!(look.mapping.line.as_deref(), Some("+79071204518"), "the number that stands in every row");
    let reason = look.columns[0].proposal.as_ref().unwrap();
    assert!(reason.by_heading && reason.by_values == Some(ValueShape::Moments), "{reason:?}");
    assert_eq!(reason.example, "03.09.2025 10:15");
    assert_eq!(look.rows[1].cells[3], "+7 907 120-45-18", "rows are shown as they are");
    assert_eq!(
        read_as_proposed(ODD.as_bytes()).told(),
        [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 31 -",
            "2025-09-03T11:40:00+03:00 outgoing answered +79353104084 125 -",
            "2025-09-04T09:05:00+03:00 incoming unknown +79460001122 0 -",
            "2025-09-04T18:00:00+03:00 outgoing answered +79071112233 62 -",
        ]
    );
}

#[test]
fn the_lines_of_the_case_tell_who_called_where_the_file_names_none() {
    let look = looked(ODD.as_bytes());
    let lines = vec![read_number("+79071204518", None)];
    let seen = seen_with(
        ODD.as_bytes(),
        &ReadOptions {
            own: vec![own(&look, "следующий месяц")], own_lines: lines, ..ReadOptions::default()
        },
    );
    assert_eq!(seen.what.recipe, "следующий месяц", "found by itself");
    let ways: Vec<String> = seen.told().iter().map(|t| t.split(' ').nth(1).unwrap().to_owned()).collect();
    assert_eq!(ways, ["incoming", "outgoing", "incoming", "outgoing"]);
}

#[test]
fn merged_titles_totals_serials_and_parts_of_a_day() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 6, "Отчёт о соединениях за сентябрь", &Format::new()).unwrap();
    sheet.write_string(1, 0, "ООО «Ромашка», договор 12-345").unwrap();
    for (c, title) in ["№", "День", "Во сколько", "С кем", "Туда/сюда", "Длит-ть", "Руб."].iter().enumerate()
    {
        sheet.write_string(3, c as u16, *title).unwrap();
    }
    let clock = Format::new().set_num_format("hh:mm:ss");
    let rows = [
        (45903.0, 0.42708333, 79071112233.0, "←", 65.0),
        (45903.0, 0.75, 79353104084.0, "→", 3725.0),
        (45904.0, 0.38, 79460001122.0, "←", 5.0),
    ];
    for (r, (day, time, number, way, seconds)) in rows.iter().enumerate() {
        let r = r as u32 + 4;
        sheet.write_number(r, 0, f64::from(r - 3)).unwrap();
        sheet.write_number(r, 1, *day).unwrap();
        sheet.write_number_with_format(r, 2, *time, &clock).unwrap();
        sheet.write_number(r, 3, *number).unwrap();
        sheet.write_string(r, 4, *way).unwrap();
        sheet.write_number_with_format(r, 5, seconds / 86_400.0, &clock).unwrap();
        sheet.write_number(r, 6, 1.5 * f64::from(r)).unwrap();
    }
    sheet.write_string(8, 0, "Итого").unwrap();
    sheet.write_number(8, 6, 27.0).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let look = looked(&bytes);
    assert_eq!(fields(&look), "- date time number direction duration -");
    assert_eq!(look.mapping.header.unwrap().row, 4);
    let seen = read_as_proposed(&bytes);
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 65 -",
            "2025-09-03T18:00:00+03:00 outgoing answered +79353104084 3725 -",
            "2025-09-04T09:07:12+03:00 incoming answered +79460001122 5 -",
        ]
    );
    assert_eq!(seen.problems(), []);
}

#[test]
fn what_a_library_writes_is_read_as_proposed() {
    let pandas = ",ts,peer,dir,dur_sec,cost\n0,2025-09-03T10:15:00,79071112233,in,31.0,0.0\n1,2025-09-03T11:40:00,79353104084,out,125.0,2.5\n2,2025-09-04T09:05:00,79460001122,in,0.0,0.0\n";
    let look = looked(pandas.as_bytes());
    assert_eq!(fields(&look), "- start number direction duration -");
    let seen = read_as_proposed(pandas.as_bytes());
    assert_eq!(seen.told()[1], "2025-09-03T11:40:00+03:00 outgoing answered +79353104084 125 -");
    assert_eq!((seen.summary.records, seen.problems().len()), (3, 0));
}

#[test]
fn words_of_one_column_may_say_the_way_and_the_service() {
    let table = "Момент|Вид|Абонент|Объём\n03.09.25 10:15:01|Принятый|9071112233|0:31\n03.09.25 10:16:01|Сделанный|9071112233|1:05\n03.09.25 10:17:01|СМС|9071112233|1\n03.09.25 10:18:01|Принятый|9353104084|0:04\n";
    let mut look = looked(table.as_bytes());
    assert_eq!(look.mapping.fields[0], Some(Field::Start));
    assert_eq!((look.mapping.fields[2], look.mapping.fields[3]), (Some(Field::Number), Some(Field::Duration)));
    look.mapping.fields[1] = Some(Field::Direction);
    let words: Vec<&str> = look.columns[1].words.iter().map(|w| w.word.as_str()).collect();
    assert_eq!(words, ["Принятый", "СМС", "Сделанный"], "the most frequent first");
    let means = |word: &str| match word {
        "Принятый" => WordMeaning::Incoming,
        "Сделанный" => WordMeaning::Outgoing,
        _ => WordMeaning::Sms,
    };
    let read = |word: &&str| ulika::import::WordRead { column: 1, word: (*word).to_owned(), means: means(word) };
    look.mapping.words = words.iter().map(read).collect();
    let options = ReadOptions { recipe: Some("р".into()), own: vec![own(&look, "р")], ..ReadOptions::default() };
    let seen = seen_with(table.as_bytes(), &options);
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:01+03:00 incoming answered +79071112233 31 -",
            "2025-09-03T10:16:01+03:00 outgoing answered +79071112233 65 -",
            "2025-09-03T10:18:01+03:00 incoming answered +79353104084 4 -",
        ]
    );
    assert_eq!(seen.summary.other["sms"], 1);
}

#[test]
fn a_table_without_a_header_is_told_by_its_places_and_found_again() {
    let iphone = "Incoming,02/13/17 09:45,00:01:43,+79071112233,Name\nOutgoing,02/14/17 10:00,00:00:05,+79353104084,\nIncoming,02/15/17 23:10,00:10:00,+79460001122,Other\n";
    let look = looked(iphone.as_bytes());
    assert_eq!(look.mapping.header, None);
    assert_eq!(fields(&look), "direction start duration number -");
    assert_eq!(look.mapping.date, "mm/dd/yy", "the second part is greater than twelve");
    let own = own(&look, "айфон");
    let next = iphone.replace("/17", "/18");
    let seen = seen_with(next.as_bytes(), &ReadOptions { own: vec![own.clone()], ..ReadOptions::default() });
    assert_eq!(seen.what.recipe, "айфон");
    assert_eq!(seen.told()[0], "2018-02-13T09:45:00+03:00 incoming answered +79071112233 103 -");
    assert_eq!(seen.summary.records, 3, "the first row is data");
    let other = "a,b,c,d,e\n1,2,3,4,5\n";
    let refused = identify(&mut Cursor::new(other), "x", &ReadOptions { own: vec![own], ..ReadOptions::default() });
    assert_eq!(refused.unwrap_err().code, Code::RecipeUnknown, "a table of as many columns is not taken for it");
}

#[test]
fn columns_headed_alike_or_not_at_all_are_told_by_place() {
    let bytes = workbook(&[(
        "Лист1",
        &[
            &["Период", "", "Номера", "", ""],
            &["", "", "Номер", "Номер", "Секунд"],
            &["03.09.2025", "10:15:00", "89071204518", "89071112233", "31"],
            &["03.09.2025", "11:15:00", "89071204518", "89353104084", "7"],
            &["04.09.2025", "21:15:00", "89460001122", "89071204518", "70"],
        ],
    )]);
    let look = looked(&bytes);
    assert_eq!(fields(&look), "date time caller callee duration");
    let seen = read_as_proposed(&bytes);
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:00+03:00 outgoing answered +79071112233 31 -",
            "2025-09-03T11:15:00+03:00 outgoing answered +79353104084 7 -",
            "2025-09-04T21:15:00+03:00 incoming answered +79460001122 70 -",
        ]
    );
}

#[test]
fn the_header_moves_where_the_person_says() {
    let table = "Отчёт;за;сентябрь\nчто-то;ещё;здесь\nВремя звонка;Чей;Сколько\n03.09.2025 10:15:00;79071112233;31\n03.09.2025 11:15:00;79071112244;32\n";
    assert_eq!(looked(table.as_bytes()).mapping.header.unwrap().row, 3);
    let moved = look_with(table.as_bytes(), Some(2));
    assert_eq!((moved.mapping.header.unwrap().row, moved.mapping.headings[1].as_str()), (2, "ещё"));
    let none = look_with(table.as_bytes(), Some(0));
    assert_eq!(none.mapping.header, None);
    assert_eq!(none.columns[1].name, "B");
}

#[test]
fn every_encoding_and_delimiter_is_looked_at_alike() {
    for encoding in ["utf-8", "utf-8+bom", "utf-16le+bom", "windows-1251", "ibm866"] {
        for delimiter in [";", ",", "\t", "|"] {
            let bytes = encoded(&ODD.replace(';', delimiter), encoding);
            assert_eq!(fields(&looked(&bytes)), "start caller duration callee", "{encoding} {delimiter:?}");
            assert_eq!(read_as_proposed(&bytes).summary.records, 4, "{encoding} {delimiter:?}");
        }
    }
}

#[test]
fn rows_of_an_xml_file_are_told_by_their_attributes_and_others_are_refused_in_words() {
    let xml = r#"<?xml version="1.0"?><export><head v="1"/><c w="2025-09-03 10:15:00" n="+79071112233" k="in" s="31"/><c w="2025-09-03 11:15:00" n="+79353104084" k="out" s="5"/></export>"#;
    let look = looked(xml.as_bytes());
    assert_eq!(look.mapping.xml.as_ref().unwrap().row, "c");
    assert_eq!(fields(&look), "start number direction duration");
    let seen = read_as_proposed(xml.as_bytes());
    assert_eq!(seen.told()[1], "2025-09-03T11:15:00+03:00 outgoing answered +79353104084 5 -");
    let nested = "<export><c><w>2025</w><n>7907</n></c></export>";
    let error = ulika::import::look(&mut Cursor::new(nested), "f", None).unwrap_err();
    assert_eq!(error.code, Code::FormatUnknown);
    assert!(error.message("ru").contains("не в атрибутах"), "{}", error.message("ru"));
}

#[test]
fn wide_and_short_tables_and_long_headings_do_no_harm() {
    let headings: Vec<String> =
        (0..60).map(|i| format!("{} {i}", "очень длинное название столбца ".repeat(20))).collect();
    let row = |day: u32| {
        let mut cells = vec![String::from("x"); 60];
        (cells[40], cells[41]) = (format!("{day:02}.09.2025 10:15:00"), "79071112233".into());
        cells.join(";")
    };
    let table = format!("{}\n{}\n{}\n", headings.join(";"), row(1), row(2));
    let look = looked(table.as_bytes());
    assert_eq!(look.columns.len(), 60);
    assert_eq!(look.mapping.fields[40], Some(Field::Start));
    assert!(look.rows[0].cells[0].chars().count() <= 160);
    assert_eq!(read_as_proposed(table.as_bytes()).summary.records, 2);
    let empty = ulika::import::look(&mut Cursor::new(""), "f", None);
    assert_eq!(empty.unwrap_err().code, Code::FileEmpty);
}

#[test]
fn a_hostile_recipe_is_refused_in_words_or_does_no_harm() {
    let good = recipe_text(&looked(ODD.as_bytes()).mapping, MappingName::of("х"));
    assert!(OwnRecipe::parse(&good).is_ok());
    let with = |from: &str, to: &str| good.replacen(from, to, 1);
    let many: String = (0..6000).map(|i| format!("\"w{i}\",")).collect();
    let nonsense = [
        String::new(),
        "\u{0}\u{1}".to_owned(),
        "x".repeat(70_000),
        with("name = \"х\"", "name = \"../../etc\""),
        with("name = \"х\"", "name = \"table\""),
        with("name = \"х\"", &format!("name = \"{}\"", "д".repeat(100))),
        with("dates = [", "dates = [\"%Y-%m-%d (.*)*$\", "),
        with("dates = [", "dates = [] #"),
        with("footers = [", &format!("footers = [{many}")),
        with("unknown_service", "general = true\nunknown_service"),
        with("unknown_service", "headless = true\nwidth = 99999999\nunknown_service"),
        with("unknown_service", "width = 18446744073709551615\nunknown_service"),
        with("unknown_service", "duration_unit_s = 0\nunknown_service"),
        with("unknown_service", "zone = \"Mars/Olympus\"\nunknown_service"),
        with("unknown_service", "regex = \"(a+)+$\"\nunknown_service"),
        with("field = \"start\"", "field = \"label\""),
        with("containers = [\"csv\"]", "containers = [\"xml\"]"),
        format!("{}{}", "[a]\n", good),
    ];
    for text in nonsense {
        let error = OwnRecipe::parse(&text).expect_err(&text.chars().take(200).collect::<String>());
        assert_eq!(error.code, Code::RecipeBroken);
        for language in ["ru", "en"] {
            assert!(!error.message(language).contains('—'), "{}", error.message(language));
        }
    }
    // Words that would let a matcher with backtracking run for ever are compared letter by letter.
    let stars = with("footers = [", "footers = [\"*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b*\", ");
    let own = OwnRecipe::parse(&stars).unwrap();
    let long = format!("{ODD}{};x;1;y\n", "a".repeat(100_000));
    let seen = seen_with(long.as_bytes(), &ReadOptions { own: vec![own], ..ReadOptions::default() });
    assert_eq!(seen.summary.problems.len(), 1);
}

#[test]
fn a_word_with_stars_or_quotes_means_itself() {
    let table = "когда;кто;вид\n03.09.2025 10:15;79071112233;*вх*\n03.09.2025 10:16;79071112233;\\исх \"А\"\n03.09.2025 10:17;79071112233;*вх*\n";
    let mut look = looked(table.as_bytes());
    look.mapping.fields = vec![Some(Field::Start), Some(Field::Number), Some(Field::Direction)];
    let read = |word: &str, means| ulika::import::WordRead { column: 2, word: word.into(), means };
    let words: Vec<String> = look.columns[2].words.iter().map(|w| w.word.clone()).collect();
    look.mapping.words = vec![read(&words[0], WordMeaning::Outgoing), read(&words[1], WordMeaning::Missed)];
    let options = ReadOptions { recipe: Some("з".into()), own: vec![own(&look, "з")], ..ReadOptions::default() };
    let told = seen_with(table.as_bytes(), &options).told();
    assert!(told[0].contains("outgoing") && told[1].contains("incoming missed"), "{told:?}");
}

#[test]
fn two_own_recipes_that_fit_are_an_ambiguity() {
    let look = looked(ODD.as_bytes());
    let options =
        ReadOptions { own: vec![own(&look, "первый"), own(&look, "второй")], ..ReadOptions::default() };
    let error = identify(&mut Cursor::new(ODD), "f.csv", &options).unwrap_err();
    assert_eq!(error.code, Code::RecipeAmbiguous);
    assert_eq!(error.detail["candidates"], serde_json::json!(["второй", "первый"]));
}

#[test]
fn two_columns_that_say_together_who_called_whom_are_the_two_parties() {
    let heads = [
        ("Номер А", "Номер Б"),
        ("Номер A", "Номер B"),
        ("Номер А", "Номер В"),
        ("Абонент А", "Абонент Б"),
        ("Номер абонента А", "Номер абонента Б"),
        ("А-номер", "Б-номер"),
        ("Вызывающий номер", "Вызываемый номер"),
        ("Вызывающая сторона", "Вызываемая сторона"),
        ("Номер звонящего", "Набранный номер"),
        ("Исходящий номер", "Входящий номер"),
        ("С номера", "На номер"),
        ("Номер инициатора", "Номер получателя"),
        ("Кто", "Кому"),
        ("От кого", "Кому"),
        ("Calling party", "Called party"),
        ("Originating number", "Terminating number"),
        ("From", "To"),
    ];
    for (caller, callee) in heads {
        // A corporate detail of many lines: nothing but the headings tells the two apart.
        let mut table = format!("Начало;{caller};{callee};Сек\n");
        for n in 0..6 {
            table += &format!("0{}.09.2025 10:15;7907111000{n};7935111223{n};3{n}\n", n + 1);
        }
        assert_eq!(fields(&looked(table.as_bytes())), "start caller callee duration", "{caller}, {callee}");
        assert_eq!(looked(table.as_bytes()).mapping.line, None, "no line is chosen of many");
        let turned = table.replace(&format!("{caller};{callee}"), &format!("{callee};{caller}"));
        assert_eq!(fields(&looked(turned.as_bytes())), "start callee caller duration", "{callee}, {caller}");
    }
}

#[test]
fn the_line_that_calls_most_of_a_table_of_many_lines_is_not_chosen() {
    let mut table = "Начало;Номер А;Номер Б;Сек\n".to_owned();
    for n in 0..10 {
        let own = if n < 7 { "79071204518" } else { "79071204519" };
        table += &format!("{:02}.09.2025 10:15;{own};7935111223{n};3{n}\n", n + 1);
    }
    assert_eq!(looked(table.as_bytes()).mapping.line, None);
    let all = table.replace("79071204519", "79071204518");
    assert_eq!(looked(all.as_bytes()).mapping.line.as_deref(), Some("+79071204518"));
}

#[test]
fn a_lone_column_of_numbers_is_the_other_party_whatever_it_is_called() {
    for head in ["Номер абонента", "Абонент", "Мой номер"] {
        let table = format!("когда;{head};сек\n{}", "03.09.2025 10:15;79071112233;31\n".repeat(4));
        assert_eq!(fields(&looked(table.as_bytes())), "start number duration", "{head}");
    }
}

#[test]
fn the_numbers_of_a_column_are_offered_the_most_frequent_first() {
    let look = looked(ODD.as_bytes());
    let numbers = |column: usize| -> Vec<(&str, u32)> {
        look.columns[column].numbers.iter().map(|seen| (seen.number.as_str(), seen.count)).collect()
    };
    assert_eq!(numbers(3)[0], ("+79071204518", 2));
    assert!(numbers(1).contains(&("+79460001122", 1)));
    assert!(numbers(0).is_empty(), "dates are no numbers");
}
