//! Extracts as files: what is in them, and what becomes of broken ones.

use crate::common::{refusal, seen, seen_with, try_with};
use std::io::Cursor;
use ulika::error::Code;
use ulika::import::{Discard, ReadOptions, identify, read_extract, read_number};
use ulika::progress::Silent;

const TEXT: &str = "Договор 100 на имя Соседки\n\
    Дата и время;Номер;Направление;Длительность\n\
    Абонент: 79070000001\n\
    03.09.2025 10:15:00;79350001111;Входящий;00:12\n\
    Абонент: 79070000000\n\
    03.09.2025 10:15:00;79351112233;Входящий;00:12\n\
    04.09.2025 10:15:00;8 (935) 111-22-44;Входящий;00:13\n\
    Итого;;;25\n";

fn extract_of(text: &str) -> String {
    let options = ReadOptions { line: Some(read_number("79070000000", None)), ..ReadOptions::default() };
    let mut file = Cursor::new(text);
    let what = identify(&mut file, "file.bin", &options).unwrap();
    let told = ("00", text.len() as u64);
    let (_, made) = read_extract(&mut file, "file.bin", &what, &options, told, &mut Discard, &Silent).unwrap();
    assert_eq!(made.lines, [read_number("79070000001", None)]);
    String::from_utf8(made.bytes).unwrap()
}

#[test]
fn an_extract_holds_the_header_the_line_and_its_rows_and_says_of_what_it_is() {
    let extract = extract_of(TEXT);
    let lines: Vec<serde_json::Value> = extract.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |name: &str| lines[0][name].clone();
    assert_eq!((told("ulika_extract"), told("file"), told("recipe")), (1.into(), "file.bin".into(), "table".into()));
    assert_eq!(
        (told("container"), told("encoding"), told("line")),
        ("csv".into(), "utf-8".into(), "+79070000000".into())
    );
    assert_eq!((told("sha256"), told("bytes")), ("00".into(), TEXT.len().into()));
    assert_eq!((told("rows"), told("rows_left_out")), (2.into(), 1.into()));
    let rows: Vec<u64> = lines[1..].iter().map(|line| line["row"].as_u64().unwrap()).collect();
    assert_eq!(rows, [2, 5, 6, 7], "the header, the name of the line, its rows");

    let line = Some(read_number("79070000000", None));
    let whole = seen_with(TEXT.as_bytes(), &ReadOptions { line, ..ReadOptions::default() });
    let part = seen(&extract);
    assert_eq!(part.told(), whole.told());
    assert_eq!(
        part.records().iter().map(|r| r.place).collect::<Vec<_>>(),
        whole.records().iter().map(|r| r.place).collect::<Vec<_>>()
    );
    assert_eq!((part.what.encoding.as_str(), part.what.recipe.as_str()), ("utf-8", "table"));
    assert_eq!(part.lines(), ["+79070000000"]);
    assert_eq!(part.what.extract_of.unwrap().line, "+79070000000");
}

#[test]
fn a_broken_extract_is_refused_as_such() {
    let extract = extract_of(TEXT);
    refusal(extract.replacen(":1,", ":2,", 1), Code::FormatUnknown);
    refusal(extract.replacen("utf-8", "no such", 1), Code::FileDamaged);
    refusal(extract.replacen("\"table\"", "\"nowhere\"", 1), Code::RecipeUnknown);
    refusal(extract.replacen("\"csv\"", "\"sqlite\"", 1), Code::RecipeUnfit);
    refusal(extract.replacen("\"cells\":[", "\"cells\":", 1), Code::FileDamaged);
    refusal(extract.replacen("\"row\":6", "\"row\":5", 1), Code::FileDamaged);
    refusal(extract.trim_end(), Code::FileTruncated);
    refusal(&extract[..extract.find('\n').unwrap()], Code::FileTruncated);
    let cut = extract.trim_end().rfind('\n').unwrap();
    refusal(&extract[..=cut], Code::FileTruncated);
}

#[test]
fn whatever_byte_of_an_extract_is_changed_it_is_read_or_refused() {
    let extract = extract_of(TEXT).into_bytes();
    let mut refused = 0;
    for at in 0..extract.len() {
        for other in [0, b'"', b'9', b'\n', 0xFF] {
            let mut changed = extract.clone();
            changed[at] = other;
            refused += usize::from(try_with(&changed, &ReadOptions::default()).is_err());
        }
    }
    assert!(refused > extract.len(), "{refused}");
}
