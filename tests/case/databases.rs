//! A phone's database goes into the case as it was received, and nothing beside it is touched.

use super::common::*;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use ulika::actions::{self, ImportOptions, SourceAnswer};
use ulika::model::{CallId, JournalBeside};
use ulika::progress::Silent;

/// An iPhone's log of `written` calls of which the last `held` stand in the journal only, as a running system keeps it.
fn log(folder: &TempDir, written: usize, held: usize) -> (PathBuf, PathBuf) {
    let live = folder.path().join("live.storedata");
    let connection = Connection::open(&live).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
             CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, ZANSWERED INTEGER, ZCALLTYPE INTEGER, ZORIGINATED INTEGER,
                 ZDATE TIMESTAMP, ZDURATION FLOAT, ZADDRESS VARCHAR, ZSERVICE_PROVIDER VARCHAR);",
        )
        .unwrap();
    let add = |from: usize, to: usize| {
        for at in from..to {
            let values = params![778_000_000.5 + at as f64 * 600.0, 12.75, format!("+7907{at:07}")];
            let insert = "INSERT INTO ZCALLRECORD (ZANSWERED, ZCALLTYPE, ZORIGINATED, ZDATE, ZDURATION, ZADDRESS, ZSERVICE_PROVIDER)
                          VALUES (1, 1, 0, ?1, ?2, ?3, 'com.apple.Telephony')";
            connection.execute(insert, values).unwrap();
        }
    };
    add(0, written - held);
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    add(written - held, written);
    // The copies of a backup: taken while the system runs.
    let kept = folder.path().join("backup");
    std::fs::create_dir(&kept).unwrap();
    let (database, journal) = (kept.join("CallHistory.storedata"), kept.join("CallHistory.storedata-wal"));
    std::fs::copy(&live, &database).unwrap();
    std::fs::copy(live.with_file_name("live.storedata-wal"), &journal).unwrap();
    (database, journal)
}

/// Every file of a folder with its bytes.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.unwrap();
        (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())
    };
    std::fs::read_dir(folder).unwrap().map(read).collect()
}

fn import_file(case: &mut ulika::Case, file: &Path) -> SourceAnswer {
    let files = [file.to_owned()];
    actions::import(case, &files, &ImportOptions::default(), &[], &Silent).unwrap().sources.remove(0)
}

#[test]
fn a_database_is_read_without_a_trace_beside_it() {
    let folder = TempDir::new().unwrap();
    let (database, _) = log(&folder, 60, 20);
    let before = contents(database.parent().unwrap());
    let (_, mut case) = new_case(&folder, None);
    let source = import_file(&mut case, &database);
    assert_eq!(
        (source.recipe.as_str(), source.records, source.journal),
        ("ios-callhistory", 40, Some(JournalBeside::Unread))
    );
    assert_eq!(contents(database.parent().unwrap()), before, "neither the file nor what lies beside it has changed");
    let call = actions::call_detail(&case, CallId(1)).unwrap();
    let row = serde_json::to_value(&call).unwrap().to_string();
    assert!(row.contains("ZADDRESS") && row.contains("+79070000000"), "the row is shown out of the case: {row}");
    assert!(differences(&case).is_empty());
}

#[test]
fn a_journal_that_is_not_there_is_said_to_be_absent() {
    let folder = TempDir::new().unwrap();
    let (database, journal) = log(&folder, 30, 10);
    std::fs::remove_file(journal).unwrap();
    let (_, mut case) = new_case(&folder, None);
    let source = import_file(&mut case, &database);
    assert_eq!((source.records, source.journal), (20, Some(JournalBeside::Absent)));
    // A database that keeps none has nothing to say.
    let mut plain = std::fs::read(&database).unwrap();
    plain[18..20].fill(1);
    std::fs::write(&database, plain).unwrap();
    assert_eq!(import_file(&mut case, &database).journal, None);
}

/// A ZIP of files by their names.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_database_and_its_journal_in_one_archive_are_read_together() {
    let folder = TempDir::new().unwrap();
    let (database, journal) = log(&folder, 90, 40);
    let (database, journal) = (std::fs::read(database).unwrap(), std::fs::read(journal).unwrap());
    let (_, mut case) = new_case(&folder, None);
    let path = folder.path().join("backup.zip");
    let write = |journal: &[u8]| {
        let names = ["x/CallHistory.storedata-shm", "x/CallHistory.storedata-wal", "x/CallHistory.storedata"];
        std::fs::write(&path, zipped(&[(names[0], &[0; 300]), (names[1], journal), (names[2], &database)])).unwrap();
    };
    write(&journal);
    let source = import_file(&mut case, &path);
    assert_eq!((source.recipe.as_str(), source.records, source.journal), ("ios-callhistory", 90, None));
    // The newest row, which only the journal holds, is shown out of the case.
    let call = actions::call_detail(&case, CallId(90)).unwrap();
    let row = serde_json::to_value(&call).unwrap().to_string();
    assert!(row.contains("+79070000089"), "{row}");
    assert!(differences(&case).is_empty());
    // A journal that breaks off holds up to its last whole transaction; a changed byte ends it there.
    let frame = 24 + 4096;
    let mut changed = journal.clone();
    changed[32 + 10 * frame + 500] ^= 1;
    for (journal, least, most) in
        [(&journal[..32 + 20 * frame + 77], 50, 80), (&changed[..], 50, 70), (&journal[..20], 50, 50)]
    {
        write(journal);
        let records = import_file(&mut case, &path).records;
        assert!((least..=most).contains(&records), "{records} records");
    }
    // That of another database changes nothing.
    let mut foreign = journal.clone();
    foreign[8..12].copy_from_slice(&1024_u32.to_be_bytes());
    write(&foreign);
    assert_eq!(import_file(&mut case, &path).records, 50);
}
