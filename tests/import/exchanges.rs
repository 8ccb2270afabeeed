//! Exchanges: legs that are one call, directions out of extensions and contexts, zones out of ids, dumps of tables.

use crate::common::{Chance, refusal, seen, seen_with, try_with};
use std::io::Cursor;
use ulika::error::Code;
use ulika::import::{ReadOptions, identify, rows_as_found};
use ulika::model::{RowFate, Zone, ZoneBasis};

/// A row of cdr_csv; `tail` is what stands behind the flags.
fn leg(from: &str, to: &str, context: &str, start: &str, billsec: u32, end: &str, tail: &str) -> String {
    format!(
        "\"\",\"{from}\",\"{to}\",\"{context}\",\"\"\"x\"\" <{from}>\",\"SIP/a-1\",\"SIP/b-2\",\"Dial\",\"SIP/b\",\"{start}\",\"\",\
         \"{start}\",\"70\",\"{billsec}\",\"{end}\",\"DOCUMENTATION\"{tail}\n"
    )
}

/// The columns from uniqueid to sequence.
fn ids(unique: &str, linked: &str) -> String {
    format!(",\"{unique}\",\"\",\"\",\"{linked}\",\"1\"")
}

#[test]
fn legs_of_one_call_are_its_first_row_with_the_answered_legs_length() {
    let text = [
        // The queue rings at two extensions; the second takes the call, and its row was written first.
        leg(
            "89071112233",
            "202",
            "from-internal",
            "2025-09-03 07:15:42",
            34,
            "ANSWERED",
            &ids("1756883742.7", "1756883700.1"),
        ),
        leg(
            "89071112233",
            "600",
            "from-trunk",
            "2025-09-03 07:15:00",
            0,
            "NO ANSWER",
            &ids("1756883700.1", "1756883700.1"),
        ),
        leg("89071112233", "203", "ext-queues", "2025-09-03 07:15:20", 0, "BUSY", &ids("1756883720.5", "1756883700.1")),
        // Another call of the same number a minute later that nobody took.
        leg(
            "89071112233",
            "600",
            "from-trunk",
            "2025-09-03 07:16:40",
            0,
            "NO ANSWER",
            &ids("1756883800.9", "1756883800.9"),
        ),
        leg(
            "89071112233",
            "202",
            "ext-queues",
            "2025-09-03 07:16:45",
            0,
            "NO ANSWER",
            &ids("1756883805.9", "1756883800.9"),
        ),
        // The exchange connects an extension first and somebody outside afterwards.
        leg("", "201", "default", "2025-09-03 07:20:00", 0, "NO ANSWER", &ids("1756884000.1", "1756884000.1")),
        leg(
            "201",
            "89435556677",
            "default",
            "2025-09-03 07:20:04",
            12,
            "ANSWERED",
            &ids("1756884004.2", "1756884000.1"),
        ),
    ]
    .concat();
    let seen = seen(&text);
    assert_eq!(seen.what.recipe, "asterisk-cdr-csv");
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T07:15:00+00:00 incoming answered +79071112233 34 -",
            "2025-09-03T07:16:40+00:00 incoming missed +79071112233 0 -",
            "2025-09-03T07:20:00+00:00 incoming answered 12 -"
        ]
        .map(|line| line.replace("incoming answered 12", "outgoing answered +79435556677 12"))
    );
    let repeats: Vec<(u64, u64)> = seen
        .fates
        .iter()
        .filter_map(|fate| if let RowFate::Repeat { place, of } = fate { Some((place.row, *of)) } else { None })
        .collect();
    assert_eq!(repeats, [(2, 1), (3, 1), (5, 4), (7, 6)], "every further leg names the first");
    assert_eq!((seen.summary.zone, seen.summary.zone_basis), (Zone::parse("+00:00"), Some(ZoneBasis::Stated)));
}

#[test]
fn without_a_common_id_only_the_channels_own_joins_rows_and_without_any_none_does() {
    let row = |tail: &str| leg("89071112233", "202", "from-trunk", "2025-09-03 10:15:00", 30, "ANSWERED", tail);
    let own = [
        row(",\"1756883700.1\",\"\""),
        leg("89071112233", "203", "from-trunk", "2025-09-03 10:15:30", 0, "NO ANSWER", ",\"1756883700.1\",\"\""),
    ]
    .concat();
    let joined = seen(&own);
    assert_eq!((joined.summary.records, joined.summary.repeats_in_file), (1, 1));
    assert_eq!(joined.told(), ["2025-09-03T10:15:00+03:00 incoming answered +79071112233 30 -"]);
    // Sixteen columns: no ids at all. Equal rows repeat one another as in any file; the zone is not known.
    let bare =
        seen(row("") + &row("") + &leg("89071112233", "203", "from-trunk", "2025-09-03 10:15:30", 0, "NO ANSWER", ""));
    assert_eq!((bare.summary.records, bare.summary.repeats_in_file), (2, 1));
    assert_eq!(bare.summary.zone_basis, Some(ZoneBasis::Assumed));
    // An account that is shared by all rows is no id of a call, though it stands where one is looked for.
    let account = |unique: &str| format!(",\"{unique}\",\"\",\"\",\"office\",\"1\"");
    let two = seen(
        row(&account("1756883700.1"))
            + &leg("89435556677", "203", "from-trunk", "2025-09-03 11:15:30", 9, "ANSWERED", &account("1756887330.4")),
    );
    assert_eq!((two.summary.records, two.summary.repeats_in_file), (2, 0));
}

#[test]
fn a_zone_that_the_person_gives_goes_before_that_of_the_ids() {
    let text = leg("89071112233", "202", "from-trunk", "2025-09-03 10:15:00", 30, "ANSWERED", ",\"1756883700.1\",\"\"");
    let options = ReadOptions { zone: Zone::parse("Asia/Irkutsk"), ..ReadOptions::default() };
    let given = seen_with(text.as_bytes(), &options);
    assert_eq!(given.told(), ["2025-09-03T10:15:00+08:00 incoming answered +79071112233 30 -"]);
    assert_eq!(given.summary.zone_basis, Some(ZoneBasis::Given));
}

#[test]
fn extensions_and_contexts_tell_the_direction_and_calls_inside_the_office_have_none() {
    let row = |from: &str, to: &str, context: &str, n: u32| {
        leg(
            from,
            to,
            context,
            &format!("2025-09-03 10:15:{n:02}"),
            5,
            "ANSWERED",
            &format!(",\"17568837{n:02}.1\",\"\""),
        )
    };
    let cases = [
        ("201", "89071112233", "from-internal", "outgoing +79071112233"),
        ("74951112233", "89071112233", "from-internal", "outgoing +79071112233"),
        ("89071112233", "s", "default", "incoming +79071112233"),
        ("89071112233", "84951112233", "from-trunk", "incoming +79071112233"),
        ("900", "84951112233", "from-trunk", "incoming 900"),
        ("anonymous", "202", "from-trunk", "incoming "),
        ("", "202", "incoming-sip", "incoming "),
        ("201", "202", "from-internal", "unknown 201"),
        ("client1", "6789", "default", "unknown client1"),
        ("201", "*97", "from-internal", "unknown 201"),
        ("8107924651\u{FFFD}b", "202", "default", "incoming 8107924651\u{FFFD}b"),
    ];
    let text: String = cases.iter().zip(0..).map(|((from, to, context, _), n)| row(from, to, context, n)).collect();
    let told = seen(&text).told();
    assert_eq!(told.len(), cases.len());
    for (line, (_, _, _, expected)) in told.iter().zip(cases) {
        let words: Vec<&str> = line.split(' ').collect();
        assert_eq!(format!("{} {}", words[1], words[3]), expected, "{line}");
    }
}

#[test]
fn a_minute_of_a_call_that_ended_as_not_answered_is_stated_as_it_is() {
    let text = leg("89071112233", "202", "from-trunk", "2025-09-03 10:15:00", 60, "NO ANSWER", "");
    assert_eq!(seen(&text).told(), ["2025-09-03T10:15:00+03:00 incoming missed +79071112233 60 -"]);
}

#[test]
fn a_dump_gives_the_rows_of_its_table_of_calls_and_each_is_found_again() {
    let text = "-- a comment; with 'marks\n/* INSERT INTO `cdr` VALUES (1); */\n\
        CREATE TABLE `asterisk`.`cdr` (\n `calldate` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',\n `src` varchar(80), `dst` varchar(80),\n\
        `dcontext` varchar(80), `billsec` int(11), `disposition` varchar(45), `uniqueid` varchar(32), `clid` text,\n KEY `calldate` (`calldate`)) ENGINE=InnoDB;\n\
        INSERT INTO `asterisk`.`cdr` VALUES ('2025-09-03 10:15:00','89071112233','202','from-trunk',34,'ANSWERED','1756883700.1','\\'a\\'; (b), c'),\n\
        ('2025-09-03 10:16:00','202','89435556677','from-internal',0,'NO ANSWER',NULL,_binary 'x');\n\
        insert into other (a,b) values (1,2),(3,4);\n\
        INSERT INTO cdr (`uniqueid`,`calldate`,`src`,`dst`,`dcontext`,`billsec`,`disposition`) VALUES ('1756883900.1','2025-09-03 10:18:20','201','202','from-internal',7,'ANSWERED');\n";
    let whole = seen(text);
    assert_eq!((whole.what.recipe.as_str(), whole.summary.records, whole.summary.rows), ("freepbx-cdr", 3, 3));
    assert_eq!(
        whole.told(),
        [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 34 -",
            "2025-09-03T10:16:00+03:00 outgoing missed +79435556677 0 -",
            "2025-09-03T10:18:20+03:00 unknown answered 201 7 -"
        ]
    );
    let places: Vec<(u32, u64)> = whole.records().iter().map(|r| (r.place.sheet, r.place.row)).collect();
    let found = rows_as_found(&mut Cursor::new(text.as_bytes()), &whole.what, &places).unwrap();
    assert_eq!(found[0].cells[7], "'a'; (b), c");
    assert_eq!((found[1].cells[5].as_str(), found[1].cells[6].as_str()), ("NO ANSWER", ""));
    assert_eq!((found[2].columns[0].as_str(), found[2].cells[0].as_str()), ("uniqueid", "1756883900.1"));
    // A dump that breaks off inside a text says so.
    let broken = &text[..text.find("(b), c").unwrap()];
    refusal(broken, Code::FileTruncated);
}

#[test]
fn numbers_and_words_of_rented_exchanges() {
    let mango = "[];1756883700;1756883760;1756883726;;79071112233;1112;sip:anna@x.invalid;1110;74951112233;abonent;a==\n\
        [];1756883800;1756883830;0;;79071112233;;74951112233;1170;74951112233;ivr;b==\n\
        [1];1756883900;1756883930;1756883902;1112;sip:anna@x.invalid;;79435556677;1121;;abonent;c==\n\
        [];1756884000;1756884010;1756884002;1112;sip:anna@x.invalid;;sip:oleg@x.invalid;1110;;abonent;d==\n";
    let seen_mango = seen(mango);
    assert_eq!(seen_mango.what.recipe, "mango-stats");
    assert_eq!(seen_mango.lines(), ["+74951112233"]);
    let told: Vec<String> = seen_mango.told().iter().map(|line| line[26..].to_owned()).collect();
    assert_eq!(
        told,
        [
            "incoming answered +79071112233 34 -",
            "incoming missed +79071112233 0 -",
            "outgoing answered +79435556677 28 -",
            "unknown answered sip:anna@x.invalid 8 -"
        ]
        .map(|line| line.replace("sip:anna", "anna"))
    );
    let sipuni = "Тип;Статус;Время;Схема;Откуда;Куда;Кто ответил;Длительность звонка, сек;Длительность разговора, сек;ID записи;;\n\
        Входящий;отвечен;03.09.2025 12:15:00;А;79071112233;74951112233;201;40;34;1756890900.5;;\n\
        исходящий;не отвечен;03.09.2025 12:16:40;А;201;79435556677;;20;0;1756891000.6;;\n";
    let told = seen(sipuni).told();
    assert_eq!(told[0], "2025-09-03T12:15:00+03:00 incoming answered +79071112233 34 -");
    assert_eq!(told[1], "2025-09-03T12:16:40+03:00 outgoing missed +79435556677 0 -");
}

#[test]
fn damaged_dumps_and_logs_are_read_or_refused_and_nothing_falls_over() {
    let samples = ["freepbx-cdr.sql", "asterisk-cdr-csv.csv", "mango-stats.csv", "onec-calls.txt", "mts-pdf.txt"];
    for name in samples {
        let path = format!("{}/sample-data/recipes/{name}", env!("CARGO_MANIFEST_DIR"));
        let whole = std::fs::read(path).unwrap();
        let mut chance = Chance(0x2545_F491_4F6C_DD1D);
        let mut next = |below: usize| chance.below(below);
        let mut read = 0;
        for _ in 0..40 {
            let mut bytes = whole.clone();
            for _ in 0..1 + next(12) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes[at] = next(256) as u8,
                    1 => drop(bytes.drain(at..(at + 1 + next(40)).min(bytes.len()))),
                    2 => bytes.insert(at, b"'\"`(),;\\\n\t\0*"[next(12)]),
                    _ => bytes.truncate(at.max(200)),
                }
            }
            // Sums are checked by the reading itself.
            read += usize::from(try_with(&bytes, &ReadOptions::default()).is_ok());
        }
        assert!(read > 3, "{name}: hardly anything was read ({read})");
    }
}

#[test]
fn a_layout_without_a_header_is_told_by_its_words_and_not_by_its_width() {
    let other = leg("89071112233", "202", "from-trunk", "2025-09-03 10:15:00", 30, "SOMETHING", "");
    let error = identify(&mut Cursor::new(other.as_bytes()), "f.csv", &ReadOptions::default()).unwrap_err();
    assert_eq!(error.code, Code::RecipeUnknown);
}

#[test]
fn a_damaged_row_above_the_first_that_reads_is_a_problem_and_not_text_above_the_table() {
    let good = leg("89071112233", "202", "from-trunk", "2025-09-03 10:15:00", 30, "ANSWERED", ",\"1756883700.1\",\"\"");
    let torn = good.replace("2025-09-03 10:15:00", "2025-09-");
    let text = format!("# moved from the old server\n{torn}{good}");
    let whole = seen(&text);
    assert_eq!((whole.summary.rows, whole.summary.records, whole.summary.skipped), (2, 1, 1));
    assert_eq!(whole.problems()[0].0, 2);
}
