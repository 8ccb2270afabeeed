//! The shell in the real window: two cases in two windows, the palette, title and numbers, readiness, plain files, the
//! log in sentences.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use std::fs;
use std::path::{Path, PathBuf};
use ulika_e2e::{Place, Result, Window, of_project};

async fn make_case(window: &Window, place: &Place, case: &Path) -> Result<()> {
    place.answer(&[case])?;
    window.click("#create").await?;
    window.says("main", "Здесь появятся звонки").await
}

#[tokio::test]
async fn what_is_in_the_package_leaves_as_files_and_the_log_says_so() -> Result<()> {
    let place = Place::new()?;
    let case = place.path("дело.ulika");
    let window = Window::open(&place, None).await?;
    window.appearance("ru", "light").await?;
    make_case(&window, &place, &case).await?;
    window.click("#go-bundle").await?;
    window.see("[data-item=line][data-state=missing]").await?;
    window.station("shell-bundle-empty").await?;
    window.click("[data-fix=line]").await?;

    window.click("#edit-case").await?;
    window.fill("#facts-title", "Реклама с чужих номеров").await?;
    window.fill("#facts-lines", "8 (907) 120-45-18").await?;
    window.station("shell-case-facts").await?;
    window.click("#facts-save").await?;
    window.says("header[data-pane]", "Реклама с чужих номеров").await?;
    window.says("#undo", "название и номера дела").await?;

    place.drop_files(&[&of_project("sample-data/case/phone.xml")])?;
    window.click("#confirm").await?;
    window.see("#grid [data-call]").await?;
    window.click("#go-bundle").await?;
    window.says("[data-item=detail]", "Звонки подтверждает только: журнал телефона").await?;
    window.click("#readiness-toggle").await?;
    window.see("[data-item=line][data-state=present]").await?;
    window.click("#read-texts").await?;
    window.says("#texts", "Реклама с чужих номеров").await?;
    window.station("shell-texts").await?;
    window.click("#texts-close").await?;
    window.click("#extracts").await?;
    window.station("shell-bundle").await?;

    let into = place.path("для печати");
    fs::create_dir(&into)?;
    place.answer(&[&into])?;
    window.click("#export-plain").await?;
    window.says("#plain-saved", "report.pdf").await?;
    let made: Vec<PathBuf> =
        fs::read_dir(&into)?.map(|entry| entry.map(|e| e.path())).collect::<std::io::Result<_>>()?;
    assert!(made.len() == 1 && made[0].join("report.pdf").is_file() && made[0].join("report.html").is_file());
    window.click("[data-act=copy-code]").await?;
    window.says("#status", "Код").await?;
    window.station("shell-plain-saved").await?;

    window.click("#go-log").await?;
    window.says("#log", "Добавлен источник: «phone.xml»").await?;
    window.says("#log", "Записаны название «Реклама с чужих номеров»").await?;
    window.fill("#log-search", "источник").await?;
    window.until("return document.querySelectorAll('#log > li').length === 1", vec![], "one entry is found").await?;
    window.station("shell-log").await?;
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}

#[tokio::test]
async fn two_cases_stand_in_two_windows_and_one_that_is_open_comes_forward() -> Result<()> {
    let place = Place::new()?;
    let (one, two) = (place.path("первое.ulika"), place.path("второе.ulika"));
    let window = Window::open(&place, None).await?;
    window.appearance("ru", "light").await?;
    make_case(&window, &place, &two).await?;
    window.click("#close-case").await?;
    make_case(&window, &place, &one).await?;
    place.drop_files(&[&two])?;
    window.go_to_other().await?;
    window.says("header[data-pane]", "второе").await?;
    window.click("#go-overview").await?;
    window.click("#edit-case").await?;
    window.fill("#facts-title", "Только здесь").await?;
    window.click("#facts-save").await?;
    window.says("header[data-pane]", "Только здесь").await?;
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.go_to_other().await?;
    window.says("header[data-pane]", "первое").await?;
    // Asked for again, it comes forward; there is no third window.
    place.drop_files(&[&two])?;
    window.press(&[Key::Control], 'k').await?;
    window.see("#palette").await?;
    assert_eq!(window.windows().await?, 2);
    window.close().await
}

#[tokio::test]
async fn everything_is_reached_from_the_palette() -> Result<()> {
    let place = Place::new()?;
    let case =
        place.path("Очень длинное название дела о навязчивой рекламе с подменных номеров и звонках роботов.ulika");
    let window = Window::open(&place, None).await?;
    window.appearance("ru", "dark").await?;
    make_case(&window, &place, &case).await?;
    place.drop_files(&[&of_project("sample-data/case/phone.xml")])?;
    window.click("#confirm").await?;
    window.see("#grid [data-call]").await?;
    window.press(&[Key::Control], 'k').await?;
    window.see("#palette").await?;
    window.station("shell-palette").await?;
    window.fill("#palette", "журнал").await?;
    window.press(&[], char::from(Key::Enter)).await?;
    window.see("#log").await?;
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}
