//! A register of the numbering plan in the case: what a bundle carries of it, and that it cannot be changed unseen.

use super::common::*;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use ulika::Case;
use ulika::actions::{self, ExportOptions, LineGiven, RegisterOptions, RegisterState, RegistersAnswer};
use ulika::model::{Contents, GroupId, ReasonKind};
use ulika::progress::Silent;
use ulika::typesetting::Typesetter;

/// Stands for the typesetter.
struct Paper;

impl Typesetter for Paper {
    fn pdf(&self, source: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(format!("%PDF-1.7\n{source}\n%%EOF\n").into_bytes())
    }
}

fn load(case: &mut Case) -> RegistersAnswer {
    let options = RegisterOptions { dated: Some("2026-08-19".to_owned()), ..RegisterOptions::default() };
    actions::load_case_registers(case, &[sample("register.csv")], &options).unwrap()
}

/// The files of a bundle by their path in the bag.
fn bundle(case: &mut Case, folder: &Path, groups: Vec<GroupId>) -> BTreeMap<String, String> {
    let out = folder.join(format!("пакет-{}.zip", groups.len()));
    let options = ExportOptions { groups, contents: Contents::Originals };
    actions::export(case, &out, &options, &Paper, &Silent).unwrap();
    assert!(actions::verify_bundle(&out, &Silent).unwrap().valid);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(out).unwrap()).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let path = entry.name().unwrap().split_once('/').unwrap().1.to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        files.insert(path, String::from_utf8_lossy(&bytes).into_owned());
    }
    files
}

#[test]
fn a_bundle_carries_the_rows_that_were_used_with_the_register_they_are_of() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let without = bundle(&mut case, folder.path(), Vec::new());
    if actions::registers(&case).unwrap().in_force.is_empty() {
        assert!(!without.contains_key("data/tables/ranges.csv"), "nothing is said where no register speaks");
        assert!(!without["data/case/case.json"].contains("registers"));
    }
    std::fs::remove_file(folder.path().join("пакет-0.zip")).unwrap();
    let loaded = load(&mut case);
    let files = bundle(&mut case, folder.path(), Vec::new());
    let rows = &files["data/tables/ranges.csv"];
    assert!(rows.starts_with("from,to,operator,region,territory,inn,register,"), "{rows}");
    let of_pool = rows.lines().find(|row| row.contains("\"\"ДАЛЬНЯЯ ЛИНИЯ\"\"")).unwrap();
    let digest = &loaded.registers[0].origin.sha256;
    assert!(of_pool.starts_with("+79353104000,+79353104999,") && of_pool.contains(digest), "{of_pool}");
    assert!(of_pool.contains(",2026-08-19,stated,"), "{of_pool}");
    let case_json: serde_json::Value = serde_json::from_str(&files["data/case/case.json"]).unwrap();
    assert_eq!(case_json["registers"][0]["sha256"], digest.as_str());
    assert_eq!(case_json["tables"]["ranges"], "tables/ranges.csv");
    let calls = &files["data/tables/calls.csv"];
    assert!(calls.contains("\"ООО \"\"ДАЛЬНЯЯ ЛИНИЯ\"\"\",г. Москва и Московская область,"), "the columns are filled");
    assert!(!files.keys().any(|path| path.contains("register")), "the register itself stays: only its rows leave");
    let report = files["data/report.html"].replace('\u{a0}', " ");
    assert!(report.contains("register.csv от 19.08.2026 (дата со слов заявителя; SHA-256"), "which register speaks");
    assert!(report.contains("номера могли быть перенесены"), "and what it does not say");

    // Of one group only its ranges leave.
    let groups = actions::groups(&case).unwrap().groups;
    let one = groups.iter().find(|group| !group.pools.is_empty()).unwrap();
    assert_eq!(one.pools[0].range_dated.as_deref(), Some("2026-08-19"));
    let scoped = bundle(&mut case, folder.path(), vec![one.id]);
    let lines = |files: &BTreeMap<String, String>| files["data/tables/ranges.csv"].lines().count();
    assert!(lines(&scoped) > 1 && lines(&scoped) < lines(&files));
    assert!(scoped["data/custody/events.jsonl"].contains("\\\"registers\\\""), "the load is told with its details");
}

#[test]
fn nothing_that_is_derived_depends_on_a_register() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let stored = |path: &Path| -> Vec<String> {
        let connection = Connection::open(path).unwrap();
        let mut query = connection.prepare("SELECT facts FROM call_group ORDER BY id").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let before = stored(&path);
    load(&mut case);
    assert_eq!(stored(&path), before);
    assert!(
        actions::groups(&case).unwrap().groups.iter().any(|g| g.reasons.iter().any(|r| r.kind == ReasonKind::Pool))
    );
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn a_register_changed_behind_the_programs_back_is_named_and_not_believed() {
    for (sql, kind) in [
        ("UPDATE register SET dated = '2026-09-19'", "register_changed"),
        ("UPDATE register SET name = 'x'", "register_changed"),
        ("UPDATE register SET basis = 'nothing'", "register_changed"),
        ("DELETE FROM register", "register_changed"),
        ("INSERT INTO register SELECT 7, original, name, dated, basis FROM register", "register_changed"),
        ("UPDATE chunk SET bytes = zeroblob(length(bytes))", "original_changed"),
    ] {
        let folder = TempDir::new().unwrap();
        let (path, mut case) = new_case(&folder, None);
        load(&mut case);
        assert_eq!(differences(&case), Vec::<String>::new());
        drop(case);
        let connection = Connection::open(&path).unwrap();
        connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
        assert!(connection.execute(sql, []).unwrap() > 0);
        drop(connection);
        assert!(differences(&look(&path, None).unwrap()).contains(&kind.to_owned()), "{sql}");
    }
}

#[test]
fn bytes_of_another_digest_say_nothing_here_nor_for_other_cases() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let text = "АВС/ DEF;От;До;Емкость;Оператор;Регион\n907;0000000;9999999;10000000;АО Подлог;Псков\n";
    let file = folder.path().join("подлог.csv");
    std::fs::write(&file, text).unwrap();
    actions::load_case_registers(&mut case, &[file], &RegisterOptions::default()).unwrap();
    drop(case);
    let connection = Connection::open(&path).unwrap();
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    // As if these bytes were the register of the sample, which other cases hold.
    let digest = ulika::model::bytes_of_hex(&digest_of_sample()).unwrap();
    assert_eq!(connection.execute("UPDATE original SET sha256 = ?1", [digest]).unwrap(), 1);
    drop(connection);
    let forged = look(&path, None).unwrap();
    // What the digest stands for may be known by then from another case; what the bytes say is never believed.
    let own =
        actions::registers(&forged).unwrap().in_force.into_iter().find(|o| o.place == actions::RegisterPlace::Case);
    assert!(own.is_none_or(|own| own.ranges == 12));
    let beside = TempDir::new().unwrap();
    let (_, mut honest) = new_case(&beside, None);
    load(&mut honest);
    let speaks = actions::registers(&honest).unwrap().in_force;
    assert_eq!((speaks[0].ranges, speaks[0].series.as_slice()), (12, ["DEF-9xx".to_owned()].as_slice()));
}

fn digest_of_sample() -> String {
    use sha2::{Digest, Sha256};
    ulika::model::hex(&Sha256::digest(std::fs::read(sample("register.csv")).unwrap()))
}

#[test]
fn an_own_number_that_was_allotted_to_another_operator_is_hinted_at() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    load(&mut case);
    let hints = |case: &mut Case, operator: &str| {
        let line =
            LineGiven { number: "+7 907 120-45-18".into(), operator: operator.to_owned(), ..LineGiven::default() };
        actions::edit_case(case, "Проба", &[line]).unwrap();
        actions::overview(case).unwrap().ported
    };
    assert_eq!(hints(&mut case, "Ясная Связь"), [], "the one to whom it was allotted");
    let hint = hints(&mut case, "Три волны").remove(0);
    assert_eq!(
        (hint.operator.as_str(), hint.range_holder.as_str(), hint.range_dated.as_str()),
        ("Три волны", "ООО \"ЯСНАЯ СВЯЗЬ\"", "2026-08-19")
    );
}

#[test]
fn a_case_of_the_fourth_version_takes_a_register_after_a_copy() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("четвёртая.ulika");
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/old/v4.ulika.gz");
    let mut bytes = Vec::new();
    let mut unpacked = flate2::read::GzDecoder::new(std::fs::File::open(packed).unwrap());
    unpacked.read_to_end(&mut bytes).unwrap();
    std::fs::write(&path, &bytes).unwrap();
    let holds = |case: &Case| {
        let overview = actions::overview(case).unwrap();
        assert_eq!((overview.calls, overview.sources.len(), overview.exhibits), (392, 2, 1));
        assert_eq!(overview.sources[1].zone.as_deref(), Some("Europe/Samara"));
        let names: Vec<String> = actions::groups(case).unwrap().groups.into_iter().map(|g| g.name).collect();
        assert!(names.iter().any(|name| name == "Вектория, четвёртая версия"), "{names:?}");
        assert_eq!(differences(case), Vec::<String>::new());
    };
    holds(&look(&path, None).unwrap());
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "looking changes no byte");
    let mut case = open(&path, None).unwrap();
    holds(&case);
    assert_eq!(load(&mut case).registers[0].state, RegisterState::Taken);
    holds(&case);
    assert_eq!(actions::registers(&case).unwrap().in_force[0].place, actions::RegisterPlace::Case);
    for _ in 0..3 {
        actions::undo(&mut case).unwrap();
    }
    assert_eq!(differences(&case), Vec::<String>::new());
    drop(case);
    let mut copy = path.into_os_string();
    copy.push(".v4.backup.ulika");
    holds(&look(&PathBuf::from(copy), None).unwrap());
}
