//! Files that must be refused with a clear message, the case byte for byte unchanged; and files with bad rows, which
//! are imported with sums that add up.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use desk::{Desk, digest, files, sums_hold, text};
use serde_json::Value;

/// A file of these bytes must be refused with this code by the import and by its preview.
fn refuses(name: &str, bytes: impl AsRef<[u8]>, code: &str) -> Value {
    let (desk, case) = Desk::with_calls();
    desk.write(name, bytes);
    desk.refused(&case, 1, code, &["import", text(&case), name, "--dry-run"]);
    desk.refused(&case, 1, code, &["import", text(&case), name])
}

#[test]
fn an_empty_file() {
    refuses("empty.csv", "", "file_empty");
}

#[test]
fn binary_junk() {
    let mut state = 1_u64;
    let junk: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    })
    .take(65_536)
    .collect();
    refuses("junk.csv", junk, "format_unknown");
}

#[test]
fn a_truncated_workbook() {
    let desk = Desk::new();
    let whole = desk.path("whole.xlsx");
    files::workbook(&whole, 0..300);
    let bytes = std::fs::read(&whole).unwrap();
    for part in [3, 2] {
        let (desk, case) = Desk::with_calls();
        desk.write("cut.xlsx", &bytes[..bytes.len() / part * (part - 1)]);
        let document = desk.json(1, ["import", text(&case), "cut.xlsx"]);
        let code = document["error"]["code"].as_str().unwrap();
        assert!(["file_truncated", "file_damaged"].contains(&code), "{document}");
        desk.refused(&case, 1, code, &["import", text(&case), "cut.xlsx"]);
    }
}

#[test]
fn a_truncated_xml() {
    let whole = files::phone_log(0..40, 0);
    let cut = whole.len() * 2 / 3;
    let document = refuses("cut.xml", &whole.as_bytes()[..cut], "file_truncated");
    assert!(document["error"]["detail"]["file"] == "cut.xml", "{document}");
}

#[test]
fn a_workbook_of_5_kb_whose_only_cells_are_a1_and_xfd1048576() {
    let (desk, case) = Desk::with_calls();
    files::two_cells(&desk.path("vast.xlsx"));
    let started = std::time::Instant::now();
    let document = desk.json(1, ["import", text(&case), "vast.xlsx"]);
    // Where the cells between were made, this would take minutes and gigabytes.
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    let code = document["error"]["code"].as_str().unwrap();
    assert!(["recipe_unknown", "file_too_large", "no_rows"].contains(&code), "{document}");
    desk.refused(&case, 1, code, &["import", text(&case), "vast.xlsx"]);
}

#[test]
fn xml_that_declares_entities() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE calls [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n\
        <calls count=\"1\"><call number=\"&b;\" duration=\"1\" date=\"1754068509000\" type=\"1\"/></calls>";
    refuses("bomb.xml", bomb, "xml_entities");
    let outside = "<?xml version=\"1.0\"?>\n<!DOCTYPE calls [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n\
        <calls count=\"1\"><call number=\"&x;\" duration=\"1\" date=\"1754068509000\" type=\"1\"/></calls>";
    let document = refuses("outside.xml", outside, "xml_entities");
    assert!(!document.to_string().contains("root:"), "nothing of the other file is read: {document}");
}

#[test]
fn a_header_without_rows() {
    refuses("header.csv", format!("{}\r\n", files::HEADER), "no_rows");
}

#[test]
fn a_folder() {
    let (desk, case) = Desk::with_calls();
    std::fs::create_dir(desk.path("calls")).unwrap();
    let document = desk.refused(&case, 1, "file_is_folder", &["import", text(&case), "calls"]);
    assert_eq!(document["error"]["detail"]["file"], "calls");
    desk.refused(&case, 1, "file_is_folder", &["attach", text(&case), "calls"]);
    desk.refused(&case, 1, "file_is_folder", &["verify", "calls"]);
    desk.refused(&case, 1, "file_is_folder", &["groups", "calls"]);
}

#[test]
fn a_file_that_vanishes() {
    // One of two is gone: nothing of the other may stay, since the files of one command are one transaction.
    let (desk, case) = Desk::with_calls();
    desk.write("present.csv", files::table(20..30));
    desk.write("gone.csv", files::table(30..40));
    std::fs::remove_file(desk.path("gone.csv")).unwrap();
    desk.refused(&case, 1, "file_absent", &["import", text(&case), "present.csv", "gone.csv"]);
    desk.refused(&case, 1, "file_absent", &["attach", text(&case), "present.csv", "gone.csv"]);
    assert_eq!(desk.total(&case), 12);
    // A name that leads to nothing any more.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(desk.path("gone.csv"), desk.path("link.csv")).unwrap();
        desk.refused(&case, 1, "file_absent", &["import", text(&case), "link.csv"]);
    }
}

#[test]
fn several_files_are_one_transaction_also_when_the_last_is_bad() {
    let (desk, case) = Desk::with_calls();
    desk.write("good.csv", files::table(20..30));
    desk.write("bad.csv", "");
    desk.refused(&case, 1, "file_empty", &["import", text(&case), "good.csv", "bad.csv"]);
}

#[test]
fn a_layout_that_nobody_knows_and_one_that_does_not_fit() {
    refuses("poem.csv", "Буря;мглою;небо\r\nкроет;вихри;снежные\r\n", "recipe_unknown");
    let (desk, case) = Desk::with_calls();
    desk.write("more.csv", files::table(20..30));
    let document = desk.refused(&case, 1, "recipe_unfit", &["import", text(&case), "more.csv", "--recipe", "mts-xml"]);
    assert_eq!(document["error"]["detail"]["recipe"], "mts-xml");
    desk.refused(&case, 1, "recipe_unfit", &["import", text(&case), "more.csv", "--recipe", "no-such"]);
    desk.refused(&case, 1, "zone_unknown", &["import", text(&case), "more.csv", "--zone", "Moscow"]);
    desk.refused(&case, 1, "number_unreadable", &["import", text(&case), "more.csv", "--line", "моя"]);
}

#[test]
fn rows_of_the_wrong_width_and_31_february_are_row_problems() {
    let (desk, case) = Desk::with_case();
    let file = files::table_of(&[
        "1;28.02.2025 10:00:00;Голосовой вызов;Входящий;79353104000;00:05;",
        "2;28.02.2025 10:10:00;Голосовой вызов",
        "3;28.02.2025 10:20:00;Голосовой вызов;Входящий;79353104004;00:07;;лишнее;лишнее",
        "4;31.02.2025 10:30:00;Голосовой вызов;Входящий;79353104008;00:09;",
        "5;28.02.2025 10:40:00;Голосовой вызов;Входящий;79353104012;??;",
        "6;28.02.2025 10:50:00;Голосовой вызов;Исходящий;79353104000;01:11;",
    ]);
    desk.write("bad-rows.csv", file);
    let preview = desk.done(["import", text(&case), "bad-rows.csv", "--dry-run"]);
    assert_eq!(preview["sources"][0]["id"], Value::Null);
    let answer = desk.done(["import", text(&case), "bad-rows.csv"]);
    let source = &answer["sources"][0];
    sums_hold(source);
    assert_eq!((source["rows"].as_u64(), source["records"].as_u64()), (Some(6), Some(2)), "{source}");
    let problems: Vec<(u64, &str)> = source["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["row"].as_u64().unwrap(), p["found"].as_str().unwrap()))
        .collect();
    assert_eq!(problems.iter().map(|p| p.0).collect::<Vec<_>>(), [3, 4, 5, 6], "a row is counted from the first line");
    assert_eq!((problems[2].1, problems[3].1), ("31.02.2025 10:30:00", "??"));
    assert_eq!(source["problems"][3]["column"], "Длительность");
    assert_eq!(desk.total(&case), 2);
    desk.done(["undo", text(&case)]);
    let said = desk.says("ru", ["import", text(&case), "bad-rows.csv"]);
    assert!(said.contains("6 строк: 2 звонка. 4 непонятые строки."), "{said}");
    assert!(said.contains("Строка 6: в столбце «Длительность» стоит «??», ожидалось «"), "{said}");
    assert!(said.contains("Строка сохранена и показана, звонком не считается."), "{said}");
}

#[test]
fn formula_cells_and_script_in_a_label_stay_inert_text() {
    let (desk, case) = Desk::with_case();
    let labels = [
        "=HYPERLINK(\"file:///etc/passwd\")",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "\u{1b}[31mбанк\u{202e}кнаб",
        // Once more, so that the label makes a group.
        "<script>alert(1)</script>",
    ];
    let lines: Vec<String> = labels
        .iter()
        .enumerate()
        .map(|(n, label)| {
            let quoted = label.replace('"', "\"\"");
            format!("{n};01.03.2025 1{n}:00:00;Голосовой вызов;Входящий;7935310400{n};00:0{n};\"{quoted}\"")
        })
        .collect();
    desk.write("labels.csv", files::table_of(&lines.iter().map(String::as_str).collect::<Vec<_>>()));
    let answer = desk.done(["import", text(&case), "labels.csv"]);
    sums_hold(&answer["sources"][0]);
    assert_eq!(answer["sources"][0]["records"], 5);
    let calls = desk.done(["calls", text(&case)]);
    let found: Vec<&str> =
        calls["calls"].as_array().unwrap().iter().map(|c| c["labels"][0].as_str().unwrap()).collect();
    assert_eq!(found, labels, "a label is kept to the letter");
    for command in [["calls", text(&case)], ["groups", text(&case)]] {
        let said = desk.says("ru", command);
        assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "a label must not command the terminal");
        assert!(said.contains("<script>alert(1)</script>"), "{said}");
    }
}

#[test]
fn a_preview_writes_nothing() {
    let (desk, case) = Desk::with_calls();
    desk.write("more.csv", files::table(6..20));
    let before = digest(&case);
    let preview = desk.done(["import", text(&case), "more.csv", "--kind", "operator", "--dry-run"]);
    assert_eq!(digest(&case), before);
    assert!(preview.get("event").is_none(), "{preview}");
    let said = desk.says("ru", ["import", text(&case), "more.csv", "--kind", "operator", "--dry-run"]);
    assert!(said.contains("в деле ничего не изменилось"), "{said}");
    let mut answer = desk.done(["import", text(&case), "more.csv", "--kind", "operator"]);
    answer["sources"][0]["id"] = Value::Null;
    assert_eq!(preview["sources"], answer["sources"], "the preview says what the import then does");
}
