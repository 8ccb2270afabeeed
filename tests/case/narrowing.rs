//! Finding calls: filters that combine, orders, dates and hidden numbers as people type them.

use crate::common::{import, new_case};
use tempfile::TempDir;
use ulika::Case;
use ulika::actions::{self, CallFilter, CallKey, CallList, CallOrder, CallView};
use ulika::model::{Direction, Disposition, NumberKind, Verdict};

fn listed(case: &Case, filter: &CallFilter) -> Vec<CallView> {
    CallList::find(case, filter).unwrap().page(case, 0, 100_000).unwrap()
}

fn sample() -> (TempDir, Case) {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    import(&mut case, &["beeline.xlsx", "table.csv"]);
    (folder, case)
}

#[test]
fn filters_combine_and_each_lets_through_what_its_name_says() {
    let (_folder, case) = sample();
    let all = listed(&case, &CallFilter::default());
    let check = |filter: CallFilter, fits: &dyn Fn(&CallView) -> bool| {
        let found: Vec<_> = listed(&case, &filter).into_iter().map(|c| c.id).collect();
        let expected: Vec<_> = all.iter().filter(|c| fits(c)).map(|c| c.id).collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{filter:?} says something of the sample");
        assert_eq!(found, expected, "{filter:?}");
    };
    let incoming = || CallFilter { direction: Some(Direction::Incoming), ..CallFilter::default() };
    check(incoming(), &|c| c.direction == Direction::Incoming);
    let missed = CallFilter { disposition: Some(Disposition::Missed), ..incoming() };
    check(missed, &|c| c.direction == Direction::Incoming && c.disposition == Disposition::Missed);
    for verdict in [Verdict::Both, Verdict::PhoneOnly, Verdict::OperatorOnly] {
        check(CallFilter { verdict: Some(verdict), ..CallFilter::default() }, &|c| c.verdict == verdict);
    }
    check(CallFilter { labelled: Some(true), ..CallFilter::default() }, &|c| !c.labels.is_empty());
    check(CallFilter { labelled: Some(false), ..CallFilter::default() }, &|c| c.labels.is_empty());
    let source = all[0].records[0].source;
    check(CallFilter { source: Some(source), ..CallFilter::default() }, &|c| {
        c.records.iter().any(|r| r.source == source)
    });
    let group = all.iter().find_map(|c| c.group).unwrap();
    let both = CallFilter { group: Some(group), text: Some("79".into()), ..incoming() };
    check(both, &|c| {
        c.group == Some(group)
            && c.direction == Direction::Incoming
            && c.number.as_ref().is_some_and(|n| n.contains("79"))
    });
}

#[test]
fn a_call_says_whether_its_source_wrote_instants() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["phone.xml"]);
    let all = listed(&case, &CallFilter::default());
    assert!(!all.is_empty() && all.iter().all(|c| c.instant), "the phone counts seconds");
    let other = TempDir::new().unwrap();
    let (_, mut case) = new_case(&other, None);
    import(&mut case, &["table.csv"]);
    let all = listed(&case, &CallFilter::default());
    assert!(!all.is_empty() && all.iter().all(|c| !c.instant), "a table is written by a clock on the wall");
}

#[test]
fn hidden_numbers_and_dates_are_found_as_they_are_written() {
    let (_folder, case) = sample();
    let all = listed(&case, &CallFilter::default());
    let hidden: Vec<_> = all.iter().filter(|c| c.number_kind == NumberKind::Hidden).map(|c| c.id).collect();
    assert!(!hidden.is_empty());
    for said in ["скрыт", "Номер скрыт", "hidden"] {
        let filter = CallFilter { text: Some(said.into()), ..CallFilter::default() };
        assert_eq!(listed(&case, &filter).iter().map(|c| c.id).collect::<Vec<_>>(), hidden, "{said}");
    }
    let filter = CallFilter { hidden: Some(true), ..CallFilter::default() };
    assert_eq!(listed(&case, &filter).len(), hidden.len());

    let day = &all[all.len() / 2].started_at[..10];
    let of_day = all.iter().filter(|c| c.started_at.starts_with(day)).count();
    let date = chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").unwrap();
    for written in [date.format("%d.%m.%Y").to_string(), date.format("%-d.%-m.%y").to_string(), day.to_owned()] {
        let found = listed(&case, &CallFilter { text: Some(written.clone()), ..CallFilter::default() });
        assert_eq!(found.iter().filter(|c| c.started_at.starts_with(day)).count(), of_day, "{written}");
        assert_eq!(found.len(), of_day, "{written}: no other day");
    }
}

#[test]
fn a_date_with_a_time_or_with_another_text_narrows_by_both() {
    let (_folder, case) = sample();
    let found = |text: String| listed(&case, &CallFilter { text: Some(text), ..CallFilter::default() });
    let all = listed(&case, &CallFilter::default());
    let elsewhere =
        |c: &CallView| all.iter().any(|o| o.number == c.number && o.started_at[5..10] != c.started_at[5..10]);
    let call = all.iter().find(|c| c.number.is_some() && elsewhere(c)).unwrap();
    let number = call.number.clone().unwrap();
    let day = chrono::NaiveDate::parse_from_str(&call.started_at[..10], "%Y-%m-%d").unwrap();
    let (short, minute) = (day.format("%-d.%-m").to_string(), &call.started_at[11..16]);
    let of_day = |c: &CallView| c.started_at[5..10] == call.started_at[5..10];

    let at: Vec<_> = all.iter().filter(|c| of_day(c) && &c.started_at[11..16] == minute).map(|c| c.id).collect();
    assert_eq!(found(format!("{short} {minute}")).iter().map(|c| c.id).collect::<Vec<_>>(), at);
    let of_number = |c: &CallView| c.number.as_deref() == Some(&number);
    let both: Vec<_> = all.iter().filter(|c| of_day(c) && of_number(c)).map(|c| c.id).collect();
    assert_eq!(found(format!("{short} {number}")).iter().map(|c| c.id).collect::<Vec<_>>(), both);
    assert_eq!(found(format!("{number} {short}")).len(), both.len());
    assert!(both.len() < all.iter().filter(|c| of_number(c)).count(), "the date narrows");
    assert!(found(format!("{short} такого нет")).is_empty(), "nothing is left out of account");
    let minutes = all.iter().filter(|c| &c.started_at[11..16] == minute).count();
    assert_eq!(found(minute.to_owned()).len(), minutes, "a time of any day");
}

#[test]
fn every_order_holds_both_ways_and_equal_calls_stand_newest_first() {
    let (_folder, case) = sample();
    let shown = |call: &CallView, by: CallKey| match by {
        CallKey::Time => Some(call.started_at.clone()),
        CallKey::Number => {
            call.number.clone().or(Some(call.number_raw.clone())).filter(|_| call.number_kind != NumberKind::Hidden)
        }
        CallKey::Label => call.labels.first().map(|l| l.to_lowercase().replace('ё', "е")),
        CallKey::Group => call.group_name.as_ref().map(|n| n.to_lowercase().replace('ё', "е")),
        CallKey::Duration => call.duration_s.map(|d| format!("{d:010}")),
        CallKey::Witnesses => Some(
            match call.verdict {
                Verdict::Both | Verdict::Conflict => 2,
                Verdict::PhoneOnly | Verdict::OperatorOnly => 1,
                Verdict::OtherOnly => 0,
            } + usize::from(!call.exhibits.is_empty()),
        )
        .map(|n| n.to_string()),
    };
    let at = |call: &CallView| chrono::DateTime::parse_from_rfc3339(&call.started_at).unwrap();
    for by in [CallKey::Time, CallKey::Label, CallKey::Group, CallKey::Duration, CallKey::Witnesses, CallKey::Number] {
        for descending in [false, true] {
            let order = CallOrder { by, descending };
            let calls = listed(&case, &CallFilter { order, ..CallFilter::default() });
            for pair in calls.windows(2) {
                let (a, b) = (shown(&pair[0], by), shown(&pair[1], by));
                match (&a, &b) {
                    (None, Some(_)) => panic!("{order:?}: what is not known comes last"),
                    (Some(a), Some(b)) if by == CallKey::Number && !(a.starts_with('+') && b.starts_with('+')) => {}
                    (Some(x), Some(y)) if by != CallKey::Time => {
                        assert!(if descending { x >= y } else { x <= y }, "{order:?}: {x} before {y}");
                    }
                    _ => {}
                }
                if by != CallKey::Time && a == b {
                    assert!(at(&pair[0]) >= at(&pair[1]), "{order:?}: newest first among equals");
                }
            }
            assert_eq!(calls.len(), listed(&case, &CallFilter::default()).len());
        }
    }
}

#[test]
fn columns_read_once_follow_the_case() {
    let (_folder, mut case) = sample();
    let columns = actions::CallColumns::default();
    let filter = CallFilter { direction: Some(Direction::Incoming), ..CallFilter::default() };
    let before = CallList::find_with(&case, &filter, &columns).unwrap().ids;
    assert_eq!(CallList::find_with(&case, &filter, &columns).unwrap().ids, before);
    actions::undo(&mut case).unwrap();
    let after = CallList::find_with(&case, &filter, &columns).unwrap().ids;
    assert_eq!(after, CallList::find(&case, &filter).unwrap().ids);
    assert_ne!(after, before);
}
