//! Input files, made once and kept.

use crate::Result;
use std::path::{Path, PathBuf};
use ulika::actions::{self, ImportOptions, NewCase};
use ulika::model::Secret;
use ulika::progress::Silent;
use ulika::{Case, clock::Clock};

/// Everything is made from this.
const SEED: u64 = 7;
/// Of cases that have one.
pub const PASSWORD: &str = "correct horse battery staple";
/// Exhibits of about a megabyte, as pictures and short recordings are.
const EXHIBIT_BYTES: u64 = 1 << 20;

/// A number from the environment.
pub fn number(name: &str, otherwise: u64) -> Result<u64> {
    match std::env::var(name) {
        Ok(text) => text.parse().map_err(|_| format!("{name} is not a number: {text}").into()),
        Err(_) => Ok(otherwise),
    }
}

/// Makes `name` in the folder unless it is there. It gets its name when it is whole.
pub fn made(folder: &Path, name: &str, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let path = folder.join(name);
    if !path.exists() {
        let unfinished = folder.join(format!("unfinished-{name}"));
        if unfinished.is_dir() {
            std::fs::remove_dir_all(&unfinished)?;
        }
        make(&unfinished)?;
        std::fs::rename(&unfinished, &path)?;
    }
    Ok(path)
}

/// An operator's detail as CSV.
pub fn csv(folder: &Path) -> Result<PathBuf> {
    csv_of(folder, number("ULIKA_BENCH_ROWS", 1_000_000)?)
}

/// The same with so many rows.
pub fn csv_of(folder: &Path, rows: u64) -> Result<PathBuf> {
    made(folder, &format!("{rows}.csv"), |out| ulika_samples::calls_csv(rows, SEED, out))
}

/// A detail in so many files of so many rows, each of which repeats the last rows of the one before.
pub fn csv_in_parts(rows: u64, parts: u64, again: u64, out: &Path) -> Result<()> {
    ulika_samples::calls_csv_in_parts(rows, parts, again, SEED, out)
}

/// The same as a workbook.
pub fn xlsx(folder: &Path) -> Result<PathBuf> {
    made(folder, "100000.xlsx", |out| ulika_samples::calls_xlsx(100_000, SEED, out))
}

/// A phone's log.
pub fn xml(folder: &Path) -> Result<PathBuf> {
    made(folder, "100000.xml", |out| ulika_samples::calls_sbr_xml(100_000, SEED, out))
}

/// The same rows, or the calls among them, in another form.
pub fn form(folder: &Path, form: &str) -> Result<PathBuf> {
    let rows = number("ULIKA_BENCH_ROWS", 1_000_000)?;
    made(folder, &format!("{rows}-{form}.{form}"), |out| match form {
        "html" => ulika_samples::calls_html(rows, SEED, out),
        "sqlite" => ulika_samples::calls_sqlite(rows, SEED, out),
        "dump" => ulika_samples::calls_dump(rows, SEED, out),
        "sql" => ulika_samples::calls_sql(rows, SEED, out),
        "text" => ulika_samples::calls_text(rows, SEED, out),
        _ => Err(format!("no form {form}").into()),
    })
}

/// A folder of exhibits.
pub fn exhibits(folder: &Path) -> Result<PathBuf> {
    let megabytes = number("ULIKA_BENCH_MB", 200)?;
    let bytes = megabytes * 1_000_000;
    made(folder, &format!("exhibits-{megabytes}"), |out| {
        ulika_samples::exhibits((bytes / EXHIBIT_BYTES).max(1), bytes, SEED, out)
    })
}

/// Files of a folder, by name.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.sort_unstable();
    Ok(files)
}

/// A new case.
pub fn new_case(path: &Path, password: Option<&str>) -> Result<Case> {
    let new = NewCase { password: password.map(Secret::from), ..NewCase::default() };
    Ok(actions::new_case(path, &new, Clock::Fixed(1_760_000_000))?)
}

/// A new case into which the file was imported; every row must be accounted for.
pub fn import(input: &Path, folder: &Path) -> Result<()> {
    import_into(input, new_case(&folder.join("case.ulika"), None)?)
}

/// The same under a password.
pub fn import_keyed(input: &Path, folder: &Path) -> Result<()> {
    import_into(input, new_case(&folder.join("case.ulika"), Some(PASSWORD))?)
}

fn import_into(input: &Path, mut case: Case) -> Result<()> {
    add(input, &mut case)
}

/// A file imported into a case; every row must be accounted for.
pub fn add(input: &Path, case: &mut Case) -> Result<()> {
    let answer = actions::import(case, &[input.to_owned()], &ImportOptions::default(), &[], &Silent)?;
    for source in &answer.sources {
        let other: u32 = source.other.values().sum();
        let problems = u32::try_from(source.problems.len())?;
        let sum = source.records + other + problems + source.repeats_in_file + source.other_lines;
        if source.records == 0 || source.rows != sum {
            return Err(format!("rows {} are not accounted for: {sum}", source.rows).into());
        }
    }
    Ok(())
}
