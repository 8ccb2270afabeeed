//! A table that no recipe knows, in the real window: its columns are set by mouse, it is read, the layout is saved and
//! the next file of it is recognised.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use std::fs;
use std::path::PathBuf;
use ulika_e2e::{Place, Result, Window};

/// The table of a person who keeps one: headings that nobody else uses, words of their own for the way of a call.
fn table(place: &Place, name: &str, month: u32, calls: u32) -> PathBuf {
    let mut text = "Мои звонки;;;\nчас;кого видно;сколько длилось;куда шёл\n".to_owned();
    for n in 0..calls {
        let (number, way) =
            if n % 3 == 0 { ("8 (940) 551-77-04", "от меня") } else { ("+7 935 310-40-11", "ко мне") };
        text += &format!("{:02}.{month:02}.2025 10:{n:02};{number};0:{:02};{way}\n", n % 28 + 1, n + 10);
    }
    let path = place.path(name);
    fs::write(&path, text).unwrap();
    path
}

/// Sets what the columns hold, and what the words of the last one say.
async fn set_columns(window: &Window) -> Result<()> {
    for (column, field) in ["start", "number", "duration", "direction"].into_iter().enumerate() {
        window.choose(&format!("#field-{column}"), field).await?;
    }
    for (word, meaning) in [("ко мне", "incoming"), ("от меня", "outgoing")] {
        let script = "const label = [...document.querySelectorAll('main label')]
                .find((l) => l.querySelector('.word')?.textContent === arguments[0]);
            const select = label?.querySelector('select');
            if (!select) return false;
            select.value = arguments[1];
            select.dispatchEvent(new Event('change', { bubbles: true }));
            return true";
        window.until(script, vec![word.into(), meaning.into()], &format!("the word «{word}»")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_table_nobody_knows_is_set_by_hand_saved_and_recognised_next_month() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.new_case(&place, "ru", "light").await?;

    place.drop_files(&[&table(&place, "сентябрь.csv", 9, 6)])?;
    window.see("#map-columns").await?;
    window.station("mapping-unknown").await?;
    window.click("#map-columns").await?;
    window.see("#field-0").await?;
    set_columns(&window).await?;
    window.says("#mapping-outcome", "6 звонков").await?;
    window.station("mapping-pane").await?;
    window.click("#mapping-save").await?;
    window.fill("#recipe-name", "Мой журнал").await?;
    window.click("#recipe-save").await?;
    window.click("#mapping-done").await?;
    window.says(".sums", "6 звонков").await?;
    window.station("mapping-preview").await?;
    window.click("#confirm").await?;
    window.until_listed(6).await?;
    window.see("#grid [data-call]").await?;
    let ways = window.texts("#grid [data-call]").await?;
    assert_eq!(ways.iter().filter(|row| row.contains("940")).count(), 2, "both numbers are read: {ways:?}");

    // The next month's file is read by itself, under the name that the person gave.
    place.drop_files(&[&table(&place, "октябрь.csv", 10, 4)])?;
    window.says(".sums", "4 звонка").await?;
    window.says("main", "Мой журнал").await?;
    window.click("#confirm").await?;
    window.until_listed(10).await?;
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}

/// A corporate detail: two numbers in every row, and none of them in all.
fn corporate(place: &Place) -> PathBuf {
    let mut text = "Дата и время;Номер А;Номер Б;Длительность\n".to_owned();
    for n in 0..8 {
        let own = if n < 5 { "79071204518" } else { "79071204519" };
        let (caller, callee) = if n % 2 == 0 { ("79353104011", own) } else { (own, "79405517704") };
        text += &format!("{:02}/09/2025 10:{n:02}:00;{caller};{callee};0:{:02}\n", n + 1, n + 10);
    }
    let path = place.path("корпоративная.csv");
    fs::write(&path, text).unwrap();
    path
}

#[tokio::test]
async fn what_a_file_leaves_open_is_said_and_the_person_settles_it() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.appearance("ru", "light").await?;
    place.answer(&[&place.path("Дело.ulika")])?;
    window.click("#create").await?;
    window.see("#go-calls").await?;

    place.drop_files(&[&corporate(&place)])?;
    window.says("main", "не видно, какой из них ваш").await?;
    window.says("main", "как принято в России").await?;
    window.station("mapping-open-questions").await?;
    window.choose("select.days", "month_first").await?;
    window.says("main", "так указали вы").await?;
    window.choose("select.days", "day_first").await?;
    window.says("main", "день/месяц/год: так указали вы").await?;
    window.click("[id^=correct-]").await?;
    window.see("#mapping-line").await?;
    let columns = "return [1, 2].map((at) => document.querySelector(`#field-${at}`).value).join()";
    assert_eq!(window.ask(columns).await?, serde_json::json!("caller,callee"));
    window.choose("#mapping-line", "other").await?;
    window.fill("#mapping-line-other", "8 (907) 120-45-19").await?;
    window.press(&[], Key::Tab.into()).await?;
    window.says("#mapping-outcome", "без направления 5").await?;
    window.station("mapping-own-number").await?;
    window.choose("#mapping-line", "+79071204518").await?;
    window.says("#mapping-outcome", "без направления 3").await?;
    window.click("#mapping-done").await?;
    window.says(".sums", "8 звонков").await?;
    window.click("#confirm").await?;
    window.says("body", "Добавлено: 8 новых звонков").await?;
    window.station("mapping-added").await?;
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}
