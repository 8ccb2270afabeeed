//! Whom the person talks with: their numbers are kept apart, and their calls are what is ordinary for this person.

use super::Input;
use super::signals::{HOURS, hour_of_week};
use crate::model::Call;

/// Fewer ordinary calls say nothing of what is ordinary.
pub const FEWEST: u32 = 50;
/// The longest length that is counted by itself, seconds.
const LONGEST_S: u16 = 3_600;
/// Calls thought into the lengths, so that one that never occurred is not impossible.
const THOUGHT: f64 = 30.0;

/// The person's ordinary calls: incoming ones of numbers that the person called first, or with which there was talk both
/// ways, or that stand in a group which the person knows.
#[derive(Debug)]
pub struct Ordinary {
    known: Vec<bool>,
    /// Indices of the calls, ascending.
    pub calls: Vec<u32>,
    /// Of answered calls how many are no longer than so many seconds.
    up_to: Vec<u32>,
    hours: [f64; HOURS],
}

/// What was seen of a number.
#[derive(Clone, Copy)]
struct Seen {
    first: i64,
    first_incoming: bool,
    called: u32,
    called_back: u32,
}

impl Ordinary {
    /// Of all calls; those in `kept` (indices) are of people whom the person said to know.
    pub fn of(input: &Input<'_>, kept: &[u32]) -> Self {
        let nothing = Seen { first: i64::MAX, first_incoming: true, called: 0, called_back: 0 };
        let mut seen = vec![nothing; input.numbers.len()];
        for call in input.calls {
            let Some(seen) = seen.get_mut(call.number as usize) else { continue };
            if (call.start, call.incoming) < (seen.first, seen.first_incoming) {
                (seen.first, seen.first_incoming) = (call.start, call.incoming);
            }
            let talk = u32::from(call.length_s > 0);
            if call.incoming { seen.called += talk } else { seen.called_back += talk }
        }
        // Calling back once whoever rang is no acquaintance.
        let known = |seen: Seen| !seen.first_incoming || (seen.called > 0 && seen.called_back > 1);
        let mut known: Vec<bool> = seen.into_iter().map(known).collect();
        for call in kept.iter().filter_map(|call| input.calls.get(*call as usize)) {
            if let Some(known) = known.get_mut(call.number as usize) {
                *known = true;
            }
        }
        let is_known = |call: &Call| call.incoming && known.get(call.number as usize).copied().unwrap_or(false);
        let calls: Vec<u32> =
            (0_u32..).zip(input.calls).filter(|(_, call)| is_known(call)).map(|(index, _)| index).collect();

        let mut up_to = vec![0_u32; usize::from(LONGEST_S) + 1];
        let mut hours = [0.5; HOURS];
        for call in calls.iter().filter_map(|call| input.calls.get(*call as usize)) {
            let told = call.length_s > 0 && call.length_s != Call::UNSTATED;
            if let Some(count) = up_to.get_mut(usize::from(call.length_s.min(LONGEST_S))).filter(|_| told) {
                *count += 1;
            }
            if let Some(hour) = hours.get_mut(hour_of_week(call.start)) {
                *hour += 1.0;
            }
        }
        let mut all = 0;
        for count in &mut up_to {
            all += *count;
            *count = all;
        }
        let all: f64 = hours.iter().sum();
        hours.iter_mut().for_each(|hour| *hour /= all);
        Self { known, calls, up_to, hours }
    }

    /// Whether there are too few to say anything.
    pub fn too_few(&self) -> bool {
        self.calls.len() < FEWEST as usize
    }

    /// Whether the person talks with this number.
    pub fn is_known(&self, number: u32) -> bool {
        self.known.get(number as usize).copied().unwrap_or(false)
    }

    /// Share of ordinary answered calls that last so long, give or take a second; neither 0 nor 1.
    pub fn length(&self, seconds: u16) -> f64 {
        self.share(self.up_to(seconds.saturating_add(1)) - self.up_to(seconds.saturating_sub(2)))
    }

    /// Share of those that last longer still; neither 0 nor 1.
    pub fn longer(&self, seconds: u16) -> f64 {
        self.share(self.up_to(LONGEST_S) - self.up_to(seconds.saturating_add(1)))
    }

    fn up_to(&self, seconds: u16) -> u32 {
        self.up_to.get(usize::from(seconds.min(LONGEST_S))).copied().unwrap_or(0)
    }

    fn share(&self, calls: u32) -> f64 {
        (f64::from(calls) + 1.0) / (f64::from(self.up_to(LONGEST_S)) + THOUGHT)
    }

    /// Share of ordinary calls in an hour of working or free days; never 0.
    pub fn hour(&self, hour: usize) -> f64 {
        self.hours.get(hour).copied().unwrap_or(1.0 / HOURS as f64)
    }
}
