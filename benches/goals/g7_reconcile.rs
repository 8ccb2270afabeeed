//! Two sources of half the rows each compared, over both sides sorted once and merged once. The records are in memory on
//! both sides; what is told is the comparing.

use crate::measure::{cpu_s, tell};
use crate::{Bar, Goal, Result, floors, inputs};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use ulika::model::{Direction, PhoneNumber, Precision, RecordId, RecordKey, SourceId, SourceKind, Witness};
use ulika::reconcile::reconcile;

/// A phone and an operator: one in ten calls lost on either side, the clock 37 s ahead and two seconds unsure, lengths
/// rounded up to minutes, one call in five within two minutes of another of its number.
pub const GOAL: Goal = goal("G7", "a phone and an operator compared", |folder| source(folder, 0));
/// The same while the clock loses two seconds a day and is then set.
pub const DRIFT: Goal = goal("G7-drift", "the same with a clock that drifts and is set", |folder| source(folder, 1));

const fn goal(id: &'static str, work: &'static str, prepare: fn(&Path) -> Result<PathBuf>) -> Goal {
    Goal { id, work, prepare, ours, floor: Some(least), bar: Bar::Cpu(2.0), peak_mib: Some(192) }
}

/// What the records are made from: how many, and whether the clock is steady.
fn source(folder: &Path, drifts: u64) -> Result<PathBuf> {
    let records = inputs::number("ULIKA_BENCH_ROWS", 1_000_000)? / 2;
    inputs::made(folder, &format!("compare-{records}-{drifts}"), |out| {
        Ok(std::fs::write(out, format!("{records} {drifts}"))?)
    })
}

/// Seeded: the same numbers every time.
struct Dice(u64);

impl Dice {
    fn of(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

const NUMBERS: u64 = 40_000;

fn records(input: &Path) -> Result<Vec<RecordKey>> {
    let text = std::fs::read_to_string(input)?;
    let (count, drifts) = text.split_once(' ').ok_or("no such input")?;
    let (count, drifts): (i64, i64) = (count.parse()?, drifts.parse()?);
    let mut dice = Dice(7);
    let mut at = 1_700_000_000_i64;
    let span = 365 * 86_400 / count.max(1);
    let mut last = 0;
    let mut calls = Vec::new();
    for _ in 0..count {
        at += dice.of(2 * span.unsigned_abs() + 1) as i64;
        let number = if dice.of(5) == 0 { last } else { dice.of(NUMBERS) as u32 };
        last = number;
        calls.push((at, number, if dice.of(3) == 0 { 0 } else { dice.of(600) as i32 }));
    }
    let begin = calls.first().map_or(0, |c| c.0);
    let mut records = Vec::with_capacity(calls.len() * 2);
    for source in [1, 2] {
        for (start, number, length) in &calls {
            if dice.of(10) == 0 {
                continue;
            }
            let days = (start - begin) / 86_400;
            let drift = if drifts == 0 { 0 } else { days % 200 * -2 };
            let ahead = if source == 2 { 37 + drift + dice.of(5) as i64 - 2 } else { 0 };
            records.push(RecordKey {
                id: RecordId(records.len() as i64 + 1),
                source: SourceId(source),
                start: start + ahead,
                precision: Precision::Second,
                direction: if number % 4 == 0 { Direction::Outgoing } else { Direction::Incoming },
                number: *number,
                line: 0,
                duration_s: if source == 2 { (length + 59) / 60 * 60 } else { *length },
            });
        }
    }
    Ok(records)
}

fn ours(input: &Path, _: &Path) -> Result<()> {
    let records = records(input)?;
    let numbers: Vec<PhoneNumber> = (0..NUMBERS).map(|n| PhoneNumber::e164(79_070_000_000 + n)).collect();
    let witness = |source, kind, unit| Witness { source: SourceId(source), kind, duration_unit_s: unit };
    let witnesses = [witness(1, SourceKind::Phone, 1), witness(2, SourceKind::Operator, 60)];
    let before = cpu_s();
    let found = black_box(reconcile(&records, &witnesses, &numbers));
    tell(cpu_s() - before);
    // Of a hundred calls 81 stand in both.
    let paired = found.pairs.first().map_or(0, |p| p.paired as usize);
    if paired * 100 > records.len() * 44 { Ok(()) } else { Err(format!("only {paired} pairs").into()) }
}

fn least(input: &Path, _: &Path) -> Result<()> {
    let records = records(input)?;
    let before = cpu_s();
    let pairs = floors::sorted_and_merged(&records);
    tell(cpu_s() - before);
    if pairs > 0 { Ok(()) } else { Err("nothing merged".into()) }
}
