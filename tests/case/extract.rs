//! An extract in the place of a file that names several lines: the same calls of the picked line, and of the others
//! nothing, neither in the case file nor in what leaves it.

use super::common::*;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use ulika::actions::{self, CallFilter, ExportOptions, ImportOptions, SourceAnswer};
use ulika::import::{Field, MappingName, OwnRecipe, recipe_text};
use ulika::model::Contents;
use ulika::progress::Silent;
use ulika::typesetting::Typesetter;
use ulika::{Case, Code};

const MINE: &str = "+79070000000";

struct PlainPaper;

impl Typesetter for PlainPaper {
    fn pdf(&self, source: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(source.as_bytes().to_vec())
    }
}

/// A file of several lines, which of them is picked, and what of the others may stand nowhere.
struct Detail {
    path: PathBuf,
    line: &'static str,
    of_others: Vec<String>,
    /// Whether its letters stand in its bytes as they are.
    is_text: bool,
    _folder: TempDir,
}

fn detail(name: &str, bytes: &[u8], line: &'static str, of_others: &[&str], is_text: bool) -> Detail {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let of_others = of_others.iter().map(|&word| word.to_owned()).collect();
    Detail { path, line, of_others, is_text, _folder: folder }
}

/// A table in blocks by line: colleagues before, between and after, a row that broke and names one of them, and text
/// around that names the organisation.
fn blocks() -> Detail {
    let text = "Детализация по договору 100 ООО КАЛИТКА\n\
        Дата и время;Услуга;Направление;Номер;Длительность;Подпись\n\
        Абонент: 79070000001\n\
        01.03.2025 10:00:00;Голосовой вызов;Входящий;79350001111;00:10;ОРХИДЕЯ\n\
        Абонент: 79070000000\n\
        02.03.2025 10:00:00;Голосовой вызов;Входящий;79351234500;00:10;ВЕКТОРИЯ\n\
        03.03.2025 10:00:00;SMS;Входящий;79351234511;;\n\
        31.02.2025 10:00:00;Голосовой вызов;Входящий;79351234511;00:10;\n\
        Абонент: 79070000002 Соседка Мария\n\
        Дата и время;Услуга;Направление;Номер;Длительность;Подпись\n\
        04.03.2025 10:00:00;Голосовой вызов;Исходящий;79350002222;00:10;КЛИНИКА\n\
        99.03.2025 10:00:00;Голосовой вызов;Исходящий;79350002222;00:10;КЛИНИКА\n\
        Абонент: 79070000000\n\
        05.03.2025 10:00:00;Голосовой вызов;Входящий;79351234522;01:10;ВЕКТОРИЯ\n\
        05.03.2025 10:00:00;Голосовой вызов;Входящий;79351234522;01:10;ВЕКТОРИЯ\n\
        79070000001 Львова;Голосовой вызов;;;;\n";
    let others =
        ["9070000001", "9070000002", "9350001111", "9350002222", "ОРХИДЕЯ", "КЛИНИКА", "Соседка", "Львова", "КАЛИТКА"];
    detail("detail.csv", text.as_bytes(), MINE, &others, true)
}

/// A bill of an organisation as XML: each line an element around its rows.
fn bill() -> Detail {
    let text = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Report><b an=\"100200300\" ed=\"30.09.2025\"/>\
        <tp n=\"79070000001\" u=\"СОСЕДКА\"><ss n=\"Абонентская плата\" sd=\"01.09.2025\" awt=\"9\"/></tp>\
        <ds n=\"79070000001\" u=\"СОСЕДКА\">\
        <i d=\"03.09.2025 8:00:00\" n=\"&lt;--79350001111\" s=\"Телеф.\" du=\"0:12\"/></ds>\
        <ds n=\"79070000000\" u=\"ИМЯ\">\
        <i d=\"03.09.2025 8:00:00\" n=\"&lt;--79351112233\" s=\"Телеф.\" du=\"0:12\"/>\
        <i d=\"03.09.2025 9:00:00\" n=\"79351112244\" s=\"Телеф.\" du=\"1:12\"/></ds>\
        <ds n=\"79070000002\"><i d=\"04.09.2025 9:00:00\" n=\"79350002222\" s=\"Телеф.\" du=\"1:12\"/></ds>\
        <pd/><f/></Report>";
    let others = ["9070000001", "9070000002", "9350001111", "9350002222", "СОСЕДКА", "100200300"];
    detail("bill.xml", text.as_bytes(), MINE, &others, true)
}

/// A workbook with a sheet for each line and one of sums before them.
fn workbook() -> Detail {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/recipes/mts-business-xlsx.xlsx");
    let bytes = std::fs::read(path).unwrap();
    detail("business.xlsx", &bytes, "+79071204518", &["9071204519"], false)
}

/// Text of a workbook's parts, or of the bytes themselves.
fn text_of(name: &str, bytes: &[u8]) -> String {
    if !name.ends_with(".xlsx") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

fn told_in<'w>(words: &'w [String], text: &str) -> Vec<&'w String> {
    words.iter().filter(|word| text.contains(word.as_str())).collect()
}

fn of_line(line: &str, extract: bool) -> ImportOptions {
    ImportOptions { line: Some(line.to_owned()), extract, ..ImportOptions::default() }
}

fn import_of(case: &mut Case, path: &Path, options: &ImportOptions) -> ulika::Result<SourceAnswer> {
    let answer = actions::import(case, &[path.to_owned()], options, &[], &Silent)?;
    Ok(answer.sources.into_iter().next().unwrap())
}

/// All that a case tells of its calls, the rows as they were found among it.
fn tells(case: &Case) -> Vec<serde_json::Value> {
    let page = actions::calls(case, &CallFilter::default(), None, 10_000).unwrap();
    page.calls.iter().map(|call| serde_json::to_value(actions::call_detail(case, call.id).unwrap()).unwrap()).collect()
}

fn bundle(case: &mut Case, folder: &TempDir, contents: Contents) -> BTreeMap<String, Vec<u8>> {
    let out = folder.path().join(format!("{contents}.zip"));
    let options = ExportOptions { groups: vec![], contents };
    actions::export(case, &out, &options, &PlainPaper, &Silent).unwrap();
    assert!(actions::verify_bundle(&out, &Silent).unwrap().valid);
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

/// Words of the other lines: those that are known, and the numbers of their calls that none of mine has.
fn words_of_others(detail: &Detail) -> Vec<String> {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let lines = import_of(&mut case, &detail.path, &of_line(detail.line, false)).unwrap().lines;
    let numbers = |case: &Case| -> BTreeSet<String> {
        let page = actions::calls(case, &CallFilter::default(), None, 10_000).unwrap();
        page.calls.into_iter().filter_map(|call| call.number).collect()
    };
    let mine = numbers(&case);
    let mut words = detail.of_others.clone();
    for line in lines.iter().filter(|line| *line != detail.line) {
        let folder = TempDir::new().unwrap();
        let (_, mut other) = new_case(&folder, None);
        import_of(&mut other, &detail.path, &of_line(line, false)).unwrap();
        words.extend(numbers(&other).difference(&mine).map(|number| number.trim_start_matches("+7").to_owned()));
    }
    words
}

#[test]
fn an_extract_gives_the_same_calls_and_nothing_of_the_other_lines() {
    for detail in [blocks(), bill(), workbook()] {
        let name = detail.path.file_name().unwrap().to_str().unwrap().to_owned();
        let words = words_of_others(&detail);
        let (with, without) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let (whole_path, mut whole) = new_case(&without, None);
        let (path, mut case) = new_case(&with, None);
        let of_whole = import_of(&mut whole, &detail.path, &of_line(detail.line, false)).unwrap();
        let of_extract = import_of(&mut case, &detail.path, &of_line(detail.line, true)).unwrap();
        assert!(of_whole.records > 0 && of_whole.other_lines > 0, "{name}: {of_whole:?}");
        assert_eq!(tells(&case), tells(&whole), "{name}");
        let sums = |s: &SourceAnswer| (s.rows, s.records, s.other.clone(), s.repeats_in_file, s.skipped);
        assert_eq!(sums(&of_extract), sums(&of_whole), "{name}");
        let of_others = |s: &SourceAnswer| s.other_lines as usize + s.problems.len();
        assert_eq!(of_others(&of_extract), of_others(&of_whole), "{name}");
        let of = of_extract.extract_of.clone().unwrap();
        let size = std::fs::metadata(&detail.path).unwrap().len();
        assert_eq!((of.sha256.as_str(), of.bytes, of.line.as_str()), (of_whole.sha256.as_str(), size, detail.line));
        assert_ne!(of_extract.sha256, of.sha256);
        assert_eq!(of_extract.lines, [detail.line]);

        assert!(differences(&case).is_empty(), "{name}: {:?}", differences(&case));
        let files = [Contents::Originals, Contents::Extracts].map(|contents| bundle(&mut case, &with, contents));
        let all = bundle(&mut whole, &without, Contents::Originals);
        drop((case, whole));
        let raw = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        assert!(told_in(&words, &raw).is_empty(), "{name}: the case tells {:?}", told_in(&words, &raw));
        for (file, bytes) in files.iter().flatten() {
            let text = text_of(file, bytes);
            assert!(told_in(&words, &text).is_empty(), "{name}: {file} tells {:?}", told_in(&words, &text));
        }
        // The same search finds them where the whole file is kept.
        let original: Vec<_> = all.iter().filter(|(file, _)| file.starts_with("data/originals/")).collect();
        let text: String = original.iter().map(|(file, bytes)| text_of(file, bytes)).collect();
        assert_eq!(told_in(&words, &text).len(), words.len(), "{name}: {words:?}");
        if detail.is_text {
            let raw = String::from_utf8_lossy(&std::fs::read(&whole_path).unwrap()).into_owned();
            assert_eq!(told_in(&words, &raw).len(), words.len(), "{name}: {words:?}");
        }

        let case = look(&path, None).unwrap();
        assert!(differences(&case).is_empty(), "{name}, opened again");
        let view = actions::overview(&case).unwrap().sources.remove(0);
        assert_eq!(view.extract_of.as_ref(), Some(&of));
        let log = actions::log(&case).unwrap();
        let brought = log.custody.iter().find(|entry| entry.kind == "imported").unwrap();
        assert_eq!(brought.facts.files[0].extract_of.as_ref(), Some(&of));

        let [full, scoped] = &files;
        assert_eq!(hex_of(&full["data/originals/S0001.extract.jsonl"]), view.sha256, "{name}");
        assert!(full.contains_key("data/extracts/S0001.csv") && !full.contains_key("data/extracts/index.csv"));
        assert!(scoped.keys().all(|file| !file.starts_with("data/originals/")));
        for files in &files {
            let told: serde_json::Value = serde_json::from_slice(&files["data/case/case.json"]).unwrap();
            let source = &told["sources"][0];
            assert_eq!(source["extract_of"]["sha256"], of.sha256.as_str());
            assert_eq!(source["original_sha256"], of.sha256.as_str());
            let report = String::from_utf8(files["data/report.html"].clone()).unwrap();
            assert!(report.contains("хранится выписка: строки линии") && report.contains(&of.sha256));
            let readme = String::from_utf8(files["data/ЧИТАЙ-МЕНЯ.txt"].clone()).unwrap();
            assert!(readme.contains("файл целиком в деле не хранится"));
        }
    }
}

fn hex_of(bytes: &[u8]) -> String {
    use sha2::Digest;
    ulika::model::hex(&sha2::Sha256::digest(bytes))
}

#[test]
fn an_extract_that_left_with_a_bundle_reads_in_another_case() {
    for detail in [blocks(), bill(), workbook()] {
        let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let (_, mut case) = new_case(&folder, None);
        import_of(&mut case, &detail.path, &of_line(detail.line, true)).unwrap();
        let files = bundle(&mut case, &folder, Contents::Originals);
        let path = elsewhere.path().join("S0001.extract.jsonl");
        std::fs::write(&path, &files["data/originals/S0001.extract.jsonl"]).unwrap();
        let (_, mut other) = new_case(&elsewhere, None);
        let answer = import_of(&mut other, &path, &ImportOptions::default()).unwrap();
        assert_eq!(answer.extract_of.unwrap().line, detail.line);
        assert_eq!(answer.other_lines, 0);
        let (here, there) = (calls(&case), calls(&other));
        assert_eq!(here["calls"], there["calls"]);
        let again = import_of(&mut other, &path, &of_line(detail.line, true)).unwrap();
        assert!(again.already_imported);
        // Broken off between two lines, it is not taken for the whole extract.
        let text = std::fs::read(&path).unwrap();
        let end = text[..text.len() - 1].iter().rposition(|b| *b == b'\n').unwrap();
        std::fs::write(&path, &text[..=end]).unwrap();
        let error = import_of(&mut other, &path, &ImportOptions::default()).unwrap_err();
        assert_eq!(error.code, Code::FileTruncated);
    }
}

#[test]
fn a_changed_extract_is_found() {
    let detail = blocks();
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    import_of(&mut case, &detail.path, &of_line(detail.line, true)).unwrap();
    drop(case);
    let change = |from: &str, to: &str| {
        let connection = Connection::open(&path).unwrap();
        connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
        let sql = "UPDATE chunk SET bytes = CAST(replace(CAST(bytes AS TEXT), ?1, ?2) AS BLOB)
                   WHERE instr(CAST(bytes AS TEXT), ?1)";
        assert_eq!(connection.execute(sql, [from, to]).unwrap(), 1);
    };
    change("79351234522", "79351234523");
    let found = differences(&look(&path, None).unwrap());
    assert!(
        found.contains(&"original_changed".to_owned()) && found.contains(&"reading_differs".to_owned()),
        "{found:?}"
    );
    change("79351234523", "79351234522");
    assert!(differences(&look(&path, None).unwrap()).is_empty());
    let sums = "UPDATE source SET sums = replace(sums, '\"bytes\":', '\"bytes\":1')";
    let connection = Connection::open(&path).unwrap();
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    assert_eq!(connection.execute(sums, []).unwrap(), 1);
    drop(connection);
    assert!(differences(&look(&path, None).unwrap()).contains(&"source_changed".to_owned()));
}

#[test]
fn an_extract_is_undone_redone_and_withdrawn_as_any_source() {
    let detail = blocks();
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let source = import_of(&mut case, &detail.path, &of_line(detail.line, true)).unwrap();
    let before = tells(&case);
    actions::undo(&mut case).unwrap();
    assert!(tells(&case).is_empty() && differences(&case).is_empty());
    drop(case);
    let mut case = open(&path, None).unwrap();
    actions::redo(&mut case).unwrap();
    assert_eq!(tells(&case), before);
    assert!(differences(&case).is_empty());
    actions::withdraw_source(&mut case, source.id.unwrap()).unwrap();
    assert!(tells(&case).is_empty() && differences(&case).is_empty());
    // What is withdrawn keeps nobody from bringing the whole file.
    let whole = import_of(&mut case, &detail.path, &of_line(detail.line, false)).unwrap();
    assert!(!whole.already_imported && whole.extract_of.is_none());
    assert!(differences(&case).is_empty());
}

#[test]
fn the_whole_file_comes_beside_its_extract_only_where_that_is_said() {
    let detail = blocks();
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let first = import_of(&mut case, &detail.path, &of_line(detail.line, true)).unwrap();
    let before = calls(&case)["calls"].clone();
    for extract in [true, false] {
        let again = import_of(&mut case, &detail.path, &of_line(detail.line, extract)).unwrap();
        assert!(again.already_imported, "{again:?}");
        assert_eq!((again.id, again.extract_of), (first.id, first.extract_of.clone()));
    }
    // Of another own line there is another extract.
    let second = import_of(&mut case, &detail.path, &of_line("+79070000001", true)).unwrap();
    assert!(!second.already_imported && second.records == 1, "{second:?}");
    actions::undo(&mut case).unwrap();
    let whole = ImportOptions { whole: true, ..of_line(detail.line, false) };
    let whole = import_of(&mut case, &detail.path, &whole).unwrap();
    assert_eq!((whole.new_calls, whole.duplicates), (0, first.records), "{whole:?}");
    let times = |calls: &serde_json::Value| -> Vec<serde_json::Value> {
        calls.as_array().unwrap().iter().map(|call| call["started_at"].clone()).collect()
    };
    assert_eq!(times(&calls(&case)["calls"]), times(&before));
    assert!(differences(&case).is_empty());
    // With the whole file in the case an extract of it would take nothing away.
    let again = import_of(&mut case, &detail.path, &of_line(detail.line, true)).unwrap();
    assert!(again.already_imported && again.extract_of.is_none());
}

#[test]
fn where_nothing_would_be_left_out_an_extract_is_refused_in_words() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let alone = "Дата и время;Номер;Длительность\n03.09.2025 10:15:00;79351112233;00:12\n";
    let alone = detail("alone.csv", alone.as_bytes(), MINE, &[], true);
    let several = blocks();
    let none = ImportOptions { extract: true, ..ImportOptions::default() };
    for (path, options, words) in [
        (&several.path, none, "выберите эту линию"),
        (&several.path, of_line("+79070000009", true), "в файле не названа"),
        (&alone.path, of_line(MINE, true), "в файле не названа"),
    ] {
        let error = import_of(&mut case, path, &options).unwrap_err();
        assert_eq!(error.code, Code::RequestUnfit);
        assert!(error.message("ru").contains(words), "{}", error.message("ru"));
    }
    assert!(actions::overview(&case).unwrap().sources.is_empty());
}

#[test]
fn every_sample_that_names_several_lines_can_be_extracted_for_each_of_them() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/recipes");
    let mut layouts = BTreeSet::new();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_none_or(|e| e != "json")) {
        let folder = TempDir::new().unwrap();
        let (_, mut case) = new_case(&folder, None);
        let all = import_of(&mut case, path, &ImportOptions::default()).unwrap();
        for line in all.lines.iter().filter(|_| all.lines.len() > 1) {
            let folders = [TempDir::new().unwrap(), TempDir::new().unwrap()];
            let [(_, mut whole), (_, mut part)] = folders.each_ref().map(|folder| new_case(folder, None));
            import_of(&mut whole, path, &of_line(line, false)).unwrap();
            import_of(&mut part, path, &of_line(line, true)).unwrap();
            assert_eq!(tells(&part), tells(&whole), "{path:?} {line}");
            layouts.insert(all.recipe.clone());
        }
    }
    let expected = ["megafon-csv", "mts-business-xlsx"];
    assert!(expected.iter().all(|name| layouts.contains(*name)), "{layouts:?}");
}

#[test]
fn a_recipe_of_the_persons_own_reads_an_extract_and_may_name_no_other_line() {
    let detail = blocks();
    // Names of lines stand in the column of times, so that the person says what it is.
    let mut mapping = actions::look_at(&detail.path, Some(2)).unwrap().mapping;
    mapping.fields[0] = Some(Field::Start);
    let text = recipe_text(&mapping, MappingName::none());
    let options = |text: &str, extract: bool| {
        let by = Some(OwnRecipe::parse(text).unwrap());
        ImportOptions { by, ..of_line(detail.line, extract) }
    };
    let folders = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    let [(_, mut whole), (path, mut part)] = folders.each_ref().map(|folder| new_case(folder, None));
    let of_whole = import_of(&mut whole, &detail.path, &options(&text, false)).unwrap();
    let named = format!("{text}\n# строки 7 907 000-00-01\n");
    let error = import_of(&mut part, &detail.path, &options(&named, true)).unwrap_err();
    assert_eq!(error.code, Code::RequestUnfit);
    assert!(error.message("ru").contains("описание формата"), "{}", error.message("ru"));
    let of_extract = import_of(&mut part, &detail.path, &options(&text, true)).unwrap();
    assert_eq!((of_extract.recipe.as_str(), of_extract.records), ("mapping", of_whole.records));
    assert!(of_extract.records > 0);
    assert_eq!(tells(&part), tells(&whole));
    assert!(differences(&part).is_empty());
    drop(part);
    let raw = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
    assert_eq!(told_in(&detail.of_others, &raw), Vec::<&String>::new());
    assert!(differences(&look(&path, None).unwrap()).is_empty());
}

#[test]
fn an_extract_of_dates_with_strokes_keeps_the_order_that_a_row_of_another_line_shows() {
    let text = "Дата и время;Номер;Направление;Длительность\n\
        Абонент: 79070000001\n9/25/2025 10:15:00;79350001111;Входящий;00:12\n\
        Абонент: 79070000000\n3/9/2025 10:15:00;79351112233;Входящий;00:12\n";
    let detail = detail("strokes.csv", text.as_bytes(), MINE, &["9/25/2025"], true);
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let answer = import_of(&mut case, &detail.path, &of_line(MINE, true)).unwrap();
    assert_eq!(answer.notes.len(), 1);
    assert!(answer.notes[0].text.contains("по файлу целиком"), "{:?}", answer.notes);
    let page = actions::calls(&case, &CallFilter::default(), None, 9).unwrap();
    assert_eq!(page.calls[0].started_at, "2025-03-09T10:15:00+03:00");
    assert!(differences(&case).is_empty(), "it is read again in the same order");
    drop(case);
    let raw = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
    assert_eq!(told_in(&detail.of_others, &raw), Vec::<&String>::new());
}
