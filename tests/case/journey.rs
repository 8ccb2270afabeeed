//! Import, joins, groups, undo and redo.

use super::common::*;
use tempfile::TempDir;
use ulika::actions;
use ulika::model::GroupId;
use ulika::progress::Silent;

#[test]
fn sums_add_up_and_overlapping_files_are_counted_once() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let mut new_calls = 0;
    for name in ["mts.xml", "phone.xml", "beeline.xlsx", "table.csv"] {
        let answer = import(&mut case, &[name]);
        let s = &answer.sources[0];
        let other: u32 = s.other.values().sum();
        assert_eq!(
            s.rows,
            s.records + other + s.problems.len() as u32 + s.repeats_in_file + s.other_lines,
            "every row of {name} ends somewhere"
        );
        assert_eq!(s.records, s.new_calls + s.corroborating + s.duplicates, "every record of {name} is counted once");
        new_calls += s.new_calls;
        if name == "phone.xml" {
            assert!(s.corroborating > 50, "the phone's log overlaps the detail: {}", s.corroborating);
        }
    }
    assert_eq!(actions::overview(&case).unwrap().calls, new_calls, "joined calls stand in the list once");
    assert_eq!(differences(&case), Vec::<String>::new(), "a fresh case verifies");
}

#[test]
fn several_files_in_one_command_are_one_event_and_one_undo() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let imported = actions::log(&case).unwrap().custody.into_iter().filter(|e| e.kind == "imported").count();
    assert_eq!(imported, 1, "one transaction, one event");
    actions::undo(&mut case).unwrap();
    assert_eq!(actions::overview(&case).unwrap().calls, 0, "both files are withdrawn together");
}

#[test]
fn the_same_file_twice_is_a_notice() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let first = import(&mut case, &["mts.xml"]);
    let events = actions::log(&case).unwrap().custody.len();
    let again = import(&mut case, &["mts.xml"]);
    assert!(again.sources[0].already_imported);
    assert_eq!(again.sources[0].id, first.sources[0].id, "the notice names the source that holds it");
    assert_eq!(actions::log(&case).unwrap().custody.len(), events, "a notice is no event");
}

#[test]
fn a_preview_says_what_the_import_does_and_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml"]);
    let before = std::fs::read(&path).unwrap();
    let files = [sample("phone.xml"), sample("table.csv")];
    let options = actions::ImportOptions::default();
    let preview = actions::preview_import(&case, &files, &options, &Silent).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), before, "looking changes no byte");
    let done = actions::import(&mut case, &files, &options, &[], &Silent).unwrap();
    for (seen, written) in preview.sources.iter().zip(&done.sources) {
        let written = actions::SourceAnswer { id: None, ..written.clone() };
        assert_eq!(*seen, written, "the person got what the preview said");
    }
}

#[test]
fn undo_and_redo_are_exact_across_restarts() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let (calls_one, groups_one) = (calls(&case), groups(&case));
    import(&mut case, &["table.csv"]);
    let (calls_two, groups_two) = (calls(&case), groups(&case));
    actions::undo(&mut case).unwrap();
    assert_eq!((calls(&case), groups(&case)), (calls_one.clone(), groups_one.clone()), "the second file is withdrawn");
    drop(case);
    let mut case = open(&path, None).unwrap();
    actions::redo(&mut case).unwrap();
    assert_eq!((calls(&case), groups(&case)), (calls_two, groups_two), "and reinstated by another program");
    actions::undo(&mut case).unwrap();
    assert_eq!((calls(&case), groups(&case)), (calls_one, groups_one));
    assert_eq!(differences(&case), Vec::<String>::new(), "withdrawals are explained by their events");
}

#[test]
fn overrides_survive_new_imports_and_are_undone_by_name() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let found = actions::groups(&case).unwrap().groups;
    assert!(found.len() >= 2, "the sample has several callers: {}", found.len());
    let before = groups(&case);
    let ids = [found[0].id, found[1].id];
    let together = found[0].calls + found[1].calls;
    actions::merge_groups(&mut case, &ids).unwrap();
    let merged = |case: &ulika::Case| {
        let first = ids.iter().min().unwrap();
        actions::groups(case).unwrap().groups.into_iter().find(|g| g.id == *first).unwrap()
    };
    assert_eq!(merged(&case).calls, together);
    assert!(merged(&case).reasons.iter().any(|r| r.kind == ulika::model::ReasonKind::User), "it says who joined them");
    actions::name_group(&mut case, ids[1], "Вектория").unwrap();
    assert_eq!(merged(&case).name, "Вектория", "the id of a merged group still resolves");
    import(&mut case, &["beeline.xlsx", "table.csv"]);
    assert_eq!(merged(&case).name, "Вектория", "a new import keeps the person's word");
    assert!(merged(&case).calls >= together);
    for expected in ["imported", "group_named", "groups_merged"] {
        assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some(expected));
        actions::undo(&mut case).unwrap();
    }
    assert_eq!(groups(&case), before, "all three are taken back exactly");
}

#[test]
fn split_calls_stand_on_their_own() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let group = actions::groups(&case).unwrap().groups.remove(0);
    let filter = actions::CallFilter { group: Some(group.id), ..Default::default() };
    let members = actions::calls(&case, &filter, None, 1_000).unwrap().calls;
    let parted = [members[1].id, members[2].id];
    actions::split_group(&mut case, group.id, &parted).unwrap();
    let now = actions::calls(&case, &filter, None, 1_000).unwrap();
    assert_eq!(now.total as usize, members.len() - 2);
    let own = actions::call_detail(&case, parted[0]).unwrap();
    assert_eq!(own.call.group, Some(GroupId(parted[0].0)), "a new group is named after its earliest call");
    assert!(!own.reasons.is_empty(), "and says why it stands there");
    let unfit = actions::split_group(&mut case, group.id, &parted).unwrap_err();
    assert_eq!(unfit.code, ulika::Code::RequestUnfit, "calls of another group are refused");
}

#[test]
fn every_record_can_be_shown_as_it_was_found() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml", "beeline.xlsx", "table.csv"]);
    let page = actions::calls(&case, &Default::default(), None, 1_000).unwrap();
    for call in page.calls.iter().step_by(17) {
        for record in actions::call_detail(&case, call.id).unwrap().records {
            assert!(
                record.as_found.cells.iter().any(|c| c.contains(record.number_raw.as_str())),
                "{}: row {} holds the number as written: {:?}",
                record.file,
                record.place.row,
                record.as_found
            );
        }
    }
}

#[test]
fn search_finds_numbers_in_any_spelling_and_labels_in_any_case() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let page = actions::calls(&case, &Default::default(), None, 1_000).unwrap();
    let labelled = page.calls.iter().find(|c| !c.labels.is_empty() && c.number.is_some()).unwrap();
    let total = |text: String| {
        actions::calls(&case, &actions::CallFilter { text: Some(text), ..Default::default() }, None, 1).unwrap().total
    };
    let number = labelled.number.clone().unwrap();
    let expected = total(number.clone());
    assert!(expected > 0);
    let digits = &number[2..];
    assert_eq!(total(format!("8 ({}) {}-{}-{}", &digits[..3], &digits[3..6], &digits[6..8], &digits[8..])), expected);
    let label = &labelled.labels[0];
    assert_eq!(total(label.to_uppercase()), total(label.to_lowercase()));
    assert!(total(label.to_lowercase()) > 0);
}

#[test]
fn search_finds_numbers_by_their_beginning() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let log = folder.path().join("calls.xml");
    let call = |number: &str, at: u64| {
        format!("<call number=\"{number}\" duration=\"5\" date=\"17568837{at:02}000\" type=\"1\"/>")
    };
    let calls = [call("+79353104022", 2), call("+79353104092", 3), call("+79405517705", 4)];
    std::fs::write(&log, format!("<calls>{}</calls>", calls.concat())).unwrap();
    actions::import(&mut case, &[log], &Default::default(), &[], &Silent).unwrap();
    let total = |text: &str| {
        let text = Some(text.to_owned());
        actions::calls(&case, &actions::CallFilter { text, ..Default::default() }, None, 1).unwrap().total
    };
    for (typed, found) in
        [("8 (935) 310-40", 2), ("8935310", 2), ("8 (935) 310-40-2", 1), ("+7 (935) 310-40", 2), ("310-40", 2)]
    {
        assert_eq!(total(typed), found, "{typed}");
    }
    assert_eq!((total("8(940)551-77-0"), total("8 (941)")), (1, 0));
}

#[test]
fn exhibits_are_kept_byte_for_byte_and_linked_by_the_persons_word() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let call = actions::calls(&case, &Default::default(), None, 1).unwrap().calls.remove(0).id;
    let shot = std::fs::read_dir(sample("shots")).unwrap().next().unwrap().unwrap().path();
    let options = actions::AttachOptions { calls: vec![call], label: Some("ЁЛКА".into()), ..Default::default() };
    let attached = actions::attach(&mut case, &[shot.clone(), shot.clone()], &options, &Silent).unwrap();
    assert!(!attached.exhibits[0].already_attached);
    assert!(attached.exhibits[1].already_attached, "the same bytes are one exhibit");
    let view = actions::call_detail(&case, call).unwrap().call;
    assert_eq!(view.exhibits, [attached.exhibits[0].id]);
    assert!(view.labels.contains(&"ЁЛКА".to_owned()), "a label seen on the exhibit is an observation of the call");
    let filter = actions::CallFilter { text: Some("елка".into()), ..Default::default() };
    assert_eq!(actions::calls(&case, &filter, None, 10).unwrap().total, 1, "ё and е are one letter to a search");
    let thumbnail = actions::thumbnail(&case, attached.exhibits[0].id).unwrap().unwrap();
    assert!(image::load_from_memory(&thumbnail).unwrap().width() <= 320);
    assert_eq!(differences(&case), Vec::<String>::new());
    actions::undo(&mut case).unwrap();
    assert!(actions::exhibits(&case).unwrap().is_empty(), "withdrawn, not removed");
    assert!(actions::call_detail(&case, call).unwrap().call.labels.iter().all(|l| l != "ЁЛКА"));
    actions::redo(&mut case).unwrap();
    assert_eq!(actions::exhibits(&case).unwrap().len(), 1);
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn empty_files_and_several_in_one_command() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let files = [put("a", b""), put("b", b"bytes"), put("c", b""), put("d", b"more"), put("e", b"bytes")];
    let options = actions::AttachOptions::default();
    let answer = actions::attach(&mut case, &files, &options, &Silent).unwrap();
    let known: Vec<bool> = answer.exhibits.iter().map(|e| e.already_attached).collect();
    assert_eq!(known, [false, false, true, false, true], "an empty file takes a number like any other");
    assert_eq!(differences(&case), Vec::<String>::new());
    let events = actions::log(&case).unwrap().custody.len();
    let before = std::fs::read(case.path()).unwrap();
    let again = actions::attach(&mut case, &files, &options, &Silent).unwrap();
    assert!(again.edited.is_none() && again.exhibits.iter().all(|e| e.already_attached));
    assert_eq!(actions::log(&case).unwrap().custody.len(), events, "a notice is no event");
    assert!(std::fs::read(case.path()).unwrap() == before, "and changes not a byte");
}

#[test]
fn a_case_is_neither_attached_to_itself_nor_overwritten_by_its_bundle() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let before = std::fs::read(&path).unwrap();
    let error = actions::attach(&mut case, std::slice::from_ref(&path), &actions::AttachOptions::default(), &Silent)
        .unwrap_err();
    assert_eq!(error.code, ulika::Code::RequestUnfit);
    let options = actions::ExportOptions { groups: vec![], contents: ulika::model::Contents::Originals };
    let error = actions::export(&mut case, &path, &options, &NoPaper, &Silent).unwrap_err();
    assert_eq!(error.code, ulika::Code::TargetUnwritable);
    assert!(std::fs::read(&path).unwrap() == before);
}

#[test]
fn pictures_that_would_take_all_memory_have_no_thumbnail() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let mut attach = |name: &str, picture: image::DynamicImage| {
        let path = folder.path().join(name);
        picture.save(&path).unwrap();
        actions::attach(&mut case, &[path], &Default::default(), &Silent).unwrap().exhibits.remove(0).id
    };
    let long = attach("long.png", image::DynamicImage::new_luma8(1_000, 11_000));
    // One byte a pixel in the file, four when it is shrunk: 324 MB.
    let bomb = attach("bomb.png", image::DynamicImage::new_luma8(9_000, 9_000));
    let wide = attach("wide.png", image::DynamicImage::new_luma8(12_001, 2));
    assert!(actions::thumbnail(&case, long).unwrap().is_some());
    assert!(actions::thumbnail(&case, bomb).unwrap().is_none());
    assert!(actions::thumbnail(&case, wide).unwrap().is_some(), "it is the pixels that cost memory, not a side");
}

struct NoPaper;

impl ulika::typesetting::Typesetter for NoPaper {
    fn pdf(&self, _: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(Vec::new())
    }
}
