//! The case file through the verbs: one gate, append-only evidence, undo, adoption, passwords.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "case/apart.rs"]
mod apart;
#[path = "case/attributed.rs"]
mod attributed;
#[path = "case/charts.rs"]
mod charts;
#[path = "case/common.rs"]
mod common;
#[path = "case/databases.rs"]
mod databases;
#[path = "case/extract.rs"]
mod extract;
#[path = "case/foreign.rs"]
mod foreign;
#[path = "case/grown.rs"]
mod grown;
#[path = "case/guards.rs"]
mod guards;
#[path = "case/hand.rs"]
mod hand;
#[path = "case/journey.rs"]
mod journey;
#[path = "case/leaks.rs"]
mod leaks;
#[path = "case/lines.rs"]
mod lines;
#[path = "case/mapped.rs"]
mod mapped;
#[path = "case/mended.rs"]
mod mended;
#[path = "case/narrowing.rs"]
mod narrowing;
#[path = "case/not_them.rs"]
mod not_them;
#[path = "case/package.rs"]
mod package;
#[path = "case/password.rs"]
mod password;
#[path = "case/periods.rs"]
mod periods;
#[path = "case/registers.rs"]
mod registers;
#[path = "case/soft.rs"]
mod soft;
#[path = "case/staging.rs"]
mod staging;
#[path = "case/withdrawn.rs"]
mod withdrawn;
#[path = "case/witness.rs"]
mod witness;
