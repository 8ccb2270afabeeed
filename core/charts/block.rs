//! Blocks: neighbouring numbers as a map, a row for each number whether it called or not. Numbers that are used one after
//! the other are seen as such, and the numbers that wait are seen too.

use super::blueprint::{Blueprint, TEXT, nothing};
use super::lanes::{COLUMNS, LEFT, RIGHT, Time, asks, days_of};
use super::numbers::small;
use super::scale::Span;
use super::{Anchor, Asks, Chart, ChartKind, ChartRow, ChartTable, Frame, GroupNamed, Ink, NumberUse, Paint};
use crate::model::number_written;
use std::cmp::Reverse;

/// Rows of all blocks together.
const ROWS: u64 = 200;
/// Blocks that are drawn.
const BLOCKS: usize = 3;
const HEAD: f64 = 20.0;
const BETWEEN: f64 = 10.0;

/// A block and those of its numbers that called.
struct Block<'n> {
    from: u64,
    to: u64,
    calls: u32,
    /// Ascending.
    used: Vec<(u64, &'n NumberUse)>,
}

impl Block<'_> {
    fn numbers(&self) -> u64 {
        self.to - self.from + 1
    }
}

/// The blocks of a group: `pools` are their first and last numbers.
#[must_use]
pub fn block(numbers: &[NumberUse], pools: &[(u64, u64)], group: &GroupNamed, frame: &Frame) -> Chart {
    let said = frame.tongue;
    let title = said.block_title().to_owned();
    let mut blocks = blocks(numbers, pools);
    if blocks.is_empty() {
        return nothing(ChartKind::Block, title, said.no_block().to_owned());
    }
    let left_out = blocks.split_off(blocks.len().min(BLOCKS));
    let days = || blocks.iter().flat_map(|block| &block.used).map(|(_, number)| (number.first(), number.last()));
    let (first, last) = days().fold((i64::MAX, i64::MIN), |(a, b), (first, last)| (a.min(first), b.max(last)));
    let span = Span::of(first, last, COLUMNS);
    let mut draft = Blueprint::new(frame);
    let time = Time::new(&span, draft.width - LEFT - RIGHT);
    let step = step_of(&blocks);
    let rows: u64 = blocks.iter().map(|block| rows_of(block, step)).sum();
    let high = match rows {
        0..=24 => 16.0,
        25..=50 => 10.0,
        51..=110 => 7.0,
        _ => 4.0,
    };
    let bottom = HEAD + rows as f64 * high + (blocks.len() - 1) as f64 * BETWEEN;
    time.axis(&mut draft, HEAD, bottom, frame);
    // Counts stand beside rows that are high enough for a text.
    let counts = high >= 10.0;
    if counts {
        draft.soft((draft.width - 2.0, 12.0), said.calls_axis(), Anchor::End);
    }

    let every = (14.0_f64 / high).ceil() as u64;
    let ink = Ink::of_mark(group.mark);
    let mut top = HEAD;
    let mut table = Vec::new();
    for block in &blocks {
        let begin = block.from - block.from % step;
        for row in 0..rows_of(block, step) {
            let (from, to) = (begin + row * step, begin + row * step + step - 1);
            let of_row = block.used.partition_point(|(digits, _)| *digits < from)
                ..block.used.partition_point(|(digits, _)| *digits <= to);
            let used = block.used.get(of_row).unwrap_or_default();
            let middle = top + high / 2.0;
            let shown = [from, to].map(|digits| number_written(&format!("+{digits}")));
            if row % every == 0 {
                draft.soft((LEFT - 8.0, middle + TEXT / 3.0), shown[0].clone(), Anchor::End);
            }
            // A number that did not call is a place all the same.
            let paper = Paint { ink: Ink::Line, tile: None, percent: 30 };
            let width = draft.width - LEFT - RIGHT;
            draft.rect((LEFT, top, width, high - 1.0), paper, false);
            used.iter().for_each(|(_, number)| time.used(&mut draft, number, (top, high - 1.0), ink));
            let calls: u32 = used.iter().map(|(_, number)| number.calls).sum();
            let cells = |name: String| vec![name, said.count(small(used.len())), said.count(calls)];
            match used {
                [] if step == 1 => table.push(ChartRow { cells: cells(shown[0].clone()), asks: None }),
                [] => table.push(ChartRow { cells: cells(shown.join(" – ")), asks: None }),
                [(_, number)] if step == 1 => {
                    let text = said.of_number(&number.shown, calls, &days_of(number, frame));
                    draft.mark((0.0, top, draft.width, high), text, calls, Some(asks(number)));
                    table.push(ChartRow { cells: cells(number.shown.clone()), asks: Some(asks(number)) });
                }
                several => {
                    let text = said.block_row(&shown[0], &shown[1], small(several.len()), calls);
                    let asks = Asks { block: Some((format!("+{from}"), format!("+{to}"))), ..Asks::default() };
                    draft.mark((0.0, top, draft.width, high), text, calls, Some(asks.clone()));
                    table.push(ChartRow { cells: cells(shown.join(" – ")), asks: Some(asks) });
                }
            }
            if calls > 0 && counts {
                draft.soft((draft.width - 2.0, middle + TEXT / 3.0), said.count(calls), Anchor::End);
            }
            top += high;
        }
        top += BETWEEN;
    }
    let sum = |blocks: &[Block<'_>]| {
        let used: usize = blocks.iter().map(|block| block.used.len()).sum();
        (small(used), blocks.iter().map(|block| block.calls).sum::<u32>())
    };
    let (used, calls) = sum(&blocks);
    let lead = said.block_lead(used, blocks.iter().map(Block::numbers).sum(), calls, &frame.zone);
    let columns = [said.block_column(), said.used_column(), said.calls_column()].map(str::to_owned).to_vec();
    let table = ChartTable { columns, words: 1, rows: table };
    let mut chart = draft.chart(ChartKind::Block, title, lead, bottom + 22.0, table);
    if step > 1 {
        chart.notes.push(said.block_step(step));
    }
    let (more, more_calls) = sum(&left_out);
    if !left_out.is_empty() {
        chart.notes.push(said.blocks_not_drawn(small(left_out.len()), more, more_calls));
    }
    let outside = small(numbers.len()).saturating_sub(used + more);
    if outside > 0 {
        let all: u32 = numbers.iter().map(|number| number.calls).sum();
        chart.notes.push(said.outside_blocks(outside, all.saturating_sub(calls + more_calls)));
    }
    chart
}

/// The blocks with the numbers of each, those that called most first. A number stands in one of them.
fn blocks<'n>(numbers: &'n [NumberUse], pools: &[(u64, u64)]) -> Vec<Block<'n>> {
    let mut by_digits: Vec<(u64, &NumberUse)> = numbers.iter().filter_map(|n| Some((n.digits?, n))).collect();
    by_digits.sort_unstable_by_key(|(digits, _)| *digits);
    let mut pools: Vec<(u64, u64)> = pools.iter().copied().filter(|(from, to)| from <= to).collect();
    pools.sort_unstable();
    let mut begin = 0;
    let mut blocks = Vec::with_capacity(pools.len());
    for (from, to) in pools {
        let from = from.max(begin);
        let of = by_digits.partition_point(|(digits, _)| *digits < from)
            ..by_digits.partition_point(|(digits, _)| *digits <= to);
        let used = by_digits.get(of).unwrap_or_default().to_vec();
        // Its ends are numbers that called, also where another block has taken some of it.
        let (Some(first), Some(last)) = (used.first(), used.last()) else { continue };
        begin = last.0 + 1;
        let calls = used.iter().map(|(_, number)| number.calls).sum();
        blocks.push(Block { from: first.0, to: last.0, calls, used });
    }
    blocks.sort_by_key(|block| (Reverse(block.calls), block.from));
    blocks
}

fn rows_of(block: &Block<'_>, step: u64) -> u64 {
    block.to / step - block.from / step + 1
}

/// Numbers in a row: one, or as few tens, hundreds, … as leave few enough rows.
fn step_of(blocks: &[Block<'_>]) -> u64 {
    let fits = |step: &u64| blocks.iter().map(|block| rows_of(block, *step)).sum::<u64>() <= ROWS;
    (0..19).map(|power| 10_u64.pow(power)).find(fits).unwrap_or(u64::MAX)
}
