//! Which of the candidates are pairs: one to one, as many as can be, and among those with the least total distance; but
//! one pair more is not had by moving the others by more than [`SINGLE_S`] in all. A machine that dials at an even rhythm,
//! whose first calls the one side lacks and whose last the other, would else be paired one step wrong throughout.
//!
//! Candidates fall into components that share no record. A component of one record on either side is decided at once;
//! any other is an assignment of least cost, found by shortest augmenting paths with potentials. Every record of the
//! smaller side also has a place of its own where it stays single. A component on which the work would exceed [`WORK`] times its candidates (a machine that calls without
//! a pause for hours, seen by two sources of which each lost much) is settled nearest first instead, the same
//! way every time.

use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A pair that may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Row of the first side.
    pub a: u32,
    /// Row of the second side.
    pub b: u32,
    /// Start of the second less start of the first, after the clock offset.
    pub residual_s: i32,
    /// How far the lengths lie apart.
    pub duration_off: u32,
    /// One of the two does not name its line.
    pub line_unsure: bool,
}

/// Candidates looked at, in multiples of their number, before a component is given up: enough for any component of so
/// many records a side.
const WORK: usize = 256;
/// Sums of costs of so many pairs fit their fields.
const LARGEST: usize = 1 << 16;
/// What one pair more may cost in distance, seconds. Among a handful of calls that agree by chance it never decides
/// (measured: in 1 of 300 random sets of seven calls a side), in a burst of a robot it does.
const SINGLE_S: i128 = 300;
/// Staying single.
const SINGLE: i128 = SINGLE_S << 88;
const NOBODY: u32 = u32::MAX;

impl Candidate {
    /// Total distance, then lengths, then lines, then evenness, each above all that follow it.
    fn cost(&self) -> i128 {
        let distance = i128::from(self.residual_s.unsigned_abs().min(0xFF));
        let off = i128::from(self.duration_off.min(0xFFFF));
        distance << 88 | off << 52 | i128::from(self.line_unsure) << 34 | (distance * distance)
    }

    fn swapped(self) -> Self {
        Self { a: self.b, b: self.a, residual_s: -self.residual_s, ..self }
    }
}

/// Takes the best pairs of the candidates, which are left in no order.
pub fn settle(candidates: &mut Vec<Candidate>, take: &mut dyn FnMut(Candidate)) {
    if let [only] = candidates[..] {
        take(only);
        return;
    }
    for mut component in components(candidates) {
        match one_sided(&component) {
            true => component.iter().min_by_key(|c| (c.cost(), c.a, c.b)).copied().into_iter().for_each(&mut *take),
            false => solve(&mut component, WORK).into_iter().for_each(&mut *take),
        }
    }
}

fn one_sided(component: &[Candidate]) -> bool {
    component.iter().all(|c| c.a == component[0].a) || component.iter().all(|c| c.b == component[0].b)
}

/// Candidates by what they share, components by their first record.
fn components(candidates: &mut Vec<Candidate>) -> Vec<Vec<Candidate>> {
    candidates.sort_unstable_by_key(|c| (c.b, c.a));
    candidates.dedup_by_key(|c| (c.b, c.a));
    // Each row of the first side points towards the smallest row that it shares a component with.
    let mut rows: Vec<u32> = candidates.iter().map(|c| c.a).collect();
    rows.sort_unstable();
    rows.dedup();
    let place = |a: u32| rows.binary_search(&a).unwrap_or(0);
    let mut towards: Vec<usize> = (0..rows.len()).collect();
    for pair in candidates.windows(2).filter(|w| w[0].b == w[1].b) {
        let (x, y) = (root(&mut towards, place(pair[0].a)), root(&mut towards, place(pair[1].a)));
        towards[x.max(y)] = x.min(y);
    }
    let mut parts: Vec<Vec<Candidate>> = Vec::new();
    let mut part_of = vec![usize::MAX; rows.len()];
    candidates.sort_unstable_by_key(|c| (c.a, c.b));
    for candidate in candidates.drain(..) {
        let root = root(&mut towards, place(candidate.a));
        if part_of[root] == usize::MAX {
            part_of[root] = parts.len();
            parts.push(Vec::new());
        }
        parts[part_of[root]].push(candidate);
    }
    parts
}

fn root(towards: &mut [usize], mut at: usize) -> usize {
    while towards[at] != at {
        towards[at] = towards[towards[at]];
        at = towards[at];
    }
    at
}

fn distinct(component: &[Candidate], side: impl Fn(&Candidate) -> u32) -> Vec<u32> {
    let mut rows: Vec<u32> = component.iter().map(side).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The best pairs of a component, in order of its rows. Which source is called the first must not matter, so that the smaller side asks; of
/// equal sides the one from which the distances read smaller.
fn solve(component: &mut [Candidate], work: usize) -> Vec<Candidate> {
    let (a, b) = (distinct(component, |c| c.a).len(), distinct(component, |c| c.b).len());
    let mut swapped: Vec<Candidate> = component.iter().map(|c| c.swapped()).collect();
    swapped.sort_unstable_by_key(|c| (c.a, c.b));
    let reads = |side: &[Candidate]| side.iter().map(|c| (c.residual_s, c.duration_off)).collect::<Vec<_>>();
    let swap = a > b || (a == b && reads(&swapped) < reads(component));
    let asked = if swap { &swapped[..] } else { &*component };
    if let Some(pairs) = Assignment::new(asked, work).and_then(Assignment::run) {
        return pairs.into_iter().map(|c| if swap { c.swapped() } else { c }).collect();
    }
    nearest_first(component)
}

fn nearest_first(component: &mut [Candidate]) -> Vec<Candidate> {
    component.sort_unstable_by_key(|c| (c.cost(), c.a, c.b));
    let (mut taken_a, mut taken_b) = (FxHashSet::default(), FxHashSet::default());
    let mut pairs = Vec::new();
    for candidate in component.iter() {
        if !taken_a.contains(&candidate.a) && !taken_b.contains(&candidate.b) {
            taken_a.insert(candidate.a);
            taken_b.insert(candidate.b);
            pairs.push(*candidate);
        }
    }
    pairs
}

/// A component on its way to its best pairs: rows ask, columns are asked.
struct Assignment<'c> {
    candidates: &'c [Candidate],
    /// Where the candidates of each row begin.
    begin: Vec<usize>,
    columns: Vec<u32>,
    /// Prices; reduced costs are never negative and zero along pairs.
    row_price: Vec<i128>,
    column_price: Vec<i128>,
    row_of: Vec<u32>,
    pair_of: Vec<Option<usize>>,
    // Of the search under way: the way to each column, and whether it is final.
    way: Vec<Option<(i128, usize)>>,
    done: Vec<bool>,
    work: usize,
}

impl<'c> Assignment<'c> {
    fn new(candidates: &'c [Candidate], work: usize) -> Option<Self> {
        let mut begin: Vec<usize> =
            (0..candidates.len()).filter(|at| *at == 0 || candidates[*at].a != candidates[*at - 1].a).collect();
        let rows = begin.len();
        begin.push(candidates.len());
        let columns = distinct(candidates, |c| c.b);
        (rows <= LARGEST).then(|| Self {
            candidates,
            begin,
            row_price: vec![0; rows],
            column_price: vec![0; columns.len()],
            row_of: vec![NOBODY; columns.len()],
            pair_of: vec![None; rows],
            way: vec![None; columns.len()],
            done: vec![false; columns.len()],
            work: candidates.len().saturating_mul(work),
            columns,
        })
    }

    fn run(mut self) -> Option<Vec<Candidate>> {
        (0..self.pair_of.len()).try_for_each(|row| self.place(row))?;
        Some(self.pair_of.iter().flatten().map(|at| self.candidates[*at]).collect())
    }

    fn column(&self, at: usize) -> usize {
        self.columns.binary_search(&self.candidates[at].b).unwrap_or(0)
    }

    fn row(&self, at: usize) -> usize {
        self.begin.partition_point(|begin| *begin <= at) - 1
    }

    /// Finds the cheapest way to give a row a column, or to leave it or another one single. `None` when it costs too
    /// much work.
    fn place(&mut self, start: usize) -> Option<()> {
        let mut heap: BinaryHeap<Reverse<(i128, usize)>> = BinaryHeap::new();
        // Rows and columns that were reached, with their distances.
        let mut rows = vec![(start, 0_i128)];
        let mut reached: Vec<usize> = Vec::new();
        let mut single = (SINGLE - self.row_price[start], start);
        let (mut row, mut far) = (start, 0);
        let end = loop {
            self.work = self.work.checked_sub(self.begin[row + 1] - self.begin[row])?;
            for at in self.begin[row]..self.begin[row + 1] {
                let column = self.column(at);
                let reduced = self.candidates[at].cost() - self.row_price[row] - self.column_price[column];
                let distance = far + reduced;
                if self.way[column].is_none_or(|(known, _)| distance < known) {
                    if self.way[column].is_none() {
                        reached.push(column);
                    }
                    self.way[column] = Some((distance, at));
                    heap.push(Reverse((distance, column)));
                }
            }
            let next = loop {
                match heap.pop() {
                    Some(Reverse((_, column))) if self.done[column] => {}
                    other => break other,
                }
            };
            let Some(Reverse((distance, column))) = next.filter(|n| n.0.0 < single.0) else { break None };
            self.done[column] = true;
            if self.row_of[column] == NOBODY {
                break Some((distance, column));
            }
            (row, far) = (self.row_of[column] as usize, distance);
            rows.push((row, far));
            single = single.min((far + SINGLE - self.row_price[row], row));
        };
        let total = end.map_or(single.0, |(distance, _)| distance);
        for (row, distance) in rows {
            self.row_price[row] += total - distance;
        }
        for column in &reached {
            if let Some((distance, _)) = self.way[*column].filter(|_| self.done[*column]) {
                self.column_price[*column] -= total - distance;
            }
        }
        let filled = match end {
            Some((_, column)) => Some(column),
            // The row that stays single gives up its column; the one that asks may have had none.
            None => self.pair_of[single.1].take().map(|at| self.column(at)),
        };
        self.turn(filled);
        for column in reached {
            self.way[column] = None;
            self.done[column] = false;
        }
        Some(())
    }

    /// Takes the pairs along the way found, from the column at its end back to the row that asked.
    fn turn(&mut self, mut filled: Option<usize>) {
        while let Some((column, (_, at))) = filled.and_then(|column| Some((column, self.way[column]?))) {
            let row = self.row(at);
            let before = self.pair_of[row].replace(at);
            self.row_of[column] = row as u32;
            filled = before.map(|before| self.column(before));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Value = (u64, u64, usize, u64);

    fn value(pairs: &[Candidate]) -> Value {
        let sum = |of: &dyn Fn(&Candidate) -> u64| pairs.iter().map(of).sum::<u64>();
        (
            sum(&|c| u64::from(c.residual_s.unsigned_abs())) + 300 * (1_000 - pairs.len() as u64),
            sum(&|c| u64::from(c.duration_off.min(0xFFFF))),
            pairs.iter().filter(|c| c.line_unsure).count(),
            sum(&|c| u64::from(c.residual_s.unsigned_abs()).pow(2)),
        )
    }

    /// Every set of pairs is tried.
    fn best(left: &[Candidate], chosen: &mut Vec<Candidate>, found: &mut Value) {
        let Some((first, rest)) = left.split_first() else {
            *found = (*found).min(value(chosen));
            return;
        };
        best(rest, chosen, found);
        if chosen.iter().all(|c| c.a != first.a && c.b != first.b) {
            chosen.push(*first);
            best(rest, chosen, found);
            chosen.pop();
        }
    }

    prop_compose! {
        fn any()(a in 0u32..6, b in 0u32..6, residual_s in -120i32..=120, off in prop::sample::select(vec![0u32, 0, 1, 2, u32::MAX]), line_unsure: bool) -> Candidate {
            Candidate { a, b, residual_s, duration_off: off, line_unsure }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 600, ..ProptestConfig::default() })]

        #[test]
        fn no_other_choice_is_better(mut candidates in prop::collection::vec(any(), 0..16)) {
            candidates.sort_unstable_by_key(|c| (c.a, c.b));
            candidates.dedup_by_key(|c| (c.a, c.b));
            let mut optimum = value(&[]);
            best(&candidates, &mut Vec::new(), &mut optimum);
            let mut pairs = Vec::new();
            settle(&mut candidates.clone(), &mut |c| pairs.push(c));
            for (at, pair) in pairs.iter().enumerate() {
                prop_assert!(candidates.contains(pair));
                prop_assert!(pairs[..at].iter().all(|p| p.a != pair.a && p.b != pair.b));
            }
            prop_assert_eq!(value(&pairs), optimum);
            let mut again: Vec<Candidate> = candidates.iter().rev().map(|c| c.swapped()).collect();
            let mut other_way = Vec::new();
            settle(&mut again, &mut |c| other_way.push(c.swapped()));
            prop_assert_eq!(value(&other_way), optimum);
        }
    }

    #[test]
    fn a_component_that_asks_for_too_much_is_settled_nearest_first() {
        // Sixty rows want thirty columns, so that one looks everywhere before it stays single; one of them
        // could have any of forty others.
        let all = (0..60).flat_map(|a| (0..30).map(move |b| (a, b))).chain((30..70).map(|b| (0, b)));
        let mut many: Vec<Candidate> = all
            .map(|(a, b)| Candidate { a, b, residual_s: b as i32 - a as i32, duration_off: 0, line_unsure: false })
            .collect();
        many.sort_unstable_by_key(|c| (c.a, c.b));
        let exact = solve(&mut many, WORK);
        assert_eq!(exact.len(), 31, "as many as can be");
        assert!(Assignment::new(&many, 1).and_then(Assignment::run).is_none(), "too much at one look a candidate");
        let nearest = solve(&mut many, 1);
        assert!(nearest.len() * 2 >= exact.len() && value(&exact) <= value(&nearest), "{}", nearest.len());
        assert_eq!(nearest, nearest_first(&mut many));
    }
}
