//! Files made for a test: a tone as WAV, and copies of the sample screenshots under other names.

use super::common::*;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use ulika::Case;
use ulika::actions::{self, AttachAnswer, AttachOptions, ExhibitView};
use ulika::model::{CallId, ExhibitId};
use ulika::progress::Silent;

/// The first sample screenshot: an incoming call of 1 April 2025.
pub const SHOT: &str = "Screenshot_20250401-173316.png";

/// A WAV of so many seconds, eight thousand frames each; `mark` makes one unlike another.
pub fn wav(seconds: u32, mark: i16) -> Vec<u8> {
    let frames = seconds * 8_000;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + frames * 2).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data");
    bytes.extend((frames * 2).to_le_bytes());
    bytes.extend((0..frames).flat_map(|n| ((n % 400) as i16 * 20 + mark).to_le_bytes()));
    bytes
}

/// Writes a file into the folder.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A sample screenshot under a name.
pub fn shot(folder: &Path, name: &str) -> PathBuf {
    put(folder, name, &std::fs::read(sample("shots").join(SHOT)).unwrap())
}

/// The sample case with a detail and a phone's log.
pub fn full_case(folder: &TempDir) -> (PathBuf, Case) {
    let (path, mut case) = new_case(folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    (path, case)
}

/// Attaches without saying anything.
pub fn attach(case: &mut Case, files: &[PathBuf]) -> AttachAnswer {
    actions::attach(case, files, &AttachOptions::default(), &Silent).unwrap()
}

/// One exhibit as listed.
pub fn listed(case: &Case, id: ExhibitId) -> ExhibitView {
    actions::exhibits(case).unwrap().into_iter().find(|e| e.id == id).unwrap()
}

/// A call as listed.
pub fn call(case: &Case, id: CallId) -> actions::CallView {
    actions::call_detail(case, id).unwrap().call
}

/// An answered call that no other call is near, with its number.
pub fn lonely_call(case: &Case) -> actions::CallView {
    let calls = actions::calls(case, &actions::CallFilter::default(), None, 100_000).unwrap().calls;
    let at = |c: &actions::CallView| chrono::DateTime::parse_from_rfc3339(&c.started_at).unwrap().timestamp();
    let far = |i: usize, j: Option<usize>| {
        j.and_then(|j| calls.get(j)).is_none_or(|other| (at(other) - at(&calls[i])).abs() > 3_600)
    };
    let fits = |i: &usize| {
        let c = &calls[*i];
        c.number.is_some()
            && c.duration_s.is_some_and(|d| (10..60).contains(&d))
            && far(*i, i.checked_sub(1))
            && far(*i, Some(i + 1))
    };
    calls[(0..calls.len()).find(fits).unwrap()].clone()
}

/// The wall clock of a call as a recorder writes it, so many seconds later: `250401_173316`.
pub fn stamp(call: &actions::CallView, later: i64, form: &str) -> String {
    let at = chrono::DateTime::parse_from_rfc3339(&call.started_at).unwrap();
    (at + chrono::TimeDelta::seconds(later)).format(form).to_string()
}

/// A call that the phone and the operator state, 37 seconds apart by their clocks, as the phone states it.
pub fn call_of_two(case: &Case) -> actions::RecordAsFound {
    let calls = actions::calls(case, &actions::CallFilter::default(), None, 100_000).unwrap().calls;
    let fits = |c: &&actions::CallView| {
        c.records.len() == 2 && c.number.is_some() && c.duration_s.is_some_and(|d| (10..60).contains(&d))
    };
    let call = calls.iter().find(fits).unwrap();
    actions::call_detail(case, call.id).unwrap().records.into_iter().find(|r| r.kind == "phone").unwrap()
}

/// A recording of that call, begun two seconds after its start by the phone's clock; named by the phone's own log.
pub fn recording_of_two(folder: &Path) -> PathBuf {
    let scratch = TempDir::new().unwrap();
    let (_, case) = full_case(&scratch);
    let told = call_of_two(&case);
    let at = chrono::DateTime::parse_from_rfc3339(&told.started_at).unwrap() + chrono::TimeDelta::seconds(2);
    let name = format!("Call recording {}_{}.wav", told.number_raw.replace(' ', ""), at.format("%y%m%d_%H%M%S"));
    put(folder, &name, &wav(told.duration_s.unwrap(), 0))
}
