use super::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn a_seed_gives_one_year_and_another_seed_another() {
    for preset in Preset::ALL {
        assert_eq!(year(preset, 3), year(preset, 3));
        assert_ne!(year(preset, 3), year(preset, 4));
    }
}

#[test]
fn a_year_holds_what_it_says() {
    for preset in Preset::ALL {
        let calls = year(preset, 5);
        let mut callers: BTreeMap<Caller, (usize, BTreeSet<u64>)> = BTreeMap::new();
        for call in &calls {
            let of = callers.entry(call.caller).or_default();
            of.0 += 1;
            of.1.extend(call.number.filter(|_| !call.spoofed));
            let unallotted = |n: u64| CODES.contains(&(n / 10_000_000 - 7_000)) || n / 10_000 == 7_800_000;
            assert!(call.number.is_none_or(unallotted), "{call:?}");
            assert!(preset != Preset::Unlabelled || call.label.is_none());
        }
        for id in 1..=5 {
            let (count, numbers) = &callers[&Caller::Campaign(id)];
            assert!(*count >= 30 && numbers.len() >= 2, "{preset:?}: campaign {id} has {count} calls, {numbers:?}");
        }
        let of_bank = &callers[&Caller::Bank(1)].1;
        assert!(of_bank.len() > 15, "the bank rings from numbers of its own");
        let plays = |c: &&YearCall| c.spoofed && c.number.is_some_and(|n| of_bank.contains(&n));
        assert!(preset != Preset::Standard || calls.iter().filter(plays).count() > 0, "somebody plays the bank");
        assert!(calls.iter().any(|c| c.number.is_none()) && calls.iter().any(|c| !c.incoming));
    }
}
