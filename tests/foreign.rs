//! Samples that programs of others wrote again hold what their samples hold; what we read of a table, other readers
//! read of it too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use ulika::error::Result;
use ulika::import::{Identified, ReadOptions, Sink, Summary, identify, read, rows_as_found};
use ulika::model::{Dictionary, RowFate};
use ulika::progress::Silent;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

#[derive(Default)]
struct Tally {
    directions: BTreeMap<&'static str, u64>,
    duration_s: u64,
}

impl Sink for Tally {
    fn row(&mut self, fate: RowFate, _: &Dictionary) -> Result<()> {
        if let RowFate::Record(record) = fate {
            *self.directions.entry(record.direction.word()).or_default() += 1;
            self.duration_s += u64::from(record.duration_s.unwrap_or(0));
        }
        Ok(())
    }
}

fn whole(path: &Path) -> (Identified, Summary, Tally) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let options = ReadOptions::default();
    let mut file = File::open(path).unwrap();
    let what = identify(&mut file, name, &options).unwrap_or_else(|e| panic!("{name}: {e} {:?}", e.detail));
    let mut tally = Tally::default();
    let summary = read(&mut file, name, &what, &options, &mut tally, &Silent).unwrap();
    (what, summary, tally)
}

#[test]
fn what_other_programs_wrote_again_holds_the_same() {
    let pairs = [
        ("beeline-older.xls", "recipes/beeline-xls.xlsx"),
        ("beeline-newer.xls", "case/beeline.xlsx"),
        ("beeline-newer.ods", "case/beeline.xlsx"),
        ("mts-business.xls", "recipes/mts-business-xlsx.xlsx"),
        ("t2.xls", "recipes/t2-csv.csv"),
        ("table.ods", "case/table.csv"),
    ];
    for (written, sample) in pairs {
        let path = samples().join("foreign").join(written);
        let text = std::fs::read(samples().join(format!("{sample}.expect.json"))).unwrap();
        let expected: Value = serde_json::from_slice(&text).unwrap();
        let (what, summary, tally) = whole(&path);
        let found = serde_json::json!({
            "recipe": what.recipe,
            "encoding": "",
            "rows": summary.rows,
            "records": summary.records,
            "other": summary.other,
            "repeats_in_file": summary.repeats_in_file,
            "problems": summary.problems.iter().map(|p| serde_json::json!({"column": p.column, "found": p.found})).collect::<Vec<_>>(),
            "directions": tally.directions,
            "duration_s": tally.duration_s,
            "period": summary.period,
        });
        for (key, value) in found.as_object().unwrap() {
            let wanted = if key == "encoding" { &Value::from("") } else { &expected[key] };
            assert_eq!(value, wanted, "{written}: {key}; {:?}", summary.problems);
        }
    }
}

/// Reads a table as its own tongue does and prints each row that holds anything: its sheet, its line or row, its cells.
const OTHERS: &str = r#"
import csv, datetime, json, sys
def text(cell):
    if cell is None: return ""
    if isinstance(cell, bool): return "ИСТИНА" if cell else "ЛОЖЬ"
    if isinstance(cell, float) and cell == int(cell): return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.strftime("%d.%m.%Y %H:%M:%S") if cell.time() != datetime.time() else cell.strftime("%d.%m.%Y")
    return str(cell)
kind, path, encoding = sys.argv[1:4]
rows = []
if kind == "csv":
    with open(path, encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=";")
        for cells in reader:
            rows.append([0, reader.line_num, cells])
else:
    import openpyxl
    for number, sheet in enumerate(openpyxl.load_workbook(path, data_only=True), 1):
        for row, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            rows.append([number, row, [text(cell) for cell in cells]])
json.dump([row for row in rows if any(cell.strip() for cell in row[2])], sys.stdout)
"#;

/// The Python with the readers of others, where the tests' tools were set up.
fn python() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")))?;
    let python = cache.join("ulika/venv/bin/python");
    let has = Command::new(&python).args(["-c", "import openpyxl"]).output().is_ok_and(|o| o.status.success());
    has.then_some(python)
}

/// The rows that another reader finds, or `None` where it is not installed.
fn others(kind: &str, path: &Path, encoding: &str) -> Option<Vec<(u32, u64, Vec<String>)>> {
    let program = if kind == "csv" { PathBuf::from("python3") } else { python()? };
    let output = Command::new(program)
        .env("PYTHONIOENCODING", "utf-8")
        .args(["-c", OTHERS, kind])
        .arg(path)
        .arg(encoding)
        .output()
        .ok()?;
    assert!(output.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn agree(folder: &str, name: &str) -> bool {
    let path = samples().join(folder).join(name);
    let (what, ..) = whole(&path);
    let kind = if name.ends_with(".csv") { "csv" } else { "xlsx" };
    let Some(rows) = others(kind, &path, if what.encoding.is_empty() { "-" } else { &what.encoding }) else {
        return false;
    };
    assert!(rows.len() >= 5, "{name}: the other reader finds {} rows", rows.len());
    let wanted: Vec<(u32, u64)> = rows.iter().map(|(sheet, row, _)| (*sheet, *row)).collect();
    let found = rows_as_found(&mut File::open(&path).unwrap(), &what, &wanted).unwrap();
    for ((sheet, row, cells), ours) in rows.iter().zip(&found) {
        let trimmed = |cells: &[String]| -> Vec<String> {
            let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            cells[..end].to_vec()
        };
        assert_eq!(trimmed(&ours.cells), trimmed(cells), "{name}: sheet {sheet}, row {row}");
    }
    true
}

#[test]
fn csv_is_read_as_another_reader_reads_it() {
    for (folder, name) in [
        ("case", "table.csv"),
        ("recipes", "megafon-csv.csv"),
        ("recipes", "megafon-csv-roaming.csv"),
        ("recipes", "t2-csv.csv"),
        ("hostile", "formulas.csv"),
    ] {
        assert!(agree(folder, name), "{name}: python3 is not installed");
    }
}

#[test]
fn workbooks_are_read_as_another_reader_reads_them() {
    let names = [("case", "beeline.xlsx"), ("recipes", "beeline-xls.xlsx"), ("recipes", "mts-business-xlsx.xlsx")];
    for (folder, name) in names {
        if !agree(folder, name) {
            println!("skipped, not installed: openpyxl");
            return;
        }
    }
}
