//! The desk: what only looks is answered while other work holds the case; a case that cannot be opened leaves the one
//! that is open; passwords; arguments of any bytes.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use ulika::actions::{self, CallFilter, CallList, ImportOptions, NewCase, PasswordChange};
use ulika::clock::Clock;
use ulika::model::Secret;
use ulika::progress::{Progress, Silent, Throttled};
use ulika::{Code, Result};
use ulika_desktop::commands::calls::Kept;
use ulika_desktop::state::Desk;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../sample-data/case").join(name)
}

/// A desk with a case into which the phone's log was imported.
fn desk() -> (TempDir, PathBuf, Arc<Desk>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("дело.ulika");
    let mut case = actions::new_case(&path, &NewCase::default(), Clock::System).unwrap();
    actions::import(&mut case, &[sample("phone.xml")], &ImportOptions::default(), &[], &Silent).unwrap();
    let desk = Desk::default();
    desk.put(case, None).unwrap();
    (folder, path, Arc::new(desk))
}

fn calls(desk: &Desk) -> u32 {
    let found = desk.read(|case| CallList::find(case, &CallFilter::default())).unwrap();
    let shown = desk.show(found, &Kept::default());
    assert_eq!(desk.page(shown.list, 0, 100).unwrap().len() as u32, shown.total.min(100), "a page of the list");
    shown.total
}

#[test]
fn two_lists_that_were_found_at_once_are_both_answered_and_none_of_another_case() {
    let (_folder, _path, desk) = desk();
    let find = || desk.read(|case| CallList::find(case, &CallFilter::default())).unwrap();
    // The page asks by the number that its last question brought, whichever was answered last.
    let [first, second] = [find(), find()].map(|found| desk.show(found, &Kept::default()));
    for shown in [&first, &second] {
        assert_eq!(desk.page(shown.list, 0, 10).unwrap().len(), 10);
    }
    desk.close();
    assert!(desk.page(second.list, 0, 10).unwrap_or_default().is_empty(), "a list ends with its case");
}

/// Says when a phase begins, and goes on only when told to.
struct Halting {
    at: &'static str,
    reached: Mutex<Sender<()>>,
    go_on: Mutex<Receiver<()>>,
}

impl Progress for Halting {
    fn report(&self, phase: &'static str, done: u64, _: Option<u64>) -> Result<()> {
        if phase == self.at && done == 0 {
            self.reached.lock().unwrap().send(()).unwrap();
            self.go_on.lock().unwrap().recv().unwrap();
        }
        Ok(())
    }
}

#[test]
fn lists_pages_and_details_are_answered_in_the_middle_of_an_import() {
    let (_folder, _path, desk) = desk();
    let before = calls(&desk);
    let ((reached, wait), (go_on, told)) = (channel(), channel());
    let importing = Arc::clone(&desk);
    let import = std::thread::spawn(move || {
        let halting = Halting { at: "derive", reached: Mutex::new(reached), go_on: Mutex::new(told) };
        importing
            .with_case(|case| actions::import(case, &[sample("mts.xml")], &ImportOptions::default(), &[], &halting))
            .unwrap()
    });
    wait.recv().unwrap();
    // The transaction is open, its rows are written; whoever looks sees the case as it was, and at once.
    assert_eq!(calls(&desk), before, "what is not committed is not seen");
    let first = desk.read(|case| actions::calls(case, &CallFilter::default(), None, 1)).unwrap().calls.remove(0);
    assert_eq!(desk.read(|case| actions::call_detail(case, first.id)).unwrap().call.id, first.id);
    assert!(!desk.read(actions::groups).unwrap().groups.is_empty());
    let many: Vec<_> = (0..8)
        .map(|_| {
            let desk = Arc::clone(&desk);
            std::thread::spawn(move || calls(&desk))
        })
        .collect();
    assert!(many.into_iter().all(|one| one.join().unwrap() == before), "many at once, with few readers");
    go_on.send(()).unwrap();
    import.join().unwrap();
    assert!(calls(&desk) > before, "and after the commit all of it");
}

#[test]
fn readers_of_a_case_from_elsewhere_see_what_its_first_edit_wrote() {
    let (folder, path, desk) = desk();
    // A copy that was left behind is not the state in which this computer knows the case.
    let copy = folder.path().join("копия.ulika");
    std::fs::copy(&path, &copy).unwrap();
    desk.with_case(actions::undo).unwrap();
    desk.open(&copy, None, Clock::System).unwrap();
    assert!(desk.with_case(|case| Ok(case.from_elsewhere())).unwrap());
    let before = calls(&desk);
    desk.with_case(|case| actions::import(case, &[sample("mts.xml")], &ImportOptions::default(), &[], &Silent))
        .unwrap();
    assert!(calls(&desk) > before);
    desk.with_case(actions::undo).unwrap();
    assert_eq!(calls(&desk), before);
}

#[test]
fn a_case_that_cannot_be_opened_leaves_the_one_that_is_open() {
    let (folder, path, desk) = desk();
    let before = calls(&desk);
    let stranger = folder.path().join("чужое.ulika");
    std::fs::write(&stranger, "no case at all").unwrap();
    assert_eq!(desk.open(&stranger, None, Clock::System).unwrap_err().code, Code::PasswordOrNotACase);
    assert_eq!(calls(&desk), before, "the open case stays");
    desk.open(&path, None, Clock::System).unwrap();
    assert!(desk.overview().unwrap().writable, "opened once more, it does not lock itself out");
    desk.close();
    assert_eq!(desk.read(|_| Ok(())).unwrap_err().code, Code::RequestUnfit);
}

#[test]
fn a_password_is_set_changed_and_removed_and_a_wrong_one_changes_nothing() {
    let (_folder, path, desk) = desk();
    let before = calls(&desk);
    let (one, two) = (Secret::from("пароль"), Secret::from("другой пароль"));
    desk.change_password(&PasswordChange::Set(one.clone())).unwrap();
    assert_eq!(calls(&desk), before, "readers have the password too");
    let wrong = PasswordChange::Change { from: two.clone(), to: two.clone() };
    assert_eq!(desk.change_password(&wrong).unwrap_err().code, Code::PasswordOrNotACase);
    assert_eq!(calls(&desk), before, "after a wrong password the case stands open as it was");
    desk.change_password(&PasswordChange::Change { from: one.clone(), to: two.clone() }).unwrap();
    desk.close();
    assert_eq!(desk.open(&path, Some(&one), Clock::System).unwrap_err().code, Code::PasswordOrNotACase);
    desk.open(&path, Some(&two), Clock::System).unwrap();
    desk.change_password(&PasswordChange::Remove(two)).unwrap();
    assert!(!desk.with_case(|case| Ok(case.keyed())).unwrap());
    assert!(std::fs::read(&path).unwrap().starts_with(b"SQLite format 3\0"));
}

#[test]
fn cancelling_before_the_work_has_begun_counts_and_only_for_this_work() {
    let desk = Desk::default();
    desk.cancel(7);
    let nothing = |_: &'static str, _: u64, _: Option<u64>| {};
    let of = |number| Throttled::new(&desk.job(number), &nothing).report("read", 0, None).map_err(|e| e.code);
    assert_eq!(of(7), Err(Code::Cancelled));
    assert_eq!(of(8), Ok(()), "another work goes on");
    desk.ended(7);
    assert!(!desk.job(7).load(Ordering::Relaxed), "a number that comes again begins anew");
}

#[test]
#[cfg(unix)]
fn an_argument_of_any_bytes_is_taken_for_the_path_that_it_is() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    let folder = tempfile::tempdir().unwrap();
    let name = OsString::from_vec(b"\xc4\xe5\xeb\xee.ulika".to_vec());
    std::fs::write(folder.path().join(&name), "").unwrap();
    let desk = Desk::default();
    let arguments = [OsString::from("--option"), name];
    assert!(
        desk.given(arguments.into_iter(), folder.path()),
        "«Дело» in the bytes of windows-1251 is a file as any other"
    );
    assert!(desk.take_given().unwrap().name.ends_with(".ulika"));
}
