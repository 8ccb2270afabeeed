//! Calls in the order of their starts. Every list is this order, parted: so the lists are sorted once and not each.

use crate::model::{Call, CallId, NONE};

/// Where a call stands among rows that ascend by their ids.
pub fn place_of<T>(rows: &[T], id: impl Fn(&T) -> CallId, call: CallId) -> Option<usize> {
    let first = id(rows.first()?);
    // Most ids follow one another; every record that is no call of its own moves those behind it forward.
    let most = usize::try_from(call.0.checked_sub(first.0)?).ok()?;
    if rows.get(most).is_some_and(|found| id(found) == call) {
        return Some(most);
    }
    rows[..rows.len().min(most)].binary_search_by_key(&call, id).ok()
}

/// Calls with their order.
pub struct Order<'a> {
    /// Ascending by id.
    calls: &'a [Call],
    /// Indices of calls by start, then id; empty where that is the order in which they are.
    by_time: Vec<u32>,
}

impl<'a> Order<'a> {
    /// Of calls that ascend by id.
    pub fn of(calls: &'a [Call]) -> Self {
        let mut by_time = Vec::new();
        // Those of one file mostly stand in order.
        if !calls.is_sorted_by_key(|call| call.start) {
            by_time.extend(0..calls.len() as u32);
            by_time.sort_by_key(|index| calls[*index as usize].start);
        }
        Self { calls, by_time }
    }

    /// All calls, ascending by id.
    pub fn calls(&self) -> &'a [Call] {
        self.calls
    }

    fn indices(&self) -> impl Iterator<Item = u32> + '_ {
        let in_order = if self.by_time.is_empty() { 0..self.calls.len() as u32 } else { 0..0 };
        self.by_time.iter().copied().chain(in_order)
    }

    /// The calls by start, then id.
    pub fn by_time(&self) -> impl Iterator<Item = &'a Call> + '_ {
        self.indices().map(|index| &self.calls[index as usize])
    }

    /// Where a call stands among all.
    pub fn index(&self, call: CallId) -> Option<usize> {
        place_of(self.calls, |found| found.id, call)
    }

    /// The calls by part, then start, then id, each with its part. `part_of` gives the part of each call by its index,
    /// below `parts`, or [`NONE`].
    pub fn parted(&self, parts: usize, part_of: impl Fn(usize) -> u32) -> impl Iterator<Item = (u32, &'a Call)> {
        // Parts are counted instead of compared.
        let mut ends = vec![0_u32; parts + 1];
        let part = |index: u32| Some(part_of(index as usize)).filter(|part| *part != NONE && (*part as usize) < parts);
        for index in 0..self.calls.len() as u32 {
            if let Some(part) = part(index) {
                ends[part as usize + 1] += 1;
            }
        }
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        let mut sorted = vec![0_u32; ends.last().copied().unwrap_or(0) as usize];
        for index in self.indices() {
            if let Some(part) = part(index) {
                let next = &mut ends[part as usize];
                sorted[*next as usize] = index;
                *next += 1;
            }
        }
        let calls = self.calls;
        let mut now = 0;
        (0_u32..).zip(sorted).map(move |(at, index)| {
            // `ends` has moved on to where each part ends.
            while ends[now as usize] <= at {
                now += 1;
            }
            (now, &calls[index as usize])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_in_order_are_parted_as_others_are() {
        let calls: Vec<Call> = (0..100)
            .map(|id| Call { id: CallId(id), start: id / 3, number: (id % 4) as u32, length_s: 0, incoming: true })
            .collect();
        let order = Order::of(&calls);
        assert_eq!(order.by_time().map(|c| c.id.0).collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
        let parted: Vec<(u32, i64)> = order.parted(4, |at| calls[at].number).map(|(p, c)| (p, c.id.0)).collect();
        let expected: Vec<(u32, i64)> =
            (0..4).flat_map(|part| (0..25).map(move |at| (part, i64::from(part) + 4 * at))).collect();
        assert_eq!(parted, expected);
        assert_eq!(Order::of(&[]).by_time().count(), 0);
    }

    #[test]
    fn parts_hold_their_calls_by_time_and_every_call_is_found() {
        let calls: Vec<Call> = (0_i64..1_000)
            .filter(|id| id % 7 != 3)
            .map(|id| Call {
                id: CallId(id + 50),
                start: id * 37 % 101,
                number: (id % 13) as u32,
                length_s: 0,
                incoming: true,
            })
            .collect();
        let order = Order::of(&calls);
        let mut expected: Vec<(i64, CallId)> = calls.iter().map(|c| (c.start, c.id)).collect();
        expected.sort_unstable();
        assert_eq!(order.by_time().map(|c| (c.start, c.id)).collect::<Vec<_>>(), expected);

        let part = |call: &Call| if call.number == 5 { NONE } else { call.number };
        let mut expected: Vec<(u32, i64, CallId)> = calls.iter().map(|c| (part(c), c.start, c.id)).collect();
        expected.retain(|(part, ..)| *part != NONE);
        expected.sort_unstable();
        let parted: Vec<_> = order.parted(13, |at| part(&calls[at])).map(|(p, c)| (p, c.start, c.id)).collect();
        assert_eq!(parted, expected);

        for (index, call) in calls.iter().enumerate() {
            assert_eq!(order.index(call.id), Some(index));
        }
        for absent in [0, 49, 53, 2_000] {
            assert_eq!(order.index(CallId(absent)), None, "{absent}");
        }
    }
}
