//! One company under several names: `ПАО "МТС"`, `ПАО "Мобильные ТелеСистемы"`. The tax number joins what the register
//! writes; a short list joins the names that people use with those that companies have.

use super::NumberRange;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Names of one company or brand, as [`folded`].
const NAMES: &[&[&str]] = &[
    &["мтс", "mts", "мобильныетелесистемы"],
    &["билайн", "beeline", "вымпелком"],
    &["мегафон", "megafon"],
    &["т2", "t2", "теле2", "tele2", "т2мобайл"],
    &["yota", "йота", "скартел"],
    &["тмобайл", "тинькоффмобайл", "тмоб"],
    &["сбермобайл", "сбербанктелеком"],
    &["ростелеком", "rostelecom"],
];

/// Forms of companies, which people leave out.
const FORMS: &[&str] = &["ооо", "пао", "оао", "зао", "нао", "ао"];

/// The companies of a register by number.
#[derive(Debug, Default)]
pub(super) struct Companies {
    by_inn: FxHashMap<Arc<str>, u32>,
    /// `None` for a name that several have.
    by_name: FxHashMap<String, Option<u32>>,
}

impl Companies {
    /// The companies that these rows name.
    pub(super) fn of<'a>(ranges: impl Iterator<Item = &'a NumberRange>) -> Self {
        let mut found = Self::default();
        let mut seen: FxHashMap<(Arc<str>, Arc<str>), ()> = FxHashMap::default();
        let mut next = 0;
        for range in ranges {
            if seen.insert((Arc::clone(&range.operator), Arc::clone(&range.inn)), ()).is_some() {
                continue;
            }
            let name = folded(&range.operator);
            let by_name = found.by_name.get(&name).copied().flatten();
            let company = match &*range.inn {
                "" => by_name.unwrap_or(next),
                _ => *found.by_inn.entry(Arc::clone(&range.inn)).or_insert(next),
            };
            next = next.max(company + 1);
            let known = found.by_name.entry(name).or_insert(Some(company));
            *known = known.filter(|known| *known == company);
        }
        found
    }

    /// The company that people call so.
    pub(super) fn named(&self, name: &str) -> Option<u32> {
        let name = folded(name);
        if let Some(known) = self.by_name.get(&name) {
            return *known;
        }
        // A brand under another of its names: all that the register has of them are one company.
        let brand = brand_of(&name)?;
        let mut known = brand.iter().filter_map(|name| self.by_name.get(*name));
        let first = (*known.next()?)?;
        known.all(|other| *other == Some(first)).then_some(first)
    }

    /// The company that holds a range.
    pub(super) fn holder(&self, range: &NumberRange) -> Option<u32> {
        match &*range.inn {
            "" => self.by_name.get(&folded(&range.operator)).copied().flatten(),
            inn => self.by_inn.get(inn).copied(),
        }
    }
}

fn brand_of(name: &str) -> Option<&'static [&'static str]> {
    NAMES.iter().find(|names| names.contains(&name)).copied()
}

/// A name without quotes, spaces, marks and the form of the company, in small letters.
fn folded(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| !FORMS.contains(&word.as_str())).collect()
}
