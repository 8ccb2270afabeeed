//! What a file's name says: when, with whom, which way, and by which program. A name is never believed beyond its
//! shape: digits that make up a date are no number, and digits that make no date are no time. A date in a name of no
//! known shape is anybody's: it is the time of capture only where something else in the name says so, because a wrong
//! time of capture is worse than none.

use super::messenger::{mentioned, passed_on};
use super::shapes::{Form, WrittenBy, names_a_paper, screen, shapes, tells_of_a_capture, time_of};
use super::stamp::{Stamp, date, from_digits};
use crate::import::number;
use crate::model::{ClockKind, Direction, NumberKind, PhoneNumber, Precision, Screen};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A picture, which messengers and programs name by the time of saving.
    Picture,
    /// Sound, or a moving picture.
    Sound,
}

/// What a name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSays {
    /// The time in it.
    pub time: Option<Stamp>,
    /// Whether that is when a messenger stored the file, not when it was made.
    pub saved: bool,
    /// Whether a recorder writes such names: it took the time off the clock as it began.
    pub recorded: bool,
    /// The other side's number.
    pub number: Option<PhoneNumber>,
    /// The other side's name as the phone knew it.
    pub contact: Option<String>,
    /// Which way the call went.
    pub direction: Direction,
    /// The program, where the shape gives it away.
    pub by: Option<WrittenBy>,
    /// What was on the screen.
    pub screen: Option<Screen>,
}

impl NameSays {
    fn nothing() -> Self {
        Self {
            time: None,
            saved: false,
            recorded: false,
            number: None,
            contact: None,
            direction: Direction::Unknown,
            by: None,
            screen: None,
        }
    }
}

/// Reads a file name. Numbers without a country are read in the country of `line`.
#[must_use]
pub fn name_says(name: &str, of: Medium, line: Option<&PhoneNumber>) -> NameSays {
    let stem = plain(name);
    // Before every other reading, and wherever it stands: a person writes words and numbers before what a messenger
    // called it, and no word before it makes the time of saving that of capture.
    if let Some((by, time)) = passed_on(&stem, of) {
        return NameSays { time, saved: true, by, ..aside(&stem, line).0 };
    }
    let stem = without_first(&stem);
    let bare = without_last(stem);
    // What stands behind may be a number in brackets and no copy's: the whole is read first.
    let again = || if bare == stem { None } else { shaped(bare, of, line) };
    let found = shaped(stem, of, line).or_else(again);
    found.unwrap_or_else(|| loose(bare, of, line))
}

fn shaped(stem: &str, of: Medium, line: Option<&PhoneNumber>) -> Option<NameSays> {
    for (shape, regex) in shapes() {
        if of == Medium::Picture && shape.records {
            continue;
        }
        let Some(found) = regex.captures(stem) else { continue };
        let time = match shape.form {
            Form::None => None,
            form => match time_of(&found, form) {
                Some(time) => Some(time),
                None => continue,
            },
        };
        // Ten digits behind a word are a minute only where the word may be somebody's name.
        if shape.by == WrittenBy::Oneplus && found.name("c").is_some_and(|c| names_a_paper(c.as_str())) {
            continue;
        }
        return Some(NameSays {
            time,
            recorded: shape.records,
            by: Some(shape.by),
            screen: found.name("s").map(|s| screen(s.as_str())),
            direction: direction(&found),
            ..people(&found, shape.by, line)
        });
    }
    None
}

static COPIED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^(?:копия(?: \(\d{1,3}\))?|copy(?: \(\d{1,3}\))? of)[ _-]+").ok());
static AGAIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(?:[ _]?\(\d{1,3}\)|[ _]?[-–—]?[ _](?:копия|copy)(?: ?\(?\d{1,3}\)?)?)$").ok());

/// Without what a system writes before the name of a copy.
fn without_first(mut stem: &str) -> &str {
    while let Some(found) = COPIED.as_ref().and_then(|regex| regex.find(stem)) {
        stem = &stem[found.end()..];
    }
    stem
}

/// Without what a system writes behind the name of a copy, and of a second file of one name.
fn without_last(mut stem: &str) -> &str {
    while let Some(found) = AGAIN.as_ref().and_then(|regex| regex.find(stem)) {
        stem = &stem[..found.start()];
    }
    stem
}

/// Without the ending, composed, with ordinary spaces and nothing invisible.
fn plain(name: &str) -> String {
    let stem = match name.rsplit_once('.') {
        Some((stem, ending))
            if !stem.is_empty()
                && (2..=5).contains(&ending.len())
                && ending.chars().all(|c| c.is_ascii_alphanumeric())
                && (ending.starts_with("3g") || ending.starts_with(|c: char| c.is_ascii_alphabetic())) =>
        {
            stem
        }
        _ => name,
    };
    let space = |c: char| if c.is_whitespace() { ' ' } else { c };
    let shown = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    stem.nfc().map(space).filter(shown).collect::<String>().trim().to_owned()
}

fn direction(found: &Captures<'_>) -> Direction {
    match found.name("d").map(|d| d.as_str()) {
        Some("in" | "Incoming" | "Inbound" | "↙" | "↓") => Direction::Incoming,
        Some("out" | "Outgoing" | "Outbound" | "↗" | "↑") => Direction::Outgoing,
        _ => Direction::Unknown,
    }
}

/// The number and the contact of a name; a contact that is a number is one.
fn people(found: &Captures<'_>, by: WrittenBy, line: Option<&PhoneNumber>) -> NameSays {
    let text = |group: &str| found.name(group).map(|m| m.as_str().trim()).filter(|t| !t.is_empty());
    let read = |text: &str| read_number(&decoded(text, by), line);
    let mut says = NameSays { number: text("n").and_then(read), ..NameSays::nothing() };
    if let Some(contact) = text("c") {
        if has_letter(contact) {
            says.contact = Some(contact.to_owned());
        } else if says.number.is_none() {
            says.number = read(contact);
        }
    }
    if let Some(name) = text("n").filter(|n| says.number.is_none() && says.contact.is_none() && has_letter(n)) {
        says.contact = Some(name.to_owned());
    }
    says
}

/// Xiaomi writes `00` for `+`, `p` for a pause and `s` for an asterisk.
fn decoded(text: &str, by: WrittenBy) -> String {
    if by != WrittenBy::Miui {
        return text.to_owned();
    }
    // What follows a pause was dialled after the answer: it is no part of the number.
    let text = text.split('p').next().unwrap_or(text).replace('s', "*");
    text.strip_prefix("00").filter(|rest| rest.len() > 6).map_or(text.clone(), |rest| format!("+{rest}"))
}

fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

fn read_number(text: &str, line: Option<&PhoneNumber>) -> Option<PhoneNumber> {
    let number = number::read(text, line);
    matches!(number.kind, NumberKind::E164 | NumberKind::Short | NumberKind::Masked).then_some(number)
}

static STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[^\d+])(?P<t>(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?:[-_ T.,]{0,3}| (?:в|at) )(\d\d)[-_.:]?(\d\d)(?:[-_.:]?(\d\d))?)(?:\D|\d{1,3}(?:\D|$)|$)",
    )
    .ok()
});
static DAY_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[^\d+])(?P<t>(\d\d)[-_.](\d\d)[-_.](20\d\d)(?:[-_ T.,]{1,3}| (?:в|at) )(\d\d)[-_.:]?(\d\d)(?:[-_.:]?(\d\d))?)(?:\D|$)",
    )
    .ok()
});
static EPOCH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:^|\D)(1[5-9]\d{8})(\d{3})?(?:\D|$)").ok());
static SHORT_STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"_(?P<t>\d{6}_\d{6})(?:\D|$)").ok());
static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\+\d[\d ()-]{7,18}\d|(?:^|[^\d.+])(\d{10,13})(?:[^\d.]|$)").ok());

/// A number, a way of the call and what else a name of any shape holds, and the rest of it without the number.
fn aside(stem: &str, line: Option<&PhoneNumber>) -> (NameSays, String) {
    let (mut says, mut rest) = (NameSays::nothing(), stem.to_owned());
    let mut number_at = None;
    for found in NUMBER.iter().flat_map(|regex| regex.captures_iter(stem)) {
        let Some(digits) = found.get(1).or_else(|| found.get(0)) else { continue };
        if from_digits(digits.as_str(), false).is_none() {
            says.number = read_number(digits.as_str(), line).filter(|n| n.kind == NumberKind::E164);
        }
        if says.number.is_some() {
            number_at = Some(digits.range());
            break;
        }
    }
    says.direction = match (stem.contains(['↓', '↙']), stem.contains(['↑', '↗'])) {
        (true, false) => Direction::Incoming,
        (false, true) => Direction::Outgoing,
        _ => Direction::Unknown,
    };
    if let Some(range) = number_at {
        rest.replace_range(range, " ");
    }
    (says, rest)
}

/// A name of no known shape: a date with a time of day anywhere in it, and a number that is no part of that.
fn loose(stem: &str, of: Medium, line: Option<&PhoneNumber>) -> NameSays {
    let found = anywhere(stem);
    let mut rest = stem.to_owned();
    for at in found.places.iter().rev() {
        // What is blanked keeps its length: the places of overlapping readings stay true.
        rest.replace_range(at.clone(), &" ".repeat(at.len()));
    }
    let (mut says, rest) = aside(&rest, line);
    let Some((time, at)) = found.only else { return says };
    let captures = tells_of_a_capture(stem);
    if let Some((by, mention)) = mentioned(stem) {
        match captures {
            None => return NameSays { time: Some(time), saved: true, by: Some(by), ..says },
            // Behind the time stands what was on the screen, or whose call was recorded.
            Some(word) if word < at.start && mention >= at.end => {}
            // A recording of a call over the messenger, or what it passed on with a word before: nobody can tell.
            Some(_) => return says,
        }
    }
    // Nothing but a time and a number: who else would name it so?
    let alone = !rest.contains(char::is_alphanumeric);
    let sure = captures.is_some() || says.direction != Direction::Unknown || alone;
    // Digits that nothing divides are some paper's number as well.
    let divided = time.kind == ClockKind::Wall && at.len() != 12;
    let believed = match of {
        Medium::Sound => sure || divided,
        Medium::Picture => sure && (time.kind == ClockKind::Wall || captures.is_some()),
    };
    says.time = Some(time).filter(|_| believed);
    if says.time.is_some() && says.direction != Direction::Unknown {
        (says.by, says.recorded) = (Some(WrittenBy::Axet), true);
    }
    says
}

/// The times in a name of no known shape.
struct Found {
    /// The time, where all that the name holds are one.
    only: Option<(Stamp, Range<usize>)>,
    /// Where times stand: their digits are no number.
    places: Vec<Range<usize>>,
}

/// Looks for dates with a time of day: a date alone may be that of a paper, a bill, a song. Of two that differ nobody
/// can tell which is the capture's.
fn anywhere(stem: &str) -> Found {
    let mut times = Vec::new();
    for (form, [year, month, day]) in [(&STAMP, [2, 3, 4]), (&DAY_FIRST, [4, 3, 2])] {
        let mut from = 0;
        while let Some(found) = form.as_ref().and_then(|regex| regex.captures_at(stem, from)) {
            let Some(whole) = found.name("t") else { break };
            // A reading that swallowed half of the next one must not hide it.
            from = whole.start() + 1;
            let part = |index: usize| found.get(index).and_then(|m| m.as_str().parse::<u32>().ok());
            let second = part(7);
            let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
            let at = || {
                date(part(year)? as i32, part(month)?, part(day)?)?.and_hms_opt(
                    part(5)?,
                    part(6)?,
                    second.unwrap_or_default(),
                )
            };
            times.extend(at().map(|at| (Stamp::wall(at, precision), whole.range())));
        }
    }
    if times.is_empty() {
        times = undivided(stem);
    }
    let places = times.iter().map(|(_, at)| at.clone()).collect();
    // The same time may be there twice, once without its seconds.
    times.sort_by_key(|(stamp, _)| stamp.precision.slack_s());
    let one = |first: &Stamp| {
        times.iter().all(|(other, _)| (0..=other.precision.slack_s()).contains(&(first.reading - other.reading)))
    };
    let mut only = times.first().filter(|(first, _)| one(first)).cloned();
    if let Some((stamp, _)) = only.as_mut().filter(|_| stem.starts_with("PXL_")) {
        // Google's camera names its pictures by universal time.
        if stamp.precision == Precision::Second {
            stamp.kind = ClockKind::Instant;
        }
    }
    Found { only, places }
}

/// Seconds since 1970, and the short form of recorders.
fn undivided(stem: &str) -> Vec<(Stamp, Range<usize>)> {
    let epochs = EPOCH.iter().flat_map(|regex| regex.captures_iter(stem)).filter_map(|found| {
        let (seconds, thousandths) = (found.get(1)?, found.get(2));
        let stamp = Stamp::instant(seconds.as_str().parse().ok()?)?;
        Some((stamp, seconds.start()..thousandths.map_or(seconds.end(), |t| t.end())))
    });
    let epochs: Vec<_> = epochs.collect();
    if !epochs.is_empty() {
        return epochs;
    }
    let short = SHORT_STAMP.iter().flat_map(|regex| regex.captures_iter(stem)).filter_map(|found| {
        let found = found.name("t")?;
        let digits: String = found.as_str().chars().filter(char::is_ascii_digit).collect();
        Some((from_digits(&digits, true)?, found.range()))
    });
    short.collect()
}

#[cfg(test)]
#[path = "name_tests.rs"]
mod tests;
