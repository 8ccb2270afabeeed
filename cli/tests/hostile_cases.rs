//! Cases that must not be opened or written: strangers' files, newer ones, locked ones, full disks. Each refusal has
//! its exit code and leaves the file byte for byte as it was.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use desk::{BINARY, Desk, digest, files, names, say, text};
use rusqlite::Connection;
use std::fs::File;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// Commands that read and commands that write, all of which must refuse the case.
fn all_refuse(desk: &Desk, case: &Path, code: i32, error: &str) {
    let path = text(case);
    desk.write("more.csv", files::table(40..50));
    for args in [
        vec!["calls", path],
        vec!["groups", path],
        vec!["log", path],
        vec!["verify", path],
        vec!["import", path, "more.csv", "--dry-run"],
        vec!["import", path, "more.csv"],
        vec!["attach", path, "more.csv"],
        vec!["group", path, "name", "1", "x"],
        vec!["export", path, "out.zip"],
        vec!["undo", path],
        vec!["redo", path],
    ] {
        desk.refused(case, code, error, &args);
    }
}

#[test]
fn no_case_at_all() {
    let desk = Desk::new();
    all_refuse(&desk, &desk.path("nowhere.ulika"), 1, "case_absent");
}

#[test]
fn a_file_without_an_sqlite_header() {
    let desk = Desk::new();
    let case = desk.write("notes.ulika", "Позвонить маме".repeat(400));
    all_refuse(&desk, &case, 4, "password_or_not_a_case");
}

#[test]
fn a_newer_case() {
    let (desk, case) = Desk::with_calls();
    Connection::open(&case).unwrap().pragma_update(None, "user_version", 99).unwrap();
    all_refuse(&desk, &case, 5, "case_newer");
}

#[test]
fn a_case_with_a_hostile_trigger() {
    let (desk, case) = Desk::with_calls();
    let connection = Connection::open(&case).unwrap();
    connection.execute_batch("CREATE TRIGGER evil AFTER INSERT ON source BEGIN DELETE FROM label; END;").unwrap();
    drop(connection);
    all_refuse(&desk, &case, 1, "case_foreign");
}

#[test]
fn a_strangers_sqlite_file() {
    let desk = Desk::new();
    let case = desk.path("shop.db");
    Connection::open(&case).unwrap().execute_batch("CREATE TABLE goods(id INTEGER, name TEXT);").unwrap();
    all_refuse(&desk, &case, 1, "case_foreign");
}

#[test]
fn a_journal_that_came_with_a_strangers_case() {
    let (desk, case) = Desk::with_calls();
    let guest = Desk::new();
    let received = guest.path("received.ulika");
    std::fs::copy(&case, &received).unwrap();
    guest.write("received.ulika-journal", [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7, 0, 0, 0, 1]);
    guest.refused(&received, 1, "journal_foreign", &["calls", text(&received)]);
    guest.refused(&received, 1, "journal_foreign", &["undo", text(&received)]);
    assert_eq!(desk.total(&case), 12);
}

#[test]
fn a_case_from_another_computer_opens_and_reading_leaves_it_alone() {
    let (desk, case) = Desk::with_calls();
    let guest = Desk::new();
    let received = guest.path("received.ulika");
    std::fs::copy(&case, &received).unwrap();
    let before = digest(&received);
    assert_eq!(guest.total(&received), desk.total(&case));
    guest.done(["groups", text(&received)]);
    guest.done(["verify", text(&received)]);
    assert_eq!(digest(&received), before);
}

#[test]
fn a_second_writer_is_refused_and_a_reader_is_not() {
    let (desk, case) = Desk::with_calls();
    desk.write("more.csv", files::table(40..50));
    // The lock of this case is held by another process: here, by the test itself.
    let held: Vec<File> = std::fs::read_dir(desk.path("state/locks"))
        .unwrap()
        .map(|entry| {
            let file = File::options().write(true).open(entry.unwrap().path()).unwrap();
            file.lock().unwrap();
            file
        })
        .collect();
    assert!(!held.is_empty(), "the case has a lock");
    let path = text(&case);
    for args in [
        vec!["import", path, "more.csv"],
        vec!["attach", path, "more.csv"],
        vec!["group", path, "name", "1", "x"],
        vec!["export", path, "out.zip"],
        vec!["undo", path],
        vec!["redo", path],
    ] {
        desk.refused(&case, 5, "case_locked", &args);
    }
    assert_eq!(desk.total(&case), 12, "looking is allowed");
    desk.done(["groups", path]);
    desk.done(["import", path, "more.csv", "--dry-run"]);
    // Closing would not do: a program that another test just now starts still shares what is open here.
    held.iter().for_each(|file| file.unlock().unwrap());
    desk.done(["import", path, "more.csv"]);
    assert_eq!(desk.total(&case), 22);
}

#[test]
fn another_program_that_holds_the_database_is_a_second_writer_too() {
    let (desk, case) = Desk::with_calls();
    desk.write("more.csv", files::table(40..50));
    // The digest is taken first: a process that closes a file gives up its locks on it.
    let before = digest(&case);
    let other = Connection::open(&case).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let document = desk.json(5, ["import", text(&case), "more.csv"]);
    assert_eq!(document["error"]["code"], "case_locked");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(digest(&case), before);
    desk.done(["import", text(&case), "more.csv"]);
}

/// Whether the tests run as root, for whom file modes do not count.
fn is_root() -> bool {
    String::from_utf8(Command::new("id").arg("-u").output().unwrap().stdout).unwrap().trim() == "0"
}

/// The program as a user for whom file modes count. As root it is a copy, run as nobody through `setpriv`; where that
/// cannot be had, the test says so and is left with targets that refuse even root.
fn unprivileged(desk: &Desk) -> Option<Command> {
    if !is_root() {
        return Some(desk.process());
    }
    let copy = desk.path("state/ulika-cli");
    std::fs::copy(BINARY, &copy).unwrap();
    for (path, mode) in [(desk.folder(), 0o755), (&desk.path("state"), 0o777), (&copy, 0o755)] {
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    }
    for name in ["state/locks", "state/known"] {
        if desk.path(name).exists() {
            std::fs::set_permissions(desk.path(name), PermissionsExt::from_mode(0o777)).unwrap();
        }
        for file in std::fs::read_dir(desk.path(name)).into_iter().flatten() {
            std::fs::set_permissions(file.unwrap().path(), PermissionsExt::from_mode(0o666)).unwrap();
        }
    }
    let as_nobody = || {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).arg(&copy);
        command.current_dir(desk.folder());
        desk.isolate(&mut command);
        command
    };
    match as_nobody().arg("--version").output() {
        Ok(output) if output.status.success() => Some(as_nobody()),
        other => {
            say(&format!("NOT TESTED as an ordinary user, only with targets that refuse root too: {other:?}"));
            None
        }
    }
}

#[test]
fn a_read_only_target() {
    let (desk, case) = Desk::with_calls();
    desk.write("more.csv", files::table(40..50));
    // Nobody can make a file there, not even root.
    desk.refused(&case, 1, "target_unwritable", &["export", text(&case), "/proc/out.zip"]);
    desk.refused(&case, 1, "target_unwritable", &["new", "/proc/new.ulika"]);
    std::fs::create_dir(desk.path("folder.zip")).unwrap();
    desk.refused(&case, 1, "target_unwritable", &["export", text(&case), "folder.zip"]);
    desk.refused(&case, 1, "case_exists", &["new", text(&case)]);

    std::fs::set_permissions(&case, PermissionsExt::from_mode(0o444)).unwrap();
    let before = digest(&case);
    for args in [vec!["import", text(&case), "more.csv"], vec!["undo", text(&case)]] {
        let Some(mut command) = unprivileged(&desk) else { return };
        std::fs::set_permissions(desk.folder(), PermissionsExt::from_mode(0o555)).unwrap();
        let output = command.args(&args).arg("--json").output().unwrap();
        std::fs::set_permissions(desk.folder(), PermissionsExt::from_mode(0o755)).unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&output.stderr));
        let document: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!(document["error"]["code"], "case_read_only", "{document}");
        assert_eq!(digest(&case), before);
    }
    let Some(mut command) = unprivileged(&desk) else { return };
    let output = command.args(["calls", text(&case), "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "a case that cannot be written can be read");
    assert_eq!(digest(&case), before);
}

/// Runs `script` with `sh`, the binary and the arguments as `"$@"`.
fn shell(desk: &Desk, script: &str, args: &[&str]) -> std::process::Output {
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh", BINARY]).args(args).current_dir(desk.folder());
    desk.isolate(&mut command);
    command.output().unwrap()
}

#[test]
fn a_file_that_may_not_grow_any_further() {
    let (desk, case) = Desk::with_calls();
    desk.write("big.csv", files::table(0..40_000));
    let before = (digest(&case), names(desk.folder()));
    // The case may grow by some 400 KB; the import needs ten times that. The signal is ignored, so that writing fails
    // with an error, as it does on a disk that is full.
    let kilobytes = std::fs::metadata(&case).unwrap().len() / 1024 + 400;
    let script = format!("trap '' XFSZ; ulimit -f {} || exit 99; exec \"$@\"", kilobytes * 2);
    let output = shell(&desk, &script, &["import", text(&case), "big.csv", "--json"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let document: serde_json::Value = serde_json::from_str(&said).unwrap();
    let code = document["error"]["code"].as_str().unwrap();
    assert!(["disk_full", "write_failed"].contains(&code), "{document}");
    assert_eq!((digest(&case), names(desk.folder())), before);
    assert_eq!(desk.total(&case), 12);
    let script = "trap '' XFSZ; ulimit -f 8 || exit 99; exec \"$@\"";
    let output = shell(&desk, script, &["export", text(&case), "out.zip", "--json"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(!desk.path("out.zip").exists(), "a failure leaves neither a bundle nor a half of one");
}

#[test]
fn a_full_disk() {
    let (desk, case) = Desk::with_calls();
    desk.write("big.csv", files::table(0..40_000));
    std::fs::create_dir(desk.path("disk")).unwrap();
    let kilobytes = std::fs::metadata(&case).unwrap().len() / 1024 + 600;
    // A disk of its own, so small that the import does not fit; it goes away with the namespace.
    let script = format!(
        "mount -t tmpfs -o size={kilobytes}k tmpfs disk || exit 99
         cp case.ulika disk/ || exit 99
         before=$(sha256sum < disk/case.ulika)
         \"$@\"; code=$?
         [ \"$before\" = \"$(sha256sum < disk/case.ulika)\" ] || {{ echo 'the case changed' >&2; exit 98; }}
         [ \"$(ls -A disk)\" = case.ulika ] || {{ echo 'traces beside the case' >&2; exit 97; }}
         exit $code"
    );
    let mut command = Command::new("unshare");
    command.args(["-m", "sh", "-c", &script, "sh", BINARY, "import", "disk/case.ulika", "big.csv", "--json"]);
    desk.isolate(command.current_dir(desk.folder()));
    let output = match command.output() {
        Ok(output)
            if output.status.code() != Some(99) && !(output.status.code() == Some(1) && output.stdout.is_empty()) =>
        {
            output
        }
        other => {
            say(&format!("NOT TESTED: a full disk needs the right to mount one here: {other:?}"));
            return;
        }
    };
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let document: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(document["error"]["code"], "disk_full", "{document}");
}

#[test]
fn an_answer_that_cannot_be_printed_is_told() {
    let (desk, case) = Desk::with_calls();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = desk.process().args(["calls", text(&case)]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!output.stderr.is_empty());
}
