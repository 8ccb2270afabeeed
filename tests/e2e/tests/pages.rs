//! Every screen of the real window, at its usual size and at twice the size: the page stands still, only its panes
//! scroll. What is hidden from the eye, or is very long, makes it neither longer nor wider.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use serde_json::json;
use std::fs;
use ulika_e2e::{Place, Result, Window, of_project};

/// The page as it stands, looked at from all sides.
async fn stands_still(window: &Window, name: &str) -> Result<()> {
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(window.loose().await?, Vec::<String>::new(), "{name}: the page stands still");
    window.keep(&format!("pages-{name}")).await
}

/// Clicks without the driver, which does not know of the size of the page.
async fn click(window: &Window, css: &str) -> Result<()> {
    let script = "const e = document.querySelector(arguments[0]);
        if (e === null || e.disabled) return false;
        e.click();
        return true";
    window.until(script, vec![json!(css)], css).await
}

/// Opens the first exhibit whose name ends so, in the list of all.
async fn open(window: &Window, ending: &str) -> Result<()> {
    let script = "const card = [...document.querySelectorAll('#exhibits li')]
            .find((li) => li.querySelector('.file').title.endsWith(arguments[0]));
        // Only what is in sight is drawn.
        if (!card) document.querySelector('#exhibits')?.scrollBy(0, 200);
        card?.click();
        return card !== undefined";
    window.until(script, vec![json!(ending)], ending).await?;
    window.see("#viewer").await
}

async fn tab(window: &Window, value: &str) -> Result<()> {
    click(window, "#go-exhibits").await?;
    window.see("input[value=tray]").await?;
    click(window, &format!("label:has(> input[value={value}])")).await
}

/// Every screen, with what can be opened on it.
async fn walk(window: &Window, place: &Place, size: &str) -> Result<()> {
    for (screen, seen) in [
        ("overview", "#sources"),
        ("calls", "#grid [data-call]"),
        ("groups", "#numbers tbody tr"),
        ("bundle", "#leaves"),
        ("log", "#log > li"),
    ] {
        click(window, &format!("#go-{screen}")).await?;
        window.see(seen).await?;
        stands_still(window, &format!("{size}-{screen}")).await?;
    }
    click(window, "#go-overview").await?;
    click(window, "#sources button").await?;
    window.see("#sources .details dl").await?;
    stands_still(window, &format!("{size}-source")).await?;
    let wide = "const body = document.querySelector('main .body'); return body.scrollWidth - body.clientWidth";
    assert_eq!(window.ask(wide).await?, 0, "{size}: a long name of a file makes the overview no wider");
    tab(window, "tray").await?;
    window.see("#tray > li").await?;
    stands_still(window, &format!("{size}-tray")).await?;
    tab(window, "all").await?;
    window.see("#exhibits li").await?;
    stands_still(window, &format!("{size}-exhibits")).await?;
    open(window, ".png").await?;
    window.see("#picture").await?;
    stands_still(window, &format!("{size}-viewer")).await?;
    click(window, "#leave-exhibit").await?;
    open(window, ".m4a").await?;
    window.see(".player").await?;
    stands_still(window, &format!("{size}-player")).await?;
    click(window, "#links .open").await?;
    window.see("#inspector .player.small").await?;
    stands_still(window, &format!("{size}-call")).await?;
    click(window, "#filter").await?;
    window.see("#filters").await?;
    stands_still(window, &format!("{size}-filters")).await?;
    window.press(&[], Key::Escape.into()).await?;
    let long = place.path(&format!("{}.txt", "Очень длинное имя без пробелов".replace(' ', "_").repeat(3)));
    fs::write(&long, "письмо")?;
    place.drop_files(&[
        &long,
        &of_project("sample-data/case/exhibits"),
        &of_project("sample-data/case/beeline.xlsx"),
    ])?;
    window.see("#incoming-exhibits").await?;
    window.see(".sums").await?;
    stands_still(window, &format!("{size}-incoming")).await?;
    click(window, "#leave").await?;
    window.until("return document.querySelector('#incoming-exhibits') === null", vec![], "what came in is left").await
}

#[tokio::test]
async fn no_screen_can_be_scrolled_as_a_whole_at_its_usual_size_and_at_twice_the_size() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.appearance("ru", "light").await?;
    stands_still(&window, "usual-start").await?;
    place.answer(&[&place.path("Дело.ulika")])?;
    window.fill("#line", "8 (907) 120-45-18").await?;
    window.click("#create").await?;
    window.see("#go-calls").await?;
    let long = place.path(&format!("{}.xml", "детализация_за_полтора_года".repeat(4)));
    fs::copy(of_project("sample-data/case/mts.xml"), &long)?;
    place.drop_files(&[&long, &of_project("sample-data/case/phone.xml")])?;
    window.see(".preview:nth-of-type(2)").await?;
    window.click("#confirm").await?;
    window.see("#grid [data-call]").await?;
    place.drop_files(&[&of_project("sample-data/case/exhibits")])?;
    window.see("#incoming-exhibits").await?;
    window.click("#confirm").await?;
    tab(&window, "tray").await?;
    click(&window, "#link-all").await?;
    let linked = "return document.querySelector('#link-all') === null";
    window.until(linked, vec![], "all of which there is no doubt are linked").await?;
    walk(&window, &place, "usual").await?;
    let width = window.ask("return innerWidth").await?.as_f64().unwrap_or_default();
    assert_eq!(width, 1280.0, "the window as it opens");
    for _ in 0..5 {
        window.press(&[Key::Control], '=').await?;
    }
    let doubled = "return Math.abs(innerWidth * 2 - arguments[0]) < 8";
    window.until(doubled, vec![width.into()], "the page at 200 %").await?;
    walk(&window, &place, "twice").await?;
    // The meter itself works: what does hang over the edge is noticed.
    let hung = "const e = document.createElement('p');
        e.style.cssText = 'position:absolute;left:139px;top:0;width:100%;height:1px';
        document.body.append(e)";
    window.ask(hung).await?;
    assert_ne!(window.loose().await?, Vec::<String>::new(), "what was hung over the edge on purpose");
    window.close().await
}
