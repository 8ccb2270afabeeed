//! What a person expects of any window: it comes back with the size that it was left with, knows what was open, opens
//! what it is started with, and a second start comes to the first.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use serde_json::json;
use std::path::Path;
use ulika_e2e::{Place, Result, Screen, Window};

async fn make_case(window: &Window, place: &Place, title: &str) -> Result<std::path::PathBuf> {
    let case = place.path(&format!("{title}.ulika"));
    place.answer(&[&case])?;
    window.fill("#title", title).await?;
    window.click("#create").await?;
    window.says("main", "Здесь появятся звонки").await?;
    Ok(case)
}

/// As a person closes it, and not as the driver ends it.
async fn close_by_hand(window: Window) -> Result<()> {
    window.press(&[Key::Control], 'k').await?;
    window.fill("#palette", "закрыть окно").await?;
    // The window may be gone before the driver has its answer.
    window.press(&[], Key::Enter.into()).await.unwrap_or_default();
    window.ended().await
}

#[tokio::test]
async fn the_window_comes_back_as_it_was_left_and_knows_its_cases() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.appearance("ru", "light").await?;
    make_case(&window, &place, "Первое дело").await?;
    window.click("#close-case").await?;
    make_case(&window, &place, "Второе дело").await?;
    let screen = Screen::find("us")?;
    let traits = screen.traits()?;
    assert!(traits.contains("minimum size: 1200 by 700"), "no smaller by hand than 1200×700: {traits}");
    screen.resize(1236, 764)?;
    window.until("return innerWidth === 1236", vec![], "the size that was given").await?;
    let size = window.ask("return [innerWidth, innerHeight]").await?;
    close_by_hand(window).await?;

    let window = Window::open(&place, None).await?;
    window
        .until(
            "return JSON.stringify([innerWidth, innerHeight]) === arguments[0]",
            vec![json!(size.to_string())],
            "the size that it was left with",
        )
        .await?;
    window.says("ul:has(.case)", "Второе дело").await?;
    let cases = window.texts("li .case .cut:first-child").await?;
    assert_eq!(cases, ["Второе дело", "Первое дело"], "the latest first");
    // The same list in the native menu: the first menu, its third item, the second case.
    let screen = Screen::find("us")?;
    screen.press(&["F10"])?;
    screen.press(&["Down", "Down", "Down", "Right", "Down", "Return"])?;
    window.says("header[data-pane]", "Первое дело").await?;
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}

#[tokio::test]
async fn a_second_start_comes_to_the_window_that_has_the_case() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.appearance("ru", "light").await?;
    let one = make_case(&window, &place, "Первое дело").await?;
    window.click("#close-case").await?;
    let two = make_case(&window, &place, "Второе дело").await?;
    window.close().await?;

    // As the system does with a file of this kind.
    let window = Window::open(&place, Some(&one)).await?;
    window.says("header[data-pane]", "Первое дело").await?;
    let start = async |case: Option<&Path>| {
        let ended = tokio::task::spawn_blocking({
            let command = place.start(case);
            move || command.map(|mut command| command.status())
        });
        let status = ended.await???;
        assert!(status.success(), "the second start hands over and ends well: {status}");
        Ok::<(), ulika_e2e::Failure>(())
    };
    start(Some(&one)).await?;
    start(None).await?;
    window.says("header[data-pane]", "Первое дело").await?;
    assert_eq!(window.windows().await?, 1, "the case is open already: there is no second window");
    start(Some(&two)).await?;
    window.go_to_other().await?;
    window.says("header[data-pane]", "Второе дело").await?;
    start(Some(&two)).await?;
    assert_eq!(window.windows().await?, 2);
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}
