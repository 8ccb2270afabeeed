//! Evidence is append-only, and a change behind the program's back is named.

use super::common::*;
use rusqlite::Connection;
use tempfile::TempDir;
use ulika::Code;

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
    let connection = Connection::open(&path).unwrap();
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    assert!(connection.execute(sql, []).unwrap() > 0, "{sql} must change something, else the test shows nothing");
    drop(connection);
    differences(&look(&path, None).unwrap())
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

#[test]
fn a_second_writer_is_refused_and_a_reader_is_not() {
    let folder = TempDir::new().unwrap();
    let (path, case) = new_case(&folder, None);
    assert_eq!(open(&path, None).err().unwrap().code, Code::CaseLocked);
    assert!(look(&path, None).is_ok(), "looking is always possible");
    drop(case);
    assert!(open(&path, None).is_ok(), "the lock ends with its holder");
}
