//! Words of the witness matrix, in both languages.

use super::{Tally, en, ru};
use ulika::actions::{ClockStretch, CoverageView, PairView, WithdrawalPreview};
use ulika::model::{SilenceReason, SourceKind, Verdict};

/// Calls by verdict and by reason of silence, in Russian.
pub fn russian(tally: &Tally) -> Vec<String> {
    let all = tally.verdicts.values().sum();
    let mut lines = vec![format!("Всего {}.", ru::calls(all))];
    for (verdict, calls) in &tally.verdicts {
        let what = match verdict {
            Verdict::Both => {
                let several = "подтверждены независимыми источниками";
                ru::form(*calls, "подтверждён независимыми источниками", several, several)
            }
            Verdict::PhoneOnly => "только в журнале телефона",
            Verdict::OperatorOnly => "только у оператора",
            Verdict::OtherOnly => "только в других источниках",
            Verdict::Conflict => "источники расходятся в длительности",
        };
        lines.push(format!("  {}: {what}", ru::calls(*calls)));
    }
    for ((witness, reason), calls) in &tally.silent {
        let who = match witness {
            SourceKind::Phone => "Телефон молчит",
            SourceKind::Operator => "Оператор молчит",
            SourceKind::Pbx => "АТС молчит",
            SourceKind::Hand | SourceKind::Other => "Источник молчит",
        };
        let why = match reason {
            SilenceReason::NoSource => "такого источника в деле нет",
            SilenceReason::OtherLine => "источник о другой линии",
            SilenceReason::OutsidePeriod => "звонок вне периода источника",
            SilenceReason::Unanswered => "неотвеченных звонков в этом источнике не бывает",
            SilenceReason::DirectionNotListed => "звонков этого направления в источнике нет вовсе",
            SilenceReason::NumberMasked => "номер скрыт, и узнать звонок нельзя",
            SilenceReason::Gap => "в этот день в источнике нет ни одного звонка",
            SilenceReason::NotStated => "день в источнике есть, а этого звонка нет",
        };
        lines.push(format!("  {who}: {why} — {}", ru::calls(*calls)));
    }
    lines
}

/// The same in English.
pub fn english(tally: &Tally) -> Vec<String> {
    let all = tally.verdicts.values().sum();
    let mut lines = vec![format!("{} in all.", en::calls(all))];
    for (verdict, calls) in &tally.verdicts {
        let what = match verdict {
            Verdict::Both => "confirmed by independent sources",
            Verdict::PhoneOnly => "in the phone's log only",
            Verdict::OperatorOnly => "at the operator's only",
            Verdict::OtherOnly => "in other sources only",
            Verdict::Conflict => "sources disagree on the length",
        };
        lines.push(format!("  {}: {what}", en::calls(*calls)));
    }
    for ((witness, reason), calls) in &tally.silent {
        let who = match witness {
            SourceKind::Phone => "The phone is silent",
            SourceKind::Operator => "The operator is silent",
            SourceKind::Pbx => "The exchange is silent",
            SourceKind::Hand | SourceKind::Other => "The source is silent",
        };
        let why = match reason {
            SilenceReason::NoSource => "the case holds no such source",
            SilenceReason::OtherLine => "the source is of another line",
            SilenceReason::OutsidePeriod => "the call is outside the period of the source",
            SilenceReason::Unanswered => "that source lists no unanswered calls",
            SilenceReason::DirectionNotListed => "that source lists no calls of this direction",
            SilenceReason::NumberMasked => "the number is hidden, so the call cannot be recognised",
            SilenceReason::Gap => "that source has no call on that day at all",
            SilenceReason::NotStated => "the source covers the day, and this call is not in it",
        };
        lines.push(format!("  {who}: {why} — {}", en::calls(*calls)));
    }
    lines
}

/// Two sources, in Russian.
pub fn pair_russian(pair: &PairView) -> String {
    let [first, second] = pair.sources;
    if pair.paired == 0 {
        return format!("источники {first} и {second}: общих звонков не найдено");
    }
    let clock = match (pair.clock.as_str(), pair.offset_s) {
        ("drifting", _) => "часы расходятся со временем".to_owned(),
        ("stepped", _) => "часы переводили".to_owned(),
        (_, 0) => "часы идут одинаково".to_owned(),
        (_, ahead @ 1..) => format!("часы второго спешат на {ahead} с"),
        (_, behind) => format!("часы второго отстают на {} с", behind.unsigned_abs()),
    };
    let paired = ru::count(pair.paired, "общий звонок", "общих звонка", "общих звонков");
    format!("источники {first} и {second}: {paired}, {clock}, разброс {} с", pair.spread_s)
}

/// The same in English.
pub fn pair_english(pair: &PairView) -> String {
    let [first, second] = pair.sources;
    if pair.paired == 0 {
        return format!("sources {first} and {second}: no common call found");
    }
    let clock = match (pair.clock.as_str(), pair.offset_s) {
        ("drifting", _) => "the clocks drift apart".to_owned(),
        ("stepped", _) => "a clock was set".to_owned(),
        (_, 0) => "the clocks agree".to_owned(),
        (_, ahead @ 1..) => format!("the second clock is {ahead} s ahead"),
        (_, behind) => format!("the second clock is {} s behind", behind.unsigned_abs()),
    };
    let paired = en::count(pair.paired, "common call", "common calls");
    format!("sources {first} and {second}: {paired}, {clock}, spread {} s", pair.spread_s)
}

/// A stretch of a clock, in Russian.
pub fn stretch_russian(stretch: &ClockStretch) -> String {
    let drift = match stretch.drift_s_per_day {
        0.0 => String::new(),
        drift => format!(", каждый день ещё на {drift:+.1} с"),
    };
    format!(
        "{} — {}: {:+} с{drift}; {}",
        day(&stretch.from),
        day(&stretch.until),
        stretch.offset_s,
        ru::calls(stretch.paired)
    )
}

/// The same in English.
pub fn stretch_english(stretch: &ClockStretch) -> String {
    let drift = match stretch.drift_s_per_day {
        0.0 => String::new(),
        drift => format!(", {drift:+.1} s more each day"),
    };
    format!(
        "{} – {}: {:+} s{drift}; {}",
        day(&stretch.from),
        day(&stretch.until),
        stretch.offset_s,
        en::calls(stretch.paired)
    )
}

fn day(rfc3339: &str) -> &str {
    rfc3339.split('T').next().unwrap_or(rfc3339)
}

/// What a source covers, in Russian.
pub fn coverage_russian(coverage: &CoverageView, file: &str) -> String {
    let (Some(from), Some(to)) = (&coverage.from, &coverage.to) else {
        return format!("{}  «{file}», {}: записей о звонках нет", coverage.source, ru::kind(coverage.kind));
    };
    let without: u32 = coverage.gaps.iter().map(|gap| gap.days).sum();
    let days = ru::count(without, "день без звонков", "дня без звонков", "дней без звонков");
    let records = ru::count(coverage.records, "запись", "записи", "записей");
    format!("{}  «{file}», {}: с {from} по {to}, {records}, {days}", coverage.source, ru::kind(coverage.kind))
}

/// The same in English.
pub fn coverage_english(coverage: &CoverageView, file: &str) -> String {
    let (Some(from), Some(to)) = (&coverage.from, &coverage.to) else {
        return format!("{}  “{file}”, {}: no record of a call", coverage.source, en::kind(coverage.kind));
    };
    let without: u32 = coverage.gaps.iter().map(|gap| gap.days).sum();
    let days = en::count(without, "day without calls", "days without calls");
    let records = en::count(coverage.records, "record", "records");
    format!("{}  “{file}”, {}: {from} to {to}, {records}, {days}", coverage.source, en::kind(coverage.kind))
}

/// What went with a source, in Russian.
pub fn withdrawn_russian(went: &WithdrawalPreview) -> String {
    let others = if went.stay == 0 {
        String::new()
    } else {
        format!(" О других говорят и другие источники, они остались: {}.", ru::calls(went.stay))
    };
    format!(
        "Источник исключён из дела. Звонков, о которых говорил только он: {}.{others} Исходный файл остался в деле; \
         вернуть источник: ulika-cli undo CASE",
        went.calls
    )
}

/// The same in English.
pub fn withdrawn_english(went: &WithdrawalPreview) -> String {
    let others = if went.stay == 0 {
        String::new()
    } else {
        format!(" Others are stated by other sources as well and stay: {}.", en::calls(went.stay))
    };
    format!(
        "The source is withdrawn from the case. Calls that it alone stated: {}.{others} The original file stays in \
         the case; to bring the source back: ulika-cli undo CASE",
        went.calls
    )
}
