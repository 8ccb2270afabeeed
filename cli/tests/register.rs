//! `register`: to whom ranges of numbers were allotted, for a case and for all cases; and registers among imported files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use desk::{Desk, digest, files, text};
use serde_json::{Value, json};

const HEADER: &str = "\u{feff}АВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН";
const OLD_HEADER: &str = "АВС/ DEF;От;До;Емкость;Оператор;Регион";

/// A register as it is published: the pool lies in two ranges of one operator under two names.
fn register(operator: &str) -> String {
    format!(
        "{HEADER}\n907;1234000;1234502;503;ПАО \"{operator}\";-;г. Псков|Псковская область;0001000010\n\
         907;1234503;1234999;497;ПАО \"Мобильные \"{operator}\";г. Псков * Псковская область;-;0001000010\n\
         907;1235000;1235001;7;АО Сам;М;М;1\n935;0000000;9999999;10000000;ООО \"ДАЛЬНЯЯ\";-;Российская Федерация;0001000028\n"
    )
}

fn calls(desk: &Desk, case: &std::path::Path) -> Vec<Value> {
    desk.done(["calls", text(case), "--limit", "0"])["calls"].as_array().unwrap().clone()
}

fn holders(desk: &Desk, case: &std::path::Path) -> Vec<(String, Value, Value, Value)> {
    let of = |call: &Value| {
        let number = call["number"].as_str().unwrap().to_owned();
        (number, call["range_holder"].clone(), call["region"].clone(), call["range_dated"].clone())
    };
    let mut all: Vec<_> = calls(desk, case).iter().map(of).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.dedup_by(|a, b| a.0 == b.0);
    all
}

#[test]
fn a_register_for_all_cases_is_dated_replaced_and_leaves_the_case_alone() {
    let (desk, case) = Desk::with_calls();
    let path = text(&case);
    let before = digest(&case);
    assert!(calls(&desk, &case).iter().all(|call| call["range_holder"].is_null()));
    assert_eq!(desk.done(["groups", path])["registers"], json!({"in_force": [], "missing": ["DEF-9xx"]}));
    let run = desk.run(["--lang", "ru", "calls", path]);
    assert!(run.stderr.contains("Реестр нумерации не загружен: DEF-9xx"), "{}", run.stderr);

    let file = desk.write("DEF-9xx_2026-08-19.csv", register("ЯСНАЯ"));
    let loaded = desk.done(["register", "--user", text(&file)]);
    let told = &loaded["registers"][0];
    assert_eq!(
        (&told["dated"], &told["dated_basis"], &told["sha256"]),
        (&json!("2026-08-19"), &json!("file_name"), &json!(digest(&file)))
    );
    assert_eq!((&told["series"], &told["rows"], &told["ranges"]), (&json!(["DEF-9xx"]), &json!(4), &json!(3)));
    assert_eq!(
        told["problems"],
        json!([{"line": 4, "kind": "capacity", "found": "907;1235000;1235001;7;АО Сам;М;М;1"}])
    );
    assert_eq!((&told["state"], &told["instead_of"]), (&json!("taken"), &json!([])));
    assert!(loaded.get("event").is_none(), "no case, no event");

    let all = holders(&desk, &case);
    let of = |number: &str| all.iter().find(|one| one.0 == number).unwrap();
    let (_, holder, region, dated) = of("+79071234500");
    assert_eq!(
        (holder, region, dated),
        (&json!("ПАО \"ЯСНАЯ\""), &json!("г. Псков, Псковская область"), &json!("2026-08-19"))
    );
    assert_eq!(of("+79071234503").1, json!("ПАО \"Мобильные \"ЯСНАЯ\""), "as the row writes it");
    assert!(all.iter().filter(|one| one.0.starts_with("+7935")).all(|one| one.1 == "ООО \"ДАЛЬНЯЯ\""));
    let groups = desk.done(["groups", path]);
    assert_eq!(groups["registers"]["missing"], json!([]));
    assert_eq!(groups["registers"]["in_force"][0]["place"], "user");
    let pool = groups["groups"].as_array().unwrap().iter().find_map(|group| group["pools"].get(0)).unwrap();
    assert_eq!(
        (&pool["range_holder"], &pool["region"], &pool["range_dated"]),
        (&json!("ПАО \"ЯСНАЯ\""), &json!("г. Псков, Псковская область"), &json!("2026-08-19")),
        "two ranges of one tax number: {pool}"
    );
    let said = desk.says("ru", ["calls", path]);
    assert!(
        said.contains("диапазон выделен оператору ПАО \"ЯСНАЯ\", номер мог быть перенесён; реестр от 2026-08-19"),
        "{said}"
    );
    assert!(desk.says("ru", ["groups", path]).contains("номера могли быть перенесены (реестр от 2026-08-19)"));
    assert!(desk.says("en", ["groups", path]).contains("numbers may have been ported (register of 2026-08-19)"));

    let old = desk.write("2020-01-19 старый.csv", format!("{OLD_HEADER}\n907;1234000;1234999;1000;АО Старый;Псков\n"));
    let asked = ["register", "--user", text(&old), "--dated", "19.01.2020"];
    let refused = desk.done(asked);
    assert_eq!(
        (&refused["registers"][0]["state"], &refused["registers"][0]["dated"]),
        (&json!("older"), &json!("2020-01-19"))
    );
    assert_eq!(refused["registers"][0]["instead_of"][0]["dated"], "2026-08-19");
    assert_eq!(of("+79071234500").1, json!("ПАО \"ЯСНАЯ\""), "what is newer stays");
    assert!(desk.says("ru", asked).contains("загружен более новый, от 2026-08-19. Взять всё равно: --older"));
    assert_eq!(desk.done(["register", "--user", text(&file)])["registers"][0]["state"], "held");

    let newer = desk.write("DEF-9xx_2026-09-01.csv", register("НОВАЯ"));
    let both = desk.done(["register", "--user", text(&newer), text(&old), "--older"]);
    assert_eq!((&both["registers"][0]["state"], &both["registers"][1]["state"]), (&json!("older"), &json!("taken")));
    assert_eq!(holders(&desk, &case)[0].1, json!("АО Старый"));
    let both = desk.done(["register", "--user", text(&old), text(&newer)]);
    assert_eq!((&both["registers"][0]["state"], &both["registers"][1]["state"]), (&json!("held"), &json!("taken")));
    assert_eq!(holders(&desk, &case)[0].1, json!("ПАО \"НОВАЯ\""), "the newest of one command, whatever its place");
    assert_eq!(digest(&case), before, "looking up writes nothing");
}

#[test]
fn a_register_in_the_case_goes_with_it_and_is_in_the_log() {
    let (desk, case) = Desk::with_calls();
    let path = text(&case);
    let file = desk.write("DEF-9xx.csv", register("ЯСНАЯ"));
    let loaded = desk.done(["register", path, text(&file), "--dated", "2026-08-19"]);
    assert_eq!(loaded["changed"], json!(["registers"]));
    assert_eq!(loaded["registers"][0]["dated_basis"], "stated");
    assert_eq!(desk.done(["verify", path])["differences"], json!([]));
    let user = desk.write("DEF-9xx_2027.csv", register("ЧУЖАЯ"));
    desk.done(["register", "--user", text(&user), "--dated", "2027-01-01"]);
    assert_eq!(holders(&desk, &case)[0].1, json!("ПАО \"ЯСНАЯ\""), "what the case holds speaks first");

    // Elsewhere, where nothing was loaded.
    let other = Desk::new();
    let there = other.path("дело.ulika");
    std::fs::copy(&case, &there).unwrap();
    assert_eq!(holders(&other, &there)[0], holders(&desk, &case)[0]);
    assert_eq!(other.done(["groups", text(&there)])["registers"]["in_force"][0]["place"], "case");

    let newer = desk.write("новый.csv", register("НОВАЯ"));
    let replaced = desk.done(["register", path, text(&newer), "--dated", "2026-09-01"]);
    assert_eq!(replaced["registers"][0]["instead_of"][0]["dated"], "2026-08-19");
    assert_eq!(holders(&desk, &case)[0].1, json!("ПАО \"НОВАЯ\""));
    desk.done(["undo", path]);
    assert_eq!(holders(&desk, &case)[0].1, json!("ПАО \"ЯСНАЯ\""), "undo brings back what was replaced");
    assert_eq!(desk.done(["verify", path])["differences"], json!([]));
    desk.done(["redo", path]);
    assert_eq!(holders(&desk, &case)[0].1, json!("ПАО \"НОВАЯ\""));
    assert_eq!(desk.done(["verify", path])["differences"], json!([]));
    assert_eq!(desk.done(["register", path, text(&newer)])["registers"][0]["state"], "held");
    let log = desk.done(["log", path])["custody"].as_array().unwrap().clone();
    let of = log.iter().filter(|event| event["kind"] == "register_loaded").count();
    assert_eq!(of, 2, "what was held is no event");
}

#[test]
fn a_register_among_imported_files_is_taken_as_one() {
    let (desk, case) = Desk::with_case();
    let path = text(&case);
    let table = desk.write("table.csv", files::table(0..12));
    let file = desk.write("DEF-9xx_2026-08-19.csv", register("ЯСНАЯ"));
    let before = digest(&case);
    let seen = desk.done(["import", path, text(&file), "--dry-run"]);
    assert_eq!((&seen["sources"], &seen["registers"][0]["state"]), (&json!([]), &json!("taken")));
    assert_eq!(digest(&case), before);
    let both = desk.done(["import", path, text(&file), text(&table), "--kind", "operator"]);
    assert_eq!((both["sources"].as_array().unwrap().len(), both["registers"].as_array().unwrap().len()), (1, 1));
    assert_eq!(holders(&desk, &case)[0].1, json!("ПАО \"ЯСНАЯ\""));
    assert_eq!(desk.done(["verify", path])["differences"], json!([]));
    let again = desk.done(["import", path, text(&file)]);
    assert_eq!((&again["registers"][0]["state"], again.get("event")), (&json!("held"), None));
    desk.done(["undo", path]);
    assert_eq!(desk.total(&case), 0, "one step takes both back");
    assert_eq!(desk.done(["groups", path])["registers"]["in_force"], json!([]));
    let alone = desk.done(["import", path, text(&file)]);
    assert_eq!(alone["changed"], json!(["registers"]));
    assert!(desk.says("ru", ["import", path, text(&file)]).contains("реестр нумерации DEF-9xx от 2026-08-19"));
}

#[test]
fn an_own_operator_that_is_not_the_holder_is_a_hint_and_no_more() {
    let desk = Desk::new();
    let case = desk.path("case.ulika");
    let path = text(&case);
    desk.done(["new", path, "--line", "+79070000000,operator=Дальняя"]);
    let table = desk.write("table.csv", files::table(0..12));
    desk.done(["import", path, text(&table), "--kind", "operator"]);
    let file = desk.write("DEF-9xx.csv", register("ЯСНАЯ"));
    desk.done(["register", "--user", text(&file)]);
    for call in calls(&desk, &case) {
        let other = call["number"].as_str().unwrap().starts_with("+7907");
        let told = call.get("line_operator").cloned();
        assert_eq!(told, other.then(|| json!("Дальняя")), "{call}");
    }
    desk.done(["describe", path, "--line", "+79070000000,operator=Никому неизвестный"]);
    assert!(calls(&desk, &case).iter().all(|call| call.get("line_operator").is_none()), "an unknown name says nothing");
}

#[test]
fn what_is_no_register_is_refused_and_changes_nothing() {
    let (desk, case) = Desk::with_calls();
    let table = desk.write("table.csv", files::table(0..3));
    let empty = desk.write("пустой.csv", format!("{HEADER}\n907;x;y;1;А;Б;В;1\n"));
    let good = desk.write("DEF-9xx.csv", register("ЯСНАЯ"));
    for file in [&table, &empty] {
        desk.refused(&case, 1, "request_unfit", &["register", text(&case), text(file)]);
        desk.refused(&case, 1, "request_unfit", &["register", "--user", text(&good), text(file)]);
    }
    desk.refused(&case, 1, "request_unfit", &["register", text(&case), text(&good), "--dated", "вчера"]);
    desk.refused(&case, 1, "file_absent", &["register", text(&case), "nowhere.csv"]);
    assert!(calls(&desk, &case)[0]["range_holder"].is_null());
}
