//! A dossier → a bag in a zip, and back. Pure: writes to what it is given, reads what it is given.
//!
//! [`write`] makes the bundle of version 1 as `docs/bundle.md` lays it out: the same dossier gives the same bytes, and
//! memory does not grow with the size of exhibits and originals. [`verify`] takes nothing for granted: a bundle is
//! foreign input, and every difference has a name.

mod bag;
mod case_json;
mod cells;
mod code;
mod csv_out;
mod digests;
mod facts;
mod inventory;
mod labels;
mod names;
mod profile;
mod report;
mod scope;
mod seems;
mod tables;
mod verify;
mod witnesses;
mod workbook;
mod write;
mod zip_out;

pub(crate) use cells::is_invisible;
pub use code::typed_code;
pub(crate) use names::source_no;
pub use report::PicturePage;
pub use seems::is_meant_as_bundle;
pub use verify::DifferenceKind;

use crate::error::Result;
use crate::model::{Contents, Dossier, Exhibit, OriginalReader};
use crate::progress::Progress;
use crate::typesetting::Typesetter;
use serde::Serialize;
use std::io::{Read, Seek, Write};

/// The file of the payload that tells people what this is and how to check it.
const README: &str = "data/ЧИТАЙ-МЕНЯ.txt";

/// What every answer of a verification must say, Russian: what verifying cannot find.
pub const LIMIT_OF_VERIFYING: &str = "Если кто-то изменил файлы и пересчитал все суммы заново, сам пакет этого не \
     покажет. Это видно только по подписи, по отметке времени или по коду пакета, записанному раньше в другом месте, \
     например в поданной жалобе. Отчёт и пояснение, на которых код напечатан, код не охватывает.";

/// The same in English.
pub const LIMIT_OF_VERIFYING_EN: &str = "If someone changed files and computed every digest again, the bundle itself \
     does not show it. Only a signature, a time stamp, or the code of the bundle written down elsewhere before, as in a \
     complaint that was handed in, does. The report and the note that print the code are not covered by it.";

/// A target that can be written at any place.
pub trait WriteSeek: Write + Seek {}
impl<T: Write + Seek> WriteSeek for T {}

/// A bundle to verify.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The code: four groups of four letters.
    pub code: String,
    /// Name of the top folder, also the recommended file name without `.zip`.
    pub name: String,
    /// Files in the bag, tag files included.
    pub files: u32,
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Difference {
    /// Closed word, see [`DifferenceKind`]: `byte_flipped`, `payload_deleted`, `payload_added`, …
    pub kind: String,
    /// Path inside the bag, or empty.
    pub path: String,
    /// In words, Russian.
    pub text: String,
    /// The same in English.
    pub text_en: String,
}

/// The outcome of verifying a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Every listed file present and none unlisted.
    pub complete: bool,
    /// Complete, and every digest matches.
    pub valid: bool,
    /// Every difference by name.
    pub differences: Vec<Difference>,
    /// `none`, `present`.
    pub signature: String,
    /// The code recomputed, where the manifest could be read.
    pub code: Option<String>,
}

/// Writes the bundle of a dossier to an empty target. A scoped dossier always takes extracts.
///
/// # Errors
/// [`crate::Code::Cancelled`], [`crate::Code::WriteFailed`], [`crate::Code::DiskFull`]; [`crate::Code::CaseDamaged`]
/// when an original cannot be read or is not what its digest says; or whatever the typesetter returns. What was
/// written so far is no bundle then and must be thrown away.
pub fn write(
    dossier: &Dossier,
    originals: &dyn OriginalReader,
    contents: Contents,
    typesetter: &dyn Typesetter,
    out: &mut dyn WriteSeek,
    progress: &dyn Progress,
) -> Result<Written> {
    write::write(dossier, originals, contents, typesetter, out, progress)
}

/// The source of a PDF with one picture a page: `pages` out of `all`, for paper beside the bundle with this code.
#[must_use]
pub fn pictures(dossier: &Dossier, contents: Contents, code: &str, pages: &[PicturePage], all: usize) -> String {
    let (scope, linked) = (scope::Scope::new(dossier, contents), tables::Linked::new(dossier));
    let home = write::home(dossier);
    report::pictures::source(&report::Content::new(&scope, &linked, code, home), &home, pages, all)
}

/// The name of an exhibit's copy: its number and an ending that follows what the bytes are.
#[must_use]
pub fn exhibit_name(exhibit: &Exhibit) -> String {
    names::exhibit(exhibit).trim_start_matches("exhibits/").to_owned()
}

/// Verifies a bundle, naming every difference. A file that is no zip at all is a difference too. The answer holds
/// within [`LIMIT_OF_VERIFYING`], which whoever shows it must show as well.
///
/// # Errors
/// [`crate::Code::FileUnreadable`] when reading fails, [`crate::Code::Cancelled`].
pub fn verify(file: &mut dyn ReadSeek, progress: &dyn Progress) -> Result<Verification> {
    verify::verify(file, progress)
}
