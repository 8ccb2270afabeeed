//! One short function per command: read the arguments, call one action, return.

pub mod bundle;
pub mod calls;
pub mod cases;
pub mod excerpt;
pub mod exhibit_bytes;
pub mod exhibits;
pub mod files;
pub mod groups;
pub mod hand;
pub mod import;
pub mod log;
pub mod mapping;
pub mod program;
pub mod registers;
pub mod witness;
