//! Listen to a recording: its waveform, and the samples of a stretch for the player.

use super::exhibits::present;
use crate::case::Case;
use crate::error::Result;
use crate::model::ExhibitId;
use crate::progress::Progress;
use crate::sound::{self, Stretch};
use crate::store::blobs::Blob;
use crate::store::exhibits::{keep_wave, wave};
use serde::Serialize;

/// Version of the decoder: waveforms kept by another one are drawn again.
const READER: u32 = 3;

/// What a recording looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WaveformView {
    /// Length as decoded, in milliseconds.
    pub duration_ms: u32,
    /// Length of a bucket in milliseconds.
    pub bucket_ms: u32,
    /// Lowest and highest sample of each bucket, alternating, from -127 to 127.
    pub peaks: Vec<i8>,
}

/// The waveform of a recording; drawn on first sight and kept. `None` where it cannot be decoded.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound), [`Code::Cancelled`](crate::Code::Cancelled).
pub fn waveform(case: &Case, id: ExhibitId, progress: &dyn Progress) -> Result<Option<WaveformView>> {
    let connection = case.connection();
    let exhibit = present(connection, id)?;
    let view = |(duration_ms, bucket_ms, peaks): (u32, u32, Vec<u8>)| WaveformView {
        duration_ms,
        bucket_ms,
        peaks: peaks.into_iter().map(|byte| byte as i8).collect(),
    };
    if let Some(kept) = wave(connection, id, READER)? {
        return Ok(kept.map(view));
    }
    let mut blob = Blob::open(connection, exhibit.original)?;
    let drawn = sound::waveform(&mut blob, &mut |read| progress.report("read", read, Some(exhibit.size)))?;
    let drawn = drawn.map(|w| (w.duration_ms, w.bucket_ms, w.peaks.into_iter().map(|p| p as u8).collect()));
    if case.writable() {
        keep_wave(connection, id, READER, drawn.as_ref())?;
    }
    Ok(drawn.map(view))
}

/// Keeps a waveform that was drawn while the case was only read.
///
/// # Errors
/// When the case file cannot be written.
pub fn keep_waveform(case: &Case, id: ExhibitId, drawn: Option<&WaveformView>) -> Result<()> {
    let wave = drawn.map(|w| (w.duration_ms, w.bucket_ms, w.peaks.iter().map(|p| *p as u8).collect()));
    match case.writable() && wave_is_wanted(case, id)? {
        true => keep_wave(case.connection(), id, READER, wave.as_ref()),
        false => Ok(()),
    }
}

fn wave_is_wanted(case: &Case, id: ExhibitId) -> Result<bool> {
    present(case.connection(), id)?;
    Ok(wave(case.connection(), id, READER)?.is_none())
}

/// Samples of a recording from `from_ms` on, at `percent` of its tempo with its pitch: `None` where it cannot be decoded.
/// At most half a minute at a time.
///
/// The bytes are little-endian: rate, channels, first frame and number of frames as 32 bits each, then the samples of
/// 16 bits, interleaved.
///
/// # Errors
/// [`Code::NotFound`](crate::Code::NotFound).
pub fn sound_of(case: &Case, id: ExhibitId, from_ms: u32, length_ms: u32, percent: u32) -> Result<Option<Vec<u8>>> {
    let connection = case.connection();
    let exhibit = present(connection, id)?;
    let mut blob = Blob::open(connection, exhibit.original)?;
    let stretch = sound::stretch_at_tempo(&mut blob, from_ms, length_ms, percent, &mut |_| Ok(()))?;
    Ok(stretch.map(|stretch| bytes(&stretch)))
}

fn bytes(stretch: &Stretch) -> Vec<u8> {
    let frames = stretch.samples.len() as u64 / u64::from(stretch.channels.max(1));
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let head = [stretch.rate, stretch.channels, small(stretch.first_frame), small(frames)];
    let mut bytes = Vec::with_capacity(16 + stretch.samples.len() * 2);
    head.iter().for_each(|n| bytes.extend(n.to_le_bytes()));
    stretch.samples.iter().for_each(|s| bytes.extend(s.to_le_bytes()));
    bytes
}
