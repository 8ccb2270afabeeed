//! Days and hours of the year, by a clock in Moscow.

use crate::Seed;

/// The first midnight of 2025 in Moscow, Unix seconds.
const FIRST: i64 = 1_735_678_800;
/// Days of the year.
pub const DAYS: i64 = 365;
const DAY: i64 = 86_400;

/// Whether a day is a Saturday or a Sunday; the year began on a Wednesday.
pub fn weekend(day: i64) -> bool {
    (day + 2) % 7 >= 5
}

/// A moment of a day between two hours.
pub fn at(seed: &mut Seed, day: i64, (from, until): (i64, i64)) -> i64 {
    FIRST + day * DAY + seed.between(from * 3_600, until * 3_600 - 1)
}

/// Length of talk between people: mostly short, seldom long.
pub fn talk(seed: &mut Seed, usual: i64) -> u32 {
    // The product of two fractions lies near nought far more often than near one.
    let share = seed.fraction() * seed.fraction() * 4.0;
    (4.0 + share * usual as f64) as u32
}
