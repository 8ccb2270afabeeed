//! Every screen and dialog at every size that a person may give the window, and with the page at 150 and 200 %: nothing leaves
//! the window, scrolls sideways, is cut without a sign, or lies over what is to be read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use serde_json::json;
use std::fs;
use std::time::Duration;
use ulika_e2e::{Place, Result, Screen, Window, sample_case, tour};

/// The usual size, the smallest, one smaller still as an old screen forces it, a large screen.
const SIZES: [(u32, u32); 4] = [(1280, 800), (1200, 700), (1024, 700), (3840, 2160)];

/// What does not fit; a picture is kept where the run was asked for pictures.
async fn misfits(window: &Window, name: &str, found: &mut Vec<String>) -> Result<()> {
    found.extend(window.misfits().await?.into_iter().map(|misfit| format!("{name}: {misfit}")));
    window.keep(&format!("fits {name}")).await
}

#[tokio::test]
async fn every_screen_fits_every_size() -> Result<()> {
    let place = Place::new()?;
    let case = sample_case(&place)?;
    let mut found = Vec::new();
    tour(&place, &case, ("ru", "light"), async |window: &Window, name: &str| {
        let screen = Screen::find("us")?;
        for (width, height) in SIZES {
            screen.resize(width, height)?;
            window.until("return innerWidth === arguments[0]", vec![json!(width)], &format!("{width} wide")).await?;
            tokio::time::sleep(Duration::from_millis(60)).await;
            misfits(window, &format!("{name} at {width}×{height}"), &mut found).await?;
        }
        Ok(())
    })
    .await?;
    assert!(found.is_empty(), "{found:#?}");
    Ok(())
}

async fn at_the_size_of(percent: u32, language: &str) -> Result<()> {
    let place = Place::new()?;
    let case = sample_case(&place)?;
    let settings = place.path("config/org.ulika.desktop");
    fs::create_dir_all(&settings)?;
    fs::write(settings.join("settings.json"), json!({ "zoom": percent }).to_string())?;
    let mut found = Vec::new();
    tour(&place, &case, (language, "dark"), async |window: &Window, name: &str| {
        misfits(window, &format!("{name} in {language} at {percent} %"), &mut found).await
    })
    .await?;
    assert!(found.is_empty(), "{found:#?}");
    Ok(())
}

#[tokio::test]
async fn every_screen_fits_at_twice_the_size_in_russian() -> Result<()> {
    at_the_size_of(200, "ru").await
}

#[tokio::test]
async fn every_screen_fits_at_twice_the_size_in_english() -> Result<()> {
    at_the_size_of(200, "en").await
}

#[tokio::test]
async fn every_screen_fits_at_half_as_large_again() -> Result<()> {
    at_the_size_of(150, "ru").await
}

/// The meter itself: what lies over the beginning of a text, or runs out of its own part of the page, is noticed.
#[tokio::test]
async fn what_runs_over_its_neighbour_is_noticed() -> Result<()> {
    let place = Place::new()?;
    let case = sample_case(&place)?;
    let window = Window::open(&place, Some(&case)).await?;
    window.click("#go-groups").await?;
    window.see("#numbers tbody tr").await?;
    assert_eq!(window.misfits().await?, Vec::<String>::new());
    for (field, what) in [("#group-search", "covered: "), ("#group-sort", "a control is covered: select#group-sort")] {
        let width = |width: &str| format!("document.querySelector('{field}').style.width = '{width}'");
        window.ask(&width("360px")).await?;
        let found = window.misfits().await?;
        assert!(found.iter().any(|misfit| misfit.starts_with(what)), "{field}: {found:#?}");
        window.ask(&width("")).await?;
    }
    window.close().await
}
