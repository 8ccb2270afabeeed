//! To whom the person says that a group belongs, and the mark they chose: both outlive imports, splits and merges, are
//! undone, and leave with the package as a claim.

use crate::common::{differences, import, members, new_case, view};
use std::io::Read;
use tempfile::TempDir;
use ulika::actions::{self, ExportOptions};
use ulika::model::{AttributionBasis, Contents, GroupId, RespondentRole, StatedAttribution};
use ulika::progress::Silent;
use ulika::{Case, Code};

fn claim(respondent: &str, bases: &[AttributionBasis]) -> StatedAttribution {
    StatedAttribution {
        respondent: respondent.to_owned(),
        inn: Some("9901000122".to_owned()),
        role: RespondentRole::Advertiser,
        bases: bases.to_vec(),
        note: "7 апреля сказали: «Это Вектор»".to_owned(),
    }
}

/// The report on paper is another's business.
struct NoPaper;

impl ulika::typesetting::Typesetter for NoPaper {
    fn pdf(&self, _: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(b"%PDF-1.7 sample".to_vec())
    }
}

fn largest(case: &Case) -> GroupId {
    actions::groups(case).unwrap().groups.remove(0).id
}

fn undo(case: &mut Case) {
    actions::undo(case).unwrap();
}

#[test]
fn a_claim_and_a_mark_outlive_imports_and_a_split_of_the_call_that_held_them() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let group = largest(&case);
    assert_eq!(view(&case, group).respondent, None, "nothing derives it");
    let said = claim("ООО «Вектор»", &[AttributionBasis::Label, AttributionBasis::SelfNamed]);
    actions::attribute_group(&mut case, group, Some(&said)).unwrap();
    actions::mark_group(&mut case, group, Some(5)).unwrap();
    let told = view(&case, group);
    assert_eq!(told.respondent.as_deref(), Some("ООО «Вектор»"));
    assert!(!told.by_label_alone);
    assert_eq!(told.attribution.unwrap().bases, [AttributionBasis::SelfNamed, AttributionBasis::Label]);

    import(&mut case, &["beeline.xlsx", "table.csv"]);
    let now = actions::groups(&case).unwrap().groups.into_iter().find(|g| g.respondent.is_some()).unwrap();
    assert_eq!((now.mark, now.mark_chosen), (5, true));

    // The earliest call, by which the group was named, leaves it: the claim stays with the others.
    let first = members(&case, now.id).into_iter().map(|call| call.id).min().unwrap();
    actions::split_group(&mut case, now.id, &[first]).unwrap();
    let told = actions::groups(&case).unwrap().groups;
    let holders: Vec<u32> = told.iter().filter(|g| g.respondent.is_some()).map(|g| g.calls).collect();
    assert_eq!(holders, [now.calls - 1]);
    assert_eq!(told.iter().filter(|g| g.mark_chosen && g.mark == 5).count(), 1);
    assert_eq!(differences(&case), Vec::<String>::new(), "what is derived anew is the same, and the log tells it");

    undo(&mut case);
    let whole = view(&case, now.id);
    actions::attribute_group(&mut case, whole.id, None).unwrap();
    actions::mark_group(&mut case, whole.id, None).unwrap();
    assert_eq!((view(&case, whole.id).attribution, view(&case, whole.id).mark_chosen), (None, false));
    undo(&mut case);
    undo(&mut case);
    assert_eq!(view(&case, whole.id).attribution, whole.attribution);
    assert_eq!(differences(&case), Vec::<String>::new());
}

#[test]
fn claims_of_groups_that_are_merged_contradict_each_other_aloud() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let ids: Vec<GroupId> = actions::groups(&case).unwrap().groups.iter().take(2).map(|g| g.id).collect();
    let (one, other) =
        (claim("ООО «Вектор»", &[AttributionBasis::Label]), claim("ООО «Гавань»", &[AttributionBasis::Answer]));
    actions::attribute_group(&mut case, ids[0], Some(&one)).unwrap();
    assert!(view(&case, ids[0]).by_label_alone, "a label is no identity");
    actions::attribute_group(&mut case, ids[1], Some(&other)).unwrap();
    let merged = actions::merge_groups(&mut case, &ids).unwrap().group.unwrap();
    let told = view(&case, merged);
    assert_eq!(told.respondent.as_deref(), Some("ООО «Гавань»"), "the last word counts");
    assert_eq!(told.also_attributed.iter().map(|c| c.respondent.as_str()).collect::<Vec<_>>(), ["ООО «Вектор»"]);
}

#[test]
fn a_claim_without_a_basis_or_with_a_wrong_number_is_refused_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml"]);
    let group = largest(&case);
    let wrong = StatedAttribution {
        inn: Some("9901000123".to_owned()),
        ..claim("ООО «Вектор»", &[AttributionBasis::Label])
    };
    for (said, word) in
        [(claim("ООО «Вектор»", &[]), "почему"), (claim(" ", &[AttributionBasis::Label]), "кому"), (wrong, "ИНН")]
    {
        let refused = actions::attribute_group(&mut case, group, Some(&said)).unwrap_err();
        assert_eq!(refused.code, Code::RequestUnfit);
        assert!(refused.message("ru").contains(word), "{}", refused.message("ru"));
    }
    assert_eq!(actions::mark_group(&mut case, group, Some(24)).unwrap_err().code, Code::RequestUnfit);
    assert_eq!(view(&case, group).attribution, None);
}

#[test]
fn a_claim_leaves_as_a_claim_with_the_groups_it_is_about_and_is_listed_before() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = new_case(&folder, None);
    import(&mut case, &["mts.xml", "phone.xml"]);
    let ids: Vec<GroupId> = actions::groups(&case).unwrap().groups.iter().take(2).map(|g| g.id).collect();
    actions::attribute_group(&mut case, ids[0], Some(&claim("ООО «Вектор»", &[AttributionBasis::Label]))).unwrap();
    let scoped = |group: GroupId| ExportOptions { contents: Contents::Extracts, groups: vec![group] };
    let texts = |group| -> Vec<String> {
        actions::leaving_texts(&case, &scoped(group)).unwrap().texts.into_iter().map(|t| t.text).collect()
    };
    for text in ["ООО «Вектор»", "9901000122", "7 апреля сказали: «Это Вектор»"] {
        assert!(texts(ids[0]).iter().any(|t| t == text), "{text}");
        assert!(!texts(ids[1]).iter().any(|t| t.contains(text)), "{text} is not about that group");
    }
    let report = |case: &mut Case, group: GroupId, name: &str| {
        let to = folder.path().join(name);
        actions::export(case, &to, &scoped(group), &NoPaper, &Silent).unwrap();
        let mut zip = zip::ZipArchive::new(std::fs::File::open(&to).unwrap()).unwrap();
        let at =
            (0..zip.len()).find(|at| zip.by_index(*at).unwrap().name().unwrap().ends_with("/report.html")).unwrap();
        let mut text = String::new();
        zip.by_index(at).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let told = report(&mut case, ids[0], "один.zip");
    assert!(told.contains("Кому заявитель относит группы") && told.contains("ООО «Вектор», ИНН 9901000122"));
    assert!(told.contains("указал заявитель; программа этого не определяет"));
    assert!(!report(&mut case, ids[1], "другой.zip").contains("Вектор"));
}
