//! Tables as programs write them and people pass them on.

use crate::common::{encoded, seen, seen_with};
use ulika::import::{Discard, ReadOptions, identify, read};
use ulika::model::{ClockKind, Precision, RowFate, Zone};
use ulika::progress::Silent;

const HEAD: &str = "Дата и время;Номер;Направление;Длительность;Имя\n";

fn row(minute: u32, name: &str) -> String {
    format!("03.09.2025 10:{minute:02}:00;79071112233;Входящий;00:12;{name}\n")
}

#[test]
fn a_bad_byte_does_not_make_another_encoding_of_the_file() {
    let mut bytes = (HEAD.to_owned() + &row(1, "Вася")).into_bytes();
    bytes.extend_from_slice(b"03.09.2025 10:02:00;8107924651\xA5\xA5b;\xD0\x92\xD1\x85;00:12;\n");
    let seen = seen(&bytes);
    assert_eq!((seen.what.encoding.as_str(), seen.summary.records), ("utf-8", 2));
    assert_eq!(seen.dictionary.labels, ["Вася"]);
    assert_eq!(seen.dictionary.spellings[1].0, "8107924651\u{FFFD}\u{FFFD}b");
}

#[test]
fn a_stray_quotation_mark_does_not_swallow_rows_up_to_the_next_one() {
    let cases = [
        [row(1, "а"), row(2, "\"Ромашка"), row(3, "б"), row(4, "\"Лютик\""), row(5, "в")],
        [row(1, "а"), row(2, "\"Ромашка"), row(3, "б"), row(4, "\"Лютик"), row(5, "в")],
        [row(1, "ООО \"Ромашка\""), row(2, "\"Ромашка\" ООО"), row(3, "ООО \"Ро"), row(4, "б"), row(5, "в\"")],
    ];
    for rows in cases {
        let seen = seen(HEAD.to_owned() + &rows.concat());
        assert_eq!((seen.summary.rows, seen.summary.records), (5, 5), "{rows:?}");
        let at: Vec<u64> = seen.records().iter().map(|r| r.place.row).collect();
        assert_eq!(at, [2, 3, 4, 5, 6]);
    }
    let middle = "Дата и время;Имя;Номер;Направление\n03.09.2025 10:01:00;\"Ром;79071112233;Вх\n\
        03.09.2025 10:02:00;б;79071112244;Вх\n03.09.2025 10:03:00;\"Лют\";79071112255;Вх\n";
    assert_eq!(seen(middle).summary.records, 3);
}

#[test]
fn a_table_saved_as_one_quoted_cell_a_row_is_still_a_table() {
    let rows = HEAD.to_owned() + &row(1, "ООО \"Ромашка\"") + &row(2, "");
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let whole = |line: &str| quoted(&line.split(';').map(quoted).collect::<Vec<_>>().join(";")) + "\r\n";
    let text: String = rows.lines().map(whole).collect();
    assert!(text.starts_with("\"\"\"Дата и время\"\";\"\"Номер\"\";"));
    let seen = seen(encoded(&text, "windows-1251"));
    assert_eq!((seen.summary.rows, seen.summary.records), (2, 2));
    assert_eq!(seen.told()[0], "2025-09-03T10:01:00+03:00 incoming answered +79071112233 12 ООО \"Ромашка\"");
}

#[test]
fn what_is_left_of_doubled_quotation_marks_is_no_part_of_a_value() {
    let seen = seen(
        "Дата и время;Номер;Направление;Длительность\n\
         \"\"03.09.2025 10:01:00\"\";\"\"79071112233\"\";\"\"Входящий\"\";\"\"00:12\"\"\n\
         =\"03.09.2025 10:02:00\";=\"79071112244\";Исходящий;=\"00:13\"\n",
    );
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:01:00+03:00 incoming answered +79071112233 12 -",
            "2025-09-03T10:02:00+03:00 outgoing answered +79071112244 13 -",
        ]
    );
}

#[test]
fn lengths_in_minutes_are_lengths_in_minutes() {
    let text = "Номер А; Номер Б; Начало звонка; Длительность, мин.; Направление; Сумма, руб.\n\
        79071110000; 79071112233; 03.09.2025 10:15:00; 2; исх; 3,50\n\
        79071112244; 79071110000; 03.09.2025 11:15:00; 1,5; вх; 0\n\
        79071112255; 79071110000; 03.09.2025 12:15:00; 0:45; вх; 0\n";
    let seen = seen(text);
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:00+03:00 outgoing answered +79071112233 120 -",
            "2025-09-03T11:15:00+03:00 incoming answered +79071112244 90 -",
            "2025-09-03T12:15:00+03:00 incoming answered +79071112255 45 -",
        ]
    );
    let called = "Начало;Номер Б;Направление;Длительность, мин.\n03.09.2025 10:15:00;79071112233;исх;2\n";
    assert_eq!(seen_of(called).told(), ["2025-09-03T10:15:00+03:00 outgoing answered +79071112233 120 -"]);
    assert_eq!(seen.what.duration_unit_s, 60, "reconciling allows for the rounding");
    let fractions = seen_of("Дата и время;Номер;Длительность\n45903,4270833333;79071112233;0,000752314814814815\n");
    assert_eq!(fractions.told(), ["2025-09-03T10:15:00+03:00 unknown answered +79071112233 65 -"]);
    let phone = seen_of("Date,Number,Duration (Seconds)\n2025-09-03 10:15:00,+79071112233,0.752314814\n");
    assert_eq!(phone.records()[0].duration_s, Some(0), "a phone counts parts of a second");
    for (head, seconds) in
        [("Длительность (мин:сек)", 2), ("Длительность, сек", 2), ("Длительность разговора (мин)", 120)]
    {
        let text = format!("Дата и время;Номер;{head}\n03.09.2025 10:15:00;79071112233;2\n");
        assert_eq!(seen_of(&text).records()[0].duration_s, Some(seconds), "{head}");
    }
}

fn seen_of(text: &str) -> crate::common::Seen {
    seen(text)
}

#[test]
fn exports_of_phones_are_read_by_their_headings() {
    let android = "ID,Phone Number,Caller Name,Call Type,Date,Duration (Seconds),SIM Slot,Network Type,Notes\n\
        1,+79071112233,ООО ВЕКТОРИЯ,Incoming,2025-09-03 10:15:00,65,1,LTE,\n\
        2,89071112244,,Missed,2025-09-03 10:16:00,0,1,LTE,\"a,b\"\n\
        3,,Unknown,Rejected,2025-09-03 10:18:00,0,2,LTE,\n";
    assert_eq!(
        seen(android).told(),
        [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 65 ООО ВЕКТОРИЯ",
            "2025-09-03T10:16:00+03:00 incoming missed +79071112244 0 -",
            "2025-09-03T10:18:00+03:00 incoming rejected  0 -",
        ]
    );
    let aleapp = "Call Date\tPhone Account Address\tPartner\tType\tDuration in Secs\tPartner Location\tCountry ISO\tData\n\
        2025-09-03 07:15:00\t+79071110000\t+79071112233\tIncoming <i data-feather=\"phone-incoming\"></i>\t65\t\tRU\t\n";
    let aleapp = seen(aleapp);
    // Its times are in UTC, and are shown by the clock of the line.
    assert_eq!(aleapp.told(), ["2025-09-03T10:15:00+03:00 incoming answered +79071112233 65 -"]);
    assert_eq!(aleapp.lines(), ["+79071110000"]);
    let ileapp = "Starting Timestamp\tEnding Timestamp\tService Provider\tCall Type\tCall Direction\tPhone Number\tAnswered\t\
        Call Duration\tFaceTime Data\tDisconnected Cause\tISO Country Code\tLocation\n\
        2025-09-03 07:15:00+00:00\t\tcom.apple.Telephony\tPhone Call\tIncoming\t+79071112233\tYes\t00:01:05\t\t\tru\t\n\
        2025-09-03 08:15:00+00:00\t\tcom.apple.Telephony\tPhone Call\tIncoming\t89071112233\tNo\t00:00:00\t\t\tru\t\n\
        2025-09-03 08:18:00.123456+00:00\t\tcom.apple.FaceTime\tFaceTime Audio\tOutgoing\ta@example.org\tNo\t00:00:10\t\t\tru\t\n\
        2025-09-03 08:19:00+00:00\t\tnet.whatsapp.WhatsApp\tThird Party\tIncoming\t79071112255@s.whatsapp.net\tYes\t00:00:10\t\t\t\t\n";
    assert_eq!(
        seen(ileapp).told(),
        [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 65 -",
            "2025-09-03T11:15:00+03:00 incoming missed +79071112233 0 -",
            "2025-09-03T11:18:00+03:00 outgoing answered a@example.org 10 -",
            "2025-09-03T11:19:00+03:00 incoming answered +79071112255 10 -",
        ],
        "the column of answers says nothing of outgoing calls"
    );
    let imazing = "Call type,Date,Duration,Number,Contact,Location,Service\n\
        Outgoing,2025-09-03 12:00:00,00:01:00,+79071112233,Вася,Russia,Phone: +79071110000\n\
        Missed,2025-09-03 12:01:00,00:00:00,+79071112244,,Russia,WhatsApp Video\n\
        Cancelled,2025-09-03 12:02:00,,+79071112244,,Russia,Signal Audio\n";
    assert_eq!(
        seen(imazing).told(),
        [
            "2025-09-03T12:00:00+03:00 outgoing answered +79071112233 60 Вася",
            "2025-09-03T12:01:00+03:00 incoming missed +79071112244 0 -",
            "2025-09-03T12:02:00+03:00 outgoing missed +79071112244 - -",
        ]
    );
    let iexplorer = "\"Contact\",\"Number\",\"Date\",\"Duration\",\"Call Type\",\"Unformatted Number\"\n\
        \"Unknown\",\"Unknown\",\"2025-09-03 09:46:48\",\"1:43\",\"Incoming\",\"\"\n";
    assert_eq!(seen(iexplorer).told(), ["2025-09-03T09:46:48+03:00 incoming answered  103 -"]);
}

#[test]
fn dates_are_read_in_the_words_of_their_programs() {
    let cases = [
        ("3 сент. 2025 г., 10:15:00", "10:15:00"),
        ("3 сентября 2025 10:15", "10:15:00"),
        ("03.09.2025, 10:15:00", "10:15:00"),
        ("Sep 3, 2025 10:15:00 PM", "22:15:00"),
        ("Sep 3, 2025, 12:15:00\u{202F}AM", "00:15:00"),
        ("03 Sep 2025, 10:15", "10:15:00"),
        ("2025/09/03 10:15", "10:15:00"),
        ("45903.4270833333", "10:15:00"),
    ];
    for (written, time) in cases {
        let seen = seen(format!("Дата звонка\tНомер\tТип\n{written}\t79071112233\tВх\n"));
        assert_eq!(seen.told(), [format!("2025-09-03T{time}+03:00 incoming unknown +79071112233 - -")], "{written}");
    }
}

#[test]
fn one_date_tells_for_the_whole_file_whether_the_month_comes_first() {
    let table = |dates: [&str; 2]| {
        let rows = dates.map(|date| format!("{date},+79071112233,Incoming,65\n"));
        seen(format!("Date,Number,Type,Duration\n{}", rows.concat()))
    };
    let days = |seen: &crate::common::Seen| -> Vec<String> { seen.told().iter().map(|t| t[..16].to_owned()).collect() };
    assert_eq!(days(&table(["9/3/2025 10:15", "9/25/2025 10:15"])), ["2025-09-03T10:15", "2025-09-25T10:15"]);
    assert_eq!(days(&table(["9/3/2025 10:15", "25/9/2025 10:15"])), ["2025-03-09T10:15", "2025-09-25T10:15"]);
    assert_eq!(days(&table(["9/3/2025 10:15 PM", "9/4/2025 1:15 AM"])), ["2025-09-03T22:15", "2025-09-04T01:15"]);
    assert_eq!(days(&table(["9/3/2025 10:15", "9/4/2025 10:15"])), ["2025-03-09T10:15", "2025-04-09T10:15"]);
}

#[test]
fn seconds_since_1970_are_moments_whatever_the_zone() {
    let text = "number,date,duration,name\n+79071112233,1756883700123,65,x\n+79071112244,1756883700,65,x\n";
    let omsk = Zone::parse("Asia/Omsk");
    for (zone, shown) in [(None, "10:15:00+03:00"), (omsk, "13:15:00+06:00")] {
        let seen = seen_with(text.as_bytes(), &ReadOptions { zone, ..ReadOptions::default() });
        assert!(seen.told().iter().all(|told| told.contains(shown)), "{:?}", seen.told());
        assert!(seen.dictionary.clocks.iter().all(|clock| clock.kind == ClockKind::Instant));
    }
}

#[test]
fn a_date_and_a_time_may_each_hold_a_whole_moment() {
    let seen = seen(
        "Дата;Время;Номер;Длительность\n\
         2025-09-03 00:00:00;10:15:07;79071112233;65\n\
         03.09.2025;2025-09-03 10:15:07;79071112233;66\n\
         03.09.2025 10:15:07;03.09.2025 10:15:07;79071112233;67\n\
         03.09.2025;10:15:07.000;79071112233;68\n\
         03.09.2025;10.15.07;79071112233;69\n\
         45903;0.427164351851852;79071112233;70\n\
         45903.427164351851852;45903,427164351851852;79071112233;71\n",
    );
    assert_eq!(seen.summary.records, 7, "{:?}", seen.problems());
    assert!(seen.told().iter().all(|told| told.starts_with("2025-09-03T10:15:07")), "{:?}", seen.told());
    let midnight = self::seen("Дата;Время;Номер\n45903;0;79071112233\n03.09.2025;;79071112233\n");
    let precision: Vec<_> = midnight.dictionary.clocks.iter().map(|c| c.precision).collect();
    assert_eq!(precision, [Precision::Second, Precision::Day], "midnight is a time, and no time is none");
}

#[test]
fn a_table_of_several_lines_names_each_above_its_part() {
    let seen = seen(
        HEAD.to_owned()
            + &row(1, "")
            + "Итого;;;;\nАбонент: 79071110001;;;;\n"
            + &row(2, "")
            + "\nАбонент;8 (907) 111-00-02;;;\nНомер;Дата и время;Длительность;Направление\n79071112244;03.09.2025 10:03:00;00:14;Исходящий\n",
    );
    assert_eq!(seen.lines(), ["+79071110001", "+79071110002"]);
    let lines: Vec<_> = seen.records().iter().map(|r| r.line).collect();
    assert_eq!(lines, [None, Some(0), Some(1)]);
    assert_eq!(seen.told()[2], "2025-09-03T10:03:00+03:00 outgoing answered +79071112244 14 -");
    assert_eq!((seen.summary.rows, seen.summary.skipped), (3, 5), "a total, two lines, a blank line, another header");
}

#[test]
fn the_number_of_a_contract_is_no_line() {
    let above = "Номер договора;9071110001;;;\nЛицевой счёт: 9071110002\nНомер заявки 9071110003\n";
    assert!(seen(above.to_owned() + HEAD + &row(1, "")).lines().is_empty());
    for above in [
        "Детализация оказанных услуг по Абонентскому номеру +79071110000\n",
        "Номер телефона: 8 (907) 111-00-00, тариф «Простой»\n",
        "Отчёт по номеру 9071110000 за период с 01.09.2025\n",
        "Абонент;;79071110000;;\n",
    ] {
        assert_eq!(seen(above.to_owned() + HEAD + &row(1, "")).lines(), ["+79071110000"], "{above}");
    }
}

#[test]
fn problems_are_told_in_both_languages() {
    let seen = seen(
        HEAD.to_owned() + "31.02.2025 10:00:00;79071112233;Вх;00:12;\n" + &row(1, "").replace("00:12", "??") + "a;b\n",
    );
    let told: Vec<_> = seen.summary.problems.iter().map(|p| (p.expected.as_str(), p.expected_en.as_str())).collect();
    assert_eq!(
        told,
        [
            ("дд.мм.гггг чч:мм:сс", "dd.mm.yyyy hh:mm:ss"),
            ("мм:сс", "mm:ss"),
            ("столбцов: 5, в строке: 2", "columns: 5, in the row: 2"),
        ]
    );
}

#[test]
fn what_was_expected_is_what_the_rows_before_hold() {
    let head = "Начало,Номер,Длительность\n2025-09-03 10:15:00,79071112233,00:01:05\n";
    let seen = seen(head.to_owned() + "вчера,79071112233,00:01:05\n2025-09-03 10:16:00,79071112233,долго\n");
    let expected: Vec<_> = seen.problems().iter().map(|(.., expected)| *expected).collect();
    assert_eq!(expected, ["гггг-мм-дд чч:мм:сс", "ч:мм:сс"]);
}

#[test]
fn every_cut_of_a_table_keeps_the_sums() {
    let text = HEAD.to_owned()
        + &row(1, "\"а\"\"б\"")
        + &row(2, "\"Ро\nма\"")
        + &row(3, "«;»")
        + "Итого;;;;\n\n"
        + &row(4, "x");
    for encoding in ["utf-8", "windows-1251", "utf-16le+bom"] {
        let bytes = encoded(&text, encoding);
        for length in 0..bytes.len() {
            let mut file = std::io::Cursor::new(&bytes[..length]);
            let options = ReadOptions::default();
            let Ok(what) = identify(&mut file, "f", &options) else { continue };
            if let Ok(s) = read(&mut file, "f", &what, &options, &mut Discard, &Silent) {
                let other: u64 = s.other.values().sum();
                assert_eq!(s.rows, s.records + other + s.problems.len() as u64 + s.repeats_in_file + s.other_lines);
            }
        }
    }
}

#[test]
fn a_repeated_row_of_another_part_is_a_repeat_still() {
    let seen = seen(HEAD.to_owned() + &row(1, "") + HEAD + &row(1, ""));
    assert!(matches!(seen.fates[1], RowFate::Repeat { of: 2, .. }));
    assert_eq!((seen.summary.rows, seen.summary.skipped), (2, 1));
}
