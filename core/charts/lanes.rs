//! Lanes: each number in a row of its own, in the order in which they begin. Where one falls silent and the next begins,
//! a staircase is seen.

use super::blueprint::{Blueprint, Place, TEXT, fitted, nothing};
use super::numbers::small;
use super::scale::{Span, date};
use super::{Anchor, Asks, Chart, ChartKind, ChartRow, ChartTable, Frame, GroupNamed, Ink, NumberUse, Paint};

/// Lanes that are drawn.
const LANES: usize = 40;
/// Columns of time: cells are wide enough to be told apart.
pub(super) const COLUMNS: i64 = 62;
pub(super) const LEFT: f64 = 124.0;
pub(super) const RIGHT: f64 = 52.0;
const HEAD: f64 = 18.0;
const LANE: f64 = 17.0;
const BAR: f64 = 10.0;

/// The numbers of a group in time.
#[must_use]
pub fn lanes(numbers: &[NumberUse], group: &GroupNamed, frame: &Frame) -> Chart {
    let said = frame.tongue;
    let title = said.lanes_title().to_owned();
    let (Some(first), Some(last)) =
        (numbers.iter().map(NumberUse::first).min(), numbers.iter().map(NumberUse::last).max())
    else {
        return nothing(ChartKind::Lanes, title, said.no_calls().to_owned());
    };
    let (shown, rest) = numbers.split_at(numbers.len().min(LANES));
    let mut shown: Vec<&NumberUse> = shown.iter().collect();
    shown.sort_by_key(|number| (number.first(), number.last(), number.digits));
    let span = Span::of(first, last, COLUMNS);
    let mut draft = Blueprint::new(frame);
    let width = draft.width - LEFT - RIGHT;
    let time = Time::new(&span, width);
    let bottom = HEAD + shown.len() as f64 * LANE;
    time.axis(&mut draft, HEAD, bottom, frame);
    draft.soft((draft.width - 2.0, 12.0), said.calls_axis(), Anchor::End);
    let ink = Ink::of_mark(group.mark);
    let mut rows = Vec::with_capacity(shown.len());
    for (row, number) in shown.iter().enumerate() {
        let top = HEAD + row as f64 * LANE;
        let middle = top + LANE / 2.0;
        draft.text((LEFT - 8.0, middle + TEXT / 3.0), fitted(&number.shown, LEFT - 10.0), Anchor::End, Ink::Ink, false);
        time.used(&mut draft, number, (middle - BAR / 2.0, BAR), ink);
        draft.soft((draft.width - 2.0, middle + TEXT / 3.0), said.count(number.calls), Anchor::End);
        let text = said.of_number(&number.shown, number.calls, &days_of(number, frame));
        let place: Place = (0.0, top, draft.width, LANE);
        draft.mark(place, text, number.calls, Some(asks(number)));
        rows.push(row_of(number, frame));
    }
    rows.extend(rest.iter().take(super::numbers_in_table(rows.len())).map(|number| row_of(number, frame)));
    let calls: u32 = numbers.iter().map(|number| number.calls).sum();
    let table = ChartTable {
        columns: [said.number(), said.first_call(), said.last_call(), said.days_column(), said.calls_column()]
            .map(str::to_owned)
            .to_vec(),
        words: 3,
        rows,
    };
    let lead = said.lanes_lead(small(numbers.len()), calls, span.unit, &frame.zone);
    let mut chart = draft.chart(ChartKind::Lanes, title, lead, bottom + 22.0, table);
    if !rest.is_empty() {
        let calls = rest.iter().map(|number| number.calls).sum();
        chart.notes.push(said.numbers_not_drawn(small(rest.len()), calls, small(LANES)));
    }
    chart
}

pub(super) fn days_of(number: &NumberUse, frame: &Frame) -> String {
    frame.tongue.days(date(number.first()), date(number.last()))
}

/// The calls of a number.
pub(super) fn asks(number: &NumberUse) -> Asks {
    if number.text.is_empty() {
        Asks { hidden: Some(true), ..Asks::default() }
    } else {
        Asks { number: Some(number.text.clone()), ..Asks::default() }
    }
}

fn row_of(number: &NumberUse, frame: &Frame) -> ChartRow {
    let said = frame.tongue;
    let day = |day| date(day).map_or_else(String::new, |day| said.day(day));
    let cells = vec![
        number.shown.clone(),
        day(number.first()),
        day(number.last()),
        said.count(small(number.days.len())),
        said.count(number.calls),
    ];
    ChartRow { cells, asks: Some(asks(number)) }
}

/// Columns of time between the names at the left and the counts at the right.
pub(super) struct Time<'s> {
    span: &'s Span,
    step: f64,
    width: f64,
}

impl<'s> Time<'s> {
    pub(super) fn new(span: &'s Span, width: f64) -> Self {
        Self { span, step: (width / span.len().max(1) as f64).min(48.0), width }
    }

    fn x(&self, column: usize) -> f64 {
        LEFT + column as f64 * self.step
    }

    /// Rules at the named columns, their names below.
    pub(super) fn axis(&self, draft: &mut Blueprint, top: f64, bottom: f64, frame: &Frame) {
        for column in self.span.named(self.step, self.width, 92.0) {
            draft.rule((self.x(column), top), (self.x(column), bottom + 3.0), Ink::Line);
            draft.soft((self.x(column), bottom + 15.0), frame.tongue.column(self.span, column), Anchor::Start);
        }
    }

    /// When a number called: a hairline from its first to its last column, filled where it did.
    pub(super) fn used(&self, draft: &mut Blueprint, number: &NumberUse, (top, height): (f64, f64), ink: Ink) {
        let mut columns: Vec<usize> = number.days.iter().filter_map(|(day, _)| self.span.column(*day)).collect();
        columns.dedup();
        let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return };
        let middle = top + height / 2.0;
        draft.line(
            (self.x(*first), middle),
            (self.x(*last) + self.step, middle),
            Paint { ink, tile: None, percent: 55 },
            1.0,
        );
        let gap = if self.step >= 5.0 && height >= 6.0 { 1.0 } else { 0.0 };
        // In a chart of many rows what is filled without a break is one shape.
        for run in columns.chunk_by(|a, b| gap == 0.0 && a + 1 == *b) {
            let (Some(from), Some(to)) = (run.first(), run.last()) else { continue };
            let paint = Paint { ink, tile: None, percent: 100 };
            draft.rect((self.x(*from), top, self.x(*to) + self.step - gap - self.x(*from), height), paint, false);
        }
    }
}
