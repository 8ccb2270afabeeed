//! What the person writes down by hand: a source of its own kind, which says so everywhere and can be withdrawn.

use super::common::*;
use std::io::Read;
use tempfile::TempDir;
use ulika::actions::{self, CallFilter, CallNote, CallView, ExportOptions, Noted};
use ulika::model::{
    Contents, Direction, Disposition, HandChannel, LeavingKind, Precision, ReadinessItem, ReadinessState, SourceKind,
    Verdict,
};
use ulika::progress::Silent;
use ulika::typesetting::Typesetter;
use ulika::{Case, Code};

/// Stands for the typesetter.
pub struct Paper;

impl Typesetter for Paper {
    fn pdf(&self, source: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(format!("%PDF-1.7\n{source}\n%%EOF\n").into_bytes())
    }
}

/// Just called: what the window sends where only a number was typed. The clock stands at 2025-10-09 11:53:20 in Moscow.
pub fn just_called(number: &str) -> CallNote {
    CallNote {
        number: Some(number.to_owned()),
        direction: Direction::Incoming,
        at: "2025-10-09T11:53:20".to_owned(),
        precision: Precision::Minute,
        zone: Some("Europe/Moscow".to_owned()),
        channel: HandChannel::Call,
        messenger: String::new(),
        disposition: Disposition::Unknown,
        duration_s: None,
        label: String::new(),
        said: String::new(),
        line: None,
    }
}

fn all(case: &Case) -> Vec<CallView> {
    actions::calls(case, &CallFilter::default(), None, 10_000).unwrap().calls
}

fn call(case: &Case, noted: &Noted) -> CallView {
    all(case).into_iter().find(|call| Some(call.id) == noted.call).unwrap()
}

#[test]
fn an_entry_is_a_call_and_says_that_it_was_made_by_hand() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let note = CallNote {
        label: "ООО  ПРИМЕР".into(),
        said: "Предлагали окна,\nпросили перезвонить".into(),
        ..just_called("8 (940) 123-45-67")
    };
    let noted = actions::note_call(&mut case, &note).unwrap();
    assert!(!noted.known);
    let seen = call(&case, &noted);
    assert_eq!(seen.started_at, "2025-10-09T11:53:00+03:00");
    assert_eq!((seen.precision, seen.direction), (Precision::Minute, Direction::Incoming));
    assert_eq!((seen.number.as_deref(), seen.number_raw.as_str()), (Some("+79401234567"), "8 (940) 123-45-67"));
    assert_eq!((seen.verdict, seen.kinds.as_slice()), (Verdict::OtherOnly, &[SourceKind::Hand][..]));
    assert_eq!((seen.labels, seen.line.as_deref()), (vec!["ООО ПРИМЕР".to_owned()], Some("+79070000000")));
    let detail = actions::call_detail(&case, seen.id).unwrap();
    assert_eq!(detail.records[0].kind, "hand");
    assert!(
        detail.records[0].as_found.cells.contains(&note.said.replace('\n', " ⏎ ")),
        "the row is shown as it was written"
    );
    let entries = actions::hand_entries(&case).unwrap();
    assert_eq!((entries[0].said.as_str(), entries[0].call), (note.said.as_str(), noted.call));
    let log = actions::log(&case).unwrap().custody;
    let entry = log.last().unwrap();
    assert_eq!((entry.kind.as_str(), entry.facts.channel.as_deref()), ("call_noted", Some("call")));
    assert_eq!(entry.facts.calls[0].number.as_deref(), Some("+79401234567"));
    assert!(!entry.details.as_deref().unwrap().contains("окна"), "what was said stands in the source alone");
    assert_eq!(differences(&case), Vec::<String>::new());
    drop(case);
    assert_eq!(differences(&look(&path, None).unwrap()), Vec::<String>::new());
}

#[test]
fn undo_withdraws_an_entry_and_redo_brings_it_back() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    actions::note_call(&mut case, &just_called("+79401234567")).unwrap();
    let before = calls(&case);
    assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some("call_noted"));
    actions::undo(&mut case).unwrap();
    assert_eq!((all(&case).len(), actions::hand_entries(&case).unwrap().len()), (0, 0));
    assert_eq!(differences(&case), Vec::<String>::new());
    actions::redo(&mut case).unwrap();
    assert_eq!(calls(&case), before);
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn any_entry_can_be_withdrawn_and_the_withdrawal_undone() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let first = actions::note_call(&mut case, &just_called("+79401234567")).unwrap();
    actions::note_call(&mut case, &just_called("+79401234568")).unwrap();
    let both = calls(&case);
    actions::withdraw_source(&mut case, first.source).unwrap();
    assert_eq!(all(&case).iter().map(|c| c.number.as_deref().unwrap()).collect::<Vec<_>>(), ["+79401234568"]);
    assert_eq!(actions::withdraw_source(&mut case, first.source).unwrap_err().code, Code::NotFound);
    assert_eq!(differences(&case), Vec::<String>::new());
    actions::undo(&mut case).unwrap();
    assert_eq!(calls(&case), both);
    actions::redo(&mut case).unwrap();
    assert_eq!(all(&case).len(), 1);
    assert_eq!(differences(&case), Vec::<String>::new(), "withdrawn, reinstated, withdrawn again: each has its event");
    // Without its event, a withdrawal is named.
    drop(case);
    let connection = rusqlite::Connection::open(&path).unwrap();
    let more =
        "INSERT INTO withdrawal(event, part, subject, withdrawn) SELECT event, 'source', 2, 1 FROM withdrawal LIMIT 1";
    connection.execute(more, []).unwrap();
    drop(connection);
    assert!(differences(&look(&path, None).unwrap()).contains(&"withdrawal_changed".to_owned()));
}

#[test]
fn messages_are_kept_and_shown_and_are_no_calls() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let sms = CallNote { channel: HandChannel::Sms, said: "Займ одобрен".into(), ..just_called("ZAIM") };
    let noted = actions::note_call(&mut case, &sms).unwrap();
    assert_eq!((noted.call, noted.known), (None, false));
    let messenger =
        CallNote { channel: HandChannel::Messenger, messenger: "Пример".into(), ..just_called("+79401234567") };
    let rang = actions::note_call(&mut case, &messenger).unwrap();
    assert!(rang.call.is_some(), "a call in a messenger is a call");
    assert_eq!(all(&case).len(), 1);
    let entries = actions::hand_entries(&case).unwrap();
    assert_eq!((entries[0].channel, entries[0].messenger.as_str()), (Some(HandChannel::Messenger), "Пример"));
    assert_eq!((entries[1].channel, entries[1].said.as_str()), (Some(HandChannel::Sms), "Займ одобрен"));
    assert_eq!(actions::source_sums(&case, noted.source).unwrap().other["sms"], 1);
    // The call is called what it was, and the log names a message as it names calls.
    assert_eq!(call(&case, &rang).messenger.as_deref(), Some("Пример"));
    let plain = actions::note_call(&mut case, &just_called("+79401234569")).unwrap();
    assert_eq!(call(&case, &plain).messenger, None, "a call by phone came by no messenger");
    actions::undo(&mut case).unwrap();
    let log = actions::log(&case).unwrap().custody;
    let noted: Vec<_> = log.iter().filter(|entry| entry.kind == "call_noted").collect();
    let [sms, rang] = [&noted[0].facts, &noted[1].facts];
    let message = sms.message.as_ref().unwrap();
    assert_eq!((message.when.as_str(), message.number_raw.as_str()), ("09.10.2025 11:53", "ZAIM"));
    assert_eq!((sms.channel.as_deref(), sms.calls.len()), (Some("sms"), 0));
    assert_eq!((rang.channel.as_deref(), rang.messenger.as_str()), (Some("messenger"), "Пример"));
    assert_eq!((rang.calls.len(), rang.message.is_none()), (1, true));
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn two_entries_are_two_calls_and_a_file_of_the_same_call_is_one() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    actions::note_call(&mut case, &just_called("+79401234567")).unwrap();
    let soon = CallNote { at: "2025-10-09T11:52:40".into(), ..just_called("+79401234567") };
    actions::note_call(&mut case, &soon).unwrap();
    assert_eq!(all(&case).len(), 2, "called again within two minutes: the person wrote two down");
    let log = folder.path().join("журнал.csv");
    let text = "Дата и время;Направление;Номер;Длительность\n09.10.2025 11:53:31;входящий;+79401234567;0:42\n";
    std::fs::write(&log, text).unwrap();
    let options = actions::ImportOptions { kind: Some(SourceKind::Phone), ..Default::default() };
    let answer = actions::import(&mut case, &[log], &options, &[], &Silent).unwrap();
    let source = &answer.sources[0];
    assert_eq!((source.records, source.new_calls, source.corroborating, source.duplicates), (1, 0, 1, 0));
    let seen = all(&case);
    let kinds: Vec<Vec<SourceKind>> = seen.iter().map(|call| call.kinds.clone()).collect();
    assert_eq!(kinds, [vec![SourceKind::Hand], vec![SourceKind::Phone, SourceKind::Hand]]);
    assert_eq!(differences(&case), Vec::<String>::new());
    // And the other way round: the file was there first.
    let late =
        CallNote { at: "2025-10-09T11:53:00".into(), said: "ещё раз".into(), ..just_called("+79401234567") };
    actions::undo(&mut case).unwrap();
    actions::undo(&mut case).unwrap();
    actions::undo(&mut case).unwrap();
    let log = folder.path().join("журнал.csv");
    actions::import(&mut case, &[log], &options, &[], &Silent).unwrap();
    let noted = actions::note_call(&mut case, &late).unwrap();
    assert!(noted.known, "it is said that a file states the call already");
    assert_eq!(all(&case).len(), 1);
}

#[test]
fn entries_by_hand_take_part_in_groups() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    for (number, label) in [("+79401234501", "ООО ПРИМЕР"), ("+79461234502", "ПРИМЕР"), ("+79431234503", "ООО ПРИМЕР")]
    {
        actions::note_call(&mut case, &CallNote { label: label.into(), ..just_called(number) }).unwrap();
    }
    let groups = actions::groups(&case).unwrap().groups;
    assert_eq!((groups.len(), groups[0].calls, groups[0].numbers.len()), (1, 3, 3));
}

#[test]
fn what_cannot_be_is_refused_in_words_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let events = actions::log(&case).unwrap().custody.len();
    let good = just_called("+79401234567");
    let bad = [
        (CallNote { number: Some("  ".into()), ..good.clone() }, Code::RequestUnfit, "скрыт"),
        (CallNote { number: Some("+7 940 123-45-6ю7".into()), ..good.clone() }, Code::NumberUnreadable, "не похоже"),
        (CallNote { number: Some("9".repeat(99)), ..good.clone() }, Code::NumberUnreadable, "не похоже"),
        (CallNote { at: "2025-10-09T11:56:00".into(), ..good.clone() }, Code::RequestUnfit, "не наступило"),
        (CallNote { at: "вчера".into(), ..good.clone() }, Code::RequestUnfit, "не разобраны"),
        (CallNote { zone: Some("Луна".into()), ..good.clone() }, Code::ZoneUnknown, "не распознан"),
        (CallNote { channel: HandChannel::Messenger, ..good.clone() }, Code::RequestUnfit, "мессенджер"),
        (CallNote { said: "ы".repeat(10_001), ..good.clone() }, Code::RequestUnfit, "слишком длинный"),
    ];
    for (note, code, words) in bad {
        let error = actions::note_call(&mut case, &note).unwrap_err();
        assert_eq!(error.code, code, "{note:?}");
        assert!(error.message("ru").contains(words), "{}", error.message("ru"));
    }
    assert_eq!(actions::log(&case).unwrap().custody.len(), events);
    // The same entry twice within a second is one press too many.
    actions::note_call(&mut case, &good).unwrap();
    assert_eq!(actions::note_call(&mut case, &good).unwrap_err().code, Code::RequestUnfit);
    // «Today» is no time that has not come.
    let today = CallNote { precision: Precision::Day, at: "2025-10-09T23:59:00".into(), ..good };
    let noted = actions::note_call(&mut case, &today).unwrap();
    assert_eq!(call(&case, &noted).started_at, "2025-10-09T00:00:00+03:00");
}

#[test]
fn the_moment_is_that_of_the_person_s_clock_wherever_the_line_is() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let here = CallNote {
        zone: Some("Asia/Vladivostok".into()),
        at: "2025-10-09T18:53:20".into(),
        ..just_called("+79401234567")
    };
    let noted = actions::note_call(&mut case, &here).unwrap();
    assert_eq!(call(&case, &noted).started_at, "2025-10-09T18:53:00+10:00");
    let hour = CallNote { precision: Precision::Hour, zone: None, number: None, ..just_called("") };
    let noted = actions::note_call(&mut case, &hour).unwrap();
    let seen = call(&case, &noted);
    assert_eq!((seen.started_at.as_str(), seen.precision), ("2025-10-09T11:00:00+03:00", Precision::Hour));
    assert_eq!((seen.number, seen.number_kind.word()), (None, "hidden"));
}

fn in_bundle(case: &mut Case, folder: &TempDir, contents: Contents, name: &str) -> String {
    let target = folder.path().join("пакет.zip");
    let options = ExportOptions { contents, groups: Vec::new() };
    actions::export(case, &target, &options, &Paper, &Silent).unwrap();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&target).unwrap()).unwrap();
    let at = (0..zip.len())
        .find(|at| zip.by_index(*at).unwrap().name().unwrap().ends_with(name))
        .unwrap_or_else(|| panic!("{name}"));
    let mut text = String::new();
    zip.by_index(at).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_package_says_what_was_written_by_hand() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let note = CallNote {
        said: "Предлагали <окна>".into(), label: "ООО ПРИМЕР".into(), ..just_called("+79401234567")
    };
    let noted = actions::note_call(&mut case, &note).unwrap();
    let sms = CallNote { channel: HandChannel::Sms, said: "Займ одобрен".into(), ..just_called("ZAIM") };
    actions::note_call(&mut case, &sms).unwrap();
    let whole = ExportOptions { contents: Contents::Originals, groups: Vec::new() };
    let texts = actions::leaving_texts(&case, &whole).unwrap().texts;
    let said: Vec<&str> = texts.iter().filter(|t| t.kind == LeavingKind::Hand).map(|t| t.text.as_str()).collect();
    assert_eq!(said, ["Предлагали <окна>", "Займ одобрен"], "the person sees them before they leave");
    let report = in_bundle(&mut case, &folder, Contents::Originals, "/report.html");
    for part in [
        "Записано заявителем",
        "сделал сам заявитель",
        "Предлагали &lt;окна&gt;",
        "входящее SMS",
        "Займ одобрен",
        "запись от руки",
        "<td>от руки</td>",
    ] {
        assert!(report.contains(part), "{part}");
    }
    let table = in_bundle(&mut case, &folder, Contents::Originals, "tables/calls.csv");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let headings = rows.headers().unwrap().clone();
    let row = rows.records().next().unwrap().unwrap();
    let cell = |name: &str| &row[headings.iter().position(|h| h == name).unwrap()];
    assert_eq!((cell("note"), cell("witness")), ("Предлагали <окна>", "other_only"));
    assert_eq!((cell("observed_in"), cell("precision")), ("S0001:2", "minute"));
    let opis = in_bundle(&mut case, &folder, Contents::Originals, "data/opis.csv");
    assert!(opis.contains("запись 2025-10-09 11-53-20.csv") && opis.contains("hand"), "{opis}");
    let original = in_bundle(&mut case, &folder, Contents::Originals, "originals/S0001.csv");
    assert!(original.contains("Что сказали") && original.contains("Предлагали <окна>"));
    let extract = in_bundle(&mut case, &folder, Contents::Extracts, "extracts/S0001.csv");
    assert!(extract.contains("Предлагали <окна>"));
    let ledger = in_bundle(&mut case, &folder, Contents::Originals, "tables/row-ledger.csv");
    assert!(ledger.contains("other,sms"), "{ledger}");
    let paper = in_bundle(&mut case, &folder, Contents::Originals, "/report.pdf");
    assert!(paper.contains("#by-hand(") && paper.contains("\"Займ одобрен\""), "{paper}");
    // What is withdrawn leaves with nothing, not even in the log.
    actions::withdraw_source(&mut case, noted.source).unwrap();
    let events = in_bundle(&mut case, &folder, Contents::Originals, "custody/events.jsonl");
    let kept: Vec<(String, bool)> = events
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|event| (event["kind"].as_str().unwrap().to_owned(), !event["details"].is_null()))
        .collect();
    let kept: Vec<(&str, bool)> = kept.iter().map(|(kind, kept)| (kind.as_str(), *kept)).collect();
    assert_eq!(kept, [("created", true), ("call_noted", false), ("call_noted", true), ("withdrawn", false)]);
    let report = in_bundle(&mut case, &folder, Contents::Originals, "/report.html");
    assert!(!report.contains("окна") && report.contains("Займ одобрен"));
}

fn file_of(case: &mut Case, folder: &TempDir, name: &str, text: &str) -> actions::SourceAnswer {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let options = actions::ImportOptions { kind: Some(SourceKind::Phone), ..Default::default() };
    actions::import(case, &[path], &options, &[], &Silent).unwrap().sources.remove(0)
}

#[test]
fn the_name_of_a_withdrawn_file_leaves_with_no_event_of_its_own() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let text = "Дата и время;Направление;Номер;Длительность\n09.10.2025 11:40:31;входящий;+79401234567;0:42\n";
    let stays = file_of(&mut case, &folder, "остаётся.csv", text).id.unwrap();
    let text = text.replace("11:40:31", "11:41:32");
    let goes = file_of(&mut case, &folder, "телефон Анны Семёновны.csv", &text).id.unwrap();
    for source in [stays, goes] {
        actions::set_source_zone(&mut case, source, Some("Asia/Yekaterinburg")).unwrap();
    }
    let events = |case: &mut Case| in_bundle(case, &folder, Contents::Originals, "custody/events.jsonl");
    let named = |text: &str, name: &str| text.lines().filter(|line| line.contains(name)).count();
    let before = events(&mut case);
    assert_eq!((named(&before, "остаётся"), named(&before, "Семёновны")), (2, 2), "brought, and its zone set");
    actions::withdraw_source(&mut case, goes).unwrap();
    let after = events(&mut case);
    assert_eq!((named(&after, "остаётся"), named(&after, "Семёновны")), (2, 0), "{after}");
    assert_eq!(after.lines().count(), before.lines().count() + 1, "the links leave, all of them");
    let whole = ExportOptions { contents: Contents::Originals, groups: Vec::new() };
    let texts = actions::leaving_texts(&case, &whole).unwrap().texts;
    assert!(texts.iter().all(|t| !t.text.contains("Семёновны")), "{texts:?}");
}

#[test]
fn every_text_of_an_entry_is_shown_before_it_leaves_and_none_twice() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let call = CallNote { label: "ООО ПРИМЕР".into(), said: "Окна".into(), ..just_called("+79401234567") };
    let message = CallNote {
        channel: HandChannel::Message,
        messenger: "Мессенджер Тёти Клавы".into(),
        label: "Дядя Митя".into(),
        said: "Займ одобрен".into(),
        ..just_called("+79461234568")
    };
    let again = CallNote { said: "Ждём вас".into(), ..message.clone() };
    for note in [call, message, again] {
        actions::note_call(&mut case, &note).unwrap();
    }
    let whole = ExportOptions { contents: Contents::Originals, groups: Vec::new() };
    let texts = actions::leaving_texts(&case, &whole).unwrap().texts;
    let of = |kind: LeavingKind| {
        let of_kind = texts.iter().filter(|t| t.kind == kind);
        of_kind.map(|t| (t.of.as_str(), t.text.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(of(LeavingKind::Label), [("", "ООО ПРИМЕР")]);
    let said =
        [("S0001", "Окна"), ("S0002", "Мессенджер Тёти Клавы"), ("S0002", "Дядя Митя"), ("S0002", "Займ одобрен")];
    assert_eq!(of(LeavingKind::Hand), [&said[..], &[("S0003", "Ждём вас")]].concat());
    let report = in_bundle(&mut case, &folder, Contents::Originals, "/report.html");
    assert!(said.iter().all(|(_, text)| report.contains(text)), "the report prints them all");
}

#[test]
fn what_a_person_remembered_is_no_clock_of_a_phone() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let mut text = "Дата и время;Направление;Номер;Длительность\n".to_owned();
    for (minute, number) in [("00", "+79401234501"), ("10", "+79461234502"), ("20", "+79431234503")] {
        let at = format!("2025-10-09T10:{minute}:00");
        actions::note_call(&mut case, &CallNote { at, ..just_called(number) }).unwrap();
        text += &format!("09.10.2025 10:{minute}:40;входящий;{number};0:42\n");
    }
    text += "09.10.2025 10:30:40;входящий;+79441234504;0:42\n";
    let phone = file_of(&mut case, &folder, "журнал.csv", &text).id.unwrap();
    let pairs = actions::WitnessMatrix::read(&case).unwrap().sources.pairs;
    assert_eq!((pairs[0].sources[1], pairs[0].paired, pairs[0].offset_s), (phone, 3, 40), "they were compared");
    let table = in_bundle(&mut case, &folder, Contents::Originals, "tables/calls.csv");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let at = rows.headers().unwrap().iter().position(|h| h == "clock_offset_s").unwrap();
    let offsets: Vec<String> = rows.records().map(|row| row.unwrap()[at].to_owned()).collect();
    assert_eq!(offsets, ["", "", "", ""], "of the call that only the phone states as of the others");
}

#[test]
fn an_entry_is_no_phone_log_and_no_detail() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    actions::note_call(&mut case, &just_called("+79401234567")).unwrap();
    for item in [ReadinessItem::PhoneLog, ReadinessItem::Detail] {
        let found = actions::readiness(&case, &[]).unwrap().into_iter().find(|r| r.item == item).unwrap();
        assert_eq!(found.state, ReadinessState::Missing, "{item}");
    }
}
