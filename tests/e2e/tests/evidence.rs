//! A call and what stands behind it, in the real window: two files that overlap, the row of the original, a number found
//! however it is spelled, a picture attached to it, the log; and a file that is none, dropped, and one that
//! came packed and damaged.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use std::fs;
use std::io::Write;
use std::path::Path;
use ulika_e2e::{Place, Result, Window, of_project};

/// Rows of the list as the grid tells assistive technology, its head left out.
async fn calls_listed(window: &Window) -> Result<i64> {
    let count = window.ask("return Number(document.querySelector('#grid').getAttribute('aria-rowcount')) - 1").await?;
    Ok(count.as_i64().unwrap_or(-1))
}

fn expectation(of: &str) -> serde_json::Value {
    let text = fs::read_to_string(of_project(&format!("{of}.expect.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn a_call_shows_what_it_was_read_from_and_what_belongs_to_it() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.appearance("ru", "light").await?;
    make_case(&window, &place, &place.path("Дело о рекламе.ulika")).await?;
    let all = import_two_files(&window, &place).await?;
    look_at_a_row(&window).await?;
    find_a_number_however_it_is_spelled(&window, all).await?;
    attach_a_picture(&window, &place).await?;
    leave_a_trace(&window).await?;
    switch_language(&window).await?;
    policy_held(&window).await?;
    window.close().await
}

async fn make_case(window: &Window, place: &Place, case: &Path) -> Result<()> {
    place.answer(&[case])?;
    window.fill("#title", "Дело о рекламе").await?;
    window.fill("#line", "8 (907) 120-45-18").await?;
    window.click("#create").await?;
    window.says("main", "Здесь появятся звонки").await
}

async fn import_two_files(window: &Window, place: &Place) -> Result<i64> {
    let [detail, log] = ["sample-data/case/mts.xml", "sample-data/case/phone.xml"];
    place.answer(&[&of_project(detail), &of_project(log)])?;
    window.click("#add").await?;
    window.see(".preview:nth-of-type(2)").await?;
    let sums = window.texts(".sums").await?;
    for (file, said) in [detail, log].into_iter().zip(&sums) {
        let expected = expectation(file);
        let (rows, records) = (&expected["rows"], &expected["records"]);
        assert!(said.starts_with(&format!("{rows} строк")), "{file}: the preview says every row, not {said}");
        assert!(said.contains(&format!("{records} звон")), "{file}: the preview says every call, not {said}");
    }
    window.station("evidence-preview").await?;
    window.click("#confirm").await?;
    window.see("#grid [data-call]").await?;
    let all = calls_listed(window).await?;
    let records = |of| expectation(of)["records"].as_i64().unwrap();
    assert!(all >= records(log), "every call of the larger file is a call");
    assert!(all < records(detail) + records(log), "calls that both files state are counted once");
    Ok(all)
}

async fn look_at_a_row(window: &Window) -> Result<()> {
    window.click("#grid [data-call]").await?;
    window.see("#records dl dd").await?;
    window.says("#records", "по порядку").await?;
    let cells = window.texts("#records dl dd").await?;
    let source = fs::read_to_string(of_project("sample-data/case/phone.xml"))?;
    let long: Vec<&String> = cells.iter().filter(|cell| cell.len() >= 11).collect();
    assert!(!long.is_empty(), "the row is shown with its cells, not {cells:?}");
    for cell in long {
        assert!(source.contains(cell.as_str()), "{cell} stands in the file that the newest call came from");
    }
    window.station("evidence-call").await
}

async fn find_a_number_however_it_is_spelled(window: &Window, all: i64) -> Result<()> {
    window.press(&[Key::Control], 'f').await?;
    let all_hold = "const rows = [...document.querySelectorAll('#grid [data-call]')];
        return rows.length > 0 && rows.every((r) => r.textContent.replace(/\\D/g, '').includes(arguments[0]))";
    for (typed, digits) in [("8 (935) 310-40-84", "79353104084"), ("310-40", "31040")] {
        window.fill("#search", typed).await?;
        window.until(all_hold, vec![digits.into()], &format!("only calls that fit {typed}")).await?;
    }
    assert!(calls_listed(window).await? < all, "the search narrows the list");
    window.fill("#search", "вектория").await?;
    let script = "const rows = [...document.querySelectorAll('#grid [data-call]')];
        return rows.length > 0 && rows.every((r) => r.textContent.includes('ВЕКТОРИЯ'))";
    window.until(script, vec![], "only calls labelled ВЕКТОРИЯ, whatever the case of letters").await?;
    window.click("#grid [data-call]").await
}

async fn attach_a_picture(window: &Window, place: &Place) -> Result<()> {
    let shot = of_project("sample-data/case/shots/Screenshot_20250401-173316.png");
    place.answer(&[&shot])?;
    window.click("#attach").await?;
    window.says("main", "Связать с выбранным звонком").await?;
    window.click("#confirm").await?;
    window.see("#inspector img").await?;
    let script = "const i = document.querySelector('#inspector img');
        return i.src.startsWith('blob:') && i.complete && i.naturalWidth > 0";
    window.until(script, vec![], "the thumbnail, drawn from bytes that the host handed over").await?;
    window.says("#inspector", "E0001").await?;
    window.click("#go-exhibits").await?;
    window.says("#exhibits li", "связано: 1 звонок").await?;
    window.station("evidence-exhibits").await
}

async fn leave_a_trace(window: &Window) -> Result<()> {
    window.click("#go-log").await?;
    window.see("#log > li").await?;
    let done = window.texts("#log > li").await?;
    for what in ["Создано дело.", "Добавлен источник: «mts.xml»", "«phone.xml»", "Добавлено: E0001"]
    {
        assert!(done.iter().any(|entry| entry.contains(what)), "the log says «{what}»: {done:?}");
    }
    window.station("evidence-log").await
}

async fn switch_language(window: &Window) -> Result<()> {
    window.choose("#language", "en").await?;
    window.says("#go-calls", "Calls").await?;
    window.choose("#colours", "dark").await?;
    window.until("return matchMedia('(prefers-color-scheme: dark)').matches", vec![], "dark colours").await
}

async fn policy_held(window: &Window) -> Result<()> {
    let breaches = window.policy_breaches().await?;
    assert_eq!(breaches, Vec::<String>::new(), "nothing that the page did was against the content policy");
    // The meter itself works: a style that the policy refuses is noticed.
    window.ask("document.head.append(Object.assign(document.createElement('style'), { textContent: 'i{}' }))").await?;
    window.until("return window.ulikaBreaches.length > 0", vec![], "the breach that was made on purpose").await
}

#[tokio::test]
async fn what_is_dropped_is_looked_at_first_and_a_wrong_file_changes_nothing() -> Result<()> {
    let place = Place::new()?;
    let case = place.path("case.ulika");
    let window = Window::open(&place, None).await?;
    window.appearance("ru", "dark").await?;
    place.answer(&[&case])?;
    window.click("#create").await?;
    window.says("main", "Здесь появятся звонки").await?;
    let before = fs::read(&case)?;

    let text = place.path("письмо.txt");
    fs::write(&text, "Здравствуйте. Это не детализация.")?;
    place.drop_files(&[&text])?;
    window.says("[role=alert]", "В деле ничего не изменилось").await?;
    // What no recipe reads stays out, unless the person says that it is to be kept as a document.
    window.says("main", "не прочитан, в дело не войдёт").await?;
    window.station("evidence-refused").await?;
    assert!(window.ask("return document.querySelector('#confirm').disabled").await?.as_bool().unwrap());
    assert_eq!(fs::read(&case)?, before, "the case is byte for byte what it was");
    window.click("[id^=keep-]").await?;
    window.says("main", "не прочитан, добавится как документ").await?;
    window.click("#confirm").await?;
    window.click("#go-exhibits").await?;
    window.says("#exhibits li", "письмо.txt").await?;
    drop_a_packed_table_that_a_chat_damaged(&window, &place).await?;
    window.close().await
}

/// A ZIP that is no bundle comes in as a source, and its damaged rows are said with what was done to them.
async fn drop_a_packed_table_that_a_chat_damaged(window: &Window, place: &Place) -> Result<()> {
    let table = "Дата и время;Номер;Направление;Длительность\n\
        03.09.2025 10:15:00;+79071112233;Входящий;0:31\n\
        [05.09.2025, 12:00] Анна: 04.09.2025 11:40:12;+79353104084;Исходящий;2:05\n\
        05.09.2025 09:05:59;+7946\n0001122;Входящий;0:07\n";
    let archive = place.path("выгрузка.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&archive)?);
    let plain = zip::write::SimpleFileOptions::default();
    for (name, text) in [("звонки.csv", table), ("прочти.txt", "Здравствуйте.")] {
        zip.start_file(name, plain)?;
        zip.write_all(text.as_bytes())?;
    }
    zip.finish()?;
    place.drop_files(&[&archive])?;
    window.says(".preview", "3 строки").await?;
    window.says(".preview", "2 строки исправлены").await?;
    window.says(".preview", "Убрана отметка переписки").await?;
    window.says(".preview", "Собрана из нескольких строк файла").await?;
    window.says(".preview", "Непонятых строк нет").await?;
    window.station("evidence-mended").await?;
    window.click("#confirm").await?;
    window.see("#grid [data-call]").await?;
    assert_eq!(calls_listed(window).await?, 3);
    // The newest call is the one that was put together: its row stands there as it stood in the file.
    window.click("#grid [data-call]").await?;
    window.says("#records", "Собрана из нескольких строк файла").await?;
    let cells = window.texts("#records dl dd").await?;
    assert!(cells.iter().any(|cell| cell.split_whitespace().eq(["+7946", "0001122"])), "{cells:?}");
    Ok(())
}
