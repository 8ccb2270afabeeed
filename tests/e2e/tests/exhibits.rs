//! Exhibits in the real window: what is linked one by one and all at once is taken back and made again, pictures are
//! walked through with the arrows, a time is read off one; a recording of ten minutes is heard.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use std::fs;
use std::path::Path;
use ulika_e2e::{Place, Result, Window, of_project};

/// How many exhibits wait in the tray, by its tab.
async fn until_unlinked(window: &Window, check: &str, what: &str) -> Result<()> {
    let script = format!(
        "const tab = document.querySelector('input[value=tray]')?.closest('label')?.textContent ?? '';
        const left = Number((/\\d+/.exec(tab) ?? ['0'])[0]);
        return {check}"
    );
    window.until(&script, vec![], what).await
}

async fn choose(window: &Window, tab: &str) -> Result<()> {
    let script = "const tab = document.querySelector(`input[value=${arguments[0]}]`);
        tab?.closest('label')?.click();
        return Boolean(tab)";
    window.until(script, vec![tab.into()], tab).await
}

#[tokio::test]
async fn a_folder_of_exhibits_is_linked_walked_through_and_timed() -> Result<()> {
    let place = Place::new()?;
    let window = Window::with_phone_log(&place).await?;
    place.drop_files(&[&of_project("sample-data/case/exhibits")])?;
    window.see("#incoming-exhibits").await?;
    window.station("exhibits-incoming").await?;
    window.click("#confirm").await?;
    window.see("#go-exhibits").await?;
    window.click("#go-exhibits").await?;
    choose(&window, "tray").await?;
    window.see("#tray .proposal").await?;
    window.station("exhibits-tray").await?;
    let script = "return document.querySelectorAll('#tray > li').length";
    let waiting = window.ask(script).await?.as_i64().unwrap();
    assert!(waiting > 5, "what was brought waits: {waiting}");

    // One, then all of which there is no doubt; undone and done again by name.
    window.click("#tray .proposal button:not(:disabled)").await?;
    until_unlinked(&window, &format!("left === {}", waiting - 1), "one is linked").await?;
    window.click("#link-all").await?;
    until_unlinked(&window, &format!("left < {}", waiting - 1), "the rest is linked").await?;
    window.press(&[Key::Control], 'z').await?;
    until_unlinked(&window, &format!("left === {}", waiting - 1), "the links of all are taken back").await?;
    window.press(&[Key::Control, Key::Shift], 'z').await?;
    until_unlinked(&window, &format!("left < {}", waiting - 1), "and made again").await?;

    // Looked through with the arrows; a time, read off a picture.
    choose(&window, "all").await?;
    let linked = "const card = [...document.querySelectorAll('#exhibits li')]
            .find((li) => li.textContent.includes('.png') && li.textContent.includes('связано: 1'));
        card?.click();
        return card !== undefined";
    window.until(linked, vec![], "a picture that is linked").await?;
    window.until("return document.querySelector('#picture')?.naturalWidth > 0", vec![], "the picture").await?;
    let shown = window.ask("return document.querySelector('#viewer').dataset.exhibit").await?;
    for (key, same) in [(Key::Right, false), (Key::Left, true)] {
        window.press(&[], key.into()).await?;
        let there = "return (document.querySelector('#viewer')?.dataset.exhibit === arguments[0]) === arguments[1]";
        window.until(there, vec![shown.clone(), same.into()], "the next exhibit, and back").await?;
    }
    window.until("return document.querySelector('#picture')?.naturalWidth > 0", vec![], "the picture again").await?;
    window.click("#state-time").await?;
    window.fill("#time", "23.04.2025 11:19").await?;
    window.press(&[], Key::Enter.into()).await?;
    window.see("#take-back").await?;
    window.station("exhibits-viewer").await?;
    window.click("#take-back").await?;
    window.until("return document.querySelector('#take-back') === null", vec![], "the time is taken back").await?;
    window.press(&[], Key::Escape.into()).await?;
    window.see("#exhibits").await?;
    window.close().await
}

/// Ten minutes of a tone that rises with each second, 8000 samples a second, 16 bits.
fn ten_minutes(path: &Path) {
    const RATE: u32 = 8_000;
    let mut bytes = Vec::with_capacity(9_600_044);
    let data = RATE * 600 * 2;
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(data + 36).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend_from_slice(&RATE.to_le_bytes());
    bytes.extend_from_slice(&(RATE * 2).to_le_bytes());
    bytes.extend_from_slice(b"\x02\0\x10\0data");
    bytes.extend_from_slice(&data.to_le_bytes());
    for n in 0..RATE * 600 {
        let pitch = 200.0 + f64::from(n / RATE);
        let wave = (f64::from(n) / f64::from(RATE) * pitch * std::f64::consts::TAU).sin() * 9_000.0;
        bytes.extend_from_slice(&(wave as i16).to_le_bytes());
    }
    fs::write(path, bytes).unwrap();
}

/// What the player says of itself.
async fn heard(window: &Window, what: &str) -> Result<f64> {
    let told = window.ask(&format!("return Number(document.querySelector('.player').dataset.{what})")).await?;
    Ok(told.as_f64().unwrap_or(f64::NAN))
}

#[tokio::test]
async fn a_recording_of_ten_minutes_is_heard_without_a_gap() -> Result<()> {
    let place = Place::new()?;
    let window = Window::with_phone_log(&place).await?;
    let long = place.path("Call recording +79353104036_250423_111941.wav");
    ten_minutes(&long);
    place.drop_files(&[&long])?;
    window.see("#incoming-exhibits").await?;
    window.click("#confirm").await?;
    window.until("return document.querySelector('#incoming-exhibits') === null", vec![], "it is added").await?;
    window.click("#go-exhibits").await?;
    choose(&window, "all").await?;
    let open = "const card = document.querySelector('#exhibits li');
        card?.click();
        return card !== null";
    window.until(open, vec![], "the recording").await?;
    window.says(".player .time", "10:00").await?;
    window.station("exhibits-player").await?;

    window.click(".player .play").await?;
    let past = |seconds: f64| {
        format!(
            "const p = document.querySelector('.player');
            return p.dataset.playing === 'true' && Number(p.dataset.position) >= {seconds}"
        )
    };
    window.until(&past(3.0), vec![], "three seconds are heard").await?;
    // A click into the middle of the wave, then the keys: 5 s back, 30 s on.
    window.click(".player .wave").await?;
    window.until(&past(299.0), vec![], "the middle").await?;
    let before = heard(&window, "position").await?;
    window.press(&[Key::Shift], Key::Right.into()).await?;
    window.until(&past(before + 29.0), vec![], "30 s on").await?;
    // Twice as fast: the recording goes on by twice what the clock of the sound does.
    window.choose(".player .speed", "2").await?;
    let (at, clock) = (heard(&window, "position").await?, heard(&window, "clock").await?);
    window.until(&past(at + 8.0), vec![], "eight seconds on at twice the tempo").await?;
    let (on, took) = (heard(&window, "position").await? - at, heard(&window, "clock").await? - clock);
    assert!((1.6..2.6).contains(&(on / took)), "{on} s of the recording in {took} s by the clock of the sound");
    assert_eq!(heard(&window, "underruns").await?, 0.0, "the sound never waited for samples");
    window.press(&[], ' ').await?;
    window.until("return document.querySelector('.player').dataset.playing === 'false'", vec![], "silence").await?;
    window.close().await
}
