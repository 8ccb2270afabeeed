//! How well groups agree with who really called, on synthetic years: no time is measured here.

#[path = "../../tests/years/known.rs"]
mod known;
#[path = "../../tests/years/score.rs"]
mod score;

use known::{Found, Known};
use ulika::grouping::Rules;
use ulika_samples::years::Preset;

/// Its name among the goals.
pub const ID: &str = "I1-groups";
/// Years of each kind. The weights were set on the first ten of the standard mix.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=30;
/// Goal for the standard mix.
const GOAL: f64 = 0.95;

/// Prints the tables.
pub fn print() {
    println!();
    println!(
        "{ID}: groups against the truth of {} synthetic years of each kind. All pairs of calls count but two of",
        SEEDS.count()
    );
    println!("one ordinary caller; calls in no group, and each of ordinary life in the truth, stand alone.");
    println!();
    println!("| year | by | precision | recall | ARI mean | ARI worst | groups of a bank and a campaign | met |");
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
    for preset in Preset::ALL {
        let years: Vec<Known> = SEEDS.map(|seed| Known::of(preset, seed)).collect();
        let line = |by: &str, judge: &dyn Fn(&Known) -> Found, goal: bool| {
            let found: Vec<Found> = years.iter().map(judge).collect();
            let mean = |of: &dyn Fn(&Found) -> f64| found.iter().map(of).sum::<f64>() / found.len().max(1) as f64;
            let worst = found.iter().map(|found| found.score.ari).fold(1.0, f64::min);
            let mixed: usize = found.iter().map(|found| found.mixed).sum();
            let ari = mean(&|found| found.score.ari);
            let met = match (goal, ari >= GOAL && mixed == 0) {
                (false, _) => "–",
                (true, true) => "yes",
                (true, false) => "no",
            };
            let (precision, recall) = (mean(&|f| f.score.precision), mean(&|f| f.score.recall));
            let year = preset.name();
            println!("| {year} | {by} | {precision:.3} | {recall:.3} | {ari:.3} | {worst:.3} | {mixed} | {met} |");
            found.iter().map(|found| found.played).sum::<usize>()
        };
        let played = line("all signals", &|year| year.found(&Rules::ALL), preset == Preset::Standard);
        if preset == Preset::Standard {
            for name in Rules::names() {
                let (Some(only), Some(without)) = (Rules::only(name), Rules::without(name)) else { continue };
                line(&format!("{name} alone"), &|year| year.found(&only), false);
                line(&format!("all but {name}"), &|year| year.found(&without), false);
            }
            line("baseline: same number", &|year| year.by_number(|number| number), false);
            line("baseline: same first seven digits", &|year| year.by_number(|number| number / 10_000), false);
        }
        println!("| {} | calls under a bank's own number, taken for the bank's: {played} | | | | | | |", preset.name());
    }
}
