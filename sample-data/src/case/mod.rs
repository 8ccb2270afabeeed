//! The sample case: the story as four witnesses wrote it down, a fifth layout, and the numbering plan.

mod beeline;
mod exhibits;
mod hand;
mod mts;
mod phone;
mod shots;
mod table;
mod telebill;

use crate::truth::{Call, truth};
use crate::{Expectation, Made, Result, register_csv};
use chrono::NaiveDate;

/// Every file of the sample case, the samples of recipes that the case does not use, and their expectations.
///
/// # Errors
/// When a workbook cannot be written.
pub fn files(seed: u64) -> Result<Vec<Made>> {
    let told = truth(seed);
    let mut files = Vec::new();
    let mut add = |path: &str, (bytes, expectation): (Vec<u8>, Expectation)| -> Result<()> {
        files.push((format!("{path}.expect.json"), expectation.json()?));
        files.push((path.to_owned(), bytes));
        Ok(())
    };
    add("case/mts.xml", mts::detail(&told, seed))?;
    add("case/beeline.xlsx", beeline::detail(&told, seed)?)?;
    add("case/table.csv", table::detail(&told, seed)?)?;
    add("case/phone.xml", phone::log(&told, seed))?;
    add("recipes/beeline-b2b-csv.csv", telebill::detail(&told, seed)?)?;
    add("recipes/hand.csv", hand::entries(&told)?)?;
    files.push(("case/register.csv".to_owned(), register_csv().into_bytes()));
    files.push(("case/shots/shots.tsv".to_owned(), shots::list(&told).into_bytes()));
    files.push(("case/exhibits/exhibits.tsv".to_owned(), exhibits::list(&told).into_bytes()));
    Ok(files)
}

/// The calls that an operator's detail can hold: an incoming call that nobody answered is not billed, and an
/// outgoing one is not either.
pub(crate) fn billed<'a>(
    calls: &'a [Call],
    first: NaiveDate,
    last: NaiveDate,
) -> impl Iterator<Item = &'a Call> + use<'a> {
    calls.iter().filter(move |call| call.outcome.seconds() > 0 && (first..=last).contains(&call.start.date()))
}

/// `3:07`, and `75:00` for a long talk: minutes may be sixty and more.
pub(crate) fn minutes(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The text as windows-1251; an error if it has a letter that the encoding lacks.
pub(crate) fn windows_1251(text: &str) -> Result<Vec<u8>> {
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1251.encode(text);
    if lossy { Err("a letter that windows-1251 lacks".into()) } else { Ok(bytes.into_owned()) }
}
