//! A file that nobody knows how to read, in the real window: its masked excerpt is looked at and saved; a layout of the
//! person's own is renamed, given out, forgotten and taken in again. Of a file of several lines only the own is kept.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use ulika_e2e::{Place, Result, Window};

const TABLE: &str =
    "час;кого видно;имя\n03.09.2025 10:15;+7 935 310-40-11;Иванова Мария\n04.09.2025 11:40;8 (940) 551-77-04;Пётр\n";

#[tokio::test]
async fn an_unknown_file_leaves_as_its_shape_alone() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.new_case(&place, "ru", "light").await?;
    let file = place.path("таблица.csv");
    fs::write(&file, TABLE).unwrap();
    place.drop_files(&[&file])?;
    window.click("#show-excerpt").await?;
    window.says("#excerpt", "00.00.0000 00:00;+0 000 000-00-00;Ххххххх Ххххх").await?;
    window.station("excerpt-light").await?;
    let out = place.path("отрывок.txt");
    place.answer(&[&out])?;
    window.click("#excerpt-save").await?;
    window.until("return document.querySelector('dialog[open]') === null", vec![], "the dialog closed").await?;
    let saved = fs::read_to_string(&out).unwrap();
    assert!(saved.contains("час;кого видно;имя"), "{saved}");
    for part in ["Иванова", "Мария", "935", "940", "551", "2025"] {
        assert!(!saved.contains(part), "{part} in {saved}");
    }
    // The same from the pane where columns are set.
    window.click("#map-columns").await?;
    window.click("#mapping-excerpt").await?;
    window.says("#excerpt", "Ххххххх Ххххх").await?;
    window.station("excerpt-pane-light").await?;
    window.close().await
}

#[tokio::test]
async fn a_layout_is_renamed_given_out_forgotten_and_taken_in() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.new_case(&place, "en", "dark").await?;
    let file = place.path("таблица.csv");
    fs::write(&file, TABLE).unwrap();
    place.drop_files(&[&file])?;
    window.click("#map-columns").await?;
    for (column, field) in ["start", "number", "label"].into_iter().enumerate() {
        window.choose(&format!("#field-{column}"), field).await?;
    }
    window.click("#mapping-save").await?;
    window.fill("#recipe-name", "Мой журнал").await?;
    window.click("#recipe-save").await?;
    window.click("#mapping-leave").await?;
    window.click("#show-layouts").await?;
    window.says("#layouts", "час →").await?;
    window.station("layouts-dark-en").await?;
    window.click("#layouts li .acts button:nth-child(1)").await?;
    window.fill("#layout-name", "Журнал Марии").await?;
    window.click("#layouts form button[type=submit]").await?;
    window.says("#layouts", "Журнал Марии").await?;
    let out = place.path("журнал.toml");
    place.answer(&[&out])?;
    window.click("#layouts li .acts button:nth-child(2)").await?;
    window.says("dialog [role=status]", "Журнал Марии").await?;
    window.click("#layouts li .acts button:nth-child(3)").await?;
    window.click("#layout-forget").await?;
    window.until("return document.querySelector('#layouts') === null", vec![], "no layout left").await?;
    let bad = place.path("не формат.toml");
    fs::write(&bad, "это не формат").unwrap();
    place.answer(&[&bad])?;
    window.click("#layout-take-in").await?;
    window.says("dialog [role=alert]", "не формат.toml").await?;
    place.answer(&[&out])?;
    window.click("#layout-take-in").await?;
    window.says("#layouts", "Журнал Марии").await?;
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}

#[tokio::test]
async fn of_a_detail_of_several_lines_only_the_rows_of_the_own_are_kept() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.new_case(&place, "ru", "light").await?;
    let file = place.path("организация.csv");
    let text = "Дата и время;Номер;Направление;Длительность\n\
        Абонент: 79071204519\n03.09.2025 10:15:00;79355517704;Входящий;00:12\n\
        Абонент: 79071204518\n03.09.2025 10:15:00;79353104011;Входящий;00:12\n";
    fs::write(&file, text).unwrap();
    place.drop_files(&[&file])?;
    window.click(".own-lines input[value='+79071204518']").await?;
    window.click("input.extract").await?;
    window.says(".preview", "Хранится выписка").await?;
    window.station("extract-light").await?;
    window.click("#confirm").await?;
    window.see("#go-log").await?;
    window.click("#go-log").await?;
    window.says("main", "Хранится выписка: строки линии").await?;
    let case = String::from_utf8_lossy(&fs::read(place.path("Дело.ulika")).unwrap()).into_owned();
    assert!(case.contains("79353104011"));
    assert!(!case.contains("79071204519") && !case.contains("79355517704"), "the case tells of another line");
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}
