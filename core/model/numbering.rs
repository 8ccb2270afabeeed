//! Registers of the numbering plan: which they are, and the ranges of them that were used.

use super::words;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

words!(
    /// How the date of a register is known: the file itself does not say it.
    DatedBasis {
        /// The person said it.
        Stated = "stated",
        /// A date in the name of the file.
        FileName = "file_name",
        /// When the file was changed last, which may be when it was copied.
        FileTime = "file_time",
    }
);

words!(
    /// What is wrong with a row of a register.
    RegisterProblemKind {
        /// It has not the cells of the header, or no range in them.
        Malformed = "malformed",
        /// Its capacity is not that of its range.
        Capacity = "capacity",
        /// Its range meets another one. Where the two disagree, nothing is said of a number.
        Overlap = "overlap",
    }
);

/// A row of a register that is not used as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RegisterProblem {
    /// Line of the file, from 1.
    pub line: u32,
    /// What is wrong.
    pub kind: RegisterProblemKind,
    /// The row as it stands, or the beginning of it.
    pub found: String,
}

/// Which register speaks: a file of the numbering plan and its date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RegisterOrigin {
    /// Name of the file as it was received.
    pub file: String,
    /// SHA-256 of it, hexadecimal.
    pub sha256: String,
    /// The day whose state it is.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub dated: NaiveDate,
    /// How that is known.
    pub dated_basis: DatedBasis,
}

/// A range of a register that a statement of the dossier rests on, as the row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierRange {
    /// Index of its register in the dossier.
    pub register: usize,
    /// Line of the file, from 1.
    pub line: u32,
    /// First number, E.164 digits.
    pub from: u64,
    /// Last number.
    pub to: u64,
    /// Operator.
    pub operator: Arc<str>,
    /// Region.
    pub region: Arc<str>,
    /// Territory; empty in older registers.
    pub territory: Arc<str>,
    /// Tax number of the operator; empty in older registers.
    pub inn: Arc<str>,
}
