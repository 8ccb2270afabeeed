//! Which column of a file holds which field.

use super::recipe::{Field, Places, Recipe};
use super::rows::RawRow;
use super::when::{DurationForm, Read, clock_of_day, fraction_of_day, from_serial, loose_clock, month_before_day};
use super::words::{Pattern, any_fits, folded};
use crate::model::{NumberKind, Precision};
use std::borrow::Cow;

/// The fields that hold the number of a party.
pub(super) const PARTIES: [Field; 3] = [Field::Number, Field::Caller, Field::Callee];

/// The columns of one table, found by their headings or attribute names.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    at: [Option<u16>; Field::COUNT],
    /// Second columns, for rows in which the first is empty.
    beside: [Option<u16>; Field::COUNT],
    /// Headings as written.
    pub headings: Vec<String>,
    /// The same without spaces around them.
    titles: Vec<String>,
    /// Columns up to the last that has a heading.
    pub width: usize,
    /// Fields that were found.
    pub found: usize,
    /// What bare numbers of the lengths are, where the heading says so.
    pub length_unit: Option<DurationForm>,
    /// What `18:18` is in the column of lengths.
    pub clock: ClockOfLengths,
    /// The column in which the source numbers its rows.
    numbering: Option<u16>,
    /// The only column of numbers has a heading that may as well be the own line's.
    pub lone: bool,
    /// Which of the recipe's places told the columns, where no header did.
    tells: Option<usize>,
}

/// What `18:18` is in the column of lengths, by what is known before its rows are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClockOfLengths {
    /// Minutes and seconds: the heading names them, and no hours.
    ByHeading,
    /// Minutes and seconds: the layout writes lengths so.
    ByLayout,
    /// Nothing says.
    Unsaid,
    /// Something else, or there are no lengths.
    Other,
}

impl ClockOfLengths {
    /// `heading` is the folded heading of lengths, where there is one.
    fn of(recipe: &Recipe, heading: Option<&str>) -> Self {
        let (named, written) = (heading.map(units_in).unwrap_or_default(), recipe.minutes_and_seconds());
        match named {
            (false, true, true) if written || !recipe.fixed_lengths => Self::ByHeading,
            (true, ..) if !recipe.fixed_lengths => Self::Other,
            _ if !written => Self::Other,
            // What a person has said of a file of their own they may have said by the look of it.
            _ if recipe.general || recipe.confidence.is_none() => Self::Unsaid,
            _ => Self::ByLayout,
        }
    }
}

/// Cells of a row that no header explains.
const PLACED: usize = 40;

impl Columns {
    /// The columns that the first row of a table tells: its header, or a row of data where the recipe knows none.
    pub fn of_first(recipe: &Recipe, row: &RawRow) -> Option<Self> {
        if !recipe.headless {
            let placed = || {
                let mut told = recipe.places.iter().enumerate().filter(|(_, places)| places.tell(row));
                let proven = |columns: &Self| columns.reads_date(recipe, row) && columns.prove(recipe, row);
                told.find_map(|(at, places)| Some(Self::of_placed(recipe, at, places)).filter(proven))
            };
            return Self::of_header(recipe, row.cells()).or_else(placed);
        }
        Some(Self::of_places(recipe)).filter(|columns| columns.reads(recipe, row))
    }

    /// The columns of a table without a header.
    fn of_places(recipe: &Recipe) -> Self {
        let letters: Vec<String> = (0..recipe.width.max(recipe.width_most)).map(letter).collect();
        let mut columns = Self::of_names(recipe, letters.iter().map(String::as_str));
        columns.width = recipe.width;
        columns
    }

    /// The columns of a row above the first that reads, where it is as wide as the rows of a known table without a header
    /// and holds numbers: a row that was damaged, and not text above the table.
    pub fn of_damaged(recipe: &Recipe, row: &RawRow, mending: bool) -> Option<Self> {
        let wide = (recipe.width..=recipe.width.max(recipe.width_most)).contains(&row.len());
        let filled = row.cells().filter(|cell| !trimmed(cell).is_empty()).count();
        let numbers = row.cells().any(|cell| cell.bytes().any(|b| b.is_ascii_digit()));
        let known = !recipe.tell.is_empty() && wide && filled > 2 && numbers;
        let begins = || filled > 1 && Self::of_places(recipe).reads_date(recipe, row);
        let damaged = known || (mending && (may_be_call(row) || begins()));
        (recipe.headless && damaged).then(|| Self::of_places(recipe))
    }

    /// Whether a row above the first that tells its places is a part of one, or damaged: its date stands where a date
    /// does, or it has the word that tells, and something of a moment and of a number.
    pub fn are_of_damaged(&self, recipe: &Recipe, row: &RawRow) -> bool {
        let places = self.tells.and_then(|at| recipe.places.get(at));
        let filled = row.cells().filter(|cell| !trimmed(cell).is_empty()).count();
        // Where a row broke within it, the word stands in another place.
        let word = |places: &Places| row.cells().any(|cell| any_fits(&places.words, &folded(cell)));
        let told = || may_be_call(row) && places.is_some_and(word);
        let begins = filled > 2 || row.cells().any(|cell| cell.contains(':'));
        (filled > 1 && begins && self.reads_date(recipe, row)) || (filled > 2 && told())
    }

    /// Cells of a whole row.
    pub fn whole_width(&self) -> usize {
        self.width.max(self.headings.len())
    }

    /// Whether a row has no cells beyond those of a whole one and, where rows have all of theirs, no fewer. Only tables of
    /// text can be too narrow: elsewhere empty cells are left out.
    pub fn have_width_of(&self, row: &RawRow) -> bool {
        let last = (0..row.len()).rev().find(|&at| row.cell(at).is_some_and(|cell| !trimmed(cell).is_empty()));
        let too_wide = row.beyond > 0 || last.is_some_and(|last| last >= self.whole_width());
        !too_wide && (row.may_be_short || row.place.sheet > 0 || row.len() >= self.width)
    }

    /// Whether there is more in a row than its places have: much, or another date.
    pub fn overflow(&self, row: &RawRow) -> bool {
        if self.tells.is_none() {
            return false;
        }
        let last = self.at.iter().flatten().max().map_or(0, |at| usize::from(*at));
        if row.len() <= last + 1 {
            return false;
        }
        let filled = |cell: &&str| !trimmed(cell).is_empty();
        let within = row.cells().take(last + 1).filter(filled).count();
        let beyond = row.cells().skip(last + 1).filter(filled).count();
        let much = self.has(Field::Number) && beyond > 3.max(within / 2);
        much || row.cells().skip(last + 1).any(super::damage::holds_date)
    }

    /// The columns of rows that no header explains; these places are the recipe's at `tells`.
    pub fn of_placed(recipe: &Recipe, tells: usize, places: &Places) -> Self {
        let mut at = [None; Field::COUNT];
        for (field, place) in &places.at {
            at[*field as usize] = place.checked_sub(1).and_then(|place| u16::try_from(place).ok());
        }
        let headings: Vec<String> = (0..PLACED).map(letter).collect();
        // A row that ends before its number or its length is a part of a row.
        let needed = [Field::Start, Field::Date, Field::Time, Field::Number, Field::Service, Field::Duration];
        let width = needed.iter().filter_map(|field| at[*field as usize]).max().map_or(0, |at| usize::from(at) + 1);
        let (tells, titles, found) = (Some(tells), headings.clone(), places.at.len());
        let clock = match at[Field::Duration as usize] {
            Some(_) => ClockOfLengths::of(recipe, None),
            None => ClockOfLengths::Other,
        };
        let (beside, length_unit, lone, numbering) = ([None; Field::COUNT], None, false, None);
        Self { at, beside, headings, titles, width, found, length_unit, clock, numbering, lone, tells }
    }

    /// Whether a row is of the places from which these columns come: the word that tells, and a date that reads.
    pub fn fits(&self, recipe: &Recipe, row: &RawRow) -> bool {
        let places = self.tells.and_then(|at| recipe.places.get(at));
        places.is_some_and(|places| places.tell(row)) && self.reads_date(recipe, row)
    }

    /// Whether a row by its places alone is of this layout and no other: a full number and a length stand there too.
    fn prove(&self, recipe: &Recipe, row: &RawRow) -> bool {
        let number = super::number::read(self.cell(row, Field::Number), None);
        let length = self.cell(row, Field::Duration);
        number.kind == NumberKind::E164 && recipe.durations.iter().any(|form| form.read(length).is_some())
    }

    /// Whether the row has a date, with its time, in one of the forms of the recipe.
    fn reads_date(&self, recipe: &Recipe, row: &RawRow) -> bool {
        let date = self.cell(row, self.when_field());
        if !date.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let written = match self.has(Field::Time) {
            true => Cow::Owned(format!("{date} {}", self.cell(row, Field::Time))),
            false => Cow::Borrowed(date),
        };
        recipe.dates.iter().any(|form| form.read(&written).is_some())
    }

    /// Whether another header has the same fields at the same places.
    pub fn has_places_of(&self, other: &Self) -> bool {
        self.at == other.at && self.beside == other.beside && self.width == other.width
    }

    /// Whether the row has a date with its time in its place. Midnight is the one time that a workbook does not tell
    /// from none.
    pub fn tells_moment(&self, recipe: &Recipe, row: &RawRow) -> bool {
        let field = self.when_field();
        let bare = |field| self.cell(row, field).trim_matches(['"', '=']);
        let date = bare(field);
        if !date.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        if !self.has(Field::Time) {
            return Self::reads_moment(recipe, date, row.place.sheet == 0 || !self.tells_time(field));
        }
        let time = bare(Field::Time);
        let is_clock = || clock_of_day(time).or_else(|| loose_clock(time)).is_some();
        let of_day = || is_clock() || fraction_of_day(time).is_some() || time == "0";
        Self::reads_moment(recipe, &format!("{date} {time}"), true)
            || (Self::reads_moment(recipe, date, false) && (of_day() || Self::reads_moment(recipe, time, true)))
    }

    /// Whether a text is a date in one of the forms of the recipe, or as a spreadsheet counts; with a time, if it must.
    pub fn reads_moment(recipe: &Recipe, text: &str, timed: bool) -> bool {
        let whole = |read: Read| !timed || read.precision != Precision::Day;
        let of_forms = |text: &str| recipe.dates.iter().any(|form| form.read(text).is_some_and(whole));
        of_forms(text)
            || month_before_day(text).is_some_and(|text| of_forms(&text))
            || from_serial(text, false).is_some_and(whole)
    }

    /// Whether a date or a number stands in its column.
    pub fn speak(&self, row: &RawRow) -> bool {
        let digit = |field| self.cell(row, field).starts_with(|c: char| c.is_ascii_digit());
        let number = |field| super::number::read(self.cell(row, field), None).kind == NumberKind::E164;
        // «Дата формирования: 01.07.25» above a part of a table stands in the column of times and tells none.
        let time = self.cell(row, Field::Time);
        let time = time.contains(':') && clock_of_day(time).is_some();
        time || [Field::Start, Field::Date].into_iter().any(digit) || PARTIES.into_iter().any(number)
    }

    /// Whether the other party's number and the beginning stand where the header says.
    pub fn hold(&self, recipe: &Recipe, row: &RawRow) -> bool {
        self.reads_date(recipe, row) && self.has_party(row)
    }

    /// Whether something that may be a party stands in the column of one.
    fn has_party(&self, row: &RawRow) -> bool {
        PARTIES.into_iter().any(|field| {
            let text = self.cell(row, field);
            !text.is_empty() && super::number::read(text, None).kind != NumberKind::Unknown
        })
    }

    /// Whether a row has as many cells as the recipe says, a date where it says and a number where it says.
    fn reads(&self, recipe: &Recipe, row: &RawRow) -> bool {
        let most = recipe.width.max(recipe.width_most);
        let may_be_short = row.may_be_short || row.place.sheet > 0;
        let wide = row.len() <= most && (may_be_short || row.len() >= recipe.width);
        let when = self.cell(row, self.when_field()).trim_matches(['"', '=']);
        let dated = || match self.has(Field::Time) {
            true => self.tells_moment(recipe, row),
            false => {
                recipe.dates.iter().any(|form| form.read(when).is_some()) || from_serial(when, row.epoch_1904).is_some()
            }
        };
        if recipe.known_ways {
            let word = folded(self.cell(row, Field::Direction));
            return wide && dated() && recipe.way(&word).is_some();
        }
        let worded = || {
            recipe.tell.iter().all(|tell| {
                let cell = tell.at.checked_sub(1).and_then(|at| row.cell(at));
                any_fits(&tell.words, &folded(cell.unwrap_or("")))
            })
        };
        wide && dated() && worded() && self.has_party(row)
    }

    /// Reads a row as a header; `None` where it is none for this recipe.
    pub fn of_header<'h>(recipe: &Recipe, headings: impl Iterator<Item = &'h str>) -> Option<Self> {
        let columns = Self::of_names(recipe, headings);
        let has =
            |name: &str| recipe.column.iter().any(|c| c.field.word() == name && columns.at[c.field as usize].is_some());
        let complete = recipe.needs.iter().all(|need| need.split('|').any(has));
        let known = |sign: &Pattern| columns.headings.iter().any(|heading| sign.fits(&folded(heading)));
        // Lists of charges have a column of subscribers too.
        let of_calls = !columns.lone || columns.has(Field::Direction) || columns.has(Field::Duration);
        let fits = complete && of_calls && columns.found >= recipe.least && recipe.signs.iter().all(known);
        fits.then_some(columns)
    }

    /// The fields among names, whether or not the recipe has all it needs.
    pub fn of_names<'h>(recipe: &Recipe, headings: impl Iterator<Item = &'h str>) -> Self {
        let headings: Vec<String> = headings.map(str::to_owned).collect();
        let plain: Vec<String> = headings.iter().map(|heading| folded(heading)).collect();
        let mut taken = vec![false; headings.len()];
        let mut at = [None; Field::COUNT];
        let mut beside = [None; Field::COUNT];
        for column in recipe.column.iter().filter(|column| !column.lone) {
            let places = if column.beside { &mut beside } else { &mut at };
            let place = &mut places[column.field as usize];
            if place.is_some() {
                continue;
            }
            let fitting = match column.at {
                Some(at) => at.checked_sub(1).filter(|&i| {
                    let free = taken.get(i) == Some(&false);
                    free && (column.headers.is_empty() || any_fits(&column.headers, &plain[i]))
                }),
                // The first synonym that stands in the header wins, not the first column that fits one.
                None => column.headers.iter().find_map(|pattern| {
                    plain.iter().enumerate().position(|(i, name)| !taken[i] && !name.is_empty() && pattern.fits(name))
                }),
            };
            if let Some(index) = fitting {
                taken[index] = true;
                *place = u16::try_from(index).ok();
            }
        }
        let party = PARTIES.iter().any(|field| at[*field as usize].is_some());
        let lone = if party { None } else { lone_party(recipe, &plain, &taken, at[Field::Line as usize]) };
        if let Some(index) = lone {
            at[Field::Line as usize] = at[Field::Line as usize].filter(|line| *line != index);
            at[Field::Number as usize] = Some(index);
        }
        let width = plain.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        let found = at.iter().flatten().count();
        let of_length = at[Field::Duration as usize].filter(|_| !recipe.fixed_lengths);
        let length_unit = of_length.and_then(|at| unit_in(&plain[usize::from(at)]));
        let clock = at[Field::Duration as usize].map(|at| ClockOfLengths::of(recipe, Some(&plain[usize::from(at)])));
        let clock = clock.unwrap_or(ClockOfLengths::Other);
        let titles = headings.iter().map(|heading| heading.trim().to_owned()).collect();
        let (lone, tells) = (lone.is_some(), None);
        let numbers = |(i, name): (usize, &String)| !taken[i] && NUMBERINGS.contains(&name.as_str());
        let numbering = plain.iter().enumerate().position(numbers).and_then(|at| u16::try_from(at).ok());
        Self { at, beside, headings, titles, width, found, length_unit, clock, numbering, lone, tells }
    }

    /// Whether no header told them.
    pub fn are_placed(&self) -> bool {
        self.tells.is_some()
    }

    /// Whether the file has the field at all.
    pub fn has(&self, field: Field) -> bool {
        self.at[field as usize].is_some()
    }

    /// The column that holds the beginning, or its date.
    pub fn when_field(&self) -> Field {
        if self.has(Field::Start) { Field::Start } else { Field::Date }
    }

    /// Seconds to which lengths are rounded up: a column of minutes holds whole ones.
    pub fn unit_s(&self, recipe: &Recipe) -> u32 {
        if self.length_unit == Some(DurationForm::Minutes) { 60 } else { recipe.duration_unit_s }
    }

    /// The cell of a field, trimmed; empty where the row has none.
    pub fn cell<'r>(&self, row: &'r RawRow, field: Field) -> &'r str {
        let cell = |at: Option<u16>| trimmed(at.and_then(|at| row.cell(usize::from(at))).unwrap_or(""));
        match (cell(self.at[field as usize]), self.beside[field as usize]) {
            ("", Some(second)) => cell(Some(second)),
            (text, _) => text,
        }
    }

    /// Whether the source gives the row, or its call, a number of its own.
    pub fn has_own_number(&self, row: &RawRow) -> bool {
        let numbered =
            self.numbering.and_then(|at| row.cell(usize::from(at))).is_some_and(|cell| !trimmed(cell).is_empty());
        numbered || [Field::Id, Field::Key].into_iter().any(|field| !self.cell(row, field).is_empty())
    }

    /// Whether any field has this column.
    pub fn reads_column(&self, column: usize) -> bool {
        self.at.iter().chain(&self.beside).flatten().any(|at| usize::from(*at) == column)
    }

    /// Whether a field has this column.
    pub fn is_at(&self, field: Field, column: usize) -> bool {
        self.at[field as usize].is_some_and(|at| usize::from(at) == column)
    }

    /// Whether the workbook keeps a length as a time and not as a text.
    pub fn length_is_time(&self, row: &RawRow) -> bool {
        self.at[Field::Duration as usize].is_some_and(|at| row.is_time(usize::from(at)))
    }

    /// Whether a row begins with its date.
    pub fn begin_with_date(&self) -> bool {
        self.at[self.when_field() as usize] == Some(0)
    }

    /// The heading of a field as the file writes it.
    pub fn heading(&self, field: Field) -> &str {
        self.at[field as usize].and_then(|at| self.headings.get(usize::from(at))).map_or("", String::as_str)
    }

    /// Whether the heading of a field says that it holds times, not days.
    pub fn tells_time(&self, field: Field) -> bool {
        let heading = folded(self.heading(field));
        ["врем", "начал", "time", "start"].iter().any(|word| heading.contains(word))
    }

    /// Whether a row repeats the header: every field's cell is its own heading.
    pub fn is_header(&self, row: &RawRow) -> bool {
        self.at.iter().flatten().all(|&at| {
            let at = usize::from(at);
            row.cell(at).is_some_and(|cell| self.titles.get(at).is_some_and(|title| title == trimmed(cell)))
        })
    }
}

/// Headings of columns in which rows are numbered.
const NUMBERINGS: [&str; 8] = ["№", "№ п/п", "№ п.п.", "n п/п", "п/п", "№ строки", "№ записи", "id"];

/// Whether something of a moment and something of a number stand in a row of several cells.
fn may_be_call(row: &RawRow) -> bool {
    row.len() > 1 && super::damage::tells_call(row.cells())
}

/// The column of the other party where no heading is only theirs. It may have been taken for the own line's.
fn lone_party(recipe: &Recipe, plain: &[String], taken: &[bool], line: Option<u16>) -> Option<u16> {
    let lone = recipe.column.iter().filter(|column| column.lone && column.field == Field::Number);
    let free = |i: usize| !taken[i] || line == u16::try_from(i).ok();
    let mut patterns = lone.flat_map(|column| &column.headers);
    let index =
        patterns.find_map(|pattern| plain.iter().enumerate().position(|(i, name)| free(i) && pattern.fits(name)));
    index.and_then(|index| u16::try_from(index).ok())
}

/// The name of a column that has no heading, as spreadsheets count: A, B, …, Z, AA.
pub(super) fn letter(column: usize) -> String {
    let mut name = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        name.insert(0, char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    name
}

/// The unit that a heading names: «Длительность, мин.», «Duration (Seconds)»; «мин:сек» names a form and no unit.
pub(super) fn unit_in(heading: &str) -> Option<DurationForm> {
    match units_in(heading) {
        (false, true, false) => Some(DurationForm::Minutes),
        (false, false, true) => Some(DurationForm::Seconds),
        _ => None,
    }
}

/// Whether a heading names hours, minutes, seconds.
fn units_in(heading: &str) -> (bool, bool, bool) {
    let (mut minutes, mut seconds, mut hours) = (false, false, false);
    for word in heading.split(|c: char| !c.is_alphanumeric()) {
        match word {
            "мин" | "минут" | "минутах" | "минуты" | "минута" | "min" | "mins" | "minutes" | "мм" | "mm" => {
                minutes = true
            }
            "с" | "сс" | "сек" | "секунд" | "секундах" | "секунды" | "секунда" | "s" | "ss" | "sec" | "secs"
            | "seconds" => {
                seconds = true;
            }
            "ч" | "чч" | "час" | "h" | "hh" => hours = true,
            _ => {}
        }
    }
    (hours, minutes, seconds)
}

/// A text without the spaces around it, as [`str::trim`] gives it. Nearly no cell has any, which its first and last byte
/// mostly tell.
pub(super) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., before, last]
            if matches!(first, 0x21..=0x7E | 0xD0 | 0xD1)
                && (matches!(last, 0x21..=0x7E) || matches!((before, last), (0xD0 | 0xD1, 0x80..=0xBF))) =>
        {
            text
        }
        _ => text.trim(),
    }
}
