//! `witness` and `zone`: the contract of the answer, the reasons of silence, the words in both languages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use desk::{Desk, digest, files, text};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A phone and an operator of the same calls; the operator lacks the first ten and ends before the phone.
fn two_witnesses(ahead: i64) -> (Desk, PathBuf) {
    let (desk, case) = Desk::with_case();
    let phone = desk.write("phone.xml", files::phone_log(0..120, ahead));
    let operator = desk.write("detail.csv", files::table(10..100));
    desk.done(["import", text(&case), text(&phone)]);
    desk.done(["import", text(&case), text(&operator), "--kind", "operator"]);
    (desk, case)
}

fn counted(calls: &Value, of: impl Fn(&Value) -> String) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    calls.as_array().unwrap().iter().for_each(|call| *counted.entry(of(call)).or_default() += 1);
    counted
}

#[test]
fn every_call_has_a_verdict_and_whoever_is_silent_a_reason() {
    let (desk, case) = two_witnesses(37);
    let before = digest(&case);
    let answer = desk.done(["witness", text(&case)]);
    assert_eq!(digest(&case), before, "it never writes");
    let pair = &answer["pairs"][0];
    assert_eq!((&pair["sources"], &pair["offset_s"], &pair["paired"]), (&json!([1, 2]), &json!(-37), &json!(90)));
    assert_eq!((&pair["clock"], &pair["spread_s"]), (&json!("steady"), &json!(0)));
    assert_eq!(pair["zone_offers"], json!([]));
    let calls = &answer["calls"];
    assert_eq!(
        counted(calls, |c| c["verdict"].as_str().unwrap().to_owned()),
        BTreeMap::from([("both".to_owned(), 90), ("phone_only".to_owned(), 30)])
    );
    for call in calls.as_array().unwrap() {
        let records = call["records"].as_array().unwrap().len();
        assert_eq!(records == 2, call["verdict"] == "both");
        assert_eq!(call["residual_s"], if records == 2 { json!(0) } else { Value::Null });
        assert_eq!(call["silent"].as_array().unwrap().len(), 2 - records);
    }
    // The detail has days 1 to 3; of the calls before its first and after its last, three are of the fourth day.
    let alone = json!(calls.as_array().unwrap().iter().filter(|c| c["verdict"] == "phone_only").collect::<Vec<_>>());
    assert_eq!(
        counted(&alone, |call| call["silent"][0].to_string()),
        BTreeMap::from([
            (json!({"witness": "operator", "source": 2, "reason": "not_stated"}).to_string(), 27),
            (json!({"witness": "operator", "source": null, "reason": "outside_period"}).to_string(), 3),
        ])
    );
    let coverage = answer["coverage"].as_array().unwrap();
    assert_eq!(coverage.len(), 2);
    for (source, records) in coverage.iter().zip([120, 90]) {
        assert_eq!(source["records"], records);
        let sum: i64 = source["days"].as_array().unwrap().iter().map(|d| d["records"].as_i64().unwrap()).sum();
        assert_eq!(sum, records);
    }
    let ru = desk.says("ru", ["witness", text(&case)]);
    for words in
        ["Всего 120 звонков.", "90 звонков: подтверждены", "звонок вне периода источника — 3 звонка", "отстают на 37 с"]
    {
        assert!(ru.contains(words), "{words}: {ru}");
    }
    let en = desk.says("en", ["witness", text(&case)]);
    for words in [
        "120 calls in all.",
        "90 calls: confirmed",
        "outside the period of the source — 3 calls",
        "37 s behind",
        "2025-01  ███",
    ] {
        assert!(en.contains(words), "{words}: {en}");
    }
}

#[test]
fn one_call_is_told_of_in_the_singular() {
    let (desk, case) = Desk::with_case();
    let phone = desk.write("phone.xml", files::phone_log(0..1, 0));
    let operator = desk.write("detail.csv", files::table(0..1));
    desk.done(["import", text(&case), text(&phone)]);
    desk.done(["import", text(&case), text(&operator), "--kind", "operator"]);
    let ru = desk.says("ru", ["witness", text(&case)]);
    assert!(ru.contains("1 звонок: подтверждён независимыми источниками"), "{ru}");
}

#[test]
fn reasons_of_silence() {
    let (desk, case) = Desk::with_case();
    let row =
        |at: &str, way: &str, number: &str, length: &str| format!("1;{at};Голосовой вызов;{way};{number};{length};");
    let table = |rows: &[String]| files::table_of(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let of_both: Vec<String> = [1, 2, 3, 8]
        .map(|day| row(&format!("{day:02}.03.2025 10:00:00"), "Входящий", "79070001001", "00:01:00"))
        .into();
    let mut phone = of_both.clone();
    phone.push(row("02.03.2025 11:00:00", "Входящий", "79070001002", "00:00:00"));
    phone.push(row("02.03.2025 12:00:00", "Исходящий", "79070001002", "00:02:00"));
    phone.push(row("02.03.2025 13:00:00", "Входящий", "79070001002", "00:02:00"));
    phone.push(row("05.03.2025 10:00:00", "Входящий", "79070001002", "00:02:00"));
    phone.push(row("12.03.2025 10:00:00", "Входящий", "79070001002", "00:02:00"));
    let phone = desk.write("phone.csv", table(&phone));
    let operator = desk.write("detail.csv", table(&of_both));
    desk.done(["import", text(&case), text(&phone), "--kind", "phone"]);
    let reasons = |answer: &Value| -> Vec<String> {
        let calls = answer["calls"].as_array().unwrap().iter();
        calls.flat_map(|c| c["silent"].as_array().unwrap()).map(|s| s["reason"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(reasons(&desk.done(["witness", text(&case)])), vec!["no_source"; 9]);
    desk.done(["import", text(&case), text(&operator), "--kind", "operator"]);
    let answer = desk.done(["witness", text(&case)]);
    assert_eq!(reasons(&answer), ["unanswered", "direction_not_listed", "not_stated", "gap", "outside_period"]);
    assert_eq!(answer["coverage"][1]["gaps"], json!([{"from": "2025-03-04", "to": "2025-03-07", "days": 4}]));
    assert!(desk.says("ru", ["witness", text(&case)]).contains("2025-03  ███····█"));
}

#[test]
fn a_zone_offered_is_set_by_a_command_of_its_own() {
    let (desk, case) = two_witnesses(0);
    let shifted = desk.path("other.ulika");
    desk.done(["new", text(&shifted)]);
    desk.done(["import", text(&shifted), text(&desk.path("phone.xml"))]);
    desk.done(["import", text(&shifted), text(&desk.path("detail.csv")), "--kind", "operator", "--zone", "Asia/Omsk"]);
    let offers = desk.done(["witness", text(&shifted)])["pairs"][0]["zone_offers"].clone();
    assert_eq!(
        offers,
        json!([{"source": 2, "zone": "Europe/Moscow", "zone_now": "Asia/Omsk", "zone_basis": "given", "shift_s": 10_800}])
    );
    assert!(desk.says("ru", ["witness", text(&shifted)]).contains("zone CASE 2 Europe/Moscow"));
    desk.done(["zone", text(&shifted), "2", "Europe/Moscow"]);
    let told = |path: &PathBuf| desk.done(["witness", text(path)]);
    assert_eq!(told(&shifted)["calls"], told(&case)["calls"]);
    assert_eq!(told(&shifted)["pairs"], told(&case)["pairs"]);
    assert!(desk.says("ru", ["undo", text(&shifted)]).contains("часовой пояс источника"));
    assert_eq!(told(&shifted)["pairs"][0]["offset_s"], -10_800);
    desk.done(["redo", text(&shifted)]);
    let off = desk.says("en", ["zone", text(&shifted), "2", "--off"]);
    assert!(off.contains("The times of this source are read anew; the calls are compared again."), "{off}");
    assert_eq!(told(&shifted)["pairs"][0]["offset_s"], -10_800);
    desk.refused(&shifted, 1, "zone_unknown", &["zone", text(&shifted), "2", "Луна"]);
    desk.refused(&shifted, 1, "request_unfit", &["zone", text(&shifted), "1", "+05:00"]);
    desk.refused(&shifted, 1, "not_found", &["zone", text(&shifted), "7", "+05:00"]);
    desk.refused(&shifted, 2, "usage", &["zone", text(&shifted), "2"]);
}

#[test]
fn a_source_is_withdrawn_whatever_came_after_it_and_undo_brings_it_back() {
    let (desk, case) = two_witnesses(0);
    desk.done(["group", text(&case), "name", "1", "Назойливые"]);
    let before = desk.done(["witness", text(&case)]);
    let said = desk.says("ru", ["withdraw", text(&case), "1"]);
    assert!(said.contains("Звонков, о которых говорил только он: 30"), "{said}");
    assert!(said.contains("говорят и другие источники, они остались: 90 звонков"), "{said}");
    let after = desk.done(["witness", text(&case)]);
    let verdicts = counted(&after["calls"], |call| call["verdict"].as_str().unwrap().to_owned());
    assert_eq!(verdicts, BTreeMap::from([("operator_only".to_owned(), 90)]));
    let log = desk.done(["log", text(&case)]);
    let last = log["custody"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["facts"]["files"][0]["file"]), (&json!("withdrawn"), &json!("phone.xml")));
    desk.done(["verify", text(&case)]);
    desk.refused(&case, 1, "not_found", &["withdraw", text(&case), "1"]);
    desk.refused(&case, 2, "usage", &["withdraw", text(&case)]);
    desk.done(["undo", text(&case)]);
    assert_eq!(desk.done(["witness", text(&case)]), before);
    let said = desk.says("en", ["withdraw", text(&case), "2"]);
    assert!(said.contains("Calls that it alone stated: 0."), "{said}");
    desk.done(["undo", text(&case)]);
    desk.refused(&case, 1, "not_found", &["withdraw", text(&case), "1", "7"]);
    assert_eq!(desk.done(["witness", text(&case)]), before, "none went where one number is wrong");
    desk.done(["withdraw", text(&case), "1", "2"]);
    assert_eq!(desk.done(["witness", text(&case)])["calls"], json!([]));
    desk.done(["verify", text(&case)]);
}
