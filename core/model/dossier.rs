//! The dossier: a consistent snapshot from which everything that leaves is rendered.
//! Texts are shared, so that memory stays within some 400 bytes a call; bytes of originals are read through
//! [`OriginalReader`] and never held.

use super::{
    CallId, CoverageRun, CustodyEvent, Direction, Disposition, DossierRange, Exhibit, ExhibitId, ExtractOf, Group,
    GroupId, HandChannel, JoinReason, Line, Moment, NumberKind, RecordId, RegisterOrigin, Silence, Source, SourceId,
    Verdict, words,
};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;

words!(
    /// What of the sources goes into a bundle.
    Contents {
        /// Originals, byte for byte.
        Originals = "originals",
        /// Rows in scope as found, and the original's digest.
        Extracts = "extracts",
    }
);

/// What a bundle covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BundleScope {
    /// Groups chosen; empty for the whole case.
    pub groups: Vec<GroupId>,
}

/// A place of a call in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowText {
    /// Record.
    pub record: RecordId,
    /// Source.
    pub source: SourceId,
    /// Sheet, from 1; 0 where there is none.
    pub sheet: u32,
    /// Row as a person counts it.
    pub row: u64,
    /// Why this record was joined; `None` for the call's first record.
    pub why: Option<JoinReason>,
    /// What is left of the difference of starts after the clock offset, seconds.
    pub residual_s: i32,
}

words!(
    /// What a caller label was seen in.
    LabelSource {
        /// A field of the phone's log, which does not say whether it is a contact or a marking.
        PhoneLog = "phone_log",
        /// A field of the operator's detail.
        OperatorField = "operator_field",
        /// A field of an exchange's log.
        PbxField = "pbx_field",
        /// A field of a file of which it is not said whose it is.
        OtherField = "other_field",
        /// What the person wrote down by hand.
        Hand = "hand",
        /// An exhibit, off which the person read it.
        Exhibit = "exhibit",
    }
);

/// Where a caller label was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelPlace {
    /// In the row of a record of the call.
    Row(RecordId),
    /// On an exhibit; `None` for one that does not leave.
    Exhibit(Option<ExhibitId>),
}

/// A caller label as it was seen once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierLabel {
    /// The text as shown.
    pub text: Arc<str>,
    /// Where.
    pub seen: LabelPlace,
}

/// A call with everything that the tables and the report print.
#[derive(Clone, Debug)]
pub struct DossierCall {
    /// Identity.
    pub id: CallId,
    /// Start.
    pub start: Moment,
    /// Direction.
    pub direction: Direction,
    /// Disposition.
    pub disposition: Disposition,
    /// Kind of the number.
    pub number_kind: NumberKind,
    /// As written by the first record.
    pub number_raw: Arc<str>,
    /// E.164 where it is one.
    pub number_e164: Option<Arc<str>>,
    /// The complainant's line, E.164, where known.
    pub line: Option<Arc<str>>,
    /// Length in seconds.
    pub duration_s: Option<u32>,
    /// Labels observed on it, each time that one was seen: those of its rows first.
    pub labels: Vec<DossierLabel>,
    /// Service word.
    pub service: Arc<str>,
    /// Group, where it has one.
    pub group: Option<GroupId>,
    /// Which witnesses state it.
    pub verdict: Verdict,
    /// Offset of the first record's clock against the others, seconds, where known.
    pub clock_offset_s: Option<i32>,
    /// Its records.
    pub records: Vec<RowText>,
    /// Witnesses that do not state it, each with the reason.
    pub silent: Vec<Silence>,
    /// What the person wrote down of it by hand.
    pub said: Option<Arc<str>>,
    /// To whom the range of the number was allotted, by the register.
    pub range_holder: Option<Arc<str>>,
    /// Region by the register.
    pub region: Option<Arc<str>>,
}

/// A source and the sums of its rows.
#[derive(Clone, Debug)]
pub struct DossierSource {
    /// The source.
    pub source: Source,
    /// The text of the recipe that read it, where it is the person's own.
    pub recipe_text: Option<String>,
    /// Data rows.
    pub rows: u64,
    /// Rows that state a call.
    pub records: u64,
    /// Rows of other services, by kind.
    pub other: Vec<(String, u64)>,
    /// Repeats within the file.
    pub repeats_in_file: u64,
    /// Rows of lines that were not picked.
    pub other_lines: u64,
    /// Rows that could not be read.
    pub problems: u64,
    /// Rows, of those counted above, that were damaged in the file and mended.
    pub mended: u64,
    /// Its days within its period, in order: those with records and the stretches without.
    pub coverage: Vec<CoverageRun>,
    /// The whole file, where the case keeps only an extract of it.
    pub extract_of: Option<ExtractOf>,
    /// Distinct numbers in it that are not in scope: numbers of others that a whole original would disclose.
    pub numbers_of_others: u64,
}

/// What the person wrote down by hand, as the report prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierEntry {
    /// The source that it is.
    pub source: SourceId,
    /// When it was written down, RFC 3339.
    pub written_at: String,
    /// When it happened; `None` for a message, which is no record.
    pub at: Option<Moment>,
    /// The same as written.
    pub when: String,
    /// By what way it came; `None` for a word of nobody's.
    pub channel: Option<HandChannel>,
    /// Name of the messenger.
    pub messenger: String,
    /// Whether it went out.
    pub outgoing: bool,
    /// Kind of the number.
    pub number_kind: NumberKind,
    /// E.164.
    pub number: Option<String>,
    /// As written.
    pub number_raw: String,
    /// What the screen showed.
    pub label: String,
    /// What was said.
    pub said: String,
}

/// An exhibit in scope.
#[derive(Clone, Debug)]
pub struct DossierExhibit {
    /// The exhibit.
    pub exhibit: Exhibit,
}

/// One row of the row ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// Source.
    pub source: SourceId,
    /// Sheet, from 1; 0 where there is none.
    pub sheet: u32,
    /// Row.
    pub row: u64,
    /// `record`, `other`, `repeat`, `problem`, `other_line`.
    pub fate: &'static str,
    /// Kind of the other service, row repeated, or what is wrong.
    pub detail: String,
    /// Call, where the row states one.
    pub call: Option<CallId>,
}

/// A consistent snapshot of what is in scope.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// Case UUID.
    pub case_id: String,
    /// Title of the case.
    pub title: String,
    /// Version of the case-file schema.
    pub schema_version: u32,
    /// Version of the program.
    pub program: String,
    /// What it covers.
    pub scope: BundleScope,
    /// Clock of the export, Unix seconds.
    pub now: i64,
    /// The complainant's lines.
    pub lines: Vec<Line>,
    /// Sources that state a call in scope (all, for a full bundle), by id.
    pub sources: Vec<DossierSource>,
    /// Calls in scope, by start, then id.
    pub calls: Vec<DossierCall>,
    /// Calls of the case that are not in scope.
    pub calls_left_out: u64,
    /// What was written down by hand and is in scope, in the order of writing.
    pub by_hand: Vec<DossierEntry>,
    /// Groups in scope.
    pub groups: Vec<Group>,
    /// How groups look in lists and charts: the mark of each.
    pub marks: BTreeMap<GroupId, u32>,
    /// The registers of the numbering plan that speak of numbers in scope.
    pub registers: Vec<RegisterOrigin>,
    /// Their ranges that these numbers lie in, ascending.
    pub ranges: Vec<DossierRange>,
    /// Exhibits in scope, by number: for a scoped bundle those linked to a call in scope.
    pub exhibits: Vec<DossierExhibit>,
    /// Exhibits of the case that are not in scope.
    pub exhibits_left_out: u64,
    /// Custody chain: every link; details are absent where out of scope.
    pub custody: Vec<CustodyEvent>,
}

/// Reads the bytes that a dossier speaks of. The store implements it over the case file.
pub trait OriginalReader {
    /// Opens the original with this SHA-256 (hexadecimal).
    ///
    /// # Errors
    /// When the case file does not hold it or cannot be read.
    fn open(&self, sha256: &str) -> io::Result<Box<dyn Read + '_>>;

    /// The rows of a source as found, in order, restricted to `rows` (sheet, row): header first, then cells.
    ///
    /// # Errors
    /// When the original cannot be read again.
    fn rows_as_found(&self, source: SourceId, rows: &[(u32, u64)]) -> io::Result<Vec<Vec<String>>>;

    /// Visits the row ledger of the sources in scope, in order.
    ///
    /// # Errors
    /// When the case file cannot be read, or the visitor fails.
    fn for_each_ledger_row(&self, visit: &mut dyn FnMut(LedgerRow) -> io::Result<()>) -> io::Result<()>;
}
