//! Every key that the list of keys names, on a keyboard with the Russian layout: real keys of the screen, not the
//! driver's, because the driver's have no place on a keyboard.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use serde_json::{Value, json};
use ulika_e2e::{Place, Result, Screen, Window, of_project};

struct Hands<'a> {
    window: &'a Window,
    screen: Screen,
}

impl Hands<'_> {
    /// Presses keys one after the other, and waits for what they do.
    async fn then(&self, keys: &[&str], check: &str) -> Result<()> {
        self.screen.press(keys)?;
        self.window.until(&format!("return {check}"), vec![], &format!("{check}, by {keys:?}")).await
    }
}

#[tokio::test]
async fn every_key_works_on_a_russian_keyboard() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.appearance("ru", "light").await?;
    place.answer(&[&place.path("Дело.ulika")])?;
    window.click("#create").await?;
    window.see("#go-calls").await?;
    window
        .ask(
            "window.keysHeard = [];
            addEventListener('keydown', (e) => window.keysHeard.push([e.code, e.key]), { capture: true })",
        )
        .await?;
    let hands = Hands { window: &window, screen: Screen::find("ru")? };

    // Ctrl+I: files are chosen.
    place.answer(&[&of_project("sample-data/case/phone.xml")])?;
    hands.then(&["ctrl+31"], "document.querySelector('.preview') !== null").await?;
    window.click("#confirm").await?;
    window.see("#grid [data-call]").await?;
    sections(&hands).await?;
    list(&hands).await?;
    steps(&hands).await?;
    page(&hands).await?;

    let heard: Vec<(String, String)> = serde_json::from_value(window.ask("return window.keysHeard").await?)?;
    let letters = [
        ("KeyI", "ш"),
        ("KeyK", "л"),
        ("KeyJ", "о"),
        ("KeyF", "а"),
        ("KeyA", "ф"),
        ("KeyT", "е"),
        ("KeyE", "у"),
        ("KeyZ", "я"),
    ];
    for (code, letter) in letters {
        let said = heard.iter().find(|(heard, _)| heard == code).map(|(_, key)| key.to_lowercase());
        assert_eq!(said.as_deref(), Some(letter), "{code} was pressed on a Russian keyboard: {heard:?}");
    }
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}

/// Ctrl+K, Ctrl+J, Ctrl+E, Ctrl+1 … Ctrl+6.
async fn sections(hands: &Hands<'_>) -> Result<()> {
    hands.then(&["ctrl+45"], "document.activeElement?.id === 'palette'").await?;
    hands.then(&["Escape"], "document.querySelector('dialog') === null").await?;
    hands.then(&["ctrl+44"], "document.querySelector('#note-number') !== null").await?;
    hands.then(&["Escape"], "document.querySelector('#note-number') === null").await?;
    hands.then(&["ctrl+26"], "document.querySelector('#go-bundle').ariaCurrent === 'page'").await?;
    for (screen, key) in ["overview", "calls", "groups", "exhibits", "bundle", "log"].into_iter().zip(10..) {
        let there = format!("document.querySelector('#go-{screen}').ariaCurrent === 'page'");
        hands.then(&[&format!("ctrl+{key}")], &there).await?;
    }
    Ok(())
}

/// Ctrl+F and /, the arrows, marks, the inspector and the way from call to call in it.
async fn list(hands: &Hands<'_>) -> Result<()> {
    let marked = |count: &str| {
        format!("(document.querySelector('#marks b')?.textContent ?? '0').replace(/\\D/g, '') === '{count}'")
    };
    let at =
        |row: &str| format!("document.querySelector('#grid')?.getAttribute('aria-activedescendant') === 'row-{row}'");
    let searching = "document.activeElement?.id === 'search'";
    hands.then(&["ctrl+11"], "document.querySelector('#grid [data-call]') !== null").await?;
    hands.then(&["ctrl+41"], searching).await?;
    hands.then(&["Down"], "document.activeElement?.id === 'grid'").await?;
    hands.then(&["61"], searching).await?;
    hands.then(&["Down"], "document.activeElement?.id === 'grid'").await?;
    hands.then(&["Home"], &at("0")).await?;
    hands.then(&["Down", "Down"], &at("2")).await?;
    hands.then(&["Up"], &at("1")).await?;
    hands.then(&["Next", "Prior"], &at("1")).await?;
    let rows = hands.window.ask("return String(Number(document.querySelector('#grid').ariaRowCount) - 1)").await?;
    let rows = rows.as_str().unwrap();
    hands.then(&["End"], &at(&(rows.parse::<u32>()? - 1).to_string())).await?;
    hands.then(&["Home"], &at("0")).await?;
    hands.then(&["ctrl+38"], &marked(rows)).await?;
    hands.then(&["Escape"], &marked("0")).await?;
    hands.then(&["space"], &marked("1")).await?;
    hands.then(&["shift+Down", "shift+Down"], &marked("3")).await?;
    hands.then(&["Escape"], &marked("0")).await?;
    hands.then(&["Return"], "document.querySelector('#inspector') !== null").await?;
    hands.then(&["F6"], "document.querySelector('#inspector').contains(document.activeElement)").await?;
    hands.then(&["Next"], &at("3")).await?;
    hands.then(&["Prior"], &at("2")).await?;
    hands.then(&["Escape"], "document.querySelector('#inspector') === null").await
}

/// Ctrl+Z, Ctrl+Shift+Z.
async fn steps(hands: &Hands<'_>) -> Result<()> {
    hands.then(&["ctrl+52"], "document.querySelector('#grid') === null").await?;
    hands.then(&["ctrl+shift+52"], "document.querySelector('#grid [data-call]') !== null").await
}

/// T, the colour of a group, the size of the page, F6, ?.
async fn page(hands: &Hands<'_>) -> Result<()> {
    hands.then(&["ctrl+12"], "document.querySelector('#charts svg') !== null").await?;
    hands.then(&["28"], "document.querySelector('#charts tbody') !== null").await?;
    hands.then(&["28"], "document.querySelector('#charts svg') !== null").await?;
    // Of the group that is looked at: 6 gives it that colour, 9 the one that it had.
    let sign = hands.window.ask("return document.querySelector('#mark i').className").await?;
    let sign = format!("document.querySelector('#mark i').className === {sign}");
    hands.then(&["15"], "document.querySelector('#mark i').className.includes('c5')").await?;
    hands.then(&["18"], &sign).await?;
    let width: Value = hands.window.ask("return innerWidth").await?;
    hands.then(&["ctrl+21"], &format!("innerWidth < {width}")).await?;
    hands.then(&["ctrl+19"], &format!("innerWidth === {width}")).await?;
    hands.then(&["ctrl+20"], &format!("innerWidth > {width}")).await?;
    hands.then(&["ctrl+19"], &format!("innerWidth === {width}")).await?;
    let pane =
        "[...document.querySelectorAll('[data-pane]')].findIndex((pane) => pane.contains(document.activeElement))";
    let before = hands.window.ask(&format!("return {pane}")).await?;
    hands.then(&["F6"], &format!("{pane} !== {before}")).await?;
    hands.then(&["shift+61"], "document.querySelector('#keys') !== null").await?;
    let listed = hands.window.texts("#keys kbd").await?;
    assert_eq!(json!(listed.len()), json!(20), "a key that is new in the list is pressed here too: {listed:?}");
    hands.then(&["Escape"], "document.querySelector('#keys') === null").await
}
