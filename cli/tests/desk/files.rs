//! Invented files, small and made here. The numbers come from codes that the numbering plan allots to nobody.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

/// Heading of a general table.
pub const HEADER: &str = "№;Дата и время;Услуга;Направление;Номер;Длительность;Подпись";

/// Minute of the invented year in which call `n` begins, and its length in seconds.
fn call(n: u32) -> (u32, u32, u32, u32, u32) {
    let minutes = n * 37;
    (1 + minutes / 1440 / 28 % 12, 1 + minutes / 1440 % 28, minutes / 60 % 24, minutes % 60, 5 + n % 50)
}

/// The number that calls in call `n`: a pool of a few, and single ones.
fn number(n: u32) -> String {
    if n.is_multiple_of(3) { format!("79071234{:03}", 500 + n % 7) } else { format!("7935{:07}", 1_000_000 + n * 7919) }
}

/// A general table in UTF-8: voice calls, some of them outgoing, of an invented year. The same `n` is the same call.
pub fn table(calls: Range<u32>) -> String {
    let mut text = format!("{HEADER}\r\n");
    for n in calls {
        let (month, day, hour, minute, seconds) = call(n);
        let way = if n.is_multiple_of(5) { "Исходящий" } else { "Входящий" };
        let label = match n {
            n if n.is_multiple_of(3) => "ООО ВЕКТОРИЯ",
            n if n % 4 == 1 => "Банк Тихий берег",
            _ => "",
        };
        let _ = write!(
            text,
            "{};{day:02}.{month:02}.2025 {hour:02}:{minute:02}:00;Голосовой вызов;{way};{};00:{seconds:02};{label}\r\n",
            n + 1,
            number(n)
        );
    }
    text
}

/// A phone's log of the same calls, as SMS Backup & Restore writes it; its clock is `ahead` seconds ahead.
pub fn phone_log(calls: Range<u32>, ahead: i64) -> String {
    let mut rows = String::new();
    let count = calls.len();
    for n in calls {
        let (month, day, hour, minute, seconds) = call(n);
        let local = chrono::NaiveDate::from_ymd_opt(2025, month, day).unwrap().and_hms_opt(hour, minute, 0).unwrap();
        let stamp = (local.and_utc().timestamp() - 3 * 3600 + ahead) * 1000;
        let kind = if n.is_multiple_of(5) { 2 } else { 1 };
        let _ = writeln!(
            rows,
            "  <call number=\"+{}\" duration=\"{seconds}\" date=\"{stamp}\" type=\"{kind}\" presentation=\"1\" \
             subscription_id=\"1\" post_dial_digits=\"\" subscription_component_name=\"null\" \
             readable_date=\"x\" contact_name=\"(Unknown)\" />",
            number(n)
        );
    }
    format!(
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n\
         <!--File Created By SMS Backup & Restore v10.20.002 on 01.08.2025 20:15:09-->\n\
         <calls count=\"{count}\" backup_set=\"00000000-0000-4000-8000-000000000000\" backup_date=\"1754068509000\" \
         type=\"full\">\n{rows}</calls>\n"
    )
}

/// A table of lines given by the test.
pub fn table_of(lines: &[&str]) -> String {
    format!("{HEADER}\r\n{}\r\n", lines.join("\r\n"))
}

/// A workbook with the heading and the calls of [`table`].
pub fn workbook(path: &Path, calls: Range<u32>) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in table(calls).lines().enumerate() {
        for (column, cell) in line.split(';').enumerate() {
            sheet.write_string(row as u32, column as u16, cell).unwrap();
        }
    }
    book.save(path).unwrap();
}

/// A workbook of some 5 KB whose only cells are the first and the last that a sheet can have.
pub fn two_cells(path: &Path) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Дата").unwrap();
    sheet.write_string(1_048_575, 16_383, "Номер").unwrap();
    book.save(path).unwrap();
    assert!(std::fs::metadata(path).unwrap().len() < 8192);
}

/// A picture: one grey point as PNG.
pub const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00, 0x00, 0x00, 0x0a, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0x00, 0x00,
    0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];
