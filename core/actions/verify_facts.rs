//! What the case keeps of its exhibits, read once from their bytes, against what the same bytes say when read again.

use super::attach::exhibit_no;
use super::told::{READER, read};
use super::verify_names::{Names, difference};
use crate::bundle::Difference;
use crate::error::Result;
use crate::model::ExhibitId;
use crate::progress::Progress;
use crate::store::Connection;
use crate::store::blobs::Blob;
use crate::store::evidence::{self, StoredExhibit};
use crate::store::exhibits::{self, Fact};
use rustc_hash::FxHashMap;

/// Compares the kept times and lengths of all exhibits, withdrawn ones too, which may come back. Those kept by another
/// version of what reads them are used by nobody and are no difference; nor is anything where the bytes themselves have
/// been named as changed or missing.
///
/// # Errors
/// When the case file cannot be read; [`crate::Code::Cancelled`].
pub(super) fn check_facts(
    connection: &Connection,
    names: &Names,
    progress: &dyn Progress,
    differences: &mut Vec<Difference>,
) -> Result<()> {
    let faulty: Vec<String> = differences
        .iter()
        .filter(|d| d.kind.starts_with("original_"))
        .flat_map(|d| d.path.split(' ').map(str::to_owned))
        .collect();
    let exhibits: FxHashMap<ExhibitId, StoredExhibit> =
        evidence::exhibits(connection)?.into_iter().map(|e| (e.id, e)).collect();
    for (id, kept) in exhibits::facts(connection, READER)? {
        if faulty.contains(&exhibit_no(id)) {
            continue;
        }
        let (no, ru, en) = names.exhibit(id.0);
        let Some(exhibit) = exhibits.get(&id) else {
            differences.push(difference(
                "facts_differ",
                no,
                &format!("В деле есть время съёмки или длительность файла, которого в нём нет: {ru}."),
                &format!("The case keeps a time of capture or a length of a file that it does not hold: {en}."),
            ));
            continue;
        };
        let mut blob = Blob::open(connection, exhibit.original)?;
        let said = read(exhibit, &mut blob, progress)?;
        if let Some((what_ru, what_en)) = unlike(&kept, &said) {
            differences.push(difference(
                "facts_differ",
                no,
                &format!("{ru}: {what_ru} в деле не то, что говорит сам файл."),
                &format!("{en}: the case keeps another {what_en} than the file itself says."),
            ));
        }
    }
    Ok(())
}

/// In what they are unlike.
fn unlike(kept: &Fact, said: &Fact) -> Option<(&'static str, &'static str)> {
    match (kept.time == said.time, kept.duration_ms == said.duration_ms) {
        (true, true) => None,
        (false, true) => Some(("время съёмки", "time of capture")),
        (true, false) => Some(("длительность", "length")),
        (false, false) => Some(("время съёмки и длительность", "time of capture and length")),
    }
}
