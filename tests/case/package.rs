//! The package: what it has and lacks, which texts leave, the same as plain files; title and lines of the case; the log
//! in facts.

use super::common::*;
use std::path::Path;
use tempfile::TempDir;
use ulika::actions::{self, AttachOptions, ExportOptions, LineGiven, Readiness};
use ulika::model::{Contents, GroupId, LeavingKind, ReadinessItem, ReadinessState, SourceKind};
use ulika::progress::{Progress, Silent};
use ulika::typesetting::{Picture, Typesetter};
use ulika::{Case, Code, Error};

/// Stands for the typesetter, and keeps how many pictures a page of it holds.
struct Paper;

impl Typesetter for Paper {
    fn pdf(&self, source: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(format!("%PDF-1.7\n{source}\n%%EOF\n").into_bytes())
    }

    fn pdf_with(&self, source: &str, pictures: &[Picture], now: i64) -> ulika::Result<Vec<u8>> {
        let held: Vec<&str> = pictures.iter().map(|p| p.name.as_str()).collect();
        self.pdf(&format!("{source}\npictures: {}", held.join(" ")), now)
    }
}

fn whole() -> ExportOptions {
    ExportOptions { groups: Vec::new(), contents: Contents::Originals }
}

fn state(case: &Case, item: ReadinessItem) -> Readiness {
    actions::readiness(case, &[]).unwrap().into_iter().find(|r| r.item == item).unwrap()
}

fn picture(folder: &Path, name: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    image::RgbImage::from_pixel(60, 90, image::Rgb([200, 210, 190])).save(&path).unwrap();
    path
}

fn attach(case: &mut Case, files: &[std::path::PathBuf]) {
    actions::attach(case, files, &AttachOptions::default(), &Silent).unwrap();
}

fn left_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn readiness_says_what_is_there_and_what_is_not() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    assert_eq!(state(&case, ReadinessItem::Line).state, ReadinessState::Present);
    for item in [ReadinessItem::Detail, ReadinessItem::PhoneLog, ReadinessItem::Period, ReadinessItem::Exhibits] {
        assert_eq!(state(&case, item).state, ReadinessState::Missing, "{item:?} of an empty case");
    }
    import(&mut case, &["phone.xml"]);
    assert_eq!(state(&case, ReadinessItem::PhoneLog).state, ReadinessState::Present);
    let period = state(&case, ReadinessItem::Period);
    assert_eq!((period.state, period.gaps.len()), (ReadinessState::Partial, 1), "no detail covers any of it");
    import(&mut case, &["mts.xml"]);
    assert_eq!(state(&case, ReadinessItem::Detail).state, ReadinessState::Present);
    attach(&mut case, &[picture(folder.path(), "снимок.png")]);
    let exhibits = state(&case, ReadinessItem::Exhibits);
    assert_eq!((exhibits.state, exhibits.count, exhibits.of), (ReadinessState::Partial, 0, 1), "not linked yet");
    let group = actions::groups(&case).unwrap().groups[0].id;
    actions::name_group(&mut case, group, "Реклама").unwrap();
    assert_eq!(state(&case, ReadinessItem::Groups).count, 1);
}

#[test]
fn every_text_that_leaves_is_listed_and_none_of_a_group_that_stays() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let groups = actions::groups(&case).unwrap().groups;
    actions::name_group(&mut case, groups[0].id, "Прежнее имя").unwrap();
    actions::name_group(&mut case, groups[0].id, "Реклама").unwrap();
    actions::name_group(&mut case, groups[1].id, "Школа сына").unwrap();
    let tagged = folder.path().join("разговор.mp3");
    std::fs::write(&tagged, tagged_mp3("Лида, кухня")).unwrap();
    let letter = folder.path().join("письмо.eml");
    std::fs::write(&letter, "Subject: письмо").unwrap();
    attach(&mut case, &[picture(folder.path(), "экран Лиды.png"), tagged, letter]);
    let texts = |groups: Vec<GroupId>| {
        let options = ExportOptions { groups, contents: Contents::Extracts };
        actions::leaving_texts(&case, &options).unwrap().texts
    };
    let all = texts(Vec::new());
    let has = |kind, text: &str| all.iter().any(|t| t.kind == kind && t.text == text);
    assert!(
        has(LeavingKind::Title, "Проба") && has(LeavingKind::Group, "Реклама") && has(LeavingKind::Group, "Школа сына")
    );
    assert!(has(LeavingKind::Source, "mts.xml") && has(LeavingKind::Exhibit, "экран Лиды.png"));
    assert!(has(LeavingKind::Log, "Прежнее имя"), "a name that only the custody log keeps leaves with it");
    assert!(all.iter().any(|t| t.kind == LeavingKind::Label));
    assert!(all.iter().any(|t| t.kind == LeavingKind::Inside && t.text.ends_with("Лида, кухня") && t.of == "E0002"));
    assert_eq!(actions::leaving_texts(&case, &whole()).unwrap().closed, 1, "nobody looked inside the letter");
    let some = texts(vec![groups[0].id]);
    assert!(some.iter().any(|t| t.text == "Реклама"));
    for stays in ["Школа сына", "экран Лиды.png", "Лида, кухня"] {
        assert!(!some.iter().any(|t| t.text.contains(stays)), "{stays} stays");
    }
}

/// A few frames of silence behind an ID3v2.4 tag with a title.
fn tagged_mp3(title: &str) -> Vec<u8> {
    let text = [b"\x03", title.as_bytes()].concat();
    let frame = [b"TIT2\0\0\0", &[text.len() as u8][..], b"\0\0", &text].concat();
    let mut bytes = [b"ID3\x04\0\0\0\0\0", &[frame.len() as u8][..], &frame].concat();
    for _ in 0..8 {
        bytes.extend(b"\xff\xfb\x90\xc4");
        bytes.extend([0; 413]);
    }
    bytes
}

#[test]
fn plain_files_hold_report_pictures_and_recordings_and_touch_nothing() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let sound = folder.path().join("разговор.wav");
    std::fs::write(
        &sound,
        b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\0\0\0\0",
    )
    .unwrap();
    let broken = folder.path().join("битый.png");
    std::fs::write(&broken, b"\x89PNG\r\n\x1a\nno picture").unwrap();
    attach(&mut case, &[picture(folder.path(), "снимок.png"), sound.clone(), broken]);
    let into = folder.path().join("для печати");
    std::fs::create_dir(&into).unwrap();
    std::fs::write(into.join("чужое.txt"), "не трогать").unwrap();
    let first = actions::export_plain(&mut case, &into, &whole(), &Paper, &Silent).unwrap();
    let names: Vec<&str> = first.files.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["E0002.wav", "E0003.png", "pictures.pdf", "report.html", "report.pdf"]);
    let at = Path::new(&first.folder);
    assert_eq!(left_in(at), names, "nothing but the files, and no bundle left behind");
    assert_eq!(std::fs::read(at.join("E0002.wav")).unwrap(), std::fs::read(&sound).unwrap());
    let pdf = std::fs::read_to_string(at.join("pictures.pdf")).unwrap();
    assert!(pdf.contains("E0001") && pdf.contains("снимок.png") && pdf.contains("pictures: 0.jpg"));
    let second = actions::export_plain(&mut case, &into, &whole(), &Paper, &Silent).unwrap();
    assert_ne!(first.folder, second.folder, "what lies there stays");
    assert_eq!(left_in(&into).len(), 3);
    let bundle = folder.path().join("пакет.zip");
    let zipped = actions::export(&mut case, &bundle, &whole(), &Paper, &Silent).unwrap();
    assert_eq!(zipped.code, first.code, "paper and zip carry one code");
    let releases = actions::log(&case).unwrap().releases;
    let forms: Vec<&str> = releases.iter().filter(|e| e.kind == "exported").map(|e| e.facts.form.as_str()).collect();
    assert_eq!(forms, ["plain", "plain", ""]);
}

/// Cancels as soon as work for paper begins.
struct NotOnPaper;

impl Progress for NotOnPaper {
    fn report(&self, phase: &'static str, _: u64, _: Option<u64>) -> ulika::Result<()> {
        if phase == "paper" { Err(Error::new(Code::Cancelled)) } else { Ok(()) }
    }
}

#[test]
fn plain_files_that_are_cancelled_leave_nothing() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    attach(&mut case, &[picture(folder.path(), "снимок.png")]);
    let into = folder.path().join("для печати");
    std::fs::create_dir(&into).unwrap();
    let failed = actions::export_plain(&mut case, &into, &whole(), &Paper, &NotOnPaper).unwrap_err();
    assert_eq!(failed.code, Code::Cancelled);
    assert_eq!(left_in(&into), Vec::<String>::new());
    assert!(actions::log(&case).unwrap().releases.iter().all(|e| e.kind != "exported"));
    let absent = actions::export_plain(&mut case, &folder.path().join("нет"), &whole(), &Paper, &Silent).unwrap_err();
    assert_eq!(absent.code, Code::TargetUnwritable);
}

#[test]
fn title_and_lines_are_changed_taken_back_and_told_in_the_log() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let line = |number: &str| LineGiven { number: number.to_owned(), ..LineGiven::default() };
    let wrong = actions::edit_case(&mut case, "Иное", &[line("абв")]).unwrap_err();
    assert_eq!((wrong.code, actions::overview(&case).unwrap().title.as_str()), (Code::NumberUnreadable, "Проба"));
    // A digit is missing, and what is left is no other number.
    let short = actions::edit_case(&mut case, "Иное", &[line("8 957 220-13-4")]).unwrap_err();
    assert_eq!(short.code, Code::NumberUnreadable);
    actions::edit_case(&mut case, " Реклама ", &[line("8 (935) 310-40-84")]).unwrap();
    let overview = actions::overview(&case).unwrap();
    assert_eq!(
        (overview.title.as_str(), overview.lines.as_slice()),
        ("Реклама", ["+79353104084".to_owned()].as_slice())
    );
    assert_eq!(overview.undo.as_deref(), Some("case_edited"));
    actions::undo(&mut case).unwrap();
    assert_eq!(actions::overview(&case).unwrap().lines, ["+79070000000"]);
    actions::redo(&mut case).unwrap();
    drop(case);
    let case = look(&path, None).unwrap();
    assert_eq!(actions::overview(&case).unwrap().title, "Реклама");
    let log = actions::log(&case).unwrap();
    let edited = log.custody.iter().find(|e| e.kind == "case_edited").unwrap();
    assert_eq!((edited.facts.name.as_deref(), edited.facts.lines.len()), (Some("Реклама"), 1));
    assert!(edited.facts.program.as_deref().unwrap().starts_with("Ulika "));
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn the_log_names_groups_files_and_calls_and_tells_times_in_the_zone_of_the_case() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let groups = actions::groups(&case).unwrap().groups;
    let (one, two) = (&groups[0], &groups[1]);
    actions::name_group(&mut case, one.id, "Реклама").unwrap();
    actions::merge_groups(&mut case, &[one.id, two.id]).unwrap();
    actions::undo(&mut case).unwrap();
    let call = actions::calls(&case, &actions::CallFilter::default(), None, 1).unwrap().calls.remove(0);
    let options = AttachOptions { calls: vec![call.id], ..AttachOptions::default() };
    actions::attach(&mut case, &[picture(folder.path(), "снимок.png")], &options, &Silent).unwrap();
    let log = actions::log(&case).unwrap();
    assert_eq!(log.zone, "Europe/Moscow");
    assert!(log.custody.iter().all(|e| e.local.ends_with("+03:00") && e.at.ends_with('Z')));
    let of = |kind: &str| log.custody.iter().rfind(|e| e.kind == kind).unwrap();
    assert_eq!(of("imported").facts.files[0].file, "phone.xml");
    assert_eq!(of("group_named").facts.groups[0], one.name, "the name before");
    assert_eq!(of("group_named").facts.name.as_deref(), Some("Реклама"));
    assert!(of("groups_merged").facts.groups.contains(&"Реклама".to_owned()));
    assert_eq!(of("undone").facts.of, Some(of("groups_merged").seq));
    let attached = of("attached");
    assert_eq!(
        (attached.facts.files[0].no.as_str(), attached.facts.calls[0].started_at.as_str()),
        ("E0001", call.started_at.as_str())
    );
}

#[test]
fn readiness_of_a_group_speaks_of_that_group_alone() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    attach(&mut case, &[picture(folder.path(), "снимок.png")]);
    let groups = actions::groups(&case).unwrap().groups;
    actions::name_group(&mut case, groups[0].id, "Реклама").unwrap();
    let of = |chosen: &[GroupId], item| {
        actions::readiness(&case, chosen).unwrap().into_iter().find(|r| r.item == item).unwrap()
    };
    let (one, other) = ([groups[0].id], [groups[1].id]);
    let named = of(&one, ReadinessItem::Groups);
    assert_eq!((named.state, named.count, named.of), (ReadinessState::Present, 1, 1));
    assert_eq!(of(&other, ReadinessItem::Groups).state, ReadinessState::Missing);
    assert_eq!(of(&[], ReadinessItem::Groups).state, ReadinessState::Partial);
    assert_eq!(of(&one, ReadinessItem::Exhibits).state, ReadinessState::Missing, "an exhibit of no call stays");
    assert_eq!(of(&[], ReadinessItem::Exhibits).state, ReadinessState::Partial);
    let (whole, period) = (of(&[], ReadinessItem::Period), of(&other, ReadinessItem::Period));
    assert!(period.from >= whole.from && period.to <= whole.to && period.from != whole.from, "{period:?} in {whole:?}");
    assert_eq!(of(&one, ReadinessItem::Labels).count as usize, groups[0].labels.len());
    let nobody = actions::readiness(&case, &[GroupId(999_999)]).unwrap_err();
    assert_eq!(nobody.code, Code::NotFound);
}

#[test]
fn readiness_says_what_there_is_where_no_detail_is() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    assert!(state(&case, ReadinessItem::Detail).kinds.is_empty());
    let file = folder.path().join("звонки.csv");
    std::fs::write(
        &file,
        "Дата и время;Направление;Номер;Длительность\n09.10.2025 11:40:31;входящий;+79401234567;0:42\n",
    )
    .unwrap();
    actions::import(&mut case, &[file], &Default::default(), &[], &Silent).unwrap();
    let detail = state(&case, ReadinessItem::Detail);
    assert_eq!((detail.state, detail.kinds), (ReadinessState::Missing, vec![SourceKind::Other]));
}
