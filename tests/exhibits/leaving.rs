//! What leaves with a bundle: times of capture with their basis, and nothing of what is out of scope.

use super::made::*;
use std::io::Read;
use std::path::Path;
use tempfile::TempDir;
use ulika::actions::{self, ExhibitLink, ExportOptions};
use ulika::model::{Contents, GroupId};
use ulika::progress::Silent;
use ulika::typesetting::Typesetter;

/// Stands for the typesetter.
struct Paper;

impl Typesetter for Paper {
    fn pdf(&self, _: &str, _: i64) -> ulika::Result<Vec<u8>> {
        Ok(b"%PDF-1.7\n%%EOF\n".to_vec())
    }
}

fn entry(bundle: &Path, ending: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(bundle).unwrap()).unwrap();
    let name = zip.file_names().filter_map(|n| Some(n.ok()?.into_owned())).find(|n| n.ends_with(ending)).unwrap();
    let mut text = String::new();
    zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn export(case: &mut ulika::Case, to: &Path, groups: Vec<GroupId>) {
    let options = ExportOptions { groups, contents: Contents::Originals };
    actions::export(case, to, &options, &Paper, &Silent).unwrap();
}

#[test]
fn a_bundle_tells_when_exhibits_were_captured_and_how_that_is_known() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let id = attach(&mut case, &[shot(folder.path(), SHOT)]).exhibits[0].id;
    let bundle = folder.path().join("one.zip");
    export(&mut case, &bundle, Vec::new());
    let facts: serde_json::Value = serde_json::from_str(&entry(&bundle, "case.json")).unwrap();
    assert_eq!(facts["exhibits"][0]["captured_at"], "2025-04-01T17:33:16+03:00");
    assert_eq!(facts["exhibits"][0]["captured_basis"], "file_name");
    assert!(entry(&bundle, "opis.csv").contains("2025-04-01T17:33:16+03:00,file_name"));
    assert!(entry(&bundle, "report.html").contains("по имени файла"));
    actions::state_capture(&mut case, id, Some("2025-04-01 17:33")).unwrap();
    let bundle = folder.path().join("two.zip");
    export(&mut case, &bundle, Vec::new());
    assert!(entry(&bundle, "opis.csv").contains("2025-04-01T17:33:00+03:00,stated"));
    assert!(entry(&bundle, "report.html").contains("со слов заявителя"));
}

#[test]
fn a_scoped_bundle_says_nothing_of_exhibits_and_labels_outside_it() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let group = actions::groups(&case).unwrap().groups[0].id;
    let inside = actions::calls(&case, &actions::CallFilter { group: Some(group), ..Default::default() }, None, 1)
        .unwrap()
        .calls[0]
        .id;
    let outside = actions::calls(&case, &actions::CallFilter::default(), None, 10_000).unwrap().calls;
    let outside = outside.iter().find(|c| c.group.is_none()).unwrap().id;
    let files = [put(folder.path(), "a.wav", &wav(1, 1)), put(folder.path(), "b.wav", &wav(1, 2))];
    let attached: Vec<_> = files.iter().map(|f| attach(&mut case, std::slice::from_ref(f)).exhibits[0].id).collect();
    actions::link_exhibits(&mut case, &[ExhibitLink { exhibit: attached[0], call: inside }]).unwrap();
    actions::observe_label(&mut case, attached[1], outside, "Тётя Клава").unwrap();
    actions::state_capture(&mut case, attached[1], Some("2025-04-01 10:00")).unwrap();
    let bundle = folder.path().join("scoped.zip");
    export(&mut case, &bundle, vec![group]);
    let events = entry(&bundle, "events.jsonl");
    assert!(!events.contains("Тётя Клава"), "a label outside the scope stays behind");
    let details = |kind: &str| {
        let line = events.lines().find(|l| l.contains(kind)).unwrap();
        serde_json::from_str::<serde_json::Value>(line).unwrap()["details"].clone()
    };
    assert!(details("capture_stated").is_null());
    assert!(!details("exhibits_linked").is_null(), "what is in scope is told");
}

#[test]
fn a_recording_whose_tag_nobody_reads_is_counted_among_those_that_were_not_gone_through() {
    let folder = TempDir::new().unwrap();
    let (_, mut case) = full_case(&folder);
    let options = ExportOptions { groups: Vec::new(), contents: Contents::Originals };
    let closed = |case: &ulika::Case| actions::leaving_texts(case, &options).unwrap().closed;
    let plain = wav(1, 1);
    attach(&mut case, &[put(folder.path(), "a.wav", &plain)]);
    assert_eq!(closed(&case), 0);
    let mut tagged = [&plain[..], b"id3 \x04\0\0\0ID3\x04"].concat();
    let length = (tagged.len() as u32 - 8).to_le_bytes();
    tagged[4..8].copy_from_slice(&length);
    attach(&mut case, &[put(folder.path(), "b.wav", &tagged)]);
    assert_eq!(closed(&case), 1);
}
