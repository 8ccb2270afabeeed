//! When a recording was made by the tags that it carries: ID3, Vorbis comments, the extension chunk of broadcast WAV.
//! Only a moment counts: a year or a date is what a shop writes into music, and no time of capture.

use super::chunks;
use super::stamp::{Stamp, date};
use super::xmp::read_clock;
use crate::import::ReadSeek;
use crate::model::Precision;
use std::io;

/// Tags that hold a whole moment, the surest first: ID3 of version 4, Vorbis comments, RIFF.
const WHOLE: [&str; 6] = ["TDRC", "TDOR", "RECORDING_DATE", "DATE", "CREATION_TIME", "ICRD"];
/// Where the date stands in the extension chunk: behind description, originator and its reference.
const BEXT_DATE: usize = 256 + 32 + 32;

/// The moment that tags tell, read on the wall clock where they state no zone: so recorders write it, whatever the
/// definition of ID3 says of universal time.
#[must_use]
pub fn tagged(tags: &[(String, String)]) -> Option<Stamp> {
    let of = |name: &str| tags.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim());
    let whole = WHOLE.iter().filter_map(|name| read_clock(of(name)?));
    whole.into_iter().find(|stamp| stamp.precision != Precision::Day).or_else(|| in_parts(of))
}

/// ID3 of version 3 tells year, day and time apart: `2025`, `0309`, `1015`.
fn in_parts<'t>(of: impl Fn(&str) -> Option<&'t str>) -> Option<Stamp> {
    let (year, day, time) = (of("TYER")?, of("TDAT")?, of("TIME")?);
    let part = |text: &str, from: usize| text.get(from..from + 2)?.parse::<u32>().ok();
    if (year.len(), day.len(), time.len()) != (4, 4, 4) {
        return None;
    }
    let day = date(year.parse().ok()?, part(day, 2)?, part(day, 0)?)?;
    Some(Stamp::wall(day.and_hms_opt(part(time, 0)?, part(time, 2)?, 0)?, Precision::Minute))
}

/// The moment in the extension chunk of a broadcast WAV: `2025-09-03` and `10:15:00`, with any mark between.
pub(super) fn broadcast(file: &mut dyn ReadSeek) -> io::Result<Option<Stamp>> {
    let body = chunks::find(file, b"bext", (BEXT_DATE + 18) as u64)?.unwrap_or_default();
    let text = body.get(BEXT_DATE..).unwrap_or_default().iter().map(|b| char::from(*b)).collect::<String>();
    let part = |from: usize, to: usize| text.get(from..to).filter(|t| t.bytes().all(|b| b.is_ascii_digit()));
    let read = || {
        let [year, month, day] = [part(0, 4)?, part(5, 7)?, part(8, 10)?];
        let [hour, minute, second] = [part(10, 12)?, part(13, 15)?, part(16, 18)?];
        read_clock(&format!("{year}-{month}-{day} {hour}:{minute}:{second}"))
    };
    Ok(read())
}

#[cfg(test)]
#[path = "tags_tests.rs"]
mod tests;
