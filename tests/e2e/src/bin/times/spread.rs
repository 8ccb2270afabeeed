//! Many measurements of one thing.

/// The measurements.
#[derive(Default)]
pub struct Spread(Vec<f64>);

impl Spread {
    /// Takes in one more.
    pub fn add(&mut self, value: f64) {
        self.0.push(value);
    }

    /// Takes in more.
    pub fn extend(&mut self, values: Vec<f64>) {
        self.0.extend(values);
    }

    /// The value below which this many of a hundred lie; not a number where nothing was measured.
    pub fn at(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
    }
}
