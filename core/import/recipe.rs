//! Recipes: how a layout looks and what its columns and words mean, as data. Adding a layout is adding a file.

use super::RecipeInfo;
use super::lines::Shape;
use super::period::XmlPeriod;
use super::rows::RawRow;
pub(super) use super::rules::{DirectionRule, OutcomeRule, ServiceRule};
use super::when::{DurationForm, Format};
use super::words::{Pattern, any_fits, folded};
use crate::model::{Direction, Disposition, SourceKind, Zone, words};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The general recipe.
const TABLE: &str = include_str!("recipes/table.toml");

/// Every layout that is known, by name.
const FILES: &[&str] = &[
    include_str!("recipes/aleapp-call-logs.toml"),
    include_str!("recipes/aleapp-call-logs2.toml"),
    include_str!("recipes/android-calllog-db.toml"),
    include_str!("recipes/android-provider-dump.toml"),
    include_str!("recipes/asterisk-cdr-csv.toml"),
    include_str!("recipes/asterisk-cdr-custom.toml"),
    include_str!("recipes/beeline-b2b-csv.toml"),
    include_str!("recipes/beeline-xls.toml"),
    include_str!("recipes/beeline-xlsx.toml"),
    include_str!("recipes/bitrix24-calls.toml"),
    include_str!("recipes/freepbx-cdr.toml"),
    include_str!("recipes/google-voice.toml"),
    include_str!("recipes/hand.toml"),
    include_str!("recipes/iexplorer-csv.toml"),
    include_str!("recipes/ileapp-call-history.toml"),
    include_str!("recipes/imazing-csv.toml"),
    include_str!("recipes/imazing2-csv.toml"),
    include_str!("recipes/ios-call-history-old.toml"),
    include_str!("recipes/ios-callhistory.toml"),
    include_str!("recipes/mango-lk.toml"),
    include_str!("recipes/mango-stats.toml"),
    include_str!("recipes/megafon-csv.toml"),
    include_str!("recipes/megafon-html.toml"),
    include_str!("recipes/mts-business-xlsx.toml"),
    include_str!("recipes/mts-pdf.toml"),
    include_str!("recipes/mts-table.toml"),
    include_str!("recipes/mts-xml.toml"),
    include_str!("recipes/onec-calls.toml"),
    include_str!("recipes/oppo-xml.toml"),
    include_str!("recipes/samsung-logs-db.toml"),
    include_str!("recipes/sipuni-csv.toml"),
    include_str!("recipes/sms-backup-restore.toml"),
    include_str!("recipes/t2-csv.toml"),
    include_str!("recipes/t2-pdf.toml"),
    TABLE,
    include_str!("recipes/truecaller-db.toml"),
    include_str!("recipes/uis-calls.toml"),
    include_str!("recipes/vats-csv.toml"),
    include_str!("recipes/yeastar-cdr.toml"),
];

/// What the general recipe says of words that may stand in any table.
pub(super) struct General {
    table: toml::Table,
    /// Its rules of directions, outcomes and services, as it writes them.
    pub rules: String,
}

impl General {
    /// The texts of a list.
    pub fn texts(&self, key: &str) -> impl Iterator<Item = &str> {
        self.table.get(key).and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str)
    }
}

/// The words of the general recipe, which every recipe put together by a person takes over.
pub(super) static GENERAL: LazyLock<General> = LazyLock::new(|| {
    let text = TABLE;
    let rules = text.find("\n[[service]]").map_or("", |at| &text[at..]).to_owned();
    General { table: text.parse().unwrap_or_default(), rules }
});

/// The recipes. One that does not parse is missing here; a test reads each of them.
pub(super) static RECIPES: LazyLock<Vec<Arc<Recipe>>> =
    LazyLock::new(|| FILES.iter().filter_map(|text| Recipe::parse(text).ok().map(Arc::new)).collect());

words!(
    /// What a column holds.
    Field {
        /// Date and time of the beginning.
        Start = "start",
        /// Date, where the time stands apart.
        Date = "date",
        /// Time of day.
        Time = "time",
        /// The other party's number.
        Number = "number",
        /// Who called, where both parties have a column.
        Caller = "caller",
        /// Who was called.
        Callee = "callee",
        /// Which way it went.
        Direction = "direction",
        /// How it ended.
        Outcome = "outcome",
        /// Service.
        Service = "service",
        /// A second column that tells the service.
        ServiceKind = "service_kind",
        /// Length.
        Duration = "duration",
        /// What lengths and amounts of the row are counted in.
        Unit = "unit",
        /// Whether an incoming call was answered, in a word for yes or no.
        Answered = "answered",
        /// The complainant's line.
        Line = "line",
        /// What the phone showed as a name.
        Label = "label",
        /// Offset of the times of the row.
        Zone = "zone",
        /// The system's own id of the call, which its legs share.
        Key = "key",
        /// An id or the name of a recording with the moment in it as Unix seconds: it tells the zone.
        Id = "id",
        /// When the talk began.
        AnsweredAt = "answered_at",
        /// When it ended.
        End = "end",
        /// The extension that called, where such a column stands beside the numbers.
        CallerExtension = "caller_extension",
        /// The extension that was called.
        CalleeExtension = "callee_extension",
    }
);

impl Field {
    /// Number of fields.
    pub(super) const COUNT: usize = Field::ALL.len();
}

words!(
    /// What a row of a service is.
    ServiceKind {
        /// A call.
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
        /// Anything else.
        Other = "other",
    }
);

impl ServiceKind {
    /// The word of `RowFate::Other`; `None` for calls.
    pub(super) fn other_word(self) -> Option<&'static str> {
        (self != ServiceKind::Call).then(|| self.word())
    }
}

/// Which service a row has whose words no rule knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum UnknownService {
    /// A call: the source holds nothing else.
    Call,
    /// Another service.
    Other,
    /// A call where the row has a direction, else another service.
    ByDirection,
}

words!(
    /// A container by its word in a recipe.
    ContainerKind {
        /// Table of text.
        Csv = "csv",
        /// Workbook.
        Xlsx = "xlsx",
        /// Elements.
        Xml = "xml",
        /// Tables of a database.
        Sqlite = "sqlite",
        /// Rows of names and values, as a phone's provider of data prints them.
        Dump = "dump",
        /// A page of a call, marked as sound.
        Haudio = "haudio",
        /// Text whose rows are no delimited cells.
        Lines = "lines",
        /// Pages of text with places.
        Pdf = "pdf",
        /// Statements of a database's dump.
        Sql = "sql",
        /// Page with tables.
        Html = "html",
    }
);

impl ContainerKind {
    /// Whether every row brings the names of its columns along, so that no header stands above them.
    #[must_use]
    pub fn names_columns(self) -> bool {
        matches!(self, Self::Xml | Self::Sqlite | Self::Dump | Self::Haudio)
    }
}

words!(
    /// How sure it is that a layout looks like this.
    Confidence {
        /// Agrees with a real file.
        Seen = "seen",
        /// Built from what others say of it.
        Described = "described",
    }
);

/// A column by its headings or attribute names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Column {
    pub field: Field,
    #[serde(default)]
    pub headers: Vec<Pattern>,
    /// Its place from 1, where headings do not tell: none is there, or several are alike.
    pub at: Option<usize>,
    /// A second column of the field, read in rows in which the first is empty.
    #[serde(default)]
    pub beside: bool,
    /// Looked for only where no other column holds a party: «Абонент» is the own line where another number stands
    /// beside it, and the other party where none does and the own line is told elsewhere.
    #[serde(default)]
    pub lone: bool,
}

/// What stands in a cell of a table without a header, by which the layout is told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tell {
    /// Place of the cell, from 1.
    pub at: usize,
    /// Words one of which it holds.
    pub words: Vec<Pattern>,
}

/// How an XML layout is built.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct XmlShape {
    /// Root element: its name, or the names it has had.
    #[serde(deserialize_with = "one_or_more")]
    pub root: Vec<String>,
    /// Row element.
    pub row: String,
    /// Further row elements and what they state.
    #[serde(default)]
    pub other: BTreeMap<String, ServiceKind>,
    /// Elements around rows.
    #[serde(default)]
    pub context: Vec<String>,
    /// Attribute of such an element that names the line.
    pub line: Option<String>,
    /// Where the file states its period.
    pub period: Option<XmlPeriod>,
}

/// Where a layout of a database keeps its calls.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SqliteShape {
    /// The table; where it has had several names, the first that the database has.
    pub tables: Vec<String>,
}

/// How records stand in lines of text, where a row is no line with delimiters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinesShape {
    /// What a line that begins a record looks like, with the next line behind it.
    pub begin: Shape,
    /// The whole record, its lines joined; each named group is a column.
    pub record: Shape,
    /// Words on a line around the records without which it is another layout.
    #[serde(default)]
    pub marks: Vec<Pattern>,
    /// Columns whose parts on several lines belong together without a space.
    #[serde(default)]
    pub glue: Vec<String>,
}

/// Where the fields of a row stand in a layout that may print no header: merged cells of a report that was saved as a
/// table. A place alone tells nothing, so one cell must hold a word that is known to stand there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Places {
    /// Place of the cell that tells, from 1.
    pub tells: usize,
    /// What stands in it.
    pub words: Vec<Pattern>,
    /// Fields by their places, from 1.
    pub at: BTreeMap<Field, usize>,
}

impl Places {
    /// Whether the word that is known to stand there does.
    pub fn tell(&self, row: &RawRow) -> bool {
        let told = self.tells.checked_sub(1).and_then(|at| row.cell(at)).map(folded).unwrap_or_default();
        any_fits(&self.words, &told)
    }
}

/// One layout.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recipe {
    pub name: String,
    pub title_ru: String,
    pub title_en: String,
    pub containers: Vec<ContainerKind>,
    /// Whether a real file was seen; every known layout says so, a person's own need not.
    pub confidence: Option<Confidence>,
    /// Kind of witness, where the layout fixes it.
    pub kind: Option<SourceKind>,
    /// Gives way to every recipe that is not general.
    #[serde(default)]
    pub general: bool,
    /// Seconds to which the source rounds durations up.
    #[serde(default = "one")]
    pub duration_unit_s: u32,
    /// Fields without which the layout is not recognised; `start|date` is either.
    pub needs: Vec<String>,
    /// Headings that the layout has and other layouts have not, whether or not a field stands below them.
    #[serde(default)]
    pub signs: Vec<Pattern>,
    /// Rows that no header explains.
    #[serde(default)]
    pub places: Vec<Places>,
    /// The name of a sheet is the line of its rows.
    #[serde(default)]
    pub sheet_is_line: bool,
    /// The line is the number that stands in every row, where either party has a column and nothing names it.
    #[serde(default)]
    pub line_in_every_row: bool,
    /// A row in which neither a date nor a number stands in its column is text around the table.
    #[serde(default)]
    pub text_around: bool,
    /// Fields that a header must have at least.
    #[serde(default)]
    pub least: usize,
    /// Two calls of one start and number are legs of one call.
    #[serde(default)]
    pub legs: bool,
    /// Only rows that are equal in every cell are repeats.
    #[serde(default)]
    pub whole_rows: bool,
    /// The table begins with its first row of data; columns are told by their places.
    #[serde(default)]
    pub headless: bool,
    /// The first row of a table without a header has a known word for its direction; then its number may be withheld.
    #[serde(default)]
    pub known_ways: bool,
    /// Columns of a table without a header.
    #[serde(default)]
    pub width: usize,
    /// Columns that its rows have at most, where not all have the same.
    #[serde(default)]
    pub width_most: usize,
    /// What stands in the rows of a table without a header.
    #[serde(default)]
    pub tell: Vec<Tell>,
    /// Digits of the longest extension: which of two parties is one tells the direction.
    #[serde(default)]
    pub extensions: usize,
    /// A line of text that is a word of a direction holds for the rows below it.
    #[serde(default)]
    pub sections: bool,
    /// Which way the calls went of which nothing in the row says so.
    pub way_otherwise: Option<Direction>,
    /// How records stand in lines of text.
    pub lines: Option<LinesShape>,
    /// Lengths have the forms named here, whatever the heading says of a unit.
    #[serde(default)]
    pub fixed_lengths: bool,
    /// Zone of the times, where no row states its own.
    pub zone: Option<Zone>,
    /// A row of one text cell is a line of text around the table.
    #[serde(default)]
    pub lone_text: bool,
    /// Times are instants; otherwise the clock on the wall.
    #[serde(default)]
    pub instants: bool,
    pub xml: Option<XmlShape>,
    pub sqlite: Option<SqliteShape>,
    /// A code of direction that no rule knows is kept as the service, with its heading: `type=23`.
    #[serde(default)]
    pub keep_codes: bool,
    /// Dates with strokes may name the month first: the whole file tells which.
    #[serde(default)]
    pub either_order: bool,
    pub column: Vec<Column>,
    pub dates: Vec<Format>,
    pub durations: Vec<DurationForm>,
    /// A number that begins so is incoming, any other outgoing.
    pub incoming_prefix: Option<String>,
    #[serde(default)]
    pub direction: Vec<DirectionRule>,
    #[serde(default)]
    pub outcome: Vec<OutcomeRule>,
    #[serde(default)]
    pub service: Vec<ServiceRule>,
    pub unknown_service: UnknownService,
    /// What stands in the number column of rows that are no calls whatever their service.
    #[serde(default)]
    pub pseudo_number: Vec<ServiceRule>,
    /// Texts in the name field that are no label.
    #[serde(default)]
    pub no_label: Vec<Pattern>,
    /// First words of totals and page footers.
    #[serde(default)]
    pub footers: Vec<Pattern>,
    /// Words beside which the line stands above the table.
    #[serde(default)]
    pub line_words: Vec<Pattern>,
    /// Beginnings of texts around the table that state the period of the file.
    #[serde(default)]
    pub period_words: Vec<Pattern>,
    /// Beginnings of texts around the table that state the day on which it was made.
    #[serde(default)]
    pub made_words: Vec<Pattern>,
}

fn one() -> u32 {
    1
}

fn one_or_more<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Names {
        One(String),
        More(Vec<String>),
    }
    Ok(match Names::deserialize(from)? {
        Names::One(name) => vec![name],
        Names::More(names) => names,
    })
}

impl Recipe {
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Whether a file has to be looked through before its rows are told.
    pub fn is_surveyed(&self) -> bool {
        self.legs || self.column.iter().any(|column| matches!(column.field, Field::Key | Field::Id))
    }

    /// Whether its files may name the lines of their rows, in a column, around the table, or by their sheets.
    pub fn names_lines(&self) -> bool {
        let around = self.xml.as_ref().is_some_and(|shape| shape.line.is_some()) || !self.line_words.is_empty();
        self.sheet_is_line || around || self.column.iter().any(|column| column.field == Field::Line)
    }

    /// Whether a length of one colon is minutes and seconds.
    pub fn minutes_and_seconds(&self) -> bool {
        let mut clocks = self.durations.iter().filter(|form| form.is_clock());
        clocks.next() == Some(&DurationForm::MinutesSeconds)
    }

    /// Whether it knows a column for either party.
    pub fn has_parties(&self) -> bool {
        [Field::Caller, Field::Callee].iter().all(|field| self.column.iter().any(|column| column.field == *field))
    }

    /// Whether it knows a column that is a party only where no other is.
    pub fn has_lone(&self) -> bool {
        self.column.iter().any(|column| column.lone)
    }

    /// What a folded text says of the direction of a call, and of its end.
    pub fn way(&self, folded: &str) -> Option<(Direction, Option<Disposition>)> {
        let rule = self.direction.iter().find(|rule| rule.fits(folded))?;
        Some((rule.direction, rule.disposition))
    }

    /// What a person sees of it.
    pub fn info(&self) -> RecipeInfo {
        RecipeInfo {
            name: self.name.clone(),
            title_ru: self.title_ru.clone(),
            title_en: self.title_en.clone(),
            containers: self.containers.iter().map(|c| c.word().to_owned()).collect(),
            kind: self.kind,
            confidence: self.confidence,
            own: false,
        }
    }

    /// Whether it reads a container. Operators send pages under the name of a workbook, so that what reads one reads
    /// the other.
    pub fn reads(&self, kind: ContainerKind) -> bool {
        self.containers.contains(&kind)
            || (kind == ContainerKind::Html && self.containers.contains(&ContainerKind::Xlsx))
    }

    /// Every word that it knows a layout by: headings, directions, outcomes, services, totals.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let columns = self.column.iter().flat_map(|column| &column.headers);
        let ways = self.direction.iter().flat_map(|rule| &rule.words);
        let ends = self.outcome.iter().flat_map(|rule| &rule.words);
        let services = self.service.iter().chain(&self.pseudo_number).flat_map(|rule| &rule.words);
        let lists = self.no_label.iter().chain(&self.footers).chain(&self.line_words);
        columns.chain(ways).chain(ends).chain(services).chain(lists).map(Pattern::word)
    }

    /// The recipe of a name.
    pub fn named(name: &str) -> Option<&'static Arc<Recipe>> {
        RECIPES.iter().find(|recipe| recipe.name == name)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn every_recipe_reads_and_the_names_are_in_order() {
        let names: Vec<String> = FILES
            .iter()
            .map(|text| match Recipe::parse(text) {
                Ok(recipe) => recipe.name,
                Err(error) => panic!("{error}\nin: {}", text.lines().next().unwrap_or_default()),
            })
            .collect();
        let mut sorted = names.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(names, sorted, "names are unique and listed in order");
    }

    #[test]
    fn files_that_are_gone_through_twice_begin_anew() {
        let twice = |r: &&Arc<Recipe>| r.general || r.either_order || r.line_in_every_row || r.is_surveyed();
        for recipe in RECIPES.iter().filter(twice) {
            assert!(recipe.lines.is_none(), "{}: lines of text are handed over once", recipe.name);
        }
    }

    #[test]
    fn every_recipe_can_state_a_call() {
        for recipe in RECIPES.iter() {
            let fields: Vec<Field> = recipe.column.iter().map(|c| c.field).collect();
            assert!(fields.contains(&Field::Start) || fields.contains(&Field::Date), "{}: no time", recipe.name);
            assert!(fields.contains(&Field::Number) || fields.contains(&Field::Caller), "{}: no number", recipe.name);
            assert!(!recipe.dates.is_empty() && !recipe.durations.is_empty(), "{}: no forms", recipe.name);
            assert!(!recipe.title_ru.is_empty() && !recipe.title_en.is_empty(), "{}: no titles", recipe.name);
            assert_eq!(recipe.containers.contains(&ContainerKind::Xml), recipe.xml.is_some(), "{}", recipe.name);
            assert_eq!(recipe.containers.contains(&ContainerKind::Sqlite), recipe.sqlite.is_some(), "{}", recipe.name);
        }
    }
}
