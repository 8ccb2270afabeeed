//! What all signals look at: units of calls, their numbers in time, and the person's ordinary calls beside them.

use super::super::Input;
use super::super::known::Ordinary;
use super::super::links::Links;
use super::retry;
use super::unit::{SEVERAL, Unit};
use crate::model::{Call, NONE, NumberKind};
use rustc_hash::FxHashMap;

/// Hours of a working day and of a free one.
pub const HOURS: usize = 48;
/// Fewer calls of a unit say nothing of its hours.
const FEWEST_FOR_HOURS: u32 = 12;
/// Moscow's offset. Another zone moves all hours alike, and nothing but working days is told by it.
const OFFSET_S: i64 = 3 * 3_600;
const DAY_S: i64 = 86_400;

/// Calls of each hour of working and of free days.
pub type Hours = [f32; HOURS];

/// One number of a unit, from its first to its last call.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// The number.
    pub number: u32,
    /// Start of its first call.
    pub first: i64,
    /// Start of its last.
    pub last: i64,
}

/// See the module.
pub struct Scene<'a> {
    /// What is grouped.
    pub input: &'a Input<'a>,
    /// Units.
    pub units: Vec<Unit>,
    /// Incoming calls by unit, number, start.
    pub order: Vec<u32>,
    /// Numbers by unit.
    pub spans: Vec<Span>,
    /// When the numbers of each unit fell silent, ascending; parted as `spans`.
    pub ends: Vec<i64>,
    /// When they began, likewise.
    pub begins: Vec<i64>,
    /// Lengths of answered calls, ascending in each unit.
    pub lengths: Vec<u16>,
    /// Full numbers of all that called, ascending, with their units ([`NONE`] for those of people whom the person knows).
    pub digits: Vec<(u64, u32)>,
    /// Calls right after a call that nobody answered: unit of the one, unit of the other, how often; ascending.
    pub retries: Vec<(u32, u32, u32)>,
    /// Hours of units with enough calls, as shares.
    pub hours: FxHashMap<u32, Hours>,
    /// The person's ordinary calls.
    pub ordinary: &'a Ordinary,
    /// From the first call of the case to the last, seconds.
    pub extent_s: f64,
    /// Numbers of units that may be joined.
    pub strangers: u32,
}

impl<'a> Scene<'a> {
    /// Of calls with the unit of each ([`NONE`] for none), below `count`.
    pub fn of(input: &'a Input<'a>, links: &Links, ordinary: &'a Ordinary, unit_of: &[u32], count: usize) -> Self {
        let mut units = vec![Unit::EMPTY; count];
        let order = ordered(input, unit_of, &mut units);
        let mut scene = Self {
            input,
            units,
            order,
            spans: Vec::new(),
            ends: Vec::new(),
            begins: Vec::new(),
            lengths: Vec::new(),
            digits: Vec::new(),
            retries: Vec::new(),
            hours: FxHashMap::default(),
            ordinary,
            extent_s: 1.0,
            strangers: 0,
        };
        scene.look(links);
        scene.retries = retry::found(input, unit_of);
        let first = input.calls.iter().map(|call| call.start).min().unwrap_or(0);
        let last = input.calls.iter().map(|call| call.start).max().unwrap_or(0);
        scene.extent_s = last.saturating_sub(first).max(DAY_S) as f64;
        scene
    }

    /// Incoming calls of a unit, by number and start.
    pub fn calls(&self, unit: u32) -> impl Iterator<Item = &'a Call> + '_ {
        let input = self.input;
        self.units
            .get(unit as usize)
            .and_then(|unit| self.order.get(unit.from as usize..unit.until as usize))
            .unwrap_or_default()
            .iter()
            .filter_map(|call| input.calls.get(*call as usize))
    }

    /// Lengths of the answered calls of a unit, ascending.
    pub fn lengths_of(&self, unit: &Unit) -> &[u16] {
        let from = unit.lengths_from as usize;
        self.lengths.get(from..from + unit.talks as usize).unwrap_or_default()
    }

    /// When the numbers of a unit fell silent.
    pub fn ends_of(&self, unit: &Unit) -> &[i64] {
        self.ends.get(unit.spans_from as usize..unit.spans_until as usize).unwrap_or_default()
    }

    /// When the numbers of a unit began.
    pub fn begins_of(&self, unit: &Unit) -> &[i64] {
        self.begins.get(unit.spans_from as usize..unit.spans_until as usize).unwrap_or_default()
    }

    fn look(&mut self, links: &Links) {
        let mut lengths: Vec<u16> = Vec::new();
        for at in 0..self.units.len() {
            let Some(mut unit) = self.units.get(at).copied() else { continue };
            let id = u32::try_from(at).unwrap_or(NONE);
            unit.spans_from = u32::try_from(self.spans.len()).unwrap_or(NONE);
            let (mut known, mut hours) = (0, [0.0_f32; HOURS]);
            lengths.clear();
            let calls = self.order.get(unit.from as usize..unit.until as usize).unwrap_or_default();
            for index in calls {
                let Some(call) = self.input.calls.get(*index as usize) else { continue };
                (unit.first, unit.last) = (unit.first.min(call.start), unit.last.max(call.start));
                known += u32::from(self.ordinary.is_known(call.number));
                unit.missed += u32::from(call.length_s == 0);
                if call.length_s > 0 && call.length_s != Call::UNSTATED {
                    lengths.push(call.length_s);
                }
                if let Some(hour) = hours.get_mut(hour_of_week(call.start)) {
                    *hour += 1.0;
                }
                for key in links.labels_of(*index).filter_map(|label| links.key_of_label(label)) {
                    unit.key = if unit.key == NONE || unit.key == key { key } else { SEVERAL };
                }
                match self.spans.get_mut(unit.spans_from as usize..).and_then(<[Span]>::last_mut) {
                    Some(span) if span.number == call.number => span.last = call.start,
                    _ => self.spans.push(Span { number: call.number, first: call.start, last: call.start }),
                }
            }
            unit.spans_until = u32::try_from(self.spans.len()).unwrap_or(NONE);
            // One number that the person once called back does not make a whole campaign known.
            unit.apart = unit.calls() == 0 || known * 2 > unit.calls();
            (unit.mode, unit.hits) = super::length::window(&mut lengths);
            let not_longer = lengths.partition_point(|length| *length <= unit.mode.saturating_add(1));
            unit.longer = u32::try_from(lengths.len() - not_longer).unwrap_or(u32::MAX);
            unit.talks = u32::try_from(lengths.len()).unwrap_or(u32::MAX);
            unit.lengths_from = u32::try_from(self.lengths.len()).unwrap_or(NONE);
            self.lengths.extend_from_slice(&lengths);
            if unit.calls() >= FEWEST_FOR_HOURS && !unit.apart {
                let all = unit.calls() as f32;
                self.hours.insert(id, hours.map(|count| count / all));
            }
            let spans = self.spans.get(unit.spans_from as usize..).unwrap_or_default();
            for span in spans {
                let Some(number) = self.input.numbers.get(span.number as usize) else { continue };
                if let Some(digits) = number.digits().filter(|_| number.kind == NumberKind::E164) {
                    unit.digits = if unit.digits == 0 { digits } else { unit.digits.min(digits) };
                    self.digits.push((digits, if unit.apart { NONE } else { id }));
                }
            }
            let from = self.ends.len();
            self.ends.extend(spans.iter().map(|span| span.last));
            self.begins.extend(spans.iter().map(|span| span.first));
            self.ends.get_mut(from..).unwrap_or_default().sort_unstable();
            self.begins.get_mut(from..).unwrap_or_default().sort_unstable();
            self.strangers += if unit.apart { 0 } else { unit.numbers() };
            if let Some(place) = self.units.get_mut(at) {
                *place = unit;
            }
        }
        self.digits.sort_unstable();
    }
}

/// Incoming calls by unit, number, start; says in the units where each begins and ends.
fn ordered(input: &Input<'_>, unit_of: &[u32], units: &mut [Unit]) -> Vec<u32> {
    let of = |index: usize, call: &Call| unit_of.get(index).copied().filter(|unit| call.incoming && *unit != NONE);
    for (index, call) in input.calls.iter().enumerate() {
        if let Some(unit) = of(index, call).and_then(|unit| units.get_mut(unit as usize)) {
            unit.until += 1;
        }
    }
    let mut at = 0;
    for unit in units.iter_mut() {
        (unit.from, at) = (at, at + unit.until);
        unit.until = unit.from;
    }
    let mut order = vec![0_u32; at as usize];
    for (index, call) in input.calls.iter().enumerate() {
        let Some(unit) = of(index, call).and_then(|unit| units.get_mut(unit as usize)) else { continue };
        if let Some(place) = order.get_mut(unit.until as usize) {
            *place = u32::try_from(index).unwrap_or(NONE);
        }
        unit.until += 1;
    }
    for unit in units.iter() {
        let calls = order.get_mut(unit.from as usize..unit.until as usize).unwrap_or_default();
        calls.sort_unstable_by_key(|index| {
            input.calls.get(*index as usize).map(|call| (call.number, call.start, *index))
        });
    }
    order
}

/// Of a moment the hour, of working or of free days.
pub fn hour_of_week(start: i64) -> usize {
    let local = start + OFFSET_S;
    let hour = local.rem_euclid(DAY_S) / 3_600;
    // The first day of 1970 was a Thursday.
    let free = (local.div_euclid(DAY_S) + 3).rem_euclid(7) >= 5;
    usize::try_from(hour + if free { 24 } else { 0 }).unwrap_or(0)
}
