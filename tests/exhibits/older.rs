//! A case of version 1, made by the program of that version: it opens, migrates, verifies, and nothing of it is lost.

use super::common::*;
use std::io::Read;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use ulika::actions;

fn expected() -> serde_json::Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/old/v1.ulika.gz.expect.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The old case, unpacked.
fn old_case(folder: &TempDir) -> PathBuf {
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/old/v1.ulika.gz");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(packed).unwrap()).read_to_end(&mut bytes).unwrap();
    let path = folder.path().join("старое.ulika");
    std::fs::write(&path, bytes).unwrap();
    path
}

fn holds_what_it_held(case: &ulika::Case) {
    let (expected, overview) = (expected(), actions::overview(case).unwrap());
    assert_eq!(u64::from(overview.calls), expected["calls"].as_u64().unwrap());
    assert_eq!(u64::from(overview.exhibits), expected["exhibits"].as_u64().unwrap());
    assert_eq!(overview.sources.len() as u64, expected["sources"].as_u64().unwrap());
    assert_eq!(overview.undo.as_deref(), expected["undo"].as_str());
    let names: Vec<String> = actions::groups(case).unwrap().groups.into_iter().map(|g| g.name).collect();
    assert!(names.iter().any(|n| Some(n.as_str()) == expected["named_group"].as_str()), "{names:?}");
    let exhibit = &actions::exhibits(case).unwrap()[0];
    assert_eq!(exhibit.labels[0].text, expected["label"].as_str().unwrap());
    assert_eq!(
        exhibit.capture.captured_at.as_deref(),
        expected["captured_at"].as_str(),
        "what is new is read from the original"
    );
    assert_eq!(differences(case), Vec::<String>::new());
}

#[test]
fn an_older_case_is_looked_at_without_a_byte_changing() {
    let folder = TempDir::new().unwrap();
    let path = old_case(&folder);
    let before = std::fs::read(&path).unwrap();
    holds_what_it_held(&look(&path, None).unwrap());
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "and nothing lies beside it");
}

#[test]
fn an_older_case_is_brought_up_to_date_after_a_copy() {
    let folder = TempDir::new().unwrap();
    let path = old_case(&folder);
    let mut case = open(&path, None).unwrap();
    holds_what_it_held(&case);
    let mut copy = path.clone().into_os_string();
    copy.push(".v1.backup.ulika");
    holds_what_it_held(&look(Path::new(&copy), None).unwrap());
    let id = actions::exhibits(&case).unwrap()[0].id;
    actions::state_capture(&mut case, id, Some("2025-04-01 17:34")).unwrap();
    assert_eq!(differences(&case), Vec::<String>::new());
    // What the old program did can still be undone.
    actions::undo(&mut case).unwrap();
    actions::undo(&mut case).unwrap();
    drop(case);
    let case = open(&path, None).unwrap();
    assert_eq!(differences(&case), Vec::<String>::new());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "one copy, made once");
}

#[test]
fn an_older_case_that_this_computer_knows_is_derived_anew() {
    let folder = TempDir::new().unwrap();
    let path = old_case(&folder);
    let mut case = open(&path, None).unwrap();
    actions::edit_case(&mut case, "Известно здесь", &[]).unwrap();
    drop(case);
    // The same state as an older program would have left it: known here, derived by other rules.
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "DROP TABLE exhibit_time; DROP TABLE exhibit_fact; DROP TABLE exhibit_wave; DROP TABLE source_recipe;
             DROP TABLE source_zone; DROP TABLE register; DELETE FROM call_by_number; PRAGMA user_version = 1",
        )
        .unwrap();
    drop(connection);
    assert_eq!(differences(&look(&path, None).unwrap()), Vec::<String>::new(), "looking derives beside the file");
    drop(open(&path, None).unwrap());
    assert_eq!(differences(&look(&path, None).unwrap()), Vec::<String>::new());
}

#[test]
fn an_older_case_whose_schema_is_not_that_version_s_is_refused_and_not_copied() {
    let folder = TempDir::new().unwrap();
    let path = old_case(&folder);
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE evil(x)").unwrap();
    let before = std::fs::read(&path).unwrap();
    assert_eq!(open(&path, None).err().unwrap().code, ulika::Code::CaseForeign);
    assert_eq!(look(&path, None).err().unwrap().code, ulika::Code::CaseForeign);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_a_stranger_says_was_made_from_exhibits_is_not_believed() {
    use super::made::*;
    let folder = TempDir::new().unwrap();
    let (path, mut case) = full_case(&folder);
    let id = attach(&mut case, &[shot(folder.path(), SHOT)]).exhibits[0].id;
    drop(case);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "UPDATE exhibit_fact SET t = 0, kind = 'instant', precision = 'second';
             INSERT OR REPLACE INTO thumbnail(exhibit, png) VALUES (1, x'00');
             INSERT INTO custody SELECT 99, at, kind, subject, details_digest, previous, zeroblob(32) FROM custody WHERE seq = 1",
        )
        .unwrap();
    drop(connection);
    let case = look(&path, None).unwrap();
    assert_eq!(listed(&case, id).capture.captured_at.as_deref(), Some("2025-04-01T17:33:16+03:00"));
    assert_ne!(actions::thumbnail(&case, id).unwrap(), Some(vec![0]));
    drop(case);
    let mut case = open(&path, None).unwrap();
    actions::state_capture(&mut case, id, Some("2025-04-02 10:00")).unwrap();
    actions::state_capture(&mut case, id, None).unwrap();
    assert_eq!(
        listed(&case, id).capture.captured_at.as_deref(),
        Some("2025-04-01T17:33:16+03:00"),
        "nor after adoption"
    );
    assert_ne!(actions::thumbnail(&case, id).unwrap(), Some(vec![0]));
}
