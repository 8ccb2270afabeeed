//! How far one clock is ahead of another over time: steadily, drifting, or in steps (set anew, another zone).
//!
//! Found from pairs of records, as the cheapest cut of time into stretches, each with one offset or an offset that
//! drifts. A single wrong pair costs no more than [`CAP_MS`], a stretch costs as much as a handful of pairs that lie
//! wrong by the least change told, so that neither strays nor noise (a source that writes minutes) make a change.

/// A pair of records: start by the first clock, and how far the second is ahead.
pub type Point = (i64, i32);

/// Fewer pairs say nothing about a change of a clock.
const FEWEST: usize = 12;
/// Pairs of the shortest stretch.
const SHORTEST: usize = 6;
/// More pairs tell no more of a course: every so many-th is looked at.
const MOST: usize = 1 << 15;
/// Pairs from which the stretches are found; the others then say where exactly they end.
const SAMPLE: usize = 160;
/// Of a stretch, pairs whose slopes are compared.
const SLOPES: usize = 16;
/// Pairs that lie so close to one offset on the average need no other explanation.
const STEADY_MS: i64 = 2_000;
/// The least change that is told.
const LEAST_MS: i64 = 8_000;
/// What a pair that fits nowhere counts at most.
const CAP_MS: i64 = 300_000;
const DAY_S: i64 = 86_400;

/// A stretch of time through which a clock keeps its course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins by the first clock; of the first stretch, its first pair.
    pub from: i64,
    /// Its last pair, by the first clock.
    pub until: i64,
    /// How far the second clock is ahead at [`Stretch::from`], milliseconds.
    offset_ms: i64,
    /// By how much more each day, milliseconds.
    pub drift_ms_a_day: i64,
    /// Pairs in it.
    pub paired: u32,
}

impl Stretch {
    fn at_ms(&self, t: i64) -> i64 {
        self.offset_ms + drifted(self.drift_ms_a_day, t.saturating_sub(self.from))
    }

    /// How far the second clock is ahead at a time of the first, seconds.
    #[must_use]
    pub fn at(&self, t: i64) -> i64 {
        (self.at_ms(t) + 500).div_euclid(1_000)
    }
}

/// How a clock runs beside another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Stretches in order of time, at least one.
    stretches: Vec<Stretch>,
}

impl Course {
    /// The course by which two clocks run, as pairs of records tell it; `None` where one offset explains the pairs, or
    /// there are too few of them.
    #[must_use]
    pub fn of(mut points: Vec<Point>) -> Option<Self> {
        if points.len() < FEWEST {
            return None;
        }
        let all = (points.len() > MOST).then(|| points.clone());
        if all.is_some() {
            points = thinned(&points, MOST);
        }
        points.sort_unstable();
        let steady = Model::steady(&points);
        if steady.cost <= STEADY_MS * points.len() as i64 {
            return None;
        }
        let sample = thinned(&points, SAMPLE);
        let stretches = refined(&points, &sample, &cut(&sample));
        let mut course = Self { stretches };
        if let Some(all) = all {
            course.stretches.iter_mut().for_each(|s| s.paired = 0);
            for (t, _) in all {
                let after = course.place(t);
                course.stretches[after].paired += 1;
            }
        }
        let cost: i64 = points.iter().map(|p| deviation(*p, course.stretch(p.0).at_ms(p.0))).sum();
        let changes = course.stretches.len() > 1 || course.stretches[0].drift_ms_a_day != 0;
        (changes && cost * 2 <= steady.cost).then_some(course)
    }

    /// How far the second clock is ahead at a time of the first, seconds.
    #[must_use]
    pub fn at(&self, t: i64) -> i64 {
        self.stretch(t).at(t)
    }

    /// Whether another is the same within a second or two wherever either changes.
    pub(super) fn is_close_to(&self, other: &Self) -> bool {
        let ends = self.stretches.iter().chain(&other.stretches).flat_map(|s| [s.from, s.until]);
        self.stretches.len() == other.stretches.len() && ends.into_iter().all(|t| (self.at(t) - other.at(t)).abs() <= 2)
    }

    /// Stretches in order of time.
    #[must_use]
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Which of its stretches a time of the first clock is in.
    pub(super) fn place(&self, t: i64) -> usize {
        self.stretches[1..].partition_point(|s| s.from <= t)
    }

    /// Whether a pair lies as near as no change would be told by.
    pub(super) fn is_near(&self, point: Point) -> bool {
        deviation(point, self.stretch(point.0).at_ms(point.0)) < LEAST_MS
    }

    fn stretch(&self, t: i64) -> &Stretch {
        &self.stretches[self.place(t)]
    }
}

fn drifted(drift_ms_a_day: i64, seconds: i64) -> i64 {
    i64::try_from(i128::from(drift_ms_a_day) * i128::from(seconds) / i128::from(DAY_S)).unwrap_or(0)
}

fn deviation(point: Point, expected_ms: i64) -> i64 {
    (i64::from(point.1) * 1_000 - expected_ms).abs().min(CAP_MS)
}

fn thinned(points: &[Point], count: usize) -> Vec<Point> {
    let count = count.min(points.len());
    (0..count).map(|at| points[at * (points.len() - 1) / (count - 1).max(1)]).collect()
}

/// One line through the pairs of a stretch.
#[derive(Clone, Copy)]
struct Model {
    origin: i64,
    offset_ms: i64,
    drift_ms_a_day: i64,
    cost: i64,
}

impl Model {
    fn at(&self, t: i64) -> i64 {
        self.offset_ms + drifted(self.drift_ms_a_day, t - self.origin)
    }

    fn with(points: &[Point], drift_ms_a_day: i64) -> Self {
        let origin = points[0].0;
        let mut offsets: Vec<i64> =
            points.iter().map(|(t, d)| i64::from(*d) * 1_000 - drifted(drift_ms_a_day, t - origin)).collect();
        let offset_ms = super::offset::median(&mut offsets).unwrap_or(0);
        let mut model = Self { origin, offset_ms, drift_ms_a_day, cost: 0 };
        model.cost = points.iter().map(|p| deviation(*p, model.at(p.0))).sum();
        model
    }

    fn steady(points: &[Point]) -> Self {
        Self::with(points, 0)
    }

    /// The middle of the slopes between any two of a few pairs.
    fn drifting(points: &[Point]) -> Option<Self> {
        let few = thinned(points, SLOPES);
        let mut slopes: Vec<i64> = (0..few.len())
            .flat_map(|to| few[..to].iter().map(move |from| (from, to)))
            .filter(|(from, to)| few[*to].0 > from.0)
            .map(|(from, to)| i64::from(few[to].1 - from.1) * 1_000 * DAY_S / (few[to].0 - from.0))
            .collect();
        let drift = super::offset::median(&mut slopes)?;
        let span = points[points.len() - 1].0 - points[0].0;
        (drifted(drift, span).abs() >= LEAST_MS).then(|| Self::with(points, drift))
    }

    /// The better of the two; a drift must be worth `dear`.
    fn of(points: &[Point], dear: i64) -> Self {
        let steady = Self::steady(points);
        // Where one offset is as good as can be, a drift cannot be worth its price.
        if points.len() < FEWEST || steady.cost <= dear {
            return steady;
        }
        Self::drifting(points).filter(|drifting| drifting.cost + dear < steady.cost).unwrap_or(steady)
    }
}

/// What a stretch, or a drift, costs: several pairs that lie wrong by the least change, and what noise may gain.
fn price(sample: &[Point]) -> i64 {
    let mut steps: Vec<i64> =
        sample.windows(2).map(|w| (i64::from(w[1].1 - w[0].1) * 1_000).abs().min(CAP_MS)).collect();
    let noise = super::offset::median(&mut steps).unwrap_or(0);
    5 * LEAST_MS + 10 * noise
}

/// Ends of the stretches by which the sample is explained at least cost.
fn cut(sample: &[Point]) -> Vec<usize> {
    let dear = price(sample);
    let mut best: Vec<(i64, usize)> = vec![(0, 0)];
    for end in 1..=sample.len() {
        let whole = |from: usize| end - from >= SHORTEST || (from == 0 && end == sample.len());
        let costs = (0..end).filter(|from| whole(*from) && best[*from].0 < i64::MAX).map(|from| {
            let model = Model::of(&sample[from..end], dear);
            let drift = if model.drift_ms_a_day == 0 { 0 } else { dear };
            (best[from].0 + model.cost + drift + dear, from)
        });
        best.push(costs.min().unwrap_or((i64::MAX, 0)));
    }
    let mut ends = vec![sample.len()];
    while let Some(from) = ends.last().map(|end| best[*end].1).filter(|from| *from > 0) {
        ends.push(from);
    }
    ends.reverse();
    ends
}

/// The stretches with all the pairs: where each ends exactly, and its line.
fn refined(points: &[Point], sample: &[Point], ends: &[usize]) -> Vec<Stretch> {
    let dear = price(sample);
    let mut models = Vec::with_capacity(ends.len());
    let mut begin = 0;
    for end in ends {
        models.push(Model::of(&sample[begin..*end], dear));
        begin = *end;
    }
    let mut stretches: Vec<Stretch> = Vec::with_capacity(ends.len());
    let mut begin = 0;
    for (index, end) in ends.iter().enumerate() {
        let end = match models.get(index + 1) {
            Some(next) => between(points, sample[end - 1].0, sample[*end].0, &models[index], next),
            None => points.len(),
        };
        let part = &points[begin.min(end)..end];
        begin = end.max(begin);
        let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
        let from = stretches.last().map_or(first.0, |before| before.until + (first.0 - before.until) / 2);
        let model = Model::of(part, dear);
        let moved = drifted(model.drift_ms_a_day, from - model.origin);
        stretches.push(Stretch {
            from,
            until: last.0,
            offset_ms: model.offset_ms + moved,
            drift_ms_a_day: model.drift_ms_a_day,
            paired: u32::try_from(part.len()).unwrap_or(u32::MAX),
        });
    }
    stretches
}

/// Where, among the pairs between two times, the first line ends and the second begins.
fn between(points: &[Point], from: i64, to: i64, first: &Model, second: &Model) -> usize {
    let begin = points.partition_point(|p| p.0 <= from);
    let end = points.partition_point(|p| p.0 < to);
    let mut cost = 0;
    let mut best = (0, begin);
    for (at, point) in points.iter().enumerate().take(end).skip(begin) {
        cost += deviation(*point, first.at(point.0)) - deviation(*point, second.at(point.0));
        best = best.min((cost, at + 1));
    }
    best.1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    /// Two calls a day, the clock ahead as `ahead` says of a day, and a second or two of noise.
    fn points(days: i64, ahead: impl Fn(f64) -> f64) -> Vec<Point> {
        (0..days * 2)
            .map(|i| {
                let t = i * 43_200 + (i * i * 7_919) % 20_000;
                (t, ahead(t as f64 / 86_400.0) as i32 + [0, 1, -1, 2, 0][i as usize % 5])
            })
            .collect()
    }

    #[test]
    fn one_offset_is_no_change() {
        assert_eq!(Course::of(points(100, |_| 37.0)), None);
        assert_eq!(Course::of(points(5, |day| day * 50.0)), None, "too few pairs");
        let minutes = (0..200).map(|i| (i * 40_000, (i * 7_919 % 61) as i32 - 30)).collect();
        assert_eq!(Course::of(minutes), None, "a source that writes minutes is noise");
    }

    #[test]
    fn strays_are_no_change() {
        let mut strays = points(100, |_| 5.0);
        for at in (0..200).step_by(11) {
            strays[at].1 += 110 * if at % 2 == 0 { 1 } else { -1 };
        }
        assert_eq!(Course::of(strays), None);
    }

    #[test]
    fn a_drift_is_found() {
        let course = Course::of(points(180, |day| 10.0 + day * 0.5)).unwrap();
        let [only] = course.stretches() else { panic!("{course:?}") };
        assert!((450..=550).contains(&only.drift_ms_a_day), "{only:?}");
        for day in [0, 90, 179] {
            assert!((course.at(day * DAY_S) - 10 - day / 2).abs() <= 2, "{day}: {}", course.at(day * DAY_S));
        }
    }

    #[test]
    fn steps_are_found_where_they_are() {
        for (before, after) in [(0.0, 40.0), (3_600.0, 0.0), (-20.0, 90.0)] {
            let course = Course::of(points(100, |day| if day < 70.0 { before } else { after })).unwrap();
            let [first, second] = course.stretches() else { panic!("{course:?}") };
            assert!((second.from - 70 * DAY_S).abs() <= DAY_S, "{second:?}");
            assert!((first.at(0) - before as i64).abs() <= 1 && (second.at(second.from) - after as i64).abs() <= 1);
            assert_eq!(first.paired + second.paired, 200);
        }
        let trip = Course::of(points(100, |day| if (40.0..65.0).contains(&day) { 7_200.0 } else { 3.0 })).unwrap();
        let offsets: Vec<i64> = trip.stretches().iter().map(|s| s.at(s.from) / 100 * 100).collect();
        assert_eq!(offsets, [0, 7_200, 0], "{trip:?}");
    }

    #[test]
    fn a_clock_that_drifts_and_is_set_again_has_both() {
        let course = Course::of(points(120, |day| (day % 60.0) * 1.5)).unwrap();
        assert_eq!(course.stretches().len(), 2, "{course:?}");
        assert!(course.stretches().iter().all(|s| (1_300..=1_700).contains(&s.drift_ms_a_day)), "{course:?}");
    }
}
