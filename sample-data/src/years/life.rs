//! Ordinary life: whom everybody talks with, and who rings once.

use super::span::{DAYS, at, talk, weekend};
use super::{Caller, Year, YearCall};

impl Year {
    fn call(
        &mut self,
        number: Option<u64>,
        start: i64,
        length_s: u32,
        incoming: bool,
        label: Option<&str>,
        caller: Caller,
    ) {
        let label = label.map(str::to_owned);
        self.calls.push(YearCall { number, start, length_s, incoming, label, caller, spoofed: false });
    }

    fn day(&mut self) -> i64 {
        self.seed.between(0, DAYS - 1)
    }

    fn workday(&mut self) -> i64 {
        loop {
            let day = self.day();
            if !weekend(day) {
                return day;
            }
        }
    }
}

/// People with whom the person talks both ways; those whom the phone knows show their name.
pub fn acquaintances(year: &mut Year, labels: bool) {
    const NAMES: [&str; 8] = ["Мама", "Папа", "Лида", "Саша работа", "Игорь", "Тётя Вера", "Оля школа", "Сосед Витя"];
    for (at_home, known) in (0..34).map(|who| (who < 6, NAMES.get(who).filter(|_| labels))) {
        let (number, caller) = (year.number(), year.other());
        let calls = if at_home { year.seed.between(40, 90) } else { year.seed.between(6, 26) };
        for n in 0..calls {
            let day = if at_home { year.day() } else { year.workday() };
            let hours = if at_home { (8, 23) } else { (9, 20) };
            let start = at(&mut year.seed, day, hours);
            let incoming = n > 0 && year.seed.chance(50);
            let length = if year.seed.chance(20) { 0 } else { talk(&mut year.seed, if at_home { 240 } else { 130 }) };
            year.call(Some(number), start, length, incoming, known.copied(), caller);
        }
    }
}

/// Couriers, drivers, masters: each rings once or twice and never again.
pub fn deliveries(year: &mut Year, labels: bool) {
    const SHOWN: [&str; 4] = ["Доставка", "Возможно, курьер", "Служба доставки", "Такси"];
    for _ in 0..130 {
        let (number, caller, day) = (year.number(), year.other(), year.day());
        let mut start = at(&mut year.seed, day, (9, 22));
        for _ in 0..1 + year.seed.below(2) {
            let length = if year.seed.chance(20) { 0 } else { talk(&mut year.seed, 28) };
            let label = (labels && year.seed.chance(15)).then(|| *year.seed.pick(&SHOWN));
            year.call(Some(number), start, length, true, label, caller);
            start += year.seed.between(60, 1_500);
        }
    }
}

/// Strangers who dialled wrongly, and neighbours by chance: numbers side by side that have nothing in common.
pub fn strangers(year: &mut Year) {
    for _ in 0..30 {
        let (number, caller, day) = (year.number(), year.other(), year.day());
        let start = at(&mut year.seed, day, (8, 23));
        let length = talk(&mut year.seed, 12);
        year.call(Some(number), start, length, true, None, caller);
    }
    for _ in 0..8 {
        let first = year.number();
        for step in [0, 1 + year.seed.below(60)] {
            let (number, caller, day) = (first + step, year.other(), year.day());
            year.take(number);
            for _ in 0..1 + year.seed.below(3) {
                let start = at(&mut year.seed, day, (9, 21));
                let length = talk(&mut year.seed, 60);
                year.call(Some(number), start, length, true, None, caller);
            }
        }
    }
    for _ in 0..18 {
        let (caller, day) = (year.other(), year.day());
        let start = at(&mut year.seed, day, (9, 21));
        let length = talk(&mut year.seed, 50);
        year.call(None, start, length, true, None, caller);
    }
}

/// A clinic with a few numbers of its own, whose robot reminds of visits.
pub fn clinic(year: &mut Year, labels: bool) {
    let (block, caller) = (year.block(), year.other());
    let reminder = year.seed.between(18, 55);
    for _ in 0..28 {
        let number = block + 4_100 + year.seed.below(8);
        let day = year.workday();
        let start = at(&mut year.seed, day, (8, 20));
        let robot = year.seed.chance(50);
        let length = if robot { (reminder + year.seed.between(-1, 1)) as u32 } else { talk(&mut year.seed, 80) };
        let label = (labels && year.seed.chance(75)).then_some("Клиника «Ладога»");
        year.call(Some(number), start, length, true, label, caller);
    }
}

/// The bank in whose service the person is: `numbers` from `from` on. Answers those that it used.
pub fn bank(year: &mut Year, id: u32, name: &str, from: u64, labels: bool) -> Vec<u64> {
    let mut used = Vec::new();
    for _ in 0..70 {
        let number = from + year.seed.below(26);
        let day = year.workday();
        let start = at(&mut year.seed, day, (9, 21));
        let length = if year.seed.chance(25) { 0 } else { talk(&mut year.seed, 110) };
        let label = (labels && year.seed.chance(80)).then_some(name);
        year.call(Some(number), start, length, true, label, Caller::Bank(id));
        used.push(number);
    }
    used.sort_unstable();
    used.dedup();
    year.taken.extend(&used);
    used
}
