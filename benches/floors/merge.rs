//! The least that finds common calls of two sources: both sorted by number and start, one pass over both.

use ulika::model::{RecordKey, SourceId};

/// Pairs of one number within two minutes, each record used once.
pub fn sorted_and_merged(records: &[RecordKey]) -> usize {
    let side = |source: i64| -> Vec<(u32, i64, i32)> {
        let of = records.iter().filter(|r| r.source == SourceId(source));
        let mut rows: Vec<_> = of.map(|r| (r.number, r.start, r.duration_s)).collect();
        rows.sort_unstable();
        rows
    };
    let (first, second) = (side(1), side(2));
    let (mut a, mut b, mut pairs) = (0, 0, 0);
    while let (Some(x), Some(y)) = (first.get(a), second.get(b)) {
        if x.0 == y.0 && (x.1 - y.1).abs() <= 120 {
            pairs += 1;
            (a, b) = (a + 1, b + 1);
        } else if (x.0, x.1) < (y.0, y.1) {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}
