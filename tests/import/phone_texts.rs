//! What programs print and save of a phone's log: dumps, reports, tables, pages.

use crate::common::{Chance, encoded, refusal, seen, try_with};
use std::io::Cursor;
use ulika::error::Code;
use ulika::import::{ReadOptions, rows_as_found};
use ulika::model::{NumberKind, SourceKind, ZoneBasis};

fn row(number: usize, name: &str) -> String {
    format!(
        "Row: {number} duration=12, subject=, number=+7907111223{number}, countryiso=RU, _id={}, name={name}, \
         date=1756883700123, type=1, asserted_display_name=NULL\n",
        100 + number
    )
}

#[test]
fn a_value_of_a_dump_ends_only_where_the_next_key_begins() {
    let names = ["NULL", "Иванов, Пётр", "a=b, c=d", "x, type=9, date=1", "Дом\nвторой этаж", "", "Ы, number=1, _id=2"];
    let text: String = names.iter().enumerate().map(|(at, name)| row(at, name)).collect();
    let seen = seen(&text);
    assert_eq!((seen.what.recipe.as_str(), seen.what.kind), ("android-provider-dump", SourceKind::Phone));
    let told = seen.told();
    for (at, (told, name)) in told.iter().zip(names).enumerate() {
        let shown = if matches!(name, "NULL" | "") { "-" } else { name };
        assert_eq!(*told, format!("2025-09-03T10:15:00+03:00 incoming answered +7907111223{at} 12 {shown}"));
    }
    assert_eq!((told.len(), seen.summary.records, seen.summary.problems.len()), (7, 7, 0));
    // Places are lines, and bytes of the file.
    let records = seen.records();
    assert_eq!(records.iter().map(|r| r.place.row).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 7, 8]);
    let bytes = &text.as_bytes()[records[4].place.offset as usize..][..records[4].place.length as usize];
    assert!(bytes.starts_with(b"Row: 4 ") && bytes.ends_with(b"=NULL"), "{}", String::from_utf8_lossy(bytes));
    let found = rows_as_found(&mut Cursor::new(&text), &seen.what, &[(0, 3)]).unwrap();
    assert_eq!(found[0].cells[5], "a=b, c=d");
}

#[test]
fn a_dump_comes_out_of_any_terminal() {
    let text = format!(
        "$ adb shell content query --uri content://call_log/calls\n\n{}{}{}",
        row(0, "А"),
        row(1, "Б"),
        row(2, "В")
    );
    for (encoding, end) in
        [("utf-8", "\n"), ("utf-8", "\r\r\n"), ("utf-16le+bom", "\r\n"), ("windows-1251", "\r\n"), ("utf-8+bom", "\n")]
    {
        let seen = seen(encoded(&text.replace('\n', end), encoding));
        assert_eq!((seen.summary.records, seen.dictionary.labels.join("")), (3, "АБВ".to_owned()), "{encoding}");
        assert!(seen.summary.skipped >= 1, "what stands above is counted");
    }
}

#[test]
fn a_row_of_a_dump_that_breaks_off_is_shown() {
    let whole: String = (0..9).map(|at| row(at, "А")).collect();
    let text = &whole[..whole.len() - row(8, "А").len() + 30];
    let seen = seen(text);
    assert_eq!((seen.summary.rows, seen.summary.records), (9, 8));
    assert_eq!(seen.problems()[0].0, 9);
}

#[test]
fn a_dump_of_something_else_is_no_call_log() {
    let sms: String = (0..5)
        .map(|at| format!("Row: {at} _id={at}, address=900, date=1756883700123, type=1, body=Код, 1\n"))
        .collect();
    refusal(sms, Code::RecipeUnknown);
}

#[test]
fn changed_bytes_of_a_dump_or_a_page_do_no_harm() {
    let dump: String = (0..30).map(|at| row(at % 10, "Имя, type=5")).collect();
    let page = page("Received call from", "+79071112233", "Маша", "<abbr class='duration' title='PT4S'>");
    let mut chance = Chance(9);
    let mut next = |below: usize| chance.below(below);
    let mut read = 0;
    for turn in 0..800 {
        let mut bytes = if turn % 2 == 0 { dump.clone() } else { page.clone() }.into_bytes();
        for _ in 0..=next(20) {
            let at = next(bytes.len());
            // Marks of the form itself as often as any byte.
            bytes[at] = if next(2) == 0 { b"<>=\"', :&;\n"[next(11)] } else { next(256) as u8 };
        }
        if next(3) == 0 {
            bytes.truncate(1 + next(bytes.len()));
        }
        // Sums are checked where it is read.
        read += usize::from(try_with(&bytes, &ReadOptions::default()).is_ok());
    }
    assert!(read > 200, "{read} were read");
}

#[test]
fn a_report_in_utc_is_shown_by_the_clock_of_the_line() {
    let text = "Call Date\tPhone Account Address\tPartner\tType\tDuration in Secs\tPartner Location\tCountry ISO\tData\tMime Type\tTranscription\tDeleted\n\
        2025-09-03 07:15:00\t \t+79071112233\t\"Incoming <i data-feather=\"\"phone-incoming\"\" stroke=\"\"green\"\"></i>\"\t12\t \tRU\t \t \t \t0\n\
        2025-09-03 07:16:00+00:00\t79350001122\t\t<i data-feather='phone-missed'></i> Missed\t0\t \tRU\t \t \t \t0\n\
        2025-09-03 07:17:00\t \t900\tUnknown\t0\t \tRU\t \t \t \t1\n";
    let seen = seen(text);
    assert_eq!(seen.what.recipe, "aleapp-call-logs");
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 12 -",
            "2025-09-03T10:16:00+03:00 incoming missed  0 -",
            "2025-09-03T10:17:00+03:00 unknown unknown 900 0 -",
        ]
    );
    assert_eq!(seen.lines(), ["+79350001122"]);
    assert_eq!(seen.dictionary.services, ["Type=Unknown"], "a word that says nothing is kept");
}

#[test]
fn both_heads_of_the_iphone_report_are_known() {
    let new = "Call Date/Time,Call End Date/Time,Service Provider,Call Type,Call Direction,Phone Number,Call Description,Answered,Call Duration,FaceTime Data,Disconnected Cause,ISO Country Code,Location\n\
        2025-09-03 07:15:00+00:00,2025-09-03 07:15:12+00:00,com.apple.Telephony,Phone,Outgoing,+79071112233,,No,00:00:12,,Ended,RU,\n\
        2025-09-03 07:16:00+00:00,No Call Duration,com.apple.FaceTime,FaceTime Audio,Incoming,+79071112233,,No,00:00:00,,Missed,RU,\n";
    let old = "Timestamp\tPhone Number\tName\tAnswered\tCall Type\tCall Direction\tCall Duration\tISO Country Code\tLocation\tService Provider\n\
        2025-09-03 07:15:00\t+79071112233\tМаша\tYes\tPhone\tIncoming\t01:00:12\tRU\t\tcom.apple.Telephony\n";
    let oldest = "Timestamp,Call ID,Address,Was Answered,Call Type,Originated,Duration in Secs,ISO Country Code,Location,Service Provider\n\
        2025-09-03 07:15:00,5,+79071112233,0,1,1,12.5,ru,,com.apple.Telephony\n";
    assert_eq!(
        seen(new).told(),
        [
            "2025-09-03T10:15:00+03:00 outgoing answered +79071112233 12 -",
            "2025-09-03T10:16:00+03:00 incoming missed +79071112233 0 -",
        ]
    );
    assert_eq!(seen(new).dictionary.services, ["com.apple.Telephony", "com.apple.FaceTime"]);
    assert_eq!(seen(old).told(), ["2025-09-03T10:15:00+03:00 incoming answered +79071112233 3612 Маша"]);
    assert_eq!(seen(oldest).told(), ["2025-09-03T10:15:00+03:00 outgoing answered +79071112233 12 -"]);
}

#[test]
fn a_table_without_a_header_is_told_by_its_first_row() {
    let text = "Incoming,02/06/17 09:45,00:01:43,+46879111111,Bob Smith\nOutgoing,02/06/17 10:42,00:02:10,,\n\
        Missed,23/06/17 10:42,00:00:00,Unknown,\n";
    let seen = seen(text);
    assert_eq!(seen.what.recipe, "imazing2-csv");
    assert_eq!(
        seen.told(),
        [
            "2017-06-02T09:45:00+03:00 incoming answered +46879111111 103 Bob Smith",
            "2017-06-02T10:42:00+03:00 outgoing answered  130 -",
            "2017-06-23T10:42:00+03:00 incoming missed  0 -",
        ]
    );
    assert_eq!((seen.summary.skipped, seen.summary.zone_basis), (0, Some(ZoneBasis::Assumed)));
    // One date that no month has says that months come first.
    let swapped = text.replace("23/06/17", "06/23/17");
    assert!(crate::common::seen(swapped).told()[0].starts_with("2017-02-06T09:45"));
}

#[test]
fn calls_of_other_programs_are_calls_with_their_service() {
    let text = "Call type,Date,Duration,Number,Contact,Location,Service\n\
        Outgoing,2024-01-01 12:00:00,00:01:00,+79071112233,Маша,Russia,Phone: +79350001122\n\
        Incoming,2024-01-01 13:00:00,00:00:10,+79071112233,Маша,Russia,WhatsApp Video\n\
        Missed,2024-01-01 14:00:00,00:00:00,,,,Signal Audio\n";
    let seen = seen(text);
    assert_eq!((seen.what.recipe.as_str(), seen.summary.records), ("imazing-csv", 3));
    assert_eq!(seen.dictionary.services, ["Phone: +79350001122", "WhatsApp Video", "Signal Audio"]);
    assert_eq!(seen.told()[2], "2024-01-01T14:00:00+03:00 incoming missed  0 -");
}

#[test]
fn tables_of_other_exporters_are_read_by_their_headings() {
    let texts = [
        "ID,Phone Number,Caller Name,Call Type,Date,Duration (Seconds),SIM Slot,Network Type,Notes\n\
         1,+79071112233,Маша,INCOMING,2025-09-03 10:15:00,12,1,LTE,\n2,+79071112244,,MISSED,2025-09-03 10:16:00,0,1,LTE,\n",
        "Contact Name,Phone Number,Call Type,Date,Duration\n\
         Маша,+79071112233,Incoming,2025-09-03 10:15:00,12\n,+79071112244,Missed,2025-09-03 10:16:00,0\n",
    ];
    for text in texts {
        let seen = seen(text);
        assert_eq!(
            seen.told(),
            [
                "2025-09-03T10:15:00+03:00 incoming answered +79071112233 12 Маша",
                "2025-09-03T10:16:00+03:00 incoming missed +79071112244 0 -",
            ],
            "{text}"
        );
    }
}

fn page(title: &str, number: &str, name: &str, length: &str) -> String {
    format!(
        "<html><head><title>{title} {name}</title></head><body><div class=\"haudio\"><span class=\"album\">Call Log for</span>\
         <span class=\"fn\">{title}\n{name}</span><div class=\"contributor vcard\">{title} <a class=\"tel\" href=\"tel:{number}\">\
         <span class=\"fn\">{name}</span></a></div><abbr class=\"published\" title=\"2014-05-16T19:54:27.000-07:00\">May 16</abbr>\
         {length}</div></body></html>"
    )
}

#[test]
fn the_title_of_a_page_says_which_way_its_call_went_where_the_call_has_only_a_name() {
    let whole = page("Placed call to", "+79071112233", "Маша", "<abbr class='duration' title='PT4S'>");
    let only_name = whole.replacen("<span class=\"fn\">Placed call to\nМаша", "<span class=\"fn\">\nМаша", 1);
    assert_ne!(whole, only_name);
    assert_eq!(seen(&only_name).told(), seen(&whole).told());
    assert!(seen(&only_name).told()[0].contains("outgoing"));
}

#[test]
fn a_page_of_a_call_states_its_way_its_length_and_its_offset() {
    let long = "<abbr class=\"duration\" title=\"PT1H2M3S\">(01:02:03)</abbr>";
    let cases = [
        ("Received call from", "+79071112233", "Маша &amp; Ко", long, "incoming answered +79071112233 3723 Маша & Ко"),
        (
            "Placed call to",
            "+79071112233",
            "+79071112233",
            "<abbr class='duration' title='PT4S'>",
            "outgoing answered +79071112233 4 -",
        ),
        ("Missed call from", "", "", "", "incoming missed  - -"),
        ("Voicemail from", "+79071112233", "Маша", long, "incoming voicemail +79071112233 3723 Маша"),
    ];
    for (title, number, name, length, told) in cases {
        let seen = seen(page(title, number, name, length));
        assert_eq!(
            (seen.what.recipe.as_str(), seen.told()),
            ("google-voice", vec![format!("2014-05-16T19:54:27-07:00 {told}")])
        );
        assert_eq!(seen.summary.zone_basis, Some(ZoneBasis::Stated));
    }
    let texts = page("Text from", "+79071112233", "Маша", "").replace("haudio", "hChatLog hfeed");
    refusal(texts, Code::FormatUnknown);
}

#[test]
fn a_makers_backup_is_known_by_either_root() {
    for root in ["CallLog", "callrecord"] {
        let text = format!(
            "<?xml version='1.0' standalone='no' ?><{root}><CALL_RECORDS _id=\"1\" number=\"+79071112233\" duration=\"0\" type=\"3\" \
             date=\"1756883700123\" name=\" \" numbertype=\"0\" numberlabel=\" \" ring_time=\"4\" new=\"0\"/>\
             <CALL_RECORDS _id=\"2\" number=\"-1\" duration=\"5\" type=\"30\" date=\"1756883701123\" name=\"Маша\"/></{root}>"
        );
        let seen = seen(&text);
        assert_eq!(seen.what.recipe, "oppo-xml");
        assert_eq!(
            seen.told(),
            [
                "2025-09-03T10:15:00+03:00 incoming missed +79071112233 0 -",
                "2025-09-03T10:15:01+03:00 unknown answered  5 Маша",
            ]
        );
        assert_eq!(seen.dictionary.services, ["type=30"]);
        let found = rows_as_found(&mut Cursor::new(&text), &seen.what, &[(0, 1)]).unwrap();
        let at = found[0].columns.iter().position(|column| column == "ring_time").unwrap();
        assert_eq!(found[0].cells[at], "4", "how long it rang stays in the row");
    }
}

#[test]
fn attributes_may_be_absent_from_the_first_row() {
    let text = "<calls count=\"2\"><call date=\"1756883700123\" type=\"3\" duration=\"0\"/>\
        <call type=\"2\" duration=\"5\" number=\"+79071112233\" date=\"1756883701123\"/></calls>";
    assert_eq!(seen(text).told().len(), 2);
}

#[test]
fn a_withheld_number_is_hidden_however_the_phone_writes_it() {
    // What the provider calls restricted, unknown and a payphone, as numbers and as texts.
    let numbers = [("", 2), ("-1", 3), ("-2", 2), ("-3", 4), ("null", 3), ("Unknown", 3), ("Private", 2)];
    let calls: String = numbers
        .iter()
        .enumerate()
        .map(|(at, (number, presentation))| {
            format!(
                "<call number=\"{number}\" duration=\"null\" date=\"{}\" type=\"1\" presentation=\"{presentation}\" \
                 subscription_id=\"null\" contact_name=\"null\" />",
                1_756_883_700_123_u64 + at as u64 * 1000
            )
        })
        .collect();
    let seen = seen(format!("<calls count=\"7\">{calls}</calls>"));
    assert_eq!((seen.summary.records, seen.summary.problems.len()), (7, 0));
    for record in seen.records() {
        let (raw, number) = &seen.dictionary.spellings[record.spelling as usize];
        assert_eq!(number.kind, NumberKind::Hidden, "{raw}");
        assert_eq!((record.duration_s, record.label), (None, None));
    }
    // A number that stands there is kept, whatever its presentation.
    let shown = crate::common::seen(
        "<calls><call number=\"+79071112233\" duration=\"5\" date=\"1756883700123\" type=\"1\" presentation=\"2\"/></calls>",
    );
    assert_eq!(shown.told(), ["2025-09-03T10:15:00+03:00 incoming answered +79071112233 5 -"]);
}
