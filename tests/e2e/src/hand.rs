//! What a person acts with: the mouse on what is seen, or the keyboard alone. Scripts here only look; nothing is clicked,
//! scrolled or focused but by what the driver does in the place of a hand.

use crate::{Result, Window};
use fantoccini::Locator;
use fantoccini::actions::{
    Actions, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction, WheelAction,
    WheelActions,
};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(40);
/// No page of the program has more places for the focus.
const FURTHEST: usize = 250;

/// What a person acts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// The mouse; letters are typed where it has clicked.
    Mouse,
    /// The keyboard alone.
    Keys,
}

/// A person at a window.
pub struct Person<'a> {
    /// The window.
    pub window: &'a Window,
    /// What they act with.
    pub hand: Hand,
}

/// Where something stands, and where to put the wheel to bring it into sight: its middle, whether it is what would be
/// hit there, the middle of what scrolls around it, and how far off it is.
const PLACE: &str = "const e = document.querySelector(arguments[0]);
    if (e === null || e.disabled) return null;
    const r = e.getBoundingClientRect();
    const [x, y] = [r.x + r.width / 2, r.y + r.height / 2];
    const under = document.elementFromPoint(x, y);
    const scrolls = (p) => p.scrollHeight > p.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(p).overflowY);
    let pane = e.parentElement;
    while (pane && !scrolls(pane)) pane = pane.parentElement;
    const p = (pane ?? document.documentElement).getBoundingClientRect();
    const [px, py] = [p.x + p.width / 2, p.y + p.height / 2];
    return [x, y, under !== null && e.contains(under) ? 1 : 0, px, py, y - py].map(Math.round)";

/// Whether the focus is on something, and on which side of the focus it stands.
const SIDE: &str = "const [e, a] = [document.querySelector(arguments[0]), document.activeElement];
    if (a !== null && a.matches(arguments[0])) return 'here';
    if (e === null || e.disabled) return 'absent';
    const before = a !== null && a !== document.body && (a.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING);
    return before ? 'before' : 'after'";

impl Person<'_> {
    /// Presses a button.
    ///
    /// # Errors
    /// When it is never there to be pressed.
    pub async fn act(&self, css: &str) -> Result<()> {
        match self.hand {
            Hand::Mouse => self.click(css).await,
            Hand::Keys => {
                self.tab_to(css).await?;
                self.key(Key::Enter).await
            }
        }
    }

    /// Does what a button and a key both do.
    ///
    /// # Errors
    /// When the button is never there to be pressed.
    pub async fn by(&self, button: &str, held: &[Key], key: char) -> Result<()> {
        match self.hand {
            Hand::Mouse => self.act(button).await,
            Hand::Keys => self.window.press(held, key).await,
        }
    }

    /// Ticks a box.
    ///
    /// # Errors
    /// When it is never there.
    pub async fn tick(&self, css: &str) -> Result<()> {
        match self.hand {
            Hand::Mouse => self.click(css).await,
            Hand::Keys => {
                self.tab_to(css).await?;
                self.window.press(&[], ' ').await
            }
        }
    }

    /// Chooses one of several radio buttons: `one` among `all`.
    ///
    /// # Errors
    /// When it is not among them.
    pub async fn pick(&self, all: &str, one: &str) -> Result<()> {
        let chosen = "return document.querySelector(arguments[0]).checked";
        match self.hand {
            // What is seen of a radio button may be its words alone.
            Hand::Mouse => self.click(&format!("label:has({one})")).await?,
            Hand::Keys => {
                self.tab_to(all).await?;
                for key in [Key::Down, Key::Up].into_iter().cycle().take(6) {
                    if self.window.ask_with(chosen, vec![json!(one)]).await? == true {
                        break;
                    }
                    self.key(key).await?;
                }
            }
        }
        self.window.until(chosen, vec![json!(one)], one).await
    }

    /// Writes into a field in place of what stands there.
    ///
    /// # Errors
    /// When it is never there.
    pub async fn write(&self, css: &str, text: &str) -> Result<()> {
        match self.hand {
            Hand::Mouse => self.click(css).await?,
            Hand::Keys => self.tab_to(css).await?,
        }
        self.window.press(&[Key::Control], 'a').await?;
        let mut keys = KeyActions::new("keyboard".to_owned());
        for letter in text.chars() {
            keys = keys.then(KeyAction::Down { value: letter }).then(KeyAction::Up { value: letter });
        }
        self.window.perform(Actions::from(keys)).await?;
        let stands = "return document.querySelector(arguments[0]).value === arguments[1]";
        self.window.until(stands, vec![json!(css), json!(text)], &format!("{text} in {css}")).await
    }

    /// Chooses from a list by value. The list itself is the toolkit's own, out of the page: the driver clicks in it.
    ///
    /// # Errors
    /// When there is no such list or value.
    pub async fn choose(&self, css: &str, value: &str) -> Result<()> {
        if self.hand == Hand::Mouse {
            self.window.see(css).await?;
            return Ok(self.window.client.find(Locator::Css(css)).await?.select_by_value(value).await?);
        }
        self.tab_to(css).await?;
        let way = "const s = document.querySelector(arguments[0]);
            return [...s.options].findIndex((o) => o.value === arguments[1]) - s.selectedIndex";
        for _ in 0..FURTHEST {
            match self.window.ask_with(way, vec![json!(css), json!(value)]).await?.as_i64() {
                Some(0) => return Ok(()),
                Some(way) => self.key(if way > 0 { Key::Down } else { Key::Up }).await?,
                None => break,
            }
        }
        Err(format!("{css} never came to {value}").into())
    }

    /// Opens what a list shows: a click, or its arrows and Enter. `list` holds the focus, `item` is marked by it.
    ///
    /// # Errors
    /// When it is not in the list.
    pub async fn open(&self, list: &str, item: &str) -> Result<()> {
        if self.hand == Hand::Mouse {
            return self.click(item).await;
        }
        self.tab_to(list).await?;
        let marked = "const at = document.querySelector(arguments[0]).getAttribute('aria-activedescendant');
            return document.getElementById(at)?.matches(arguments[1]) === true";
        for _ in 0..FURTHEST {
            if self.window.ask_with(marked, vec![json!(list), json!(item)]).await? == true {
                return self.key(Key::Enter).await;
            }
            self.key(Key::Right).await?;
        }
        Err(format!("{list} never came to {item}").into())
    }

    /// Presses a key.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn key(&self, key: Key) -> Result<()> {
        self.window.press(&[], key.into()).await
    }

    /// Presses Tab, or Shift with it, until the focus is there.
    ///
    /// # Errors
    /// When the focus never comes there.
    pub async fn tab_to(&self, css: &str) -> Result<()> {
        self.window.see(css).await?;
        for _ in 0..FURTHEST {
            let side = self.window.ask_with(SIDE, vec![json!(css)]).await?;
            match side.as_str() {
                Some("here") => return Ok(()),
                Some("before") => self.window.press(&[Key::Shift], Key::Tab.into()).await?,
                Some("after") => self.key(Key::Tab).await?,
                _ => tokio::time::sleep(PAUSE).await,
            }
        }
        let focus = self.window.ask("return document.activeElement?.outerHTML.slice(0, 300)").await?;
        Err(format!("Tab never came to {css}; the focus is on {focus}").into())
    }

    /// Clicks, as soon as it stands still in sight; the wheel brings it there.
    async fn click(&self, css: &str) -> Result<()> {
        let begun = Instant::now();
        let mut before = Value::Null;
        while begun.elapsed() < PATIENCE {
            let place = self.window.ask_with(PLACE, vec![json!(css)]).await?;
            let still = place == before;
            before.clone_from(&place);
            match serde_json::from_value::<[i64; 6]>(place) {
                Ok([x, y, 1, ..]) if still => return self.press_at(x, y).await,
                Ok([_, _, 0, x, y, off]) if still => self.roll(x, y, off).await?,
                _ => tokio::time::sleep(PAUSE).await,
            }
        }
        Err(format!("{css} never came into sight").into())
    }

    async fn press_at(&self, x: i64, y: i64) -> Result<()> {
        let [x, y] = [x as f64, y as f64];
        let mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.window.perform(Actions::from(mouse)).await
    }

    async fn roll(&self, x: i64, y: i64, by: i64) -> Result<()> {
        let mut wheel = WheelActions::new("wheel".to_owned());
        wheel.push(WheelAction::Scroll { duration: None, x, y, delta_x: 0, delta_y: by });
        self.window.perform(Actions::from(wheel)).await?;
        // The driver turns a wheel by how far it now is from where it was left: it is let go of each time.
        Ok(self.window.client.release_actions().await?)
    }
}
