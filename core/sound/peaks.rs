//! The waveform: for each bucket of time the lowest and the highest sample, in memory that does not grow.

/// What a recording looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waveform {
    /// Length as decoded, in milliseconds.
    pub duration_ms: u32,
    /// Length of a bucket in milliseconds.
    pub bucket_ms: u32,
    /// Lowest and highest sample of each bucket, alternating; full scale is 127.
    pub peaks: Vec<i8>,
}

/// The finest bucket.
const FINEST_MS: u32 = 20;
/// Beyond so many buckets every two become one.
const MOST: usize = 4_096;

/// Collects samples into buckets.
pub(super) struct Peaks {
    rate: u32,
    bucket_ms: u32,
    filled: u64,
    frames: u64,
    low: f32,
    high: f32,
    buckets: Vec<(i8, i8)>,
}

impl Peaks {
    /// For sound of `rate` frames a second.
    pub(super) fn new(rate: u32) -> Self {
        Self { rate, bucket_ms: FINEST_MS, filled: 0, frames: 0, low: 0.0, high: 0.0, buckets: Vec::new() }
    }

    /// Takes a frame: the samples of all channels at one time.
    pub(super) fn frame(&mut self, samples: &[f32]) {
        for sample in samples {
            self.low = self.low.min(*sample);
            self.high = self.high.max(*sample);
        }
        self.frames += 1;
        self.filled += 1;
        if self.filled >= (u64::from(self.rate) * u64::from(self.bucket_ms) / 1_000).max(1) {
            self.close();
        }
    }

    fn close(&mut self) {
        // A sample that is no number falls to zero.
        let scaled = |sample: f32| (sample * 127.0).round().clamp(-127.0, 127.0) as i8;
        self.buckets.push((scaled(self.low), scaled(self.high)));
        (self.filled, self.low, self.high) = (0, 0.0, 0.0);
        if self.buckets.len() == MOST {
            self.buckets = self
                .buckets
                .chunks(2)
                .map(|pair| pair.iter().fold((0, 0), |(low, high), b| (low.min(b.0), high.max(b.1))))
                .collect();
            self.bucket_ms *= 2;
        }
    }

    /// The waveform; `None` where there was no sound at all.
    pub(super) fn finish(mut self) -> Option<Waveform> {
        if self.filled > 0 {
            self.close();
        }
        let duration_ms = u32::try_from(self.frames * 1_000 / u64::from(self.rate.max(1))).unwrap_or(u32::MAX);
        (self.frames > 0).then(|| Waveform {
            duration_ms,
            bucket_ms: self.bucket_ms,
            peaks: self.buckets.iter().flat_map(|(low, high)| [*low, *high]).collect(),
        })
    }
}
