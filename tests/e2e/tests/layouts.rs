//! A file that nobody knows how to read, in the real window: its masked excerpt is looked at and saved; a layout of the
//! person's own is renamed, given out, forgotten and taken in again.

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
