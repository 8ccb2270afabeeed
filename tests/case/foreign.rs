//! A case file is foreign input.

use super::common::*;
use rusqlite::Connection;
use std::path::Path;
use tempfile::TempDir;
use ulika::progress::Silent;
use ulika::{Code, actions};

fn refused(change: impl FnOnce(&Connection)) -> Code {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml"]);
    drop(case);
    let connection = Connection::open(&path).unwrap();
    change(&connection);
    drop(connection);
    let before = std::fs::read(&path).unwrap();
    let code = open(&path, None).err().expect("must be refused").code;
    assert_eq!(look(&path, None).err().expect("must be refused for looking too").code, code);
    assert_eq!(std::fs::read(&path).unwrap(), before, "a refused case is byte for byte as it was");
    code
}

fn run(sql: &str) -> Code {
    refused(|c| c.execute_batch(sql).unwrap())
}

#[test]
fn a_hostile_schema_is_refused() {
    for sql in [
        "CREATE TRIGGER evil AFTER INSERT ON undo BEGIN DELETE FROM custody; END",
        "DROP TRIGGER record_no_update",
        "CREATE VIEW evil AS SELECT 1",
        "CREATE INDEX evil ON record(t)",
        "CREATE TABLE evil(x)",
        "ALTER TABLE record ADD COLUMN evil INTEGER",
        "CREATE VIRTUAL TABLE evil USING fts5(x)",
        "ANALYZE",
    ] {
        assert_eq!(run(sql), Code::CaseForeign, "{sql}");
    }
}

#[test]
fn a_case_with_a_write_ahead_log_is_refused_and_nothing_is_left_beside_it() {
    let code = refused(|c| {
        let mode: String = c.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
    });
    assert_eq!(code, Code::CaseForeign);
}

#[test]
fn a_newer_case_is_refused_with_its_own_code() {
    let newer = ulika::case::SCHEMA_VERSION + 1;
    assert_eq!(run(&format!("PRAGMA user_version = {newer}")), Code::CaseNewer);
}

#[test]
fn a_half_purged_case_is_refused() {
    assert_eq!(
        refused(|c| {
            c.execute_batch("INSERT INTO tombstone(event, part, first, last) VALUES (2, 'source', 1, 1)").unwrap();
        }),
        Code::CaseDamaged
    );
}

#[test]
fn a_strangers_sqlite_file_and_other_files_are_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.ulika");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE t(x)").unwrap();
    assert_eq!(look(&path, None).err().unwrap().code, Code::CaseForeign);
    std::fs::write(&path, b"not a database").unwrap();
    assert_eq!(look(&path, None).err().unwrap().code, Code::PasswordOrNotACase);
    assert_eq!(look(&path, Some("x")).err().unwrap().code, Code::PasswordOrNotACase);
    assert_eq!(look(folder.path(), None).err().unwrap().code, Code::FileIsFolder);
    assert_eq!(look(&folder.path().join("none"), None).err().unwrap().code, Code::CaseAbsent);
}

#[test]
fn what_cannot_be_a_case_under_a_password_is_told_so_and_is_asked_for_none() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("table.csv");
    let random = |length: usize| {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        };
        (0..length).map(|_| next()).collect::<Vec<u8>>()
    };
    let picture = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &random(20_000)].concat();
    let others =
        ["дата;номер\n".repeat(4_096).into_bytes(), b"date;number\n".to_vec(), picture, random(600), Vec::new()];
    for (at, bytes) in others.iter().enumerate() {
        std::fs::write(&path, bytes).unwrap();
        for password in [None, Some("x")] {
            let error = look(&path, password).err().unwrap();
            assert_eq!((error.code, &error.detail["keyed"]), (Code::PasswordOrNotACase, &false.into()), "{at}");
            assert!(error.message("ru").contains("«table.csv» — не дело"), "{}", error.message("ru"));
            assert!(error.message("en").contains("not a case of Ulika"), "{}", error.message("en"));
        }
    }
    std::fs::write(&path, random(3 * 16_384)).unwrap();
    let error = look(&path, None).err().unwrap();
    assert!(!error.detail.contains_key("keyed"), "pages of chance may be a case");
    assert!(error.message("ru").starts_with("Пароль не подходит"));
}

/// A copy on which the custody chain differs from what this computer remembers is a case from elsewhere.
fn from_elsewhere(path: &Path) {
    let connection = Connection::open(path).unwrap();
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    connection
        .execute_batch("UPDATE custody SET hash = zeroblob(32) WHERE seq = (SELECT max(seq) FROM custody)")
        .unwrap();
}

#[test]
fn derived_tables_of_a_case_from_elsewhere_are_rebuilt() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let (true_calls, true_groups) = (calls(&case), groups(&case));
    drop(case);
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch("DELETE FROM call_by_time WHERE call % 2 = 0; UPDATE call_group SET name = 'ложь'")
        .unwrap();
    drop(connection);
    from_elsewhere(&path);
    let before = std::fs::read(&path).unwrap();
    let case = look(&path, None).unwrap();
    assert_eq!(calls(&case), true_calls, "a reading command derives afresh");
    assert_eq!(groups(&case)["groups"][0]["name"], true_groups["groups"][0]["name"]);
    drop(case);
    assert_eq!(std::fs::read(&path).unwrap(), before, "and writes nothing");
    let mut case = open(&path, None).unwrap();
    assert_eq!(calls(&case), true_calls);
    let group = actions::groups(&case).unwrap().groups[0].id;
    assert!(actions::name_group(&mut case, group, " ").is_err());
    assert_eq!(std::fs::read(&path).unwrap(), before, "a refused edit adopts nothing");
    actions::name_group(&mut case, group, "Имя").unwrap();
    assert_eq!(calls(&case)["total"], true_calls["total"], "the first edit rebuilds them in the file");
    let kinds: Vec<_> = actions::log(&case).unwrap().custody.into_iter().map(|e| e.kind).collect();
    assert_eq!(kinds[kinds.len() - 2..], ["adopted", "group_named"]);
    drop(case);
    let case = open(&path, None).unwrap();
    assert_eq!(calls(&case)["total"], true_calls["total"], "and now it is this computer's own");
    assert!(differences(&case).contains(&"custody_broken".to_owned()), "and the broken link is still named");
}

#[test]
fn a_journal_from_elsewhere_is_not_played_back() {
    let folder = TempDir::new().unwrap();
    let (path, case) = new_case(&folder, None);
    drop(case);
    let other = folder.path().join("получено.ulika");
    std::fs::copy(&path, &other).unwrap();
    std::fs::write(folder.path().join("получено.ulika-journal"), b"anything").unwrap();
    assert_eq!(look(&other, None).err().unwrap().code, Code::JournalForeign);
    assert_eq!(open(&other, None).err().unwrap().code, Code::JournalForeign);
}

#[test]
fn a_case_with_damaged_pages_is_verified_and_the_damage_is_a_difference() {
    for password in [None, Some("пароль")] {
        let folder = TempDir::new().unwrap();
        let (path, mut case) = new_case(&folder, password);
        import(&mut case, &["mts.xml", "phone.xml"]);
        drop(case);
        let whole = std::fs::read(&path).unwrap();
        let mut found = 0;
        for page in 2..whole.len() / 16_384 {
            let mut bytes = whole.clone();
            bytes[page * 16_384 + 3..page * 16_384 + 9].copy_from_slice(&[0xff; 6]);
            std::fs::write(&path, bytes).unwrap();
            let answer = actions::verify_case_file(&path, password, CLOCK, &Silent).unwrap();
            // Pages that are free or in the middle of an original hold nothing that a b-tree needs.
            found += usize::from(answer.differences.iter().any(|d| d.kind == "file_damaged"));
            assert_eq!(answer.valid, answer.differences.is_empty());
        }
        assert!(found > 3, "{found}");
    }
}
