//! Soft signals, figures of chance and conflicts in a case: a year as a phone's log states it.

use super::common::{CLOCK, differences, groups, new_case, open};
use std::fmt::Write;
use std::path::Path;
use tempfile::TempDir;
use ulika::actions::{self, ImportOptions};
use ulika::model::{GroupId, ReasonKind};
use ulika::progress::Silent;
use ulika::{Access, Case};
use ulika_samples::years::{Preset, YearCall, year};

/// A phone's log of these calls.
fn log(calls: &[YearCall]) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let mut log =
        format!("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<calls count=\"{}\">\n", calls.len());
    for (second, call) in (0_i64..).zip(calls) {
        let number = call.number.map_or_else(|| "-1".to_owned(), |digits| format!("+{digits}"));
        let kind = match (call.incoming, call.length_s) {
            (true, 0) => 3,
            (true, _) => 1,
            (false, _) => 2,
        };
        let (presentation, name) = (1 + u8::from(call.number.is_none()), call.label.as_deref().unwrap_or("(Unknown)"));
        // Milliseconds keep calls apart that begin in one second.
        let date = call.start * 1_000 + second % 1_000;
        let _ = writeln!(
            log,
            "<call number=\"{number}\" duration=\"{}\" date=\"{date}\" type=\"{kind}\" presentation=\"{presentation}\" \
             contact_name=\"{}\" />",
            call.length_s,
            escaped(name)
        );
    }
    log + "</calls>\n"
}

fn add(case: &mut Case, folder: &Path, name: &str, calls: &[YearCall]) {
    let file = folder.join(name);
    std::fs::write(&file, log(calls)).unwrap();
    actions::import(case, &[file], &ImportOptions::default(), &[], &Silent).unwrap();
}

fn made() -> (TempDir, Case) {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    add(&mut case, folder.path(), "год.xml", &year(Preset::Standard, 2));
    (folder, case)
}

#[test]
fn a_case_has_the_groups_that_its_calls_have_and_verifies() {
    let (folder, mut case) = made();
    let soft = |case: &Case| {
        let groups = actions::groups(case).unwrap().groups;
        let of = |kind| groups.iter().flat_map(|g| &g.reasons).filter(|r| r.kind == kind).map(|r| r.calls.len()).sum();
        let counts: (usize, usize) = (of(ReasonKind::Rhythm), of(ReasonKind::Script));
        counts
    };
    let before = soft(&case);
    assert!(before.0 > 10 && before.1 > 10, "{before:?}");
    // The person's word groups again from the derived tables, an import from the records: both find the same.
    let (first, told) = (actions::groups(&case).unwrap().groups[0].id, groups(&case));
    actions::name_group(&mut case, first, "Имя").unwrap();
    assert!(differences(&case).is_empty());
    actions::undo(&mut case).unwrap();
    assert_eq!(groups(&case), told);
    assert!(differences(&case).is_empty());
    drop(case);
    let again = open(&folder.path().join("дело.ulika"), None).unwrap();
    assert_eq!(groups(&again), told);
}

#[test]
fn whom_the_person_knows_they_know_as_they_stand() {
    let (folder, mut case) = made();
    let view = |case: &Case, id| actions::groups(case).unwrap().groups.into_iter().find(|g| g.id == id).unwrap();
    let all = actions::groups(&case).unwrap().groups;
    for group in all.iter().filter(|g| g.reasons.iter().any(|r| r.kind == ReasonKind::Script)) {
        let known = actions::mark_known(&mut case, group.id, true).unwrap();
        let now = view(&case, known.group.unwrap());
        assert!(now.known && now.calls == group.calls && now.id == group.id, "{} of {}", now.calls, group.calls);
        assert!(differences(&case).is_empty());
        // What is ordinary for the person is another thing then, so that other groups may change: each by itself.
        actions::undo(&mut case).unwrap();
    }
    drop(case);
    let case = open(&folder.path().join("дело.ulika"), None).unwrap();
    assert!(differences(&case).is_empty());
}

#[test]
fn a_year_in_two_files_has_the_groups_of_one() {
    let (_folder, whole) = made();
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    let told = year(Preset::Standard, 2);
    let (first, last) = told.split_at(told.len() / 2);
    add(&mut case, folder.path(), "второе.xml", last);
    add(&mut case, folder.path(), "первое.xml", first);
    let sizes = |case: &Case| -> Vec<(String, u32)> {
        let mut sizes: Vec<_> = actions::groups(case).unwrap().groups.into_iter().map(|g| (g.first, g.calls)).collect();
        sizes.sort_unstable();
        sizes
    };
    assert_eq!(sizes(&case), sizes(&whole));
    assert!(differences(&case).is_empty());
}

#[test]
fn chance_is_told_when_it_is_asked_for_and_is_not_kept() {
    let (_folder, case) = made();
    let plain = actions::groups(&case).unwrap();
    assert!(plain.chance.is_none() && plain.groups.iter().flat_map(|g| &g.reasons).all(|r| r.chance.is_none()));
    let mut told = plain.clone();
    actions::tell_chance(&case, &mut told, &Silent).unwrap();
    let basis = told.chance.clone().unwrap();
    assert!(basis.ordinary_calls > 300 && basis.tests > 10 && basis.correction == "bonferroni");
    let figures: Vec<Option<f64>> = told.groups[0].reasons.iter().map(|reason| reason.chance).collect();
    assert!(figures.iter().flatten().any(|figure| *figure < 0.05), "{figures:?}");
    let one = actions::chance_of_group(&case, told.groups[0].id, &Silent).unwrap();
    assert_eq!((one.reasons, one.basis), (figures, basis));
    assert_eq!(actions::chance_of_group(&case, GroupId(999_999), &Silent).unwrap_err().code.word(), "not_found");
    // It is not kept, so that nothing that leaves can hold it.
    assert_eq!(actions::groups(&case).unwrap(), plain);
    assert!(differences(&case).is_empty());
}

#[test]
fn a_case_that_is_only_looked_at_says_the_same() {
    let (folder, case) = made();
    let told = groups(&case);
    drop(case);
    let looked = Case::open(&folder.path().join("дело.ulika"), None, Access::Read, CLOCK).unwrap();
    assert_eq!(groups(&looked), told);
}
