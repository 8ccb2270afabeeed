//! How well groups agree with who really called: pairwise precision and recall, and the adjusted Rand index.

use std::collections::BTreeMap;

/// Agreement of what was found with the truth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Of pairs that were put together, the share that belongs together; 1 where there is none.
    pub precision: f64,
    /// Of pairs that belong together, the share that was put together; 1 where there is none.
    pub recall: f64,
    /// Adjusted Rand index: 1 for the truth, about 0 for groups by chance.
    pub ari: f64,
}

/// Compares two partitions, each the class of every call, over all pairs of calls but those of which nobody asks: two calls
/// that are `aside` under one number.
pub fn score(truth: &[u32], found: &[u32], aside: &[Option<u32>]) -> Score {
    let pairs = |count: u64| (count * count.saturating_sub(1) / 2) as f64;
    let sum = |classes: &mut dyn Iterator<Item = (u32, u32)>| {
        let mut counts: BTreeMap<(u32, u32), u64> = BTreeMap::new();
        classes.for_each(|class| *counts.entry(class).or_default() += 1);
        counts.into_values().map(pairs).sum::<f64>()
    };
    let open =
        || aside.iter().zip(found).zip(truth).filter_map(|((aside, found), truth)| Some(((*aside)?, found, truth)));
    let unasked = sum(&mut open().map(|(aside, ..)| (aside, 0)));
    let unasked_found = sum(&mut open().map(|(aside, found, _)| (aside, *found)));
    let unasked_true = sum(&mut open().map(|(aside, _, truth)| (aside, *truth)));
    let both = sum(&mut truth.iter().copied().zip(found.iter().copied()));
    let of_truth = sum(&mut truth.iter().map(|class| (*class, 0))) - unasked_true;
    let of_found = sum(&mut found.iter().map(|class| (*class, 0))) - unasked_found;
    // The index of Hubert and Arabie, told by pairs: together in both, in one only, in neither.
    let all = pairs(truth.len() as u64) - unasked;
    let (wrong, missed) = (of_found - both, of_truth - both);
    let neither = all - both - wrong - missed;
    let most = (both + missed) * (missed + neither) + (both + wrong) * (wrong + neither);
    let ari = if most == 0.0 { 1.0 } else { 2.0 * (both * neither - missed * wrong) / most };
    let share = |of: f64| if of == 0.0 { 1.0 } else { both / of };
    Score { precision: share(of_found), recall: share(of_truth), ari }
}

#[test]
fn an_example_counted_by_hand() {
    // {1 2 3} {4 5} against {1 2} {3 4 5}: of ten pairs four belong together (12 13 23 45), four were put together
    // (12 34 35 45), two are both (12 45). By chance 4 · 4 / 10 = 1.6 are: (2 − 1.6) / (4 − 1.6) = 1/6.
    let all = |truth: &[u32], found: &[u32]| score(truth, found, &vec![None; truth.len()]);
    let found = all(&[1, 1, 1, 2, 2], &[7, 7, 8, 8, 8]);
    assert_eq!((found.precision, found.recall), (0.5, 0.5));
    assert!((found.ari - 1.0 / 6.0).abs() < 1e-12, "{found:?}");
    assert!((all(&[1, 1, 2, 3], &[5, 5, 6, 7]).ari - 1.0).abs() < 1e-12);
    let apart = all(&[1, 1, 2, 2], &[1, 2, 3, 4]);
    assert_eq!((apart.precision, apart.recall, apart.ari), (1.0, 0.0, 0.0));

    // A campaign {1 2} and one bank's calls 3 and 4, found as {1 2} {3 4}: whether 3 and 4 stand together is not asked.
    let bank = [None, None, Some(9), Some(9)];
    assert_eq!(score(&[1, 1, 2, 3], &[5, 5, 6, 6], &bank), Score { precision: 1.0, recall: 1.0, ari: 1.0 });
    // Found as {1 2 3 4}: one pair right, four wrong (13 14 23 24), none left that is in neither.
    let mixed = score(&[1, 1, 2, 3], &[5, 5, 5, 5], &bank);
    assert_eq!((mixed.precision, mixed.recall, mixed.ari), (0.2, 1.0, 0.0));
}
