//! What charts say, Russian and English: calm, short, in plain words.

use super::scale::{Span, Unit};
use crate::model::{Zone, counted, day_written, grouped, grouped_en, month};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// The language of a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Tongue {
    /// Russian.
    #[default]
    Ru,
    /// English.
    En,
}

use Tongue::{En, Ru};

/// A text in both languages.
macro_rules! said {
    ($(#[$meta:meta])* $name:ident: $ru:literal, $en:literal) => {
        $(#[$meta])*
        pub(super) fn $name(self) -> &'static str {
            match self { Ru => $ru, En => $en }
        }
    };
}

impl Tongue {
    fn english(self) -> bool {
        self == En
    }

    /// A count as it is written.
    pub(super) fn count(self, n: u32) -> String {
        match self {
            Ru => grouped(u64::from(n)),
            En => grouped_en(u64::from(n)),
        }
    }

    fn nouns(self, n: u32, ru: [&str; 3], en: [&str; 2]) -> String {
        match self {
            Ru => counted(u64::from(n), ru[0], ru[1], ru[2]),
            En => format!("{} {}", self.count(n), if n == 1 { en[0] } else { en[1] }),
        }
    }

    pub(super) fn calls(self, n: u32) -> String {
        self.nouns(n, ["звонок", "звонка", "звонков"], ["call", "calls"])
    }

    /// «с 5 номеров».
    fn of_numbers(self, n: u32) -> String {
        let count = self.nouns(n, ["номера", "номеров", "номеров"], ["number", "numbers"]);
        match self {
            Ru => format!("с {count}"),
            En => format!("from {count}"),
        }
    }

    pub(super) fn numbers(self, n: u32) -> String {
        self.nouns(n, ["номер", "номера", "номеров"], ["number", "numbers"])
    }

    pub(super) fn day(self, day: NaiveDate) -> String {
        day_written(day, self.english())
    }

    /// «3 сен 2025 – 5 окт 2025», one day as such.
    pub(super) fn days(self, first: Option<NaiveDate>, last: Option<NaiveDate>) -> String {
        match (first, last) {
            (Some(first), Some(last)) if first != last => format!("{} – {}", self.day(first), self.day(last)),
            (Some(day), _) | (None, Some(day)) => self.day(day),
            (None, None) => String::new(),
        }
    }

    /// «время московское».
    pub(super) fn zone(self, zone: &Zone) -> String {
        match (self, zone.name().as_str()) {
            (Ru, "Europe/Moscow") => "время московское".to_owned(),
            (En, "Europe/Moscow") => "Moscow time".to_owned(),
            (Ru, name) => format!("время: {name}"),
            (En, name) => format!("time: {name}"),
        }
    }

    said!(hours_title: "Звонки по часам и дням недели", "Calls by hour and weekday");
    said!(block_title: "Номера подряд: какие из них звонили и когда", "Neighbouring numbers: which of them called, and when");
    said!(lanes_title: "Номера во времени", "Numbers in time");
    said!(graph_title: "Подпись, номер и кому выделен диапазон", "Label, number, and to whom the range was allotted");
    said!(no_calls: "Звонков нет: рисовать нечего.", "No calls: nothing to draw.");
    said!(no_block: "Номеров подряд в этой группе нет.", "There are no neighbouring numbers in this group.");
    said!(no_links: "Подписей у звонков нет, и реестр нумерации не загружен: связывать не с чем.", "The calls have no labels, and no numbering register is loaded: there is nothing to link.");
    said!(no_hours: "Часы звонков неизвестны: рисовать нечего.", "The hours of the calls are not known: nothing to draw.");
    said!(calls_axis: "звонков", "calls");
    said!(hour_axis: "часы", "hours");
    said!(weekday_axis: "дни недели", "weekdays");
    said!(weekday: "День недели", "Weekday");
    said!(total: "Всего", "Total");
    said!(ungrouped: "вне групп", "in no group");
    said!(hidden: "номер скрыт", "number hidden");
    said!(unlabelled: "без подписи", "no label");
    said!(label: "Подпись", "Label");
    said!(number: "Номер", "Number");
    said!(holder: "Кому выделен диапазон", "Range allotted to");
    said!(unallotted: "в реестре не найден", "not in the register");
    said!(calls_column: "Звонков", "Calls");
    said!(first_call: "Первый звонок", "First call");
    said!(last_call: "Последний звонок", "Last call");
    said!(days_column: "Дней со звонками", "Days with calls");
    said!(block_column: "Номера", "Numbers");
    said!(used_column: "Из них звонили", "Of them called");
    said!(no_register: "Реестр нумерации не загружен, поэтому не сказано, кому выделены диапазоны.", "No numbering register is loaded, so it is not said to whom ranges were allotted.");

    pub(super) fn weekday_name(self, weekday: usize) -> &'static str {
        const NAMES: [[&str; 7]; 2] =
            [["пн", "вт", "ср", "чт", "пт", "сб", "вс"], ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]];
        NAMES[usize::from(self.english())].get(weekday).copied().unwrap_or("")
    }

    pub(super) fn days_title(self, unit: Unit) -> &'static str {
        match (self, unit) {
            (Ru, Unit::Day) => "Звонки по дням",
            (Ru, Unit::Week) => "Звонки по неделям",
            (Ru, Unit::Month) => "Звонки по месяцам",
            (Ru, Unit::Year) => "Звонки по годам",
            (En, Unit::Day) => "Calls per day",
            (En, Unit::Week) => "Calls per week",
            (En, Unit::Month) => "Calls per month",
            (En, Unit::Year) => "Calls per year",
        }
    }

    /// The heading of the column that names columns of time.
    pub(super) fn unit(self, unit: Unit) -> &'static str {
        match (self, unit) {
            (Ru, Unit::Day) => "День",
            (Ru, Unit::Week) => "Неделя с",
            (Ru, Unit::Month) => "Месяц",
            (Ru, Unit::Year) => "Год",
            (En, Unit::Day) => "Day",
            (En, Unit::Week) => "Week from",
            (En, Unit::Month) => "Month",
            (En, Unit::Year) => "Year",
        }
    }

    /// A column of time under its axis and in the table: a day, the first day of a week, a month, a year.
    pub(super) fn column(self, span: &Span, column: usize) -> String {
        let Some(day) = span.first(column) else { return String::new() };
        match span.unit {
            Unit::Day | Unit::Week => self.day(day),
            Unit::Month => format!("{}\u{a0}{}", month(day, self.english()), day.year()),
            Unit::Year => day.year().to_string(),
        }
    }

    /// The same within a sentence.
    pub(super) fn column_said(self, span: &Span, column: usize) -> String {
        match (self, span.unit) {
            (Ru, Unit::Week) => format!("неделя с {}", self.column(span, column)),
            (En, Unit::Week) => format!("week from {}", self.column(span, column)),
            _ => self.column(span, column),
        }
    }

    /// «всего 12 звонков; больше всего …: 5 · время московское».
    pub(super) fn lead(self, calls: u32, most: Option<(String, u32)>, zone: &Zone) -> String {
        let all = match self {
            Ru => format!("всего {}", self.calls(calls)),
            En => format!("{} in all", self.calls(calls)),
        };
        let most = most.map_or_else(String::new, |(when, n)| match self {
            Ru => format!("; больше всего — {when}: {}", self.count(n)),
            En => format!("; the most — {when}: {}", self.count(n)),
        });
        format!("{all}{most} · {}", self.zone(zone))
    }

    pub(super) fn other_groups(self, n: u32) -> String {
        match self {
            Ru => format!("остальные ({})", counted(u64::from(n), "группа", "группы", "групп")),
            En => format!("the others ({})", self.nouns(n, ["", "", ""], ["group", "groups"])),
        }
    }

    pub(super) fn without_hour(self, n: u32) -> String {
        match self {
            Ru => format!(
                "У {} известен только день: здесь их нет.",
                counted(u64::from(n), "звонка", "звонков", "звонков")
            ),
            En => format!("Of {} only the day is known: they are not here.", self.calls(n)),
        }
    }

    pub(super) fn hour(self, weekday: usize, hour: usize) -> String {
        format!("{}, {hour}:00–{hour}:59", self.weekday_name(weekday))
    }

    /// What is to be seen in the lanes.
    pub(super) fn lanes_lead(self, numbers: u32, calls: u32, unit: Unit, zone: &Zone) -> String {
        let what = match (self, unit) {
            (Ru, Unit::Day) => "закрашен день",
            (Ru, Unit::Week) => "закрашена неделя",
            (Ru, Unit::Month) => "закрашен месяц",
            (Ru, Unit::Year) => "закрашен год",
            (En, Unit::Day) => "a day is filled",
            (En, Unit::Week) => "a week is filled",
            (En, Unit::Month) => "a month is filled",
            (En, Unit::Year) => "a year is filled",
        };
        let whose = match (self, unit) {
            (Ru, Unit::Week) => "в которую номер звонил",
            (Ru, _) => "в который номер звонил",
            (En, _) => "in which the number called",
        };
        let what = if self == Ru { format!("{what}, {whose}") } else { format!("{what} {whose}") };
        format!("{} {}; {what} · {}", self.calls(calls), self.of_numbers(numbers), self.zone(zone))
    }

    /// «+7 …: 12 звонков, 3 сен 2025 – 5 окт 2025».
    pub(super) fn of_number(self, number: &str, calls: u32, days: &str) -> String {
        format!("{number}: {}, {days}", self.calls(calls))
    }

    pub(super) fn numbers_not_drawn(self, numbers: u32, calls: u32, drawn: u32) -> String {
        match self {
            Ru => format!(
                "Нарисованы {} самых частых; ещё {} ({}) здесь нет.",
                self.count(drawn),
                self.numbers(numbers),
                self.calls(calls)
            ),
            En => format!(
                "The {} most frequent are drawn; {} more ({}) are not here.",
                self.count(drawn),
                self.numbers(numbers),
                self.calls(calls)
            ),
        }
    }

    pub(super) fn rest_of_numbers(self, n: u32) -> String {
        match self {
            Ru => format!("ещё {}", self.numbers(n)),
            En => format!("{} more", self.numbers(n)),
        }
    }

    pub(super) fn rest_of_labels(self, n: u32) -> String {
        match self {
            Ru => format!("ещё {}", counted(u64::from(n), "подпись", "подписи", "подписей")),
            En => format!("{} more", self.nouns(n, ["", "", ""], ["label", "labels"])),
        }
    }

    pub(super) fn rest_of_holders(self, n: u32) -> String {
        match self {
            Ru => format!("ещё {}", counted(u64::from(n), "оператор", "оператора", "операторов")),
            En => format!("{} more", self.nouns(n, ["", "", ""], ["operator", "operators"])),
        }
    }

    /// «звонили 12 из 100 номеров подряд».
    pub(super) fn block_lead(self, used: u32, of: u64, calls: u32, zone: &Zone) -> String {
        match self {
            Ru => format!(
                "звонили {} из {} подряд, {}; закрашено, когда · {}",
                self.count(used),
                counted(of, "номера", "номеров", "номеров"),
                self.calls(calls),
                self.zone(zone)
            ),
            En => format!(
                "{} of {} neighbouring numbers called, {}; filled is when · {}",
                self.count(used),
                grouped_en(of),
                self.calls(calls),
                self.zone(zone)
            ),
        }
    }

    pub(super) fn block_row(self, first: &str, last: &str, used: u32, calls: u32) -> String {
        match self {
            Ru => format!("{first} – {last}: звонили {}, {}", self.count(used), self.calls(calls)),
            En => format!("{first} – {last}: {} called, {}", self.count(used), self.calls(calls)),
        }
    }

    pub(super) fn block_step(self, step: u64) -> String {
        match self {
            Ru => format!("В строке — {} подряд.", counted(step, "номер", "номера", "номеров")),
            En => format!("A row is {} neighbouring numbers.", grouped_en(step)),
        }
    }

    pub(super) fn blocks_not_drawn(self, blocks: u32, numbers: u32, calls: u32) -> String {
        match self {
            Ru => format!(
                "Ещё {} ({}, {}) здесь нет: нарисованы те, с которых звонили чаще.",
                counted(u64::from(blocks), "отрезок номеров", "отрезка номеров", "отрезков номеров"),
                self.numbers(numbers),
                self.calls(calls)
            ),
            En => format!(
                "{} more ({}, {}) are not here: those that called most are drawn.",
                self.nouns(blocks, ["", "", ""], ["stretch of numbers", "stretches of numbers"]),
                self.numbers(numbers),
                self.calls(calls)
            ),
        }
    }

    pub(super) fn outside_blocks(self, numbers: u32, calls: u32) -> String {
        match self {
            Ru => format!("Вне этих отрезков: {}, {}.", self.numbers(numbers), self.calls(calls)),
            En => format!("Outside of these: {}, {}.", self.numbers(numbers), self.calls(calls)),
        }
    }

    pub(super) fn graph_lead(self, numbers: u32, calls: u32) -> String {
        let thicker = match self {
            Ru => "чем толще линия, тем больше звонков",
            En => "the thicker a line, the more calls",
        };
        format!("{} {}; {thicker}", self.calls(calls), self.of_numbers(numbers))
    }

    pub(super) fn node(self, name: &str, calls: u32) -> String {
        format!("{name}: {}", self.calls(calls))
    }

    /// By which registers ranges are told.
    pub(super) fn registers(self, dated: &[NaiveDate]) -> String {
        let days: Vec<String> = dated.iter().map(|day| self.day(*day)).collect();
        match self {
            Ru => format!(
                "Диапазоны — по реестру нумерации от {}; номер мог быть перенесён к другому оператору.",
                days.join(", ")
            ),
            En => format!(
                "Ranges by the numbering register of {}; a number may have been ported to another operator.",
                days.join(", ")
            ),
        }
    }
}
