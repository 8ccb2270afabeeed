//! The main job in the real window, as a person does it: a new case, two files that overlap, a look at a row, a picture,
//! groups merged and the merge taken back, a bundle, its verification, and the case opened again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use std::fs;
use std::path::{Path, PathBuf};
use ulika_e2e::{Place, Result, Window, of_project};

/// Rows of the list as the grid tells assistive technology, its head left out.
async fn calls_listed(window: &Window) -> Result<i64> {
    let count = window.ask("return Number(document.querySelector('#grid').getAttribute('aria-rowcount')) - 1").await?;
    Ok(count.as_i64().unwrap_or(-1))
}

async fn until_listed(window: &Window, calls: i64) -> Result<()> {
    let script = "return document.querySelector('#grid')?.getAttribute('aria-rowcount') === String(arguments[0] + 1)";
    window.until(script, vec![calls.into()], &format!("a list of {calls} calls")).await
}

async fn groups_listed(window: &Window) -> Result<usize> {
    Ok(window.texts("#groups li").await?.len())
}

fn expectation(of: &str) -> serde_json::Value {
    let text = fs::read_to_string(of_project(&format!("{of}.expect.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Keeps a picture where the run was asked for pictures, and lets nothing stand in the way of assistive technology.
async fn look_around(window: &Window, name: &str) -> Result<()> {
    assert_eq!(window.barriers().await?, Vec::<String>::new(), "{name}: nothing serious against accessibility");
    if let Some(folder) = std::env::var_os("ULIKA_PICTURES").map(PathBuf::from) {
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("journey-{name}.png")), window.picture().await?)?;
    }
    Ok(())
}

#[tokio::test]
async fn from_two_files_to_a_verified_bundle() -> Result<()> {
    let place = Place::new()?;
    let case = place.path("Дело о рекламе.ulika");
    let window = Window::open(&place, None).await?;
    window.appearance("ru", "light").await?;
    look_around(&window, "start").await?;

    make_case(&window, &place, &case).await?;
    let all = import_two_files(&window, &place).await?;
    look_at_a_row(&window).await?;
    find_a_number_however_it_is_spelled(&window, all).await?;
    attach_a_picture(&window, &place).await?;
    let groups = merge_and_take_back(&window).await?;
    let bundle = export(&window, &place).await?;
    verify(&window, &place, &bundle).await?;
    leave_a_trace(&window).await?;
    switch_language(&window).await?;
    policy_held(&window).await?;
    window.close().await?;

    open_again(&place, &case, all, groups).await
}

async fn make_case(window: &Window, place: &Place, case: &Path) -> Result<()> {
    place.answer(&[case])?;
    window.fill("#title", "Дело о рекламе").await?;
    window.fill("#line", "8 (907) 120-45-18").await?;
    window.click("#create").await?;
    window.says("main", "Здесь появятся звонки").await?;
    let head = fs::read(case)?;
    assert!(head.starts_with(b"SQLite format 3\0"), "a case without a password is a plain SQLite file on the disk");
    look_around(window, "empty").await
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
    look_around(window, "preview").await?;
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
    look_around(window, "call").await
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
    look_around(window, "exhibits").await
}

async fn merge_and_take_back(window: &Window) -> Result<usize> {
    window.click("#go-groups").await?;
    window.see("#groups li:nth-child(2)").await?;
    window.see("#reasons li").await?;
    let before = groups_listed(window).await?;
    look_around(window, "groups").await?;
    window.click("#groups li:nth-child(1) input").await?;
    window.click("#groups li:nth-child(2) input").await?;
    window.click("#merge").await?;
    let count = "return document.querySelectorAll('#groups li').length === arguments[0]";
    window.until(count, vec![(before - 1).into()], "one group in place of two").await?;
    window.says("#undo", "Отменить: объединение групп").await?;
    window.press(&[Key::Control], 'z').await?;
    window.until(count, vec![before.into()], "two groups again").await?;
    window.says("#redo", "Повторить: объединение групп").await?;
    window.press(&[Key::Control, Key::Shift], 'z').await?;
    window.until(count, vec![(before - 1).into()], "the merge again").await?;
    Ok(before - 1)
}

async fn export(window: &Window, place: &Place) -> Result<PathBuf> {
    let bundle = place.path("пакет.zip");
    window.click("#go-bundle").await?;
    window.says("#leaves", "звонк").await?;
    window.see("#others").await?;
    window.click("#extracts").await?;
    look_around(window, "bundle").await?;
    place.answer(&[&bundle])?;
    window.click("#export").await?;
    window.see("#code").await?;
    let code = window.texts("#code").await?.remove(0);
    assert_eq!(code.len(), 19, "the code is four groups of four, not {code}");
    assert!(fs::read(&bundle)?.starts_with(b"PK\x03\x04"), "the bundle lies where the dialog said");
    look_around(window, "saved").await?;
    Ok(bundle)
}

async fn verify(window: &Window, place: &Place, bundle: &Path) -> Result<()> {
    place.answer(&[bundle])?;
    window.click("#verify-bundle").await?;
    window.see("#outcome[data-valid=true]").await?;
    let damaged = place.path("damaged.zip");
    let mut bytes = fs::read(bundle)?;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&damaged, bytes)?;
    place.answer(&[&damaged])?;
    window.click("#verify-bundle").await?;
    window.see("#outcome[data-valid=false] li").await?;
    look_around(window, "damaged").await?;
    window.click("#verify-case").await?;
    window.see("#outcome[data-valid=true]").await
}

async fn leave_a_trace(window: &Window) -> Result<()> {
    window.click("#go-log").await?;
    window.see("#log > li").await?;
    let done = window.texts("#log > li").await?;
    for what in ["Создано дело.", "Добавлен источник: «mts.xml»", "«phone.xml»", "Добавлено: E0001", "Отменено:"]
    {
        assert!(done.iter().any(|entry| entry.contains(what)), "the log says «{what}»: {done:?}");
    }
    look_around(window, "log").await
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

async fn open_again(place: &Place, case: &Path, calls: i64, groups: usize) -> Result<()> {
    let window = Window::open(place, Some(case)).await?;
    window.says("#go-calls", "Calls").await?;
    until_listed(&window, calls).await?;
    window.click("#go-groups").await?;
    window.see("#groups li").await?;
    assert_eq!(groups_listed(&window).await?, groups, "the merge is in the file");
    window.says("#undo", "Undo: merging groups").await?;
    window.close().await
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
    look_around(&window, "refused").await?;
    assert!(window.ask("return document.querySelector('#confirm').disabled").await?.as_bool().unwrap());
    assert_eq!(fs::read(&case)?, before, "the case is byte for byte what it was");
    window.close().await
}
