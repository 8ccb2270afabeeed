//! Long files go into the case in parts. What fails or is cancelled leaves it as it was, to the byte.

use super::common::*;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use ulika::actions::{self, AttachOptions, ImportOptions};
use ulika::progress::{Progress, Silent};
use ulika::{Case, Code, Error};

/// A table of some 10 MB: longer than what goes into the case in one part.
fn long_table(folder: &TempDir) -> PathBuf {
    let mut text = String::from("Дата и время;Направление;Номер;Длительность;Подпись\r\n");
    for n in 0..90_000_u32 {
        let (day, hour, minute) = (1 + n / 1440 % 28, n / 60 % 24, n % 60);
        let number = 79_070_000_000_u64 + u64::from(n % 4_000) * 7;
        let row = format!(
            "{day:02}.03.2025 {hour:02}:{minute:02}:00;Входящий;{number};00:00:{:02};строка вымышленной подписи {n}\r\n",
            n % 60
        );
        text.push_str(&row);
    }
    let path = folder.path().join("long.csv");
    std::fs::write(&path, text).unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() > 9 << 20);
    path
}

/// Does something at the n-th report of storing.
struct At<F: Fn() -> ulika::Result<()> + Sync>(AtomicU64, F);

impl<F: Fn() -> ulika::Result<()> + Sync> Progress for At<F> {
    fn report(&self, phase: &'static str, _: u64, _: Option<u64>) -> ulika::Result<()> {
        if matches!(phase, "store" | "derive") && self.0.fetch_sub(1, Ordering::Relaxed) == 0 {
            self.1()
        } else {
            Ok(())
        }
    }
}

fn cancel() -> ulika::Result<()> {
    Err(Error::new(Code::Cancelled))
}

fn check_unchanged(
    path: &Path,
    case: &mut Case,
    what: &str,
    expected: Code,
    work: impl FnOnce(&mut Case) -> ulika::Result<()>,
) {
    let (before, events) = (std::fs::read(path).unwrap(), actions::log(case).unwrap().custody.len());
    let (calls, groups) = (calls(case), groups(case));
    assert_eq!(work(case).expect_err(what).code, expected, "{what}");
    let after = std::fs::read(path).unwrap();
    // Pages that come back into a file with a password are encrypted anew.
    let same = if case.keyed() { after.len() == before.len() } else { after == before };
    assert!(same, "{what}: not a byte of the case may differ");
    assert_eq!((self::calls(case), self::groups(case)), (calls, groups), "{what}");
    assert_eq!(actions::log(case).unwrap().custody.len(), events, "{what}");
    let names: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["дело.ulika"], "{what}: nothing lies beside it");
}

#[test]
fn a_long_import_that_is_cancelled_leaves_not_a_byte() {
    for password in [None, Some("пароль")] {
        let (folder, files) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let (path, mut case) = new_case(&folder, password);
        if password.is_none() {
            // Derived tables that shrink leave free pages behind.
            import(&mut case, &["mts.xml", "phone.xml"]);
            actions::undo(&mut case).unwrap();
        }
        let long = long_table(&files);
        for patience in if password.is_none() { &[0, 9, 10, 12][..] } else { &[9] } {
            check_unchanged(&path, &mut case, &format!("report {patience}"), Code::Cancelled, |case| {
                let impatient = At(AtomicU64::new(*patience), cancel);
                actions::import(case, std::slice::from_ref(&long), &ImportOptions::default(), &[], &impatient)
                    .map(|_| ())
            });
        }
        let answer = actions::import(&mut case, &[long], &ImportOptions::default(), &[], &Silent).unwrap();
        assert_eq!(answer.sources[0].rows, 90_000);
        assert_eq!(differences(&case), Vec::<String>::new());
    }
}

#[test]
fn a_long_file_that_changes_while_it_is_stored_leaves_not_a_byte() {
    let (folder, files) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (path, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml"]);
    let long = long_table(&files);
    check_unchanged(&path, &mut case, "changed", Code::FileChanged, |case| {
        let change = || {
            let mut bytes = std::fs::read(&long).unwrap();
            let last = bytes.len() - 10;
            bytes[last] ^= 1;
            std::fs::write(&long, bytes).unwrap();
            Ok(())
        };
        let meddling = At(AtomicU64::new(0), change);
        actions::import(case, std::slice::from_ref(&long), &ImportOptions::default(), &[], &meddling).map(|_| ())
    });
}

#[test]
fn an_attachment_that_is_cancelled_leaves_not_a_byte() {
    let (folder, files) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (path, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    actions::undo(&mut case).unwrap();
    let (small, long) = (files.path().join("a.bin"), files.path().join("b.bin"));
    std::fs::write(&small, b"small").unwrap();
    std::fs::write(&long, vec![7; 20 << 20]).unwrap();
    let paths = [small.clone(), long.clone(), small, long];
    for patience in [0, 1, 3, 20, 21, 22, 24] {
        check_unchanged(&path, &mut case, &format!("report {patience}"), Code::Cancelled, |case| {
            let impatient = At(AtomicU64::new(patience), cancel);
            actions::attach(case, &paths, &AttachOptions::default(), &impatient).map(|_| ())
        });
    }
    let answer = actions::attach(&mut case, &paths, &AttachOptions::default(), &Silent).unwrap();
    let known: Vec<bool> = answer.exhibits.iter().map(|e| e.already_attached).collect();
    assert_eq!(known, [false, false, true, true]);
    assert_eq!(differences(&case), Vec::<String>::new());
}
