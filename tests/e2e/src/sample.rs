//! The sample case, made by `ulika-cli` as a person would make it.

use crate::{Place, Result, of_project};
use std::fs;
use std::path::PathBuf;

/// Makes the sample case in a place: four witnesses, screenshots, and exhibits that wait.
///
/// # Errors
/// When the program fails.
pub fn sample_case(place: &Place) -> Result<PathBuf> {
    let case = place.path("Образец.ulika");
    let path = case.display().to_string();
    place.cli(&["new", &path, "--title", "Навязчивая реклама", "--line", "+79071204518,zone=Europe/Moscow"])?;
    let sample = |name: &str| of_project(&format!("sample-data/case/{name}")).display().to_string();
    let witnesses = ["mts.xml", "beeline.xlsx", "table.csv", "phone.xml"].map(sample);
    place.cli(&[&["import", &path], witnesses.each_ref().map(String::as_str).as_slice()].concat())?;
    for folder in ["shots", "exhibits"] {
        let files = fs::read_dir(sample(folder))?.filter_map(|file| Some(file.ok()?.path()));
        let mut files: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|e| e != "tsv")).collect();
        files.sort();
        let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        let named: Vec<&str> = files.iter().map(String::as_str).collect();
        place.cli(&[&["attach", &path], named.as_slice()].concat())?;
    }
    Ok(case)
}
