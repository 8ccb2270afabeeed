//! The committed files are what the generator makes, and every one of them says what must be found in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;
use ulika_samples::{calls_csv, calls_sbr_xml, calls_xlsx, committed, exhibits};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn committed_files_equal_a_fresh_generation() {
    let again = "run `cargo run -p ulika-samples -- write` and look at what changed";
    for (path, bytes) in committed().unwrap() {
        let found = std::fs::read(root().join(&path)).unwrap_or_else(|e| panic!("{path}: {e}; {again}"));
        assert!(found == bytes, "{path} is not what the generator makes; {again}");
    }
}

#[test]
fn no_generated_folder_holds_a_file_that_is_not_generated() {
    let made: BTreeSet<String> = committed().unwrap().into_iter().map(|(path, _)| path).collect();
    for folder in ["case", "hostile", "recipes"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
            assert!(entry.file_type().unwrap().is_dir() || made.contains(&path), "{path} has no generator");
        }
    }
}

#[test]
fn every_file_has_an_expectation_whose_rows_add_up() {
    let made: BTreeSet<String> = committed().unwrap().into_iter().map(|(path, _)| path).collect();
    for path in made.iter().filter(|p| !p.ends_with(".json") && !p.ends_with(".tsv") && !p.ends_with("register.csv")) {
        let expectation = format!("{path}.expect.json");
        assert!(made.contains(&expectation), "{expectation} is missing");
        let text = std::fs::read(root().join(&expectation)).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&text).unwrap();
        if value.get("code").is_some() {
            continue;
        }
        let count = |name: &str| value[name].as_u64().unwrap();
        let sum = |name: &str| value[name].as_object().unwrap().values().map(|v| v.as_u64().unwrap()).sum::<u64>();
        let problems = value["problems"].as_array().unwrap().len() as u64;
        assert_eq!(
            count("rows"),
            count("records") + sum("other") + count("repeats_in_file") + problems,
            "{expectation}: rows do not add up"
        );
        assert_eq!(count("records"), sum("directions"), "{expectation}: directions do not add up");
        assert!(count("records") > 0, "{expectation}: no records");
    }
}

#[test]
fn the_case_is_as_large_as_it_should_be() {
    let told = ulika_samples::truth::truth(ulika_samples::SEED);
    assert!((380..=440).contains(&told.calls.len()), "{} calls", told.calls.len());
    for spelling in ulika_samples::truth::SPELLINGS {
        assert!(told.calls.iter().filter(|c| c.label == Some(spelling)).count() > 5, "«{spelling}» is hardly seen");
    }
    assert!(told.calls.windows(2).all(|pair| pair[0].start < pair[1].start), "calls are out of order");
}

#[test]
fn pictures_are_drawn_and_small() {
    let table = std::fs::read_to_string(root().join("case/shots/shots.tsv")).unwrap();
    for line in table.lines().skip(1) {
        let name = line.split('\t').next().unwrap();
        let path = root().join("case/shots").join(name);
        let size =
            std::fs::metadata(&path).unwrap_or_else(|e| panic!("{name}: {e}; run sample-data/draw-shots.sh")).len();
        assert!((1_000..60_000).contains(&size), "{name} has {size} bytes");
        image::open(&path).unwrap();
    }
}

#[test]
fn exhibits_are_drawn_and_spoken_and_small() {
    let table = std::fs::read_to_string(root().join("case/exhibits/exhibits.tsv")).unwrap();
    let mut whole = 0;
    for line in table.lines().skip(1) {
        let name = line.split('\t').next().unwrap();
        let script = if name.ends_with(".png") { "draw-exhibits.sh" } else { "speak.sh" };
        let path = root().join("case/exhibits").join(name);
        let size = std::fs::metadata(&path).unwrap_or_else(|e| panic!("{name}: {e}; run sample-data/{script}")).len();
        assert!((1_000..90_000).contains(&size), "{name} has {size} bytes");
        whole += size;
    }
    assert!(whole < 400_000, "{whole} bytes");
    let held = std::fs::read_dir(root().join("case/exhibits")).unwrap().count();
    assert_eq!(held, table.lines().count(), "a file of no row");
}

#[test]
fn large_files_have_the_rows_and_bytes_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    calls_csv(300, 1, &at("a.csv")).unwrap();
    calls_csv(300, 1, &at("b.csv")).unwrap();
    assert_eq!(std::fs::read(at("a.csv")).unwrap(), std::fs::read(at("b.csv")).unwrap());
    let lines = std::fs::read(at("a.csv")).unwrap().split(|b| *b == b'\n').count();
    assert_eq!(lines, 7 + 1 + 300 + 1 + 1, "junk, header, rows, total, the end");
    calls_sbr_xml(200, 1, &at("c.xml")).unwrap();
    assert_eq!(std::fs::read_to_string(at("c.xml")).unwrap().matches("<call ").count(), 200);
    calls_xlsx(100, 1, &at("d.xlsx")).unwrap();
    assert!(std::fs::read(at("d.xlsx")).unwrap().starts_with(b"PK"));
    exhibits(10, 2_000_000, 1, &at("e")).unwrap();
    let sizes: Vec<u64> = std::fs::read_dir(at("e")).unwrap().map(|f| f.unwrap().metadata().unwrap().len()).collect();
    assert_eq!(sizes.len(), 10);
    assert!((1_800_000..2_200_000).contains(&sizes.iter().sum::<u64>()), "{sizes:?}");
}
