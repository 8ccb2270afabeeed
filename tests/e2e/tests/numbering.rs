//! A numbering register dropped on the real window: looked at, loaded for all cases, told beside a call and a group with
//! what it does not say; a case that holds one of its own tells of it in its log.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use ulika_e2e::{Place, Result, Window, of_project};

#[tokio::test]
async fn a_dropped_register_is_looked_at_loaded_and_told_beside_a_call() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.new_case(&place, "ru", "light").await?;
    place.answer(&[&of_project("sample-data/case/mts.xml")])?;
    window.click("#add").await?;
    window.see(".preview").await?;
    window.click("#confirm").await?;
    window.see("#grid [data-call]").await?;
    window.click("#go-overview").await?;
    window.says("#registers", "Реестр не загружен: DEF-9xx.").await?;
    window.station("register-missing-light").await?;

    let file = place.path("DEF-9xx_2026-08-19.csv");
    let row = "907;1200000;1299999;7;АО САМ;М;М;0001000066\n";
    fs::write(&file, fs::read_to_string(of_project("sample-data/case/register.csv")).unwrap() + row).unwrap();
    place.drop_files(&[&file])?;
    window.says("#incoming-registers", "DEF-9xx от 19.08.2026 (дата по имени файла), 12").await?;
    window.says("#incoming-registers", "АО САМ").await?;
    window.station("register-look-light").await?;
    window.click("#load-registers").await?;
    window.says("#registers", "DEF-9xx от 19.08.2026 (дата по имени файла), 12").await?;
    window.says("#registers", "для всех дел на этом компьютере").await?;
    window.station("register-loaded-light").await?;

    window.click("#go-calls").await?;
    // What the window loaded the terminal knows. The newest calls stand first in the list.
    let case = place.path("Дело.ulika");
    let listed = place.cli(&["calls", case.to_str().unwrap(), "--number", "+7 935 310-40", "--limit", "0"])?;
    let told = listed["calls"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&told["range_holder"], &told["range_dated"]), (&"ООО \"ДАЛЬНЯЯ ЛИНИЯ\"".into(), &"2026-08-19".into()));
    let call = &told["id"];
    window.click(&format!("#grid [data-call='{call}']")).await?;
    window.says("#range-holder", "Диапазон выделен оператору ООО \"ДАЛЬНЯЯ ЛИНИЯ\"").await?;
    window.says("#range-holder", "номер мог быть перенесён · реестр от 19.08.2026").await?;
    window.station("register-call-light").await?;

    // The same file once more has nothing to do for all cases; the case may take it.
    place.drop_files(&[&file])?;
    window.says("#incoming-registers", "Этот реестр уже загружен.").await?;
    window.click("#incoming-registers label:has(input[value='case'])").await?;
    window.says("#incoming-registers", "Такого ещё нет.").await?;
    window.click("#load-registers").await?;
    window.says("#registers", "в этом деле").await?;
    window.click("#go-log").await?;
    window.says("main", "Загружен реестр нумерации: «DEF-9xx_2026-08-19.csv» от 19.08.2026.").await?;
    window.station("register-log-light").await?;
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}
