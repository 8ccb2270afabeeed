//! Invented calls. Everything here is made from a seed: no clock, no network, no real person, company or number.
//!
//! [`truth`] tells what "really" happened to one invented subscriber in five months; [`case`] renders it as four
//! witnesses would write it, each with its own omissions, offset and rounding, and says beside each file what a
//! reader must find in it ([`Expectation`]). [`hostile`] makes small files that a reader must survive. [`bulk`]
//! makes files of any size for the benchmarks, [`years`] years of calls with the truth known.
//!
//! Numbers come only from mobile codes that Russia's numbering plan leaves unallotted; `register.csv` allots them
//! to invented operators.

// Digits are grouped the way a phone number is read aloud.
#![allow(clippy::inconsistent_digit_grouping)]

mod binary_book;
pub mod bulk;
mod bulk_forms;
pub mod case;
mod exchanges;
mod expect;
pub mod hostile;
mod layouts;
mod phones;
pub mod register;
mod seed;
mod sheet;
pub mod truth;
pub mod years;

pub use binary_book::binary_book;
pub use bulk::{calls_csv, calls_csv_in_parts, calls_sbr_xml, calls_xlsx, exhibits};
pub use bulk_forms::{calls_dump, calls_html, calls_sql, calls_text};
pub use expect::{Expectation, Fault};
pub use phones::calls_sqlite;
pub use register::register_csv;
pub use seed::Seed;

use std::path::Path;

/// What can go wrong here: the disk, or the writer of workbooks.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
/// What the fallible functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

/// The seed of the committed files.
pub const SEED: u64 = 20_250_301;

/// One file as generated: its path under `sample-data/` with `/`, and its bytes.
pub type Made = (String, Vec<u8>);

/// Every committed file that is generated, in the order of their paths.
///
/// # Errors
/// When a workbook cannot be written.
pub fn committed() -> Result<Vec<Made>> {
    let mut files = case::files(SEED)?;
    files.extend(exchanges::files(SEED)?);
    files.extend(layouts::files(SEED)?);
    files.extend(hostile::files(SEED)?);
    files.extend(phones::files(SEED)?);
    files.sort();
    Ok(files)
}

/// Writes every committed file under `root` (the folder `sample-data`).
///
/// # Errors
/// When the disk refuses.
pub fn write_committed(root: &Path) -> Result<usize> {
    let files = committed()?;
    for (path, bytes) in &files {
        let target = root.join(path);
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(target, bytes)?;
    }
    Ok(files.len())
}
