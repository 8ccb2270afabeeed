//! Imported files and the complainant's lines.

use super::{PhoneNumber, SourceId, Zone, ZoneBasis, words};
use serde::{Deserialize, Serialize};

words!(
    /// What kind of witness a source is.
    SourceKind {
        /// The phone's own call log.
        Phone = "phone",
        /// The operator's billing detail.
        Operator = "operator",
        /// An office exchange.
        Pbx = "pbx",
        /// Written down by hand.
        Hand = "hand",
        /// Not known.
        Other = "other",
    }
);

words!(
    /// What became of the journal of a database: the file `-wal` beside it, in which its newest rows may lie.
    JournalBeside {
        /// The database keeps one, and none lay beside it.
        Absent = "absent",
        /// It lay beside the database and was not read.
        Unread = "unread",
    }
);

/// An imported file as received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Identity in the case.
    pub id: SourceId,
    /// File name as received, without folders.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Kind of witness.
    pub kind: SourceKind,
    /// Name of the recipe that read it.
    pub recipe: String,
    /// Encoding of its text, as the Encoding Standard names it in lower case; empty for workbooks, databases and PDF.
    pub encoding: String,
    /// Zone in which its times are read; `None` where each row states its own.
    pub zone: Option<Zone>,
    /// How the zone is known.
    pub zone_basis: ZoneBasis,
    /// When it was imported, RFC 3339.
    pub received_at: String,
    /// Whether the person withdrew it (undo of the import): bytes kept, calls not counted.
    pub withdrawn: bool,
}

/// The whole file of which a source holds an extract: the rows of one line. The file itself is not kept, so its digest is
/// all that whoever has it can compare.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExtractOf {
    /// SHA-256 of the whole file, lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub bytes: u64,
    /// The line whose rows the extract holds, E.164.
    pub line: String,
}

/// One of the complainant's own numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The number.
    pub number: PhoneNumber,
    /// Operator as the person names it; empty where unknown.
    pub operator: String,
    /// Zone of the line, where given.
    pub zone: Option<Zone>,
}

impl Default for SourceKind {
    /// What a source is until something says otherwise.
    fn default() -> Self {
        SourceKind::Other
    }
}
