//! Groups against years whose truth is known.

#![allow(clippy::unwrap_used)]

#[path = "years/known.rs"]
mod known;
#[path = "years/score.rs"]
mod score;

use known::{Found, Known};
use ulika::grouping::Rules;
use ulika_samples::years::Preset;

/// Seeds of the years. The weights were set by looking at other years as well, see docs/decisions.md.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=12;

fn found(preset: Preset) -> Vec<Found> {
    SEEDS.map(|seed| Known::of(preset, seed).found(&Rules::ALL)).collect()
}

fn mean(found: &[Found]) -> f64 {
    found.iter().map(|found| found.score.ari).sum::<f64>() / found.len() as f64
}

fn worst(found: &[Found]) -> f64 {
    found.iter().map(|found| found.score.ari).fold(1.0, f64::min)
}

#[test]
fn campaigns_of_the_standard_mix_are_found() {
    let found = found(Preset::Standard);
    assert!(mean(&found) >= 0.95 && worst(&found) >= 0.93, "{found:?}");
    // What is put together wrongly is worse than what is left out.
    assert!(found.iter().all(|found| found.score.precision >= 0.96), "{found:?}");
}

#[test]
fn no_campaign_is_joined_with_a_bank() {
    for preset in Preset::ALL {
        let found = found(preset);
        assert!(found.iter().all(|found| found.mixed == 0), "{}: {found:?}", preset.name());
    }
}

#[test]
fn a_call_under_the_banks_own_number_is_taken_for_the_bank() {
    // Nothing that was seen tells them apart: the measurement says how many there are, and does not hide them.
    assert!(found(Preset::Standard).iter().any(|found| found.played > 0));
}

#[test]
fn harder_years_are_found_less_well_and_not_at_random() {
    for (preset, least) in [(Preset::Unlabelled, 0.75), (Preset::Shared, 0.93), (Preset::BesideBank, 0.93)] {
        let found = found(preset);
        assert!(mean(&found) >= least, "{}: {found:?}", preset.name());
    }
}

#[test]
fn signals_together_find_more_than_each_alone_and_than_numbers() {
    let known: Vec<Known> = SEEDS.map(|seed| Known::of(Preset::Standard, seed)).collect();
    let of = |judge: &dyn Fn(&Known) -> Found| mean(&known.iter().map(judge).collect::<Vec<_>>());
    let together = of(&|known| known.found(&Rules::ALL));
    for name in Rules::names() {
        let alone = of(&|known| known.found(&Rules::only(name).unwrap()));
        assert!(alone < together, "{name}: {alone}");
    }
    let same_number = of(&|known| known.by_number(|number| number));
    let same_seven = of(&|known| known.by_number(|number| number / 10_000));
    assert!(same_number < together && same_seven < together, "{same_number} {same_seven}");
}
