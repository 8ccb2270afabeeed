//! What is written.

use crate::support::*;
use std::io::Cursor;
use std::sync::atomic::{AtomicU64, Ordering};
use ulika::bundle;
use ulika::error::{Code, Error, Result};
use ulika::model::*;
use ulika::progress::{Progress, Silent};

#[test]
fn a_full_bundle_verifies() {
    let (bytes, written) = full();
    let answer = verify(&bytes);
    assert_eq!(answer.differences, []);
    assert!(answer.complete && answer.valid);
    assert_eq!(answer.signature, "none");
    assert_eq!(answer.code.as_deref(), Some(written.code.as_str()));
    assert_eq!(files(&bytes).len(), written.files as usize);
    assert!(written.name.starts_with(&format!("ulika_20261123_{}", &written.code[..4])), "{}", written.name);
}

#[test]
fn a_scoped_bundle_verifies_and_takes_extracts_whatever_is_asked() {
    let (dossier, shelf) = scoped(12);
    let (bytes, _) = write(&dossier, &shelf, Contents::Originals);
    assert_eq!(verify(&bytes).differences, []);
    let files = files(&bytes);
    assert!(!files.keys().any(|path| path.starts_with("data/originals/")), "an original would tell of others");
    assert!(files.contains_key("data/extracts/S0001.csv") && files.contains_key("data/extracts/index.csv"));
    assert!(!files.contains_key("data/extracts/S0002.csv"), "a source without a call in scope");
    for (path, content) in &files {
        let text = String::from_utf8_lossy(content);
        assert!(!text.contains(SECRET_NAME), "{path} tells of a row that is not in scope");
        assert!(!text.contains("+79070000003"), "{path} names a number that is not in scope: {text}");
    }
}

#[test]
fn the_same_state_gives_the_same_bytes() {
    let (dossier, shelf) = sample(50);
    let (first, _) = write(&dossier, &shelf, Contents::Originals);
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let (second, _) = write(&dossier, &shelf, Contents::Originals);
    assert!(first == second, "two exports of one state differ");
}

#[test]
fn the_code_does_not_depend_on_when() {
    let (mut dossier, shelf) = sample(20);
    let (_, first) = write(&dossier, &shelf, Contents::Originals);
    dossier.now += 86_400 * 40;
    let (_, second) = write(&dossier, &shelf, Contents::Originals);
    assert_eq!(first.code, second.code, "the code covers the evidence");
    assert_ne!(first.name, second.name, "the name tells the day");
}

#[test]
fn originals_and_exhibits_are_there_byte_for_byte_under_plain_names() {
    let (dossier, shelf) = sample(12);
    let (bytes, _) = write(&dossier, &shelf, Contents::Originals);
    let files = files(&bytes);
    for (path, digest) in [
        ("data/originals/S0001.xml", &dossier.sources[0].source.sha256),
        ("data/originals/S0002.csv", &dossier.sources[1].source.sha256),
        ("data/exhibits/E0001.png", &dossier.exhibits[0].exhibit.sha256),
        ("data/exhibits/E0002.wav", &dossier.exhibits[1].exhibit.sha256),
    ] {
        assert_eq!(&sha256(&files[path]), digest, "{path}");
    }
}

#[test]
fn nothing_of_others_runs_or_hides() {
    let (dossier, shelf) = sample(12);
    let files = files(&write(&dossier, &shelf, Contents::Originals).0);
    let html = String::from_utf8(files["data/report.html"].clone()).unwrap();
    assert!(!html.contains("<script") && !html.contains("<b>других"), "markup of others in the report");
    assert!(html.contains("&lt;script&gt;"), "it is shown as text");
    assert!(html.contains("default-src 'none'"));
    let calls = String::from_utf8(files["data/tables/calls.csv"].clone()).unwrap();
    assert!(calls.contains("'=cmd|") && !calls.contains(",=cmd|"), "a formula in a label");
    assert!(calls.contains(",+79070000001,"), "an E.164 number stays a number");
    for (path, content) in files.iter().filter(|(path, _)| !path.contains("originals") && !path.contains("exhibits/")) {
        if [".csv", ".html", ".pdf", ".json", ".jsonl"].iter().any(|ending| path.ends_with(ending)) {
            assert!(!String::from_utf8_lossy(content).contains('\u{202e}'), "{path} holds a direction character");
        }
    }
}

#[test]
fn chance_figures_stay() {
    let (dossier, shelf) = sample(12);
    for (path, content) in files(&write(&dossier, &shelf, Contents::Originals).0) {
        assert!(!String::from_utf8_lossy(&content).contains("0.0004"), "{path}");
    }
}

#[test]
fn the_digest_of_a_row_is_that_of_its_cells() {
    let (dossier, shelf) = sample(12);
    let files = files(&write(&dossier, &shelf, Contents::Originals).0);
    let mut reader = csv::Reader::from_reader(files["data/tables/calls.csv"].as_slice());
    let mut rows = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let cells: Vec<&str> = row.iter().take(row.len() - 1).collect();
        assert_eq!(row.get(row.len() - 1).unwrap(), sha256(cells.join("\u{1f}").as_bytes()));
        rows += 1;
    }
    assert_eq!(rows, 12);
}

#[test]
fn an_exhibit_that_is_not_what_its_digest_says_stops_the_export() {
    let (dossier, mut shelf) = sample(12);
    shelf.blobs.insert(dossier.exhibits[0].exhibit.sha256.clone(), b"something else".to_vec());
    let mut out = Cursor::new(Vec::new());
    let error =
        bundle::write(&dossier, &shelf, Contents::Originals, &PlainPaper, &mut out, &Silent).expect_err("must stop");
    assert_eq!(error.code, Code::CaseDamaged);
}

/// Cancels at the n-th report.
struct Impatient(AtomicU64);

impl Progress for Impatient {
    fn report(&self, _: &'static str, _: u64, _: Option<u64>) -> Result<()> {
        if self.0.fetch_sub(1, Ordering::Relaxed) == 0 { Err(Error::new(Code::Cancelled)) } else { Ok(()) }
    }
}

#[test]
fn both_ways_can_be_cancelled_at_any_report() {
    let (dossier, shelf) = sample(12);
    let (bytes, _) = write(&dossier, &shelf, Contents::Originals);
    for patience in 0..20 {
        let impatient = || Impatient(AtomicU64::new(patience));
        let mut out = Cursor::new(Vec::new());
        let error = bundle::write(&dossier, &shelf, Contents::Originals, &PlainPaper, &mut out, &impatient());
        assert_eq!(error.expect_err("cancelled").code, Code::Cancelled);
        let error = bundle::verify(&mut Cursor::new(&bytes), &impatient());
        assert_eq!(error.expect_err("cancelled").code, Code::Cancelled);
    }
}

#[test]
fn an_empty_case_makes_a_bundle() {
    let (mut dossier, mut shelf) = sample(0);
    (dossier.sources, dossier.exhibits, dossier.groups, shelf.ledger) = (vec![], vec![], vec![], vec![]);
    let (bytes, _) = write(&dossier, &shelf, Contents::Originals);
    assert_eq!(verify(&bytes).differences, []);
}

#[test]
fn the_paper_tells_every_reason_to_its_end() {
    let (mut dossier, shelf) = sample(12);
    let long = format!("соседние номера {} звонили в одно время", "+79070000000, ".repeat(40));
    let reason = dossier.groups[0].reasons[0].clone();
    for text in [long.as_str(), "и последняя причина"] {
        dossier.groups[0].reasons.push(GroupReason { text: text.to_owned(), ..reason.clone() });
    }
    let files = files(&write(&dossier, &shelf, Contents::Originals).0);
    for path in ["data/report.pdf", "data/report.html"] {
        let text = String::from_utf8(files[path].clone()).unwrap().replace('\u{200b}', "");
        let whole = long.replace("+79070000000", "+7\u{a0}907\u{a0}000\u{2011}00\u{2011}00");
        assert!(text.contains(&whole) && text.contains("и последняя причина"), "{path}");
    }
}

#[test]
fn the_report_says_who_called_how_often_and_to_which_call_an_exhibit_belongs() {
    let (dossier, shelf) = sample(12);
    let files = files(&write(&dossier, &shelf, Contents::Originals).0);
    for path in ["data/report.pdf", "data/report.html"] {
        let text = String::from_utf8(files[path].clone()).unwrap().replace('\u{200b}', "");
        assert!(text.contains("+7\u{a0}907\u{a0}000\u{2011}00\u{2011}00 — 1"), "{path}: calls of a number");
        assert!(text.contains("звонки № 1, 2"), "{path}: calls of an exhibit");
    }
}

#[test]
fn another_name_of_the_same_time_is_not_another_time() {
    let (mut dossier, shelf) = sample(12);
    for (call, hours) in dossier.calls.iter_mut().zip([3, 5]) {
        call.start.clock.zone = Zone::parse(&format!("+0{hours}:00")).unwrap();
    }
    let files = files(&write(&dossier, &shelf, Contents::Originals).0);
    for path in ["data/report.pdf", "data/report.html"] {
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains("(UTC+05:00)") && !text.contains("(UTC+03:00)"), "{path}");
    }
}

fn rows_of(files: &std::collections::BTreeMap<String, Vec<u8>>, table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(files[table].as_slice());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn cells<'t>(table: &'t [Vec<String>], row: usize, names: &[&str]) -> Vec<&'t str> {
    let at = |name: &str| table[0].iter().position(|n| n == name).unwrap_or_else(|| panic!("{name}"));
    names.iter().map(|name| table[row][at(name)].as_str()).collect()
}

#[test]
fn a_label_says_where_it_was_seen_for_which_call_and_who_says_so() {
    let (dossier, shelf) = sample(12);
    let files = files(&write(&dossier, &shelf, Contents::Originals).0);
    let calls = rows_of(&files, "data/tables/calls.csv");
    let asked = ["call_id", "label_raw", "label_source", "label_seen_in", "label_asserted_by"];
    let second = ["2", "ВЕКТОРИЯ: ВК", "phone_log exhibit", "S0002:3 E0001", "source person"];
    assert_eq!(cells(&calls, 2, &asked), second);
    assert_eq!(cells(&calls, 1, &asked)[1..], ["", "", "", ""], "no label, nothing said of one");
    assert_eq!(cells(&calls, 3, &["label_source", "label_seen_in"]), ["operator_field", "S0001:4"]);

    let labels = rows_of(&files, "data/tables/labels.csv");
    let at = labels.iter().position(|row| row[0] == "ВЕКТОРИЯ: ВК").unwrap();
    let asked = ["label_source", "asserted_by", "exhibits", "sources", "first_seen_in"];
    assert_eq!(
        cells(&labels, at, &asked),
        ["phone_log exhibit", "person source", "E0001", "S0001 S0002", "S0002:3 E0001"]
            .map(|cell| if cell == "phone_log exhibit" { "phone_log operator_field exhibit" } else { cell })
    );

    let seen = rows_of(&files, "data/tables/label-observations.csv");
    let of_second: Vec<&Vec<String>> = seen.iter().filter(|row| row[0] == "2").collect();
    assert_eq!(of_second.len(), 2, "one row each time that it was seen");
    assert_eq!(of_second[0][2..], ["ВЕКТОРИЯ: ВК", "phone_log", "source", "", "S0002", "0", "3"]);
    assert_eq!(of_second[1][2..], ["ВЕКТОРИЯ: ВК", "exhibit", "person", "E0001", "", "", ""]);

    let case: serde_json::Value = serde_json::from_slice(&files["data/case/case.json"]).unwrap();
    assert_eq!(case["exhibits"][0]["labels"][0]["text"], "ВЕКТОРИЯ: ВК");
    assert_eq!(case["exhibits"][0]["labels"][0]["calls"][0], 2);
    let opis = rows_of(&files, "data/opis.csv");
    assert!(cells(&opis, 3, &["shows"])[0].ends_with(" | label «ВЕКТОРИЯ: ВК» calls 2"), "{opis:?}");
    for path in ["data/report.pdf", "data/report.html"] {
        let text = String::from_utf8(files[path].clone()).unwrap().replace('\u{200b}', "");
        assert!(text.contains("ВЕКТОРИЯ: ВК (в журнале телефона, на снимке E0001)"), "{path}");
        assert!(text.contains("надпись «ВЕКТОРИЯ: ВК» (звонок № 2)"), "{path}");
    }
}

#[test]
fn a_label_read_off_an_exhibit_that_stays_does_not_name_it() {
    let (mut dossier, shelf) = sample(12);
    dossier.calls[1].labels = vec![DossierLabel { text: "ВЕКТОРИЯ".into(), seen: LabelPlace::Exhibit(None) }];
    let files = files(&write(&dossier, &shelf, Contents::Originals).0);
    let calls = rows_of(&files, "data/tables/calls.csv");
    assert_eq!(cells(&calls, 2, &["label_source", "label_seen_in", "label_asserted_by"]), ["exhibit", "", "person"]);
    let html = String::from_utf8(files["data/report.html"].clone()).unwrap();
    assert!(html.contains("ВЕКТОРИЯ (на приложении, которое сюда не вошло)"));
}

#[test]
fn a_long_name_may_be_broken_in_its_column_and_short_words_are_not() {
    let (mut dossier, shelf) = sample(12);
    let name = "Screenshot_2025-05-21-15-34-58-417_com.android.incallui.jpg";
    dossier.exhibits[0].exhibit.name = name.to_owned();
    let files = files(&write(&dossier, &shelf, Contents::Originals).0);
    let paper = String::from_utf8(files["data/report.pdf"].clone()).unwrap();
    let row = paper.lines().find(|line| line.contains("E0001") && line.contains("снимок экрана")).unwrap();
    let cell = row.split('"').nth(3).unwrap();
    assert!(cell.replace('\u{200b}', "").starts_with(name), "{cell}");
    let parts = cell.split(['\u{200b}', ' ']).map(|part| part.chars().count());
    assert!(parts.max().unwrap() <= 20, "no part is wider than the column: {cell:?}");
    assert!(row.contains("снимок экрана, сделан"), "words that fit are never broken: {row:?}");
}

#[test]
fn the_report_says_of_each_exhibit_in_its_gender_when_it_was_made() {
    let (mut dossier, shelf) = sample(12);
    let html = |dossier: &Dossier| {
        String::from_utf8(files(&write(dossier, &shelf, Contents::Originals).0)["data/report.html"].clone()).unwrap()
    };
    let text = html(&dossier);
    assert!(text.contains("снимок экрана, сделан 3") && text.contains("запись разговора, сделана 3"), "{text}");
    assert!(text.contains(", добавлена 20"));
    dossier.exhibits[1].exhibit.captured_at = None;
    assert!(html(&dossier).contains("запись разговора, время записи неизвестно"));
}

#[test]
fn the_ranges_that_statements_rest_on_are_there_with_the_register_that_they_are_of() {
    let (mut dossier, shelf) = sample(12);
    let files_of = |dossier: &Dossier| files(&write(dossier, &shelf, Contents::Originals).0);
    let with = files_of(&dossier);
    let rows = rows_of(&with, "data/tables/ranges.csv");
    let asked = ["from", "to", "operator", "region", "territory", "inn", "register", "register_line"];
    let told = ["+79070000000", "+79070009999", "ПАО \"ВЫМЫСЕЛ\"", "'-", "Город & область", "0001000010"];
    assert_eq!(cells(&rows, 1, &asked)[..6], told);
    assert_eq!(cells(&rows, 1, &asked)[6..], ["'=DEF-9xx[U+202E].csv", "17"], "a name runs nothing and hides nothing");
    assert_eq!(
        cells(&rows, 1, &["register_sha256", "register_dated", "register_dated_basis"]),
        [&sha256(b"register"), "2026-08-19", "file_name"]
    );
    let case: serde_json::Value = serde_json::from_slice(&with["data/case/case.json"]).unwrap();
    assert_eq!(case["registers"][0]["dated"], "2026-08-19");
    for path in ["data/report.pdf", "data/report.html"] {
        let text = String::from_utf8(with[path].clone()).unwrap().replace('\u{200b}', "");
        for words in ["Реестр нумерации", "от 19.08.2026 (дата по имени файла", "номера могли быть перенесены"]
        {
            assert!(text.contains(words), "{path}: {words}");
        }
    }
    (dossier.registers, dossier.ranges) = (Vec::new(), Vec::new());
    let without = files_of(&dossier);
    assert!(!without.contains_key("data/tables/ranges.csv") && !without.contains_key("data/tables/ranges.schema.json"));
}
