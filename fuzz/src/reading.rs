//! A file is read.

use std::io::Cursor;
use ulika::import::{Identified, ReadOptions, Sink, Summary, excerpt, identify, look, read, rows_as_found};
use ulika::model::{Dictionary, RowFate};
use ulika::progress::Silent;
use ulika::{Code, Error};

const NAME: &str = "file.bin";
/// So many rows are looked for again.
const LOOKED_FOR: usize = 8;

/// The fates of the rows, and the dictionary that they refer to.
#[derive(Default)]
struct Rows(Vec<RowFate>, Dictionary);

impl Sink for Rows {
    fn row(&mut self, fate: RowFate, _: &Dictionary) -> ulika::Result<()> {
        self.0.push(fate);
        Ok(())
    }

    fn finish(&mut self, dictionary: Dictionary) {
        self.1 = dictionary;
    }
}

/// Reads bytes as a file that a person brings: identified, looked at, read twice, some rows found again.
///
/// # Panics
/// When something does not hold that must hold for every file.
pub fn file(bytes: &[u8]) {
    with(bytes, &ReadOptions::default());
}

/// Reads bytes with options, as [`file`] does.
///
/// # Panics
/// When something does not hold that must hold for every file.
pub(crate) fn with(bytes: &[u8], options: &ReadOptions) {
    let mut file = Cursor::new(bytes);
    told(look(&mut file, NAME, None).err());
    told(excerpt(&mut file, NAME).err());
    let what = match identify(&mut file, NAME, options) {
        Ok(what) => what,
        Err(error) => return told(Some(error)),
    };
    let Some((summary, rows)) = once(&mut file, &what, options) else { return };
    let (again, rows_again) = once(&mut file, &what, options).expect("what was read once is read again");
    assert_eq!(summary, again, "a second reading sums up otherwise");
    assert_eq!(format!("{:?}", rows.0), format!("{:?}", rows_again.0), "a second reading says otherwise");
    found_again(&mut file, &what, &rows.0);
}

/// The summary and the rows of one reading; `None` where the file was refused in words.
fn once(file: &mut Cursor<&[u8]>, what: &Identified, options: &ReadOptions) -> Option<(Summary, Rows)> {
    let mut rows = Rows::default();
    match read(file, NAME, what, options, &mut rows, &Silent) {
        Ok(summary) => {
            check_sums(&summary, &rows);
            Some((summary, rows))
        }
        Err(error) => {
            told(Some(error));
            None
        }
    }
}

fn check_sums(summary: &Summary, rows: &Rows) {
    let of_fates = |chosen: &dyn Fn(&RowFate) -> bool| rows.0.iter().filter(|fate| chosen(fate)).count() as u64;
    let other: u64 = summary.other.values().sum();
    let problems = summary.problems.len() as u64;
    let sum = summary.records + other + problems + summary.repeats_in_file + summary.other_lines;
    assert_eq!(summary.rows, sum, "the sums do not add up: {summary:?}");
    assert_eq!(summary.rows, rows.0.len() as u64, "every row has one fate");
    assert_eq!(summary.records, of_fates(&|fate| matches!(fate, RowFate::Record(_))));
    assert_eq!(problems, of_fates(&|fate| matches!(fate, RowFate::Problem { .. })));
    assert_eq!(summary.repeats_in_file, of_fates(&|fate| matches!(fate, RowFate::Repeat { .. })));
    for fate in &rows.0 {
        let RowFate::Record(record) = fate else { continue };
        let words = &rows.1;
        assert!((record.spelling as usize) < words.spellings.len(), "a number that no dictionary holds");
        assert!((record.clock as usize) < words.clocks.len(), "a clock that no dictionary holds");
        assert!(record.label.is_none_or(|label| (label as usize) < words.labels.len()), "a label that none holds");
    }
}

/// The rows of some records are found where the records say.
fn found_again(file: &mut Cursor<&[u8]>, what: &Identified, fates: &[RowFate]) {
    let places: Vec<(u32, u64)> = fates
        .iter()
        .filter_map(|fate| match fate {
            RowFate::Record(record) => Some((record.place.sheet, record.place.row)),
            _ => None,
        })
        .take(LOOKED_FOR)
        .collect();
    if places.is_empty() {
        return;
    }
    let found = rows_as_found(file, what, &places).expect("the rows of records are in the file");
    assert_eq!(found.len(), places.len(), "a record whose row is not in the file");
}

/// A refusal says what it is about in both languages, and is never a fault of the program.
pub(crate) fn told(error: Option<Error>) {
    let Some(error) = error else { return };
    assert_ne!(error.code, Code::Internal, "a file is no fault of the program: {error:?}");
    for language in ["ru", "en"] {
        let message = error.message(language);
        // What is wrong with a recipe is said in the words of the library that read it, which quotes it.
        let quotes = error.code == Code::RecipeBroken;
        assert!(!message.trim().is_empty() && (quotes || !message.contains(['[', '{'])), "a gap in: {message}");
    }
}
