//! Sound: how long a recording lasts, what it looks like, and the samples of a stretch of it. Alone knows the decoder.
//!
//! A recording is foreign input. The decoder runs on a thread of its own and gets its bytes through a channel: a fault
//! in it ends that thread and nothing else, the bytes it may ask for are bounded, and memory does not grow with the
//! length of the recording. What cannot be decoded has no waveform; it stays an exhibit all the same.

mod amr;
mod apart;
mod decode;
mod peaks;
mod tempo;

pub use peaks::Waveform;

use crate::error::Result;
use std::io::{Read, Seek, SeekFrom};

/// A recording to read.
pub trait Recording: Read + Seek {}
impl<T: Read + Seek> Recording for T {}

/// Told how many bytes have been read; an error ends the work.
pub type Told<'a> = &'a mut dyn FnMut(u64) -> Result<()>;

/// Samples of a stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Frames a second.
    pub rate: u32,
    /// Samples a frame.
    pub channels: u32,
    /// The first frame, counted from the beginning of the recording.
    pub first_frame: u64,
    /// Samples of 16 bits, interleaved.
    pub samples: Vec<i16>,
}

/// A stretch is never longer than this: a player asks for a few seconds at a time.
pub const LONGEST_STRETCH_MS: u32 = 30_000;

/// What a recording lasts, and the tags that it carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Length in milliseconds of what can be played; `None` for what is damaged or unknown.
    pub duration_ms: Option<u64>,
    /// Tags as they are named and written.
    pub tags: Vec<(String, String)>,
}

/// Goes through a recording without decoding it.
///
/// # Errors
/// As `told`.
pub fn heard(recording: &mut dyn Recording, told: Told<'_>) -> Result<Heard> {
    if !is_whole(recording) {
        return Ok(Heard::default());
    }
    if let Some(length) = amr::duration_ms(recording) {
        return Ok(Heard { duration_ms: Some(length), tags: Vec::new() });
    }
    Ok(apart::apart(recording, told, decode::heard)?.unwrap_or_default())
}

/// The tags of a recording, as they are named and written; no more than its ends are read. `None` for what is damaged or
/// unknown.
///
/// # Errors
/// As `told`.
pub fn tags(recording: &mut dyn Recording, told: Told<'_>) -> Result<Option<Vec<(String, String)>>> {
    apart::apart(recording, told, decode::tags)
}

/// What the recording looks like; `None` where nothing of it can be decoded.
///
/// # Errors
/// As `told`.
pub fn waveform(recording: &mut dyn Recording, told: Told<'_>) -> Result<Option<Waveform>> {
    apart::apart(recording, told, decode::waveform)
}

/// Samples from `from_ms` on, at most `length_ms` of them; fewer at the end, `None` where nothing can be decoded.
///
/// # Errors
/// As `told`.
pub fn stretch(recording: &mut dyn Recording, from_ms: u32, length_ms: u32, told: Told<'_>) -> Result<Option<Stretch>> {
    let length_ms = length_ms.min(LONGEST_STRETCH_MS);
    apart::apart(recording, told, move |stream| decode::stretch(stream, from_ms, length_ms))
}

/// As [`stretch`], at `percent` of the recording's tempo, the pitch kept. Stretches that follow each other in the
/// recording follow each other to the sample.
///
/// # Errors
/// As `told`.
pub fn stretch_at_tempo(
    recording: &mut dyn Recording,
    from_ms: u32,
    length_ms: u32,
    percent: u32,
    told: Told<'_>,
) -> Result<Option<Stretch>> {
    if percent == 100 {
        return stretch(recording, from_ms, length_ms, told);
    }
    let lead = tempo::MARGIN_MS.min(from_ms);
    let wide = stretch(recording, from_ms - lead, length_ms + lead + tempo::MARGIN_MS, told)?;
    Ok(wide.map(|wide| {
        let frames = |ms: u32| u64::from(ms) * u64::from(wide.rate) / 1_000;
        let (first, end) =
            (frames(from_ms), wide.first_frame + wide.samples.len() as u64 / u64::from(wide.channels.max(1)));
        let length = frames(from_ms + length_ms).min(end).saturating_sub(first);
        tempo::change(&wide, first, usize::try_from(length).unwrap_or(0), percent)
    }))
}

/// Whether a RIFF file is as long as it says; the header of one that broke off still tells the old length.
fn is_whole(recording: &mut dyn Recording) -> bool {
    let mut head = [0_u8; 8];
    let size = recording.seek(SeekFrom::End(0)).unwrap_or(0);
    if recording.seek(SeekFrom::Start(0)).is_err() || recording.read_exact(&mut head).is_err() {
        return false;
    }
    let [r, i, f1, f2, a, b, c, d] = head;
    let said = u32::from_le_bytes([a, b, c, d]);
    [r, i, f1, f2] != *b"RIFF" || said == u32::MAX || u64::from(said) <= size
}

#[cfg(test)]
mod tests;
