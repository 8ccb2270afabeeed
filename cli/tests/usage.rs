//! Wrong usage, help, the version, the language: what holds before any case is opened.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use desk::{Desk, text};
use std::path::Path;

#[test]
fn wrong_usage_exits_2_with_one_document_and_with_words_in_both_languages() {
    let desk = Desk::new();
    let nothing = Path::new("none");
    let wrong: &[&[&str]] = &[
        &[],
        &["bogus"],
        &["calls"],
        &["calls", "x", "--bogus"],
        &["calls", "x", "y"],
        &["calls", "x", "--limit", "many"],
        &["calls", "x", "--limit"],
        &["calls", "x", "--from", "31.02.2025"],
        &["calls", "x", "--to", "2025-13-01"],
        &["calls", "x", "--from", "2025-01-01", "--from", "2025-02-01"],
        &["import", "x"],
        &["import", "x", "y", "--kind", "radio"],
        &["attach", "x", "y", "--kind", "hologram"],
        &["attach", "x", "y", "--call", "first"],
        &["group", "x"],
        &["group", "x", "merge", "1"],
        &["group", "x", "split", "1"],
        &["group", "x", "name", "1"],
        &["export", "x"],
        &["export", "x", "y.zip", "--for", "fas"],
        &["export", "x", "y.zip", "--redact"],
        &["export", "x", "y.zip", "--volume-mb", "10"],
        &["password", "x"],
        &["password", "x", "set"],
        &["password", "x", "change"],
        &["new", "x", "--line", "+79071234567,shade=blue"],
        &["register", "x"],
        &["register", "--user"],
        &["register"],
        &["letter", "x", "fas", "-o", "y.docx"],
        &["--progress", "loud", "calls", "x"],
    ];
    for args in wrong {
        desk.refused(nothing, 2, "usage", args);
    }
}

#[test]
fn a_closed_set_names_its_words() {
    let desk = Desk::new();
    let document = desk.json(2, ["import", "x", "y", "--kind", "radio"]);
    let allowed: Vec<&str> =
        document["error"]["detail"]["allowed"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
    assert_eq!(allowed, ["phone", "operator", "pbx", "hand", "other"]);
    let message = document["error"]["message"].as_str().unwrap();
    assert!(message.contains("radio") && message.contains("operator"), "{message}");
}

#[test]
fn what_a_later_version_brings_is_refused_in_so_many_words() {
    let desk = Desk::new();
    let run = desk.run(["--lang", "ru", "export", "x", "y.zip", "--redact"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("--redact") && run.stderr.contains("появится позже"), "{}", run.stderr);
    let run = desk.run(["--lang", "en", "findings", "x"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("comes later"), "{}", run.stderr);
}

#[test]
fn global_options_stand_before_and_after_the_command() {
    let desk = Desk::new();
    for args in [["--json", "recipes"], ["recipes", "--json"]] {
        let run = desk.run(args);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert!(document["recipes"].is_array());
    }
    let before = desk.run(["--lang", "ru", "undo", "nowhere.ulika"]);
    let after = desk.run(["undo", "nowhere.ulika", "--lang=ru"]);
    assert_eq!(before.stderr, after.stderr);
    assert!(before.stderr.contains("нет на прежнем месте"), "{}", before.stderr);
}

#[test]
fn the_language_comes_from_the_locale_where_none_is_given() {
    let desk = Desk::new();
    for (locale, word) in [("ru_RU.UTF-8", "нет на прежнем месте"), ("en_US.UTF-8", "no longer there")]
    {
        let output = desk.command().env("LC_ALL", locale).args(["groups", "nowhere.ulika"]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(word), "{locale}: {said}");
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn version_and_help_exit_0() {
    let desk = Desk::new();
    assert_eq!(desk.says("en", ["--version"]).trim(), format!("ulika-cli {}", env!("CARGO_PKG_VERSION")));
    assert_eq!(desk.done(["--version"])["version"], env!("CARGO_PKG_VERSION"));
    let russian = desk.says("ru", ["--help"]);
    assert!(russian.contains("Сохранить пакет доказательств") && russian.contains("Команды"), "{russian}");
    let english = desk.says("en", ["--help"]);
    for command in [
        "new", "import", "recipes", "excerpt", "attach", "calls", "groups", "group", "witness", "zone", "export",
        "verify", "log", "undo", "redo", "password",
    ] {
        assert!(english.contains(&format!("\n  {command} ")), "{command} stands in the help");
        assert!(russian.contains(&format!("\n  {command} ")), "{command} stands in the Russian help");
        assert_ne!(desk.says("ru", [command, "--help"]), desk.says("en", [command, "--help"]));
    }
}

#[test]
fn recipes_are_listed_in_both_languages() {
    let desk = Desk::new();
    let document = desk.done(["recipes"]);
    let recipes = document["recipes"].as_array().unwrap();
    assert!(recipes.len() >= 5, "{document}");
    for (language, title) in [("ru", "title_ru"), ("en", "title_en")] {
        let said = desk.says(language, ["recipes"]);
        for recipe in recipes {
            assert!(said.contains(recipe["name"].as_str().unwrap()), "{said}");
            assert!(said.contains(recipe[title].as_str().unwrap()), "{said}");
        }
    }
}

#[test]
fn a_password_file_must_be_there_and_hold_text() {
    let (desk, case) = Desk::with_case();
    let case_text = text(&case);
    desk.refused(&case, 1, "file_absent", &["calls", case_text, "--password-file", "nowhere.txt"]);
    desk.refused(&case, 1, "file_is_folder", &["calls", case_text, "--password-file", "state"]);
    desk.write("bytes.txt", [0xFF, 0xFE, 0x00, 0xD8]);
    desk.refused(&case, 2, "usage", &["calls", case_text, "--password-file", "bytes.txt"]);
    desk.write("empty.txt", "\n");
    desk.refused(&case, 2, "usage", &["new", "other.ulika", "--password-file", "empty.txt"]);
    desk.refused(&case, 2, "usage", &["password", case_text, "set", "--password-file", "empty.txt"]);
}
