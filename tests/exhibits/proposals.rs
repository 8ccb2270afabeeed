//! Calls are proposed with reasons; nothing is linked in silence.

use super::common::*;
use super::made::*;
use tempfile::TempDir;
use ulika::actions;
use ulika::model::MatchReason::{Duration, Number, Start};
use ulika::model::SourceKind;
use ulika::progress::Silent;

#[test]
fn a_recording_is_proposed_by_number_start_and_length() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let call = lonely_call(&case);
    let name = format!("Call recording {}_{}.wav", call.number.as_ref().unwrap(), stamp(&call, 2, "%y%m%d_%H%M%S"));
    let file = put(folder.path(), &name, &wav(call.duration_s.unwrap() + 1, 0));
    let answer = attach(&mut case, &[file]);
    let found = &answer.exhibits[0];
    assert_eq!(found.capture.duration_s, Some(call.duration_s.unwrap() + 1));
    let first = &found.matches[0];
    assert_eq!((first.call, first.because.as_slice()), (call.id, [Number, Start, Duration].as_slice()));
    assert!(!first.confirmed, "a proposal is no link");
    assert!(super::made::call(&case, call.id).exhibits.is_empty(), "nothing is linked in silence");
    let json = serde_json::to_value(&answer).unwrap();
    assert_eq!(json["exhibits"][0]["matches"][0]["because"], serde_json::json!(["number", "start", "duration"]));
    assert_eq!(json["exhibits"][0]["matches"][0]["confirmed"], false);
}

#[test]
fn the_phone_s_own_record_is_what_a_phone_s_file_is_compared_with() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    // The phone's clock is 37 seconds ahead of the operator's; both records are one call.
    let of_phone = call_of_two(&case);
    let answer = attach(&mut case, &[recording_of_two(folder.path())]);
    let first = &answer.exhibits[0].matches[0];
    assert_eq!(first.off_by_s, Some(2), "two seconds after the phone's own start");
    let record = first.record.as_ref().unwrap();
    assert_eq!((record.kind, &record.started_at), (SourceKind::Phone, &of_phone.started_at));
    assert_eq!(record.place, of_phone.place, "it is a record of the call");
    let shown = super::made::call(&case, first.call).started_at;
    assert_ne!(shown, record.started_at, "the call itself is listed as the operator states it");
    let json = serde_json::to_value(&answer).unwrap();
    let told = &json["exhibits"][0]["matches"][0]["record"];
    assert_eq!((&told["source"], &told["kind"]), (&serde_json::json!(2), &serde_json::json!("phone")));
    assert_eq!(told["started_at"], serde_json::json!(of_phone.started_at));
    // A call that nobody but the phone states.
    let answer = attach(&mut case, &[sample("shots").join(SHOT)]);
    let record = answer.exhibits[0].matches[0].record.as_ref().unwrap();
    assert_eq!((record.kind, record.started_at.as_str()), (SourceKind::Phone, "2025-04-01T17:33:12+03:00"));
}

#[test]
fn the_tray_holds_what_is_not_linked_with_its_proposals() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let shots: Vec<_> = std::fs::read_dir(sample("shots"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "png"))
        .collect();
    let attached = attach(&mut case, &shots);
    let tray = actions::tray(&case).unwrap();
    assert_eq!(tray.len(), shots.len());
    for exhibit in &tray {
        let answered = attached.exhibits.iter().find(|e| e.id == exhibit.id).unwrap();
        assert_eq!(exhibit.proposals, answered.matches, "the tray says what attaching said");
    }
    let proposed = tray.iter().find(|e| !e.proposals.is_empty()).unwrap();
    let link = actions::ExhibitLink { exhibit: proposed.id, call: proposed.proposals[0].call };
    actions::link_exhibits(&mut case, &[link]).unwrap();
    assert!(actions::tray(&case).unwrap().iter().all(|e| e.id != proposed.id), "what is linked leaves the tray");
}

#[test]
fn a_call_named_with_the_file_is_confirmed() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let call = lonely_call(&case);
    let options = actions::AttachOptions { calls: vec![call.id], ..Default::default() };
    let answer = actions::attach(&mut case, &[sample("shots").join(SHOT)], &options, &Silent).unwrap();
    let matches = &answer.exhibits[0].matches;
    assert_eq!(matches.len(), 1, "where the person has spoken nothing else is proposed");
    assert!(matches[0].confirmed && matches[0].call == call.id);
}

#[test]
fn a_file_that_the_case_holds_is_linked_and_the_log_says_which() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let call = lonely_call(&case);
    let shot = [sample("shots").join(SHOT)];
    attach(&mut case, &shot);
    let options = actions::AttachOptions { calls: vec![call.id], ..Default::default() };
    let answer = actions::attach(&mut case, &shot, &options, &Silent).unwrap();
    assert!(answer.exhibits[0].already_attached && answer.exhibits[0].matches[0].confirmed);
    let log = actions::log(&case).unwrap().custody;
    let last = log.last().unwrap();
    assert_eq!((last.kind.as_str(), last.facts.files[0].no.as_str()), ("exhibits_linked", "E0001"));
    assert_eq!(last.facts.calls.len(), 1);
    actions::undo(&mut case).unwrap();
    assert!(actions::exhibits(&case).unwrap()[0].calls.is_empty(), "the exhibit stays, the link goes");
}

#[test]
fn files_of_one_command_are_one_edit() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let events = actions::log(&case).unwrap().custody.len();
    let files: Vec<_> = (0..12).map(|n| put(folder.path(), &format!("rec{n}.wav"), &wav(1, n))).collect();
    assert_eq!(attach(&mut case, &files).exhibits.len(), 12);
    assert_eq!(actions::log(&case).unwrap().custody.len(), events + 1);
    actions::undo(&mut case).unwrap();
    assert!(actions::exhibits(&case).unwrap().is_empty(), "and one undo");
}

#[test]
fn proposals_are_the_same_however_often_one_asks() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = full_case(&folder);
    attach(&mut case, &[sample("shots").join(SHOT)]);
    let first = actions::exhibits(&case).unwrap();
    drop(case);
    let before = std::fs::read(&path).unwrap();
    assert_eq!(actions::exhibits(&look(&path, None).unwrap()).unwrap(), first);
    assert_eq!(std::fs::read(&path).unwrap(), before, "looking writes nothing");
}
