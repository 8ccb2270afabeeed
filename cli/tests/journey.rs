//! The whole way through the program: every command, in JSON and in the words of both languages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use desk::{Desk, digest, files, text};
use serde_json::{Value, json};

fn changed(answer: &Value) {
    assert!(answer["event"].as_i64().unwrap() > 0, "{answer}");
    assert!(!answer["changed"].as_array().unwrap().is_empty(), "{answer}");
}

#[test]
fn new_makes_a_case_with_its_lines_and_never_over_another() {
    let desk = Desk::new();
    let case = desk.path("дело.ulika");
    let answer = desk.done([
        "new",
        text(&case),
        "--title",
        "Звонки ВЕКТОРИИ",
        "--line",
        "8 907 123-45-67,operator=ЯСНАЯ СВЯЗЬ,zone=Asia/Yekaterinburg",
        "--line",
        "+79351234567",
    ]);
    assert_eq!(answer["event"], 1);
    assert_eq!(answer["changed"], json!(["case"]));
    assert!(case.exists());
    desk.refused(&case, 1, "case_exists", &["new", text(&case)]);
    desk.refused(&case, 1, "number_unreadable", &["new", "other.ulika", "--line", "мой"]);
    desk.refused(&case, 1, "zone_unknown", &["new", "other.ulika", "--line", "+79071234567,zone=Луна"]);
    assert!(desk.says("ru", ["new", "второе.ulika"]).contains("Дело создано"));
    assert!(desk.says("en", ["new", "third.ulika"]).contains("The case is created"));
    assert!(desk.done(["calls", text(&case)])["calls"].as_array().unwrap().is_empty());
    assert!(desk.says("ru", ["groups", text(&case)]).contains("Групп нет."));
}

#[test]
fn attach_links_exhibits_to_calls() {
    let (desk, case) = Desk::with_calls();
    let path = text(&case);
    let picture = desk.write("снимок.png", files::PNG);
    desk.write("voice.ogg", b"OggS\0\x02 not much of a sound");
    let call = desk.done(["calls", path, "--limit", "1"])["calls"][0]["id"].as_i64().unwrap();
    let id = call.to_string();
    let answer = desk.done(["attach", path, text(&picture), "voice.ogg", "--call", &id, "--label", "ООО ВЕКТОРИЯ"]);
    changed(&answer);
    let exhibits = answer["exhibits"].as_array().unwrap();
    assert_eq!(exhibits.len(), 2);
    assert_eq!(exhibits[0]["kind"], "screenshot");
    assert_eq!(exhibits[0]["sha256"], digest(&picture));
    assert_eq!(exhibits[0]["matches"][0]["call"], call);
    assert_eq!(exhibits[0]["matches"][0]["confirmed"], true);
    assert!(exhibits[0]["no"].as_str().unwrap().starts_with('E'));
    let listed = desk.done(["calls", path, "--limit", "1"]);
    assert_eq!(listed["calls"][0]["exhibits"].as_array().unwrap().len(), 2);
    desk.write("act.txt", "Акт");
    assert_eq!(desk.done(["attach", path, "act.txt", "--kind", "recording"])["exhibits"][0]["kind"], "recording");
    let said = desk.says("ru", ["attach", path, text(&picture)]);
    assert!(said.contains("снимок.png") && said.contains("уже был в деле"), "{said}");
    desk.write("second.png", [files::PNG, b"x"].concat());
    let said = desk.says("en", ["attach", path, "second.png", "--call", &id]);
    assert!(said.contains("screenshot second.png") && said.contains(&format!("for call {id}")), "{said}");
    desk.refused(&case, 1, "not_found", &["attach", path, "act.txt", "--call", "999999"]);
}

#[test]
fn attach_says_when_each_was_captured_and_proposes_calls() {
    let (desk, case) = Desk::with_calls();
    let path = text(&case);
    // Call 1 of the invented year: 1 January 2025, 00:37, six seconds.
    desk.write("Screenshot_20250101-003705.png", files::PNG);
    desk.write("photo_2025-01-01_00-37-05.png", [files::PNG, b"x"].concat());
    let answer = desk.done(["attach", path, "Screenshot_20250101-003705.png", "photo_2025-01-01_00-37-05.png"]);
    let (shot, photo) = (&answer["exhibits"][0], &answer["exhibits"][1]);
    assert_eq!(shot["captured_at"], "2025-01-01T00:37:05+03:00");
    assert_eq!(shot["captured_basis"], "file_name");
    assert_eq!(shot["duration_s"], Value::Null);
    let proposed = &shot["matches"][0];
    assert_eq!((&proposed["because"], &proposed["off_by_s"]), (&json!(["start"]), &json!(5)));
    assert_eq!(proposed["confirmed"], false);
    let record = &proposed["record"];
    assert_eq!((&record["source"], &record["kind"], &record["row"]), (&json!(1), &json!("operator"), &json!(3)));
    assert_eq!(record["started_at"], "2025-01-01T00:37:00+03:00", "the start from which the five seconds are counted");
    let call = desk.done(["calls", path, "--from", "2025-01-01", "--to", "2025-01-01"]);
    let call = call["calls"].as_array().unwrap().iter().find(|c| c["id"] == proposed["call"]).unwrap();
    assert!(call["exhibits"].as_array().unwrap().is_empty(), "nothing is linked in silence: {call}");
    assert_eq!((&photo["captured_at"], &photo["captured_basis"]), (&Value::Null, &json!("unknown")));
    assert_eq!((&photo["saved_by"], &photo["matches"]), (&json!("telegram"), &json!([])));
    let said = desk.says("ru", ["attach", path, "photo_2025-01-01_00-37-05.png"]);
    assert!(said.contains("Файл сжат мессенджером") && said.contains("передайте с телефона как файл"), "{said}");
    let said = desk.says("ru", ["attach", path, "Screenshot_20250101-003705.png"]);
    assert!(said.contains("по имени файла") && said.contains("не подтверждено"), "{said}");
}

#[test]
fn groups_are_merged_split_and_named_and_every_step_can_be_taken_back() {
    let (desk, case) = Desk::with_case();
    let path = text(&case);
    desk.write("calls.csv", files::table(0..60));
    desk.done(["import", path, "calls.csv", "--kind", "operator"]);
    let groups = desk.done(["groups", path]);
    let start = groups.clone();
    let groups = groups["groups"].as_array().unwrap();
    assert!(groups.len() >= 2, "{start}");
    for field in ["id", "name", "calls", "first", "last", "numbers", "labels", "pools", "reasons", "respondent"] {
        assert!(groups[0].get(field).is_some(), "{field} is missing: {}", groups[0]);
    }
    assert!(groups[0]["reasons"].as_array().unwrap().iter().all(|r| !r["text"].as_str().unwrap().is_empty()));
    let id = |group: &Value| group["id"].as_i64().unwrap().to_string();
    let (one, two) = (id(&groups[0]), id(&groups[1]));
    let said = desk.says("ru", ["groups", path]);
    assert!(said.contains("звонк") && said.contains("номера: ") && said.contains("ВЕКТОРИЯ"), "{said}");
    assert!(desk.says("en", ["groups", path]).contains("numbers: "));
    // Figures of chance: with four ordinary calls there are none, and the basis says so.
    assert_eq!(start["chance"], json!({"ordinary_calls": 4, "tests": 0, "correction": "bonferroni"}));
    assert!(!said.contains("Бонферрони"), "people are told when they ask");
    assert!(desk.says("ru", ["groups", path, "--chance"]).contains("обычными звонками тех, с кем вы говорите; их 4"));
    assert!(desk.says("en", ["groups", path, "--chance"]).contains("Compared with ordinary calls"));

    changed(&desk.done(["group", path, "merge", &one, &two]));
    let merged = desk.done(["groups", path]);
    assert_eq!(merged["groups"].as_array().unwrap().len(), groups.len() - 1);
    let said = desk.says("ru", ["undo", path]);
    assert!(said.contains("Отменено: объединение групп."), "{said}");
    assert_eq!(desk.done(["groups", path]), start);
    let said = desk.says("en", ["redo", path]);
    assert!(said.contains("Redone: merging of groups."), "{said}");
    assert_eq!(desk.done(["groups", path]), merged);
    changed(&desk.done(["undo", path]));

    let calls = desk.done(["calls", path, "--group", &one, "--limit", "2"]);
    let of = |n: usize| calls["calls"][n]["id"].as_i64().unwrap().to_string();
    changed(&desk.done(["group", path, "split", &one, &of(0), &of(1)]));
    let split = desk.done(["calls", path, "--limit", "0"]);
    let group_of = |n: usize| {
        let calls = split["calls"].as_array().unwrap();
        calls.iter().find(|c| c["id"].as_i64().unwrap().to_string() == of(n)).unwrap()["group"].clone()
    };
    assert_eq!(group_of(0), group_of(1), "the calls stand together on their own");
    changed(&desk.done(["undo", path]));
    assert_eq!(desk.done(["groups", path]), start);

    changed(&desk.done(["group", path, "name", &one, "Вектория"]));
    let named = desk.done(["groups", path]);
    assert!(named["groups"].as_array().unwrap().iter().any(|g| g["name"] == "Вектория"), "{named}");
    assert!(desk.says("ru", ["group", path, "name", &one, "Иначе"]).contains("Группа названа."));
    assert!(desk.says("en", ["group", path, "merge", &one, &two]).contains("The groups are merged."));
    for _ in 0..3 {
        desk.done(["undo", path]);
    }
    assert_eq!(desk.done(["groups", path]), start);

    desk.refused(&case, 1, "not_found", &["group", path, "merge", &one, "999999"]);
    let run = desk.run(["--lang", "ru", "group", path, "merge", &one, "999999"]);
    assert!(run.stderr.contains("группа 999999"), "{}", run.stderr);
    desk.refused(&case, 1, "request_unfit", &["group", path, "merge", &one, &one]);
    desk.refused(&case, 1, "not_found", &["group", path, "name", "999999", "x"]);
    desk.refused(&case, 1, "request_unfit", &["group", path, "name", &one, " "]);
    desk.refused(&case, 1, "request_unfit", &["group", path, "split", &one, "999999"]);
    desk.done(["undo", path]);
    desk.refused(&case, 1, "nothing_to_undo", &["undo", path]);
    desk.done(["redo", path]);
    assert_eq!(desk.done(["groups", path]), start, "an import too is taken back and repeated");
}

#[test]
fn nothing_to_undo_and_nothing_to_redo_say_so() {
    let (desk, case) = Desk::with_case();
    desk.refused(&case, 1, "nothing_to_undo", &["undo", text(&case)]);
    desk.refused(&case, 1, "nothing_to_redo", &["redo", text(&case)]);
}

#[test]
fn the_log_tells_every_step_in_words() {
    let (desk, case) = Desk::with_calls();
    let path = text(&case);
    desk.done(["undo", path]);
    let log = desk.done(["log", path]);
    let kinds: Vec<&str> = log["custody"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["created", "imported", "undone"]);
    assert_eq!(log["releases"], json!([]));
    for entry in log["custody"].as_array().unwrap() {
        assert_eq!(entry["hash"].as_str().unwrap().len(), 64, "{entry}");
    }
    let said = desk.says("ru", ["log", path]);
    assert!(said.contains("Журнал обращения с доказательствами") && said.contains("дело создано"), "{said}");
    let said = desk.says("en", ["log", path]);
    assert!(said.contains("Custody chain") && said.contains("import"), "{said}");
}

#[test]
fn a_bundle_is_saved_told_of_and_verified() {
    let (desk, case) = Desk::with_case();
    let path = text(&case);
    desk.write("calls.csv", files::table(0..60));
    desk.done(["import", path, "calls.csv", "--kind", "operator"]);
    let picture = desk.write("shot.png", files::PNG);
    let call = desk.done(["calls", path, "--limit", "1"])["calls"][0]["id"].as_i64().unwrap().to_string();
    desk.done(["attach", path, text(&picture), "--call", &call]);

    let run = desk.run(["--json", "--lang", "ru", "export", path, "full.zip"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(run.stderr.contains("calls.csv") && run.stderr.contains("посторонних"), "{}", run.stderr);
    assert_eq!(answer["sha256"], digest(&desk.path("full.zip")));
    assert_eq!(answer["bytes"], std::fs::metadata(desk.path("full.zip")).unwrap().len());
    assert_eq!(answer["volumes"], json!(["full.zip"]));
    assert!(answer["files"].as_u64().unwrap() > 10, "{answer}");
    let code = answer["code"].as_str().unwrap();
    assert_eq!(code.len(), 19, "four groups of four: {code}");

    let run = desk.run(["--json", "export", path, "extracts.zip", "--extracts"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "nothing of others leaves whole");
    let group = desk.done(["groups", path])["groups"][0]["id"].as_i64().unwrap().to_string();
    let said = desk.says("ru", ["export", path, "group.zip", "--group", &group]);
    assert!(said.contains("Пакет собран и проверен") && said.contains("впишите его в жалобу"), "{said}");
    let said = desk.says("en", ["export", path, "english.zip", "--group", &group]);
    assert!(said.contains("The bundle is built and verified"), "{said}");
    let inside = |name: &str| -> Vec<String> {
        let archive = zip::ZipArchive::new(std::fs::File::open(desk.path(name)).unwrap()).unwrap();
        archive.file_names().map(|name| name.unwrap().into_owned()).collect()
    };
    assert!(inside("full.zip").iter().any(|n| n.contains("/data/originals/S")), "{:?}", inside("full.zip"));
    for name in ["extracts.zip", "group.zip"] {
        assert!(!inside(name).iter().any(|n| n.contains("/data/originals/")), "{name}: {:?}", inside(name));
        assert!(inside(name).iter().any(|n| n.contains("/data/extracts/S")), "{name}: {:?}", inside(name));
    }

    for name in ["full.zip", "extracts.zip", "group.zip"] {
        let verified = desk.done(["verify", name]);
        assert_eq!(
            (&verified["target"], &verified["complete"], &verified["valid"], &verified["differences"]),
            (&json!("bundle"), &json!(true), &json!(true), &json!([])),
            "{verified}"
        );
    }
    assert!(desk.says("ru", ["verify", "full.zip"]).contains(code), "the code is shown for comparison");
    assert!(desk.says("en", ["verify", "full.zip"]).contains("complete and valid"));
    let log = desk.done(["log", path]);
    assert_eq!(log["releases"].as_array().unwrap().len(), 4);
    desk.refused(&case, 1, "not_found", &["export", path, "none.zip", "--group", "999999"]);
}

#[test]
fn two_exports_of_one_state_and_one_clock_are_the_same_bytes() {
    let (desk, case) = Desk::with_calls();
    for name in ["one.zip", "two.zip"] {
        let mut command = desk.command();
        command.env("SOURCE_DATE_EPOCH", "1767225600").args(["export", text(&case), name]).assert().success();
    }
    assert_eq!(digest(&desk.path("one.zip")), digest(&desk.path("two.zip")));
}

#[test]
fn verify_exits_3_and_names_the_difference() {
    let (desk, case) = Desk::with_calls();
    desk.done(["export", text(&case), "good.zip"]);
    let good = std::fs::read(desk.path("good.zip")).unwrap();

    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    desk.write("flipped.zip", &flipped);
    desk.write("cut.zip", &good[..good.len() / 2]);
    desk.write("junk.zip", "это не архив");
    desk.write("headless.zip", &good[4..]);
    desk.write("renamed.bin", &flipped);
    for name in ["flipped.zip", "cut.zip", "junk.zip", "headless.zip", "renamed.bin"] {
        let answer = desk.json(3, ["verify", name]);
        assert_eq!((&answer["target"], &answer["valid"]), (&json!("bundle"), &json!(false)), "{name}: {answer}");
        let differences = answer["differences"].as_array().unwrap();
        assert!(!differences.is_empty(), "{name}: {answer}");
        for language in ["ru", "en"] {
            let run = desk.run(["--lang", language, "verify", name]);
            assert_eq!(run.code, Some(3), "{name}");
            let field = if language == "ru" { "text" } else { "text_en" };
            assert!(run.stdout.contains(differences[0][field].as_str().unwrap()), "{name}: {}", run.stdout);
        }
    }
    desk.write("good.bin", &good);
    assert_eq!(desk.done(["verify", "good.bin"])["target"], "bundle", "told by content, not by name");
    desk.refused(&case, 1, "file_absent", &["verify", "nowhere.zip"]);
}

#[test]
fn verify_finds_a_case_that_was_changed_behind_the_program() {
    let (desk, case) = Desk::with_calls();
    let verified = desk.done(["verify", text(&case)]);
    assert_eq!((&verified["target"], &verified["valid"]), (&json!("case"), &json!(true)), "{verified}");
    assert!(desk.says("ru", ["verify", text(&case)]).contains("Дело верное"));
    // Another spelling of a number, put where the guards of the file do not look: into the file itself.
    let mut bytes = std::fs::read(&case).unwrap();
    let number = b"79071234500";
    let mut found = 0;
    for at in 0..bytes.len() - number.len() {
        if bytes[at..].starts_with(number) {
            bytes[at + number.len() - 1] = b'9';
            found += 1;
        }
    }
    assert!(found > 0, "the number stands in the file");
    std::fs::write(&case, bytes).unwrap();
    let answer = desk.json(3, ["verify", text(&case)]);
    assert_eq!((&answer["target"], &answer["valid"]), (&json!("case"), &json!(false)), "{answer}");
    assert!(!answer["differences"].as_array().unwrap().is_empty());
    let run = desk.run(["--lang", "en", "verify", text(&case)]);
    assert_eq!(run.code, Some(3));
    assert!(run.stdout.contains("did not verify"), "{}", run.stdout);
}

#[test]
fn a_password_is_set_changed_and_removed() {
    let (desk, case) = Desk::with_calls();
    let path = text(&case);
    desk.write("first.txt", "пароль один\n");
    desk.write("second.txt", "password two\r\n");
    let total = desk.total(&case);
    desk.refused(&case, 1, "password_state", &["password", path, "remove"]);
    desk.refused(&case, 1, "password_state", &["password", path, "remove", "--password-file", "first.txt"]);
    changed(&desk.done(["password", path, "set", "--password-file", "first.txt"]));
    let bytes = std::fs::read(&case).unwrap();
    assert!(!bytes.starts_with(b"SQLite format 3"), "the file is no plain SQLite any more");

    for args in [
        vec!["calls", path],
        vec!["calls", path, "--password-file", "second.txt"],
        vec!["undo", path],
        vec!["verify", path],
        vec!["password", path, "remove"],
        vec!["password", path, "remove", "--password-file", "second.txt"],
        vec!["password", path, "change", "--new-password-file", "second.txt"],
    ] {
        desk.refused(&case, 4, "password_or_not_a_case", &args);
    }
    desk.refused(&case, 4, "password_or_not_a_case", &["password", path, "set", "--password-file", "first.txt"]);
    let calls = desk.done(["--password-file", "first.txt", "calls", path]);
    assert_eq!(calls["total"].as_u64(), Some(total));

    let change = ["password", path, "change", "--password-file", "first.txt", "--new-password-file", "second.txt"];
    assert!(desk.says("ru", change).contains("Пароль изменён."));
    desk.refused(&case, 4, "password_or_not_a_case", &["calls", path, "--password-file", "first.txt"]);
    assert_eq!(desk.done(["verify", path, "--password-file", "second.txt"])["valid"], true);
    assert!(desk.says("en", ["password", path, "remove", "--password-file", "second.txt"]).contains("removed"));
    assert_eq!(desk.total(&case), total);

    desk.done(["new", "locked.ulika", "--password-file", "first.txt"]);
    let locked = desk.path("locked.ulika");
    desk.refused(&locked, 4, "password_or_not_a_case", &["calls", "locked.ulika"]);
    desk.done(["import", "locked.ulika", "table.csv", "--password-file", "first.txt"]);
    assert_eq!(desk.done(["calls", "locked.ulika", "--password-file", "first.txt"])["total"], 12);
}

#[test]
fn a_case_made_under_a_fixed_clock_says_so() {
    let desk = Desk::new();
    let mut command = desk.command();
    command.env("SOURCE_DATE_EPOCH", "1767225600").args(["new", "case.ulika"]).assert().success();
    assert_eq!(desk.done(["log", "case.ulika"])["custody"][0]["at"], "2026-01-01T00:00:00Z");
}
