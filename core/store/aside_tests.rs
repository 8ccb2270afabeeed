#![allow(clippy::unwrap_used)]
use super::*;
use crate::store::blobs::{name_original, next_original, remove_chunks};
use std::io;

/// Bytes without end that are not all alike.
fn bytes(count: u64, seed: u8) -> impl Read {
    let pattern: Vec<u8> = (0..=255_u8).map(|b| b.wrapping_mul(31).wrapping_add(seed)).collect();
    io::Read::take(io::Cursor::new(pattern.repeat(count as usize / 256 + 1)), count)
}

fn stage(connection: &Connection, count: u64, seed: u8, aside: Option<&mut Aside>) -> Staged {
    let original = next_original(connection).unwrap();
    blobs::stage(connection, &mut bytes(count, seed), original, aside, &mut silent).unwrap()
}

fn silent(_: u64) -> Result<()> {
    Ok(())
}

/// A case that holds something, and free pages in the middle and at the end.
fn case(password: Option<&str>, freed: bool) -> (tempfile::TempDir, PathBuf, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ulika");
    open::create(&path, password).unwrap();
    let connection = open::open(&path, password, true).unwrap().connection;
    let gone = stage(&connection, 3 << 20, 1, None);
    let kept = stage(&connection, 2 << 20, 2, None);
    name_original(&connection, &kept).unwrap();
    if freed {
        remove_chunks(&connection, gone.original).unwrap();
    } else {
        name_original(&connection, &gone).unwrap();
    }
    (folder, path, connection)
}

/// Stages in many parts, what the case holds already, what was just staged, and a little.
fn stage_much(connection: &Connection) -> Staging {
    let mut staging = Staging::default();
    let mut put = |count, seed| staging.stage(connection, &mut bytes(count, seed), &mut silent).unwrap();
    let long = put(21 << 20, 3);
    assert!(put(2 << 20, 2).held);
    let again = put(21 << 20, 3);
    assert_eq!((again.original, again.held), (long.original, true), "the same bytes are staged once");
    put(17, 4);
    assert!(staging.0.iter().all(|(_, aside)| aside.sound), "the way back is known");
    staging
}

#[test]
fn what_was_staged_is_taken_back_to_the_byte() {
    for freed in [false, true] {
        let (folder, path, connection) = case(None, freed);
        let before = std::fs::read(&path).unwrap();
        let staging = stage_much(&connection);
        assert!(std::fs::metadata(&path).unwrap().len() > before.len() as u64 + (15 << 20), "parts were committed");
        staging.take_back(&connection);
        assert!(std::fs::read(&path).unwrap() == before, "free pages: {freed}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing lies beside the case");
        // The connection goes on with the file as it is.
        let again = stage(&connection, 1 << 20, 5, None);
        name_original(&connection, &again).unwrap();
        assert!(open::quick_check(&connection).unwrap());
    }
}

#[test]
fn a_little_is_taken_back_to_the_byte() {
    let (_folder, path, connection) = case(None, false);
    let before = std::fs::read(&path).unwrap();
    let mut staging = Staging::default();
    // So little that no page is added: only the commit changes the first one.
    staging.stage(&connection, &mut bytes(3, 9), &mut silent).unwrap();
    staging.stage(&connection, &mut bytes(0, 9), &mut silent).unwrap();
    staging.take_back(&connection);
    assert!(std::fs::read(&path).unwrap() == before);
}

#[test]
fn with_a_password_the_case_is_as_it_was_and_no_longer() {
    for freed in [false, true] {
        let (_folder, path, connection) = case(Some("пароль"), freed);
        let before = std::fs::metadata(&path).unwrap().len();
        stage_much(&connection).take_back(&connection);
        assert_eq!(std::fs::metadata(&path).unwrap().len(), before);
        assert!(open::quick_check(&connection).unwrap());
        let chunks: i64 = connection.query_row("SELECT count(*) FROM chunk", [], |row| row.get(0)).unwrap();
        assert_eq!(chunks, if freed { 2 } else { 5 });
    }
}

#[test]
fn ended_in_the_middle_of_taking_back() {
    let (_folder, path, connection) = case(None, true);
    let before = std::fs::read(&path).unwrap();
    let mut aside = Aside::begin(&connection);
    stage(&connection, 21 << 20, 3, Some(&mut aside));
    aside.leave_journal().unwrap();
    drop(connection);
    assert!(std::fs::read(&path).unwrap() != before);
    touch(&open::open(&path, None, true).unwrap().connection).unwrap();
    assert!(std::fs::read(&path).unwrap() == before, "whoever opens the case next plays the journal back");
}

#[test]
fn a_reader_beside_it_sees_the_case_before_and_after() {
    let (_folder, path, connection) = case(None, true);
    let reader = open::open(&path, None, true).unwrap().connection;
    let count = || reader.query_row("SELECT count(*) FROM original", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count(), 1);
    let staging = stage_much(&connection);
    assert_eq!(count(), 1);
    staging.take_back(&connection);
    assert_eq!(count(), 1);
    assert!(open::quick_check(&reader).unwrap());
}

#[test]
fn what_another_program_committed_in_between_stays() {
    let (_folder, path, connection) = case(None, false);
    let staging = stage_much(&connection);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("INSERT INTO title(id, text) VALUES (1, 'слово другой программы')").unwrap();
    staging.take_back(&connection);
    let title: String = other.query_row("SELECT text FROM title", [], |row| row.get(0)).unwrap();
    assert_eq!(title, "слово другой программы");
    let chunks: i64 = other.query_row("SELECT count(*) FROM chunk", [], |row| row.get(0)).unwrap();
    assert_eq!(chunks, 5, "and what was staged is gone");
}

#[test]
fn where_the_way_back_is_not_known_the_chunks_go_all_the_same() {
    let (_folder, path, connection) = case(None, false);
    let mut staging = stage_much(&connection);
    staging.0.iter_mut().for_each(|(_, aside)| aside.sound = false);
    staging.take_back(&connection);
    let chunks: i64 = connection.query_row("SELECT count(*) FROM chunk", [], |row| row.get(0)).unwrap();
    assert_eq!(chunks, 5);
    assert!(path.exists());
}
