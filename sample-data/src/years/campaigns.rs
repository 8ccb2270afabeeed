//! Who rings through numbers that change.

use super::span::{DAYS, at, talk, weekend};
use super::{CODES, Caller, Year, YearCall};

/// How a campaign comes by its numbers.
#[derive(Clone, Copy, Debug)]
pub enum Numbers {
    /// A block of a hundred or two, most of it used; the block begins so far after the beginning of its ten thousand.
    Dense { block: u64, from: u64 },
    /// A few dozen of the ten thousand of a PBX.
    Sparse { block: u64 },
    /// Toll-free numbers, allotted singly.
    TollFree,
    /// Mobile numbers bought a few at a time, one after the other.
    Runs,
    /// Mobile numbers from anywhere.
    Scattered,
}

/// What a campaign does.
pub struct Campaign {
    pub id: u32,
    pub numbers: Numbers,
    /// First and last day.
    pub days: (i64, i64),
    /// Hours of the day.
    pub hours: (i64, i64),
    pub weekends: bool,
    /// Seconds that its robot speaks; people talk where there is none.
    pub robot: Option<i64>,
    /// Spellings under which it shows.
    pub labels: &'static [&'static str],
    /// Of a hundred numbers so many are marked at all; of a hundred calls of those, so many show it.
    pub marked: (u64, u64),
    /// Numbers in use at once.
    pub lanes: u32,
    /// Calls of a number before it falls silent.
    pub each: (i64, i64),
    /// Days from call to call of a number, at most.
    pub pause: i64,
    /// Of a hundred calls nobody took, so many are tried again at once from another number.
    pub retry: u64,
    /// Of a thousand calls so many show a number of somebody else.
    pub spoofed: u64,
    /// Numbers of a bank that are shown then, where it plays the bank.
    pub plays: Vec<u64>,
}

/// A number while it is in use.
struct InUse {
    number: u64,
    marked: bool,
    left: i64,
}

/// Tells the calls of a campaign.
pub fn tell(year: &mut Year, campaign: &Campaign) {
    let mut run = 0;
    let mut lanes: Vec<(i64, Option<InUse>)> = Vec::new();
    for _ in 0..campaign.lanes {
        lanes.push((campaign.days.0 + year.seed.between(0, campaign.pause), None));
    }
    let last = campaign.days.1.min(DAYS - 1);
    // The lane whose turn comes first.
    while let Some(lane) = (0..lanes.len()).min_by_key(|lane| lanes[*lane].0) {
        let day = lanes[lane].0;
        if day > last {
            return;
        }
        if weekend(day) && !campaign.weekends {
            lanes[lane].0 += 1;
            continue;
        }
        let mut used = match lanes[lane].1.take() {
            Some(used) => used,
            None => InUse {
                number: next_number(year, campaign.numbers, &mut run),
                marked: year.seed.chance(campaign.marked.0),
                left: year.seed.between(campaign.each.0, campaign.each.1),
            },
        };
        let start = at(&mut year.seed, day, campaign.hours);
        let missed = ring(year, campaign, &used, start);
        if missed && year.seed.chance(campaign.retry) {
            let later = start + year.seed.between(25, 240);
            let other = (0..lanes.len()).find(|other| lanes[*other].1.is_some());
            match other.and_then(|other| lanes[other].1.as_mut()) {
                Some(other) => _ = ring(year, campaign, other, later),
                None => _ = ring(year, campaign, &used, later),
            }
        }
        used.left -= 1;
        // The person blocks one now and then; the next begins when this one has ended.
        let blocked = year.seed.chance(4);
        let pause = year.seed.between(1, campaign.pause);
        lanes[lane] = if used.left <= 0 || blocked { (day + pause.min(3), None) } else { (day + pause, Some(used)) };
    }
}

/// One call; whether nobody answered.
fn ring(year: &mut Year, campaign: &Campaign, used: &InUse, start: i64) -> bool {
    let length_s = length(year, campaign);
    let spoofed = year.seed.below(1_000) < campaign.spoofed;
    let number = match (spoofed, campaign.plays.is_empty()) {
        (false, _) => used.number,
        (true, false) => *year.seed.pick(&campaign.plays),
        (true, true) => year.number(),
    };
    let shown = used.marked && !spoofed && !campaign.labels.is_empty() && year.seed.chance(campaign.marked.1);
    let label = shown.then(|| (*year.seed.pick(campaign.labels)).to_owned());
    let caller = Caller::Campaign(campaign.id);
    year.calls.push(YearCall { number: Some(number), start, length_s, incoming: true, label, caller, spoofed });
    length_s == 0
}

fn length(year: &mut Year, campaign: &Campaign) -> u32 {
    match (year.seed.below(100), campaign.robot) {
        (0..25, _) => 0,
        // Whoever hears a robot hangs up before it ends, or does not.
        (25..45, Some(text)) => year.seed.between(2, text) as u32,
        (_, Some(text)) => (text + year.seed.between(-1, 1)) as u32,
        (_, None) => talk(&mut year.seed, 70),
    }
}

fn next_number(year: &mut Year, numbers: Numbers, run: &mut u64) -> u64 {
    // Some are ported, and stand in the series of another operator.
    if !matches!(numbers, Numbers::TollFree) && year.seed.chance(2) {
        return year.number();
    }
    loop {
        let number = match numbers {
            Numbers::Dense { block, from } => block + from + year.seed.below(120),
            Numbers::Sparse { block } => block + year.seed.below(10_000),
            // Of the subscriber numbers none begins with three noughts.
            Numbers::TollFree => 7_800_000_0000 + year.seed.below(10_000),
            Numbers::Scattered => return year.number(),
            Numbers::Runs => {
                if *run == 0 || year.seed.chance(25) {
                    *run = (7_000 + *year.seed.pick(&CODES)) * 10_000_000 + year.seed.below(10_000_000);
                }
                *run += 1 + year.seed.below(7);
                *run
            }
        };
        if year.take(number) {
            return number;
        }
    }
}
