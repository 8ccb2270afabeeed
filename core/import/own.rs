//! Recipes of a person's own: a text that may come from anywhere, read within limits before it reads anything.

use super::RecipeInfo;
use super::mapping::quoted;
use super::recipe::{ContainerKind, Field, Recipe};
use crate::error::{Code, Error, Result};
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// Name of a recipe that was put together for one import and not saved.
pub const UNNAMED: &str = "mapping";

/// Bytes of a text; the longest of the known recipes has a fifth of it.
const MAX_TEXT: usize = 64 * 1024;
/// Letters of a name.
const MAX_NAME: usize = 80;
/// Words for headings: each is compared with every cell of the rows above a table.
const MAX_HEADINGS: usize = 512;
/// Words for values.
const MAX_WORDS: usize = 4096;
/// Forms of dates and lengths.
const MAX_FORMS: usize = 64;
/// Places in a row.
const MAX_COLUMNS: usize = super::rows::MAX_CELLS;

/// A recipe with the text that it was read from.
#[derive(Clone, Debug)]
pub struct OwnRecipe {
    pub(super) recipe: Arc<Recipe>,
    text: Arc<str>,
}

impl PartialEq for OwnRecipe {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for OwnRecipe {}

impl Serialize for OwnRecipe {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl OwnRecipe {
    /// Reads a recipe from its text.
    ///
    /// # Errors
    /// [`Code::RecipeBroken`], with the reason in `reason`.
    pub fn parse(text: &str) -> Result<Self> {
        if text.len() > MAX_TEXT {
            return Err(broken("текст длиннее 64 КБ", "the text is longer than 64 KB"));
        }
        let recipe = Recipe::parse(text).map_err(|cause| {
            let line = cause.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            broken(&format!("строка {line}: {}", cause.message()), &format!("line {line}: {}", cause.message()))
        })?;
        check(&recipe)?;
        Ok(Self { recipe: Arc::new(recipe), text: Arc::from(text) })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.recipe.name
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same recipe under another name.
    ///
    /// # Errors
    /// [`Code::RecipeBroken`] for a name that will not do, and for a text whose name cannot be found in it.
    pub fn renamed(&self, name: &str) -> Result<Self> {
        check_name(name)?;
        let mut out = String::with_capacity(self.text.len() + name.len());
        // The settings of the recipe itself stand before the first table of it.
        let mut ahead = true;
        for line in self.text.split_inclusive('\n') {
            ahead &= !line.trim_start().starts_with('[');
            let key = line.split_once('=').map_or("", |(key, _)| key.trim());
            let of_name = match key {
                "name" => true,
                // A title that only repeats the name goes with it.
                "title_ru" => self.recipe.title_ru == self.recipe.name,
                "title_en" => self.recipe.title_en == self.recipe.name,
                _ => false,
            };
            match ahead && of_name {
                true => out.push_str(&format!("{key} = {}\n", quoted(name))),
                false => out.push_str(line),
            }
        }
        let renamed = Self::parse(&out)?;
        match renamed.name() == name {
            true => Ok(renamed),
            false => Err(broken("название в нём не найдено", "its name cannot be found in it")),
        }
    }

    /// Which headings it reads, and as what; the place of a column where it goes by places.
    #[must_use]
    pub fn reads(&self) -> Vec<(String, Field)> {
        let name = |column: &super::recipe::Column| match (column.headers.first(), column.at) {
            (Some(heading), _) => heading.word().to_owned(),
            (None, Some(at)) => super::columns::letter(at.saturating_sub(1)),
            (None, None) => String::new(),
        };
        self.recipe.column.iter().map(|column| (name(column), column.field)).collect()
    }

    /// What a person sees of it.
    #[must_use]
    pub fn info(&self) -> RecipeInfo {
        RecipeInfo { own: true, ..self.recipe.info() }
    }
}

fn broken(reason: &str, reason_en: &str) -> Error {
    Error::new(Code::RecipeBroken).with("reason", reason).with("reason_en", reason_en)
}

/// Whether a text can name a recipe: it becomes the name of a file, and stands in lists.
pub(super) fn check_name(name: &str) -> Result<()> {
    let odd = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let letters = name.chars().count();
    if letters == 0 || letters > MAX_NAME || name.trim() != name || name.starts_with('.') || name.chars().any(odd) {
        return Err(broken(
            "название должно иметь до 80 знаков, без / \\ : * ? \" < > | и без точки в начале",
            "a name has up to 80 characters, without / \\ : * ? \" < > | and without a dot at the beginning",
        ));
    }
    if Recipe::named(name).is_some() {
        return Err(broken("так называется встроенный формат", "a built-in layout has this name"));
    }
    Ok(())
}

/// What a text may not ask of the reader.
fn check(recipe: &Recipe) -> Result<()> {
    check_name(&recipe.name)?;
    let headings: usize = recipe.column.iter().map(|column| column.headers.len().max(1)).sum();
    let words = recipe.direction.iter().map(|rule| rule.words.len()).sum::<usize>()
        + recipe.outcome.iter().map(|rule| rule.words.len()).sum::<usize>()
        + recipe.service.iter().chain(&recipe.pseudo_number).map(|rule| rule.words.len()).sum::<usize>()
        + recipe.no_label.len()
        + recipe.footers.len()
        + recipe.line_words.len()
        + recipe.period_words.len()
        + recipe.made_words.len();
    if headings > MAX_HEADINGS || words > MAX_WORDS {
        return Err(broken("в нём слишком много слов", "it has too many words"));
    }
    if recipe.dates.is_empty() || recipe.dates.len() > MAX_FORMS {
        return Err(broken("форм даты должно быть от 1 до 64", "it must have 1 to 64 forms of dates"));
    }
    if recipe.durations.len() > MAX_FORMS || !(1..=3600).contains(&recipe.duration_unit_s) {
        return Err(broken("неверная единица длительности", "the unit of lengths is out of range"));
    }
    let has = |field: Field| recipe.column.iter().any(|column| column.field == field);
    if !(has(Field::Start) || has(Field::Date)) || !(has(Field::Number) || has(Field::Caller) || has(Field::Callee)) {
        return Err(broken(
            "нужны хотя бы столбец времени и столбец номера",
            "it needs a column of times and a column of numbers at least",
        ));
    }
    let placed = |at: Option<usize>| at.is_none_or(|at| (1..=MAX_COLUMNS).contains(&at));
    if recipe.width > MAX_COLUMNS || !recipe.column.iter().all(|column| placed(column.at)) {
        return Err(broken("столбцов больше 1024", "it has more than 1024 columns"));
    }
    let told = recipe.column.iter().any(|column| !column.headers.is_empty());
    let by_place = recipe.width > 0 && recipe.column.iter().all(|column| column.at.is_some());
    if if recipe.headless { !by_place } else { !told } {
        return Err(broken("не сказано, по чему узнавать столбцы", "it does not say how columns are told"));
    }
    let xml = recipe.containers.contains(&ContainerKind::Xml);
    let sqlite = recipe.containers.contains(&ContainerKind::Sqlite);
    let shapes = xml == recipe.xml.is_some() && sqlite == recipe.sqlite.is_some();
    // Expressions of a stranger's may take any time.
    let lines = recipe.lines.is_some() || recipe.containers.contains(&ContainerKind::Lines);
    if recipe.containers.is_empty() || lines || !shapes || recipe.general {
        return Err(broken("неверный вид файла", "the kind of file is wrong"));
    }
    Ok(())
}
