//! Import of an extract: the rows of one line are kept in the place of a file that names several.
//!
//! The bytes of the whole file never come near the case: the extract is made in memory and is what is staged. It is read
//! again before anything is written, and must say of every row what the whole file said.

use super::collector::Collector;
use super::files::Brought;
use super::import::{Asked, ReadFile};
use super::unfit;
use crate::error::{Code, Error, Result};
use crate::import::{NoteKind, ReadOptions, ReadSeek, identify, read, read_extract};
use crate::model::{JournalBeside, hex};
use crate::progress::{Progress, Silent};
use crate::store::blobs;
use crate::store::evidence::{Manner, Planned, PlannedLedgerRow};
use sha2::{Digest, Sha256};
use std::io::{Cursor, Seek};

/// Reads one file through its recipe and puts the extract of the picked line in its place.
///
/// # Errors
/// As [`read_extract`]; [`Code::FileChanged`]; [`Code::RequestUnfit`] where the extract would read otherwise.
pub(super) fn read_part(
    mut brought: Brought<Box<dyn ReadSeek>>,
    sha256: [u8; 32],
    journal: Option<JournalBeside>,
    options: &ReadOptions,
    progress: &dyn Progress,
) -> Result<Asked> {
    let name = brought.name.clone();
    let mut what = identify(&mut brought.file, &name, options)?;
    if what.extract_of.is_some() {
        return Err(unfit("файл уже выписка", "the file is an extract already"));
    }
    let mut collector = Collector::default();
    let whole = (hex(&sha256), brought.size);
    let told = (whole.0.as_str(), whole.1);
    let (mut summary, made) = read_extract(&mut brought.file, &name, &what, options, told, &mut collector, progress)?;
    let planned = collector.planned;
    let rewound = brought.file.rewind();
    rewound.map_err(|e| Error::new(Code::FileUnreadable).with("file", name.clone()).because(e))?;
    let again = blobs::digest_of(&mut brought.file, &mut |done| progress.report("digest", done, Some(whole.1)))
        .map_err(|e| e.of_file(&name))?;
    if again != (sha256, whole.1) {
        return Err(Error::new(Code::FileChanged).with("file", name));
    }
    let mut extract = Cursor::new(made.bytes);
    let mut second = Collector::default();
    read(&mut extract, &name, &what, options, &mut second, &Silent)?;
    if !says_the_same(&planned, &second.planned) {
        return Err(unfit(
            &format!("выписка из «{name}» читалась бы не так, как сам файл; добавьте его целиком"),
            &format!("an extract of “{name}” would not read as the file does; add it as a whole"),
        ));
    }
    // The date that shows the order may stand in a row that is not kept.
    for note in summary.notes.iter_mut().filter(|note| note.kind == NoteKind::DayOrder) {
        *note = note.without_proof();
    }
    let bytes = extract.get_ref();
    let (sha256, size) = (Sha256::digest(bytes).into(), bytes.len() as u64);
    what.extract_of = Some(made.of);
    let brought = Brought { name, file: Box::new(extract) as Box<dyn ReadSeek>, size };
    // In the preview a person still picks among the lines that the file names.
    summary.lines.extend(made.lines);
    Ok(Asked::Read(Box::new(ReadFile::new(brought, sha256, what, summary, planned, journal))))
}

/// Whether two readings plan the same rows, but for those of other lines.
fn says_the_same(whole: &Planned, extract: &Planned) -> bool {
    let (of_whole, of_extract) = (&whole.dictionary, &extract.dictionary);
    let manners = |planned: &Planned| -> Vec<(Manner, Option<String>)> {
        let line = |manner: &Manner| Some(planned.dictionary.lines.get(manner.line? as usize)?.text.clone());
        planned.manners.iter().map(|manner| (Manner { line: None, ..*manner }, line(manner))).collect()
    };
    let kept = |rows: &[PlannedLedgerRow]| -> Vec<PlannedLedgerRow> {
        rows.iter().filter(|row| row.fate != "other_line").cloned().collect()
    };
    whole.records == extract.records
        && manners(whole) == manners(extract)
        && kept(&whole.ledger) == kept(&extract.ledger)
        && of_whole.clocks == of_extract.clocks
        && of_whole.spellings == of_extract.spellings
        && of_whole.labels == of_extract.labels
        && of_whole.services == of_extract.services
}
