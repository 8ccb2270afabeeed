//! What must hold for every file, whatever its bytes: it is read or refused in words, every row of it has one fate, the
//! sums add up, a second reading says the same, and what it says of a row can be found again in it. The targets give
//! these bodies to a fuzzer; `tests/samples.rs` gives them every sample, whole and changed.

mod reading;
mod recipe;
mod seeds;
mod unpacked;

pub use reading::file;
pub use recipe::recipe;
pub use seeds::{Seed, TARGETS, Target, seeds};
pub use unpacked::{package, unpack};
