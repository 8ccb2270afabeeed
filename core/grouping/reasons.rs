//! Reasons in words, Russian and English.

use crate::model::{CallId, GroupReason, ReasonSignal};

/// Spellings listed in a reason; more are counted.
const SPELLINGS: usize = 5;

/// The calls bear one name.
pub fn label(texts: &[&str], calls: Vec<CallId>) -> GroupReason {
    let (ru, en) = (calls_ru(calls.len()), calls_en(calls.len()));
    match texts {
        [] | [_] => {
            let text = texts.first().copied().unwrap_or_default();
            reason(
                ReasonSignal::Label,
                format!("подпись «{text}»: {ru}"),
                format!("caller label “{text}”: {en}"),
                calls,
            )
        }
        _ => {
            let quote = |open: &str, close: &str| {
                let listed: Vec<String> = texts.iter().take(SPELLINGS).map(|t| format!("{open}{t}{close}")).collect();
                listed.join(", ")
            };
            let more = texts.len().saturating_sub(SPELLINGS);
            let (more_ru, more_en) = match more {
                0 => (String::new(), String::new()),
                n => (format!(" и ещё {n}"), format!(" and {n} more")),
            };
            reason(
                ReasonSignal::Label,
                format!("одна подпись в разных написаниях: {}{more_ru}: {ru}", quote("«", "»")),
                format!("one caller label, spelled differently: {}{more_en}: {en}", quote("“", "”")),
                calls,
            )
        }
    }
}

/// The calls bear no name, but other calls of their numbers do.
pub fn same_number(name: &str, number: Option<&str>, numbers: usize, calls: Vec<CallId>) -> GroupReason {
    let (ru, en) = (calls_ru(calls.len()), calls_en(calls.len()));
    let (text, text_en) = match number {
        Some(number) => (
            format!("тот же номер, что у звонков с подписью «{name}» ({number}): {ru}"),
            format!("the same number as of calls labelled “{name}” ({number}): {en}"),
        ),
        None => (
            format!("те же номера, что у звонков с подписью «{name}» ({numbers}): {ru}"),
            format!("the same numbers as of calls labelled “{name}” ({numbers}): {en}"),
        ),
    };
    reason(ReasonSignal::SameNumber, text, text_en, calls)
}

/// The calls are of one number.
pub fn one_number(number: &str, calls: Vec<CallId>) -> GroupReason {
    let (ru, en) = (calls_ru(calls.len()), calls_en(calls.len()));
    reason(ReasonSignal::Block, format!("один номер {number}: {ru}"), format!("one number, {number}: {en}"), calls)
}

/// The numbers stand side by side and were used in the same weeks.
pub fn pool(from: &str, to: &str, numbers: usize, calls: Vec<CallId>) -> GroupReason {
    let (ru, en) = (calls_ru(calls.len()), calls_en(calls.len()));
    let numbers_ru = plural(numbers, "номер", "номера", "номеров");
    let numbers_en = if numbers == 1 { "number" } else { "numbers" };
    reason(
        ReasonSignal::Block,
        format!("соседние номера {from} … {to} звонили в одно время ({numbers} {numbers_ru}): {ru}"),
        format!("neighbouring numbers {from} … {to} called in the same period ({numbers} {numbers_en}): {en}"),
        calls,
    )
}

/// The calls share what a soft signal says.
pub fn shared(signal: ReasonSignal, (text, text_en): (String, String), calls: Vec<CallId>) -> GroupReason {
    let (ru, en) = (calls_ru(calls.len()), calls_en(calls.len()));
    reason(signal, format!("{text}: {ru}"), format!("{text_en}: {en}"), calls)
}

/// The person merged.
pub fn merged(calls: Vec<CallId>) -> GroupReason {
    let (ru, en) = (calls_ru(calls.len()), calls_en(calls.len()));
    reason(ReasonSignal::Person, format!("вы объединили: {ru}"), format!("you merged: {en}"), calls)
}

/// The person split.
pub fn split(calls: Vec<CallId>) -> GroupReason {
    let (ru, en) = (calls_ru(calls.len()), calls_en(calls.len()));
    reason(ReasonSignal::Person, format!("вы отделили: {ru}"), format!("you split off: {en}"), calls)
}

fn reason(signal: ReasonSignal, text: String, text_en: String, calls: Vec<CallId>) -> GroupReason {
    GroupReason { kind: signal.kind(), signal, text, text_en, calls, chance: None }
}

pub fn calls_ru(count: usize) -> String {
    format!("{count} {}", plural(count, "звонок", "звонка", "звонков"))
}

pub fn calls_en(count: usize) -> String {
    format!("{count} {}", if count == 1 { "call" } else { "calls" })
}

fn plural(count: usize, one: &'static str, few: &'static str, many: &'static str) -> &'static str {
    match (count % 10, count % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}
