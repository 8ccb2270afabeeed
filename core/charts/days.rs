//! Calls by day, week, month or year, stacked by group. The parts are named beside the last column, in the order in which
//! they stand; neighbours are told apart by their patterns.

use super::blueprint::{Blueprint, Pattern, fitted, nothing};
use super::numbers::small;
use super::scale::{Span, Unit, ticks};
use super::{Anchor, Asks, Chart, ChartKind, ChartRow, ChartTable, Frame, GroupNamed, Ink, PATTERNS, Paint, Tally};
use crate::model::NONE;
use std::cmp::Reverse;

/// Groups that stand by themselves; the others are one part.
const APART: usize = 9;
/// More columns than this do not stand side by side, and none narrower than this: a pattern could not be seen.
const COLUMNS: i64 = 186;
const NARROWEST: f64 = 5.0;
const HEIGHT: f64 = 200.0;
const TOP: f64 = 18.0;
const LEFT: f64 = 46.0;
const FOOT: f64 = 22.0;
/// The names of parts stand beside the columns where there is room for both, else below.
const NAMES: f64 = 190.0;
const WIDEST: f64 = 300.0;
const ROOM: f64 = 560.0;
const NAME: f64 = 17.0;
const GAP: f64 = 16.0;

/// What is counted together.
struct Part {
    name: String,
    paint: Paint,
    counts: Vec<u32>,
    calls: u32,
}

/// Calls by day. `groups` are those that the tally counts by index; the chart of one group is the same with one part.
#[must_use]
pub fn days(tally: &Tally, groups: &[GroupNamed], frame: &Frame) -> Chart {
    let said = frame.tongue;
    let Some((first, last)) = tally.ends() else {
        return nothing(ChartKind::Days, said.days_title(Unit::Day).to_owned(), said.no_calls().to_owned());
    };
    let mut draft = Blueprint::new(frame);
    let whole = draft.width - LEFT - 4.0;
    let span = Span::of(first, last, COLUMNS.min((whole / NARROWEST) as i64));
    let parts = parts(tally, groups, &span, &mut draft, frame);
    let totals: Vec<u32> =
        (0..span.len()).map(|at| parts.iter().filter_map(|part| part.counts.get(at)).sum()).collect();
    let (most_at, most) = largest(&totals);

    let named = parts.len() > 1;
    let narrowed = whole - NAMES - GAP;
    let beside = named && draft.width >= ROOM && span.len() as f64 * NARROWEST <= narrowed;
    let inner = if beside { narrowed } else { whole };
    let step = (inner / span.len().max(1) as f64).min(48.0);
    let bar = if step >= 6.0 { step - (step / 4.0).min(4.0) } else { step };
    let scale = ticks(most);
    let top = f64::from(scale.last().copied().unwrap_or(1));
    let y = |value: u32| TOP + HEIGHT * (1.0 - f64::from(value) / top);

    for tick in &scale {
        draft.rule((LEFT, y(*tick)), (LEFT + inner, y(*tick)), if *tick == 0 { Ink::Ink } else { Ink::Line });
        draft.soft((LEFT - 6.0, y(*tick) + 4.0), said.count(*tick), Anchor::End);
    }
    draft.soft((LEFT, TOP - 8.0), said.calls_axis(), Anchor::Start);
    for column in 0..span.len() {
        let x = LEFT + column as f64 * step + (step - bar) / 2.0;
        let mut from = 0;
        for part in &parts {
            let count = part.counts.get(column).copied().unwrap_or(0);
            if count > 0 {
                draft.rect((x, y(from + count), bar, y(from) - y(from + count)), part.paint, bar >= 4.0);
                // Neighbours are kept apart by paper, whatever they are filled with.
                if from > 0 {
                    draft.rule((x, y(from)), (x + bar, y(from)), Ink::Sheet);
                }
                from += count;
            }
        }
    }
    if most > 0 && span.len() > 1 {
        let x = LEFT + most_at as f64 * step + step / 2.0;
        draft.text((x, y(most) - 4.0), said.count(most), Anchor::Middle, Ink::Ink, true);
    }
    for column in span.named(step, inner, 92.0) {
        draft.soft((LEFT + column as f64 * step, TOP + HEIGHT + 16.0), said.column(&span, column), Anchor::Start);
    }
    let mut height = TOP + HEIGHT + FOOT;
    if named {
        let below = if whole >= 2.0 * (NAMES + GAP) { 2 } else { 1 };
        let columns = if beside { 1 } else { below };
        let room = (whole - (columns - 1) as f64 * 2.0 * GAP) / columns as f64;
        let width = if beside { NAMES } else { room.min(WIDEST) };
        let rows = parts.len().div_ceil(columns) as f64 * NAME;
        let head = if beside { (TOP + HEIGHT - rows).max(0.0) } else { height + 6.0 };
        for (row, part) in parts.iter().rev().enumerate() {
            let at = head + (row / columns) as f64 * NAME;
            let x = if beside { LEFT + inner + GAP } else { LEFT + (row % columns) as f64 * (width + 2.0 * GAP) };
            draft.rect((x + 0.5, at + 3.5, 10.0, 10.0), part.paint, true);
            let count = said.count(part.calls);
            let room = width - 20.0 - super::blueprint::wide(&count) - 8.0;
            draft.text((x + 17.0, at + 12.0), fitted(&part.name, room), Anchor::Start, Ink::Ink, false);
            draft.soft((x + width, at + 12.0), count, Anchor::End);
        }
        height = height.max(head + rows);
    }
    let asks = |column: usize| {
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        Asks { from: day(span.first(column)), to: day(span.last(column)), ..Asks::default() }
    };
    let filled: Vec<usize> = (0..span.len()).filter(|at| totals.get(*at).is_some_and(|n| *n > 0)).collect();
    let count_in = |part: &Part, column: usize| part.counts.get(column).copied().unwrap_or(0);
    for column in &filled {
        let total = totals.get(*column).copied().unwrap_or(0);
        let mut text = format!("{}: {}", said.column_said(&span, *column), said.calls(total));
        if named {
            let of: Vec<&Part> = parts.iter().filter(|part| count_in(part, *column) > 0).collect();
            let of = of.iter().map(|part| format!("{} — {}", part.name, said.count(count_in(part, *column))));
            text = format!("{text}: {}", of.collect::<Vec<_>>().join(", "));
        }
        let place = (LEFT + *column as f64 * step, TOP, step, HEIGHT);
        draft.mark(place, text, total, Some(asks(*column)));
    }
    let mut columns = vec![said.unit(span.unit).to_owned()];
    columns.extend(parts.iter().filter(|_| named).map(|part| part.name.clone()));
    columns.push(said.total().to_owned());
    let row = |column: &usize| {
        let counts = parts.iter().filter(|_| named).map(|part| count_in(part, *column));
        let cells = counts.map(|n| if n == 0 { String::new() } else { said.count(n) });
        let total = said.count(totals.get(*column).copied().unwrap_or(0));
        let cells = std::iter::once(said.column(&span, *column)).chain(cells).chain([total]).collect();
        ChartRow { cells, asks: Some(asks(*column)) }
    };
    let table = ChartTable { columns, words: 1, rows: filled.iter().map(row).collect() };
    let when = (span.len() > 1).then(|| (said.column_said(&span, most_at), most));
    let lead = said.lead(tally.calls, when, &frame.zone);
    draft.chart(ChartKind::Days, said.days_title(span.unit).to_owned(), lead, height, table)
}

/// The first of the largest.
fn largest(totals: &[u32]) -> (usize, u32) {
    totals.iter().copied().enumerate().max_by_key(|(at, n)| (*n, Reverse(*at))).unwrap_or((0, 0))
}

/// The largest groups apart, the others together, calls of no group last.
fn parts(tally: &Tally, groups: &[GroupNamed], span: &Span, draft: &mut Blueprint, frame: &Frame) -> Vec<Part> {
    let mut of_group = vec![0_u32; groups.len() + 1];
    for daily in &tally.daily {
        of_group[(daily.group as usize).min(groups.len())] += daily.calls;
    }
    let mut by_size: Vec<usize> = (0..groups.len()).filter(|at| of_group[*at] > 0).collect();
    by_size.sort_by_key(|at| (Reverse(of_group[*at]), *at));
    let others = by_size.split_off(by_size.len().min(APART));
    let order = apart_in_grey(by_size, |at| groups.get(at).map_or(0, |group| group.mark % PATTERNS));

    let mut parts: Vec<Part> = Vec::new();
    let mut place = vec![usize::MAX; groups.len() + 1];
    let part = |parts: &mut Vec<Part>, name: String, paint: Paint| {
        parts.push(Part { name, paint, counts: vec![0; span.len()], calls: 0 });
        parts.len() - 1
    };
    for at in order {
        if let Some(group) = groups.get(at) {
            let paint = draft.paint_of_mark(group.mark);
            place[at] = part(&mut parts, group.name.clone(), paint);
        }
    }
    if !others.is_empty() {
        let paint = draft.paint(Ink::Soft, Pattern::Crossed);
        let at = part(&mut parts, frame.tongue.other_groups(small(others.len())), paint);
        others.iter().for_each(|group| place[*group] = at);
    }
    if of_group[groups.len()] > 0 {
        let paint = draft.paint(Ink::Soft, Pattern::Open);
        place[groups.len()] = part(&mut parts, frame.tongue.ungrouped().to_owned(), paint);
    }
    for daily in &tally.daily {
        let group = if daily.group == NONE { groups.len() } else { (daily.group as usize).min(groups.len()) };
        if let (Some(part), Some(column)) = (parts.get_mut(place[group]), span.column(daily.day)) {
            part.counts[column] += daily.calls;
            part.calls += daily.calls;
        }
    }
    parts
}

/// The largest first, but where there is a choice none beside one of its own pattern: in grey they would run together.
pub(super) fn apart_in_grey(by_size: Vec<usize>, pattern: impl Fn(usize) -> u32) -> Vec<usize> {
    let mut left = by_size;
    let mut order: Vec<usize> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let before = order.last().map(|at| pattern(*at));
        let of = |left: &[usize], p: u32| left.iter().filter(|at| pattern(**at) == p).count();
        // A pattern that more than half of the rest have must come now, or it will stand beside itself.
        let pressing = (0..PATTERNS).find(|p| of(&left, *p) * 2 > left.len() && Some(*p) != before);
        let next = match pressing {
            Some(p) => left.iter().position(|at| pattern(*at) == p),
            None => left.iter().position(|at| Some(pattern(*at)) != before),
        };
        order.push(left.remove(next.unwrap_or(0)));
    }
    order
}
