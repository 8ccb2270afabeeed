//! What only the rows of a table together say: whose line it is, and which part of `3/9/2025` is the day. One pass, which
//! ends where nothing is left to ask.

use super::columns::{ClockOfLengths, Columns};
use super::damage::stands_in;
use super::follower::{Follower, Part, names_line_around};
use super::identify::Layout;
use super::note::{DayOrder, OrderBasis};
use super::number;
use super::recipe::{ContainerKind, Field};
use super::rows::{Flow, RawRow, RowReader};
use crate::error::Result;
use crate::model::{NumberKind, PhoneNumber};

/// Fewer rows than these prove nothing.
const LEAST: u32 = 3;

/// What is asked of the rows.
pub(super) struct Questions<'q> {
    /// Whether the own line of a table of two parties is to be found.
    pub line: bool,
    /// Whether the order of dates with strokes is.
    pub days: bool,
    /// Whether lengths were taken for times of the day.
    pub lengths: bool,
    /// The order that the person has said.
    pub given: Option<DayOrder>,
    /// The lines of the case.
    pub own: &'q [PhoneNumber],
    /// Whether damaged rows are known for what they are.
    pub mending: bool,
}

/// What the rows say.
#[derive(Default)]
pub(super) struct Survey {
    /// The number that stands in every row of a table of two parties, as it is first written.
    pub line: Option<String>,
    /// Lengths in minutes and seconds were, or may have been, taken for hours and minutes.
    pub lengths: Option<LengthsFound>,
    /// The order of dates with strokes, where there are any.
    pub days: Option<DaysFound>,
}

/// The order that was taken, and why.
#[derive(Clone, Debug)]
pub(super) struct DaysFound {
    pub order: DayOrder,
    pub because: OrderBasis,
    /// The date that says so, and its row.
    pub proof: Option<(String, u64)>,
}

/// Lengths that a spreadsheet took for times of the day.
#[derive(Clone, Debug)]
pub(super) struct LengthsFound {
    /// One of them as it stands now.
    pub found: String,
    pub because: LengthsBasis,
}

impl LengthsFound {
    /// Whether they are read as minutes and seconds.
    pub fn are_shifted(&self) -> bool {
        self.because != LengthsBasis::Doubt
    }
}

/// Why they are read as minutes and seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LengthsBasis {
    /// The heading names them.
    Heading,
    /// The layout writes lengths so.
    Layout,
    /// As hours and minutes a call would last days.
    Day,
    /// They are not: nothing says so, and a person should look.
    Doubt,
}

/// Asks the rows.
pub(super) fn survey(reader: &mut dyn RowReader, layout: &Layout, asked: &Questions<'_>) -> Result<Survey> {
    if !asked.line && !asked.days && !asked.lengths {
        return Ok(Survey::default());
    }
    let mut follower = Follower::new(layout, asked.mending);
    // Only rows of lines run together.
    let lines = asked.mending && layout.container.kind() == ContainerKind::Csv;
    let mut parties = Parties { own: asked.own, left: Vec::new(), rows: 0, case_line: false, lines, over: !asked.line };
    let told = layout.extract.as_ref().map(|head| head.lengths_shifted);
    let mut lengths = Lengths { told, over: !asked.lengths, ..Lengths::default() };
    let mut days = Days { given: asked.given, found: None, over: !asked.days };
    reader.each(&mut |row| {
        match follower.part(row) {
            Part::Data => {}
            // A line that the file names needs no guess.
            Part::Junk | Part::Line if !parties.over && names_line_around(&layout.recipe, row) => {
                parties.give_up();
                return Ok(Flow::Next);
            }
            _ => return Ok(Flow::Next),
        }
        let Some(columns) = &follower.columns else { return Ok(Flow::Next) };
        if !parties.over {
            parties.take(row, columns);
        }
        if !days.over {
            days.take(row, follower.date(row).unwrap_or_default());
        }
        if !lengths.over {
            lengths.take(row, columns);
        }
        Ok(if parties.over && days.over && lengths.over { Flow::Enough } else { Flow::Next })
    })?;
    Ok(Survey { line: parties.line(), lengths: lengths.found(), days: days.found })
}

/// Numbers that have stood in every row so far.
struct Parties<'q> {
    own: &'q [PhoneNumber],
    left: Vec<(PhoneNumber, String)>,
    rows: u32,
    /// Whether a line of the case has stood in a row.
    case_line: bool,
    /// Rows are lines of text that may be damaged.
    lines: bool,
    over: bool,
}

impl Parties<'_> {
    fn give_up(&mut self) {
        (self.left, self.over) = (Vec::new(), true);
    }

    fn take(&mut self, row: &RawRow, columns: &Columns) {
        if !columns.has(Field::Caller) || !columns.has(Field::Callee) {
            return self.give_up();
        }
        let here = [Field::Caller, Field::Callee].map(|field| columns.cell(row, field));
        // Nearly every row writes the number as the row before did.
        let as_before = self.left.iter().all(|(_, written)| here.contains(&written.as_str()));
        if self.rows > 0 && as_before && (self.own.is_empty() || self.case_line) {
            self.rows += 1;
            return;
        }
        let read = here.map(|text| (number::read(text, None), text));
        // A damaged row says nothing against a line either.
        let wide = columns.whole_width();
        let damaged = row.len() > wide
            || row.len() < columns.width
            || here.iter().any(|text| stands_in(text))
            || read.iter().any(|(number, _)| number.kind == NumberKind::Unknown);
        // A row of a workbook leaves its empty cells at the end out, and no two rows of it run together.
        if self.lines && damaged {
            return;
        }
        let numbers: Vec<_> = read.into_iter().filter(|(number, _)| number.kind == NumberKind::E164).collect();
        // Of two extensions or two hidden numbers neither says anything against a line.
        if numbers.is_empty() {
            return;
        }
        self.rows += 1;
        self.case_line |= numbers.iter().any(|(number, _)| self.own.contains(number));
        if self.rows == 1 {
            self.left = numbers.into_iter().map(|(number, text)| (number, text.to_owned())).collect();
            self.left.dedup_by(|a, b| a.0 == b.0);
        } else {
            self.left.retain(|(number, _)| numbers.iter().any(|(other, _)| other == number));
        }
        if self.left.is_empty() {
            self.give_up();
        }
    }

    /// The only number that stands in every row. Of two, one may be a line of the case; and where a line of the case
    /// stands in some rows, a number in all of them is the other party's.
    fn line(self) -> Option<String> {
        let mut left = self.left;
        if self.case_line {
            left.retain(|(number, _)| self.own.contains(number));
        }
        let only = left.len() == 1 && self.rows >= LEAST;
        left.pop().filter(|_| only).map(|(_, written)| written)
    }
}

/// Lengths that a workbook keeps as times. A spreadsheet that is given `18:18` keeps a quarter past six in the evening,
/// which is read as `18:18:00`; of true lengths of hours, minutes and seconds some below an hour have seconds other than 0.
#[derive(Default)]
struct Lengths {
    clock: Option<ClockOfLengths>,
    /// What the whole file told, where these rows are an extract of it.
    told: Option<bool>,
    /// The first of the lengths without seconds.
    first: Option<String>,
    /// The first of them that would last a day or longer.
    day: Option<String>,
    /// Lengths without seconds, and those of hours that have some: long calls, which also a file of minutes and seconds
    /// may write with their hours.
    whole: u32,
    with_hours: u32,
    /// One below an hour has seconds: they are true lengths.
    true_ones: bool,
    looked_at: u32,
    over: bool,
}

/// Rows that are looked at for lengths.
const LENGTHS: u32 = 1_000;

impl Lengths {
    fn take(&mut self, row: &RawRow, columns: &Columns) {
        self.looked_at += 1;
        self.over |= self.looked_at >= LENGTHS;
        if columns.clock == ClockOfLengths::Other || !columns.length_is_time(row) {
            return;
        }
        let length = columns.cell(row, Field::Duration);
        let mut parts = length.splitn(3, ':').map(|part| part.parse::<u32>().ok());
        let (Some(Some(hours)), Some(Some(minutes)), Some(Some(seconds))) = (parts.next(), parts.next(), parts.next())
        else {
            return;
        };
        self.clock.get_or_insert(columns.clock);
        match (hours, minutes, seconds) {
            (0, 0, 0) => {}
            (_, _, 0) => {
                self.whole += 1;
                self.first.get_or_insert_with(|| length.to_owned());
                if hours >= 24 {
                    self.day.get_or_insert_with(|| length.to_owned());
                }
            }
            (0, ..) => (self.true_ones, self.over) = (true, true),
            _ => self.with_hours += 1,
        }
    }

    fn found(self) -> Option<LengthsFound> {
        let found = |found, because| LengthsFound { found, because };
        let first = self.first.filter(|_| !self.true_ones && self.told != Some(false))?;
        let sure = self.told == Some(true) || self.whole > self.with_hours;
        Some(match (self.clock?, self.day) {
            (ClockOfLengths::ByHeading, _) if sure => found(first, LengthsBasis::Heading),
            (ClockOfLengths::ByLayout, _) if sure => found(first, LengthsBasis::Layout),
            (_, Some(day)) if sure => found(day, LengthsBasis::Day),
            _ => found(first, LengthsBasis::Doubt),
        })
    }
}

/// The order of dates of the kind `9/25/2025`. One such date says so for the whole file, and `25/9/2025` says the
/// opposite; where there is neither, a clock of twelve hours decides.
struct Days {
    given: Option<DayOrder>,
    found: Option<DaysFound>,
    over: bool,
}

impl Days {
    fn take(&mut self, row: &RawRow, written: &str) {
        let mut parts = written.splitn(3, '/').map(|part| part.trim().parse::<u32>().unwrap_or(0));
        let (first, second) = match (parts.next(), parts.next(), parts.next()) {
            // `2025/09/03` is read in one way.
            (Some(first @ 1..=31), Some(second), Some(_)) => (first, second),
            _ => {
                self.over = true;
                return;
            }
        };
        let found = |order, because, proof| Some(DaysFound { order, because, proof });
        if let Some(order) = self.given {
            self.found = found(order, OrderBasis::Given, None);
            self.over = true;
            return;
        }
        let proof = match (first, second) {
            (13..=31, 1..=12) => Some(DayOrder::DayFirst),
            (1..=12, 13..=31) => Some(DayOrder::MonthFirst),
            _ => None,
        };
        if let Some(order) = proof {
            self.found = found(order, OrderBasis::Date, Some((written.to_owned(), row.place.row)));
            self.over = true;
        } else if written.ends_with(['M', 'm']) {
            self.found = found(DayOrder::MonthFirst, OrderBasis::Clock, None);
        } else if self.found.is_none() {
            self.found = found(DayOrder::DayFirst, OrderBasis::Usual, None);
        }
    }
}
