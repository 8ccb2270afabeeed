//! A description of a layout that somebody else wrote.

use crate::reading;
use ulika::import::{OwnRecipe, ReadOptions};

/// A table that a description may fit.
const TABLE: &[u8] = "Начало;Кто;Сколько;Куда;Что\n\
    03.09.2025 10:15:00;+79351112233;0:12;вх;звонок\n03.09.2025;ООО ПРИМЕР;-;исх;смс\n;;;;\n"
    .as_bytes();

/// Takes in a description of a layout; one that is taken in reads a table, or refuses it in words.
///
/// # Panics
/// When something does not hold that must hold for every description.
pub fn recipe(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let own = match OwnRecipe::parse(text) {
        Ok(own) => own,
        Err(error) => return reading::told(Some(error)),
    };
    let same = OwnRecipe::parse(own.text()).expect("what was taken in once is taken in again");
    assert_eq!(same.name(), own.name());
    let recipe = Some(own.name().to_owned());
    reading::with(TABLE, &ReadOptions { recipe, own: vec![own], ..ReadOptions::default() });
}
