//! What a picture or a recording says of itself: by its name, and by the metadata inside it. Pure, like all reading.
//!
//! A name is a clock of its own kind: it was written by the phone (local time, no zone) and anybody can change it, so
//! it stands behind the metadata, and both stand behind what the person reads off the picture. A messenger renames what
//! it passes on: its name is the time of saving and never the time of capture.

mod chunks;
mod comments;
mod containers;
mod inside;
mod messenger;
mod metadata;
mod mp4;
mod name;
mod shapes;
mod stamp;
mod tags;
mod tiff;
mod xmp;

pub use inside::{Inside, Reach, texts_inside};
pub use metadata::{MetadataSays, metadata_says};
pub use name::{Medium, NameSays, name_says};
pub use shapes::WrittenBy;
pub use stamp::{Stamp, captured_at};
pub use tags::tagged;
pub use xmp::read_clock;
