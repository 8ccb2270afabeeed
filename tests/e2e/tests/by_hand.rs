//! «Мне только что звонили» in the real window, by the keyboard alone: how many acts it takes, what becomes of it, and
//! how it is taken back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use fantoccini::key::Key;
use std::time::{Duration, Instant};
use ulika_e2e::{Hand, Person, Place, Result, Window};

/// A person who counts what they do: a key with what is held to it, a text that is typed, a Tab, each is one act.
struct Counting<'a> {
    window: &'a Window,
    acts: u32,
}

impl Counting<'_> {
    async fn press(&mut self, held: &[Key], key: char) -> Result<()> {
        self.acts += 1;
        self.window.press(held, key).await
    }

    async fn types(&mut self, text: &str) -> Result<()> {
        self.acts += 1;
        for letter in text.chars() {
            self.window.press(&[], letter).await?;
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_call_that_just_came_takes_three_acts() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.new_case(&place, "ru", "light").await?;
    let begun = Instant::now();
    let mut person = Counting { window: &window, acts: 0 };
    person.press(&[Key::Control], 'j').await?;
    window.until("return document.activeElement?.id === 'note-number'", vec![], "the focus on the number").await?;
    person.types("8 940 123-45-67").await?;
    person.press(&[], Key::Enter.into()).await?;
    window.until_listed(1).await?;
    assert_eq!(person.acts, 3, "the shortcut, the number, Enter");
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    window.says("#grid [data-call]", "+7 940 123").await?;
    window.see("#grid [data-call] [title*='около']").await?;
    let messengers = "return document.querySelector('#grid').textContent.includes('мессендж') === false";
    window.until(messengers, vec![], "a call by phone that is called one").await?;
    window.see("#grid [data-call] [title*='записано только вами']").await?;
    window.see("#grid [data-call] [aria-label*='записано вами']").await?;
    window.station("hand-listed-light").await?;

    // With more to say, still by keys: what the screen showed, what was said, the time to the hour, a messenger.
    let keys = Person { window: &window, hand: Hand::Keys };
    window.press(&[Key::Control], 'j').await?;
    keys.write("#note-number", "+7 935 310-40-11").await?;
    keys.write("#note-label", "ООО ПРИМЕР").await?;
    keys.write("#note-said", "Предлагали окна").await?;
    keys.write("#note-date", "03.09.2025").await?;
    keys.write("#note-time", "14").await?;
    window.says("#note-when", "3 сен 2025, около 14 ч").await?;
    keys.choose("#note-channel", "messenger").await?;
    keys.write("#note-messenger", "Пример").await?;
    keys.choose("#note-outcome", "answered").await?;
    keys.write("#note-length", "1:35").await?;
    window.station("hand-dialog-light").await?;
    keys.act("#note-go").await?;
    window.until_listed(2).await?;
    // An SMS is no call, and is shown all the same.
    window.press(&[Key::Control], 'j').await?;
    keys.write("#note-number", "ZAIM").await?;
    keys.choose("#note-channel", "sms").await?;
    keys.write("#note-said", "Займ одобрен").await?;
    keys.act("#note-go").await?;
    window.until("return document.querySelector('dialog[open]') === null", vec![], "the dialog closed").await?;
    window.press(&[Key::Control], '1').await?;
    window.says("#by-hand", "входящее SMS").await?;
    window.says("#by-hand", "входящий звонок, Пример").await?;
    window.says("#by-hand", "Предлагали окна").await?;
    window.station("hand-overview-light").await?;
    window.press(&[Key::Control], '6').await?;
    window.says("main", "Записано вами: SMS: ZAIM, ").await?;
    window.station("hand-log-light").await?;
    // Undo by name takes back the last entry, and only it.
    window.says("#undo", "запись от руки").await?;
    window.press(&[Key::Control], 'z').await?;
    window.press(&[Key::Control], '1').await?;
    let gone = "return document.querySelector('#by-hand')?.textContent.includes('SMS') === false";
    window.until(gone, vec![], "the SMS withdrawn").await?;
    assert_eq!(window.policy_breaches().await?, Vec::<String>::new());
    window.close().await
}

#[tokio::test]
async fn in_english_and_in_the_dark_it_says_the_same() -> Result<()> {
    let place = Place::new()?;
    let window = Window::open(&place, None).await?;
    window.new_case(&place, "en", "dark").await?;
    window.click("#just-called").await?;
    window.fill("#note-number", "+7 940 123-45-67").await?;
    window.station("hand-dialog-dark-en").await?;
    window.click("#note-go").await?;
    window.until_listed(1).await?;
    window.click("#grid [data-call]").await?;
    window.says("#records", "written by hand").await?;
    window.station("hand-listed-dark-en").await?;
    window.click("#go-overview").await?;
    window.says("#by-hand", "incoming call").await?;
    window.station("hand-overview-dark-en").await?;
    window.close().await
}
