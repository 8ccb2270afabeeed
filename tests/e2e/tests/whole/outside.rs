//! What the window showed is what the program of the command line finds in the files that are left.

use crate::{LABEL, Seen, expectation, notebook};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use ulika_e2e::{Place, Result, of_project};

/// Asks `ulika-cli` for everything that the window showed.
pub fn agrees(place: &Place, case: &Path, bundle: &Path, left: &Seen) -> Result<()> {
    let case = case.display().to_string();
    let calls = place.cli(&["calls", &case, "--limit", "0"])?;
    assert_eq!(calls["total"], json!(left.calls));
    assert_eq!(calls["total"], expectation()["records"]);
    let of_calls = |key: &str| -> Vec<Value> {
        calls["calls"].as_array().unwrap().iter().flat_map(|call| call[key].as_array().unwrap().clone()).collect()
    };
    let twice = calls["calls"].as_array().unwrap().iter().filter(|call| call["records"].as_array().unwrap().len() > 1);
    assert_eq!(twice.count(), notebook::LINES, "each line of the notebook stands behind a call of the phone");
    assert_eq!(left.labels, [LABEL]);
    assert!(of_calls("labels").contains(&json!(LABEL)), "the label is a call's");
    let mut linked = of_calls("exhibits");
    linked.sort_by_key(Value::as_i64);
    linked.dedup();
    // The table among them, which no recipe reads, is kept as a document.
    let brought = fs::read_dir(of_project("sample-data/case/exhibits"))?.count();
    assert_eq!(linked.len() + usize::try_from(left.unlinked)?, brought, "every exhibit is linked or waits");

    let groups = place.cli(&["groups", &case])?;
    let groups = groups["groups"].as_array().unwrap();
    assert_eq!(groups.len(), left.groups.len());
    for (group, shown) in groups.iter().zip(&left.groups) {
        let name = group["name"].as_str().unwrap();
        assert!(left.groups.iter().any(|one| one.contains(name)), "{name} is among {:?}, as is {shown}", left.groups);
    }
    let by_hand = groups.iter().filter(|group| group["reasons"].to_string().contains("\"user\""));
    assert_eq!(by_hand.count(), 1, "one group is the person's own: the merge that was not taken back");
    for verified in [bundle.display().to_string(), case] {
        let answer = place.cli(&["verify", &verified])?;
        assert_eq!((&answer["valid"], &answer["differences"]), (&json!(true), &json!([])), "{verified}");
    }
    Ok(())
}
