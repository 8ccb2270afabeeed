//! The panel of a call in the real window, worked by mouse and by the keyboard alone: opened, walked, an exhibit linked
//! and unlinked, a label entered, «not this call», and all of it taken back by name.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use ulika_e2e::{Hand, Person, Place, Result, Window, of_project};

const LABEL: &str = "ООО ВЕКТОРИЯ — реклама";

/// A case with the phone's log and its exhibits, none of them linked yet.
async fn begin(place: &Place) -> Result<Window> {
    let window = Window::with_phone_log(place).await?;
    place.drop_files(&[&of_project("sample-data/case/exhibits")])?;
    window.see("#incoming-exhibits").await?;
    window.click("#confirm").await?;
    window.until("return document.querySelector('#incoming-exhibits') === null", vec![], "they are added").await?;
    window.click("#go-calls").await?;
    window.see("#grid [data-call]").await?;
    Ok(window)
}

/// The call that the panel shows.
async fn shown(window: &Window) -> Result<String> {
    window.see("#inspector").await?;
    let call = window.ask("return document.querySelector('#inspector').dataset.call").await?;
    Ok(call.as_str().unwrap_or_default().to_owned())
}

async fn until_other(window: &Window, than: &str) -> Result<String> {
    let other = "return document.querySelector('#inspector').dataset.call !== arguments[0]";
    window.until(other, vec![than.into()], "another call").await?;
    shown(window).await
}

async fn until_call(window: &Window, call: &str) -> Result<()> {
    let same = "return document.querySelector('#inspector').dataset.call === arguments[0]";
    window.until(same, vec![call.into()], call).await
}

async fn until_proposed(window: &Window, count: usize) -> Result<()> {
    let script = "return document.querySelectorAll('#call-exhibits .proposed').length === arguments[0]";
    window.until(script, vec![count.into()], &format!("{count} proposed")).await
}

/// What the panel does with the exhibit that it holds for a call, by either hand.
async fn work(place: &Place, hand: Hand, name: &str) -> Result<()> {
    let window = begin(place).await?;
    let person = Person { window: &window, hand };

    // Open the newest call and go on to the next, and back; by the keys that the buttons name.
    match hand {
        Hand::Mouse => person.act("#row-0").await?,
        Hand::Keys => {
            person.tab_to("#grid").await?;
            person.key(Key::Enter).await?;
        }
    }
    let first = shown(&window).await?;
    let title = window.ask("return document.querySelector('#call-next').title").await?;
    assert_eq!(title, "Следующий звонок (PgDn)");
    match hand {
        Hand::Mouse => person.act("#call-next").await?,
        Hand::Keys => {
            person.tab_to("#call-next").await?;
            person.key(Key::PageDown).await?;
        }
    }
    until_other(&window, &first).await?;
    person.by("#call-previous", &[], Key::PageUp.into()).await?;
    until_call(&window, &first).await?;

    // The call to which a screenshot is proposed.
    person.write("#search", "935 310-40-60").await?;
    window.says("#grid", "310").await?;
    let alone = "const rows = [...document.querySelectorAll('#grid [data-call]')];
        return rows.length > 0 && rows.every((r) => r.textContent.replace(/\\D/g, '').includes('9353104060'))";
    window.until(alone, vec![], "the calls of one number").await?;
    walk_to_a_proposal(&person).await?;
    let call = shown(&window).await?;
    window.station(&format!("panel-{name}-proposed")).await?;

    // Not this call, taken back by name; then linked.
    let proposed = window.texts("#call-exhibits .proposed").await?.len();
    person.act("#call-exhibits .proposed [data-act=refuse]").await?;
    window.says("#undo", "Отменить: «не этот звонок»").await?;
    until_proposed(&window, proposed - 1).await?;
    undo(&person).await?;
    until_proposed(&window, proposed).await?;
    person.act("#call-exhibits .proposed [data-act=link]").await?;
    window.see("#call-exhibits [data-act=unlink]").await?;
    window.says("#undo", "Отменить: привязка доказательств").await?;

    // A label is read off it, and stands in the panel that the look leads back to.
    person.act("#call-exhibits [data-act=open]").await?;
    window.see("#viewer").await?;
    person.write("#label", LABEL).await?;
    person.by("#labels form button", &[], Key::Enter.into()).await?;
    window.says("#labels li .text", LABEL).await?;
    person.by("#leave-exhibit", &[], Key::Escape.into()).await?;
    until_call(&window, &call).await?;
    window.says("#call-labels", LABEL).await?;
    window.station(&format!("panel-{name}-labelled")).await?;

    // Unlinked, and all of it undone, step by step by its name.
    person.act("#call-exhibits [data-act=unlink]").await?;
    window.until("return document.querySelector('[data-act=unlink]') === null", vec![], "unlinked").await?;
    window.says("#undo", "Отменить: отвязка доказательства").await?;
    undo(&person).await?;
    window.see("#call-exhibits [data-act=unlink]").await?;
    window.says("#undo", "Отменить: подпись с доказательства").await?;
    undo(&person).await?;
    let unsaid = "return !(document.querySelector('#call-labels')?.textContent ?? '').includes(arguments[0])";
    window.until(unsaid, vec![LABEL.into()], "the label is taken back").await?;
    undo(&person).await?;
    window.until("return document.querySelector('[data-act=unlink]') === null", vec![], "the link too").await?;
    until_proposed(&window, proposed).await?;
    window.close().await
}

/// Goes down the list until the panel proposes an exhibit.
async fn walk_to_a_proposal(person: &Person<'_>) -> Result<()> {
    let window = person.window;
    match person.hand {
        Hand::Mouse => person.act("#row-0").await?,
        Hand::Keys => {
            person.tab_to("#grid").await?;
            person.key(Key::Home).await?;
            person.key(Key::Enter).await?;
        }
    }
    for _ in 0..40 {
        let call = shown(window).await?;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        if window.ask("return document.querySelector('#call-exhibits .proposed') !== null").await? == true {
            return Ok(());
        }
        person.by("#call-next", &[], Key::Down.into()).await?;
        until_other(window, &call).await?;
    }
    Err("no call of this number has an exhibit proposed".into())
}

async fn undo(person: &Person<'_>) -> Result<()> {
    person.by("#undo", &[Key::Control], 'z').await
}

#[tokio::test]
async fn the_panel_of_a_call_is_worked_by_mouse() -> Result<()> {
    work(&Place::new()?, Hand::Mouse, "mouse").await
}

#[tokio::test]
async fn the_panel_of_a_call_is_worked_by_the_keyboard_alone() -> Result<()> {
    work(&Place::new()?, Hand::Keys, "keys").await
}
