//! A case with a password, and the three changes.

use super::common::*;
use tempfile::TempDir;
use ulika::Code;
use ulika::actions::{self, PasswordChange};

#[test]
fn set_change_and_remove_keep_the_case() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let (all, grouped) = (calls(&case), groups(&case));
    drop(case);
    let same = |password: Option<&str>| {
        let case = look(&path, password).unwrap();
        assert_eq!((calls(&case), groups(&case)), (all.clone(), grouped.clone()));
        assert_eq!(differences(&case), Vec::<String>::new());
    };
    actions::change_password(&path, &PasswordChange::Set("пароль один".into()), CLOCK).unwrap();
    assert_ne!(&std::fs::read(&path).unwrap()[..16], b"SQLite format 3\0", "nothing of it is plain");
    assert_eq!(look(&path, None).err().unwrap().code, Code::PasswordOrNotACase);
    assert_eq!(look(&path, Some("пароль")).err().unwrap().code, Code::PasswordOrNotACase);
    same(Some("пароль один"));
    let change = PasswordChange::Change { from: "пароль один".into(), to: "два".into() };
    actions::change_password(&path, &change, CLOCK).unwrap();
    assert_eq!(look(&path, Some("пароль один")).err().unwrap().code, Code::PasswordOrNotACase);
    same(Some("два"));
    let mut case = open(&path, Some("два")).unwrap();
    actions::undo(&mut case).unwrap();
    actions::redo(&mut case).unwrap();
    drop(case);
    actions::change_password(&path, &PasswordChange::Remove("два".into()), CLOCK).unwrap();
    assert_eq!(&std::fs::read(&path).unwrap()[..16], b"SQLite format 3\0");
    same(None);
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["дело.ulika"], "no half-made file stays");
}

#[test]
fn a_change_that_does_not_fit_is_refused() {
    let folder = TempDir::new().unwrap();
    let (path, case) = new_case(&folder, Some("один"));
    let locked =
        actions::change_password(&path, &PasswordChange::Change { from: "один".into(), to: "два".into() }, CLOCK);
    assert_eq!(locked.unwrap_err().code, Code::CaseLocked, "another window holds it");
    drop(case);
    let wrong = actions::change_password(&path, &PasswordChange::Remove("нет".into()), CLOCK);
    assert_eq!(wrong.unwrap_err().code, Code::PasswordOrNotACase);
    let (plain, case) = {
        let other = TempDir::new().unwrap();
        let (path, case) = new_case(&other, None);
        std::mem::forget(other);
        (path, case)
    };
    drop(case);
    let unfit = actions::change_password(&plain, &PasswordChange::Remove("x".into()), CLOCK);
    assert_eq!(unfit.unwrap_err().code, Code::PasswordState);
}
