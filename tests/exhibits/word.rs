//! The person's word: links, labels, and taking them back by name.

use super::common::*;
use super::made::*;
use tempfile::TempDir;
use ulika::actions::{self, ExhibitLink};
use ulika::model::Asserter;
use ulika::{Case, Code};

fn two_shots(folder: &TempDir, case: &mut Case) -> (ExhibitLink, ExhibitLink) {
    let files = [shot(folder.path(), SHOT), put(folder.path(), "rec.wav", &wav(2, 0))];
    let attached = attach(case, &files);
    let call = lonely_call(case).id;
    let first = attached.exhibits[0].matches[0].call;
    (
        ExhibitLink { exhibit: attached.exhibits[0].id, call: first },
        ExhibitLink { exhibit: attached.exhibits[1].id, call },
    )
}

#[test]
fn links_are_confirmed_together_and_undone_by_name() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let (one, two) = two_shots(&folder, &mut case);
    let events = actions::log(&case).unwrap().custody.len();
    let edited = actions::link_exhibits(&mut case, &[one, two]).unwrap();
    assert_eq!(edited.changed, ["exhibits"]);
    assert_eq!(actions::log(&case).unwrap().custody.len(), events + 1, "all of a list is one edit");
    assert_eq!(listed(&case, one.exhibit).calls, [one.call]);
    assert_eq!(call(&case, two.call).exhibits, [two.exhibit]);
    assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some("exhibits_linked"));
    actions::undo(&mut case).unwrap();
    assert!(listed(&case, one.exhibit).calls.is_empty() && listed(&case, two.exhibit).calls.is_empty());
    assert_eq!(actions::redo(&mut case).unwrap().changed, ["exhibits"]);
    assert_eq!(listed(&case, two.exhibit).calls, [two.call]);
}

#[test]
fn a_link_is_taken_away_and_comes_back() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let (one, two) = two_shots(&folder, &mut case);
    actions::link_exhibits(&mut case, &[one]).unwrap();
    actions::unlink_exhibit(&mut case, one).unwrap();
    assert!(listed(&case, one.exhibit).calls.is_empty());
    assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some("exhibit_unlinked"));
    actions::undo(&mut case).unwrap();
    assert_eq!(listed(&case, one.exhibit).calls, [one.call]);
    assert_eq!(actions::unlink_exhibit(&mut case, two).unwrap_err().code, Code::RequestUnfit);
    assert_eq!(actions::link_exhibits(&mut case, &[]).unwrap_err().code, Code::RequestUnfit);
    let nowhere = ExhibitLink { call: ulika::model::CallId(999_999), ..one };
    assert_eq!(actions::link_exhibits(&mut case, &[nowhere]).unwrap_err().code, Code::NotFound);
}

#[test]
fn a_label_is_an_observation_with_its_exhibit_and_who_asserts_it() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let (one, _) = two_shots(&folder, &mut case);
    actions::observe_label(&mut case, one.exhibit, one.call, "  ООО ВЕКТОРИЯ ").unwrap();
    let seen = actions::labels_of_call(&case, one.call).unwrap();
    let mine = seen.iter().find(|l| l.exhibit == Some(one.exhibit)).unwrap();
    assert_eq!((mine.text.as_str(), mine.asserter, &mine.place), ("ООО ВЕКТОРИЯ", Asserter::Person, &None));
    for log in seen.iter().filter(|l| l.exhibit.is_none()) {
        assert_eq!(log.asserter, Asserter::Unknown, "a log does not say whether its text is a contact or a marking");
        assert!(log.place.is_some());
    }
    assert!(call(&case, one.call).labels.contains(&"ООО ВЕКТОРИЯ".to_owned()));
    assert_eq!(listed(&case, one.exhibit).labels.len(), 1);
    assert_eq!(listed(&case, one.exhibit).calls, [one.call], "what is read off an exhibit for a call belongs to it");
    let again = actions::observe_label(&mut case, one.exhibit, one.call, "ООО ВЕКТОРИЯ");
    assert_eq!(again.unwrap_err().code, Code::RequestUnfit);
    assert_eq!(actions::observe_label(&mut case, one.exhibit, one.call, " ").unwrap_err().code, Code::RequestUnfit);
}

#[test]
fn a_label_groups_its_call_and_undo_takes_it_out_again() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let call_id = lonely_call(&case).id;
    let exhibit = attach(&mut case, &[put(folder.path(), "rec.wav", &wav(2, 0))]).exhibits[0].id;
    let before = groups(&case);
    actions::observe_label(&mut case, exhibit, call_id, "ПКО «Серая гавань»").unwrap();
    assert_ne!(groups(&case), before, "the label is a reason to join");
    assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some("label_observed"));
    actions::undo(&mut case).unwrap();
    assert_eq!(groups(&case), before);
    actions::redo(&mut case).unwrap();
    actions::remove_label(&mut case, exhibit, call_id, "ПКО «Серая гавань»").unwrap();
    assert_eq!(groups(&case), before);
    let gone = actions::remove_label(&mut case, exhibit, call_id, "ПКО «Серая гавань»");
    assert_eq!(gone.unwrap_err().code, Code::RequestUnfit);
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn names_that_turn_the_writing_round_and_reserved_names_are_kept_as_they_are() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    for (n, name) in ["a\u{202e}gnp.wav", "CON.wav", "con", "=cmd.wav", "имя с точкой.", "…jpg"].into_iter().enumerate()
    {
        let file = put(folder.path(), name, &wav(1, n as i16));
        assert_eq!(attach(&mut case, &[file]).exhibits[0].file, name);
    }
    assert_eq!(actions::exhibits(&case).unwrap().len(), 6);
}
