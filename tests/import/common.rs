//! Reading bytes in a test.

use std::io::{Cursor, Write};
use ulika::error::{Code, Error};
use ulika::import::{Identified, ReadOptions, Sink, Summary, identify, read};
use ulika::model::{CallRecord, Dictionary, Moment, RowFate};
use ulika::progress::Silent;
use zip::write::SimpleFileOptions;

/// Everything that reading a file shows.
pub struct Seen {
    pub what: Identified,
    pub summary: Summary,
    pub fates: Vec<RowFate>,
    pub dictionary: Dictionary,
}

#[derive(Default)]
struct Keep(Vec<RowFate>, Dictionary);

impl Sink for Keep {
    fn row(&mut self, fate: RowFate, dictionary: &Dictionary) -> ulika::Result<()> {
        self.0.push(fate);
        self.1 = dictionary.clone();
        Ok(())
    }
}

pub fn try_with(bytes: &[u8], options: &ReadOptions) -> Result<Seen, Error> {
    let mut file = Cursor::new(bytes);
    let what = identify(&mut file, "file.bin", options)?;
    let mut keep = Keep::default();
    let summary = read(&mut file, "file.bin", &what, options, &mut keep, &Silent)?;
    let seen = Seen { what, summary, fates: keep.0, dictionary: keep.1 };
    seen.check_sums();
    Ok(seen)
}

pub fn seen_with(bytes: &[u8], options: &ReadOptions) -> Seen {
    match try_with(bytes, options) {
        Ok(seen) => seen,
        Err(error) => panic!("{error} {:?}", error.detail),
    }
}

pub fn seen(bytes: impl AsRef<[u8]>) -> Seen {
    seen_with(bytes.as_ref(), &ReadOptions::default())
}

/// The refusal of a file; its message must be complete in both languages and name the file.
pub fn refusal(bytes: impl AsRef<[u8]>, code: Code) -> Error {
    let error = match try_with(bytes.as_ref(), &ReadOptions::default()) {
        Ok(seen) => panic!("read as {:?}: {:?}", seen.what, seen.summary),
        Err(error) => error,
    };
    assert_eq!(error.code, code, "{error} {:?}", error.detail);
    for language in ["ru", "en"] {
        let message = error.message(language);
        assert!(message.contains("file.bin"), "the message does not name the file: {message}");
        assert!(!message.contains('—') || language == "ru", "a gap in: {message}");
        assert!(!message.contains(": —") && !message.contains(['[', '{']), "a gap in: {message}");
    }
    error
}

impl Seen {
    fn check_sums(&self) {
        let s = &self.summary;
        let sum =
            s.records + s.other.values().sum::<u64>() + s.problems.len() as u64 + s.repeats_in_file + s.other_lines;
        assert_eq!(s.rows, sum, "the sums do not add up: {s:?}");
        assert_eq!(s.rows, self.fates.len() as u64, "every data row reaches the sink once");
    }

    pub fn records(&self) -> Vec<CallRecord> {
        let record = |fate: &RowFate| if let RowFate::Record(record) = fate { Some(*record) } else { None };
        self.fates.iter().filter_map(record).collect()
    }

    /// One record as text: time, direction, disposition, number, seconds, label.
    pub fn told(&self) -> Vec<String> {
        let d = &self.dictionary;
        self.records()
            .iter()
            .map(|r| {
                let when = Moment { reading: r.reading, clock: d.clocks[r.clock as usize] }.rfc3339();
                let number = &d.spellings[r.spelling as usize].1;
                let seconds = r.duration_s.map_or("-".to_owned(), |s| s.to_string());
                let label = r.label.map_or("-", |l| d.labels[l as usize].as_str());
                format!("{when} {} {} {} {seconds} {label}", r.direction, r.disposition, number.text)
            })
            .collect()
    }

    pub fn lines(&self) -> Vec<&str> {
        self.summary.lines.iter().map(|line| line.text.as_str()).collect()
    }

    pub fn problems(&self) -> Vec<(u64, &str, &str, &str)> {
        self.summary
            .problems
            .iter()
            .map(|p| (p.row, p.column.as_str(), p.found.as_str(), p.expected.as_str()))
            .collect()
    }
}

/// Numbers as they fall, the same in every run.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

/// A package of these parts; a name that ends with `/` is a folder.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        if name.ends_with('/') {
            zip.add_directory(*name, SimpleFileOptions::default()).unwrap();
            continue;
        }
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Encodes a text by the name of an encoding, UTF-16 with its mark.
pub fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    match encoding {
        "utf-8" => text.as_bytes().to_vec(),
        "utf-8+bom" => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        "utf-16le+bom" => [vec![0xFF, 0xFE], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        "utf-16be+bom" => [vec![0xFE, 0xFF], text.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat(),
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        name => {
            let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).expect("an encoding");
            let (bytes, _, bad) = encoding.encode(text);
            assert!(!bad, "{name} cannot hold the text");
            bytes.into_owned()
        }
    }
}

/// A workbook with one sheet from rows of texts; an empty text is no cell.
pub fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(r as u32, c as u16, *cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}
