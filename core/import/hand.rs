//! What a person writes down, as the table that becomes a source: written here, read through `recipes/hand.toml`.

use super::RowAsFound;
use crate::error::{Code, Error, Result};
use crate::model::{Direction, Disposition, HandChannel, HandEntry, Precision};
use csv::{Terminator, WriterBuilder};

/// Spreadsheets take a table without this mark for windows-1251.
const MARK: &str = "\u{FEFF}";

const WRITTEN: &str = "Записано";
const WHEN: &str = "Когда (со слов)";
const ZONE: &str = "Часовой пояс";
const DIRECTION: &str = "Направление";
const NUMBER: &str = "Номер (со слов)";
const CHANNEL: &str = "Вид связи";
const MESSENGER: &str = "Мессенджер";
const OUTCOME: &str = "Исход";
const LENGTH: &str = "Длительность";
const LABEL: &str = "Надпись на экране";
const SAID: &str = "Что сказали";
const LINE: &str = "Своя линия";
const HEADINGS: [&str; 12] =
    [WRITTEN, WHEN, ZONE, DIRECTION, NUMBER, CHANNEL, MESSENGER, OUTCOME, LENGTH, LABEL, SAID, LINE];

/// What stands in the column of numbers where the number was hidden.
const HIDDEN: &str = "номер скрыт";

/// Stands for the end of a line in what was said: a row of a table is one line.
const LINE_END: &str = " \u{23CE} ";

const CHANNELS: [(HandChannel, &str); 4] = [
    (HandChannel::Call, "звонок"),
    (HandChannel::Messenger, "звонок в мессенджере"),
    (HandChannel::Sms, "SMS"),
    (HandChannel::Message, "сообщение в мессенджере"),
];

/// The table of one entry: a heading and one row.
///
/// # Errors
/// [`Code::Internal`] where it cannot be written.
pub fn hand_text(entry: &HandEntry) -> Result<Vec<u8>> {
    let at = entry.at.format(match entry.precision {
        Precision::Second => "%d.%m.%Y %H:%M:%S",
        Precision::Minute => "%d.%m.%Y %H:%M",
        Precision::Hour => "%d.%m.%Y %H",
        Precision::Day => "%d.%m.%Y",
    });
    let at = at.to_string();
    let said = entry.said.lines().map(str::trim).collect::<Vec<_>>().join(LINE_END);
    let length = entry.duration_s.map(length).unwrap_or_default();
    let number = if entry.number.is_empty() { HIDDEN } else { entry.number.as_str() };
    let channel = CHANNELS.iter().find(|(channel, _)| *channel == entry.channel).map_or("", |(_, word)| *word);
    let cells = [
        entry.written_at.as_str(),
        &at,
        &entry.zone,
        direction(entry.direction),
        number,
        channel,
        &entry.messenger,
        outcome(entry.disposition),
        &length,
        &entry.label,
        &said,
        &entry.line,
    ];
    let failed = |cause: csv::Error| Error::new(Code::Internal).because(cause);
    let mut out =
        WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    out.write_record(HEADINGS).map_err(failed)?;
    out.write_record(cells).map_err(failed)?;
    out.into_inner().map_err(|cause| Error::new(Code::Internal).because(cause.into_error()))
}

fn length(seconds: u32) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, minutes, seconds) => format!("{minutes}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Incoming => "входящий",
        Direction::Outgoing => "исходящий",
        Direction::Unknown => "",
    }
}

fn outcome(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Answered => "отвечен",
        Disposition::Missed => "не отвечен",
        Disposition::Rejected => "отклонён",
        Disposition::Blocked => "заблокирован",
        Disposition::Voicemail => "автоответчик",
        Disposition::Unknown => "",
    }
}

/// What a row of such a table says beside what a record keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandRow {
    /// When it was written down, as written.
    pub written_at: String,
    /// When it happened, as written.
    pub when: String,
    /// By what way it came; `None` for a word of nobody's.
    pub channel: Option<HandChannel>,
    /// Name of the messenger.
    pub messenger: String,
    /// Direction.
    pub outgoing: bool,
    /// Number as written.
    pub number: String,
    /// What the screen showed.
    pub label: String,
    /// What was said.
    pub said: String,
}

/// Reads a row of such a table as it was found; the table may be a stranger's, so nothing has to be there.
#[must_use]
pub fn hand_row(row: &RowAsFound) -> HandRow {
    let cell = |heading: &str| {
        let at = row.columns.iter().position(|column| column.trim_start_matches(MARK) == heading);
        at.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default()
    };
    let channel = cell(CHANNEL);
    HandRow {
        written_at: cell(WRITTEN),
        when: cell(WHEN),
        channel: CHANNELS.iter().find(|(_, word)| *word == channel).map(|(channel, _)| *channel),
        messenger: cell(MESSENGER),
        outgoing: cell(DIRECTION) == direction(Direction::Outgoing),
        number: cell(NUMBER),
        label: cell(LABEL),
        said: cell(SAID).replace(LINE_END, "\n"),
    }
}

/// The messenger that the service of a record of such a table names; where none was named, the service is the way by
/// which it came.
#[must_use]
pub fn hand_messenger(service: &str) -> Option<&str> {
    (!service.is_empty() && CHANNELS.iter().all(|(_, word)| *word != service)).then_some(service)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::import::{Discard, ReadOptions, Sink, identify, read, rows_as_found};
    use crate::model::{CallRecord, Dictionary, RowFate, SourceKind};
    use crate::progress::Silent;
    use chrono::NaiveDate;
    use proptest::prelude::*;
    use std::io::Cursor;

    fn entry() -> HandEntry {
        HandEntry {
            written_at: "2026-11-28T14:06:00+03:00".to_owned(),
            at: NaiveDate::from_ymd_opt(2026, 11, 28).unwrap().and_hms_opt(14, 5, 30).unwrap(),
            precision: Precision::Minute,
            zone: "Europe/Moscow".to_owned(),
            channel: HandChannel::Call,
            messenger: String::new(),
            direction: Direction::Incoming,
            number: "8 (940) 123-45-67".to_owned(),
            disposition: Disposition::Answered,
            duration_s: Some(95),
            label: "ООО ПРИМЕР".to_owned(),
            said: "Предлагали окна;\n«звоните»".to_owned(),
            line: "+79071112233".to_owned(),
        }
    }

    #[derive(Default)]
    struct Seen(Vec<RowFate>, Dictionary);

    impl Sink for Seen {
        fn row(&mut self, fate: RowFate, _: &Dictionary) -> Result<()> {
            self.0.push(fate);
            Ok(())
        }

        fn finish(&mut self, dictionary: Dictionary) {
            self.1 = dictionary;
        }
    }

    fn reread(entry: &HandEntry) -> (Seen, HandRow) {
        let mut file = Cursor::new(hand_text(entry).unwrap());
        let options = ReadOptions::default();
        let what = identify(&mut file, "entry.csv", &options).unwrap();
        assert_eq!((what.recipe.as_str(), what.kind), ("hand", SourceKind::Hand));
        let mut seen = Seen::default();
        let summary = read(&mut file, "entry.csv", &what, &options, &mut seen, &Silent).unwrap();
        assert_eq!((summary.rows, summary.problems.len()), (1, 0), "{:?}", summary.problems);
        let place = match seen.0.as_slice() {
            [RowFate::Record(record)] => record.place,
            [RowFate::Other { place, .. }] => *place,
            other => unreachable!("{other:?}"),
        };
        let row = rows_as_found(&mut file, &what, &[(place.sheet, place.row)]).unwrap().remove(0);
        (seen, hand_row(&row))
    }

    fn record(seen: &Seen) -> CallRecord {
        match seen.0.as_slice() {
            [RowFate::Record(record)] => *record,
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn an_entry_is_read_as_it_was_written() {
        for (precision, reading) in [
            (Precision::Second, "2026-11-28T14:05:30"),
            (Precision::Minute, "2026-11-28T14:05:00"),
            (Precision::Hour, "2026-11-28T14:00:00"),
            (Precision::Day, "2026-11-28T00:00:00"),
        ] {
            let (seen, row) = reread(&HandEntry { precision, ..entry() });
            let record = record(&seen);
            let wall: chrono::NaiveDateTime = reading.parse().unwrap();
            assert_eq!(record.reading, wall.and_utc().timestamp(), "{precision}");
            let clock = seen.1.clocks[record.clock as usize];
            assert_eq!((clock.precision, clock.zone.name().as_str()), (precision, "Europe/Moscow"));
            assert_eq!((record.direction, record.disposition), (Direction::Incoming, Disposition::Answered));
            assert_eq!(record.duration_s, Some(95));
            assert_eq!(seen.1.spellings[record.spelling as usize].1.text, "+79401234567");
            assert_eq!(seen.1.lines[record.line.unwrap() as usize].text, "+79071112233");
            assert_eq!(seen.1.labels, ["ООО ПРИМЕР"]);
            assert_eq!(row.said, "Предлагали окна;\n«звоните»");
            assert_eq!((row.written_at.as_str(), row.channel), ("2026-11-28T14:06:00+03:00", Some(HandChannel::Call)));
        }
    }

    #[test]
    fn messages_are_no_calls_and_a_messenger_s_name_makes_none_of_a_call() {
        for (channel, kind) in [(HandChannel::Sms, "sms"), (HandChannel::Message, "other")] {
            let (seen, row) = reread(&HandEntry { channel, messenger: "Пример".to_owned(), ..entry() });
            assert!(matches!(&seen.0[..], [RowFate::Other { kind: found, .. }] if found == kind), "{:?}", seen.0);
            assert_eq!(row.channel, Some(channel));
        }
        for name in ["Пример", "SMS", "сообщение в мессенджере"] {
            let (channel, messenger) = (HandChannel::Messenger, name.to_owned());
            let (seen, _) = reread(&HandEntry { channel, messenger, ..entry() });
            assert_eq!(seen.1.services[record(&seen).service.unwrap() as usize], name);
        }
    }

    #[test]
    fn a_hidden_number_and_no_zone() {
        let (seen, _) = reread(&HandEntry { number: String::new(), zone: String::new(), ..entry() });
        assert_eq!(seen.1.spellings[0].1, crate::model::PhoneNumber::hidden());
        assert_eq!(seen.1.clocks[0].basis, crate::model::ZoneBasis::Assumed);
    }

    #[test]
    fn no_other_table_is_taken_for_an_entry() {
        let table = "Дата и время;Направление;Номер;Длительность\r\n28.11.2026 14:05:30;входящий;+79401234567;1:35\r\n";
        let mut file = Cursor::new(table.as_bytes().to_vec());
        let what = identify(&mut file, "t.csv", &ReadOptions::default()).unwrap();
        assert_eq!(what.recipe, "table");
        read(&mut file, "t.csv", &what, &ReadOptions::default(), &mut Discard, &Silent).unwrap();
    }

    proptest! {
        #[test]
        fn whatever_was_said_is_kept(said in "[^\\x00-\\x09\\x0B-\\x1F\u{85}\u{2028}\u{2029}]{0,200}", label in "\\PC{0,40}") {
            let lines = |text: &str| text.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>();
            let (said, label) = (said.trim().to_owned(), label.trim().to_owned());
            let (_, row) = reread(&HandEntry { said: said.clone(), label: label.clone(), ..entry() });
            prop_assert_eq!(lines(row.said.trim()), lines(&said));
            prop_assert_eq!(row.label.trim(), label);
        }
    }
}
