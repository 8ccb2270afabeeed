//! Numbers split off a group into one of their own, merged groups parted again, and the names that the person gave.

use crate::common::{differences, groups, import, members, new_case, view};
use tempfile::TempDir;
use ulika::Case;
use ulika::actions::{self, CallFilter, CallView};
use ulika::model::{CallId, GroupId, ReasonKind};

/// A call of each of so many numbers of a group, and none of the number of its first call.
fn of_numbers(case: &Case, group: GroupId, many: usize) -> Vec<CallView> {
    let calls = members(case, group);
    let mut found: Vec<CallView> = Vec::new();
    for call in calls.iter().filter(|c| c.number.is_some() && c.number != calls[0].number) {
        if found.iter().all(|known| known.number != call.number) {
            found.push(call.clone());
        }
    }
    found.truncate(many);
    assert_eq!(found.len(), many);
    found
}

#[test]
fn numbers_split_off_stand_together_and_keep_their_later_calls() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let before = groups(&case);
    let home = actions::groups(&case).unwrap().groups.remove(0).id;
    let chosen = of_numbers(&case, home, 2);
    let numbers: Vec<_> = chosen.iter().map(|call| call.number.clone()).collect();
    let all = members(&case, home);
    let theirs = all.iter().filter(|call| numbers.contains(&call.number)).count();
    let ids: Vec<CallId> = chosen.iter().map(|call| call.id).collect();

    let made = actions::split_numbers(&mut case, home, &ids).unwrap().group.unwrap();
    assert_ne!(made, home);
    assert_eq!((view(&case, made).calls as usize, view(&case, home).calls as usize), (theirs, all.len() - theirs));
    assert_eq!(view(&case, home).taken_out.len(), 1, "the group says what left it");
    assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some("group_split"));
    assert_eq!(differences(&case), Vec::<String>::new());

    import(&mut case, &["mts.xml", "beeline.xlsx"]);
    let now = actions::call_detail(&case, chosen[0].id).unwrap().call.group.unwrap();
    let split = members(&case, now);
    for number in &numbers {
        let filter = CallFilter { number: number.clone(), ..CallFilter::default() };
        let calls = actions::calls(&case, &filter, None, 10_000).unwrap().calls;
        assert!(calls.iter().all(|call| split.iter().any(|own| own.id == call.id)), "later calls come to it too");
    }
    let home_now = actions::call_detail(&case, all[0].id).unwrap().call.group.unwrap();
    assert!(members(&case, home_now).iter().all(|call| !numbers.contains(&call.number)));
    assert_eq!(differences(&case), Vec::<String>::new());
    for _ in 0..2 {
        actions::undo(&mut case).unwrap();
    }
    assert!(groups(&case) == before, "one step back undoes the whole of it");
}

#[test]
fn what_was_split_off_is_put_back_and_owes_nothing_to_a_merging() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let home = actions::groups(&case).unwrap().groups.remove(0).id;
    let count = view(&case, home).calls;
    let ids: Vec<CallId> = of_numbers(&case, home, 2).iter().map(|call| call.id).collect();
    actions::split_numbers(&mut case, home, &ids).unwrap();
    let taken = view(&case, home).taken_out.remove(0);
    actions::put_back(&mut case, taken.id).unwrap();
    assert_eq!(view(&case, home).calls, count);
    assert!(view(&case, home).reasons.iter().all(|reason| reason.kind != ReasonKind::User));
    assert_eq!(differences(&case), Vec::<String>::new());
    let all: Vec<CallId> = members(&case, home).iter().map(|call| call.id).collect();
    assert!(actions::split_numbers(&mut case, home, &all).is_err(), "a group is not left empty");
    assert!(actions::split_numbers(&mut case, home, &[]).is_err());
}

#[test]
fn what_was_split_off_and_merged_again_is_not_told_as_out_of_the_group() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let home = actions::groups(&case).unwrap().groups.remove(0).id;
    let ids: Vec<CallId> = of_numbers(&case, home, 1).iter().map(|call| call.id).collect();
    let made = actions::split_numbers(&mut case, home, &ids).unwrap().group.unwrap();
    let reasons = view(&case, made).reasons;
    assert!(reasons.iter().all(|reason| !reason.text.contains("соседние")), "one number is no block: {reasons:?}");
    let merged = actions::merge_groups(&mut case, &[home, made]).unwrap().group.unwrap();
    assert_eq!(view(&case, merged).taken_out, []);
    actions::undo(&mut case).unwrap();
    assert_eq!(view(&case, home).taken_out.len(), 1);
}

#[test]
fn merged_groups_are_parted_again_with_the_names_they_had() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let ids: Vec<GroupId> = actions::groups(&case).unwrap().groups.iter().take(2).map(|g| g.id).collect();
    let apart = groups(&case);
    actions::name_group(&mut case, ids[0], "Первые").unwrap();
    actions::name_group(&mut case, ids[1], "Вторые").unwrap();
    let merged = actions::merge_groups(&mut case, &ids).unwrap().group.unwrap();
    let said = view(&case, merged).merged;
    assert_eq!((said.len(), said[0].numbers.len()), (1, 2));
    import(&mut case, &["table.csv"]);
    actions::part_groups(&mut case, said[0].id).unwrap();
    let names: Vec<String> = ids.iter().map(|id| view(&case, *id).name).collect();
    assert_eq!(names, ["Первые", "Вторые"]);
    assert!(ids.iter().all(|id| view(&case, *id).merged.is_empty()));
    let told = actions::log(&case).unwrap().custody;
    assert!(told.iter().any(|entry| entry.kind == "groups_parted"));
    assert_eq!(differences(&case), Vec::<String>::new());
    for _ in 0..5 {
        actions::undo(&mut case).unwrap();
    }
    assert!(groups(&case) == apart);
    assert!(actions::part_groups(&mut case, said[0].id).is_err());
}

#[test]
fn of_two_named_groups_that_a_label_joins_neither_name_is_lost() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let ids: Vec<GroupId> = actions::groups(&case).unwrap().groups.iter().take(2).map(|g| g.id).collect();
    for (id, name) in ids.iter().zip(["Первые", "Вторые"]) {
        actions::name_group(&mut case, *id, name).unwrap();
    }
    actions::name_group(&mut case, ids[1], "Вторые, точнее").unwrap();
    assert_eq!(view(&case, ids[1]).also_named, Vec::<String>::new(), "a group that is named anew has one name");
    // One more screenshot shows the label of the first group on a call of the second.
    let label = view(&case, ids[0]).labels[0].text.clone();
    let call = members(&case, ids[1])[0].id;
    let picture = folder.path().join("снимок.png");
    std::fs::copy(crate::common::sample("shots/Screenshot_20250401-173316.png"), &picture).unwrap();
    let options = actions::AttachOptions { calls: vec![call], label: Some(label), ..Default::default() };
    actions::attach(&mut case, &[picture], &options, &ulika::progress::Silent).unwrap();
    let joined = view(&case, actions::call_detail(&case, call).unwrap().call.group.unwrap());
    assert_eq!((joined.name.as_str(), joined.also_named), ("Вторые, точнее", vec!["Первые".to_owned()]));
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn of_two_equal_words_the_last_is_taken_back() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let ids: Vec<GroupId> = actions::groups(&case).unwrap().groups.iter().take(2).map(|g| g.id).collect();
    let of_second: Vec<CallId> = members(&case, ids[1]).iter().map(|call| call.id).collect();
    actions::merge_groups(&mut case, &ids).unwrap();
    actions::take_out(&mut case, Some(ids[0]), &of_second, false).unwrap();
    let again: Vec<GroupId> = ids.iter().map(|id| view_of(&case, *id)).collect();
    let merged = actions::merge_groups(&mut case, &again).unwrap().group.unwrap();
    let told: Vec<i64> = view(&case, merged).merged.iter().map(|merged| merged.id).collect();
    actions::part_groups(&mut case, told[0]).unwrap();
    assert_eq!(differences(&case), Vec::<String>::new());
}

/// The group that has the call by which a group was known.
fn view_of(case: &Case, group: GroupId) -> GroupId {
    actions::call_detail(case, CallId(group.0)).unwrap().call.group.unwrap()
}
