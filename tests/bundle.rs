//! The bundle: what is written, and what of it cannot be changed unseen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "bundle/attacks.rs"]
mod attacks;
#[path = "bundle/support.rs"]
mod support;
#[path = "bundle/writing.rs"]
mod writing;
