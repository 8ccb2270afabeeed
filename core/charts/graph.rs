//! Label – number – operator: which label was shown with which number, and to whom its range was allotted. A line is as
//! thick as its calls are many. It says nothing of who called.

use super::blueprint::{Blueprint, TEXT, fitted, nothing};
use super::lanes::asks as asks_of_number;
use super::numbers::small;
use super::{Anchor, Asks, Chart, ChartKind, ChartRow, ChartTable, Frame, GroupNamed, Ink, NumberUse, Paint};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;

const NUMBERS: usize = 14;
const LABELS: usize = 9;
const HOLDERS: usize = 7;
/// Rows of the table.
const ROWS: usize = 400;
const HEAD: f64 = 30.0;
const NODE: f64 = 22.0;
/// Where things stand, in parts of the width: label, its disc, disc, number, disc, disc, operator.
const AT: [f64; 4] = [0.28, 0.41, 0.65, 0.76];
/// The same without operators.
const AT_TWO: [f64; 4] = [0.38, 0.62, 0.95, 1.0];
const THICKEST: f64 = 7.0;

/// What the numbers of a group are linked with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Labels of each number, in the order of the numbers: the label shown first, empty for none, and calls.
    pub labels: Vec<Vec<(String, u32)>>,
    /// To whom the range of each number was allotted, in the same order; empty where no register says.
    pub holders: Vec<String>,
    /// The days of the registers that say so; empty where none is loaded.
    pub registers: Vec<NaiveDate>,
}

/// A node of a column.
struct Node {
    name: String,
    calls: u32,
    asks: Option<Asks>,
}

/// A graph of a group.
#[must_use]
pub fn graph(numbers: &[NumberUse], links: &Links, group: &GroupNamed, frame: &Frame) -> Chart {
    let said = frame.tongue;
    let title = said.graph_title().to_owned();
    let all: u32 = numbers.iter().map(|number| number.calls).sum();
    if all == 0 {
        return nothing(ChartKind::Graph, title, said.no_calls().to_owned());
    }
    let told = !links.registers.is_empty();
    if !told && links.labels.iter().flatten().all(|(label, _)| label.is_empty()) {
        return nothing(ChartKind::Graph, title, said.no_links().to_owned());
    }
    let label_calls = sums(links.labels.iter().flatten().map(|(label, calls)| (label.as_str(), *calls)));
    let holder_of = |at: usize| links.holders.get(at).map_or("", String::as_str);
    let holder_calls = sums(numbers.iter().enumerate().map(|(at, number)| (holder_of(at), number.calls)));

    // A rest of one takes no less room than the one.
    let shown = if numbers.len() == NUMBERS + 1 { numbers.len() } else { numbers.len().min(NUMBERS) };
    let mut number_nodes: Vec<Node> = numbers
        .iter()
        .take(shown)
        .map(|number| Node { name: number.shown.clone(), calls: number.calls, asks: Some(asks_of_number(number)) })
        .collect();
    let rest: u32 = numbers.iter().skip(shown).map(|number| number.calls).sum();
    if numbers.len() > shown {
        let name = said.rest_of_numbers(small(numbers.len() - shown));
        number_nodes.push(Node { name, calls: rest, asks: None });
    }
    let label = |label: &str| Asks { label: Some(label.to_owned()), ..Asks::default() };
    let none = Asks { labelled: Some(false), ..Asks::default() };
    let (label_nodes, label_at) =
        nodes(&label_calls, LABELS, label, (said.unlabelled(), Some(none)), |n| said.rest_of_labels(n));
    let holder = |holder: &str| Asks { holder: Some(holder.to_owned()), ..Asks::default() };
    let (holder_nodes, holder_at) =
        nodes(&holder_calls, HOLDERS, holder, (said.unallotted(), None), |n| said.rest_of_holders(n));

    let mut draft = Blueprint::new(frame);
    let x = if told { AT } else { AT_TWO }.map(|part| part * draft.width);
    let columns: Vec<(&[Node], f64)> = if told {
        vec![(&label_nodes, x[0]), (&number_nodes, x[1]), (&holder_nodes, x[3])]
    } else {
        vec![(&label_nodes, x[0]), (&number_nodes, x[1])]
    };
    let most = columns.iter().map(|(nodes, _)| nodes.len()).max().unwrap_or(1);
    let y = |nodes: usize, at: usize| HEAD + ((most - nodes) as f64 / 2.0 + at as f64 + 0.5) * NODE;
    draft.soft((x[0] - 8.0, 12.0), said.label(), Anchor::End);
    draft.soft((x[1] + 8.0, 12.0), said.number(), Anchor::Start);
    if told {
        draft.soft((x[3] + 8.0, 12.0), fitted(said.holder(), draft.width - x[3] - 8.0), Anchor::Start);
    }

    let mut to_label: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    let mut to_holder: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for (at, number) in numbers.iter().enumerate() {
        let node = at.min(shown);
        for (label, calls) in links.labels.get(at).into_iter().flatten() {
            if let Some(label) = label_at.get(label.as_str()) {
                *to_label.entry((node, *label)).or_default() += calls;
            }
        }
        if let (true, Some(holder)) = (told, holder_at.get(holder_of(at))) {
            *to_holder.entry((node, *holder)).or_default() += number.calls;
        }
    }
    let ink = Ink::of_mark(group.mark);
    let most_calls = to_label.values().chain(to_holder.values()).copied().max().unwrap_or(1);
    let thick = |calls: u32| (THICKEST * f64::from(calls) / f64::from(most_calls)).max(1.0);
    let paint = |ink| Paint { ink, tile: None, percent: 55 };
    for ((number, label), calls) in &to_label {
        let (from, to) = (y(label_nodes.len(), *label), y(number_nodes.len(), *number));
        draft.line((x[0], from), (x[1], to), paint(ink), thick(*calls));
    }
    for ((number, holder), calls) in &to_holder {
        let (from, to) = (y(number_nodes.len(), *number), y(holder_nodes.len(), *holder));
        draft.line((x[2], from), (x[3], to), paint(Ink::Soft), thick(*calls));
    }
    for (column, (nodes, x_at)) in columns.iter().enumerate() {
        let (left, room) = match column {
            0 => (0.0, x[0] - 10.0),
            1 => (x[1] + 8.0, x[2] - x[1] - 14.0),
            _ => (x[3] + 8.0, draft.width - x[3] - 8.0),
        };
        for (at, node) in nodes.iter().enumerate() {
            let middle = y(nodes.len(), at);
            draft.disc((*x_at, middle), 3.5, if column == 2 { Ink::Soft } else { ink });
            if column == 1 && told {
                draft.disc((x[2], middle), 3.5, ink);
            }
            let (text_x, anchor) = if column == 0 { (x[0] - 8.0, Anchor::End) } else { (left, Anchor::Start) };
            let count = format!(" — {}", said.count(node.calls));
            let room = room - super::blueprint::wide(&count);
            let text = format!("{}{count}", fitted(&node.name, room));
            draft.text((text_x, middle + TEXT / 3.0), text, anchor, Ink::Ink, false);
            let place = match column {
                0 => (0.0, middle - NODE / 2.0, x[0] + 6.0, NODE),
                1 => (x[1] - 6.0, middle - NODE / 2.0, x[2] - x[1] + 12.0, NODE),
                _ => (x[3] - 6.0, middle - NODE / 2.0, draft.width - x[3] + 6.0, NODE),
            };
            draft.mark(place, said.node(&node.name, node.calls), node.calls, node.asks.clone());
        }
    }
    let height = HEAD + most as f64 * NODE + 6.0;
    let table = table(numbers, links, frame);
    let mut chart = draft.chart(ChartKind::Graph, title, said.graph_lead(small(numbers.len()), all), height, table);
    chart.notes.push(if told { said.registers(&links.registers) } else { said.no_register().to_owned() });
    chart
}

fn table(numbers: &[NumberUse], links: &Links, frame: &Frame) -> ChartTable {
    let said = frame.tongue;
    let told = !links.registers.is_empty();
    let mut columns = vec![said.number().to_owned(), said.label().to_owned()];
    columns.extend(told.then(|| said.holder().to_owned()));
    let words = small(columns.len());
    columns.push(said.calls_column().to_owned());
    let rows = numbers.iter().enumerate().flat_map(|(at, number)| {
        let holder = links.holders.get(at).map_or("", String::as_str);
        let holder = if holder.is_empty() { said.unallotted() } else { holder };
        links.labels.get(at).into_iter().flatten().map(move |(label, calls)| {
            let label = if label.is_empty() { said.unlabelled() } else { label };
            let mut cells = vec![number.shown.clone(), label.to_owned()];
            cells.extend(told.then(|| holder.to_owned()));
            cells.push(said.count(*calls));
            ChartRow { cells, asks: Some(asks_of_number(number)) }
        })
    });
    ChartTable { columns, words, rows: rows.take(ROWS).collect() }
}

/// Names with their calls, the most first; what has no name last.
fn sums<'n>(each: impl Iterator<Item = (&'n str, u32)>) -> Vec<(&'n str, u32)> {
    let mut sums: BTreeMap<&str, u32> = BTreeMap::new();
    each.for_each(|(name, calls)| *sums.entry(name).or_default() += calls);
    let mut sums: Vec<(&str, u32)> = sums.into_iter().collect();
    sums.sort_by_key(|(name, calls)| (name.is_empty(), Reverse(*calls), *name));
    sums
}

/// The nodes of a column, and in which of them each name stands.
fn nodes<'n>(
    sums: &[(&'n str, u32)],
    most: usize,
    asks: impl Fn(&str) -> Asks,
    unnamed: (&str, Option<Asks>),
    rest: impl Fn(u32) -> String,
) -> (Vec<Node>, BTreeMap<&'n str, usize>) {
    let (mut nodes, mut at): (Vec<Node>, BTreeMap<&str, usize>) = (Vec::new(), BTreeMap::new());
    let named: Vec<&(&str, u32)> = sums.iter().filter(|(name, _)| !name.is_empty()).collect();
    let most = if named.len() == most + 1 { named.len() } else { named.len().min(most) };
    let (shown, others) = named.split_at(most);
    for (name, calls) in shown {
        at.insert(name, nodes.len());
        nodes.push(Node { name: (*name).to_owned(), calls: *calls, asks: Some(asks(name)) });
    }
    if !others.is_empty() {
        others.iter().for_each(|(name, _)| _ = at.insert(name, nodes.len()));
        nodes.push(Node { name: rest(small(others.len())), calls: others.iter().map(|(_, n)| n).sum(), asks: None });
    }
    if let Some((name, calls)) = sums.iter().find(|(name, _)| name.is_empty()) {
        at.insert(name, nodes.len());
        nodes.push(Node { name: unnamed.0.to_owned(), calls: *calls, asks: unnamed.1 });
    }
    (nodes, at)
}
