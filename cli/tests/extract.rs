//! `import --extract`: the rows of one line in the place of the file, in words and for programs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use desk::{Desk, sums_hold, text};

const DETAIL: &str = "Дата и время;Номер;Направление;Длительность\n\
    Абонент: 79070000001\n\
    03.09.2025 10:15:00;79350001111;Входящий;00:12\n\
    Абонент: 79070000000\n\
    03.09.2025 10:15:00;79351112233;Входящий;00:12\n";
const OF_OTHERS: [&str; 2] = ["9070000001", "9350001111"];

#[test]
fn only_the_rows_of_the_line_are_kept_and_the_whole_file_is_told_by_its_digest() {
    let (desk, case) = Desk::with_case();
    let path = text(&case);
    let file = desk.write("detail.csv", DETAIL);
    desk.refused(&case, 2, "usage", &["import", path, "detail.csv", "--extract"]);
    desk.refused(&case, 1, "request_unfit", &["import", path, "detail.csv", "--line", "79070000009", "--extract"]);

    let asked = ["import", path, "detail.csv", "--line", "79070000000", "--extract"];
    let seen = desk.done(asked.into_iter().chain(["--dry-run"]));
    let answer = desk.done(asked);
    let source = &answer["sources"][0];
    sums_hold(source);
    assert_eq!(seen["sources"][0]["sha256"], source["sha256"], "the same extract each time");
    assert_eq!((source["records"].as_u64(), source["other_lines"].as_u64()), (Some(1), Some(1)));
    assert_eq!(source["extract_of"]["sha256"], desk::digest(&file));
    assert_eq!(source["extract_of"]["bytes"], DETAIL.len());
    assert_eq!(source["lines"], serde_json::json!(["+79070000000"]));
    let bytes = String::from_utf8_lossy(&std::fs::read(&case).unwrap()).into_owned();
    assert!(OF_OTHERS.iter().all(|word| !bytes.contains(word)));
    desk.done(["verify", path]);

    let said = desk.says("ru", ["import", path, "detail.csv"]);
    assert!(said.contains("уже есть выписка") && said.contains("--whole"), "{said}");
    let said = desk.says("en", ["import", path, "detail.csv"]);
    assert!(said.contains("already holds an extract") && said.contains("--whole"), "{said}");
    let said = desk.says("ru", ["import", path, "detail.csv", "--whole"]);
    assert!(!said.contains("выписка"), "{said}");
    assert_eq!(desk.total(&case), 2);
    let (other, elsewhere) = Desk::with_case();
    other.write("detail.csv", DETAIL);
    let asked = ["import", text(&elsewhere), "detail.csv", "--line", "79070000000", "--extract"];
    assert!(other.says("ru", asked).contains("Хранится выписка: строки линии +79070000000"));
}
