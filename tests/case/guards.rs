//! Evidence is append-only, and a change behind the program's back is named.

use super::common::*;
use rusqlite::Connection;
use tempfile::TempDir;
use ulika::Code;
use ulika::actions::{self, AttachOptions};
use ulika::progress::Silent;

fn connect(path: &std::path::Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "recursive_triggers", true).unwrap();
    connection
}

#[test]
fn triggers_refuse_to_change_evidence() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml"]);
    drop(case);
    let connection = connect(&path);
    for sql in [
        "UPDATE record SET duration_s = 1 WHERE id = 1",
        "DELETE FROM record WHERE id = 1",
        "DELETE FROM record",
        "INSERT OR REPLACE INTO record SELECT * FROM record WHERE id = 1",
        "UPDATE spelling SET number = '+79070000001'",
        "DELETE FROM chunk",
        "UPDATE original SET size = 0",
        "DELETE FROM custody",
        "UPDATE custody_detail SET details = '{}'",
        "DELETE FROM ledger",
        "DELETE FROM withdrawal",
        "UPDATE release SET details = ''",
    ] {
        let refused = connection.execute(sql, []);
        // A delete that meets no row is no change; every table named here but two has rows.
        let empty = sql.contains("withdrawal") || sql.contains("release");
        assert!(empty || refused.is_err(), "{sql} must be refused");
    }
}

#[test]
fn one_journal_mode_and_page_size_and_one_file() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml"]);
    drop(case);
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["дело.ulika"], "nothing lies beside the document");
    let connection = connect(&path);
    let text = |p: &str| connection.query_row(p, [], |r| r.get::<_, rusqlite::types::Value>(0)).unwrap();
    assert_eq!(text("PRAGMA page_size"), 16_384.into());
    assert_eq!(text("PRAGMA journal_mode"), "delete".to_owned().into());
    assert_eq!(text("PRAGMA application_id"), 0x554C_494B.into());
    assert_eq!(text("PRAGMA integrity_check"), "ok".to_owned().into());
}

/// Changes the file behind the program's back, with the guards out of the way and back again.
fn tamper(sql: &str) -> Vec<String> {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    drop(case);
    behind_its_back(&path, sql);
    differences(&look(&path, None).unwrap())
}

fn behind_its_back(path: &std::path::Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    assert!(connection.execute(sql, []).unwrap() > 0, "{sql} must change something, else the test shows nothing");
}

#[test]
fn a_changed_digit_is_named() {
    assert!(tamper("UPDATE record SET duration_s = duration_s + 1 WHERE id = 3").contains(&"rows_changed".into()));
    assert!(tamper("UPDATE spelling SET number = '+79070000001' WHERE id = 2").contains(&"rows_changed".into()));
    assert!(tamper("DELETE FROM record WHERE id = (SELECT max(id) FROM record)").contains(&"rows_changed".into()));
    assert!(
        tamper(
            "DELETE FROM ledger WHERE rowid IS NOT NULL AND row = (SELECT min(row) FROM ledger)"
                .replace("rowid IS NOT NULL AND ", "")
                .as_str()
        )
        .contains(&"rows_changed".into())
    );
    assert!(
        tamper("UPDATE chunk SET bytes = zeroblob(length(bytes)) WHERE id = (SELECT min(id) FROM chunk)")
            .contains(&"original_changed".into())
    );
    assert!(tamper("DELETE FROM chunk WHERE id = (SELECT max(id) FROM chunk)").contains(&"original_missing".into()));
    assert!(tamper("UPDATE custody SET at = '2020-01-01T00:00:00Z' WHERE seq = 2").contains(&"custody_broken".into()));
    assert!(tamper("UPDATE custody_detail SET details = '{}' WHERE seq = 2").contains(&"custody_broken".into()));
    assert!(tamper("UPDATE source SET name = 'x' WHERE id = 1").contains(&"source_changed".into()));
    assert!(tamper("DELETE FROM call_by_time WHERE call = 1").contains(&"derived_differ".into()));
    assert!(
        tamper("INSERT INTO withdrawal(event, part, subject, withdrawn) VALUES (2, 'source', 1, 1)")
            .contains(&"withdrawal_changed".into())
    );
}

/// Every column of evidence that no leaf covers is said in a custody event.
#[test]
fn every_word_about_the_evidence_is_checked_against_the_chain() {
    for (sql, kind) in [
        ("UPDATE source SET recipe = 'x' WHERE id = 1", "source_changed"),
        ("UPDATE source SET kind = 'hand' WHERE id = 1", "source_changed"),
        ("UPDATE source SET encoding = 'koi8-r' WHERE id = 1", "source_changed"),
        ("UPDATE source SET duration_unit_s = 59 WHERE id = 1", "source_changed"),
        ("UPDATE source SET zone_basis = 'line' WHERE id = 1", "source_changed"),
        ("UPDATE source SET zone = 'Asia/Tomsk' WHERE id = 1", "source_changed"),
        ("UPDATE source SET received_at = '2020-01-01T00:00:00Z' WHERE id = 1", "source_changed"),
        ("UPDATE source SET sums = replace(sums, '\"skipped\":', '\"skipped\":1') WHERE id = 1", "source_changed"),
        ("UPDATE source SET first_record = first_record + 1 WHERE id = 2", "source_changed"),
        ("UPDATE leaf SET digest = zeroblob(32) WHERE id = 1", "source_changed"),
        ("UPDATE record SET source = 2 WHERE id = 1", "rows_changed"),
        ("UPDATE clock SET zone = 'Asia/Tomsk' WHERE id = 1", "rows_changed"),
        ("UPDATE label SET text = text || '.' WHERE id = 1", "rows_changed"),
        ("UPDATE manner SET direction = 'outgoing' WHERE id = 1 AND direction <> 'outgoing'", "rows_changed"),
        ("UPDATE original SET size = size - 1 WHERE id = 1", "original_changed"),
        ("UPDATE original SET sha256 = zeroblob(32) WHERE id = 1", "original_changed"),
        ("UPDATE case_info SET uuid = 'x'", "case_changed"),
        ("UPDATE case_info SET created_at = '2020-01-01T00:00:00Z'", "case_changed"),
        ("UPDATE case_info SET secret = zeroblob(32)", "case_changed"),
        ("DELETE FROM custody_detail WHERE seq = 2", "custody_broken"),
        ("UPDATE custody SET kind = 'x' WHERE seq = 2", "custody_broken"),
        ("UPDATE custody SET subject = 7 WHERE seq = 2", "custody_broken"),
        ("DELETE FROM custody WHERE seq = 1", "custody_broken"),
        ("DELETE FROM custody WHERE seq = 2", "source_changed"),
        ("DELETE FROM source WHERE id = 2", "evidence_missing"),
        (
            "INSERT INTO tombstone(event, part, first, last, done) VALUES (2, 'custody_detail', 1, 9, 1)",
            "tombstone_changed",
        ),
    ] {
        let found = tamper(sql);
        assert!(found.contains(&kind.to_owned()), "{sql}: {found:?}");
    }
}

#[test]
fn every_word_about_exhibits_and_withdrawals_is_checked_against_the_chain() {
    for (sql, kind) in [
        ("UPDATE exhibit SET name = 'x' WHERE id = 1", "exhibit_changed"),
        ("UPDATE exhibit SET kind = 'recording' WHERE id = 1", "exhibit_changed"),
        ("UPDATE exhibit SET media_type = 'image/gif' WHERE id = 1", "exhibit_changed"),
        ("UPDATE exhibit SET received_at = '2020-01-01T00:00:00Z' WHERE id = 1", "exhibit_changed"),
        ("DELETE FROM exhibit WHERE id = 1", "evidence_missing"),
        ("UPDATE withdrawal SET subject = 1 WHERE part = 'exhibit'", "withdrawal_changed"),
        ("UPDATE withdrawal SET part = 'source'", "withdrawal_changed"),
        ("UPDATE withdrawal SET withdrawn = 0", "withdrawal_changed"),
        ("DELETE FROM withdrawal", "withdrawal_changed"),
    ] {
        let folder = TempDir::new().unwrap();
        let (path, mut case) = new_case(&folder, None);
        import(&mut case, &["mts.xml", "phone.xml"]);
        for (name, bytes) in [("a.txt", b"one"), ("b.txt", b"two")] {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            actions::attach(&mut case, &[file], &AttachOptions::default(), &Silent).unwrap();
        }
        actions::undo(&mut case).unwrap();
        assert_eq!(differences(&case), Vec::<String>::new());
        drop(case);
        behind_its_back(&path, sql);
        let found = differences(&look(&path, None).unwrap());
        assert!(found.contains(&kind.to_owned()), "{sql}: {found:?}");
    }
}

#[test]
fn a_half_done_purge_is_refused_in_a_known_case_too() {
    let folder = TempDir::new().unwrap();
    let (path, case) = new_case(&folder, None);
    drop(case);
    behind_its_back(&path, "INSERT INTO tombstone(event, part, first, last) VALUES (1, 'source', 1, 1)");
    assert_eq!(look(&path, None).err().unwrap().code, Code::CaseDamaged);
    assert_eq!(open(&path, None).err().unwrap().code, Code::CaseDamaged);
}

#[test]
fn a_second_writer_is_refused_and_a_reader_is_not() {
    let folder = TempDir::new().unwrap();
    let (path, case) = new_case(&folder, None);
    assert_eq!(open(&path, None).err().unwrap().code, Code::CaseLocked);
    assert!(look(&path, None).is_ok(), "looking is always possible");
    drop(case);
    assert!(open(&path, None).is_ok(), "the lock ends with its holder");
}
