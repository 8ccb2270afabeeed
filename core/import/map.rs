//! Row × recipe → fate. Pure: what a row becomes depends on the row, the recipe and what the person said, and the
//! order of the rows only decides which of two equal rows is the repeat.

use super::columns::Columns;
use super::intern::{Interner, Repeats};
use super::legs::{Legs, Offsets};
use super::recipe::{Field, Recipe, ServiceKind, UnknownService};
use super::rows::RawRow;
use super::when::{
    DurationForm, Expected, Format, Read, clock_of_day, fraction_of_day, from_serial, loose_clock, month_before_day,
};
use super::words::{any_fits, folded};
use crate::model::{
    CallRecord, Clock, ClockKind, Direction, Disposition, NumberKind, PhoneNumber, Precision, RowFate, Zone, ZoneBasis,
};
use rustc_hash::FxHashMap;

#[path = "map/length.rs"]
mod length;
#[path = "map/party.rs"]
mod party;
#[path = "map/problem.rs"]
mod problem;
#[path = "map/repeat.rs"]
mod repeat;
#[path = "map/sense.rs"]
mod sense;
#[path = "map/survey.rs"]
mod survey;

use self::problem::{problem_at, shape_problem, width_problem};
pub(super) use self::sense::Sense;

/// What a recipe's words mean, remembered by the text as written, so that each text is folded once.
struct Memo<T>(FxHashMap<Box<str>, T>);

impl<T: Copy> Memo<T> {
    fn of(&mut self, text: &str, mean: impl FnOnce(&str) -> T) -> T {
        if let Some(&known) = self.0.get(text) {
            return known;
        }
        let meaning = mean(&folded(text));
        self.0.insert(text.into(), meaning);
        meaning
    }
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

type Way = Option<(Direction, Option<Disposition>)>;

/// Maps the data rows of one file.
pub(super) struct Mapper<'l> {
    recipe: &'l Recipe,
    pub interner: Interner,
    repeats: Repeats,
    /// The lines that the person picked.
    picked: Vec<u32>,
    /// The person's lines: where both parties have a column, the one that is own tells the direction.
    own: Vec<PhoneNumber>,
    /// Lines that the file names, by their place in the dictionary, in order of appearance.
    pub named: Vec<u32>,
    /// The line of the rows that follow, where the file names it apart from them.
    pub around: Option<u32>,
    /// Zone for rows that state none, and how it is known.
    fallback: (Zone, ZoneBasis),
    /// The person's zone goes before the file's.
    zone_given: bool,
    zones: FxHashMap<Box<str>, Option<Zone>>,
    services: Memo<Option<usize>>,
    ways: Memo<Way>,
    outcomes: Memo<Option<Disposition>>,
    pseudo: Memo<Option<ServiceKind>>,
    unlabelled: Memo<bool>,
    units: Memo<Option<DurationForm>>,
    /// Text of a beginning put together from two cells.
    joined: String,
    /// The form of dates that read the last row; the next is likely in the same.
    pub form: usize,
    /// The form of lengths that read the last row.
    length: Option<DurationForm>,
    /// Dates with strokes name the month before the day.
    month_first: bool,
    /// Lengths of minutes and seconds stand as hours and minutes.
    pub lengths_shifted: bool,
    /// The file writes the seconds of its lengths in two digits.
    pub two_digits: bool,
    /// Calls by the system's own ids, once the file was looked through for them.
    legs: Legs,
    /// Zones that the ids of the file show.
    pub offsets: Offsets,
    /// What the last line of text said of the direction of the rows below it.
    pub section: Way,
    /// The last record is of a call between two numbers of which neither is known to be own.
    pub strangers: bool,
    /// Which of the rows on its line the row is, where several stood on one.
    pub nth: usize,
    /// Somewhere the file names a line that was not picked.
    pub has_others: bool,
    /// The part of the file in which the row stands has a place for its line, and nothing there.
    pub unnamed_part: bool,
    /// Only a row that reads names its line or is another line's: in a part of a row another number stands there.
    pub whole_only: bool,
}

/// What a row states.
pub(super) enum Stated {
    Call(CallRecord),
    /// Something else, or nothing that can be read.
    Else(RowFate),
}

/// A cell that cannot be read.
struct Unread {
    field: Field,
    found: String,
    expected: Expected,
}

impl<'l> Mapper<'l> {
    pub fn new(recipe: &'l Recipe, options: &super::ReadOptions, month_first: bool) -> Self {
        let mut interner = Interner::at_home(&options.own_lines);
        let picked = options.line.iter().chain(&options.further_lines);
        let picked = picked.map(|line| interner.line_number(line.clone())).collect();
        let fallback = match (options.zone, recipe.zone, options.line_zone) {
            (Some(zone), ..) => (zone, ZoneBasis::Given),
            (None, Some(zone), _) => (zone, ZoneBasis::Recipe),
            (None, None, Some(zone)) => (zone, ZoneBasis::Line),
            (None, None, None) => (Zone::MOSCOW, ZoneBasis::Assumed),
        };
        Self {
            recipe,
            interner,
            repeats: Repeats::default(),
            picked,
            own: options.own_lines.clone(),
            named: Vec::new(),
            around: None,
            fallback,
            zone_given: options.zone.is_some(),
            zones: FxHashMap::default(),
            services: Memo::default(),
            ways: Memo::default(),
            outcomes: Memo::default(),
            pseudo: Memo::default(),
            unlabelled: Memo::default(),
            units: Memo::default(),
            joined: String::new(),
            form: 0,
            length: None,
            month_first,
            lengths_shifted: false,
            two_digits: false,
            legs: Legs::default(),
            offsets: Offsets::default(),
            section: None,
            strangers: false,
            nth: 0,
            has_others: false,
            unnamed_part: false,
            whole_only: false,
        }
    }

    /// Zone and basis where no row states its own.
    pub fn fallback(&self) -> (Zone, ZoneBasis) {
        self.fallback
    }

    /// Notes a line that the file names; `None` where the text is no number.
    pub fn name_line(&mut self, text: &str) -> Option<u32> {
        let place = self.line(text)?;
        self.name(place);
        Some(place)
    }

    /// A line by its number; `None` where the text is none.
    fn line(&mut self, text: &str) -> Option<u32> {
        let place = self.interner.line(text);
        let number = self.interner.dictionary.lines.get(place as usize)?;
        (number.kind == NumberKind::E164).then_some(place)
    }

    fn name(&mut self, line: u32) {
        if !self.named.contains(&line) {
            self.named.push(line);
        }
    }

    /// The fate of a data row that states this.
    pub fn fate(&mut self, row: &RawRow, columns: &Columns, stated: Stated) -> RowFate {
        match stated {
            Stated::Call(record) => self.unless_repeat(row, columns, record),
            Stated::Else(fate) => fate,
        }
    }

    /// What a data row, whose beginning may have been read already, states of a call, or its fate where it states none.
    pub fn statement(&mut self, row: &RawRow, columns: &Columns, start: Option<Read>) -> Stated {
        let place = row.place;
        let own = match columns.cell(row, Field::Line) {
            "" => None,
            text => self.line(text),
        };
        let stated = own.or(self.around);
        let other = stated.is_some_and(|line| self.is_others(line));
        let only = self.picked.first().copied().filter(|_| self.picked.len() == 1 && !self.is_anybodys());
        let told = match (other, self.whole_only) {
            (true, false) => Stated::Else(RowFate::OtherLine { place }),
            _ => self.told(row, columns, start, stated.or(only), other),
        };
        if let Some(own) = own
            && !(self.whole_only && matches!(told, Stated::Else(RowFate::Problem { .. })))
        {
            self.name(own);
        }
        told
    }

    /// Whether a line is none of those that were picked.
    fn is_others(&self, line: u32) -> bool {
        !self.picked.is_empty() && !self.picked.contains(&line)
    }

    /// Whether the file has more lines than were picked.
    pub fn names_others(&self) -> bool {
        self.has_others || self.named.iter().any(|line| self.is_others(*line))
    }

    /// Whether a row that names no line may be anybody's: the file has others, or its part has none where another has one.
    fn is_anybodys(&self) -> bool {
        self.names_others() || (self.unnamed_part && !self.named.is_empty() && !self.picked.is_empty())
    }

    /// The same of a row of this line, which may be another than the one picked.
    fn told(&mut self, row: &RawRow, columns: &Columns, start: Option<Read>, line: Option<u32>, other: bool) -> Stated {
        let place = row.place;
        let problem = self.recipe.lines.as_ref().and_then(|_| shape_problem(row, columns));
        if let Some(problem) = problem.or_else(|| width_problem(row, columns)) {
            return Stated::Else(RowFate::Problem { place, problem });
        }
        if other {
            return Stated::Else(RowFate::OtherLine { place });
        }
        if let Some(kind) = self.other_service(row, columns) {
            return Stated::Else(RowFate::Other { place, kind: kind.to_owned() });
        }
        if line.is_none() && self.is_anybodys() {
            let column = columns.heading(Field::Line).to_owned();
            let expected = Expected::of(
                "линия этого файла: строка не называет, чей это звонок",
                "a line of this file: the row does not say whose call it is",
            );
            let problem = problem_at(row, column, columns.cell(row, Field::Line), expected);
            return Stated::Else(RowFate::Problem { place, problem });
        }
        match self.record(row, columns, start, line) {
            Ok(record) => Stated::Call(record),
            Err(unread) => {
                let column = columns.heading(unread.field).to_owned();
                let problem = problem_at(row, column, &unread.found, unread.expected);
                Stated::Else(RowFate::Problem { place, problem })
            }
        }
    }

    /// The word of the other service, if the row is no call.
    fn other_service(&mut self, row: &RawRow, columns: &Columns) -> Option<&'static str> {
        if row.element > 0 {
            let kinds = self.recipe.xml.as_ref().map(|shape| &shape.other)?;
            return kinds.values().nth(row.element as usize - 1).and_then(|kind| kind.other_word());
        }
        let rules = &self.recipe.service;
        let mut first: Option<usize> = None;
        let mut stated = false;
        for field in [Field::Service, Field::ServiceKind, Field::Unit] {
            let text = columns.cell(row, field);
            if text.is_empty() {
                continue;
            }
            // What a row is counted in says what it is, and nothing where no rule knows it.
            stated |= field != Field::Unit;
            let rule = self.services.of(text, |word| rules.iter().position(|rule| any_fits(&rule.words, word)));
            first = match (first, rule) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        if !self.recipe.pseudo_number.is_empty() {
            let rules = &self.recipe.pseudo_number;
            let number = columns.cell(row, Field::Number);
            if number.bytes().any(|b| b.is_ascii_alphabetic()) {
                let kind = |word: &str| rules.iter().find(|rule| any_fits(&rule.words, word)).map(|rule| rule.kind);
                if let Some(kind) = self.pseudo.of(number, kind) {
                    return kind.other_word();
                }
            }
        }
        match first.and_then(|rule| rules.get(rule)) {
            Some(rule) => rule.kind.other_word(),
            None if !stated => None,
            None => {
                let call = match self.recipe.unknown_service {
                    UnknownService::Call => true,
                    UnknownService::Other => false,
                    UnknownService::ByDirection => self.way(row, columns).is_some(),
                };
                if call { None } else { ServiceKind::Other.other_word() }
            }
        }
    }

    /// What the words of the row say of its direction: those of its own column first, then those of the service.
    fn way(&mut self, row: &RawRow, columns: &Columns) -> Way {
        let recipe = self.recipe;
        for field in [Field::Direction, Field::Service, Field::ServiceKind] {
            let text = columns.cell(row, field);
            if text.is_empty() {
                continue;
            }
            let way = self.ways.of(text, |word| recipe.way(word));
            if way.is_some() {
                return way;
            }
        }
        self.section
    }

    fn record(
        &mut self,
        row: &RawRow,
        columns: &Columns,
        start: Option<Read>,
        line: Option<u32>,
    ) -> Result<CallRecord, Unread> {
        let mut when = match start {
            Some(read) => read,
            None => self.start(row, columns)?,
        };
        // Where times are instants, an offset behind one says how it is written and not where the phone was.
        if self.recipe.instants
            && let Some(offset) = when.offset_s.take()
        {
            when.reading -= i64::from(offset);
        }
        let (answered, duration_s) = match columns.has(Field::AnsweredAt) && !columns.has(Field::Duration) {
            true => self.talk(row, columns).map(|(answered, seconds)| (Some(answered), seconds))?,
            false => (None, self.duration(row, columns)?),
        };
        let clock = self.clock(row, columns, when);
        let otherwise = self.recipe.way_otherwise.map(|direction| (direction, None));
        let way = self.way(row, columns).or(otherwise);
        let (direction, number) = self.party(row, columns, way.map(|(direction, _)| direction), line);
        let of_two = columns.has(Field::Caller) && columns.has(Field::Callee);
        let inside = self.recipe.extensions > 0;
        self.strangers = of_two && !inside && way.is_none() && direction == Direction::Unknown;
        if columns.lone && self.is_own(number, line) {
            let expected = Expected::of("номер собеседника, а не ваш", "the other party's number, not yours");
            return Err(Unread { field: Field::Number, found: number.to_owned(), expected });
        }
        let outcome = match columns.cell(row, Field::Outcome) {
            "" => None,
            text => {
                let rules = &self.recipe.outcome;
                self.outcomes
                    .of(text, |word| rules.iter().find(|rule| any_fits(&rule.words, word)).map(|rule| rule.disposition))
            }
        };
        // Phones that keep such a column write «no» in every outgoing row.
        let outcome = outcome.or_else(|| match columns.cell(row, Field::Answered).to_lowercase().as_str() {
            _ if direction != Direction::Incoming => None,
            "yes" | "true" | "1" | "да" => Some(Disposition::Answered),
            "no" | "false" | "0" | "нет" => Some(Disposition::Missed),
            _ => None,
        });
        let told = |answered| if answered { Disposition::Answered } else { Disposition::Missed };
        let outcome = outcome.or(answered.map(told));
        let disposition = match (way.and_then(|(_, disposition)| disposition).or(outcome), duration_s) {
            (Some(stated), _) => stated,
            (None, Some(1..)) => Disposition::Answered,
            // No duration, or none that was counted, does not say who ended the call and how.
            (None, _) => Disposition::Unknown,
        };
        let spelling = self.interner.spelling(number, line);
        let service =
            [Field::Service, Field::ServiceKind].into_iter().map(|f| columns.cell(row, f)).find(|t| !t.is_empty());
        let code = columns.cell(row, Field::Direction);
        let kept = service.is_none() && way.is_none() && self.recipe.keep_codes && !code.is_empty();
        let kept = kept.then(|| format!("{}={code}", columns.heading(Field::Direction)));
        let service = service.or(kept.as_deref());
        let label = Some(columns.cell(row, Field::Label)).filter(|label| !label.is_empty());
        let none = &self.recipe.no_label;
        let label = label.filter(|label| none.is_empty() || !self.unlabelled.of(label, |word| any_fits(none, word)));
        Ok(CallRecord {
            place: row.place,
            line,
            reading: when.reading,
            clock,
            direction,
            disposition,
            spelling,
            duration_s,
            service: service.map(|text| self.interner.service(text)),
            label: label.map(|text| self.interner.label(text)),
        })
    }

    /// When the call began, as written.
    fn start(&mut self, row: &RawRow, columns: &Columns) -> Result<Read, Unread> {
        let field = columns.when_field();
        // What is left of doubled quotation marks, or of `="…"`, is no part of a date.
        let bare = |field| columns.cell(row, field).trim_matches(['"', '=']);
        let date = bare(field);
        let time = if field == Field::Date { bare(Field::Time) } else { "" };
        let forms = &self.recipe.dates;
        let text = if time.is_empty() {
            date
        } else {
            self.joined.clear();
            self.joined.push_str(date);
            self.joined.push(' ');
            self.joined.push_str(time);
            self.joined.as_str()
        };
        let swapped;
        let text = if self.month_first {
            swapped = month_before_day(text);
            swapped.as_deref().unwrap_or(text)
        } else {
            text
        };
        // Midnight is the one time that a workbook does not tell from none; a column of times means it.
        let midnight = |read: Read| match read.precision {
            Precision::Day if row.place.sheet > 0 && columns.tells_time(field) => {
                Read { precision: Precision::Second, ..read }
            }
            _ => read,
        };
        if let Some(read) = forms.get(self.form).and_then(|form| form.read(text)) {
            return Ok(midnight(read));
        }
        if let Some((index, read)) = forms.iter().enumerate().find_map(|(i, form)| Some((i, form.read(text)?))) {
            self.form = index;
            return Ok(midnight(read));
        }
        if let Some(read) = from_spreadsheet(date, time, row.epoch_1904) {
            return Ok(midnight(read));
        }
        if !time.is_empty()
            && let Some(read) = apart(forms, date, time, row.epoch_1904)
        {
            return Ok(read);
        }
        // What the rows before were written in says more than what the layout is known for.
        let expected = forms.get(self.form).or(forms.first()).map(Format::in_words).unwrap_or_default();
        Err(Unread { field, found: text.to_owned(), expected })
    }

    fn clock(&mut self, row: &RawRow, columns: &Columns, when: Read) -> u32 {
        let kind = if self.recipe.instants || when.is_instant { ClockKind::Instant } else { ClockKind::Wall };
        let text = columns.cell(row, Field::Zone);
        let stated = match (when.offset_s.and_then(chrono::FixedOffset::east_opt), text) {
            _ if self.zone_given => None,
            (Some(offset), _) => Some(Zone::Fixed(offset)),
            (None, "") => None,
            (None, text) => match self.zones.get(text) {
                Some(known) => *known,
                None => {
                    let zone = read_zone(text);
                    self.zones.insert(text.into(), zone);
                    zone
                }
            },
        };
        let stated = match stated {
            None if !self.zone_given && kind == ClockKind::Wall => {
                self.offsets.zone(when.reading, &[Field::Id, Field::Key].map(|field| columns.cell(row, field)))
            }
            known => known,
        };
        let (zone, basis) = stated.map_or(self.fallback, |zone| (zone, ZoneBasis::Stated));
        self.interner.clock(Clock { kind, zone, basis, precision: when.precision })
    }

    /// The line of a row; where the file names none, one of the numbers may still be a line of the case.
    fn own_numbers(&self, line: Option<u32>) -> &[PhoneNumber] {
        let line = line.and_then(|line| self.interner.dictionary.lines.get(line as usize));
        line.map_or(self.own.as_slice(), std::slice::from_ref)
    }

    fn is_own(&self, text: &str, line: Option<u32>) -> bool {
        self.own_numbers(line).iter().any(|own| reads_as(text, own))
    }
}

/// Whether a text is a number, in the country of that number.
fn reads_as(text: &str, number: &PhoneNumber) -> bool {
    !text.is_empty() && super::number::read(text, Some(number)) == *number
}

/// A beginning that a spreadsheet keeps as a bare number, in one cell or in two.
fn from_spreadsheet(date: &str, time: &str, epoch_1904: bool) -> Option<Read> {
    if !date.bytes().next()?.is_ascii_digit() {
        return None;
    }
    let read = from_serial(date, epoch_1904)?;
    if time.is_empty() {
        return Some(read);
    }
    let (of_day, precision) = of_day(time, epoch_1904)?;
    Some(Read { reading: read.reading - read.reading.rem_euclid(86_400) + of_day, precision, ..read })
}

/// The clock in a cell for times, as a spreadsheet may keep it or a person write it.
fn of_day(time: &str, epoch_1904: bool) -> Option<(i64, Precision)> {
    let second = |of_day: i64| (of_day, Precision::Second);
    if time == "0" {
        return Some(second(0));
    }
    fraction_of_day(time)
        .map(second)
        .or_else(|| clock_of_day(time))
        .or_else(|| loose_clock(time))
        .or_else(|| from_serial(time, epoch_1904).map(|read| second(read.reading.rem_euclid(86_400))))
}

/// A date and a time of which one or both cells hold a whole moment: the day of the first, the clock of the second.
fn apart(forms: &[Format], date: &str, time: &str, epoch_1904: bool) -> Option<Read> {
    let whole = |text: &str| forms.iter().find_map(|form| form.read(text));
    let day = whole(date)?;
    let (of_day, precision) = match of_day(time, epoch_1904) {
        Some(read) => read,
        None => whole(time).map(|read| (read.reading.rem_euclid(86_400), read.precision))?,
    };
    Some(Read { reading: day.reading - day.reading.rem_euclid(86_400) + of_day, precision, ..day })
}

/// `+03:00`, `GMT+3`, `МСК`, `МСК+2`, `Asia/Omsk`.
fn read_zone(text: &str) -> Option<Zone> {
    if let Some(zone) = Zone::parse(text) {
        return Some(zone);
    }
    let plain = text.trim().to_uppercase();
    let plain = plain.trim_end_matches('*').replace(' ', "");
    for name in ["GMT", "UTC"] {
        if let Some(rest) = plain.strip_prefix(name) {
            return if rest.is_empty() { Some(Zone::UTC) } else { Zone::parse(rest) };
        }
    }
    for name in ["МСК", "MSK"] {
        if let Some(rest) = plain.strip_prefix(name) {
            return match Zone::parse(rest) {
                _ if rest.is_empty() => Some(Zone::MOSCOW),
                Some(Zone::Fixed(offset)) => {
                    chrono::FixedOffset::east_opt(offset.local_minus_utc() + 3 * 3600).map(Zone::Fixed)
                }
                _ => None,
            };
        }
    }
    match plain.parse::<i32>() {
        Ok(hours) if hours.abs() <= 14 => chrono::FixedOffset::east_opt(hours * 3600).map(Zone::Fixed),
        _ => None,
    }
}
