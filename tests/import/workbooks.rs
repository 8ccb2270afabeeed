//! Workbooks as several programs write them.

use crate::common::{Seen, seen, try_with};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::{Cursor, Read, Seek, SeekFrom};
use ulika::error::Code;
use ulika::import::{Discard, ReadOptions, identify, look, read};
use ulika::model::Precision;
use ulika::progress::Silent;

const HEAD: [&str; 6] =
    ["Дата и время", "Исходящий номер", "Входящий номер", "Описание услуги", "Тип услуги", "Длительность, мин сек"];

/// A Билайн workbook of one row for each beginning (days as a spreadsheet counts them) in the given style.
fn beeline(starts: &[f64], style: &str) -> Seen {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = Format::new().set_num_format(style);
    let lengths = Format::new().set_num_format("[mm]:ss");
    sheet.write_string(0, 0, "История в деталях").unwrap();
    for (c, head) in HEAD.iter().enumerate() {
        sheet.write_string(1, c as u16, *head).unwrap();
    }
    for (row, start) in (2..).zip(starts) {
        sheet.write_number_with_format(row, 0, *start, &format).unwrap();
        sheet.write_number(row, 1, 9_071_112_233.0).unwrap();
        sheet.write_number(row, 2, 9_071_110_000.0).unwrap();
        sheet.write_string(row, 3, "Входящий звонок").unwrap();
        sheet.write_string(row, 4, "Звонки").unwrap();
        sheet.write_number_with_format(row, 5, 65.0 / 86_400.0, &lengths).unwrap();
    }
    seen(book.save_to_buffer().unwrap())
}

#[test]
fn a_call_at_midnight_is_a_call_at_midnight() {
    for style in ["dd.mm.yyyy hh:mm:ss", "General", "[$-419]d mmmm yyyy h:mm;@"] {
        let seen = beeline(&[45_903.0, 45_903.5], style);
        assert_eq!(seen.summary.records, 2, "{style}: {:?}", seen.problems());
        assert!(seen.told()[0].starts_with("2025-09-03T00:00:00+03:00"), "{style}: {:?}", seen.told());
        assert!(seen.dictionary.clocks.iter().all(|clock| clock.precision == Precision::Second), "{style}");
    }
}

#[test]
fn a_moment_is_rounded_once_for_its_day_and_its_time() {
    let a_hair = 0.2 / 86_400.0;
    for style in ["dd.mm.yyyy hh:mm:ss", "General"] {
        let seen = beeline(&[45_903.0 - a_hair, 45_903.5 - a_hair, 45_904.0 - 1.0 / 86_400.0 + a_hair], style);
        let starts: Vec<String> = seen.told().iter().map(|told| told[..19].to_owned()).collect();
        assert_eq!(starts, ["2025-09-03T00:00:00", "2025-09-03T12:00:00", "2025-09-03T23:59:59"], "{style}");
    }
}

#[test]
fn a_date_and_a_time_in_cells_of_their_own_take_any_style() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (c, head) in ["Дата", "Время", "Номер", "Тип", "Длительность"].iter().enumerate() {
        sheet.write_string(0, c as u16, *head).unwrap();
    }
    let day = Format::new().set_num_format("[$-419]d mmmm yyyy;@");
    let local = Format::new().set_num_format("ДД.ММ.ГГГГ");
    let clock = Format::new().set_num_format("h:mm:ss;@");
    let whole = ExcelDateTime::parse_from_str("2025-09-03T10:15:07").unwrap().to_excel();
    let of_day = whole.fract();
    let rows = [
        (45_903.0, &day, of_day, &clock),
        (45_903.0, &local, of_day, &Format::new()),
        (whole, &day, whole, &clock),
        (whole, &Format::new(), of_day, &Format::new()),
        (45_903.0, &day, 0.0, &clock),
        (45_903.0, &Format::new(), 0.0, &Format::new()),
    ];
    for (row, (date, of_date, time, of_time)) in (1..).zip(rows) {
        sheet.write_number_with_format(row, 0, date, of_date).unwrap();
        sheet.write_number_with_format(row, 1, time, of_time).unwrap();
        sheet.write_number(row, 2, 79_071_112_233.0).unwrap();
        sheet.write_string(row, 3, "Входящий").unwrap();
        sheet.write_number(row, 4, f64::from(row)).unwrap();
    }
    let seen = seen(book.save_to_buffer().unwrap());
    let starts: Vec<String> = seen.told().iter().map(|told| told[..19].to_owned()).collect();
    assert_eq!(starts[..4], ["2025-09-03T10:15:07"; 4], "{:?}", seen.problems());
    assert_eq!(starts[4..], ["2025-09-03T00:00:00"; 2]);
    assert!(seen.dictionary.clocks.iter().all(|clock| clock.precision == Precision::Second));
}

#[test]
fn a_truncated_workbook_says_so_without_a_gap() {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "x").unwrap();
    let whole = book.save_to_buffer().unwrap();
    let error = try_with(&whole[..whole.len() / 2], &ReadOptions::default()).map(|_| ()).unwrap_err();
    assert_eq!(error.code, Code::FileTruncated);
    assert!(error.message("ru").contains("обрывается. В деле"), "{}", error.message("ru"));
    assert!(error.message("en").contains("breaks off. Nothing"), "{}", error.message("en"));
}

/// Counts the bytes that are read.
struct Counted(Cursor<Vec<u8>>, u64);

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(into)?;
        self.1 += read as u64;
        Ok(read)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_workbook_is_opened_once_to_be_looked_at_and_once_to_be_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (c, head) in ["Дата и время", "Номер А", "Номер Б", "Имя"].iter().enumerate() {
        sheet.write_string(0, c as u16, *head).unwrap();
    }
    // Texts that do not pack, so that they are nearly all of the file.
    let mut state = 1u64;
    for row in 1..=1500u32 {
        let mut name = String::new();
        while name.len() < 400 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            name += &format!("{:x}", state >> 8);
        }
        for (c, text) in ["03.09.2025 10:15:00", "79071110000", "79071112233", &name].iter().enumerate() {
            sheet.write_string(row, c as u16, *text).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let size = bytes.len() as u64;
    let mut file = Counted(Cursor::new(bytes), 0);
    // Opening reads the texts twice: to see that they unpack to what they say, and to hold them.
    let within = 3 * size;
    look(&mut file, "f.xlsx", None).unwrap();
    assert!(file.1 < within, "{} bytes of {size} were read to look", file.1);
    let options = ReadOptions::default();
    let what = identify(&mut file, "f.xlsx", &options).unwrap();
    file.1 = 0;
    let summary = read(&mut file, "f.xlsx", &what, &options, &mut Discard, &Silent).unwrap();
    assert_eq!(summary.rows, 1500);
    assert!(file.1 < within, "{} bytes of {size} were read to read", file.1);
}
