//! What a bundle can suffer, each by name.

use crate::support::*;
use std::collections::BTreeMap;

const PICTURE: &str = "data/exhibits/E0001.png";

/// Takes a full bundle apart, lets `change` at its files, packs it anew, and expects exactly these kinds.
fn check(expected: &[&str], change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) {
    let (bytes, written) = full();
    let mut content = files(&bytes);
    change(&mut content);
    assert_eq!(kinds(&pack(&written.name, &content)), expected, "kinds of difference");
}

#[test]
fn untouched_and_packed_anew_is_valid() {
    check(&[], |_| {});
}

#[test]
fn byte_flipped() {
    check(&["byte_flipped"], |files| files.get_mut(PICTURE).unwrap()[100] ^= 1);
}

#[test]
fn payload_file_deleted() {
    check(&["payload_deleted", "required_file_missing", "oxum_disagrees"], |files| {
        files.remove(PICTURE);
    });
}

#[test]
fn payload_file_added() {
    check(&["payload_added", "oxum_disagrees"], |files| {
        files.insert("data/extra.txt".to_owned(), b"x".to_vec());
    });
}

#[test]
fn bag_info_edited() {
    check(&["bag_info_edited"], |files| {
        let info = files.get_mut("bag-info.txt").unwrap();
        let text = String::from_utf8(info.clone()).unwrap();
        *info = text.replace("Bagging-Date: 2026", "Bagging-Date: 2025").into_bytes();
    });
}

#[test]
fn unlisted_file_beside_data() {
    check(&["unlisted_file"], |files| {
        files.insert("note.txt".to_owned(), b"x".to_vec());
    });
}

#[test]
fn unlisted_file_beside_data_that_was_hashed_in() {
    check(&["unlisted_file"], |files| {
        files.insert("note.txt".to_owned(), b"x".to_vec());
        rehash_tags(files);
    });
}

#[test]
fn tag_manifests_deleted() {
    check(&["tag_manifest_missing"], |files| {
        files.remove("tagmanifest-sha256.txt");
        files.remove("tagmanifest-sha512.txt");
    });
}

#[test]
fn manifest_with_a_path_upwards() {
    check(&["path_unsafe"], |files| {
        for (name, digest) in [("manifest-sha256.txt", sha256(b"x")), ("manifest-sha512.txt", sha512(b"x"))] {
            let line = format!("{digest}  data/../../secret.txt\n");
            files.get_mut(name).unwrap().extend_from_slice(line.as_bytes());
        }
        rehash_tags(files);
    });
}

#[test]
fn fetch_added() {
    check(&["fetch_present"], |files| {
        files.insert("fetch.txt".to_owned(), b"http://example.invalid/x 1 data/x\n".to_vec());
        rehash_tags(files);
    });
}

#[test]
fn manifests_downgraded_to_md5() {
    check(&["manifest_missing", "manifest_downgraded", "payload_added", "code_mismatch"], |files| {
        files.remove("manifest-sha256.txt");
        files.remove("manifest-sha512.txt");
        files.insert("manifest-md5.txt".to_owned(), b"d41d8cd98f00b204e9800998ecf8427e  data/opis.csv\n".to_vec());
        rehash_tags(files);
    });
}

#[test]
fn required_file_removed_and_everything_hashed_anew() {
    // Only the code printed elsewhere could show it, were it not for the list of what every bundle has.
    check(&["required_file_missing", "code_mismatch"], |files| {
        files.remove("data/custody/events.jsonl");
        rehash(files);
    });
}

#[test]
fn exhibit_removed_and_everything_hashed_anew() {
    check(&["required_file_missing", "code_mismatch"], |files| {
        files.remove(PICTURE);
        rehash(files);
    });
}

#[test]
fn exhibit_changed_and_everything_hashed_anew() {
    check(&["inventory_disagrees", "code_mismatch"], |files| {
        files.get_mut(PICTURE).unwrap()[100] ^= 1;
        rehash(files);
    });
}

#[test]
fn custody_event_removed_and_everything_hashed_anew() {
    check(&["code_mismatch", "custody_broken"], |files| {
        let events = files.get_mut("data/custody/events.jsonl").unwrap();
        let text = String::from_utf8(events.clone()).unwrap();
        let kept: Vec<&str> = text.lines().enumerate().filter(|(i, _)| *i != 1).map(|(_, line)| line).collect();
        *events = kept.join("\n").into_bytes();
        rehash(files);
    });
}

/// Changes one event of the custody chain and lets the forger hash everything anew but the event itself.
fn check_event(place: &str, line: usize, change: impl FnOnce(&mut serde_json::Value)) {
    let (bytes, written) = full();
    let mut content = files(&bytes);
    let events = content.get_mut("data/custody/events.jsonl").unwrap();
    let mut lines: Vec<String> = String::from_utf8(events.clone()).unwrap().lines().map(str::to_owned).collect();
    let mut event = serde_json::from_str(&lines[line - 1]).unwrap();
    change(&mut event);
    lines[line - 1] = event.to_string();
    *events = lines.join("\n").into_bytes();
    rehash(&mut content);
    let found = verify(&pack(&written.name, &content)).differences;
    let broken = found.iter().find(|d| d.kind == "custody_broken").expect("the event does not hold");
    assert_eq!(broken.path, place);
}

#[test]
fn custody_event_edited_and_everything_hashed_anew() {
    let third = "data/custody/events.jsonl:3";
    check_event(third, 3, |event| event["at"] = "2020-01-01T00:00:00Z".into());
    check_event(third, 3, |event| event["kind"] = "attached".into());
    check_event(third, 3, |event| event["subject"] = 77.into());
    check_event(third, 3, |event| event["details"] = r#"{"sources":[]}"#.into());
    check_event(third, 3, |event| event["salt"] = "ff".into());
    check_event(third, 3, |event| event["salt"] = serde_json::Value::Null);
    check_event(third, 3, |event| event["hash"] = "00".repeat(32).into());
    check_event(third, 3, |event| event["details_digest"] = sha256(b"other").into());
    check_event("data/custody/events.jsonl:1", 1, |event| event["at"] = "2020-01-01T00:00:00Z".into());
}

#[test]
fn custody_details_that_are_absent_break_no_link() {
    check(&["code_mismatch"], |files| {
        let events = files.get_mut("data/custody/events.jsonl").unwrap();
        let lines = String::from_utf8(events.clone()).unwrap();
        let bare = lines.lines().map(|line| {
            let mut event: serde_json::Value = serde_json::from_str(line).unwrap();
            (event["salt"], event["details"]) = (serde_json::Value::Null, serde_json::Value::Null);
            format!("{event}\n")
        });
        *events = bare.collect::<String>().into_bytes();
        rehash(files);
    });
}

#[test]
fn custody_chain_emptied_and_everything_hashed_anew() {
    check(&["code_mismatch", "custody_broken"], |files| {
        files.insert("data/custody/events.jsonl".to_owned(), Vec::new());
        rehash(files);
    });
}

#[test]
fn everything_hashed_anew_with_a_new_code_is_not_found_and_the_answer_says_so() {
    let (bytes, written) = full();
    let mut content = files(&bytes);
    let report = content.get_mut("data/tables/calls.csv").unwrap();
    report.extend_from_slice(b"\r\n");
    rehash(&mut content);
    let code = verify(&pack(&written.name, &content)).code.unwrap();
    let info = content.get_mut("bag-info.txt").unwrap();
    *info = String::from_utf8(info.clone()).unwrap().replace(&written.code, &code).into_bytes();
    rehash_tags(&mut content);
    let forged = verify(&pack(&written.name, &content));
    assert!(forged.valid, "nothing inside can show it: {:?}", forged.differences);
    assert_ne!(forged.code, Some(written.code), "the code on paper shows it");
    assert!(ulika::bundle::LIMIT_OF_VERIFYING.contains("пересчитал все суммы"));
    assert!(ulika::bundle::LIMIT_OF_VERIFYING_EN.contains("every digest again"));
}

#[test]
fn signature_removed_where_the_profile_asks_for_one() {
    check(&["code_mismatch", "signature_missing"], |files| {
        let profile = files.get_mut("data/profile/ulika-bagit-profile-1.json").unwrap();
        let text = String::from_utf8(profile.clone()).unwrap();
        let asking = "\"Tag-Files-Required\": [\"tagmanifest-sha512.txt.minisig\"]";
        assert!(text.contains("\"Tag-Files-Required\": []"));
        *profile = text.replace("\"Tag-Files-Required\": []", asking).into_bytes();
        rehash(files);
    });
}

#[test]
fn a_signature_beside_the_tag_manifests_is_no_difference() {
    let (bytes, written) = full();
    let mut content = files(&bytes);
    content.insert("tagmanifest-sha512.txt.minisig".to_owned(), b"untrusted comment".to_vec());
    let answer = verify(&pack(&written.name, &content));
    assert_eq!((answer.valid, answer.signature.as_str()), (true, "present"));
}

#[test]
fn manifest_line_changed() {
    check(&["manifest_edited"], |files| {
        let manifest = files.get_mut("manifest-sha256.txt").unwrap();
        manifest[0] = if manifest[0] == b'0' { b'1' } else { b'0' };
    });
}

#[test]
fn manifest_that_is_no_manifest() {
    check(&["manifest_malformed", "manifest_edited"], |files| {
        files.insert("manifest-sha256.txt".to_owned(), b"\xff\xfe\n".to_vec());
    });
}

#[test]
fn profile_of_another_kind() {
    check(&["bag_info_edited", "profile_unknown"], |files| {
        let info = files.get_mut("bag-info.txt").unwrap();
        *info = String::from_utf8(info.clone()).unwrap().replace("profile:1:full", "profile:9:full").into_bytes();
    });
}

/// The entries of a full bundle, for attacks on the zip itself.
fn entries() -> Vec<Forged> {
    let (bytes, written) = full();
    let named = files(&bytes).into_iter().map(|(path, content)| Forged {
        name: format!("{}/{path}", written.name),
        content,
        mode: 0o100_644,
    });
    named.collect()
}

fn check_entries(expected: &[&str], change: impl FnOnce(&mut Vec<Forged>)) {
    let mut forged = entries();
    change(&mut forged);
    assert_eq!(kinds(&pack_entries(&forged)), expected, "kinds of difference");
}

#[test]
fn symlink_in_the_payload() {
    check_entries(&["symlink", "byte_flipped", "oxum_disagrees"], |entries| {
        let picture = entries.iter_mut().find(|e| e.name.ends_with(PICTURE)).unwrap();
        picture.mode = 0o120_777;
        picture.content = b"/etc/passwd".to_vec();
    });
}

#[test]
fn duplicate_entry_that_others_would_read() {
    check_entries(&["duplicate_entry"], |entries| {
        let name = entries.iter().find(|e| e.name.ends_with(PICTURE)).unwrap().name.clone();
        entries.push(Forged { name, content: b"another picture".to_vec(), mode: 0o100_644 });
    });
}

#[test]
fn duplicate_entry_that_differs_in_case_only() {
    check_entries(&["duplicate_entry"], |entries| {
        let name = entries.iter().find(|e| e.name.ends_with(PICTURE)).unwrap().name.replace("E0001", "e0001");
        entries.push(Forged { name, content: b"another picture".to_vec(), mode: 0o100_644 });
    });
}

#[test]
fn entry_outside_of_the_top_folder() {
    check_entries(&["several_top_folders"], |entries| {
        entries.push(Forged { name: "other/x.txt".to_owned(), content: vec![], mode: 0o100_644 });
    });
}

#[test]
fn entry_with_an_unsafe_path() {
    for bad in ["../x.txt", "data/../../x", "/etc/passwd", "data\\x.txt", "data/CON", "C:/x", "data/x.", "data//x"] {
        let mut forged = entries();
        let top = forged[0].name.split('/').next().unwrap().to_owned();
        let name = if bad.starts_with('/') || bad.starts_with("C:") { bad.to_owned() } else { format!("{top}/{bad}") };
        forged.push(Forged { name, content: b"x".to_vec(), mode: 0o100_644 });
        let found = kinds(&pack_entries(&forged));
        assert!(found.contains(&"path_unsafe".to_owned()), "{bad}: {found:?}");
    }
}

#[test]
fn name_not_in_normal_form() {
    check_entries(&["name_not_normal", "payload_deleted", "payload_added", "required_file_missing"], |entries| {
        let readme = entries.iter_mut().find(|e| e.name.contains("ЧИТАЙ")).unwrap();
        readme.name = readme.name.replace('Й', "И\u{306}");
    });
}

#[test]
fn headers_that_disagree_on_the_name() {
    let mut bytes = pack_entries(&entries());
    let at = bytes.windows(PICTURE.len()).position(|w| w == PICTURE.as_bytes()).unwrap();
    bytes[at + 17] = b'9';
    let found = kinds(&bytes);
    assert!(found.contains(&"headers_disagree".to_owned()), "{found:?}");
}

#[test]
fn headers_that_disagree_on_the_size() {
    let mut bytes = pack_entries(&entries());
    bytes[22] ^= 1;
    let found = kinds(&bytes);
    assert!(found.contains(&"headers_disagree".to_owned()), "{found:?}");
}

/// The first entry with the flag that promises a descriptor behind its bytes, and that descriptor.
fn described(descriptor: &[u8]) -> Vec<u8> {
    let mut bytes = pack_entries(&entries());
    let le32 = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    let end = bytes.len() - 22;
    let (directory, packed) = (le32(end + 16) as usize, le32(18) as usize);
    let behind = 30 + bytes[26] as usize + packed;
    // Every other entry moves, and so does the list of contents.
    let mut at = directory;
    let mut places = vec![end + 16];
    while bytes[at..].starts_with(b"PK\x01\x02") {
        places.push(at + 42);
        at += 46 + bytes[at + 28] as usize;
    }
    for place in places {
        let moved = u32::from_le_bytes(bytes[place..place + 4].try_into().unwrap());
        if moved > 0 {
            bytes[place..place + 4].copy_from_slice(&(moved + descriptor.len() as u32).to_le_bytes());
        }
    }
    bytes[6] |= 8;
    bytes[directory + 8] |= 8;
    bytes.splice(behind..behind, descriptor.iter().copied());
    bytes
}

#[test]
fn descriptors_that_disagree() {
    let bytes = pack_entries(&entries());
    let right = [b"PK\x07\x08", &bytes[14..26]].concat();
    assert_eq!(kinds(&described(&right)), Vec::<String>::new(), "as programs write it that write a stream");
    assert_eq!(kinds(&described(&right[4..])), Vec::<String>::new(), "the signature may be absent");
    let mut wrong = right;
    wrong[8] ^= 1;
    for descriptor in [&wrong[..], &[], b"hidden words, 16"] {
        let found = kinds(&described(descriptor));
        assert!(found.contains(&"headers_disagree".to_owned()), "{descriptor:?}: {found:?}");
    }
}

#[test]
fn bytes_between_and_after() {
    let (bytes, _) = full();
    let mut after = bytes.clone();
    after.extend_from_slice(b"tail");
    assert_eq!(kinds(&after), ["trailing_bytes"], "after the end");
    let before = [b"MZ".as_slice(), &bytes].concat();
    assert_eq!(kinds(&before), ["zip_damaged"], "before the beginning: no offset fits");
}

#[test]
fn not_a_zip_at_all() {
    for bytes in [&b""[..], b"PK", b"hello, this is no zip", &[0; 100_000]] {
        let answer = verify(bytes);
        assert!(!answer.complete && !answer.valid, "nothing can be said of it");
        assert_eq!(answer.differences.len(), 1);
        assert_eq!(answer.differences[0].kind, "not_a_zip");
    }
}

#[test]
fn cut_short_anywhere_is_found() {
    let (bytes, _) = full();
    for length in (0..bytes.len()).step_by(97) {
        assert!(!verify(&bytes[..length]).valid, "cut at {length}");
    }
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut forged = entries();
    let top = forged[0].name.split('/').next().unwrap().to_owned();
    let name = format!("{top}/data/zeros");
    forged.push(Forged { name: name.clone(), content: vec![0; 50 << 20], mode: 0o100_644 });
    let mut bytes = pack_entries(&forged);
    // Both headers say ten bytes.
    for (marker, size) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let head = if size == 22 { 30 } else { 46 };
        let at = (0..bytes.len() - head)
            .rfind(|at| bytes[*at..].starts_with(marker) && bytes[at + head..].starts_with(name.as_bytes()))
            .unwrap();
        bytes[at + size..at + size + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let found = kinds(&bytes);
    assert!(found.contains(&"payload_added".to_owned()), "{found:?}");
    assert!(!verify(&bytes).valid);
}

#[test]
fn every_byte_counts() {
    // One in three of the structure, one in a hundred and one of the contents.
    let (bytes, _) = full();
    let directory = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    let mut forged = bytes.clone();
    for at in (0..directory).step_by(101).chain(0..60).chain((directory..bytes.len()).step_by(3)) {
        forged[at] ^= 0xff;
        assert!(!verify(&forged).valid, "byte {at} of {} changed and nothing found", bytes.len());
        forged[at] = bytes[at];
    }
}

/// Places of the local headers and of the entries in the list of contents.
fn headers(bytes: &[u8]) -> Vec<(usize, usize)> {
    let le32 = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let le16 = |at: usize| usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()));
    let end = bytes.len() - 22;
    let mut at = le32(end + 16);
    let mut found = Vec::new();
    while at < end {
        found.push((le32(at + 42), at));
        at += 46 + le16(at + 28) + le16(at + 30);
    }
    found
}

#[test]
fn packed_anew_by_a_program_that_does_not_say_how_names_are_written() {
    let mut bytes = pack_entries(&entries());
    for (local, listed) in headers(&bytes) {
        for (flags, time) in [(local + 6, local + 10), (listed + 8, listed + 12)] {
            bytes[flags + 1] &= !0b1000;
            bytes[time] = 1;
        }
    }
    assert_eq!(kinds(&bytes), Vec::<String>::new(), "an honest packing is no forgery");
    for (local, listed) in headers(&bytes) {
        for time in [local + 10, listed + 12] {
            // 1980-01-01 00:00.
            bytes[time..time + 4].copy_from_slice(&[0, 0, 0x21, 0]);
        }
    }
    assert!(kinds(&bytes).contains(&"path_unsafe".to_owned()), "a bundle as written says it");
}
