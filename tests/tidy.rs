//! Rules about the code base that no compiler checks. A failure says the rule and the reason for it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use ulika::Code;
use ulika::charts::{COLOURS, Ink, PATTERNS, svg};
use walkdir::WalkDir;

/// Who may name whom inside the library. A layer may always name itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("error", &["model"]),
    ("progress", &["error"]),
    ("clock", &["error", "model"]),
    ("typesetting", &["model", "error", "progress"]),
    ("import", &["model", "error", "progress"]),
    ("reconcile", &["model", "error", "progress"]),
    ("grouping", &["model", "error", "progress"]),
    ("matching", &["model"]),
    ("numbering", &["model", "error"]),
    ("sound", &["error"]),
    ("charts", &["model"]),
    ("bundle", &["model", "error", "progress", "typesetting", "charts"]),
    ("store", &["model", "error", "progress"]),
    ("derive", &["store", "reconcile", "grouping", "model", "error", "progress"]),
    ("case", &["store", "derive", "model", "error", "progress", "clock"]),
];
/// Layers that take values and give values: no clock, no disk, no network.
const PURE: &[&str] =
    &["model", "import", "reconcile", "grouping", "matching", "numbering", "sound", "charts", "bundle"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the project with its path from the root, `/` between the parts. What is built is left out.
fn files() -> Vec<(String, PathBuf)> {
    let built = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let inside = entry.depth() > 0;
        entry.file_type().is_dir()
            && inside
            && (matches!(&*name, ".git" | "target" | "node_modules" | "dist" | "out" | ".venv")
                || entry.path().ends_with("src-tauri/gen"))
    };
    WalkDir::new(root())
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !built(entry))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(root()).unwrap();
            (path.to_string_lossy().replace('\\', "/"), entry.into_path())
        })
        .collect()
}

fn files_with(extensions: &[&str]) -> Vec<(String, String)> {
    let wanted = |path: &str| path.rsplit_once('.').is_some_and(|(_, e)| extensions.contains(&e));
    let chosen: Vec<_> = files().into_iter().filter(|(name, _)| wanted(name)).collect();
    assert!(!chosen.is_empty(), "no files with {extensions:?}: is the walk broken?");
    chosen.into_iter().map(|(name, path)| (name, std::fs::read_to_string(path).unwrap_or_default())).collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// A Rust file of tests or measurements: its rules are looser.
fn is_test(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part == "benches")
        || path.ends_with("tests.rs")
        || path.ends_with("test.rs")
        || path.split('/').any(|part| part.ends_with("_tests"))
}

/// The text without comments and, for Rust, without the module of tests at its end.
fn code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text);
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// First segments after `crate::`, braces unfolded; what the root exports again stands for its home.
fn layers_named(text: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let mut take = |segment: &str| {
            let home = match segment {
                "Error" | "Result" | "Code" => "error",
                "Case" | "Access" => "case",
                other => other,
            };
            named.insert(home.to_owned());
        };
        let ident = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        if let Some(inside) = rest.strip_prefix('{') {
            let (mut depth, mut start) = (0, true);
            for (i, letter) in inside.char_indices() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    _ if start && depth == 0 && !letter.is_whitespace() => {
                        take(&ident(&inside[i..]));
                        start = false;
                    }
                    _ => {}
                }
            }
        } else {
            take(&ident(rest));
        }
    }
    named
}

fn layer_files(layer: &str) -> Vec<(String, String)> {
    let (file, folder) = (format!("core/{layer}.rs"), format!("core/{layer}/"));
    let found: Vec<_> = files_with(&["rs"])
        .into_iter()
        .filter(|(path, _)| (*path == file || path.starts_with(&folder)) && !is_test(path))
        .collect();
    assert!(!found.is_empty(), "no files of the layer `{layer}`");
    found
}

#[test]
fn layers_know_only_what_lies_below() {
    let known: BTreeSet<&str> = LAYERS.iter().map(|(name, _)| *name).chain(["actions"]).collect();
    for (layer, allowed) in LAYERS {
        for (path, text) in layer_files(layer) {
            for named in layers_named(&code(&text)) {
                let below = named == *layer || allowed.contains(&named.as_str()) || !known.contains(named.as_str());
                assert!(
                    below,
                    "{path} names `crate::{named}`. `{layer}` may know only {allowed:?}: what is pure can be tested \
                     without a case, and what is below can be read without what is above."
                );
            }
        }
    }
}

#[test]
fn every_module_of_the_library_has_a_place_in_the_layers() {
    let modules = Regex::new(r"(?m)^(?:pub )?mod (\w+);").unwrap();
    let known: BTreeSet<&str> = LAYERS.iter().map(|(name, _)| *name).chain(["actions"]).collect();
    for found in modules.captures_iter(&read("core/lib.rs")) {
        let name = &found[1];
        assert!(known.contains(name), "core/lib.rs has `{name}`, which LAYERS in tests/tidy.rs does not place");
    }
}

#[test]
fn pure_layers_touch_no_disk_no_clock_and_no_network() {
    for layer in PURE {
        for (path, text) in layer_files(layer) {
            let text = code(&text);
            for word in ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Utc::now", "Local::now"] {
                assert!(
                    !text.contains(word),
                    "{path} names `{word}`. `{layer}` takes values and gives values; time and files are handed in."
                );
            }
        }
    }
}

#[test]
fn nothing_reaches_for_the_network() {
    let reach = Regex::new(r"\b(?:TcpStream|UdpSocket|TcpListener|reqwest|hyper|ureq)\b").unwrap();
    for (path, text) in files_with(&["rs"]).into_iter().filter(|(path, _)| !is_test(path)) {
        assert!(!reach.is_match(&code(&text)), "{path} speaks to the network: everything is local.");
    }
}

#[test]
fn libraries_stay_in_their_folder() {
    let homes: [(&str, &[&str], &str); 5] = [
        (
            r"\brusqlite\b",
            &["core/store/", "core/import/sqlite.rs", "sample-data/src/phones/", "benches/floors/"],
            "one place names tables and speaks SQL",
        ),
        (r"\btauri(?:_plugin\w*|_build|_specta)?::", &["src-tauri/"], "the core must be usable without a window"),
        (r"\btypst(?:_\w+)?::", &["typeset/"], "typst is heavy and must not be built for a test of the core"),
        (r"\bsymphonia::", &["core/sound/"], "a decoder reads foreign bytes and is kept apart"),
        (r"\bexif::", &["core/import/media/"], "one place reads what files say of themselves"),
    ];
    for (library, allowed, why) in homes {
        let library = Regex::new(library).unwrap();
        for (path, text) in files_with(&["rs"]).into_iter().filter(|(path, _)| !is_test(path)) {
            let home = allowed.iter().any(|prefix| path.starts_with(prefix));
            assert!(
                home || !library.is_match(&code(&text)),
                "{path} names `{library}`, which lives in {allowed:?}: {why}."
            );
        }
    }
}

#[test]
fn one_door_of_the_face_leads_to_the_host() {
    for (path, text) in files_with(&["ts", "svelte", "js"]) {
        let door = path.starts_with("ui/src/lib/api/") || !path.starts_with("ui/src/");
        assert!(
            door || !text.contains("@tauri-apps"),
            "{path} names @tauri-apps. Only ui/src/lib/api knows the host, so that the face can be tested without one."
        );
    }
}

#[test]
fn components_know_no_screen_and_screens_not_each_other() {
    let import = Regex::new(r#"(?:from|import)\s*\(?\s*['"]([^'"]+)['"]"#).unwrap();
    for (path, text) in files_with(&["ts", "svelte"]) {
        let Some(inside) = path.strip_prefix("ui/src/") else { continue };
        for found in import.captures_iter(&text) {
            let Some(target) = resolve(inside, &found[1]) else { continue };
            let Some(screen) = target.strip_prefix("screens/").and_then(|rest| rest.split('/').next()) else {
                continue;
            };
            assert!(
                !inside.starts_with("lib/"),
                "{path} imports the screen `{screen}`: what is shared must not depend on who uses it."
            );
            if let Some(own) = inside.strip_prefix("screens/").and_then(|rest| rest.split('/').next()) {
                assert_eq!(own, screen, "{path} imports the screen `{screen}`: screens share through ui/src/lib only.");
            }
        }
    }
}

/// The path under `ui/src/` that an import names; `None` for packages.
fn resolve(from: &str, import: &str) -> Option<String> {
    if let Some(rest) = import.strip_prefix("$lib/") {
        return Some(format!("lib/{rest}"));
    }
    if !import.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in import.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn files_are_short() {
    for (path, text) in files_with(&["rs", "svelte"]) {
        let limit = match path.as_str() {
            p if p.ends_with(".svelte") => 250,
            p if is_test(p) => 800,
            _ => 600,
        };
        let lines = text.lines().count();
        assert!(
            lines <= limit,
            "{path} has {lines} lines, the limit is {limit}: a reader opens one file for one thing."
        );
    }
}

#[test]
fn every_error_code_has_words_in_both_languages() {
    for language in ["ru", "en"] {
        let path = format!("core/words/{language}.toml");
        let table: toml::Table = read(&path).parse().unwrap();
        let written: BTreeSet<&str> = table.iter().filter(|(_, v)| v.is_str()).map(|(k, _)| k.as_str()).collect();
        let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).collect();
        let (missing, extra): (Vec<_>, Vec<_>) =
            (codes.difference(&written).collect(), written.difference(&codes).collect());
        assert!(missing.is_empty(), "{path} lacks {missing:?}: an error without words is shown as a bare code.");
        assert!(extra.is_empty(), "{path} has words for {extra:?}, which no error says.");
    }
}

#[test]
fn both_languages_name_the_same_particulars() {
    let name = Regex::new(r"\{(\w+)\}").unwrap();
    let names = |language: &str| -> BTreeMap<String, BTreeSet<String>> {
        let table: toml::Table = read(&format!("core/words/{language}.toml")).parse().unwrap();
        // A particular that is itself in words has an English twin.
        let of = |text: &str| name.captures_iter(text).map(|c| c[1].trim_end_matches("_en").to_owned()).collect();
        table.iter().filter_map(|(code, text)| Some((code.clone(), of(text.as_str()?)))).collect()
    };
    for (russian, english) in [("ru", "en"), ("notes.ru", "notes.en")] {
        assert!(!names(russian).is_empty(), "core/words/{russian}.toml says nothing");
        assert_eq!(names(russian), names(english), "one language tells less than the other");
    }
}

#[test]
fn every_recipe_has_a_sample_and_every_sample_a_recipe() {
    let recipes: BTreeSet<String> = files()
        .into_iter()
        .filter_map(|(path, _)| Some(path.strip_prefix("core/import/recipes/")?.strip_suffix(".toml")?.to_owned()))
        .collect();
    assert!(!recipes.is_empty(), "no recipes under core/import/recipes");
    let sampled: BTreeSet<String> = expectations()
        .into_iter()
        .filter(|(path, _)| !path.starts_with("sample-data/hostile/"))
        .filter_map(|(_, value)| Some(value["recipe"].as_str()?.to_owned()))
        .collect();
    assert_eq!(
        recipes, sampled,
        "recipes (left) and samples (right) differ: a layout without a sample and its expectation is a guess"
    );
}

#[test]
fn the_docs_say_of_every_recipe_how_sure_it_is() {
    let row = Regex::new(r"(?m)^\| `([a-z0-9-]+)` \| [^|]+ \| (\w+) \|").unwrap();
    let docs = read("docs/recipes.md");
    let told: BTreeMap<String, String> = row.captures_iter(&docs).map(|c| (c[1].into(), c[2].into())).collect();
    let sure = Regex::new("(?m)^confidence = \"(\\w+)\"").unwrap();
    let recipes: BTreeMap<String, String> = files_with(&["toml"])
        .into_iter()
        .filter_map(|(path, text)| {
            let name = path.strip_prefix("core/import/recipes/")?.strip_suffix(".toml")?;
            Some((name.to_owned(), sure.captures(&text)?[1].to_owned()))
        })
        .collect();
    assert_eq!(told, recipes, "the table in docs/recipes.md (left) and the recipes (right) differ");
}

fn expectations() -> Vec<(String, serde_json::Value)> {
    files_with(&["json"])
        .into_iter()
        .filter(|(path, _)| path.starts_with("sample-data/") && path.ends_with(".expect.json"))
        .map(|(path, text)| (path, serde_json::from_str(&text).unwrap()))
        .collect()
}

#[test]
fn every_command_of_the_window_stands_in_the_bindings_and_in_the_docs() {
    let command = Regex::new(r"(?s)#\[tauri::command[^\]]*\].*?\bfn (\w+)").unwrap();
    // Bytes stand outside the generated bindings: `invoke('thumbnail', …)` in the door itself.
    let bindings = format!("{}{}", read("ui/src/lib/api/bindings.ts"), read("ui/src/lib/api/index.ts"));
    let docs = read("docs/architecture.md");
    let mut seen = 0;
    for (path, text) in files_with(&["rs"]).into_iter().filter(|(p, _)| p.starts_with("src-tauri/src/commands")) {
        for found in command.captures_iter(&code(&text)) {
            let name = &found[1];
            seen += 1;
            let called = [format!("\"{name}\""), format!("'{name}'")].iter().any(|call| bindings.contains(call));
            assert!(called, "{path}: `{name}` is not in ui/src/lib/api");
            assert!(docs.contains(&format!("`{name}`")), "{path}: `{name}` is not in docs/architecture.md");
        }
    }
    assert!(seen > 0, "no commands found under src-tauri/src/commands");
}

#[test]
fn every_command_of_the_terminal_stands_in_the_docs() {
    let docs = read("docs/cli.md");
    let args = read("cli/src/args.rs");
    let body = args.split_once("pub enum Command {").expect("enum Command in cli/src/args.rs").1;
    let body = body.split_once("\n}").unwrap().0;
    let variant = Regex::new(r"(?m)^    ([A-Z]\w+)\(").unwrap();
    let names: Vec<String> = variant.captures_iter(body).map(|c| kebab(&c[1])).collect();
    assert!(names.len() > 5, "found only {names:?}");
    for name in names {
        let line = Regex::new(&format!(r"ulika-cli {name}\b")).unwrap();
        assert!(line.is_match(&docs), "`ulika-cli {name}` is not in docs/cli.md");
    }
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for (i, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && i > 0 {
            out.push('-');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

#[test]
fn the_project_speaks_of_itself_alone() {
    // Put together here, so that this file does not hold them.
    let words = [["/", "work/"], ["registry.", "npmjs.org"], ["crates", ".io"], ["pypi", ".org"], ["/ro", "ot/"]];
    let text_file =
        ["rs", "toml", "md", "sh", "ts", "svelte", "json", "html", "css", "yml", "yaml", "py", "run", "conf"];
    for (path, file) in files() {
        let named = path.rsplit_once('.').is_some_and(|(_, e)| text_file.contains(&e)) || !path.contains('.');
        // Lock files name where a package comes from: that is what they are for.
        if (!named && !path.starts_with(".ci/")) || path.ends_with("package-lock.json") {
            continue;
        }
        let text = std::fs::read_to_string(file).unwrap_or_default();
        for word in words.map(|parts| parts.concat()) {
            assert!(!text.contains(&word), "{path} names `{word}`: the project must make sense on any machine.");
        }
    }
}

#[test]
fn every_link_of_the_docs_leads_somewhere() {
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    for (path, text) in files_with(&["md"]) {
        let folder = Path::new(&path).parent().unwrap();
        for found in link.captures_iter(&text) {
            let target = found[1].split('#').next().unwrap();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            assert!(root().join(folder).join(target).exists(), "{path} links to {target}, which is not there");
        }
    }
}

#[test]
fn the_report_and_the_window_have_the_same_colours() {
    let light = read("ui/src/tokens.css");
    let light = light.split("@media").next().unwrap();
    for ink in Ink::ALL.iter().filter(|ink| ink.word().starts_with("group-")) {
        let token = format!("--{}: {};", ink.word(), svg::colour(*ink));
        assert!(
            light.contains(&token),
            "ui/src/tokens.css lacks `{token}`: a group looks the same in list, chart and report."
        );
    }
    let shown = read("ui/src/lib/groups.svelte.ts");
    for (name, count) in [("COLOURS", COLOURS), ("SHAPES", PATTERNS)] {
        let said = format!("export const {name} = {count};");
        assert!(shown.contains(&said), "ui/src/lib/groups.svelte.ts lacks `{said}`: marks go round as in core/charts.");
    }
}
