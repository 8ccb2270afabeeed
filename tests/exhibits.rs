//! Exhibits through the verbs: what they say of themselves, what is proposed, what the person says, and undo.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "exhibits/capture.rs"]
mod capture;
#[path = "case/common.rs"]
#[allow(dead_code)]
mod common;
#[path = "exhibits/leaving.rs"]
mod leaving;
#[path = "exhibits/made.rs"]
mod made;
#[path = "exhibits/older.rs"]
mod older;
#[path = "exhibits/proposals.rs"]
mod proposals;
#[path = "exhibits/refused.rs"]
mod refused;
#[path = "exhibits/sample.rs"]
mod sample;
#[path = "exhibits/seen.rs"]
mod seen;
#[path = "exhibits/sounds.rs"]
mod sounds;
#[path = "exhibits/word.rs"]
mod word;
#[path = "exhibits/year.rs"]
mod year;
