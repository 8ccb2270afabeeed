//! Faster or slower with the same pitch: waveform-similarity overlap-add (WSOLA) of one stretch.
//!
//! A stretch is cut into pieces of 30 ms that overlap by half; each is moved by a few milliseconds to where it
//! continues the one before it best. The first and the last piece stand where they stand, so that stretches that
//! follow each other in the recording follow each other in the result to the sample, and none needs another.

use super::Stretch;

/// Half a piece.
const HOP_MS: u32 = 15;
/// How far a piece may be moved.
const REACH_MS: u32 = 8;
/// Bounds of the tempo, in percent.
pub(super) const SLOWEST: u32 = 50;
pub(super) const FASTEST: u32 = 300;
/// Every so many frames are compared: enough to find a pitch period.
const EVERY: usize = 2;

/// How much sound around a stretch takes part in it.
pub(super) const MARGIN_MS: u32 = HOP_MS + REACH_MS + 2;

/// Sound of `wide` from frame `first` on, `length` frames of it, at `percent` of its tempo. `wide` holds a margin around
/// them where the recording has one.
pub(super) fn change(wide: &Stretch, first: u64, length: usize, percent: u32) -> Stretch {
    let channels = wide.channels.max(1) as usize;
    let mono: Vec<f32> =
        wide.samples.chunks(channels).map(|frame| frame.iter().map(|s| f32::from(*s)).sum::<f32>()).collect();
    let hop = (wide.rate as usize * HOP_MS as usize / 1_000).max(8);
    let reach = (wide.rate as usize * REACH_MS as usize / 1_000).max(1) as i64;
    let out = (length as u64 * 100 / u64::from(percent.clamp(SLOWEST, FASTEST))) as usize;
    let begin = (first as i64) - (wide.first_frame as i64);
    let pieces = (out / hop).max(1);
    // Centre of piece `n` in the result and, before it is moved, in the recording.
    let to = |n: usize| n * out / pieces;
    let from = |n: usize| begin + (n * length / pieces) as i64;
    let mut mixed = vec![0.0_f32; out * channels];
    let mut before = from(0);
    for n in 0..=pieces {
        let centre = match n {
            0 => from(0),
            n if n == pieces => from(n),
            n => from(n) + best(&mono, before + (to(n) - to(n - 1)) as i64, from(n), hop as i64, reach),
        };
        before = centre;
        let left = if n == 0 { 0 } else { to(n) - to(n - 1) };
        let right = if n == pieces { 0 } else { to(n + 1) - to(n) };
        for at in -(left as i64)..right as i64 {
            let width = if at < 0 { left } else { right } as f32;
            let weight = 0.5 + 0.5 * (std::f32::consts::PI * at as f32 / width).cos();
            let (source, target) = (centre + at, to(n) as i64 + at);
            for channel in 0..channels {
                let sample = usize::try_from(source).ok().and_then(|s| wide.samples.get(s * channels + channel));
                let place = usize::try_from(target).ok().and_then(|t| mixed.get_mut(t * channels + channel));
                if let (Some(sample), Some(place)) = (sample, place) {
                    *place += weight * f32::from(*sample);
                }
            }
        }
    }
    let samples = mixed.into_iter().map(|s| s.round().clamp(-32_768.0, 32_767.0) as i16).collect();
    Stretch { rate: wide.rate, channels: wide.channels, first_frame: first, samples }
}

/// How far a piece at `wanted` is moved so that it is most like the sound at `natural`, which would have followed.
fn best(mono: &[f32], natural: i64, wanted: i64, hop: i64, reach: i64) -> i64 {
    let part = |centre: i64| -> Option<&[f32]> {
        mono.get(usize::try_from(centre - hop).ok()?..usize::try_from(centre + hop).ok()?)
    };
    let Some(model) = part(natural) else { return 0 };
    let alike = |shift: i64| {
        let piece = part(wanted + shift)?;
        let (mut product, mut power) = (0.0_f32, 1.0_f32);
        for (a, b) in model.iter().zip(piece).step_by(EVERY) {
            product += a * b;
            power += b * b;
        }
        Some((product / power.sqrt(), shift))
    };
    let found = (-reach..=reach).filter_map(alike).max_by(|a, b| a.0.total_cmp(&b.0));
    found.map_or(0, |(_, shift)| shift)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const RATE: u32 = 8_000;

    fn tone(frames: usize) -> Stretch {
        let wave = |n: usize| (10_000.0 * (n as f32 * 200.0 * std::f32::consts::TAU / RATE as f32).sin()) as i16;
        Stretch { rate: RATE, channels: 1, first_frame: 0, samples: (0..frames).map(wave).collect() }
    }

    /// Times a second at which it rises through zero.
    fn pitch(samples: &[i16]) -> f32 {
        let rises = samples.windows(2).filter(|pair| pair[0] < 0 && pair[1] >= 0).count();
        rises as f32 * RATE as f32 / samples.len() as f32
    }

    #[test]
    fn the_tempo_changes_and_the_pitch_stays() {
        let whole = tone(5 * RATE as usize);
        for percent in [75, 125, 150, 200] {
            let changed = change(&whole, 8_000, 16_000, percent);
            assert_eq!(changed.samples.len(), 16_000 * 100 / percent as usize);
            let heard = pitch(&changed.samples);
            assert!((heard - 200.0).abs() < 4.0, "{percent} %: {heard} Hz");
            let loud =
                changed.samples.iter().map(|s| i32::from(*s).pow(2) as f32).sum::<f32>() / changed.samples.len() as f32;
            assert!((loud.sqrt() - 7_071.0).abs() < 700.0, "{percent} %: as loud as before, {}", loud.sqrt());
        }
    }

    #[test]
    fn stretches_follow_each_other_without_a_click() {
        let whole = tone(5 * RATE as usize);
        let mut joined = change(&whole, 8_000, 8_000, 150).samples;
        let seam = joined.len();
        joined.extend(change(&whole, 16_000, 8_000, 150).samples);
        // A tone of 200 Hz moves by at most 1,571 from a sample to the next.
        let leap = joined[seam - 20..seam + 20].windows(2).map(|w| (i32::from(w[1]) - i32::from(w[0])).abs()).max();
        assert!(leap.unwrap() < 1_700, "{leap:?}");
    }

    #[test]
    fn the_end_of_a_recording_and_nothing_at_all_are_stretches_too() {
        let short = tone(100);
        assert_eq!(change(&short, 0, 100, 200).samples.len(), 50);
        assert!(change(&tone(0), 0, 0, 200).samples.is_empty());
    }
}
