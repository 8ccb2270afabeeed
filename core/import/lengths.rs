//! To what unit a file rounds lengths up, as its rows show it: the operator's paid minutes.

/// Lengths of so many calls prove a unit that nothing names.
const ENOUGH: u64 = 8;
const MINUTE_S: u32 = 60;

/// What the lengths of a file have in common.
#[derive(Default)]
pub(super) struct Lengths {
    calls: u64,
    /// Of these, those that are whole minutes.
    whole: u64,
    /// Those whose row says that it is counted in minutes.
    counted: u64,
    last: u32,
    /// Whether they differ: calls that a machine ends after a minute prove nothing.
    differ: bool,
}

impl Lengths {
    /// Takes the length of a call that was answered.
    pub fn take(&mut self, seconds: u32, counted_in_minutes: bool) {
        self.differ |= self.calls > 0 && seconds != self.last;
        self.last = seconds;
        self.calls += 1;
        self.whole += u64::from(seconds.is_multiple_of(MINUTE_S));
        self.counted += u64::from(counted_in_minutes);
    }

    /// Whether more lengths may still make a unit: one that is no whole minute ends it.
    pub fn are_open(&self) -> bool {
        self.whole == self.calls
    }

    /// Calls with a length.
    pub fn calls(&self) -> u64 {
        self.calls
    }

    /// Whether every row says that it is counted in minutes.
    pub fn are_counted_in_minutes(&self) -> bool {
        self.calls > 0 && self.counted == self.calls
    }

    /// The unit, where there is one: all are whole minutes, and either every row says that it is counted in them, or
    /// there are so many of them that it is no chance.
    pub fn unit_s(&self) -> Option<u32> {
        let proven = self.are_counted_in_minutes() || (self.calls >= ENOUGH && self.differ);
        (proven && self.whole == self.calls).then_some(MINUTE_S)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(lengths: impl Iterator<Item = u32>, counted: bool) -> Option<u32> {
        let mut seen = Lengths::default();
        lengths.for_each(|length| seen.take(length, counted));
        seen.unit_s()
    }

    #[test]
    fn whole_minutes_are_a_unit_where_they_are_no_chance() {
        let minutes = |n: u32| (0..n).map(|i| (i % 3 + 1) * 60);
        assert_eq!(unit(minutes(8), false), Some(60));
        assert_eq!(unit(minutes(7), false), None);
        assert_eq!(unit(minutes(30).chain([61]), false), None);
        assert_eq!(unit((0..40).map(|_| 60), false), None, "a machine that hangs up after a minute");
        assert_eq!(unit(minutes(1), true), Some(60), "the row says so itself");
        assert_eq!(unit([60, 61].into_iter(), true), None, "what is paid by minutes may be stated in seconds");
        assert_eq!(unit(std::iter::empty(), true), None);
    }
}
