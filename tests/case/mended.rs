//! A source with damaged rows in a case: what it shows, that it verifies, and that older sources are read as they were.

use super::common::*;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use ulika::actions::{self, ImportOptions};
use ulika::import::{MappingName, MendKind, OwnRecipe, recipe_text};
use ulika::progress::Silent;

const DAMAGED: &str = "когда;кто;сколько;куда\n\
03.09.2025 10:15;+7 907 111-22-33;31;+7 907 000-00-00\n\
03.09.2025 11:40;+7 907 000-\n00-00;125;8 (935) 310-40-84\n\
[05.09.2025, 12:00] Анна: вот остальное\n\
04.09.2025 09:05;+7 946 000-11-22;0;+7 907 000-00-00;04.09.2025 09:06;+7 946 000-11-22;7;+7 907 000-00-00\n\
04.09.2025 18:00;+7 907 000-00-00;??;+7 907 111-22-33\n";

/// A whole table of the same program, by which the columns are set.
const WHOLE: &str = "когда;кто;сколько;куда\n\
01.09.2025 10:15;+7 907 111-22-33;31;+7 907 000-00-00\n\
01.09.2025 11:40;+7 907 000-00-00;125;8 (935) 310-40-84\n\
02.09.2025 09:05;+7 946 000-11-22;0;+7 907 000-00-00\n";

fn imported(folder: &TempDir) -> (PathBuf, actions::SourceAnswer) {
    let (path, mut case) = new_case(folder, None);
    let file = folder.path().join("таблица.csv");
    std::fs::write(&file, WHOLE).unwrap();
    let mapping = actions::look_at(&file, None).unwrap().mapping;
    std::fs::write(&file, DAMAGED).unwrap();
    let by = OwnRecipe::parse(&recipe_text(&mapping, MappingName::none())).unwrap();
    let options = ImportOptions { by: Some(by), line: Some("+7 907 000-00-00".to_owned()), ..ImportOptions::default() };
    let looked = actions::preview_import(&case, std::slice::from_ref(&file), &options, &Silent).unwrap();
    let mut answer = actions::import(&mut case, &[file], &options, &[], &Silent).unwrap();
    let source = answer.sources.remove(0);
    assert_eq!((looked.sources[0].mended, &looked.sources[0].mends), (source.mended, &source.mends));
    (path, source)
}

#[test]
fn a_mended_source_says_so_shows_its_rows_as_they_stood_and_verifies() {
    let folder = TempDir::new().unwrap();
    let (path, source) = imported(&folder);
    assert_eq!((source.rows, source.records, source.problems.len(), source.skipped), (5, 4, 1, 1));
    let mends: Vec<_> = source.mends.iter().map(|m| (m.row, m.kind, m.lines, m.rows)).collect();
    assert_eq!((source.mended, mends), (3, vec![(3, MendKind::Broken, 2, 1), (6, MendKind::Glued, 1, 2)]));
    let case = look(&path, None).unwrap();
    assert_eq!(differences(&case), Vec::<String>::new());
    let calls = actions::calls(&case, &actions::CallFilter::default(), None, 10).unwrap().calls;
    let mut shown: Vec<_> = calls
        .iter()
        .map(|call| {
            let record = actions::call_detail(&case, call.id).unwrap().records.remove(0);
            (record.place.row, record.as_found.mended, record.as_found.cells.join(";"))
        })
        .collect();
    shown.sort_by_key(|row| row.0);
    let lines: Vec<&str> = DAMAGED.lines().collect();
    assert_eq!(shown[0], (2, None, lines[1].to_owned()));
    assert_eq!(shown[1], (3, Some(MendKind::Broken), format!("{}\n{}", lines[2], lines[3])));
    for glued in &shown[2..] {
        assert_eq!(*glued, (6, Some(MendKind::Glued), lines[5].to_owned()));
    }
    let sums = actions::source_sums(&case, source.id.unwrap()).unwrap();
    assert_eq!((sums.mended, sums.mends), (source.mended, source.mends));
}

/// Changes what the case says of the sums of its sources.
fn with_sums(path: &Path, change: impl Fn(&mut serde_json::Value)) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let sums: String = connection.query_row("SELECT sums FROM source", [], |row| row.get(0)).unwrap();
    let mut sums = serde_json::from_str(&sums).unwrap();
    change(&mut sums);
    let guard: String = connection
        .query_row("SELECT sql FROM sqlite_master WHERE name = 'source_no_update'", [], |row| row.get(0))
        .unwrap();
    connection.execute_batch("DROP TRIGGER source_no_update").unwrap();
    connection.execute("UPDATE source SET sums = ?1", [sums.to_string()]).unwrap();
    connection.execute_batch(&guard).unwrap();
}

#[test]
fn sums_that_say_nothing_of_mending_are_of_a_reading_without_it() {
    let folder = TempDir::new().unwrap();
    let (path, _) = imported(&folder);
    with_sums(&path, |sums| {
        let sums = sums.as_object_mut().unwrap();
        sums.remove("mended").unwrap();
        sums.remove("mends").unwrap();
    });
    let case = look(&path, None).unwrap();
    // The records of the mended rows are not what such a reading gives, and the lines are shown as lines.
    assert!(differences(&case).iter().any(|found| found.contains("reading_differs")), "{:?}", differences(&case));
    let calls = actions::calls(&case, &actions::CallFilter::default(), None, 10).unwrap().calls;
    let rows = calls.iter().map(|call| actions::call_detail(&case, call.id).unwrap().records.remove(0).as_found);
    assert!(rows.into_iter().all(|row| row.mended.is_none() && !row.cells.concat().contains('\n')));
}
