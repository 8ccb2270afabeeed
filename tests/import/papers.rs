//! Details on paper: PDF and the text that was copied out of one.

use crate::common::{Chance, refusal, seen, try_with};
use flate2::{Compression, write::ZlibEncoder};
use std::io::{Cursor, Write};
use ulika::error::Code;
use ulika::import::{ReadOptions, rows_as_found};

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/sample-data/recipes/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A document of the objects given, from the first; the first is the catalogue.
fn document(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", at + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| bytes.extend(format!("{place:010} 00000 n \n").bytes()));
    let size = objects.len() + 1;
    bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< {dictionary} /Length {} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// One page with these instructions, and further objects from the sixth on.
fn page(content: Vec<u8>, resources: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {resources} >> >>")
            .into_bytes(),
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    objects.extend(more);
    document(&objects)
}

#[test]
fn the_text_of_a_printed_detail_is_read_as_the_document_is() {
    let (text, paper) = (seen(sample("mts-pdf.txt")), seen(sample("mts-pdf.pdf")));
    assert_eq!(text.what.recipe, paper.what.recipe);
    assert_eq!(text.told(), paper.told());
    assert_eq!(text.lines(), ["+79071204518"]);
    assert_eq!(paper.lines(), text.lines());
    assert_eq!((text.what.encoding.as_str(), paper.what.encoding.as_str()), ("utf-8", ""));
}

#[test]
fn records_stand_on_lines_in_any_of_the_ways_in_which_texts_are_copied() {
    let head = "Оказанные услуги связи\nСетевой ресурс\n79071204518\nДата\nВремя GMT*\nНомер\nУслуга\n";
    let tail = "Итого\n 12,34\nСтраница 1 из 1\nFORIS OSS\n";
    let by_cells = "03.09.2025  9:15:07\n+03:00  <--+79353104\n072\nТелеф.\n75:03\n 0,0000\n\
        03.09.2025  10:00:00\n+03:00  79435556677\nПАО \"МТС\" Москва и\nМосковская обл\nТелеф.\n0:40\n 1,6667  03.09.2025 10:00:40\n\
        03.09.2025  11:00:00\n+03:00  VOL_FACEBOOK_F\nLEX\n4G\n1\n 0,0000\n";
    let by_lines = "03.09.2025  9:15:07   +03:00  <--+79353104072   Телеф.   75:03   0,0000\r\n\
        03.09.2025  10:00:00\t+03:00\t79435556677\tТелеф.\t0:40\t1,6667\t03.09.2025 10:00:40\r\n\
        03.09.2025  11:00:00  +03:00  VOL_FACEBOOK_FLEX  4G  1  0,0000\r\n";
    for body in [by_cells, by_lines] {
        let whole = seen(format!("{head}{body}{tail}"));
        assert_eq!(
            whole.told(),
            [
                "2025-09-03T09:15:07+03:00 incoming answered +79353104072 4503 -",
                "2025-09-03T10:00:00+03:00 outgoing answered +79435556677 40 -"
            ],
            "{body}"
        );
        assert_eq!((whole.summary.rows, whole.summary.other["data"]), (3, 1));
        assert_eq!(whole.lines(), ["+79071204518"]);
    }
}

#[test]
fn the_number_and_the_seconds_of_a_record_in_one_line_are_two_cells_whatever_stands_between() {
    let head = "Телефон: 79071204518\n\
        Дата и время  Тарифный план  Тип соединения  Номер  в секундах  в минутах  стоимость по тарифу  по оплате\n";
    for between in ["  ", "            ", "\t"] {
        let rows = [
            ["01.09.25 10:00:00", "Мой онлайн", "входящий вызов", "79353104072", "65", "2", "0,00", "0,00"],
            ["01.09.25 10:10:00", "Мой онлайн", "исходящий на моб", "8 (935) 310-40-73", "4501", "76", "1,00", "0,00"],
            ["01.09.25 10:15:00", "Мой онлайн", "исходящий", "900", "5", "1", "1,00", "0,00"],
            ["01.09.25 10:20:00", "Мой онлайн", "SMS", "79353104072", "0", "0", "1,00", "0,00"],
            ["01.09.25 10:25:00", "Мой онлайн", "USSD", "*100#", "1", "1", "0,00", "0,00"],
        ];
        let whole = seen(format!("{head}{}\n", rows.map(|row| row.join(between)).join("\n")));
        assert_eq!(whole.what.recipe, "t2-pdf");
        assert_eq!(
            whole.told(),
            [
                "2025-09-01T10:00:00+03:00 incoming answered +79353104072 65 -",
                "2025-09-01T10:10:00+03:00 outgoing answered +79353104073 4501 -",
                "2025-09-01T10:15:00+03:00 outgoing answered 900 5 -",
            ],
            "{between:?}"
        );
        assert_eq!((whole.summary.rows, whole.summary.other["sms"]), (5, 1));
        assert_eq!(whole.summary.other["ussd"], 1, "a number of a service has a hash");
    }
}

#[test]
fn a_record_that_has_another_shape_is_a_problem_with_its_text_and_reading_goes_on() {
    let text = "03.09.2025  9:15:07\n+03:00  <--+79353104072\nТелеф.\n0:07\n 0,0000\n\
        03.09.2025  9:16:07\n+03:00  <--+79353104072\nТелеф.\nмного\n 0,0000\n\
        03.09.2025  9:17:07\n+03:00  <--+79353104072\nТелеф.\n0:09\n 0,0000\n";
    let whole = seen(text);
    assert_eq!((whole.summary.records, whole.summary.rows), (2, 3));
    let (row, column, found, expected) = whole.problems()[0];
    assert_eq!((row, column), (6, ""), "the date reads, and nothing tells what else does not");
    assert!(expected.contains("Дата, GMT, Номер, Зона, Услуга"), "{expected}");
    assert!(found.contains("много") && found.contains("9:16:07"), "{found}");
    let places: Vec<(u32, u64)> = whole.records().iter().map(|r| (0, r.place.row)).collect();
    let rows = rows_as_found(&mut Cursor::new(text.as_bytes()), &whole.what, &places).unwrap();
    assert_eq!(rows[1].columns, ["Дата", "GMT", "Номер", "Услуга", "Длительность", "Стоимость"]);
    assert_eq!(rows[1].cells[4], "0:09");
    let first = &text.as_bytes()[..whole.records()[0].place.length as usize];
    assert!(first.ends_with(b" 0,0000"), "the place covers the whole record");
}

#[test]
fn a_title_near_above_the_header_is_no_part_of_it() {
    for above in [11, 15, 19, 30] {
        let columns = [30, 120, 220, 320, 420];
        let mut content = format!("BT /F1 8 Tf 30 {} Td (Detail of the calls of one month) Tj ET\n", 780 + above);
        let mut line = |y: usize, cells: [String; 5]| {
            for (x, cell) in columns.iter().zip(cells) {
                content += &format!("BT /F1 8 Tf {x} {y} Td ({cell}) Tj ET\n");
            }
        };
        line(780, ["Date", "Time", "Number", "Direction", "Duration"].map(str::to_owned));
        for n in 0..20 {
            let number = format!("7935111{n:04}");
            line(
                768 - 12 * n,
                [format!("{:02}.09.2025", n + 1), "10:15:07".into(), number, "incoming".into(), "0:05".into()],
            );
        }
        let font = "/Font << /F1 5 0 R >>";
        let whole = seen(page(stream("", content.as_bytes()), font, vec![]));
        assert_eq!((whole.summary.records, whole.summary.skipped), (20, 1), "{above} points above");
    }
}

#[test]
fn a_table_is_put_together_from_its_places_over_pages_and_lines() {
    let bytes = sample("table.pdf");
    let whole = seen(&bytes);
    assert_eq!((whole.summary.problems.len(), whole.lines()), (0, vec!["+79071204518"]));
    let places: Vec<(u32, u64)> = whole.records().iter().map(|r| (0, r.place.row)).collect();
    let rows = rows_as_found(&mut Cursor::new(&bytes), &whole.what, &places).unwrap();
    assert_eq!(rows[0].columns, ["Дата и время", "Номер телефона", "Направление", "Длительность", "Сумма, руб."]);
    assert!(rows.iter().any(|row| row.cells[2] == "Входящий вызов"), "a cell of two lines is one cell");
    assert!(rows.iter().any(|row| row.cells[2] == "Исходящий"));
}

#[test]
fn a_document_without_text_says_so_and_one_that_is_no_document_is_damaged() {
    let picture = page(stream("", b"0 0 1 rg 10 10 100 100 re f"), "", vec![]);
    let error = refusal(&picture, Code::FormatUnknown);
    assert!(error.message("ru").contains("PDF без текста") && error.message("ru").contains("XLSX, CSV"), "{error}");
    refusal(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj", Code::FileDamaged);
}

#[test]
fn what_unpacks_to_gigabytes_or_never_ends_is_refused_before_it_is_unpacked() {
    let packed = |bytes: &mut dyn FnMut(&mut ZlibEncoder<Vec<u8>>)| {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        bytes(&mut encoder);
        encoder.finish().unwrap()
    };
    let zeros = vec![b' '; 1 << 20];
    let big = packed(&mut |encoder| (0..600).for_each(|_| encoder.write_all(&zeros).unwrap()));
    assert!(big.len() < 1 << 20);
    refusal(page(stream("/Filter /FlateDecode", &big), "", vec![]), Code::FileTooLarge);
    // Packed twice: a few kilobytes.
    let twice = packed(&mut |encoder| encoder.write_all(&big).unwrap());
    refusal(page(stream("/Filter [/FlateDecode /FlateDecode]", &twice), "", vec![]), Code::FileTooLarge);
    // Thirty drawings, each of which draws the next one twice.
    let forms = (0..30).map(|n| {
        let resources = format!("/Resources << /XObject << /F {} 0 R >> >>", n + 7);
        stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}"), b"/F Do /F Do")
    });
    let endless = page(stream("", b"/F Do"), "/XObject << /F 6 0 R >>", forms.collect());
    refusal(endless, Code::FileTooLarge);
}

#[test]
fn damaged_documents_are_read_or_refused_and_nothing_falls_over() {
    for name in ["mts-pdf.pdf", "table.pdf"] {
        let whole = sample(name);
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
        let mut next = |below: usize| chance.below(below);
        let mut read = 0;
        for _ in 0..40 {
            let mut bytes = whole.clone();
            for _ in 0..1 + next(10) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes[at] = next(256) as u8,
                    1 => drop(bytes.drain(at..(at + 1 + next(60)).min(bytes.len()))),
                    2 => bytes.insert(at, b"<>()[]/ 0\n%R"[next(12)]),
                    _ => bytes[at] = b'9',
                }
            }
            if next(5) == 0 {
                bytes.truncate(next(bytes.len()).max(2000));
            }
            read += usize::from(try_with(&bytes, &ReadOptions::default()).is_ok());
        }
        assert!(read > 5, "{name}: hardly anything was read ({read})");
    }
}

#[test]
fn a_document_of_another_program_is_read_whole_although_its_cells_stand_in_the_middle() {
    let path = format!("{}/sample-data/paper/detail.pdf", env!("CARGO_MANIFEST_DIR"));
    let whole = seen(std::fs::read(path).unwrap());
    // As the script that drew it counted.
    let seconds: u32 = whole.records().iter().filter_map(|record| record.duration_s).sum();
    assert_eq!(
        (whole.summary.rows, whole.summary.records, whole.summary.other["sms"], seconds),
        (120, 93, 27, 196_861)
    );
    assert_eq!((whole.summary.problems.len(), whole.lines()), (0, vec!["+79071204518"]));
    assert!(whole.what.from_pdf, "a person is told that it was put together again");
    assert!(!seen(sample("mts-pdf.txt")).what.from_pdf);
}
