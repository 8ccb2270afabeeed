//! Ulika: a call-evidence journal. This crate is everything true about a case, with no window and no network.
//!
//! The map, from the ground up: [`model`] holds the nouns; [`import`], [`sound`], [`reconcile`], [`grouping`],
//! [`matching`], [`numbering`], [`charts`] and [`bundle`] are pure and know the nouns only; `store` is the only place that speaks SQL; [`case`] is the one gate through
//! which a case file is read and written; [`actions`] are the verbs, one file for each thing a person can do.
//! The rule is checked by `tests/tidy.rs`.
//!
//! Three invariants carry the rest: every row of every imported file ends as a record, another service, a repeat
//! or a row problem, and the numbers add up; evidence is only ever appended; what is inferred says why.

pub mod actions;
pub mod bundle;
pub mod case;
pub mod charts;
pub mod clock;
mod derive;
pub mod error;
pub mod grouping;
pub mod import;
pub mod matching;
pub mod model;
pub mod numbering;
pub mod progress;
pub mod reconcile;
pub mod sound;
mod store;
pub mod typesetting;

pub use case::{Access, Case};
pub use error::{Code, Error, Result};
