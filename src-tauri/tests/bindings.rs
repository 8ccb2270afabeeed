//! The page's TypeScript is what the Rust types say, and every command stands in every list it has to stand in.

#![allow(clippy::unwrap_used, clippy::panic)]

use specta_typescript::Typescript;
use std::fs;
use std::path::Path;

const BINDINGS: &str = "../ui/src/lib/api/bindings.ts";

fn generated() -> String {
    let header =
        "// Generated from the Rust types by `ULIKA_BINDINGS=write cargo test -p ulika-desktop --test bindings`.\n";
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("bindings.ts");
    ulika_desktop::bindings::builder().export(Typescript::default().header(header), &path).unwrap();
    fs::read_to_string(path).unwrap()
}

#[test]
fn the_bindings_are_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(BINDINGS);
    let expected = generated();
    if std::env::var_os("ULIKA_BINDINGS").is_some_and(|v| v == "write") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{BINDINGS} is stale: run `ULIKA_BINDINGS=write cargo test -p ulika-desktop --test bindings`"
    );
}

#[test]
fn every_command_is_declared_permitted_and_typed() {
    let declared: Vec<&str> = include!("../src/commands.in").to_vec();
    let capability: serde_json::Value = serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
    let permitted: Vec<&str> =
        capability["permissions"].as_array().unwrap().iter().filter_map(|p| p.as_str()).collect();
    let typed = generated();
    for command in &declared {
        let permission = format!("allow-{}", command.replace('_', "-"));
        assert!(permitted.contains(&permission.as_str()), "{command} has no permission, so the page could not call it");
        assert!(typed.contains(&format!("\"{command}\"")), "{command} is missing from bindings::builder");
    }
    let invoked = typed.matches("=> __TAURI_INVOKE<").count();
    let raw = ulika_desktop::commands::exhibit_bytes::RAW.len();
    assert_eq!(invoked + raw, declared.len(), "a typed command is missing from commands.in, or stands there twice");
    for permission in permitted {
        let own = permission.starts_with("allow-") || permission.starts_with("core:event:allow-");
        assert!(own, "{permission} opens more than our own commands and hearing events");
    }
}

#[test]
fn the_content_policy_lets_nothing_foreign_in() {
    let config: serde_json::Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
    let policy = config["app"]["security"]["csp"].as_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "everything not named is refused");
    for word in ["unsafe-inline", "unsafe-eval", "asset:", "https:", "data:", "*"] {
        assert!(!policy.contains(word), "{word} would let script, style or data from elsewhere in");
    }
    assert!(config["app"]["security"].get("assetProtocol").is_none(), "any file could be read through it");
}
