//! Every distinct text of a source once, and the repeats among its rows, with nothing allocated for a row.

use super::number;
use crate::model::{Clock, Dictionary, PhoneNumber};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{BuildHasher, Hasher, RandomState};

/// Steps to the next place where two texts share a hash; any odd number will do.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Places of texts by their hash. The texts themselves stay in the dictionary and are compared there, so that a
/// collision of hashes costs a step and never joins two texts.
#[derive(Default)]
struct Places(FxHashMap<u64, u32>);

impl Places {
    fn find(&self, mut hash: u64, is: impl Fn(u32) -> bool) -> Result<u32, u64> {
        while let Some(&place) = self.0.get(&hash) {
            if is(place) {
                return Ok(place);
            }
            hash = hash.wrapping_add(STEP);
        }
        Err(hash)
    }
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

fn intern(places: &mut Places, texts: &mut Vec<String>, text: &str) -> u32 {
    match places.find(hash_of(text), |place| texts.get(place as usize).is_some_and(|known| known == text)) {
        Ok(place) => place,
        Err(free) => {
            let place = texts.len() as u32;
            texts.push(text.to_owned());
            places.0.insert(free, place);
            place
        }
    }
}

/// A text of at most sixteen bytes, filled up with bytes that no text has: nearly every spelling of a number. A table
/// of these is looked into without following it to the text.
type Short = [u64; 2];

fn short(text: &str) -> Option<Short> {
    let mut bytes = [0xFF; 16];
    bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
    let [a, b, c, d, e, f, g, h, rest @ ..] = bytes;
    Some([u64::from_le_bytes([a, b, c, d, e, f, g, h]), u64::from_le_bytes(rest)])
}

/// The dictionary while it is being filled.
#[derive(Default)]
pub(super) struct Interner {
    pub dictionary: Dictionary,
    /// In its country numbers are read of rows that name no line.
    home: Option<PhoneNumber>,
    short_spellings: FxHashMap<Short, u32>,
    long_spellings: Places,
    services: Places,
    labels: Places,
    lines: Places,
    line_spellings: Vec<String>,
    line_of: Vec<u32>,
    /// For each spelling the number that it reads as, counted among all distinct numbers.
    identities: Vec<u32>,
    numbers: FxHashMap<PhoneNumber, u32>,
}

impl Interner {
    /// Reads numbers of rows that name no line in the country of the only line there is.
    pub fn at_home(lines: &[PhoneNumber]) -> Self {
        Self { home: lines.first().filter(|_| lines.len() == 1).cloned(), ..Self::default() }
    }

    /// The other party's number; it is read only at the first sight of a spelling.
    pub fn spelling(&mut self, text: &str, line: Option<u32>) -> u32 {
        match short(text) {
            Some(key) => match self.short_spellings.get(&key) {
                Some(known) => *known,
                None => {
                    let place = self.new_spelling(text, line);
                    self.short_spellings.insert(key, place);
                    place
                }
            },
            None => {
                let known = &self.dictionary.spellings;
                let is = |at: u32| known.get(at as usize).is_some_and(|(raw, _)| raw == text);
                match self.long_spellings.find(hash_of(text), is) {
                    Ok(place) => place,
                    Err(free) => {
                        let place = self.new_spelling(text, line);
                        self.long_spellings.0.insert(free, place);
                        place
                    }
                }
            }
        }
    }

    fn new_spelling(&mut self, text: &str, line: Option<u32>) -> u32 {
        let place = self.dictionary.spellings.len() as u32;
        let line = line.and_then(|line| self.dictionary.lines.get(line as usize));
        let number = number::read(text, line.or(self.home.as_ref()));
        let next = self.numbers.len() as u32;
        self.identities.push(*self.numbers.entry(number.clone()).or_insert(next));
        self.dictionary.spellings.push((text.to_owned(), number));
        place
    }

    /// Which of the distinct numbers a spelling reads as.
    pub fn identity(&self, spelling: u32) -> u32 {
        self.identities.get(spelling as usize).copied().unwrap_or(u32::MAX)
    }

    pub fn service(&mut self, text: &str) -> u32 {
        intern(&mut self.services, &mut self.dictionary.services, text)
    }

    pub fn label(&mut self, text: &str) -> u32 {
        intern(&mut self.labels, &mut self.dictionary.labels, text)
    }

    /// The complainant's line, from any spelling of it.
    pub fn line(&mut self, text: &str) -> u32 {
        let spelling = intern(&mut self.lines, &mut self.line_spellings, text);
        if let Some(&line) = self.line_of.get(spelling as usize) {
            return line;
        }
        let line = self.line_number(number::read(text, None));
        self.line_of.push(line);
        line
    }

    /// The place of a line that is already read.
    pub fn line_number(&mut self, number: PhoneNumber) -> u32 {
        let lines = &mut self.dictionary.lines;
        if let Some(place) = lines.iter().position(|line| *line == number) {
            return place as u32;
        }
        lines.push(number);
        lines.len() as u32 - 1
    }

    pub fn clock(&mut self, clock: Clock) -> u32 {
        let clocks = &mut self.dictionary.clocks;
        if let Some(place) = clocks.iter().position(|known| *known == clock) {
            return place as u32;
        }
        clocks.push(clock);
        clocks.len() as u32 - 1
    }
}

/// What makes two rows one statement. Two different statements never have the same key: the fields stand side by
/// side in full, save for whole rows, of which 128 bits of a keyed hash are compared (two different rows of a
/// billion would meet with a chance of one in 10²⁰, and the key is not known to who wrote the file).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct RowKey([u32; 5]);

/// What a key is made of.
pub(super) struct Statement {
    pub line: Option<u32>,
    pub reading: i64,
    pub clock: u32,
    pub direction: u8,
    pub number: u32,
    pub duration_s: Option<u32>,
    pub service: Option<u32>,
}

impl Statement {
    /// The key; `None` where a field is too large to stand in it, which no real file reaches.
    pub fn key(&self) -> Option<RowKey> {
        let fits = |value: Option<u32>| value.map_or(Some(0), |v| v.checked_add(1).filter(|v| *v < 1 << 12));
        let reading = u64::try_from(self.reading).ok().filter(|r| *r < 1 << 36)?;
        let (line, service) = (fits(self.line)?, fits(self.service)?);
        let clock = u8::try_from(self.clock).ok()?;
        let duration = self.duration_s.map_or(Some(0), |d| d.checked_add(1))?;
        let high = (reading >> 32) as u32 | u32::from(self.direction) << 4 | u32::from(clock) << 8;
        Some(RowKey([reading as u32, high, self.number, duration, line | service << 12]))
    }
}

/// Keys of rows seen, each with the first row that had it.
///
/// Rows mostly stand in the order of their beginnings, and equal rows begin together: as long as they do, a row is
/// compared with those of its own moment only. The first row out of order brings the others back.
pub(super) struct Repeats {
    /// The rows of `moment`, or of the whole file once a row was out of order.
    first: FxHashMap<RowKey, u32>,
    /// All rows in order.
    passed: Vec<(RowKey, u32)>,
    moment: i64,
    order: Order,
    keyed: (RandomState, RandomState),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// All rows so far begin together.
    Open,
    Ascending,
    Descending,
    None,
}

impl Default for Repeats {
    fn default() -> Self {
        Self {
            first: FxHashMap::default(),
            passed: Vec::new(),
            moment: 0,
            order: Order::Open,
            keyed: (RandomState::new(), RandomState::new()),
        }
    }
}

impl Repeats {
    /// A moment with more rows gets a new table instead of one that is emptied.
    const MANY: usize = 1024;

    /// The key of a row by all its cells.
    pub fn whole<'c>(&self, cells: impl Iterator<Item = &'c str> + Clone) -> RowKey {
        let sum = |state: &RandomState| {
            let mut hasher = state.build_hasher();
            for cell in cells.clone() {
                hasher.write(cell.as_bytes());
                hasher.write_u8(0xFF);
            }
            hasher.finish()
        };
        let (a, b) = (sum(&self.keyed.0), sum(&self.keyed.1));
        RowKey([a as u32, (a >> 32) as u32, b as u32, (b >> 32) as u32, u32::MAX])
    }

    /// The first row with this key, if this is not the first. Equal keys have equal readings.
    pub fn seen(&mut self, key: RowKey, reading: i64, row: u64) -> Option<u64> {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        if self.order != Order::None && (reading != self.moment || self.passed.is_empty()) {
            self.turn_to(reading);
        }
        match self.first.entry(key) {
            std::collections::hash_map::Entry::Occupied(first) => Some(u64::from(*first.get())),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(row);
                if self.order != Order::None {
                    self.passed.push((key, row));
                }
                None
            }
        }
    }

    /// Goes on to another moment, or back to one.
    fn turn_to(&mut self, reading: i64) {
        let order = if reading > self.moment { Order::Ascending } else { Order::Descending };
        match self.order {
            _ if self.passed.is_empty() => {}
            Order::Open => self.order = order,
            known if known != order => {
                self.order = Order::None;
                self.first = std::mem::take(&mut self.passed).into_iter().collect();
                return;
            }
            _ => {}
        }
        self.moment = reading;
        if self.first.len() > Self::MANY {
            self.first = FxHashMap::default();
        } else {
            self.first.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(reading: i64, number: u32) -> RowKey {
        RowKey([reading as u32, 0, number, 0, 0])
    }

    #[test]
    fn a_repeat_is_found_in_any_order_of_the_rows() {
        // Up, down, all at once, back and forth, many at one moment: each against a plain table of all rows.
        let orders: [&dyn Fn(u64) -> i64; 6] = [
            &|row| row as i64 / 3,
            &|row| 9_000 - row as i64 / 3,
            &|_| 7,
            &|row| (row * 7_919 % 601) as i64,
            &|row| row as i64 / 2_500,
            &|row| if row < 4_000 { row as i64 } else { 8_000 - row as i64 },
        ];
        for (which, reading) in orders.into_iter().enumerate() {
            let (mut repeats, mut all) = (Repeats::default(), FxHashMap::default());
            let mut found = 0;
            for row in 1..=8_000 {
                let (at, number) = (reading(row), (row * 31 % 5) as u32);
                let expected = all.get(&key(at, number)).copied();
                all.entry(key(at, number)).or_insert(row);
                assert_eq!(repeats.seen(key(at, number), at, row), expected, "order {which}, row {row}");
                found += u32::from(expected.is_some());
            }
            assert!(found > 0 || which == 0 || which == 1, "order {which} has repeats");
        }
    }
}
