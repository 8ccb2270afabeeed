//! What an import says of a file beside its sums: whose line it is, and how its dates are read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use desk::{Desk, text};
use serde_json::json;

fn of_two(rows: &[(&str, &str)]) -> String {
    let row = |(n, (caller, callee)): (usize, &(&str, &str))| {
        format!("0{}.08.2025 10:15:00;{caller};{callee};0:3{n}\n", n + 1)
    };
    let rows: String = rows.iter().enumerate().map(row).collect();
    format!("Дата и время;Номер А;Номер Б;Длительность\n{rows}")
}

#[test]
fn a_table_of_strangers_is_said_to_be_one_in_the_preview_and_in_the_import() {
    let (desk, case) = Desk::with_case();
    let rows = [("79071110000", "79351112233"), ("79071110001", "79351112244"), ("79071110002", "79351112255")];
    let file = desk.write("corporate.csv", of_two(&rows));
    let (case, file) = (text(&case), text(&file));
    let preview = desk.done(["import", case, file, "--dry-run"]);
    let note = &preview["sources"][0]["notes"][0];
    assert_eq!((note["kind"].as_str(), note["calls"].as_u64()), (Some("strangers"), Some(3)), "{preview}");
    assert_eq!(preview["sources"][0]["lines"], json!([]), "no line is chosen");
    assert!(desk.says("ru", ["import", case, file, "--dry-run"]).contains("не видно, какой из них ваш"));
    assert!(desk.says("en", ["import", case, file, "--dry-run"]).contains("which of them is yours"));
    // The person says which it is: two calls are not theirs, and that is said.
    let said = desk.done(["import", case, file, "--line", "8 907 111-00-01"]);
    assert_eq!(said["sources"][0]["notes"][0]["calls"], 2, "{said}");
    let calls = desk.done(["calls", case]);
    let ways: Vec<&str> = calls["calls"].as_array().unwrap().iter().map(|c| c["direction"].as_str().unwrap()).collect();
    assert_eq!(ways, ["unknown", "outgoing", "unknown"]);
}

#[test]
fn the_own_line_is_said_and_a_file_that_leaves_nothing_open_has_no_notes() {
    let (desk, case) = Desk::with_case();
    let rows = [("79071110000", "79351112233"), ("79351112244", "79071110000"), ("79071110000", "79351112255")];
    let file = desk.write("mine.csv", of_two(&rows));
    let plain = desk
        .write("plain.csv", "Дата и время;Номер;Направление;Длительность\n03.09.2025 10:15:00;79071112233;вх;00:12\n");
    let (case, file, plain) = (text(&case), text(&file), text(&plain));
    let said = desk.says("ru", ["import", case, file, "--dry-run"]);
    assert!(said.contains("Ваш номер, по файлу: +79071110000."), "{said}");
    let answer = desk.done(["import", case, file, plain]);
    assert_eq!(answer["sources"][0]["notes"][0]["number"], "+79071110000");
    assert_eq!(answer["sources"][1].get("notes"), None, "{answer}");
}

#[test]
fn the_order_of_dates_is_said_and_another_can_be_given() {
    let (desk, case) = Desk::with_case();
    let table = "Дата и время;Номер;Длительность\n9/3/2025 10:15;79071112233;00:12\n";
    let file = desk.write("dates.csv", table);
    let (case, file) = (text(&case), text(&file));
    let found = desk.done(["import", case, file, "--dry-run"]);
    assert_eq!(found["sources"][0]["notes"][0]["because"], "usual");
    assert_eq!(found["sources"][0]["period"][0], "2025-03-09");
    let given = desk.done(["import", case, file, "--days", "month_first"]);
    assert_eq!(given["sources"][0]["notes"][0]["because"], "given");
    assert_eq!(given["sources"][0]["period"][0], "2025-09-03");
    assert_eq!(desk.run(["import", case, file, "--days", "year_first"]).code, Some(2));
}

#[test]
fn a_row_of_a_wrong_width_blames_no_column() {
    let (desk, case) = Desk::with_case();
    let table =
        "Дата и время;Номер;Длительность\n03.09.2025 10:15:00;79071112233;00:12\n03.09.2025 10:16:00;79071112233\n";
    let file = desk.write("narrow.csv", table);
    let (case, file) = (text(&case), text(&file));
    let answer = desk.done(["import", case, file, "--dry-run"]);
    assert_eq!(answer["sources"][0]["problems"][0]["column"], "");
    let said = desk.says("ru", ["import", case, file, "--dry-run"]);
    assert!(said.contains("столбцов: 3, в строке: 2") && !said.contains("в столбце «"), "{said}");
}
