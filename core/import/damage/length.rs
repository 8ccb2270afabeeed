//! Rows whose last cell is their length: what is left of it reads as another length, or as none, and its end stands on
//! the line below.

use super::super::columns::Columns;
use super::super::recipe::Field;
use super::super::rows::RawRow;
use super::super::when::DurationForm;
use super::{Held, MendKind, Mended, Mender, joined, like, mend};

/// How the rows of a file write their lengths.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Lengths {
    /// Those with colons and two digits of seconds.
    clocks: u32,
    /// Those in any other form.
    others: u32,
    empty: u32,
}

/// Fewer lengths than these prove no form.
const LEAST: u32 = 3;

/// One in so many may be a damaged one.
const RARE: u32 = 20;

impl Lengths {
    /// Takes the length of a row.
    pub fn take(&mut self, text: &str) {
        let count = match text {
            "" => &mut self.empty,
            text if colons(text) > 0 => &mut self.clocks,
            _ => &mut self.others,
        };
        *count += 1;
    }

    /// Whether all have colons and two digits of seconds, save for what may be damage.
    pub fn are_clocks(&self) -> bool {
        self.clocks >= LEAST && self.others <= (self.clocks / RARE).max(1)
    }

    /// Whether every row has one, save for what may be damage.
    fn are_everywhere(&self) -> bool {
        self.empty <= (self.clocks / RARE).max(1)
    }
}

/// What a line says of the row above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Rest {
    /// It is the end of its length.
    Certain,
    /// It may be.
    Doubtful,
    /// It is not.
    None,
}

impl Mender<'_> {
    /// Whether a whole row ends with its length, so that more of it may stand on the line below.
    pub fn ends_with_length(&self, row: &RawRow, columns: &Columns) -> bool {
        self.lines
            && row.len() == self.width(columns)
            && columns.is_at(Field::Duration, row.len() - 1)
            && colons(columns.cell(row, Field::Duration)) < 2
    }

    /// Whether a line of one cell is the rest of the length with which the row above it ends.
    pub fn rest_of_length(&self, row: &RawRow, columns: &Columns, below: &RawRow) -> Rest {
        let begun = columns.cell(row, Field::Duration);
        let rest = below.cell(0).unwrap_or("").trim();
        let counts = rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b',' | b' '));
        let in_units = DurationForm::Units.read(rest).is_some();
        let of_length = below.len() == 1 && rest.bytes().any(|b| b.is_ascii_digit()) && (counts || in_units);
        if !of_length {
            return Rest::None;
        }
        let (clock_before, clock_with) = (colons(begun) > 0, colons(&format!("{begun}{rest}")) > 0);
        match begun {
            // Where calls without a length are usual, nothing says that this one had one.
            "" if !self.lengths.are_everywhere() && colons(rest) == 0 => Rest::None,
            "" if self.lengths.are_everywhere() && self.lengths.are_clocks() && clock_with => Rest::Certain,
            "" => Rest::Doubtful,
            // Seconds have two digits, and nothing but more of the same length begins with a colon.
            _ if clock_before && !rest.starts_with(':') => Rest::None,
            _ if rest.starts_with(':') && clock_with => Rest::Certain,
            _ if clock_with && self.lengths.are_clocks() => Rest::Certain,
            _ if in_units && DurationForm::Units.read(begun).is_some() => Rest::Certain,
            _ => Rest::Doubtful,
        }
    }

    /// The row with the rest of its length.
    pub fn with_rest<P>(&mut self, row: &Held<P>, below: &Held<P>, columns: &Columns) -> Option<Mended> {
        let texts = [joined(&row.row)?, joined(&below.row)?];
        let one = self.join_of(&row.row, &texts, columns)?;
        Some(Mended {
            rows: vec![reaching(like(&row.row, &one.text), &below.row)],
            mend: mend(&[&row.row, &below.row], MendKind::Broken, 2, 1),
        })
    }
}

/// A row that reaches to the end of the last of its parts.
pub(super) fn reaching(mut row: RawRow, last: &RawRow) -> RawRow {
    let last = last.place;
    if last.length > 0 {
        let length = (last.offset + u64::from(last.length)).saturating_sub(row.place.offset);
        row.place.length = u32::try_from(length).unwrap_or(u32::MAX);
    }
    row
}

/// The colons of a length of minutes and seconds, or of hours too, each behind the first of two digits; 0 for any other.
fn colons(text: &str) -> usize {
    let mut parts = text.split(':');
    let first = parts.next().unwrap_or("");
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let rest = parts.clone().count();
    let whole = digits(first) && rest <= 2 && parts.all(|part| part.len() == 2 && digits(part));
    if whole { rest } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_two_digits_of_seconds_are_told_from_cut_ones() {
        for (text, count) in [("1:35", 1), ("75:00", 1), ("0:01:35", 2), ("1:3", 0), ("1", 0), ("", 0), (":35", 0)] {
            assert_eq!(colons(text), count, "{text}");
        }
        let of = |texts: &[&str]| {
            let mut lengths = Lengths::default();
            texts.iter().for_each(|text| lengths.take(text));
            lengths
        };
        assert!(of(&["1:35", "0:05", "0:40", "1:3"]).are_clocks(), "one may be cut");
        assert!(!of(&["1:35", "0:5", "0:40", "1:3", "2:10"]).are_clocks(), "seconds are written with one digit");
        assert!(!of(&["95", "5", "40"]).are_clocks());
    }
}
