//! Operators' details in their known layouts.

use crate::common::{encoded, seen, seen_with, workbook};
use ulika::import::{Confidence, ReadOptions, read_number, recipes};
use ulika::model::{RowFate, SourceKind, Zone, ZoneBasis};

/// One-off detail: zone in every row, the end of the call in `bd`, parts of a message, numbers of every kind.
const MTS_OLD: &str = "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>\
<Report layerType=\"OldCompatible\" version=\"2\"><b sd=\"01.09.2025\" ed=\"30.09.2025\"/><cp dcd=\"01.10.2025\"/>\
<ds n=\"79071110000\" sim=\"897\" pt=\"Сетевой ресурс\" t=\"1,00\" f=\"1,20\" cn=\"руб.\">\
<i d=\"03.09.2025 8:28:49\" n=\"&lt;--+79071112233\" zp=\"\" zv=\"ПАО &quot;МТС&quot;\" s=\"Телеф.\" a=\"\" du=\"0:12\" c=\"0\" dup=\"1:00\" f=\"0\" bd=\"03.09.2025 8:38:00\" cur=\"810\" gmt=\"+03:00\"/>\
<i d=\"04.09.2025 21:00:00\" n=\"9071112244\" s=\"Телеф.\" du=\"118:18\" dup=\"119:00\" bd=\"04.09.2025 22:58:18\" gmt=\"+05:00\"/>\
<i d=\"02.09.2025 7:00:00\" n=\"&lt;--MTC\" s=\"sms i\" du=\"1\" g=\"b\" gmt=\"+03:00\"/>\
<i d=\"02.09.2025 7:00:01\" n=\"&lt;--MTC\" s=\"sms i\" du=\"1\" g=\"e\" gmt=\"+03:00\"/>\
<i d=\"02.09.2025 7:00:02\" n=\"&lt;--Vam_Zvonili:+79071112255\" s=\"sms i\" du=\"1\" gmt=\"+03:00\"/>\
<i d=\"02.09.2025 8:00:00\" n=\"internet.mts.ru\" s=\"HSDPA (3G)\" du=\"307Kb\" gmt=\"+03:00\"/>\
<i d=\"02.09.2025 9:00:00\" n=\"ussd-balance\" s=\"ussd\" a=\"U\" du=\"1\" gmt=\"+03:00\"/>\
<i d=\"02.09.2025 9:00:00\" n=\"+79071112266\" s=\"mms o\" du=\"1\" gmt=\"+03:00\"/>\
<i d=\"05.09.2025 10:00:00\" n=\"+79071112277\" s=\"cfu\" du=\"0:30\" gmt=\"+03:00\"/>\
<i d=\"05.09.2025 10:00:00\" n=\"Call_waiting\" s=\"cw\" du=\"1\" gmt=\"+03:00\"/>\
<i d=\"05.09.2025 11:00:00\" n=\"+79071112288\" s=\"Телеф.\" du=\"нет\" gmt=\"+03:00\"/>\
<i d=\"03.09.2025 8:28:49\" n=\"&lt;--+79071112233\" s=\"Телеф.\" du=\"0:12\" gmt=\"+03:00\"/>\
</ds></Report>";

#[test]
fn mts_one_off_detail() {
    let seen = seen(MTS_OLD);
    assert_eq!(
        (seen.what.recipe.as_str(), seen.what.kind, seen.what.duration_unit_s),
        ("mts-xml", SourceKind::Operator, 1)
    );
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T08:28:49+03:00 incoming answered +79071112233 12 -",
            "2025-09-04T21:00:00+05:00 outgoing answered +79071112244 7098 -",
            "2025-09-05T10:00:00+03:00 outgoing answered +79071112277 30 -",
        ],
        "`bd` is never the beginning, `dup` never the length, and 118:18 is minutes"
    );
    let other: Vec<_> = seen.summary.other.iter().map(|(kind, n)| (kind.as_str(), *n)).collect();
    assert_eq!(other, [("data", 1), ("mms", 1), ("other", 1), ("sms", 3), ("ussd", 1)]);
    assert_eq!(seen.summary.repeats_in_file, 1, "fewer attributes do not make another call");
    assert_eq!(seen.problems(), [(11, "du", "нет", "мм:сс")]);
    assert_eq!(seen.lines(), ["+79071110000"]);
    assert_eq!((seen.summary.zone, seen.summary.zone_basis), (None, Some(ZoneBasis::Stated)));
    let (first, last) = seen.summary.period.unwrap();
    assert_eq!((first.to_string(), last.to_string()), ("2025-09-03".to_owned(), "2025-09-05".to_owned()));
    assert_eq!(seen.dictionary.spellings[0].0, "<--+79071112233", "the spelling is kept as written");
}

#[test]
fn mts_corporate_bill_names_many_lines_and_fees() {
    let text = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><Report><b an=\"1\" ed=\"30.09.2025\"/>\
        <tp n=\"79071110000\" t=\"Сетевой ресурс\" awt=\"10\"><ss n=\"Абонентская плата\" sd=\"01.09.2025\" awt=\"9\"/></tp>\
        <tp sim=\"79071110000\" u=\"ИМЯ\"/>\
        <ds n=\"79071110000\" type=\"Сетевой ресурс\"><i d=\"03.09.2025 8:00:00\" n=\"&lt;--79071112233\" s=\"Телеф.\" du=\"0:12\"/></ds>\
        <ds n=\"79071110001\" type=\"Сетевой ресурс\"><i d=\"03.09.2025 8:00:00\" n=\"&lt;--79071112233\" s=\"Телеф.\" du=\"0:12\"/>\
        <i d=\"03.09.2025 9:00:00\" n=\"79071112244\" s=\"Телеф.\" du=\"1:12\"/></ds><pd/><f/></Report>";
    let bytes = encoded(text, "windows-1251");
    let all = seen(&bytes);
    assert_eq!(all.what.encoding, "windows-1251", "as the declaration says");
    assert_eq!(all.lines(), ["+79071110000", "+79071110001"]);
    assert_eq!((all.summary.records, all.summary.other["fee"], all.summary.repeats_in_file), (3, 1, 0));
    assert_eq!((all.summary.zone, all.summary.zone_basis), (Some(Zone::MOSCOW), Some(ZoneBasis::Assumed)));
    let line = Some(read_number("89071110001", None));
    let one = seen_with(&bytes, &ReadOptions { line, ..ReadOptions::default() });
    assert_eq!((one.summary.records, one.summary.other_lines), (2, 2), "the fee and the call of the other line");
    // Several are picked: rows of the third are left, and a row of either is of its own.
    let third = text.replace(
        "<pd/>",
        "<ds n=\"79071110002\"><i d=\"03.09.2025 9:00:00\" n=\"79071112255\" s=\"Телеф.\" du=\"1:12\"/></ds><pd/>",
    );
    let line = Some(read_number("89071110001", None));
    let further_lines = vec![read_number("9071110000", None)];
    let two =
        seen_with(&encoded(&third, "windows-1251"), &ReadOptions { line, further_lines, ..ReadOptions::default() });
    assert_eq!((two.summary.records, two.summary.other["fee"], two.summary.other_lines), (3, 1, 1));
    let lines: Vec<_> =
        two.records().iter().map(|r| two.dictionary.lines[r.line.unwrap() as usize].text.clone()).collect();
    assert_eq!(lines, ["+79071110000", "+79071110001", "+79071110001"]);
}

#[test]
fn mts_elements_within_elements_keep_the_line_around_them() {
    let call = |n: &str| format!("<i d=\"03.09.2025 8:00:00\" n=\"{n}\" s=\"Телеф.\" du=\"0:12\"/>");
    let text = format!(
        "<Report><tp n=\"Простой тариф\"><ds n=\"79071110000\"><tp sim=\"79071110000\" u=\"ИМЯ\"><b/></tp>{}\
         <tp n=\"Простой тариф\">{}</tp></ds>{}</tp><ds n=\"79071110001\">{}</ds></Report>",
        call("79071112233"),
        call("79071112244"),
        call("79071112255"),
        call("79071112266"),
    );
    let seen = seen(text);
    let lines: Vec<_> = seen.records().iter().map(|r| r.line).collect();
    let [first, second] = [lines[0], lines[3]];
    assert_eq!(lines, [first, first, None, second], "an element that ends takes only its own word with it");
    assert_eq!(seen.lines(), ["+79071110000", "+79071110001"]);
}

#[test]
fn mts_letters_say_more_of_the_encoding_than_the_declaration() {
    let row = "<i d=\"03.09.2025 8:00:00\" n=\"&lt;--79071112233\" s=\"Телеф.\" du=\"0:12\"/>";
    let text = |declared: &str| {
        format!("<?xml version=\"1.0\" encoding=\"{declared}\"?><Report><ds n=\"79071110000\">{row}</ds></Report>")
    };
    let cases = [
        ("windows-1251", "utf-8", "utf-8"),
        ("windows-1251", "utf-8+bom", "utf-8"),
        ("utf-8", "windows-1251", "windows-1251"),
        ("utf-16", "utf-16le", "utf-16le"),
        ("windows-1251", "windows-1251", "windows-1251"),
        ("koi8-r", "koi8-r", "koi8-r"),
    ];
    for (declared, written, named) in cases {
        let seen = seen(encoded(&text(declared), written));
        assert_eq!((seen.what.encoding.as_str(), seen.summary.records), (named, 1), "{declared} as {written}");
    }
}

#[test]
fn mts_business_api_may_leave_attributes_out() {
    let seen = seen(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Report><ds sd=\"01.09.2025\" n=\"79071110000\" type=\"Сетевой ресурс\">\
         <i d=\"01.09.2025 12:40:48\" n=\"&lt;--+79071112233\" zp=\"VoLTE\" s=\"Телеф.\" du=\"1:10\" c=\"0\" />\
         <i d=\"01.09.2025 0:24:32\" n=\"internet.mts.ru\" s=\"4G\" du=\"250Kb\" c=\"0\" /></ds></Report>",
    );
    assert_eq!(seen.told(), ["2025-09-01T12:40:48+03:00 incoming answered +79071112233 70 -"]);
    assert_eq!(seen.summary.other["data"], 1);
}

const BEELINE_HEAD: [&str; 8] = [
    "Дата и время",
    "Исходящий номер",
    "Входящий номер",
    "Описание услуги",
    "Тип услуги",
    "Длительность, мин сек",
    "Стоимость. руб",
    "Размер сессии. МБ",
];

#[test]
fn beeline_personal_workbook_joins_the_legs_of_a_call() {
    let at = "03.09.2025 10:15:00";
    let rows: &[&[&str]] = &[
        &["Детализация", ""],
        &["Номер телефона", "9071110000"],
        &["Ваши расходы"],
        &["Связь", "100"],
        &["История в деталях"],
        &BEELINE_HEAD,
        &[at, "9071112233", "9071110000", "Входящий звонок", "Звонки", "1:05", "0", ""],
        &[at, "9071112233", "9071110000", "Переадресация вызова", "Звонки", "1:06", "0", ""],
        &["03.09.2025 11:00:00", "9071110000", "9071112244", "исх./МТС", "Звонки", "00:30", "1", ""],
        &["03.09.2025 12:00:00", "9071112233", "9071110000", "Входящее SMS", "Сообщения", "", "0", ""],
        &["03.09.2025 12:00:00", "9071110000", "", "Мобильный интернет", "Интернет", "", "0", "1,5"],
        &["03.09.2025 13:00:00", "", "9071110000", "вх./МТС", "Звонки", "00:07", "0", ""],
        &["Служба поддержки: 0611"],
    ];
    let seen = seen(workbook(&[("Лист1", &[&["Сводка"]]), ("Детализация", rows)]));
    assert_eq!((seen.what.recipe.as_str(), seen.what.kind), ("beeline-xlsx", SourceKind::Operator));
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 65 -",
            "2025-09-03T11:00:00+03:00 outgoing answered +79071112244 30 -",
            "2025-09-03T13:00:00+03:00 incoming answered  7 -",
        ]
    );
    assert!(matches!(seen.fates[1], RowFate::Repeat { of: 7, .. }), "the further leg names the row it repeats");
    assert_eq!((seen.summary.other["sms"], seen.summary.other["data"]), (1, 1));
    assert_eq!(seen.lines(), ["+79071110000"]);
    assert_eq!(seen.summary.skipped, 7, "a summary sheet, five rows above the table, the contact line");
    // Within one minute there may be several calls, and nothing tells them from the legs of one.
    let at = "03.09.2025 10:15";
    let rows: &[&[&str]] = &[
        &["Номер телефона", "9071110000"],
        &BEELINE_HEAD,
        &[at, "9071112233", "9071110000", "Входящий звонок", "Звонки", "0:05", "0", ""],
        &[at, "9071112233", "9071110000", "Входящий звонок", "Звонки", "0:40", "0", ""],
    ];
    let lengths = crate::common::seen(workbook(&[("Детализация", rows)]));
    assert_eq!(lengths.records().iter().map(|r| r.duration_s).collect::<Vec<_>>(), [Some(5), Some(40)]);
}

#[test]
fn beeline_business_table() {
    let head = "Номер договора;Группа счетов;Номер абонента;Дата звонка;Время звонка;Длительность;\
        Длительность округленная до минут;Размер начислений;Инициатор звонка;Принимающий номер;Описание действия;\
        Описание услуги;Тип услуги;Номер базовой станции;Объем в МB;Описание провайдера\r\n";
    let row = |line: &str, time: &str, length: &str, from: &str, to: &str, action: &str, service: &str| {
        format!(
            "\"1\";\"\";\"{line}\";03.09.2025;{time};{length};2;0,00;{from};{to};{action};{service};Местная;;0;\r\n"
        )
    };
    let text = [
        head.to_owned(),
        row("9071110000", "10:15:00", "0:01:05", "9071112233", "9071110000", "Входящий", "Звонки"),
        row("9071110000", "11:15:00", "0:00:05", "9071110000", "9071112244", "", "Звонки"),
        row("9071110001", "12:15:00", "0:00:06", "9071112233", "9071110001", "", "Звонки"),
        row("9071110001", "12:16:00", "0", "9071112233", "9071110001", "", "Короткие сообщения"),
    ]
    .concat();
    let seen = seen(encoded(&text, "windows-1251"));
    assert_eq!((seen.what.recipe.as_str(), seen.what.encoding.as_str()), ("beeline-b2b-csv", "windows-1251"));
    assert_eq!(
        seen.told(),
        [
            "2025-09-03T10:15:00+03:00 incoming answered +79071112233 65 -",
            "2025-09-03T11:15:00+03:00 outgoing answered +79071112244 5 -",
            "2025-09-03T12:15:00+03:00 incoming answered +79071112233 6 -",
        ]
    );
    assert_eq!(seen.lines(), ["+79071110000", "+79071110001"]);
    assert_eq!(seen.summary.other["sms"], 1);
    let doubled = text.replace("\"1\";\"\";", "\"\"1\"\";\"\";").replace("9071112233", "\"\"9071112233\"\"");
    let doubled = crate::common::seen(encoded(&doubled.replace("10:15:00", "\"\"10:15:00\"\""), "windows-1251"));
    assert_eq!((doubled.told(), doubled.lines()), (seen.told(), seen.lines()), "marks that were doubled say nothing");
}

#[test]
fn the_list_of_layouts_tells_what_each_reads() {
    let known: Vec<_> = recipes().into_iter().map(|r| (r.name, r.containers.join(","), r.kind, r.confidence)).collect();
    let (seen, described) = (Some(Confidence::Seen), Some(Confidence::Described));
    let expected = [
        ("beeline-b2b-csv", "csv", Some(SourceKind::Operator), described),
        ("beeline-xls", "xlsx,csv", Some(SourceKind::Operator), described),
        ("beeline-xlsx", "xlsx", Some(SourceKind::Operator), described),
        ("megafon-csv", "csv", Some(SourceKind::Operator), described),
        ("megafon-html", "html,xlsx", Some(SourceKind::Operator), described),
        ("ios-callhistory", "sqlite", Some(SourceKind::Phone), seen),
        ("mts-business-xlsx", "xlsx", Some(SourceKind::Operator), described),
        ("mts-table", "html,xlsx", Some(SourceKind::Operator), described),
        ("mts-xml", "xml", Some(SourceKind::Operator), seen),
        ("sms-backup-restore", "xml", Some(SourceKind::Phone), seen),
        ("t2-csv", "csv,xlsx", Some(SourceKind::Operator), described),
        ("asterisk-cdr-csv", "csv", Some(SourceKind::Pbx), seen),
        ("freepbx-cdr", "csv,xlsx,sql", Some(SourceKind::Pbx), described),
        ("mts-pdf", "lines,pdf", Some(SourceKind::Operator), seen),
        ("table", "csv,xlsx,html,pdf", None, described),
    ];
    for (name, containers, kind, confidence) in expected {
        let layout = (name.to_owned(), containers.to_owned(), kind, confidence);
        assert!(known.contains(&layout), "{layout:?} is not among {known:?}");
    }
    assert!(known.iter().all(|(.., confidence)| confidence.is_some()), "each says how sure it is");
}
