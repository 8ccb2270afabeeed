//! What a file's name says: when, with whom, which way, and by which program. A name is never believed beyond its
//! shape: digits that make up a date are no number, and digits that make no date are no time. A date in a name of no
//! known shape is anybody's: it is the time of capture only where something else in the name says so, because a wrong
//! time of capture is worse than none.

use super::shapes::{Form, WrittenBy, messenger, screen, shapes, tells_of_a_capture};
use super::stamp::{Stamp, date, from_digits};
use crate::import::number;
use crate::model::{ClockKind, Direction, NumberKind, PhoneNumber, Precision, Screen, Zone};
use regex::{Captures, Regex};
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
            number: None,
            contact: None,
            direction: Direction::Unknown,
            by: None,
            screen: None,
        }
    }

    /// The time together with whether it is only that of saving.
    #[must_use]
    pub fn stamp(&self) -> Option<(Stamp, bool)> {
        self.time.map(|time| (time, self.saved))
    }
}

/// Reads a file name. Numbers without a country are read in the country of `line`.
#[must_use]
pub fn name_says(name: &str, of: Medium, line: Option<&PhoneNumber>) -> NameSays {
    let stem = plain(name);
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
        return Some(NameSays {
            time,
            saved: shape.by.is_messenger(),
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

fn time_of(found: &Captures<'_>, form: Form) -> Option<Stamp> {
    let text = found.name("t")?.as_str();
    let mut parts: Vec<String> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).map(str::to_owned).collect();
    if let (Some(half), Some(hour)) = (found.name("h"), parts.get_mut(3)) {
        let twelve: u32 = hour.parse().ok().filter(|h| (1..=12).contains(h))?;
        let after_noon = half.as_str().starts_with(['P', 'p']);
        *hour = format!("{:02}", twelve % 12 + if after_noon { 12 } else { 0 });
    }
    if form == Form::Dmy && parts.len() > 2 {
        parts.swap(0, 2);
    }
    // An hour of one digit.
    let digits: String = parts.iter().map(|p| if p.len() == 1 { format!("0{p}") } else { p.clone() }).collect();
    let mut stamp = from_digits(&digits, form == Form::ShortYmd)?;
    if let Some(offset) = found.name("z") {
        stamp.zone = Some(Zone::parse(offset.as_str())?);
    }
    Some(stamp)
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
        r"(?:^|[^\d+])(?P<t>(20\d\d)([-_.]?)(\d\d)([-_.]?)(\d\d)(?:(?:[-_ T.,]{0,3}| (?:в|at) )(\d\d)[-_.:]?(\d\d)(?:[-_.:]?(\d\d))?)?)(?:\D|\d{1,3}(?:\D|$)|$)",
    )
    .ok()
});
static EPOCH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:^|\D)(1[5-9]\d{8})(\d{3})?(?:\D|$)").ok());
static SHORT_STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"_(?P<t>\d{6}_\d{6})(?:\D|$)").ok());
static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\+\d[\d ()-]{7,18}\d|(?:^|[^\d.+])(\d{10,13})(?:[^\d.]|$)").ok());

/// A name of no known shape: a date anywhere in it, and a number that is no part of the date.
fn loose(stem: &str, of: Medium, line: Option<&PhoneNumber>) -> NameSays {
    let mut says = NameSays::nothing();
    let mut rest = stem.to_owned();
    if let Some((time, at)) = anywhere(stem) {
        says.time = Some(time);
        rest.replace_range(at, " ");
    }
    let mut number_at = None;
    for found in NUMBER.iter().flat_map(|regex| regex.captures_iter(&rest)) {
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
    let captures = tells_of_a_capture(stem);
    if let Some(by) = messenger(stem).filter(|_| !captures) {
        (says.saved, says.by) = (says.time.is_some(), Some(by));
        return says;
    }
    if let Some(range) = number_at {
        rest.replace_range(range, " ");
    }
    // Nothing but a time and a number: who else would name it so?
    let alone = !rest.contains(char::is_alphanumeric);
    let believed = captures || says.direction != Direction::Unknown || of == Medium::Sound || alone;
    says.time =
        says.time.filter(|stamp| believed && (of == Medium::Sound || stamp.kind == ClockKind::Wall || captures));
    if says.time.is_some() && says.direction != Direction::Unknown {
        says.by = Some(WrittenBy::Axet);
    }
    says
}

fn anywhere(stem: &str) -> Option<(Stamp, std::ops::Range<usize>)> {
    for found in STAMP.iter().flat_map(|regex| regex.captures_iter(stem)) {
        let part = |index: usize| found.get(index).and_then(|m| m.as_str().parse::<u32>().ok());
        let whole = found.name("t")?;
        let Some(day) = date(part(2)? as i32, part(4)?, part(6)?) else { continue };
        let stamp = match (part(7), part(8), part(9)) {
            (Some(hour), Some(minute), second) => {
                let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
                day.and_hms_opt(hour, minute, second.unwrap_or(0)).map(|at| Stamp::wall(at, precision))
            }
            _ => day.and_hms_opt(0, 0, 0).map(|at| Stamp::wall(at, Precision::Day)),
        };
        if let Some(mut stamp) = stamp {
            // Google's camera names its pictures by universal time.
            if stem.starts_with("PXL_") && stamp.precision == Precision::Second {
                stamp.kind = ClockKind::Instant;
            }
            return Some((stamp, whole.range()));
        }
    }
    if let Some(found) = EPOCH.as_ref().and_then(|regex| regex.captures(stem)) {
        let (seconds, thousandths) = (found.get(1)?, found.get(2));
        let stamp = Stamp::instant(seconds.as_str().parse().ok()?)?;
        return Some((stamp, seconds.start()..thousandths.map_or(seconds.end(), |t| t.end())));
    }
    let found = SHORT_STAMP.as_ref()?.captures(stem)?.name("t")?;
    let digits: String = found.as_str().chars().filter(char::is_ascii_digit).collect();
    Some((from_digits(&digits, true)?, found.range()))
}

#[cfg(test)]
#[path = "name_tests.rs"]
mod tests;
