//! Charts in the real window: five of a group, each gone through by keys, each mark leading to as many calls as it says,
//! each with its table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use serde_json::{Value, json};
use ulika_e2e::{Place, Result, Window, of_project};

const ENTER: char = '\u{E007}';
const DOWN: char = '\u{E015}';
const RIGHT: char = '\u{E014}';
const END: char = '\u{E010}';
const KINDS: [&str; 5] = ["days", "hours", "lanes", "block", "graph"];

/// Puts the focus on the marks of a chart and brings it into sight.
async fn enter(window: &Window, kind: &str) -> Result<()> {
    let marks = format!("#charts [data-chart={kind}] .marks");
    window.see(&marks).await?;
    let focus = "const marks = document.querySelector(arguments[0]);
        marks.closest('figure').scrollIntoView({ block: 'start' }); marks.focus(); return document.activeElement === marks";
    assert_eq!(window.ask_with(focus, vec![json!(marks)]).await?, true, "{kind}");
    Ok(())
}

/// How many calls the mark says that it is.
async fn told(window: &Window, kind: &str) -> Result<i64> {
    let script = "const text = document.querySelector(`#charts [data-chart=${arguments[0]}] .marks`).ariaValueText;
        return Number(/: ([\\d\\s]+?)\\s(?:звон|calls?\\b)/.exec(text)?.[1].replace(/\\s/g, '') ?? -1)";
    Ok(window.ask_with(script, vec![json!(kind)]).await?.as_i64().unwrap_or(-1))
}

async fn largest_group(window: &Window) -> Result<()> {
    window.click("#go-groups").await?;
    window.click("#groups li:nth-child(1) button").await?;
    window.see("#charts [data-chart=graph] svg[role=img]").await
}

#[tokio::test]
async fn charts_of_a_group_are_seen_gone_through_and_lead_to_their_calls() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.new_case(&place, "ru", "light").await?;
    place.answer(&[&of_project("sample-data/case/mts.xml"), &of_project("sample-data/case/phone.xml")])?;
    window.click("#add").await?;
    window.see(".preview:nth-of-type(2)").await?;
    window.click("#confirm").await?;
    window.see("#grid [data-call]").await?;

    for (kind, key) in KINDS.into_iter().zip([RIGHT, END, DOWN, DOWN, DOWN]) {
        largest_group(&window).await?;
        enter(&window, kind).await?;
        let first: Value = window.ask("return document.activeElement.ariaValueText").await?;
        window.press(&[], key).await?;
        let moved = "return document.activeElement.ariaValueText !== arguments[0]";
        window.until(moved, vec![first], &format!("another mark of {kind}")).await?;
        let calls = told(&window, kind).await?;
        assert!(calls > 0, "{kind} says its calls");
        window.station(&format!("charts-{kind}")).await?;
        window.press(&[], ENTER).await?;
        window.until_listed(calls).await?;
        // The group, and what the mark stands for.
        window.see(".chip:nth-of-type(2)").await?;
    }
    window.station("charts-narrowed").await?;

    largest_group(&window).await?;
    window.ask("document.activeElement.blur(); return true").await?;
    window.press(&[], 't').await?;
    for kind in KINDS {
        window.see(&format!("#charts [data-chart={kind}] tbody th[scope=row]")).await?;
    }
    window.station("charts-tables").await?;
    window.press(&[], 't').await?;
    window.see("#charts svg[role=img]").await?;

    by_pointer(&window).await?;
    window.choose("#language", "en").await?;
    window.choose("#colours", "dark").await?;
    for kind in ["lanes", "block", "graph"] {
        largest_group(&window).await?;
        enter(&window, kind).await?;
        window.station(&format!("charts-{kind}-dark")).await?;
    }
    let breaches = window.policy_breaches().await?;
    assert_eq!(breaches, Vec::<String>::new(), "nothing against the content policy");
    window.close().await
}

/// What lies under the pointer is told, and a click leads there.
async fn by_pointer(window: &Window) -> Result<()> {
    let point = "const svg = document.querySelector('#charts [data-chart=lanes] svg');
        svg.scrollIntoView({ block: 'center' });
        const box = svg.getBoundingClientRect();
        const at = { bubbles: true, clientX: box.left + box.width / 2, clientY: box.top + 18 + 8 };
        svg.dispatchEvent(new PointerEvent('pointermove', at));
        return true";
    window.ask(point).await?;
    window.see("#charts [data-chart=lanes] .here").await?;
    let calls = told(window, "lanes").await?;
    assert!(calls > 0);
    window.ask("document.querySelector('#charts [data-chart=lanes] svg').dispatchEvent(new MouseEvent('click', { bubbles: true })); return true").await?;
    window.until_listed(calls).await
}
