//! Cases that do not simply open, in the real window: a password, a second window, a newer program, a file that is gone;
//! and work that is cancelled while the screens stay answered.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use std::fs;
use std::path::Path;
use ulika_e2e::{Place, Result, Window, of_project};

async fn make_case(window: &Window, place: &Place, case: &Path) -> Result<()> {
    window.appearance("ru", "light").await?;
    place.answer(&[case])?;
    window.click("#create").await?;
    window.says("main", "Здесь появятся звонки").await
}

#[tokio::test]
async fn a_case_with_a_password_asks_for_it_in_words() -> Result<()> {
    let place = Place::new()?;
    let case = place.path("тайное дело.ulika");
    let window = Window::open(&place, None).await?;
    make_case(&window, &place, &case).await?;

    window.click("#go-overview").await?;
    window.click("#password-set").await?;
    window.fill("#password-to", "первый").await?;
    window.fill("#password-again", "перв").await?;
    window.says("dialog", "Пароли пока не совпадают").await?;
    window.fill("#password-again", "первый").await?;
    window.station("doors-password-set").await?;
    window.click("#password-go").await?;
    window.says("#status", "Пароль задан").await?;
    assert!(!fs::read(&case)?.starts_with(b"SQLite format 3\0"), "the file is encrypted");
    window.station("doors-password-is-set").await?;

    window.click("#close-case").await?;
    window.click("li .case").await?;
    window.says("dialog", "закрыт паролем").await?;
    window.fill("#password", "второй").await?;
    window.click("#unlock").await?;
    window.says("dialog [role=alert]", "Пароль не подходит").await?;
    window.station("doors-wrong-password").await?;
    window.press(&[], char::from(Key::Escape)).await?;
    window.until("return document.querySelector('dialog') === null", vec![], "Esc leaves the question").await?;
    window.click("li .case").await?;
    window.fill("#password", "первый").await?;
    window.press(&[], char::from(Key::Enter)).await?;
    window.says("main", "Здесь появятся звонки").await?;

    window.click("#go-overview").await?;
    window.click("#password-remove").await?;
    window.fill("#password-from", "первый").await?;
    window.click("#password-go").await?;
    window.see("#password-set").await?;
    assert!(fs::read(&case)?.starts_with(b"SQLite format 3\0"), "a plain file again");
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}

#[tokio::test]
async fn what_does_not_open_says_why_and_leaves_what_is_open() -> Result<()> {
    let place = Place::new()?;
    let case = place.path("дело.ulika");
    let window = Window::open(&place, None).await?;
    make_case(&window, &place, &case).await?;

    let newer = place.path("из будущего.ulika");
    let mut bytes = fs::read(&case)?;
    // `user_version` stands at this place of the header.
    bytes[60..64].copy_from_slice(&999_u32.to_be_bytes());
    fs::write(&newer, bytes)?;
    place.drop_files(&[&newer])?;
    // Another case gets a window of its own; what is open stays open in the first.
    window.go_to_other().await?;
    window.says("[role=alert]", "записано более новой версией программы").await?;
    window.station("doors-newer").await?;
    window.close_this().await?;
    window.says("#go-calls", "Звонки").await?;

    let folder = place.path("папка");
    fs::create_dir(&folder)?;
    place.drop_files(&[&folder])?;
    window.says("#status", "В папке «папка» нет файлов, которые можно добавить").await?;

    window.click("#close-case").await?;
    window.see("#create").await?;
    fs::remove_file(&case)?;
    window.close().await?;

    let window = Window::open(&place, None).await?;
    window.says("main", "файла нет на прежнем месте").await?;
    window.station("doors-gone").await?;
    window.close().await
}

#[tokio::test]
async fn while_files_are_added_the_screens_answer_and_cancelling_leaves_the_case_as_it_was() -> Result<()> {
    let place = Place::new()?;
    let case = place.path("дело.ulika");
    let many = place.path("много.csv");
    ulika_samples::bulk::calls_csv(200_000, 7, &many).map_err(|e| e.to_string())?;
    let window = Window::open(&place, None).await?;
    make_case(&window, &place, &case).await?;
    place.drop_files(&[&of_project("sample-data/case/phone.xml")])?;
    window.click("#confirm").await?;
    window.see("#grid [data-call]").await?;
    let rows = "return document.querySelector('#grid')?.getAttribute('aria-rowcount')";
    let before = window.ask(rows).await?;

    place.drop_files(&[&many])?;
    window.says(".sums", "200").await?;
    window.click("#confirm").await?;
    window.see("#cancel").await?;
    window.click("#go-calls").await?;
    window.click("#grid [data-call]").await?;
    window.see("#records dl dd").await?;
    window.fill("#search", "310-40").await?;
    let narrowed =
        "const n = document.querySelector('#grid')?.getAttribute('aria-rowcount'); return n && n !== arguments[0]";
    window.until(&format!("{narrowed} ? true : false"), vec![before.clone()], "a search that is answered").await?;
    window.see("#cancel").await?;
    window.station("doors-while-adding").await?;
    window.click("#cancel").await?;
    window.says("#status", "Отменено").await?;
    window.click("#search").await?;
    window.press(&[], char::from(Key::Escape)).await?;
    window.until(&format!("{rows} === arguments[0]"), vec![before], "the calls that were there before").await?;
    window.click("#go-bundle").await?;
    window.click("#verify-case").await?;
    window.see("#outcome[data-valid=true]").await?;
    window.close().await
}
