//! Every sample is read as its expectation says; every hostile file is refused with its code or read without loss.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use ulika::error::Result;
use ulika::import::{Identified, ReadOptions, Sink, Summary, identify, read};
use ulika::model::{Dictionary, RowFate};
use ulika::progress::Silent;

/// Counts what the summary does not tell.
#[derive(Default)]
struct Tally {
    directions: BTreeMap<&'static str, u64>,
    labels: BTreeMap<String, u64>,
    duration_s: u64,
    fates: BTreeMap<&'static str, u64>,
}

impl Sink for Tally {
    fn row(&mut self, fate: RowFate, dictionary: &Dictionary) -> Result<()> {
        let word = match fate {
            RowFate::Record(record) => {
                *self.directions.entry(record.direction.word()).or_default() += 1;
                self.duration_s += u64::from(record.duration_s.unwrap_or(0));
                if let Some(label) = record.label {
                    *self.labels.entry(dictionary.labels[label as usize].clone()).or_default() += 1;
                }
                "records"
            }
            RowFate::Other { .. } => "other",
            RowFate::Repeat { .. } => "repeats_in_file",
            RowFate::OtherLine { .. } => "other_lines",
            RowFate::Problem { .. } => "problems",
        };
        *self.fates.entry(word).or_default() += 1;
        Ok(())
    }
}

fn whole(path: &Path) -> Result<(Identified, Summary, Tally)> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let options = ReadOptions::default();
    let mut file = File::open(path).unwrap();
    let what = identify(&mut file, name, &options)?;
    let mut tally = Tally::default();
    let summary = read(&mut file, name, &what, &options, &mut tally, &Silent)?;
    Ok((what, summary, tally))
}

fn samples(folder: &str) -> Vec<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(folder);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_str().unwrap();
        if let Some(sample) = name.strip_suffix(".expect.json") {
            found.push((PathBuf::from(sample), serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap()));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!found.is_empty());
    found
}

/// What was found, in the shape of an expectation.
fn found(what: &Identified, summary: &Summary, tally: &Tally) -> Value {
    let faults: Vec<Value> = summary.problems.iter().map(|p| json!({"column": p.column, "found": p.found})).collect();
    let mut value = json!({
        "recipe": what.recipe,
        "kind": what.kind.word(),
        "encoding": what.encoding,
        "rows": summary.rows,
        "records": summary.records,
        "other": summary.other,
        "repeats_in_file": summary.repeats_in_file,
        "problems": faults,
        "directions": tally.directions,
        "duration_s": tally.duration_s,
        "period": summary.period,
    });
    if !tally.labels.is_empty() {
        value["labels"] = json!(tally.labels);
    }
    value
}

/// Expected problems may leave out the column and the text, where a reader is free to choose which to name.
fn loosen(value: &mut Value, expected: &Value) {
    let (Some(found), Some(wanted)) = (value["problems"].as_array_mut(), expected["problems"].as_array()) else {
        return;
    };
    for (found, wanted) in found.iter_mut().zip(wanted) {
        for key in ["column", "found"] {
            if wanted[key] == "" {
                found[key] = json!("");
            }
        }
    }
}

fn check(path: &Path, expected: &Value) {
    let shown = path.display();
    match (whole(path), expected.get("code")) {
        (Ok((what, summary, tally)), None) => {
            let mut value = found(&what, &summary, &tally);
            loosen(&mut value, expected);
            let text = |v: &Value| serde_json::to_string_pretty(v).unwrap();
            assert!(value == *expected, "{shown}: found\n{}\nexpected\n{}", text(&value), text(expected));
            let other: u64 = summary.other.values().sum();
            let problems = summary.problems.len() as u64;
            let sum = summary.records + other + problems + summary.repeats_in_file + summary.other_lines;
            assert_eq!(summary.rows, sum, "{shown}: rows do not add up");
            let told = |word: &str| tally.fates.get(word).copied().unwrap_or(0);
            assert_eq!(
                (told("records"), told("other"), told("repeats_in_file"), told("problems"), told("other_lines")),
                (summary.records, other, summary.repeats_in_file, problems, summary.other_lines),
                "{shown}: the sink was told something else than the summary says"
            );
        }
        (Err(error), Some(code)) => assert_eq!(error.code.word(), code, "{shown}: {}", error.message("en")),
        (Ok((what, ..)), Some(code)) => panic!("{shown}: read as {}, expected the refusal {code}", what.recipe),
        (Err(error), None) => panic!("{shown}: refused with {error}, expected {expected}"),
    }
}

#[test]
fn the_sample_case_is_read_as_expected() {
    for (path, expected) in samples("case") {
        check(&path, &expected);
    }
}

#[test]
fn the_samples_of_further_recipes_are_read_as_expected() {
    for (path, expected) in samples("recipes") {
        check(&path, &expected);
    }
}

#[test]
fn hostile_files_are_refused_or_read_without_loss() {
    for (path, expected) in samples("hostile") {
        check(&path, &expected);
    }
}
