//! Files that are broken, foreign or made to do harm: each is refused with its own code and words, or read with sums
//! that add up.

use crate::common::{package, refusal, seen, try_with, workbook};
use std::io::{Cursor, Write};
use ulika::error::{Code, Error};
use ulika::import::{Discard, ReadOptions, Sink, identify, read};
use ulika::model::{Dictionary, RowFate};
use ulika::progress::{Progress, Silent};
use zip::write::SimpleFileOptions;

const ROW: &str = "03.09.2025 10:15:00;79071112233;Входящий;00:12\n";
const HEAD: &str = "Дата и время;Номер;Направление;Длительность\n";

/// A workbook made by hand, with one sheet of the given cells.
fn book_of(sheet_data: &str) -> Vec<u8> {
    let types = b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    let rels = b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
        </Relationships>";
    let book = b"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
        <sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    let book_rels = b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
        </Relationships>";
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{sheet_data}</sheetData></worksheet>"
    );
    package(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", rels),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", book_rels),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn text_cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn an_empty_file_and_one_of_spaces() {
    refusal("", Code::FileEmpty);
    refusal("\u{FEFF}", Code::FileEmpty);
    refusal(" \r\n\t\n", Code::FileEmpty);
}

#[test]
fn binary_junk_and_foreign_files_say_what_they_seem_to_be() {
    let mut junk = Vec::new();
    let mut state = 0x0123_4567_89AB_CDEF_u64;
    for _ in 0..4000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        junk.push((state >> 56) as u8);
    }
    let cases: [(Vec<u8>, &str); 8] = [
        (junk, "двоичные данные"),
        ([b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".as_slice(), &[0; 100]].concat(), "изображение"),
        ([b"ID3\x03\0\0\0\0\0\0".as_slice(), &[0xFF; 10], &[0; 100]].concat(), "звукозапись"),
        ([b"SQLite format 3\0".as_slice(), &[0; 100]].concat(), "SQLite"),
        ([b"\x1F\x8B\x08\0".as_slice(), &[7; 100]].concat(), "GZIP"),
        (package(&[("a.bin", &[1, 2, 0, 0, 0, 0])]), "архив ZIP"),
        (package(&[("word/document.xml", b"<x/>")]), "Word"),
        (b"{\"calls\": []}".to_vec(), "JSON"),
    ];
    for (bytes, words) in cases {
        let error = refusal(&bytes, Code::FormatUnknown);
        let seems = error.detail["seems"].as_str().unwrap();
        assert!(seems.contains(words), "{words}: seems «{seems}»");
        assert!(error.message("ru").contains(seems), "the message says it");
        assert!(error.message("en").contains(error.detail["seems_en"].as_str().unwrap()), "in English too");
    }
}

#[test]
fn an_old_workbook_that_is_none_and_a_page_without_a_table() {
    refusal([b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat(), Code::FileDamaged);
    refusal("<!DOCTYPE html><html><body><table><tr><td>1", Code::FileTruncated);
    refusal("<!DOCTYPE html><html><body><table><tr><td>1</table>", Code::FormatUnknown);
    refusal("<html><body><p>Здравствуйте</p></body></html>", Code::FormatUnknown);
}

#[test]
fn a_truncated_workbook() {
    let whole = workbook(&[(
        "Лист",
        &[&["Дата и время", "Номер", "Длительность"], &["03.09.2025 10:15:00", "79071112233", "00:12"]],
    )]);
    assert_eq!(seen(&whole).summary.records, 1);
    for length in [whole.len() / 4, whole.len() / 2, whole.len() - 10] {
        refusal(&whole[..length], Code::FileTruncated);
    }
}

#[test]
fn a_sheet_that_breaks_off_inside_a_sound_package() {
    let cells = ["A1", "B1", "C1"].iter().zip(["Дата и время", "Номер", "Длительность"]);
    let head: String = cells.map(|(at, text)| text_cell(at, text)).collect();
    let sound = book_of(&format!("<row r=\"1\">{head}</row>"));
    assert_eq!(try_with(&sound, &ReadOptions::default()).map(|_| ()).unwrap_err().code, Code::NoRows);
    let sheet =
        format!("<worksheet><sheetData><row r=\"1\">{head}</row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>03.");
    let mut broken = zip::ZipWriter::new_append(Cursor::new(book_of(""))).unwrap();
    broken.start_file("xl/worksheets/sheet2.xml", SimpleFileOptions::default()).unwrap();
    broken.write_all(sheet.as_bytes()).unwrap();
    let rels = String::from_utf8(book_rels_of("sheet2.xml")).unwrap();
    drop(broken);
    let parts = book_with_sheet(&rels, sheet.as_bytes());
    let error = try_with(&parts, &ReadOptions::default()).map(|_| ()).unwrap_err();
    assert!(matches!(error.code, Code::FileTruncated | Code::FileDamaged), "{error}");
}

fn book_rels_of(target: &str) -> Vec<u8> {
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/{target}\"/>\
         </Relationships>"
    )
    .into_bytes()
}

fn book_with_sheet(rels: &str, sheet: &[u8]) -> Vec<u8> {
    let book = b"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
        <sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    let top = b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
        </Relationships>";
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", top),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/worksheets/sheet2.xml", sheet),
    ])
}

#[test]
fn a_small_workbook_whose_only_cells_are_the_first_and_the_last() {
    let first = format!("<row r=\"1\">{}</row>", text_cell("A1", "x"));
    let last = format!("<row r=\"1048576\">{}</row>", text_cell("XFD1048576", "x"));
    let bytes = book_of(&(first + &last));
    assert!(bytes.len() < 5 * 1024, "{} bytes", bytes.len());
    refusal(&bytes, Code::RecipeUnknown);
}

#[test]
fn a_far_cell_in_a_known_table_costs_one_row() {
    let head = ["A", "B", "C"].iter().zip(["Дата и время", "Номер", "Длительность"]);
    let head: String = head.map(|(at, text)| text_cell(&format!("{at}1"), text)).collect();
    let row = ["A", "B", "C"].iter().zip(["03.09.2025 10:15:00", "79071112233", "00:12"]);
    let row: String = row.map(|(at, text)| text_cell(&format!("{at}2"), text)).collect();
    let far = text_cell("XFD1048576", "x");
    let sheet = format!("<row r=\"1\">{head}</row><row r=\"2\">{row}</row><row r=\"1048576\">{far}</row>");
    let seen = seen(book_of(&sheet));
    assert_eq!((seen.summary.records, seen.summary.problems.len()), (1, 1));
    assert_eq!(seen.summary.problems[0].row, 1_048_576);
}

#[test]
fn a_workbook_that_unpacks_to_far_more_than_it_should() {
    let zeros = vec![b' '; 70 << 20];
    let bytes = package(&[("xl/workbook.xml", &zeros), ("xl/sharedStrings.xml", &zeros)]);
    assert!(bytes.len() < 1 << 20);
    refusal(&bytes, Code::FileTooLarge);
}

#[test]
fn xml_that_declares_entities() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE calls [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\
        <calls><call number=\"&b;\" date=\"1\" type=\"1\" duration=\"1\"/></calls>";
    refusal(bomb, Code::XmlEntities);
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE calls SYSTEM \"file:///etc/passwd\"><calls/>";
    refusal(outside, Code::XmlEntities);
}

#[test]
fn truncated_xml_says_where() {
    let call = "<call number=\"+79071112233\" duration=\"1\" date=\"1756883700000\" type=\"1\" />\n";
    let whole = format!("<?xml version='1.0'?><calls>{}</calls>", call.repeat(3));
    for cut in [1, 9, 40] {
        let error = refusal(&whole[..whole.len() - cut], Code::FileTruncated);
        assert!(error.detail["row"].as_u64().is_some_and(|row| (3..=4).contains(&row)), "{:?}", error.detail);
    }
    refusal("<?xml version='1.0'?><calls><call number=\"", Code::FileTruncated);
    refusal(whole.replace("</calls>", "</other>"), Code::FileDamaged);
}

#[test]
fn lone_carriage_returns_end_lines() {
    let seen = seen((HEAD.to_owned() + ROW + ROW.replace("10:15", "10:16").as_str()).replace('\n', "\r"));
    assert_eq!((seen.summary.records, seen.summary.skipped), (2, 0));
    assert_eq!(seen.records()[1].place.row, 3, "lines are counted by them too");
}

#[test]
fn nul_characters_do_not_end_a_row() {
    let seen = seen(format!("{HEAD}{ROW}03.09.2025 10:16:00;7907111\0{};Входящий;00:12\n", "2244"));
    assert_eq!((seen.summary.rows, seen.summary.records), (2, 2));
}

#[test]
fn a_row_of_a_million_columns_is_one_problem() {
    let seen = seen(format!("{HEAD}{ROW}{}\n{ROW}", ";x".repeat(1_000_000)));
    assert_eq!((seen.summary.rows, seen.summary.problems.len()), (3, 1));
    let problem = &seen.summary.problems[0];
    assert_eq!((problem.row, problem.expected.as_str()), (3, "столбцов: 4, в строке: 1000001"));
    assert!(problem.found.chars().count() <= 200);
}

#[test]
fn a_stray_quotation_mark_does_not_swallow_the_file() {
    let minute = |m: usize| ROW.replace("10:15", &format!("10:{m:02}"));
    let rows: String = (0..40).map(minute).collect();
    let text = format!("{HEAD}{}{rows}", minute(50).replace("Входящий", "\"Входящий"));
    let seen = seen(text);
    assert_eq!(seen.summary.rows, 41, "every line is a row");
    assert_eq!(seen.summary.records, 41);
    assert_eq!(seen.records()[40].place.row, 42);
}

#[test]
fn a_quoted_cell_may_hold_line_ends() {
    let seen = seen(
        "Дата и время;Номер;Длительность;Имя\n03.09.2025 10:15:00;79071112233;00:12;\"а\r\nб;в\"\n03.09.2025 10:16:00;79071112233;00:12;\n",
    );
    assert_eq!(seen.dictionary.labels, ["а\r\nб;в"]);
    let rows: Vec<u64> = seen.records().iter().map(|r| r.place.row).collect();
    assert_eq!(rows, [2, 4], "the next row stands two lines further");
}

#[test]
fn a_file_of_one_line_without_its_end() {
    let seen = seen((HEAD.to_owned() + ROW).trim_end());
    assert_eq!(seen.summary.records, 1);
}

#[test]
fn a_person_can_cancel_at_any_moment() {
    struct Cancelled;
    impl Progress for Cancelled {
        fn report(&self, _: &'static str, done: u64, _: Option<u64>) -> ulika::Result<()> {
            if done >= 4096 { Err(Error::new(Code::Cancelled)) } else { Ok(()) }
        }
    }
    let bytes = HEAD.to_owned() + &ROW.repeat(10_000);
    let mut file = Cursor::new(bytes.as_bytes());
    let options = ReadOptions::default();
    let what = identify(&mut file, "f.csv", &options).unwrap();
    let error = read(&mut file, "f.csv", &what, &options, &mut Discard, &Cancelled).unwrap_err();
    assert_eq!(error.code, Code::Cancelled);
}

#[test]
fn an_error_of_the_sink_ends_the_reading_with_the_same_error() {
    struct Full(u32);
    impl Sink for Full {
        fn row(&mut self, _: RowFate, _: &Dictionary) -> ulika::Result<()> {
            self.0 += 1;
            if self.0 == 2 { Err(Error::new(Code::DiskFull)) } else { Ok(()) }
        }
    }
    let bytes = HEAD.to_owned() + &ROW.repeat(10);
    let mut file = Cursor::new(bytes.as_bytes());
    let options = ReadOptions::default();
    let what = identify(&mut file, "f.csv", &options).unwrap();
    let mut sink = Full(0);
    let error = read(&mut file, "f.csv", &what, &options, &mut sink, &Silent).unwrap_err();
    assert_eq!((error.code, sink.0), (Code::DiskFull, 2));
}

#[test]
fn rows_across_the_borders_of_reading_are_whole() {
    let mut text = HEAD.to_owned();
    for n in 0..20_000 {
        text += &format!(
            "03.09.2025 {:02}:{:02}:{:02};79071{:06};Входящий;00:12\r\n",
            n / 3600,
            n / 60 % 60,
            n % 60,
            n % 50
        );
        if n % 100 == 0 {
            text += "\r\n";
        }
    }
    let seen = seen(&text);
    assert_eq!((seen.summary.records, seen.summary.skipped, seen.summary.problems.len()), (20_000, 200, 0));
    for (n, record) in seen.records().iter().enumerate() {
        let row = &text.as_bytes()[record.place.offset as usize..][..record.place.length as usize];
        assert!(row.ends_with(b"00:12") && row.starts_with(b"03.09.2025 "), "row {n}");
        assert_eq!(record.place.row, (n + 2 + n.div_ceil(100)) as u64, "row {n}");
    }
}
