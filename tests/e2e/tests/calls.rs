//! Calls and groups in the real window: sorted, narrowed, marked by mouse and by key, taken out of a group and put
//! back, drawn as pictures with their tables.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use serde_json::{Value, json};
use ulika_e2e::{Place, Result, Window, of_project};

const DOWN: char = '\u{E015}';
const ESCAPE: char = '\u{E00C}';
const ENTER: char = '\u{E007}';

async fn listed(window: &Window) -> Result<i64> {
    let count = window.ask("return Number(document.querySelector('#grid').getAttribute('aria-rowcount')) - 1").await?;
    Ok(count.as_i64().unwrap_or(-1))
}

async fn until_marked(window: &Window, count: usize) -> Result<()> {
    let script =
        "return (document.querySelector('#marks b')?.textContent ?? 'Выбрано: 0').replace(/\\D/g, '') === arguments[0]";
    window.until(script, vec![json!(count.to_string())], &format!("{count} marked")).await
}

async fn click_with(window: &Window, css: &str, how: &str) -> Result<()> {
    window.see(css).await?;
    let script = format!(
        "document.querySelector({}).dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true, {how} }})); return true",
        json!(css)
    );
    window.ask(&script).await.map(|_| ())
}

/// A window with a case of two files.
async fn with_calls(place: &Place) -> Result<(Window, i64)> {
    let window = Window::open(place, None).await?;
    window.appearance("ru", "light").await?;
    place.answer(&[&place.path("Дело.ulika")])?;
    window.fill("#line", "8 (907) 120-45-18").await?;
    window.click("#create").await?;
    window.says("main", "Здесь появятся звонки").await?;
    window.station("calls-empty").await?;
    place.answer(&[&of_project("sample-data/case/mts.xml"), &of_project("sample-data/case/phone.xml")])?;
    window.click("#add").await?;
    window.see(".preview:nth-of-type(2)").await?;
    window.click("#confirm").await?;
    window.see("#grid [data-call]").await?;
    let all = listed(&window).await?;
    Ok((window, all))
}

#[tokio::test]
async fn calls_are_sorted_narrowed_and_left_as_they_were() -> Result<()> {
    let place = Place::new()?;
    let (window, all) = with_calls(&place).await?;
    sorted(&window).await?;
    narrowed(&window, all).await?;
    let breaches = window.policy_breaches().await?;
    assert_eq!(breaches, Vec::<String>::new(), "nothing against the content policy");
    window.close().await
}

async fn sorted(window: &Window) -> Result<()> {
    let numbers = "const n = [...document.querySelectorAll('#grid [data-call]')].map((r) => r.children[3].textContent.replace(/[^+\\d]/g, ''))
        .filter((text) => text.startsWith('+'));
        const up = n.every((text, i) => i === 0 || n[i - 1] <= text), down = n.every((text, i) => i === 0 || n[i - 1] >= text);
        return n.length > 5 && (arguments[0] ? up : down) && new Set(n).size > 0 &&
          document.querySelector('[aria-sort]:has(#sort-number)').ariaSort === (arguments[0] ? 'ascending' : 'descending')";
    window.click("#sort-number").await?;
    window.until(numbers, vec![true.into()], "numbers from the first").await?;
    window.station("calls-sorted").await?;
    // The other way round by key: the heading has the focus.
    window.ask("document.querySelector('#sort-number').focus(); return true").await?;
    window.press(&[], ENTER).await?;
    window.until(numbers, vec![false.into()], "numbers from the last").await?;
    for by in ["label", "group", "duration", "witnesses", "time"] {
        window.click(&format!("#sort-{by}")).await?;
        let stands = "return document.querySelector(`[aria-sort]:has(#sort-${arguments[0]})`).ariaSort !== 'none' &&
            document.querySelectorAll('#grid [data-call]').length > 5";
        window.until(stands, vec![json!(by)], by).await?;
    }
    Ok(())
}

async fn narrowed(window: &Window, all: i64) -> Result<()> {
    window.click("#filter").await?;
    window.choose("#filter-direction", "incoming").await?;
    window.see(".chip").await?;
    let incoming = listed(window).await?;
    window.choose("#filter-labelled", "true").await?;
    window.see(".chip:nth-of-type(2)").await?;
    window
        .until(
            "return Number(document.querySelector('#grid').ariaRowCount) - 1 < arguments[0]",
            vec![incoming.into()],
            "fewer",
        )
        .await?;
    window.station("calls-filters").await?;
    window.press(&[], ESCAPE).await?;
    window.until("return document.querySelector('#filters') === null", vec![], "the panel closed").await?;
    let both = listed(window).await?;
    // As it was left.
    window.click("#grid [data-call]:nth-child(3)").await?;
    window.see("#records dl").await?;
    window.click("#go-groups").await?;
    window.see("#reasons").await?;
    window.click("#go-calls").await?;
    window.until_listed(both).await?;
    window.see("#inspector").await?;
    window.station("calls-inspected").await?;
    window.click("#all-off").await?;
    window.until_listed(all).await?;
    for (typed, holds) in [("скрыт", "номер скрыт"), ("мама", "Мама")] {
        window.fill("#search", typed).await?;
        let script = "const rows = [...document.querySelectorAll('#grid [data-call]')];
            return rows.length > 0 && rows.every((r) => r.textContent.toLowerCase().includes(arguments[0].toLowerCase()))";
        window.until(script, vec![json!(holds)], holds).await?;
    }
    window.fill("#search", "вектория").await?;
    window.see("#label-hint").await?;
    window.station("calls-hint").await?;
    window.click("#show-whole").await?;
    window.see(".chip").await
}

#[tokio::test]
async fn calls_that_are_not_theirs_leave_a_group_and_come_back() -> Result<()> {
    let place = Place::new()?;
    let (window, all) = with_calls(&place).await?;
    marked_by_mouse_and_key(&window, all).await?;
    not_them(&window).await?;
    pictures(&window).await?;
    let breaches = window.policy_breaches().await?;
    assert_eq!(breaches, Vec::<String>::new(), "nothing against the content policy");
    window.close().await
}

async fn marked_by_mouse_and_key(window: &Window, all: i64) -> Result<()> {
    window.click("#row-1 .tick").await?;
    click_with(window, "#row-4", "shiftKey: true").await?;
    click_with(window, "#row-7", "ctrlKey: true").await?;
    until_marked(window, 5).await?;
    window.station("calls-marked").await?;
    window.ask("document.querySelector('#grid').focus(); return true").await?;
    window.press(&[], ESCAPE).await?;
    until_marked(window, 0).await?;
    window.press(&[Key::Control], 'a').await?;
    until_marked(window, usize::try_from(all)?).await?;
    window.press(&[], ESCAPE).await?;
    window.press(&[], ' ').await?;
    until_marked(window, 1).await?;
    window.press(&[Key::Shift], DOWN).await?;
    window.press(&[Key::Shift], DOWN).await?;
    until_marked(window, 3).await?;
    window.press(&[], ESCAPE).await?;
    until_marked(window, 0).await
}

async fn not_them(window: &Window) -> Result<()> {
    window.click("#go-groups").await?;
    window.click("#groups li:nth-child(1) button").await?;
    window.see("#charts svg").await?;
    window.see("#numbers tbody tr").await?;
    window.station("calls-group").await?;
    window.click("#reasons button").await?;
    window.see(".chip:nth-of-type(2)").await?;
    window.station("calls-reason").await?;
    window.click("#go-groups").await?;
    window.click("#groups li:nth-child(1) button").await?;
    window.click("#show-calls").await?;
    window.see(".chip").await?;
    let before = listed(window).await?;
    window.click("#row-0 .tick").await?;
    window.click("#row-2 .tick").await?;
    window.click("#not-them").await?;
    window.see("dialog[open]").await?;
    window.station("calls-not-them").await?;
    window.click("#not-them-calls").await?;
    window.until_listed(before - 2).await?;
    window.says("#undo", "это не они").await?;
    window.click("#go-groups").await?;
    window.says("#taken-out", "2 звонка").await?;
    window.click("#taken-out button").await?;
    window.until("return document.querySelector('#taken-out') === null", vec![], "the calls are back").await?;
    window.press(&[Key::Control], 'z').await?;
    window.says("#taken-out", "2 звонка").await?;
    window.press(&[Key::Control], 'z').await?;
    window.until("return document.querySelector('#taken-out') === null", vec![], "and all as it was").await?;
    apart(window).await?;
    window.click("#rename").await?;
    window.fill("#group-name", "Реклама").await?;
    window.press(&[], ENTER).await?;
    window.says("#group-title", "Реклама").await?;
    window.click("#known").await?;
    window.says("article", "Вы отметили: это свои").await?;
    window.station("calls-known").await?;
    whose(window).await
}

/// To whom a group belongs is said by the person, with what it rests on; its mark is chosen by mouse or by key.
async fn whose(window: &Window) -> Result<()> {
    window.click("#attribute").await?;
    window.fill("#attribute-name", "ООО «Вектор»").await?;
    let disabled = window.ask("return document.querySelector('#attribute-save').disabled").await?;
    assert_eq!(disabled, json!(true), "a claim rests on something");
    window.click("#basis-label").await?;
    window.fill("#attribute-inn", "9901000123").await?;
    window.click("#attribute-save").await?;
    window.says("dialog [role=alert]", "ИНН").await?;
    window.station("calls-attribute").await?;
    window.fill("#attribute-inn", "9901000122").await?;
    window.click("#attribute-save").await?;
    window.says("#attribution", "ООО «Вектор», ИНН 9901000122").await?;
    window.says("#label-alone", "только подпись на экране").await?;
    window.click("#attribute").await?;
    window.click("#basis-self_named").await?;
    window.click("#attribute-save").await?;
    window.until("return document.querySelector('#label-alone') === null", vec![], "another ground is there").await?;
    window.station("calls-attributed").await?;
    window.click("#mark").await?;
    window.see("#marks").await?;
    window.station("calls-marks").await?;
    window.click("#marks button:nth-child(12)").await?;
    let sign = "return document.querySelector('#mark i').className.includes(arguments[0])";
    window.until(sign, vec![json!("c3 s1")], "the mark that was chosen").await?;
    window.press(&[], '6').await?;
    window.until(sign, vec![json!("c5 s1")], "the colour of the key, the shape as it was").await?;
    window.press(&[Key::Control], 'z').await?;
    window.until(sign, vec![json!("c3 s1")], "undone").await
}

/// Two numbers go into a group of their own and are put back; two groups are merged and parted again.
async fn apart(window: &Window) -> Result<()> {
    let listed = window.texts("#groups li").await?;
    window.see("#numbers tbody tr:nth-child(3)").await?;
    window.click("#numbers tbody tr:nth-child(2) input").await?;
    window.click("#numbers tbody tr:nth-child(3) input").await?;
    window.says("#split-numbers", "Отделить 2 номера в свою группу").await?;
    window.station("calls-split").await?;
    window.click("#split-numbers").await?;
    window.says("#status", "Отделена группа").await?;
    let one_more = format!("return document.querySelectorAll('#groups li').length === {}", listed.len() + 1);
    window.until(&one_more, vec![], "the new group").await?;
    window.until("return document.querySelectorAll('#numbers tbody tr').length === 2", vec![], "its numbers").await?;
    window.says("#undo", "отделение от группы").await?;
    window.press(&[Key::Control], 'z').await?;
    let as_before = format!("return document.querySelectorAll('#groups li').length === {}", listed.len());
    window.until(&as_before, vec![], "the groups as they were").await?;

    window.click("#groups li:nth-child(1) input").await?;
    window.click("#groups li:nth-child(2) input").await?;
    window.click("#merge").await?;
    window.says("#merged", "группы «ВЕКТОРИЯ», «Серая гавань»").await?;
    window.station("calls-merged").await?;
    window.click("#merged button").await?;
    window.gone("#merged").await?;
    window.until(&as_before, vec![], "the groups apart").await?;
    assert_eq!(window.texts("#groups li").await?, listed);
    window.click("#groups li:nth-child(1) button").await?;
    window.see("#numbers tbody tr").await
}

async fn pictures(window: &Window) -> Result<()> {
    window.click("#go-calls").await?;
    window.click(".chip").await?;
    let toggle = "[...document.querySelectorAll('main input[type=radio]')].find((i) => i.value === 'picture').closest('label').click(); return true";
    window.ask(toggle).await?;
    window.see("#charts svg[role=img]").await?;
    let inked = "const of = (css) => getComputedStyle(document.querySelector(css)).color; return of('#charts h2') === of('body')";
    assert_eq!(window.ask(inked).await?, true, "the heading of a picture stands out at either level");
    window.station("calls-charts").await?;
    window.ask("document.activeElement.blur(); return true").await?;
    window.press(&[], 't').await?;
    window.see("#charts tbody button").await?;
    window.station("calls-charts-table").await?;
    let day: Value = window.ask("return document.querySelector('#charts tbody b').textContent").await?;
    window.click("#charts tbody button").await?;
    window.until_listed(day.as_str().unwrap().parse()?).await?;
    window.choose("#language", "en").await?;
    window.choose("#colours", "dark").await?;
    window.until("return matchMedia('(prefers-color-scheme: dark)').matches", vec![], "dark colours").await?;
    window.station("calls-dark").await?;
    window.click("#all-off").await?;
    window.ask(toggle).await?;
    window.see("#charts svg").await?;
    window.station("calls-charts-dark").await?;
    window.click("#go-groups").await?;
    window.see("#charts svg").await?;
    window.station("calls-group-dark").await
}
