//! One group: its name, numbers, labels, pools and reasons.

use super::Input;
use super::links::{Links, NONE};
use super::reasons;
use super::signals::SIGNALS;
use super::word::Word;
use crate::model::{CallId, Group, GroupId, GroupLabel, GroupReason, NumberKind, Pool};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// What the calls of a group show, counted.
#[derive(Default)]
struct Tally {
    /// Distinct numbers, ascending, and their calls.
    numbers: Vec<(u32, u32)>,
    /// Calls by label.
    labels: FxHashMap<u32, u32>,
    /// Calls by key of their own label.
    labelled: FxHashMap<u32, Vec<CallId>>,
    /// Calls without a label of that key, by key of their number's other calls.
    numbered: FxHashMap<u32, (Vec<CallId>, FxHashSet<u32>)>,
    /// Calls by pool.
    pooled: FxHashMap<u32, (Vec<CallId>, FxHashSet<u32>)>,
    split: Vec<CallId>,
    /// Calls by soft signal.
    soft: [Vec<CallId>; SIGNALS.len()],
}

/// Makes the group of these calls (indices, ascending).
pub fn group(input: &Input<'_>, links: &Links, word: &Word, root: u32, members: &[u32]) -> Option<Group> {
    let tally = count(input, links, word, members);
    let earliest = members.iter().map(|m| &input.calls[*m as usize]).min_by_key(|call| (call.start, call.id))?;
    let calls: Vec<CallId> = members.iter().map(|m| input.calls[*m as usize].id).collect();

    let mut labels: Vec<GroupLabel> = tally
        .labels
        .iter()
        .map(|(label, seen)| GroupLabel { text: input.labels[*label as usize].clone(), seen: *seen })
        .collect();
    labels.sort_unstable_by(|a, b| (Reverse(a.seen), &a.text).cmp(&(Reverse(b.seen), &b.text)));

    let mut numbers: Vec<String> = tally
        .numbers
        .iter()
        .filter_map(|(number, _)| input.numbers.get(*number as usize))
        .filter(|number| !number.text.is_empty())
        .map(|number| number.text.clone())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();

    let (pools, pool_reasons) = pools(input, links, &tally);
    let claimed = word.attributed.get(&root).and_then(|claims| claims.split_last());
    let said = word.names.get(&root).and_then(|names| names.split_last());
    let name = said.map_or_else(|| name(input, links, &tally, &pools, &labels), |(name, _)| name.clone());
    let reasons = reasons(input, links, word, root, tally, pool_reasons, &calls);
    // No reason, no membership: of what the person parted some may have nothing left that speaks for it.
    let mut spoken: Vec<CallId> = reasons.iter().flat_map(|reason| &reason.calls).copied().collect();
    spoken.sort_unstable();
    spoken.dedup();
    if spoken.len() < calls.len() {
        let stays = |member: &u32| spoken.binary_search(&input.calls[*member as usize].id).is_ok();
        let staying: Vec<u32> = members.iter().copied().filter(stays).collect();
        let stands = staying.len() > 1 || staying.iter().any(|call| word.split.contains(call));
        return if stands { group(input, links, word, root, &staying) } else { None };
    }
    Some(Group {
        id: GroupId(earliest.id.0),
        name,
        named_by_person: said.is_some(),
        also_named: said.map(|(_, others)| others.to_vec()).unwrap_or_default(),
        calls,
        numbers,
        labels,
        pools,
        reasons,
        conflicts: Vec::new(),
        known: word.known.contains(&root),
        attribution: claimed.map(|(claim, _)| claim.clone()),
        also_attributed: claimed.map(|(_, others)| others.to_vec()).unwrap_or_default(),
        mark: word.marks.get(&root).copied(),
    })
}

fn count(input: &Input<'_>, links: &Links, word: &Word, members: &[u32]) -> Tally {
    let mut numbers: Vec<u32> = members.iter().map(|member| input.calls[*member as usize].number).collect();
    numbers.sort_unstable();
    let counted = numbers.chunk_by(|a, b| a == b).map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX)));
    let mut tally = Tally { numbers: counted.collect(), ..Tally::default() };
    let joined = joined(links, word, members);
    for member in members {
        let call = &input.calls[*member as usize];
        let split = word.split.contains(member);
        if split {
            tally.split.push(call.id);
        }

        let number = call.number as usize;
        let key_of_number = links.key_of_number.get(number).copied().unwrap_or(NONE);
        let pool = links.pool_of_number.get(number).copied().unwrap_or(NONE);
        let mut own = NONE;
        for label in links.labels_of(*member) {
            if (label as usize) < input.labels.len() {
                *tally.labels.entry(label).or_default() += 1;
            }
            let Some(key) = links.key_of_label(label).filter(|_| !split) else { continue };
            own = key;
            let calls = tally.labelled.entry(key).or_default();
            if calls.last() != Some(&call.id) {
                calls.push(call.id);
            }
        }
        if split {
            continue;
        }
        if key_of_number != NONE && own == NONE {
            let (calls, numbers) = tally.numbered.entry(key_of_number).or_default();
            calls.push(call.id);
            numbers.insert(call.number);
        }
        if pool != NONE {
            let (calls, numbers) = tally.pooled.entry(pool).or_default();
            calls.push(call.id);
            numbers.insert(call.number);
        }
        if let Some((.., signals)) = links.soft.of_call(*member).filter(|(_, set, _)| joined.contains(set)) {
            let speaking = tally.soft.iter_mut().enumerate().filter(|(at, _)| signals & (1 << at) != 0);
            speaking.for_each(|(_, calls)| calls.push(call.id));
        }
    }
    tally
}

/// What soft signals joined and still stands together here: a part of it that is left alone was joined to nothing.
fn joined(links: &Links, word: &Word, members: &[u32]) -> FxHashSet<u32> {
    let mut first: FxHashMap<u32, u32> = FxHashMap::default();
    let mut joined = FxHashSet::default();
    for member in members.iter().filter(|member| !word.split.contains(*member)) {
        let Some((base, set, _)) = links.soft.of_call(*member) else { continue };
        if *first.entry(set).or_insert(base) != base {
            joined.insert(set);
        }
    }
    joined
}

/// Pools of the group, ascending, and the reasons that they are.
fn pools(input: &Input<'_>, links: &Links, tally: &Tally) -> (Vec<Pool>, Vec<GroupReason>) {
    let mut order: Vec<u32> = tally.pooled.keys().copied().collect();
    order.sort_unstable();
    let mut pools = Vec::new();
    let mut told = Vec::new();
    for pool in order {
        let Some((calls, seen)) = tally.pooled.get(&pool) else { continue };
        // Numbers of a pool ascend.
        let mut here = links.pools[pool as usize].iter().filter(|n| seen.contains(*n));
        let Some(first) = here.next() else { continue };
        let last = here.next_back().unwrap_or(first);
        let (first, last) = (&input.numbers[*first as usize], &input.numbers[*last as usize]);
        // Where the person took its neighbours out, one number is no block.
        if seen.len() == 1 {
            told.push(reasons::one_number(&first.text, calls.clone()));
        } else {
            told.push(reasons::pool(&first.text, &last.text, seen.len(), calls.clone()));
            pools.push(Pool {
                from: first.text.clone(),
                to: last.text.clone(),
                numbers: u32::try_from(seen.len()).unwrap_or(u32::MAX),
                range_holder: None,
                region: None,
                range_dated: None,
            });
        }
    }
    (pools, told)
}

fn reasons(
    input: &Input<'_>,
    links: &Links,
    word: &Word,
    root: u32,
    mut tally: Tally,
    pools: Vec<GroupReason>,
    calls: &[CallId],
) -> Vec<GroupReason> {
    // What the person said goes before what was derived, and speaks for the whole of what was merged.
    let mut told = Vec::new();
    if word.merged_groups.contains(&root) {
        let split: FxHashSet<CallId> = tally.split.iter().copied().collect();
        told.push(reasons::merged(calls.iter().copied().filter(|call| !split.contains(call)).collect()));
    }
    if !tally.split.is_empty() {
        told.push(reasons::split(std::mem::take(&mut tally.split)));
    }
    let mut keys: Vec<u32> = tally.labelled.keys().chain(tally.numbered.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    let mut spellings: FxHashMap<u32, Vec<(Reverse<u32>, &str)>> = FxHashMap::default();
    for (label, seen) in &tally.labels {
        let Some(key) = links.key_of_label(*label) else { continue };
        spellings.entry(key).or_default().push((Reverse(*seen), &input.labels[*label as usize]));
    }
    for key in &keys {
        let Some(calls) = tally.labelled.remove(key) else { continue };
        let mut texts = spellings.remove(key).unwrap_or_default();
        texts.sort_unstable();
        let texts: Vec<&str> = texts.into_iter().map(|(_, text)| text).collect();
        told.push(reasons::label(&texts, calls));
    }
    for key in &keys {
        let Some((calls, numbers)) = tally.numbered.remove(key) else { continue };
        let one = numbers.iter().next().filter(|_| numbers.len() == 1);
        let one = one.and_then(|n| input.numbers.get(*n as usize)).map(|n| n.text.as_str());
        told.push(reasons::same_number(&links.names[*key as usize], one, numbers.len(), calls));
    }
    told.extend(pools);
    for (signal, calls) in SIGNALS.iter().zip(tally.soft).filter(|(_, calls)| !calls.is_empty()) {
        told.push(reasons::shared(signal.signal(), signal.tell(input, &calls), calls));
    }
    told
}

/// The most frequent name on the screens, else the block, else the text or number seen most often.
fn name(input: &Input<'_>, links: &Links, tally: &Tally, pools: &[Pool], labels: &[GroupLabel]) -> String {
    let mut keys: FxHashMap<u32, u32> = FxHashMap::default();
    for (label, seen) in &tally.labels {
        if let Some(key) = links.key_of_label(*label) {
            *keys.entry(key).or_default() += seen;
        }
    }
    let best = keys.iter().max_by_key(|(key, seen)| (**seen, Reverse(**key))).map(|(key, _)| *key);
    let spelling = tally
        .labels
        .iter()
        .filter_map(|(label, seen)| {
            let (folded, key) = links.folded.get(*label as usize)?.as_ref()?;
            (Some(*key) == best).then_some((*seen, Reverse(folded.clean.as_str())))
        })
        .max();
    if let Some((_, Reverse(clean))) = spelling {
        return clean.to_owned();
    }
    if let Some(pool) = pools.first() {
        return block(&pool.from, &pool.to);
    }
    if let Some(label) = labels.first() {
        return label.text.clone();
    }
    let most = tally
        .numbers
        .iter()
        .filter_map(|(number, calls)| input.numbers.get(*number as usize).map(|n| (*calls, Reverse(n))))
        .filter(|(_, Reverse(number))| number.kind != NumberKind::Hidden)
        .max();
    most.map_or_else(|| "Скрытый номер".to_owned(), |(_, Reverse(number))| spaced(&number.text))
}

/// Names that were derived and stand already on a larger group take a number of theirs beside them.
pub fn tell_apart(groups: &mut [Group]) {
    let mut seen: FxHashSet<String> = FxHashSet::default();
    for group in groups {
        if seen.insert(group.name.clone()) || group.named_by_person {
            continue;
        }
        let name = group.name.clone();
        let by_number = group.numbers.iter().map(|number| format!("{name} · {}", spaced(number)));
        let by_count = (2..).map(|count: u32| format!("{name} · {count}"));
        if let Some(own) = by_number.take(1).chain(by_count).find(|own| !seen.contains(own)) {
            seen.insert(own.clone());
            group.name = own;
        }
    }
}

/// `+7 957 123-45-xx`: what both ends of a block share, the rest as crosses.
fn block(from: &str, to: &str) -> String {
    let shared = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let digits: String = from.char_indices().map(|(at, c)| if at < shared { c } else { 'x' }).collect();
    spaced(&digits)
}

/// A Russian number as people write it; others as they are.
fn spaced(number: &str) -> String {
    match number.strip_prefix("+7") {
        Some(d) if d.len() == 10 && d.is_ascii() => {
            format!("+7 {} {}-{}-{}", &d[..3], &d[3..6], &d[6..8], &d[8..])
        }
        _ => number.to_owned(),
    }
}
