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
