//! Every target takes its seeds, whole and changed; with so many changes each as `ULIKA_FUZZ_CHANGES` says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::panic::catch_unwind;
use std::path::Path;
use ulika_fuzz::{Seed, TARGETS, seeds};

fn all() -> Vec<Seed> {
    seeds(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap()
}

/// Numbers as they fall, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

/// Bytes with some of them changed, a piece of them doubled, moved or gone.
fn changed(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(3) {
        let from = chance.below(bytes.len());
        let piece = from..(from + 1 + chance.below(64)).min(bytes.len());
        match chance.below(5) {
            0 => drop(bytes.drain(piece)),
            1 => {
                let piece = bytes[piece].to_vec();
                let to = chance.below(bytes.len() + 1);
                drop(bytes.splice(to..to, piece));
            }
            2 => bytes.truncate(from),
            _ => {
                let fill = [0, 0xFF, b'9', b';', b'\n', b'"', chance.below(256) as u8][chance.below(7)];
                bytes.get_mut(from).into_iter().for_each(|byte| *byte = fill);
            }
        }
    }
    bytes
}

#[test]
fn every_target_has_seeds_and_every_seed_a_target() {
    let seeds = all();
    for target in TARGETS.iter().map(|target| target.name) {
        assert!(seeds.iter().any(|seed| seed.target == target), "{target} begins with nothing");
        let source = format!("{}/targets/{target}.rs", env!("CARGO_MANIFEST_DIR"));
        assert!(Path::new(&source).exists(), "no target {target} for the fuzzer");
    }
    for seed in &seeds {
        assert!(TARGETS.iter().any(|target| target.name == seed.target), "{} has no target", seed.name);
    }
}

#[test]
fn what_must_hold_holds_for_every_sample_whole_and_changed() {
    let changes: usize = std::env::var("ULIKA_FUZZ_CHANGES").ok().and_then(|given| given.parse().ok()).unwrap_or(12);
    let mut chance = Chance(2_025);
    for seed in all() {
        let body = TARGETS.iter().find(|target| target.name == seed.target).unwrap().body;
        for turn in 0..=changes {
            let bytes = if turn == 0 { seed.bytes.clone() } else { changed(&seed.bytes, &mut chance) };
            if catch_unwind(|| body(&bytes)).is_err() {
                let kept = std::env::temp_dir().join(format!("ulika-{}-{turn}-{}", seed.target, seed.name));
                std::fs::write(&kept, &bytes).unwrap();
                panic!("{}, change {turn} of {}: kept as {}", seed.target, seed.name, kept.display());
            }
        }
    }
}
