//! Several files of the same calls: what is new, what corroborates, what is a duplicate, what is a repeat.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use desk::{Desk, digest, files, sums_hold, text};
use serde_json::Value;

fn counts(source: &Value) -> (u64, u64, u64) {
    sums_hold(source);
    let n = |name: &str| source[name].as_u64().unwrap();
    (n("new_calls"), n("corroborating"), n("duplicates"))
}

#[test]
fn overlapping_files_of_one_kind_are_duplicates_and_of_two_kinds_corroborate() {
    let (desk, case) = Desk::with_case();
    let path = text(&case);
    desk.write("first.csv", files::table(0..60));
    desk.write("second.csv", files::table(40..100));
    desk.write("phone.xml", files::phone_log(30..70, 37));
    let first = desk.done(["import", path, "first.csv", "--kind", "operator"]);
    assert_eq!(counts(&first["sources"][0]), (60, 0, 0));
    let second = desk.done(["import", path, "second.csv", "--kind", "operator"]);
    assert_eq!(counts(&second["sources"][0]), (40, 0, 20));
    let phone = desk.done(["import", path, "phone.xml"]);
    assert_eq!(phone["sources"][0]["kind"], "phone");
    assert_eq!(counts(&phone["sources"][0]), (0, 40, 0));
    assert_eq!(desk.total(&case), 100, "each call is counted once");

    let calls = desk.done(["calls", path, "--limit", "0"]);
    let calls = calls["calls"].as_array().unwrap();
    assert_eq!(calls.len(), 100);
    let records: usize = calls.iter().map(|c| c["records"].as_array().unwrap().len()).sum();
    assert_eq!(records, 160, "no statement is lost");
    let both = calls.iter().filter(|c| c["verdict"] == "both").count();
    assert_eq!(both, 40);

    // The same in one command is the same in one transaction.
    let (other, together) = Desk::with_case();
    other.write("first.csv", files::table(0..60));
    other.write("second.csv", files::table(40..100));
    let answer = other.done(["import", text(&together), "first.csv", "second.csv", "--kind", "operator"]);
    let sources = answer["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 2);
    assert_eq!(counts(&sources[0]).0 + counts(&sources[1]).0, 100);
    assert_eq!(counts(&sources[0]).2 + counts(&sources[1]).2, 20);
    assert_eq!(other.total(&together), 100);
    other.done(["undo", text(&together)]);
    assert_eq!(other.total(&together), 0, "one command is one step");
}

#[test]
fn the_same_file_again_is_a_notice() {
    let (desk, case) = Desk::with_calls();
    let answer = desk.done(["import", text(&case), "table.csv", "--kind", "operator"]);
    assert_eq!(answer["sources"][0]["already_imported"], true);
    assert!(answer.get("event").is_none(), "nothing was done: {answer}");
    let before = digest(&case);
    let said = desk.says("ru", ["import", text(&case), "table.csv"]);
    assert!(said.contains("уже есть в деле") && said.contains("Ничего не добавлено"), "{said}");
    let said = desk.says("en", ["import", text(&case), "table.csv"]);
    assert!(said.contains("already holds this file"), "{said}");
    assert_eq!(digest(&case), before);
    assert_eq!(desk.total(&case), 12);
}

#[test]
fn repeats_and_other_services_are_counted_apart() {
    let (desk, case) = Desk::with_case();
    let file = files::table_of(&[
        "1;28.02.2025 10:00:00;Голосовой вызов;Входящий;79353104000;00:05;",
        "2;28.02.2025 10:00:00;Голосовой вызов;Входящий;79353104000;00:05;",
        "3;28.02.2025 10:10:00;Входящее SMS;Входящий;79353104001;1;",
        "4;28.02.2025 10:20:00;Мобильный интернет;;internet;;",
        "5;28.02.2025 10:30:00;USSD-запрос;;*100#;;",
        "6;28.02.2025 11:00:00;Голосовой вызов;Исходящий;8 (935) 310-40-00;12:05;",
        "Итого;;;;;;",
    ]);
    desk.write("mixed.csv", file);
    let answer = desk.done(["import", text(&case), "mixed.csv"]);
    let source = &answer["sources"][0];
    sums_hold(source);
    assert_eq!(source["records"], 2, "{source}");
    assert_eq!(source["repeats_in_file"], 1, "{source}");
    assert_eq!(source["other"], serde_json::json!({"sms": 1, "data": 1, "ussd": 1}), "{source}");
    assert!(source["skipped"].as_u64().unwrap() >= 1, "the total is no data row: {source}");
    desk.done(["undo", text(&case)]);
    let said = desk.says("ru", ["import", text(&case), "mixed.csv"]);
    assert!(said.contains("6 строк: 2 звонка, "), "{said}");
    assert!(said.contains("1 SMS") && said.contains("1 USSD") && said.contains("1 интернет"), "{said}");
    assert!(said.contains("1 повтор. Непонятых строк нет."), "{said}");
    assert!(said.contains("московское время"), "an assumed zone is said: {said}");
    desk.done(["undo", text(&case)]);
    let said = desk.says("en", ["import", text(&case), "mixed.csv"]);
    assert!(said.contains("6 rows: 2 calls, ") && said.contains("1 repeat. No row was left unread."), "{said}");
}

#[test]
fn the_zone_given_is_the_zone_read() {
    let (desk, case) = Desk::with_case();
    desk.write("one.csv", files::table(1..2));
    let answer = desk.done(["import", text(&case), "one.csv", "--zone", "Asia/Yekaterinburg"]);
    assert_eq!(answer["sources"][0]["zone_basis"], "given");
    let calls = desk.done(["calls", text(&case)]);
    assert_eq!(calls["calls"][0]["started_at"], "2025-01-01T00:37:00+05:00");
}

#[test]
fn calls_are_found_by_date_number_label_and_group_and_are_listed_in_pages() {
    let (desk, case) = Desk::with_case();
    let path = text(&case);
    desk.write("calls.csv", files::table(0..2_500));
    desk.done(["import", path, "calls.csv", "--kind", "operator"]);

    let all = desk.done(["calls", path, "--limit", "0"]);
    assert_eq!((all["total"].as_u64(), all["next"].is_null()), (Some(2_500), true));
    let all = all["calls"].as_array().unwrap();
    assert_eq!(all.len(), 2_500);
    let mut after: Option<String> = None;
    let mut paged = Vec::new();
    loop {
        let mut args = vec!["calls".to_owned(), path.to_owned(), "--limit".to_owned(), "900".to_owned()];
        args.extend(after.iter().flat_map(|id| ["--after".to_owned(), id.clone()]));
        let page = desk.done(&args);
        paged.extend(page["calls"].as_array().unwrap().clone());
        match page["next"].as_i64() {
            Some(next) => after = Some(next.to_string()),
            None => break,
        }
    }
    assert_eq!(&paged, all, "pages make the whole");
    let long = desk.done(["calls", path, "--limit", "2000"]);
    assert_eq!(long["calls"].as_array().unwrap()[..], all[..2_000]);
    assert_eq!(long["next"], all[1_999]["id"]);
    assert_eq!(desk.done(["calls", path])["calls"].as_array().unwrap().len(), 100, "100 where nothing is said");

    let first = &all[0];
    for field in [
        "id",
        "started_at",
        "precision",
        "direction",
        "disposition",
        "number",
        "number_raw",
        "number_kind",
        "line",
        "duration_s",
        "labels",
        "group",
        "records",
        "exhibits",
        "range_holder",
        "region",
    ] {
        assert!(first.get(field).is_some(), "{field} is missing: {first}");
    }
    let number = all.iter().find_map(|c| c["number"].as_str().filter(|n| n.starts_with("+7935"))).unwrap();
    let spelled = format!("8 ({}) {}-{}-{}", &number[2..5], &number[5..8], &number[8..10], &number[10..]);
    let by_number = desk.done(["calls", path, "--number", &spelled]);
    assert_eq!(by_number["total"], 1, "{spelled}");
    assert_eq!(by_number["calls"][0]["number"], number);
    let begun = format!("8 ({}) {}-{}", &number[2..5], &number[5..8], &number[8..10]);
    let begins = |c: &&Value| c["number"].as_str().is_some_and(|n| n.starts_with(&number[..10]));
    let begin_alike = all.iter().filter(begins).count();
    for option in ["--number", "--text"] {
        let by_part = desk.done(["calls", path, option, &begun, "--limit", "0"]);
        assert_eq!(by_part["total"], begin_alike, "{option} {begun}: the 8 stands for the 7 before the end is typed");
    }
    let by_label = desk.done(["calls", path, "--text", "вектория", "--limit", "0"]);
    assert_eq!(by_label["total"], all.iter().filter(|c| c["labels"][0] == "ООО ВЕКТОРИЯ").count());
    let day = desk.done(["calls", path, "--from", "2025-01-03", "--to", "03.01.2025", "--limit", "0"]);
    assert_eq!(
        day["total"],
        all.iter().filter(|c| c["started_at"].as_str().unwrap().starts_with("2025-01-03")).count()
    );
    assert!(day["total"].as_u64().unwrap() > 30);
    let group = all.iter().find_map(|c| c["group"].as_i64()).unwrap();
    let by_group = desk.done(["calls", path, "--group", &group.to_string(), "--limit", "0"]);
    assert!(by_group["calls"].as_array().unwrap().iter().all(|c| c["group"] == group));

    desk.refused(&case, 1, "not_found", &["calls", path, "--group", "999999"]);
    desk.refused(&case, 1, "not_found", &["calls", path, "--after", "999999"]);
    desk.refused(&case, 1, "not_found", &["calls", path, "--after", "999999", "--limit", "0"]);
    let none = desk.done(["calls", path, "--text", "такого нет"]);
    assert_eq!(none["calls"], serde_json::json!([]));
    assert!(desk.says("ru", ["calls", path, "--text", "такого нет"]).contains("Таких звонков нет."));
    let said = desk.says("ru", ["calls", path, "--limit", "2"]);
    assert!(said.contains("Показано 2 из 2 500. Дальше: --after"), "{said}");
    assert!(said.contains("исходящий") && said.contains("входящий"), "{said}");
}
