//! The report: the timeline and the exhibits for reading and for paper. Two renderings of one content:
//! [`html`], which holds every call, and [`paper`], a PDF that holds the first of a long list and says so.
//!
//! It must never show what the tables do not hold, and never claim more than they do.

mod attributed;
mod by_hand;
mod charts;
mod content;
pub(super) mod html;
pub(super) mod paper;
pub(super) mod pictures;

pub(super) use content::Content;
pub use pictures::PicturePage;
