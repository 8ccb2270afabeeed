//! «Это не они»: calls leave a group for good, say so, and can be put back; «свои».

use crate::common::{differences, groups, import, members, new_case, view};
use tempfile::TempDir;
use ulika::actions::{self, CallFilter, CallView};
use ulika::model::GroupId;
use ulika::{Case, Code};

/// The largest group, and a number of it that is neither its first nor its last.
fn group_and_number(case: &Case) -> (GroupId, CallView, usize) {
    let group = actions::groups(case).unwrap().groups.remove(0).id;
    let calls = members(case, group);
    let (first, last) = (&calls[0].number, &calls[calls.len() - 1].number);
    let call = calls.iter().find(|c| c.number != *first && c.number != *last && c.number.is_some()).unwrap().clone();
    let of_number = calls.iter().filter(|c| c.number == call.number).count();
    (group, call, of_number)
}

#[test]
fn calls_taken_out_stay_out_through_imports_and_are_put_back_by_name() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let before = groups(&case);
    let (group, call, _) = group_and_number(&case);
    let count = view(&case, group).calls;
    let edited = actions::take_out(&mut case, None, &[call.id], false).unwrap();
    assert_eq!(edited.group, Some(group));
    assert_eq!(view(&case, group).calls, count - 1);
    let taken = view(&case, group).taken_out;
    assert_eq!(taken.iter().map(|t| t.calls).collect::<Vec<_>>(), [1], "the group says how many were taken out");
    assert_ne!(actions::call_detail(&case, call.id).unwrap().call.group, Some(group));
    assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some("calls_taken_out"));

    import(&mut case, &["beeline.xlsx", "table.csv"]);
    let now = actions::call_detail(&case, call.id).unwrap().call;
    assert!(members(&case, group).iter().all(|c| c.id != now.id), "a new import does not bring it back");
    assert_eq!(differences(&case), Vec::<String>::new(), "what is derived anew is the same");

    let taken = view(&case, group).taken_out.remove(0);
    actions::put_back(&mut case, taken.id).unwrap();
    let told = actions::log(&case).unwrap().custody;
    let put_back = told.iter().find(|entry| entry.kind == "calls_put_back").unwrap();
    assert_eq!(put_back.facts.groups, [view(&case, group).name], "the log says whose calls");
    assert!(members(&case, group).iter().any(|c| c.id == now.id));
    assert!(view(&case, group).taken_out.is_empty());
    for expected in ["calls_put_back", "imported", "calls_taken_out"] {
        assert_eq!(actions::overview(&case).unwrap().undo.as_deref(), Some(expected));
        actions::undo(&mut case).unwrap();
    }
    assert_eq!(groups(&case), before, "all of it is taken back exactly");
    actions::redo(&mut case).unwrap();
    assert_eq!(view(&case, group).calls, count - 1);
}

#[test]
fn a_number_taken_out_takes_its_later_calls_with_it() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let (group, call, of_number) = group_and_number(&case);
    let count = view(&case, group).calls as usize;
    actions::take_out(&mut case, Some(group), &[call.id], true).unwrap();
    assert_eq!(view(&case, group).calls as usize, count - of_number);
    let taken = view(&case, group).taken_out.remove(0);
    assert_eq!(taken.numbers, [call.number.clone().unwrap()]);
    import(&mut case, &["mts.xml"]);
    let filter = CallFilter { number: call.number.clone(), ..CallFilter::default() };
    let all = actions::calls(&case, &filter, None, 1_000).unwrap().calls;
    assert!(all.len() >= of_number);
    let home = actions::calls(&case, &CallFilter { group: Some(group), ..CallFilter::default() }, None, 1).unwrap();
    let home = home.calls[0].group;
    assert!(all.iter().all(|c| c.group.is_none() || c.group != home), "no call of that number is in the group");
}

#[test]
fn a_group_is_not_left_empty_and_strangers_are_not_taken_out_of_it() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let (group, ..) = group_and_number(&case);
    let ids: Vec<_> = members(&case, group).iter().map(|c| c.id).collect();
    assert_eq!(actions::take_out(&mut case, None, &ids, false).unwrap_err().code, Code::RequestUnfit);
    let all = actions::calls(&case, &CallFilter::default(), None, 10_000).unwrap().calls;
    let stranger = all.iter().find(|c| c.group.is_none()).unwrap().id;
    assert_eq!(actions::take_out(&mut case, None, &[stranger], false).unwrap_err().code, Code::RequestUnfit);
    assert_eq!(actions::put_back(&mut case, 77).unwrap_err().code, Code::NotFound);
}

#[test]
fn calls_from_anywhere_make_a_group_with_a_name_of_its_own() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let (group, call, _) = group_and_number(&case);
    let all = actions::calls(&case, &CallFilter::default(), None, 10_000).unwrap().calls;
    let stranger = all.iter().find(|c| c.group.is_none()).unwrap().id;
    let edited = actions::gather_calls(&mut case, &[stranger, call.id]).unwrap();
    let made = view(&case, edited.group.unwrap());
    assert_eq!(made.calls, 2);
    assert_ne!(made.name, view(&case, group).name, "two groups of one name could not be told apart");
}

#[test]
fn people_one_knows_are_marked_and_the_mark_is_undone() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let (group, ..) = group_and_number(&case);
    actions::mark_known(&mut case, group, true).unwrap();
    assert!(view(&case, group).known);
    assert_eq!(differences(&case), Vec::<String>::new());
    actions::mark_known(&mut case, group, false).unwrap();
    assert!(!view(&case, group).known);
    actions::undo(&mut case).unwrap();
    assert!(view(&case, group).known);
}
