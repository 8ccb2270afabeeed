//! What the cells of a column look like, counted.

use super::forms::{DATES, date_forms, is_count};
use crate::import::number;
use crate::import::recipe::{RECIPES, ServiceKind};
use crate::import::when::{DurationForm, Format, clock_of_day, from_serial, loose_clock};
use crate::import::words::{any_fits, folded};
use crate::model::{NumberKind, Precision};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Distinct words of a column that are counted; a column with more holds no words.
const MAX_WORDS: usize = 60;
/// Distinct numbers of a column that are counted.
const MAX_NUMBERS: usize = 4096;
/// Letters of a word that is counted.
const MAX_WORD: usize = 80;

/// The forms of each order of dates.
static FORMS: LazyLock<Vec<Vec<Format>>> = LazyLock::new(|| {
    let forms = |date: &&str| date_forms(date, false).into_iter().filter_map(|f| Format::try_from(f).ok()).collect();
    DATES.iter().map(forms).collect()
});

/// What the cells of one column are, by count.
#[derive(Clone, Debug, Default)]
pub(super) struct Shapes {
    /// Cells that hold anything.
    pub filled: u32,
    /// Dates with a time, in any order.
    pub moments: u32,
    /// Dates without one.
    pub days: u32,
    /// Cells that each order of dates reads.
    pub orders: [u32; DATES.len()],
    /// Cells with AM or PM.
    pub half_days: u32,
    /// `9:05`, `21:05:07`.
    pub clocks: u32,
    /// Of these, such as no call lasts: the first part is 7 or more and below 24.
    pub late: u32,
    /// `18.30`, `18-30-05`, which may be a time of day or something else.
    pub loose: u32,
    /// Bare parts of a day.
    pub fractions: u32,
    /// `1 мин 5 сек`.
    pub units: u32,
    /// Whole numbers that could be seconds.
    pub counts: u32,
    /// Whole numbers each greater by one than the last: a numbering of the rows.
    pub steps: u32,
    /// Decimal numbers: money, volumes.
    pub decimals: u32,
    /// Full numbers of phones, masked ones among them.
    pub phones: u32,
    /// What may stand in place of a number: short codes, senders, «скрыт».
    pub party: u32,
    /// Words that say which way a call went.
    pub ways: u32,
    /// Words that say how it ended.
    pub ends: u32,
    /// Words of services.
    pub services: u32,
    /// Of these, such as are no calls.
    pub others: u32,
    /// Offsets of zones.
    pub zones: u32,
    /// Yes and no.
    pub yes_no: u32,
    /// Texts with a letter.
    pub texts: u32,
    /// Distinct words with their counts, as first written.
    pub words: Vec<(String, u32)>,
    /// Whether there were more.
    pub many_words: bool,
    /// How often each full number stands here.
    pub numbers: FxHashMap<String, u32>,
    /// The first cell that holds anything.
    pub example: String,
    last: Option<u64>,
}

impl Shapes {
    /// Counts a cell. `closely` also looks at what it could be read as.
    pub fn take(&mut self, text: &str, epoch_1904: bool, closely: bool) {
        let text = text.trim().trim_matches(['"', '=']);
        if text.is_empty() {
            return;
        }
        self.count_word(text);
        if !closely {
            return;
        }
        if self.filled == 0 {
            self.example = text.chars().take(MAX_WORD).collect();
        }
        self.filled += 1;
        let digits = text.bytes().any(|b| b.is_ascii_digit());
        if digits {
            self.take_time(text, epoch_1904);
            self.take_length(text);
        }
        self.take_number(text, digits);
        let plain = folded(text);
        let general = RECIPES.iter().find(|recipe| recipe.general);
        if let Some(general) = general.filter(|_| !plain.bytes().all(|b| b.is_ascii_digit())) {
            self.ways += u32::from(super::propose::says_way(text));
            self.ends += u32::from(general.outcome.iter().any(|rule| any_fits(&rule.words, &plain)));
            let service = general.service.iter().find(|rule| any_fits(&rule.words, &plain));
            self.services += u32::from(service.is_some());
            self.others += u32::from(service.is_some_and(|rule| rule.kind != ServiceKind::Call));
        }
        self.texts += u32::from(text.chars().any(char::is_alphabetic));
        let zone = ["gmt", "utc", "мск", "msk", "+0", "-0", "+1"].iter().any(|begin| plain.starts_with(begin));
        self.zones += u32::from(zone && text.len() <= 12 && !text.contains(' '));
        self.yes_no +=
            u32::from(["да", "нет", "yes", "no", "true", "false", "истина", "ложь"].contains(&plain.as_str()));
    }

    fn take_time(&mut self, text: &str, epoch_1904: bool) {
        let (mut moment, mut day) = (false, false);
        for (order, forms) in FORMS.iter().enumerate() {
            let Some(read) = forms.iter().find_map(|form| form.read(text)) else { continue };
            // A count of seconds is a moment only where it is one of these years: a number of a phone is none.
            if is_count(DATES[order]) && !(1_000_000_000..2_000_000_000).contains(&read.reading) {
                continue;
            }
            self.orders[order] += 1;
            match read.precision {
                Precision::Day => day = true,
                _ => moment = true,
            }
        }
        if let Some(read) = from_serial(text, epoch_1904).filter(|_| !moment && !day && text.len() >= 5) {
            moment |= read.precision != Precision::Day;
            day |= read.precision == Precision::Day;
        }
        self.moments += u32::from(moment);
        self.days += u32::from(day && !moment);
        self.half_days += u32::from(moment && text.ends_with(['M', 'm']));
        let first: u32 = text.split([':', '.']).next().and_then(|part| part.parse().ok()).unwrap_or(0);
        if clock_of_day(text).is_some() || DurationForm::MinutesSeconds.read(text).is_some() {
            self.clocks += 1;
            self.late += u32::from((7..24).contains(&first) && clock_of_day(text).is_some());
        } else if DurationForm::HoursMinutesSeconds.read(text).is_some() {
            self.clocks += 1;
        } else if loose_clock(text).is_some() {
            self.loose += 1;
        }
    }

    fn take_length(&mut self, text: &str) {
        self.units += u32::from(DurationForm::Units.read(text).is_some());
        let whole: Option<u64> = text.parse().ok();
        if let Some(whole) = whole {
            self.counts += u32::from(whole < 100_000 && text.len() <= 5);
            self.steps += u32::from(self.last.is_some_and(|last| whole == last + 1));
            self.last = Some(whole);
        } else if let Ok(number) = text.replace(',', ".").parse::<f64>() {
            let of_day = (0.0..1.0).contains(&number) && text.len() > 6;
            // A library writes whole seconds as `31.0`.
            let whole = number.fract() == 0.0 && (0.0..100_000.0).contains(&number) && !of_day;
            self.fractions += u32::from(of_day);
            self.counts += u32::from(whole);
            self.decimals += u32::from(!of_day && !whole);
        }
    }

    fn take_number(&mut self, text: &str, digits: bool) {
        let number = number::read(text, None);
        let long = text.bytes().filter(u8::is_ascii_digit).count() >= 10;
        match number.kind {
            NumberKind::E164 if long => {
                self.phones += 1;
                if self.numbers.len() < MAX_NUMBERS || self.numbers.contains_key(&number.text) {
                    *self.numbers.entry(number.text).or_default() += 1;
                }
            }
            NumberKind::Masked => self.phones += 1,
            NumberKind::Short | NumberKind::Hidden => self.party += 1,
            NumberKind::Sender if !digits => self.party += 1,
            _ => {}
        }
    }

    fn count_word(&mut self, text: &str) {
        if let Some(known) = self.words.iter_mut().find(|(word, _)| word == text) {
            known.1 += 1;
        } else if self.words.len() < MAX_WORDS && text.chars().count() <= MAX_WORD {
            self.words.push((text.to_owned(), 1));
        } else {
            self.many_words = true;
        }
    }

    /// The order that reads the most, the likelier one where several do.
    pub fn order(&self) -> Option<&'static str> {
        let american = self.half_days * 2 > self.moments;
        let rank = |at: usize| (self.orders[at], u32::from(american && DATES[at].starts_with("mm")), usize::MAX - at);
        (0..DATES.len()).filter(|at| self.orders[*at] > 0).max_by_key(|at| rank(*at)).map(|at| DATES[at])
    }

    /// The form of lengths that most cells have.
    pub fn length(&self, heading: &str) -> &'static str {
        let heading = folded(heading);
        let minutes = heading.contains("мин") || heading.contains("min");
        let seconds = heading.contains("сек") || heading.contains("sec");
        let forms = [("clock", self.clocks), ("units", self.units), ("day fraction", self.fractions)];
        let best = forms.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count * 2 > self.filled);
        match best {
            Some((form, _)) => form,
            None if seconds => "s",
            None if minutes => "min",
            // Seconds of a call are no decimal numbers with a comma, minutes are.
            None if self.decimals > self.counts => "min",
            None if self.counts > 0 => "s",
            None => "clock",
        }
    }
}
