//! What speaks against a group, told beside its reasons.

use super::Input;
use super::links::{Links, NONE};
use super::reasons::{calls_en, calls_ru};
use crate::model::{Call, CallId, Conflict, ConflictKind, Group, NumberKind, ReasonSignal};
use std::collections::BTreeMap;

/// Numbers and labels listed in a conflict; more are counted.
const LISTED: usize = 3;

/// Writes into the groups what speaks against each.
pub fn tell(input: &Input<'_>, links: &Links, groups: &mut [Group]) {
    let shared = shared(input, groups);
    for group in groups {
        group.conflicts.extend(two_groups(input, &shared, group));
        group.conflicts.extend(labels(input, links, group));
        group.conflicts.extend(at_once(input, group));
    }
}

/// The place of a call among all. Most ids follow one another.
fn index_of(input: &Input<'_>, id: CallId) -> Option<usize> {
    let near = usize::try_from(id.0.checked_sub(input.calls.first()?.id.0)?).ok()?;
    match input.calls.get(near) {
        Some(call) if call.id == id => Some(near),
        _ => input.calls.binary_search_by_key(&id, |call| call.id).ok(),
    }
}

fn call(input: &Input<'_>, id: CallId) -> Option<Call> {
    input.calls.get(index_of(input, id)?).copied()
}

/// Of each number whether it stands in more than one group. A hidden number is nobody's.
fn shared(input: &Input<'_>, groups: &[Group]) -> Vec<bool> {
    let mut of_number = vec![NONE; input.numbers.len()];
    let mut shared = vec![false; input.numbers.len()];
    for (place, group) in (0_u32..).zip(groups) {
        for number in group.calls.iter().filter_map(|id| call(input, *id)).map(|call| call.number as usize) {
            let vague = |n: &crate::model::PhoneNumber| matches!(n.kind, NumberKind::Masked | NumberKind::Unknown);
            let Some(seen) = of_number.get_mut(number).filter(|_| !input.numbers.get(number).is_some_and(vague)) else {
                continue;
            };
            if *seen != NONE && *seen != place {
                shared[number] = true;
            }
            *seen = place;
        }
    }
    shared
}

fn two_groups(input: &Input<'_>, shared: &[bool], group: &Group) -> Option<Conflict> {
    let is_shared = |call: &Call| shared.get(call.number as usize).copied().unwrap_or(false);
    let here: Vec<Call> = group.calls.iter().filter_map(|id| call(input, *id)).filter(is_shared).collect();
    let mut numbers: Vec<&str> =
        here.iter().filter_map(|call| input.numbers.get(call.number as usize)).map(|n| n.text.as_str()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let (ru, en) = match numbers.as_slice() {
        [] => return None,
        [one] => (format!("номер {one} есть и в другой группе"), format!("number {one} stands in another group too")),
        _ => {
            let (listed_ru, listed_en) = listed(&numbers, "", "");
            (
                format!("номера есть и в других группах: {listed_ru}"),
                format!("numbers stand in other groups too: {listed_en}"),
            )
        }
    };
    Some(conflict(ConflictKind::TwoGroups, ru, en, here.iter().map(|call| call.id).collect()))
}

/// Names that contradict one another in one group.
fn labels(input: &Input<'_>, links: &Links, group: &Group) -> Option<Conflict> {
    if group.labels.len() < 2 {
        return None;
    }
    let mut of_key: BTreeMap<u32, Vec<CallId>> = BTreeMap::new();
    for id in &group.calls {
        let Some(index) = index_of(input, *id).and_then(|at| u32::try_from(at).ok()) else { continue };
        for key in links.labels_of(index).filter_map(|label| links.key_of_label(label)) {
            let calls = of_key.entry(key).or_default();
            if calls.last() != Some(id) {
                calls.push(*id);
            }
        }
    }
    if of_key.len() < 2 {
        return None;
    }
    let mut names: Vec<&str> =
        of_key.keys().filter_map(|key| links.names.get(*key as usize)).map(String::as_str).collect();
    names.sort_unstable();
    let (ru, _) = listed(&names, "«", "»");
    let (_, en) = listed(&names, "“", "”");
    let mut calls: Vec<CallId> = of_key.into_values().flatten().collect();
    calls.sort_unstable();
    calls.dedup();
    let (ru, en) =
        (format!("в одной группе разные подписи: {ru}"), format!("different caller labels in one group: {en}"));
    Some(conflict(ConflictKind::Labels, ru, en, calls))
}

/// Calls at one time on two numbers of which one is said to have followed the other.
fn at_once(input: &Input<'_>, group: &Group) -> Option<Conflict> {
    let rotation = group.reasons.iter().find(|reason| reason.signal == ReasonSignal::Rotation)?;
    let mut calls: Vec<Call> = group.calls.iter().filter_map(|id| call(input, *id)).filter(|c| c.incoming).collect();
    calls.sort_unstable_by_key(|call| (call.start, call.id));
    let mut at_once = Vec::new();
    let mut open: Option<(i64, Call)> = None;
    for now in calls {
        let length = if now.length_s == Call::UNSTATED { 0 } else { i64::from(now.length_s) };
        let end = now.start + length;
        if let Some((_, before)) = open.filter(|(end, before)| now.start < *end && before.number != now.number) {
            at_once.extend([before.id, now.id]);
        }
        if open.is_none_or(|(last, _)| end > last) {
            open = Some((end, now));
        }
    }
    at_once.sort_unstable();
    at_once.dedup();
    if !at_once.iter().any(|id| rotation.calls.binary_search(id).is_ok()) {
        return None;
    }
    let ru = "два номера звонили в одно и то же время, хотя должны были сменять друг друга".to_owned();
    let en = "two numbers called at the same time although one should follow the other".to_owned();
    Some(conflict(ConflictKind::AtOnce, ru, en, at_once))
}

fn listed(texts: &[&str], open: &str, close: &str) -> (String, String) {
    let listed: Vec<String> = texts.iter().take(LISTED).map(|text| format!("{open}{text}{close}")).collect();
    let listed = listed.join(", ");
    match texts.len().saturating_sub(LISTED) {
        0 => (listed.clone(), listed),
        more => (format!("{listed} и ещё {more}"), format!("{listed} and {more} more")),
    }
}

fn conflict(kind: ConflictKind, text: String, text_en: String, calls: Vec<CallId>) -> Conflict {
    let (ru, en) = (calls_ru(calls.len()), calls_en(calls.len()));
    Conflict { kind, text: format!("{text}: {ru}"), text_en: format!("{text_en}: {en}"), calls }
}
