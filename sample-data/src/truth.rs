//! What "really" happened on one invented line from March to July 2025. The files are views of this and nothing else.

use crate::seed::Seed;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

/// The line of the invented complainant: national ten digits.
pub const LINE: u64 = 907_120_45_18;
/// The two pools from which the advertiser calls: the first number and how many, each the fourth, are in use.
pub const POOLS: [(u64, u64); 2] = [(935_310_40_00, 24), (944_772_15_00, 20)];
/// The three spellings under which the advertiser is labelled.
pub const SPELLINGS: [&str; 3] = ["ООО ВЕКТОРИЯ", "ВЕКТОРИЯ ИТ", "ВЕКТОРИЯ: ИТ"];

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Answered; seconds of talk.
    Answered(u32),
    /// Nobody answered.
    Missed,
    /// The person declined it.
    Rejected,
    /// The phone's filter blocked it.
    Blocked,
}

impl Outcome {
    /// Seconds of talk.
    #[must_use]
    pub fn seconds(self) -> u32 {
        if let Self::Answered(seconds) = self { seconds } else { 0 }
    }
}

/// A call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Start by a right clock in Moscow.
    pub start: NaiveDateTime,
    /// The other party's national ten digits; `None` where it was withheld.
    pub number: Option<u64>,
    /// Whether it came in.
    pub incoming: bool,
    /// How it ended.
    pub outcome: Outcome,
    /// What the phone's screen showed as a name: a contact or a label.
    pub label: Option<&'static str>,
    /// Whether the phone was off: only the operator knows of the call, and tells by SMS.
    pub phone_off: bool,
}

/// Another service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Service {
    /// A text received from a number or a named sender.
    SmsIn(Sender),
    /// A text sent to a number.
    SmsOut(u64),
    /// A short command to the operator.
    Ussd,
    /// Kilobytes of data.
    Data(u32),
    /// A monthly fee in roubles.
    Fee(u32),
}

/// Who sent a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A number.
    Number(u64),
    /// An alphanumeric name.
    Name(&'static str),
    /// The operator, saying that this number called while the phone was off.
    CalledYou(u64),
}

/// When another service was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// By a right clock in Moscow.
    pub at: NaiveDateTime,
    /// What it was.
    pub service: Service,
}

/// Everything that happened, in order of time.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    /// Calls.
    pub calls: Vec<Call>,
    /// Other services.
    pub events: Vec<Event>,
}

/// The first day of the story.
pub const FIRST: NaiveDate = day(2025, 3, 1);
/// The last day of the story.
pub const LAST: NaiveDate = day(2025, 7, 31);

/// A date known to be right when the program is written.
#[must_use]
pub const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// Tells the story.
#[must_use]
pub fn truth(seed: u64) -> Truth {
    let mut tale = Tale { seed: Seed::new(seed), told: Truth::default() };
    tale.advertiser();
    tale.collector();
    tale.silence();
    tale.wanted();
    tale.services();
    tale.in_order()
}

struct Tale {
    seed: Seed,
    told: Truth,
}

impl Tale {
    fn date(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        let span = (last - first).num_days().unsigned_abs();
        first + Days::new(self.seed.below(span + 1))
    }

    fn workday(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDate {
        loop {
            let date = self.date(first, last);
            if !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
                return date;
            }
        }
    }

    fn time(&mut self, from_hour: i64, to_hour: i64) -> NaiveTime {
        let second = self.seed.between(from_hour * 3600, to_hour * 3600 - 1);
        NaiveTime::MIN + TimeDelta::seconds(second)
    }

    fn call(
        &mut self,
        start: NaiveDateTime,
        number: Option<u64>,
        incoming: bool,
        outcome: Outcome,
        label: Option<&'static str>,
    ) {
        self.told.calls.push(Call { start, number, incoming, outcome, label, phone_off: false });
    }

    /// An unwanted call is taken for a few seconds, missed, declined or blocked.
    fn unwanted(&mut self, answered_percent: u64, longest: i64) -> Outcome {
        if self.seed.chance(answered_percent) {
            return Outcome::Answered(self.seed.between(2, longest) as u32);
        }
        *self.seed.pick(&[Outcome::Missed, Outcome::Missed, Outcome::Rejected, Outcome::Blocked])
    }

    /// Two pools; the second takes over in May, and both are in use for five weeks. Calls come on workdays between
    /// ten and seven. The label is often not shown.
    fn advertiser(&mut self) {
        let seasons = [(FIRST, day(2025, 6, 8), 78), (day(2025, 5, 5), LAST, 70)];
        for (pool, (first, last, calls)) in seasons.into_iter().enumerate() {
            let (base, in_use) = POOLS[pool];
            for _ in 0..calls {
                let start = self.workday(first, last).and_time(self.time(10, 19));
                let number = base + self.seed.below(in_use) * 4;
                let outcome = self.unwanted(48, 40);
                let label = self.seed.chance(55).then(|| match (pool, self.seed.below(4)) {
                    (0, 0..3) => SPELLINGS[0],
                    (0, _) => SPELLINGS[1],
                    (_, 0..2) => SPELLINGS[2],
                    (_, 2) => SPELLINGS[1],
                    _ => SPELLINGS[0],
                });
                self.call(start, Some(number), true, outcome, label);
            }
        }
    }

    /// A debt collector who has the wrong person: up to three calls a day, on some days before eight in the morning.
    fn collector(&mut self) {
        const NUMBERS: [u64; 3] = [957_440_17_02, 957_440_17_05, 957_440_93_60];
        for _ in 0..26 {
            let date = self.date(day(2025, 4, 7), day(2025, 7, 20));
            for _ in 0..=self.seed.below(3) {
                let start = date.and_time(if self.seed.chance(12) { self.time(7, 8) } else { self.time(8, 22) });
                let number = *self.seed.pick(&NUMBERS);
                let outcome = self.unwanted(40, 180);
                let label = self.seed.chance(70).then_some("ПКО «Серая гавань»");
                self.call(start, Some(number), true, outcome, label);
            }
        }
    }

    /// Calls in which nobody speaks, from numbers that never repeat, and a few that are withheld.
    fn silence(&mut self) {
        for i in 0..32 {
            let start = self.date(FIRST, LAST).and_time(self.time(9, 21));
            let number = if i < 6 { None } else { Some(973_000_00_00 + self.seed.below(10_000_000)) };
            let outcome = self.unwanted(45, 4);
            self.call(start, number, true, outcome, None);
        }
    }

    /// The bank, the couriers, the clinic, the friends.
    fn wanted(&mut self) {
        const FRIENDS: [(u64, &str, u64); 5] = [
            (907_305_11_24, "Мама", 34),
            (940_551_70_08, "Олег дача", 26),
            (943_101_52_63, "Маша 😎", 30),
            (975_808_09_41, "Дед Матвей", 14),
            (907_305_88_10, "Лида (школа)", 12),
        ];
        for (number, name, calls) in FRIENDS {
            for _ in 0..calls {
                let start = self.date(FIRST, LAST).and_time(self.time(9, 22));
                let incoming = self.seed.chance(45);
                let outcome = if self.seed.chance(85) {
                    // A few talks last longer than an hour, which minutes:seconds must survive.
                    let longest = if self.seed.chance(4) { 5400 } else { 900 };
                    Outcome::Answered(self.seed.between(8, longest) as u32)
                } else {
                    Outcome::Missed
                };
                self.call(start, Some(number), incoming, outcome, Some(name));
            }
        }
        for _ in 0..18 {
            let start = self.workday(FIRST, LAST).and_time(self.time(10, 18));
            let number = *self.seed.pick(&[946_200_01_11, 946_200_01_12]);
            let outcome = self.unwanted(70, 300);
            let label = self.seed.chance(80).then_some("Банк Тихий берег");
            self.call(start, Some(number), true, outcome, label);
        }
        for _ in 0..34 {
            let start = self.date(FIRST, LAST).and_time(self.time(9, 21));
            let number = Some(998_600_00_00 + self.seed.below(1_000_000));
            let outcome = Outcome::Answered(self.seed.between(6, 70) as u32);
            let label = self.seed.chance(60).then_some("Скороход — доставка");
            self.call(start, number, true, outcome, label);
            if self.seed.chance(20) {
                let again = start + TimeDelta::seconds(self.seed.between(300, 1200));
                let outcome = Outcome::Answered(self.seed.between(6, 70) as u32);
                self.call(again, number, false, outcome, None);
            }
        }
    }

    fn services(&mut self) {
        for _ in 0..64 {
            let at = self.date(FIRST, LAST).and_time(self.time(8, 23));
            let service = match self.seed.below(10) {
                0..3 => Service::SmsIn(Sender::Name("TIHBEREG")),
                3 => Service::SmsIn(Sender::Name("Skorohod")),
                4 => Service::SmsIn(Sender::Number(943_101_52_63)),
                5 => Service::SmsOut(943_101_52_63),
                6 => Service::Ussd,
                _ => Service::Data(self.seed.between(40, 90_000) as u32),
            };
            self.told.events.push(Event { at, service });
        }
        for month in 3..=7 {
            let at = day(2025, month, 5).and_time(self.time(3, 4));
            self.told.events.push(Event { at, service: Service::Fee(450) });
        }
    }

    /// Puts the calls in order and apart from one another, so that no two could be taken for one; then turns the
    /// phone off for a few of the missed ones.
    fn in_order(mut self) -> Truth {
        self.told.calls.sort_by_key(|call| (call.start, call.number));
        let mut free = FIRST.and_time(NaiveTime::MIN);
        for call in &mut self.told.calls {
            call.start = call.start.max(free);
            free = call.start + TimeDelta::seconds(i64::from(call.outcome.seconds()) + 240);
        }
        self.told.calls.retain(|call| call.start.date() <= LAST);
        let mut off = 0;
        for call in &mut self.told.calls {
            let (Some(number), Outcome::Missed, true) = (call.number, call.outcome, call.incoming) else { continue };
            if off < 6 && call.label.is_none() && self.seed.chance(20) {
                call.phone_off = true;
                off += 1;
                let at = call.start + TimeDelta::minutes(47);
                self.told.events.push(Event { at, service: Service::SmsIn(Sender::CalledYou(number)) });
            }
        }
        self.told.events.sort_by_key(|event| event.at);
        self.told
    }
}
