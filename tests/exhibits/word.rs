//! The person's word: links, labels, and taking them back by name.

use super::common::*;
use super::made::*;
use tempfile::TempDir;
use ulika::actions::{self, AttachOptions, ExhibitLink};
use ulika::model::{Asserter, CallId, SourceId};
use ulika::progress::Silent;
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

fn again(case: &mut Case, files: &[std::path::PathBuf], calls: &[ulika::model::CallId], label: Option<&str>) -> bool {
    let options = AttachOptions { calls: calls.to_vec(), label: label.map(str::to_owned), ..AttachOptions::default() };
    actions::attach(case, files, &options, &Silent).unwrap().edited.is_some()
}

fn last(case: &Case) -> actions::LogEntry {
    actions::log(case).unwrap().custody.pop().unwrap()
}

#[test]
fn a_label_is_entered_once_however_often_its_file_is_given() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let call = lonely_call(&case).id;
    let (old, new) = (shot(folder.path(), SHOT), put(folder.path(), "rec.wav", &wav(2, 0)));
    let on_exhibits = |case: &Case| {
        let seen = actions::labels_of_call(case, call).unwrap();
        seen.into_iter().filter_map(|label| Some((label.exhibit?.0, label.text))).collect::<Vec<_>>()
    };
    let links = |case: &Case| {
        let told: serde_json::Value = serde_json::from_str(&last(case).details.unwrap()).unwrap();
        told["links"].as_array().unwrap().iter().map(|link| link["exhibit"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    let label = || "ООО ВЕКТОРИЯ".to_owned();
    assert!(again(&mut case, &[old.clone(), old.clone()], &[call, call], Some("ООО ВЕКТОРИЯ")));
    assert_eq!((on_exhibits(&case), links(&case)), (vec![(1, label())], vec![1]), "twice in one go");
    assert!(again(&mut case, &[old.clone(), new], &[call], Some("ООО ВЕКТОРИЯ")));
    assert_eq!((on_exhibits(&case), links(&case)), (vec![(1, label()), (2, label())], vec![1, 2]), "beside a new one");
    assert!(again(&mut case, &[old.clone(), old.clone()], &[call], Some("Серая гавань")));
    let last_two = on_exhibits(&case).split_off(1);
    assert_eq!(last_two, [(2, label()), (1, "Серая гавань".to_owned())]);
    assert_eq!(links(&case), [1], "held already");
    assert!(again(&mut case, &[old.clone(), old], &[call], None));
    assert_eq!((last(&case).kind.as_str(), links(&case)), ("exhibits_linked", vec![1]));
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn the_log_names_exhibits_that_were_linked_and_labelled_though_they_were_there_before() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let (old, new) = (shot(folder.path(), SHOT), put(folder.path(), "rec.wav", &wav(2, 0)));
    let exhibit = attach(&mut case, std::slice::from_ref(&old)).exhibits[0].id;
    let call = lonely_call(&case).id;
    assert!(again(&mut case, std::slice::from_ref(&old), &[call], Some("ООО ВЕКТОРИЯ")));
    let event = last(&case);
    assert_eq!((event.kind.as_str(), event.facts.label.as_deref()), ("label_observed", Some("ООО ВЕКТОРИЯ")));
    assert_eq!((event.facts.files[0].no.as_str(), event.facts.calls_in_all), ("E0001", 1));
    assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some("label_observed"), "that is what undo undoes");
    assert!(!again(&mut case, std::slice::from_ref(&old), &[call], Some("ООО ВЕКТОРИЯ")), "nothing new is said");
    actions::undo(&mut case).unwrap();
    assert!(listed(&case, exhibit).labels.is_empty() && listed(&case, exhibit).calls.is_empty());
    assert!(again(&mut case, &[old, new.clone(), new], &[call], None));
    let event = last(&case);
    let named = |files: &[actions::LogFile]| files.iter().map(|f| f.no.clone()).collect::<Vec<_>>();
    assert_eq!(event.kind, "attached");
    assert_eq!((named(&event.facts.files), named(&event.facts.held)), (vec!["E0002".into()], vec!["E0001".into()]));
    assert_eq!(event.facts.calls_in_all, 1);
    assert_eq!(differences(&case), Vec::<String>::new());
}

/// Changes the file behind the program's back.
fn forged(path: &std::path::Path, sql: &str) -> Vec<ulika::bundle::Difference> {
    let connection = rusqlite::Connection::open(path).unwrap();
    assert!(connection.execute(sql, []).unwrap() > 0, "{sql} must change something");
    drop(connection);
    actions::verify_case(&look(path, None).unwrap(), &Silent).unwrap().differences
}

#[test]
fn a_word_that_the_person_did_not_give_is_named_and_so_is_one_that_is_gone() {
    for (sql, kind, path, words) in [
        ("INSERT INTO exhibit_link(exhibit, record) VALUES (2, 5)", "link_changed", "E0002", "связь E0002 «rec.wav»"),
        ("DELETE FROM exhibit_link WHERE exhibit = 1", "link_changed", "E0001", "по журналу обращения это есть"),
        ("UPDATE exhibit_label SET text = 'ИНОЕ'", "label_changed", "E0001", "подпись «ООО ВЕКТОРИЯ»"),
        ("UPDATE group_override SET text = '1' WHERE kind = 'not_this_call'", "refusal_changed", "E0001", "не этот"),
        ("DELETE FROM group_override WHERE kind = 'not_this_call'", "refusal_changed", "E0002", "не этот"),
        ("UPDATE exhibit_time SET t = t + 60", "capture_changed", "E0002", "время съёмки"),
        ("UPDATE title SET text = 'Иное'", "case_changed", "", "название дела"),
        ("UPDATE line SET number = '+79070000009'", "case_changed", "", "свои номера"),
        ("UPDATE line SET zone = 'Asia/Tomsk'", "case_changed", "", "свои номера"),
        ("UPDATE group_override SET text = 'Иное' WHERE kind = 'name'", "grouping_changed", "", "правки групп"),
        ("UPDATE line SET kind = 'masked'", "case_changed", "", "свои номера"),
        ("DELETE FROM group_override WHERE kind = 'name'", "grouping_changed", "", "правки групп"),
        ("UPDATE source_zone SET zone = 'Asia/Tomsk'", "zone_changed", "S0001", "часовой пояс"),
    ] {
        let folder = TempDir::new().unwrap();
        let (path_of_case, mut case) = full_case(&folder);
        let (one, two) = two_shots(&folder, &mut case);
        actions::link_exhibits(&mut case, &[one, two]).unwrap();
        let groups = actions::groups(&case).unwrap().groups;
        let calls: Vec<_> = groups[1].reasons[0].calls[..1].to_vec();
        actions::name_group(&mut case, groups[0].id, "Реклама").unwrap();
        actions::take_out(&mut case, None, &calls, false).unwrap();
        let taken = actions::groups(&case).unwrap().groups.into_iter().find_map(|g| g.taken_out.first().map(|t| t.id));
        actions::put_back(&mut case, taken.unwrap()).unwrap();
        actions::set_source_zone(&mut case, SourceId(1), Some("Asia/Yekaterinburg")).unwrap();
        actions::observe_label(&mut case, one.exhibit, one.call, "ООО ВЕКТОРИЯ").unwrap();
        actions::unlink_exhibit(&mut case, two).unwrap();
        actions::refuse_proposal(&mut case, two).unwrap();
        actions::state_capture(&mut case, two.exhibit, Some("2025-09-03 10:15")).unwrap();
        for _ in 0..8 {
            actions::undo(&mut case).unwrap();
        }
        assert_eq!(differences(&case), Vec::<String>::new(), "undone");
        for _ in 0..8 {
            actions::redo(&mut case).unwrap();
        }
        assert_eq!(differences(&case), Vec::<String>::new(), "what the person said agrees, undone and redone as well");
        drop(case);
        let found = forged(&path_of_case, sql);
        let named = found.iter().find(|d| d.kind == kind && d.path == path && d.text.contains(words));
        assert!(named.is_some_and(|d| !d.text_en.is_empty()), "{sql}: {found:?}");
    }
}

#[test]
fn differences_are_named_by_what_people_see() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = full_case(&folder);
    two_shots(&folder, &mut case);
    drop(case);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    for sql in [
        "UPDATE exhibit SET kind = 'document' WHERE id = 2",
        "UPDATE record SET duration_s = 1 + coalesce(duration_s, 0) WHERE id = 3",
        "UPDATE chunk SET bytes = zeroblob(length(bytes)) WHERE id >> 24 = (SELECT original FROM exhibit WHERE id = 1)",
        "UPDATE custody SET at = '2020-01-01T00:00:00Z' WHERE seq = 2",
        "DELETE FROM call_by_label",
    ] {
        assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
    }
    drop(connection);
    let found = actions::verify_case(&look(&path, None).unwrap(), &Silent).unwrap().differences;
    let has = |kind: &str, path: &str, ru: &str, en: &str| {
        let of_kind =
            found.iter().any(|d| d.kind == kind && d.path == path && d.text.contains(ru) && d.text_en.contains(en));
        assert!(of_kind, "{kind}: {found:?}");
    };
    has("exhibit_changed", "E0002", "Доказательство E0002 «rec.wav»", "Exhibit E0002 “rec.wav”");
    has("rows_changed", "S0001", "S0001 «mts.xml»", "records of calls");
    has("original_changed", "E0001", &format!("E0001 «{SHOT}»"), SHOT);
    has("custody_broken", "№ 2", "журнала обращения", "custody log");
    for d in &found {
        assert!(!d.text.bytes().any(|b| b == b'_') || d.text.contains(SHOT), "program words in Russian: {}", d.text);
    }
}

#[test]
fn a_text_that_a_correction_of_groups_cannot_have_is_named() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = full_case(&folder);
    let groups = actions::groups(&case).unwrap().groups;
    actions::merge_groups(&mut case, &[groups[0].id, groups[1].id]).unwrap();
    assert_eq!(differences(&case), Vec::<String>::new());
    drop(case);
    let kinds = |found: Vec<ulika::bundle::Difference>| found.into_iter().map(|d| d.kind).collect::<Vec<_>>();
    assert_eq!(kinds(forged(&path, "UPDATE group_override SET text = 'x'")), ["grouping_changed"]);
    assert!(forged(&path, "UPDATE group_override SET text = ''").is_empty());
}

#[test]
fn what_the_case_keeps_of_an_exhibit_and_its_file_does_not_say_is_named() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = full_case(&folder);
    let call = "Call recording +79353104036_250423_111941.m4a";
    let files = [sample("exhibits").join(call), shot(folder.path(), SHOT), put(folder.path(), "rec.wav", &wav(2, 0))];
    attach(&mut case, &files);
    assert_eq!(differences(&case), Vec::<String>::new());
    drop(case);
    let whole = std::fs::read(&path).unwrap();
    for (sql, no, words, in_english) in [
        (
            "UPDATE exhibit_fact SET t = 1745400000, kind = 'instant', precision = 'second' WHERE exhibit = 1",
            "E0001",
            "время съёмки",
            "time of capture",
        ),
        ("UPDATE exhibit_fact SET duration_ms = 754000 WHERE exhibit = 1", "E0001", "длительность", "length"),
        ("UPDATE exhibit_fact SET duration_ms = NULL WHERE exhibit = 3", "E0003", "длительность", "length"),
        (
            "UPDATE exhibit_fact SET t = 1, kind = 'instant', precision = 'second', duration_ms = 1 WHERE exhibit = 2",
            "E0002",
            "время съёмки и длительность",
            "time of capture and length",
        ),
        (
            "INSERT INTO exhibit_fact(exhibit, reader, duration_ms) SELECT 9, reader, 1 FROM exhibit_fact LIMIT 1",
            "E0009",
            "которого в нём нет",
            "does not hold",
        ),
    ] {
        std::fs::write(&path, &whole).unwrap();
        let found = forged(&path, sql);
        let [one] = found.as_slice() else { panic!("{sql}: {found:?}") };
        assert_eq!((one.kind.as_str(), one.path.as_str()), ("facts_differ", no), "{sql}");
        assert!(one.text.contains(words) && one.text.contains(no) && one.text_en.contains(in_english), "{one:?}");
    }
    // An older program read files by other rules: what it kept is used no more, and is nobody's change.
    std::fs::write(&path, &whole).unwrap();
    assert!(forged(&path, "UPDATE exhibit_fact SET reader = reader - 1, duration_ms = 1, t = 1").is_empty());
    let case = look(&path, None).unwrap();
    let lengths: Vec<_> = actions::exhibits(&case).unwrap().into_iter().map(|e| e.capture.duration_s).collect();
    assert_eq!(lengths, [Some(9), None, Some(2)], "read anew");
}

#[test]
fn a_label_needs_a_call_and_something_to_be_seen() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let (file, call) = (shot(folder.path(), SHOT), lonely_call(&case).id);
    let mut say = |calls: &[CallId], label: &str| {
        let options = AttachOptions { calls: calls.to_vec(), label: Some(label.to_owned()), ..Default::default() };
        actions::attach(&mut case, std::slice::from_ref(&file), &options, &Silent).map(|_| ())
    };
    for (calls, label) in
        [(&[][..], "ООО ВЕКТОРИЯ"), (&[call][..], "\u{200b}"), (&[call], " \u{feff}\u{2060} "), (&[call], "")]
    {
        let refused = say(calls, label).unwrap_err();
        assert_eq!(refused.code, ulika::Code::RequestUnfit, "{label:?}");
    }
    say(&[call], "ООО ВЕКТОРИЯ").unwrap();
    assert!(say(&[], "ООО ВЕКТОРИЯ").is_err(), "nor of a file that is held already");
    let exhibit = actions::exhibits(&case).unwrap().remove(0);
    assert_eq!((exhibit.no.as_str(), exhibit.labels.len()), ("E0001", 1), "what was refused left nothing");
    assert!(actions::observe_label(&mut case, exhibit.id, call, "\u{200b}").is_err());
    assert_eq!(differences(&case), Vec::<String>::new());
}
