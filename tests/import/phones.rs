//! The phone's own call log.

use crate::common::{seen, seen_with};
use std::io::Cursor;
use ulika::import::{ReadOptions, rows_as_found};
use ulika::model::{ClockKind, SourceKind, Zone, ZoneBasis};

const LOG: &str = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n\
<!--File Created By SMS Backup & Restore v10.20.002 -->\n\
<?xml-stylesheet type=\"text/xsl\" href=\"calls.xsl\"?>\n\
<calls count=\"9\" backup_date=\"1756900000000\">\n\
<call number=\"+79071112233\" duration=\"12\" date=\"1756883700123\" type=\"1\" presentation=\"1\" readable_date=\"x\" contact_name=\"ООО ВЕКТОРИЯ\" />\n\
<call number=\"89071112244\" duration=\"7\" date=\"1756883701000\" type=\"2\" presentation=\"1\" contact_name=\"(Unknown)\" />\n\
<call number=\"9071112255\" duration=\"0\" date=\"1756883702000\" type=\"3\" presentation=\"1\" contact_name=\" \" />\n\
<call number=\"\" duration=\"0\" date=\"1756883703000\" type=\"5\" presentation=\"2\" contact_name=\"null\" />\n\
<call number=\"-2\" duration=\"0\" date=\"1756883704000\" type=\"6\" presentation=\"2\" contact_name=\"\" />\n\
<call number=\"900\" duration=\"30\" date=\"1756883705000\" type=\"4\" presentation=\"1\" contact_name='Банк \"900\" &amp; Ко' />\n\
<call number=\"+79071112266\" duration=\"5\" date=\"1756883706000\" type=\"7\" presentation=\"1\" post_dial_digits=\"null\" contact_name=\"Кот &#55357;&#56832; &#x1F600; &foo;\" />\n\
<call number=\"+79071112277\" duration=\"0\" date=\"1756883707000\" type=\"1\" presentation=\"1\" contact_name=\"(Unknown)\" />\n\
<call number=\"+79071112288\" duration=\"0\" date=\"1756883708000\" type=\"23\" presentation=\"1\" contact_name=\"(Unknown)\" />\n\
</calls>";

#[test]
fn every_code_and_every_kind_of_name_is_read() {
    let seen = seen(LOG);
    assert_eq!((seen.what.recipe.as_str(), seen.what.kind), ("sms-backup-restore", SourceKind::Phone));
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 12 ООО ВЕКТОРИЯ",
            "2025-09-03T10:15:01+03:00 outgoing answered +79071112244 7 -",
            "2025-09-03T10:15:02+03:00 incoming missed +79071112255 0 -",
            "2025-09-03T10:15:03+03:00 incoming rejected  0 -",
            "2025-09-03T10:15:04+03:00 incoming blocked  0 -",
            "2025-09-03T10:15:05+03:00 incoming voicemail 900 30 Банк \"900\" & Ко",
            "2025-09-03T10:15:06+03:00 incoming answered +79071112266 5 Кот 😀 😀 &foo;",
            "2025-09-03T10:15:07+03:00 incoming unknown +79071112277 0 -",
            "2025-09-03T10:15:08+03:00 unknown unknown +79071112288 0 -",
        ]
    );
}

#[test]
fn times_are_instants_and_the_zone_is_only_how_they_are_shown() {
    let omsk = Zone::parse("Asia/Omsk");
    let cases = [
        (None, None, Some(Zone::UTC), ZoneBasis::Recipe, ZoneBasis::Assumed, "10:15:00+03:00"),
        (None, omsk, Some(Zone::UTC), ZoneBasis::Recipe, ZoneBasis::Line, "13:15:00+06:00"),
        (omsk, None, omsk, ZoneBasis::Given, ZoneBasis::Given, "13:15:00+06:00"),
    ];
    for (zone, line_zone, file_zone, file_basis, basis, shown) in cases {
        let seen = seen_with(LOG.as_bytes(), &ReadOptions { zone, line_zone, ..ReadOptions::default() });
        assert_eq!((seen.summary.zone, seen.summary.zone_basis), (file_zone, Some(file_basis)));
        assert_eq!((seen.dictionary.clocks[0].kind, seen.dictionary.clocks[0].basis), (ClockKind::Instant, basis));
        assert!(seen.told()[0].contains(shown), "{}", seen.told()[0]);
        assert_eq!(seen.records()[0].reading, 1_756_883_700, "milliseconds are cut off, never rounded up");
    }
}

#[test]
fn only_rows_equal_in_every_attribute_are_repeats() {
    let call =
        |more: &str| format!("<call number=\"+79071112233\" duration=\"0\" date=\"1756883700000\" type=\"3\" {more}/>");
    let log = format!("<calls>{}{}{}</calls>", call("sim=\"1\""), call("sim=\"1\""), call("sim=\"2\""));
    let seen = seen(log);
    assert_eq!((seen.summary.records, seen.summary.repeats_in_file), (2, 1));
}

#[test]
fn a_row_keeps_its_bytes_whatever_stands_before_it() {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    bytes.extend_from_slice(LOG.as_bytes());
    let seen = seen(&bytes);
    for (record, ordinal) in seen.records().iter().zip(1..) {
        assert_eq!(record.place.row, ordinal);
        let row = &bytes[record.place.offset as usize..][..record.place.length as usize];
        assert!(row.starts_with(b"<call ") && row.ends_with(b"/>"), "{}", String::from_utf8_lossy(row));
    }
    let found = rows_as_found(&mut Cursor::new(&bytes), &seen.what, &[(0, 2), (0, 7)]).unwrap();
    assert_eq!(found[0].columns, ["number", "duration", "date", "type", "presentation", "contact_name"]);
    assert_eq!(found[1].cells[5], "null", "literals are shown as they stand");
}

#[test]
fn a_bad_byte_costs_one_character_and_not_the_file() {
    let bytes = LOG.replace("ВЕКТОРИЯ", "\u{1}").into_bytes();
    let at = bytes.iter().position(|b| *b == 1).unwrap();
    let mut bytes = bytes;
    bytes[at] = 0xFF;
    let seen = seen(&bytes);
    assert_eq!(seen.summary.records, 9);
    assert_eq!(seen.dictionary.labels[0], "ООО ?");
}

#[test]
fn a_date_that_no_phone_can_have_seen_is_a_problem() {
    let call = |date: &str| format!("<call number=\"+79071112233\" duration=\"0\" date=\"{date}\" type=\"3\"/>");
    let dates = ["null", "0", "-5", "1756883700", "99999999999999999", "99999999999999999999999", "1756883700000"];
    let seen = seen(format!("<calls>{}</calls>", dates.map(call).concat()));
    let problems: Vec<u64> = seen.problems().iter().map(|(row, ..)| *row).collect();
    assert_eq!((problems, seen.summary.records), (vec![1, 2, 3, 4, 5, 6], 1));
}

#[test]
fn a_declaration_of_names_alone_is_passed_over() {
    let call = "<call number=\"+79071112233\" duration=\"1\" date=\"1756883700000\" type=\"1\"/>";
    let named = format!(
        "<!DOCTYPE calls [<!ELEMENT calls (call*)><!ATTLIST call number CDATA #IMPLIED>]><calls>{call}</calls>"
    );
    assert_eq!(seen(named).summary.records, 1);
}

#[test]
fn an_empty_log_has_no_rows() {
    crate::common::refusal("<?xml version='1.0'?><calls count=\"0\"></calls>", ulika::error::Code::NoRows);
}
