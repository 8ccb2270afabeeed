//! What happens when it is stopped: killed, cancelled, or its reader gone. The case is as it was.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use desk::{Desk, digest, files, say, sums_hold, text};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Calls of the big file: enough to be stopped while it is being read, and while it is being written.
const MANY: u32 = 60_000;

fn start_import(desk: &Desk, case: &str) -> Child {
    let mut command = desk.process();
    command.args(["import", case, "big.csv", "--kind", "operator", "--json", "--progress", "json"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits for a report of this phase.
fn wait_for(child: &mut Child, phase: &str) {
    let wanted = format!("\"phase\":\"{phase}\"");
    let mut lines = BufReader::new(child.stderr.as_mut().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains(&wanted)), "no report of {phase}");
}

#[test]
fn killed_in_the_middle_of_an_import() {
    let (desk, case) = Desk::with_calls();
    let path = text(&case);
    desk.write("big.csv", files::table(0..MANY));
    let before = desk.done(["calls", path, "--limit", "0"]);
    for (phase, wait) in [("read", 0), ("read", 60), ("store", 0), ("store", 80), ("derive", 0), ("derive", 40)] {
        let mut child = start_import(&desk, path);
        wait_for(&mut child, phase);
        std::thread::sleep(Duration::from_millis(wait));
        let finished = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        if finished {
            // The last steps are short on a fast machine: then there is nothing to kill, and undo restores the start.
            say(&format!("the import had ended before it could be killed {wait} ms into {phase}"));
            desk.done(["undo", path]);
        }
        let after = desk.done(["calls", path, "--limit", "0"]);
        assert_eq!(after, before, "killed {wait} ms into {phase}");
        let verified = desk.done(["verify", path]);
        assert_eq!(verified["valid"], true, "{verified}");
    }
    let answer = desk.done(["import", path, "big.csv", "--kind", "operator"]);
    sums_hold(&answer["sources"][0]);
    assert_eq!(desk.total(&case), u64::from(MANY));
}

#[test]
fn ctrl_c_cancels() {
    let (desk, case) = Desk::with_calls();
    desk.write("big.csv", files::table(0..MANY));
    let before = digest(&case);
    for phase in ["read", "store"] {
        let mut child = start_import(&desk, text(&case));
        wait_for(&mut child, phase);
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        let status = child.wait().unwrap();
        let mut said = String::new();
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(status.code(), Some(1), "{phase}: {said}");
        let document: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(document["error"]["code"], "cancelled", "{document}");
        assert_eq!(digest(&case), before, "cancelled in {phase}");
        assert_eq!(desk.total(&case), 12);
    }
}

#[test]
fn ctrl_c_leaves_not_a_byte_of_a_long_file() {
    let (desk, case) = Desk::with_calls();
    // Longer than what goes into the case in one part: it is stored before the calls are.
    desk.write("big.csv", files::table(0..150_000));
    assert!(std::fs::metadata(desk.path("big.csv")).unwrap().len() > 9 << 20);
    let before = (digest(&case), desk::names(desk.folder()));
    for wait in [0, 20, 60] {
        let mut child = start_import(&desk, text(&case));
        wait_for(&mut child, "store");
        std::thread::sleep(Duration::from_millis(wait));
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(1), "{wait} ms into storing");
        assert_eq!((digest(&case), desk::names(desk.folder())), before, "{wait} ms into storing");
    }
    assert_eq!(desk.done(["verify", text(&case)])["valid"], true);
}

#[test]
fn a_second_import_meanwhile_is_refused() {
    let (desk, case) = Desk::with_calls();
    desk.write("big.csv", files::table(0..MANY));
    desk.write("more.csv", files::table(70_000..70_010));
    let mut child = start_import(&desk, text(&case));
    wait_for(&mut child, "read");
    let document = desk.json(5, ["import", text(&case), "more.csv"]);
    assert_eq!(document["error"]["code"], "case_locked");
    // Looking is possible all the while.
    assert_eq!(desk.total(&case), 12);
    child.kill().unwrap();
    child.wait().unwrap();
    // The lock ends with its process.
    desk.done(["import", text(&case), "more.csv"]);
}

#[test]
fn progress_is_one_json_object_a_line() {
    let (desk, case) = Desk::with_calls();
    desk.write("big.csv", files::table(0..20_000));
    let run = desk.run(["import", text(&case), "big.csv", "--progress", "json", "--json"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let mut phases = Vec::new();
    for line in run.stderr.lines() {
        let report: Value = serde_json::from_str(line).unwrap();
        assert!(report["done"].is_u64(), "{line}");
        assert!(report["total"].is_u64() || report["total"].is_null(), "{line}");
        phases.push(report["phase"].as_str().unwrap().to_owned());
    }
    phases.dedup();
    assert!(phases.iter().any(|p| p == "read") && phases.iter().any(|p| p == "store"), "{phases:?}");
    serde_json::from_str::<Value>(&run.stdout).unwrap();
    let quiet = desk.run(["import", text(&case), "big.csv", "--json"]);
    assert_eq!(quiet.stderr, "", "nobody asked for reports");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let (desk, case) = Desk::with_calls();
    desk.write("big.csv", files::table(0..20_000));
    desk.done(["import", text(&case), "big.csv", "--kind", "operator"]);
    for json in [&["--json"][..], &[]] {
        let mut command = desk.process();
        command.args(["calls", text(&case), "--limit", "0"]).args(json);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0_u8; 64];
        child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        let whole = desk.run([&["calls", text(&case), "--limit", "0"], json].concat());
        assert_eq!(String::from_utf8_lossy(&output.stderr), whole.stderr, "no more than is told to one that stays");
    }
}
