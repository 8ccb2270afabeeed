//! What a person says of a table that no recipe knows, and the recipe that this comes to: the same kind that the known
//! layouts have, so that there is one way of reading.
//!
//! [`look`] shows the first rows as they are and proposes a [`Mapping`] with a reason for each column;
//! [`recipe_text`] turns a mapping into the text of a recipe.

mod forms;
mod look;
mod propose;
mod shapes;
mod text;

pub use look::{ColumnSeen, LOOKED_AT, Look, LookRow, NumberSeen, WordSeen, look};
pub(super) use look::{headers, table_rows};
pub use propose::{Proposal, ValueShape};
pub(super) use text::quoted;
pub use text::{MappingName, recipe_text};

use super::recipe::{ContainerKind, Field};
use crate::model::{Direction, SourceKind, words};
use serde::{Deserialize, Serialize};

words!(
    /// What a word in a column of directions, services or outcomes says of its row.
    WordMeaning {
        /// A call towards the line.
        Incoming = "incoming",
        /// A call from the line.
        Outgoing = "outgoing",
        /// A call towards the line that nobody answered.
        Missed = "missed",
        /// A call towards the line that was declined.
        Rejected = "rejected",
        /// A call towards the line that was blocked.
        Blocked = "blocked",
        /// A call towards the line that went to voicemail.
        Voicemail = "voicemail",
        /// A call from the line that nobody answered.
        OutgoingMissed = "outgoing_missed",
        /// A call that was answered; of outcomes only.
        Answered = "answered",
        /// A call, whichever way.
        Call = "call",
        /// A short message.
        Sms = "sms",
        /// A multimedia message.
        Mms = "mms",
        /// A request by code.
        Ussd = "ussd",
        /// Traffic.
        Data = "data",
        /// A fax.
        Fax = "fax",
        /// Money without a service.
        Fee = "fee",
        /// No call, and nothing of the above.
        Other = "other",
        /// It says nothing.
        Unknown = "unknown",
    }
);

/// Where the header stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct HeaderPlace {
    /// Sheet, from 1; 0 for a table of text.
    pub sheet: u32,
    /// Row as a person counts it.
    pub row: u32,
}

/// Which elements of an XML file are rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct XmlPlace {
    /// Root element.
    pub root: String,
    /// Row element.
    pub row: String,
}

/// A word of a column and what it means there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WordRead {
    /// Column, from 0.
    pub column: u32,
    /// The word as written.
    pub word: String,
    /// What it means.
    pub means: WordMeaning,
}

/// How a table is to be read, in a person's terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Mapping {
    /// Kind of file.
    pub container: ContainerKind,
    /// Where the header stands; `None` where the table has none.
    pub header: Option<HeaderPlace>,
    /// Headings from the left, as written; names of attributes for XML.
    pub headings: Vec<String>,
    /// What each column holds; `None` for what is not read.
    pub fields: Vec<Option<Field>>,
    /// Words of the columns of directions, services and outcomes.
    pub words: Vec<WordRead>,
    /// Order of day, month and year (`dd.mm.yyyy`), or `epoch_s`, `epoch_ms`.
    pub date: String,
    /// Form of lengths: `clock`, `s`, `min`, `h:mm`, `units`, `day fraction`.
    pub duration: String,
    /// Zone of the times, where no row states its own.
    pub zone: Option<String>,
    /// The person's line, where one of two numbers is own.
    pub line: Option<String>,
    /// Which way the calls went, where no column says it.
    #[serde(default)]
    pub way: Option<Direction>,
    /// Kind of witness.
    pub kind: Option<SourceKind>,
    /// Elements that are rows, for XML.
    pub xml: Option<XmlPlace>,
    /// The table, for a database.
    #[serde(default)]
    pub table: Option<String>,
}

impl Mapping {
    /// Whether rows bring the names of their columns along, so that there is no header to find.
    #[must_use]
    pub fn names_columns(&self) -> bool {
        self.xml.is_some() || self.table.is_some()
    }

    /// Whether a field has a column.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.fields.contains(&Some(field))
    }
}
