//! What a reader must find in a file, counted while the file is written, from what is true and not by reading.

use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// A row that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Heading of the column.
    pub column: String,
    /// The text found there.
    pub found: String,
}

/// What a reader must find in one file. `rows` = records + other + repeats + problems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Expectation {
    /// Name of the recipe that reads it.
    pub recipe: String,
    /// Kind of witness.
    pub kind: String,
    /// Encoding in lower case; empty for workbooks.
    pub encoding: String,
    /// Data rows.
    pub rows: u64,
    /// Rows that state a call.
    pub records: u64,
    /// Rows of other services by kind.
    pub other: BTreeMap<String, u64>,
    /// Rows that say again what another row says.
    pub repeats_in_file: u64,
    /// Rows that cannot be read, in file order.
    pub problems: Vec<Fault>,
    /// Records by direction.
    pub directions: BTreeMap<String, u64>,
    /// Sum of the durations of the records, in seconds.
    pub duration_s: u64,
    /// Local dates of the first and the last record.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// Records by label, where the file shows labels.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, u64>,
}

impl Expectation {
    /// Nothing yet.
    #[must_use]
    pub fn new(recipe: &str, kind: &str, encoding: &str) -> Self {
        Self { recipe: recipe.into(), kind: kind.into(), encoding: encoding.into(), ..Self::default() }
    }

    /// One row that states a call.
    pub fn record(&mut self, incoming: bool, duration_s: u32, date: NaiveDate, label: Option<&str>) {
        self.directed(if incoming { "incoming" } else { "outgoing" }, duration_s, date, label);
    }

    /// One row that states a call, with the word for its direction.
    pub fn directed(&mut self, direction: &str, duration_s: u32, date: NaiveDate, label: Option<&str>) {
        self.rows += 1;
        self.records += 1;
        *self.directions.entry(direction.into()).or_default() += 1;
        self.duration_s += u64::from(duration_s);
        self.period = Some(match self.period {
            None => (date, date),
            Some((first, last)) => (first.min(date), last.max(date)),
        });
        if let Some(label) = label {
            *self.labels.entry(label.into()).or_default() += 1;
        }
    }

    /// One row of another service.
    pub fn other(&mut self, kind: &str) {
        self.rows += 1;
        *self.other.entry(kind.into()).or_default() += 1;
    }

    /// One row that repeats another.
    pub fn repeat(&mut self) {
        self.rows += 1;
        self.repeats_in_file += 1;
    }

    /// One row that cannot be read.
    pub fn problem(&mut self, column: &str, found: &str) {
        self.rows += 1;
        self.problems.push(Fault { column: column.into(), found: found.into() });
    }

    /// The text of the file beside the sample.
    ///
    /// # Errors
    /// Never for this shape; the serialiser's signature asks for it.
    pub fn json(&self) -> crate::Result<Vec<u8>> {
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        Ok(text)
    }
}
