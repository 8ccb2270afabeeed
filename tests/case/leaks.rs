//! Only what is in scope leaves: a case full of other people's calls, and a bundle of one group.

use super::common::*;
use std::collections::BTreeMap;
use std::io::Read;
use tempfile::TempDir;
use ulika::Case;
use ulika::actions::{self, AttachOptions, ExportOptions, ImportOptions};
use ulika::model::{CallId, Contents, GroupId};
use ulika::progress::Silent;
use ulika::typesetting::Typesetter;

/// Words and numbers that stand on calls and exhibits out of scope only.
const OF_OTHERS: [&str; 7] =
    ["9350001111", "935\u{a0}000", "93500011", "ОРХИДЕЯ", "СОСЕДКА", "ЧУЖОЕ ИМЯ", "чужой снимок"];

struct PlainPaper;

impl Typesetter for PlainPaper {
    fn pdf(&self, source: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(source.as_bytes().to_vec())
    }
}

fn table(folder: &TempDir, name: &str, rows: &[&str]) -> std::path::PathBuf {
    let path = folder.path().join(name);
    let text = format!("Дата и время;Услуга;Направление;Номер;Длительность;Подпись\r\n{}\r\n", rows.join("\r\n"));
    std::fs::write(&path, text).unwrap();
    path
}

/// Three calls of one caller; two of a clinic, one of a neighbour, a message, and a row that cannot be read.
fn case(folder: &TempDir) -> (Case, GroupId, Vec<CallId>) {
    let (_, mut case) = new_case(folder, None);
    let files = TempDir::new().unwrap();
    let one = table(
        &files,
        "detail.csv",
        &[
            "01.03.2025 10:00:00;Голосовой вызов;Входящий;79071234500;00:10;ООО ВЕКТОРИЯ",
            "02.03.2025 10:00:00;Голосовой вызов;Входящий;79350001111;00:10;ОРХИДЕЯ",
            "03.03.2025 10:00:00;Голосовой вызов;Входящий;79071234511;00:10;ВЕКТОРИЯ",
            "04.03.2025 10:00:00;SMS;Входящий;79350001111;;ОРХИДЕЯ",
            "31.02.2025 10:00:00;Голосовой вызов;Входящий;79350001111;00:10;ОРХИДЕЯ",
            "05.03.2025 10:00:00;Голосовой вызов;Входящий;79071234522;00:10;ВЕКТОРИЯ",
        ],
    );
    let two = table(
        &files,
        "чужой снимок.csv",
        &[
            "06.03.2025 10:00:00;Голосовой вызов;Входящий;79350001111;00:10;ОРХИДЕЯ",
            "07.03.2025 10:00:00;Голосовой вызов;Входящий;79350001122;00:10;СОСЕДКА",
            "08.03.2025 10:00:00;Голосовой вызов;Исходящий;79350001111;00:10;",
        ],
    );
    for file in [one, two] {
        actions::import(&mut case, &[file], &ImportOptions::default(), &[], &Silent).unwrap();
    }
    let groups = actions::groups(&case).unwrap().groups;
    let group = groups.iter().find(|g| g.name == "ВЕКТОРИЯ").unwrap().id;
    let clinic = groups.iter().find(|g| g.name == "ОРХИДЕЯ").unwrap().id;
    let page = actions::calls(&case, &actions::CallFilter::default(), None, 100).unwrap().calls;
    let calls: Vec<CallId> = page.iter().map(|c| c.id).collect();

    let picture = files.path().join("screen.png");
    std::fs::write(&picture, b"\x89PNG\r\n\x1a\nscreen").unwrap();
    let other = files.path().join("чужой снимок.png");
    std::fs::write(&other, b"\x89PNG\r\n\x1a\nother").unwrap();
    let mut attach = |path: &std::path::Path, calls: &[CallId], label: &str| {
        let options = AttachOptions { calls: calls.to_vec(), label: Some(label.to_owned()), ..Default::default() };
        actions::attach(&mut case, &[path.to_owned()], &options, &Silent).unwrap();
    };
    attach(&picture, &[calls[0]], "ВЕКТОРИЯ ИТ");
    // The same exhibit shown to belong to other people's calls as well, and one that belongs to them alone.
    attach(&picture, &[calls[1]], "ОРХИДЕЯ ЧУЖОЕ ИМЯ");
    attach(&other, &[calls[1], calls[4]], "СОСЕДКА");
    actions::name_group(&mut case, clinic, "ЧУЖОЕ ИМЯ").unwrap();
    actions::name_group(&mut case, group, "ЧУЖОЕ ИМЯ, взято назад").unwrap();
    actions::undo(&mut case).unwrap();
    actions::name_group(&mut case, group, "Вектория").unwrap();
    (case, group, calls)
}

fn export(case: &mut Case, folder: &TempDir, options: &ExportOptions) -> BTreeMap<String, Vec<u8>> {
    let out = folder.path().join("out.zip");
    actions::export(case, &out, options, &PlainPaper, &Silent).unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&out).unwrap()).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().split_once('/').unwrap().1.to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        files.insert(name, bytes);
    }
    files
}

/// The parts of a workbook as one text.
fn unpacked(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

#[test]
fn a_bundle_of_one_group_tells_nothing_of_others() {
    let folder = TempDir::new().unwrap();
    let (mut case, group, _) = case(&folder);
    let options = ExportOptions { groups: vec![group], contents: Contents::Originals };
    let files = export(&mut case, &folder, &options);
    assert!(files.contains_key("data/exhibits/E0001.png") && !files.contains_key("data/exhibits/E0002.png"));
    for (path, bytes) in &files {
        let text = if path.ends_with(".xlsx") { unpacked(bytes) } else { String::from_utf8_lossy(bytes).into_owned() };
        for word in OF_OTHERS {
            assert!(!text.contains(word), "{path} tells of «{word}»");
        }
    }
    let said = String::from_utf8(files["data/custody/events.jsonl"].clone()).unwrap();
    assert!(said.contains("Вектория"), "what the person said of this group leaves");
    let events = actions::log(&case).unwrap().custody.len();
    assert_eq!(said.lines().count(), events, "and every link of the chain");
    let ledger = String::from_utf8(files["data/tables/row-ledger.csv"].clone()).unwrap();
    let fates: Vec<(&str, bool)> = ledger
        .lines()
        .skip(1)
        .map(|row| row.trim_end().split(',').collect::<Vec<_>>())
        .map(|cells| (cells[3], !cells[5].is_empty()))
        .collect();
    let (record, other) = (("record", true), ("record", false));
    let all = [record, other, record, ("other", false), ("problem", false), record];
    assert_eq!(fates, all, "every row of the source keeps its place, so that its sums add up");
}

#[test]
fn what_was_undone_leaves_with_no_bundle() {
    let folder = TempDir::new().unwrap();
    let (mut case, _, _) = case(&folder);
    let files = export(&mut case, &folder, &ExportOptions { groups: vec![], contents: Contents::Originals });
    for (path, bytes) in &files {
        assert!(!String::from_utf8_lossy(bytes).contains("взято назад"), "{path} tells of an action that was undone");
    }
    let said = String::from_utf8(files["data/custody/events.jsonl"].clone()).unwrap();
    assert!(said.contains("ЧУЖОЕ ИМЯ") && said.contains("ОРХИДЕЯ"), "the whole case tells the rest");
}

#[test]
fn a_number_of_others_in_two_originals_counts_once() {
    let (folder, files) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (_, mut case) = new_case(&folder, None);
    let row = |day: u32, number: u64| format!("{day:02}.03.2025 10:00:00;Голосовой вызов;Входящий;{number};00:10;");
    let of = |name: &str, days: u32, numbers: [u64; 3]| {
        let rows: Vec<String> = (days..).zip(numbers).map(|(day, number)| row(day, number)).collect();
        table(&files, name, &rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    // The line of the case itself is nobody else's number.
    let one = of("one.csv", 1, [79_350_001_111, 79_350_301_122, 79_070_000_000]);
    let two = of("two.csv", 11, [79_350_001_111, 79_350_601_133, 79_350_001_111]);
    actions::import(&mut case, &[one, two], &ImportOptions::default(), &[], &Silent).unwrap();
    assert!(actions::groups(&case).unwrap().groups.is_empty());
    let options = ExportOptions { groups: vec![], contents: Contents::Originals };
    let preview = actions::preview_export(&case, &options).unwrap();
    let each: Vec<u32> = preview.sources.iter().map(|s| s.numbers_of_others).collect();
    assert_eq!((each, preview.numbers_of_others), (vec![2, 2], 3));
    let answer = actions::export(&mut case, &folder.path().join("out.zip"), &options, &PlainPaper, &Silent).unwrap();
    assert_eq!(answer.numbers_of_others, 3);
}
