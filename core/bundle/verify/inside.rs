//! What a bundle promises beyond a bag: the fields of `bag-info.txt`, the profile, the files that every bundle has, the
//! inventory, the custody chain, the code.

use super::Findings;
use super::bag::{Sums, held};
use super::container::Entry;
use super::difference::DifferenceKind as Kind;
use crate::bundle::{ReadSeek, Verification, profile};
use crate::error::Result;
use crate::model::{CustodyEvent, NOTHING_BEFORE, hex};
use std::collections::{BTreeMap, BTreeSet};

const OPIS: &str = "data/opis.csv";
const EVENTS: &str = "data/custody/events.jsonl";

/// What is too large to be held is not believed: no bundle has such an inventory or custody chain.
pub(super) fn check(
    file: &mut dyn ReadSeek,
    files: &BTreeMap<String, Entry>,
    sums: &Sums,
    findings: &mut Findings,
    answer: &Verification,
) -> Result<()> {
    let mut full = files.keys().any(|path| path.starts_with("data/originals/"));
    if let Some(bytes) = held(file, files, "bag-info.txt")? {
        let info = fields(&String::from_utf8_lossy(&bytes));
        bag_info(&info, sums, findings, answer);
        let identifier = info.iter().find(|(name, _)| name == "BagIt-Profile-Identifier").map(|(_, value)| value);
        match identifier {
            Some(value) if value == profile::identifier(true) => full = true,
            Some(value) if value == profile::identifier(false) => full = false,
            Some(_) => findings.add(Kind::ProfileUnknown, "bag-info.txt"),
            None => {}
        }
    }
    let mut required: BTreeSet<String> = profile::REQUIRED.iter().map(|path| (*path).to_owned()).collect();
    if !full {
        required.insert("data/extracts/index.csv".to_owned());
    }
    if let Some(bytes) = held(file, files, profile::PATH)? {
        asked_by_profile(&bytes, files, &mut required, findings);
    }
    for path in required.iter().filter(|path| !files.contains_key(*path)) {
        findings.add(Kind::RequiredFileMissing, path);
    }
    match held(file, files, OPIS)? {
        Some(bytes) => inventory(&bytes, files, sums, findings),
        None if sums.get(OPIS).is_some_and(Option::is_some) => findings.add(Kind::InventoryDisagrees, OPIS),
        None => {}
    }
    match held(file, files, EVENTS)? {
        Some(bytes) => custody(&bytes, findings),
        None if sums.get(EVENTS).is_some_and(Option::is_some) => findings.add(Kind::CustodyBroken, EVENTS),
        None => {}
    }
    Ok(())
}

/// The fields of `bag-info.txt`; a line that begins with a space goes on with the field before.
fn fields(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    fields
}

fn bag_info(info: &[(String, String)], sums: &Sums, findings: &mut Findings, answer: &Verification) {
    for name in profile::BAG_INFO {
        if info.iter().filter(|(other, value)| other == name && !value.is_empty()).count() != 1 {
            findings.add(Kind::BagInfoUnfit, "bag-info.txt");
        }
    }
    for (name, value) in info {
        match name.as_str() {
            "Ulika-Code" if answer.code.as_ref() != Some(value) => findings.add(Kind::CodeMismatch, "bag-info.txt"),
            "Payload-Oxum" => {
                let payload = sums.iter().filter(|(path, _)| path.starts_with("data/"));
                let (mut octets, mut count, mut known) = (0_u64, 0_u64, true);
                for (_, taken) in payload {
                    count += 1;
                    known &= taken.is_some();
                    octets += taken.as_ref().map_or(0, |taken| taken.bytes);
                }
                // Where a file does not unpack, that is the difference, and its size is not known.
                if known && *value != format!("{octets}.{count}") {
                    findings.add(Kind::OxumDisagrees, "bag-info.txt");
                }
            }
            _ => {}
        }
    }
}

/// What the profile in the bag asks for in addition: it may ask for more than this program, never for less.
fn asked_by_profile(
    bytes: &[u8],
    files: &BTreeMap<String, Entry>,
    required: &mut BTreeSet<String>,
    findings: &mut Findings,
) {
    let Ok(profile) = serde_json::from_slice::<serde_json::Value>(bytes) else {
        findings.add(Kind::ProfileUnknown, profile::PATH);
        return;
    };
    let list = |name: &str| {
        let items = profile.get(name).and_then(serde_json::Value::as_array);
        items.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    required.extend(list("Payload-Files-Required"));
    for path in list("Tag-Files-Required") {
        if files.contains_key(&path) {
            continue;
        }
        let signature = profile::DETACHED.contains(&path.as_str());
        findings.add(if signature { Kind::SignatureMissing } else { Kind::RequiredFileMissing }, &path);
    }
}

/// Every file that the inventory lists is there with the digest that it states, and every original, extract and
/// exhibit is listed.
fn inventory(bytes: &[u8], files: &BTreeMap<String, Entry>, sums: &Sums, findings: &mut Findings) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let header = reader.headers().cloned().unwrap_or_default();
    let column = |name: &str| header.iter().position(|other| other == name);
    let (Some(name), Some(digest)) = (column("stored_name"), column("sha256")) else {
        findings.add(Kind::InventoryDisagrees, OPIS);
        return;
    };
    let mut listed = BTreeSet::new();
    for row in reader.records() {
        let Ok(row) = row else {
            findings.add(Kind::InventoryDisagrees, OPIS);
            break;
        };
        let path = format!("data/{}", row.get(name).unwrap_or(""));
        match sums.get(&path) {
            None => findings.add(Kind::RequiredFileMissing, &path),
            // A file that its manifest disowns has been named already.
            Some(Some(taken))
                if Some(taken.sha256.as_str()) != row.get(digest) && !findings.has(Kind::ByteFlipped, &path) =>
            {
                findings.add(Kind::InventoryDisagrees, &path);
            }
            Some(_) => {}
        }
        listed.insert(path);
    }
    for path in files.keys() {
        let evidence = ["data/originals/", "data/extracts/", "data/exhibits/"].iter().any(|f| path.starts_with(f));
        if evidence && path != "data/extracts/index.csv" && !listed.contains(path) {
            findings.add(Kind::InventoryDisagrees, path);
        }
    }
}

/// Names the first event of the chain that is not what its hashes say, or does not follow the one before.
fn custody(bytes: &[u8], findings: &mut Findings) {
    let mut previous = hex(&NOTHING_BEFORE);
    let lines = bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty());
    if lines.clone().next().is_none() {
        // Every case begins with the event of its making.
        findings.add(Kind::CustodyBroken, EVENTS);
    }
    for (seq, line) in (1..).zip(lines) {
        match serde_json::from_slice::<CustodyEvent>(line) {
            Ok(event) if event.holds_after(seq, &previous) => previous = event.hash,
            // What comes after a broken link hangs in the air.
            _ => return findings.add(Kind::CustodyBroken, &format!("{EVENTS}:{seq}")),
        }
    }
}
