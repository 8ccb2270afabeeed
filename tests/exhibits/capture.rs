//! When an exhibit was captured, and how that is known.

use super::common::*;
use super::made::*;
use tempfile::TempDir;
use ulika::model::{CapturedBasis, Precision};
use ulika::{Code, actions};

#[test]
fn a_name_tells_the_time_in_the_zone_of_the_line() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.ulika");
    let line = actions::LineGiven {
        number: "+79070000000".into(),
        zone: Some("Asia/Yekaterinburg".into()),
        ..Default::default()
    };
    let new = actions::NewCase { title: String::new(), lines: vec![line], password: None };
    let mut case = actions::new_case(&path, &new, CLOCK).unwrap();
    let answer = attach(&mut case, &[sample("shots").join(SHOT)]);
    let exhibit = &answer.exhibits[0];
    assert_eq!(exhibit.capture.captured_at.as_deref(), Some("2025-04-01T17:33:16+05:00"));
    assert_eq!(exhibit.capture.captured_basis, CapturedBasis::FileName);
    let json = serde_json::to_value(&answer).unwrap();
    assert_eq!(json["exhibits"][0]["captured_basis"], "file_name");
}

#[test]
fn a_messenger_s_name_is_never_the_time_of_capture() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let files = [
        shot(folder.path(), "photo_2025-04-01_17-33-16.jpg"),
        shot(folder.path(), "Скриншот photo_2025-04-01_17-33-16.png"),
        put(folder.path(), "PTT-20250401-WA0001.wav", &wav(3, 0)),
        put(folder.path(), "Звонок WhatsApp Audio 2025-04-01 at 17.33.16.wav", &wav(3, 1)),
    ];
    for exhibit in attach(&mut case, &files).exhibits {
        assert_eq!((exhibit.capture.captured_at, exhibit.capture.captured_basis), (None, CapturedBasis::Unknown));
        assert!(exhibit.capture.saved_by.is_some(), "and it is said that a messenger passed the file on");
        assert!(exhibit.matches.is_empty(), "the time of saving proposes nothing");
    }
}

#[test]
fn the_person_s_word_stands_before_metadata_and_metadata_before_the_name() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let id = attach(&mut case, &[shot(folder.path(), SHOT)]).exhibits[0].id;
    assert_eq!(listed(&case, id).capture.captured_basis, CapturedBasis::FileName);
    actions::state_capture(&mut case, id, Some("2025-04-02 09:05")).unwrap();
    let stated = listed(&case, id);
    assert_eq!(stated.capture.captured_at.as_deref(), Some("2025-04-02T09:05:00+03:00"));
    assert_eq!(
        (stated.capture.captured_basis, stated.capture.captured_precision),
        (CapturedBasis::Stated, Some(Precision::Minute))
    );
    actions::state_capture(&mut case, id, None).unwrap();
    assert_eq!(listed(&case, id).capture.captured_basis, CapturedBasis::FileName, "taken back, the name speaks again");
    // XMP inside the picture, another time in the name.
    let mut xmp = |name: &str, field: &str| {
        let mut picture = b"\xff\xd8\xff\xe1\0\x80".to_vec();
        picture.extend(format!("<x:xmpmeta><{field}>2025-04-03T10:00:00+03:00</{field}></x:xmpmeta>").bytes());
        let id = attach(&mut case, &[put(folder.path(), name, &picture)]).exhibits[0].id;
        let capture = listed(&case, id).capture;
        (capture.captured_at, capture.captured_basis)
    };
    let metadata = (Some("2025-04-03T10:00:00+03:00".to_owned()), CapturedBasis::Metadata);
    assert_eq!(xmp("Screenshot_20250401-100000.jpg", "exif:DateTimeOriginal"), metadata);
    // When a file came to be is what an editor writes into a screenshot that it saved: the screenshot's own name, which
    // the phone gave at the moment of capture, stands before that.
    let name = (Some("2025-04-01T10:00:00+03:00".to_owned()), CapturedBasis::FileName);
    assert_eq!(xmp("Screenshot_20250401-100000 2.jpg", "xmp:CreateDate"), name);
}

#[test]
fn a_stated_time_is_one_edit_that_can_be_undone_and_redone() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = full_case(&folder);
    let id = attach(&mut case, &[shot(folder.path(), SHOT)]).exhibits[0].id;
    actions::state_capture(&mut case, id, Some("2025-04-02T09:05:07+05:00")).unwrap();
    assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some("capture_stated"), "undo has a name");
    actions::state_capture(&mut case, id, Some("2025-04-02 10:00")).unwrap();
    actions::undo(&mut case).unwrap();
    assert_eq!(listed(&case, id).capture.captured_at.as_deref(), Some("2025-04-02T09:05:07+05:00"));
    drop(case);
    let mut case = open(&path, None).unwrap();
    actions::undo(&mut case).unwrap();
    assert_eq!(listed(&case, id).capture.captured_basis, CapturedBasis::FileName);
    actions::redo(&mut case).unwrap();
    assert_eq!(listed(&case, id).capture.captured_at.as_deref(), Some("2025-04-02T09:05:07+05:00"));
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn a_time_that_is_none_and_an_exhibit_that_is_not_there_are_refused() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let id = attach(&mut case, &[shot(folder.path(), SHOT)]).exhibits[0].id;
    let events = actions::log(&case).unwrap().custody.len();
    for text in ["", "вчера", "2025-02-30 10:00", "10:00"] {
        assert_eq!(actions::state_capture(&mut case, id, Some(text)).unwrap_err().code, Code::RequestUnfit, "{text}");
    }
    let nobody = ulika::model::ExhibitId(99);
    assert_eq!(actions::state_capture(&mut case, nobody, None).unwrap_err().code, Code::NotFound);
    assert_eq!(actions::log(&case).unwrap().custody.len(), events, "what is refused leaves no trace");
}

#[test]
fn the_name_of_a_document_is_no_time_of_capture() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let file = put(folder.path(), "договор 2025-04-01 17-33-16.pdf", b"%PDF-1.4\n%%EOF");
    let exhibit = &attach(&mut case, &[file]).exhibits[0];
    assert_eq!(
        (exhibit.capture.captured_at.as_deref(), exhibit.capture.captured_basis),
        (None, CapturedBasis::Unknown)
    );
}
