//! How long a call lasted, as its row says it.

use super::{Mapper, Unread};
use crate::import::columns::{Columns, unit_in};
use crate::import::recipe::Field;
use crate::import::rows::RawRow;
use crate::import::when::DurationForm;

impl Mapper<'_> {
    pub(super) fn duration(&mut self, row: &RawRow, columns: &Columns) -> Result<Option<u32>, Unread> {
        let text = columns.cell(row, Field::Duration).trim_matches(['"', '=']);
        if matches!(text, "" | "-" | "–" | "—" | "null") {
            return Ok(None);
        }
        let text = if self.lengths_shifted && columns.length_is_time(row) {
            text.strip_suffix(":00").filter(|m| m.contains(':')).unwrap_or(text)
        } else {
            text
        };
        // A clock says what it counts; of a bare number the row, or else the heading, says it.
        let counted = Some(columns.cell(row, Field::Unit)).filter(|unit| !unit.is_empty() && !text.contains(':'));
        let unit = counted.and_then(|unit| self.units.of(unit, unit_in)).or(columns.length_unit);
        let known = &self.recipe.durations;
        // A small fraction with many digits is a part of a day, unless the heading speaks of seconds.
        let of_day = unit.is_none() && text.len() > 6 && text.starts_with(['0', '.', ',']) && !text.contains(':');
        let of_day = (of_day && known.contains(&DurationForm::DayFraction)).then_some(DurationForm::DayFraction);
        let mut forms = of_day.iter().chain(&unit).chain(known);
        let cut = self.two_digits && text.rsplit_once(':').is_some_and(|(_, seconds)| seconds.len() < 2);
        if let Some((form, seconds)) = forms.find_map(|form| Some((*form, form.read(text)?))).filter(|_| !cut) {
            self.length = Some(form);
            return Ok(Some(seconds));
        }
        let expected = self.length.or(unit).or(known.first().copied()).map(DurationForm::in_words).unwrap_or_default();
        Err(Unread { field: Field::Duration, found: text.to_owned(), expected })
    }
}
