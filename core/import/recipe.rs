//! Recipes: how a layout looks and what its columns and words mean, as data. Adding a layout is adding a file.

use super::RecipeInfo;
use super::when::{DurationForm, Format};
use super::words::Pattern;
use crate::model::{Direction, Disposition, SourceKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Every layout that is known, by name.
const FILES: [&str; 5] = [
    include_str!("recipes/beeline-b2b-csv.toml"),
    include_str!("recipes/beeline-xlsx.toml"),
    include_str!("recipes/mts-xml.toml"),
    include_str!("recipes/sms-backup-restore.toml"),
    include_str!("recipes/table.toml"),
];

/// The recipes. One that does not parse is missing here; a test reads each of them.
pub(super) static RECIPES: LazyLock<Vec<Recipe>> =
    LazyLock::new(|| FILES.iter().filter_map(|text| Recipe::parse(text).ok()).collect());

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Field {
    /// Date and time of the beginning.
    Start,
    /// Date, where the time stands apart.
    Date,
    /// Time of day.
    Time,
    /// The other party's number.
    Number,
    /// Who called, where both parties have a column.
    Caller,
    /// Who was called.
    Callee,
    /// Which way it went.
    Direction,
    /// How it ended.
    Outcome,
    /// Service.
    Service,
    /// A second column that tells the service.
    ServiceKind,
    /// Length.
    Duration,
    /// Whether an incoming call was answered, in a word for yes or no.
    Answered,
    /// The complainant's line.
    Line,
    /// What the phone showed as a name.
    Label,
    /// Offset of the times of the row.
    Zone,
}

impl Field {
    /// Number of fields; the last member's place says so.
    pub const COUNT: usize = Field::Zone as usize + 1;
}

/// What a row of a service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ServiceKind {
    /// A call.
    Call,
    /// A short message.
    Sms,
    /// A multimedia message.
    Mms,
    /// A request by code.
    Ussd,
    /// Traffic.
    Data,
    /// A fax.
    Fax,
    /// Money without a service.
    Fee,
    /// Anything else.
    Other,
}

impl ServiceKind {
    /// The word of `RowFate::Other`; `None` for calls.
    pub fn other_word(self) -> Option<&'static str> {
        match self {
            ServiceKind::Call => None,
            ServiceKind::Sms => Some("sms"),
            ServiceKind::Mms => Some("mms"),
            ServiceKind::Ussd => Some("ussd"),
            ServiceKind::Data => Some("data"),
            ServiceKind::Fax => Some("fax"),
            ServiceKind::Fee => Some("fee"),
            ServiceKind::Other => Some("other"),
        }
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

/// A container by its word in a recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ContainerKind {
    /// Table of text.
    Csv,
    /// Workbook.
    Xlsx,
    /// Elements.
    Xml,
}

impl ContainerKind {
    fn word(self) -> &'static str {
        match self {
            ContainerKind::Csv => "csv",
            ContainerKind::Xlsx => "xlsx",
            ContainerKind::Xml => "xml",
        }
    }
}

/// A column by its headings or attribute names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Column {
    pub field: Field,
    pub headers: Vec<Pattern>,
}

/// Words of the direction column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DirectionRule {
    pub words: Vec<Pattern>,
    pub direction: Direction,
    /// Where the same word says how the call ended.
    pub disposition: Option<Disposition>,
}

/// Words of the outcome column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutcomeRule {
    pub words: Vec<Pattern>,
    pub disposition: Disposition,
}

/// Words of the service columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceRule {
    pub words: Vec<Pattern>,
    pub kind: ServiceKind,
}

/// How an XML layout is built.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct XmlShape {
    /// Root element.
    pub root: String,
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
}

/// One layout.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recipe {
    pub name: String,
    pub title_ru: String,
    pub title_en: String,
    pub containers: Vec<ContainerKind>,
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
    /// Fields that a header must have at least.
    #[serde(default)]
    pub least: usize,
    /// Two calls of one start and number are legs of one call.
    #[serde(default)]
    pub legs: bool,
    /// Only rows that are equal in every cell are repeats.
    #[serde(default)]
    pub whole_rows: bool,
    /// A row of one text cell is a line of text around the table.
    #[serde(default)]
    pub lone_text: bool,
    /// Times are instants; otherwise the clock on the wall.
    #[serde(default)]
    pub instants: bool,
    pub xml: Option<XmlShape>,
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
}

fn one() -> u32 {
    1
}

impl Recipe {
    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// What a person sees of it.
    pub fn info(&self) -> RecipeInfo {
        RecipeInfo {
            name: self.name.clone(),
            title_ru: self.title_ru.clone(),
            title_en: self.title_en.clone(),
            containers: self.containers.iter().map(|c| c.word().to_owned()).collect(),
            kind: self.kind,
        }
    }

    /// The recipe of a name.
    pub fn named(name: &str) -> Option<&'static Recipe> {
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
    fn every_recipe_can_state_a_call() {
        for recipe in RECIPES.iter() {
            let fields: Vec<Field> = recipe.column.iter().map(|c| c.field).collect();
            assert!(fields.contains(&Field::Start) || fields.contains(&Field::Date), "{}: no time", recipe.name);
            assert!(fields.contains(&Field::Number) || fields.contains(&Field::Caller), "{}: no number", recipe.name);
            assert!(!recipe.dates.is_empty() && !recipe.durations.is_empty(), "{}: no forms", recipe.name);
            assert!(!recipe.title_ru.is_empty() && !recipe.title_en.is_empty(), "{}: no titles", recipe.name);
            assert_eq!(recipe.containers.contains(&ContainerKind::Xml), recipe.xml.is_some(), "{}", recipe.name);
        }
    }
}
