//! How far the clock of one source is ahead of that of another.
//!
//! Every two records with one number, one direction and agreeing lengths propose their difference of starts. The
//! true offset is the difference on which most numbers agree. Each number counts by the square root of its pairs:
//! a machine that calls every hour proposes every whole hour almost as often as the truth, and one such caller must
//! not outvote several people.

use super::agreement::{Rule, lines};
use super::side::{Row, Side, shared_keys};

/// Offsets are sought within a day and the widest zone mistake of neighbours.
const REACH_S: i64 = 26 * 3600;
const BIN_S: i64 = 60;
const BINS: usize = (2 * REACH_S / BIN_S) as usize;
/// Records of one number that are compared, and numbers: enough to be sure, few enough to be quick.
const PROBES: usize = 64;
const NUMBERS: usize = 20_000;
const CANDIDATES: usize = 1024;
/// Fewer pairs than this prove nothing about a clock.
pub const SUPPORT: usize = 3;
/// Weights are integers so that the sum does not depend on the order of numbers.
const ONE: u64 = 1 << 8;

/// The best guess, and whether it lies so near that no proof is needed.
pub struct Guess {
    /// Seconds that the second clock is ahead.
    pub offset_s: i64,
    /// Farther away than the tolerance of starts: it must prove itself by what it pairs.
    pub far: bool,
}

/// The middle value; the lower of two.
pub fn median<T: Ord + Copy>(values: &mut [T]) -> Option<T> {
    let middle = values.len().checked_sub(1)? / 2;
    Some(*values.select_nth_unstable(middle).1)
}

/// The densest window of differences, if it stands out.
pub fn guess(rule: &Rule<'_>, first: &Side, second: &Side) -> Guess {
    let zero = Guess { offset_s: 0, far: false };
    if !first.overlaps(second, REACH_S) {
        return zero;
    }
    let mut votes = Votes::new();
    let groups = shared_keys(&first.rows, &second.rows).filter(|(a, _)| first.names(rule, a[0]));
    let step = first.keys() / NUMBERS + 1;
    for (a, b) in groups.step_by(step) {
        votes.hear(rule, a, b);
    }
    votes.decide().unwrap_or(zero)
}

struct Votes {
    /// Weight of each window of two bins, by its first bin.
    weight: Vec<u64>,
    /// Pairs in each bin.
    pairs: Vec<u32>,
    /// Of the number being heard: pairs in each bin, and the bins that are not empty.
    own: Vec<u32>,
    touched: Vec<usize>,
    /// Differences, to find the middle of the winning window.
    differences: Vec<i32>,
}

impl Votes {
    fn new() -> Self {
        Self {
            weight: vec![0; BINS],
            pairs: vec![0; BINS],
            own: vec![0; BINS + 1],
            touched: Vec::new(),
            differences: Vec::new(),
        }
    }

    fn hear(&mut self, rule: &Rule<'_>, a: &[Row], b: &[Row]) {
        let mut low = 0;
        for row in a.iter().step_by(a.len().div_ceil(PROBES)) {
            while low < b.len() && b[low].start < row.start - REACH_S {
                low += 1;
            }
            // A number that calls more often than this within the reach says nothing about a clock.
            for other in b[low..].iter().take_while(|o| o.start < row.start + REACH_S).take(CANDIDATES) {
                if !lines(row.line(), other.line()) || !rule.durations(row.duration_s(), other.duration_s()) {
                    continue;
                }
                let difference = other.start - row.start;
                let Ok(bin) = usize::try_from((difference + REACH_S) / BIN_S) else { continue };
                if bin >= BINS {
                    continue;
                }
                if self.own[bin] == 0 {
                    self.touched.push(bin);
                }
                self.own[bin] += 1;
                self.pairs[bin] += 1;
                if let Ok(difference) = i32::try_from(difference) {
                    self.differences.push(difference);
                }
            }
        }
        // Each window of two bins gets the root of what the number says for it.
        self.touched.sort_unstable();
        for at in 0..self.touched.len() {
            let bin = self.touched[at];
            if bin > 0 && self.own[bin - 1] == 0 {
                self.weight[bin - 1] += root(self.own[bin]);
            }
            self.weight[bin] += root(self.own[bin] + self.own[bin + 1]);
        }
        for bin in self.touched.drain(..) {
            self.own[bin] = 0;
        }
    }

    fn decide(&mut self) -> Option<Guess> {
        let middle = BINS / 2;
        let away = |bin: usize| (bin + 1).abs_diff(middle);
        let near = |bin: usize| away(bin) <= 2;
        // Of equal windows the one nearest to no offset wins.
        let best_of = |keep: &dyn Fn(usize) -> bool| {
            (0..BINS - 1)
                .filter(|bin| keep(*bin))
                .max_by_key(|bin| (self.weight[*bin], std::cmp::Reverse(away(*bin))))
                .map_or((0, 0), |bin| (bin, self.weight[bin]))
        };
        let (near_bin, near_weight) = best_of(&near);
        let (far_bin, far_weight) = best_of(&|bin| !near(bin));
        let (_, rival) = best_of(&|bin| !near(bin) && bin.abs_diff(far_bin) > 4);
        let stands_out = |weight: u64, over: u64| weight > over + over / 10 + ONE / 2;
        let far = stands_out(far_weight, near_weight) && stands_out(far_weight, rival);
        let bin = if far { far_bin } else { near_bin };
        if ((self.pairs[bin] + self.pairs[bin + 1]) as usize) < SUPPORT {
            return None;
        }
        let from = i32::try_from(bin as i64 * BIN_S - REACH_S).ok()?;
        let until = from + 2 * BIN_S as i32;
        let mut inside: Vec<i32> = self.differences.iter().copied().filter(|d| (from..until).contains(d)).collect();
        Some(Guess { offset_s: i64::from(median(&mut inside)?), far })
    }
}

/// What so many pairs of one number say for an offset.
pub fn root(pairs: u32) -> u64 {
    (u64::from(pairs) * ONE * ONE).isqrt()
}
