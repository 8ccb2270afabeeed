//! The weighted union: units of calls that hard reasons hold, or one number, are joined where soft signals speak for it.
//!
//! A join takes odds of [`ODDS`] to one after what is to be expected beforehand: that a number belongs to a caller as often
//! as the caller's numbers are among all strangers' numbers. Two signals at least must speak, each for itself. What bears
//! another name, and whom the person knows, is never joined. The best join comes first; what grew is looked at again as a
//! whole, a few times.

use super::known::Ordinary;
use super::links::{Links, Sets};
use super::signals::{SEVERAL, SIGNALS, Scene};
use super::{Input, Rules};
use crate::model::NONE;
use std::cmp::Reverse;

/// Odds that a join takes.
pub const ODDS: f64 = 20.0;
/// A signal speaks for itself from here on: half as likely again.
const SPEAKS: f64 = 0.405;
/// What grew is looked at again so often.
const ROUNDS: usize = 4;

/// What soft signals joined.
#[derive(Debug, Default)]
pub struct Soft {
    /// Of each call its unit for certain; empty where nothing was joined.
    base_of: Vec<u32>,
    /// Of each such unit the signals that joined it to others, a bit each.
    signals: Vec<u8>,
    /// Of each such unit what it was joined into.
    set_of: Vec<u32>,
}

impl Soft {
    /// The unit of a call, what it was joined into, and by which signals; `None` where no signal joined it.
    pub fn of_call(&self, call: u32) -> Option<(u32, u32, u8)> {
        let base = *self.base_of.get(call as usize)?;
        let signals = *self.signals.get(base as usize)?;
        let set = *self.set_of.get(base as usize)?;
        Some((base, set, signals))
    }
}

/// A pair worth joining.
struct Edge {
    score: f64,
    core: u32,
    other: u32,
    signals: u8,
}

/// Joins what the hard reasons left apart; `components` are theirs, and become those of all reasons.
pub fn join(input: &Input<'_>, links: &Links, ordinary: &Ordinary, rules: &Rules, components: &mut [u32]) -> Soft {
    let mut soft = Soft::default();
    if rules.soft == 0 || ordinary.too_few() {
        return soft;
    }
    let (base_of, hard) = bases(input, links, components);
    let mut unit_of_base: Vec<u32> = (0_u32..).take(hard.len()).collect();
    let mut signals = vec![0_u8; hard.len()];
    let mut joined = vec![false; hard.len()];
    let mut units = hard.len();
    for _ in 0..ROUNDS {
        let unit_of: Vec<u32> =
            base_of.iter().map(|base| unit_of_base.get(*base as usize).copied().unwrap_or(NONE)).collect();
        let scene = Scene::of(input, links, ordinary, &unit_of, units);
        let edges = weighed(&scene, rules);
        let (unit_after, told) = united(&scene, &edges);
        if told.is_empty() {
            break;
        }
        // How many certain units each is made of, so that one that is alone is told for as well.
        let mut made_of = vec![0_u32; units];
        for unit in &unit_of_base {
            made_of[*unit as usize] += 1;
        }
        let mut told_of = vec![0_u8; units];
        let mut touched = vec![false; units];
        for edge in told {
            told_of[edge.other as usize] |= edge.signals;
            if made_of[edge.core as usize] == 1 {
                told_of[edge.core as usize] |= edge.signals | ALONE;
            }
            touched[edge.core as usize] = true;
            touched[edge.other as usize] = true;
        }
        for (base, unit) in unit_of_base.iter_mut().enumerate() {
            let told = told_of[*unit as usize];
            joined[base] |= touched[*unit as usize];
            // What holds by itself needs no reason for others that came to it.
            if told & ALONE == 0 || !hard[base] {
                signals[base] |= told & !ALONE;
            }
            *unit = unit_after[*unit as usize];
        }
        units = unit_after.iter().max().map_or(0, |most| *most as usize + 1);
    }
    if !joined.contains(&true) {
        return soft;
    }
    let mut first_of = vec![NONE; units];
    for (index, base) in (0_u32..).zip(&base_of) {
        if *base == NONE || !joined[*base as usize] {
            continue;
        }
        let first = &mut first_of[unit_of_base[*base as usize] as usize];
        if *first == NONE {
            *first = index;
        }
        components[index as usize] = *first;
    }
    soft.base_of = base_of;
    soft.signals = signals;
    soft.set_of = unit_of_base;
    soft
}

/// Marks, in the signals told of a unit, that it was the larger side.
const ALONE: u8 = 1 << 7;

/// Units for certain: of each call the one in which it stands ([`NONE`] for a hidden number that nothing joins), and of
/// each whether hard reasons hold it. What they do not hold stands together by its number.
fn bases(input: &Input<'_>, links: &Links, components: &[u32]) -> (Vec<u32>, Vec<bool>) {
    let mut of_component = vec![NONE; input.calls.len()];
    let mut of_number = vec![NONE; input.numbers.len()];
    let mut hard = Vec::new();
    let mut base_of = Vec::with_capacity(input.calls.len());
    for ((index, call), component) in (0_u32..).zip(input.calls).zip(components) {
        let held = links.holds(index, call.number);
        let place =
            if held { of_component.get_mut(*component as usize) } else { of_number.get_mut(call.number as usize) };
        let Some(place) = place else {
            base_of.push(NONE);
            continue;
        };
        if *place == NONE {
            *place = u32::try_from(hard.len()).unwrap_or(NONE);
            hard.push(held);
        }
        base_of.push(*place);
    }
    (base_of, hard)
}

/// The pairs that are worth joining, best first.
fn weighed(scene: &Scene<'_>, rules: &Rules) -> Vec<Edge> {
    let speaking = || (0_u32..).zip(SIGNALS).filter(|(at, _)| rules.soft & (1 << at) != 0);
    let mut pairs = Vec::new();
    speaking().for_each(|(_, signal)| signal.propose(scene, &mut pairs));
    let mut pairs: Vec<(u32, u32)> = pairs.into_iter().filter_map(|(a, b)| turned(scene, a, b)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut edges = Vec::new();
    for (core, other) in pairs {
        let numbers = scene.units.get(core as usize).map_or(0, |unit| unit.numbers());
        // The share of the caller's numbers among all strangers'.
        let beforehand = (f64::from(numbers.max(1)) / f64::from(scene.strangers.max(1))).ln();
        let (mut score, mut signals) = (beforehand - ODDS.ln(), 0_u8);
        for (at, signal) in speaking() {
            let weight = signal.weigh(scene, core, other);
            score += weight;
            signals |= if weight >= SPEAKS { 1 << at } else { 0 };
        }
        if score >= 0.0 && signals.count_ones() >= rules.independent {
            edges.push(Edge { score, core, other, signals });
        }
    }
    let mark = |unit: u32| scene.units.get(unit as usize).map(|unit| unit.mark());
    edges.sort_by(|a, b| {
        let marks = || (mark(a.core), mark(a.other)).cmp(&(mark(b.core), mark(b.other)));
        b.score.total_cmp(&a.score).then_with(marks)
    });
    edges
}

/// The pair with the larger unit first; `None` where it may not be joined.
fn turned(scene: &Scene<'_>, a: u32, b: u32) -> Option<(u32, u32)> {
    let (first, second) = (scene.units.get(a as usize)?, scene.units.get(b as usize)?);
    if a == b || first.apart || second.apart || contradict(first.key, second.key) {
        return None;
    }
    let size = |unit: &super::signals::Unit| (unit.numbers(), unit.calls(), Reverse(unit.mark()));
    Some(if size(first) >= size(second) { (a, b) } else { (b, a) })
}

fn contradict(a: u32, b: u32) -> bool {
    a != NONE && b != NONE && (a != b || a == SEVERAL)
}

/// Joins along the edges; of each unit the place where it stands afterwards, and the edges that were used. What
/// joined something already joins nothing further: what it became is looked at as a whole in the next round.
fn united<'e>(scene: &Scene<'_>, edges: &'e [Edge]) -> (Vec<u32>, Vec<&'e Edge>) {
    let count = scene.units.len();
    let mut sets = Sets::new(count);
    let mut grown = vec![false; count];
    let mut keys: Vec<u32> = scene.units.iter().map(|unit| unit.key).collect();
    let mut used = Vec::new();
    for edge in edges {
        let (core, other) = (sets.find(edge.core), sets.find(edge.other));
        let (of_core, of_other) = (keys[core as usize], keys[other as usize]);
        if core == other || grown[other as usize] || contradict(of_core, of_other) {
            continue;
        }
        sets.join(core, other);
        let set = sets.find(core);
        grown[set as usize] = true;
        keys[set as usize] = if of_core == NONE { of_other } else { of_core };
        used.push(edge);
    }
    let mut places = vec![NONE; count];
    let mut next = 0;
    let mut unit_after = Vec::with_capacity(count);
    for unit in (0_u32..).take(count) {
        let place = &mut places[sets.find(unit) as usize];
        if *place == NONE {
            *place = next;
            next += 1;
        }
        unit_after.push(*place);
    }
    (unit_after, used)
}
