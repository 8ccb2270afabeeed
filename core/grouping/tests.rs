#![allow(clippy::unwrap_used)]
//! Groups on examples, and properties that hold for any case.

use super::*;
use crate::model::{GroupId, NumberKind, ReasonKind};
use proptest::prelude::*;
use std::collections::BTreeSet;

const DAY: i64 = 86_400;

/// A case in memory, so that tests read like a story.
#[derive(Clone, Debug, Default)]
struct Story {
    calls: Vec<Call>,
    numbers: Vec<PhoneNumber>,
    labels: Vec<String>,
    observed: Vec<(CallId, u32)>,
    overrides: Vec<Override>,
    withdrawn: Vec<i64>,
}

impl Story {
    fn call(&mut self, digits: u64, day: i64, label: &str) -> i64 {
        self.call_of(PhoneNumber::e164(digits), day * DAY, label, true)
    }

    fn call_of(&mut self, number: PhoneNumber, start: i64, label: &str, incoming: bool) -> i64 {
        let id = self.calls.len() as i64 + 1;
        let at = |table: &mut Vec<PhoneNumber>| {
            table.iter().position(|n| *n == number).unwrap_or_else(|| {
                table.push(number.clone());
                table.len() - 1
            })
        };
        let number = if number.kind == NumberKind::Hidden { u32::MAX } else { at(&mut self.numbers) as u32 };
        self.calls.push(Call { id: CallId(id), start, number, length_s: Call::UNSTATED, incoming });
        if !label.is_empty() {
            let label = self.labels.iter().position(|l| l == label).unwrap_or_else(|| {
                self.labels.push(label.to_owned());
                self.labels.len() - 1
            });
            self.observed.push((CallId(id), label as u32));
        }
        id
    }

    fn groups(&self) -> Vec<Group> {
        let call_of = |record: RecordId| Some(CallId(record.0)).filter(|_| !self.withdrawn.contains(&record.0));
        group(&Input {
            calls: &self.calls,
            numbers: &self.numbers,
            labels: &self.labels,
            observed: &self.observed,
            overrides: &self.overrides,
            call_of: &call_of,
        })
    }

    fn members(&self) -> Vec<Vec<i64>> {
        self.groups().iter().map(|g| g.calls.iter().map(|c| c.0).collect()).collect()
    }
}

fn records(ids: &[i64]) -> Vec<RecordId> {
    ids.iter().map(|id| RecordId(*id)).collect()
}

const A: u64 = 79_571_234_500;
const FAR: u64 = 79_350_000_001;

#[test]
fn spellings_of_one_label_meet_and_the_group_says_why() {
    let mut story = Story::default();
    story.call(A, 5, "ООО ИТСЕН");
    story.call(FAR, 1, "ИТСЕН: ИТ");
    story.call(FAR + 9_000, 2, "ООО ИТСЕН");
    story.call(FAR + 99_000, 2, "ИТСК");
    story.call(FAR, 3, "");
    let groups = story.groups();
    assert_eq!(story.members(), [vec![1, 2, 3, 5]]);
    let group = &groups[0];
    assert_eq!((group.id, group.name.as_str(), group.named_by_person), (GroupId(2), "ИТСЕН", false));
    assert_eq!(group.numbers, ["+79350000001", "+79350009001", "+79571234500"]);
    assert_eq!(
        group.labels.iter().map(|l| (l.text.as_str(), l.seen)).collect::<Vec<_>>(),
        [("ООО ИТСЕН", 2), ("ИТСЕН: ИТ", 1)]
    );
    let told: Vec<_> = group.reasons.iter().map(|r| (r.kind, r.text.as_str(), r.calls.len())).collect();
    assert_eq!(
        told,
        [
            (ReasonKind::Label, "одна подпись в разных написаниях: «ООО ИТСЕН», «ИТСЕН: ИТ»: 3 звонка", 3),
            (ReasonKind::Pool, "тот же номер, что у звонков с подписью «ИТСЕН» (+79350000001): 1 звонок", 1),
        ]
    );
    assert!(group.reasons[0].text_en.ends_with(": 3 calls"), "{}", group.reasons[0].text_en);
}

#[test]
fn generic_labels_and_lone_calls_make_no_group() {
    let mut story = Story::default();
    for (i, label) in ["Реклама", "Реклама", "Возможно, спам", "Возможно, спам", "Вектория", "", ""].iter().enumerate()
    {
        story.call(A + i as u64 * 50_000, 1, label);
    }
    story.call_of(PhoneNumber::hidden(), 5, "Неизвестный", true);
    assert!(story.groups().is_empty());
}

#[test]
fn a_number_with_two_names_does_not_join_them() {
    let mut story = Story::default();
    for label in ["Вектория", "Вектория", "Зелёный Мыс", "Зелёный Мыс", ""] {
        story.call(A, 1, label);
    }
    assert_eq!(story.members(), [vec![1, 2], vec![3, 4]]);
}

#[test]
fn a_hidden_number_does_not_carry_a_label() {
    let mut story = Story::default();
    story.call_of(PhoneNumber::hidden(), 1, "Вектория", true);
    story.call_of(PhoneNumber::hidden(), 2, "", true);
    story.call_of(PhoneNumber::hidden(), 3, "Вектория", true);
    assert_eq!(story.members(), [vec![1, 3]]);
}

#[test]
fn neighbours_used_in_the_same_weeks_are_a_pool() {
    let mut story = Story::default();
    story.call(A, 1, "");
    story.call(A + 40, 20, "");
    story.call(A + 99, 45, "");
    story.call_of(PhoneNumber::e164(A + 40), 300 * DAY, "", false);
    story.call_of(PhoneNumber::e164(A + 41), 20 * DAY, "", false);
    story.call(FAR, 1, "");
    assert_eq!(story.members(), [vec![1, 2, 3, 4]], "an outgoing call belongs to the pool, but makes none");
    let group = &story.groups()[0];
    assert_eq!(group.name, "+7 957 123-45-xx");
    let pool = &group.pools[0];
    assert_eq!((pool.from.as_str(), pool.to.as_str(), pool.numbers), ("+79571234500", "+79571234599", 3));
    assert_eq!(group.reasons.len(), 1);
    assert!(group.reasons[0].text.contains("3 номера") && group.reasons[0].text.ends_with("4 звонка"));
}

#[test]
fn what_is_no_pool() {
    let of = |numbers: [(u64, i64); 3]| {
        let mut story = Story::default();
        for (digits, day) in numbers {
            story.call(digits, day, "");
        }
        story.members()
    };
    assert_eq!(of([(A, 1), (A + 100, 2), (A + 200, 3)]).len(), 1);
    assert_eq!(of([(A, 1), (A + 100, 2), (A + 201, 3)]).len(), 0, "too far apart");
    assert_eq!(of([(A, 1), (A + 1, 2), (A + 1, 3)]).len(), 0, "two numbers only");
    assert_eq!(of([(A, 1), (A + 1, 2), (A + 2, 34)]).len(), 0, "another season");
    assert_eq!(of([(A, 1), (A + 1, 32), (A + 2, 63)]).len(), 1);
}

#[test]
fn neighbours_in_a_crowd_are_chance() {
    let mut story = Story::default();
    for i in 0..3 {
        story.call(79_570_000_000 + i * 60, 1, "");
    }
    assert_eq!(story.groups().len(), 1, "three such neighbours in an ordinary case are a pool");
    for i in 3..2_000 {
        story.call(79_570_000_000 + i * 60, 1, "");
    }
    assert!(story.groups().is_empty());
    for i in 0..5 {
        story.call(79_575_000_000 + i * 3, 1, "");
    }
    assert_eq!(story.groups().len(), 1, "what stands closer than chance would is found");
}

#[test]
fn neighbours_in_a_small_town_are_chance() {
    let mut story = Story::default();
    // Forty landlines of one town, at random in the ten thousand numbers that it has.
    let mut at = 7_u64;
    let town: Vec<u64> = (0..40)
        .map(|_| {
            at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            78_435_120_000 + (at >> 33) % 10_000
        })
        .collect();
    town.iter().for_each(|number| _ = story.call(*number, 1, ""));
    assert!(story.groups().is_empty(), "{:?}", story.groups().iter().map(|g| &g.numbers).collect::<Vec<_>>());
    for i in 0..12 {
        story.call(78_435_124_000 + i * 4, 1, "");
    }
    let groups = story.groups();
    assert_eq!(groups.len(), 1, "a rotating pool is found in the middle of a town");
    assert!(groups[0].numbers.len() >= 12 && groups[0].numbers.len() < 16);
}

#[test]
fn a_label_that_was_cut_joins_the_one_name_that_continues_it() {
    let mut story = Story::default();
    story.call(A, 1, "ООО Вектория-Инвест-Консалтинг-Ю");
    story.call(FAR, 1, "ООО Вектория-Инвест-Консалтинг-Юг");
    assert_eq!(story.members(), [vec![1, 2]]);
    story.call(FAR + 7_000, 1, "ООО Вектория-Инвест-Консалтинг-Юта");
    assert!(story.groups().is_empty(), "two names continue it: nobody knows which it is");
}

fn two_groups() -> Story {
    let mut story = Story::default();
    for (i, label) in ["Вектория", "Вектория", "Зелёный Мыс", "Зелёный Мыс", "Зелёный Мыс", ""].iter().enumerate()
    {
        story.call(A + i as u64 * 50_000, i as i64, label);
    }
    story
}

#[test]
fn the_person_merges_splits_and_names() {
    let mut story = two_groups();
    assert_eq!(story.members(), [vec![3, 4, 5], vec![1, 2]]);
    story.overrides.push(Override::Merge(records(&[1, 4, 6])));
    assert_eq!(story.members(), [vec![1, 2, 3, 4, 5, 6]]);
    // Whoever merges groups means all their calls, and that goes before what was derived.
    let user = story.groups()[0].reasons[0].clone();
    assert_eq!(user.kind, ReasonKind::User);
    assert_eq!((user.calls, user.text.as_str()), ((1..=6).map(CallId).collect(), "вы объединили: 6 звонков"));

    story.overrides.push(Override::Split(records(&[2])));
    assert_eq!(story.members(), [vec![1, 3, 4, 5, 6], vec![2]]);
    assert_eq!(story.groups()[1].reasons.len(), 1);
    assert_eq!(story.groups()[1].reasons[0].kind, ReasonKind::User);

    story.overrides.push(Override::Name(RecordId(5), " Мошенники ".into()));
    story.overrides.push(Override::Name(RecordId(2), "Отдельно".into()));
    let names: Vec<_> = story.groups().into_iter().map(|g| (g.name, g.named_by_person)).collect();
    assert_eq!(names, [("Мошенники".to_owned(), true), ("Отдельно".to_owned(), true)]);
    story.overrides.push(Override::Name(RecordId(1), String::new()));
    assert_eq!(story.groups()[0].name, "Зелёный Мыс");
}

#[test]
fn a_group_keeps_its_name_when_the_call_that_held_it_is_split_off() {
    let mut story = two_groups();
    story.overrides = vec![Override::Name(RecordId(3), "Имя".into()), Override::Split(records(&[3]))];
    let named = |story: &Story| story.groups().into_iter().map(|g| (g.calls.len(), g.name)).collect::<Vec<_>>();
    let expected = [(2, "Вектория".to_owned()), (2, "Имя".to_owned()), (1, "Зелёный Мыс".to_owned())];
    assert_eq!(named(&story), expected);
    // What is said of the part afterwards is said of the part.
    story.overrides.push(Override::Name(RecordId(3), "Часть".into()));
    assert_eq!(named(&story)[1..], [(2, "Имя".to_owned()), (1, "Часть".to_owned())]);
    // A group that is split off as a whole takes its name along.
    story.overrides.push(Override::Split(records(&[4, 5])));
    assert_eq!(named(&story)[1..], [(2, "Имя".to_owned()), (1, "Часть".to_owned())]);
}

#[test]
fn the_first_of_merged_groups_keeps_its_name() {
    let named = |said: &[(i64, &str)]| {
        let mut story = two_groups();
        let names = said.iter().map(|(record, name)| Override::Name(RecordId(*record), (*name).into()));
        story.overrides = names.chain([Override::Merge(records(&[1, 3]))]).collect();
        story.groups()[0].name.clone()
    };
    assert_eq!(named(&[(1, "Первая"), (3, "Вторая")]), "Первая");
    assert_eq!(named(&[(3, "Вторая"), (1, "Первая")]), "Первая");
    assert_eq!(named(&[(3, "Вторая")]), "Вторая", "the only name given is the name of both");
    assert_eq!(named(&[(1, "Первая"), (3, "Вторая"), (1, "")]), "Вторая");
}

#[test]
fn the_persons_word_survives_new_imports() {
    let mut story = two_groups();
    story.overrides = vec![Override::Split(records(&[3])), Override::Merge(records(&[2, 6]))];
    assert_eq!(story.members(), [vec![1, 2, 6], vec![4, 5], vec![3]]);
    story.call(A + 2 * 50_000, 9, "Зелёный Мыс");
    story.call(A + 8_000_000, 9, "Вектория");
    assert_eq!(story.members(), [vec![1, 2, 6, 8], vec![4, 5, 7], vec![3]], "no new link pulls a split call back");
    story.withdrawn = vec![6, 3];
    assert_eq!(story.members(), [vec![3, 4, 5, 7], vec![1, 2, 8]], "what was withdrawn is said of nothing");
}

#[test]
fn overrides_about_nothing_do_nothing() {
    let mut story = two_groups();
    let before = story.members();
    story.overrides = vec![
        Override::Merge(records(&[])),
        Override::Merge(records(&[6])),
        Override::Merge(records(&[1, 999])),
        Override::Split(records(&[999])),
        Override::Name(RecordId(999), "Никто".into()),
    ];
    assert_eq!(story.members(), before);
}

prop_compose! {
    fn any_story()(
        told in prop::collection::vec((0u64..9, 0i64..90, 0usize..7, any::<bool>()), 0..30),
        said in prop::collection::vec((0u8..3, prop::collection::vec(1i64..32, 0..4)), 0..5),
    ) -> Story {
        const LABELS: [&str; 7] = ["", "", "Вектория", "ООО ВЕКТОРИЯ", "Зелёный Мыс", "Реклама", "Vektoriya"];
        const NUMBERS: [u64; 9] = [0, 1, 2, 60, 150, 900, 5_000, 5_001, 70_000];
        let mut story = Story::default();
        for (number, day, label, incoming) in told {
            let number = PhoneNumber::e164(A + NUMBERS[number as usize]);
            story.call_of(number, day * DAY, LABELS[label], incoming);
        }
        story.overrides = said.into_iter().map(|(kind, ids)| match kind {
            0 => Override::Merge(records(&ids)),
            1 => Override::Split(records(&ids)),
            _ => Override::Name(RecordId(ids.first().copied().unwrap_or(1)), "Имя".into()),
        }).collect();
        story
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_member_has_a_reason_and_one_group(story in any_story()) {
        let mut seen = BTreeSet::new();
        for group in story.groups() {
            prop_assert!(group.calls.is_sorted() && !group.name.is_empty());
            let told: BTreeSet<_> = group.reasons.iter().flat_map(|r| r.calls.iter().copied()).collect();
            let members: BTreeSet<_> = group.calls.iter().copied().collect();
            prop_assert_eq!(&told, &members);
            for reason in &group.reasons {
                prop_assert!(reason.calls.is_sorted() && reason.text.contains(&reason.calls.len().to_string()));
            }
            let user = group.reasons.iter().any(|r| r.kind == ReasonKind::User);
            prop_assert!(group.calls.len() > 1 || user);
            let start = |id: CallId| (story.calls[id.0 as usize - 1].start, id);
            prop_assert_eq!(group.id.0, group.calls.iter().map(|c| start(*c)).min().unwrap().1.0);
            for call in group.calls {
                prop_assert!(seen.insert(call));
            }
        }
    }

    #[test]
    fn the_order_of_the_tables_does_not_matter(story in any_story()) {
        let mut turned = story.clone();
        let (numbers, labels) = (story.numbers.len() as u32, story.labels.len() as u32);
        turned.numbers.reverse();
        turned.labels.reverse();
        turned.calls.iter_mut().for_each(|c| c.number = numbers - 1 - c.number);
        turned.observed.iter_mut().for_each(|o| o.1 = labels - 1 - o.1);
        prop_assert_eq!(story.groups(), turned.groups());
    }
}

#[test]
fn a_block_in_which_two_names_show_joins_neither() {
    let mut story = Story::default();
    for day in 0..3 {
        story.call(A + day, day as i64, "Ромашка");
        story.call(A + 20 + day, day as i64, "Василёк");
    }
    let unnamed: Vec<i64> = (0..3).map(|n| story.call(A + 40 + n, n as i64, "")).collect();
    let members = story.members();
    assert_eq!(
        members.len(),
        3,
        "two callers by their names, and the numbers of the block that show none: {members:?}"
    );
    assert!(members.contains(&unnamed), "the block still speaks for numbers without a name");
}

#[test]
fn calls_that_are_not_theirs_leave_and_what_joins_them_to_one_another_still_does() {
    let mut story = Story::default();
    let theirs: Vec<i64> = (0..4).map(|day| story.call(79_353_104_000 + day as u64, day, "ООО ВЕКТОРИЯ")).collect();
    let other: Vec<i64> = (0..3).map(|day| story.call(79_353_104_001, 10 + day, "")).collect();
    let labelled = story.call(79_353_104_002, 20, "Мама");
    let not_them = |records: &[i64], numbers| Override::NotThem {
        group: vec![RecordId(theirs[0])],
        records: records.iter().copied().map(RecordId).collect(),
        numbers,
    };
    let home = |story: &Story| story.groups().into_iter().find(|g| g.calls.contains(&CallId(theirs[0]))).unwrap();
    let before = home(&story).calls.len();

    story.overrides = vec![not_them(&[other[0]], false)];
    assert_eq!(home(&story).calls.len(), before - 1);
    assert!(story.groups().iter().all(|g| !g.calls.contains(&CallId(other[0]))), "alone it stands in no group");

    story.overrides = vec![not_them(&[other[0]], true)];
    let now = home(&story);
    let of_number = |id: &CallId| story.calls[id.0 as usize - 1].number == story.calls[other[0] as usize - 1].number;
    assert!(now.calls.iter().all(|id| !of_number(id)), "every call of the number has left");
    let later = story.call(79_353_104_001, 40, "ООО ВЕКТОРИЯ");
    assert!(!home(&story).calls.contains(&CallId(later)), "and one that comes later does not join, whatever it bears");

    story.overrides = vec![Override::Known(RecordId(theirs[0]), true), Override::Known(RecordId(theirs[1]), false)];
    assert!(!home(&story).known, "the last word counts");
    story.overrides.push(Override::Known(RecordId(theirs[2]), true));
    assert!(home(&story).known);
    let _ = labelled;
}
