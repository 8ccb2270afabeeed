//! A source that was read wrongly goes by itself, whatever came after it, and comes back with all that hangs on it.

use super::common::*;
use tempfile::TempDir;
use ulika::actions::{self, CallColumns, ExportOptions, WitnessMatrix};
use ulika::model::{Contents, SourceId};
use ulika::progress::Silent;
use ulika::{Case, Code};

/// Calls on the days of March, one a day, of the same number; every one is of a group by its label.
fn detail(days: std::ops::RangeInclusive<u32>, hour: u32) -> String {
    let mut text = "Дата и время;Направление;Номер;Длительность;Подпись\r\n".to_owned();
    for day in days {
        text += &format!("{day:02}.03.2025 {hour:02}:15:30;Входящий;79351112233;00:00:31;ООО ВЕКТОРИЯ\r\n");
    }
    text
}

fn bring(case: &mut Case, folder: &TempDir, name: &str, text: &str, kind: &str) -> SourceId {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let kind = ulika::model::SourceKind::from_word(kind).unwrap();
    let options = actions::ImportOptions { kind: Some(kind), ..Default::default() };
    actions::import(case, &[path], &options, &[], &Silent).unwrap().sources.remove(0).id.unwrap()
}

#[test]
fn a_source_goes_by_itself_and_what_goes_with_it_is_said_before() {
    let folder = TempDir::new().unwrap();
    let (path, mut case) = new_case(&folder, None);
    let wrong = bring(&mut case, &folder, "wrong.csv", &detail(1..=9, 10), "phone");
    let right = bring(&mut case, &folder, "right.csv", &detail(7..=12, 10), "operator");
    let listed = actions::calls(&case, &Default::default(), None, 100).unwrap().calls;
    let (alone, shared) = (listed[0].id, listed[8].id);
    assert_eq!((listed.len(), listed[8].records.len()), (12, 2));
    let picture = sample("shots/Screenshot_20250401-173316.png");
    let label = Some("Банк Тихий берег".into());
    let options = actions::AttachOptions { calls: vec![alone, shared], kind: None, label };
    actions::attach(&mut case, &[picture], &options, &Silent).unwrap();
    let group = actions::groups(&case).unwrap().groups[0].id;
    actions::name_group(&mut case, group, "Назойливые").unwrap();
    let later = bring(&mut case, &folder, "later.csv", &detail(20..=22, 10), "operator");
    let (before, groups_before) = (calls(&case), groups(&case));

    let columns = CallColumns::default();
    let preview = actions::preview_withdrawal(&case, wrong, &columns).unwrap();
    assert_eq!((preview.calls, preview.stay), (6, 3));
    assert_eq!((preview.exhibits, preview.labels, preview.said), (1, 1, 1), "of the first call alone");
    assert_eq!(calls(&case), before, "to look changes nothing");
    let other = actions::preview_withdrawal(&case, later, &columns).unwrap();
    assert_eq!((other.calls, other.stay, other.exhibits, other.labels, other.said), (3, 0, 0, 0, 0));

    actions::withdraw_source(&mut case, wrong).unwrap();
    let left = actions::overview(&case).unwrap();
    assert_eq!(left.calls as usize, listed.len() + 3 - preview.calls as usize, "as many as were said");
    assert_eq!(left.sources.iter().map(|s| s.id).collect::<Vec<_>>(), [right, later], "what came after it stays");
    let matrix = WitnessMatrix::read(&case).unwrap();
    let stated = matrix.ids.iter().flat_map(|id| matrix.call(*id).records);
    assert!(stated.into_iter().all(|record| record.source != wrong));
    assert_eq!(differences(&case), Vec::<String>::new());
    for again in [
        actions::preview_withdrawal(&case, wrong, &columns).map(|_| ()),
        actions::withdraw_source(&mut case, wrong).map(|_| ()),
    ] {
        assert_eq!(again.unwrap_err().code, Code::NotFound);
    }
    let entry = actions::log(&case).unwrap().custody.pop().unwrap();
    assert_eq!((entry.kind.as_str(), entry.facts.files[0].file.as_str()), ("withdrawn", "wrong.csv"));
    // Neither the file nor a row of it leaves.
    let out = folder.path().join("out.zip");
    let whole = ExportOptions { contents: Contents::Originals, groups: Vec::new() };
    actions::export(&mut case, &out, &whole, &super::hand::Paper, &Silent).unwrap();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&out).unwrap()).unwrap();
    let names: Vec<String> = (0..zip.len()).map(|at| zip.by_index(at).unwrap().name().unwrap().into_owned()).collect();
    assert!(names.iter().any(|name| name.ends_with("originals/S0002.csv")), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("S0001")), "{names:?}");

    // Taken back, it is as it was, with all that was said of it.
    actions::undo(&mut case).unwrap();
    assert_eq!((calls(&case), groups(&case)), (before, groups_before));
    assert_eq!(actions::groups(&case).unwrap().groups[0].name, "Назойливые");
    assert_eq!(differences(&case), Vec::<String>::new());
    drop(case);
    assert_eq!(differences(&look(&path, None).unwrap()), Vec::<String>::new());
}
