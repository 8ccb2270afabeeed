//! Ranges that may meet → stretches that do not. Where rows that disagree cover a number, nothing is said of it.

use super::NumberRange;
use std::collections::BTreeSet;

/// Numbers of which one row speaks: of several that say the same, the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) from: u64,
    pub(super) to: u64,
    /// Index of the row.
    pub(super) range: u32,
}

/// The stretches, ascending, and the rows that meet an earlier one, by index.
pub(super) fn settle(ranges: &[NumberRange]) -> (Vec<Stretch>, Vec<usize>) {
    let mut order: Vec<(u64, u64, u32)> = (0_u32..).zip(ranges).map(|(at, r)| (r.from, r.to, at)).collect();
    order.sort_unstable();
    let (mut stretches, mut meeting) = (Vec::with_capacity(order.len()), Vec::new());
    let mut rest = order.as_slice();
    while let Some((&(from, to, at), after)) = rest.split_first() {
        let mut end = to;
        let together = after.iter().take_while(|(from, to, _)| {
            let meets = *from <= end;
            if meets {
                end = end.max(*to);
            }
            meets
        });
        let count = together.count();
        if count == 0 {
            stretches.push(Stretch { from, to, range: at });
        } else {
            let (cluster, _) = rest.split_at(count + 1);
            meeting.extend(later(cluster));
            sweep(ranges, cluster, &mut stretches);
        }
        rest = after.get(count..).unwrap_or_default();
    }
    (stretches, meeting)
}

/// All rows of a cluster but the one that stands first in the file.
fn later(cluster: &[(u64, u64, u32)]) -> impl Iterator<Item = usize> {
    let first = cluster.iter().map(|(_, _, at)| *at).min();
    cluster.iter().map(|(_, _, at)| *at).filter(move |at| Some(*at) != first).map(|at| at as usize)
}

/// Goes through the ends of ranges that meet. Between two of them the same rows speak; only where all of these say the
/// same is it taken for said.
fn sweep(ranges: &[NumberRange], cluster: &[(u64, u64, u32)], stretches: &mut Vec<Stretch>) {
    // What the rows of the cluster say, told apart by number.
    let mut sayings: Vec<[&str; 4]> =
        cluster.iter().filter_map(|(_, _, at)| ranges.get(*at as usize)).map(NumberRange::saying).collect();
    sayings.sort_unstable();
    sayings.dedup();
    let saying = |at: u32| sayings.binary_search(&ranges.get(at as usize)?.saying()).ok();

    let mut ends: Vec<(u64, bool, u32)> = Vec::with_capacity(2 * cluster.len());
    for (from, to, at) in cluster {
        ends.extend([(*from, true, *at), (to + 1, false, *at)]);
    }
    ends.sort_unstable();
    let mut speaking: BTreeSet<(usize, u32)> = BTreeSet::new();
    let mut since = 0;
    for (at, begins, row) in ends {
        // All that speak say the same where the first and the last do.
        let agreed = speaking.first().zip(speaking.last()).filter(|(first, last)| since < at && first.0 == last.0);
        stretches.extend(agreed.map(|(first, _)| Stretch { from: since, to: at - 1, range: first.1 }));
        let Some(saying) = saying(row) else { continue };
        if begins {
            speaking.insert((saying, row))
        } else {
            speaking.remove(&(saying, row))
        };
        since = at;
    }
}
