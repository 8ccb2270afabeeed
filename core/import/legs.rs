//! What a file has to be read for before its rows can be told: which rows are legs of one call, and what zone the moments
//! inside its ids show. Exchanges write one row for each leg, and the leg that was answered is rarely the first.

use super::intern::RowKey;
use crate::model::{CallRecord, Direction, Disposition, Zone};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The call that some legs state.
struct Told {
    /// Sheet and row of the first leg, and which of the rows on that line it is.
    first: (u32, u64, usize),
    /// The earliest leg began it.
    start: i64,
    /// The first leg that says which way the call went also names the other party.
    direction: Direction,
    spelling: u32,
    named: bool,
    /// The answered leg; of several, the longest.
    disposition: Disposition,
    duration_s: Option<u32>,
    /// The line, where a leg names it.
    line: Option<u32>,
}

/// The calls of a file by the system's own ids.
#[derive(Default)]
pub(super) struct Legs(FxHashMap<RowKey, Told>);

impl Legs {
    /// Takes a leg, of several rows on one line the one at `nth`; `named` where it has a number of the other party. A leg
    /// that is longer by no more than `slack_s` takes nothing from the one before.
    pub fn take(&mut self, key: RowKey, leg: &CallRecord, nth: usize, named: bool, slack_s: u32) {
        let place = (leg.place.sheet, leg.place.row, nth);
        let told = self.0.entry(key).or_insert(Told {
            first: place,
            start: leg.reading,
            direction: leg.direction,
            spelling: leg.spelling,
            named,
            disposition: leg.disposition,
            duration_s: leg.duration_s,
            line: leg.line,
        });
        if told.first == place {
            return;
        }
        told.start = told.start.min(leg.reading);
        let known = |direction, named| (direction != Direction::Unknown, named);
        if known(leg.direction, named) > known(told.direction, told.named) {
            (told.direction, told.spelling, told.named) = (leg.direction, leg.spelling, named);
        }
        told.line = told.line.or(leg.line);
        let rank = |disposition: Disposition, duration: Option<u32>| {
            let known = match disposition {
                Disposition::Answered => 2,
                Disposition::Unknown => 0,
                _ => 1,
            };
            (known, duration)
        };
        let known = told.duration_s.map(|known| known.saturating_add(slack_s));
        if rank(leg.disposition, leg.duration_s) > rank(told.disposition, known) {
            (told.disposition, told.duration_s) = (leg.disposition, leg.duration_s);
        }
    }

    /// The whole call where this row is its first leg, else the row of that leg.
    pub fn call(&self, key: RowKey, leg: CallRecord, nth: usize) -> Result<CallRecord, u64> {
        let Some(told) = self.0.get(&key) else { return Ok(leg) };
        if told.first != (leg.place.sheet, leg.place.row, nth) {
            return Err(told.first.1);
        }
        Ok(CallRecord {
            reading: told.start,
            direction: told.direction,
            spelling: told.spelling,
            disposition: told.disposition,
            duration_s: told.duration_s,
            line: told.line,
            ..leg
        })
    }
}

/// Seconds by which the moment in an id may differ from the printed time: the id is given when the channel opens.
const APART_S: i64 = 10;
/// Offsets of the world's zones are whole quarters of an hour.
const QUARTER_S: i64 = 900;
/// No zone is further from UTC.
const FURTHEST_S: i64 = 14 * 3600;

/// Offsets that the ids of a file show.
#[derive(Default)]
pub(super) struct Offsets {
    votes: BTreeMap<i64, u64>,
    /// Those that are believed, the most frequent first.
    believed: Vec<i64>,
    /// That of the last row that showed one.
    last: i64,
}

impl Offsets {
    /// Takes what a row shows: its printed time as seconds of the wall clock, and the text with a moment in it.
    pub fn take(&mut self, wall: i64, id: &str) {
        if let Some(offset) = shown(wall, id) {
            *self.votes.entry(offset).or_default() += 1;
        }
    }

    /// Settles which offsets hold. A leg that began later than its channel may show a wrong one by chance, so that a rare
    /// one is only believed where it is an hour from the most frequent: summer time.
    pub fn settle(&mut self) {
        let total: u64 = self.votes.values().sum();
        let Some((most, _)) = self.votes.iter().max_by_key(|(_, votes)| **votes).map(|(o, v)| (*o, *v)) else { return };
        let holds = |(offset, votes): &(i64, u64)| {
            *offset == most || votes * 10 >= total || ((offset - most).abs() == 3600 && *votes >= 3)
        };
        let mut votes: Vec<(i64, u64)> = std::mem::take(&mut self.votes).into_iter().filter(holds).collect();
        votes.sort_by_key(|(offset, votes)| (std::cmp::Reverse(*votes), *offset));
        self.believed = votes.into_iter().map(|(offset, _)| offset).collect();
        self.last = most;
    }

    /// The zone of a row.
    pub fn zone(&mut self, wall: i64, ids: &[&str]) -> Option<Zone> {
        let first = self.believed.first()?;
        if self.believed.len() > 1 {
            let own = ids.iter().find_map(|id| shown(wall, id)).filter(|own| self.believed.contains(own));
            self.last = own.unwrap_or(self.last);
        } else {
            self.last = *first;
        }
        fixed(self.last)
    }

    /// The one zone of the file, where it has one.
    pub fn only(&self) -> Option<Zone> {
        let [only] = self.believed.as_slice() else { return None };
        fixed(*only)
    }
}

fn fixed(offset: i64) -> Option<Zone> {
    i32::try_from(offset).ok().and_then(chrono::FixedOffset::east_opt).map(Zone::Fixed)
}

/// The offset from UTC that a printed time and the moment in an id come to.
fn shown(wall: i64, id: &str) -> Option<i64> {
    let offset = wall - moment_in(id)?;
    let whole = (offset + QUARTER_S / 2).div_euclid(QUARTER_S) * QUARTER_S;
    ((offset - whole).abs() <= APART_S && whole.abs() <= FURTHEST_S).then_some(whole)
}

/// The Unix seconds in `pbx-1690325492.2`, `20180315201242-1521173562.46-203-201-Internal.wav`, `1445321478`: ten digits,
/// with a full stop and a number behind them or alone.
pub(super) fn moment_in(id: &str) -> Option<i64> {
    let bytes = id.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            at += 1;
            continue;
        }
        let end = at + digits;
        let numbered = bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if digits == 10 && (numbered || digits == bytes.len()) {
            return id.get(at..end)?.parse().ok();
        }
        at = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_found_in_an_id_and_in_the_name_of_a_recording_and_in_no_number_of_a_phone() {
        assert_eq!(moment_in("1690325492.2"), Some(1_690_325_492));
        assert_eq!(moment_in("pbx-7-1690325492.2"), Some(1_690_325_492));
        assert_eq!(moment_in("20180315201242-1521173562.46-203-201-Internal.wav"), Some(1_521_173_562));
        assert_eq!(moment_in("1445321478"), Some(1_445_321_478));
        assert_eq!(moment_in("force-9071112233-3201-20250327-092517-1743042317.12206.wav"), Some(1_743_042_317));
        for none in ["", "9071112233.wav", "79071112233", "PJSIP/9071112233-0001", "abc"] {
            assert_eq!(moment_in(none), None, "{none}");
        }
    }

    #[test]
    fn an_offset_is_believed_by_the_rows_that_show_it_and_summer_time_by_a_few() {
        let (winter, summer) = (7 * 3600, 8 * 3600);
        let mut offsets = Offsets::default();
        let id = |epoch: i64| format!("{epoch}.1");
        for i in 0..90 {
            offsets.take(1_700_000_000 + i + winter, &id(1_700_000_000 + i));
        }
        for i in 0..4 {
            offsets.take(1_710_000_000 + i + summer, &id(1_710_000_000 + i));
        }
        // A leg that began a quarter of an hour after its channel, and one that shows nothing.
        offsets.take(1_700_000_000 + winter + 900, &id(1_700_000_000));
        offsets.take(1_700_000_000 + winter + 300, &id(1_700_000_000));
        offsets.settle();
        assert_eq!(offsets.believed, [winter, summer]);
        let zone = |wall, epoch, offsets: &mut Offsets| offsets.zone(wall, &[&id(epoch)]).map(|zone| zone.name());
        assert_eq!(zone(1_710_000_000 + summer, 1_710_000_000, &mut offsets).as_deref(), Some("+08:00"));
        assert_eq!(zone(1_710_000_500 + summer, 1_710_000_000, &mut offsets).as_deref(), Some("+08:00"), "as before");
        assert_eq!(zone(1_700_000_000 + winter, 1_700_000_000, &mut offsets).as_deref(), Some("+07:00"));
        assert_eq!(offsets.only(), None);
    }
}
