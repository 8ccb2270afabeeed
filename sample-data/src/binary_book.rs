//! A binary workbook written record by record: no program that writes them is at hand. Two sheets, texts both shared and
//! in place, a number, a date by its style.

use crate::Result;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn varint(mut value: u32, out: &mut Vec<u8>) {
    loop {
        let byte = (value & 0x7F) as u8;
        value >>= 7;
        out.push(if value > 0 { byte | 0x80 } else { byte });
        if value == 0 {
            return;
        }
    }
}

fn record(kind: u32, bytes: &[u8], out: &mut Vec<u8>) {
    // Kinds of two bytes carry the mark in their first.
    if kind < 0x80 {
        out.push(kind as u8);
    } else {
        out.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]);
    }
    varint(bytes.len() as u32, out);
    out.extend_from_slice(bytes);
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = (units.len() as u32).to_le_bytes().to_vec();
    units.iter().for_each(|unit| out.extend(unit.to_le_bytes()));
    out
}

enum Cell<'a> {
    Text(&'a str),
    Shared(u32),
    Number(f64),
    Date(f64),
}

fn sheet(rows: &[&[Cell<'_>]]) -> Vec<u8> {
    let mut out = Vec::new();
    record(0x0081, &[], &mut out);
    record(0x0094, &[0; 16], &mut out);
    record(0x0091, &[], &mut out);
    for (r, row) in rows.iter().enumerate() {
        record(0x0000, &[&(r as u32).to_le_bytes()[..], &[0; 13]].concat(), &mut out);
        for (c, cell) in row.iter().enumerate() {
            let head = |style: u32| [(c as u32).to_le_bytes(), style.to_le_bytes()].concat();
            match cell {
                Cell::Text(text) => record(0x0006, &[head(0), wide(text)].concat(), &mut out),
                Cell::Shared(at) => record(0x0007, &[head(0), at.to_le_bytes().to_vec()].concat(), &mut out),
                Cell::Number(value) => record(0x0005, &[head(0), value.to_le_bytes().to_vec()].concat(), &mut out),
                Cell::Date(value) => record(0x0005, &[head(1), value.to_le_bytes().to_vec()].concat(), &mut out),
            }
        }
    }
    record(0x0092, &[], &mut out);
    record(0x0082, &[], &mut out);
    out
}

/// A binary workbook (XLSB) of a cover and a table of two calls.
///
/// # Errors
/// When the package cannot be written.
pub fn binary_book() -> Result<Vec<u8>> {
    let shared = ["Дата и время", "Номер", "Направление", "Длительность", "Входящий"];
    let mut strings = Vec::new();
    record(0x009F, &[&5u32.to_le_bytes()[..], &5u32.to_le_bytes()].concat(), &mut strings);
    shared.iter().for_each(|text| record(0x0013, &[vec![0], wide(text)].concat(), &mut strings));
    record(0x00A0, &[], &mut strings);

    let mut book = Vec::new();
    record(0x0083, &[], &mut book);
    record(0x0099, &[0; 12], &mut book);
    record(0x008F, &[], &mut book);
    for (number, name) in [(1u32, "Титул"), (2, "Детализация")] {
        let id = wide(&format!("r{number}"));
        let bytes = [&0u32.to_le_bytes()[..], &number.to_le_bytes(), &id, &wide(name)].concat();
        record(0x009C, &bytes, &mut book);
    }
    record(0x0090, &[], &mut book);
    record(0x0084, &[], &mut book);

    let mut styles = Vec::new();
    record(0x0116, &[], &mut styles);
    record(0x0269, &2u32.to_le_bytes(), &mut styles);
    for format in [0u16, 22] {
        record(0x002F, &[&0u16.to_le_bytes()[..], &format.to_le_bytes(), &[0; 12]].concat(), &mut styles);
    }
    record(0x026A, &[], &mut styles);
    record(0x0117, &[], &mut styles);

    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |list: &[(&str, &str, &str)]| {
        let list: String = list
            .iter()
            .map(|(id, kind, target)| {
                format!("<Relationship Id=\"{id}\" Type=\"{kinds}/{kind}\" Target=\"{target}\"/>")
            })
            .collect();
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>"
        )
    };
    let of_book = relations(&[
        ("r1", "worksheet", "worksheets/sheet1.bin"),
        ("r2", "worksheet", "worksheets/sheet2.bin"),
        ("r3", "sharedStrings", "sharedStrings.bin"),
        ("r4", "styles", "styles.bin"),
    ]);
    let cover = sheet(&[&[Cell::Text("Отчёт")]]);
    let head: Vec<Cell<'_>> = (0..4).map(Cell::Shared).collect();
    let table = sheet(&[
        &head,
        &[Cell::Date(45_903.427_164_351_85), Cell::Number(79_071_112_233.0), Cell::Shared(4), Cell::Text("00:12")],
        &[Cell::Text("04.09.2025 10:15:07"), Cell::Text("79071112244"), Cell::Text("Исходящий"), Cell::Number(65.0)],
    ]);
    let parts: [(&str, &[u8]); 8] = [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", &relations(&[("r1", "officeDocument", "xl/workbook.bin")]).into_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", of_book.as_bytes()),
        ("xl/sharedStrings.bin", &strings),
        ("xl/styles.bin", &styles),
        ("xl/worksheets/sheet1.bin", &cover),
        ("xl/worksheets/sheet2.bin", &table),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
