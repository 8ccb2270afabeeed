//! «Not this call»: the person's word against a proposal, kept in the case, undone by name, heeded ever after.

use super::common::*;
use super::made::*;
use tempfile::TempDir;
use ulika::actions::{self, AttachOptions, ExhibitLink, ImportOptions};
use ulika::model::CallId;
use ulika::progress::Silent;
use ulika::{Case, Code};

/// A recording in the tray, and the call that is proposed for it.
fn proposed(folder: &TempDir, case: &mut Case) -> ExhibitLink {
    let attached = attach(case, &[recording_of_two(folder.path())]);
    ExhibitLink { exhibit: attached.exhibits[0].id, call: attached.exhibits[0].matches[0].call }
}

fn calls_proposed(case: &Case, link: ExhibitLink) -> Vec<CallId> {
    listed(case, link.exhibit).proposals.iter().map(|p| p.call).collect()
}

#[test]
fn a_refused_call_is_proposed_no_more_not_even_when_the_case_is_opened_again() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = full_case(&folder);
    let link = proposed(&folder, &mut case);
    let edited = actions::refuse_proposal(&mut case, link).unwrap();
    assert_eq!(edited.changed, ["exhibits"]);
    assert!(!calls_proposed(&case, link).contains(&link.call));
    assert_eq!(listed(&case, link.exhibit).refused, [link.call]);
    drop(case);
    let mut case = open(&path, None).unwrap();
    assert!(!calls_proposed(&case, link).contains(&link.call), "the word is in the case");
    let again = [recording_of_two(folder.path())];
    let again = actions::attach(&mut case, &again, &AttachOptions::default(), &Silent).unwrap();
    assert!(again.exhibits[0].already_attached);
    assert!(again.exhibits[0].matches.iter().all(|m| m.call != link.call), "nor when the file is brought again");
    assert_eq!(differences(&case), Vec::<String>::new());
    assert_eq!(actions::groups(&case).unwrap().groups.len(), {
        let other = TempDir::new().unwrap();
        let (_, case) = full_case(&other);
        actions::groups(&case).unwrap().groups.len()
    });
}

#[test]
fn it_is_told_in_the_log_and_taken_back_by_name() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = full_case(&folder);
    let link = proposed(&folder, &mut case);
    actions::refuse_proposal(&mut case, link).unwrap();
    let log = actions::log(&case).unwrap().custody;
    let last = log.last().unwrap();
    assert_eq!((last.kind.as_str(), last.facts.files[0].no.as_str()), ("proposal_refused", "E0001"));
    assert_eq!(last.facts.calls.len(), 1, "with the call that it is about");
    drop(case);
    let mut case = open(&path, None).unwrap();
    assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some("proposal_refused"));
    assert_eq!(actions::undo(&mut case).unwrap().changed, ["exhibits"]);
    assert_eq!(calls_proposed(&case, link)[0], link.call);
    actions::redo(&mut case).unwrap();
    assert_eq!(listed(&case, link.exhibit).refused, [link.call]);
    actions::put_back_proposals(&mut case, &[link]).unwrap();
    assert_eq!(calls_proposed(&case, link)[0], link.call);
    assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some("proposals_put_back"));
    actions::undo(&mut case).unwrap();
    assert_eq!(listed(&case, link.exhibit).refused, [link.call], "and that can be undone too");
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn it_holds_when_further_files_state_the_same_call() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let link = proposed(&folder, &mut case);
    actions::refuse_proposal(&mut case, link).unwrap();
    import(&mut case, &["mts.xml"]);
    // The same log once more, as a phone writes it a minute later.
    let later = [std::fs::read(sample("phone.xml")).unwrap(), b"\n".to_vec()].concat();
    let later = put(folder.path(), "calls-again.xml", &later);
    let answer = actions::import(&mut case, &[later], &ImportOptions::default(), &[], &Silent).unwrap();
    assert_eq!((answer.sources[0].already_imported, answer.sources[0].new_calls), (false, 0));
    assert_eq!(call(&case, link.call).records.len(), 3, "three records state the call now");
    assert_eq!(calls_proposed(&case, link), [], "and it is refused by whichever of them");
}

#[test]
fn every_record_of_the_call_is_noted_so_that_it_holds_where_they_part() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = full_case(&folder);
    let link = proposed(&folder, &mut case);
    actions::refuse_proposal(&mut case, link).unwrap();
    assert_eq!(call(&case, link.call).records.len(), 2);
    drop(case);
    let connection = rusqlite::Connection::open(&path).unwrap();
    let sql = "SELECT r.record FROM group_override o JOIN group_override_record r ON r.override = o.id
               WHERE o.kind = 'not_this_call' AND o.text = '1' ORDER BY r.record";
    let mut query = connection.prepare(sql).unwrap();
    let records: Vec<i64> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!((records.len(), records[0]), (2, link.call.0));
}

#[test]
fn a_link_is_the_newer_word_and_what_makes_no_sense_is_refused() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let link = proposed(&folder, &mut case);
    actions::refuse_proposal(&mut case, link).unwrap();
    assert_eq!(actions::refuse_proposal(&mut case, link).unwrap_err().code, Code::RequestUnfit, "said already");
    actions::link_exhibits(&mut case, &[link]).unwrap();
    assert_eq!(listed(&case, link.exhibit).refused, [], "who links it thinks otherwise now");
    assert_eq!(actions::refuse_proposal(&mut case, link).unwrap_err().code, Code::RequestUnfit, "it is linked");
    actions::undo(&mut case).unwrap();
    assert_eq!(listed(&case, link.exhibit).refused, [link.call], "undoing the link brings the word back");
    actions::put_back_proposals(&mut case, &[link]).unwrap();
    assert_eq!(actions::put_back_proposals(&mut case, &[link]).unwrap_err().code, Code::RequestUnfit);
    let nobody = ExhibitLink { exhibit: ulika::model::ExhibitId(99), ..link };
    assert_eq!(actions::refuse_proposal(&mut case, nobody).unwrap_err().code, Code::NotFound);
    let nowhere = ExhibitLink { call: CallId(999_999), ..link };
    assert_eq!(actions::refuse_proposal(&mut case, nowhere).unwrap_err().code, Code::NotFound);
}
