//! What a source covers and to what unit it counts, where that says why a witness is silent or whether two agree.

use super::common::*;
use std::fmt::Write as _;
use tempfile::TempDir;
use ulika::Case;
use ulika::actions::{self, ImportOptions, SourceAnswer, WitnessMatrix};
use ulika::model::{SilenceReason, SourceKind, Verdict};
use ulika::progress::Silent;

/// Day of September, hour, length in seconds.
type Talk = (u32, u32, u32);

const TALKS: [Talk; 4] = [(2, 10, 61), (5, 12, 125), (9, 9, 30), (20, 8, 300)];

/// A phone's log.
fn phone(talks: &[Talk]) -> String {
    let mut text = "Дата и время;Направление;Номер;Длительность\r\n".to_owned();
    for (day, hour, length) in talks {
        let (m, s) = (length / 60, length % 60);
        writeln!(text, "{day:02}.09.2025 {hour:02}:00:00;Входящий;790711122{hour:02};00:{m:02}:{s:02}\r").unwrap();
    }
    text
}

/// The operator's detail.
fn mts(talks: &[Talk], of_line: &str, further: &str) -> String {
    let mut text = format!("<Report><ds n=\"79071110000\" {of_line} pt=\"Сетевой ресурс\">");
    for (day, hour, length) in talks {
        let (m, s) = (length / 60, length % 60);
        write!(text, "<i d=\"{day:02}.09.2025 {hour}:00:02\" n=\"&lt;--790711122{hour:02}\" s=\"Телеф.\" du=\"{m}:{s:02}\" gmt=\"+03:00\"/>")
            .unwrap();
    }
    text + further + "</ds></Report>"
}

struct Desk {
    folder: TempDir,
    case: Case,
}

impl Desk {
    fn of(phone: &str, operator: &str, name: &str) -> (Self, SourceAnswer) {
        Self::holding(phone, operator, name, false)
    }

    /// The operator's detail as a whole, or an extract of the own line.
    fn holding(phone: &str, operator: &str, name: &str, extract: bool) -> (Self, SourceAnswer) {
        let folder = TempDir::new().unwrap();
        let (_, case) = new_case(&folder, None);
        let mut desk = Self { folder, case };
        desk.import("phone.csv", phone, ImportOptions { kind: Some(SourceKind::Phone), ..Default::default() });
        let line = extract.then(|| "+79071110000".to_owned());
        let options = ImportOptions { kind: Some(SourceKind::Operator), line, extract, ..Default::default() };
        let answer = desk.import(name, operator, options);
        (desk, answer)
    }

    fn import(&mut self, name: &str, text: &str, options: ImportOptions) -> SourceAnswer {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let options = ImportOptions { zone: Some("+03:00".to_owned()), ..options };
        actions::import(&mut self.case, &[path], &options, &[], &Silent).unwrap().sources.remove(0)
    }

    /// Why the operator is silent about the last call.
    fn reason(&self) -> SilenceReason {
        let matrix = WitnessMatrix::read(&self.case).unwrap();
        let call = matrix.call(*matrix.ids.last().unwrap());
        assert_eq!(call.verdict, Verdict::PhoneOnly);
        call.silent[0].reason
    }

    /// First and last day of the operator's, and its gaps.
    fn coverage(&self) -> (String, String, Vec<String>) {
        let seen = actions::witness_sources(&self.case).unwrap().coverage.pop().unwrap();
        let gaps = seen.gaps.iter().map(|gap| format!("{} {}", gap.from, gap.to)).collect();
        (seen.from.unwrap(), seen.to.unwrap(), gaps)
    }

    fn conflicts(&self) -> usize {
        let matrix = WitnessMatrix::read(&self.case).unwrap();
        matrix.ids.iter().filter(|id| matrix.call(**id).verdict == Verdict::Conflict).count()
    }
}

fn with(talk: Talk) -> Vec<Talk> {
    TALKS.into_iter().chain([talk]).collect()
}

#[test]
fn an_operator_is_silent_within_the_period_that_it_states() {
    let phone = phone(&with((28, 11, 65)));
    let (desk, answer) = Desk::of(&phone, &mts(&TALKS, "sd=\"01.09.2025\" ed=\"30.09.2025\"", ""), "mts.xml");
    assert_eq!(answer.stated_period, Some(("2025-09-01".to_owned(), "2025-09-30".to_owned())));
    assert_eq!(answer.period, Some(("2025-09-02".to_owned(), "2025-09-20".to_owned())));
    assert_eq!(desk.reason(), SilenceReason::Gap, "it has no record of that day");
    let (from, to, gaps) = desk.coverage();
    assert_eq!((from.as_str(), to.as_str()), ("2025-09-01", "2025-09-30"));
    assert_eq!((gaps[0].as_str(), gaps[gaps.len() - 1].as_str()), ("2025-09-01 2025-09-01", "2025-09-21 2025-09-30"));

    let (desk, answer) = Desk::of(&phone, &mts(&TALKS, "", ""), "mts.xml");
    assert_eq!((answer.stated_period, answer.rows_period), (None, None));
    assert_eq!(desk.reason(), SilenceReason::OutsidePeriod, "nothing says that it covers the day");
    assert_eq!(desk.coverage().1, "2025-09-20");
}

#[test]
fn a_text_above_the_rows_states_the_period_too() {
    let mut text =
        "Оказанные услуги связи\nза период с 01.09.2025 по 30.09.2025\nСетевой ресурс\n79071110000\n".to_owned();
    for (day, hour, length) in TALKS {
        let (m, s) = (length / 60, length % 60);
        writeln!(text, "{day:02}.09.2025  {hour}:00:02\n+03:00  <--790711122{hour:02}\nТелеф.\n{m}:{s:02}\n 0,0000")
            .unwrap();
    }
    let (desk, answer) = Desk::of(&phone(&with((28, 11, 65))), &text, "mts.txt");
    assert_eq!((answer.recipe.as_str(), answer.records), ("mts-pdf", 4));
    assert_eq!(desk.reason(), SilenceReason::Gap);
}

#[test]
fn rows_of_other_services_show_what_a_source_covers() {
    let sms = "<i d=\"29.09.2025 11:00:00\" n=\"&lt;--MTC\" s=\"sms i\" du=\"1\" gmt=\"+03:00\"/>";
    let (desk, answer) = Desk::of(&phone(&with((28, 11, 65))), &mts(&TALKS, "", sms), "mts.xml");
    assert_eq!(answer.rows_period, Some(("2025-09-02".to_owned(), "2025-09-29".to_owned())));
    assert_eq!(desk.reason(), SilenceReason::Gap);
    assert_eq!(desk.coverage().2.last().map(String::as_str), Some("2025-09-21 2025-09-29"));
}

#[test]
fn an_outgoing_call_that_nobody_took_says_nothing_of_missed_ones() {
    let missed = "09.09.2025 15:00:00;Пропущенный;79071112299;00:00:00\r\n";
    let of = |further: &str| {
        let (desk, _) = Desk::of(&(phone(&TALKS) + missed), &mts(&TALKS, "", further), "mts.xml");
        let matrix = WitnessMatrix::read(&desk.case).unwrap();
        let silent: Vec<_> = matrix.ids.iter().flat_map(|id| matrix.call(*id).silent).collect();
        silent.iter().filter(|s| s.witness == SourceKind::Operator).map(|s| s.reason).collect::<Vec<_>>()
    };
    assert_eq!(of(""), [SilenceReason::Unanswered]);
    let outgoing = "<i d=\"10.09.2025 15:00:00\" n=\"79071112298\" s=\"Телеф.\" du=\"0:00\" gmt=\"+03:00\"/>";
    assert_eq!(of(outgoing), [SilenceReason::Unanswered]);
    // An incoming one among four shows that it lists them.
    let incoming = outgoing.replace("n=\"", "n=\"&lt;--");
    assert_eq!(of(&incoming), [SilenceReason::NotStated]);
}

#[test]
fn the_first_and_the_last_day_are_covered_as_a_whole() {
    let (desk, _) = Desk::of(&phone(&with((20, 22, 65))), &mts(&TALKS, "", ""), "mts.xml");
    assert_eq!(desk.reason(), SilenceReason::NotStated, "the day has a record, though an earlier one");
}

#[test]
fn a_file_says_nothing_of_the_days_after_it_was_made() {
    let of_line = "sd=\"01.09.2025\" ed=\"30.09.2025\"";
    let made = mts(&TALKS, of_line, "").replace("<Report>", "<Report><cp dcd=\"22.09.2025\"/>");
    let (desk, _) = Desk::of(&phone(&with((28, 11, 65))), &made, "mts.xml");
    assert_eq!(desk.reason(), SilenceReason::OutsidePeriod);
}

#[test]
fn paid_minutes_are_no_contradiction_whoever_tells_of_them() {
    let talks: Vec<Talk> = (0..24).map(|n| (n + 2, 9 + n % 9, 17 + n * 13)).collect();
    let up = |length: u32| length.div_ceil(60);
    let minutes: Vec<Talk> = talks.iter().map(|(day, hour, length)| (*day, *hour, up(*length) * 60)).collect();

    // Every length is whole minutes, and nothing says why.
    let (desk, answer) = Desk::of(&phone(&talks), &mts(&minutes, "", ""), "mts.xml");
    assert_eq!((answer.records, answer.corroborating, desk.conflicts()), (24, 24, 0));
    assert_eq!(answer.notes[0].kind.word(), "whole_minutes");
    assert_eq!(differences(&desk.case), Vec::<String>::new(), "the unit is what the journal says");

    // An extract says what the whole file does: its lengths are counted in the same unit, by the head of it too.
    let neighbour = "</ds><ds n=\"79071110001\"><i d=\"05.09.2025 9:00:00\" n=\"&lt;--79350002222\" s=\"Телеф.\" \
                     du=\"3:00\" gmt=\"+03:00\"/>";
    let (desk, answer) = Desk::holding(&phone(&talks), &mts(&minutes, "", neighbour), "mts.xml", true);
    assert!(answer.extract_of.is_some());
    assert_eq!((answer.records, answer.corroborating, desk.conflicts()), (24, 24, 0));
    assert_eq!(answer.notes[0].kind.word(), "whole_minutes");
    assert_eq!(differences(&desk.case), Vec::<String>::new(), "the unit is what the journal says");
    drop(desk.case);
    let raw = String::from_utf8_lossy(&std::fs::read(desk.folder.path().join("дело.ulika")).unwrap()).into_owned();
    assert!(raw.contains("\"duration_unit_s\":60,\"line\":\"+79071110000\""), "whoever reads the extract is told");

    // A column says what each row is counted in.
    let table = |line: &str, talks: &[Talk], clock: bool| {
        let mut page = format!(
            "<table><tr><td>Детализация оказанных услуг по Абонентскому номеру {line}</td></tr>\
             <tr><td>Дата</td><td>Время</td><td>Абонентский номер, адрес электронной почты</td><td>Прод/ Объем</td>\
             <td>Единица тарификации</td><td>Вид услуги</td></tr>"
        );
        for (day, hour, length) in talks {
            let length = if clock { format!("{:02}:00", up(*length)) } else { up(*length).to_string() };
            write!(
                page,
                "<tr><td>{day:02}.09.25</td><td>{hour:02}:00:02</td><td>790711122{hour:02}</td><td>{length}</td>\
                 <td>Минута</td><td>Входящий</td></tr>"
            )
            .unwrap();
        }
        page + "</table>"
    };
    for (clock, extract) in [(true, false), (false, false), (true, true), (false, true)] {
        let neighbour = if extract { table("79071110001", &talks[6..8], clock) } else { String::new() };
        let page = table("79071110000", &talks[..6], clock) + &neighbour;
        let (desk, answer) = Desk::holding(&phone(&talks), &page, "megafon.html", extract);
        assert_eq!((answer.recipe.as_str(), answer.records), ("megafon-html", 6));
        let told = (answer.corroborating, desk.conflicts(), answer.notes.len());
        assert_eq!(told, (6, 0, 0), "{clock} {extract}");
    }

    // Seconds stay seconds.
    let wrong: Vec<Talk> = talks.iter().map(|(day, hour, length)| (*day, *hour, length + 7)).collect();
    let (desk, answer) = Desk::of(&phone(&talks), &mts(&wrong, "", ""), "mts.xml");
    assert_eq!((desk.conflicts(), answer.notes.len()), (24, 0));
}
