//! A walk through every screen and dialog of the window. Whoever walks it says what is done at each station: a picture
//! is saved, or the page is measured. It acts by scripts, so that it is the same at any size of window and page.

mod case;
mod exhibits;
mod hand;
mod package;
mod start;

use crate::{Place, Result, Window};
use fantoccini::key::Key;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What is done at a station: it gets the window and the name of the station.
pub trait Visit: AsyncFnMut(&Window, &str) -> Result<()> {}
impl<V: AsyncFnMut(&Window, &str) -> Result<()>> Visit for V {}

/// A title longer than any bar.
pub const LONG: &str = "Очень длинное название дела о навязчивой рекламе с подменных номеров и звонках роботов";

/// A walk through the window on a case.
pub struct Tour<'a, V> {
    place: &'a Place,
    /// The case that is walked through; it is changed on the way.
    case: PathBuf,
    window: Window,
    visit: V,
}

/// Walks through everything: the start and an empty case in one window, then the given case in another. Works on a copy
/// of it.
///
/// # Errors
/// When a station is not reached, or the visit fails.
pub async fn tour<V: Visit>(place: &Place, case: &Path, look: (&str, &str), visit: V) -> Result<()> {
    let copy = place.path("Пример.ulika");
    std::fs::copy(case, &copy)?;
    let window = Window::open(place, None).await?;
    window.appearance(look.0, look.1).await?;
    let mut tour = Tour { place, case: copy, window, visit };
    tour.start().await?;
    tour.restart().await?;
    tour.calls().await?;
    tour.groups().await?;
    tour.coming().await?;
    tour.exhibits().await?;
    tour.package().await?;
    tour.rest().await?;
    tour.by_hand().await?;
    tour.work().await?;
    tour.read_only().await?;
    tour.window.close().await
}

impl<V: Visit> Tour<'_, V> {
    /// Goes on in a new window, on the case.
    async fn restart(&mut self) -> Result<()> {
        self.window.leave().await?;
        self.window = Window::open(self.place, Some(&self.case)).await?;
        Ok(())
    }

    /// A station is reached: everything that is awaited is there, and is visited.
    async fn at(&mut self, name: &str) -> Result<()> {
        let rests = "const drawn = [...document.querySelectorAll('[data-drawn]')].filter((e) => {
                const r = e.getBoundingClientRect();
                return r.bottom > 0 && r.top < innerHeight;
            });
            return drawn.every((e) => e.dataset.drawn === 'true') &&
                [...document.images].every((image) => image.complete) &&
                // Nothing is being read any more.
                ![...document.querySelectorAll('.soft, [role=status]')].some((e) => /^(Читаю|Reading)[^:]*…$/.test(e.textContent.trim())) &&
                document.getAnimations().every((one) => one.playState !== 'running')";
        self.window.until(rests, vec![], &format!("{name}, at rest")).await?;
        // Drawn too.
        let drawn = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.window.ask_later(drawn, vec![]).await?;
        tokio::time::sleep(Duration::from_millis(200)).await;
        (self.visit)(&self.window, name).await
    }

    /// Goes to a section of the case.
    async fn go(&mut self, screen: &str) -> Result<()> {
        self.press(&format!("#go-{screen}")).await?;
        self.see(&format!("#go-{screen}[aria-current=page]")).await
    }

    async fn see(&self, css: &str) -> Result<()> {
        self.window.see(css).await
    }

    /// Until it is gone.
    async fn gone(&self, css: &str) -> Result<()> {
        self.window.gone(css).await
    }

    /// Presses, as soon as it can be pressed.
    async fn press(&self, css: &str) -> Result<()> {
        let script = "const e = document.querySelector(arguments[0]);
            if (e === null || e.disabled) return false;
            e.scrollIntoView({ block: 'nearest' });
            e.focus();
            e.click();
            return true";
        self.window.until(script, vec![json!(css)], &format!("{css}, to be pressed")).await
    }

    /// Scrolls to where it stands.
    async fn bring(&self, css: &str) -> Result<()> {
        let script = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' }); return true";
        self.window.until(script, vec![json!(css)], css).await
    }

    async fn write(&self, css: &str, text: &str) -> Result<()> {
        let script = "const e = document.querySelector(arguments[0]);
            if (e === null) return false;
            e.focus();
            e.value = arguments[1];
            e.dispatchEvent(new Event('input', { bubbles: true }));
            e.dispatchEvent(new Event('change', { bubbles: true }));
            return true";
        self.window.until(script, vec![json!(css), json!(text)], css).await
    }

    /// Chooses one of several segments by its value.
    async fn segment(&self, value: &str) -> Result<()> {
        self.press(&format!("label:has(input[type=radio][value={value}])")).await
    }

    /// Does what the list of everything offers: `says` is how it is called in either language.
    async fn command(&self, says: &str) -> Result<()> {
        self.window.press(&[Key::Control], 'k').await?;
        let script = "const entry = [...document.querySelectorAll('#palette-list li')]
                .find((li) => new RegExp(arguments[0]).test(li.textContent));
            entry?.click();
            return entry !== undefined";
        self.window.until(script, vec![json!(says)], says).await
    }

    async fn escape(&self) -> Result<()> {
        self.window.press(&[], '\u{E00C}').await
    }
}
