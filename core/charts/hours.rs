//! Hour by weekday: the darker, the more calls; the count stands in the cell. Nothing is nothing.

use super::blueprint::{Blueprint, nothing, wide};
use super::{Anchor, Asks, Chart, ChartKind, ChartRow, ChartTable, Frame, Ink, Paint, Tally};

const LEFT: f64 = 34.0;
const HEAD: f64 = 18.0;
const ROW: f64 = 22.0;
const SUMS: f64 = 56.0;
/// Shades from few to many. Between the third and the fourth the text changes from ink to paper: half-way between them
/// neither could be read.
const SHADES: [u8; 6] = [10, 20, 30, 64, 82, 100];

/// Calls by hour and weekday.
#[must_use]
pub fn hours(tally: &Tally, frame: &Frame) -> Chart {
    let said = frame.tongue;
    let most = tally.hours.iter().flatten().copied().max().unwrap_or(0);
    let title = said.hours_title().to_owned();
    if most == 0 {
        let why = if tally.calls == 0 { said.no_calls() } else { said.no_hours() };
        return nothing(ChartKind::Hours, title, why.to_owned());
    }
    let mut draft = Blueprint::new(frame);
    let step = ((draft.width - LEFT - SUMS) / 24.0).clamp(14.0, 40.0);
    for hour in (0..24).step_by(3) {
        let text = if hour == 0 { format!("0 {}", said.hour_axis()) } else { hour.to_string() };
        draft.soft((LEFT + f64::from(hour) * step + 1.0, 12.0), text, Anchor::Start);
    }
    let mut rows = Vec::with_capacity(7);
    let mut peak = (0, 0);
    for (weekday, counts) in tally.hours.iter().enumerate() {
        let y = HEAD + weekday as f64 * ROW;
        draft.soft((LEFT - 8.0, y + 15.0), said.weekday_name(weekday), Anchor::End);
        for (hour, count) in counts.iter().copied().enumerate() {
            let place = (LEFT + hour as f64 * step, y, step - 1.0, ROW - 1.0);
            if count == 0 {
                draft.rect(place, Paint { ink: Ink::Line, tile: None, percent: 40 }, false);
                continue;
            }
            if count == most && peak == (0, 0) {
                peak = (weekday, hour);
            }
            let percent = shade(count, most);
            draft.rect(place, Paint { ink: Ink::Ink, tile: None, percent }, false);
            let text = said.count(count);
            if wide(&text) <= step - 1.0 {
                let ink = if percent > 50 { Ink::Sheet } else { Ink::Ink };
                draft.text((place.0 + place.2 / 2.0, y + 15.0), text, Anchor::Middle, ink, false);
            }
            let asks = Asks { weekday: u32::try_from(weekday).ok(), hour: u32::try_from(hour).ok(), ..Asks::default() };
            let text = format!("{}: {}", said.hour(weekday, hour), said.calls(count));
            draft.mark(place, text, count, Some(asks));
        }
        let sum: u32 = counts.iter().sum();
        draft.soft((LEFT + 24.0 * step + SUMS - 6.0, y + 15.0), said.count(sum), Anchor::End);
        let cell = |n: &u32| if *n == 0 { String::new() } else { said.count(*n) };
        let cells = std::iter::once(said.weekday_name(weekday).to_owned()).chain(counts.iter().map(cell));
        let asks = Asks { weekday: u32::try_from(weekday).ok(), ..Asks::default() };
        rows.push(ChartRow {
            cells: cells.chain([said.count(sum)]).collect(),
            asks: (sum > 0 && tally.without_hour == 0).then_some(asks),
        });
    }
    draft.soft((LEFT + 24.0 * step + SUMS - 6.0, 12.0), said.total().to_lowercase(), Anchor::End);
    let foot = HEAD + 7.0 * ROW + 14.0;
    draft.soft((0.0, foot), said.weekday_axis(), Anchor::Start);
    let hours = (0..24).map(|hour: u32| hour.to_string());
    let columns = std::iter::once(said.weekday().to_owned()).chain(hours).chain([said.total().to_owned()]).collect();
    let timed = tally.calls - tally.without_hour.min(tally.calls);
    let lead = said.lead(timed, Some((said.hour(peak.0, peak.1), most)), &frame.zone);
    let table = ChartTable { columns, words: 1, rows };
    let mut chart = draft.chart(ChartKind::Hours, title, lead, foot + 6.0, table);
    if tally.without_hour > 0 {
        chart.notes.push(said.without_hour(tally.without_hour));
    }
    chart
}

fn shade(count: u32, most: u32) -> u8 {
    let steps = SHADES.len() as u64;
    let at = (u64::from(count) * steps).div_ceil(u64::from(most.max(1))).clamp(1, steps);
    SHADES.get(at as usize - 1).copied().unwrap_or(100)
}
