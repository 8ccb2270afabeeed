//! The BagIt Profile that a bundle keeps to: one for full bundles, one for scoped ones.

use super::README;
use crate::error::{Code, Error, Result};
use serde_json::{Value, json};

/// Path of the profile in the bag.
pub(super) const PATH: &str = "data/profile/ulika-bagit-profile-1.json";

/// Tag files that may stand beside the tag manifests: signatures and time stamps over `tagmanifest-sha512.txt`.
pub(super) const DETACHED: &[&str] = &[
    "tagmanifest-sha512.txt.minisig",
    "tagmanifest-sha512.txt.sig",
    "tagmanifest-sha512.txt.tsr",
    "tagmanifest-sha512.txt.ots",
];

/// Fields of `bag-info.txt` that must be there.
pub(super) const BAG_INFO: &[&str] = &[
    "Bagging-Date",
    "Bagging-Software",
    "BagIt-Profile-Identifier",
    "External-Identifier",
    "Internal-Sender-Description",
    "Payload-Oxum",
    "Ulika-Code",
];

/// Payload files that every bundle has.
pub(super) const REQUIRED: &[&str] = &[
    "data/case/case.json",
    "data/case/case.schema.json",
    "data/custody/events.jsonl",
    "data/opis.csv",
    PATH,
    "data/report.html",
    "data/report.pdf",
    "data/tables/calls.csv",
    "data/tables/calls.schema.json",
    "data/tables/calls.xlsx",
    "data/tables/groups.csv",
    "data/tables/labels.csv",
    "data/tables/numbers.csv",
    "data/tables/row-ledger.csv",
    "data/tables/witness.csv",
    README,
];

/// Name of the profile: a full bundle holds originals, a scoped one extracts.
pub(super) const fn identifier(full: bool) -> &'static str {
    if full { "urn:ulika:bagit-profile:1:full" } else { "urn:ulika:bagit-profile:1:scoped" }
}

/// The profile as JSON text.
pub(super) fn text(full: bool) -> Result<String> {
    let info: serde_json::Map<String, Value> = BAG_INFO
        .iter()
        .map(|name| {
            let rule = if *name == "BagIt-Profile-Identifier" {
                json!({ "required": true, "repeatable": false, "values": [identifier(full)] })
            } else {
                json!({ "required": true, "repeatable": false })
            };
            ((*name).to_owned(), rule)
        })
        .collect();
    let mut payload: Vec<&str> = REQUIRED.to_vec();
    if !full {
        payload.push("data/extracts/index.csv");
    }
    let mut allowed = DETACHED.to_vec();
    allowed.extend(["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt"]);
    let about = if full {
        "A case of Ulika with its originals."
    } else {
        "A case of Ulika, or a part of it, with extracts in the place of originals."
    };
    let profile = json!({
        "BagIt-Profile-Info": {
            "BagIt-Profile-Identifier": identifier(full),
            "BagIt-Profile-Version": "1.4.0",
            "Source-Organization": "Ulika",
            "External-Description": about,
            "Version": "1",
        },
        "Bag-Info": info,
        "Manifests-Required": ["sha256", "sha512"],
        "Manifests-Allowed": ["sha256", "sha512"],
        "Tag-Manifests-Required": ["sha256", "sha512"],
        "Tag-Manifests-Allowed": ["sha256", "sha512"],
        "Tag-Files-Required": [],
        "Tag-Files-Allowed": allowed,
        "Payload-Files-Required": payload,
        "Payload-Files-Allowed": ["data/*"],
        "Allow-Fetch.txt": false,
        "Fetch.txt-Required": false,
        "Data-Empty": false,
        "Serialization": "required",
        "Accept-Serialization": ["application/zip"],
        "Accept-BagIt-Version": ["1.0"],
    });
    let mut text = serde_json::to_string_pretty(&profile).map_err(|e| Error::new(Code::Internal).because(e))?;
    text.push('\n');
    Ok(text)
}
